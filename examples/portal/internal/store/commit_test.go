package store_test

import (
	"context"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/proxy"
	"github.com/cspkit/partner/examples/portal/internal/store"
	"github.com/cspkit/partner/examples/portal/internal/storetest"
)

// proxied returns a database behind a proxy, and the same without.
func proxied(t *testing.T) (behind, direct *testDB, p *proxy.Proxy) {
	t.Helper()
	direct = open(t, storetest.PostgreSQL(t))
	u, err := url.Parse(direct.url)
	require.NoError(t, err)
	p, err = proxy.Listen(u.Host)
	require.NoError(t, err)
	t.Cleanup(p.Close)
	u.Host = p.Addr()
	return open(t, u.String()), direct, p
}

// The connection breaks while a commit is under way. What is said of it is so.
func TestALostCommit(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, why    string
		before, away bool // the server does not get it; it is not reached for some time
		stored       bool
		err          error
	}{
		{"the answer is lost", "it is read back", false, false, true, nil},
		{"the commit is lost", "nothing is stored, and that is certain", true, false, false, host.ErrUnavailable},
		{"the answer is lost, and the way to the server", "nobody can know", false, true, true, host.ErrUnknown},
		{"the commit is lost, and the way to the server", "nobody can know", true, true, false, host.ErrUnknown},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			behind, direct, p := proxied(t)
			require.NoError(t, direct.Seed(t.Context()))
			store.SetReadBackTimeout(behind.DB)
			lose := func() {
				p.LoseAnswer("commit", test.before, func() {
					if test.away {
						p.RefuseNew(true)
					}
				})
			}
			lose()
			id, err := behind.SaveRevision(t.Context(), behind.revise(t, "cert@contoso.com"), gita())
			check := func(err error) {
				t.Helper()
				if test.err == nil {
					require.NoError(t, err, test.why)
					return
				}
				require.ErrorIs(t, err, test.err, test.why)
				if test.err != host.ErrUnknown { //nolint:errorlint // a row of the table
					require.NotErrorIs(t, err, host.ErrUnknown)
				}
			}
			check(err)
			revisions, err := direct.Revisions(t.Context(), host.ContosoTenantID, "", 0)
			require.NoError(t, err)
			assert.Equal(t, test.stored, len(revisions) == 1)
			if test.err == nil {
				assert.Equal(t, revisions[0].ID, id)
			}

			p.RefuseNew(false)
			lose()
			check(behind.CreateIncident(t.Context(), incident("INC-1"), operator()))
			_, err = direct.Incident(t.Context(), "INC-1")
			if test.stored {
				require.NoError(t, err)
			} else {
				require.ErrorIs(t, err, host.ErrNotFound)
			}
		})
	}
}

// The server is told what to do if this machine is gone.
func TestLimits(t *testing.T) {
	t.Parallel()
	url := storetest.PostgreSQL(t)
	show := func(db *testDB, parameter string) (value string) {
		_, pool := db.Pools()
		require.NoError(t, pool.QueryRow(t.Context(), "SHOW "+parameter).Scan(&value))
		return value
	}
	db := open(t, url)
	for parameter, want := range map[string]string{
		"idle_in_transaction_session_timeout": "15s", "lock_timeout": "10s", "tcp_user_timeout": "20000",
		"tcp_keepalives_idle": "10", "tcp_keepalives_interval": "3", "tcp_keepalives_count": "3",
	} {
		assert.Equal(t, want, show(db, parameter))
	}
	assert.Equal(t, "7s", show(open(t, url+"&lock_timeout=7s"), "lock_timeout"), "the URL may say otherwise")
}

// Somebody holds what an incident's numbers are in, and is gone. Outcomes are
// stored all the same.
func TestOutcomesWaitForNobody(t *testing.T) {
	t.Parallel()
	db := open(t, storetest.PostgreSQL(t))
	other := open(t, db.url)
	ids := db.routed(t, "INC-1", 2)
	require.NoError(t, db.FoldCounts(t.Context()))
	save := func(id string) {
		t.Helper()
		require.NoError(t, db.SaveOutcomes(t.Context(), []store.Outcome{{ID: id, State: host.DeliverySent}}))
	}
	require.NoError(t, other.InTx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		for _, statement := range []string{
			`UPDATE delivery_counts SET n = n`, `SELECT 1 FROM incidents FOR UPDATE`,
			`UPDATE deliveries SET state = state WHERE id = '` + ids[0] + `'`,
		} {
			_, err := tx.PGX().Exec(ctx, statement)
			require.NoError(t, err)
		}
		save(ids[1])
		return nil
	}))
	counts, err := db.Counts(t.Context(), "INC-1")
	require.NoError(t, err)
	assert.Equal(t, host.Counts{host.DeliverySent: 1, host.DeliveryWaiting: 1}, counts)
}
