package partner_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/mail"
	"net/textproto"
	"strings"
	"sync"
	"time"

	"github.com/cspkit/partner"
)

const (
	exampleContoso  = "3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10"
	exampleFabrikam = "c0a8e7d1-2f64-4d0b-a1c9-5b3e8f7a6d42"
	exampleCustomer = "9a8b7c6d-5e4f-4032-8110-2f3e4d5c6b7a"
)

// exampleIncident happened on a customer's tenant.
func exampleIncident() partner.Incident {
	return partner.Incident{
		ID: "INC-2026-0042", TenantID: exampleCustomer, TenantName: "Adventure Works",
		Kind: partner.CredentialCompromise, Severity: partner.IncidentHigh,
		Title:      "Sign-ins with stolen tokens",
		Actions:    []string{"Revoke all sessions.", "Reset the passwords."},
		DetectedAt: time.Date(2026, time.November, 23, 14, 5, 0, 0, time.UTC),
	}
}

// exampleImpact is a partner that may administer the customer's tenant.
func exampleImpact() partner.Impact {
	return partner.Impact{
		PartnerTenantID: exampleContoso, CompanyName: "Contoso", Rights: partner.GranularAdmin,
		SecurityContact: partner.NewGroupContact("Contoso SOC", "soc@contoso.com", "+14255550100"),
	}
}

// exampleDirectory yields partners that are known beforehand.
func exampleDirectory(impacts ...partner.Impact) partner.Directory {
	return partner.DirectoryFunc(func(context.Context, string) iter.Seq2[partner.Impact, error] {
		return func(yield func(partner.Impact, error) bool) {
			for _, impact := range impacts {
				if !yield(impact, nil) {
					return
				}
			}
		}
	})
}

// What comes from a form or a queue is checked before anybody is told. Dispatch
// does the same, and tells nobody of an incident that is invalid.
func ExampleIncident_Check() {
	incident := exampleIncident()
	incident.Kind = "identity.password_spray" // the host's own
	incident.Actions = append(incident.Actions, "")
	incident.RespondBy = incident.DetectedAt.AddDate(0, 0, -1)
	incident.Reference = "https://xn--micrsoft-qbh.com/42" // one letter is Cyrillic
	for _, f := range incident.Check() {
		fmt.Println(f.Severity, f.Path, f.Code)
	}

	incident.Actions = incident.Actions[:2]
	incident.RespondBy = time.Time{} // at once
	fmt.Println(incident.Validate()) // advice is no error
	// Output:
	// error /actions/2 incident.actions
	// error /respondBy incident.respond_by
	// advice /reference incident.reference_host
	// <nil>
}

// A kind goes from the general to the particular. Whoever looks at kinds asks
// for the general one.
func ExampleIncidentKind_Is() {
	const mining partner.IncidentKind = "azure_fraud.crypto_mining"
	fmt.Println(mining.Is(partner.AzureFraud), partner.AzureFraud.Is(mining),
		partner.IncidentKind("azure_fraud_2").Is(partner.AzureFraud))
	// Output: true false false
}

// A form offers what there is.
func ExampleIncidentKinds() {
	for _, kind := range partner.IncidentKinds() {
		fmt.Println(kind)
	}
	fmt.Println(partner.IncidentSeverities())
	// Output:
	// spam
	// azure_fraud
	// credential_compromise
	// phishing
	// malware
	// unauthorized_access
	// data_exposure
	// [informational low medium high]
}

// The all-clear is the same incident in a later version. Its message belongs to
// the thread of the first one.
func ExampleIncident_resolved() {
	incident := exampleIncident()
	route := partner.Routing{}.Route(incident, exampleImpact())
	first := route.Notifications(incident)[0]

	incident.Status, incident.Version, incident.Actions = partner.IncidentResolved, 1, nil
	last := route.Notifications(incident)[0]
	fmt.Println(last.Message().Subject)
	fmt.Println(last.ID != first.ID, last.Thread == first.ID)
	// Output:
	// Resolved: Security incident (high) for Contoso, tenant Adventure Works: Sign-ins with stolen tokens
	// true true
}

