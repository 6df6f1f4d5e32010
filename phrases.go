package partner

import (
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/cspkit/partner/internal/letter"
	"github.com/cspkit/partner/internal/words"
)

// phrases is what messages say in one language, ready to be written.
type phrases struct {
	words *words.Language
	frame *letter.Frame

	going, unanswered, over              stage
	update, drillAlert                   letter.Prose
	onPage, byCode                       letter.Prose // how to answer, up to what an answer says
	asStandIn                            letter.Prose
	asContact, asAgent, asAdmin          letter.Prose
	asSubscriber, asOther                letter.Prose
	severity, company, tenant, title     letter.Piece // behind the subject of an incident
	contactCompany                       letter.Piece // behind that of a contact
	appointed, replaced, updated         contactLetter
	confirm, lapsed                      contactLetter
	duties                               [2]letter.Prose
	labels                               labels
	headAnswer, headActions, headSummary *letter.Heading
	headDetails, headDuties              *letter.Heading
	informational, low, medium, high     letter.Value
	atOnce                               letter.Value
	kinds                                map[string]letter.Value
	date                                 []datePart
}

// labels stand before the values of a letter.
type labels struct {
	company, tenant, incident, severity, respondBy, respond, waiting, page, code, reference, kind, detected, impacted,
	ownTenant, incidentID, notification *letter.Label
}

