package partnertest

import (
	"slices"
	"strings"

	"github.com/cspkit/partner"
)

// longLine is longer than the 998 octets that a line of a mail may have (RFC
// 5322, section 2.1.1). Its characters have several octets.
var (
	longLine = strings.Repeat("é", 2000)
	longText = strings.TrimSpace(strings.Repeat("all work and no play ", 100))
)

// texts are what a transport may damage: the message of each topic and of each
// state of an incident, and values that are hard to carry.
var texts = append(plainTexts(), []textCase{
	{"all-clear", partner.TopicIncident, func(n *partner.Notification) { n.Incident = resolved(n.Incident) }},
	{"later version", partner.TopicIncident, func(n *partner.Notification) {
		n.Incident.Version, n.Thread = 2, "first-"+n.ID
	}},
	{"unanswered", partner.TopicIncident, func(n *partner.Notification) { n.UnansweredSince = n.Incident.DetectedAt }},
	{"with an answer", partner.TopicIncident, func(n *partner.Notification) { n.Answer = Answer() }},
	{"without the tenant's name", partner.TopicIncident, func(n *partner.Notification) { n.Incident.TenantName = "" }},
	{"to a subscriber", partner.TopicIncident, func(n *partner.Notification) {
		n.Recipient.Audience = partner.ToSubscriber
	}},
	{"UTF-8", partner.TopicIncident, writeAll("Zażółć gęślą jaźń, 漢字, שלום, 🛡️")},
	{"leading dots", partner.TopicIncident, writeAll(".\n..\n.hidden\n\n.")},
	{"lines that start with From", partner.TopicIncident, writeAll("From here on\n>From there\nFrom: nobody")},
	{"lines of 2,000 characters", partner.TopicIncident, writeAll(longLine)},
	{"lines of 2,000 words and spaces", partner.TopicIncident, writeAll(longText)},
	{"lines to be folded before a dot", partner.TopicIncident, writeAll(strings.Repeat(".", 6000))},
	{"lines to be folded before From", partner.TopicIncident, writeAll(strings.Repeat("From ", 1200) + "here")},
	{"line ends of every kind", partner.TopicIncident, writeAll("one\r\ntwo\rthree\nfour\r\n\r\nfive")},
	{
		"what looks encoded", partner.TopicIncident,
		writeAll("=C3=A9 =3D= =?utf-8?q?x?= %41 %d%% &amp; \\r\\n +ADw- {{.}} ${HOME}"),
	},
	{"what looks like markup", partner.TopicIncident, writeAll(`<b>bold</b> "quoted" 'single' <script>alert(1)</script>`)},
	{"what looks like a boundary", partner.TopicIncident, writeAll("--\n--boundary--\n-- \nContent-Type: text/plain")},
	{"tabs and spaces", partner.TopicIncident, writeAll("\tindented \n  twice  \n")},
}...)

// textCase is one of the texts.
type textCase struct {
	name  string
	topic partner.Topic
	write func(*partner.Notification) // changes one of the topic
}

// plainTexts has a case for each topic.
func plainTexts() []textCase {
	var cases []textCase
	for _, topic := range partner.Topics() {
		cases = append(cases, textCase{"plain " + string(topic), topic, func(*partner.Notification) {}})
	}
	return cases
}

// writeAll puts s into every text.
func writeAll(s string) func(*partner.Notification) {
	return func(n *partner.Notification) {
		n.CompanyName += s
		n.Incident.TenantName += s
		n.Incident.Title += s
		n.Incident.Summary = s
		n.Incident.Actions = append(slices.Clone(n.Incident.Actions), s)
	}
}

// hostileField is a text of a notification that may come from a stranger.
type hostileField struct {
	name string
	add  func(n *partner.Notification, s string)
}

