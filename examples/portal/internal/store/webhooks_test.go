package store_test

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
	"github.com/cspkit/partner/webhook"
)

// hook is the n-th webhook of a partner.
func hook(tenantID string, n int) host.Webhook {
	return host.Webhook{
		ID: hookID(n), TenantID: tenantID, Name: fmt.Sprint("Hook ", n), Format: webhook.Slack,
		Place: "hooks.example…aaaa", Sealed: fmt.Sprint("key:sealed", n), CreatedBy: "Gita Global",
	}
}

func hookID(n int) string {
	return strings.NewReplacer("0", "A", "1", "B", "8", "C", "9", "D").Replace(fmt.Sprintf("%026d", n))
}

// hooked is a Directory whose subscribers are what was stored as their
// destination.
type hooked struct{ *testDB }

func (d hooked) Impacted(ctx context.Context, tenantID string) iter.Seq2[partner.Impact, error] {
	return func(yield func(partner.Impact, error) bool) {
		for impact, err := range d.DB.Impacted(ctx, tenantID) {
			for i, r := range impact.Subscribers {
				_, id, _ := host.ParseWebhookURL(r.URL)
				w, lookup := d.Webhook(ctx, impact.PartnerTenantID, id)
				if lookup == nil && w.Name == r.Name {
					impact.Subscribers[i] = partner.Recipient{}
					lookup = json.Unmarshal([]byte(w.Sealed), &impact.Subscribers[i])
				}
				if lookup != nil {
					err = lookup
				}
			}
			if !yield(impact, err) {
				return
			}
		}
	}
}

// addHooks stores each subscriber as the destination of a webhook.
func (db *testDB) addHooks(t testing.TB, impacts []partner.Impact) {
	t.Helper()
	for _, impact := range impacts {
		known, err := db.Webhooks(t.Context(), impact.PartnerTenantID)
		require.NoError(t, err)
		if len(known) > 0 { // the same partner for another tenant
			continue
		}
		for _, r := range impact.Subscribers {
			sealed, err := json.Marshal(r)
			require.NoError(t, err)
			db.hooks++
			w := hook(impact.PartnerTenantID, db.hooks)
			w.Sealed = string(sealed)
			require.NoError(t, db.AddWebhook(t.Context(), w))
		}
	}
}

func TestWebhooks(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		ctx := t.Context()
		require.NoError(t, db.Seed(ctx))
		contoso, fabrikam := host.ContosoTenantID, host.FabrikamTenantID
		require.NoError(t, db.AddWebhook(ctx, hook(strings.ToUpper(contoso), 1)))
		require.NoError(t, db.AddWebhook(ctx, hook(contoso, 2)))
		require.NoError(t, db.AddWebhook(ctx, hook(fabrikam, 3)))
		require.ErrorIs(t, db.AddWebhook(ctx, hook(contoso, 1)), host.ErrConflict, "a form that is sent twice")
		require.ErrorIs(t, db.AddWebhook(ctx, hook(contoso, 3)), host.ErrConflict, "another company's ID")
		require.ErrorIs(t, db.AddWebhook(ctx, hook(customerID, 4)), host.ErrNotFound, "no partner")

		all, err := db.Webhooks(ctx, contoso)
		require.NoError(t, err)
		require.Len(t, all, 2)
		want := hook(contoso, 1)
		want.Version, want.State, want.CreatedAt = 1, host.WebhookOn, all[0].CreatedAt
		assert.Equal(t, want, all[0])
		assert.Equal(t, hookID(2), all[1].ID, "the oldest first")

		_, err = db.Webhook(ctx, fabrikam, hookID(1))
		require.ErrorIs(t, err, host.ErrNotFound, "it is another's")

		t.Run("is changed by its own company alone", func(t *testing.T) {
			theirs := all[0]
			theirs.TenantID = fabrikam
			require.ErrorIs(t, db.ResealWebhook(ctx, theirs), host.ErrConflict)
			require.ErrorIs(t, db.SwitchWebhook(ctx, fabrikam, hookID(1), host.OffByPerson), host.ErrNotFound)
			require.ErrorIs(t, db.DeleteWebhook(ctx, fabrikam, hookID(1)), host.ErrNotFound)
			same, err := db.Webhook(ctx, contoso, hookID(1))
			require.NoError(t, err)
			assert.Equal(t, all[0], same)
		})
		t.Run("is sealed anew once", func(t *testing.T) {
			w := all[0]
			w.Sealed, w.Place, w.Waiting, w.Name = "key:other", "other.example", true, "Renamed"
			require.NoError(t, db.ResealWebhook(ctx, w))
			require.ErrorIs(t, db.ResealWebhook(ctx, w), host.ErrConflict, "from the same page a second time")
			got, err := db.Webhook(ctx, contoso, w.ID)
			require.NoError(t, err)
			w.Version = 2
			assert.Equal(t, w, got)
		})
		t.Run("is switched", func(t *testing.T) {
			require.NoError(t, db.SwitchWebhook(ctx, contoso, hookID(2), host.OffByPerson))
			w, err := db.Webhook(ctx, contoso, hookID(2))
			require.NoError(t, err)
			assert.Equal(t, host.WebhookOff, w.State)
			assert.Equal(t, host.OffByPerson, w.OffWhy)
			require.NoError(t, db.SwitchWebhook(ctx, contoso, hookID(2), ""))
			w, err = db.Webhook(ctx, contoso, hookID(2))
			require.NoError(t, err)
			assert.Equal(t, host.WebhookOn, w.State)
			assert.Empty(t, w.OffWhy)
		})
		t.Run("keeps what became of it", func(t *testing.T) {
			require.NoError(t, db.WebhookTried(ctx, hookID(2), ""))
			require.NoError(t, db.WebhookTried(ctx, hookID(2), "the service answered 500"))
			w, err := db.Webhook(ctx, contoso, hookID(2))
			require.NoError(t, err)
			assert.True(t, w.FailedAt.After(w.SucceededAt))
			assert.True(t, w.SucceededAt.After(w.CreatedAt))
			assert.Equal(t, "the service answered 500", w.Problem)
			require.NoError(t, db.WebhookTried(ctx, hookID(9), ""), "it was deleted meanwhile")
		})
		t.Run("is deleted", func(t *testing.T) {
			require.NoError(t, db.DeleteWebhook(ctx, contoso, hookID(2)))
			require.ErrorIs(t, db.DeleteWebhook(ctx, contoso, hookID(2)), host.ErrNotFound)
		})
		t.Run("there are so many at most", func(t *testing.T) {
			for n := range store.WebhooksMost - 1 {
				require.NoError(t, db.AddWebhook(ctx, hook(contoso, 100+n)))
			}
			require.ErrorIs(t, db.AddWebhook(ctx, hook(contoso, 200)), store.ErrTooMany)
			require.ErrorIs(t, db.AddWebhook(ctx, hook(contoso, 100)), host.ErrConflict, "it was the last that had room")
			require.NoError(t, db.AddWebhook(ctx, hook(fabrikam, 201)))
		})
	})
}

