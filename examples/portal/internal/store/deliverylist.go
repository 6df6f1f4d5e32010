package store

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// DeliveryQuery selects deliveries of one incident.
type DeliveryQuery struct {
	IncidentID string
	State      host.DeliveryState // "": all
	Part       host.Part          // of their partners: those by which they are in it. "": all
	// Search is a part of the company, the name, the address or the number of a
	// recipient. Case does not matter. In an incident with more than 2,000
	// deliveries it finds what begins so: see [DB.Deliveries].
	Search string
	After  string // the ID of the last delivery of the page before; "": from the first on
	Limit  int    // 0: 50; at most 1,000
}

// foundMost is how many partners a search for deliveries looks at.
const foundMost = 1000

// Deliveries returns a page of an incident's deliveries, sorted by company. An
// incident or an After that is not known has none. Of each state it reads a
// page of one index. A search looks:
//
//	at the first 2,000 deliveries
//	at those to the first 1,000 partners that [PartnerList] finds by it
func (db *DB) Deliveries(ctx context.Context, q DeliveryQuery) ([]host.Delivery, error) {
	all, err := db.deliveriesOf(ctx, q)
	return all, wrap(err, "deliveries of incident %q", q.IncidentID)
}

func (db *DB) deliveriesOf(ctx context.Context, q DeliveryQuery) ([]host.Delivery, error) {
	if q.Part == "" {
		statement, args, err := db.deliveriesIn(ctx, q, []host.DeliveryState{q.State})
		if err != nil {
			return nil, err
		}
		return list(ctx, db.engine.reader(), scanDelivery, selectDelivery+statement, args...)
	}
	runs, err := db.runs(ctx, []string{q.IncidentID})
	if err != nil || len(runs) == 0 {
		return nil, err
	}
	if q.Search == "" && (q.Part == host.PartAnswered || q.Part == host.PartReached) {
		return db.deliveriesByAnswer(ctx, q, runs[0])
	}
	return db.partDeliveries(ctx, q, runs[0])
}

// deliveriesIn is what follows a SELECT of a page of deliveries in the states:
// those that q asks for, whatever its Part. "" is any state.
func (db *DB) deliveriesIn(
	ctx context.Context, q DeliveryQuery, states []host.DeliveryState,
) (statement string, args []any, err error) {
	arg := func(v any) string {
		args = append(args, v)
		return "$" + strconv.Itoa(len(args))
	}
	from := []string{`deliveries AS d WHERE TRUE`}
	if q.Search != "" {
		// In two steps, for PostgreSQL does not see that few partners come of the
		// first.
		term := searched(q.Search)
		found, err := list(ctx, db.engine.reader(), text, `SELECT DISTINCT tenant_id FROM (SELECT tenant_id FROM partner_terms
			WHERE term >= $1 AND term < $2 ORDER BY term, tenant_id LIMIT $3) AS f`, term, term+"\U0010FFFF", foundMost)
		if err != nil {
			return "", nil, err
		}
		arg(asJSON(keys(found)))
		from = append(from, `{toeach} WHERE TRUE`)
	}
	incident, limit := arg(q.IncidentID), arg(page(q.Limit))
	where := ` AND d.incident_id = ` + incident
	if q.After != "" {
		where += ` AND (d.company_name, d.id) > (SELECT company_name, id FROM deliveries WHERE incident_id = ` +
			incident + ` AND id = ` + arg(q.After) + `)`
	}
	const order = ` ORDER BY d.company_name, d.id LIMIT `
	fits, some := "", limit
	if q.Search != "" {
		search := strings.ToLower(dialled(q.Search))
		fits = ` WHERE lower(d.company_name || ' ' || COALESCE(d.recipient ->> 'name', '') || ' ' || COALESCE(d.recipient ->> 'email', '')
			|| ' ' || COALESCE(d.recipient ->> 'phoneNumber', '')) LIKE '%' || ` + arg(likeEscaper.Replace(search)) + ` || '%' ESCAPE '\'` +
			order + limit
		some = arg(lookedInto)
	}
	var parts []string
	for _, state := range states {
		is := where
		if state != "" {
			is += ` AND d.state = ` + arg(string(state))
		}
		for _, from := range from {
			n := strconv.Itoa(len(parts))
			parts = append(parts, `SELECT id FROM (SELECT d.id FROM (SELECT d.id, d.company_name, d.recipient FROM `+from+is+
				order+some+`) AS d`+fits+`) AS part_`+n)
		}
	}
	return `WHERE id IN (` + strings.Join(parts, ` UNION ALL `) + `) ORDER BY company_name, id LIMIT ` + limit, args, nil
}

