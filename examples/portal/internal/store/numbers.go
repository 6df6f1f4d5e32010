package store

import (
	"context"
	"strings"
	"time"

	"github.com/cspkit/partner/alert"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// Counting reads an entry of each partner, so it takes no more than one part in
// countingShare of the time, and is done at most once in countingPause. While
// it is done, nobody else does it, for countingLimit at most.
//
// The class of a partner's contact is stored with its profile. An older version
// of the portal may have seen it in another way, so every profile is looked at
// once in wholePause. That takes a hundred times as long as counting.
const (
	countingShare = 100
	countingPause = time.Minute
	countingLimit = time.Hour
	wholePause    = 24 * time.Hour
)

// daysKept is for how long the numbers of each day are kept.
const daysKept = 400

const dayFormat = "2006-01-02"

// The names of the numbers that are kept. Those of contacts have the state
// behind it.
const (
	numberPartners = "partners"
	numberCovered  = "covered"
	numberContacts = "contacts "
	numberCoverage = "coverage "

	numberMean    = "response mean" // in seconds
	numberLongest = "response longest"
	numberCounted = "response counted"
	numberOpen    = "response open"
)

// KeepNumbers counts what [DB.Numbers] returns, unless it was counted a short
// while ago or another process counts it now. The more partners there are, the
// longer a while is.
func (db *DB) KeepNumbers(ctx context.Context) error {
	begun := db.now()
	const claim = `UPDATE kept_counting SET next_at = $2 WHERE one = 1 AND next_at <= $1`
	n, err := db.engine.exec(ctx, claim, micros(begun), micros(begun.Add(countingLimit)))
	if err != nil || n == 0 {
		return wrap(err, "keep numbers")
	}
	wholeAt, err := db.mendAll(ctx, begun)
	if err != nil {
		return wrap(err, "keep numbers")
	}
	all, err := db.countClasses(ctx)
	if err != nil {
		return wrap(err, "keep numbers")
	}
	contacts, err := db.ContactCounts(ctx)
	if err != nil {
		return err
	}
	for state, n := range contacts {
		all[numberContacts+string(state)] = n
	}
	response, err := db.responseTime(ctx, begun)
	if err != nil {
		return wrap(err, "keep numbers")
	}
	for name, n := range map[string]int{
		numberMean: int(response.Mean / time.Second), numberLongest: int(response.Longest / time.Second),
		numberCounted: response.Counted, numberOpen: response.Open,
	} {
		all[name] = n
	}
	err = db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
		now := db.now()
		if _, err := tx.exec(ctx, `DELETE FROM kept_numbers`); err != nil {
			return err
		}
		day := now.UTC().Format(dayFormat)
		for name, n := range all {
			if _, err := tx.exec(ctx, `INSERT INTO kept_numbers (name, n) VALUES ($1, $2)`, name, n); err != nil {
				return err
			}
			const ofDay = `INSERT INTO kept_days (day, name, n) VALUES ($1, $2, $3)
				ON CONFLICT (day, name) DO UPDATE SET n = excluded.n`
			if _, err := tx.exec(ctx, ofDay, day, name, n); err != nil {
				return err
			}
		}
		old := now.UTC().AddDate(0, 0, -daysKept).Format(dayFormat)
		if _, err := tx.exec(ctx, `DELETE FROM kept_days WHERE day < $1`, old); err != nil {
			return err
		}
		next := now.Add(max(countingPause, countingShare*now.Sub(begun)))
		const counted = `UPDATE kept_counting SET next_at = $1, at = $2, whole_at = $3 WHERE one = 1`
		_, err := tx.exec(ctx, counted, micros(next), micros(now), micros(wholeAt))
		return err
	})
	return wrap(err, "keep numbers")
}

// mendAll looks at the profiles at which nobody has looked, or once in
// wholePause at all, and mends what is stored of their contacts. It returns
// when all were looked at last. Those of a new database were looked at as they
// were stored.
func (db *DB) mendAll(ctx context.Context, now time.Time) (wholeAt time.Time, err error) {
	at, err := first(ctx, db.engine.reader(), number, `SELECT whole_at FROM kept_counting WHERE one = 1`)
	if err != nil {
		return wholeAt, err
	}
	condition := `p.coverage = '' AND`
	switch wholeAt = fromMicros(at); {
	case wholeAt.IsZero():
		wholeAt = now
	case now.Sub(wholeAt) >= wholePause:
		condition, wholeAt = "", now
	}
	var stale []classRow
	for p, err := range db.partnersWhere(ctx, condition) {
		if err != nil {
			return wholeAt, err
		}
		if class := p.coverage().OfProfile(); class != p.stored {
			stale = append(stale, classRow{p.TenantID, class, p.stored})
		}
		if len(stale) == pageSize {
			if err := db.mendCoverage(ctx, stale); err != nil {
				return wholeAt, err
			}
			stale = stale[:0]
		}
	}
	return wholeAt, db.mendCoverage(ctx, stale)
}

