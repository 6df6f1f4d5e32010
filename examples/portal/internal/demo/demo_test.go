package demo_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/demo"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/pgtest"
	"github.com/cspkit/partner/examples/portal/internal/store"
	"github.com/cspkit/partner/partnertest"
)

// The demonstration begins with something in every state, whatever the
// database, and filling it twice is filling it once.
func TestFill(t *testing.T) {
	t.Parallel()
	for name, database := range map[string]func(*testing.T) string{
		"SQLite":     func(*testing.T) string { return ":memory:" },
		"PostgreSQL": func(t *testing.T) string { return pgtest.New(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx := t.Context()
			db, err := store.Open(ctx, database(t), nil)
			require.NoError(t, err)
			t.Cleanup(func() { assert.NoError(t, db.Close()) })
			require.NoError(t, db.Seed(ctx))
			mails := 0
			opts := demo.Options{
				Partners: 30,
				Mail:     partner.NotifierFunc(func(context.Context, partner.Notification) error { mails++; return nil }),
			}
			require.NoError(t, demo.Fill(ctx, db, opts))
			first := mails
			assert.Greater(t, first, 50)
			require.NoError(t, demo.Fill(ctx, db, opts))
			assert.Equal(t, first, mails, "twice is once")

			incidents, err := db.Incidents(ctx, "", 100)
			require.NoError(t, err)
			kinds, drills := map[host.VersionKind]int{}, 0
			deliveries := map[host.DeliveryState]int{}
			for _, i := range incidents {
				kinds[i.Kind]++
				if i.Incident.Drill {
					drills++
				}
				assert.Empty(t, i.Incident.Check().Errors(), i.Incident.ID)
				counts, err := db.Counts(ctx, i.Incident.ID)
				require.NoError(t, err)
				for state, n := range counts {
					deliveries[state] += n
				}
			}
			assert.NotEmpty(t, kinds[host.VersionRaised])
			assert.NotEmpty(t, kinds[host.VersionAllClear])
			assert.NotEmpty(t, kinds[host.VersionCancel])
			assert.Equal(t, 2, drills)
			for _, state := range []host.DeliveryState{host.DeliverySent, host.DeliveryFailed, host.DeliveryBounced,
				host.DeliveryNobody, host.DeliveryCall} {
				assert.NotEmpty(t, deliveries[state], state)
			}
			open, err := db.OpenCases(ctx)
			require.NoError(t, err)
			for _, state := range []escalation.State{escalation.StateWaiting, escalation.StateAcknowledged,
				escalation.StateExhausted} {
				assert.NotEmpty(t, open[state], state)
			}
			contacts, err := db.ContactCounts(ctx)
			require.NoError(t, err)
			for _, state := range []host.ContactState{host.ContactVerified, host.ContactDue, host.ContactUnverified,
				host.ContactOverdue, host.ContactBouncing, host.ContactDoubted} {
				assert.NotEmpty(t, contacts[state], state)
			}
			revisions, err := db.Revisions(ctx, host.ContosoTenantID, "", 10)
			require.NoError(t, err)
			assert.Len(t, revisions, 4)
			head, err := db.VerifyAudit(ctx, store.AuditHead{}, func(n int64, what string) { assert.Fail(t, what, n) })
			require.NoError(t, err)
			assert.Greater(t, head.Number, int64(50))
			seen, err := db.Alerts(ctx, store.AlertList{})
			require.NoError(t, err)
			alerts := map[host.AlertState]int{}
			for _, a := range seen {
				alerts[a.State]++
			}
			for _, state := range []host.AlertState{host.AlertNew, host.AlertDraft, host.AlertRaised, host.AlertJoined,
				host.AlertIgnored} {
				assert.NotEmpty(t, alerts[state], state)
			}
			templates, err := db.SavedForms(ctx, true)
			require.NoError(t, err)
			assert.Len(t, templates, 1)
			made, others, err := db.Companies(ctx)
			require.NoError(t, err)
			assert.True(t, made)
			assert.False(t, others, "no partner of it passes for a real one")
		})
	}
}

// An hour that is let pass is a step further: Litware's contact is overdue.
func TestLetPass(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	file := t.TempDir() + "/portal.db"
	db, err := store.Open(ctx, file, nil)
	require.NoError(t, err)
	require.ErrorContains(t, db.LetPass(ctx, time.Hour), "only a demonstration", "companies may be real")
	require.NoError(t, db.Seed(ctx))
	require.NoError(t, demo.Fill(ctx, db, demo.Options{}))
	imported := partnertest.Profile(partner.DirectBillPartner)
	imported.TenantID = "1a9e0000-0000-4000-8000-000000000001"
	require.NoError(t, db.AddPartner(ctx, imported, nil), "a partner that a visitor has imported is no reason to stop")
	before := db.Now()
	require.NoError(t, db.SaveSession(ctx, "key", host.Person{Name: "Robin"}, time.Now().Add(30*time.Minute)))
	require.NoError(t, db.LetPass(ctx, time.Hour))
	assert.WithinDuration(t, before.Add(time.Hour), db.Now(), time.Minute)
	_, _, err = db.Session(ctx, "key")
	require.NoError(t, err, "whoever lets an hour pass stays signed in")
	require.NoError(t, db.Close())

	again, err := store.Open(ctx, file, nil)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, again.Close()) })
	assert.Equal(t, time.Hour, again.Ahead(), "it is remembered")
}
