package partnertest

import (
	"crypto/rand"
	mathrand "math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
)

// LoopHarness is a host's loop around [escalation.Case.At]: what stores cases
// and events, wakes up, queues and sends. Package escalation says what such a
// loop does. Open, Event, Wake, Work and Sent must be set.
//
// The time is that of the kit. It goes on from one call to the next, by hours,
// and has nothing to do with the clock. So the host must take it from the calls
// and may not wake up or send by itself.
//
// If a function cannot do its part, it fails the test by itself.
type LoopHarness struct {
	// Open stores the partner and the case, which has no events yet. It sends
	// nothing. Each case is of an incident and of a partner of its own.
	Open func(impact partner.Impact, c escalation.Case)

	// Event stores an event of the case that Open was given, as when an answer
	// comes in. It sends nothing. C is the same as then.
	Event func(c escalation.Case, e escalation.Event)

	// Wake does what the host does when its timer goes off at now: it queues what
	// is due. A host without a queue sends in Work what it would queue here.
	Wake func(now time.Time)

	// Work does what the worker of the queue does at now: it sends what is queued.
	Work func(now time.Time)

	// Sent returns everything that was sent since the harness was made, in order.
	// A Recorder in the place of the transport knows it.
	Sent func() []partner.Notification

	// Refuse makes the transport refuse the address for good from now on. Such an
	// error is marked with partner.Permanent. Optional.
	Refuse func(address string)

	// Replace stores the partner anew: another security contact was entered since.
	// Optional.
	Replace func(impact partner.Impact)

	// Restart kills the host and starts it again: all that is not stored is lost.
	// Optional.
	Restart func()
}

// TestLoop checks every rule on one harness. It returns nil if all hold.
// Otherwise it returns [RuleErrors]: the rules that are broken, and those that
// were not checked because the harness lacks a part. It panics if a field of h
// that is not optional is not set.
func TestLoop(h LoopHarness) error {
	return testAll(loopInterface, loopRules, newLoopRun(h))
}

// RunLoop checks each rule in a subtest, on a harness that newHarness makes for
// it. The subtest is skipped, with the reason, if the harness lacks a part. It
// panics if a field of the harness that is not optional is not set.
func RunLoop(t *testing.T, newHarness func(t *testing.T) LoopHarness) {
	t.Helper()
	runAll(t, loopInterface, loopRules, func(t *testing.T) *loopRun { return newLoopRun(newHarness(t)) })
}

const loopInterface = "Loop"

// loopRun is a harness in use.
type loopRun struct {
	LoopHarness
	opened int // cases
}

func newLoopRun(h LoopHarness) *loopRun {
	if h.Open == nil || h.Event == nil || h.Wake == nil || h.Work == nil || h.Sent == nil {
		panic("partnertest: LoopHarness needs Open, Event, Wake, Work and Sent")
	}
	return &loopRun{LoopHarness: h}
}

func (r *loopRun) has(part string) bool {
	return !reflect.ValueOf(r.LoopHarness).FieldByName(part).IsZero()
}

// loopCase is a case that was opened, with the events so far.
type loopCase struct {
	escalation.Case
	impact partner.Impact
	run    *loopRun
}

// open opens a case long after all others.
func (r *loopRun) open() *loopCase {
	key := strings.ToLower(rand.Text())
	impact := Impact(0)
	impact.PartnerTenantID = tenantID(mathrand.Uint64() & (1<<48 - 1))
	impact.SecurityContact.Email = "soc-" + key + "@contoso.example"
	incident := Incident(partner.Phishing)
	incident.ID += "-" + key
	r.opened++
	opened := fixtureTime.AddDate(0, 0, 10*r.opened)
	c := &loopCase{escalation.NewCase(partner.Routing{}, incident, impact, opened), impact, r}
	r.Open(impact, c.Case)
	return c
}

func (c *loopCase) after(d time.Duration) time.Time { return c.OpenedAt.Add(d) }

// happens tells the host of an event.
func (c *loopCase) happens(kind escalation.EventKind, after time.Duration) {
	e := escalation.Event{Kind: kind, At: c.after(after), By: "somebody"}
	without := c.Case
	without.Events = nil
	c.run.Event(without, e)
	c.Events = append(c.Events, e)
}

// goes wakes the host and lets it work.
func (c *loopCase) goes(after time.Duration) {
	c.run.Wake(c.after(after))
	c.run.Work(c.after(after))
}

// told returns what was sent of the case, by ID.
func (c *loopCase) told() map[string][]partner.Notification {
	byID := make(map[string][]partner.Notification)
	for _, n := range c.run.Sent() {
		if n.Incident.ID == c.Incident.ID && n.PartnerTenantID == c.impact.PartnerTenantID {
			byID[n.ID] = append(byID[n.ID], n)
		}
	}
	return byID
}

// missing finds what is due at a time and was not told.
func (c *loopCase) missing(fs *faults, after time.Duration) {
	told := c.told()
	for _, due := range c.At(c.after(after)).Due {
		if len(told[due.Notification.ID]) == 0 {
			fs.addf("after %v, step %d is due, and was not told", after, due.Step)
		}
	}
}

// quiet finds what is told by f.
func (c *loopCase) quiet(fs *faults, what string, f func()) {
	before := len(c.told())
	f()
	if more := len(c.told()) - before; more > 0 {
		fs.addf("%s, and %d more were told", what, more)
	}
}
