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
	"sync"
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
	addr, how := serverOf(t)
	return create(t, addr, how)
}

// Copy is as [New], and the database is a copy of one that prepare has filled.
// A test binary has one function to prepare: it is called once.
func Copy(t testing.TB, prepare func(ctx context.Context, url string) error) (url string) {
	t.Helper()
	addr, how := serverOf(t)
	model.once.Do(func() {
		ctx := context.WithoutCancel(t.Context()) // it is for all tests
		if model.err = run(ctx, databaseURL(addr, "postgres"), `CREATE DATABASE model`); model.err == nil {
			model.err = prepare(ctx, databaseURL(addr, "model"))
		}
	})
	if model.err != nil {
		t.Fatalf("pgtest: %v", model.err)
	}
	return create(t, addr, ` TEMPLATE model`+how)
}

// model is what Copy copies.
var model struct {
	once sync.Once
	err  error
}

// serverOf returns the address of the server of the test binary, and how it is
// to make a database.
func serverOf(t testing.TB) (addr, how string) {
	t.Helper()
	bin, err := findPrograms()
	if err != nil {
		if os.Getenv(Required) != "" {
			t.Fatalf("pgtest: %v (%s is set)", err, Required)
		}
		t.Skipf("pgtest: %v", err)
	}
	if addr, err = startServer(bin); err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	return addr, copying(bin)
}

// create makes a database for a test, with what options says of it.
func create(t testing.TB, addr, options string) (url string) {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	name := "test_" + strings.ToLower(rand.Text())
	root := databaseURL(addr, "postgres")
	if err := run(ctx, root, `CREATE DATABASE `+name+options); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := run(ctx, root, `DROP DATABASE `+name+` WITH (FORCE)`); err != nil {
			t.Error(err)
		}
	})
	return databaseURL(addr, name)
}

func databaseURL(addr, name string) string {
	return "postgres://postgres@" + addr + "/" + name + "?sslmode=disable"
}

// run runs one statement on a connection of its own.
func run(ctx context.Context, url, statement string) error {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, statement)
	return errors.Join(err, conn.Close(ctx))
}
