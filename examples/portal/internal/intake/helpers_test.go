package intake_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/intake"
	"github.com/cspkit/partner/examples/portal/internal/store"
	"github.com/cspkit/partner/examples/portal/internal/storetest"
)

// desk is a service on an empty database.
type desk struct {
	*intake.Service
	db  *store.DB
	url string

	mu   sync.Mutex
	sent []partner.Notification
}

func (d *desk) InsertRouting(context.Context, *store.Tx, string) error { return nil }

func (d *desk) InsertDeliveries(_ context.Context, _ *store.Tx, ns []partner.Notification) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.sent = append(d.sent, ns...)
	return nil
}

func (d *desk) RetryDeliveries(context.Context, *store.Tx, []string) error { return nil }

// onEach runs a test on a database of each kind.
func onEach(t *testing.T, test func(t *testing.T, d *desk)) {
	t.Helper()
	t.Parallel()
	for name, place := range map[string]func(testing.TB) string{
		"sqlite": storetest.SQLite, "postgres": storetest.PostgreSQL,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, newDesk(t, place(t)))
		})
	}
}

func newDesk(t testing.TB, url string) *desk {
	t.Helper()
	d := &desk{url: url}
	var err error
	now := time.Date(2026, time.May, 4, 9, 30, 0, 0, time.UTC)
	d.db, err = store.Open(t.Context(), url, &store.Options{Now: func() time.Time { return now }})
	require.NoError(t, err)
	d.db.SetQueue(d)
	d.Service = intake.New(intake.Options{Store: d.db, ReplaceContacts: true})
	t.Cleanup(func() {
		d.Close()
		assert.NoError(t, d.db.Close())
	})
	return d
}

func operator() host.Person {
	people := host.DemoPeople()
	return people[len(people)-1]
}

// read reads a file as the operator, by page.
func (d *desk) read(t testing.TB, file string, o host.ImportOptions) host.Import {
	t.Helper()
	i, err := d.Read(t.Context(), strings.NewReader(file),
		host.Import{FileName: "list.csv", By: operator(), Channel: partner.Portal, Options: o})
	require.NoError(t, err)
	return i
}

// save reads a file and saves it.
func (d *desk) save(t testing.TB, file string, o host.ImportOptions) host.Import {
	t.Helper()
	i := d.read(t, file, o)
	require.NoError(t, d.Save(t.Context(), i.ID, true, host.AuditEntry{PersonID: operator().Actor.ID}))
	return i
}

// problems are the codes of what is said of each row.
func (d *desk) problems(t testing.TB, i host.Import, wrong bool) map[int][]string {
	t.Helper()
	all, err := d.db.ImportProblems(t.Context(), i.ID, wrong, 0, 0)
	require.NoError(t, err)
	codes := map[int][]string{}
	for _, p := range all {
		for _, f := range p.Findings {
			codes[p.Row] = append(codes[p.Row], f.Column+": "+f.Code)
		}
	}
	return codes
}

func (d *desk) items(t testing.TB, i host.Import, v host.ImportVerdict) []host.ImportItem {
	t.Helper()
	all, err := d.db.ImportItems(t.Context(), i.ID, v, host.ImportItem{}, 0)
	require.NoError(t, err)
	return all
}
