package mail_test

import (
	"fmt"
	"log/slog"
	"net/smtp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/mail"
	"github.com/cspkit/partner/partnertest"
)

func newInbox(t *testing.T, opts *mail.InboxOptions) *mail.Inbox {
	t.Helper()
	inbox, err := mail.ListenInbox(opts)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, inbox.Close()) })
	return inbox
}

func TestTheInboxShowsWhatWasSent(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, time.January, 15, 10, 0, 0, 0, time.UTC)
	inbox := newInbox(t, &mail.InboxOptions{Now: func() time.Time { return at }})
	sender := newSender(t, mail.SenderOptions{Server: inbox.Addr(), From: "alerts@contoso.example"})
	n := partnertest.Notification(partner.TopicIncident)
	n.Incident.Summary = "Zażółć gęślą jaźń, 漢字, שלום, 🛡️\n.\n..\nFrom here\n" + strings.Repeat("é", 3000)
	require.NoError(t, sender.Notify(t.Context(), n))
	message := n.Message()
	want := host.Mail{
		ID: n.ID, From: "alerts@contoso.example", To: n.Recipient.Email, Subject: message.Subject, Text: message.Text,
		HTML: message.HTML, ReceivedAt: at,
	}
	got, err := inbox.Mail(n.ID)
	require.NoError(t, err)
	assert.Equal(t, want, got)
	assert.Equal(t, []host.Mail{want}, inbox.Mails())
	_, err = inbox.Mail("another")
	assert.ErrorIs(t, err, host.ErrNotFound)
}

func TestTheInboxForgetsTheOldest(t *testing.T) {
	t.Parallel()
	inbox := newInbox(t, &mail.InboxOptions{Keep: 3})
	for i := range 5 {
		deliver(t, inbox, fmt.Sprintf("Message-ID: <id-%d@contoso.example>\r\n\r\ntext", i))
	}
	assert.Equal(t, []string{"id-4", "id-3", "id-2"}, ids(inbox))

	small := newInbox(t, &mail.InboxOptions{MaxBytes: 1000})
	for i := range 400 {
		deliver(t, small, fmt.Sprintf("Message-ID: <id-%d@contoso.example>\r\n\r\n%s", i, strings.Repeat("x", 900)))
	}
	assert.InDelta(t, 256*1000/930, len(ids(small)), 20, "what is kept is limited by its size as well")
	assert.Equal(t, "id-399", ids(small)[0])

	err := smtp.SendMail(small.Addr(), nil, "a@contoso.example", []string{"b@contoso.example"},
		[]byte(strings.Repeat("x", 2000)))
	assert.Error(t, err, "too large")
}

// A mail server that is out of order takes nothing, and loses nothing: what is
// sent is tried again.
func TestTheInboxIsOutOfOrder(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, time.January, 15, 10, 0, 0, 0, time.UTC)
	inbox := newInbox(t, nil)
	inbox.SetClock(func() time.Time { return at })
	sender := newSender(t, mail.SenderOptions{Server: inbox.Addr(), From: "alerts@contoso.example"})
	n := partnertest.Notification(partner.TopicIncident)
	inbox.Fail(true)
	err := sender.Notify(t.Context(), n)
	require.Error(t, err)
	assert.False(t, partner.IsPermanent(err))
	assert.Empty(t, inbox.Mails())
	inbox.Fail(false)
	require.NoError(t, sender.Notify(t.Context(), n))
	require.Len(t, inbox.Mails(), 1)
	assert.Equal(t, at, inbox.Mails()[0].ReceivedAt)
}

func ids(inbox *mail.Inbox) (all []string) {
	for _, m := range inbox.Mails() {
		all = append(all, m.ID)
	}
	return all
}

// deliver sends a message as it is.
func deliver(t *testing.T, inbox *mail.Inbox, message string) {
	t.Helper()
	err := smtp.SendMail(inbox.Addr(), nil, "a@contoso.example", []string{"b@contoso.example"}, []byte(message))
	require.NoError(t, err)
}

func TestHostileMailDoesNotBreakTheInbox(t *testing.T) {
	t.Parallel()
	const head = "Message-ID: <x@contoso.example>\r\nSubject: s\r\n"
	nested := head
	for i := range 500 {
		nested += fmt.Sprintf("Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", i, i)
	}
	nested += "Content-Type: text/plain\r\n\r\ndeep"
	tests := []struct {
		name, message string
		want          host.Mail
	}{
		{"no body", head + "\r\n", host.Mail{ID: "x", Subject: "s"}},
		{"unknown charset", head + "Content-Type: text/plain; charset=klingon\r\n\r\nqapla",
			host.Mail{ID: "x", Subject: "s", Text: "qapla\n"}},
		{"unknown encoding", head + "Content-Transfer-Encoding: rot13\r\n\r\nuryyb",
			host.Mail{ID: "x", Subject: "s", Text: "uryyb\n"}},
		{"broken base64", head + "Content-Transfer-Encoding: base64\r\n\r\naGVsbG8g%%%%", host.Mail{ID: "x", Subject: "s",
			Text: "hello \n[The rest of this part cannot be read.]\n"}},
		{"another charset", head + "Content-Type: text/plain; charset=iso-8859-1\r\n\r\n\xe9",
			host.Mail{ID: "x", Subject: "s", Text: "é\n"}},
		{"octets that are no text", head + "\r\n\xff\xfe", host.Mail{ID: "x", Subject: "s", Text: "\uFFFD\n"}},
		{"encoded line breaks in the subject",
			"Message-ID: <x@contoso.example>\r\nSubject: =?utf-8?q?a=0D=0Ab=E2=80=AEc?=\r\n\r\n",
			host.Mail{ID: "x", Subject: "a  b c"}},
		{"an ID that is none of ours", "Message-ID: <../../etc@contoso.example>\r\nSubject: s\r\n\r\n",
			host.Mail{ID: "mail-1", Subject: "s"}},
		{"an ID with markup", "Message-ID: <<b>@contoso.example>\r\nSubject: s\r\n\r\n",
			host.Mail{ID: "mail-1", Subject: "s"}},
		{"multipart without a boundary", head + "Content-Type: multipart/mixed\r\n\r\ntext",
			host.Mail{ID: "x", Subject: "s"}},
		{"parts in parts in parts", nested, host.Mail{ID: "x", Subject: "s"}},
		{"a thousand parts", head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + strings.Repeat("--b\r\n\r\n", 1000),
			host.Mail{ID: "x", Subject: "s"}},
		{"the HTML is an attachment", head + "Content-Type: text/html\r\nContent-Disposition: attachment\r\n\r\n<b>",
			host.Mail{ID: "x", Subject: "s"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			inbox := newInbox(t, nil)
			deliver(t, inbox, test.message)
			mails := inbox.Mails()
			require.Len(t, mails, 1)
			got := mails[0]
			got.From, got.To, got.ReceivedAt = "", "", time.Time{}
			assert.Equal(t, test.want, got)
		})
	}
}

func TestTheInboxLogsNobody(t *testing.T) {
	t.Parallel()
	var log strings.Builder
	inbox := newInbox(t,
		&mail.InboxOptions{Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	deliver(t, inbox, "Subject: s\r\n\r\ntext")
	require.NoError(t, inbox.Close())
	assert.NotContains(t, log.String(), "@")
}
