package store

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"time"
)

const (
	// probeSize is what a probe writes, in bytes.
	probeSize = 32 << 10
	// probeAge is how long the row of a process that has ended stays.
	probeAge = 24 * time.Hour
	// minFree is how much room the disk of a file must have, in bytes. SQLite's log
	// grows to 64 MiB before it is merged into the file.
	minFree = 128 << 20
)

// process names this process among those that probe.
var process = rand.Text()

// Writable reports as an error that the database does not take a change: it
// does not answer, it is read-only, or its disk is full. It writes a row.
func (db *DB) Writable(ctx context.Context) error {
	if file, ok := db.engine.(*sqliteEngine); ok {
		if free, known := freeSpace(file.path); known && free < minFree {
			return fmt.Errorf("store: not ready: the disk has %d MiB left, and %d are needed", free>>20, minFree>>20)
		}
	}
	err := db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
		now := db.now()
		// What cannot be compressed, and is new each time.
		filling := strings.Repeat(rand.Text(), probeSize/26+1)[:probeSize]
		const statement = `INSERT INTO probes (process, written_at, filling) VALUES ($1, $2, $3)
			ON CONFLICT (process) DO UPDATE SET written_at = excluded.written_at, filling = excluded.filling`
		if _, err := tx.exec(ctx, statement, process, micros(now), filling); err != nil {
			return err
		}
		_, err := tx.exec(ctx, `DELETE FROM probes WHERE written_at < $1`, micros(now.Add(-probeAge)))
		return err
	})
	return wrap(err, "not ready")
}