// partDeliveries is [DB.Deliveries] of a part. It reads piece by piece what may
// be of it, and looks up how each partner stands: PostgreSQL would otherwise
// look at all that there are, and sort them.
func (db *DB) partDeliveries(ctx context.Context, q DeliveryQuery, run run) ([]host.Delivery, error) {
	type candidate struct {
		id, partner string
		in          bool // it is of the run
	}
	columns := `SELECT id, partner_tenant_id, ` + inRun(version(run.Begun), version(run.Ended)) + ` FROM deliveries AS d `
	states := []host.DeliveryState{q.State}
	if of := q.Part.States(); len(of) > 0 {
		states = slices.DeleteFunc(of, func(s host.DeliveryState) bool { return q.State != "" && s != q.State })
	}
	limit := page(q.Limit)
	most := min(4*limit, sought) // of a piece: who wants few reads few
	var ids []string
	for next := q; len(states) > 0 && len(ids) < limit; {
		next.Limit = most
		statement, args, err := db.deliveriesIn(ctx, next, states)
		if err != nil {
			return nil, err
		}
		piece, err := list(ctx, db.engine.reader(), func(rs rows) (c candidate, err error) {
			return c, rs.Scan(&c.id, &c.partner, &c.in)
		}, columns+statement, args...)
		if err != nil {
			return nil, err
		}
		partners := make([]string, len(piece))
		for i, p := range piece {
			partners[i] = p.partner
		}
		parts, err := db.partsOf(ctx, run, partners)
		if err != nil {
			return nil, err
		}
		for _, p := range piece {
			if p.in && parts[p.partner] == q.Part {
				ids = append(ids, p.id)
			}
		}
		if len(piece) < most {
			break
		}
		next.After = piece[most-1].id
	}
	const these = selectDelivery + `WHERE id IN (SELECT e.value ->> 'id' FROM {each}) ORDER BY company_name, id`
	return list(ctx, db.engine.reader(), scanDelivery, these, asJSON(keys(ids[:min(limit, len(ids))])))
}

// place is where a delivery, or a case, stands among the others.
type place struct{ company, id string }

func scanPlace(rs rows) (p place, err error) { return p, rs.Scan(&p.company, &p.id) }

// byAnswer is a condition for deliveries d of a run: those to partners where
// somebody has answered, if the part is host.PartAnswered, and otherwise those
// to all others. It is looked up for each: PostgreSQL would otherwise read all
// answers first.
func byAnswer(p host.Part, incident, begun, ended string) string {
	is := ` IS NULL`
	if p == host.PartAnswered {
		is = ` IS NOT NULL`
	}
	return ` AND ` + inRun(begun, ended) + ` AND (SELECT 1 FROM cases AS c
		WHERE c.taken = 1 AND c.incident_id = ` + incident + ` AND c.partner_tenant_id = d.partner_tenant_id AND c.version >= ` + begun + ` LIMIT 1)` + is
}

