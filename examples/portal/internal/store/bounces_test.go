package store_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/attest"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

const cameBack = "there is no such mailbox (5.1.1)"

// toldContoso raises an incident on Contoso's own tenant, and returns what its
// contact is told of it.
func (db *testDB) toldContoso(t testing.TB, id string) partner.Notification {
	t.Helper()
	i := incident(id)
	i.TenantID = host.ContosoTenantID
	require.NoError(t, db.CreateIncident(t.Context(), i, operator()))
	profile, err := db.Profile(t.Context(), host.ContosoTenantID)
	require.NoError(t, err)
	impact := partner.Impact{PartnerTenantID: profile.TenantID, CompanyName: profile.CompanyName,
		SecurityContact: profile.SecurityContact,
		AdminAgents:     []partner.Recipient{{Name: "Ann Agent", Email: "agent@contoso.com"}}}
	policy := escalation.DefaultPolicy(partner.Routing{}, i, impact)
	route := partner.Routing{}.Route(i, impact)
	require.NoError(t, db.SaveRouted(t.Context(), id, []store.Routed{{Route: route, Policy: &policy}}, "", true))
	n := route.Notifications(i)[0]
	require.Equal(t, "soc@contoso.com", n.Recipient.Email)
	db.queue.sent = nil
	return n
}

func TestMailThatCameBack(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		require.NoError(t, db.Seed(t.Context()))
		n := db.toldContoso(t, "INC-1")
		require.NoError(t, db.SaveOutcomes(t.Context(), []store.Outcome{{ID: n.ID, State: host.DeliverySent, Attempts: 2}}))

		mailed, err := db.Mailed(t.Context(), n.ID[:20])
		require.NoError(t, err)
		assert.Equal(t, host.Mailed{NotificationID: n.ID, Addresses: []string{"soc@contoso.com"}}, mailed)
		b := host.Bounce{NotificationID: n.ID, Address: "SOC@contoso.com", Problem: cameBack}
		fresh, err := db.Bounced(t.Context(), b)
		require.NoError(t, err)
		assert.True(t, fresh)
		select {
		case <-db.CaseChanged():
		default:
			assert.Fail(t, "the timer is not told")
		}

		d, err := db.Delivery(t.Context(), n.ID)
		require.NoError(t, err)
		assert.Equal(t, []any{host.DeliveryBounced, cameBack, 2}, []any{d.State, d.Problem, d.Attempts})
		counts, err := db.Counts(t.Context(), "INC-1")
		require.NoError(t, err)
		assert.Equal(t, host.Counts{host.DeliveryBounced: 1}, counts)

		c := db.find(t, d.CaseID)
		require.Len(t, c.Events, 1)
		assert.Equal(t, escalation.EventFailed, c.Events[0].Event.Kind)
		assert.Equal(t, n.ID, c.Events[0].Event.NotificationID)
		due := c.At(c.Events[0].Event.At).Due
		require.Len(t, due, 2, "the next step is due at once")
		assert.Equal(t, partner.MediumPhone, due[1].Notification.Recipient.Medium)
		assert.False(t, c.LookAt.After(db.Now()))

		told := db.asks(t, attest.Policy{})
		require.NotEmpty(t, told)
		for _, notice := range told {
			assert.Equal(t, partner.TopicContactLapsed, notice.Topic, "the Global admins are asked to look")
		}
		record := db.contact(t).Record
		assert.False(t, record.BouncedAt.IsZero())

		fresh, err = db.Bounced(t.Context(), b)
		require.NoError(t, err)
		assert.False(t, fresh, "once")
		assert.Equal(t, c.Events, db.find(t, d.CaseID).Events)
		assert.Equal(t, record, db.contact(t).Record)
		assert.Empty(t, db.asks(t, attest.Policy{}), "once")
		require.NoError(t, db.SaveOutcomes(t.Context(), []store.Outcome{{ID: n.ID, State: host.DeliverySent}}))
		assert.Equal(t, host.DeliveryBounced, db.state(t, n.ID), "an outcome that comes late")

		retried, err := db.RetryFailed(t.Context(), "INC-1", n.ID)
		require.NoError(t, err)
		assert.Equal(t, 1, retried, "the address stays in use: a person may try again")
		require.NoError(t, db.SaveOutcomes(t.Context(), []store.Outcome{{ID: n.ID, State: host.DeliverySent}}))
		fresh, err = db.Bounced(t.Context(), b)
		require.NoError(t, err)
		assert.True(t, fresh, "that mail may come back too")
		assert.Equal(t, c.Events, db.find(t, d.CaseID).Events, "a notification's first failure counts")
	})
}

// From which states a delivery comes back: those in which a mail server may
// have the mail.
func TestStatesThatComeBack(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		comesBack := map[host.DeliveryState]bool{
			host.DeliveryWaiting: true, host.DeliveryRetrying: true, host.DeliveryUnknown: true, host.DeliverySent: true,
		}
		ids := db.routed(t, "INC-1", len(host.DeliveryStates()))
		for i, state := range host.DeliveryStates() {
			db.run(t, fmt.Sprintf(`UPDATE deliveries SET state = '%s' WHERE id = '%s'`, state, ids[i]))
			d, err := db.Delivery(t.Context(), ids[i])
			require.NoError(t, err)
			b := host.Bounce{NotificationID: ids[i], Address: d.Recipient.Email, Problem: cameBack}
			fresh, err := db.Bounced(t.Context(), b)
			require.NoError(t, err)
			assert.Equal(t, comesBack[state], fresh, state)
			if !fresh {
				assert.Equal(t, state, db.state(t, ids[i]))
			}
		}
	})
}

