package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strconv"
	"time"

	"github.com/cspkit/partner"
)

// What one recipient of many at one partner may take. That is some times what
// was measured, and far below what grows with the square of a hundred thousand.
const (
	timeEach   = 100 * time.Microsecond
	octetsEach = 8 << 10
	noticeDone = 100 * time.Millisecond // how soon a done context ends the loop
)

var errStopped = errors.New("stopped")

// crowd dispatches to many recipients at one partner: all of them, and then
// until the context is done.
func crowd(ctx context.Context, recipients, concurrency int) error {
	fraud := incident
	fraud.Kind = "azure_fraud.crypto_mining"
	impact := partner.Impact{PartnerTenantID: "00000000-0000-4000-8000-000000000000", CompanyName: "Contoso",
		Rights: partner.Reseller}
	for i := range recipients {
		impact.AdminAgents = append(impact.AdminAgents, partner.Recipient{Email: "agent" + strconv.Itoa(i) +
			"@contoso.com"})
	}
	one := one(impact)
	accept := partner.NotifierFunc(func(context.Context, partner.Notification) error { return nil })
	dispatcher := partner.NewDispatcher(one, accept, &partner.DispatcherOptions{Concurrency: concurrency})

	seen := make(map[string]bool, recipients)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	started := time.Now()
	for delivery, err := range dispatcher.Dispatch(ctx, fraud) {
		if err == nil {
			err = delivery.Err
		}
		if err != nil {
			return err
		}
		if seen[delivery.Notification.ID] {
			return errors.New("a recipient was told twice")
		}
		seen[delivery.Notification.ID] = true
	}
	elapsed := time.Since(started)
	runtime.ReadMemStats(&after)
	allocated := after.TotalAlloc - before.TotalAlloc
	each := elapsed / time.Duration(recipients)
	fmt.Printf("%d recipients at one partner in %s, %s each; %.1f MiB allocated, %d octets each\n", recipients,
		elapsed.Round(time.Millisecond), each, mib(allocated), allocated/uint64(recipients))
	switch {
	case len(seen) != recipients:
		return fmt.Errorf("%d recipients were lost", recipients-len(seen))
	case each > timeEach:
		return fmt.Errorf("%s for each recipient, at most %s wanted", each, timeEach)
	case allocated/uint64(recipients) > octetsEach:
		return fmt.Errorf("%d octets for each recipient, at most %d wanted", allocated/uint64(recipients), octetsEach)
	}

	for _, share := range []time.Duration{20, 4, 2} { // while it is routed, and while it is told
		if err := stop(ctx, dispatcher, fraud, elapsed/share); err != nil {
			return err
		}
	}
	return nil
}

// stop dispatches until the context is done after a while, and sees how soon
// the loop ends then.
func stop(ctx context.Context, d *partner.Dispatcher, i partner.Incident, after time.Duration) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var done time.Time
	timer := time.AfterFunc(after, func() {
		done = time.Now()
		cancel(errStopped)
	})
	defer timer.Stop()
	told := 0
	var last error
	for delivery, err := range d.Dispatch(ctx, i) {
		if last = err; err != nil {
			continue
		}
		if told++; delivery.Err != nil {
			return delivery.Err
		}
	}
	if !errors.Is(last, errStopped) {
		return errors.Join(errors.New("the loop did not end with the cause of its context"), last)
	}
	late := time.Since(done)
	fmt.Printf("stopped after %s, with %d told: the loop ended %s later\n", after.Round(time.Millisecond), told,
		late.Round(time.Microsecond))
	if late > noticeDone {
		return fmt.Errorf("a done context was noticed after %s, at most %s wanted", late, noticeDone)
	}
	return nil
}
