// Soak dispatches one incident twice. It prints what it measured, and exits
// with status 1 if something is not as it must be.
//
// First to a great many partners, of whom one in ten fails, one in a thousand
// makes the Notifier panic and one in a hundred is slow. It fails if
//
//   - a partner is lost, or comes out with the wrong outcome,
//   - the heap grows with the partners,
//   - a goroutine is left.
//
// Then to a great many recipients at one partner. It fails if
//
//   - one is lost, or told twice,
//   - it takes longer, or allocates more, for each of them than is allowed, as
//     work or memory would that grows with their square,
//   - a context that is done while they are routed or told is noticed late.
//
// With -cases it runs a host with so many cases of escalation through a virtual
// month instead: people answer, mail comes back, and the host is down now and
// then. It fails if anybody is told anything but what a model says, which walks
// minute by minute.
//
// Usage:
//
//	go run ./proof/soak [-partners N] [-recipients N] [-concurrency N]
//		[-limit DURATION]
//	go run ./proof/soak -cases 100000
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"iter"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/cspkit/partner"
)

func main() {
	partners := flag.Int("partners", 1_000_000, "how many partners the incident concerns")
	recipients := flag.Int("recipients", 100_000, "how many recipients there are at one partner")
	concurrency := flag.Int("concurrency", 64, "how many calls of Notify run at a time")
	limit := flag.Duration("limit", 5*time.Minute, "give up after this time")
	cases := flag.Int("cases", 0, "run so many cases of escalation through a month instead")
	flag.Parse()
	if *partners < 1 || *recipients < 1 || *cases < 0 || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	ctx, cancel := context.WithTimeout(context.Background(), *limit)
	var err error
	if *cases > 0 {
		err = soakCases(*cases)
	} else if err = soak(ctx, *partners, *concurrency); err == nil {
		err = crowd(ctx, *recipients, *concurrency)
	}
	cancel()
	if err != nil {
		fmt.Fprintln(os.Stderr, "soak:", err)
		os.Exit(1)
	}
}

// heapGrowth is more than the noise between two collections, and far less than
// a few bytes for each of a million partners.
const heapGrowth = 4 << 20

var errRefused = errors.New("refused")

func soak(ctx context.Context, partners, concurrency int) error {
	goroutines := runtime.NumGoroutine()
	dispatcher := partner.NewDispatcher(directory(partners), partner.NotifierFunc(notify),
		&partner.DispatcherOptions{Concurrency: concurrency})
	seen := make([]bool, partners)
	var told, failed, panicked, wrong int
	var early, late uint64
	count := 0
	started := time.Now()
	for delivery, err := range dispatcher.Dispatch(ctx, incident) {
		if err != nil {
			return err
		}
		i := index(delivery.Route.PartnerTenantID)
		if seen[i] {
			return fmt.Errorf("partner %d came out twice", i)
		}
		seen[i] = true
		switch {
		case delivery.Err == nil:
			told++
		case errors.Is(delivery.Err, errRefused):
			failed++
		default:
			panicked++
		}
		if expected(i) != outcome(delivery.Err) {
			wrong++
		}
		switch count++; count {
		case (partners + 9) / 10:
			early = heap()
		case partners:
			late = heap()
		}
	}
	elapsed := time.Since(started)
	left := runtime.NumGoroutine() - goroutines
	fmt.Printf("%d partners in %s: %.0f a second\n", count, elapsed.Round(time.Millisecond),
		float64(count)/elapsed.Seconds())
	fmt.Printf("told %d, failed %d, panicked %d, wrong outcome %d\n", told, failed, panicked, wrong)
	fmt.Printf("heap after a tenth %.1f MiB, at the end %.1f MiB; goroutines left %d\n", mib(early), mib(late), left)
	switch {
	case count != partners:
		return fmt.Errorf("%d partners were lost", partners-count)
	case wrong > 0:
		return fmt.Errorf("%d partners came out with the wrong outcome", wrong)
	case late > early+heapGrowth:
		return errors.New("the heap grows with the partners")
	case left > 0:
		return fmt.Errorf("%d goroutines are left", left)
	}
	return nil
}

type result string

const (
	isTold     result = "told"
	isFailed   result = "failed"
	isPanicked result = "panicked"
)

// expected is the table of what befalls which partner; the panic wins.
func expected(i int) result {
	switch {
	case i%1000 == 7:
		return isPanicked
	case i%10 == 3:
		return isFailed
	default:
		return isTold
	}
}

func outcome(err error) result {
	switch {
	case err == nil:
		return isTold
	case errors.Is(err, errRefused):
		return isFailed
	default:
		return isPanicked
	}
}

func notify(ctx context.Context, n partner.Notification) error {
	i := index(n.PartnerTenantID)
	if i%100 == 51 {
		select {
		case <-time.After(2 * time.Millisecond):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	switch expected(i) {
	case isPanicked:
		panic("the Notifier has a bug")
	case isFailed:
		return errRefused
	default:
		return nil
	}
}

var incident = partner.Incident{
	ID: "SOAK-1", TenantID: "c0ffee00-2b5d-4a3e-9d61-7f8091a2b3c4", Kind: partner.CredentialCompromise,
	Severity: partner.IncidentHigh,
	Title:    "Sign-ins with a stolen password", Actions: []string{"Revoke the sessions"},
	DetectedAt: time.Unix(1_790_000_000, 0), Drill: true,
}

// one yields the one partner.
func one(impact partner.Impact) partner.Directory {
	return partner.DirectoryFunc(func(context.Context, string) iter.Seq2[partner.Impact, error] {
		return func(yield func(partner.Impact, error) bool) { yield(impact, nil) }
	})
}

// directory makes the partners up as they are asked for. The number of each is
// in its tenant ID.
func directory(partners int) partner.Directory {
	return partner.DirectoryFunc(func(context.Context, string) iter.Seq2[partner.Impact, error] {
		return func(yield func(partner.Impact, error) bool) {
			for i := range partners {
				impact := partner.Impact{
					PartnerTenantID: fmt.Sprintf("00000000-0000-4000-8000-%012d", i),
					CompanyName:     "Contoso " + strconv.Itoa(i),
					Rights:          partner.Reseller,
					SecurityContact: partner.NewGroupContact("Contoso SOC", "soc"+strconv.Itoa(i)+"@contoso.com",
						"+14255550100"),
				}
				if !yield(impact, nil) {
					return
				}
			}
		}
	})
}

func index(tenantID string) int {
	i, err := strconv.Atoi(strings.TrimLeft(tenantID[len(tenantID)-12:len(tenantID)-1], "0") +
		tenantID[len(tenantID)-1:])
	if err != nil {
		panic(err)
	}
	return i
}

// heap is what is alive after a collection, in octets.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func mib(octets uint64) float64 { return float64(octets) / (1 << 20) }
