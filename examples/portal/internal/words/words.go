// Package words holds what the portal itself says to people outside of it, in
// each language that package partner speaks: on the pages behind the links of
// mails, and around its messages. There is one file for each language, which
// holds sentences and no code.
//
// A sentence may have places, such as "{company}". No sentence depends on a
// number, so no language needs plurals.
package words

import (
	"html/template"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"

	"github.com/cspkit/partner/internal/words"
)

// Language is everything that the portal says in one language. No text is
// empty. What a message says too is in the library's, and is not said twice.
type Language struct {
	Library *words.Language // its tag, its name, its direction, and the words of messages
	Page    Page
	Time    Time
	Form    Form
	Answer  Answer
	Link    Link
	Confirm Confirm
	Fault   Fault
	Mail    Mail
}

// Page is what stands around each page.
type Page struct {
	Portal        string
	Skip          string // to the content
	Error         string // {title}
	Demonstration string
	MadeUp        string
	MailStays     string
	Language      string
	Show          string
	WrittenIn     string // {language}; a language by its own name
	WriteSo       string // on a button
	WrittenSo     string // once that was pressed
	Provider      string // a provider without a name, as it stands in {provider}
	Ask           string // {provider}
	AskPhone      string // {phone}, {provider}
	AskMail       string // {mail}, {provider}
	AskBoth       string // {mail}, {phone}, {provider}
}

// Time is how pages write times, in UTC and with 24 hours.
type Time struct {
	Moment  string // {day}, {month}, {time}, {year}
	Hours   string // {n}
	Minutes string // {n}
}

// Form is what the forms of both pages say.
type Form struct {
	Attention  string // over what is wrong in the form
	Optional   string
	CodeHint   string
	NoCode     string
	WrongCode  string
	Name       string
	Heading    string
	Change     string // an answer that was given
	Answer     string // what is missing, in that list
	Choose     string
	Send       string
	Recorded   string
	Thanks     string // {answer}
	Again      string // {answer}, {time}
	NotSure    string // the form may have been recorded
	NotYet     string // a heading, over NotYetText
	NotYetText string
}

// Answer is the page about an incident.
type Answer struct {
	InShort        string
	InDrill        string // behind what the library says of a drill
	Replaced       string
	Question       string
	NameHint       string
	More           string
	SoFar          string
	Nobody         string
	NoName         string
	OnIt           string // the four answers, and what each does; For: for a time
	OnItDoes       string
	OnItFor        string // {time}
	Still          string
	StillDoes      string
	StillFor       string // {time}
	NotMe          string
	NotMeDoes      string
	Resolved       string
	ResolvedDoes   string
	Withdrawn      string
	StateOnIt      string // whether somebody is on it, and what follows
	StateBy        string // {name}
	StateUntil     string // {time}
	StateResolved  string
	ResolvedText   string
	StateWithdrawn string
	WithdrawnText  string
	StateNobody    string
	ExhaustedText  string
	WaitingText    string
	ThenResolved   string // what an answer that is recorded does
	ThenOver       string
	ThenNotMe      string
	Over           string
}

// Link is what is said of a link that is no longer good.
type Link struct {
	InvalidTitle string
	Invalid      string
	ExpiredTitle string
	Expired      string
	EndedTitle   string
	Ended        string
	Replaced     string
	NewCode      string
	SentTitle    string
	Sent         string
	SoonTitle    string
	Soon         string
	NeverTitle   string
	Never        string
}

// Confirm is the page that asks a security contact.
type Confirm struct {
	Status         string
	Title          string
	Lead           string // {company}
	LeadUnknown    string // of a company without a name
	Entered        string
	Group          string
	FirstName      string
	MiddleName     string
	LastName       string
	Email          string
	Phone          string
	Confirmed      string
	Verified       string // whether somebody reads the address, and since when
	VerifiedText   string // {time}
	VerifiedUntil  string // {time}
	Due            string
	DueText        string // {time}
	Unverified     string
	UnverifiedText string // {time}
	Until          string // {time}
	Unasked        string
	UnaskedText    string
	Overdue        string
	OverdueText    string // {time}
	Doubted        string
	DoubtedWrong   string // {time}
	DoubtedNotMe   string // {time}
	Bouncing       string
	BouncingText   string // {time}
	CorrectTitle   string
	Correct        string // {company}
	CorrectUnknown string // of a company without a name
	SignIn         string
	Otherwise      string
	Question       string
	NameHint       string
	Changed        string
	Right          string // the three answers, what each means, and what follows
	RightDoes      string
	RightThen      string
	Wrong          string
	WrongDoes      string
	WrongThen      string
	NotMe          string
	NotMeDoes      string
	NotMeThen      string
	GoneTitle      string
	Gone           string
}

