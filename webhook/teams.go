package webhook

import (
	"strings"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/internal/words"
)

// teamsLimit, in octets, is what Teams takes: 28 KB.
const teamsLimit = 28_000

// teamsIDLimit is how much of an ID is shown.
const teamsIDLimit = 128

// teamsMessage is what a Workflow posts.
//
// https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using
type teamsMessage struct {
	Type        string            `json:"type"`
	Attachments []teamsAttachment `json:"attachments"`
}

type teamsAttachment struct {
	ContentType string  `json:"contentType"`
	ContentURL  *string `json:"contentUrl"`
	Content     card    `json:"content"`
}

// card is an Adaptive Card. All text stands in a RichTextBlock: unlike a
// TextBlock, it has no Markdown, and no functions such as {{DATE(…)}}.
//
// https://learn.microsoft.com/adaptive-cards/authoring-cards/text-features
type card struct {
	Schema  string       `json:"$schema"`
	Type    string       `json:"type"`
	Version string       `json:"version"`
	Body    []cardBlock  `json:"body"`
	Actions []cardAction `json:"actions,omitempty"`
	Teams   cardOptions  `json:"msteams"`
}

type cardBlock struct {
	Type    string    `json:"type"`
	Spacing string    `json:"spacing,omitempty"`
	Inlines []cardRun `json:"inlines"`
}

type cardRun struct {
	Type   string `json:"type"`
	Text   string `json:"text"`
	Size   string `json:"size,omitempty"`
	Weight string `json:"weight,omitempty"`
}

type cardAction struct {
	Type  string `json:"type"`
	Title string `json:"title"`
	URL   string `json:"url"`
}

type cardOptions struct {
	Width string `json:"width"`
}

func teams(n partner.Notification, _ string) ([]byte, error) {
	n.ID = shortened(n.ID, teamsIDLimit)
	say := &words.For(n.Recipient.Language).Webhook
	return fit(n, teamsLimit, func(n partner.Notification) ([]byte, int) {
		m := n.Message()
		c := card{
			Schema:  "http://adaptivecards.io/schemas/adaptive-card.json",
			Type:    "AdaptiveCard",
			Version: "1.2",
			Body: []cardBlock{{
				Type:    "RichTextBlock",
				Inlines: []cardRun{{Type: "TextRun", Text: m.Subject, Size: "large", Weight: "bolder"}},
			}},
			Teams: cardOptions{Width: "full"},
		}
		spacing := "medium" // of what stands behind a blank line
		for text := range strings.SplitSeq(strings.TrimSuffix(m.Text, "\n"), "\n") {
			if text == "" {
				spacing = "medium"
				continue
			}
			c.Body = append(c.Body, cardBlock{
				Type: "RichTextBlock", Spacing: spacing, Inlines: []cardRun{{Type: "TextRun", Text: text}},
			})
			spacing = "none"
		}
		if page := n.Answer.Shown().URL; page != "" {
			c.Actions = []cardAction{{Type: "Action.OpenUrl", Title: say.Answer, URL: page}}
		}
		return encode(teamsMessage{
			Type:        "message",
			Attachments: []teamsAttachment{{ContentType: "application/vnd.microsoft.card.adaptive", Content: c}},
		})
	}), nil
}
