package partnertest_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/partnertest"
)

var errNobodyThere = errors.New("nobody there")

func TestAGoodLoopKeepsTheRules(t *testing.T) {
	t.Parallel()
	partnertest.RunLoop(t, func(*testing.T) partnertest.LoopHarness {
		var transport partnertest.Recorder
		return newLoop(&transport).harness(&transport)
	})
}

func TestALoopIsTestedAsFarAsItsHarnessGoes(t *testing.T) {
	t.Parallel()
	var transport partnertest.Recorder
	h := newLoop(&transport).harness(&transport)
	h.Refuse, h.Replace, h.Restart = nil, nil, nil
	err := partnertest.TestLoop(h)
	require.ErrorIs(t, err, partnertest.ErrSkipped)
	skipped, ok := errors.AsType[partnertest.RuleErrors](err)
	require.True(t, ok)
	assert.Len(t, skipped, 3)
	require.NoError(t, partnertest.IgnoreSkipped(err))

	h.Work = nil
	assert.Panics(t, func() { _ = partnertest.TestLoop(h) }, "it cannot be tested at all")
}

func TestLoopMutants(t *testing.T) {
	t.Parallel()
	type (
		spoiler func(*loop, *partnertest.LoopHarness)
		// sending is one notification that the worker takes from the queue. Skip
		// leaves it there.
		sending struct {
			*partner.Notification
			c    escalation.Case
			now  time.Time
			loop *loop
			skip bool
		}
	)
	spoiled := func(breaks, name string, spoil spoiler) mutant {
		return mutant{breaks, name, func() map[string]error {
			return partnertest.LoopVerdicts(func() partnertest.LoopHarness {
				var transport partnertest.Recorder
				l := newLoop(&transport)
				h := l.harness(&transport)
				spoil(l, &h)
				return h
			})
		}}
	}
	worker := func(breaks, name string, spoil func(*sending)) mutant {
		return spoiled(breaks, name, func(l *loop, h *partnertest.LoopHarness) {
			h.Work = func(now time.Time) {
				queue := l.queue
				l.queue = nil
				for _, due := range queue {
					n := &due.Notification
					one := sending{n, l.cases[loopKey(n.Incident.ID, n.PartnerTenantID)], now, l, false}
					if spoil(&one); !one.skip {
						l.queue = append(l.queue, due)
					}
				}
				l.work(now)
			}
		})
	}
	// whatever sends in a state in which nothing must be sent.
	whatever := func(state escalation.State) func(*sending) {
		return func(s *sending) {
			if s.c.At(s.now).State == state && s.loop.outcomes[s.ID] == "" {
				s.loop.outcomes[s.ID] = "sent"
				_ = s.loop.notifier.Notify(context.Background(), *s.Notification)
			}
		}
	}
	// transport spoils what happens on the way.
	transport := func(breaks, name string, spoil func(next partner.Notifier, n partner.Notification) error) mutant {
		return spoiled(breaks, name, func(l *loop, _ *partnertest.LoopHarness) {
			next := l.notifier
			l.notifier = partner.NotifierFunc(func(_ context.Context, n partner.Notification) error { return spoil(next, n) })
		})
	}
	// stored changes what is stored of each case.
	stored := func(l *loop, change func(c *escalation.Case)) {
		for key, c := range l.cases {
			c.Events = slices.Clone(c.Events)
			change(&c)
			l.cases[key] = c
		}
	}

	testMutants(t, "Loop", []mutant{
		worker("due-is-told", "the last step is forgotten", func(s *sending) {
			s.skip = s.Recipient.Audience == partner.ToGlobalAdmin
		}),
		worker("told-as-due", "without UnansweredSince", func(s *sending) { s.UnansweredSince = time.Time{} }),
		worker("told-as-due", "without the thread", func(s *sending) { s.Thread = "" }),
		worker("told-as-due", "of something else", func(s *sending) { s.Incident.Title = "Something" }),
		worker("told-as-due", "of another company", func(s *sending) { s.CompanyName = "Fabrikam" }),
		spoiled("told-as-due", "at another number", func(l *loop, h *partnertest.LoopHarness) {
			h.Open = func(impact partner.Impact, c escalation.Case) {
				impact.SecurityContact.Phone = "+14255550177"
				l.open(impact, c)
			}
		}),
		transport("told-once", "sent twice", func(next partner.Notifier, n partner.Notification) error {
			return errors.Join(next.Notify(context.Background(), n), next.Notify(context.Background(), n))
		}),
		spoiled("nothing-before-its-time", "the timer is early", func(l *loop, h *partnertest.LoopHarness) {
			h.Wake = func(now time.Time) { l.wake(now.Add(time.Minute)) }
		}),
		worker("missed-is-told-late", "the first step is told at its time or never", func(s *sending) {
			s.skip = s.UnansweredSince.IsZero() && !s.now.Equal(s.c.OpenedAt)
		}),
		worker("queued-before-the-answer-is-not-sent-after", "the worker does not ask again",
			whatever(escalation.StateAcknowledged)),
		worker("acknowledgement-runs-out", "what is held back is lost", func(s *sending) {
			if s.c.At(s.now).State == escalation.StateAcknowledged {
				s.loop.outcomes[s.ID] = "held back"
			}
		}),
		worker("acknowledgement-runs-out", "it holds for ever", func(s *sending) {
			s.skip = len(s.c.Events) > 0 && s.c.Events[0].Kind == escalation.EventAcknowledged
		}),
		worker("end-is-the-end", "resolved ends nothing", whatever(escalation.StateResolved)),
		worker("end-is-the-end", "cancelled ends nothing", whatever(escalation.StateCancelled)),
		spoiled("cases-are-apart", "an event is that of every case", func(l *loop, h *partnertest.LoopHarness) {
			h.Event = func(_ escalation.Case, e escalation.Event) {
				stored(l, func(c *escalation.Case) { c.Events = append(c.Events, e) })
			}
		}),
		transport("failed-step-is-not-waited-for", "every failure is for now",
			func(next partner.Notifier, n partner.Notification) error {
				if next.Notify(context.Background(), n) != nil {
					return errNobodyThere
				}
				return nil
			}),
		spoiled("failed-step-is-not-waited-for", "failures are no events", func(l *loop, h *partnertest.LoopHarness) {
			h.Work = func(now time.Time) {
				l.work(now)
				stored(l, func(c *escalation.Case) {
					c.Events = slices.DeleteFunc(c.Events, func(e escalation.Event) bool { return e.Kind == escalation.EventFailed })
				})
			}
		}),
		spoiled("present-contact-is-told", "as it was queued", func(_ *loop, h *partnertest.LoopHarness) {
			h.Replace = func(partner.Impact) {}
		}),
		spoiled("present-contact-is-told", "told to nobody", func(l *loop, h *partnertest.LoopHarness) {
			h.Replace = func(partner.Impact) { l.queue = nil }
		}),
		spoiled("restart-loses-nothing", "outcomes are in memory", func(l *loop, h *partnertest.LoopHarness) {
			h.Restart = func() { clear(l.outcomes) }
		}),
		spoiled("restart-loses-nothing", "cases are in memory", func(l *loop, h *partnertest.LoopHarness) {
			h.Restart = func() { clear(l.cases) }
		}),
		spoiled("restart-loses-nothing", "events are in memory", func(l *loop, h *partnertest.LoopHarness) {
			h.Restart = func() { stored(l, func(c *escalation.Case) { c.Events = nil }) }
		}),
	})
}
