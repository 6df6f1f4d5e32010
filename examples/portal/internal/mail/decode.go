package mail

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode"

	"github.com/emersion/go-message"
	_ "github.com/emersion/go-message/charset" // what is not UTF-8

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// Of a message no more is looked at than this.
const (
	maxParts = 20
	maxDepth = 5
)

// decode reads a message as a mail program does: the subject, the first text
// and the first HTML part, in UTF-8. Each has at most limit octets. What is
// broken is left out. Without a header, ok is false. The ID is that of a
// notification, or "".
func decode(raw []byte, limit int) (m host.Mail, ok bool) {
	e, _ := message.Read(bytes.NewReader(raw)) // with an error about a charset or an encoding there still is an Entity
	if e == nil {
		return host.Mail{}, false
	}
	m.ID = notificationID(e.Header.Get("Message-Id"))
	subject, err := e.Header.Text("Subject")
	if err != nil {
		subject = e.Header.Get("Subject") // as it came
	}
	m.Subject = printable(subject)
	p := parts{mail: &m, limit: limit, left: maxParts}
	p.collect(e, maxDepth)
	return m, true
}

// parts looks for the text and the HTML of a mail.
type parts struct {
	mail  *host.Mail
	limit int
	left  int // parts to look at
}

func (p *parts) collect(e *message.Entity, depth int) {
	if inner := e.MultipartReader(); inner != nil {
		for depth > 0 && p.left > 0 {
			p.left--
			part, err := inner.NextPart()
			if part != nil {
				p.collect(part, depth-1)
			} else if err != nil {
				return // the end, or broken
			}
		}
		return
	}
	if disposition, _, _ := e.Header.ContentDisposition(); disposition == "attachment" {
		return
	}
	switch kind, _, _ := e.Header.ContentType(); {
	case (kind == "text/plain" || kind == "") && p.mail.Text == "":
		p.mail.Text = read(e.Body, p.limit)
	case kind == "text/html" && p.mail.HTML == "":
		p.mail.HTML = read(e.Body, p.limit)
	}
}

// read returns as much as can be read, with LF at the ends of lines.
func read(r io.Reader, limit int) string {
	var b bytes.Buffer
	_, err := b.ReadFrom(io.LimitReader(r, int64(limit)))
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		b.WriteString("\n[The rest of this part cannot be read.]\n")
	}
	return strings.ToValidUTF8(strings.ReplaceAll(b.String(), "\r\n", "\n"), "\uFFFD")
}

// notificationID returns what stands before the "@" of a Message-ID of ours.
// Another form is nobody's.
func notificationID(messageID string) string {
	id, _, found := strings.Cut(strings.TrimPrefix(strings.TrimSpace(messageID), "<"), "@")
	if !found || !isMessageID(id) {
		return ""
	}
	return id
}

// longestLine, in code points, is how much is kept of what is shown on one
// line.
const longestLine = 500

// printable makes one line of s, without what is invisible or turns the
// direction of writing.
func printable(s string) string {
	n := 0
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if n++; n > longestLine {
			return -1
		}
		if !unicode.IsGraphic(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD")))
}
