package mail

import (
	"bytes"
	"net/mail"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	gomail "github.com/wneessen/go-mail"
	"golang.org/x/net/idna"

	"github.com/cspkit/partner"
)

// letter is a message on its way.
type letter struct {
	to   string // of the envelope, with the domain in A-labels
	utf8 bool   // the address needs SMTPUTF8 (RFC 6531)
	body bytes.Buffer
}

// composer writes messages. It is not for several goroutines at once.
type composer struct {
	from     *mail.Address
	domain   string // of Message-IDs
	renderer partner.Renderer
}

// compose writes n into l, which it overwrites.
func (c *composer) compose(l *letter, n *partner.Notification, at time.Time) *SendError {
	if n.Recipient.Medium != partner.MediumMail {
		return &SendError{step: stepCompose, what: "the recipient has no e-mail address, and the portal sends only mail"}
	}
	if !isMessageID(n.ID) {
		return &SendError{step: stepCompose, what: "the notification's ID cannot stand in a Message-ID"}
	}
	var ok bool
	if l.to, l.utf8, ok = envelopeAddress(n.Recipient.Email); !ok {
		return &SendError{step: stepCompose, what: "mail cannot be sent to the recipient's address"}
	}
	message := c.renderer.Message(*n)
	m := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	m.FromMailAddress(c.from)
	m.SetAddrHeaderFromMailAddress(gomail.HeaderTo, &mail.Address{Name: cleanName(n.Recipient.Name), Address: l.to})
	m.Subject(message.Subject)
	m.SetMessageIDWithValue(n.ID + "@" + c.domain)
	m.SetDateWithValue(at)
	m.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no vacation message comes back
	m.SetBodyString(gomail.TypeTextPlain, message.Text)
	m.AddAlternativeString(gomail.TypeTextHTML, message.HTML)
	l.body.Reset()
	if _, err := m.WriteTo(&l.body); err != nil {
		return newSendError(stepCompose, err)
	}
	return nil
}

// messageID is a dot-atom (RFC 5322 section 3.2.3) of the length of a
// notification's ID.
var messageID = regexp.MustCompile("^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$")

func isMessageID(id string) bool { return len(id) <= 64 && messageID.MatchString(id) }

// hostname is what remains of a domain in A-labels. Whether it exists is for
// the mail server to find out.
var hostname = regexp.MustCompile(`^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$`)

// envelopeAddress returns the address as it stands in RCPT TO. If it is not one
// address and nothing else, ok is false.
func envelopeAddress(address string) (envelope string, needsUTF8, ok bool) {
	parsed, err := mail.ParseAddress(address)
	if err != nil || parsed.Name != "" || parsed.Address != address {
		return "", false, false // also for a quoted local part
	}
	at := strings.LastIndexByte(address, '@')
	local, domain := address[:at], address[at+1:]
	if !isASCII(domain) {
		if domain, err = idna.Lookup.ToASCII(domain); err != nil {
			return "", false, false
		}
	}
	if envelope = local + "@" + domain; !hostname.MatchString(domain) || len(envelope) > 254 || len(local) > 64 ||
		strings.ContainsFunc(local, func(r rune) bool { return !unicode.IsGraphic(r) || unicode.IsSpace(r) }) {
		return "", false, false
	}
	return envelope, !isASCII(local), true
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf })
}

// nameInHeader, in code points, is how much of a name is shown.
const nameInHeader = 100

// cleanName makes a display name of a text from outside: one line without
// control and format characters, and without what a mail program may take for
// an encoded word, also within quotes. The header's encoder does the rest.
func cleanName(s string) string {
	s = strings.Map(func(r rune) rune {
		if !unicode.IsGraphic(r) || r == unicode.ReplacementChar {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, " "))
	s = strings.ReplaceAll(strings.Join(strings.Fields(s), " "), "=?", "= ?")
	if runes := []rune(s); len(runes) > nameInHeader {
		s = string(runes[:nameInHeader])
	}
	return s
}

// parseFrom reads the sender's address: "alerts@contoso.example" or "Contoso
// Alerts <alerts@contoso.example>".
func parseFrom(s string) (*mail.Address, error) {
	from, err := mail.ParseAddress(s)
	if err != nil {
		return nil, &OptionError{"From", `is no address: write "Contoso Alerts <alerts@contoso.example>"`}
	}
	envelope, needsUTF8, ok := envelopeAddress(from.Address)
	if !ok || needsUTF8 {
		return nil, &OptionError{"From",
			"is not an address that mail can be sent from: use a plain one, in ASCII before the @"}
	}
	return &mail.Address{Name: cleanName(from.Name), Address: envelope}, nil
}
