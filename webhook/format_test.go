package webhook_test

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/internal/race"
	"github.com/cspkit/partner/partnertest"
	"github.com/cspkit/partner/webhook"
)

// The marks of what no body may hold.
const (
	markName  = "Quilliam"
	markEmail = "marmalade@contoso.example"
	markPhone = "+14255550142"
	markURL   = "https://contoso.example/thimblerigger"
	markPage  = "https://contoso.example/answer/snollygoster"
	markCode  = "7KQ4-M2XD"
)

// incident is what a webhook is told, with every field set.
func incident() partner.Notification {
	n := partnertest.Notification(partner.TopicIncident)
	n.Recipient = partner.Recipient{
		Audience: partner.ToSubscriber, Medium: partner.MediumWebhook,
		Name: markName, Email: markEmail, Phone: markPhone, URL: markURL,
	}
	n.Incident.TenantName = "Adventure Works"
	n.Answer = partner.Answer{URL: markPage, Code: markCode}
	n.Thread = "0000000000000000000000000000000000000002"
	return n
}

// about is a notification of a topic, to a webhook.
func about(topic partner.Topic) partner.Notification {
	n := incident()
	n.Topic = topic
	if strings.HasPrefix(string(topic), "contact_") {
		n.Incident = partner.Incident{}
	}
	return n
}

func body(t testing.TB, f webhook.Format, n partner.Notification) []byte {
	t.Helper()
	data, err := webhook.Body(f, n)
	require.NoError(t, err)
	require.True(t, json.Valid(data))
	require.True(t, utf8.Valid(data))
	return data
}

func decode[T any](t testing.TB, data []byte) (v T) {
	t.Helper()
	require.NoError(t, json.Unmarshal(data, &v))
	return v
}

// within requires a body to be within the limits of its service.
func within(t testing.TB, f webhook.Format, data []byte) {
	t.Helper()
	switch f {
	case webhook.CloudEvents:
		require.LessOrEqual(t, len(data), 64<<10)
	case webhook.Teams:
		require.LessOrEqual(t, len(data), 28_000)
	case webhook.PagerDuty:
		require.LessOrEqual(t, len(data), 510_000)
		e := decode[pagerEvent](t, data)
		require.LessOrEqual(t, utf8.RuneCountInString(e.Payload.Summary), 1024)
		require.LessOrEqual(t, utf8.RuneCountInString(e.DedupKey), 255)
		require.NotEmpty(t, e.Payload.Summary)
		require.NotEmpty(t, e.Payload.Source)
	case webhook.Slack:
		m := decode[slackMessage](t, data)
		total := utf16Length(m.Text)
		require.LessOrEqual(t, len(m.Blocks), 50)
		for _, b := range m.Blocks {
			most := map[string]int{"header": 150, "section": 3000}[b.Type]
			if b.Text != nil {
				require.LessOrEqual(t, utf16Length(b.Text.Text), most, b.Type)
				require.NotEmpty(t, b.Text.Text)
				total += utf16Length(b.Text.Text)
			}
			for _, e := range b.Elements {
				total += utf16Length(e.Text.Text)
			}
		}
		require.LessOrEqual(t, total, 12_000)
	}
}

// shown returns all that people are shown of a body, but for CloudEvents.
func shown(t testing.TB, f webhook.Format, data []byte) string {
	t.Helper()
	var texts []string
	switch f {
	case webhook.Teams:
		for _, b := range decode[teamsMessage](t, data).Attachments[0].Content.Body {
			for _, run := range b.Inlines {
				texts = append(texts, run.Text)
			}
		}
	case webhook.Slack:
		for _, b := range decode[slackMessage](t, data).Blocks {
			if b.Text != nil {
				texts = append(texts, b.Text.Text)
			}
		}
	case webhook.PagerDuty:
		p := decode[pagerEvent](t, data).Payload
		texts = []string{p.Summary, p.Details.Message}
	}
	return strings.Join(texts, "\n")
}

func TestFormats(t *testing.T) {
	t.Parallel()
	assert.Equal(t, []webhook.Format{webhook.CloudEvents, webhook.Teams, webhook.Slack, webhook.PagerDuty},
		webhook.Formats())
	for _, f := range []webhook.Format{"", "discord", "Slack", "SLACK"} {
		_, err := webhook.Body(f, incident())
		require.Error(t, err, "%q", f)
	}
}

// What no body may hold, whatever its format.
func TestBodiesNameNobody(t *testing.T) {
	t.Parallel()
	for _, f := range webhook.Formats() {
		for _, topic := range append(partner.Topics(), "weather") {
			data := string(body(t, f, about(topic)))
			for _, mark := range []string{markName, markEmail, markPhone, markPhone[1:], markURL} {
				assert.NotContains(t, data, mark, "%s %s", f, topic)
			}
			answers := f == webhook.Teams || f == webhook.Slack
			assert.Equal(t, answers, strings.Contains(data, markCode), "%s %s", f, topic)
			assert.Equal(t, answers, strings.Contains(data, markPage), "%s %s", f, topic)
		}
	}
}

