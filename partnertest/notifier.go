package partnertest

import (
	"cmp"
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/textproto"
	"strings"
	"testing"

	"github.com/cspkit/partner"
)

// NotifierHarness is a Notifier with what the kit needs to test it. Only Notifier must be set; what else is missing leaves
// rules unchecked.
//
// The transport is whatever Notify hands its notifications to: a mail server, or the queue of a host that mails from there.
// An address, in the functions below, is what Want says of the recipient: an e-mail address by default, in the case of letters
// in which it stands in the notification.
type NotifierHarness struct {
	// Notifier is what is tested. It is called with notifications that are made up, some of them with values that no good
	// incident holds.
	Notifier partner.Notifier

	// Delivered returns everything that the transport has taken since the harness was made, in the order in which it came; the
	// list only grows. It is called while no call of Notify is under way. A transport that delivers later has delivered
	// everything when Delivered returns.
	Delivered func() []Delivered

	// Want says what is delivered of n. The default is one message to Recipient.Email with the ID of n and the parts of its
	// Message. Set it for a transport that shows something else, such as a text message.
	Want func(n partner.Notification) Delivered

	// Refuse makes the receiving end refuse the address from now on: for good, as a mail server does with 550, or for now, as
	// with 451. It should answer as real servers do, with the address in its text.
	Refuse func(address string, permanent bool)

	// Fail makes the transport itself fail with err when it is to deliver to the address, as a connection or a sign-in that
	// breaks, until Fail is called with a nil err. A transport that does not know the address yet when it fails may fail for
	// all addresses meanwhile.
	Fail func(address string, err error)

	// Stall makes the transport hang from now on when it is to deliver to the address, as a server that does not answer any more,
	// until the Notifier gives up.
	Stall func(address string)

	// Medium is by which the Notifier is to reach the recipients that the kit makes
	// up. The default is mail. Each recipient has an e-mail address, a phone number
	// and a URL that no other has.
	Medium partner.Medium

	// ServesAllMedia says that the Notifier takes a notification of every medium,
	// also of one that a host makes up, as a queue does. Then the rule
	// unserved-medium-is-permanent has nothing to check.
	ServesAllMedia bool
}

// Delivered is one message to one address, as it came out at the far end of the transport. The zero value is none.
type Delivered struct {
	// ID is the notification's: of a mail, what stands in the Message-ID before the "@". "" if the harness does not show it.
	ID string
	// To is the one address that the transport took the message for: of a mail, that of the envelope's RCPT TO, without angle
	// brackets. A message to several addresses is several Delivered.
	To string
	// Subject is decoded: "Security incident (high) for Contoso: …".
	Subject string
	// Text and HTML are the two parts, decoded to UTF-8. Lines may end with LF or CR LF.
	Text, HTML string
	// Header holds the header of a mail as it was transmitted, not decoded. Empty if the transport has none, nil if the harness
	// does not show it.
	Header textproto.MIMEHeader
}

// LogValue tells the ID, and the sizes of the parts in octets; not who was told, nor what.
func (d Delivered) LogValue() slog.Value {
	return slog.GroupValue(
		slog.String("id", d.ID), slog.Int("subject", len(d.Subject)), slog.Int("text", len(d.Text)), slog.Int("html", len(d.HTML)),
	)
}

// Deduplicator is an optional interface of a Notifier that delivers a notification once, however often it comes. A Notifier
// need not do so; one that claims it is held to it. A line in your tests keeps the claim from being lost:
//
//	var _ partnertest.Deduplicator = (*Mailer)(nil)
type Deduplicator interface {
	// DeduplicatesByID reports whether a notification with the ID of one that was delivered is not delivered again.
	DeduplicatesByID() bool
}

// TestNotifier checks every rule on one harness. It returns nil if all of them hold, otherwise [RuleErrors] with those that are
// broken and those that were not checked, because an optional part of the harness is missing. It panics if h.Notifier is nil.
//
// A Notifier that hangs longer than ten seconds after its context was done is left behind in a goroutine.
func TestNotifier(h NotifierHarness) error {
	return testAll(notifierInterface, notifierRules, newNotifierRun(context.Background(), h))
}

