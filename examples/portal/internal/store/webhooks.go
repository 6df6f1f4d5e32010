package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// WebhooksMost is how many webhooks a partner has at most. Each is a call for
// each incident.
const WebhooksMost = 10

// ErrTooMany says that a partner has as many webhooks as it may.
var ErrTooMany = errors.New("portal: the partner has as many webhooks as it may have")

const selectWebhook = `SELECT id, tenant_id, name, format, place, sealed, version, waiting, state, off_why, created_at,
	created_by, succeeded_at, failed_at, problem FROM webhooks `

func scanWebhook(rs rows) (host.Webhook, error) {
	var w host.Webhook
	var created, succeeded, failed int64
	err := rs.Scan(&w.ID, &w.TenantID, &w.Name, &w.Format, &w.Place, &w.Sealed, &w.Version, &w.Waiting, &w.State,
		&w.OffWhy, &created, &w.CreatedBy, &succeeded, &failed, &w.Problem)
	w.CreatedAt, w.SucceededAt, w.FailedAt = fromMicros(created), fromMicros(succeeded), fromMicros(failed)
	return w, err
}

// AddWebhook stores a webhook that is on. Its ID, tenant, name, format, place,
// what is sealed and who made it are taken from w. An ID that is known is an
// error that is host.ErrConflict: the same form was sent twice. If the partner
// has [WebhooksMost], it is ErrTooMany.
func (db *DB) AddWebhook(ctx context.Context, w host.Webhook) error {
	w.TenantID = tenantKey(w.TenantID)
	err := db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
		if _, err := readProfile(ctx, tx, w.TenantID, "{lock}"); err != nil {
			return err
		}
		const others = `SELECT id FROM webhooks WHERE tenant_id = $1`
		known, err := list(ctx, tx, text, others, w.TenantID)
		if err != nil {
			return err
		}
		switch {
		case slices.Contains(known, w.ID):
			return host.ErrConflict
		case len(known) >= WebhooksMost:
			return ErrTooMany
		}
		const statement = `INSERT INTO webhooks (id, tenant_id, name, format, place, sealed, created_at, created_by)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING`
		n, err := tx.exec(ctx, statement, w.ID, w.TenantID, w.Name, string(w.Format), w.Place, w.Sealed, micros(db.now()),
			w.CreatedBy)
		if err == nil && n == 0 {
			err = host.ErrConflict
		}
		return err
	})
	err = db.readBack(ctx, err, func(ctx context.Context, tx *Tx) (bool, error) {
		found, err := list(ctx, tx, text, `SELECT id FROM webhooks WHERE id = $1 AND sealed = $2`, w.ID, w.Sealed)
		return len(found) > 0, err
	})
	return wrap(err, "new webhook %q", w.ID)
}

// Webhooks returns a partner's webhooks, the oldest first.
func (db *DB) Webhooks(ctx context.Context, tenantID string) ([]host.Webhook, error) {
	const statement = selectWebhook + `WHERE tenant_id = $1 ORDER BY created_at, id`
	all, err := list(ctx, db.engine.reader(), scanWebhook, statement, tenantKey(tenantID))
	return all, wrap(err, "webhooks of %q", tenantID)
}

// Webhook returns one webhook of a partner. The error is host.ErrNotFound also
// if it is another's.
func (db *DB) Webhook(ctx context.Context, tenantID, id string) (host.Webhook, error) {
	const statement = selectWebhook + `WHERE id = $1 AND tenant_id = $2`
	w, err := first(ctx, db.engine.reader(), scanWebhook, statement, id, tenantKey(tenantID))
	return w, wrap(err, "webhook %q", id)
}

// ResealWebhook replaces what is sealed of a webhook, and what may be shown of
// it: its address or its secrets are new. It does so only if the version is
// still that of w: otherwise the error is host.ErrConflict.
func (db *DB) ResealWebhook(ctx context.Context, w host.Webhook) error {
	const statement = `UPDATE webhooks SET name = $4, place = $5, sealed = $6, waiting = $7, version = version + 1
		WHERE id = $1 AND tenant_id = $2 AND version = $3`
	return db.changeWebhook(ctx, host.ErrConflict, w.ID, statement,
		w.ID, tenantKey(w.TenantID), w.Version, w.Name, w.Place, w.Sealed, w.Waiting)
}

// SwitchWebhook switches a webhook off, or on if there is no reason to be off.
func (db *DB) SwitchWebhook(ctx context.Context, tenantID, id string, why host.OffReason) error {
	state := host.WebhookOff
	if why == "" {
		state = host.WebhookOn
	}
	const statement = `UPDATE webhooks SET state = $3, off_why = $4 WHERE id = $1 AND tenant_id = $2`
	return db.changeWebhook(ctx, host.ErrNotFound, id, statement, id, tenantKey(tenantID), string(state), string(why))
}

// DeleteWebhook deletes a webhook with its secrets. What was sent to it is
// still known.
func (db *DB) DeleteWebhook(ctx context.Context, tenantID, id string) error {
	const statement = `DELETE FROM webhooks WHERE id = $1 AND tenant_id = $2`
	return db.changeWebhook(ctx, host.ErrNotFound, id, statement, id, tenantKey(tenantID))
}

