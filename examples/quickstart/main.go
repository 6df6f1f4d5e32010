// Quickstart shows the whole library on one screen: a change of a security
// contact, and two incidents.
//
//	go run ./examples/quickstart [PROFILE.json [CONTACT.json]]
//
// PROFILE.json is a legal business profile as Partner Center's API returns it.
// CONTACT.json is the security contact that somebody proposes for it. Without
// arguments it takes those in this folder.
package main

import (
	"context"
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/cspkit/partner"
)

//go:embed profile.json
var sampleProfile []byte

//go:embed contact.json
var sampleContact []byte

// The customer whose tenant the incidents hit.
const (
	customerTenant = "c0ffee00-2b5d-4a3e-9d61-7f8091a2b3c4"
	customerName   = "Adventure Works"
)

func main() {
	if err := run(os.Stdout, os.Args[1:]); err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(os.Stderr, "quickstart:", err)
			os.Exit(1)
		}
	}
}

func run(out io.Writer, args []string) error {
	profile, contact, err := load(out, args)
	if err != nil {
		return err
	}

	fmt.Fprintln(out, "== Who may do what, in the portal and through the API")
	may(out, profile, partner.BillingAdmin)
	may(out, profile, partner.GlobalAdmin)

	fmt.Fprintln(out, "\n== A Global admin changes the security contact in the portal")
	proposed := profile
	proposed.SecurityContact = contact.Normalize(profile.Address.Country) // reads national phone numbers
	revised, err := revise(out, profile, proposed)
	if err != nil {
		return err
	}

	fmt.Fprintln(out, "\n== Then the primary contact")
	proposed = revised
	proposed.PrimaryContact = partner.PrimaryContact{
		FirstName: "Alex", LastName: "Newcomer", Email: "alex.newcomer@example.com", Phone: "+14255550155",
	}
	if revised, err = revise(out, revised, proposed); err != nil {
		return err
	}

	for _, incident := range incidents() {
		fmt.Fprintf(out, "\n== Incident %s: %s\n", incident.ID, incident.Title)
		if err := tell(out, incident, impacts(revised)); err != nil {
			return err
		}
	}
	return nil
}

// may prints what the policy says to somebody with the role.
func may(out io.Writer, profile partner.LegalProfile, role partner.Role) {
	for _, action := range []partner.Action{
		partner.ViewLegalProfile, partner.UpdateLegalBusiness, partner.UpdatePrimaryContact, partner.UpdateSecurityContact,
	} {
		fmt.Fprintf(out, "%-14s %-24s", role, action)
		for _, channel := range []partner.Channel{partner.Portal, partner.API} {
			by := partner.Actor{ID: "demo", TenantID: profile.TenantID, Roles: []partner.Role{role}, Channel: channel}
			decision := partner.DefaultPolicy().Decide(partner.Request{Actor: by, Action: action, TenantID: profile.TenantID})
			answer := "yes"
			if !decision.Allowed {
				answer = "no (" + string(decision.Reason) + ")"
			}
			fmt.Fprintf(out, "  %s: %-12s", channel, answer)
		}
		fmt.Fprintln(out)
	}
}

// revise makes the change as a Global admin in the portal and prints what comes
// of it. It returns the profile to store.
func revise(out io.Writer, current, proposed partner.LegalProfile) (partner.LegalProfile, error) {
	admin := partner.Actor{
		ID: "demo", TenantID: current.TenantID, Roles: []partner.Role{partner.GlobalAdmin}, Channel: partner.Portal,
	}
	revision, err := partner.Revise(context.Background(), partner.DefaultPolicy(), admin, current, proposed)
	if errors.Is(err, partner.ErrUnchanged) {
		fmt.Fprintln(out, "nothing to change")
		return current, nil
	}
	if err != nil {
		return current, err
	}
	for _, change := range revision.Changes() {
		fmt.Fprintf(out, "changed  %-30s %q -> %q\n", change.Field, change.Before, change.After)
	}
	for _, finding := range revision.Advice {
		fmt.Fprintf(out, "advice   %-30s %s\n", finding.Path, finding.Message)
	}
	fmt.Fprintf(out, "account verification: %s\n", revision.Verification)
	for _, notice := range revision.Notices("revision-1") {
		mail(out, notice)
	}
	return revision.After, nil
}

// impacts are the partners that an incident on the customer concerns. A host
// reads them from its database: its Directory does, if it uses a Dispatcher.
func impacts(profile partner.LegalProfile) []partner.Impact {
	return []partner.Impact{{
		PartnerTenantID: profile.TenantID,
		CompanyName:     profile.CompanyName,
		Rights:          partner.Reseller | partner.GranularAdmin,
		SecurityContact: profile.SecurityContact,
		AdminAgents:     []partner.Recipient{{Email: "azure-agents@contoso.com"}},
	}, {
		PartnerTenantID: "5e0b6c1d-7a34-4f29-b8c7-90d1e2f3a4b5",
		CompanyName:     "Fabrikam Reseller",
		Rights:          partner.Reseller,
	}}
}

// tell prints who is told of the incident and why, and what each is mailed.
// Each step is a function without side effects. A host that wants concurrency
// gives its Directory and its Notifier to partner.NewDispatcher, which takes
// the same steps.
func tell(out io.Writer, incident partner.Incident, impacts []partner.Impact) error {
	if err := incident.Validate(); err != nil {
		return err
	}
	var routing partner.Routing // as Microsoft's page says
	for _, impact := range impacts {
		route := routing.Route(incident, impact)
		fmt.Fprintf(out, "\n%s: %s\n", route.CompanyName, route.Why())
		for _, notification := range route.Notifications(incident) {
			mail(out, notification) // a host hands it to its mail server, or stores it in a queue
		}
	}
	return nil
}

// mail prints a notification as it would be mailed.
func mail(out io.Writer, n partner.Notification) {
	message := n.Message()
	fmt.Fprintf(out, "\n    To: %s\n    Subject: %s\n\n", n.Recipient.Email, message.Subject)
	for line := range strings.Lines(message.Text) {
		fmt.Fprintln(out, strings.TrimRight("    "+line, " \n"))
	}
}

func incidents() []partner.Incident {
	detected := time.Date(2026, time.November, 20, 9, 30, 0, 0, time.UTC)
	return []partner.Incident{{
		ID: "INC-1001", TenantID: customerTenant, TenantName: customerName, Kind: partner.CredentialCompromise,
		Severity: partner.IncidentHigh, Title: "Sign-ins with a stolen password",
		Summary: "An account with delegated rights signed in from two countries within ten minutes.",
		Actions: []string{
			"Block sign-in for the account",
			"Revoke its sessions and refresh tokens",
			"Review what it changed in the last 24 hours",
		},
		DetectedAt: detected, RespondBy: detected.Add(24 * time.Hour), Reference: "https://example.com/incidents/INC-1001",
	}, {
		ID: "INC-1002", TenantID: customerTenant, TenantName: customerName, Kind: partner.AzureFraud,
		Severity: partner.IncidentMedium, Title: "Virtual machines that mine cryptocurrency",
		Actions: []string{"Stop the virtual machines",
			"Cancel the Azure subscription if nobody at the customer knows them"},
		DetectedAt: detected,
	}}
}
