package bounce

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"strings"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// Store is what a [Taker] needs of package store.
type Store interface {
	// Mailed returns the notification whose ID begins so, and the addresses to
	// which its last try may have gone. The error is host.ErrNotFound if there is
	// not exactly one.
	Mailed(ctx context.Context, begin string) (host.Mailed, error)
	// Bounced stores that mail came back, once, and what follows from it. Fresh is
	// false if it changed nothing.
	Bounced(ctx context.Context, b host.Bounce) (fresh bool, err error)
}

// Taker takes what comes back. It may be used by several goroutines at once.
type Taker struct {
	Addresses *Addresses
	Store     Store
	Log       *slog.Logger
	Counted   func(Kind) // of each message, for metrics; nil: nobody counts
}

// Take takes a message that was sent to an address, and returns what it is. An
// error says that the database is away: the sender must try again. Any other
// message is done with.
func (t *Taker) Take(ctx context.Context, to string, message io.Reader) (Kind, error) {
	kind, err := t.take(ctx, to, message)
	if err != nil {
		t.Log.WarnContext(ctx, "a message that came back cannot be stored; its sender tries again", "error", err)
		return "", err
	}
	if t.Counted != nil {
		t.Counted(kind)
	}
	return kind, nil
}

func (t *Taker) take(ctx context.Context, to string, message io.Reader) (Kind, error) {
	token, _, genuine := t.Addresses.Read(to)
	if !genuine {
		return Forged, nil
	}
	report := Read(message)
	if report.Kind != Failed {
		return report.Kind, nil
	}
	mailed, err := t.Store.Mailed(ctx, token.Begin())
	if errors.Is(err, host.ErrNotFound) {
		return Unknown, nil
	}
	if err != nil {
		return "", err
	}
	for _, address := range mailed.Addresses {
		if !token.WentTo(address) {
			continue
		}
		b := host.Bounce{NotificationID: mailed.NotificationID, Address: address, Problem: problem(report.Status)}
		switch fresh, err := t.Store.Bounced(ctx, b); {
		case err != nil:
			return "", err
		case !fresh:
			return Again, nil
		}
		t.Log.WarnContext(ctx, "mail came back", "notification", b.NotificationID, "problem", b.Problem)
		return Failed, nil
	}
	return Replaced, nil
}

// problem says why mail came back, without anything that the report says:
// "there is no such mailbox (5.1.1)".
func problem(status string) string {
	_, detail, _ := strings.Cut(status, ".")
	subject, _, _ := strings.Cut(detail, ".")
	why, known := reasons[detail]
	if !known {
		why, known = reasons[subject]
	}
	switch {
	case status == "":
		return "the report gives no reason"
	case !known:
		return "the report says " + status
	default:
		return why + " (" + status + ")"
	}
}

// reasons are in the words of RFC 3463, section 3, by subject and detail, or by
// subject.
var reasons = map[string]string{
	"1":    "the address is wrong",
	"1.1":  "there is no such mailbox",
	"1.2":  "there is no such domain",
	"1.3":  "the address is none",
	"1.6":  "the mailbox has moved",
	"1.10": "the domain takes no mail",
	"2":    "the mailbox takes no mail",
	"2.1":  "the mailbox is closed",
	"2.2":  "the mailbox is full",
	"3":    "the recipient's mail server takes no mail",
	"4":    "the recipient's mail server is not reached",
	"4.7":  "the recipient's mail server was not reached in time",
	"6":    "the recipient's mail server does not take such a message",
	"7":    "the recipient's mail server refuses mail from here",
}
