package mail

import (
	"bytes"
	"net/mail"
	"regexp"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/words"
)

// letter is a message on its way.
type letter struct {
	from, to string // of the envelope, in ASCII
	body     bytes.Buffer
}

// composer writes messages. It is not for several goroutines at once.
type composer struct {
	*sender
	domain   string // of Message-IDs
	plain    string // the host of links to be written as http; "": none
	renderer partner.Renderer
}

// suppressed is what Exchange is asked not to send back: everything but the
// report that a mail could not be delivered, which must come.
const suppressed = "DR, RN, NRN, OOF, AutoReply"

// lists are what the mail about each topic is filtered by.
var lists = map[partner.Topic]struct{ name, label string }{
	partner.TopicIncident:         {"Security incidents", "security-incidents"},
	partner.TopicDrill:            {"Security incidents", "security-incidents"},
	partner.TopicContactAppointed: {"Security contact", "security-contact"},
	partner.TopicContactReplaced:  {"Security contact", "security-contact"},
	partner.TopicContactUpdated:   {"Security contact", "security-contact"},
	partner.TopicContactConfirm:   {"Security contact", "security-contact"},
	partner.TopicContactLapsed:    {"Security contact", "security-contact"},
	host.TopicWebhookGone:         {"Security contact", "security-contact"},
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
	say := words.For(n.Recipient.Language)
	message := c.message(n, say)
	text, page := c.frame(message, n.Answer, say)
	text, page = inPlainHTTP(text, c.plain), inPlainHTTP(page, c.plain)
	m := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	m.FromMailAddress(c.from)
	m.SetAddrHeaderFromMailAddress(gomail.HeaderTo, &mail.Address{Name: to.Name, Address: l.to})
	m.Subject(message.Subject)
	if c.replyTo != nil {
		m.SetAddrHeaderFromMailAddress(gomail.HeaderReplyTo, c.replyTo)
	}
	m.SetMessageIDWithValue(n.ID + "@" + c.domain)
	if isMessageID(n.Thread) { // a mail program shows it below the first one
		first := "<" + n.Thread + "@" + c.domain + ">"
		m.SetGenHeader(gomail.HeaderInReplyTo, first)
		m.SetGenHeader(gomail.HeaderReferences, first)
	}
	m.SetDateWithValue(at)
	m.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no vacation message comes back
	m.SetGenHeader(gomail.HeaderXAutoResponseSuppress, suppressed)
	if list, ok := lists[n.Topic]; ok {
		m.SetGenHeader("List-Id", list.name+" <"+list.label+"."+c.domain+">") // RFC 2919
	}
	m.SetBodyString(gomail.TypeTextPlain, text)
	m.AddAlternativeString(gomail.TypeTextHTML, page)
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

// inPlainHTTP writes links to the portal as it is reached: without TLS on a
// host, or with it if that is "".
func inPlainHTTP(s, host string) string {
	if host == "" {
		return s
	}
	return strings.ReplaceAll(s, "https://"+host+"/", "http://"+host+"/")
}
