package store

import (
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
	Part       host.Part          // "": all
	// Search is a part of the company, the name, the address or the number of a
	// recipient. Case does not matter. In an incident with more than 2,000
	// deliveries it finds what begins so: see [DB.Deliveries].
	Search string
	After  string // the ID of the last delivery of the page before; "": from the first on
	Limit  int    // 0: 50; at most 1,000
}

// sameTaken are the deliveries to partners where somebody has answered since
// the incident was raised, or was reopened.
const sameTaken = `EXISTS (SELECT 1 FROM cases AS c WHERE c.taken = 1 AND c.incident_id = $1
	AND c.company_name = d.company_name AND c.partner_tenant_id = d.partner_tenant_id
	AND c.version >= (SELECT MAX(v.version) FROM incident_versions AS v
		WHERE v.incident_id = $1 AND v.kind IN ('raised', 'reopen')))`

// foundMost is how many partners a search for deliveries looks at.
const foundMost = 1000

// Deliveries returns a page of an incident's deliveries, sorted by company. An
// incident or an After that is not known has none. Of each state it reads a
// page of one index. A search looks:
//
//	at the first 2,000 deliveries
//	at those to the first 1,000 partners that [PartnerList] finds by it
func (db *DB) Deliveries(ctx context.Context, q DeliveryQuery) ([]host.Delivery, error) {
	args := []any{q.IncidentID, page(q.Limit)}
	arg := func(v any) string {
		args = append(args, v)
		return "$" + strconv.Itoa(len(args))
	}
	where := ` AND d.incident_id = $1`
	if q.After != "" {
		where += ` AND (d.company_name, d.id) > (SELECT company_name, id FROM deliveries WHERE incident_id = $1 AND id = ` +
			arg(q.After) + `)`
	}
	from := []string{`deliveries AS d WHERE TRUE`}
	switch {
	case q.Part == host.PartAnswered && q.Search == "": // from who has answered, for that may be few
		from[0] = `cases AS c CROSS JOIN deliveries AS d WHERE c.incident_id = $1 AND c.taken = 1` +
			strings.Replace(ofThisRun, "version", "c.version", 1) +
			` AND d.company_name = c.company_name AND d.partner_tenant_id = c.partner_tenant_id`
	case q.Part == host.PartAnswered:
		where += ` AND ` + sameTaken
	case q.Part == host.PartReached:
		where += ` AND NOT ` + sameTaken
	case q.Part == host.PartNobody:
		where += ` AND d.gap <> 'no_rights'`
	case q.Part == host.PartNoRights:
		where += ` AND d.gap = 'no_rights'`
	default:
	}
	const order = ` ORDER BY d.company_name, d.id LIMIT `
	fits, some := "", "$2"
	if q.Search != "" {
		search := strings.ToLower(dialled(q.Search))
		fits = ` WHERE lower(d.company_name || ' ' || COALESCE(d.recipient ->> 'name', '') || ' ' || COALESCE(d.recipient ->> 'email', '')
			|| ' ' || COALESCE(d.recipient ->> 'phoneNumber', '')) LIKE '%' || ` + arg(likeEscaper.Replace(search)) + ` || '%' ESCAPE '\'` +
			order + `$2`
		some = arg(lookedInto)
		term := searched(q.Search)
		from = append(from, `(SELECT DISTINCT tenant_id FROM (SELECT tenant_id FROM partner_terms WHERE term >= `+arg(term)+`
			AND term < `+arg(term+"\U0010FFFF")+` ORDER BY term, tenant_id LIMIT `+arg(foundMost)+`) AS f) AS t
			CROSS JOIN deliveries AS d WHERE d.partner_tenant_id = t.tenant_id`)
	}
	states := []host.DeliveryState{q.State}
	if of := q.Part.States(); len(of) > 0 {
		states = slices.DeleteFunc(of, func(s host.DeliveryState) bool { return q.State != "" && s != q.State })
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
	if len(parts) == 0 { // a state that is not of the part
		return nil, nil
	}
	statement := selectDelivery + `WHERE id IN (` + strings.Join(parts, ` UNION ALL `) +
		`) ORDER BY company_name, id LIMIT $2`
	all, err := list(ctx, db.engine.reader(), scanDelivery, statement, args...)
	return all, wrap(err, "deliveries of incident %q", q.IncidentID)
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

// exactAnswers is the number of partners up to which CountAnswered looks at
// their deliveries.
const exactAnswers = 1000

// CountAnswered returns how many of an incident's deliveries were sent to
// partners where somebody has answered. Of very many such partners it counts
// one delivery each, as [DB.CountCases] counts them.
func (db *DB) CountAnswered(ctx context.Context, incidentID string) (int, error) {
	const deliveries = `SELECT count(*) FROM cases AS c JOIN deliveries AS d ON d.incident_id = $1
		AND d.partner_tenant_id = c.partner_tenant_id AND d.state = 'sent'
		WHERE c.incident_id = $1 AND c.taken = 1 AND c.version >= (SELECT MAX(v.version) FROM incident_versions AS v
			WHERE v.incident_id = $1 AND v.kind IN ('raised', 'reopen'))`
	n, err := db.countedOf(ctx, incidentID, keptTaken)
	if err == nil && n > 0 && n <= exactAnswers {
		n, err = first(ctx, db.engine.reader(), integer, deliveries, incidentID)
	}
	return n, wrap(err, "count answers to incident %q", incidentID)
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
