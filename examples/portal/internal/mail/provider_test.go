package mail_test

import (
	"errors"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/mail"
	"github.com/cspkit/partner/partnertest"
)

var provider = host.Provider{
	Name: "Contoso Distribution", ReplyTo: "Contoso Desk <desk@contoso.example>", Phone: "+14255550100",
}

// framed are the options of a sender with a provider.
func framed(server *smtpServer) mail.SenderOptions {
	opts := options(server, serverKind{})
	opts.Provider = provider
	return opts
}

// lines returns text with LF at the ends of lines.
func lines(text string) string { return strings.ReplaceAll(text, "\r\n", "\n") }

var (
	frames = regexp.MustCompile(`<p style="[^"]*">Contoso Distribution</p>\n|` +
		`(?s)<div style="margin:32px[^"]*">\n<p .*</p>\n</div>\n(</div>\n</body>)`)
	buttons = regexp.MustCompile(`<a href="([^"]*)" style="[^"]*">Answer this mail</a>`)
	codes   = regexp.MustCompile(`<span dir="auto" style="[^"]*">`)
)

// unframed is the HTML as package partner made it.
func unframed(page string) string {
	page = buttons.ReplaceAllString(page, `<a href="$1"><span dir="auto">$1</span></a>`)
	return codes.ReplaceAllString(frames.ReplaceAllString(page, "$1"), `<span dir="auto">`)
}

// delivered is the only message that came.
func delivered(t *testing.T, server *smtpServer) partnertest.Delivered {
	t.Helper()
	all := server.Delivered()
	require.Len(t, all, 1)
	all[0].Text, all[0].HTML = lines(all[0].Text), lines(all[0].HTML)
	return all[0]
}

// What a preview shows is what is mailed.
func TestShownIsWhatIsMailed(t *testing.T) {
	t.Parallel()
	server := newSMTPServer(t, serverKind{})
	sender := newSender(t, framed(server))
	n := partnertest.Notification(partner.TopicIncident)
	n.Answer = partner.Answer{URL: "https://portal.contoso.example/answer/example", Code: "7KQ4-M2XD"}
	n.Recipient.Language = "de"
	require.NoError(t, sender.Notify(t.Context(), n))
	sent, shown := delivered(t, server), mail.Shown(n, provider, "")
	assert.Equal(t, []string{sent.Subject, sent.Text, sent.HTML}, []string{shown.Subject, shown.Text, shown.HTML})
	assert.Contains(t, shown.HTML, "Diese E-Mail beantworten")
}

// What stands between the frame is the message of package partner, octet for
// octet, and every other promise of a Notifier is kept as well.
func TestAFramedMessageKeepsEveryPromiseOfANotifier(t *testing.T) {
	t.Parallel()
	partnertest.RunNotifier(t, func(t *testing.T) partnertest.NotifierHarness {
		server := newSMTPServer(t, serverKind{})
		wire := &breakable{}
		opts := framed(server)
		opts.Dial = wire.dial
		var mu sync.Mutex
		var all []partnertest.Delivered
		return partnertest.NotifierHarness{
			Notifier: newSender(t, opts), Refuse: server.Refuse, Fail: wire.fail, Stall: server.Stall,
			Delivered: func() []partnertest.Delivered {
				mu.Lock()
				defer mu.Unlock()
				for _, d := range server.Delivered()[len(all):] { // the kit asks often
					text, foot, found := strings.Cut(lines(d.Text), "\n-- \n")
					assert.True(t, found)
					assert.Contains(t, foot, provider.Name)
					d.Text, d.HTML = text, unframed(lines(d.HTML))
					all = append(all, d)
				}
				return slices.Clone(all)
			},
		}
	})
}

func TestTheFrameOfAMessage(t *testing.T) {
	t.Parallel()
	server := newSMTPServer(t, serverKind{})
	n := notification()
	n.Answer = partner.Answer{URL: "https://portal.contoso.com/answer/abc_-123", Code: "7KQ4-M2XD"}
	require.NoError(t, newSender(t, framed(server)).Notify(t.Context(), n))
	got := delivered(t, server)
	assert.Equal(t, `"Contoso Desk" <desk@contoso.example>`, got.Header.Get("Reply-To"))

	assert.True(t, strings.HasSuffix(got.Text, `
-- 
Contoso Distribution sent this because your company works with it in
Microsoft's Cloud Solution Provider program. Who gets such mail is
decided by the Global admins of your company.
Questions? Reply to this mail, or call +14255550100.
`), got.Text)
	assert.Contains(t, got.Text, "\nPage: "+n.Answer.URL+"\nCode: 7KQ4-M2XD\n", "the link as text")

	page := got.HTML
	above, below := strings.Index(page, ">Contoso Distribution</p>"), strings.Index(page, "Questions? Reply")
	assert.True(t, 0 < above && above < strings.Index(page, "<h1") && strings.LastIndex(page, "<span") < below,
		"the name above the message, the footer below it")
	assert.Equal(t, 1, strings.Count(page, "<a "), "one link: the button")
	assert.Contains(t, page, `<a href="`+n.Answer.URL+`" style="`)
	assert.Contains(t, page, ">Answer this mail</a>")
	assert.Equal(t, 1, strings.Count(page, ">7KQ4-M2XD</span>"), "one code")
	assert.Equal(t, 1, strings.Count(page, "</html>"))
	opts := framed(server)
	opts.Provider.Phone = "+1 425 555 0100"
	require.NoError(t, newSender(t, opts).Notify(t.Context(), n))
	assert.Contains(t, server.Delivered()[1].HTML, "call +1\u00a0425\u00a0555\u00a00100.",
		"a number is not broken into lines")
	for _, never := range []string{"<img", "<script", "url(", "background"} {
		assert.NotContains(t, page, never)
	}
}

