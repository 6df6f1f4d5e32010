package store

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// awayCodes are the beginnings of PostgreSQL's codes while it takes no work:
// connection exceptions, insufficient resources, and a server that stops,
// starts or has crashed. So are a lock that another holds for too long, and a
// transaction that stood still.
var awayCodes = []string{"08", "53", "57P", "55P03", "25P03", "25P04"}

// awayError is host.ErrUnavailable with the text of its cause.
type awayError struct{ error }

func (awayError) Is(target error) bool { return target == host.ErrUnavailable }
func (e awayError) Unwrap() error      { return e.error }

// isAway reports whether err is about the way to the database, or about its
// state, and not about a statement.
func isAway(err error) bool {
	if errors.Is(err, context.Canceled) { // whoever asked has left
		return false
	}
	if said, ok := errors.AsType[*pgconn.PgError](err); ok {
		for _, code := range awayCodes {
			if strings.HasPrefix(said.Code, code) {
				return true
			}
		}
	}
	if said, ok := errors.AsType[*sqlite.Error](err); ok {
		return said.Code()&0xff == sqlite3.SQLITE_BUSY || said.Code()&0xff == sqlite3.SQLITE_FULL
	}
	_, notConnected := errors.AsType[*pgconn.ConnectError](err)
	_, broken := errors.AsType[net.Error](err)
	return notConnected || broken || pgconn.SafeToRetry(err) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, context.DeadlineExceeded)
}
