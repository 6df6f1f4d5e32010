package mail_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/partnertest"
)

func TestWebhookGone(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, company, shows string }{
		{"a company", "Contoso", "Contoso"},
		{"markup", "<b>Contoso</b> & Söhne", "<b>Contoso</b> & Söhne"},
		{"lines", "Contoso\r\nBcc: everybody@contoso.example\n\nWhat to do:",
			"Contoso Bcc: everybody@contoso.example What to do:"},
		{"a text that is turned around", "Con\u202etoso", "Con toso"},
		{"an encoded word", "=?utf-8?q?=0ABcc:_x?=", "= ?utf-8?q?=0ABcc:_x?="},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			server := newSMTPServer(t, serverKind{})
			n := partnertest.Notification(partner.TopicContactLapsed)
			n.Topic, n.CompanyName = host.TopicWebhookGone, tt.company
			require.NoError(t, newSender(t, options(server, serverKind{})).Notify(t.Context(), n))
			got := server.Delivered()
			require.Len(t, got, 1)
			assert.Equal(t, n.Recipient.Email, got[0].To)
			assert.Equal(t, "A webhook of "+tt.shows+" was switched off", got[0].Subject)
			assert.Contains(t, got[0].Text, "\nCompany: "+tt.shows+"\r\n")
			assert.Contains(t, got[0].Text, n.ID)
			assert.NotContains(t, got[0].Text, "incident is", "it is no incident")
			escaped := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(tt.shows)
			assert.Contains(t, got[0].HTML, escaped)
			assert.NotContains(t, got[0].HTML, "<b>")
			assert.Empty(t, got[0].Header["Bcc"])
		})
	}
}
