package host

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"
)

// AuditOutcome is what became of something that is recorded.
type AuditOutcome string

// The outcomes. A change is recorded before it is done, and again when it is
// done: one that is begun and has no other outcome was cut off, and may have
// been done.
const (
	AuditBegun   AuditOutcome = "begun"
	AuditDone    AuditOutcome = "done"
	AuditRefused AuditOutcome = "refused" // nothing was done: the result says why, or the answer: 403, 412
	AuditFailed  AuditOutcome = "failed"  // the portal could not tell, or broke: look for what was done
)

// AuditEntry is one line of the audit log.
type AuditEntry struct {
	Number   int64     // 1 is the first; set by the store
	At       time.Time // set by the store
	Action   string    // the pattern of the route: "POST /incidents"
	Outcome  AuditOutcome
	Status   int    // of the answer; 0 if it was begun
	Subject  string // the ID of what it is about: of an incident, a revision; "" if there is none
	TenantID string // of whoever did it, or ""
	Channel  string // "portal", "api", "rule", or that of a token: see TokenChannel
	Request  string // as in X-Request-Id
	// Result is what came of it, as a code, and numbers with their names behind it:
	// "call-taken_up", "import-saved new=3 wrong=0". "" says nothing more than the
	// outcome. It cannot be erased, so it holds nothing personal.
	Result string

	// These are set where the store reads an entry.
	Hash  string // covers the entry and the one before it; "" where nobody asked
	Began int64  // the number of the entry that says it was begun; 0: none does, or nobody asked

	// These are personal, and can be erased.
	PersonID string // "" for nobody, and once it is erased
	Name     string
	Address  string // of the client
}

// tokenChannel begins the channel of what a program did with a token.
const tokenChannel = "token "

// TokenChannel is the channel of what a program did with the token of the ID.
func TokenChannel(id string) string { return tokenChannel + id }

// TokenOf returns the ID of the token with whose channel a program did
// something, and false for any other channel.
func TokenOf(channel string) (id string, ok bool) { return strings.CutPrefix(channel, tokenChannel) }

// ChannelRule is the channel of what a rule of the operators did by itself.
const ChannelRule = "rule"

// ChannelCommand is the channel of what somebody did at the command line.
const ChannelCommand = "command"

// LogValue tells the number, the action and the outcome.
func (e AuditEntry) LogValue() slog.Value {
	return slog.GroupValue(slog.Int64("number", e.Number), slog.String("action", e.Action),
		slog.String("outcome", string(e.Outcome)))
}

// Trail is what the audit log is to know of a request, beside what the request
// says itself. One goroutine uses it.
type Trail struct {
	Person  Person
	Subject string
	Address string // of the client; set by the site
	Result  string // see AuditEntry
	Refused bool   // nothing was done, whatever the status of the answer is
	// Begin records that the person is about to do it, once. Nothing is done
	// without.
	Begin func(ctx context.Context) error
}

// Refuse says that nothing was done, and why, as a code.
func (t *Trail) Refuse(why string) { t.Result, t.Refused = why, true }

// AuditResult is the result of an entry: a code, and how many there were.
func AuditResult(code string, n int) string { return fmt.Sprintf("%s n=%d", code, n) }

type trailKey struct{}

// WithTrail returns a context that carries t.
func WithTrail(ctx context.Context, t *Trail) context.Context {
	return context.WithValue(ctx, trailKey{}, t)
}

// TrailFrom returns the trail of a request. Without one it returns one that
// records nothing.
func TrailFrom(ctx context.Context) *Trail {
	if t, ok := ctx.Value(trailKey{}).(*Trail); ok {
		return t
	}
	return &Trail{Begin: func(context.Context) error { return nil }}
}
