package store

import (
	"cmp"
	"context"
	"slices"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// Counts returns the number of an incident's deliveries in each state that has
// any. It reads five rows, however many deliveries there are. An incident that
// is not known has none.
func (db *DB) Counts(ctx context.Context, incidentID string) (host.Counts, error) {
	all := host.Counts{}
	const statement = `SELECT state, n FROM delivery_counts WHERE incident_id = $1 AND n > 0`
	rs, err := db.engine.reader().query(ctx, statement, incidentID)
	err = each(rs, err, func(rs rows) error {
		var state host.DeliveryState
		var n int
		err := rs.Scan(&state, &n)
		all[state] = n
		return err
	})
	if err != nil {
		return nil, wrap(err, "counts of incident %q", incidentID)
	}
	return all, nil
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

// countRow is a change to be stored. The names of its JSON are those of the
// columns.
type countRow struct {
	IncidentID string             `json:"incident_id"`
	State      host.DeliveryState `json:"state"`
	N          int                `json:"n"`
}

// save is the last statement of a transaction, for everybody who works on the
// same incident waits for the one who has these rows. It takes them in one
// order.
func (c counts) save(ctx context.Context, tx *Tx) error {
	var set []countRow
	for k, n := range c {
		if n != 0 {
			set = append(set, countRow{plain(k.incidentID), k.state, n})
		}
	}
	if len(set) == 0 {
		return nil
	}
	slices.SortFunc(set, func(a, b countRow) int {
		return cmp.Or(cmp.Compare(a.IncidentID, b.IncidentID), cmp.Compare(a.State, b.State))
	})
	const statement = `INSERT INTO delivery_counts (incident_id, state, n)
		SELECT e.value ->> 'incident_id', e.value ->> 'state', CAST(e.value ->> 'n' AS bigint)
		FROM {each} WHERE TRUE
		ON CONFLICT (incident_id, state) DO UPDATE SET n = delivery_counts.n + excluded.n`
	_, err := tx.exec(ctx, statement, asJSON(set))
	return err
}
