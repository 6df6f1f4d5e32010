package bounce_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/cspkit/partner/examples/portal/internal/bounce"
)

// report is a multipart/report with a text, a part of a kind, and what came
// back.
func report(reportType, kind, fields string) string {
	return `From: MAILER-DAEMON@mx.contoso.com
Subject: Undelivered Mail
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=` + reportType + `; boundary="b/1"

A reader without MIME sees this.

--b/1
Content-Type: text/plain; charset=utf-8

Something became of your mail.

--b/1
Content-Type: ` + kind + `

` + fields + `
--b/1
Content-Type: text/rfc822-headers

Subject: An incident
X-Failed-Recipients: quoted@contoso.com

--b/1--
`
}

// status is a report on one recipient, as most mail servers write it.
func status(action, code, diagnostic string) string {
	return report("delivery-status", "message/delivery-status", `Reporting-MTA: dns; mx.contoso.com
Arrival-Date: Mon, 30 Nov 2026 09:00:00 +0000

Final-Recipient: rfc822; soc@contoso.com
Original-Recipient: rfc822;soc@contoso.com
Action: `+action+`
Status: `+code+`
Remote-MTA: dns; mx.fabrikam.com
Diagnostic-Code: `+diagnostic+`
`)
}

// The shapes in which mail servers report, each in words of our own.
var shapes = []struct {
	name, why, text string
	kind            bounce.Kind
	status          string
}{
	{"Postfix", "RFC 3464", status("failed", "5.1.1", "smtp; 550 5.1.1 <soc@contoso.com>: user\n    unknown"),
		bounce.Failed, "5.1.1"},
	{"Postfix gives up", "the action counts, not the class of the status",
		status("failed", "4.4.1", "X-Postfix; connect to mx.fabrikam.com[192.0.2.1]:25: timed out"), bounce.Failed, "4.4.1"},
	{"Postfix still tries", "it may arrive yet", status("delayed", "4.4.1", "X-Postfix; timed out"), bounce.Delayed, ""},
	{"Postfix was asked for it", "it was delivered", status("delivered", "2.0.0", "smtp; 250 ok"), bounce.Delivered, ""},
	{"late, and nobody says why", "the action says enough", status("delayed", "", "X-Postfix; timed out"),
		bounce.Delayed, ""},
	{"it was passed on", "no more reports come", status("relayed", "2.0.0", "smtp; 250 ok"), bounce.Delivered, ""},
	{"it went to a list", "", status("expanded", "2.0.0", "smtp; 250 ok"), bounce.Delivered, ""},
	{"sendmail", "with comments, and in another case",
		strings.NewReplacer("Action: ", "ACTION: ", "Final-R", "final-r").Replace(
			status("Failed (mailbox)", "5.2.2 (mailbox full)", "SMTP; 552 5.2.2 full")), bounce.Failed, "5.2.2"},
	{"no status", "the diagnostic has one", status("failed", "", "smtp; 550 5.7.26 refused, see 5.1.1"),
		bounce.Failed, "5.7.26"},
	{"no status at all", "an address of a machine is none", status("failed", "", "smtp; 550 from 192.0.5.1.1"),
		bounce.Failed, ""},
	{"no action", "the class of the status counts", strings.Replace(status("x", "5.1.1", "x"), "Action: x\n", "", 1),
		bounce.Failed, "5.1.1"},
	{"an action of its own", "the class of the status counts", status("deferred", "4.4.7", "x"), bounce.Delayed, ""},
	{"an action of SendGrid's", "nobody tries any more", status("expired", "", "x"), bounce.Failed, ""},
	{"neither", "it says nothing", status("", "", ""), bounce.Unreadable, ""},
	{"several recipients", "the first of the worst counts", report("delivery-status", "message/delivery-status",
		"Reporting-MTA: dns; a\n\nAction: delivered\nStatus: 2.0.0\n\nAction: failed\nStatus: 5.1.1\n\n"+
			"Action: failed\nStatus: 5.2.2\n\nAction: delayed\nStatus: 4.0.0\n"), bounce.Failed, "5.1.1"},
	{"no group about the message", "some leave it out", report("delivery-status", "message/delivery-status",
		"Final-Recipient: rfc822; a@contoso.com\nAction: failed\nStatus: 5.4.1\n"), bounce.Failed, "5.4.1"},
	{"international", "RFC 6533", report("delivery-status", "message/global-delivery-status",
		"Reporting-MTA: dns; a\n\nFinal-Recipient: utf-8; jörg@münchen.example\nAction: failed\nStatus: 5.1.1\n"),
		bounce.Failed, "5.1.1"},
	{"in base64", "what stands in a report is decoded", report("delivery-status",
		"message/delivery-status\nContent-Transfer-Encoding: base64",
		base64.StdEncoding.EncodeToString([]byte("Reporting-MTA: dns; a\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n"))+"\n"),
		bounce.Failed, "5.1.1"},
	{"Exchange Online", "the text is a multipart of its own", `From: <postmaster@contoso.com>
Content-Type: multipart/report; report-type=delivery-status;
	boundary="outer"
X-MS-Exchange-Message-Is-Ndr:
Content-Language: en-US
Subject: Undeliverable: An incident
Auto-Submitted: auto-replied

--outer
Content-Type: multipart/alternative; differences=Content-Type;
	boundary="inner"

--inner
Content-Type: text/plain; charset="Windows-1252"
Content-Transfer-Encoding: quoted-printable

It wasn=92t delivered.

--inner
Content-Type: text/html; charset="us-ascii"

<p>It was not delivered.</p>

--inner--

--outer
Content-Type: message/delivery-status

Reporting-MTA: dns;AM0PR01MB0001.eurprd01.prod.exchangelabs.com
Received-From-MTA: dns;AM0PR01MB0002.eurprd01.prod.exchangelabs.com
Arrival-Date: Mon, 30 Nov 2026 09:00:00 +0000

Final-Recipient: rfc822;soc@contoso.com
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound

--outer
Content-Type: message/rfc822

Subject: An incident

--outer--
`, bounce.Failed, "5.1.10"},
	{"through a mailbox of Outlook", "it writes into the headers of parts, so they cannot be read",
		strings.Replace(status("failed", "5.4.316", "smtp;550 5.4.316 expired"), "Content-Type: message/delivery-status\n",
			"Content-Type: message/delivery-status\nX-Microsoft-Exchange-Diagnostics:\n1;AM0PR01MB\n", 1),
		bounce.Failed, "5.4.316"},
	{"through a filter", "it puts the report beside a notice of its own", `Content-Type: multipart/mixed; boundary=f

--f
` + status("failed", "5.1.1", "smtp; 550") + `
--f
Content-Type: text/plain

This mail was looked at.
--f--
`, bounce.Failed, "5.1.1"},
	{"Google", "an empty part, and the header of Exim", "X-Failed-Recipients: soc@contoso.com\n" +
		report("delivery-status", "message/delivery-status", ""),
		bounce.Failed, ""},
	{"Exim", "no report, but a header", `From: Mail Delivery System <Mailer-Daemon@mx.contoso.com>
X-Failed-Recipients: soc@contoso.com
Auto-Submitted: auto-replied
Subject: Mail delivery failed: returning message to sender

Your mail was not delivered:

  soc@contoso.com
    host mx.fabrikam.com [192.0.2.1]: 550 5.1.1 <soc@contoso.com>: unknown
`, bounce.Failed, "5.1.1"},
	{"Exim still tries", "no such header", `From: Mail Delivery System <Mailer-Daemon@mx.contoso.com>
Auto-Submitted: auto-replied
Subject: Warning: message 1tHxxx-000000-00 delayed 24 hours

This message was created automatically by mail delivery software.
A message that you sent has not yet been delivered.
`, bounce.AutoReply, ""},
	{"GMX and IONOS", "neither report nor header, and the words of Exim", `From: mailer-daemon@mx.contoso.com
Auto-Submitted: auto-replied
Content-Type: text/plain; charset=utf-8

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of
its recipients. This is a permanent error. The following address
failed:

soc@contoso.com:
5.2.2 the mailbox is full
`, bounce.Failed, "5.2.2"},
	{"qmail", "QSBMF", `From: MAILER-DAEMON@mx.contoso.com
Subject: failure notice

Hi. This is the qmail-send program at mx.contoso.com.
It could not be delivered. I have given up.

<soc@contoso.com>:
There is no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

Subject: An incident (#5.9.9)
`, bounce.Failed, "5.1.1"},
	{"somebody who greets like qmail", "nobody is named",
		"Subject: Re: An incident\n\nHi. This is the SOC.\nWe are on it.\n", bounce.Other, ""},
	{"through an alias of Postfix", "with a line before the header",
		"From MAILER-DAEMON  Mon Nov 30 09:00:00 2026\n" + status("failed", "5.1.1", "x"), bounce.Failed, "5.1.1"},
	{"cut off", "what counts was there",
		strings.SplitAfter(status("failed", "5.1.1", "x"), "Status: 5.1.1\n")[0],
		bounce.Failed, "5.1.1"},
	{"a report without its part", "", `Content-Type: multipart/report; report-type=delivery-status; boundary=x
Auto-Submitted: auto-replied

It was not delivered.
`, bounce.Unreadable, ""},
	{"out of office", "RFC 3834",
		"Auto-Submitted: auto-replied\nSubject: Away until Monday\n\nStatus: 5.1.1\nAction: failed\n",
		bounce.AutoReply, ""},
	{"out of office, with a detail", "", "Auto-Submitted: auto-generated; why=vacation\n\nI am away.\n",
		bounce.AutoReply, ""},
	{"out of office, older", "what was usual before RFC 3834", "X-Autoreply: yes\n\nI am away.\n", bounce.AutoReply, ""},
	{"out of office, by precedence", "", "Precedence: auto_reply\n\nI am away.\n", bounce.AutoReply, ""},
	{"out of office that quotes a report", "it stands in no report", `Auto-Submitted: auto-replied
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/plain

I am away.
--x
Content-Type: message/delivery-status

Reporting-MTA: dns; a

Action: failed
Status: 5.1.1
--x--
`, bounce.AutoReply, ""},
	{"a person forwards a report", "what is within a message counts for nothing", `From: a@contoso.com
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/plain

Look at this.
--x
Content-Type: message/rfc822

` + status("failed", "5.1.1", "x") + "\n--x--\n", bounce.Other, ""},
	{"a person", "nothing says that a program wrote it", "Auto-Submitted: no\nSubject: Re: An incident\n\nThank you.\n",
		bounce.Other, ""},
	{"challenge-response", "it asks the sender to prove that it is a person",
		"From: guard@contoso.com\nSubject: Please confirm your message\n\nClick here: https://guard.contoso.com/1\n",
		bounce.Other, ""},
	{"read", "RFC 8098", report("disposition-notification", "message/disposition-notification",
		"Final-Recipient: rfc822; soc@contoso.com\nDisposition: manual-action/MDN-sent-manually; displayed\n"),
		bounce.Receipt, ""},
	{"deleted unread", "it arrived", report("disposition-notification", "message/disposition-notification",
		"Final-Recipient: rfc822; soc@contoso.com\nDisposition: automatic-action/MDN-sent-automatically; deleted\n"),
		bounce.Receipt, ""},
	{"called junk", "RFC 5965", report("feedback-report", "message/feedback-report", "Feedback-Type: abuse\n"),
		bounce.Complaint, ""},
	{"nothing", "", "", bounce.Unreadable, ""},
	{"no header", "", "\n\nAction: failed\n", bounce.Unreadable, ""},
	{"no mail", "", "\x00\x01\x02", bounce.Unreadable, ""},
}

