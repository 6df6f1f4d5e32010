package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// onceKept is how long a key that a program chose is remembered.
const onceKept = 7 * 24 * time.Hour

// ErrOtherRequest says that a program used one key for two different requests.
var ErrOtherRequest = errors.New("portal: the key was used for another request")

// Once is a program's own key for a request, so that a request that is sent
// twice is done once. The zero value is none.
type Once struct {
	Key         string // chosen by the program; those of one operator are apart from another's
	Fingerprint string // of what is asked for
}

func (o Once) hash() string {
	sum := sha256.Sum256([]byte(o.Key))
	return hex.EncodeToString(sum[:])
}

// RaiseOnce is [DB.CreateIncident] for a program. If the same request was done
// before, it returns the ID that the incident got then, and nothing changes. If
// the key was used for another request, the error is [ErrOtherRequest].
func (db *DB) RaiseOnce(
	ctx context.Context, once Once, incident partner.Incident, by host.Person,
) (id string, again bool, err error) {
	if once.Key == "" {
		return incident.ID, false, db.CreateIncident(ctx, incident, by)
	}
	if err := db.needQueue(); err != nil {
		return "", false, wrap(err, "new incident %q", incident.ID)
	}
	err = db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
		now := db.now()
		if _, err := tx.exec(ctx, `DELETE FROM idempotency WHERE at < $1`, micros(now.Add(-onceKept))); err != nil {
			return err
		}
		owner := tenantKey(by.Actor.TenantID) + " " + by.Actor.ID
		const statement = `INSERT INTO idempotency (owner, key, fingerprint, subject, at) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (owner, key) DO NOTHING`
		n, err := tx.exec(ctx, statement, owner, once.hash(), once.Fingerprint, incident.ID, micros(now))
		if err != nil {
			return err
		}
		if n > 0 {
			id = incident.ID
			return db.createIncident(ctx, tx, incident, by)
		}
		again = true
		known, err := first(ctx, tx, func(rs rows) (fingerprint string, err error) {
			return fingerprint, rs.Scan(&fingerprint, &id)
		}, `SELECT fingerprint, subject FROM idempotency WHERE owner = $1 AND key = $2`, owner, once.hash())
		if err == nil && known != once.Fingerprint {
			err = ErrOtherRequest
		}
		return err
	})
	return id, again, wrap(err, "new incident %q", incident.ID)
}
