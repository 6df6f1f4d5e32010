package store_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// Customers of the demonstration. Contoso and others have rights over the
// first, and Contoso and Wingtip over the second.
const (
	adventureID = "c0570000-0000-4000-8000-000000000001"
	alpineID    = "c0570000-0000-4000-8000-000000000002" // none of Contoso's
	prosewareID = "c0570000-0000-4000-8000-000000000003"
)

const deskEmail = "desk@contoso.com"

// deskFor is Contoso's contact for a customer.
func deskFor(customerID string) host.CustomerContact {
	return host.CustomerContact{TenantID: host.ContosoTenantID, CustomerID: customerID, Name: "The desk",
		Email: deskEmail, CreatedBy: "Gita Global"}
}

func TestCustomerContacts(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		ctx := t.Context()
		require.NoError(t, db.Seed(ctx))
		upper := deskFor(strings.ToUpper(adventureID))
		upper.TenantID = strings.ToUpper(upper.TenantID)
		require.NoError(t, db.AddCustomerContact(ctx, upper))
		require.NoError(t, db.AddCustomerContact(ctx, deskFor(prosewareID)))
		require.ErrorIs(t, db.AddCustomerContact(ctx, deskFor(adventureID)), host.ErrConflict, "one for each customer")
		for _, id := range []string{alpineID, host.ContosoTenantID, "", host.FabrikamTenantID} {
			require.ErrorIs(t, db.AddCustomerContact(ctx, deskFor(id)), host.ErrNotFound, "%q is no customer of Contoso's", id)
		}

		all, err := db.CustomerContacts(ctx, host.ContosoTenantID, "", 0)
		require.NoError(t, err)
		require.Len(t, all, 2)
		want := deskFor(adventureID)
		want.CustomerName, want.CreatedAt = "Adventure Works", all[0].CreatedAt
		assert.Equal(t, want, all[0])
		assert.False(t, want.CreatedAt.IsZero())
		rest, err := db.CustomerContacts(ctx, host.ContosoTenantID, adventureID, 1)
		require.NoError(t, err)
		assert.Equal(t, all[1:], rest)
		n, err := db.CountCustomerContacts(ctx, host.ContosoTenantID)
		require.NoError(t, err)
		assert.Equal(t, 2, n)

		require.ErrorIs(t, db.DeleteCustomerContact(ctx, host.FabrikamTenantID, adventureID, deskEmail), host.ErrNotFound,
			"another company's")
		require.ErrorIs(t, db.DeleteCustomerContact(ctx, host.ContosoTenantID, adventureID, "old@contoso.com"),
			host.ErrNotFound, "another took its place")
		require.NoError(t, db.DeleteCustomerContact(ctx, host.ContosoTenantID, strings.ToUpper(adventureID), deskEmail))
		require.ErrorIs(t, db.DeleteCustomerContact(ctx, host.ContosoTenantID, adventureID, deskEmail), host.ErrNotFound)
		all, err = db.CustomerContacts(ctx, host.ContosoTenantID, "", 0)
		require.NoError(t, err)
		assert.Len(t, all, 1)
	})
}

func TestCustomersOfOnePartner(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		require.NoError(t, db.Seed(t.Context()))
		for _, tt := range []struct {
			name, search string
			want         []string
		}{
			{"all", "", []string{"Adventure Works", "Proseware"}},
			{"a part", "ware", []string{"Proseware"}},
			{"the whole name", "adventure WORKS", []string{"Adventure Works"}},
			{"the tenant", strings.ToUpper(prosewareID), []string{"Proseware"}},
			{"another's customer", "Alpine", nil},
			{"the company itself", "Contoso", nil},
			{"no pattern", "%", nil},
		} {
			found, err := db.CustomersNamed(t.Context(), host.ContosoTenantID, tt.search, 0)
			require.NoError(t, err)
			var names []string
			for _, one := range found {
				names = append(names, one.Name)
			}
			assert.Equal(t, tt.want, names, tt.name)
		}
		twin := host.Customer{TenantID: "c0570000-0000-4000-8000-0000000000ff", Name: "A Proseware",
			Partners: []host.CustomerPartner{{PartnerTenantID: host.ContosoTenantID, Rights: partner.Reseller}}}
		require.NoError(t, db.AddCustomer(t.Context(), twin))
		found, err := db.CustomersNamed(t.Context(), host.ContosoTenantID, "proseware", 0)
		require.NoError(t, err)
		require.Len(t, found, 2)
		assert.Equal(t, "Proseware", found[0].Name, "the whole name comes first")
	})
}

