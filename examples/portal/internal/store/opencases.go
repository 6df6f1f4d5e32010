package store

import (
	"context"
	"errors"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// caseRow is a case to be stored. The names of its JSON are those of the
// columns.
type caseRow struct {
	ID              string          `json:"id"`
	IncidentID      string          `json:"incident_id"`
	PartnerTenantID string          `json:"partner_tenant_id"`
	LookAt          int64           `json:"look_at"`    // at once, if there is nobody to tell
	RespondAt       int64           `json:"respond_at"` // at once, if the incident does not say
	CompanyName     string          `json:"company_name"`
	Opened          escalation.Case `json:"opened"`
}

// opened are the cases of some partners, and what those of them that are new
// tell at once.
type opened struct {
	byPartner map[string]string         // the case's ID
	due       map[string]escalation.Due // by the notification's ID
	order     []string                  // of due
}

// adopt says to which case a delivery belongs, and to which step of it.
func (o opened) adopt(row *deliveryRow) {
	if id, ok := o.byPartner[row.PartnerTenantID]; ok {
		row.CaseID = &id
	}
	if due, ok := o.due[row.ID]; ok {
		row.Step, row.Round = due.Step, due.Round
	}
}

// newDueRow is the row of what has become due in a case.
func newDueRow(incidentID string, due escalation.Due) deliveryRow {
	why := "Nobody has answered so far, and the recipient is told next."
	if due.Notification.UnansweredSince.IsZero() {
		why = "Routing tells nobody at this partner, and the recipient is told first."
	}
	row := newRow(due.Notification, why)
	row.IncidentID, row.Step, row.Round = &incidentID, due.Step, due.Round
	return row
}

// openCases opens a case for each route with a policy, in one statement. It
// opens none for an incident that is resolved, nor for a partner without
// rights. Those that are open stay as they are. Of routes without a policy it
// looks for the cases that there are.
func (db *DB) openCases(ctx context.Context, tx *Tx, incident partner.Incident, routes []Routed) (opened, error) {
	all := opened{byPartner: map[string]string{}, due: map[string]escalation.Due{}}
	earlier, err := earlierCases(ctx, tx, incident, routes)
	if err != nil {
		return opened{}, err
	}
	now := db.now().Truncate(time.Microsecond) // as it is stored
	var set []caseRow
	var known []string
	for _, route := range routes {
		if route.PartnerTenantID == "" {
			return opened{}, errors.New("a route has no partner")
		}
		tenant := tenantKey(route.PartnerTenantID)
		before, goesOn := earlier[tenant]
		id := host.CaseID(incident.ID, incident.Version, tenant)
		switch {
		case incident.Status == partner.IncidentResolved || route.Gap == partner.GapNoRights:
		case goesOn && before != "":
			all.byPartner[tenant] = before
		case goesOn: // the partner has said that it is over
		case route.Policy == nil:
			known = append(known, id)
		case all.byPartner[tenant] == "":
			c := escalation.Case{Incident: incident, Route: route.Route, Policy: *route.Policy, OpenedAt: now}
			c.Route.Recipients = nil // the policy has them
			status := c.At(now)
			look := status.Next
			if look.IsZero() {
				look = now
			}
			respond := incident.RespondBy
			if respond.IsZero() {
				respond = now
			}
			set = append(set, caseRow{
				id, incident.ID, tenant, micros(look), micros(respond), plain(route.CompanyName), c,
			})
			all.byPartner[tenant] = id
			for _, due := range status.Due {
				all.order = append(all.order, due.Notification.ID)
				all.due[due.Notification.ID] = due
			}
		}
	}
	if err := db.insertCases(ctx, tx, incident, set, now); err != nil {
		return opened{}, err
	}
	if len(known) == 0 {
		return all, nil
	}
	const statement = `SELECT c.id, c.partner_tenant_id FROM {each} JOIN cases AS c ON c.id = e.value ->> 'id'`
	rs, err := tx.query(ctx, statement, asJSON(keys(known)))
	err = each(rs, err, func(rs rows) error {
		var id, tenant string
		err := rs.Scan(&id, &tenant)
		all.byPartner[tenant] = id
		return err
	})
	return all, err
}

// earlierCases returns the cases of earlier versions since the incident was
// raised, or was reopened, by their partners. An update opens no second case
// there. A case that is over is "".
func earlierCases(
	ctx context.Context, tx *Tx, incident partner.Incident, routes []Routed,
) (map[string]string, error) {
	if incident.Version == 0 || len(routes) == 0 {
		return nil, nil
	}
	ids := make([]string, len(routes))
	for i, route := range routes {
		ids[i] = tenantKey(route.PartnerTenantID)
	}
	all := map[string]string{}
	const statement = `SELECT c.partner_tenant_id, CASE WHEN c.state IN ('resolved', 'cancelled') THEN '' ELSE c.id END
		FROM {each} JOIN cases AS c ON c.partner_tenant_id = e.value ->> 'id'
		WHERE c.incident_id = $2 AND c.version < $3 AND c.version >= (SELECT MAX(v.version) FROM incident_versions AS v
			WHERE v.incident_id = $2 AND v.kind IN ('raised', 'reopen'))`
	rs, err := tx.query(ctx, statement, asJSON(keys(ids)), incident.ID, incident.Version)
	err = each(rs, err, func(rs rows) error {
		var tenant, id string
		err := rs.Scan(&tenant, &id)
		all[tenant] = id
		return err
	})
	return all, err
}

func (db *DB) insertCases(
	ctx context.Context, tx *Tx, incident partner.Incident, set []caseRow, now time.Time,
) error {
	if len(set) == 0 {
		return nil
	}
	const statement = `INSERT INTO cases (id, incident_id, version, partner_tenant_id, opened_at, state, look_at, respond_at, opened,
			company_name, drill)
		SELECT e.id, e.incident_id, $2, e.partner_tenant_id, $3, 'waiting', e.look_at, e.respond_at, e.opened, e.company_name, $4
		FROM {each: id, incident_id, partner_tenant_id, look_at bigint, respond_at bigint, company_name, opened json} WHERE TRUE
		ON CONFLICT (id) DO NOTHING`
	_, err := tx.exec(ctx, statement, asJSON(set), incident.Version, micros(now), asNumber(incident.Drill))
	return err
}