// Whom an incident concerns is told with the webhooks that are on.
func TestSubscribersAreTheWebhooksThatAreOn(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		ctx := t.Context()
		require.NoError(t, db.Seed(ctx))
		for n := 1; n <= 3; n++ {
			require.NoError(t, db.AddWebhook(ctx, hook(host.TailspinTenantID, n)))
		}
		require.NoError(t, db.SwitchWebhook(ctx, host.TailspinTenantID, hookID(2), host.OffByPerson))
		want := []partner.Recipient{
			{Name: "Hook 1", Medium: partner.MediumWebhook, URL: "https://webhook.invalid/slack/" + hookID(1)},
			{Name: "Hook 3", Medium: partner.MediumWebhook, URL: "https://webhook.invalid/slack/" + hookID(3)},
		}
		for c, err := range db.Concerned(ctx, host.TailspinTenantID, "") {
			require.NoError(t, err)
			assert.Equal(t, want, c.Subscribers)
			i := incident("INC-1")
			i.TenantID = host.TailspinTenantID
			route := partner.Routing{}.Route(i, c.Impact)
			assert.Empty(t, route.Gap, "webhooks alone are no gap")
			assert.Len(t, route.Recipients, 2)
			assert.Contains(t, route.Why(), "security contact", "and it says who is missing")
		}
		one, err := db.ConcernedPartner(ctx, host.TailspinTenantID, host.TailspinTenantID)
		require.NoError(t, err)
		assert.Equal(t, want, one.Subscribers)
	})
}

func TestAWebhookThatIsGone(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		ctx := t.Context()
		require.NoError(t, db.Seed(ctx))
		require.NoError(t, db.AddWebhook(ctx, hook(host.ContosoTenantID, 1)))
		w, err := db.Webhook(ctx, host.ContosoTenantID, hookID(1))
		require.NoError(t, err)

		old := w
		old.Version = 0
		off, err := db.WebhookGone(ctx, old)
		require.NoError(t, err)
		assert.False(t, off, "it has another address by now")
		assert.Empty(t, db.queue.sent)

		off, err = db.WebhookGone(ctx, w)
		require.NoError(t, err)
		assert.True(t, off)
		require.Len(t, db.queue.sent, 1, "Contoso has one Global admin")
		n := db.queue.sent[0]
		assert.Equal(t, host.TopicWebhookGone, n.Topic)
		assert.Equal(t, "gita.global@contoso.com", n.Recipient.Email)
		assert.Equal(t, partner.ToGlobalAdmin, n.Recipient.Audience)
		assert.Equal(t, "Contoso", n.CompanyName)
		d, err := db.Delivery(ctx, n.ID)
		require.NoError(t, err)
		assert.Equal(t, host.DeliveryWaiting, d.State)
		assert.NotEmpty(t, d.Why)
		assert.LessOrEqual(t, len(n.ID), 64)

		got, err := db.Webhook(ctx, host.ContosoTenantID, w.ID)
		require.NoError(t, err)
		assert.Equal(t, host.WebhookOff, got.State)
		assert.Equal(t, host.OffGone, got.OffWhy)

		off, err = db.WebhookGone(ctx, w)
		require.NoError(t, err)
		assert.False(t, off, "another answer of the same kind")
		assert.Len(t, db.queue.sent, 1, "they are told once")
	})
}