// It is told of incidents on one tenant, beside the contact.
func TestWhomAContactForOneCustomerIsBeside(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		require.NoError(t, db.Seed(t.Context()))
		require.NoError(t, db.SetLanguage(t.Context(), host.ContosoTenantID, "de"))
		require.NoError(t, db.AddCustomerContact(t.Context(), deskFor(adventureID)))
		told := func(tenantID string, kind partner.IncidentKind) (all []partner.Recipient) {
			i := incident("INC-1")
			i.TenantID, i.Kind = tenantID, kind
			for impact, err := range db.Impacted(t.Context(), strings.ToUpper(tenantID)) {
				require.NoError(t, err)
				for _, r := range (partner.Routing{}).Route(i, impact).Recipients {
					if r.Email == deskEmail {
						assert.Equal(t, host.ContosoTenantID, impact.PartnerTenantID)
						all = append(all, r)
					} else if impact.PartnerTenantID == host.ContosoTenantID && kind != partner.AzureFraud {
						assert.Equal(t, partner.ToSecurityContact, r.Audience)
					}
				}
			}
			return all
		}
		assert.Equal(t, []partner.Recipient{{Audience: partner.ToSubscriber, Medium: partner.MediumMail, Name: "The desk",
			Email: deskEmail, Language: "de"}}, told(adventureID, partner.CredentialCompromise))
		assert.Empty(t, told(prosewareID, partner.CredentialCompromise), "another customer")
		assert.Empty(t, told(host.ContosoTenantID, partner.CredentialCompromise), "the company's own tenant")
		assert.Empty(t, told(adventureID, partner.AzureFraud), "nor is the contact told of it")
	})
}

// toldDesk raises an incident on Adventure Works' tenant, opens Contoso's case,
// and returns what the desk is told.
func (db *testDB) toldDesk(t testing.TB) (told partner.Notification, caseID string) {
	t.Helper()
	require.NoError(t, db.Seed(t.Context()))
	require.NoError(t, db.AddCustomerContact(t.Context(), deskFor(adventureID)))
	i := incident("INC-1")
	i.TenantID = strings.ToUpper(adventureID)
	require.NoError(t, db.CreateIncident(t.Context(), i, operator()))
	found, err := db.ConcernedPartner(t.Context(), i.TenantID, host.ContosoTenantID)
	require.NoError(t, err)
	policy := escalation.DefaultPolicy(partner.Routing{}, i, found.Impact)
	route := partner.Routing{}.Route(i, found.Impact)
	require.NoError(t, db.SaveRouted(t.Context(), i.ID, []store.Routed{{Route: route, Policy: &policy}}, "", true))
	for _, n := range route.Notifications(i) {
		if n.Recipient.Email == deskEmail {
			told = n
		}
	}
	require.NotEmpty(t, told.ID)
	return told, host.CaseID(i.ID, 0, host.ContosoTenantID)
}

