package partner

import (
	"log/slog"
	"strings"
	"time"

	"github.com/cspkit/partner/internal/letter"
	"github.com/cspkit/partner/internal/line"
)

// Message is a [Notification] as it is mailed. Lines end with LF.
type Message struct {
	Subject string // one line, not encoded: RFC 2047 is the transport's
	Text    string // the text/plain part
	HTML    string // the text/html part: inline styles, no script, nothing that is loaded
}

// LogValue tells only the sizes, in octets.
func (m Message) LogValue() slog.Value {
	return slog.GroupValue(slog.Int("subject", len(m.Subject)), slog.Int("text", len(m.Text)), slog.Int("html", len(m.HTML)))
}

// Message returns the notification in plain English. It is safe to send for every notification, valid or not, also for one that was
// decoded from a stranger's JSON: no text from outside breaks out of its place. The subject is one line of at most 200 code
// points without control characters, line separators, bidirectional controls and "=?". In the text part no value but the summary
// starts a line of its own; values are not broken into lines, so a line may be longer than a mail server takes: send the part
// in quoted-printable or base64. In the HTML every value is escaped text, and the markup is the same for every value that is
// not blank, but for the summary's lines; what is blank, white space and invisible characters alone, is left out. Times are in
// UTC. Nothing in it names the recipient. It is the same after a JSON round trip.
func (n Notification) Message() Message {
	var l letter.Letter
	own := n.own()
	l.Begin(&own, false)
	n.write(&l)
	var m Message
	m.Subject, m.Text, m.HTML = l.Render()
	return m
}

// The places in a letter for what is a recipient's own.
const (
	company letter.Place = iota + 1
	companyInSubject
	companyTenant
	notification
)

// own returns what goes into the places. All else in a message depends on what is not own.
func (n *Notification) own() letter.Values {
	name := line.Clean(n.CompanyName)
	return letter.Values{
		company:          name,
		companyInSubject: line.Cut(name, companyInSubjectLimit),
		companyTenant:    line.Clean(n.PartnerTenantID),
		notification:     line.Clean(n.ID),
	}
}

// companyInSubjectLimit, in code points, leaves room in a subject for what comes after the name.
const companyInSubjectLimit = 60

// write writes the letter. What is a recipient's own, it mentions by its place only.
func (n *Notification) write(l *letter.Letter) {
	switch n.Topic {
	case TopicContactAppointed:
		writeContactChange(l, &contactAppointed)
	case TopicContactReplaced:
		writeContactChange(l, &contactReplaced)
	case TopicContactUpdated:
		writeContactChange(l, &contactUpdated)
	default:
		n.writeIncident(l)
	}
	l.End()
}

// writeIncident also serves a topic that is not known: what there is to say is said.
func (n *Notification) writeIncident(l *letter.Letter) {
	i := &n.Incident
	drill := n.Topic == TopicDrill || i.Drill
	subject, title := "Security incident", "Security incident"
	if drill {
		subject, title = "[DRILL] Security incident", "Drill of a security incident"
	}
	l.Subject(subject,
		letter.Field{Label: " (%)", Value: string(i.Severity)},
		letter.Field{Label: " for %", Place: companyInSubject},
		letter.Field{Label: ": %", Value: i.Title},
	)
	if drill {
		l.Alert("This is a drill: nothing has happened. Go through the steps below as in a real incident, but lock, change and " +
			"delete nothing that is in use.")
	}
	l.Title(title)
	l.Paragraph(n.reason(n.role()))
	l.Facts(
		letter.Field{Label: "Company", Place: company},
		letter.Field{Label: "Incident", Value: i.Title},
		letter.Field{Label: "Severity", Value: string(i.Severity)},
		respondBy(i.RespondBy),
	)
	l.Numbered("What to do, in this order", i.Actions)
	l.Quoted("What is known", i.Summary)
	l.Details("Details",
		letter.Field{Label: "Reference", Value: i.Reference},
		letter.Field{Label: "Kind", Value: i.Kind.prose()},
		letter.Field{Label: "Detected", Value: utc(i.DetectedAt)},
		letter.Field{Label: "Impacted tenant", Value: i.TenantID},
		letter.Field{Label: "Company's tenant", Place: companyTenant},
		letter.Field{Label: "Incident ID", Value: i.ID},
		letter.Field{Label: "Notification", Place: notification},
	)
}

