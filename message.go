package partner

import (
	"fmt"
	"log/slog"
	"strconv"
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

// Message returns the notification in plain English. What it says follows from
// the Topic. A topic that is not known is written as an incident, so that
// nothing is left unsaid.
//
// The message of an incident begins its subject with
//
//  1. "[DRILL] " if it is a drill,
//  2. then "Resolved: " if its status is resolved, or "Unanswered: " if
//     UnansweredSince is set.
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
	own := n.own()
	l.Begin(&own, false)
	n.write(&l)
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

// letters is the table of which message each topic has: one about a security
// contact, or that of an incident. Its order is that of Topics.
var letters = [...]struct {
	topic   Topic
	contact *contactLetter
}{
	{TopicIncident, nil},
	{TopicDrill, nil},
	{TopicContactAppointed, &contactAppointed},
	{TopicContactReplaced, &contactReplaced},
	{TopicContactUpdated, &contactUpdated},
	{TopicContactConfirm, &contactConfirm},
	{TopicContactLapsed, &contactLapsed},
}

// letter returns what is said about a security contact, or nil for the topics
// of an incident and those that are not known.
func (t Topic) letter() *contactLetter {
	for i := range letters {
		if letters[i].topic == t {
			return letters[i].contact
		}
	}
	return nil
}

// write writes the letter. What is a recipient's own, it mentions by its place
// only.
func (n *Notification) write(l *letter.Letter) {
	if contact := n.Topic.letter(); contact != nil {
		contact.write(l)
	} else {
		n.writeIncident(l)
	}
	l.End()
}

// stage is how far an incident is, as its message says it.
type stage struct {
	subject, drillSubject letter.Prose
	title, drillTitle     letter.Prose
	drill                 letter.Prose // what the alert of a drill adds
	news                  letter.Prose // what is new, in a paragraph of its own
	impacts               letter.Prose // the verb, behind the role
	answer                letter.Prose // what an answer says
}

var (
	going = stage{
		subject:      letter.Say("Security incident"),
		drillSubject: letter.Say("[DRILL] Security incident"),
		title:        letter.Say("Security incident"),
		drillTitle:   letter.Say("Drill of a security incident"),
		drill: letter.Say(" Go through the steps below as in a real incident, but lock, change and delete nothing " +
			"that is in use."),
		impacts: letter.Say(" The incident impacts "),
		answer:  letter.Say("Your answer says that you are on it, and that somebody reads this address."),
	}
	unanswered = stage{
		subject:      letter.Say("Unanswered: Security incident"),
		drillSubject: letter.Say("[DRILL] Unanswered: Security incident"),
		title:        going.title,
		drillTitle:   going.drillTitle,
		drill:        going.drill,
		news:         letter.Say("Others were told of this before, and nobody has answered."),
		impacts:      going.impacts,
		answer:       going.answer,
	}
	over = stage{
		subject:      letter.Say("Resolved: Security incident"),
		drillSubject: letter.Say("[DRILL] Resolved: Security incident"),
		title:        letter.Say("The security incident is over"),
		drillTitle:   letter.Say("The drill of a security incident is over"),
		news:         letter.Say("This is the all-clear: the incident is over, and there is nothing more to do."),
		impacts:      letter.Say(" The incident impacted "),
		answer:       answerReads,
	}
)

// answerReads is what an answer says where there is nothing to act on.
var answerReads = letter.Say("Your answer says that somebody reads this address.")

// The labels, the headings and the sentences that every letter may have.
var (
	labelCompany      = letter.NewLabel("Company")
	labelTenant       = letter.NewLabel("Tenant")
	labelIncident     = letter.NewLabel("Incident")
	labelSeverity     = letter.NewLabel("Severity")
	labelRespondBy    = letter.NewLabel("Respond by")
	labelRespond      = letter.NewLabel("Respond")
	labelWaiting      = letter.NewLabel("Waiting since")
	labelPage         = letter.NewLabel("Page")
	labelCode         = letter.NewLabel("Code")
	labelReference    = letter.NewLabel("Reference")
	labelKind         = letter.NewLabel("Kind")
	labelDetected     = letter.NewLabel("Detected")
	labelImpacted     = letter.NewLabel("Impacted tenant")
	labelOwnTenant    = letter.NewLabel("Company's tenant")
	labelIncidentID   = letter.NewLabel("Incident ID")
	labelNotification = letter.NewLabel("Notification")

	headingAnswer  = letter.NewHeading("How to answer")
	headingActions = letter.NewHeading("What to do, in this order")
	headingSummary = letter.NewHeading("What is known")
	headingDetails = letter.NewHeading("Details")
	headingDuties  = letter.NewHeading("What is expected of a security contact")

	update       = letter.Say("This is an update: an earlier message told of the same incident.")
	drillAlert   = letter.Say("This is a drill: nothing has happened.")
	answerOnPage = letter.Say("Open this page and answer there. ")
	answerByCode = letter.Say("Open this page and enter the code there. ")
	asStandIn    = letter.Say("You receive this as a Global admin of the company below, because nobody has answered.")
)

func (n *Notification) stage() *stage {
	switch {
	case n.Incident.Status == IncidentResolved:
		return &over
	case n.unansweredSince() != "":
		return &unanswered
	default:
		return &going
	}
}

// unansweredSince returns the time as people read it, or "" if it is not set.
func (n *Notification) unansweredSince() string {
	if n.UnansweredSince.IsZero() {
		return ""
	}
	return utc(n.UnansweredSince)
}

func (n *Notification) writeIncident(l *letter.Letter) {
	i, at := &n.Incident, n.stage()
	drill := n.Topic == TopicDrill || i.Drill
	subject, title := at.subject, at.title
	if drill {
		subject, title = at.drillSubject, at.drillTitle
	}
	l.Subject(subject,
		letter.Piece{Before: " (", Value: letter.Clean(string(i.Severity)), After: ")"},
		letter.Piece{Before: " for ", Place: companyInSubject},
		letter.Piece{Before: ", tenant ", Value: letter.Clean(i.TenantName).Cut(tenantInSubjectLimit)},
		letter.Piece{Before: ": ", Value: letter.Clean(i.Title)},
	)
	if drill {
		l.Alert(drillAlert, at.drill)
	}
	l.Title(title)
	if i.Version > 0 && at != &over {
		l.Paragraph(update)
	}
	if at.news != (letter.Prose{}) {
		l.Paragraph(at.news)
	}
	l.Paragraph(n.role(), at.impacts, n.impacted())
	var respond, waiting letter.Field // blank once it is over
	if at != &over {
		respond = respondBy(i.RespondBy)
		waiting = letter.Field{Label: labelWaiting, Value: n.unansweredSince()}
	}
	l.Facts(
		letter.Field{Label: labelCompany, Place: company},
		letter.Field{Label: labelTenant, Value: i.TenantName},
		letter.Field{Label: labelIncident, Value: i.Title},
		letter.Field{Label: labelSeverity, Value: string(i.Severity)},
		respond, waiting,
	)
	writeAnswer(l, at.answer)
	if at != &over {
		l.Numbered(headingActions, i.Actions)
	}
	l.Quoted(headingSummary, i.Summary)
	l.Details(headingDetails,
		letter.Field{Label: labelReference, Value: i.Reference},
		letter.Field{Label: labelKind, Value: i.Kind.prose()},
		letter.Field{Label: labelDetected, Value: utc(i.DetectedAt)},
		letter.Field{Label: labelImpacted, Value: i.TenantID},
		letter.Field{Label: labelOwnTenant, Place: companyTenant},
		letter.Field{Label: labelIncidentID, Value: i.ID},
		letter.Field{Label: labelNotification, Place: notification},
	)
}

// role says as what the recipient is written to.
func (n *Notification) role() letter.Prose {
	if n.Recipient.Audience == ToGlobalAdmin && n.unansweredSince() != "" {
		return asStandIn
	}
	return n.Recipient.Audience.words().role
}

// impacted says whose tenant was hit, and what rights make that the company's
// concern.
func (n *Notification) impacted() letter.Prose {
	if n.OwnTenant {
		return ownTenantProse
	}
	return rightsProse[n.Rights&allRights]
}

var ownTenantProse = letter.Say("the company's own tenant.")

// rightsProse has every set of rights over another tenant in words.
var rightsProse = func() (t [allRights + 1]letter.Prose) {
	t[0] = letter.Say("a tenant that is not the company's own.")
	for r := Rights(1); r <= allRights; r++ {
		t[r] = letter.Say("the tenant of a customer, over which the company holds " + r.prose() + ".")
	}
	return t
}()

// writeAnswer says how to answer, and what an answer says, if there is a page.
func writeAnswer(l *letter.Letter, says letter.Prose) {
	if !l.Has(answerPage) {
		return
	}
	how := answerOnPage
	if l.Has(answerCode) {
		how = answerByCode
	}
	l.Heading(headingAnswer)
	l.Paragraph(how, says)
	l.Facts(
		letter.Field{Label: labelPage, Place: answerPage, Link: true},
		letter.Field{Label: labelCode, Place: answerCode},
	)
}

// contactLetter is what is said about a security contact. The subject ends with
// the company's name.
type contactLetter struct {
	subject, what letter.Prose
	answer        letter.Prose // what an answer says
	duties        bool         // the recipient is told what a security contact must do
	question      *letter.Heading
	act           letter.Prose // what to do, below the question
}

var (
	contactAppointed = contactLetter{
		subject:  letter.Say("You are now the security contact"),
		what:     letter.Say("This address was entered for the security contact of the company below."),
		answer:   answerReads,
		duties:   true,
		question: letter.NewHeading("If you did not expect this"),
		act:      letter.Say("Tell a Global admin of the company: nobody else can change the security contact."),
	}
	contactReplaced = contactLetter{
		subject: letter.Say("You are no longer the security contact"),
		what: letter.Say("Another address was entered for the security contact of the company below, in place of " +
			"this one. Security incidents are no longer sent here."),
		answer:   answerReads,
		question: letter.NewHeading("If nobody told you of this"),
		act: letter.Say("Call a Global admin of the company at once, on a number that you already have: whoever " +
			"wants an incident to go unnoticed changes the security contact first."),
	}
	contactUpdated = contactLetter{
		subject: letter.Say("New details for the security contact"),
		what: letter.Say("Details of the security contact of the company below, such as the name, the phone number " +
			"or the spelling of the address, were changed. Security incidents are still sent here."),
		answer:   answerReads,
		question: letter.NewHeading("If nobody told you of this"),
		act: letter.Say("Call a Global admin of the company at once, on a number that you already have, and have the " +
			"details checked: an attacker may want the calls about an incident."),
	}
	contactConfirm = contactLetter{
		subject: letter.Say("Please confirm the security contact"),
		what: letter.Say("Does somebody read this address? It is entered for the security contact of the company " +
			"below, and security incidents are sent here."),
		answer: letter.Say("Your answer says that somebody reads this address. The page shows the details that are " +
			"entered for the contact."),
		duties:   true,
		question: letter.NewHeading("If you are not the security contact"),
		act:      letter.Say("Tell a Global admin of the company: nobody else can change the security contact."),
	}
	contactLapsed = contactLetter{
		subject: letter.Say("Please check the security contact"),
		what: letter.Say("You receive this as a Global admin of the company below. Its security contact did not " +
			"confirm that somebody reads its address, or mail to that address came back. Security incidents are " +
			"still sent there, but perhaps nobody acts on them."),
		answer:   answerReads,
		question: letter.NewHeading("What to do"),
		act: letter.Say("Look at the security contact in the legal profile of the company. Have somebody who reads " +
			"the address confirm it, or enter one that is read. Only a Global admin can change the security contact."),
	}
)

// duties tell a security contact what Microsoft expects of it.
var duties = [...]letter.Prose{
	letter.Say("If a security incident impacts the company's tenant, or the tenant of a customer that granted the " +
		"company reseller or administrative rights, an e-mail to this address says so, and what to do. You are " +
		"expected to act at once."),
	letter.Say("Azure fraud notifications go to the admin agents who enrolled in them."),
}

func (c *contactLetter) write(l *letter.Letter) {
	l.Subject(c.subject, letter.Piece{Before: " of ", Place: companyInSubject})
	l.Title(c.subject)
	l.Paragraph(c.what)
	l.Facts(
		letter.Field{Label: labelCompany, Place: company},
	)
	writeAnswer(l, c.answer)
	l.Heading(c.question)
	l.Paragraph(c.act)
	if c.duties {
		l.Heading(headingDuties)
		for _, duty := range duties {
			l.Paragraph(duty)
		}
	}
	l.Details(headingDetails,
		letter.Field{Label: labelOwnTenant, Place: companyTenant},
		letter.Field{Label: labelNotification, Place: notification},
	)
}

// respondBy leaves out the "by" where there is no time to wait for.
func respondBy(t time.Time) letter.Field {
	if by := utc(t); !t.IsZero() && by != "" {
		return letter.Field{Label: labelRespondBy, Value: by}
	}
	return letter.Field{Label: labelRespond, Value: "at once"}
}

// utc writes a time as people read it, "Monday 23 November 2026, 14:05 UTC",
// and the zero time as nothing. An offset from UTC counts in whole minutes, for
// JSON has no more of it.
func utc(t time.Time) string {
	_, offset := t.Zone()
	if t = t.Add(time.Duration(offset%60) * time.Second).UTC(); t.IsZero() {
		return ""
	}
	year, month, day := t.Date()
	if year < 1000 || year > 9999 { // which no calendar of a host shows
		return t.Format("Monday 2 January 2006, 15:04 UTC")
	}
	var buf [len("Wednesday 30 September 2026, 14:05 UTC")]byte
	b := append(buf[:0], t.Weekday().String()...)
	b = append(b, ' ')
	b = strconv.AppendInt(b, int64(day), 10)
	b = append(b, ' ')
	b = append(b, month.String()...)
	b = append(b, ' ')
	b = strconv.AppendInt(b, int64(year), 10)
	hour, minute, _ := t.Clock()
	b = append(b, ',', ' ', digit(hour/10), digit(hour%10), ':', digit(minute/10), digit(minute%10))
	b = append(b, " UTC"...)
	return string(b)
}

func digit(n int) byte { return '0' + byte(n) }
