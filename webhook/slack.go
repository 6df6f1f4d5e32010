package webhook

import (
	"strings"
	"unicode/utf8"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/internal/line"
	"github.com/cspkit/partner/internal/words"
)

// The limits of a message, in characters, and of its blocks.
const (
	slackLimit        = 12_000
	slackSectionLimit = 3_000
	slackHeaderLimit  = 150
	slackURLLimit     = 3_000
	slackIDLimit      = 128
)

// slackMessage is what an incoming webhook posts. All that is shown is
// plain_text, in which no mark-up, mention or emoji name means anything. Text
// is for clients that show no blocks: it is mark-up, so it holds no value.
//
// https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
type slackMessage struct {
	Text   string       `json:"text"`
	Blocks []slackBlock `json:"blocks"`
	Links  bool         `json:"unfurl_links"`
	Media  bool         `json:"unfurl_media"`
}

type slackBlock struct {
	Type     string        `json:"type"`
	Text     *slackText    `json:"text,omitempty"`
	Elements []slackButton `json:"elements,omitempty"`
}

type slackText struct {
	Type  string `json:"type"`
	Text  string `json:"text"`
	Emoji bool   `json:"emoji"`
}

type slackButton struct {
	Type string    `json:"type"`
	Text slackText `json:"text"`
	URL  string    `json:"url"`
}

func plainText(s string) slackText { return slackText{Type: "plain_text", Text: s} }

func slack(n partner.Notification, _ string) ([]byte, error) {
	n.ID = shortened(n.ID, slackIDLimit)
	say := &words.For(n.Recipient.Language).Webhook
	return fit(n, slackLimit, func(n partner.Notification) ([]byte, int) {
		m := n.Message()
		header := plainText(cutUnits(m.Subject, slackHeaderLimit))
		message := slackMessage{
			Text:   say.Fallback,
			Blocks: []slackBlock{{Type: "header", Text: &header}},
		}
		size := units(message.Text) + units(header.Text)
		for _, text := range sections(m.Text) {
			section := plainText(text)
			message.Blocks = append(message.Blocks, slackBlock{Type: "section", Text: &section})
			size += units(text)
		}
		if page := n.Answer.Shown().URL; page != "" && len(page) <= slackURLLimit {
			button := slackButton{Type: "button", Text: plainText(say.Answer), URL: page}
			message.Blocks = append(message.Blocks, slackBlock{Type: "actions", Elements: []slackButton{button}})
			size += units(say.Answer) + units(page)
		}
		body, _ := encode(message)
		return body, size
	}), nil
}

// sections returns text in pieces that a section takes. It ends one between two
// parts of the text, then between two lines, then between two characters.
func sections(text string) []string {
	var list []string
	current, gap := "", ""
	flush := func() {
		if current != "" {
			list = append(list, current)
		}
		current, gap = "", ""
	}
	for part := range strings.SplitSeq(strings.Trim(text, "\n"), "\n\n") {
		if units(current)+units(gap)+units(part) > slackSectionLimit {
			flush()
		}
		for text := range strings.SplitSeq(part, "\n") {
			if units(current)+units(gap)+units(text) > slackSectionLimit {
				flush()
			}
			for units(text) > slackSectionLimit {
				piece := wholeUnits(text, slackSectionLimit)
				list, text = append(list, piece), text[len(piece):]
			}
			current += gap + text
			gap = "\n"
		}
		gap = "\n\n"
	}
	flush()
	return list
}

// units counts the characters of s as UTF-16 does.
func units(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}

// wholeUnits returns as many whole characters of s as limit takes.
func wholeUnits(s string, limit int) string {
	n := 0
	for i, r := range s {
		if n += units(string(r)); n > limit {
			return s[:i]
		}
	}
	return s
}

// cutUnits is line.Cut for a limit that counts as UTF-16 does.
func cutUnits(s string, limit int) string {
	if units(s) <= limit {
		return s
	}
	return line.Cut(s, utf8.RuneCountInString(wholeUnits(s, limit-1))+1)
}