// Who at a partner is told, and why: for a customer's tenant, for Azure fraud,
// and with an option that reads the page otherwise.
func ExampleRouting_Route() {
	impact, incident := exampleImpact(), exampleIncident()
	fraud := incident
	fraud.Kind = "azure_fraud.crypto_mining"

	var routing partner.Routing
	fmt.Println(routing.Route(incident, impact).Why())
	fmt.Println(routing.Route(fraud, impact).Why())
	routing.FraudToSecurityContact = true
	fmt.Println(routing.Route(fraud, impact).Why())
	// Output:
	// 1 security contact is told, because the partner holds granular delegated admin privileges over the impacted customer tenant.
	// Nobody is told: Azure fraud goes to the admin agents who enrolled in Azure fraud notifications, and the partner has none with a usable e-mail address, nor anybody else who may be told.
	// 1 security contact is told, because the partner holds granular delegated admin privileges over the impacted customer tenant.
}

// A partner registers a ticket system and a pager beside its security contact.
// They are told of what the contact is told of, never in its place.
func ExampleRouting_Route_subscribers() {
	impact := exampleImpact()
	impact.Subscribers = []partner.Recipient{
		{Name: "Tickets", Medium: partner.MediumWebhook, URL: "https://tickets.contoso.com/hooks/7"},
		{Name: "Pager", Medium: partner.MediumPhone, Phone: "+1 425 555 0199"},
		{Name: "Old tickets", Medium: partner.MediumWebhook, URL: "http://tickets.contoso.com/"}, // not https: nobody's
	}
	route := partner.Routing{}.Route(exampleIncident(), impact)
	for _, r := range route.Recipients {
		fmt.Printf("%s %q %s\n", r.Audience, r.Medium, r.Address())
	}

	impact.SecurityContact = partner.SecurityContact{}
	fmt.Println(partner.Routing{}.Route(exampleIncident(), impact).Why())
	// Output:
	// security_contact "" soc@contoso.com
	// subscriber "webhook" https://tickets.contoso.com/hooks/7
	// subscriber "phone" +14255550199
	// 2 subscribers are told, because the partner holds granular delegated admin privileges over the impacted customer tenant; the partner has no security contact with a usable e-mail address.
}

// A host with a queue of its own takes the steps one by one: nobody is told
// until its worker does so.
func ExampleRoute_Notifications() {
	incident := exampleIncident()
	queue := map[string]partner.Notification{}
	for _, n := range (partner.Routing{}).Route(incident, exampleImpact()).Notifications(incident) {
		queue[n.ID] = n // the same incident again is the same row
	}
	for _, n := range queue {
		fmt.Println(n.Topic, "to", n.Recipient.Address(), "of", n.CompanyName)
	}
	// Output: incident to soc@contoso.com of Contoso
}

// Where a recipient is reached follows from its medium.
func ExampleRecipient_Address() {
	r := partner.Recipient{Email: "soc@CONTOSO.com", Phone: "+1 (425) 555-0100", URL: "https://contoso.com/hook"}
	for _, r.Medium = range []partner.Medium{partner.MediumMail, partner.MediumPhone, partner.MediumWebhook, "satellite"} {
		fmt.Printf("%q %s\n", r.Medium, r.Address())
	}
	// Output:
	// "" soc@contoso.com
	// "phone" +14255550100
	// "webhook" https://contoso.com/hook
	// "satellite" https://contoso.com/hook
}

// People write a domain as they speak it, and mail servers in A-labels.
func ExampleRecipient_EnvelopeAddress() {
	recipient := partner.Recipient{Name: "Bücher SOC", Email: "soc@bücher.example"}
	fmt.Println(recipient.EnvelopeAddress())
	// Output: soc@xn--bcher-kva.example
}

// A recipient that is printed by mistake names nobody.
func ExampleRecipient_Format() {
	recipient := partner.Recipient{Audience: partner.ToAdminAgent, Name: "Robin Vale", Email: "robin.vale@contoso.com"}
	fmt.Printf("%+v\n", recipient)
	// Output: partner.Recipient[audience=admin_agent medium=]
}

// A gap tells a program why nobody is told, so that it can be mended.
func ExampleGap() {
	impact := exampleImpact()
	impact.SecurityContact.Email = "soc@contoso" // no domain that mail can go to
	impact.GlobalAdmins = []partner.Recipient{{Name: "Robin Vale", Email: "robin.vale@contoso.com"}}
	for _, routing := range []partner.Routing{{}, {FallBackToGlobalAdmins: true}} {
		route := routing.Route(exampleIncident(), impact)
		fmt.Printf("%d recipients, gap %q\n", len(route.Recipients), route.Gap)
	}
	// Output:
	// 0 recipients, gap "no_security_contact"
	// 1 recipients, gap ""
}

