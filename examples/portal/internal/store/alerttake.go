package store

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/alert"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// joinWithin is how far apart two alerts of one type on one subscription are
// detected at most, to belong to one incident.
const joinWithin = time.Hour

// The longest texts of an alert that are kept, in characters. An alert with a
// longer one is no lost alert.
const (
	longestAlertID   = 200
	longestAlertWord = 200 // of a type, and of what an alert is said to be
	longestAlertText = 20_000
	mostResources    = 100
	mostTransitions  = 200
)

// clip cuts a text that any database can hold.
func clip(s string, most int) string {
	s = plain(s)
	if len(s) <= most {
		return s
	}
	return string([]rune(s)[:min(most, len([]rune(s)))])
}

// plainAlert is an alert as it is kept: whatever a document holds, it fits.
func plainAlert(a alert.Alert) alert.Alert {
	if a.ID = plain(a.ID); len(a.ID) > longestAlertID {
		sum := sha256.Sum256([]byte(a.ID))
		a.ID = clip(a.ID, longestAlertID/2) + "-" + hex.EncodeToString(sum[:])
	}
	for _, word := range []*string{&a.PartnerTenantID, &a.CustomerTenantID, &a.SubscriptionID, &a.ResellerTenantID,
		&a.Type,
		&a.Confidence} {
		*word = clip(*word, longestAlertWord)
	}
	a.Status, a.Reason = alert.Status(clip(string(a.Status), longestAlertWord)), alert.Reason(clip(string(a.Reason),
		longestAlertWord))
	a.Title, a.Description = clip(a.Title, longestAlertText), clip(a.Description, longestAlertText)
	a.Resources = slices.Clone(a.Resources[:min(len(a.Resources), mostResources)])
	for i, r := range a.Resources {
		a.Resources[i] = alert.Resource{ID: clip(r.ID, 2000), Type: clip(r.Type, longestAlertWord)}
	}
	a.Log = slices.Clone(a.Log[max(0, len(a.Log)-mostTransitions):])
	for i, t := range a.Log {
		a.Log[i].From, a.Log[i].To = alert.Status(clip(string(t.From), 100)), alert.Status(clip(string(t.To), 100))
	}
	return a
}

// alertIncident is the incident that an alert is about, as it is told first.
// The portal counts versions itself.
func alertIncident(a alert.Alert, id, tenantName string) partner.Incident {
	i := a.Incident(&alert.IncidentOptions{TenantName: func(string) string { return tenantName }})
	i.ID, i.Version, i.Status = id, 0, ""
	i.TenantID = tenantKey(i.TenantID)
	i.Title, i.Summary = strings.TrimSpace(clip(i.Title, host.LongestTitle)), strings.TrimSpace(clip(i.Summary,
		host.LongestSummary))
	if len(i.Actions) == 0 { // an alert that is resolved has none, and can be opened again
		a.Status = alert.StatusActive
		i.Actions = alert.DefaultActions(a)
	}
	return i
}

// Taking is how alerts come: who asked for them, and how far that is.
type Taking struct {
	Holder string    // the worker that polls; "": somebody has handed them in
	ReadTo time.Time // all that was detected before is read now; zero: not yet
	Whole  bool      // with ReadTo: the last weeks were read anew
}

// TakeAlerts stores alerts and does what the rules say of each, in one
// transaction with how far the polling is. It returns them as they are stored,
// in their order. An alert that is known is brought up to date, and nobody is
// told of it a second time. If another worker polls by now, the error is
// host.ErrConflict and nothing is stored.
//
// An alert that is new becomes what the first of these says that holds:
//
//	the alert                                 becomes
//	was resolved before it was seen           ignored
//	names no customer, or no time             new: a person must look
//	fits a rule that ignores it               ignored
//	is like another within an hour, whose     joined: a note, or an update if
//	incident or draft goes on                 it is more severe
//	fits a rule that raises it, and partners  raised
//	look after the customer
//	is any other                              draft
func (db *DB) TakeAlerts(ctx context.Context, alerts []alert.Alert, by Taking) (taken []host.Alert, err error) {
	if err := db.needQueue(); err != nil {
		return nil, wrap(err, "alerts")
	}
	err = db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
		taken = taken[:0]
		holder, err := first(ctx, tx, text, `SELECT holder FROM alert_poll WHERE one = 1 {lock}`)
		if err == nil && by.Holder != "" && holder != by.Holder {
			err = host.ErrConflict
		}
		if err != nil {
			return err
		}
		rules, err := alertRules(ctx, tx)
		if err != nil {
			return err
		}
		for _, a := range alerts {
			one, err := db.takeAlert(ctx, tx, plainAlert(a), rules)
			if err != nil {
				return err
			}
			taken = append(taken, one)
		}
		return db.pollCame(ctx, tx, by)
	})
	return taken, wrap(err, "alerts")
}