// What the chats and the pager must say.
func TestWhatPeopleAreTold(t *testing.T) {
	t.Parallel()
	for _, f := range []webhook.Format{webhook.Teams, webhook.Slack, webhook.PagerDuty} {
		for _, c := range []struct {
			name, why string
			change    func(*partner.Notification)
			says      []string
			not       []string
		}{
			{
				name: "an incident", why: "somebody must act on it", change: func(*partner.Notification) {},
				says: []string{"Contoso", "Adventure Works", "Sign-ins with a stolen password", "high", "1. Block sign-in",
					"3. Review",
					"https://contoso.example/incidents/credential_compromise"},
				not: []string{"DRILL", "Resolved", "Unanswered"},
			},
			{
				name: "a drill", why: "nobody may lock accounts for it",
				change: func(n *partner.Notification) { n.Topic = partner.TopicDrill },
				says:   []string{"[DRILL] ", "This is a drill", "1. Block sign-in"},
			},
			{
				name: "an all-clear", why: "there is nothing more to do", change: func(n *partner.Notification) {
					n.Incident.Status, n.Incident.Version = partner.IncidentResolved, 1
				},
				says: []string{"Resolved: ", "Contoso", "Sign-ins with a stolen password"}, not: []string{"Block sign-in"},
			},
			{
				name: "unanswered", why: "it is late",
				change: func(n *partner.Notification) { n.UnansweredSince = n.Incident.DetectedAt },
				says:   []string{"Unanswered: ", "1. Block sign-in", "Waiting since"},
			},
			{
				name: "a contact", why: "subscribers may be asked", change: func(n *partner.Notification) {
					n.Topic, n.Incident = partner.TopicContactLapsed, partner.Incident{}
				},
				says: []string{"Please check the security contact", "Contoso"},
			},
		} {
			t.Run(string(f)+" "+c.name, func(t *testing.T) {
				t.Parallel()
				n := incident()
				c.change(&n)
				text := shown(t, f, body(t, f, n))
				for _, want := range c.says {
					assert.Contains(t, text, want, c.why)
				}
				for _, not := range c.not {
					assert.NotContains(t, text, not, c.why)
				}
			})
		}
	}
}

