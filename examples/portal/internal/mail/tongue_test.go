package mail_test

import (
	"html"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/words"
	"github.com/cspkit/partner/partnertest"
)

// A mail is in one language as a whole: the message, the button, the footer,
// and what a program is told.
func TestAMailIsInOneLanguage(t *testing.T) {
	t.Parallel()
	for _, say := range words.Languages() {
		t.Run(say.Tag(), func(t *testing.T) {
			t.Parallel()
			server := newSMTPServer(t, serverKind{})
			sender := newSender(t, framed(server))
			n := notification()
			n.Recipient.Language = say.Tag()
			n.Answer = partner.Answer{URL: "https://portal.contoso.com/answer/abc_-123", Code: "7KQ4-M2XD"}
			require.NoError(t, sender.Notify(t.Context(), n))
			gone := partnertest.Notification(partner.TopicContactLapsed)
			gone.Topic, gone.Recipient.Language, gone.CompanyName = host.TopicWebhookGone, say.Tag(), "Contoso & <Söhne>"
			require.NoError(t, sender.Notify(t.Context(), gone))
			all := server.Delivered()
			require.Len(t, all, 2)
			for _, got := range all {
				_, foot, _ := strings.Cut(got.Text, "-- \r\n")
				foot = strings.Join(strings.Fields(foot), " ")
				assert.Contains(t, foot, words.Fill(say.Mail.From, "provider", provider.Name))
				assert.Contains(t, foot, words.Fill(say.Mail.AskBoth, "phone", provider.Phone))
				assert.Contains(t, got.HTML, `<html lang="`+say.Tag()+`" dir="ltr">`)
				assert.Contains(t, got.HTML, html.EscapeString(words.Fill(say.Mail.AskBoth, "phone", provider.Phone)))
				assert.Contains(t, got.Header.Get("List-Id"), "Security ", "whoever files mail by it files all of it")
			}
			assert.Contains(t, all[0].HTML, ">"+html.EscapeString(say.Mail.Button)+"</a>")
			assert.True(t, strings.HasPrefix(all[0].Subject, say.Library.Letter.Subject), all[0].Subject)
			assert.Equal(t, words.Fill(say.Mail.GoneSubject, "company", gone.CompanyName), all[1].Subject)
			for _, said := range []string{say.Mail.GoneTitle, say.Mail.GoneWhat, say.Mail.GoneAct, "Contoso & <Söhne>"} {
				assert.Contains(t, html.UnescapeString(all[1].HTML), said)
				assert.Contains(t, strings.Join(strings.Fields(all[1].Text), " "), said)
			}
			assert.NotContains(t, all[1].HTML, "<Söhne>")
		})
	}
}