func (db *DB) takeAlert(ctx context.Context, tx *Tx, a alert.Alert, rules []host.AlertRule) (host.Alert, error) {
	// The incident's row is locked before those of its alerts, as by an all-clear.
	const behind = `SELECT i.id FROM incidents AS i WHERE i.id IN (SELECT incident_id FROM alerts WHERE id = $1) {lock}`
	if _, err := list(ctx, tx, text, behind, a.ID); err != nil {
		return host.Alert{}, err
	}
	known, err := list(ctx, tx, scanAlert, selectAlert+`WHERE id = $1 {lock}`, a.ID)
	if err != nil {
		return host.Alert{}, err
	}
	now := db.now()
	if len(known) == 0 || known[0].State == host.AlertIgnored && known[0].Rule == "" && !known[0].Open() && a.Open() {
		one := host.Alert{Alert: a, SeenAt: now, ChangedAt: now}
		if len(known) > 0 { // it was resolved when it was first seen, and is open now
			one.SeenAt = known[0].SeenAt
		}
		rule, err := db.decideAlert(ctx, tx, &one, rules)
		if err != nil {
			return one, err
		}
		return one, saveAlert(ctx, tx, one, rule.AllClear)
	}
	one, was := known[0], known[0].Alert
	one.Alert = a
	if sameDocument(was, a) {
		return one, nil
	}
	one.ChangedAt = now
	const statement = `UPDATE alerts SET alert = $2, is_open = $3, changed_at = $4, found_by = $5 WHERE id = $1`
	if _, err := tx.exec(ctx, statement, a.ID, asJSON(a), flag(a.Open()), micros(now), alertFoundBy(a)); err != nil {
		return one, err
	}
	switch {
	case was.Open() && !a.Open():
		err = db.alertResolved(ctx, tx, one)
	case !was.Open() && a.Open():
		err = db.alertReopened(ctx, tx, &one)
	}
	return one, err
}

// sameDocument reports whether two alerts are stored in the same way.
func sameDocument(a, b alert.Alert) bool {
	x, errX := asJSON(a).Value()
	y, errY := asJSON(b).Value()
	return errX == nil && errY == nil && x == y
}

func flag(is bool) int {
	if is {
		return 1
	}
	return 0
}

// alertFoundBy is the text in which an alert is searched.
func alertFoundBy(a alert.Alert) string {
	return clip(strings.ToLower(strings.Join([]string{a.ID, a.Title, a.Type, a.CustomerTenantID, a.SubscriptionID},
		" ")), 800)
}

func saveAlert(ctx context.Context, tx *Tx, a host.Alert, allClear bool) error {
	const statement = `INSERT INTO alerts (id, alert, type, tenant_id, subscription_id, test, detected_at, is_open, state, why,
			rule, all_clear, incident_id, seen_at, changed_at, found_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
		ON CONFLICT (id) DO UPDATE SET alert = excluded.alert, is_open = excluded.is_open, state = excluded.state,
			why = excluded.why, rule = excluded.rule, all_clear = excluded.all_clear, incident_id = excluded.incident_id,
			changed_at = excluded.changed_at, found_by = excluded.found_by`
	_, err := tx.exec(ctx, statement, a.ID, asJSON(a.Alert), host.AlertType(a.Type), tenantKey(a.CustomerTenantID),
		strings.ToLower(a.SubscriptionID), flag(a.Test), micros(a.DetectedAt), flag(a.Open()), string(a.State), a.Why,
		a.Rule, flag(allClear), a.IncidentID, micros(a.SeenAt), micros(a.ChangedAt), alertFoundBy(a.Alert))
	return err
}

