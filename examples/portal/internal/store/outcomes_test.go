package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

type storeTx = store.Tx

func deliveriesOf(incidentID string) store.DeliveryQuery {
	return store.DeliveryQuery{IncidentID: incidentID}
}

func (db *testDB) state(t testing.TB, id string) host.DeliveryState {
	t.Helper()
	d, err := db.Delivery(t.Context(), id)
	require.NoError(t, err)
	return d.State
}

// The whole product of the states that a delivery can be in and the outcomes
// that may come.
func TestTransitions(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		type states = map[host.DeliveryState]host.DeliveryState
		const waiting, retrying, unknown, failed, sent, withdrawn, nobody = host.DeliveryWaiting, host.DeliveryRetrying,
			host.DeliveryUnknown, host.DeliveryFailed, host.DeliverySent, host.DeliveryWithdrawn, host.DeliveryNobody
		const call, bounced = host.DeliveryCall, host.DeliveryBounced
		open := states{retrying: retrying, unknown: unknown, failed: failed, sent: sent, withdrawn: withdrawn}
		want := map[host.DeliveryState]states{
			waiting:   open,
			retrying:  open,
			unknown:   open,
			failed:    {retrying: failed, unknown: failed, failed: failed, sent: sent, withdrawn: failed},
			sent:      {retrying: sent, unknown: sent, failed: sent, sent: sent, withdrawn: sent},
			withdrawn: {retrying: withdrawn, unknown: withdrawn, failed: withdrawn, sent: sent, withdrawn: withdrawn},
			call:      {retrying: call, unknown: call, failed: call, sent: call, withdrawn: call},
			bounced:   {retrying: bounced, unknown: bounced, failed: bounced, sent: bounced, withdrawn: bounced},
			nobody:    {retrying: nobody, unknown: nobody, failed: nobody, sent: nobody, withdrawn: nobody},
		}
		require.Len(t, want, len(host.DeliveryStates()), "every state has a line")
		ids := db.routed(t, "INC-1", 45)
		for _, from := range host.DeliveryStates() {
			for to, after := range want[from] {
				id := ids[0]
				ids = ids[1:]
				db.run(t, fmt.Sprintf(`UPDATE deliveries SET state = '%s' WHERE id = '%s'`, from, id))
				require.NoError(t, db.SaveOutcomes(t.Context(), []store.Outcome{{ID: id, State: to, Attempts: 7, Problem: "550"}}))
				d, err := db.Delivery(t.Context(), id)
				require.NoError(t, err)
				assert.Equal(t, after, d.State, "%s, and then %s", from, to)
				if after != to || from == to && from != retrying && from != unknown {
					assert.Zero(t, d.Attempts, "%s, and then %s: nothing is written", from, to)
				}
			}
		}
	})
}

func TestSaveOutcomes(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		ids := db.routed(t, "INC-1", 6)
		next := time.Date(2026, time.May, 4, 12, 0, 0, 123_000, time.UTC)
		outcomes := []store.Outcome{
			{ID: ids[0], State: host.DeliverySent, Attempts: 1, Problem: "late"},
			{ID: ids[1], State: host.DeliveryRetrying, Attempts: 1, Problem: "the mail server is not reached", NextTryAt: next},
			{ID: ids[2], State: host.DeliveryFailed, Attempts: 3, Problem: "550", NextTryAt: next},
			{ID: ids[3], State: host.DeliverySent, Attempts: 1},
			{ID: ids[3], State: host.DeliveryFailed, Attempts: 2, Problem: "550"},
			{ID: ids[4], State: host.DeliveryRetrying, Attempts: 1, Problem: "421"},
			{ID: ids[4], State: host.DeliveryRetrying, Attempts: 2, Problem: "451"},
			{ID: "no such", State: host.DeliverySent},
			{ID: "\x00", State: host.DeliverySent, Problem: "\x00\xff"},
		}
		var first []host.Delivery
		for range 2 { // what is saved twice is saved once
			require.NoError(t, db.SaveOutcomes(t.Context(), outcomes))
			got, err := db.Deliveries(t.Context(), deliveriesOf("INC-1"))
			require.NoError(t, err)
			require.Len(t, got, 6)
			for i := range got {
				assert.False(t, got[i].UpdatedAt.IsZero())
				got[i].UpdatedAt = time.Time{}
			}
			if first == nil {
				first = got
			}
			assert.Equal(t, first, got)
		}
		type row struct {
			state    host.DeliveryState
			attempts int
			problem  string
			next     time.Time
		}
		var got []row
		for _, d := range first {
			got = append(got, row{d.State, d.Attempts, d.Problem, d.NextTryAt})
		}
		assert.Equal(t, []row{
			{state: host.DeliverySent, attempts: 1},
			{host.DeliveryRetrying, 1, "the mail server is not reached", next},
			{state: host.DeliveryFailed, attempts: 3, problem: "550"},
			{state: host.DeliverySent, attempts: 1},
			{state: host.DeliveryRetrying, attempts: 2, problem: "451"},
			{state: host.DeliveryWaiting},
		}, got)

		standings, err := db.Standings(t.Context(), []string{ids[0], ids[1], "no such"})
		require.NoError(t, err)
		assert.Equal(t, map[string]store.Standing{
			ids[0]: {State: host.DeliverySent, Attempts: 1, Step: -1, AskedAt: standings[ids[0]].AskedAt},
			ids[1]: {
				State: host.DeliveryRetrying, Attempts: 1, Step: -1, NextTryAt: next, AskedAt: standings[ids[1]].AskedAt,
			},
		}, standings, "the partner is not known, and so is its contact")
		standings, err = db.Standings(t.Context(), nil)
		require.NoError(t, err)
		assert.Empty(t, standings)

		require.NoError(t, db.SaveOutcomes(t.Context(), nil))
		for _, state := range []host.DeliveryState{host.DeliveryWaiting, host.DeliveryNobody, "", "SENT", "'"} {
			require.Error(t, db.SaveOutcomes(t.Context(), []store.Outcome{
				{ID: ids[5], State: host.DeliverySent}, {ID: ids[1], State: state},
			}), "%q is no outcome", state)
			assert.Equal(t, host.DeliveryWaiting, db.state(t, ids[5]), "and nothing is stored")
		}
	})
}

