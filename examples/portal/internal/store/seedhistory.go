package store

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/alert"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// seedPiece is how many rows are made before they are copied.
const seedPiece = 20_000

// largeSeed copies the rows of [DB.SeedLarge].
type largeSeed struct {
	Large
	ctx context.Context
	tx  pgx.Tx
	now time.Time

	pieces map[string][][]any // of tables, not copied yet
}

// LargePartner is the tenant of the partner with a number.
func LargePartner(i int) string { return fmt.Sprintf("%s%012x", seedPrefix, i) }

// asText is the JSON of v, as COPY takes it.
func asText(v any) any {
	text, err := asJSON(v).Value()
	if err != nil {
		panic(err) // what is made up has a JSON form
	}
	return text
}

// copy copies n rows.
func (s *largeSeed) copy(table string, columns []string, n int, row func(i int) []any) error {
	rows := pgx.CopyFromSlice(n, func(i int) ([]any, error) { return row(i), nil })
	_, err := s.tx.CopyFrom(s.ctx, pgx.Identifier{table}, columns, rows)
	return err
}

func (s *largeSeed) rows(table string, columns []string, rows [][]any) error {
	return s.copy(table, columns, len(rows), func(i int) []any { return rows[i] })
}

// seedColumns are those of the tables of the history.
var seedColumns = []struct {
	table   string
	columns []string
}{
	{"incidents", []string{"id", "incident", "raised_at", "raised_by", "status", "partners", "version", "kind", "stands",
		"severity", "what", "drill", "tenant_id", "found_by", "owner_id", "owner_name"}},
	{"incident_versions", []string{"incident_id", "version", "kind", "incident", "at", "by_name"}},
	{"incident_log", []string{"incident_id", "id", "at", "kind", "case_id", "company_name", "by_name", "said"}},
	{"cases", []string{"id", "incident_id", "version", "partner_tenant_id", "opened_at", "state", "answered_at", "look_at",
		"respond_at", "taken", "company_name", "opened"}},
	{"case_events", []string{"case_id", "source", "at", "kind", "notification_id", "by_id", "by_name", "address", "said"}},
	{"deliveries", []string{"id", "incident_id", "partner_tenant_id", "company_name", "topic", "own_tenant", "rights",
		"recipient", "gap", "why", "state", "attempts", "problem", "updated_at", "case_id", "step", "asked_at",
		"unanswered_since", "version"}},
	{"delivery_counts", []string{"incident_id", "state", "n"}},
	{"alerts", []string{"id", "alert", "type", "tenant_id", "subscription_id", "test", "detected_at", "is_open", "state",
		"why", "rule", "incident_id", "seen_at", "changed_at", "found_by"}},
	{"audit_log", []string{"number", "at", "action", "outcome", "status", "subject", "tenant_id", "channel", "request",
		"digests", "hash"}},
	{"audit_about", []string{"about", "number", "action"}},
	{"audit_personal", []string{"number", "name", "salt", "value"}},
	{"customer_contacts", []string{"tenant_id", "customer_id", "name", "email", "created_at", "created_by"}},
	{"import_items", []string{"import_id", "kind", "subject", "at_row", "at_line", "name", "verdict", "wanted", "note",
		"contact", "changes", "base", "base2", "data"}},
	{"import_problems", []string{"import_id", "at_row", "at_line", "name", "wrong", "findings"}},
}

func (s *largeSeed) add(table string, row ...any) { s.pieces[table] = append(s.pieces[table], row) }

// flush copies what was added, if it is much.
func (s *largeSeed) flush(least int) error {
	for _, t := range seedColumns {
		if rows := s.pieces[t.table]; len(rows) >= max(least, 1) {
			if err := s.rows(t.table, t.columns, rows); err != nil {
				return err
			}
			s.pieces[t.table] = rows[:0]
		}
	}
	return nil
}

