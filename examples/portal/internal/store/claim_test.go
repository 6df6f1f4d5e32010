package store_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/store"
)

func TestClaim(t *testing.T) {
	t.Parallel()
	for _, d := range databases {
		t.Run(d.name, func(t *testing.T) {
			t.Parallel()
			url, other := d.make(t), d.make(t)
			release, err := store.Claim(t.Context(), url)
			require.NoError(t, err)
			again := url
			if d.name == "postgres" {
				again += "&pool_max_conns=10" // the flag's value, as Open takes it
			}
			_, err = store.Claim(t.Context(), again)
			require.ErrorIs(t, err, store.ErrClaimed)
			assert.NotContains(t, err.Error(), url, "it may hold a password")
			open(t, url) // whoever does not claim it is not kept out
			releaseOther, err := store.Claim(t.Context(), other)
			require.NoError(t, err)
			require.NoError(t, releaseOther())

			require.NoError(t, release())
			release, err = store.Claim(t.Context(), url)
			require.NoError(t, err)
			require.NoError(t, release())
		})
	}
	for range 2 {
		release, err := store.Claim(t.Context(), ":memory:")
		require.NoError(t, err, "which is nobody else's")
		t.Cleanup(func() { assert.NoError(t, release()) })
	}
}