func ExampleRights() {
	rights := partner.Reseller | partner.GranularAdmin
	data, err := json.Marshal(rights)
	fmt.Println(string(data), err)

	err = json.Unmarshal([]byte(`["delegated_admin", "owner"]`), &rights)
	fmt.Println(rights, err)
	// Output:
	// ["reseller","granular_admin"] <nil>
	// reseller, granular_admin partner: unknown right at index 1
}

// A Notifier renders what it is given and hands it to a transport: here, the
// terminal. Before that the host adds how to answer.
func ExampleNotification_Message() {
	mailer := partner.NotifierFunc(func(_ context.Context, n partner.Notification) error {
		n.Answer = partner.Answer{URL: "https://portal.contoso.com/answer/eyJzIjoi", Code: "7KQ4-M2XD"}
		m := n.Message()
		fmt.Printf("To: %s\nSubject: %s\n\n%s", n.Recipient.EnvelopeAddress(), m.Subject, m.Text)
		return nil
	})

	incident := exampleIncident()
	incident.Drill = true
	for _, n := range (partner.Routing{}).Route(incident, exampleImpact()).Notifications(incident) {
		if err := mailer.Notify(context.Background(), n); err != nil {
			fmt.Println(err)
		}
	}
	// Output:
	// To: soc@contoso.com
	// Subject: [DRILL] Security incident (high) for Contoso, tenant Adventure Works: Sign-ins with stolen tokens
	//
	// This is a drill: nothing has happened. Go through the steps below as in
	// a real incident, but lock, change and delete nothing that is in use.
	//
	// Drill of a security incident
	//
	// You receive this as the security contact of the company below. The
	// incident impacts the tenant of a customer, over which the company holds
	// granular delegated admin privileges.
	//
	// Company: Contoso
	// Tenant: Adventure Works
	// Incident: Sign-ins with stolen tokens
	// Severity: high
	// Respond: at once
	//
	// How to answer:
	// Open this page and enter the code there. Your answer says that you are
	// on it, and that somebody reads this address.
	//
	// Page: https://portal.contoso.com/answer/eyJzIjoi
	// Code: 7KQ4-M2XD
	//
	// What to do, in this order:
	// 1. Revoke all sessions.
	// 2. Reset the passwords.
	//
	// Details:
	// Kind: credential compromise
	// Detected: Monday 23 November 2026, 14:05 UTC
	// Impacted tenant: 9a8b7c6d-5e4f-4032-8110-2f3e4d5c6b7a
	// Company's tenant: 3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10
	// Incident ID: INC-2026-0042
	// Notification: 669adadd6414d1bf87cc548b499290662bc5b218
}

// Nobody has answered, so a Global admin is told as well.
func ExampleNotification_Message_unanswered() {
	incident := exampleIncident()
	n := partner.Notification{
		ID: "step-4-contoso", Topic: partner.TopicIncident, CompanyName: "Contoso", Incident: incident,
		Recipient:       partner.Recipient{Audience: partner.ToGlobalAdmin, Email: "robin.vale@contoso.com"},
		UnansweredSince: incident.DetectedAt,
	}
	m := n.Message()
	fmt.Println(m.Subject)
	for line := range strings.Lines(m.Text) {
		if strings.Contains(line, "nobody") || strings.HasPrefix(line, "Waiting") {
			fmt.Print(line)
		}
	}
	// Output:
	// Unanswered: Security incident (high) for Contoso, tenant Adventure Works: Sign-ins with stolen tokens
	// An earlier message told of this, and nobody has answered.
	// You receive this as a Global admin of the company below, because nobody
	// Waiting since: Monday 23 November 2026, 14:05 UTC
}

// Each topic has a message of its own.
func ExampleTopics() {
	for _, topic := range partner.Topics() {
		fmt.Printf("%s: %s\n", topic, partner.Notification{Topic: topic, CompanyName: "Contoso"}.Message().Subject)
	}
	// Output:
	// incident: Security incident for Contoso
	// drill: [DRILL] Security incident for Contoso
	// contact_appointed: You are now the security contact of Contoso
	// contact_replaced: You are no longer the security contact of Contoso
	// contact_updated: New details for the security contact of Contoso
	// contact_confirm: Please confirm the security contact of Contoso
	// contact_lapsed: Please check the security contact of Contoso
}

