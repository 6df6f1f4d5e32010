// Package storetest gives a test a database with all tables of the portal and
// no rows. The tables are made once in a test binary; each test has a copy.
package storetest

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/cspkit/partner/examples/portal/internal/pgtest"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// SQLite returns the path of a database file in a folder of the test.
func SQLite(t testing.TB) string {
	t.Helper()
	content, err := file()
	if err != nil {
		t.Fatalf("storetest: %v", err)
	}
	path := filepath.Join(t.TempDir(), "portal.db")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// PostgreSQL returns the URL of a database, as [pgtest.New] does.
func PostgreSQL(t testing.TB) string {
	t.Helper()
	return pgtest.Copy(t, makeTables)
}

var file = sync.OnceValues(func() (content []byte, err error) {
	dir, err := os.MkdirTemp("", "storetest-*")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	path := filepath.Join(dir, "portal.db")
	if err := makeTables(context.Background(), path); err != nil {
		return nil, err
	}
	return os.ReadFile(path) // one file: who closes it last merges its log into it
})

func makeTables(ctx context.Context, database string) error {
	db, err := store.Open(ctx, database, nil)
	if err != nil {
		return err
	}
	return db.Close()
}
