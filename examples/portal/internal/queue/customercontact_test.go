package queue_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/queue"
)

// deskless takes all mail but that to one address.
type deskless struct{ *posted }

const deskEmail = "desk@contoso.com"

func (d deskless) NotifyHanded(ctx context.Context, n partner.Notification, _ func()) error {
	_ = d.Notify(ctx, n)
	if n.Recipient.Email == deskEmail {
		return partner.Permanent(errors.New("550"))
	}
	return nil
}

// A contact for one customer gets the mail that the security contact gets, with
// a link to answer by. Once it is removed, it gets none.
func TestMailToAContactForOneCustomer(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, database string) {
		db := open(t, database)
		require.NoError(t, db.SeedPartners(t.Context(), customerTenant, 1))
		var id string
		for c, err := range db.Concerned(t.Context(), customerTenant, "") {
			require.NoError(t, err)
			id = c.PartnerTenantID
		}
		require.NoError(t, db.AddCustomerContact(t.Context(), host.CustomerContact{TenantID: id,
			CustomerID: customerTenant, Name: "The desk", Email: deskEmail}))
		mail := deskless{&posted{}}
		start(t, db, mail, queue.Options{Answer: func(partner.Notification, time.Time) (partner.Answer, error) {
			return partner.Answer{URL: "https://portal.example/answer/x", Code: "7KQ4-M2XD"}, nil
		}})
		require.NoError(t, db.CreateIncident(t.Context(), incident("INC-desk"), operator))
		await(t, "one is told, and one is not", func() bool {
			c := counts(t, db, "INC-desk")
			return c[host.DeliverySent] == 1 && c[host.DeliveryFailed] == 1
		})
		mail.mu.Lock()
		told := slices.Clone(mail.told)
		mail.mu.Unlock()
		require.Len(t, told, 2)
		var audiences []partner.Audience
		var failed string
		for _, n := range told {
			audiences = append(audiences, n.Recipient.Audience)
			assert.NotEmpty(t, n.Answer.URL, "it answers as the contact does")
			assert.Contains(t, n.Message().Text, "https://portal.example/answer/x")
			if n.Recipient.Email == deskEmail {
				failed = n.ID
				assert.Contains(t, n.Message().Text, "this address is registered for security")
			}
		}
		assert.ElementsMatch(t, []partner.Audience{partner.ToSecurityContact, partner.ToSubscriber}, audiences)

		require.NoError(t, db.DeleteCustomerContact(t.Context(), id, customerTenant, deskEmail))
		_, err := db.RetryFailed(t.Context(), "INC-desk", failed)
		require.NoError(t, err)
		await(t, "it is withdrawn", func() bool { return counts(t, db, "INC-desk")[host.DeliveryWithdrawn] == 1 })
		d, err := db.Delivery(t.Context(), failed)
		require.NoError(t, err)
		assert.Equal(t, "the contact for this customer was removed", d.Problem)
		mail.mu.Lock()
		defer mail.mu.Unlock()
		assert.Len(t, mail.told, 2, "nobody was told again")
	})
}