// stage is how far an incident is, as its message says it.
type stage struct {
	subject, drillSubject letter.Prose
	title, drillTitle     letter.Prose
	drill                 letter.Prose                // what the alert of a drill adds
	news                  letter.Prose                // what is new, in a paragraph of its own
	own                   letter.Prose                // behind the role: the company's own tenant is hit
	others                [allRights + 1]letter.Prose // the same of a tenant over which it has the rights
	answer                letter.Prose                // what an answer says
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

// english is what most messages speak.
var english = newPhrases(words.English())

// spoken has the phrases of each language, once somebody is written to in it.
var spoken = func() map[*words.Language]func() *phrases {
	all := make(map[*words.Language]func() *phrases, len(words.Languages()))
	for _, l := range words.Languages() {
		all[l] = sync.OnceValue(func() *phrases { return newPhrases(l) })
	}
	all[words.English()] = func() *phrases { return english }
	return all
}()

// phrasesIn returns the phrases of the language that fits the tag best.
func phrasesIn(tag string) *phrases {
	if tag == "" {
		return english
	}
	return spoken[words.For(tag)]()
}

func newPhrases(l *words.Language) *phrases {
	w := &l.Letter
	frame := letter.NewFrame(l.Tag, l.RightToLeft, w.Colon)
	behind := func(sentence string) letter.Prose { return letter.Say(w.Between + sentence) } // another one
	p := &phrases{
		words:       l,
		frame:       frame,
		update:      letter.Say(w.IsUpdate),
		drillAlert:  letter.Say(w.IsDrill),
		onPage:      letter.Say(w.AnswerOnPage + w.Between),
		byCode:      letter.Say(w.AnswerByCode + w.Between),
		asStandIn:   letter.Say(w.AsStandIn),
		asOther:     letter.Say(w.AsOther),
		duties:      [...]letter.Prose{letter.Say(w.DutyIncidents), letter.Say(w.DutyFraud)},
		headAnswer:  frame.Heading(w.HowToAnswer),
		headActions: frame.Heading(w.Actions),
		headSummary: frame.Heading(w.Summary),
		headDetails: frame.Heading(w.Details),
		headDuties:  frame.Heading(w.Duties),
		date:        parseDate(l.Date.Form),

		severity:       piece(w.SubjectSeverity),
		company:        piece(w.SubjectCompany),
		tenant:         piece(w.SubjectTenant),
		title:          piece(w.SubjectTitle),
		contactCompany: piece(w.SubjectContactCompany),
	}
	p.company.Place, p.contactCompany.Place = companyInSubject, companyInSubject
	p.asContact, p.asAgent = letter.Say(w.AsSecurityContact), letter.Say(w.AsAdminAgent)
	p.asAdmin, p.asSubscriber = letter.Say(w.AsGlobalAdmin), letter.Say(w.AsSubscriber)
	p.informational, p.low = letter.Own(w.Informational), letter.Own(w.Low)
	p.medium, p.high = letter.Own(w.Medium), letter.Own(w.High)
	p.atOnce = letter.Own(w.AtOnce)
	p.kinds = make(map[string]letter.Value, len(l.Kinds))
	for kind, name := range l.Kinds {
		p.kinds[kind] = letter.Own(name)
	}
	p.labels = labels{
		company:      frame.Label(w.Company),
		tenant:       frame.Label(w.Tenant),
		incident:     frame.Label(w.Incident),
		severity:     frame.Label(w.Severity),
		respondBy:    frame.Label(w.RespondBy),
		respond:      frame.Label(w.Respond),
		waiting:      frame.Label(w.WaitingSince),
		page:         frame.Label(w.Page),
		code:         frame.Label(w.Code),
		reference:    frame.Label(w.Reference),
		kind:         frame.Label(w.Kind),
		detected:     frame.Label(w.Detected),
		impacted:     frame.Label(w.ImpactedTenant),
		ownTenant:    frame.Label(w.OwnTenant),
		incidentID:   frame.Label(w.IncidentID),
		notification: frame.Label(w.Notification),
	}

	p.going = stage{
		subject:      letter.Say(w.Subject),
		drillSubject: letter.Say(w.Drill + w.Subject),
		title:        letter.Say(w.Title),
		drillTitle:   letter.Say(w.TitleDrill),
		drill:        behind(w.DrillSteps),
		own:          behind(w.ImpactsOwn),
		others:       impacts(w, w.ImpactsOther, w.ImpactsCustomer),
		answer:       letter.Say(w.AnswerOnIt),
	}
	p.unanswered = p.going
	p.unanswered.subject = letter.Say(w.Unanswered + w.Subject)
	p.unanswered.drillSubject = letter.Say(w.Drill + w.Unanswered + w.Subject)
	p.unanswered.news = letter.Say(w.NobodyAnswered)
	p.over = stage{
		subject:      letter.Say(w.Resolved + w.Subject),
		drillSubject: letter.Say(w.Drill + w.Resolved + w.Subject),
		title:        letter.Say(w.TitleOver),
		drillTitle:   letter.Say(w.TitleDrillOver),
		news:         letter.Say(w.AllClear),
		own:          behind(w.ImpactedOwn),
		others:       impacts(w, w.ImpactedOther, w.ImpactedCustomer),
		answer:       letter.Say(w.AnswerReads),
	}

	contact := func(c words.Contact, answer string, duties bool) contactLetter {
		return contactLetter{
			letter.Say(c.Subject), letter.Say(c.What), letter.Say(answer), duties, frame.Heading(c.Question), letter.Say(c.Act),
		}
	}
	p.appointed = contact(w.Appointed, w.AnswerReads, true)
	p.replaced = contact(w.Replaced, w.AnswerReads, false)
	p.updated = contact(w.Updated, w.AnswerReads, false)
	p.confirm = contact(w.Confirm, w.AnswerConfirms, true)
	p.lapsed = contact(w.Lapsed, w.AnswerReads, false)
	return p
}

// piece is a sentence with one place, as it stands in a subject.
func piece(sentence string) letter.Piece {
	before, rest, _ := strings.Cut(sentence, "{")
	_, after, _ := strings.Cut(rest, "}")
	return letter.Piece{Before: before, After: after}
}

// impacts has every set of rights over another tenant in words.
func impacts(w *words.Letter, other, customer string) (t [allRights + 1]letter.Prose) {
	t[0] = letter.Say(w.Between + other)
	names := [...]struct {
		right Rights
		name  string
	}{{Reseller, w.Reseller}, {DelegatedAdmin, w.DelegatedAdmin}, {GranularAdmin, w.GranularAdmin}}
	for r := Rights(1); r <= allRights; r++ {
		var held []string
		for _, n := range names {
			if r&n.right != 0 {
				held = append(held, n.name)
			}
		}
		last := len(held) - 1
		list := held[last]
		if last > 0 {
			list = strings.Join(held[:last], w.Comma) + w.And + list
		}
		t[r] = letter.Say(w.Between + strings.Replace(customer, "{rights}", list, 1))
	}
	return t
}

// contact returns what is said about a security contact, or nil for the topics
// of an incident and those that are not known.
func (p *phrases) contact(t Topic) *contactLetter {
	switch t {
	case TopicContactAppointed:
		return &p.appointed
	case TopicContactReplaced:
		return &p.replaced
	case TopicContactUpdated:
		return &p.updated
	case TopicContactConfirm:
		return &p.confirm
	case TopicContactLapsed:
		return &p.lapsed
	default:
		return nil
	}
}

// role says as what the audience is written to.
func (p *phrases) role(a Audience) letter.Prose {
	switch a {
	case ToSecurityContact:
		return p.asContact
	case ToAdminAgent:
		return p.asAgent
	case ToGlobalAdmin:
		return p.asAdmin
	case ToSubscriber:
		return p.asSubscriber
	default:
		return p.asOther
	}
}

// severityOf names a severity. One that is not known stays as it is.
func (p *phrases) severityOf(s IncidentSeverity) letter.Value {
	switch s {
	case IncidentInformational:
		return p.informational
	case IncidentLow:
		return p.low
	case IncidentMedium:
		return p.medium
	case IncidentHigh:
		return p.high
	default:
		return letter.Clean(string(s))
	}
}

// kind names a kind: "credential compromise". Of one that the language does not
// know, it names the most particular that it does, and the rest in English.
// What is no kind stays as it is.
func (p *phrases) kind(k IncidentKind) letter.Value {
	if name, ok := p.kinds[string(k)]; ok { // of most, without an allocation
		return name
	}
	if !k.valid() {
		return letter.Clean(string(k))
	}
	known, rest := "", string(k)
	for general := rest; ; {
		at := strings.LastIndexByte(general, '.')
		if at < 0 {
			break
		}
		general = general[:at]
		if name, ok := p.words.Kinds[general]; ok {
			known, rest = name, rest[at:]
			break
		}
	}
	return letter.Clean(known + wordsOfKind.Replace(rest))
}

var wordsOfKind = strings.NewReplacer("_", " ", ".", ": ")

// datePart is a piece of a written time: a text, and what stands behind it.
type datePart struct {
	text string
	what timePart
}

// timePart says which part of a time is written.
type timePart int

const (
	noPart timePart = iota
	weekday
	day
	month
	year
	clock
)

// timeParts are the names of the parts as the words have them.
var timeParts = map[string]timePart{
	"": noPart, "weekday": weekday, "day": day, "month": month, "year": year, "time": clock,
}

func parseDate(form string) []datePart {
	var parts []datePart
	for form != "" {
		text, rest, _ := strings.Cut(form, "{")
		name, rest, _ := strings.Cut(rest, "}")
		parts = append(parts, datePart{text, timeParts[name]})
		form = rest
	}
	return parts
}

// utc writes a time as people read it, "Monday 23 November 2026, 14:05 UTC",
// and the zero time as nothing.
func (p *phrases) utc(t time.Time) letter.Value {
	t = inUTC(t)
	if t.IsZero() {
		return letter.Value{}
	}
	y, m, d := t.Date()
	hour, minute, _ := t.Clock()
	var buf [64]byte
	b := buf[:0]
	for i := range p.date {
		b = append(b, p.date[i].text...)
		switch p.date[i].what {
		case noPart:
		case weekday:
			b = append(b, p.words.Date.Weekdays[t.Weekday()]...)
		case day:
			b = strconv.AppendInt(b, int64(d), 10)
		case month:
			b = append(b, p.words.Date.Months[m-1]...)
		case year:
			if y < 1000 || y > 9999 { // which no calendar of a host shows
				b = t.AppendFormat(b, "2006")
			} else {
				b = strconv.AppendInt(b, int64(y), 10)
			}
		case clock:
			b = append(b, digit(hour/10), digit(hour%10), ':', digit(minute/10), digit(minute%10))
		}
	}
	return letter.Plain(string(b))
}

// inUTC returns t in UTC as it is written. An offset from UTC counts in whole
// minutes, for JSON has no more of it.
func inUTC(t time.Time) time.Time {
	if t.Location() == time.UTC { // of most
		return t
	}
	_, offset := t.Zone()
	return t.Add(time.Duration(offset%60) * time.Second).UTC()
}

// isWritten reports whether t is set, and written as something.
func isWritten(t time.Time) bool { return !t.IsZero() && !inUTC(t).IsZero() }

func digit(n int) byte { return '0' + byte(n) }

// textIn is what the host says of an incident in one language, and the language
// of each text where it is another than the message's: see [Incident].
type textIn struct {
	title, summary                      string
	actions                             []string
	titleLang, summaryLang, actionsLang letter.Lang
}

// said returns what the host says of i in the language of p.
func (p *phrases) said(i *Incident) textIn {
	own := textIn{title: i.Title, summary: i.Summary, actions: i.Actions}
	if p == english && len(i.Translations) == 0 {
		return own
	}
	text, ok := i.in(p.words)
	if !ok {
		if p != english {
			own.titleLang, own.summaryLang, own.actionsLang = untranslated, untranslated, untranslated
		}
		return own
	}
	said := textIn{title: text.Title, summary: text.Summary, actions: text.Actions}
	if p != english { // what is the same was not translated
		said.titleLang = foreign(said.title == i.Title)
		said.summaryLang = foreign(said.summary == i.Summary)
	}
	return said
}

// untranslated is the language of what a host did not translate.
var untranslated = letter.In(words.English().Tag)

func foreign(same bool) letter.Lang {
	if same {
		return untranslated
	}
	return letter.Lang{}
}
