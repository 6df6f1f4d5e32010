package store_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// sentFirst raises INC-1 to n partners, and the first mail to each is sent. It
// returns the cases and those mails.
func (db *testDB) sentFirst(t testing.TB, n int) (cases, mails []string) {
	t.Helper()
	cases = db.opened(t, n)
	for _, id := range cases {
		mails = append(mails, db.due(t, id)[0])
	}
	db.became(t, host.DeliverySent, mails...)
	return cases, mails
}

func (db *testDB) became(t testing.TB, state host.DeliveryState, ids ...string) {
	t.Helper()
	var all []store.Outcome
	for _, id := range ids {
		all = append(all, store.Outcome{ID: id, State: state, Attempts: 1, Problem: "550"})
	}
	require.NoError(t, db.SaveOutcomes(t.Context(), all))
}

// chased says of each partner what a reminder comes to, in order.
func (db *testDB) chased(t testing.TB, chosen ...string) string {
	t.Helper()
	var all []string
	for c, err := range db.Chased(t.Context(), "INC-1", chosen) {
		require.NoError(t, err)
		all = append(all, string(c.Chase))
	}
	return strings.Join(all, " ")
}

func TestRemind(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		ctx := t.Context()
		cases, mails := db.sentFirst(t, 4)
		assert.Equal(t, "soon soon soon soon", db.chased(t), "they were mailed a moment ago")
		done, err := db.Remind(ctx, "INC-1", nil, operator())
		require.NoError(t, err)
		assert.Zero(t, done)
		db.clock.add(host.RemindPause)
		db.became(t, host.DeliverySent, mails...) // changes nothing
		db.happens(t, cases[3], escalation.EventAcknowledged)
		_, err = db.Bounced(ctx, host.Bounce{NotificationID: mails[2], Address: db.address(t, mails[2]), Problem: "5.1.1"})
		require.NoError(t, err)
		assert.Equal(t, "mail mail call", db.chased(t))
		assert.Equal(t, "mail answered", db.chased(t, mails[0], mails[3]), "who was chosen, answered or not")
		assert.Empty(t, db.chased(t, "no such"))

		before := len(db.queue.sent)
		done, err = db.Remind(ctx, "INC-1", []string{mails[1], mails[3]}, operator())
		require.NoError(t, err)
		assert.Equal(t, host.Reminded{People: 1, Partners: 1}, done)
		var wait sync.WaitGroup
		for range 2 { // two operators at once
			wait.Go(func() {
				_, err := db.Remind(context.WithoutCancel(ctx), "INC-1", nil, operator())
				assert.NoError(t, err)
			})
		}
		wait.Wait()
		require.Len(t, db.queue.sent, before+2, "each once")
		n := db.queue.sent[before]
		first, err := db.Delivery(ctx, mails[1])
		require.NoError(t, err)
		c := db.find(t, cases[1])
		assert.Regexp(t, `^[0-9a-f]{40}$`, n.ID, "so that its mail has an address to come back to")
		assert.Equal(t, []any{mails[1], c.OpenedAt, first.Recipient}, []any{n.Thread, n.UnansweredSince, n.Recipient})
		d, err := db.Delivery(ctx, n.ID)
		require.NoError(t, err)
		assert.Equal(t, []any{c.ID, 1, first.Step}, []any{d.CaseID, d.Reminder, d.Step})
		assert.Equal(t, "soon soon call", db.chased(t))

		log, err := db.IncidentLog(ctx, "INC-1", "", 3)
		require.NoError(t, err)
		for _, e := range log[:2] {
			assert.Equal(t, []string{host.LogReminded, operator().Name, "1 person"}, []string{e.Kind, e.ByName, e.Said})
			assert.NotEmpty(t, e.CompanyName)
		}
		assert.NotEqual(t, host.LogReminded, log[2].Kind, "who reminds nobody leaves no line")

		standing := func() store.Standing {
			all, err := db.Standings(ctx, []string{n.ID})
			require.NoError(t, err)
			return all[n.ID]
		}
		assert.True(t, standing().Reminder)
		assert.False(t, standing().Superseded)
		db.became(t, host.DeliverySent, n.ID)
		db.clock.add(host.RemindPause)
		_, err = db.Remind(ctx, "INC-1", []string{mails[1]}, operator())
		require.NoError(t, err)
		again, err := db.Delivery(ctx, db.queue.sent[len(db.queue.sent)-1].ID)
		require.NoError(t, err)
		assert.Equal(t, 2, again.Reminder)

		require.NoError(t, db.AddVersion(ctx, db.next(t, "INC-1"), host.VersionUpdate, operator()))
		_, err = db.Remind(ctx, "INC-1", nil, operator())
		require.ErrorIs(t, err, host.ErrConflict, "it is being routed")
		assert.True(t, standing().Superseded, "the update tells them")
		_, err = db.Remind(ctx, "no such", nil, operator())
		require.ErrorIs(t, err, host.ErrNotFound)
	})
}

func (db *testDB) address(t testing.TB, id string) string {
	t.Helper()
	d, err := db.Delivery(t.Context(), id)
	require.NoError(t, err)
	return d.Recipient.Email
}

// A page of the list is whatever a partner's company is called, and an answer
// that runs out does not keep anybody from being reminded again.
func TestRemindAfterAnAnswerThatRanOut(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		cases, _ := db.sentFirst(t, 1)
		db.clock.add(host.RemindPause)
		_, err := db.Remind(t.Context(), "INC-1", nil, operator())
		require.NoError(t, err)
		reminder := db.queue.sent[len(db.queue.sent)-1]
		db.happens(t, cases[0], escalation.EventAcknowledged)
		require.NoError(t, db.SaveOutcomes(t.Context(), []store.Outcome{
			{ID: reminder.ID, State: host.DeliveryWithdrawn, Problem: "somebody has answered", Answered: true}}))
		db.clock.add(5 * time.Hour)
		db.look(t)
		assert.Equal(t, "mail", db.chased(t))
		done, err := db.Remind(t.Context(), "INC-1", nil, operator())
		require.NoError(t, err)
		assert.Equal(t, 1, done.People)
	})
}