var hostileFields = []hostileField{
	{"ID", func(n *partner.Notification, s string) { n.ID += s }},
	{"Topic", func(n *partner.Notification, s string) { n.Topic += partner.Topic(s) }},
	{"PartnerTenantID", func(n *partner.Notification, s string) { n.PartnerTenantID += s }},
	{"CompanyName", func(n *partner.Notification, s string) { n.CompanyName += s }},
	{"Recipient.Audience", func(n *partner.Notification, s string) { n.Recipient.Audience += partner.Audience(s) }},
	{"Recipient.Name", func(n *partner.Notification, s string) { n.Recipient.Name += s }},
	{"Recipient.Email", func(n *partner.Notification, s string) { n.Recipient.Email += s }},
	{"Recipient.Phone", func(n *partner.Notification, s string) { n.Recipient.Phone += s }},
	{"Recipient.Medium", func(n *partner.Notification, s string) { n.Recipient.Medium += partner.Medium(s) }},
	{"Recipient.URL", func(n *partner.Notification, s string) { n.Recipient.URL += s }},
	{"Incident.ID", func(n *partner.Notification, s string) { n.Incident.ID += s }},
	{"Incident.TenantID", func(n *partner.Notification, s string) { n.Incident.TenantID += s }},
	{"Incident.Kind", func(n *partner.Notification, s string) { n.Incident.Kind += partner.IncidentKind(s) }},
	{"Incident.Severity", func(n *partner.Notification, s string) { n.Incident.Severity += partner.IncidentSeverity(s) }},
	{"Incident.Title", func(n *partner.Notification, s string) { n.Incident.Title += s }},
	{"Incident.Summary", func(n *partner.Notification, s string) { n.Incident.Summary += s }},
	{"Incident.Actions", func(n *partner.Notification, s string) { n.Incident.Actions = []string{s} }},
	{"Incident.Reference", func(n *partner.Notification, s string) { n.Incident.Reference += s }},
	{"Incident.TenantName", func(n *partner.Notification, s string) { n.Incident.TenantName += s }},
	{"Incident.Status", func(n *partner.Notification, s string) { n.Incident.Status += partner.IncidentStatus(s) }},
	{"Thread", func(n *partner.Notification, s string) { n.Thread += s }},
	{"Answer.URL", func(n *partner.Notification, s string) { n.Answer.URL += s }},
	{"Answer.Code", func(n *partner.Notification, s string) { n.Answer.Code += s }},
}

// hostileValues try to leave their place: in a header, in a command of SMTP and
// in a list of addresses.
var hostileValues = []string{
	"\r\nBcc: eve@fabrikam.example\r\n\r\nx", "\nBcc: eve@fabrikam.example", "\r\nReply-To: eve@fabrikam.example",
	"\rBcc: eve@fabrikam.example", "\x00\r\n X: y\r\nBcc: eve@fabrikam.example",
	"\u2028Bcc: eve@fabrikam.example\u0085Cc: eve@fabrikam.example", "=?utf-8?q?=0D=0ABcc:_eve@fabrikam.example?=",
	"\r\n.\r\nMAIL FROM:<eve@fabrikam.example>\r\nRCPT TO:<eve@fabrikam.example>\r\nDATA\r\nSubject: x\r\n\r\nx\r\n.\r\n",
	">\r\nRCPT TO:<eve@fabrikam.example>", ", eve@fabrikam.example", "; eve@fabrikam.example",
	` <eve@fabrikam.example>, "`,
	`" <eve@fabrikam.example>, "`,
}

// eachHostile calls f with a notification, and with the same that has one
// hostile value. It does so for every field and value, up to a panic. That is a
// fault that tells the value and the field.
func (r *notifierRun) eachHostile(fs *faults, f func(field hostileField, plain, hostile partner.Notification)) {
	for _, field := range hostileFields {
		for _, value := range hostileValues {
			plain := r.later()
			hostile := clone(plain)
			field.add(&hostile, value)
			panicked := protect(func() error { f(field, plain, hostile); return nil })
			if panicked != nil {
				fs.addf("the value %q in %s: %v", value, field.name, panicked)
				return
			}
		}
	}
}