// countClasses counts the partners by what their contacts amount to. Of each it
// reads an entry of an index, and the state of its contact.
func (db *DB) countClasses(ctx context.Context) (map[string]int, error) {
	all := map[string]int{numberPartners: 0, numberCovered: 0}
	const statement = `SELECT p.coverage, COALESCE(c.state, ''), count(*)
		FROM partners AS p LEFT JOIN contacts AS c ON c.tenant_id = p.tenant_id GROUP BY 1, 2`
	rs, err := db.engine.reader().query(ctx, statement)
	err = each(rs, err, func(rs rows) error {
		var class host.CoverageClass
		var state host.ContactState
		var n int
		if err := rs.Scan(&class, &state, &n); err != nil {
			return err
		}
		all[numberPartners] += n
		if class = class.At(state); class.Told() {
			all[numberCovered] += n
		}
		if class != "" { // its profile is being changed
			all[numberCoverage+string(class)] += n
		}
		return nil
	})
	return all, err
}

// responseTime measures the alerts of the last 30 days by the strictest
// reading. What was detected since then was seen since then.
func (db *DB) responseTime(ctx context.Context, now time.Time) (alert.Response, error) {
	const statement = `SELECT alert FROM alerts WHERE seen_at >= $1`
	all, err := list(ctx, db.engine.reader(), func(rs rows) (alert.Alert, error) {
		var a alert.Alert
		err := rs.Scan(asJSON(&a))
		return alert.Alert{ // what is measured, for there may be many
			Test: a.Test, Status: a.Status, Log: a.Log, DetectedAt: a.DetectedAt, ResolvedAt: a.ResolvedAt,
		}, err
	}, statement, micros(now.AddDate(0, 0, -31)))
	return alert.Strictest(all, now), err
}

// Numbers returns the numbers that are kept of all partners, as of a time. If
// nobody has counted yet, they are the zero Numbers.
func (db *DB) Numbers(ctx context.Context) (host.Numbers, error) {
	n := host.Numbers{Contacts: map[host.ContactState]int{}, Coverage: map[host.CoverageClass]int{}}
	read := db.engine.reader()
	at, err := first(ctx, read, number, `SELECT at FROM kept_counting WHERE one = 1`)
	if err != nil {
		return n, wrap(err, "numbers")
	}
	n.At = fromMicros(at)
	rs, err := read.query(ctx, `SELECT name, n FROM kept_numbers`)
	err = each(rs, err, func(rs rows) error {
		var name string
		var value int
		if err := rs.Scan(&name, &value); err != nil {
			return err
		}
		switch name {
		case numberPartners:
			n.Partners = value
		case numberCovered:
			n.Covered = value
		case numberMean:
			n.Response.Mean = time.Duration(value) * time.Second
		case numberLongest:
			n.Response.Longest = time.Duration(value) * time.Second
		case numberCounted:
			n.Response.Counted = value
		case numberOpen:
			n.Response.Open = value
		default:
			if state, ok := strings.CutPrefix(name, numberContacts); ok {
				n.Contacts[host.ContactState(state)] = value
			}
			if class, ok := strings.CutPrefix(name, numberCoverage); ok {
				n.Coverage[host.CoverageClass(class)] = value
			}
		}
		return nil
	})
	return n, wrap(err, "numbers")
}

// CoverageDays returns how many partners there were, and how many of them could
// be told, at the end of each of the last days that were counted, the oldest
// first.
func (db *DB) CoverageDays(ctx context.Context, days int) ([]host.CoverageDay, error) {
	const statement = `SELECT p.day, p.n, c.n FROM kept_days AS p JOIN kept_days AS c ON c.day = p.day AND c.name = 'covered'
		WHERE p.name = 'partners' AND p.day >= $1 ORDER BY p.day`
	since := db.now().UTC().AddDate(0, 0, -days).Format(dayFormat)
	all, err := list(ctx, db.engine.reader(), func(rs rows) (host.CoverageDay, error) {
		var d host.CoverageDay
		var day string
		if err := rs.Scan(&day, &d.Partners, &d.Covered); err != nil {
			return d, err
		}
		var err error
		d.Day, err = time.Parse(dayFormat, day)
		return d, err
	}, statement, since)
	return all, wrap(err, "coverage of days")
}