func TestShapes(t *testing.T) {
	t.Parallel()
	for _, tt := range shapes {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			want := bounce.Report{Kind: tt.kind, Status: tt.status}
			assert.Equal(t, want, bounce.Read(strings.NewReader(tt.text)), tt.why)
			bySMTP := strings.ReplaceAll(tt.text, "\n", "\r\n")
			assert.Equal(t, want, bounce.Read(strings.NewReader(bySMTP)), "as SMTP brings it")
		})
	}
}

// Of what is endless no more is read than counts.
func TestReadIsBounded(t *testing.T) {
	t.Parallel()
	deep := "Content-Type: multipart/mixed; boundary=x\n\n"
	for _, tt := range []struct {
		name, text string
		kind       bounce.Kind
	}{
		{"a long header", "Subject: " + strings.Repeat("x", 100<<10) + "\n\n", bounce.Unreadable},
		{"a header without end", strings.Repeat("X: y\n", 100_000), bounce.Unreadable},
		{"parts without end", deep + strings.Repeat("--x\n\nx\n", 100_000), bounce.Other},
		{"parts within parts", strings.Repeat(deep+"--x\n", 1000), bounce.Other},
		{"a report behind all that", status("failed", "5.1.1", strings.Repeat("x", 1<<20)), bounce.Failed},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.kind, bounce.Read(strings.NewReader(tt.text)).Kind)
		})
	}
}