// deliveriesByAnswer is [DB.Deliveries] of host.PartAnswered and
// host.PartReached. Of either there may be few among very many of the other. So
// it begins where it finds them alone:
//
//	answered   at the cases with an answer
//	reached    at the cases without one, and at what was sent without a case
func (db *DB) deliveriesByAnswer(ctx context.Context, q DeliveryQuery, run run) ([]host.Delivery, error) {
	taken := "1"
	if q.Part == host.PartReached {
		taken = "0"
		if q.State != "" && q.State != host.DeliverySent {
			return nil, nil
		}
		q.State = host.DeliverySent
	}
	var after place
	if q.After != "" {
		found, err := list(ctx, db.engine.reader(), scanPlace,
			`SELECT company_name, id FROM deliveries WHERE incident_id = $1 AND id = $2`, q.IncidentID, q.After)
		if err != nil || len(found) == 0 {
			return nil, err
		}
		after = found[0]
	}
	all, err := db.deliveriesByCase(ctx, q, run, after, taken)
	if err != nil || q.Part == host.PartAnswered {
		return all, err
	}
	statement := selectDelivery + `WHERE id IN (SELECT d.id FROM deliveries AS d WHERE d.incident_id = $1
		AND d.case_id IS NULL AND d.state = 'sent' AND (d.company_name, d.id) > ($2, $3)` +
		byAnswer(q.Part, "$1", "$4", "$5") + ` ORDER BY d.company_name, d.id LIMIT $6)`
	others, err := list(ctx, db.engine.reader(), scanDelivery, statement, q.IncidentID, after.company, after.id,
		run.Begun, run.Ended, page(q.Limit))
	all = sortedDeliveries(append(all, others...))
	return all[:min(page(q.Limit), len(all))], err
}

// deliveriesByCase reads cases piece by piece, and then the deliveries to their
// partners.
func (db *DB) deliveriesByCase(
	ctx context.Context, q DeliveryQuery, run run, after place, taken string,
) ([]host.Delivery, error) {
	who := `SELECT company_name, partner_tenant_id FROM cases WHERE incident_id = $1 AND taken = ` + taken + `
		AND (company_name, partner_tenant_id) > ($2, $3)` + ofThisRun + `
		ORDER BY company_name, partner_tenant_id LIMIT $4`
	what := selectDelivery + `WHERE id IN (SELECT d.id FROM {toeach} WHERE (d.company_name, d.id) > ($3, $4)
		AND ($7 = '' OR d.state = $7)` + byAnswer(q.Part, "$2", "$5", "$6") + `)`
	var all []host.Delivery
	for last := (place{after.company, ""}); ; {
		some, err := list(ctx, db.engine.reader(), scanPlace, who, q.IncidentID, last.company, last.id, sought)
		if err != nil {
			return nil, err
		}
		ids := make([]string, len(some))
		for i, p := range some {
			last, ids[i] = p, p.id
		}
		slices.Sort(ids)
		found, err := list(ctx, db.engine.reader(), scanDelivery, what, asJSON(keys(slices.Compact(ids))), q.IncidentID,
			after.company, after.id, run.Begun, run.Ended, string(q.State))
		if err != nil {
			return nil, err
		}
		all = sortedDeliveries(append(all, found...))
		limit := page(q.Limit)
		switch {
		case len(some) < sought:
			return all[:min(limit, len(all))], nil
		case len(all) >= limit && all[limit-1].CompanyName < last.company: // nothing that comes stands before it
			return all[:limit], nil
		}
	}
}

// sortedDeliveries are deliveries by company, each once.
func sortedDeliveries(all []host.Delivery) []host.Delivery {
	slices.SortFunc(all, func(a, b host.Delivery) int {
		return cmp.Or(cmp.Compare(a.CompanyName, b.CompanyName), cmp.Compare(a.ID, b.ID))
	})
	return slices.CompactFunc(all, func(a, b host.Delivery) bool { return a.ID == b.ID })
}

// dialled is what is searched for, without what people write between the digits
// of a phone number if it is one.
func dialled(search string) string {
	digits := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -./()", r) {
			return -1
		}
		return r
	}, search)
	number := strings.TrimPrefix(digits, "+")
	if len(number) >= 4 && strings.Trim(number, "0123456789") == "" {
		return digits
	}
	return search
}

// CasesByID returns those of the cases that there are, with their events.
func (db *DB) CasesByID(ctx context.Context, ids []string) (map[string]host.Case, error) {
	const statement = selectCase + `JOIN {each} ON c.id = e.value ->> 'id'`
	found, err := readCases(ctx, db.engine.reader(), statement, asJSON(keys(ids)))
	all := make(map[string]host.Case, len(found))
	for _, c := range found {
		all[c.ID] = c
	}
	return all, wrap(err, "%d cases", len(ids))
}
