//go:build !race

package e2e_test

import (
	"io"
	"mime"
	"mime/multipart"
	"net"
	"net/mail"
	"net/smtp"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// mailed waits for a mail to an address.
func (tb *tab) mailed(s *smtpServer, to string) letter {
	tb.Helper()
	var found letter
	tb.eventually("a mail to "+to, func() bool {
		for _, l := range s.letters() {
			if l.to == to {
				found = l
			}
		}
		return found.to != ""
	})
	return found
}

// text is the plain text of the mail.
func (l letter) text(t *testing.T) string {
	t.Helper()
	message, err := mail.ReadMessage(strings.NewReader(l.raw))
	require.NoError(t, err)
	_, params, err := mime.ParseMediaType(l.header.Get("Content-Type"))
	require.NoError(t, err)
	part, err := multipart.NewReader(message.Body, params["boundary"]).NextPart()
	require.NoError(t, err)
	text, err := io.ReadAll(part)
	require.NoError(t, err)
	return strings.ReplaceAll(string(text), "\r\n", "\n")
}

// comesBack is what a mail server writes that took the mail and then found out
// that nobody has the mailbox.
func (l letter) comesBack() string {
	return strings.ReplaceAll(`From: MAILER-DAEMON@mx.example
To: `+l.from+`
Subject: Undelivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

Nobody has this mailbox.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; `+l.to+`
Action: failed
Status: 5.1.1

--b--
`, "\n", "\r\n")
}

// Mail comes back, the number is wrong, and no mailbox of the others is known:
// each step follows at once, until nobody is left. That is not the end: whoever
// reads the first mail after all can still answer it.
func TestNobodyIsLeft(t *testing.T) {
	begin(t)
	const soc = "soc@contoso.com"
	mailServer := newSMTPServer(t)
	for _, nobody := range []string{"azure-agents@contoso.com", "night-shift@contoso.com", "gita.global@contoso.com"} {
		mailServer.answer(nobody, 550)
	}
	keys := filepath.Join(t.TempDir(), "keys")
	require.NoError(t, os.WriteFile(keys, []byte(strings.Repeat("ab", 32)+"\n"), 0o600))
	free, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	returns := free.Addr().String()
	require.NoError(t, free.Close())
	p := startPortal(t, ":memory:", "--smtp="+mailServer.address, "--smtp-from=security@portal.example",
		"--answer-key-file="+keys, "--bounce-address=bounces@portal.example", "--bounce-listen="+returns)
	tb := p.open(t, withScript).signIn(olu)
	tb.raise(adventure, "Passwords were stolen", "summary", "It began at night.")
	tb.press("Send to 2 recipients")
	at := tb.path()

	first := tb.mailed(mailServer, soc)
	link, code := linkOfMail.FindStringSubmatch(first.text(t)), codeOfMail.FindStringSubmatch(first.text(t))
	require.NotNil(t, link)
	require.NotNil(t, code)
	stranger := letter{to: soc, from: strings.Replace(first.from, "+", "+a", 1)[:len(first.from)]}
	require.NoError(t, smtp.SendMail(returns, nil, "", []string{first.from}, []byte(first.comesBack())))
	// Taken or not, it does nothing: the portal did not sign the address.
	_ = smtp.SendMail(returns, nil, "", []string{stranger.from}, []byte(stranger.comesBack()))

	tb.eventually("the mail came back, so there is a call to make", func() bool {
		tb.visit("/calls")
		return tb.has("Wrong number")
	})
	tb.visit(at)
	tb.reads("Came back")
	tb.look("mail came back", portalPage)
	tb.visit("/calls")
	tb.press("Wrong number")
	tb.eventually("agents and Global admins have no mailbox either, so nobody is left", func() bool {
		tb.visit(at)
		return strings.Contains(tb.text(), "Nobody answered")
	})
	tb.look("nobody is left", portalPage)
	for _, l := range mailServer.letters() {
		assert.NotContains(t, l.to, "gita", "who was refused got nothing")
	}

	reader := p.open(t, withoutScript)
	reader.arrived(reader.visit(link[1]), 200, link[1])
	reader.reads("Passwords were stolen", "Nobody has answered yet")
	reader.arrived(reader.reply(code[1], "I am on it", "Ada King"), 200, link[1])
	reader.reads("Your answer is recorded: “I am on it”")
	tb.visit(at)
	tb.reads("On it", "Ada King")
	tb.readsNot("Nobody answered")
}
