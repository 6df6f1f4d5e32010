package partnertest

import (
	"cmp"
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/textproto"
	"slices"
	"strings"
	"testing"

	"github.com/cspkit/partner"
)

// NotifierHarness is a Notifier with what the kit needs to test it. Only
// Notifier must be set. A rule that needs another field is not checked without
// it.
//
// The transport is whatever Notify hands its notifications to: a mail server,
// or the queue of a host that mails from there.
//
// Refuse, Fail and Stall are called with the address of a recipient. That is
// the To of what Want returns. By default it is the address of the recipient's
// medium, as it stands in the notification: of a mail Email, in its own case of
// letters.
type NotifierHarness struct {
	// Notifier is what is tested. The notifications are made up. Some hold values
	// that no good incident has.
	Notifier partner.Notifier

	// Serves reports whether the Notifier serves a medium. Default: it serves
	// mail, and nothing else. A notification for any other medium must come back
	// with an error that is marked with partner.Permanent.
	//
	// A Notifier for another medium sets this field: func(m partner.Medium) bool
	// { return m == partner.MediumWebhook }. So does one that takes everything,
	// such as a queue. It answers true for every medium; nothing is left to
	// refuse then, and you must show yourself that a worker refuses what it
	// cannot send.
	//
	// It must serve mail, phones or webhooks. The kit sends its notifications by
	// the first of these.
	Serves func(m partner.Medium) bool

	// Delivered returns everything that the transport has taken since the harness
	// was made, in the order in which it came. The list only grows. It is called
	// while no call of Notify is under way. A transport that delivers later has
	// delivered everything when Delivered returns.
	Delivered func() []Delivered

	// Want says what is delivered of n. By default it is one message to the
	// address of the recipient's medium, with the ID of n and the parts of its
	// Message. Set it for a transport that shows something else, such as a text
	// message.
	Want func(n partner.Notification) Delivered

	// Refuse makes the receiving end refuse the address from now on. A permanent
	// refusal is for good, as 550 of a mail server. Any other is for now, as 451.
	// It should answer as real servers do, with the address in its text.
	Refuse func(address string, permanent bool)

	// Fail makes the transport itself fail with err when it is to deliver to the
	// address, like a connection or a sign-in that breaks. A nil err ends that.
	// If the transport fails before it knows the address, it may fail for all
	// addresses meanwhile.
	Fail func(address string, err error)

	// Stall makes the transport hang from now on when it is to deliver to the
	// address, like a server that no longer answers. It hangs until the Notifier
	// gives up.
	Stall func(address string)
}

// Delivered is one message to one address, as it came out at the far end of the
// transport. The zero value is none.
type Delivered struct {
	// ID is the notification's. Of a mail, it stands in the Message-ID before the
	// "@". It is "" if the harness does not show it.
	ID string

	// To is the one address that the transport took the message for. Of a mail,
	// it is that of the envelope's RCPT TO, without angle brackets. A message to
	// several addresses is several Delivered.
	To string

	// Subject is decoded: "Security incident (high) for Contoso: …".
	Subject string

	// Text and HTML are the two parts, decoded to UTF-8. Lines may end with LF or
	// CR LF.
	Text, HTML string

	// Header holds the header of a mail as it was transmitted, not decoded. It is
	// empty if the transport has none, and nil if the harness does not show it.
	Header textproto.MIMEHeader
}

// LogValue tells the ID, and the sizes of the parts in octets. It tells neither
// who was told nor what.
func (d Delivered) LogValue() slog.Value {
	return slog.GroupValue(
		slog.String("id", d.ID), slog.Int("subject", len(d.Subject)),
		slog.Int("text", len(d.Text)), slog.Int("html", len(d.HTML)),
	)
}