// Fault is what pages about an error say.
type Fault struct {
	Number      string // {status}
	Request     string // {id}; under which the log says more
	Start       string // to the start page
	SignIn      string
	SignInTab   string
	Again       string // sends what was typed once more
	Retry       string // opens the page once more
	Kept        string
	KeptSignIn  string
	OnlyStaff   string // why somebody may not see a page
	OnlyAdmins  string // why somebody may not change something
	BadRequest  FaultWords
	SignedOut   FaultWords
	Denied      FaultWords
	NotFound    FaultWords
	TooLarge    FaultWords
	TooMany     FaultWords
	Unavailable FaultWords
	Failed      FaultWords
	Unknown     FaultWords // nobody knows whether a change is stored
}

// FaultWords are what is wrong, and what to do next.
type FaultWords struct{ Title, Text, Next string }

// Mail is what the portal says around a message, and in a mail of its own.
type Mail struct {
	Button       string
	From         string // {provider}
	AskBoth      string // {phone}
	AskReply     string
	AskPhone     string // {phone}
	GoneSubject  string // {company}; a webhook that its service says is gone
	GoneTitle    string
	GoneWhat     string
	GoneQuestion string
	GoneAct      string
}

// languages are all, in the library's order. It is the one place to add
// another.
var languages = [...]*Language{&en, &de, &es, &fr, &it, &ja, &nl, &pl, &ptBR}

// Languages returns all, English first.
func Languages() []*Language { return languages[:] }

// English is what is spoken where no other language fits.
func English() *Language { return &en }

// For returns the language that fits a tag of BCP 47 best, or English.
func For(tag string) *Language {
	l, ok := Fit(tag)
	if !ok {
		return English()
	}
	return l
}

// Fit returns the language that fits a tag of BCP 47 best. If none does, or it
// is no tag, ok is false.
func Fit(tag string) (l *Language, ok bool) {
	found, ok := words.Fit(tag)
	if !ok {
		return nil, false
	}
	for _, l := range languages {
		if l.Library == found {
			return l, true
		}
	}
	return nil, false
}

// Wanted returns the first language of a header Accept-Language that is spoken,
// or English.
func Wanted(accept string) *Language {
	wanted, _, err := language.ParseAcceptLanguage(accept)
	if err != nil {
		return English()
	}
	for _, one := range wanted {
		if l, ok := Fit(one.String()); ok {
			return l
		}
	}
	return English()
}

// library is what package partner says in the language of a tag.
func library(tag string) *words.Language {
	l, _ := words.Fit(tag)
	return l
}

// Tag is that of BCP 47, for the attribute lang.
func (l *Language) Tag() string { return l.Library.Tag }

// Name is the language's in itself.
func (l *Language) Name() string { return l.Library.Name }

// Direction is that of the script, for the attribute dir.
func (l *Language) Direction() string {
	if l.Library.RightToLeft {
		return "rtl"
	}
	return "ltr"
}

// Fill puts values into the places of a sentence. They are given in pairs of
// name and value: "company", "Contoso". A value that looks like a place is one
// no more.
func Fill(sentence string, pairs ...string) string {
	return strings.NewReplacer(places(pairs)...).Replace(sentence)
}

// Markup is Fill for a page. The sentence is escaped, and the values are what
// the caller has made safe.
func Markup(sentence string, pairs ...string) template.HTML {
	return template.HTML(Fill(template.HTMLEscapeString(sentence), pairs...)) //nolint:gosec // G203: both are escaped
}

func places(pairs []string) []string {
	all := make([]string, len(pairs))
	for i, text := range pairs {
		if all[i] = text; i%2 == 0 {
			all[i] = "{" + text + "}"
		}
	}
	return all
}

// When writes a time for people, in UTC.
func (l *Language) When(t time.Time) string {
	t = t.UTC()
	return Fill(l.Time.Moment, "day", strconv.Itoa(t.Day()), "month", l.Library.Date.Months[t.Month()-1],
		"year", strconv.Itoa(t.Year()), "time", t.Format("15:04"))
}

// Lasting writes how long something takes: "4 h", "90 min". "" is no time.
func (l *Language) Lasting(d time.Duration) string {
	switch d = d.Round(time.Minute); {
	case d <= 0:
		return ""
	case d%time.Hour == 0:
		return Fill(l.Time.Hours, "n", strconv.Itoa(int(d/time.Hour)))
	default:
		return Fill(l.Time.Minutes, "n", strconv.Itoa(int(d/time.Minute)))
	}
}
