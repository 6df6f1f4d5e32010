package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/pgtest"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// filled is a file of SQLite with something in most tables.
func filled(t *testing.T) *testDB {
	t.Helper()
	db := open(t, t.TempDir()+"/portal.db")
	require.NoError(t, db.Seed(t.Context()))
	_, err := db.SaveRevision(t.Context(), db.revise(t, "cert@contoso.com"), gita())
	require.NoError(t, err)
	db.routed(t, "INC-1", 40)
	for range 3 {
		require.NoError(t, db.Audit(t.Context(), host.AuditEntry{Action: "POST /incidents", Outcome: host.AuditDone,
			PersonID: "c0150500-0000-4000-8000-0000000000a1", Name: "Ada King", Address: "192.0.2.1"}))
	}
	return db
}

func TestMoveTo(t *testing.T) {
	t.Parallel()
	from := filled(t)
	to := open(t, pgtest.New(t))
	rows := map[string]int64{}
	var order []string
	require.NoError(t, from.MoveTo(t.Context(), to.DB, &store.MoveOptions{Table: func(name string, n int64) error {
		rows[name] = n
		order = append(order, name)
		return nil
	}}))
	assert.Positive(t, rows["partners"])
	assert.Equal(t, rows["partners"], count(t, to, "partners"))
	assert.Equal(t, int64(40), rows["deliveries"]-count(t, to, "deliveries WHERE incident_id IS NULL"))
	assert.NotContains(t, order, "queue_workers", "they work on the old one")
	assert.Equal(t, rows["audit_log"], count(t, from, "audit_log"))

	want, err := from.Profile(t.Context(), host.ContosoTenantID)
	require.NoError(t, err)
	got, err := to.Profile(t.Context(), host.ContosoTenantID)
	require.NoError(t, err)
	assert.Equal(t, want, got)
	var all []partner.Impact
	for i, err := range to.Impacted(t.Context(), host.ContosoTenantID) {
		require.NoError(t, err)
		all = append(all, i)
	}
	assert.NotEmpty(t, all, "relationships, rights and staff are there")
	counts, err := to.Counts(t.Context(), "INC-1")
	require.NoError(t, err)
	assert.Equal(t, 40, counts.Total())
	head, err := to.VerifyAudit(t.Context(), store.AuditHead{}, func(_ int64, what string) { t.Error(what) })
	require.NoError(t, err)
	assert.Equal(t, rows["audit_log"], head.Number)
	require.NoError(t, to.Audit(t.Context(), host.AuditEntry{Action: "POST /incidents", Outcome: host.AuditDone}))

	_, err = store.Open(t.Context(), from.url, nil)
	require.ErrorIs(t, err, store.ErrMoved, "two truths would drift apart")
	require.ErrorIs(t, filled(t).MoveTo(t.Context(), to.DB, nil), store.ErrNotEmpty)
	require.Error(t, to.MoveTo(t.Context(), from.DB, nil), "there is no way back")
}

// A move that ends in the middle, wherever that is, leaves nothing. The next
// one has it all.
func TestAMoveThatEnds(t *testing.T) {
	t.Parallel()
	from, to := filled(t), open(t, pgtest.New(t))
	empty := map[string]int64{} // some tables have one row from the beginning
	for _, table := range to.tables(t) {
		empty[table] = count(t, to, table)
	}
	var tables []string
	stop := errors.New("stop")
	for done := 0; ; done++ {
		n := 0
		err := from.MoveTo(t.Context(), to.DB, &store.MoveOptions{Table: func(name string, _ int64) error {
			if n++; n > done {
				tables = append(tables, name)
				return stop
			}
			return nil
		}})
		if err == nil {
			break
		}
		require.ErrorIs(t, err, stop)
		for _, table := range tables {
			assert.Equal(t, empty[table], count(t, to, table), table)
		}
		assert.Zero(t, count(t, to, "audit_head WHERE number > 0"))
		again, err := store.Open(t.Context(), from.url, nil)
		require.NoError(t, err, "the old one is still the one")
		require.NoError(t, again.Close())
	}
	assert.Greater(t, len(tables), 15)
	assert.Equal(t, count(t, from, "deliveries"), count(t, to, "deliveries"))
}

func TestWhatIsNotMoved(t *testing.T) {
	t.Parallel()
	t.Run("an audit log that was altered", func(t *testing.T) {
		t.Parallel()
		from, to := filled(t), open(t, pgtest.New(t))
		from.run(t, `UPDATE audit_log SET action = 'GET /' WHERE number = 2`)
		require.ErrorContains(t, from.MoveTo(t.Context(), to.DB, nil), "the audit log has 1 problems")
		assert.Zero(t, count(t, to, "partners"))
	})
	t.Run("while a worker is alive", func(t *testing.T) {
		t.Parallel()
		from, to := filled(t), open(t, pgtest.New(t))
		_, err := from.Beat(t.Context(), "dead")
		require.NoError(t, err)
		stop := make(chan struct{})
		beaten := make(chan struct{})
		go func() {
			defer close(beaten)
			for {
				select {
				case <-stop:
					return
				default:
					_, _ = from.Beat(t.Context(), "alive")
				}
			}
		}()
		err = from.MoveTo(t.Context(), to.DB, &store.MoveOptions{Watch: time.Second})
		close(stop)
		<-beaten
		require.ErrorIs(t, err, store.ErrInUse)
		require.NoError(t, from.RemoveWorker(t.Context(), "alive"))
		require.NoError(t, from.MoveTo(t.Context(), to.DB, &store.MoveOptions{Watch: time.Millisecond}),
			"one that was killed is in nobody's way")
	})
}

func count(t *testing.T, db *testDB, table string) (n int64) {
	t.Helper()
	writer, pg := db.Pools()
	var err error
	if pg != nil {
		err = pg.QueryRow(t.Context(), "SELECT count(*) FROM "+table).Scan(&n)
	} else {
		err = writer.QueryRowContext(t.Context(), "SELECT count(*) FROM "+table).Scan(&n)
	}
	require.NoError(t, err)
	return n
}

func TestBackup(t *testing.T) {
	t.Parallel()
	from := filled(t)
	copied := filepath.Join(t.TempDir(), "copy's.db")
	require.NoError(t, store.Backup(t.Context(), from.url, copied), "while it is open")
	info, err := os.Stat(copied)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm(), "it holds people's addresses")
	require.ErrorIs(t, store.Backup(t.Context(), from.url, copied), os.ErrExist, "a copy is not overwritten")
	to := open(t, copied)
	assert.Equal(t, count(t, from, "deliveries"), count(t, to, "deliveries"))
	_, err = to.VerifyAudit(t.Context(), store.AuditHead{}, func(_ int64, what string) { t.Error(what) })
	require.NoError(t, err)

	none := filepath.Join(t.TempDir(), "none.db")
	require.ErrorIs(t, store.Backup(t.Context(), none, none+"2"), os.ErrNotExist)
	assert.NoFileExists(t, none, "no empty one is made")
	page := filepath.Join(t.TempDir(), "page.html")
	require.NoError(t, os.WriteFile(page, []byte("<p>no database, but a page that is long enough to be one</p>"), 0o600))
	require.ErrorContains(t, store.Backup(t.Context(), page, none), "not a database")
	assert.NoFileExists(t, none, "half a copy is none")
	require.Error(t, store.Backup(t.Context(), "postgres://127.0.0.1/x", none))
}
