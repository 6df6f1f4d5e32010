package mail

import (
	"context"
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
)

// steps say what a failure is called, and whether an answer of 5xx speaks of
// this recipient or message: then no other try helps. The rest is the host's,
// or the server's, to mend.
var steps = map[step]struct {
	problem string
	final   bool
}{
	stepCompose:   {"the notification cannot be sent as a mail", true},
	stepConnect:   {"the mail server is not reached", false},
	stepTLS:       {"the connection to the mail server cannot be encrypted", false},
	stepSignIn:    {"the mail server refused the sign-in", false},
	stepSender:    {"the mail server refused the sender", false},
	stepRecipient: {"the mail server refused the recipient", true},
	stepContent:   {"the mail server refused the message", true},
}

// wantsSignIn are answers that ask for a sign-in or for encryption (RFC 4954
// section 6): they come at any step, and say nothing about the recipient.
var wantsSignIn = map[int]bool{530: true, 534: true, 535: true, 538: true}

// SendError is why a notification was not sent. Its text and that of Problem
// hold no address, and of the server's answer only the codes. What it wraps may
// hold more.
type SendError struct {
	ID       string // the notification's; "(no ID)" if it has none that is safe to print
	Code     int    // of the server's answer: 550; 0 if there was none
	Enhanced string // RFC 3463, "5.1.1"; "" if there was none

	step  step
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
	}
	return p
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
	if errors.Is(p.cause, context.Canceled) {
		return "sending was interrupted"
	}
	if errors.Is(p.cause, context.DeadlineExceeded) {
		return "the mail server took too long"
	}
	text := p.what
	if text == "" {
		text = steps[p.step].problem
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

// final reports whether another try cannot help.
func (p *SendError) final() bool {
	if p.step == stepCompose {
		return true
	}
	return steps[p.step].final && p.Code >= 500 && !wantsSignIn[p.Code] && !p.ofPolicy()
}

// ofPolicy reports whether a refusal at RCPT TO is of the kind X.7, security or
// policy (RFC 3463 section 3.8). Postfix waits until then to say what it has
// against the client, the sender and relaying (smtpd_delay_reject): that is the
// host's to mend.
func (p *SendError) ofPolicy() bool {
	return p.step == stepRecipient && strings.HasPrefix(p.Enhanced, "5.7.")
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