func TestDeliveries(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		ids := db.routed(t, "INC-1", 25)
		db.routed(t, "INC-2", 3)
		var failed []store.Outcome
		for _, id := range ids[10:20] {
			failed = append(failed, store.Outcome{ID: id, State: host.DeliveryFailed})
		}
		require.NoError(t, db.SaveOutcomes(t.Context(), failed))
		read := func(q store.DeliveryQuery) (all []string) {
			for {
				page, err := db.Deliveries(t.Context(), q)
				require.NoError(t, err)
				assert.LessOrEqual(t, len(page), q.Limit)
				for _, d := range page {
					all = append(all, d.ID)
					q.After = d.ID
				}
				if len(page) < q.Limit {
					return all
				}
			}
		}
		for _, limit := range []int{1, 4, 5, 100} {
			assert.Equal(t, ids, read(store.DeliveryQuery{IncidentID: "INC-1", Limit: limit}), "pages of %d", limit)
			assert.Equal(t, ids[10:20], read(store.DeliveryQuery{IncidentID: "INC-1", State: host.DeliveryFailed, Limit: limit}))
		}
		assert.Empty(t, read(store.DeliveryQuery{IncidentID: "INC-1", State: host.DeliverySent, Limit: 9}))
		assert.Empty(t, read(store.DeliveryQuery{IncidentID: "INC-2", After: ids[0], Limit: 9}),
			"another incident's delivery is no place")
		assert.Empty(t, read(store.DeliveryQuery{IncidentID: "no such", Limit: 9}))
		assert.Empty(t, read(store.DeliveryQuery{Limit: 9}), "notices are no incident's")
		_, err := db.Delivery(t.Context(), "no such")
		require.ErrorIs(t, err, host.ErrNotFound)
	})
}

func TestRetryFailed(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		const all = 2500
		ids := db.routed(t, "INC-1", all)
		other := db.routed(t, "INC-2", 2)
		var outcomes []store.Outcome
		for _, id := range append(slices.Clone(ids[:all-2]), other...) {
			outcomes = append(outcomes, store.Outcome{ID: id, State: host.DeliveryFailed, Attempts: 3, Problem: "550"})
		}
		require.NoError(t,
			db.SaveOutcomes(t.Context(), append(outcomes, store.Outcome{ID: ids[all-1], State: host.DeliverySent})))
		retry := func(incidentID, deliveryID string) (int, []string) {
			db.queue.retried, db.queue.batches = nil, 0
			n, err := db.RetryFailed(t.Context(), incidentID, deliveryID)
			require.NoError(t, err)
			return n, db.queue.retried
		}

		n, got := retry("INC-1", ids[0])
		assert.Equal(t, 1, n)
		assert.Equal(t, ids[:1], got)
		d, err := db.Delivery(t.Context(), ids[0])
		require.NoError(t, err)
		assert.Equal(t, []any{host.DeliveryWaiting, ""}, []any{d.State, d.Problem})
		for _, id := range []string{ids[0], ids[all-1], ids[all-2]} {
			n, got = retry("INC-1", id)
			assert.Zero(t, n, "it has not failed")
			assert.Empty(t, got)
		}
		for _, wrong := range [][2]string{{"INC-2", ids[1]}, {"", ids[1]}, {"INC-1", "no such"}, {"no such", ""}, {"", ""}} {
			_, err := db.RetryFailed(t.Context(), wrong[0], wrong[1])
			require.ErrorIs(t, err, host.ErrNotFound)
		}
		assert.Equal(t, host.DeliveryFailed, db.state(t, ids[1]))

		db.queue.err = errors.New("the queue is full")
		_, err = db.RetryFailed(t.Context(), "INC-1", "")
		require.ErrorIs(t, err, db.queue.err)
		assert.Equal(t, host.DeliveryFailed, db.state(t, ids[1]), "nobody would send what waits without a job")
		db.queue.err = nil

		n, got = retry("INC-1", "")
		assert.Equal(t, all-3, n)
		assert.ElementsMatch(t, ids[1:all-2], got)
		assert.Equal(t, 3, db.queue.batches)
		counts, err := db.Counts(t.Context(), "INC-1")
		require.NoError(t, err)
		assert.Equal(t, host.Counts{host.DeliveryWaiting: all - 1, host.DeliverySent: 1}, counts)
		n, _ = retry("INC-1", "")
		assert.Zero(t, n)
		assert.Equal(t, host.DeliveryFailed, db.state(t, other[0]), "another incident's")
	})
}

