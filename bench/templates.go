package main

import (
	"bytes"
	"embed"
	htmltemplate "html/template"
	"strings"
	texttemplate "text/template"
	"time"

	"github.com/cspkit/partner"
)

// The templates give the very bytes of Notification.Message for ordinary
// values:
//   - one line where one is wanted;
//   - nothing blank that must not be;
//   - no plus sign in the HTML. Package html/template writes a reference for
//     it, html.EscapeString does not.
//
//go:embed templates
var templateFiles embed.FS

// templates are parsed once. They render into buffers of their own, which the
// next message overwrites.
type templates struct {
	subject, text *texttemplate.Template
	html          *htmltemplate.Template
	buffers       [3]bytes.Buffer
}

func parseTemplates() (*templates, error) {
	t := new(templates)
	var err error
	if t.subject, err = texttemplate.New("subject.tmpl").ParseFS(templateFiles, "templates/subject.tmpl"); err != nil {
		return nil, err
	}
	if t.text, err = texttemplate.New("text.tmpl").Funcs(number).ParseFS(templateFiles,
		"templates/text.tmpl"); err != nil {
		return nil, err
	}
	t.html, err = htmltemplate.New("html.tmpl").ParseFS(templateFiles, "templates/html.tmpl")
	return t, err
}

// render returns what is in the buffers. None of these templates can give an
// error. If one did, it would stand in the text.
func (t *templates) render(n *partner.Notification) letters {
	for i := range t.buffers {
		t.buffers[i].Reset()
	}
	v := newView(n)
	err := t.subject.Execute(&t.buffers[0], &v)
	if err == nil {
		err = t.text.Execute(&t.buffers[1], &v)
	}
	if err == nil {
		err = t.html.Execute(&t.buffers[2], &v)
	}
	if err != nil {
		t.buffers[1].WriteString(err.Error())
	}
	return letters{subject: t.buffers[0].Bytes(), text: t.buffers[1].Bytes(), html: t.buffers[2].Bytes()}
}

// view is what the templates show of a notification. What Go can say is said
// here, for a template is slow at it.
type view struct {
	Drill                           bool
	Severity, Company, Title        string
	Why, WhyLines                   string // in a line, and filled
	Respond, RespondBy              string
	Actions                         []string
	Summary                         []string
	Reference, Kind, Detected       string
	TenantName                      string
	Tenant, OwnTenant, Incident, ID string
}

func newView(n *partner.Notification) view {
	i := &n.Incident
	v := view{
		Drill: i.Drill, Severity: string(i.Severity), Company: n.CompanyName, Title: i.Title, Why: role(n) + " " + reason(n),
		Respond: "Respond", RespondBy: "at once", Actions: i.Actions, Reference: i.Reference,
		Kind: kind(i.Kind), Detected: utc(i.DetectedAt),
		TenantName: i.TenantName, Tenant: i.TenantID, OwnTenant: n.PartnerTenantID, Incident: i.ID, ID: n.ID,
	}
	v.WhyLines = fill(v.Why)
	if !i.RespondBy.IsZero() {
		v.Respond, v.RespondBy = "Respond by", utc(i.RespondBy)
	}
	if i.Summary != "" {
		v.Summary = strings.Split(i.Summary, "\n")
	}
	return v
}

// number counts from one, which a template cannot.
var number = map[string]any{"number": func(i int) int { return i + 1 }}

func utc(t time.Time) string { return t.UTC().Format("Monday 2 January 2006, 15:04 UTC") }

func role(n *partner.Notification) string {
	switch n.Recipient.Audience {
	case partner.ToSecurityContact:
		return "You receive this as the security contact of the company below."
	case partner.ToAdminAgent:
		return "You receive this as an admin agent of the company below who enrolled in Azure fraud notifications."
	default:
		return "You receive this as a Global admin of the company below, because nobody else there could be told."
	}
}

// rightsProse is a table of all there are, as a host would write it.
var rightsProse = map[partner.Rights]string{
	1: "the reseller relationship",
	2: "delegated administration privileges",
	3: "the reseller relationship and delegated administration privileges",
	4: "granular delegated admin privileges",
	5: "the reseller relationship and granular delegated admin privileges",
	6: "delegated administration privileges and granular delegated admin privileges",
	7: "the reseller relationship, delegated administration privileges and granular delegated admin privileges",
}

func reason(n *partner.Notification) string {
	if n.OwnTenant {
		return "The incident impacts the company's own tenant."
	}
	return "The incident impacts the tenant of a customer, over which the company holds " + rightsProse[n.Rights] + "."
}

func kind(k partner.IncidentKind) string {
	if k == partner.AzureFraud {
		return "Azure fraud"
	}
	return strings.ReplaceAll(string(k), "_", " ")
}

// fill breaks prose into lines of at most 72 octets.
func fill(prose string) string {
	const width = 72
	var b strings.Builder
	b.Grow(len(prose) + 1)
	line := 0
	for word := range strings.FieldsSeq(prose) {
		switch {
		case line == 0:
		case line+1+len(word) > width:
			b.WriteByte('\n')
			line = 0
		default:
			b.WriteByte(' ')
			line++
		}
		b.WriteString(word)
		line += len(word)
	}
	return b.String()
}
