package partner_test

import (
	"bytes"
	"fmt"

	"github.com/cspkit/partner"
)

// A worker that mails from a queue keeps a Renderer, and a buffer that every mail is written to.
func ExampleRenderer() {
	queue := make(chan partner.Notification, 3)
	for n, company := range []string{"Contoso", "Fabrikam", "Lucerne Publishing"} {
		queue <- partner.Notification{
			ID: fmt.Sprintf("telling-%d", n+1), Topic: partner.TopicIncident, CompanyName: company, Rights: partner.Reseller,
			Recipient: partner.Recipient{Audience: partner.ToSecurityContact, Email: fmt.Sprintf("soc%d@contoso.com", n+1)},
			Incident: partner.Incident{
				ID: "INC-2026-0042", Severity: partner.IncidentHigh, Title: "Sign-ins with stolen tokens",
				Actions: []string{"Revoke all sessions."},
			},
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
	// Subject: Security incident (high) for Contoso: Sign-ins with stolen tokens
	// To: soc2@contoso.com
	// Subject: Security incident (high) for Fabrikam: Sign-ins with stolen tokens
	// To: soc3@contoso.com
	// Subject: Security incident (high) for Lucerne Publishing: Sign-ins with stolen tokens
}