// The sentences on why an alert is in its state.
const (
	whyResolved = "It was resolved before the portal saw it."
	whyUnusable = "It holds something that no incident can. A person must look at it."
	whyNoRule   = "No rule fits."
	whyRule     = "A rule says so."
	whyNoOne    = "The rule would raise it, but no partner here looks after the customer."
	whyJoined   = "Another alert of this type on the same subscription came within an hour."
	whyReopened = "Microsoft has opened it again after the incident was over. A person must look at it."
	whySent     = "Somebody has raised the draft."
)

// whyNot says what an alert lacks, so that no incident can be made of it.
func whyNot(errs partner.Findings) string {
	var lacks []string
	for _, row := range []struct {
		code partner.Code
		text string
	}{
		{partner.CodeIncidentTenant, "whose tenant it is about"}, {partner.CodeIncidentDetectedAt, "when it was detected"},
	} {
		if errs.Has(row.code) {
			lacks = append(lacks, row.text)
		}
	}
	if len(lacks) == 0 {
		return whyUnusable
	}
	return "Microsoft does not say " + strings.Join(lacks, " and ") + ". A person must look at it."
}

// decideAlert is the table of [DB.TakeAlerts].
func (db *DB) decideAlert(ctx context.Context, tx *Tx, a *host.Alert, rules []host.AlertRule) (host.AlertRule, error) {
	if !a.Open() {
		a.State, a.Why = host.AlertIgnored, whyResolved
		return host.AlertRule{}, nil
	}
	name, err := tenantName(ctx, tx, a.CustomerTenantID)
	if err != nil {
		return host.AlertRule{}, err
	}
	i := alertIncident(a.Alert, host.NewIncidentID(db.now()), name)
	if i.Check().Has(partner.CodeIncidentTenantName) { // as it was imported
		i.TenantName = ""
	}
	rule := host.RuleFor(rules, a.Alert)
	a.Rule = rule.Name
	if errs := i.Check().Errors(); len(errs) > 0 {
		a.State, a.Why = host.AlertNew, whyNot(errs)
		return rule, nil
	}
	if rule.Action == host.ActIgnore {
		a.State, a.Why = host.AlertIgnored, whyRule
		return rule, nil
	}
	joined, err := db.joinAlert(ctx, tx, a)
	if err != nil || joined {
		return rule, err
	}
	a.IncidentID, a.State, a.Why = i.ID, host.AlertDraft, cmp.Or(map[bool]string{true: whyNoRule}[rule.ID == ""], whyRule)
	if rule.Action == host.ActRaise {
		n, err := first(ctx, tx, integer,
			`SELECT count(*) FROM (SELECT partner_id FROM relationships WHERE tenant_id = $1 LIMIT 1) AS one`,
			i.TenantID)
		if err != nil {
			return rule, err
		}
		if a.Why = whyNoOne; n > 0 {
			a.State, a.Why = host.AlertRaised, whyRule
			return rule, db.raiseByRule(ctx, tx, i, rule)
		}
	}
	return rule, db.draftAlert(ctx, tx, i, rule)
}

// byRule is who does what a rule says.
func byRule(r host.AlertRule) host.Person { return byName(r.Name) }

func byName(rule string) host.Person {
	if rule == "" {
		return host.Person{Name: "Microsoft's alerts"}
	}
	return host.Person{Name: "Rule: " + rule}
}

// auditRule records what a rule did, with what it did.
func (db *DB) auditRule(ctx context.Context, tx *Tx, action, subject string, by host.Person) error {
	return db.audit(ctx, tx, host.AuditEntry{Action: action, Outcome: host.AuditDone, Subject: subject,
		Channel: host.ChannelRule, Name: by.Name})
}

// What a rule does, as the audit log names it.
const (
	AuditRuleRaise    = "rule: raise an incident"
	AuditRuleUpdate   = "rule: send an update"
	AuditRuleAllClear = "rule: send the all-clear"
	AuditRuleDraft    = "rule: make a draft"
)