// long are texts that most services do not take whole.
var long = map[string]string{
	"ASCII":            strings.Repeat("all work and no play ", 4_000),
	"one word":         strings.Repeat("x", 80_000),
	"two octets":       strings.Repeat("é", 40_000),
	"four octets":      strings.Repeat("🛡️", 12_000),
	"escaped in JSON":  strings.Repeat(`"<&>\`, 15_000),
	"lines":            strings.Repeat("line\n", 15_000),
	"controls":         strings.Repeat("\x00\u2028", 20_000),
	"not UTF-8":        strings.Repeat("\xff", 40_000),
	"spaces":           strings.Repeat(" \u3000", 20_000) + "x",
	"dots and numbers": strings.Repeat("1. ", 25_000),
}

// hostile puts a text into each place of a notification.
var hostile = map[string]func(n *partner.Notification, s string){
	"summary":   func(n *partner.Notification, s string) { n.Incident.Summary = s },
	"title":     func(n *partner.Notification, s string) { n.Incident.Title = s },
	"company":   func(n *partner.Notification, s string) { n.CompanyName = s },
	"tenant":    func(n *partner.Notification, s string) { n.Incident.TenantName = s },
	"an action": func(n *partner.Notification, s string) { n.Incident.Actions = []string{"First.", s} },
	"actions":   func(n *partner.Notification, s string) { n.Incident.Actions = strings.SplitAfter(s, " ") },
	"kind":      func(n *partner.Notification, s string) { n.Incident.Kind = partner.IncidentKind(s) },
	"reference": func(n *partner.Notification, s string) { n.Incident.Reference = "https://contoso.com/" + s },
	"answer":    func(n *partner.Notification, s string) { n.Answer.URL = "https://contoso.com/" + s },
	"code":      func(n *partner.Notification, s string) { n.Answer.Code = s },
	"thread":    func(n *partner.Notification, s string) { n.Thread = s },
	"the rest": func(n *partner.Notification, s string) {
		n.Topic, n.PartnerTenantID, n.Incident.ID, n.Incident.TenantID = partner.Topic(s), s, s, s
		n.Incident.Severity, n.Incident.Status = partner.IncidentSeverity(s), partner.IncidentStatus(s)
		n.Recipient.Audience, n.Recipient.Medium = partner.Audience(s), partner.Medium(s)
	},
	"everything": func(n *partner.Notification, s string) {
		n.CompanyName, n.Incident.Title, n.Incident.TenantName, n.Incident.Summary = s, s, s, s
		n.Incident.Actions = []string{s, s, s}
	},
}

// Any text in any place, and the body is within its limits.
func TestLimitsAtAnyInput(t *testing.T) {
	t.Parallel()
	for place, put := range hostile {
		t.Run(place, func(t *testing.T) {
			t.Parallel()
			for name, text := range long {
				if race.Enabled && name != "four octets" {
					continue // one goroutine does this
				}
				for _, f := range webhook.Formats() {
					n := incident()
					put(&n, text)
					within(t, f, body(t, f, n))
				}
			}
			n := incident()
			put(&n, strings.Repeat("PagerDuty takes more. ", 30_000))
			within(t, webhook.PagerDuty, body(t, webhook.PagerDuty, n))
		})
	}
}

// The summary gives way first: the actions stay whole.
func TestTheSummaryIsCutFirst(t *testing.T) {
	t.Parallel()
	for _, f := range webhook.Formats() {
		n := incident()
		n.Incident.Summary = strings.Repeat("漢字", 300_000)
		data := body(t, f, n)
		within(t, f, data)
		text := shown(t, f, data)
		if f == webhook.CloudEvents {
			text = string(data)
		}
		for _, action := range incident().Incident.Actions {
			assert.True(t, has(text, action), f)
		}
		whole := strings.Contains(text, "漢…") || strings.Contains(text, "字…")
		assert.True(t, whole, "%s: as much as fits, at a whole character", f)
		assert.False(t, has(text, "\uFFFD"), f)
		kept := strings.Count(text, "漢字")
		assert.Greater(t, kept, map[webhook.Format]int{
			webhook.CloudEvents: 10_000, webhook.Teams: 3_500, webhook.Slack: 4_900, webhook.PagerDuty: 80_000,
		}[f], f)

		// One character more would have been too much: nothing is cut for nothing.
		n.Incident.Summary = strings.Repeat("漢字", 100)
		assert.False(t, has(string(body(t, f, n)), "…"), f)
	}
}

// Whoever reads the chat reads it in their language, and what is too long there
// is cut too.
func TestBodiesInTheReadersLanguage(t *testing.T) {
	t.Parallel()
	translated := func() partner.Notification {
		n := incident()
		n.Recipient.Language = "de-AT"
		n.Incident.Translations = map[string]partner.IncidentText{"de": {
			Title: "Gestohlenes Kennwort", Summary: strings.Repeat("漢字", 300_000),
			Actions: []string{"Erster Schritt", "Zweiter", "Dritter"},
		}}
		return n
	}
	for _, f := range webhook.Formats() {
		data := body(t, f, translated())
		within(t, f, data)
		says := []string{"Gestohlenes Kennwort", "Erster Schritt"}
		not := []string{"stolen password", "Block sign-in"}
		switch f {
		case webhook.CloudEvents:
			says = append(says, `"language":"de"`)
		default:
			says = append(says, "Sicherheitsvorfall (hoch)")
			not = append(not, "Security incident")
		}
		switch f {
		case webhook.Teams, webhook.Slack:
			says = append(says, `"Antworten"`)
		case webhook.PagerDuty:
			says = append(says, `"Verweis"`)
		}
		for _, want := range says {
			assert.Contains(t, string(data), want, f)
		}
		for _, other := range not {
			assert.NotContains(t, string(data), other, f)
		}
	}
}

// If the summary is not enough, the other texts are cut to one length, and
// short ones stay whole.
func TestThenTheLongestTexts(t *testing.T) {
	t.Parallel()
	for _, f := range webhook.Formats() {
		n := incident()
		n.Incident.Summary = "A summary."
		n.Incident.Actions = []string{"Call the customer.", strings.Repeat("work ", 200_000), strings.Repeat("play ",
			200_000)}
		text := string(body(t, f, n))
		assert.True(t, has(text, "Call the customer."), f)
		assert.False(t, has(text, "A summary."), f)
		work, play := strings.Count(text, "work"), strings.Count(text, "play")
		assert.InDelta(t, work, play, 1, f)
		assert.Greater(t, work, 400, f)
	}
	for _, f := range webhook.Formats() {
		n := incident()
		n.Incident.Actions = strings.Split(strings.Repeat("Call. ", 200_000), " ")
		text := string(body(t, f, n))
		assert.True(t, has(text, "…"), "%s: there were more actions", f)
		assert.True(t, has(text, "Contoso"), f)
	}
}

// Values that only a program can make, and that JSON cannot write.
func TestWhatJSONCannotWrite(t *testing.T) {
	t.Parallel()
	for _, f := range webhook.Formats() {
		n := incident()
		n.Rights = 255
		n.Incident.DetectedAt = time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC)
		n.Incident.RespondBy = time.Date(-1, 1, 1, 0, 0, 0, 0, time.UTC)
		n.UnansweredSince = time.Date(2026, 1, 1, 0, 0, 0, 0, time.FixedZone("", 25*3600))
		n.Incident.Version = math.MinInt
		within(t, f, body(t, f, n))
		n = partner.Notification{ID: "x"}
		within(t, f, body(t, f, n))
	}
}

// The notification belongs to the caller.
func TestBodyChangesNothing(t *testing.T) {
	t.Parallel()
	for _, f := range webhook.Formats() {
		n := incident()
		n.Incident.Actions = []string{strings.Repeat("a", 100_000), "b\xff"}
		actions := n.Incident.Actions
		body(t, f, n)
		assert.True(t, slices.Equal([]string{strings.Repeat("a", 100_000), "b\xff"}, actions), f)
	}
}