// What the mail server may have is sent again only because somebody says so.
func TestRetryUnknown(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		ids := db.routed(t, "INC-1", 4)
		var tries []store.Outcome
		for _, id := range ids[:3] {
			tries = append(tries, store.Outcome{
				ID: id, State: host.DeliveryUnknown, Attempts: 2, Unanswered: 1, Problem: "no answer",
				SentTo: partner.Recipient{Email: "new@contoso.com"},
			})
		}
		require.NoError(t, db.SaveOutcomes(t.Context(), tries))
		n, err := db.RetryFailed(t.Context(), "INC-1", "")
		require.NoError(t, err)
		assert.Zero(t, n, "none has failed")
		n, err = db.RetryFailed(t.Context(), "INC-1", ids[0])
		require.NoError(t, err)
		assert.Equal(t, 1, n, "whoever names it means it")
		n, err = db.RetryUnknown(t.Context(), "INC-1")
		require.NoError(t, err)
		assert.Equal(t, 2, n)
		assert.ElementsMatch(t, ids[:3], db.queue.retried)
		d, err := db.Delivery(t.Context(), ids[1])
		require.NoError(t, err)
		assert.Equal(t, host.DeliveryWaiting, d.State)
		assert.Equal(t, 2, d.Attempts)
		assert.Equal(t, "new@contoso.com", d.SentTo.Email, "who was written to is still known")
		require.NoError(t, db.FoldCounts(t.Context()))
		counts, err := db.Counts(t.Context(), "INC-1")
		require.NoError(t, err)
		assert.Equal(t, host.Counts{host.DeliveryWaiting: 4}, counts)
	})
}

func TestRetryFailedNotice(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		require.NoError(t, db.Seed(t.Context()))
		_, err := db.SaveRevision(t.Context(), db.revise(t, "cert@contoso.com"), gita())
		require.NoError(t, err)
		id := db.queue.sent[0].ID
		require.NoError(t, db.SaveOutcomes(t.Context(), []store.Outcome{{ID: id, State: host.DeliveryFailed}}))
		n, err := db.RetryFailed(t.Context(), "", id)
		require.NoError(t, err)
		assert.Equal(t, 1, n)
		assert.Equal(t, []string{id}, db.queue.retried)
	})
}

func TestOutcomesAtOnce(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		ids := db.routed(t, "INC-1", 400)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		var wg, readers sync.WaitGroup
		for worker := range 4 {
			wg.Go(func() {
				for piece := range slices.Chunk(ids, 50) {
					var outcomes []store.Outcome
					for i, id := range piece {
						state := host.DeliverySent
						if worker%2 == 0 && i%2 == 0 {
							state = host.DeliveryFailed
						}
						outcomes = append(outcomes, store.Outcome{ID: id, State: state, Attempts: 1})
					}
					assert.NoError(t, db.SaveOutcomes(t.Context(), outcomes))
				}
			})
		}
		readers.Go(func() {
			for ctx.Err() == nil {
				assert.NoError(t, db.FoldCounts(t.Context()))
			}
		})
		readers.Go(func() {
			for ctx.Err() == nil {
				counts, err := db.Counts(t.Context(), "INC-1")
				assert.Equal(t, 400, counts.Total(), "nothing is missing or counted twice meanwhile: %v", err)
			}
		})
		wg.Wait()
		cancel()
		readers.Wait()
		counts, err := db.Counts(t.Context(), "INC-1")
		require.NoError(t, err)
		assert.Equal(t, host.Counts{host.DeliverySent: 400}, counts, "sent wins")
		standings, err := db.Standings(t.Context(), ids)
		require.NoError(t, err)
		for _, id := range ids {
			assert.Equal(t, host.DeliverySent, standings[id].State, "and the counts are those of the rows")
		}
	})
}
