package store_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

func TestTokens(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		token := host.Token{ID: "T1", Name: "Nightly import", Tail: "wxyz", Owner: operator(),
			Scopes: []host.Scope{host.ScopePartnersRead}}
		require.NoError(t, db.AddToken(t.Context(), token, "hash-1", time.Hour))
		require.ErrorIs(t, db.AddToken(t.Context(), token, "hash-2", time.Hour), host.ErrConflict, "the form was sent twice")

		used, err := db.UseToken(t.Context(), "hash-1")
		require.NoError(t, err)
		assert.Equal(t, token.Scopes, used.Scopes)
		assert.Equal(t, operator().Actor.ID, used.Owner.Actor.ID)
		_, err = db.UseToken(t.Context(), "hash-2")
		require.ErrorIs(t, err, host.ErrNotFound)
		_, err = db.UseToken(t.Context(), "")
		require.ErrorIs(t, err, host.ErrNotFound)

		db.clock.add(time.Hour - time.Minute)
		_, err = db.UseToken(t.Context(), "hash-1")
		require.NoError(t, err)
		db.clock.add(time.Minute)
		_, err = db.UseToken(t.Context(), "hash-1")
		require.ErrorIs(t, err, host.ErrNotFound, "it has expired")

		token.ID = "T2"
		require.NoError(t, db.AddToken(t.Context(), token, "hash-3", time.Hour))
		require.NoError(t, db.RevokeToken(t.Context(), "T2", "Ada King"))
		require.NoError(t, db.RevokeToken(t.Context(), "T2", "Somebody else"))
		require.ErrorIs(t, db.RevokeToken(t.Context(), "T3", "Ada King"), host.ErrNotFound)
		_, err = db.UseToken(t.Context(), "hash-3")
		require.ErrorIs(t, err, host.ErrNotFound, "it is revoked")

		all, err := db.Tokens(t.Context(), "", 1)
		require.NoError(t, err)
		require.Len(t, all, 1)
		assert.Equal(t, "T2", all[0].ID, "the newest first")
		assert.Equal(t, "Ada King", all[0].RevokedBy, "who was first")
		all, err = db.Tokens(t.Context(), "T2", 10)
		require.NoError(t, err)
		require.Len(t, all, 1)
		assert.Equal(t, "T1", all[0].ID)
		assert.False(t, all[0].UsedAt.IsZero())
	})
}

func TestTooManyTokens(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		add := func(id string) error {
			return db.AddToken(t.Context(), host.Token{ID: id, Owner: operator()}, id, time.Hour)
		}
		for i := range store.TokensMost {
			require.NoError(t, add(fmt.Sprint("T", i)))
		}
		require.ErrorIs(t, add("one more"), store.ErrTooMany)
		require.NoError(t, db.RevokeToken(t.Context(), "T7", "Ada King"))
		require.NoError(t, add("in its place"))
	})
}

func TestRaiseOnce(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		raise := func(key, fingerprint, id string, by host.Person) (string, bool, error) {
			i := incident(id)
			return db.RaiseOnce(t.Context(), store.Once{Key: key, Fingerprint: fingerprint}, i, by)
		}
		id, again, err := raise("k", "f", "INC-1", operator())
		require.NoError(t, err)
		assert.Equal(t, "INC-1", id)
		assert.False(t, again)
		id, again, err = raise("k", "f", "INC-2", operator())
		require.NoError(t, err)
		assert.Equal(t, "INC-1", id, "what the first one raised")
		assert.True(t, again)
		_, _, err = raise("k", "g", "INC-3", operator())
		require.ErrorIs(t, err, store.ErrOtherRequest)
		other := operator()
		other.Actor.ID = "another"
		id, again, err = raise("k", "f", "INC-4", other)
		require.NoError(t, err)
		assert.Equal(t, "INC-4", id, "a key is that of one operator")
		assert.False(t, again)
		db.clock.add(8 * 24 * time.Hour)
		id, _, err = raise("k", "f", "INC-5", operator())
		require.NoError(t, err)
		assert.Equal(t, "INC-5", id, "a key is forgotten after a week")
		assert.Len(t, db.queue.routings, 3)
	})
}
