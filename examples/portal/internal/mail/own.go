package mail

import (
	"bytes"
	_ "embed"
	"html/template"
	"strings"
	"unicode"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// message is how n reads. Package partner has the words for its topics, and the
// portal for its own.
func (c *composer) message(n *partner.Notification) partner.Message {
	if n.Topic == host.TopicWebhookGone {
		return webhookGone(n)
	}
	return c.renderer.Message(*n)
}

//go:embed webhookgone.html
var webhookGoneHTML string

var webhookGonePage = template.Must(template.New("").Parse(webhookGoneHTML))

// webhookGone tells a Global admin that a webhook was switched off. It looks as
// the mails of package partner do.
func webhookGone(n *partner.Notification) partner.Message {
	values := struct{ Subject, Company, Tenant, ID string }{
		Company: plainLine(n.CompanyName), Tenant: plainLine(n.PartnerTenantID), ID: plainLine(n.ID),
	}
	values.Subject = "A webhook of " + values.Company + " was switched off"
	var page bytes.Buffer
	if err := webhookGonePage.Execute(&page, values); err != nil {
		panic(err) // the template is wrong
	}
	return partner.Message{
		Subject: values.Subject,
		HTML:    page.String(),
		Text: `A webhook was switched off

You receive this as a Global admin of the company below. One of its webhooks
was called, and its service answered that it does not exist any more. The
portal has switched it off. It is not told of security incidents. The
security contact still is.

Company: ` + values.Company + `

What to do:
Open Legal info in the partner portal, and there Webhooks. The one that is
switched off is marked. Give it a new address, test it, and switch it on; or
delete it.

Details:
Company's tenant: ` + values.Tenant + `
Notification: ` + values.ID + "\n",
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
