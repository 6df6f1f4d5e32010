// Quickstart shows the whole library on two screens: a change of a security
// contact, and one of Microsoft's alerts from the desk to its all-clear.
//
//	go run ./examples/quickstart [-language TAG] [PROFILE.json [CONTACT.json]]
//
// PROFILE.json is a legal business profile as Partner Center's API returns it.
// CONTACT.json is the security contact that somebody proposes for it. Without
// arguments it takes those in this folder. Nothing is changed or sent.
package main

import (
	"context"
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/cspkit/partner"
)

//go:embed profile.json
var sampleProfile []byte

//go:embed contact.json
var sampleContact []byte

func main() {
	if err := run(os.Stdout, os.Args[1:]); err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(os.Stderr, "quickstart:", err)
			os.Exit(1)
		}
	}
}

func run(out io.Writer, args []string) error {
	in, err := load(out, args)
	if err != nil {
		return err
	}
	profile := in.profile

	fmt.Fprintln(out, "== May they change the security contact?")
	for _, role := range []partner.Role{partner.BillingAdmin, partner.GlobalAdmin} {
		for _, channel := range []partner.Channel{partner.Portal, partner.API} {
			by := partner.Actor{ID: "demo", TenantID: profile.TenantID, Roles: []partner.Role{role}, Channel: channel}
			request := partner.Request{Actor: by, Action: partner.UpdateSecurityContact, TenantID: profile.TenantID}
			answer := "yes"
			if decision := partner.DefaultPolicy().Decide(request); !decision.Allowed {
				answer = "no: " + string(decision.Reason)
			}
			fmt.Fprintf(out, "%-14s %-7s %s\n", role, channel, answer)
		}
	}

	fmt.Fprintln(out, "\n== A Global admin changes it in the portal")
	proposed := profile
	proposed.SecurityContact = in.contact.Normalize(profile.Address.Country) // reads national phone numbers
	if profile, err = revise(out, profile, proposed, in.language); err != nil {
		return err
	}

	fmt.Fprintln(out, "\n== Then the primary contact")
	proposed = profile
	proposed.PrimaryContact = partner.PrimaryContact{
		FirstName: "Alex", LastName: "Newcomer", Email: "alex.newcomer@example.com", Phone: "+14255550155",
	}
	if profile, err = revise(out, profile, proposed, in.language); err != nil {
		return err
	}
	return tell(out, profile, in.language)
}

// revise makes the change as a Global admin in the portal and prints what comes
// of it. It returns the profile to store.
func revise(
	out io.Writer, current, proposed partner.LegalProfile, language string,
) (partner.LegalProfile, error) {
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
		fmt.Fprintf(out, "advice   %-30s %s\n", finding.Path, finding.Code.MessageIn(language))
	}
	for _, notice := range revision.Notices("revision-1") {
		notice.Recipient.Language = language
		fmt.Fprintf(out, "mail     %-30s %s\n", notice.Recipient.Address(), notice.Message().Subject)
	}
	fmt.Fprintln(out, "account verification:", revision.Verification)
	return revision.After, nil
}
