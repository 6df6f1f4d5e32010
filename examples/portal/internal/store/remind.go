package store

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"iter"
	"slices"
	"strconv"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// remindAtOnce is how many partners are reminded in one transaction.
const remindAtOnce = 200

// remindedWhy is why somebody is mailed again.
const remindedWhy = "Nobody had answered, and somebody at the provider sent a reminder."

// chasedRow is a case in which somebody may be reminded.
type chasedRow struct {
	host.Chased
	state escalation.State
}

func scanChased(rs rows) (chasedRow, error) {
	var c chasedRow
	var opened int64
	err := rs.Scan(&c.CaseID, &c.PartnerTenantID, &c.CompanyName, &c.state, &opened)
	c.OpenedAt = fromMicros(opened)
	return c, err
}

const selectChased = `SELECT c.id, c.partner_tenant_id, c.company_name, c.state, c.opened_at FROM cases AS c `

// Chased yields what a reminder would come to at each partner where nobody has
// answered since the incident was raised, or was reopened: those first where
// nobody is left to tell, and then by company. Chosen are the IDs of
// deliveries. If there are any, it yields their partners alone, answered or
// not. See [host.Chased.Decide].
func (db *DB) Chased(ctx context.Context, incidentID string, chosen []string) iter.Seq2[host.Chased, error] {
	return func(yield func(host.Chased, error) bool) {
		for page, err := range db.chasedPages(ctx, incidentID, chosen) {
			if err == nil {
				err = db.decideChased(ctx, db.engine.reader(), incidentID, page, chosen)
			}
			if err != nil {
				yield(host.Chased{}, wrap(err, "whom to remind of incident %q", incidentID))
				return
			}
			for _, c := range page {
				if !yield(c.Chased, nil) {
					return
				}
			}
		}
	}
}

// chasedPages yields the cases of [DB.Chased] in pages of remindAtOnce.
func (db *DB) chasedPages(ctx context.Context, incidentID string, chosen []string) iter.Seq2[[]chasedRow, error] {
	return func(yield func([]chasedRow, error) bool) {
		if len(chosen) > 0 {
			const of = selectChased + `WHERE c.incident_id = $2 AND c.id IN (
				SELECT d.case_id FROM {each} JOIN deliveries AS d ON d.id = e.value ->> 'id' WHERE d.incident_id = $2)
				ORDER BY c.company_name, c.id`
			all, err := list(ctx, db.engine.reader(), scanChased, of, asJSON(keys(chosen)), incidentID)
			for page := range slices.Chunk(all, remindAtOnce) {
				if !yield(page, nil) {
					return
				}
			}
			if err != nil {
				yield(nil, err)
			}
			return
		}
		const next = selectChased + `WHERE c.incident_id = $1 AND c.state = $2 AND (c.company_name, c.id) > ($3, $4)` +
			ofThisRun + ` ORDER BY c.company_name, c.id LIMIT $5`
		for _, state := range []escalation.State{escalation.StateExhausted, escalation.StateWaiting} {
			name, id := "", ""
			for {
				page, err := list(ctx, db.engine.reader(), scanChased, next, incidentID, string(state), name, id, remindAtOnce)
				full := len(page) == remindAtOnce
				if full {
					name, id = page[len(page)-1].CompanyName, page[len(page)-1].CaseID
				}
				if (len(page) > 0 || err != nil) && !yield(page, err) || err != nil {
					return
				}
				if !full {
					break
				}
			}
		}
	}
}

// decideChased reads what was told in the cases, and decides.
func (db *DB) decideChased(ctx context.Context, r runner, incidentID string, page []chasedRow, chosen []string) error {
	type part struct {
		ID      string `json:"id"`
		Partner string `json:"partner"`
	}
	parts := make([]part, len(page))
	for i, c := range page {
		parts[i] = part{c.CaseID, c.PartnerTenantID}
	}
	const statement = selectDelivery + `WHERE incident_id = $2
		AND partner_tenant_id IN (SELECT e.value ->> 'partner' FROM {each})
		AND case_id IN (SELECT e.value ->> 'id' FROM {each})`
	told, err := list(ctx, r, scanDelivery, statement, asJSON(parts), incidentID)
	if err != nil {
		return err
	}
	byCase := map[string][]host.Delivery{}
	for _, d := range told {
		byCase[d.CaseID] = append(byCase[d.CaseID], d)
	}
	var only map[string]bool
	if len(chosen) > 0 {
		only = make(map[string]bool, len(chosen))
		for _, id := range chosen {
			only[id] = true
		}
	}
	now := db.now()
	for i := range page {
		page[i].Decide(page[i].state, byCase[page[i].CaseID], only, now)
	}
	return nil
}

// Remind mails those of [DB.Chased] again whom it says to mail, with the newest
// version of the incident, and notes who did so. It may take several
// transactions. Whoever was mailed a short while ago is left out, so that to
// call it twice, or from two places, mails nobody twice. If the incident is
// over, or is still being routed, the error is host.ErrConflict. If there is
// none, it is host.ErrNotFound.
func (db *DB) Remind(
	ctx context.Context, incidentID string, chosen []string, by host.Person,
) (done host.Reminded, err error) {
	if err := db.needQueue(); err != nil {
		return done, err
	}
	if err := remindable(ctx, db.engine.reader(), incidentID, nil); err != nil {
		return done, wrap(err, "remind of incident %q", incidentID)
	}
	act := reminding{log: host.LogEntry{ID: "remind " + rand.Text(), Kind: host.LogReminded, ByName: by.Name}}
	for page, err := range db.chasedPages(ctx, incidentID, chosen) {
		if err == nil {
			next := act
			err = db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
				next = act
				return db.remind(ctx, tx, incidentID, page, chosen, by, &next)
			})
			if err == nil {
				act = next
			}
		}
		if err != nil {
			return act.done, wrap(err, "remind of incident %q", incidentID)
		}
	}
	return act.done, nil
}