// changeWebhook runs a statement that changes one webhook. If it changes none,
// the error is the one given.
func (db *DB) changeWebhook(ctx context.Context, none error, id, statement string, args ...any) error {
	n, err := db.engine.exec(ctx, statement, args...)
	if err == nil && n == 0 {
		err = none
	}
	return wrap(err, "change of webhook %q", id)
}

// WebhookTried notes what became of a try: "" is a success, anything else the
// problem.
func (db *DB) WebhookTried(ctx context.Context, id, problem string) error {
	statement := `UPDATE webhooks SET succeeded_at = $2 WHERE id = $1`
	args := []any{id, micros(db.now())}
	if problem != "" {
		statement = `UPDATE webhooks SET failed_at = $2, problem = $3 WHERE id = $1`
		args = append(args, problem)
	}
	_, err := db.engine.exec(ctx, statement, args...)
	return wrap(err, "try of webhook %q", id)
}

// WebhookGone switches a webhook off because its service answered that nobody
// is there any more. In the same transaction it tells the partner's Global
// admins by mail. It reports whether it did: not if the webhook is off already,
// or has another address by now than w.
func (db *DB) WebhookGone(ctx context.Context, w host.Webhook) (off bool, err error) {
	if err := db.needQueue(); err != nil {
		return false, wrap(err, "webhook %q", w.ID)
	}
	err = db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
		const statement = `UPDATE webhooks SET state = 'off', off_why = 'gone'
			WHERE id = $1 AND version = $2 AND state = 'on'`
		n, err := tx.exec(ctx, statement, w.ID, w.Version)
		if err != nil || n == 0 {
			return err
		}
		off = true
		notices, err := db.goneNotices(ctx, tx, w)
		if err != nil || len(notices) == 0 {
			return err
		}
		deliveries := make([]deliveryRow, len(notices))
		for i, n := range notices {
			deliveries[i] = newRow(n, noticeWhy[n.Topic])
		}
		if _, err := db.insertDeliveries(ctx, tx, deliveries); err != nil {
			return err
		}
		return db.queue.InsertDeliveries(ctx, tx, notices)
	})
	return off && err == nil, wrap(err, "webhook %q", w.ID)
}

// goneNotices are what the Global admins are told of a webhook that is gone.
func (db *DB) goneNotices(ctx context.Context, tx *Tx, w host.Webhook) ([]partner.Notification, error) {
	type company struct {
		name   string
		people []staff
	}
	const statement = `SELECT company_name, CAST(staff AS text) FROM partners WHERE tenant_id = $1`
	of, err := first(ctx, tx, func(rs rows) (company, error) {
		var c company
		var people *string
		err := rs.Scan(&c.name, &people)
		readInto(&c.people, people) // nobody is told if it cannot be read
		return c, err
	}, statement, tenantKey(w.TenantID))
	if err != nil {
		return nil, err
	}
	var notices []partner.Notification
	for _, s := range of.people {
		to := s.recipient().Clean()
		if !s.GlobalAdmin || to.Address() == "" {
			continue
		}
		to.Audience = partner.ToGlobalAdmin
		sum := sha256.Sum256(fmt.Appendf(nil, "%s %d %d %s", w.ID, w.Version, micros(db.now()), to.Address()))
		notices = append(notices, partner.Notification{
			ID: "webhook-" + hex.EncodeToString(sum[:16]), Topic: host.TopicWebhookGone,
			PartnerTenantID: tenantKey(w.TenantID), CompanyName: of.name, OwnTenant: true, Recipient: to,
		})
	}
	return notices, nil
}

// addSubscribers puts to each partner its webhooks that are on.
func addSubscribers(ctx context.Context, r runner, partners []host.Concerned) error {
	if len(partners) == 0 {
		return nil
	}
	at := make(map[string]int, len(partners))
	ids := make([]string, len(partners))
	for i, p := range partners {
		ids[i] = p.PartnerTenantID
		at[p.PartnerTenantID] = i
	}
	const statement = `SELECT w.tenant_id, w.id, w.name, w.format
		FROM {each} JOIN webhooks AS w ON w.tenant_id = e.value ->> 'id'
		WHERE w.state = 'on' ORDER BY w.created_at, w.id`
	rs, err := r.query(ctx, statement, asJSON(keys(ids)))
	return each(rs, err, func(rs rows) error {
		var w host.Webhook
		if err := rs.Scan(&w.TenantID, &w.ID, &w.Name, &w.Format); err != nil {
			return err
		}
		p := &partners[at[w.TenantID]]
		p.Subscribers = append(p.Subscribers, w.Recipient())
		return nil
	})
}

// AllWebhooks returns the webhooks of all partners.
func (db *DB) AllWebhooks(ctx context.Context) ([]host.Webhook, error) {
	all, err := list(ctx, db.engine.reader(), scanWebhook, selectWebhook+`ORDER BY tenant_id, created_at, id`)
	return all, wrap(err, "all webhooks")
}