// largeIncident is one of the history.
type largeIncident struct {
	title    string
	ago      time.Duration
	from, to int // of the partners, those that it concerns
	tenant   string
	answered float64 // what part has answered
	failed   float64 // of what part the mail was refused
	resolved bool
	drill    bool
}

func (s *largeSeed) history() error {
	s.pieces = map[string][][]any{}
	n := s.Partners
	part := func(f float64) int { return int(f * float64(n)) }
	const day = 24 * time.Hour
	incidents := []largeIncident{
		{title: "A third of all, most have answered", ago: 5 * time.Hour, to: part(.3), answered: .6, failed: .01},
		{title: "Over, and most had answered", ago: 40 * day, from: part(.3), to: part(.5), answered: .7, failed: .01,
			resolved: true},
		{title: "Hardly anybody has answered", ago: 3 * time.Hour, from: part(.5), to: part(.6), answered: .001},
		{title: "Nearly everybody has answered", ago: 2 * day, from: part(.6), to: part(.7), answered: .9995},
		{title: "Over, and the mail server refused it all", ago: 20 * day, from: part(.7), to: part(.75), failed: 1,
			resolved: true},
		{title: "A drill", ago: 6 * time.Hour, from: part(.75), to: part(.8), answered: .5, drill: true},
	}
	for i := range incidents {
		incidents[i].tenant = s.Everybodys
	}
	small := n / 50
	for i := range small {
		c := i * max(1, s.Customers/max(small, 1))
		incidents = append(incidents, largeIncident{
			title: fmt.Sprintf("Sign-ins with a stolen password %d", i), tenant: LargeCustomer(c),
			ago:  time.Duration(i)*2*365*day/time.Duration(small) + 7*time.Hour,
			from: c % n, to: c%n + 1, answered: float64(i % 3 % 2), failed: .03, resolved: i%10 != 0, drill: i%25 == 0,
		})
	}
	for number, i := range incidents {
		if number < 7 || number%5000 == 0 {
			s.Say(fmt.Sprintf("copies incident %d of %d", number, len(incidents)))
		}
		if err := s.incident(number, i); err != nil {
			return err
		}
	}
	s.Say("copies alerts")
	if err := s.alerts(n/10, small); err != nil {
		return err
	}
	s.Say("copies the audit log")
	if err := s.auditLog(n / 2); err != nil {
		return err
	}
	s.Say("copies an import")
	if err := s.anImport(n / 10); err != nil {
		return err
	}
	for i := range min(n/20, s.Customers) {
		s.add("customer_contacts", LargePartner(i), LargeCustomer(i), "Desk", fmt.Sprintf("desk%d@customer.example", i),
			micros(s.now), "Kim Specimen")
	}
	for i := range min(largestCustomers, s.Customers/10) {
		if i%4 == 0 {
			s.add("customer_contacts", host.ContosoTenantID, LargeCustomer(i), "Desk", "desk@contoso.com", micros(s.now),
				"Kim Specimen")
		}
	}
	return s.flush(0)
}

// LargeIncident is the ID of the incident of the history with a number. The
// first six concern many partners.
func LargeIncident(number int) string { return fmt.Sprintf("INC-LARGE-%07d", number) }