// Deduplicator is an optional interface of a Notifier that delivers a
// notification once, however often it comes. A Notifier need not do so. One
// that claims it must keep the claim. A line in your tests keeps the claim from
// being lost:
//
//	var _ partnertest.Deduplicator = (*Mailer)(nil)
type Deduplicator interface {
	// DeduplicatesByID reports whether a notification is left out if one with its
	// ID was delivered before.
	DeduplicatesByID() bool
}

// TestNotifier checks every rule on one harness. It returns nil if all hold.
// Otherwise it returns [RuleErrors]: the rules that are broken, and those that
// were not checked because the harness lacks a part. It panics if h.Notifier is
// nil.
//
// A Notifier that hangs for more than ten seconds after its context was done is
// left behind in a goroutine.
func TestNotifier(h NotifierHarness) error {
	return testAll(notifierInterface, notifierRules, newNotifierRun(context.Background(), h))
}

// RunNotifier checks each rule in a subtest, on a harness that newHarness makes
// for it. The subtest is skipped, with the reason, if the harness lacks a part.
// It panics if the harness has no Notifier.
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
	return Delivered{ID: n.ID, To: *place(&n.Recipient), Subject: m.Subject, Text: m.Text, HTML: m.HTML}
}

// place returns where the address of r stands, by its medium.
func place(r *partner.Recipient) *string {
	switch r.Medium {
	case partner.MediumPhone:
		return &r.Phone
	case partner.MediumWebhook:
		return &r.URL
	default:
		return &r.Email
	}
}

// media are those of package partner, and one that no Notifier knows.
var media = [...]partner.Medium{partner.MediumMail, partner.MediumPhone, partner.MediumWebhook, "partnertest_pigeon"}

// unknownMedium stands last in media.
const unknownMedium = len(media) - 1

// notifierRun is a harness in use.
type notifierRun struct {
	NotifierHarness
	ctx    context.Context
	medium partner.Medium // by which notifications are sent
	name   string         // of this run, in every ID and address
	made   int            // notifications
}

func newNotifierRun(ctx context.Context, h NotifierHarness) *notifierRun {
	if h.Notifier == nil {
		panic("partnertest: NotifierHarness needs a Notifier")
	}
	r := &notifierRun{NotifierHarness: h, ctx: ctx, name: strings.ToLower(rand.Text()[:12])}
	known := slices.DeleteFunc(slices.Clone(media[:unknownMedium]), func(m partner.Medium) bool { return !r.serves(m) })
	if len(known) == 0 {
		panic("partnertest: NotifierHarness.Serves must serve mail, phones or webhooks")
	}
	r.medium = known[0]
	return r
}

func (r *notifierRun) serves(m partner.Medium) bool {
	if r.Serves == nil {
		return m == partner.MediumMail
	}
	return r.Serves(m)
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

// next returns a notification with an ID, a recipient and a title that no other
// has. The recipient has an address of each medium.
func (r *notifierRun) next(topic partner.Topic) partner.Notification {
	r.made++
	n := Notification(topic)
	n.ID = fmt.Sprintf("partnertest-%s-%d", r.name, r.made)
	n.Recipient.Medium = r.medium
	n.Recipient.Email = fmt.Sprintf("soc-%s-%d@contoso.example", r.name, r.made)
	n.Recipient.Phone = fmt.Sprintf("+14255550101;ext=%d", r.made)
	n.Recipient.URL = fmt.Sprintf("https://contoso.example/%s/%d", r.name, r.made)
	if n.Incident.ID != "" {
		n.Incident.Title = fmt.Sprintf("%s, case %d", n.Incident.Title, r.made)
	}
	return n
}

func (r *notifierRun) incident() partner.Notification { return r.next(partner.TopicIncident) }

// later returns a notification of an incident that was told before and asks for
// an answer: one with every field set.
func (r *notifierRun) later() partner.Notification {
	n := r.incident()
	n.Incident.Version, n.Thread, n.Answer = 1, "first-"+n.ID, Answer()
	n.UnansweredSince = n.Incident.DetectedAt
	return n
}

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
		return *place(&n.Recipient)
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