func (db *DB) raiseByRule(ctx context.Context, tx *Tx, i partner.Incident, rule host.AlertRule) error {
	if err := db.createIncident(ctx, tx, i, byRule(rule)); err != nil {
		return err
	}
	return db.auditRule(ctx, tx, AuditRuleRaise, i.ID, byRule(rule))
}

// draftForm is the incident as the form of the page has it. The ID is in it, so
// that whoever sends the draft raises this incident.
func draftForm(i partner.Incident) map[string][]string {
	const layout = "2006-01-02T15:04"
	tenant := i.TenantID
	if i.TenantName != "" {
		tenant = i.TenantName + " (" + i.TenantID + ")"
	}
	form := map[string][]string{
		"id": {i.ID}, "tenant": {tenant}, "kind": {string(i.Kind)}, "severity": {string(i.Severity)}, "title": {i.Title},
		"summary": {i.Summary}, "actions": {strings.Join(i.Actions, "\n")}, "detected": {i.DetectedAt.UTC().Format(layout)},
		"reference": {i.Reference},
	}
	if !i.RespondBy.IsZero() {
		form["respond"] = []string{i.RespondBy.UTC().Format(layout)}
	}
	if i.Drill {
		form["drill"] = []string{"on"}
	}
	return form
}

func (db *DB) draftAlert(ctx context.Context, tx *Tx, i partner.Incident, rule host.AlertRule) error {
	by := byRule(rule)
	const statement = `INSERT INTO saved_forms (id, template, title, form, saved_at, by_name)
		VALUES ($1, 0, $2, $3, $4, $5)`
	if _, err := tx.exec(ctx, statement, host.DraftID(i.ID), i.Title, asJSON(draftForm(i)), micros(db.now()),
		by.Name); err != nil {
		return err
	}
	return db.auditRule(ctx, tx, AuditRuleDraft, i.ID, by)
}

// joinAlert lets an alert join the incident or the draft of another one that is
// like it. It reports false if there is none that goes on.
func (db *DB) joinAlert(ctx context.Context, tx *Tx, a *host.Alert) (bool, error) {
	const alike = `SELECT a.incident_id, COALESCE(i.stands, '') FROM alerts AS a LEFT JOIN incidents AS i ON i.id = a.incident_id
		WHERE a.type = $1 AND a.tenant_id = $2 AND a.subscription_id = $3 AND a.test = $4
			AND a.detected_at BETWEEN $5 AND $6 AND a.incident_id <> ''
			AND (i.stands = 'open' OR i.id IS NULL AND a.state IN ('draft', 'joined')) AND a.id <> $7
		ORDER BY a.detected_at DESC, a.id LIMIT 1`
	type found struct {
		id     string
		stands string
	}
	others, err := list(ctx, tx, func(rs rows) (f found, err error) { return f, rs.Scan(&f.id, &f.stands) }, alike,
		host.AlertType(a.Type), tenantKey(a.CustomerTenantID), strings.ToLower(a.SubscriptionID), flag(a.Test),
		micros(a.DetectedAt.Add(-joinWithin)), micros(a.DetectedAt.Add(joinWithin)), a.ID)
	if err != nil || len(others) == 0 {
		return false, err
	}
	a.State, a.Why, a.IncidentID = host.AlertJoined, whyJoined, others[0].id
	if others[0].stands == "" { // a draft
		return true, nil
	}
	return true, db.newsOfAlert(ctx, tx, a)
}

