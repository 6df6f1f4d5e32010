package partner

import (
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/cspkit/partner/internal/hidden"
	"github.com/cspkit/partner/internal/letter"
)

// Message is a [Notification] as it is mailed. Lines end with LF. The zero
// value is none.
type Message struct {
	Subject string // one line, not encoded: RFC 2047 is the transport's
	Text    string // the text/plain part
	HTML    string // the text/html part: inline styles, no script, nothing that is loaded
}

// LogValue tells only the sizes, in octets.
func (m Message) LogValue() slog.Value {
	return slog.GroupValue(
		slog.Int("subject", len(m.Subject)), slog.Int("text", len(m.Text)), slog.Int("html", len(m.HTML)),
	)
}

// Format prints what LogValue tells, whatever the verb.
func (m Message) Format(s fmt.State, _ rune) { hidden.Format(s, "Message", m) }

// Message returns the notification in plain words, in the language of
// [Languages] that fits the recipient's best. What it says follows from the
// Topic. A topic that is not known is written as an incident, so that nothing
// is left unsaid.
//
// The message of an incident begins its subject with
//
//  1. "[DRILL] " if it is a drill,
//  2. then "Resolved: " if its status is resolved, or "Unanswered: " if
//     UnansweredSince is set.
//
// Other languages have words of their own for these. Title, summary and actions
// are those of the translation that fits: see [Incident]. In the HTML, what
// nobody has translated is marked as English.
//
// A subject names the company and the impacted tenant. If that is the company's
// own and has the same name, it says it once.
//
// While it goes on, a version above 0 is said to be an update.
//
// An Answer stands before the actions, as [Answer.Shown] returns it.
//
// The message is safe to send for every notification. It need not be valid, and
// may come from a stranger's JSON:
//
//   - The subject is one line of at most 200 code points, without control
//     characters, line separators, bidirectional controls and "=?".
//   - In the text part no value but the summary starts a line of its own.
//   - In the HTML part every value is escaped text. The URL of the Answer is
//     also the only link, escaped as well.
//   - The markup depends on three things alone: which values are set, how many
//     actions there are, and how many lines the summary has. A version is set
//     if it is above 0.
//   - A value of white space and invisible characters alone is left out.
//   - Times are in UTC.
//   - Nothing in it names the recipient.
//   - It is the same after a JSON round trip.
//
// Values are not broken into lines, so a line may be longer than a mail server
// takes: send the text part in quoted-printable or base64.
func (n Notification) Message() Message {
	var l letter.Letter
	own, p := n.own(), phrasesIn(n.Recipient.Language)
	l.Begin(&own, false, p.frame)
	n.write(&l, p)
	var m Message
	m.Subject, m.Text, m.HTML = l.Render()
	l.Close()
	return m
}

// The places in a letter for what is a recipient's own.
const (
	company letter.Place = iota + 1
	companyInSubject
	companyTenant
	notification
	answerPage
	answerCode
)

// own returns what goes into the places. All else in a message depends on what
// is not own.
func (n *Notification) own() letter.Values {
	name := letter.Clean(n.CompanyName)
	values := letter.Values{
		company:          name,
		companyInSubject: name.Cut(companyInSubjectLimit),
		companyTenant:    letter.Clean(n.PartnerTenantID),
		notification:     letter.Clean(n.ID),
	}
	if n.Answer.URL != "" {
		answer := n.Answer.Shown()
		values[answerPage], values[answerCode] = letter.Clean(answer.URL), letter.Clean(answer.Code)
	}
	return values
}

// These limits, in code points, leave room in a subject for what comes after
// the names.
const (
	companyInSubjectLimit = 60
	tenantInSubjectLimit  = 40
)

// write writes the letter. What is a recipient's own, it mentions by its place
// only.
func (n *Notification) write(l *letter.Letter, p *phrases) {
	if contact := p.contact(n.Topic); contact != nil {
		contact.write(l, p)
	} else {
		n.writeIncident(l, p)
	}
	l.End()
}

func (n *Notification) stage(p *phrases) *stage {
	switch {
	case n.Incident.Status == IncidentResolved:
		return &p.over
	case n.isUnanswered():
		return &p.unanswered
	default:
		return &p.going
	}
}

// isUnanswered reports whether UnansweredSince is a time that is written.
func (n *Notification) isUnanswered() bool { return isWritten(n.UnansweredSince) }

// namesItself reports whether the impacted tenant is the company's own and has
// its name. A subject says that name once.
func (n *Notification) namesItself() bool {
	return n.OwnTenant && n.CompanyName != "" && strings.EqualFold(n.CompanyName, n.Incident.TenantName)
}

