package mail

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"regexp"
	"strings"
	"syscall"

	"github.com/cspkit/partner"
)

// step is where in a conversation with a mail server something went wrong.
type step uint8

const (
	stepCompose step = iota + 1 // before the server is asked
	stepConnect
	stepTLS
	stepSignIn
	stepSender
	stepRecipient
	stepContent
	stepAnswer // the server has the whole message, and said nothing
)

// steps say what a failure is called.
var steps = map[step]string{
	stepCompose:   "the notification cannot be sent as a mail",
	stepConnect:   "the mail server is not reached",
	stepTLS:       "the connection to the mail server cannot be encrypted",
	stepSignIn:    "the mail server refused the sign-in",
	stepSender:    "the mail server refused the sender",
	stepRecipient: "the mail server refused the recipient",
	stepContent:   "the mail server refused the message",
	stepAnswer:    "the mail server has the message and did not say whether it takes it",
}

// finalEnhanced and finalPlain are the answers that speak of the recipient's
// mailbox or domain. No other try helps then. They count at RCPT TO alone. All
// else is the host's to mend, or the server's: a HELO without a dot (504), an
// unknown sender (550 5.1.0), a quota (554 5.2.0), a policy (5.7.1).
var (
	finalEnhanced = map[string]bool{ // RFC 3463, section 3, and RFC 7505
		"5.1.1":  true, // no such mailbox
		"5.1.2":  true, // no such domain
		"5.1.3":  true, // the address is none
		"5.1.10": true, // the domain takes no mail
		"5.2.1":  true, // the mailbox is closed
		"5.2.2":  true, // the mailbox is full
	}
	finalPlain = map[int]bool{550: true, 551: true, 553: true} // of a server that says no more
)

// SendError is why a notification was not sent. Its text and that of Problem
// hold no address, and of the server's answer only the codes. What it wraps may
// hold more.
type SendError struct {
	ID       string // the notification's; "(no ID)" if it has none that is safe to print
	Code     int    // of the server's answer: 550; 0 if there was none
	Enhanced string // RFC 3463, "5.1.1"; "" if there was none

	step  step
	said  string // by the server, without what is the recipient's; not to be shown
	what  string // instead of the step's problem
	cause error
}

// newSendError explains err, which came up at a step. The code of an answer and
// whether it is final are read from err.
func newSendError(at step, err error) *SendError {
	p := &SendError{step: at, cause: err}
	if answer, ok := errors.AsType[*textproto.Error](err); ok {
		p.Code = answer.Code
		p.Enhanced = enhancedCode.FindString(answer.Msg)
		p.said = saidWords(answer.Msg)
	}
	return p
}

// saidWords are the words of an answer without what differs from one recipient
// to the next: addresses, numbers, and the IDs of a server's queue.
func saidWords(text string) string {
	var words []string
	for _, word := range strings.Fields(strings.ToLower(text)) {
		if !strings.ContainsFunc(word, func(r rune) bool { return r >= '0' && r <= '9' || strings.ContainsRune("@<>=", r) }) {
			words = append(words, word)
		}
	}
	return strings.Join(words, " ")
}

// enhancedCode stands at the start of an answer's text, if anywhere.
var enhancedCode = regexp.MustCompile(`^[245]\.[0-9]{1,3}\.[0-9]{1,3}\b`)

// Error names the notification by its ID.
func (p *SendError) Error() string {
	return fmt.Sprintf("mail: notification %s: %s", p.ID, p.Problem())
}

// Problem tells what is wrong, for a page that names the notification already:
// "the mail server refused the recipient (550 5.1.1)".
func (p *SendError) Problem() string {
	if p.step == stepAnswer {
		return steps[p.step]
	}
	if errors.Is(p.cause, context.Canceled) {
		return "sending was interrupted"
	}
	if errors.Is(p.cause, context.DeadlineExceeded) {
		return "the mail server took too long"
	}
	text := p.what
	if text == "" {
		text = steps[p.step]
		if p.Code == 0 && p.step >= stepSender {
			text = "the connection to the mail server broke"
		}
	}
	if code := strings.TrimSpace(codeText(p.Code) + " " + p.Enhanced); code != "" {
		text += " (" + code + ")"
	}
	if known := describe(p.cause); known != "" {
		text += ": " + known
	}
	return text
}

// Unwrap returns the cause. Its text may hold what the server said: do not log
// it.
func (p *SendError) Unwrap() error { return p.cause }

// Unanswered reports whether the server has the whole message and did not say
// whether it takes it. To send it again may make a second copy.
func (p *SendError) Unanswered() bool { return p.step == stepAnswer }

// Refusal names a refusal for good (5xx) in a way that is the same for every
// recipient who gets it: the step, the codes, and a hash of the words. It is ""
// if the server refused nothing for good.
func (p *SendError) Refusal() string {
	if p.Code < 500 {
		return ""
	}
	sum := sha256.Sum256([]byte(p.said))
	return fmt.Sprintf("%s (%s) %x", steps[p.step], strings.TrimSpace(codeText(p.Code)+" "+p.Enhanced), sum[:4])
}

// final reports whether another try cannot help.
func (p *SendError) final() bool {
	switch {
	case p.step == stepCompose:
		return true
	case p.step != stepRecipient || p.Code < 500:
		return false
	case p.Enhanced == "":
		return finalPlain[p.Code]
	default:
		return finalEnhanced[p.Enhanced]
	}
}

// noRoom reports whether the server has too many connections for now: 421 of
// most, 432 of Exchange.
func (p *SendError) noRoom() bool { return p.step == stepConnect && p.Code >= 400 && p.Code < 500 }

// broken reports whether the connection cannot be used any more.
func (p *SendError) broken() bool { return p.Code == 0 || p.Code == 421 }

// asError is the error of n as Notify returns it.
func (p *SendError) asError(n *partner.Notification) error {
	if p.ID = "(no ID)"; isMessageID(n.ID) {
		p.ID = n.ID
	}
	if p.final() {
		return partner.Permanent(p)
	}
	return p
}

func codeText(code int) string {
	if code == 0 {
		return ""
	}
	return fmt.Sprint(code)
}

// describe says in our own words what is known of an error, because its own
// text may hold anything. "" is unknown.
func describe(err error) string {
	if _, ok := errors.AsType[*textproto.Error](err); ok || err == nil {
		return ""
	}
	if _, ok := errors.AsType[x509.UnknownAuthorityError](err); ok {
		return "its certificate is signed by an unknown authority"
	}
	if _, ok := errors.AsType[x509.HostnameError](err); ok {
		return "its certificate is for another name"
	}
	if e, ok := errors.AsType[x509.CertificateInvalidError](err); ok && e.Reason == x509.Expired {
		return "its certificate has expired, or is not valid yet"
	}
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return "its certificate is not valid"
	}
	if _, ok := errors.AsType[tls.RecordHeaderError](err); ok {
		return "it does not speak TLS from the start; use smtp:// for STARTTLS"
	}
	if e, ok := errors.AsType[*net.DNSError](err); ok {
		if e.IsNotFound {
			return "no such host"
		}
		return "its name cannot be looked up"
	}
	if e, ok := errors.AsType[net.Error](err); ok && e.Timeout() {
		return "no answer in time"
	}
	for known, text := range map[error]string{
		syscall.ECONNREFUSED: "connection refused", syscall.ECONNRESET: "connection reset",
		syscall.EHOSTUNREACH: "no route to it",
		syscall.ENETUNREACH:  "no route to it", io.EOF: "it hung up", io.ErrUnexpectedEOF: "it hung up",
	} {
		if errors.Is(err, known) {
			return text
		}
	}
	return ""
}
