package store

import "time"

// SetReadBackTimeout lets a test not wait for long.
func SetReadBackTimeout(db *DB) { db.patience = time.Second }

// What the two databases make of a statement.
var (
	OnSQLite   = onSQLite.write
	OnPostgres = onPostgres.write
)

// Migrations are the files.
var Migrations = migrations
