package store

import (
	"cmp"
	"context"
	"time"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// MostCounted is as far as the numbers of the start page are counted.
const MostCounted = 10_000

// CountUnanswered returns in how many cases nobody has answered, and in how
// many of them the time is over, each up to 10,000. Drills do not count. It
// reads a piece of one index: those with the least time left, for among them
// are all that are over.
func (db *DB) CountUnanswered(ctx context.Context) (open, overdue int, err error) {
	const statement = `SELECT count(*), count(CASE WHEN respond_at < $2 THEN 1 END) FROM (
		SELECT respond_at FROM cases WHERE state IN ('waiting', 'exhausted') AND drill = 0 ORDER BY respond_at, id LIMIT $1) AS first`
	_, err = first(ctx, db.engine.reader(),
		func(rs rows) (struct{}, error) { return struct{}{}, rs.Scan(&open, &overdue) },
		statement, MostCounted, micros(db.now()))
	return open, overdue, wrap(err, "count open cases")
}

// Unanswered returns cases in which nobody has answered: drills last, and those
// with the least time left first. They come after the one with the ID after. If
// that is "", they begin with the first. A limit of 0 is 50.
func (db *DB) Unanswered(
	ctx context.Context, which host.Drills, after string, limit int,
) ([]host.OpenCase, error) {
	statement := `SELECT c.id, c.incident_id, c.company_name, c.partner_tenant_id, c.state, c.opened_at, c.respond_at, c.look_at,
			COALESCE(i.incident ->> 'title', ''), i.drill
		FROM (SELECT * FROM cases WHERE state IN ('waiting', 'exhausted')` + only(which, "drill") + `
			AND ($1 = '' OR (drill, respond_at, id) > (SELECT drill, respond_at, id FROM cases WHERE id = $1))
			ORDER BY drill, respond_at, id LIMIT $2) AS c JOIN incidents AS i ON i.id = c.incident_id
		ORDER BY c.drill, c.respond_at, c.id`
	all, err := list(ctx, db.engine.reader(), func(rs rows) (host.OpenCase, error) {
		var c host.OpenCase
		var state string
		var opened, respond, look int64
		var drill int
		err := rs.Scan(&c.ID, &c.IncidentID, &c.CompanyName, &c.PartnerTenant, &state, &opened, &respond, &look,
			&c.IncidentTitle, &drill)
		c.OpenedAt, c.RespondBy, c.Exhausted, c.Drill = fromMicros(opened), fromMicros(respond), state == "exhausted",
			drill == 1
		if !c.Exhausted {
			c.NextAt = fromMicros(look)
		}
		return c, err
	}, statement, after, page(limit))
	return all, wrap(err, "open cases")
}

// How long what could not be delivered is listed: a notice, and a message of an
// incident that goes on.
const (
	noticeFailedFor  = 7 * 24 * time.Hour
	messageFailedFor = 90 * 24 * time.Hour
)

// notDelivered are the messages that could not be delivered and that somebody
// may still do something about: those of the last 90 days of incidents that go
// on, and the notices of the last week. The index has few others, for those of
// an incident that ends are shelved.
const notDelivered = ` FROM deliveries AS d LEFT JOIN incidents AS i ON i.id = d.incident_id
	WHERE d.state IN ('failed', 'bounced') AND d.shelved = 0 AND d.updated_at >= $2
		AND CASE WHEN d.incident_id IS NULL THEN d.updated_at >= $1 ELSE i.stands = 'open' END`

// undelivered are those of them that a list holds, drills or not.
var undelivered = map[host.Drills]string{
	host.RealFirst: notDelivered, host.RealOnly: notDelivered + ` AND d.topic <> 'drill'`,
	host.DrillsOnly: notDelivered + ` AND d.topic = 'drill'`,
}

// shelve notes that nobody need look any more at what could not be delivered of
// an incident, or that somebody must again.
func shelve(ctx context.Context, tx *Tx, incidentID string, shelved int) error {
	const statement = `UPDATE deliveries SET shelved = $2
		WHERE incident_id = $1 AND state IN ('failed', 'bounced') AND shelved <> $2`
	_, err := tx.exec(ctx, statement, incidentID, shelved)
	return err
}

// MostUndelivered is as far as CountUndelivered counts.
const MostUndelivered = 1000

// CountUndelivered returns the number of those that [DB.Undelivered] lists, up
// to 1,000. Drills do not count.
func (db *DB) CountUndelivered(ctx context.Context) (int, error) {
	now := db.now()
	n, err := first(ctx, db.engine.reader(), integer,
		`SELECT count(*) FROM (SELECT d.id`+undelivered[host.RealOnly]+` LIMIT $3) AS some_deliveries`,
		micros(now.Add(-noticeFailedFor)), micros(now.Add(-messageFailedFor)), MostUndelivered)
	return n, wrap(err, "count what was not delivered")
}

// Undelivered returns messages that could not be delivered, the newest first:
// those of incidents that go on, and the notices of the last week. They are
// older than the one with the ID after. If that is "", they begin with the
// newest. A limit of 0 is 50.
func (db *DB) Undelivered(
	ctx context.Context, which host.Drills, after string, limit int,
) ([]host.Undelivered, error) {
	statement := `SELECT d.id, COALESCE(d.incident_id, ''), d.partner_tenant_id, d.company_name, d.topic, d.recipient, d.state,
			d.attempts, d.problem, d.updated_at, COALESCE(i.incident ->> 'title', '')` +
		cmp.Or(undelivered[which], notDelivered) + `
		AND ($3 = '' OR (d.updated_at, d.id) < (SELECT updated_at, id FROM deliveries WHERE id = $3))
		ORDER BY d.updated_at DESC, d.id DESC LIMIT $4`
	now := db.now()
	all, err := list(ctx, db.engine.reader(), func(rs rows) (host.Undelivered, error) {
		var u host.Undelivered
		var updated int64
		err := rs.Scan(&u.ID, &u.IncidentID, &u.PartnerTenantID, &u.CompanyName, &u.Topic, asJSON(&u.Recipient), &u.State,
			&u.Attempts, &u.Problem, &updated, &u.IncidentTitle)
		u.UpdatedAt = fromMicros(updated)
		return u, err
	}, statement, micros(now.Add(-noticeFailedFor)), micros(now.Add(-messageFailedFor)), after, page(limit))
	return all, wrap(err, "what was not delivered")
}
