package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/cspkit/partner/examples/portal/internal/bounce"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// bounceDomain is where mail comes back to.
const bounceDomain = "portal.contoso.com"

var bounceKey = bytes.Repeat([]byte{7}, 32)

// returnTo are the envelope senders.
func returnTo() (*bounce.Addresses, error) {
	return bounce.NewAddresses("bounces@"+bounceDomain, bounceKey)
}

// takeBounces takes mail that comes back, until the process ends.
func takeBounces(address string, db *store.DB, addresses *bounce.Addresses, log *slog.Logger) error {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	server := bounce.NewServer(&bounce.Taker{Addresses: addresses, Store: db, Log: log}, bounceDomain)
	go func() { _ = server.Serve(l) }()
	return nil
}

// nobodyCF has mailboxes that nobody has. What comes back goes the way that is
// added, as the README has it.
const nobodyCF = `mydestination = reseller-000000.example
alias_maps =
local_recipient_maps =
portal_destination_recipient_limit = 1
transport_maps = inline:{` + bounceDomain + `=%s}
`

// By SMTP, to the worker's own port.
func comesBackBySMTP(ctx context.Context, w *world) result {
	address, err := freeAddress()
	if err != nil {
		return failed(err)
	}
	host, port, _ := net.SplitHostPort(address)
	m := more{main: fmt.Sprintf(nobodyCF, "smtp:["+host+"]:"+port)}
	return w.comesBack(ctx, m, orders{Bounces: address})
}

// By a command, as a user who can read its files and nothing else.
func comesBackByCommand(ctx context.Context, w *world) result {
	dir, err := os.MkdirTemp("", "portal-bounce-*")
	if err != nil {
		return failed(err)
	}
	w.cleanup = append(w.cleanup, func() { _ = os.RemoveAll(dir) })
	self, err := os.Executable()
	if err != nil {
		return failed(err)
	}
	program, err := os.ReadFile(self)
	if err != nil {
		return failed(err)
	}
	portal, keys, place := filepath.Join(dir, "portal"), filepath.Join(dir, "keys"), filepath.Join(dir, "database")
	if err := errors.Join(os.Chmod(dir, 0o755), os.WriteFile(portal, program, 0o755),
		os.WriteFile(keys, []byte(base64.StdEncoding.EncodeToString(bounceKey)), 0o644),
		os.WriteFile(place, []byte(w.url), 0o644)); err != nil {
		return failed(err)
	}
	m := more{main: fmt.Sprintf(nobodyCF, "portal:"), master: "portal unix - n n - 4 pipe\n" +
		"  flags=R user=nobody argv=" + portal + " bounce --database-file " + place +
		"\n  --bounce-address bounces@" + bounceDomain + " --answer-key-file " + keys + " ${original_recipient}\n"}
	return w.comesBack(ctx, m, orders{})
}

// comesBack has Postfix take every mail, and find out later that nobody has one
// of the mailboxes. Its report comes back to the portal: the contact's record
// says so, and the case goes on with a call to make. The others wait for an
// answer.
func (w *world) comesBack(ctx context.Context, m more, o orders) (r result) {
	const partners = 5
	p, err := w.withPostfix(m)
	if err != nil {
		return failed(err)
	}
	o.ID, o.SMTP, o.Hello, o.Returns = "one", p.address, "portal.contoso.com", true
	if _, err := w.start(o); err != nil {
		return failed(err)
	}
	if err := w.raise(ctx, partners); err != nil {
		return failed(err)
	}
	if err := w.sent(ctx, partners); err != nil {
		return failed(err)
	}
	if !until(ctx, 30*time.Second, func() bool {
		counts, err := w.db.Counts(ctx, incident)
		return err == nil && counts[host.DeliveryBounced] == 1 && counts[host.DeliverySent] == partners-1 &&
			counts[host.DeliveryCall] == 1
	}) {
		return failed(errors.New("no mail came back, or another did, or the next step did not follow"))
	}
	all, err := w.deliveries(ctx)
	if err != nil {
		return failed(err)
	}
	cases := map[host.DeliveryState]string{}
	for _, d := range all {
		cases[d.State] = d.CaseID
		contact, err := w.db.Contact(ctx, d.PartnerTenantID)
		if err != nil {
			return failed(err)
		}
		cameBack := d.State != host.DeliverySent
		if cameBack == contact.Record.BouncedAt.IsZero() {
			r.err = errors.Join(r.err, fmt.Errorf("the record of a contact does not go with its mail, which is %s", d.State))
		}
		if d.State == host.DeliveryBounced {
			r.note = "it came back: " + d.Problem
		}
		if d.State != host.DeliveryCall {
			r.told++
		}
	}
	if cases[host.DeliveryCall] != cases[host.DeliveryBounced] {
		r.err = errors.Join(r.err, errors.New("the next step is another case's"))
	}
	return r
}
