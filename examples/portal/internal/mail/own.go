package mail

import (
	"bytes"
	_ "embed"
	"html/template"
	"strings"
	"unicode"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/words"
)

// message is how n reads. Package partner has the words for its topics, and the
// portal for its own.
func (c *composer) message(n *partner.Notification, say *words.Language) partner.Message {
	if n.Topic == host.TopicWebhookGone {
		return webhookGone(n, say)
	}
	return c.renderer.Message(*n)
}

//go:embed webhookgone.html
var webhookGoneHTML string

var webhookGonePage = template.Must(template.New("").Parse(webhookGoneHTML))

// webhookGone tells a Global admin that a webhook was switched off. It looks as
// the mails of package partner do.
func webhookGone(n *partner.Notification, say *words.Language) partner.Message {
	values := struct {
		Say                          *words.Language
		Start, End                   string // the sides of a line
		Subject, Company, Tenant, ID string
	}{
		Say: say, Start: "left", End: "right",
		Company: plainLine(n.CompanyName), Tenant: plainLine(n.PartnerTenantID), ID: plainLine(n.ID),
	}
	if say.Direction() == "rtl" {
		values.Start, values.End = values.End, values.Start
	}
	values.Subject = words.Fill(say.Mail.GoneSubject, "company", values.Company)
	var page bytes.Buffer
	if err := webhookGonePage.Execute(&page, values); err != nil {
		panic(err) // the template is wrong
	}
	label := &say.Library.Letter
	fact := func(name, value string) string { return name + label.Colon + " " + value + "\n" }
	return partner.Message{
		Subject: values.Subject,
		HTML:    page.String(),
		Text: say.Mail.GoneTitle + "\n\n" + fill(say.Mail.GoneWhat) + "\n" +
			fact(label.Company, values.Company) + "\n" +
			say.Mail.GoneQuestion + label.Colon + "\n" + fill(say.Mail.GoneAct) + "\n" +
			label.Details + label.Colon + "\n" +
			fact(label.OwnTenant, values.Tenant) + fact(label.Notification, values.ID),
	}
}

// plainLine is a value that ends no line and no header, and turns no text
// around.
func plainLine(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Cc, unicode.Zl, unicode.Zp, unicode.Bidi_Control) || r == unicode.ReplacementChar {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, " "))
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "=?", "= ?")), " ")
}
