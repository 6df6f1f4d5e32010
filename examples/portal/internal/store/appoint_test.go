package store_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// ofContoso opens a case of Contoso's own tenant, and returns its ID.
func (db *testDB) ofContoso(t testing.TB, kind partner.IncidentKind) string {
	t.Helper()
	i := incident("INC-1")
	i.TenantID, i.Kind = host.ContosoTenantID, kind
	require.NoError(t, db.CreateIncident(t.Context(), i, operator()))
	var routed []store.Routed
	for impact, err := range db.Impacted(t.Context(), i.TenantID) {
		require.NoError(t, err)
		policy := escalation.DefaultPolicy(partner.Routing{}, i, impact)
		routed = append(routed, store.Routed{Route: partner.Routing{}.Route(i, impact), Policy: &policy})
	}
	require.NoError(t, db.SaveRouted(t.Context(), "INC-1", routed, "", true))
	return host.CaseID("INC-1", 0, host.ContosoTenantID)
}

// A contact that is appointed while a case is open is told of it at once.
func TestAppointed(t *testing.T) {
	const email = "cert@contoso.com"
	for _, tt := range []struct {
		name, why string
		kind      partner.IncidentKind
		before    func(t *testing.T, db *testDB, id string)
		told      bool
		since     bool // the message says that nobody has answered
	}{
		{name: "the old one was told", why: "the new one knows nothing", told: true, since: true,
			before: func(t *testing.T, db *testDB, id string) {
				require.NoError(t, db.SaveOutcomes(t.Context(), []store.Outcome{{ID: db.due(t, id)[0], State: host.DeliverySent}}))
			}},
		{name: "the old one waits", why: "it may be on its way", told: true, since: true},
		{name: "the old one waits for another try", why: "that one goes to the new contact",
			before: func(t *testing.T, db *testDB, id string) {
				require.NoError(t, db.SaveOutcomes(t.Context(), []store.Outcome{{
					ID: db.due(t, id)[0], State: host.DeliveryRetrying, NextTryAt: db.Now().Add(time.Hour)}}))
			}},
		{name: "somebody is on it", why: "the new one must know, and need not hurry", told: true,
			before: func(t *testing.T, db *testDB, id string) { db.happens(t, id, escalation.EventAcknowledged) }},
		{name: "it is over", why: "there is nothing to do",
			before: func(t *testing.T, db *testDB, id string) { db.happens(t, id, escalation.EventResolved) }},
		{name: "Azure fraud", why: "the contact is not told of it", kind: partner.AzureFraud},
	} {
		t.Run(tt.name, func(t *testing.T) {
			onEach(t, func(t *testing.T, db *testDB) {
				require.NoError(t, db.Seed(t.Context()))
				kind := tt.kind
				if kind == "" {
					kind = partner.CredentialCompromise
				}
				id := db.ofContoso(t, kind)
				if tt.before != nil {
					tt.before(t, db, id)
				}
				db.queue.sent = nil
				_, err := db.SaveRevision(t.Context(), db.revise(t, email), gita())
				require.NoError(t, err)
				var told []partner.Notification
				for _, n := range db.queue.sent {
					if n.Topic == partner.TopicIncident {
						told = append(told, n)
					}
				}
				if !tt.told {
					assert.Empty(t, told, tt.why)
					return
				}
				require.Len(t, told, 1, tt.why)
				assert.Equal(t, email, told[0].Recipient.Email)
				assert.Equal(t, tt.since, !told[0].UnansweredSince.IsZero(), tt.why)
				d, err := db.Delivery(t.Context(), told[0].ID)
				require.NoError(t, err)
				assert.Equal(t, []any{id, -1}, []any{d.CaseID, d.Step}, "so that it can be answered, whatever the step")
				counts, err := db.Counts(t.Context(), "INC-1")
				require.NoError(t, err)
				assert.Equal(t, 2, counts.Total())
			})
		})
	}
}

// A call that is to be made follows the contact.
func TestACallFollowsTheContact(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		require.NoError(t, db.Seed(t.Context()))
		id := db.ofContoso(t, partner.CredentialCompromise)
		db.clock.add(time.Hour)
		db.look(t)
		call := db.due(t, id)[1]
		require.Equal(t, host.DeliveryCall, db.state(t, call))
		current, err := db.Profile(t.Context(), host.ContosoTenantID)
		require.NoError(t, err)
		for _, number := range []string{"+14255550177", current.SecurityContact.Phone} {
			rev := db.revise(t, "cert"+number[len(number)-2:]+"@contoso.com")
			rev.After.SecurityContact.Phone = number
			_, err := db.SaveRevision(t.Context(), rev, gita())
			require.NoError(t, err)
			d, err := db.Delivery(t.Context(), call)
			require.NoError(t, err)
			if number == current.SecurityContact.Phone {
				assert.Zero(t, d.SentTo, "the number is as it was")
			} else {
				assert.Equal(t, number, d.SentTo.Phone)
				assert.Equal(t, current.SecurityContact.Phone, d.Recipient.Phone)
			}
		}
	})
}
