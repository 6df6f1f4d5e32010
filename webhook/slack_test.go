package webhook_test

import (
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/assert"

	"github.com/cspkit/partner/webhook"
)

type slackMessage struct {
	Text   string `json:"text"`
	Blocks []struct {
		Type     string     `json:"type"`
		Text     *slackText `json:"text"`
		Elements []struct {
			Type, URL string
			Text      slackText
		} `json:"elements"`
	} `json:"blocks"`
	Links *bool `json:"unfurl_links"`
	Media *bool `json:"unfurl_media"`
}

type slackText struct {
	Type, Text string
	Emoji      *bool
}

func utf16Length(s string) int { return len(utf16.Encode([]rune(s))) }

func TestSlack(t *testing.T) {
	t.Parallel()
	n := incident()
	m := decode[slackMessage](t, body(t, webhook.Slack, n))
	assert.Equal(t, "header", m.Blocks[0].Type)
	assert.Equal(t, n.Message().Subject, m.Blocks[0].Text.Text)
	assert.Equal(t, "section", m.Blocks[1].Type)
	assert.Equal(t, strings.TrimSuffix(n.Message().Text, "\n"), m.Blocks[1].Text.Text,
		"what fits into one section stays in one")
	assert.Equal(t, "actions", m.Blocks[2].Type)
	assert.Equal(t, "button", m.Blocks[2].Elements[0].Type)
	assert.Equal(t, markPage, m.Blocks[2].Elements[0].URL)
	assert.Len(t, m.Blocks, 3)
	assert.False(t, *m.Links)
	assert.False(t, *m.Media)
}

// All that is shown is plain_text, and the text for other clients holds no
// value.
func TestNoMarkupWorksInSlack(t *testing.T) {
	t.Parallel()
	want := decode[slackMessage](t, body(t, webhook.Slack, incident())).Text
	for _, value := range markups {
		n := incident()
		n.Incident.Title, n.Incident.Summary, n.CompanyName, n.Incident.Actions = value, value, value, []string{value}
		n.Answer.URL = "javascript:alert(1)"
		data := body(t, webhook.Slack, n)
		m := decode[slackMessage](t, data)
		assert.Equal(t, want, m.Text)
		for _, b := range m.Blocks {
			assert.Equal(t, "plain_text", b.Text.Type)
			assert.False(t, *b.Text.Emoji)
			assert.Empty(t, b.Elements, "no page that is not https")
		}
		assert.Contains(t, shown(t, webhook.Slack, data), strings.Join(strings.Fields(value), " "), "as text")
	}
}

// A long text becomes several sections, and nothing of it is lost between them.
func TestSlackSections(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, why, action string }{
		{"words", "between lines where that can be", "work "},
		{"four octets", "a character counts two and is not cut", "🛡"},
		{"two octets", "octets do not count", "é"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			n := incident()
			n.Incident.Summary = ""
			n.Incident.Actions = []string{
				strings.TrimSpace(strings.Repeat(c.action, 500)), "Short.", strings.TrimSpace(strings.Repeat(c.action, 300)),
				"Last.",
			}
			data := body(t, webhook.Slack, n)
			within(t, webhook.Slack, data)
			m := decode[slackMessage](t, data)
			var all strings.Builder
			for _, b := range m.Blocks[1:] {
				if b.Text != nil {
					all.WriteString(b.Text.Text)
				}
			}
			squeeze := strings.NewReplacer("\n", "").Replace
			assert.Equal(t, squeeze(n.Message().Text), squeeze(all.String()), c.why)
		})
	}
	n := incident()
	n.Incident.Actions = []string{strings.Repeat("🛡", 4000)}
	data := body(t, webhook.Slack, n)
	within(t, webhook.Slack, data)
	assert.Greater(t, len(decode[slackMessage](t, data).Blocks), 4, "one line in several sections")

	// The header is cut at a whole character.
	n = incident()
	n.CompanyName = strings.Repeat("🛡", 60)
	n.Incident.Title = strings.Repeat("🛡", 100)
	header := decode[slackMessage](t, body(t, webhook.Slack, n)).Blocks[0].Text.Text
	assert.LessOrEqual(t, utf16Length(header), 150)
	assert.GreaterOrEqual(t, utf16Length(header), 149)
	assert.True(t, strings.HasSuffix(header, "🛡…"))

	// A page that no button takes stands in the text.
	n = incident()
	n.Answer.URL = markPage + strings.Repeat("x", 3000)
	data = body(t, webhook.Slack, n)
	within(t, webhook.Slack, data)
	assert.NotContains(t, string(data), `"actions"`)
	assert.Contains(t, strings.ReplaceAll(shown(t, webhook.Slack, data), "\n", ""), n.Answer.URL)
}
