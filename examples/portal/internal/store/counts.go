package store

import (
	"cmp"
	"context"
	"slices"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// Counts returns the number of an incident's deliveries in each state that has
// any. It reads a row for each state, and those of the last second, however
// many deliveries there are. An incident that is not known has none.
func (db *DB) Counts(ctx context.Context, incidentID string) (host.Counts, error) {
	all := host.Counts{}
	const statement = `SELECT state, CAST(SUM(n) AS bigint) FROM (
			SELECT state, n FROM delivery_counts WHERE incident_id = $1
			UNION ALL SELECT state, n FROM delivery_count_changes WHERE incident_id = $1
		) AS all_counts GROUP BY state HAVING SUM(n) > 0`
	rs, err := db.engine.reader().query(ctx, statement, incidentID)
	err = scanCounts(rs, err, all)
	if err != nil {
		return nil, wrap(err, "counts of incident %q", incidentID)
	}
	return all, nil
}

// scanCounts reads a state and its number from each row.
func scanCounts(rs rows, err error, all host.Counts) error {
	return each(rs, err, func(rs rows) error {
		var state host.DeliveryState
		var n int
		err := rs.Scan(&state, &n)
		all[state] = n
		return err
	})
}

// CountsOfOpen returns [DB.Counts] of the incidents that go on, but of no
// drills, together: of up to [MostOpen] of them.
func (db *DB) CountsOfOpen(ctx context.Context) (host.Counts, error) {
	all := host.Counts{}
	const open = `(SELECT id FROM incidents WHERE stands = 'open' AND drill = 0 LIMIT $1) AS i`
	const statement = `SELECT state, CAST(SUM(n) AS bigint) FROM (
			SELECT c.state, c.n FROM ` + open + ` JOIN delivery_counts AS c ON c.incident_id = i.id
			UNION ALL SELECT c.state, c.n FROM ` + open + ` JOIN delivery_count_changes AS c ON c.incident_id = i.id
		) AS all_counts GROUP BY state HAVING SUM(n) > 0`
	rs, err := db.engine.reader().query(ctx, statement, MostOpen)
	err = scanCounts(rs, err, all)
	return all, wrap(err, "counts of open incidents")
}

// counts are changes of the numbers that Counts returns. Notices are not
// counted.
type counts map[countKey]int

type countKey struct {
	incidentID string
	state      host.DeliveryState
}

func (c counts) add(incidentID string, state host.DeliveryState, n int) {
	if incidentID != "" {
		c[countKey{incidentID, state}] += n
	}
}

// incidents are those whose numbers change.
func (c counts) incidents() []string {
	known := map[string]bool{}
	var ids []string
	for k := range c {
		if !known[k.incidentID] {
			known[k.incidentID], ids = true, append(ids, k.incidentID)
		}
	}
	return ids
}

// countRow is a change to be stored. The names of its JSON are those of the
// columns.
type countRow struct {
	IncidentID string             `json:"incident_id"`
	State      host.DeliveryState `json:"state"`
	N          int                `json:"n"`
}

// save adds rows of its own and touches nobody else's. So whoever stores an
// outcome waits for nobody, even if another holds locks and is gone.
func (c counts) save(ctx context.Context, tx *Tx) error {
	set := c.rows()
	if len(set) == 0 {
		return nil
	}
	const statement = `INSERT INTO delivery_count_changes (incident_id, state, n)
		SELECT e.value ->> 'incident_id', e.value ->> 'state', CAST(e.value ->> 'n' AS bigint) FROM {each}`
	_, err := tx.exec(ctx, statement, asJSON(set))
	return err
}

// rows are the changes in one order, without those that come to nothing.
func (c counts) rows() []countRow {
	var set []countRow
	for k, n := range c {
		if n != 0 {
			set = append(set, countRow{plain(k.incidentID), k.state, n})
		}
	}
	slices.SortFunc(set, func(a, b countRow) int {
		return cmp.Or(cmp.Compare(a.IncidentID, b.IncidentID), cmp.Compare(a.State, b.State))
	})
	return set
}

// FoldCounts adds the changes of the numbers to the numbers. Package queue
// calls it every second. It changes nothing that [DB.Counts] returns.
func (db *DB) FoldCounts(ctx context.Context) error {
	const some = `SELECT state FROM delivery_count_changes LIMIT 1`
	if found, err := list(ctx, db.engine.reader(), text, some); err != nil || len(found) == 0 {
		return wrap(err, "fold counts")
	}
	err := db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
		all := counts{}
		rs, err := tx.query(ctx, `DELETE FROM delivery_count_changes RETURNING incident_id, state, n`)
		err = each(rs, err, func(rs rows) error {
			var k countKey
			var n int
			err := rs.Scan(&k.incidentID, &k.state, &n)
			all[k] += n
			return err
		})
		set := all.rows()
		if err != nil || len(set) == 0 {
			return err
		}
		const statement = `INSERT INTO delivery_counts (incident_id, state, n)
			SELECT e.value ->> 'incident_id', e.value ->> 'state', CAST(e.value ->> 'n' AS bigint)
			FROM {each} WHERE TRUE
			ON CONFLICT (incident_id, state) DO UPDATE SET n = delivery_counts.n + excluded.n`
		_, err = tx.exec(ctx, statement, asJSON(set))
		return err
	})
	return wrap(err, "fold counts")
}