// A worker that mails from a queue keeps a Renderer, and a buffer that every
// mail is written to.
func ExampleRenderer() {
	queue := make(chan partner.Notification, 3)
	for n, company := range []string{"Contoso", "Fabrikam", "Lucerne Publishing"} {
		queue <- partner.Notification{
			ID: fmt.Sprintf("telling-%d", n+1), Topic: partner.TopicIncident, CompanyName: company, Rights: partner.Reseller,
			Recipient: partner.Recipient{Audience: partner.ToSecurityContact, Email: fmt.Sprintf("soc%d@contoso.com", n+1)},
			Incident:  exampleIncident(),
		}
	}
	close(queue)

	var renderer partner.Renderer
	var mail []byte
	for n := range queue {
		mail = fmt.Appendf(mail[:0], "To: %s\nSubject: ", n.Recipient.EnvelopeAddress())
		mail = renderer.AppendSubject(mail, n)
		mail = append(mail, "\n\n"...)
		mail = renderer.AppendText(mail, n)
		header, _, _ := bytes.Cut(mail, []byte("\n\n")) // the transport would take it all
		fmt.Printf("%s\n", header)
	}
	// Output:
	// To: soc1@contoso.com
	// Subject: Security incident (high) for Contoso, tenant Adventure Works: Sign-ins with stolen tokens
	// To: soc2@contoso.com
	// Subject: Security incident (high) for Fabrikam, tenant Adventure Works: Sign-ins with stolen tokens
	// To: soc3@contoso.com
	// Subject: Security incident (high) for Lucerne Publishing, tenant Adventure Works: Sign-ins with stolen tokens
}

// exampleOutbox is a Notifier that puts notifications into a queue, from which
// a worker mails them. A host keeps the queue in its database, with the ID as
// the key of the table.
type exampleOutbox struct {
	mu   sync.Mutex // Notify may be called from several goroutines at once
	rows map[string][]byte
}