// What is queued for it follows whether it is still the contact for the
// customer, and nothing else.
func TestAContactForOneCustomerIsRemoved(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		n, _ := db.toldDesk(t)
		removed := func() bool {
			known, err := db.Standings(t.Context(), []string{n.ID})
			require.NoError(t, err)
			require.Contains(t, known, n.ID)
			return known[n.ID].Removed
		}
		assert.False(t, removed())
		db.appoint(t, "cert@contoso.com")
		assert.False(t, removed(), "another security contact is none of its business")
		d, err := db.Delivery(t.Context(), n.ID)
		require.NoError(t, err)
		assert.Equal(t, partner.Recipient{}, d.SentTo, "nor is its mail sent to that one")

		require.NoError(t, db.DeleteCustomerContact(t.Context(), host.ContosoTenantID, adventureID, deskEmail))
		assert.True(t, removed())
		other := deskFor(adventureID)
		other.Email = "other@contoso.com"
		require.NoError(t, db.AddCustomerContact(t.Context(), other))
		assert.True(t, removed(), "another took its place")
		require.NoError(t, db.DeleteCustomerContact(t.Context(), host.ContosoTenantID, adventureID, other.Email))
		other.Email = "Desk@Contoso.com"
		require.NoError(t, db.AddCustomerContact(t.Context(), other))
		assert.False(t, removed(), "it is there again, in other letters")

		var contact string
		for _, sent := range db.queue.sent {
			if sent.Recipient.Audience == partner.ToSecurityContact {
				contact = sent.ID
			}
		}
		known, err := db.Standings(t.Context(), []string{contact})
		require.NoError(t, err)
		assert.False(t, known[contact].Removed, "who is the contact is no contact for a customer")
	})
}

// Mail to it that comes back says nothing of the security contact.
func TestMailToAContactForOneCustomerComesBack(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		n, _ := db.toldDesk(t)
		before := db.contact(t).Record
		require.NoError(t, db.SaveOutcomes(t.Context(), []store.Outcome{{ID: n.ID, State: host.DeliverySent, Attempts: 1}}))
		mailed, err := db.Mailed(t.Context(), n.ID[:20])
		require.NoError(t, err)
		assert.Equal(t, []string{deskEmail}, mailed.Addresses)
		fresh, err := db.Bounced(t.Context(), host.Bounce{NotificationID: n.ID, Address: deskEmail, Problem: cameBack})
		require.NoError(t, err)
		assert.True(t, fresh)
		assert.Equal(t, host.DeliveryBounced, db.state(t, n.ID))
		assert.Equal(t, before, db.contact(t).Record)
	})
}

// Its answer counts as anybody's who was told.
func TestAContactForOneCustomerAnswers(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		n, id := db.toldDesk(t)
		require.NoError(t, db.SaveOutcomes(t.Context(), []store.Outcome{{ID: n.ID, State: host.DeliverySent, Attempts: 1}}))
		q := store.Question{Subject: n.ID, Purpose: "acknowledge", Expires: db.Now().Add(time.Hour)}
		before := db.contact(t).Record
		fresh, err := db.Answered(t.Context(), q, host.CaseEvent{Source: "form", Said: "I am on it",
			Event: escalation.Event{Kind: escalation.EventAcknowledged, NotificationID: n.ID}})
		require.NoError(t, err)
		assert.True(t, fresh)
		assert.Equal(t, escalation.StateAcknowledged, db.find(t, id).State)
		assert.Equal(t, before, db.contact(t).Record, "it says nothing of the security contact's address")
	})
}

func TestAContactForOneCustomerIsErased(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		require.NoError(t, db.Seed(t.Context()))
		require.NoError(t, db.AddCustomerContact(t.Context(), deskFor(adventureID)))
		who := store.Erasure{Email: strings.ToUpper(deskEmail)}
		_, err := db.Erase(t.Context(), who)
		needed := &store.StillNeededError{}
		require.ErrorAs(t, err, &needed)
		assert.Equal(t, 1, needed.Partners, "it is told of incidents")
		require.NoError(t, db.DeleteCustomerContact(t.Context(), host.ContosoTenantID, adventureID, deskEmail))
		_, err = db.Erase(t.Context(), who)
		require.NoError(t, err)
		assert.NotContains(t, db.everything(t), deskEmail)
	})
}