// A report on an address that was replaced says nothing of the one that took
// its place.
func TestTheOldAddressComesBack(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		require.NoError(t, db.Seed(t.Context()))
		const old, today = "soc@contoso.com", "cert@contoso.com"
		for i, tt := range []struct {
			name, why string
			outcome   store.Outcome // before; its state may be "": none is stored
			addresses []string
			address   string
			fresh     bool
		}{
			{"sent to the old one", "the mail is the old one's", store.Outcome{State: host.DeliverySent}, []string{old}, old,
				true},
			{"sent to the new one", "the report is about an earlier try",
				store.Outcome{State: host.DeliverySent, SentTo: partner.Recipient{Email: today}}, []string{today}, old, false},
			{"sent to the new one, which comes back", "",
				store.Outcome{State: host.DeliverySent, SentTo: partner.Recipient{Email: today}}, []string{today}, today, true},
			{"no outcome is stored yet", "the try may have gone to the contact of today", store.Outcome{},
				[]string{old, today}, today, true},
			{"somebody else's", "", store.Outcome{}, []string{old, today}, "other@contoso.com", false},
		} {
			n := db.toldContoso(t, fmt.Sprintf("INC-%d", i))
			db.appoint(t, today)
			if tt.outcome.ID = n.ID; tt.outcome.State != "" {
				require.NoError(t, db.SaveOutcomes(t.Context(), []store.Outcome{tt.outcome}))
			}
			mailed, err := db.Mailed(t.Context(), n.ID[:20])
			require.NoError(t, err)
			assert.Equal(t, tt.addresses, mailed.Addresses, tt.name)
			fresh, err := db.Bounced(t.Context(), host.Bounce{NotificationID: n.ID, Address: tt.address, Problem: cameBack})
			require.NoError(t, err)
			assert.Equal(t, tt.fresh, fresh, "%s: %s", tt.name, tt.why)
			bounced := !db.contact(t).Record.BouncedAt.IsZero()
			assert.Equal(t, tt.fresh && tt.address == today, bounced, "the record is that of today's address: %s", tt.name)
			db.appoint(t, old)
		}
	})
}

// Of several who bring the same report at a time one counts.
func TestComesBackAtOnce(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		require.NoError(t, db.Seed(t.Context()))
		n := db.toldContoso(t, "INC-1")
		b := host.Bounce{NotificationID: n.ID, Address: n.Recipient.Email, Problem: cameBack}
		var all sync.WaitGroup
		var fresh atomic.Int32
		for range 8 {
			all.Go(func() {
				one, err := db.Bounced(t.Context(), b)
				if assert.NoError(t, err) && one {
					fresh.Add(1)
				}
			})
		}
		all.Wait()
		assert.EqualValues(t, 1, fresh.Load())
	})
}

func TestNobodysMailComesBack(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		ids := db.routed(t, "INC-1", 2)
		for _, begin := range []string{"", ids[0][:10] + "zz", "no such", "00000000000000000000", "%"} {
			_, err := db.Mailed(t.Context(), begin)
			require.ErrorIs(t, err, host.ErrNotFound, begin)
		}
		twin := ids[0][:20] + "00000000000000000000"
		db.run(t, fmt.Sprintf(`UPDATE deliveries SET id = '%s' WHERE id = '%s'`, twin, ids[1]))
		_, err := db.Mailed(t.Context(), ids[0][:20])
		require.ErrorIs(t, err, host.ErrNotFound, "two begin so: nobody knows which it is")
		fresh, err := db.Bounced(t.Context(), host.Bounce{NotificationID: "no such", Address: "soc@contoso.com"})
		require.NoError(t, err)
		assert.False(t, fresh)
	})
}

// A notice about a contact belongs to no incident and no case.
func TestANoticeComesBack(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		require.NoError(t, db.Seed(t.Context()))
		_, err := db.SaveRevision(t.Context(), db.revise(t, "cert@contoso.com"), gita())
		require.NoError(t, err)
		var appointed partner.Notification
		for _, n := range db.queue.sent {
			if n.Topic == partner.TopicContactAppointed {
				appointed = n
			}
		}
		require.NotEmpty(t, appointed.ID)
		fresh, err := db.Bounced(t.Context(), host.Bounce{
			NotificationID: appointed.ID, Address: "cert@contoso.com", Problem: cameBack,
		})
		require.NoError(t, err)
		assert.True(t, fresh)
		assert.Equal(t, host.DeliveryBounced, db.state(t, appointed.ID))
		record := db.contact(t).Record
		assert.WithinDuration(t, db.Now(), record.BouncedAt, time.Minute)
		assert.True(t, record.BouncedAt.After(record.EnteredAt))
	})
}
