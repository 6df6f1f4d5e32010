package partner

import (
	"fmt"
	"log/slog"
	"slices"

	"github.com/cspkit/partner/internal/hidden"
	"github.com/cspkit/partner/internal/words"
)

// Languages returns the BCP 47 tags of the languages in which messages and the
// sentences of findings are written, English first: "en", "de", "pt-BR". The
// slice is the caller's.
//
// Where a tag of a host's is read, such as Recipient.Language, the one of these
// that fits it best counts: "de-AT" is German, and "pt" is "pt-BR". For one
// that fits none, and for what is no tag, it is English.
func Languages() []string {
	all := make([]string, 0, len(words.Languages()))
	for _, l := range words.Languages() {
		all = append(all, l.Tag)
	}
	return all
}

// IncidentText is what a host says of an incident in one more language. Its
// texts follow the rules of the fields of an [Incident].
type IncidentText struct {
	Title   string   `json:"title"`             // what happened, one line
	Summary string   `json:"summary,omitempty"` // more about it, any number of lines
	Actions []string `json:"actions"`           // as many as those of the incident, in its order
}

// LogValue tells only how many actions there are.
func (t IncidentText) LogValue() slog.Value {
	return slog.GroupValue(slog.Int("actions", len(t.Actions)))
}

// Format prints what LogValue tells, whatever the verb.
func (t IncidentText) Format(s fmt.State, _ rune) { hidden.Format(s, "IncidentText", t) }

// In returns the incident as it is told in a language: with the title, the
// summary and the actions of the translation that fits best, or its own where
// none does. It has no Translations. The actions are not copied.
//
// A message does this by itself. It is for a host that shows an incident
// elsewhere, such as on a page.
func (i Incident) In(language string) Incident {
	if text, ok := i.in(words.For(language)); ok {
		i.Title, i.Summary, i.Actions = text.Title, text.Summary, text.Actions
	}
	i.Translations = nil
	return i
}

// in returns what the host says of i in a language. Of several tags that fit
// it, the language's own comes first, and then the first by its letters.
func (i *Incident) in(l *words.Language) (IncidentText, bool) {
	tag, ok := i.tagOf(l)
	return i.Translations[tag], ok
}

func (i *Incident) tagOf(l *words.Language) (tag string, ok bool) {
	if _, ok := i.Translations[l.Tag]; ok || len(i.Translations) == 0 {
		return l.Tag, ok
	}
	var found []string
	for tag := range i.Translations {
		if other, ok := words.Fit(tag); ok && other == l {
			found = append(found, tag)
		}
	}
	if len(found) == 0 {
		return "", false
	}
	return slices.Min(found), true
}

// translationsIn returns the one translation that a message in a language
// shows, if there is one: a notification waits in queues, and carries no more
// than it needs.
func (i *Incident) translationsIn(language string) map[string]IncidentText {
	tag, ok := i.tagOf(words.For(language))
	if !ok {
		return nil
	}
	return map[string]IncidentText{tag: i.Translations[tag]}
}