func (n *Notification) writeIncident(l *letter.Letter, p *phrases) {
	i, at, label := &n.Incident, n.stage(p), &p.labels
	drill := n.Topic == TopicDrill || i.Drill
	subject, title := at.subject, at.title
	if drill {
		subject, title = at.drillSubject, at.drillTitle
	}
	said, severity := p.said(i), p.severityOf(i.Severity)
	name, tenant := letter.Clean(said.title), letter.Clean(i.TenantName)
	var inSubject letter.Value
	if !n.namesItself() {
		inSubject = tenant.Cut(tenantInSubjectLimit)
	}
	l.Subject(subject,
		p.severity.With(severity),
		p.company,
		p.tenant.With(inSubject),
		p.title.With(name),
	)
	if drill {
		l.Alert(p.drillAlert, at.drill)
	}
	l.Title(title)
	goesOn := at != &p.over
	if i.Version > 0 && goesOn {
		l.Paragraph(p.update)
	}
	if at.news != (letter.Prose{}) {
		l.Paragraph(at.news)
	}
	l.Paragraph(n.role(p), n.impacts(at))
	var respond, waiting letter.Field // blank once it is over
	if goesOn {
		respond = p.respondBy(i.RespondBy)
		if n.isUnanswered() {
			waiting = letter.Field{Label: label.waiting, Value: p.utc(n.UnansweredSince)}
		}
	}
	l.Facts(
		letter.Field{Label: label.company, Place: company},
		letter.Field{Label: label.tenant, Value: tenant},
		letter.Field{Label: label.incident, Value: name, Lang: said.titleLang},
		letter.Field{Label: label.severity, Value: severity},
		respond, waiting,
	)
	writeAnswer(l, p, at.answer)
	if goesOn {
		l.Numbered(p.headActions, said.actions, said.actionsLang)
	}
	l.Quoted(p.headSummary, said.summary, said.summaryLang)
	l.Details(p.headDetails,
		letter.Field{Label: label.reference, Value: letter.Clean(i.Reference)},
		letter.Field{Label: label.kind, Value: p.kind(i.Kind)},
		letter.Field{Label: label.detected, Value: p.utc(i.DetectedAt)},
		letter.Field{Label: label.impacted, Value: letter.Clean(i.TenantID)},
		letter.Field{Label: label.ownTenant, Place: companyTenant},
		letter.Field{Label: label.incidentID, Value: letter.Clean(i.ID)},
		letter.Field{Label: label.notification, Place: notification},
	)
}

// role says as what the recipient is written to.
func (n *Notification) role(p *phrases) letter.Prose {
	if n.Recipient.Audience == ToGlobalAdmin && n.isUnanswered() {
		return p.asStandIn
	}
	return p.role(n.Recipient.Audience)
}

// impacts says whose tenant was hit, and what rights make that the company's
// concern.
func (n *Notification) impacts(at *stage) letter.Prose {
	if n.OwnTenant {
		return at.own
	}
	return at.others[n.Rights&allRights]
}

// writeAnswer says how to answer, and what an answer says, if there is a page.
func writeAnswer(l *letter.Letter, p *phrases, says letter.Prose) {
	if !l.Has(answerPage) {
		return
	}
	how := p.onPage
	if l.Has(answerCode) {
		how = p.byCode
	}
	l.Heading(p.headAnswer)
	l.Paragraph(how, says)
	l.Facts(
		letter.Field{Label: p.labels.page, Place: answerPage, Link: true},
		letter.Field{Label: p.labels.code, Place: answerCode},
	)
}

func (c *contactLetter) write(l *letter.Letter, p *phrases) {
	l.Subject(c.subject, p.contactCompany)
	l.Title(c.subject)
	l.Paragraph(c.what)
	l.Facts(
		letter.Field{Label: p.labels.company, Place: company},
	)
	writeAnswer(l, p, c.answer)
	l.Heading(c.question)
	l.Paragraph(c.act)
	if c.duties {
		l.Heading(p.headDuties)
		for _, duty := range p.duties {
			l.Paragraph(duty)
		}
	}
	l.Details(p.headDetails,
		letter.Field{Label: p.labels.ownTenant, Place: companyTenant},
		letter.Field{Label: p.labels.notification, Place: notification},
	)
}

// respondBy leaves out the "by" where there is no time to wait for.
func (p *phrases) respondBy(t time.Time) letter.Field {
	if isWritten(t) {
		return letter.Field{Label: p.labels.respondBy, Value: p.utc(t)}
	}
	return letter.Field{Label: p.labels.respond, Value: p.atOnce}
}
