package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"slices"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/answer"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/mail"
	"github.com/cspkit/partner/examples/portal/internal/queue"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// customer is the tenant that the incident is on.
const customer = "10ad0000-0000-4000-8000-00000000c057"

func incident() partner.Incident {
	now := time.Now().UTC().Truncate(time.Second)
	return partner.Incident{
		ID: "LOAD-" + now.Format("20060102-150405"), TenantID: customer, Kind: partner.CredentialCompromise,
		Severity: partner.IncidentHigh, Title: "Sign-ins with a stolen password",
		Summary: "An account with delegated rights signed in from two countries within ten minutes.\n" +
			"This incident is made up.",
		Actions:    []string{"Block sign-in for the account", "Revoke its sessions", "Review what it changed"},
		DetectedAt: now, RespondBy: now.Add(24 * time.Hour), Reference: "https://contoso.example/incidents/load",
	}
}

// measure makes up partners, tells them all and prints what it came to.
func measure(ctx context.Context, o options, name, database string) (r result, err error) {
	db, err := store.Open(ctx, database, nil)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	progress := newProgress(name)
	progress.say("makes up partners")
	if err := db.SeedPartners(ctx, customer, o.partners); err != nil {
		return r, err
	}
	return tell(ctx, o, db, progress)
}

// tell raises an incident on the customer and prints what it came to. Each
// partner gets a case, and each mail a link by which it is answered.
func tell(ctx context.Context, o options, db *store.DB, progress *progress) (r result, err error) {
	sink, err := tellSink(o)
	if err != nil {
		return r, err
	}
	defer sink.close()
	sender, err := mail.NewSender(mail.SenderOptions{Server: sink.addr, From: "alerts@contoso.example", Pool: o.pool})
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, sender.Close()) }()
	links, err := answer.New(&url.URL{Scheme: "https", Host: "portal.example"}, answer.RandomKey())
	if err != nil {
		return r, err
	}
	q, err := queue.New(db, sender, &queue.Options{Workers: o.workers, Answer: links.For})
	if err != nil {
		return r, err
	}
	resetPeak()
	if err := q.Start(ctx); err != nil {
		return r, err
	}
	defer func() {
		stopCtx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
		defer cancel()
		err = errors.Join(err, q.Stop(stopCtx))
	}()
	err = profiled(o, progress.name, func() error { r, err = watch(ctx, db, progress); return err })
	progress.end()
	if err != nil {
		return r, err
	}
	t, err := sink.taken()
	r.mails, r.twice, r.sending = t.Mails, t.Twice, t.During
	r.print(progress.name)
	return r, err
}

// tellSink is the mail server of a run.
func tellSink(o options) (*sink, error) {
	if o.ownSink {
		return ownSink()
	}
	return newSink("127.0.0.1:0", 0)
}

// result is what a run came to.
type result struct {
	deliveries, partners int
	mails, twice         int           // that came to the mail server
	sending              time.Duration // from the first mail to the last
	routed, took         time.Duration // since the incident was raised
	page                 []time.Duration
	heap                 uint64 // octets, at most
}

// look is the pause between two looks at the page, of which each is one Counts
// and one first page.
const look = 500 * time.Millisecond

// watch raises the incident and looks at it, as its page does, until everything
// is sent.
func watch(ctx context.Context, db *store.DB, progress *progress) (result, error) {
	var r result
	i := incident()
	start := time.Now()
	if err := db.CreateIncident(ctx, i, host.Person{Name: "Load"}); err != nil {
		return r, err
	}
	for {
		select {
		case <-ctx.Done():
			return r, context.Cause(ctx)
		case <-time.After(look):
		}
		before := time.Now()
		counts, err := db.Counts(ctx, i.ID)
		if err == nil {
			_, err = db.Deliveries(ctx, store.DeliveryQuery{IncidentID: i.ID, Limit: 50})
		}
		r.page = append(r.page, time.Since(before))
		r.heap = max(r.heap, heapInUse())
		if err != nil {
			return r, err
		}
		stored, err := db.Incident(ctx, i.ID)
		if err != nil {
			return r, err
		}
		if stored.Status == host.IncidentRouted && r.routed == 0 {
			r.routed = time.Since(start)
		}
		progress.say(fmt.Sprintf("%d partners routed, %d waiting, %d sent, %.0f s", stored.Partners,
			counts[host.DeliveryWaiting], counts[host.DeliverySent], time.Since(start).Seconds()))
		if counts[host.DeliveryFailed] > 0 || stored.Status == host.IncidentCancelled {
			return r, fmt.Errorf("%d deliveries failed, the incident is %s", counts[host.DeliveryFailed], stored.Status)
		}
		if total := counts.Total(); r.routed > 0 && counts[host.DeliverySent]+counts[host.DeliveryNobody] == total {
			r.deliveries, r.partners, r.took = total, stored.Partners, time.Since(start)
			return r, nil
		}
	}
}

// rate is how many mails a second came.
func (r result) rate() float64 { return float64(r.mails) / r.sending.Seconds() }

func (r result) print(name string) {
	slices.Sort(r.page)
	fmt.Printf("%s\n", name)
	fmt.Printf("  partners         %d\n", r.partners)
	fmt.Printf("  deliveries       %d, of them twice: %d\n", r.deliveries, r.twice)
	fmt.Printf("  routed           in %.1f s, %.0f partners a second (while sending)\n", r.routed.Seconds(),
		float64(r.partners)/r.routed.Seconds())
	fmt.Printf("  sent             in %.1f s, %.0f a second from the first mail to the last (routing included)\n",
		r.sending.Seconds(), r.rate())
	fmt.Printf("  page             p50 %s, p99 %s, of %d looks while it ran\n", quantile(r.page, 0.50),
		quantile(r.page, 0.99), len(r.page))
	fmt.Printf("  memory           %d MiB resident at most, %d MiB of heap in use at most\n", peakResident()>>20,
		r.heap>>20)
}

// quantile returns a value of a sorted list.
func quantile(sorted []time.Duration, q float64) time.Duration {
	return sorted[min(len(sorted)-1, int(q*float64(len(sorted))))].Round(100 * time.Microsecond)
}

// progress is one line that changes on a terminal, and nothing elsewhere.
type progress struct {
	name     string
	terminal bool
}

func newProgress(name string) *progress {
	info, err := os.Stdout.Stat()
	return &progress{name, err == nil && info.Mode()&os.ModeCharDevice != 0}
}

func (p *progress) say(what string) {
	if p.terminal {
		fmt.Printf("\r\x1b[K%s: %s", p.name, what)
	}
}

func (p *progress) end() {
	if p.terminal {
		fmt.Print("\r\x1b[K")
	}
}