func (s *largeSeed) incident(number int, of largeIncident) error {
	kinds := []partner.IncidentKind{partner.CredentialCompromise, partner.Phishing, partner.Malware, partner.DataExposure}
	severities := []partner.IncidentSeverity{partner.IncidentHigh, partner.IncidentMedium, partner.IncidentLow}
	raised := s.now.Add(-of.ago).UTC().Truncate(time.Second)
	i := partner.Incident{
		ID: LargeIncident(number), TenantID: of.tenant, Kind: kinds[number%len(kinds)],
		Severity: severities[number%len(severities)], Title: of.title, Drill: of.drill,
		Summary:    "An account with delegated rights signed in from two countries within ten minutes.",
		Actions:    []string{"Block sign-in for the account", "Revoke its sessions", "Review what it changed"},
		DetectedAt: raised, RespondBy: raised.Add(24 * time.Hour), Reference: "https://contoso.example/incidents/load",
	}
	now, kind, owner := i, host.VersionRaised, []string{"", ""}
	if number%3 == 0 {
		owner = []string{host.ProviderTenantID + "/0be2a702-0000-4000-8000-0000000000a5", "Olu Operator"}
	}
	s.add("incident_versions", i.ID, 0, string(host.VersionRaised), asText(i), micros(raised), "Robin Specimen")
	s.add("incident_log", i.ID, versionLogID(0), micros(raised), string(host.VersionRaised), "", "", "Robin Specimen", "")
	over := raised.Add(30 * time.Hour)
	if of.resolved {
		now.Version, now.Status, kind = 1, partner.IncidentResolved, host.VersionAllClear
		s.add("incident_versions", i.ID, 1, string(kind), asText(now), micros(over), "Robin Specimen")
		s.add("incident_log", i.ID, versionLogID(1), micros(over), string(kind), "", "", "Robin Specimen", "")
	}
	drill := 0
	if of.drill {
		drill = 1
	}
	s.add("incidents", i.ID, asText(now), micros(raised), "Robin Specimen", string(host.IncidentRouted), of.to-of.from,
		now.Version, string(kind), string(kind.Stands()), severityRank(i.Severity), string(i.Kind), drill, i.TenantID,
		foundBy(now), owner[0], owner[1])
	sums := map[host.DeliveryState]int{}
	for p := of.from; p < of.to; p++ {
		s.told(i, of, p, raised, over, sums)
		if err := s.flush(seedPiece); err != nil {
			return err
		}
	}
	for state, n := range sums {
		s.add("delivery_counts", i.ID, string(state), n)
	}
	return nil
}

// told is what one incident came to at one partner.
func (s *largeSeed) told(
	i partner.Incident, of largeIncident, number int, raised, over time.Time, sums map[host.DeliveryState]int,
) {
	profile, people := demoReseller(number)
	impact := partner.Impact{
		PartnerTenantID: profile.TenantID, CompanyName: profile.CompanyName, SecurityContact: profile.SecurityContact,
		Rights: partner.Reseller | partner.GranularAdmin,
	}
	for _, one := range people {
		if one.GlobalAdmin {
			impact.GlobalAdmins = append(impact.GlobalAdmins, one.Recipient)
		} else {
			impact.AdminAgents = append(impact.AdminAgents, one.Recipient)
		}
	}
	routing := partner.Routing{}
	route := routing.Route(i, impact)
	deliver := func(row deliveryRow, caseID any, state host.DeliveryState, problem string, at time.Time) {
		sums[state]++
		s.add("deliveries", row.ID, i.ID, row.PartnerTenantID, row.CompanyName, string(row.Topic), row.OwnTenant,
			asText(row.Rights), asText(row.Recipient), string(row.Gap), row.Why, string(state), 1, problem, micros(at), caseID,
			row.Step, micros(at), row.UnansweredSince, 0)
	}
	if len(route.Recipients) == 0 {
		deliver(nobodyRow(i, route), nil, host.DeliveryNobody, "", raised)
		return
	}
	policy := escalation.DefaultPolicy(routing, i, impact)
	c := escalation.Case{Incident: i, Route: route, Policy: policy, OpenedAt: raised}
	c.Route.Recipients = nil
	id := host.CaseID(i.ID, 0, profile.TenantID)
	// chance is the same for a partner each time, and spreads evenly.
	chance := float64(number*7919%10_000) / 10_000
	answered, failed := chance < of.answered, float64(number*104_729%10_000)/10_000 < of.failed
	state, taken, answeredAt, look := escalation.StateWaiting, 0, time.Time{}, s.now.AddDate(10, 0, 0)
	event := func(source string, at time.Time, kind escalation.EventKind, by, said string) {
		s.add("case_events", id, source, micros(at), string(kind), "", "", by, "198.51.100.7", said)
	}
	if answered {
		answeredAt = raised.Add(time.Duration(number%120) * time.Minute)
		state, taken = escalation.StateAcknowledged, 1
		event("form", answeredAt, escalation.EventAcknowledged, "Kim Specimen", "I am on it")
		s.add("incident_log", i.ID, id+" form", micros(answeredAt), string(escalation.EventAcknowledged), id,
			profile.CompanyName, "Kim Specimen", "I am on it")
	}
	if !answered && chance > .97 {
		state = escalation.StateExhausted
	}
	if of.resolved {
		state, look = escalation.StateResolved, time.Time{}
		if answeredAt.IsZero() {
			answeredAt = over
		}
		event("version 1", over, escalation.EventResolved, "Robin Specimen", "")
	}
	s.add("cases", id, i.ID, 0, profile.TenantID, micros(raised), string(state), micros(answeredAt), micros(look),
		micros(i.RespondBy), taken, profile.CompanyName, asText(c))
	became, problem := host.DeliverySent, ""
	if failed {
		became, problem = host.DeliveryFailed, "550 5.1.1: there is no such mailbox"
	}
	for _, due := range c.At(raised.Add(90 * time.Minute)).Due {
		row := newDueRow(i.ID, due)
		switch {
		case due.Notification.Recipient.Medium == partner.MediumPhone:
			if state == escalation.StateWaiting && number%10 == 0 {
				deliver(row, id, host.DeliveryCall, "", raised.Add(time.Hour))
			}
		case due.At.Equal(raised):
			row.Why = route.Why()
			deliver(row, id, became, problem, raised.Add(time.Minute))
		}
	}
}

