package main

import (
	"bytes"
	_ "embed"
	"fmt"
	"io"
	"path"
	"strings"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/alert"
	"github.com/cspkit/partner/challenge"
	"github.com/cspkit/partner/escalation"
)

// What Microsoft Graph answers to GET /security/partner/securityAlerts, and
// later to the ID of one alert. An alert.Client fetches it.
var (
	//go:embed alerts.json
	alerts []byte
	//go:embed resolved.json
	resolved []byte
)

// tell is one alert at one partner, in virtual time. A host keeps the case, its
// events and the IDs of what it has sent in its database. For many partners, it
// gives its Directory and its Notifier to partner.NewDispatcher.
func tell(out io.Writer, profile partner.LegalProfile, language string) error {
	now := time.Date(2026, time.November, 23, 14, 5, 0, 0, time.UTC)
	chapter := func(title string) { fmt.Fprintf(out, "\n== %s: %s\n", now.Format("2 January, 15:04"), title) }
	issuer, err := challenge.NewIssuer(bytes.Repeat([]byte("demo"), 8)) // a host has random keys
	if err != nil {
		return err
	}
	impact := partner.Impact{ // what the host knows of the partner who looks after the customer
		PartnerTenantID: profile.TenantID, CompanyName: profile.CompanyName, Language: language,
		Rights:          partner.Reseller | partner.GranularAdmin,
		SecurityContact: profile.SecurityContact,
		AdminAgents:     []partner.Recipient{{Email: "azure-agents@contoso.com"}},
		GlobalAdmins:    []partner.Recipient{{Email: "admin@contoso.com"}},
	}
	var routing partner.Routing // as Microsoft's page says
	options := &alert.IncidentOptions{TenantName: func(string) string { return "Adventure Works" }}

	chapter("Microsoft's alerts are fetched")
	page, err := alert.DecodeGraph(alerts)
	if err != nil {
		fmt.Fprintln(out, "not read:", err) // it hides no other
	}
	var open escalation.Case
	for _, a := range page.Alerts {
		incident := a.Incident(options)
		route := routing.Route(incident, impact)
		fmt.Fprintf(out, "%s (%s)\n  %s\n  %s\n", a.Title, a.Status, incident.Kind, route.Why())
		if a.Open() {
			open = escalation.NewCase(routing, incident, impact, now)
		}
	}

	chapter("the security contact is mailed, with a link and a code")
	mailed := open.At(now).Due[0].Notification
	claim := challenge.Claim{Purpose: "acknowledge", Subject: mailed.ID, Expires: now.Add(24 * time.Hour)}
	token, code, err := issuer.Issue(claim)
	if err != nil {
		return err
	}
	mailed.Answer = partner.Answer{URL: "https://partners.example.com/answer/" + token, Code: code}
	message := mailed.Message()
	fmt.Fprintf(out, "\n    To: %s\n    Subject: %s\n\n", mailed.Recipient.Address(), message.Subject)
	for line := range strings.Lines(message.Text) {
		fmt.Fprintln(out, strings.TrimRight("    "+line, " \n"))
	}

	now = open.At(now).Next
	chapter("nobody has answered, so the phone rings")
	for _, due := range open.At(now).Due[1:] {
		to := due.Notification.Recipient
		fmt.Fprintf(out, "%s %s\n  %s\n", to.Medium, to.Address(), due.Notification.Message().Subject)
	}

	now = now.Add(12 * time.Minute)
	chapter("the page of the link is answered")
	token = path.Base(mailed.Answer.URL)
	if claim, err = issuer.Verify("acknowledge", token, now); err != nil {
		return err
	}
	fmt.Fprintln(out, "a mail scanner, which has no code:", issuer.VerifyCode(token, ""))
	typed := strings.ToLower(mailed.Answer.Code)
	fmt.Fprintln(out, "a person, who types it from the mail:", issuer.VerifyCode(token, typed))
	fmt.Fprintln(out, "it answers the mail above:", claim.Subject == mailed.ID)
	open.Events = append(open.Events, escalation.Event{Kind: escalation.EventAcknowledged, At: now})
	status := open.At(now)
	fmt.Fprintf(out, "the case is %s; nobody else is told before %s\n", status.State, status.Next.Format("15:04"))

	now = now.Add(2*time.Hour + 13*time.Minute)
	chapter("Microsoft's alert is resolved, and the all-clear follows")
	later, err := alert.DecodeGraph(resolved)
	if err != nil {
		return err
	}
	over := later.Alerts[0].Incident(options)
	open.Events = append(open.Events, escalation.Event{Kind: escalation.EventResolved, At: now})
	fmt.Fprintf(out, "the case is %s\n", open.At(now).State)
	for _, n := range routing.Route(over, impact).Notifications(over) {
		fmt.Fprintf(out, "%s\n  %s\n", n.Recipient.Address(), n.Message().Subject)
		fmt.Fprintf(out, "  version %d, in the thread of the first mail: %t\n", n.Incident.Version, n.Thread == mailed.ID)
	}

	now = time.Date(2026, time.November, 30, 12, 0, 0, 0, time.UTC)
	chapter("were the alerts of 30 days answered within 24 hours on average?")
	month := alert.Strictest([]alert.Alert{page.Alerts[0], later.Alerts[0]}, now)
	met, known := month.Met(24 * time.Hour)
	fmt.Fprintf(out, "%d alerts, %d still open\n", month.Counted, month.Open)
	fmt.Fprintf(out, "%v on average, %v at the most\n", month.Mean.Round(time.Minute), month.Longest.Round(time.Minute))
	fmt.Fprintf(out, "known: %t, met: %t, even as the strictest reading has it\n", known, met)
	return nil
}
