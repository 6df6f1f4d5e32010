package webhook_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/webhook"
)

type teamsMessage struct {
	Type        string `json:"type"`
	Attachments []struct {
		ContentType string  `json:"contentType"`
		ContentURL  *string `json:"contentUrl"`
		Content     struct {
			Schema  string `json:"$schema"`
			Type    string `json:"type"`
			Version string `json:"version"`
			Body    []struct {
				Type    string `json:"type"`
				Spacing string `json:"spacing"`
				Inlines []struct{ Type, Text, Size, Weight string }
			} `json:"body"`
			Actions []struct{ Type, Title, URL string } `json:"actions"`
			MSTeams struct{ Width string }              `json:"msteams"`
		} `json:"content"`
	} `json:"attachments"`
}

// markups are values that try to be more than text, in one service or another.
var markups = []string{
	"[click here](https://fabrikam.example/)", "**bold** _italic_ ~strike~ `code`", "- item\r- item\r1. item", "# heading",
	"{{DATE(2017-02-14T06:00:00Z, SHORT)}} {{TIME(2017-02-14T06:00:00Z)}}", "<at>everyone</at>",
	"${title} @{triggerBody()}",
	"<!channel> <!here> <@U012AB3CD> <#C012AB3CD>", "<https://fabrikam.example/|contoso.example>", ":fire: :tada:",
	"> quote", "&lt;!channel&gt;",
	"![image](https://fabrikam.example/x.png)", "<b>bold</b><script>alert(1)</script>", `{"type":"Action.OpenUrl"}`,
	"\\[a\\](b)",
}

func TestTeams(t *testing.T) {
	t.Parallel()
	n := incident()
	m := decode[teamsMessage](t, body(t, webhook.Teams, n))
	assert.Equal(t, "message", m.Type)
	assert.Len(t, m.Attachments, 1)
	a := m.Attachments[0]
	assert.Equal(t, "application/vnd.microsoft.card.adaptive", a.ContentType)
	assert.Nil(t, a.ContentURL)
	assert.Equal(t, "AdaptiveCard", a.Content.Type)
	assert.Equal(t, "1.2", a.Content.Version)
	assert.Equal(t, "http://adaptivecards.io/schemas/adaptive-card.json", a.Content.Schema)
	assert.Equal(t, "full", a.Content.MSTeams.Width)
	assert.Equal(t, n.Message().Subject, a.Content.Body[0].Inlines[0].Text)
	assert.Equal(t, "bolder", a.Content.Body[0].Inlines[0].Weight)

	var text strings.Builder
	for _, b := range a.Content.Body[1:] {
		if b.Spacing == "medium" && text.Len() > 0 {
			text.WriteString("\n")
		}
		text.WriteString(b.Inlines[0].Text + "\n")
	}
	assert.Equal(t, n.Message().Text, text.String(), "the lines and the gaps of the mail")
	assert.Equal(t, markPage, a.Content.Actions[0].URL)
	assert.Equal(t, "Action.OpenUrl", a.Content.Actions[0].Type)
}

// Only a TextRun holds text, and it knows no Markdown: a value is shown as it
// is.
func TestNoMarkupWorksInTeams(t *testing.T) {
	t.Parallel()
	for _, value := range markups {
		n := incident()
		n.Incident.Title, n.Incident.Summary, n.CompanyName, n.Incident.Actions = value, value, value, []string{value}
		n.Incident.Reference, n.Answer.URL = "javascript:alert(1)", "javascript:alert(1)"
		data := body(t, webhook.Teams, n)
		card := decode[teamsMessage](t, data).Attachments[0].Content
		for _, b := range card.Body {
			assert.Equal(t, "RichTextBlock", b.Type)
			assert.Len(t, b.Inlines, 1)
			assert.Equal(t, "TextRun", b.Inlines[0].Type)
			assert.NotEmpty(t, b.Inlines[0].Text)
		}
		assert.Empty(t, card.Actions, "no page that is not https")
		clean := strings.Join(strings.Fields(value), " ")
		assert.Contains(t, shown(t, webhook.Teams, data), "1. "+clean, "as text")
	}
	n := incident()
	n.Answer = partner.Answer{}
	assert.Empty(t, decode[teamsMessage](t, body(t, webhook.Teams, n)).Attachments[0].Content.Actions)
}
