package store

import "time"

// SetReadBackTimeout lets a test not wait for long.
func SetReadBackTimeout(db *DB) { db.patience = time.Second }

// What the two databases make of a statement.
var (
	OnSQLite   = sqliteDialect.Replace
	OnPostgres = postgresDialect.Replace
)

// Migrations are the files.
var Migrations = migrations
