package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// deliveryRow is a delivery to be stored. The names of its JSON are those of
// the columns.
type deliveryRow struct {
	ID              string             `json:"id"`
	IncidentID      *string            `json:"incident_id"` // nil: a notice
	PartnerTenantID string             `json:"partner_tenant_id"`
	CompanyName     string             `json:"company_name"`
	Topic           partner.Topic      `json:"topic"`
	OwnTenant       bool               `json:"own_tenant"`
	Rights          partner.Rights     `json:"rights"`
	Recipient       partner.Recipient  `json:"recipient"`
	Gap             partner.Gap        `json:"gap"`
	Why             string             `json:"why"`
	State           host.DeliveryState `json:"state"`
	Version         int                `json:"version"`
	CaseID          *string            `json:"case_id"` // nil: none
	Step            int                `json:"step"`
	Round           int                `json:"round"`
	UnansweredSince int64              `json:"unanswered_since"`
	Thread          string             `json:"thread"`
	Reminder        int                `json:"reminder"`
}

// besideSteps is the step of a delivery that belongs to none.
const besideSteps = -1

// newRow is the row of a notification. One by phone is a call to make.
func newRow(n partner.Notification, why string) deliveryRow {
	return deliveryRow{
		ID: n.ID, PartnerTenantID: tenantKey(n.PartnerTenantID), CompanyName: plain(n.CompanyName), Topic: n.Topic,
		OwnTenant: n.OwnTenant, Rights: n.Rights, Recipient: n.Recipient, Why: why, State: firstState(n.Recipient),
		Version: n.Incident.Version, Step: besideSteps,
		UnansweredSince: micros(n.UnansweredSince), Thread: n.Thread,
	}
}

// firstState is the state of a delivery to whom nothing has happened yet.
func firstState(to partner.Recipient) host.DeliveryState {
	if to.Medium == partner.MediumPhone {
		return host.DeliveryCall
	}
	return host.DeliveryWaiting
}

// noticeWhy says why somebody is told of a contact. It has a row for each topic
// but those of an incident.
var noticeWhy = map[partner.Topic]string{
	partner.TopicContactAppointed: "The recipient was made the partner's security contact.",
	partner.TopicContactReplaced:  "The recipient was the partner's security contact until now.",
	partner.TopicContactUpdated:   "Details of the recipient as the partner's security contact were changed.",
	partner.TopicContactConfirm:   "The recipient is asked whether somebody reads the security contact's mail.",
	partner.TopicContactLapsed:    "The partner's security contact did not confirm, or mail to it came back.",
	host.TopicWebhookGone: "A webhook of the partner was switched off: its service answered that " +
		"nobody is there any more.",
}

// nobodyRow is the row of a partner with nobody to tell, or of one that cannot
// all be read, beside those of whom it tells.
func nobodyRow(incident partner.Incident, route partner.Route) deliveryRow {
	row := deliveryRow{
		ID: nobodyID(incident.ID, route.PartnerTenantID), IncidentID: &incident.ID,
		PartnerTenantID: tenantKey(route.PartnerTenantID), CompanyName: plain(route.CompanyName),
		Topic: partner.TopicIncident, OwnTenant: route.OwnTenant, Rights: route.Rights,
		Gap: route.Gap, Why: route.Why(), State: host.DeliveryNobody, Version: incident.Version, Step: besideSteps,
	}
	if incident.Drill {
		row.Topic = partner.TopicDrill
	}
	if route.Gap == host.GapUnreadable {
		row.ID = nobodyID(incident.ID+" unreadable", route.PartnerTenantID)
		row.Why = "Somebody may be left out: the portal cannot read all that is stored of this partner."
	}
	return row
}

// nobodyID names the row of a partner with nobody to tell. It is the same each
// time, and no notification has it.
func nobodyID(incidentID, partnerTenantID string) string {
	sum := sha256.Sum256([]byte(tenantKey(partnerTenantID) + " " + incidentID))
	return "nobody-" + hex.EncodeToString(sum[:16])
}