func (o *exampleOutbox) Notify(_ context.Context, n partner.Notification) error {
	if n.Recipient.Medium != partner.MediumMail { // the worker only mails
		return partner.Permanent(fmt.Errorf("outbox: notification %s is not for mail", n.ID))
	}
	row, err := json.Marshal(n)
	if err != nil {
		return partner.Permanent(fmt.Errorf("outbox: notification %s: %w", n.ID, err))
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.rows[n.ID] = row // the same notification again is the same row
	return nil
}

func ExampleNotifier() {
	outbox := &exampleOutbox{rows: map[string][]byte{}}
	n := partner.Notification{
		ID: "a399e84deb7f28403c0a7c3cbbc575ed264fc96f", Topic: partner.TopicContactAppointed, CompanyName: "Contoso",
		Recipient: partner.Recipient{Audience: partner.ToSecurityContact, Name: "Contoso SOC", Email: "soc@contoso.com"},
	}
	for range 2 { // as after a crash
		if err := outbox.Notify(context.Background(), n); err != nil {
			fmt.Println(err)
		}
	}

	for id, row := range outbox.rows { // the worker
		var n partner.Notification
		if err := json.Unmarshal(row, &n); err != nil {
			fmt.Println(err)
			continue
		}
		to := mail.Address{Name: n.Recipient.Name, Address: n.Recipient.EnvelopeAddress()} // "" if the row was tampered with
		fmt.Printf("To: %s\nMessage-ID: <%s@mail.contoso.com>\nSubject: %s\n", &to, id, n.Message().Subject)
	}
	// Output:
	// To: "Contoso SOC" <soc@contoso.com>
	// Message-ID: <a399e84deb7f28403c0a7c3cbbc575ed264fc96f@mail.contoso.com>
	// Subject: You are now the security contact of Contoso
}

// A host with several transports chooses by the medium. What none of them
// serves is refused for good, so that nobody tries it again.
func ExampleNotifier_media() {
	transport := func(verb string) partner.Notifier {
		return partner.NotifierFunc(func(_ context.Context, n partner.Notification) error {
			fmt.Println(verb, n.Recipient.Address())
			return nil
		})
	}
	transports := map[partner.Medium]partner.Notifier{
		partner.MediumMail:    transport("mail to"),
		partner.MediumPhone:   transport("call"),
		partner.MediumWebhook: transport("post to"), // that of package webhook
	}
	notifier := partner.NotifierFunc(func(ctx context.Context, n partner.Notification) error {
		by, served := transports[n.Recipient.Medium]
		if !served {
			return partner.Permanent(fmt.Errorf("notification %s: no transport serves its medium", n.ID))
		}
		return by.Notify(ctx, n)
	})

	impact := exampleImpact()
	impact.Subscribers = []partner.Recipient{
		{Medium: partner.MediumPhone, Phone: "+14255550199"},
		{Medium: partner.MediumWebhook, URL: "https://tickets.contoso.com/hooks/7"},
		{Medium: "satellite", URL: "https://satellite.contoso.com/7"},
	}
	for _, n := range (partner.Routing{}).Route(exampleIncident(), impact).Notifications(exampleIncident()) {
		if err := notifier.Notify(context.Background(), n); err != nil {
			fmt.Println("for good:", partner.IsPermanent(err))
		}
	}
	// Output:
	// mail to soc@contoso.com
	// call +14255550199
	// post to https://tickets.contoso.com/hooks/7
	// for good: true
}

// A mail server that answers RCPT TO with 5xx will not change its mind; with
// 4xx, or a broken connection, it may.
func ExamplePermanent() {
	recipientError := func(id string, err error) error {
		reply, ok := errors.AsType[*textproto.Error](err)
		if ok && reply.Code/100 == 5 {
			err = partner.Permanent(err)
		}
		return fmt.Errorf("notification %s: %w", id, err)
	}
	unknown := recipientError("a399e84d", &textproto.Error{Code: 550, Msg: "no such mailbox"})
	busy := recipientError("82a45e97", &textproto.Error{Code: 451, Msg: "try again later"})

	fmt.Println(partner.IsPermanent(unknown))
	fmt.Println(partner.IsPermanent(busy))
	fmt.Println(partner.IsPermanent(errors.Join(unknown, busy))) // one of two channels may still work
	// Output:
	// true
	// false
	// false
}

// exampleTables is a Directory on what stands for a database: who sells to
// whom, and the profiles of the partners.
type exampleTables struct {
	relationships []struct {
		customer, partner string
		rights            partner.Rights
	}
	profiles map[string]partner.LegalProfile // by tenant
}

func (d exampleTables) Impacted(ctx context.Context, tenantID string) iter.Seq2[partner.Impact, error] {
	return func(yield func(partner.Impact, error) bool) {
		// The tenant may be a partner's own.
		if p, ok := d.profiles[strings.ToLower(tenantID)]; ok {
			if !yield(partner.Impact{
				PartnerTenantID: p.TenantID, CompanyName: p.CompanyName, SecurityContact: p.SecurityContact,
			}, nil) {
				return
			}
		}
		for _, r := range d.relationships {
			if ctx.Err() != nil {
				return
			}
			if !strings.EqualFold(r.customer, tenantID) {
				continue
			}
			p, ok := d.profiles[r.partner]
			if !ok { // never leave out a partner silently
				yield(partner.Impact{}, fmt.Errorf("no profile for partner tenant %s", r.partner))
				return
			}
			impact := partner.Impact{
				PartnerTenantID: p.TenantID, CompanyName: p.CompanyName, Rights: r.rights, SecurityContact: p.SecurityContact,
			}
			if !yield(impact, nil) {
				return
			}
		}
	}
}

func ExampleDirectory() {
	profile := partner.LegalProfile{TenantID: exampleContoso}
	profile.CompanyName = "Contoso"
	tables := exampleTables{profiles: map[string]partner.LegalProfile{exampleContoso: profile}}
	tables.relationships = append(tables.relationships, struct {
		customer, partner string
		rights            partner.Rights
	}{exampleCustomer, exampleContoso, partner.Reseller | partner.GranularAdmin})

	for _, tenantID := range []string{exampleCustomer, strings.ToUpper(exampleContoso), exampleFabrikam} {
		concerned := 0
		for impact, err := range tables.Impacted(context.Background(), tenantID) {
			if err != nil {
				fmt.Println(err)
				return
			}
			concerned++
			fmt.Printf("%s, rights: %s\n", impact.CompanyName, impact.Rights)
		}
		fmt.Println("concerned:", concerned)
	}
	// Output:
	// Contoso, rights: reseller, granular_admin
	// concerned: 1
	// Contoso, rights: none
	// concerned: 1
	// concerned: 0
}

// An incident on a customer's tenant concerns two partners, of whom one has no
// security contact.
func ExampleDispatcher_Dispatch() {
	concerned := exampleDirectory(exampleImpact(), partner.Impact{
		PartnerTenantID: exampleFabrikam, CompanyName: "Fabrikam", Rights: partner.Reseller,
	})
	mail := partner.NotifierFunc(func(_ context.Context, n partner.Notification) error {
		return nil // the mail server took it
	})

	for delivery, err := range partner.NewDispatcher(concerned, mail, nil).Dispatch(context.Background(),
		exampleIncident()) {
		switch {
		case err != nil: // the loop ends here, and not everybody was told
			fmt.Println("not complete:", err)
		case delivery.Err != nil:
			fmt.Println(delivery.Err, "because of", delivery.Route.Gap)
		default:
			fmt.Println("told:", delivery.Notification.Recipient.Email)
		}
	}
	// Unordered output:
	// told: soc@contoso.com
	// partner: no recipient because of no_security_contact
}

// Before anybody is told, an operator sees who would be, and why.
func ExampleDispatcher_Plan() {
	stranger := exampleImpact()
	stranger.PartnerTenantID, stranger.Rights = exampleFabrikam, 0
	concerned := exampleDirectory(exampleImpact(), stranger)
	mail := partner.NotifierFunc(func(context.Context, partner.Notification) error {
		panic("a plan tells nobody")
	})

	for route, err := range partner.NewDispatcher(concerned, mail, nil).Plan(context.Background(), exampleIncident()) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%s:\n  %s\n", route.PartnerTenantID, route.Why())
	}
	// Output:
	// 3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10:
	//   1 security contact is told, because the partner holds granular delegated admin privileges over the impacted customer tenant.
	// c0a8e7d1-2f64-4d0b-a1c9-5b3e8f7a6d42:
	//   Nobody is told: the partner holds no rights over the impacted customer tenant.
}

