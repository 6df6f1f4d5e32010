package partner_test

import (
	"bytes"
	htmltemplate "html/template"
	"strings"
	"testing"
	texttemplate "text/template"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
)

// The message of an incident as the templates of the standard library would write it. They show what Message saves, and that
// it says the same; a value with surplus spaces, control characters or a "+" they write in another way.
const (
	subjectTemplate = `Security incident ({{.Incident.Severity}}) for {{.CompanyName}}: {{.Incident.Title}}`

	textTemplate = `Security incident

You receive this as the security contact of the company below. The
incident impacts the tenant of a customer, over which the company holds
the reseller relationship and granular delegated admin privileges.

Company: {{.CompanyName}}
Incident: {{.Incident.Title}}
Severity: {{.Incident.Severity}}
Respond{{if .Incident.RespondBy.IsZero}}: at once{{else}} by: {{utc .Incident.RespondBy}}{{end}}

What to do, in this order:
{{range $i, $action := .Incident.Actions}}{{number $i}}. {{$action}}
{{end}}
{{with .Incident.Summary}}What is known:
{{range lines .}}  {{.}}
{{end}}
{{end}}Details:
{{with .Incident.Reference}}Reference: {{.}}
{{end}}Kind: {{words .Incident.Kind}}
Detected: {{utc .Incident.DetectedAt}}
Impacted tenant: {{.Incident.TenantID}}
Company's tenant: {{.PartnerTenantID}}
Incident ID: {{.Incident.ID}}
Notification: {{.ID}}
`

	pageTemplate = `<!DOCTYPE html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>` + subjectTemplate + `</title>
</head>
<body style="margin:0;padding:24px 16px">
<div lang="en" dir="ltr" style="max-width:600px;margin:0 auto;font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5">
<h1 style="margin:0 0 12px;font-size:24px;line-height:1.25">Security incident</h1>
<p style="margin:0 0 16px">You receive this as the security contact of the company below. The incident impacts the tenant of a customer, over which the company holds the reseller relationship and granular delegated admin privileges.</p>
<table style="border-collapse:collapse;width:100%;margin:0 0 16px;border-top:1px solid #8a8a8a;border-bottom:1px solid #8a8a8a">
{{define "row"}}` + `<tr><th scope="row" style="text-align:left;vertical-align:top;font-weight:normal;padding:6px 16px 6px 0;white-space:nowrap">{{.Label}}</th>` +
		`<td style="text-align:left;vertical-align:top;font-weight:bold;padding:6px 0;width:100%;overflow-wrap:anywhere"><span dir="auto">{{.Value}}</span></td></tr>
{{end}}{{template "row" field "Company" .CompanyName}}{{template "row" field "Incident" .Incident.Title}}{{template "row" field "Severity" .Incident.Severity}}` +
		`{{if .Incident.RespondBy.IsZero}}{{template "row" field "Respond" "at once"}}{{else}}{{template "row" field "Respond by" (utc .Incident.RespondBy)}}{{end}}</table>
<h2 style="margin:28px 0 8px;font-size:18px;line-height:1.3">What to do, in this order</h2>
<ol style="margin:0 0 16px;padding:0 0 0 32px">
{{range .Incident.Actions}}<li style="margin:0 0 10px;overflow-wrap:anywhere"><span dir="auto">{{.}}</span></li>
{{end}}</ol>
{{with .Incident.Summary}}<h2 style="margin:28px 0 8px;font-size:18px;line-height:1.3">What is known</h2>
<div style="margin:0 0 16px;padding:0 0 0 16px;border-left:3px solid #8a8a8a;overflow-wrap:anywhere">
{{range lines .}}<span dir="auto">{{.}}</span><br>
{{end}}</div>
{{end}}<h2 style="margin:28px 0 8px;font-size:18px;line-height:1.3">Details</h2>
{{define "detail"}}<p style="margin:0 0 4px;font-size:14px;overflow-wrap:anywhere">{{.Label}}: <span dir="auto">{{.Value}}</span></p>
{{end}}{{with .Incident.Reference}}{{template "detail" field "Reference" .}}{{end}}{{template "detail" field "Kind" (words .Incident.Kind)}}` +
		`{{template "detail" field "Detected" (utc .Incident.DetectedAt)}}{{template "detail" field "Impacted tenant" .Incident.TenantID}}` +
		`{{template "detail" field "Company's tenant" .PartnerTenantID}}{{template "detail" field "Incident ID" .Incident.ID}}{{template "detail" field "Notification" .ID}}</div>
</body>
</html>
`
)

// templateHelpers are what the templates need beside the fields of a notification.
var templateHelpers = map[string]any{
	"utc":    func(t time.Time) string { return t.UTC().Format("Monday 2 January 2006, 15:04 UTC") },
	"number": func(i int) int { return i + 1 },
	"lines":  func(s string) []string { return strings.Split(s, "\n") },
	"words":  func(k partner.IncidentKind) string { return strings.ReplaceAll(string(k), "_", " ") },
	"field": func(label htmltemplate.HTML, value any) map[string]any {
		return map[string]any{"Label": label, "Value": value}
	},
}

func TestMessageIsWhatTemplatesWrite(t *testing.T) {
	t.Parallel()
	subject := texttemplate.Must(texttemplate.New("subject").Parse(subjectTemplate))
	text := texttemplate.Must(texttemplate.New("text").Funcs(templateHelpers).Parse(textTemplate))
	page := htmltemplate.Must(htmltemplate.New("page").Funcs(templateHelpers).Parse(pageTemplate))
	for _, tt := range []struct {
		name, why string
		change    func(*partner.Notification)
	}{
		{"as it is", "ordinary values", func(*partner.Notification) {}},
		{"at once", "no time to wait for", func(n *partner.Notification) { n.Incident.RespondBy = time.Time{} }},
		{"less known", "no summary and no reference", func(n *partner.Notification) { n.Incident.Summary, n.Incident.Reference = "", "" }},
		{"markup", "escaped in the same way", func(n *partner.Notification) {
			n.CompanyName, n.Incident.Title = `Contoso & Söhne "IT" <GmbH>`, `A title's <b>markup</b>`
			n.Incident.Actions[0] = "Call </li> & wait."
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			n := mailedOn(partner.TopicIncident, tt.change)
			var want [3]bytes.Buffer
			require.NoError(t, subject.Execute(&want[0], n))
			require.NoError(t, text.Execute(&want[1], n))
			require.NoError(t, page.Execute(&want[2], n))
			m := n.Message()
			assert.Equal(t, want[0].String(), m.Subject, tt.why)
			assert.Equal(t, want[1].String(), m.Text, tt.why)
			assert.Equal(t, want[2].String(), m.HTML, tt.why)
		})
	}
}