// insertDeliveries stores those whose ID is not known, and returns their IDs.
func (db *DB) insertDeliveries(
	ctx context.Context, tx *Tx, deliveries []deliveryRow,
) (added map[string]bool, err error) {
	added = make(map[string]bool, len(deliveries))
	if len(deliveries) == 0 {
		return added, nil
	}
	// SQLite wants the WHERE, to tell ON CONFLICT from the ON of a join.
	const statement = `INSERT INTO deliveries (id, incident_id, partner_tenant_id, company_name, topic, own_tenant, rights, recipient,
			gap, why, state, version, case_id, step, round, unanswered_since, thread, reminder, asked_at, updated_at)
		SELECT e.id, e.incident_id, e.partner_tenant_id, e.company_name, e.topic, e.own_tenant, e.rights, e.recipient, e.gap, e.why, e.state,
			e.version, e.case_id, e.step, e.round, e.unanswered_since, e.thread, e.reminder, $2, $2
		FROM {each: id, incident_id, partner_tenant_id, company_name, topic, own_tenant boolean, rights json, recipient json, gap, why,
			state, version bigint, case_id, step bigint, round bigint, unanswered_since bigint, thread, reminder bigint} WHERE TRUE
		ON CONFLICT (id) DO NOTHING RETURNING id`
	ids, err := list(ctx, tx, text, statement, asJSON(deliveries), micros(db.now()))
	for _, id := range ids {
		added[id] = true
	}
	return added, err
}

const selectDelivery = `SELECT id, COALESCE(incident_id, ''), partner_tenant_id, company_name, topic, recipient, gap, why, state,
	attempts, problem, updated_at, next_try_at, sent_to, version, COALESCE(case_id, ''), step, round, unanswered_since,
	asked_at, reminder
	FROM deliveries `

func scanDelivery(rs rows) (host.Delivery, error) {
	var d host.Delivery
	var updated, next, since, queued int64
	err := rs.Scan(&d.ID, &d.IncidentID, &d.PartnerTenantID, &d.CompanyName, &d.Topic, asJSON(&d.Recipient), &d.Gap,
		&d.Why, &d.State, &d.Attempts, &d.Problem, &updated, &next, asJSON(&d.SentTo),
		&d.Version, &d.CaseID, &d.Step, &d.Round, &since, &queued, &d.Reminder)
	d.UpdatedAt, d.NextTryAt, d.UnansweredSince = fromMicros(updated), fromMicros(next), fromMicros(since)
	d.QueuedAt = fromMicros(queued)
	return d, err
}

// Delivery returns one delivery of an incident or a notice, or an error that is
// host.ErrNotFound.
func (db *DB) Delivery(ctx context.Context, id string) (host.Delivery, error) {
	d, err := first(ctx, db.engine.reader(), scanDelivery, selectDelivery+`WHERE id = $1`, id)
	return d, wrap(err, "delivery %q", id)
}

// Notifications returns the notifications with these IDs as they were put into
// the queue, in any order. IDs that are not known are left out. Outside of a
// transaction tx is nil.
func (db *DB) Notifications(ctx context.Context, tx *Tx, ids []string) ([]partner.Notification, error) {
	r := db.engine.reader()
	if tx != nil {
		r = tx
	}
	const statement = `SELECT d.id, d.topic, d.partner_tenant_id, d.company_name, d.own_tenant, d.rights, d.recipient,
			v.incident, d.unanswered_since, d.thread
		FROM {each} JOIN deliveries AS d ON d.id = e.value ->> 'id'
			LEFT JOIN incident_versions AS v ON v.incident_id = d.incident_id AND v.version = d.version
		WHERE d.state <> 'nobody'`
	all, err := list(ctx, r, func(rs rows) (partner.Notification, error) {
		var n partner.Notification
		var since int64
		err := rs.Scan(&n.ID, &n.Topic, &n.PartnerTenantID, &n.CompanyName, &n.OwnTenant, asJSON(&n.Rights),
			asJSON(&n.Recipient), asJSON(&n.Incident), &since, &n.Thread)
		n.UnansweredSince = fromMicros(since)
		return n, err
	}, statement, asJSON(keys(ids)))
	return all, wrap(err, "notifications")
}

// key is an element of an array of IDs.
type key struct {
	ID string `json:"id"`
}

func keys(ids []string) []key {
	all := make([]key, len(ids))
	for i, id := range ids {
		all[i].ID = plain(id)
	}
	return all
}
