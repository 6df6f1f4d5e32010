package proof

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
)

// dispatchTenant is a customer's tenant. The incidents of these tests impact
// it.
const dispatchTenant = "7a2d9c40-61fe-4b8e-9a35-c0ffee000001"

func dispatchAddress(n int) string { return fmt.Sprintf("soc%d@contoso.com", n) }

func dispatchIncident() partner.Incident {
	return partner.Incident{
		ID: "INC-2026-0042", TenantID: dispatchTenant, Kind: partner.CredentialCompromise,
		Severity: partner.IncidentHigh,
		Title:    "Sign-ins with stolen tokens", Summary: "Seen from an unknown network.",
		Actions:    []string{"Revoke all sessions.", "Reset the passwords."},
		DetectedAt: time.Date(2026, 11, 23, 14, 5, 0, 0, time.UTC),
	}
}

// dispatchPartner returns the n-th of many partners that sell to the customer.
// Each has a security contact of its own.
func dispatchPartner(n int) partner.Impact {
	return partner.Impact{
		PartnerTenantID: fmt.Sprintf("11d1f0b4-3a52-4a5f-9d27-%012d", n),
		CompanyName:     fmt.Sprintf("Partner %d", n),
		Rights:          partner.Reseller,
		SecurityContact: partner.NewGroupContact("SOC", dispatchAddress(n), "+14255550100"),
	}
}

func dispatchPartners(n int) []partner.Impact {
	impacts := make([]partner.Impact, n)
	for i := range impacts {
		impacts[i] = dispatchPartner(i)
	}
	return impacts
}

// scriptedDirectory yields impacts and tells how it was used.
type scriptedDirectory struct {
	impacts []partner.Impact
	// before, if not nil, is called before the impact with the same index is
	// yielded, and once more at the end. It may block and panic. An error is
	// yielded, and ends the sequence.
	before func(ctx context.Context, index int) error

	asked atomic.Int32 // calls of Impacted
	open  atomic.Int32 // sequences that run
	read  atomic.Int32 // impacts yielded
}

func (d *scriptedDirectory) Impacted(ctx context.Context, _ string) iter.Seq2[partner.Impact, error] {
	d.asked.Add(1)
	return func(yield func(partner.Impact, error) bool) {
		d.open.Add(1)
		defer d.open.Add(-1)
		for i := range len(d.impacts) + 1 {
			if d.before != nil {
				if err := d.before(ctx, i); err != nil {
					yield(partner.Impact{}, err)
					return
				}
			}
			if i == len(d.impacts) {
				return
			}
			d.read.Add(1)
			if !yield(d.impacts[i], nil) {
				return
			}
		}
	}
}

// scriptedNotifier does what its script says and tells how it was used. A nil
// script accepts everything.
type scriptedNotifier struct {
	script func(ctx context.Context, n partner.Notification) error

	called, running, most atomic.Int32 // calls: begun, under way, and under way at once at most
}

func (s *scriptedNotifier) Notify(ctx context.Context, n partner.Notification) error {
	s.called.Add(1)
	running := s.running.Add(1)
	defer s.running.Add(-1)
	for most := s.most.Load(); running > most && !s.most.CompareAndSwap(most, running); most = s.most.Load() {
	}
	if s.script == nil {
		return nil
	}
	return s.script(ctx, n)
}

// deliveries ranges over seq to its end and returns what came out. An error
// must come alone, once and last.
func deliveries(t *testing.T, seq iter.Seq2[partner.Delivery, error]) ([]partner.Delivery, error) {
	t.Helper()
	var all []partner.Delivery
	var last error
	for delivery, err := range seq {
		require.NoError(t, last, "nothing comes after the error")
		if err == nil {
			all = append(all, delivery)
		} else {
			assert.Equal(t, partner.Delivery{}, delivery, "the error comes with the zero Delivery")
		}
		last = err
	}
	return all, last
}

// reached returns the e-mail addresses of all, in the order in which they came
// out. A partner without a recipient has "".
func reached(all []partner.Delivery) []string {
	var list []string
	for _, delivery := range all {
		list = append(list, delivery.Notification.Recipient.Email)
	}
	return list
}

// assertAtMostOneSentinel holds the promise of doc.go that an error matches at
// most one of the four. So hosts can switch on them in any order.
func assertAtMostOneSentinel(t *testing.T, err error, want ...error) {
	t.Helper()
	var matched []error
	for _, sentinel := range []error{partner.ErrInvalid, partner.ErrDenied, partner.ErrUnchanged,
		partner.ErrNoRecipient} {
		if errors.Is(err, sentinel) {
			matched = append(matched, sentinel)
		}
	}
	assert.Equal(t, want, matched)
}

// pause waits for d of the bubble's time, at most until ctx is done.
func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
