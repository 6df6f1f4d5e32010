package partner

import (
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"time"

	"github.com/cspkit/partner/internal/hidden"
	"github.com/cspkit/partner/internal/letter"
)

// Renderer renders notifications as [Notification.Message] does, byte for byte.
// It is for those who mail many of one incident: it renders what they share
// once. It remembers that for the last few incidents, audiences and rights.
//
// Append to a buffer that is used again. That takes a tenth of the time of
// [Notification.Message], and makes no garbage. A message as strings is 5 KB of
// it.
//
// The zero Renderer is ready to use. It is not for several goroutines at once,
// nor to be copied: keep one for each worker.
type Renderer struct {
	kept []*sharedLetter
	next int    // which of the kept is replaced next
	text []byte // of the last Message, to be written over

	last personal      // of whom own is
	own  letter.Values // of the last recipient, who mostly gets all three parts
}

// personal is what a message shows of one recipient's own.
type personal struct {
	company, tenant, id string
	answer              Answer
}

// lettersKept is how many letters a Renderer keeps: enough for each set of
// rights that partners hold over one tenant.
const lettersKept = 8

// sharedLetter is a letter that says the same to many, and the notification
// that it was written from.
type sharedLetter struct {
	letter.Letter

	language *phrases
	from     Notification // without what is a recipient's own, but for a name that the subject says once
}

// Message returns what n.Message() returns. Its three parts share one string.
func (r *Renderer) Message(n Notification) Message {
	l := r.letter(&n)
	b := l.AppendSubject(r.text[:0], &r.own)
	subject := len(b)
	b = l.AppendText(b, &r.own)
	text := len(b)
	b = l.AppendHTML(b, &r.own)
	r.text = b
	all := string(b)
	return Message{Subject: all[:subject], Text: all[subject:text], HTML: all[text:]}
}

// AppendSubject appends the Subject of n.Message() to b and returns it.
func (r *Renderer) AppendSubject(b []byte, n Notification) []byte {
	return r.letter(&n).AppendSubject(b, &r.own)
}

// AppendText appends the Text of n.Message() to b and returns it.
func (r *Renderer) AppendText(b []byte, n Notification) []byte {
	return r.letter(&n).AppendText(b, &r.own)
}

// AppendHTML appends the HTML of n.Message() to b and returns it.
func (r *Renderer) AppendHTML(b []byte, n Notification) []byte {
	return r.letter(&n).AppendHTML(b, &r.own)
}

// LogValue tells only how many letters are remembered.
func (r Renderer) LogValue() slog.Value { return slog.GroupValue(slog.Int("kept", len(r.kept))) }

// Format prints what LogValue tells, whatever the verb.
func (r Renderer) Format(s fmt.State, _ rune) { hidden.Format(s, "Renderer", r) }

// letter returns the letter for n, and sets own to what n has of its own.
func (r *Renderer) letter(n *Notification) *letter.Letter {
	if p := (personal{n.CompanyName, n.PartnerTenantID, n.ID, n.Answer}); p != r.last {
		r.last, r.own = p, n.own()
	}
	in := phrasesIn(n.Recipient.Language)
	for _, k := range r.kept {
		if k.language == in && sameLetter(&k.from, n) && k.Fits(&r.own) {
			return &k.Letter
		}
	}
	k := &sharedLetter{language: in, from: Notification{
		Topic: n.Topic, OwnTenant: n.OwnTenant, Rights: n.Rights, UnansweredSince: n.UnansweredSince,
		Recipient: Recipient{Audience: n.Recipient.Audience}, Incident: n.Incident,
	}}
	k.from.Incident = n.Incident.shared()
	if n.namesItself() {
		k.from.CompanyName = n.CompanyName
	}
	k.Begin(&r.own, true, in.frame)
	k.from.write(&k.Letter, in)
	if len(r.kept) < lettersKept {
		r.kept = append(r.kept, k)
	} else {
		r.kept[r.next] = k
		r.next = (r.next + 1) % lettersKept
	}
	return &k.Letter
}

// sameLetter reports whether a and b differ only in what is a recipient's own,
// as far as a message shows it.
func sameLetter(a, b *Notification) bool {
	return a.Rights == b.Rights && a.OwnTenant == b.OwnTenant && a.namesItself() == b.namesItself() &&
		a.Topic == b.Topic && a.Recipient.Audience == b.Recipient.Audience &&
		sameTime(a.UnansweredSince, b.UnansweredSince) && sameIncident(&a.Incident, &b.Incident)
}

// sameIncident reports whether messages tell the same of a and b. Of the
// version they show only whether it is above 0.
func sameIncident(a, b *Incident) bool {
	return a.ID == b.ID && a.TenantID == b.TenantID && a.Kind == b.Kind && a.Severity == b.Severity &&
		a.Title == b.Title &&
		a.Summary == b.Summary && slices.Equal(a.Actions, b.Actions) && sameTime(a.DetectedAt, b.DetectedAt) &&
		sameTime(a.RespondBy, b.RespondBy) && a.Reference == b.Reference && a.TenantName == b.TenantName &&
		a.Status == b.Status && maps.EqualFunc(a.Translations, b.Translations, sameText) &&
		(a.Version > 0) == (b.Version > 0) && a.Drill == b.Drill
}

func sameText(a, b IncidentText) bool {
	return a.Title == b.Title && a.Summary == b.Summary && slices.Equal(a.Actions, b.Actions)
}

// sameTime reports whether a and b are written in the same way: see utc.
func sameTime(a, b time.Time) bool {
	if a.Location() == b.Location() { // as nearly always: then one time has one offset
		return a.Equal(b)
	}
	_, offsetA := a.Zone()
	_, offsetB := b.Zone()
	return a.Equal(b) && offsetA%60 == offsetB%60
}
