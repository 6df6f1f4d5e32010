package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"

	"modernc.org/sqlite"
)

// statementsKept is how many statements a connection keeps ready. There are
// fewer than that, but for those that are put together of parts.
const statementsKept = 300

// openPool opens a pool of connections that each keep their statements ready.
// Most of them are run again for each job, and to read one takes SQLite longer
// than to run it.
func openPool(dsn string) (*sql.DB, error) {
	c, err := sqlite.NewConnector(dsn)
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(connector{c}), nil
}

type connector struct{ driver.Connector }

// Connect opens a connection.
func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &readyConn{sqliteConn: conn.(sqliteConn), ready: map[string]*readyStmt{}}, nil
}

// sqliteConn is what a connection of the driver can do, and database/sql asks
// for.
type sqliteConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// readyConn is a connection that keeps its statements ready. database/sql uses
// it from one goroutine at a time.
type readyConn struct {
	sqliteConn
	ready map[string]*readyStmt
}

// readyStmt is a statement that can be run again, once the rows of the last run
// are closed.
type readyStmt struct {
	driver.Stmt
	running bool
}

// stmt returns the statement if it can be run now. Nil: it runs, so another of
// the same text is needed.
func (c *readyConn) stmt(ctx context.Context, query string) (*readyStmt, error) {
	if s, known := c.ready[query]; known {
		if s.running {
			return nil, nil
		}
		return s, nil
	}
	made, err := c.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	if len(c.ready) >= statementsKept {
		if err := c.forget(); err != nil {
			return nil, err
		}
	}
	s := &readyStmt{Stmt: made}
	c.ready[query] = s
	return s, nil
}

// forget closes the statements that do not run.
func (c *readyConn) forget() error {
	for query, s := range c.ready {
		if s.running {
			continue
		}
		delete(c.ready, query)
		if err := s.Close(); err != nil {
			return err
		}
	}
	return nil
}

// ExecContext runs a statement.
func (c *readyConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	s, err := c.stmt(ctx, query)
	switch {
	case err != nil:
		return nil, err
	case s == nil:
		return c.sqliteConn.ExecContext(ctx, query, args)
	default:
		return s.Stmt.(driver.StmtExecContext).ExecContext(ctx, args)
	}
}

// QueryContext runs a statement whose rows are read.
func (c *readyConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	s, err := c.stmt(ctx, query)
	switch {
	case err != nil:
		return nil, err
	case s == nil:
		return c.sqliteConn.QueryContext(ctx, query, args)
	}
	rs, err := s.Stmt.(driver.StmtQueryContext).QueryContext(ctx, args)
	if err != nil {
		return nil, err
	}
	s.running = true
	return &readyRows{rs, s}, nil
}

// Close closes the connection and its statements.
func (c *readyConn) Close() error {
	return errors.Join(c.forget(), c.sqliteConn.Close())
}

// readyRows are the rows of a statement that can be run again after them.
type readyRows struct {
	driver.Rows
	of *readyStmt
}

// Close ends the run of the statement.
func (r *readyRows) Close() error {
	r.of.running = false
	return r.Rows.Close()
}
