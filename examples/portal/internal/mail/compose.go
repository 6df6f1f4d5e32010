package mail

import (
	"bytes"
	"net/mail"
	"regexp"
	"time"

	gomail "github.com/wneessen/go-mail"

	"github.com/cspkit/partner"
)

// letter is a message on its way.
type letter struct {
	to   string // of the envelope, in ASCII
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
	to := n.Recipient.Clean() // since it was routed it was in a database
	if l.to = to.EnvelopeAddress(); l.to == "" {
		return &SendError{step: stepCompose, what: "mail cannot be sent to the recipient's address"}
	}
	message := c.message(n)
	m := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	m.FromMailAddress(c.from)
	m.SetAddrHeaderFromMailAddress(gomail.HeaderTo, &mail.Address{Name: to.Name, Address: l.to})
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

// hostname is a name as SMTP writes it: this machine's, and the domain of a
// Message-ID.
var hostname = regexp.MustCompile(`^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$`)

// parseFrom reads the sender's address: "alerts@contoso.example" or "Contoso
// Alerts <alerts@contoso.example>".
func parseFrom(s string) (*mail.Address, error) {
	from, err := mail.ParseAddress(s)
	if err != nil {
		return nil, &OptionError{"From", `is no address: write "Contoso Alerts <alerts@contoso.example>"`}
	}
	sender := partner.Recipient{Name: from.Name, Email: from.Address}.Clean()
	if sender.EnvelopeAddress() == "" {
		return nil, &OptionError{"From",
			"is not an address that mail can be sent from: use a plain one, in ASCII before the @"}
	}
	return &mail.Address{Name: sender.Name, Address: sender.EnvelopeAddress()}, nil
}
