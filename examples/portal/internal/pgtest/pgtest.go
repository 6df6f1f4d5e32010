// Package pgtest gives a test a PostgreSQL database of its own. It starts a
// private server from the installed programs. The server listens on the
// loopback interface and writes without waiting for the disk. It is gone when
// the test binary ends, however that ends.
package pgtest

import (
	"context"
	"crypto/rand"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
)

// Required is the environment variable that makes a test fail where it would be
// skipped, if it is not empty: for machines that must run every test.
const Required = "PORTAL_NO_SKIP"

// New returns the URL of an empty database, which is dropped at the end of the
// test. One server serves all tests of a test binary. Without PostgreSQL on the
// machine the test is skipped, or fails: see [Required].
func New(t testing.TB) (url string) {
	t.Helper()
	bin, err := findPrograms()
	if err != nil {
		if os.Getenv(Required) != "" {
			t.Fatalf("pgtest: %v (%s is set)", err, Required)
		}
		t.Skipf("pgtest: %v", err)
	}
	addr, err := startServer(bin)
	if err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	name := "test_" + strings.ToLower(rand.Text())
	root := databaseURL(addr, "postgres")
	if err := run(t, root, `CREATE DATABASE `+name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := run(t, root, `DROP DATABASE `+name+` WITH (FORCE)`); err != nil {
			t.Error(err)
		}
	})
	return databaseURL(addr, name)
}

func databaseURL(addr, name string) string {
	return "postgres://postgres@" + addr + "/" + name + "?sslmode=disable"
}

// run runs one statement on a connection of its own, also in the cleanup of a
// test.
func run(t testing.TB, url, statement string) error {
	ctx := context.WithoutCancel(t.Context())
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, statement)
	return errors.Join(err, conn.Close(ctx))
}