// RunNotifier checks each rule in a subtest of its own, on a harness that newHarness makes for it. The subtest is skipped, with
// the reason, if an optional part of the harness is missing. It panics if the harness has no Notifier.
func RunNotifier(t *testing.T, newHarness func(t *testing.T) NotifierHarness) {
	t.Helper()
	runAll(t, notifierInterface, notifierRules, func(t *testing.T) *notifierRun {
		return newNotifierRun(t.Context(), newHarness(t))
	})
}

const notifierInterface = "Notifier"

// wanted is the default of NotifierHarness.Want.
func wanted(n partner.Notification) Delivered {
	m := n.Message()
	return Delivered{ID: n.ID, To: n.Recipient.Email, Subject: m.Subject, Text: m.Text, HTML: m.HTML}
}

// notifierRun is a harness in use.
type notifierRun struct {
	NotifierHarness
	ctx  context.Context
	name string // of this run, in every ID and address
	made int    // notifications
}

func newNotifierRun(ctx context.Context, h NotifierHarness) *notifierRun {
	if h.Notifier == nil {
		panic("partnertest: NotifierHarness needs a Notifier")
	}
	return &notifierRun{NotifierHarness: h, ctx: ctx, name: strings.ToLower(rand.Text()[:12])}
}

func (r *notifierRun) has(part string) bool {
	switch part {
	case "Delivered":
		return r.Delivered != nil
	case "Refuse":
		return r.Refuse != nil
	case "Fail":
		return r.Fail != nil
	case "Stall":
		return r.Stall != nil
	default:
		return false
	}
}

// next returns a notification with an ID, a recipient and a title that no other has.
func (r *notifierRun) next(topic partner.Topic) partner.Notification {
	r.made++
	n := Notification(topic)
	n.ID = fmt.Sprintf("partnertest-%s-%d", r.name, r.made)
	n.Recipient.Email = fmt.Sprintf("soc-%s-%d@contoso.example", r.name, r.made)
	n.Recipient.Phone = fmt.Sprintf("+14255550101;ext=%d", r.made)
	n.Recipient.URL = fmt.Sprintf("https://hooks.contoso.example/%s/%d", r.name, r.made)
	n.Recipient.Medium = r.Medium
	if n.Incident.ID != "" {
		n.Incident.Title = fmt.Sprintf("%s, case %d", n.Incident.Title, r.made)
	}
	return n
}

func (r *notifierRun) incident() partner.Notification { return r.next(partner.TopicIncident) }

// want returns what is to be delivered of n.
func (r *notifierRun) want(n partner.Notification) Delivered {
	if r.Want == nil {
		return wanted(n)
	}
	return r.Want(clone(n))
}

// address returns what the functions of the harness call the recipient of n.
func (r *notifierRun) address(n partner.Notification) string {
	if r.Want == nil {
		return n.Recipient.Email
	}
	return r.want(n).To
}

// notify calls the Notifier with time enough.
func (r *notifierRun) notify(n partner.Notification) error {
	ctx, cancel := context.WithTimeout(r.ctx, patience)
	defer cancel()
	return r.Notifier.Notify(ctx, n)
}

// deliveries returns what is delivered while f runs.
func (r *notifierRun) deliveries(f func()) []Delivered {
	before := len(r.Delivered())
	f()
	after := r.Delivered()
	return after[min(before, len(after)):]
}

// send notifies n and returns what was delivered.
func (r *notifierRun) send(n partner.Notification) (delivered []Delivered, err error) {
	delivered = r.deliveries(func() { err = r.notify(n) })
	return delivered, err
}

// difference describes where got is not want, or returns "".
func difference(part, got, want string) string {
	got, want = strings.ReplaceAll(got, "\r\n", "\n"), strings.ReplaceAll(want, "\r\n", "\n")
	if got == want {
		return ""
	}
	at := 0
	for at < min(len(got), len(want)) && got[at] == want[at] {
		at++
	}
	return fmt.Sprintf("%s differs at octet %d: got %q, want %q", part, at, around(got, at), around(want, at))
}

// around returns a piece of s that is long enough to recognise.
func around(s string, at int) string { return s[max(0, at-20):min(len(s), at+20)] }

// compare describes the first part in which got is not want, or returns "".
func (d Delivered) compare(want Delivered) string {
	return cmp.Or(
		difference("the subject", d.Subject, want.Subject),
		difference("the text", d.Text, want.Text),
		difference("the HTML", d.HTML, want.HTML),
	)
}