// alerts are Microsoft's of a year. One of a hundred waits for a person.
func (s *largeSeed) alerts(n, incidents int) error {
	types := []string{"networkConnectionsToCryptoMiningPools", "unusualSignIn", "massDeletion", "newCredential",
		"impossibleTravel", "suspiciousSpend", "leakedSecret", "adminAdded", "mailRule", "tokenReplay"}
	for i := range n {
		seen := s.now.Add(-time.Duration(i) * 365 * 24 * time.Hour / time.Duration(n)).UTC().Truncate(time.Second)
		tenant := LargeCustomer(i * max(1, s.Customers/max(n, 1)))
		a := alert.Alert{
			ID:               fmt.Sprintf("%08x-0000-4000-8000-000000000000_%08x-0000-4000-8000-000000000001", i, i),
			CustomerTenantID: tenant, SubscriptionID: fmt.Sprintf("50b50000-0000-4000-8000-%012x", i%5000),
			Type: types[i%len(types)], Title: "Something unusual on a subscription",
			Description: "Virtual machines of the subscription talk to pools in which currency is mined.",
			Severity:    partner.IncidentHigh, Status: alert.StatusResolved, DetectedAt: seen, FirstObservedAt: seen,
			LastObservedAt: seen, ResolvedAt: seen.Add(3 * time.Hour),
		}
		state, incident := host.AlertRaised, LargeIncident(6+i%max(incidents, 1))
		switch part := i % 100; {
		case part == 0:
			state, incident = host.AlertNew, ""
		case part < 30:
			state, incident = host.AlertIgnored, ""
		case part < 40:
			state = host.AlertJoined
		}
		s.add("alerts", a.ID, asText(a), host.AlertType(a.Type), tenantKey(tenant), a.SubscriptionID, 0, micros(seen), 0,
			string(state), "A rule says so.", "Crypto mining", incident, micros(seen), micros(seen), alertFoundBy(a))
		if err := s.flush(seedPiece); err != nil {
			return err
		}
	}
	return nil
}

