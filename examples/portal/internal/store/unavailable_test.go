package store_test

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/storetest"
)

func TestDeadlineIsUnavailable(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		late, cancel := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
		defer cancel()
		_, err := db.Profile(late, host.ContosoTenantID)
		require.ErrorIs(t, err, host.ErrUnavailable)
		left, cancel := context.WithCancel(t.Context())
		cancel()
		_, err = db.Profile(left, host.ContosoTenantID)
		require.ErrorIs(t, err, context.Canceled)
		require.NotErrorIs(t, err, host.ErrUnavailable, "whoever asked has left")
	})
}

func TestServerThatIsAway(t *testing.T) {
	t.Parallel()
	db := open(t, storetest.PostgreSQL(t))
	require.NoError(t, db.Seed(t.Context()))
	rev := db.revise(t, "cert@contoso.com")
	u, err := url.Parse(db.url)
	require.NoError(t, err)
	name := strings.TrimPrefix(u.Path, "/")
	u.Path = "/postgres"
	root, err := pgx.Connect(t.Context(), u.String())
	require.NoError(t, err)
	defer func() { require.NoError(t, root.Close(context.WithoutCancel(t.Context()))) }()
	_, err = root.Exec(t.Context(), `ALTER DATABASE `+name+` WITH ALLOW_CONNECTIONS false`)
	require.NoError(t, err)
	_, err = root.Exec(t.Context(), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1`, name)
	require.NoError(t, err)

	for range 3 { // on connections that are cut, and on none
		_, err = db.Profile(t.Context(), host.ContosoTenantID)
		require.ErrorIs(t, err, host.ErrUnavailable)
		_, err = db.SaveRevision(t.Context(), rev, gita())
		require.ErrorIs(t, err, host.ErrUnavailable)
		require.ErrorIs(t, db.Ready(t.Context()), host.ErrUnavailable)
	}
	_, err = root.Exec(t.Context(), `ALTER DATABASE `+name+` WITH ALLOW_CONNECTIONS true`)
	require.NoError(t, err)
	_, err = db.Profile(t.Context(), host.ContosoTenantID)
	require.NoError(t, err, "it is back")
}
