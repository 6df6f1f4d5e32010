package store_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/pgtest"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

func TestPoolIsLargeEnough(t *testing.T) {
	t.Parallel()
	for _, size := range []string{"1", "2", "3", "5"} {
		// Nobody listens there: the number is refused before anybody is asked.
		db, err := store.Open(t.Context(), "postgres://portal:hunter2@127.0.0.1:1/portal?pool_max_conns="+size, nil)
		require.ErrorContains(t, err, "pool_max_conns is "+size,
			"with so few, a job waits for a connection that it holds itself")
		assert.NotContains(t, err.Error(), "hunter2")
		assert.Nil(t, db)
	}
	url := pgtest.New(t)
	separator := "?"
	if strings.Contains(url, "?") {
		separator = "&"
	}
	db := open(t, url+separator+"pool_max_conns=6")
	require.NoError(t, db.Seed(t.Context()))
}