// An update, an escalation and an all-clear stand below the first mail.
func TestRepliesToTheFirstMail(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, thread, want string }{
		{"the first", "", ""},
		{"a later one", "5f0c1d2e3b4a59687786a5b4c3d2e1f00f1e2d3c",
			"<5f0c1d2e3b4a59687786a5b4c3d2e1f00f1e2d3c@contoso.example>"},
		{"of a stranger's JSON", "x>\r\nBcc: eve@fabrikam.com", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			server := newSMTPServer(t, serverKind{})
			n := notification()
			n.Thread = tt.thread
			require.NoError(t, newSender(t, framed(server)).Notify(t.Context(), n))
			header := delivered(t, server).Header
			assert.Equal(t, tt.want, header.Get("References"))
			assert.Equal(t, tt.want, header.Get("In-Reply-To"))
			assert.Empty(t, header.Get("Bcc"))
		})
	}
}

// Mail is filtered by what it is about, so each topic is on a list.
func TestEachTopicHasAList(t *testing.T) {
	t.Parallel()
	server := newSMTPServer(t, serverKind{})
	sender := newSender(t, framed(server))
	for _, topic := range partner.Topics() {
		require.NoError(t, sender.Notify(t.Context(), partnertest.Notification(topic)))
	}
	lists := map[string]bool{}
	for _, d := range server.Delivered() {
		lists[d.Header.Get("List-Id")] = true
	}
	assert.Equal(t, map[string]bool{
		"Security incidents <security-incidents.contoso.example>": true,
		"Security contact <security-contact.contoso.example>":     true,
	}, lists)
}

// A portal that only its own machine reaches has no TLS, and its links lead
// there.
func TestLinksInPlainHTTP(t *testing.T) {
	t.Parallel()
	server := newSMTPServer(t, serverKind{})
	opts := framed(server)
	opts.PlainHost = "127.0.0.1:8080"
	n := notification()
	n.Answer = partner.Answer{URL: "https://127.0.0.1:8080/answer/abc", Code: "7KQ4-M2XD"}
	n.Incident.Reference = "https://127.0.0.1:8081/reference"
	require.NoError(t, newSender(t, opts).Notify(t.Context(), n))
	got := delivered(t, server)
	assert.Contains(t, got.Text, "\nPage: http://127.0.0.1:8080/answer/abc\n")
	assert.Contains(t, got.HTML, `<a href="http://127.0.0.1:8080/answer/abc" style="`)
	assert.Contains(t, got.Text, "https://127.0.0.1:8081/reference", "another host stays")
}

func TestWhatIsWrongWithAProvider(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, option string
		provider     host.Provider
	}{
		{"invisible", "Provider.Name", host.Provider{Name: "\u200b \r\n"}},
		{"too long", "Provider.Name", host.Provider{Name: strings.Repeat("x", 101)}},
		{"no address", "Provider.ReplyTo", host.Provider{Name: "Contoso", ReplyTo: "desk"}},
		{"two addresses", "Provider.ReplyTo", host.Provider{Name: "Contoso", ReplyTo: "a@contoso.com, b@contoso.com"}},
		{"no phone", "Provider.Phone", host.Provider{Name: "Contoso", Phone: "call us"}},
		{"national", "Provider.Phone", host.Provider{Name: "Contoso", Phone: "425 555 0100"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := mail.NewSender(mail.SenderOptions{Server: "127.0.0.1:25", From: "a@contoso.com", Provider: tt.provider})
			wrong, ok := errors.AsType[*mail.OptionError](err)
			require.True(t, ok, "%v", err)
			assert.Equal(t, tt.option, wrong.Option)
		})
	}
}

// A name that a program has spoiled ends no line and opens no tag.
func TestAHostileProvider(t *testing.T) {
	t.Parallel()
	server := newSMTPServer(t, serverKind{})
	opts := framed(server)
	opts.Provider.Name = "Con<b>toso\r\nBcc: eve@fabrikam.com"
	opts.Provider.ReplyTo = "=?utf-8?q?Con=0D=0ABcc=3A_eve=40fabrikam.com?= <desk@contoso.example>"
	require.NoError(t, newSender(t, opts).Notify(t.Context(), notification()))
	got := delivered(t, server)
	assert.NotContains(t, got.HTML, "<b>")
	assert.Contains(t, got.Text, "\n-- \nCon<b>toso Bcc: eve@fabrikam.com sent this")
	for name := range http.Header(got.Header) {
		assert.NotEqual(t, "Bcc", name)
	}
}
