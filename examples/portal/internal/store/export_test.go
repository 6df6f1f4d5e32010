package store

import "time"

// SetReadBackTimeout lets a test not wait for long.
func SetReadBackTimeout(db *DB) { db.patience = time.Second }