// remindable returns nil if somebody may be reminded of the incident, and sets
// it. If it is over, or being routed, the error is host.ErrConflict.
func remindable(ctx context.Context, r runner, incidentID string, incident *partner.Incident) error {
	stored, err := first(ctx, r, scanIncident, selectIncident+`WHERE id = $1`, incidentID)
	switch {
	case err != nil:
		return err
	case !stored.Kind.Open(), stored.Status == host.IncidentQueued, stored.Status == host.IncidentRouting:
		return host.ErrConflict
	case incident != nil:
		*incident = stored.Incident
	}
	return nil
}

// reminding is one act of reminding, as far as it has come.
type reminding struct {
	done  host.Reminded
	names []string // the companies, as many as are named
	log   host.LogEntry
}

func (db *DB) remind(
	ctx context.Context, tx *Tx, incidentID string, page []chasedRow, chosen []string, by host.Person, act *reminding,
) error {
	ids := make([]string, len(page))
	for i, c := range page {
		ids[i] = c.CaseID
	}
	// One after the other, so that two clicks mail nobody twice.
	const lock = selectChased + `WHERE c.id IN (SELECT e.value ->> 'id' FROM {each}) ORDER BY c.id {lock}`
	cases, err := list(ctx, tx, scanChased, lock, asJSON(keys(ids)))
	if err != nil {
		return err
	}
	var incident partner.Incident
	if err := remindable(ctx, tx, incidentID, &incident); err != nil {
		return err
	}
	if err := db.decideChased(ctx, tx, incidentID, cases, chosen); err != nil {
		return err
	}
	rows, told, err := db.reminders(ctx, tx, incident, cases)
	if err != nil {
		return err
	}
	added, err := db.tell(ctx, tx, rows, told)
	if err != nil || len(added) == 0 {
		return err
	}
	partners := map[string]bool{}
	for _, row := range rows {
		if added[row.ID] && !partners[row.PartnerTenantID] {
			partners[row.PartnerTenantID] = true
			if len(act.names) < namesListed {
				act.names = append(act.names, row.CompanyName)
			}
		}
	}
	act.done.People += len(added)
	act.done.Partners += len(partners)
	act.log.At = db.now()
	act.log.Said = host.Count(act.done.People, "person", "people")
	act.log.CompanyName = host.Some(act.names, act.done.Partners)
	const entry = `INSERT INTO incident_log (incident_id, id, at, kind, case_id, company_name, by_name, said)
		VALUES ($1, $2, $3, $4, '', $5, $6, $7)
		ON CONFLICT (incident_id, id) DO UPDATE SET company_name = excluded.company_name, said = excluded.said`
	_, err = tx.exec(ctx, entry, incidentID, act.log.ID, micros(act.log.At), act.log.Kind, act.log.CompanyName,
		act.log.ByName, act.log.Said)
	if err != nil {
		return err
	}
	return db.meet(ctx, tx, by)
}

// namesListed is how many companies a line of the timeline names.
const namesListed = 3

// reminders are the mails to those who are reminded: each says the newest of
// the incident, and since when nobody has answered.
func (db *DB) reminders(ctx context.Context, tx *Tx, incident partner.Incident, cases []chasedRow) (
	[]deliveryRow, map[string]partner.Notification, error,
) {
	type base struct {
		delivery host.Delivery
		since    time.Time
	}
	var ids []string
	bases := map[string]base{}
	for _, c := range cases {
		for _, d := range c.Mail {
			ids, bases[d.ID] = append(ids, d.ID), base{d, c.OpenedAt}
		}
	}
	if len(ids) == 0 {
		return nil, nil, nil
	}
	before, err := db.Notifications(ctx, tx, ids)
	if err != nil {
		return nil, nil, err
	}
	var rows []deliveryRow
	told := map[string]partner.Notification{}
	for _, was := range before {
		of := bases[was.ID]
		route := partner.Route{
			PartnerTenantID: was.PartnerTenantID, CompanyName: was.CompanyName, OwnTenant: was.OwnTenant, Rights: was.Rights,
			Recipients: []partner.Recipient{was.Recipient},
		}
		for _, n := range route.Notifications(incident) {
			if n.Thread == "" {
				n.Thread = n.ID
			}
			n.ID = reminderID(was.ID, of.delivery.Reminder+1)
			n.UnansweredSince = of.since
			row := newRow(n, remindedWhy)
			row.IncidentID, row.CaseID, row.Reminder = &incident.ID, &of.delivery.CaseID, of.delivery.Reminder+1
			row.Step, row.Round = of.delivery.Step, of.delivery.Round
			rows, told[n.ID] = append(rows, row), n
		}
	}
	return rows, told, nil
}

// reminderID is the ID of the nth reminder, which follows a notification. It
// has the form of a notification's, so that its mail has an address of its own
// to come back to.
func reminderID(notificationID string, n int) string {
	sum := sha256.Sum256([]byte("reminder " + strconv.Itoa(n) + " " + notificationID))
	return hex.EncodeToString(sum[:20])
}
