package store_test

import (
	"fmt"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

func TestDrafts(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		ctx, form := t.Context(), url.Values{"title": {"O'Brien <x>\r\n"}}
		require.NoError(t, db.SaveDraft(ctx, store.Draft{ID: "one", Owner: "gita", Path: "/review", Form: form}, time.Hour))
		got, err := db.Draft(ctx, "gita", "/review", "one")
		require.NoError(t, err)
		assert.Equal(t, form, got)
		for _, tt := range []struct{ name, owner, path, id string }{
			{"somebody else's", "bo", "/review", "one"},
			{"another page's", "gita", "/preview", "one"},
			{"unknown", "gita", "/review", "two"},
		} {
			_, err := db.Draft(ctx, tt.owner, tt.path, tt.id)
			require.ErrorIs(t, err, host.ErrNotFound, tt.name)
		}

		require.NoError(t, db.DeleteDrafts(ctx, "gita", "/elsewhere"))
		_, err = db.Draft(ctx, "gita", "/review", "one")
		require.NoError(t, err, "only what was typed for that page is forgotten")
		require.NoError(t, db.DeleteDrafts(ctx, "gita", "/review"))
		_, err = db.Draft(ctx, "gita", "/review", "one")
		require.ErrorIs(t, err, host.ErrNotFound)

		for i := range 25 {
			d := store.Draft{ID: fmt.Sprint("many", i), Owner: "bo", Path: "/review", Form: form}
			require.NoError(t, db.SaveDraft(ctx, d, time.Hour))
		}
		_, err = db.Draft(ctx, "bo", "/review", "many4")
		require.ErrorIs(t, err, host.ErrNotFound, "one person fills no disk")
		_, err = db.Draft(ctx, "bo", "/review", "many5")
		require.NoError(t, err)
		db.clock.add(2 * time.Hour)
		_, err = db.Draft(ctx, "bo", "/review", "many24")
		require.ErrorIs(t, err, host.ErrNotFound, "it has expired")
	})
}
