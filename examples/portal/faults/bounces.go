package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"time"

	"github.com/cspkit/partner/examples/portal/internal/bounce"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// bounceDomain is where mail comes back to.
const bounceDomain = "portal.contoso.com"

// nobodyCF has mailboxes that nobody has, and hands what comes back to the
// portal, as the README says.
const nobodyCF = `mydestination = reseller-000000.example
alias_maps =
local_recipient_maps =
transport_maps = inline:{%s=smtp:[%s]:%s}
`

// takeBounces takes mail that comes back, until the process ends, and returns
// the envelope senders.
func takeBounces(address string, db *store.DB, log *slog.Logger) (func(id, to string) string, error) {
	addresses, err := bounce.NewAddresses("bounces@"+bounceDomain, bytes.Repeat([]byte{7}, 32))
	if err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, err
	}
	server := bounce.NewServer(&bounce.Taker{Addresses: addresses, Store: db, Log: log}, bounceDomain)
	go func() { _ = server.Serve(l) }()
	return addresses.For, nil
}

// Postfix takes every mail, and finds out later that nobody has one of the
// mailboxes. Its report comes back to the portal, and the case of that partner
// goes on. The others wait for an answer.
func mailComesBack(ctx context.Context, w *world) result {
	const partners = 5
	back, err := freeAddress()
	if err != nil {
		return failed(err)
	}
	host, port, _ := net.SplitHostPort(back)
	p, err := w.withPostfix(fmt.Sprintf(nobodyCF, bounceDomain, host, port))
	if err != nil {
		return failed(err)
	}
	o := orders{ID: "one", SMTP: p.address, Hello: "portal.contoso.com", Bounces: back}
	if _, err := w.start(o); err != nil {
		return failed(err)
	}
	if err := w.raise(ctx, partners); err != nil {
		return failed(err)
	}
	if err := w.sent(ctx, partners); err != nil {
		return failed(err)
	}
	return w.cameBack(ctx, partners)
}

// cameBack waits until the mail of one partner came back and its case has gone
// on, and sees that nothing else did.
func (w *world) cameBack(ctx context.Context, partners int) (r result) {
	if !until(ctx, 30*time.Second, func() bool {
		counts, err := w.db.Counts(ctx, incident)
		return err == nil && counts[host.DeliveryBounced] == 1 && counts[host.DeliverySent] == partners-1
	}) {
		return failed(errors.New("no mail came back, or another did"))
	}
	all, err := w.deliveries(ctx)
	if err != nil {
		return failed(err)
	}
	for _, d := range all {
		if d.State != host.DeliverySent && d.State != host.DeliveryBounced {
			continue
		}
		c, err := w.db.Case(ctx, d.CaseID)
		if err != nil {
			return failed(err)
		}
		steps := 1
		if d.State == host.DeliveryBounced {
			steps = 2
			r.note = d.Problem
		}
		if due := c.At(w.db.Now()).Due; len(due) != steps {
			r.err = errors.Join(r.err, fmt.Errorf("%d of a case are due, and not %d", len(due), steps))
		}
		r.told++
	}
	return r
}