// A partner has a default contact, and another for single customers. An
// override changes one tenant and one value: what else the partner registered
// holds there as well, and so does every default of another partner. A customer
// who left concerns nobody, and a new one falls under the default by itself.
func ExampleDirectory_overrides() {
	soc := partner.NewGroupContact("Contoso SOC", "soc@contoso.com", "+14255550100")
	fabrikam := partner.NewGroupContact("Fabrikam SOC", "soc@fabrikam.com", "+14255550150")
	duty := partner.NewGroupContact("Contoso Bank Desk", "bank-desk@contoso.com", "+14255550142")
	defaults := []partner.Impact{{ // a table of partners
		PartnerTenantID: exampleContoso, CompanyName: "Contoso", SecurityContact: soc,
		Subscribers: []partner.Recipient{{Medium: partner.MediumWebhook, URL: "https://tickets.contoso.com/in"}},
	}, {
		PartnerTenantID: exampleFabrikam, CompanyName: "Fabrikam", SecurityContact: fabrikam,
	}}
	relationships := []struct { // a table of who looks after whom
		customer, partner string
		active            bool
		override          partner.SecurityContact // zero: the default
	}{
		{"shop", exampleContoso, true, partner.SecurityContact{}},
		{"bank", exampleContoso, true, duty},
		{"bank", exampleFabrikam, true, partner.SecurityContact{}},
		{"left", exampleContoso, false, duty},
	}
	directory := partner.DirectoryFunc(func(_ context.Context, tenantID string) iter.Seq2[partner.Impact, error] {
		return func(yield func(partner.Impact, error) bool) {
			for _, r := range relationships {
				for _, impact := range defaults { // a copy
					if !r.active || r.customer != tenantID || r.partner != impact.PartnerTenantID {
						continue
					}
					impact.Rights = partner.Reseller
					if r.override != (partner.SecurityContact{}) {
						impact.SecurityContact = r.override
					}
					if !yield(impact, nil) {
						return
					}
				}
			}
		}
	})

	for _, customer := range []string{"shop", "bank", "left"} { // UUIDs in truth
		fmt.Println(customer)
		for impact, err := range directory.Impacted(context.Background(), customer) {
			if err != nil {
				fmt.Println(err)
				return
			}
			for _, n := range (partner.Routing{}).Route(exampleIncident(), impact).Notifications(exampleIncident()) {
				fmt.Printf("  %s: %s\n", n.CompanyName, n.Recipient.Address())
			}
		}
	}
	// Output:
	// shop
	//   Contoso: soc@contoso.com
	//   Contoso: https://tickets.contoso.com/in
	// bank
	//   Contoso: bank-desk@contoso.com
	//   Contoso: https://tickets.contoso.com/in
	//   Fabrikam: soc@fabrikam.com
	// left
}
