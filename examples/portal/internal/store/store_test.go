package store_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
	"github.com/cspkit/partner/examples/portal/internal/storetest"
)

// databases are the two kinds, by the name of their subtest. Each call makes an
// empty one, as a value for Open.
var databases = []struct {
	name string
	make func(t testing.TB) string
}{
	{"sqlite", storetest.SQLite},
	{"postgres", storetest.PostgreSQL},
}

// onEach runs a test on an empty database of each kind.
func onEach(t *testing.T, test func(t *testing.T, db *testDB)) {
	t.Helper()
	t.Parallel()
	for _, d := range databases {
		t.Run(d.name, func(t *testing.T) {
			t.Parallel()
			test(t, open(t, d.make(t)))
		})
	}
}

// testDB is a database with a queue that only takes notes, and a clock.
type testDB struct {
	*store.DB
	url   string
	queue *recorder
	clock *clock
	hooks int // webhooks that were added
}

func open(t testing.TB, url string) *testDB {
	t.Helper()
	db := &testDB{url: url, queue: &recorder{}, clock: &clock{now: time.Date(2026, time.May, 4, 9, 30, 0, 0, time.UTC)}}
	var err error
	db.DB, err = store.Open(t.Context(), url, &store.Options{Now: db.clock.Now})
	require.NoError(t, err)
	db.SetQueue(db.queue)
	t.Cleanup(func() { assert.NoError(t, db.Close()) })
	return db
}

// clock goes one second further each time that it is read.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(time.Second)
	return c.now
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// recorder is a queue that notes the IDs it is given, and fails with err.
type recorder struct {
	mu       sync.Mutex
	err      error
	routings []string
	sent     []partner.Notification
	retried  []string
	batches  int // of retried
}

func (r *recorder) InsertRouting(_ context.Context, tx *store.Tx, incidentID string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.routings = append(r.routings, incidentID)
	return r.check(tx)
}

func (r *recorder) InsertDeliveries(_ context.Context, tx *store.Tx, ns []partner.Notification) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sent = append(r.sent, ns...)
	return r.check(tx)
}

func (r *recorder) RetryDeliveries(_ context.Context, tx *store.Tx, notificationIDs []string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.retried = append(r.retried, notificationIDs...)
	r.batches++
	return r.check(tx)
}

func (r *recorder) check(tx *store.Tx) error {
	if (tx.SQL() == nil) == (tx.PGX() == nil) {
		return fmt.Errorf("exactly one of SQL and PGX must be there")
	}
	return r.err
}

// operator raises the incidents of the tests.
func operator() host.Person {
	people := host.DemoPeople()
	return people[len(people)-1]
}

// The driver puts what it cannot write into its error.
func TestAnErrorHoldsNoDocument(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		require.NoError(t, db.Seed(t.Context()))
		rev := db.revise(t, "cert@contoso.com")
		rev.Verification = 0 // it has no JSON
		_, err := db.SaveRevision(t.Context(), rev, gita())
		require.Error(t, err)
		assert.NotContains(t, err.Error(), "@")
	})
}