// auditLog goes on where the log of the demonstration ends.
func (s *largeSeed) auditLog(n int) error {
	var number int64
	var hash string
	if err := s.tx.QueryRow(s.ctx, `SELECT number, hash FROM audit_head WHERE one = 1`).Scan(&number, &hash); err != nil {
		return err
	}
	actions := []string{"GET /coverage.csv", "POST /incidents", "POST /incidents/{id}/notes", "POST /calls/{id}",
		"POST /settings/account/profile/legal/security-contact/save", "POST /partners/{id}/ask", "sign-in", "POST /tokens"}
	for i := range n {
		e := host.AuditEntry{
			Number: number + int64(i) + 1, At: s.now.Add(-time.Duration(n-i) * time.Second).UTC().Truncate(time.Microsecond),
			Action: actions[i/2%len(actions)], Outcome: host.AuditBegun, Channel: string(partner.Portal),
			Request: fmt.Sprintf("large%012d", i/2), Subject: LargeIncident(i % 1000), TenantID: host.ProviderTenantID,
			PersonID: "operator-" + strconv.Itoa(i/2%20), Name: fmt.Sprintf("Robin Specimen %d", i/2%20),
			Address: fmt.Sprintf("198.51.100.%d", i/2%250),
		}
		if i/2%4 == 0 {
			of := i / 2 % s.Partners
			e.TenantID, e.PersonID, e.Name = LargePartner(of), LargePartner(of)+"/0",
				fmt.Sprintf("Kim Specimen %d", of)
			e.Subject = ""
		}
		if i%2 == 1 {
			e.Outcome, e.Status = host.AuditDone, 303
		}
		digests := map[string]string{}
		for _, name := range personalNames {
			value, salt := personal(e)[name], fmt.Sprintf("salt%d", i)
			digests[name] = sum(salt, value)
			s.add("audit_personal", e.Number, name, salt, value)
		}
		hash = auditHash(hash, e, digests)
		s.add("audit_log", e.Number, micros(e.At), e.Action, string(e.Outcome), e.Status, e.Subject, e.TenantID, e.Channel,
			e.Request, asText(digests), hash)
		if e.Action == "POST /calls/{id}" { // of the incident that concerns all
			s.add("audit_about", LargeIncident(0), e.Number, e.Action)
		}
		if err := s.flush(seedPiece); err != nil {
			return err
		}
	}
	_, err := s.tx.Exec(s.ctx, `UPDATE audit_head SET number = $1, hash = $2 WHERE one = 1`, number+int64(n), hash)
	return err
}

// LargeImport is the ID of the import of the history.
const LargeImport = "large-import"

func (s *largeSeed) anImport(n int) error {
	by := host.Person{Name: "Robin Specimen", Operator: true}
	verdicts := []host.ImportVerdict{host.ImportNew, host.ImportChanged, host.ImportSame}
	counts := host.ImportCounts{Rows: n, Wrong: n / 20, Advice: n / 20}
	counts.Verdicts = map[host.ImportKind]map[host.ImportVerdict]int{
		host.ImportPartner: {host.ImportNew: n / 3, host.ImportChanged: n / 3, host.ImportSame: n / 3},
	}
	const statement = `INSERT INTO imports (id, state, file_name, by_person, channel, options, layout, counts, begun_at, saved_at)
		VALUES ($1, 'saved', 'partners.csv', $2, 'portal', '{}', $3, $4, $5, $5)`
	layout := host.ImportLayout{Format: "CSV", Encoding: "UTF-8"}
	if _, err := s.tx.Exec(s.ctx, statement, LargeImport, asText(by), asText(layout), asText(counts),
		micros(s.now)); err != nil {
		return err
	}
	for i := range n {
		row, name := i+2, fmt.Sprintf("Company %d", i)
		s.add("import_items", LargeImport, string(host.ImportPartner), LargePartner(i), row, row, name,
			string(verdicts[i%len(verdicts)]), "digest", "", false, "[]", "digest", "digest", "{}")
		if i%10 == 0 {
			s.add("import_problems", LargeImport, row, row, name, i%20 == 0, "[]")
		}
		if err := s.flush(seedPiece); err != nil {
			return err
		}
	}
	return nil
}