// newsOfAlert writes a note beside the incident that an alert has joined. If
// the alert is more severe, everybody who was told hears of it.
func (db *DB) newsOfAlert(ctx context.Context, tx *Tx, a *host.Alert) error {
	title := alertIncident(a.Alert, a.IncidentID, "").Title
	by := byName(a.Rule)
	err := db.noteIncident(ctx, tx, a.IncidentID, host.LogEntry{ID: "alert " + a.ID, Kind: host.LogNote, ByName: by.Name,
		Said: "Another of Microsoft's alerts belongs to this incident: " + title})
	if err != nil {
		return err
	}
	stored, err := first(ctx, tx, scanIncident, selectIncident+`WHERE id = $1 {lock}`, a.IncidentID)
	if err != nil || !host.MoreSevere(a.Severity, stored.Incident.Severity) {
		return err
	}
	next := stored.Incident
	next.Severity, next.Version = a.Severity, next.Version+1
	v := host.IncidentVersion{Incident: next, Kind: host.VersionUpdate, At: db.now(), ByName: by.Name}
	if err := db.addVersion(ctx, tx, v); err != nil {
		return err
	}
	return db.auditRule(ctx, tx, AuditRuleUpdate, a.IncidentID, by)
}

// alertResolved is what comes of it that Microsoft says an alert is resolved:
//
//	the incident               what is done
//	goes on, all of its        the all-clear, if the rule sends it; otherwise
//	alerts are resolved        the pages suggest it
//	goes on, others are open   a note
//	is over, or a draft        nothing
func (db *DB) alertResolved(ctx context.Context, tx *Tx, a host.Alert) error {
	found, err := list(ctx, tx, scanIncident, selectIncident+`WHERE id = $1 {lock}`, a.IncidentID)
	if err != nil || len(found) == 0 || !found[0].Kind.Open() {
		return err
	}
	by := byName(a.Rule)
	err = db.noteIncident(ctx, tx, a.IncidentID,
		host.LogEntry{ID: "resolved " + a.ID + " " + strconv.FormatInt(micros(a.ChangedAt), 10),
			Kind: host.LogNote, ByName: by.Name, Said: "Microsoft says that the alert is resolved" + reasonText(a.Reason) + "."})
	if err != nil {
		return err
	}
	type left struct{ open, allClear int }
	rest, err := first(ctx, tx, func(rs rows) (l left, err error) { return l, rs.Scan(&l.open, &l.allClear) },
		`SELECT COALESCE(SUM(is_open), 0), COALESCE(MAX(CASE state WHEN 'raised' THEN all_clear ELSE 0 END), 0)
			FROM alerts WHERE incident_id = $1`, a.IncidentID)
	if err != nil || rest.open > 0 || rest.allClear == 0 {
		return err
	}
	next := found[0].Incident
	next.Version, next.Status, next.Actions, next.RespondBy = next.Version+1, partner.IncidentResolved, nil, time.Time{}
	next.Summary, next.Translations = "Microsoft says that the alert is resolved"+reasonText(a.Reason)+".", nil
	v := host.IncidentVersion{Incident: next, Kind: host.VersionAllClear, At: db.now(), ByName: by.Name}
	if err := db.addVersion(ctx, tx, v); err != nil {
		return err
	}
	return db.auditRule(ctx, tx, AuditRuleAllClear, a.IncidentID, by)
}

// reasonText is what an alert turned out to be, as the end of a sentence.
func reasonText(r alert.Reason) string {
	return map[alert.Reason]string{
		alert.ReasonFraud: ": it was fraud", alert.ReasonLegitimate: ": the activity was expected",
		alert.ReasonIgnore: ": it is an old one",
	}[r]
}

// alertReopened is what comes of it that Microsoft says an alert is open again.
func (db *DB) alertReopened(ctx context.Context, tx *Tx, a *host.Alert) error {
	found, err := list(ctx, tx, scanIncident, selectIncident+`WHERE id = $1`, a.IncidentID)
	if err != nil || len(found) == 0 {
		return err
	}
	if found[0].Kind.Open() {
		err := db.noteIncident(ctx, tx, a.IncidentID,
			host.LogEntry{ID: "reopened " + a.ID + " " + strconv.FormatInt(micros(a.ChangedAt), 10),
				Kind: host.LogNote, ByName: byName(a.Rule).Name, Said: "Microsoft has opened the alert again."})
		return err
	}
	a.State, a.Why, a.Reply = host.AlertNew, whyReopened, ""
	_, err = tx.exec(ctx, `UPDATE alerts SET state = $2, why = $3, reply = '' WHERE id = $1`, a.ID, string(a.State), a.Why)
	return err
}
