package proof

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/internal/line"
	"github.com/cspkit/partner/internal/race"
	"github.com/cspkit/partner/internal/words"
)

// translated is mailed, with a translation of everything that a host says.
func translated(topic partner.Topic, tag string) partner.Notification {
	n := mailed(topic)
	withAnswer(&n)
	n.Incident.TenantName = "Adventure Works"
	n.Recipient.Language = tag
	n.Incident.Translations = map[string]partner.IncidentText{tag: {
		Title: "T " + tag, Summary: "S\n" + tag, Actions: []string{"1 " + tag, "2 " + tag, "3 " + tag},
	}}
	return n
}

// translationTexts are the places of a translation.
var translationTexts = []notificationText{
	{"Translations.Title", func(n *partner.Notification, value string) {
		for tag, text := range n.Incident.Translations {
			text.Title = value
			n.Incident.Translations[tag] = text
		}
	}},
	{"Translations.Summary", func(n *partner.Notification, value string) {
		for tag, text := range n.Incident.Translations {
			text.Summary = value
			n.Incident.Translations[tag] = text
		}
	}},
	{"Translations.Actions[0]", func(n *partner.Notification, value string) {
		for tag, text := range n.Incident.Translations {
			text.Actions = append([]string{value}, text.Actions[1:]...)
			n.Incident.Translations[tag] = text
		}
	}},
}

// Texts of a notification and of a translation are tried with hostile values in
// every language: of all cases one in eight, and in each language others.
func TestEveryLanguageKeepsTheLaws(t *testing.T) {
	t.Parallel()
	for at, l := range words.Languages() {
		t.Run(l.Tag, func(t *testing.T) {
			t.Parallel()
			tried := at // so that each language tries others
			for _, field := range slices.Concat(notificationTexts(t), translationTexts) {
				if field.path == "Recipient.Language" || field.path == "Topic" {
					continue // the language is this one, and the topic is one that is known
				}
				for _, topic := range partner.Topics() {
					for _, hostile := range mailedHostile {
						if tried++; tried%(8*race.Every) != 0 {
							continue
						}
						n := translated(topic, l.Tag)
						field.set(&n, hostile.value)
						calm := translated(topic, l.Tag)
						field.set(&calm, calmed(field.path, hostile.value))
						requireLawsIn(t, l, n, calm, field.path+" "+hostile.name)
					}
				}
			}
		})
	}
}

// calmed is a value that does no harm, in the place of a hostile one: the
// message has the same parts.
func calmed(path, hostile string) string {
	calm := func(text string) string {
		if line.Clean(text) == "" {
			return ""
		}
		return filler
	}
	switch {
	case path == "Answer.URL":
		if usablePage(hostile) {
			return fillerPage
		}
		return ""
	case path == "Incident.Status": // which says which message it is
		return hostile
	case strings.HasSuffix(path, "Summary"):
		lines := line.Split(hostile)
		for i, text := range lines {
			lines[i] = calm(text)
		}
		return strings.Join(lines, "\n")
	default:
		return calm(hostile)
	}
}

// requireLawsIn holds n.Message to what is promised in every language. Calm is
// the same notification with a calm value.
func requireLawsIn(t *testing.T, l *words.Language, n, calm partner.Notification, what string) {
	t.Helper()
	m, still := n.Message(), calm.Message()
	require.True(t, utf8.ValidString(m.Subject+m.Text+m.HTML), what)
	require.Equal(t, -1, strings.IndexFunc(m.Subject, breaksOut), what)
	require.Equal(t, -1, strings.IndexFunc(strings.ReplaceAll(m.Text+m.HTML, "\n", ""), breaksOut), what)
	require.LessOrEqual(t, utf8.RuneCountInString(m.Subject), 200, what)
	require.NotContains(t, m.Subject, "=?", what)
	drill := !aboutContact(n) && (n.Topic == partner.TopicDrill || n.Incident.Drill)
	require.Equal(t, drill, strings.HasPrefix(m.Subject, l.Letter.Drill), "%s: a drill says so first", what)

	frame := strings.Split(still.Text, "\n")
	lines := strings.Split(m.Text, "\n")
	require.Len(t, lines, len(frame), "%s: no value makes lines but the summary", what)
	for i, text := range lines {
		before, isValue := strings.CutSuffix(strings.Replace(frame[i], fillerPage, filler, 1), filler)
		if isValue {
			require.True(t, strings.HasPrefix(text, before) && before != "", "%s: %q stands behind %q", what, text, before)
		} else {
			require.Equal(t, frame[i], text, what)
		}
	}
	page := parsePage(t, m.HTML)
	require.Equal(t, parsePage(t, still.HTML).markup(), page.markup(), "%s: one markup for all values", what)
	require.Contains(t, m.HTML, `lang="`+l.Tag+`"`, what)

	data, err := json.Marshal(n)
	require.NoError(t, err, what)
	var back partner.Notification
	require.NoError(t, json.Unmarshal(data, &back), what)
	require.Equal(t, m, back.Message(), "%s: the same after a JSON round trip", what)

	other := n
	other.Recipient = partner.Recipient{Audience: n.Recipient.Audience, Language: n.Recipient.Language}
	require.Equal(t, m, other.Message(), "%s: who is written to is not mentioned", what)
	var renderer partner.Renderer
	require.Equal(t, m, renderer.Message(n), "%s: a Renderer writes the same", what)
}
