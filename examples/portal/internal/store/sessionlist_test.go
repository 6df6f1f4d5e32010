package store_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
	"github.com/cspkit/partner/examples/portal/internal/storetest"
)

func TestSessionList(t *testing.T) {
	t.Parallel()
	for name, place := range map[string]func(testing.TB) string{
		"SQLite":     func(t testing.TB) string { return filepath.Join(t.TempDir(), "portal.db") },
		"PostgreSQL": storetest.PostgreSQL,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			now := time.Now().UTC().Truncate(time.Microsecond)
			db, err := store.Open(t.Context(), place(t), &store.Options{Now: func() time.Time { return now }})
			require.NoError(t, err)
			t.Cleanup(func() { assert.NoError(t, db.Close()) })
			ada := host.Person{Actor: partner.Actor{ID: "ada", TenantID: host.ContosoTenantID}}
			namesake := host.Person{Actor: partner.Actor{ID: "ada", TenantID: host.FabrikamTenantID}}
			for key, p := range map[string]host.Person{"a": ada, "b": ada, "c": ada, "x": namesake} {
				expires := now.Add(time.Hour)
				if key == "c" {
					expires = now.Add(-time.Hour)
				}
				require.NoError(t, db.SaveSession(t.Context(), key, p, expires))
				began := now
				if key == "b" {
					began = now.Add(-time.Minute)
				}
				require.NoError(t, db.NoteSession(t.Context(), key, p, began, "192.0.2.1"))
			}
			require.ErrorIs(t, db.NoteSession(t.Context(), "gone", ada, now, ""), host.ErrNotFound)
			all, err := db.Sessions(t.Context(), ada)
			require.NoError(t, err)
			assert.Equal(t, []host.Session{
				{Key: "a", Began: now, Expires: now.Add(time.Hour), Address: "192.0.2.1"},
				{Key: "b", Began: now.Add(-time.Minute), Expires: now.Add(time.Hour), Address: "192.0.2.1"},
			}, all, "not what has ended, and not another company's")
			require.NoError(t, db.EndSessions(t.Context(), ada, "x"))
			_, _, err = db.Session(t.Context(), "x")
			require.NoError(t, err, "another's")
			require.NoError(t, db.EndSessions(t.Context(), ada, "a"))
			_, _, err = db.Session(t.Context(), "a")
			require.ErrorIs(t, err, host.ErrNotFound)
			require.NoError(t, db.EndSessions(t.Context(), ada, ""))
			_, _, err = db.Session(t.Context(), "b")
			require.ErrorIs(t, err, host.ErrNotFound)
			_, _, err = db.Session(t.Context(), "x")
			require.NoError(t, err)
		})
	}
}
