package store_test

import (
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// asked opens a case, and returns the question of its first mail.
func (db *testDB) asked(t testing.TB) (caseID string, q store.Question) {
	t.Helper()
	caseID = db.opened(t, "INC-1", 1)[0]
	c := db.find(t, caseID)
	return caseID, store.Question{
		Subject: c.At(db.Now()).Due[0].Notification.ID, Purpose: "acknowledge", Expires: db.Now().Add(time.Hour),
	}
}

func onIt(source string) host.CaseEvent {
	return host.CaseEvent{Source: source, Said: "I am on it", Event: escalation.Event{Kind: escalation.EventAcknowledged}}
}

func TestFiveWrongCodesEndAQuestion(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		caseID, q := db.asked(t)
		for i := range 5 {
			ended, err := db.Ended(t.Context(), q)
			require.NoError(t, err)
			assert.False(t, ended)
			ended, err = db.WrongCode(t.Context(), q)
			require.NoError(t, err)
			assert.Equal(t, i == 4, ended)
		}
		ended, err := db.Ended(t.Context(), q)
		require.NoError(t, err)
		assert.True(t, ended)
		_, err = db.Answered(t.Context(), q, onIt("form 1"))
		require.ErrorIs(t, err, host.ErrEnded)
		assert.Empty(t, db.find(t, caseID).Events)

		other := q
		other.Expires = q.Expires.Add(time.Second)
		fresh, err := db.Answered(t.Context(), other, onIt("form 1"))
		require.NoError(t, err, "another expiry is another question")
		assert.True(t, fresh)
		other.Purpose = "verify"
		ended, err = db.Ended(t.Context(), other)
		require.NoError(t, err)
		assert.False(t, ended, "and so is another purpose")
	})
}

func TestWrongCodesAtOnceCountEach(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		_, q := db.asked(t)
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				_, err := db.WrongCode(t.Context(), q)
				assert.NoError(t, err)
			})
		}
		all.Wait()
		ended, err := db.Ended(t.Context(), q)
		require.NoError(t, err)
		assert.True(t, ended)
	})
}

func TestWhatHasExpiredIsForgotten(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		_, q := db.asked(t)
		for range 5 {
			_, err := db.WrongCode(t.Context(), q)
			require.NoError(t, err)
		}
		db.clock.add(2 * time.Hour)
		later := q
		later.Expires = db.Now().Add(time.Hour)
		_, err := db.WrongCode(t.Context(), later)
		require.NoError(t, err)
		ended, err := db.Ended(t.Context(), q)
		require.NoError(t, err)
		assert.False(t, ended)
	})
}

func TestAnAnswerCountsOnce(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		caseID, q := db.asked(t)
		for _, want := range []bool{true, false} {
			fresh, err := db.Answered(t.Context(), q, onIt("form 1"))
			require.NoError(t, err)
			assert.Equal(t, want, fresh)
		}
		c := db.find(t, caseID)
		assert.Len(t, c.Events, 1)
		assert.Equal(t, escalation.StateAcknowledged, c.State)
		q.Subject = "no such"
		_, err := db.Answered(t.Context(), q, onIt("form 2"))
		require.ErrorIs(t, err, host.ErrNotFound)
	})
}

func TestNewCodesAreLimited(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		caseID, q := db.asked(t)
		before := len(db.queue.sent)
		first := q.Subject
		for i, tt := range []struct {
			pause time.Duration
			want  host.CodeResult
		}{
			{0, host.CodeSent}, {5 * time.Minute, host.CodeSoon}, {6 * time.Minute, host.CodeSent},
			{11 * time.Minute, host.CodeSent}, {11 * time.Minute, host.CodeSent}, {11 * time.Minute, host.CodeSent},
			{11 * time.Minute, host.CodeNever}, {24 * time.Hour, host.CodeNever},
		} {
			db.clock.add(tt.pause)
			got, err := db.NewCode(t.Context(), q.Subject)
			require.NoError(t, err)
			assert.Equal(t, tt.want, got, "%d", i)
			if got == host.CodeSent {
				q.Subject = db.queue.sent[len(db.queue.sent)-1].ID // the reader goes on with the newest link
			}
		}
		sent := db.queue.sent[before:]
		require.Len(t, sent, 5)
		for i, n := range sent {
			assert.Equal(t, first+"-"+string(rune('2'+i)), n.ID)
			assert.Equal(t, first, n.Thread, "it replies to the first mail")
			assert.Equal(t, "INC-1", n.Incident.ID)
			c, err := db.CaseOf(t.Context(), nil, n.ID)
			require.NoError(t, err)
			assert.Equal(t, caseID, c.ID)
			d, err := db.Delivery(t.Context(), n.ID)
			require.NoError(t, err)
			assert.Equal(t, host.DeliveryWaiting, d.State)
			assert.Empty(t, d.IncidentID, "it is no further delivery of the incident")
		}
		counts, err := db.Counts(t.Context(), "INC-1")
		require.NoError(t, err)
		assert.Equal(t, 1, counts.Total())
		_, err = db.NewCode(t.Context(), "no such")
		require.ErrorIs(t, err, host.ErrNotFound)
	})
}

func TestTwoClicksSendOneCode(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		_, q := db.asked(t)
		results := make([]host.CodeResult, 6)
		var all sync.WaitGroup
		for i := range results {
			all.Go(func() {
				var err error
				results[i], err = db.NewCode(t.Context(), q.Subject)
				assert.NoError(t, err)
			})
		}
		all.Wait()
		sent := 0
		for _, r := range results {
			if r == host.CodeSent {
				sent++
			}
		}
		assert.Equal(t, 1, sent)
	})
}