// role says as what the recipient is written to.
func (n *Notification) role() string {
	switch n.Recipient.Audience {
	case ToSecurityContact:
		return "You receive this as the security contact of the company below."
	case ToAdminAgent:
		return "You receive this as an admin agent of the company below who enrolled in Azure fraud notifications."
	case ToGlobalAdmin:
		return "You receive this as a Global admin of the company below, because nobody else there could be told."
	default:
		return "You receive this on behalf of the company below."
	}
}

// reason adds why the company is concerned.
func (n *Notification) reason(role string) string {
	if n.OwnTenant {
		return role + " The incident impacts the company's own tenant."
	}
	if held := n.Rights.prose(); held != "" {
		return role + " The incident impacts the tenant of a customer, over which the company holds " + held + "."
	}
	return role + " The incident impacts a tenant that is not the company's own."
}

// contactChange is what is said of one change of the security contact. The subject ends with the company's name.
type contactChange struct {
	subject, what string
	duties        bool   // the recipient is the security contact from now on, and is told what that means
	question, act string // what to do about a change that nobody expected
}

var (
	contactAppointed = contactChange{
		subject:  "You are now the security contact",
		what:     "This address was entered for the security contact of the company below.",
		duties:   true,
		question: "If you did not expect this",
		act:      "Tell a Global admin of the company: nobody else can change the security contact.",
	}
	contactReplaced = contactChange{
		subject: "You are no longer the security contact",
		what: "Another address was entered for the security contact of the company below, in place of this one. Security " +
			"incidents are no longer sent here.",
		question: "If nobody told you of this",
		act: "Call a Global admin of the company at once, on a number that you already have: whoever wants an incident to go " +
			"unnoticed changes the security contact first.",
	}
	contactUpdated = contactChange{
		subject: "New details for the security contact",
		what: "Details of the security contact of the company below, such as the name, the phone number or the spelling of the " +
			"address, were changed. Security incidents are still sent here.",
		question: "If nobody told you of this",
		act: "Call a Global admin of the company at once, on a number that you already have, and have the details checked: an " +
			"attacker may want the calls about an incident.",
	}
)

// duties tell a security contact what Microsoft expects of it.
var duties = []string{
	"If a security incident impacts the company's tenant, or the tenant of a customer that granted the company reseller or " +
		"administrative rights, an e-mail to this address says so, and what to do. You are expected to act at once.",
	"Azure fraud notifications go to the admin agents who enrolled in them.",
}

func writeContactChange(l *letter.Letter, c *contactChange) {
	l.Subject(c.subject, letter.Field{Label: " of %", Place: companyInSubject})
	l.Title(c.subject)
	l.Paragraph(c.what)
	l.Facts(
		letter.Field{Label: "Company", Place: company},
	)
	l.Heading(c.question)
	l.Paragraph(c.act)
	if c.duties {
		l.Heading("What is expected of a security contact")
		for _, duty := range duties {
			l.Paragraph(duty)
		}
	}
	l.Details("Details",
		letter.Field{Label: "Company's tenant", Place: companyTenant},
		letter.Field{Label: "Notification", Place: notification},
	)
}

// prose writes a kind as words, "credential compromise", and leaves what is no kind as it is.
func (k IncidentKind) prose() string {
	switch {
	case k == AzureFraud:
		return "Azure fraud"
	case k.valid():
		return strings.ReplaceAll(string(k), "_", " ")
	default:
		return string(k)
	}
}

// respondBy leaves out the "by" where there is no time to wait for.
func respondBy(t time.Time) letter.Field {
	if by := utc(t); !t.IsZero() && by != "" {
		return letter.Field{Label: "Respond by", Value: by}
	}
	return letter.Field{Label: "Respond", Value: "at once"}
}

// utc writes a time as people read it, "Monday 23 November 2026, 14:05 UTC", and the zero time as nothing. An offset from UTC
// counts in whole minutes, for JSON has no more of it.
func utc(t time.Time) string {
	_, offset := t.Zone()
	if t = t.Add(time.Duration(offset%60) * time.Second).UTC(); t.IsZero() {
		return ""
	}
	return t.Format("Monday 2 January 2006, 15:04 UTC")
}
