package proof

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cspkit/partner"
)

// world is one generated case of Dispatch.
type world struct {
	impacts     []partner.Impact
	broken      error // what the Directory yields after the impacts
	behaviour   map[string]behaviour
	concurrency int
	leaveAfter  int // deliveries, -1: never
	cancelAt    time.Duration
}

// behaviour is what the Notifier does with one address.
type behaviour struct {
	delay  time.Duration
	fail   bool
	panics bool
}

var (
	errTransport = errors.New("transport")
	errDirectory = errors.New("directory")
	errCancelled = errors.New("cancelled")
)

func worlds() *rapid.Generator[world] {
	return rapid.Custom(func(t *rapid.T) world {
		w := world{
			behaviour:   map[string]behaviour{},
			concurrency: rapid.IntRange(0, 4).Draw(t, "concurrency"),
			leaveAfter:  rapid.SampledFrom([]int{-1, -1, -1, 0, 1, 3}).Draw(t, "leave after"),
			cancelAt:    time.Duration(rapid.SampledFrom([]int{-1, -1, -1, 0, 1, 5, 20}).Draw(t, "cancel at")) * time.Millisecond,
		}
		if rapid.Bool().Draw(t, "directory breaks") {
			w.broken = errDirectory
		}
		for i := range rapid.IntRange(0, 12).Draw(t, "partners") {
			address := fmt.Sprintf("soc%d@contoso.com", rapid.IntRange(0, 9).Draw(t, "mailbox"))
			w.impacts = append(w.impacts, partner.Impact{
				PartnerTenantID: fmt.Sprintf("00000000-0000-4000-8000-%012d", i),
				Rights:          partner.Rights(rapid.IntRange(0, 1).Draw(t, "rights")),
				SecurityContact: partner.SecurityContact{Email: address},
			})
			w.behaviour[address] = behaviour{
				delay:  time.Duration(rapid.IntRange(0, 9).Draw(t, "delay")) * time.Millisecond,
				fail:   rapid.Bool().Draw(t, "fails"),
				panics: rapid.IntRange(0, 4).Draw(t, "panics") == 0,
			}
		}
		return w
	})
}

func (w world) notify(ctx context.Context, n partner.Notification) error {
	b := w.behaviour[n.Recipient.Email]
	select {
	case <-time.After(b.delay):
	case <-ctx.Done():
		return ctx.Err()
	}
	if b.panics {
		panic(n.Recipient.Email)
	}
	if b.fail {
		return errTransport
	}
	return nil
}

// expected is the reference: what becomes of each partner, one after the other.
func (w world) expected() map[string]string {
	outcomes := map[string]string{}
	for _, impact := range w.impacts {
		b := w.behaviour[impact.SecurityContact.Email]
		switch {
		case impact.Rights == 0:
			outcomes[impact.PartnerTenantID] = "nobody"
		case b.panics:
			outcomes[impact.PartnerTenantID] = "panicked"
		case b.fail:
			outcomes[impact.PartnerTenantID] = "failed"
		default:
			outcomes[impact.PartnerTenantID] = "told"
		}
	}
	return outcomes
}

func outcome(d partner.Delivery) string {
	switch {
	case d.Err == nil:
		return "told"
	case errors.Is(d.Err, partner.ErrNoRecipient):
		return "nobody"
	case errors.Is(d.Err, errTransport):
		return "failed"
	case errors.Is(d.Err, context.Canceled):
		return "cancelled"
	default:
		return "panicked"
	}
}

// Whatever fails, panics, takes its time or is cancelled: each partner comes out as the reference says, or the loop says that it was
// cut short. A goroutine that is left fails the bubble.
func TestDispatchAgreesWithTheReference(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		w := worlds().Draw(rt, "world")
		synctest.Test(t, func(*testing.T) { w.check(rt) })
	})
}

func (w world) check(t *rapid.T) {
	ctx, cancel := context.WithCancelCause(context.Background())
	defer cancel(nil)
	if w.cancelAt >= 0 {
		stop := time.AfterFunc(w.cancelAt, func() { cancel(errCancelled) })
		defer stop.Stop()
	}
	d := partner.NewDispatcher(directory(w.impacts, w.broken), partner.NotifierFunc(w.notify),
		&partner.DispatcherOptions{Concurrency: w.concurrency})

	outcomes, left, cut := map[string]string{}, false, error(nil)
	for delivery, err := range d.Dispatch(ctx, validIncident()) {
		require.NoError(t, cut, "nothing comes after the error")
		if err != nil {
			assert.Zero(t, delivery)
			cut = err
			continue
		}
		assert.NotContains(t, outcomes, delivery.Route.PartnerTenantID, "each partner of this world has one recipient at most")
		outcomes[delivery.Route.PartnerTenantID] = outcome(delivery)
		if len(outcomes) == w.leaveAfter {
			left = true
			break
		}
	}
	want := w.expected()
	for id, got := range outcomes {
		if got != "cancelled" {
			assert.Equal(t, want[id], got)
		} else {
			require.Error(t, ctx.Err(), "only a done context stops a call under way")
		}
	}
	switch {
	case left:
	case cut == nil:
		require.NoError(t, w.broken, "a loop without an error is complete")
		assert.Equal(t, want, outcomes, "a loop without an error is complete")
	case errors.Is(cut, errDirectory):
		require.Error(t, w.broken)
		assert.Len(t, outcomes, len(want), "what the Directory had yielded comes out before its error")
	default:
		require.ErrorIs(t, cut, errCancelled, "the cause of the context")
		assert.Error(t, ctx.Err())
	}
}

func validIncident() partner.Incident {
	return partner.Incident{
		ID: "INC-1", TenantID: "c0ffee00-2b5d-4a3e-9d61-7f8091a2b3c4", Kind: partner.Spam, Severity: partner.IncidentLow,
		Title: "Spam", Actions: []string{"Look"}, DetectedAt: time.Unix(1_700_000_000, 0),
	}
}

// directory yields the impacts and then the error, if there is one.
func directory(impacts []partner.Impact, broken error) partner.Directory {
	return partner.DirectoryFunc(func(context.Context, string) iter.Seq2[partner.Impact, error] {
		return func(yield func(partner.Impact, error) bool) {
			for _, impact := range impacts {
				if !yield(impact, nil) {
					return
				}
			}
			if broken != nil {
				yield(partner.Impact{}, broken)
			}
		}
	})
}
