package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	_ "modernc.org/sqlite" // for a hand of its own on the file

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/pgserver"
	"github.com/cspkit/partner/examples/portal/internal/queue"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

const (
	sqlite   = "SQLite"
	postgres = "PostgreSQL"
	customer = "fa010000-0000-4000-8000-00000000c057"
	incident = "INC-FAULTS"
)

// world is what one proof has to itself: a database, a mail server and its
// worker processes.
type world struct {
	dir     string
	kind    string // sqlite or postgres
	url     string // of the database
	server  *pgserver.Server
	db      *store.DB // beside the workers
	mail    *mailServer
	verbose bool

	processes []*process
	cleanup   []func()
	raised    time.Time
}

var noName = regexp.MustCompile(`[^a-z0-9]+`)

func newWorld(
	ctx context.Context, name, kind string, server *pgserver.Server, verbose bool,
) (w *world, err error) {
	w = &world{kind: kind, server: server, verbose: verbose}
	defer func() {
		if err != nil {
			w.close()
		}
	}()
	if w.dir, err = os.MkdirTemp("", "portal-faults-*"); err != nil {
		return w, err
	}
	if w.mail, err = newMailServer(); err != nil {
		return w, err
	}
	w.url = filepath.Join(w.dir, "portal.db")
	if kind == postgres {
		if w.url, err = newDatabase(ctx, server, "p_"+noName.ReplaceAllString(strings.ToLower(name), "_")); err != nil {
			return w, err
		}
	}
	if w.db, err = store.Open(ctx, w.url, nil); err != nil {
		return w, err
	}
	return w, w.insertOnly()
}

// insertOnly gives the store a queue that works on no jobs.
func (w *world) insertOnly() error {
	_, err := queue.New(w.db, nil, &queue.Options{InsertOnly: true})
	return err
}

// newDatabase makes a database and returns its URL, with short times.
func newDatabase(ctx context.Context, server *pgserver.Server, name string) (string, error) {
	name = name[:min(len(name), 60)]
	conn, err := pgx.Connect(ctx, server.URL())
	if err != nil {
		return "", err
	}
	_, err = conn.Exec(ctx, `CREATE DATABASE `+name)
	if err := errors.Join(err, conn.Close(ctx)); err != nil {
		return "", err
	}
	u, err := url.Parse(server.URL())
	if err != nil {
		return "", err
	}
	u.Path = "/" + name
	u.RawQuery += "&idle_in_transaction_session_timeout=3s&lock_timeout=2s"
	return u.String(), nil
}

func (w *world) close() {
	for _, p := range w.processes {
		p.signal(syscall.SIGCONT)
		p.kill()
	}
	for i := len(w.cleanup) - 1; i >= 0; i-- {
		w.cleanup[i]()
	}
	if w.db != nil {
		_ = w.db.Close()
	}
	if w.mail != nil {
		w.mail.close()
	}
	_ = os.RemoveAll(w.dir)
}

// exec runs one statement beside the store.
func (w *world) exec(ctx context.Context, statement string) error {
	if writer, pool := w.db.Pools(); pool == nil {
		_, err := writer.ExecContext(ctx, statement)
		return err
	} else {
		_, err := pool.Exec(ctx, statement)
		return err
	}
}

// hold runs statements in a transaction that it leaves open until the function
// is called that it returns.
func (w *world) hold(ctx context.Context, url string, statements ...string) (release func(), err error) {
	if w.kind == sqlite {
		db, err := sql.Open("sqlite", "file:"+w.url+"?_txlock=exclusive&_busy_timeout=10000")
		if err != nil {
			return nil, err
		}
		tx, err := db.BeginTx(ctx, nil)
		return func() { _ = tx.Rollback(); _ = db.Close() }, err
	}
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return nil, err
	}
	for _, statement := range append([]string{"BEGIN"}, statements...) {
		if _, err := conn.Exec(ctx, statement); err != nil {
			return nil, fmt.Errorf("%s: %w", statement, err)
		}
	}
	return func() { _ = conn.Close(ctx) }, nil
}

// raise makes partners and an incident that concerns them.
func (w *world) raise(ctx context.Context, partners int) error {
	if err := w.db.SeedPartners(ctx, customer, partners); err != nil {
		return err
	}
	return w.tell(ctx, w.db)
}

// tell raises the incident through a store.
func (w *world) tell(ctx context.Context, db *store.DB) error { return w.tellAs(ctx, db, incident) }

func (w *world) tellAs(ctx context.Context, db *store.DB, id string) error {
	w.raised = time.Now()
	return db.CreateIncident(ctx, partner.Incident{
		ID: id, TenantID: customer, Kind: partner.CredentialCompromise, Severity: partner.IncidentHigh,
		Title: "Sign-ins with a stolen password", Summary: "This incident is made up.",
		Actions:    []string{"Revoke the sessions"},
		DetectedAt: time.Now().UTC().Truncate(time.Second),
	}, host.Person{Name: "Faults"})
}

// until waits for a condition, or reports false once a time is over.
func until(ctx context.Context, limit time.Duration, condition func() bool) bool {
	end := time.Now().Add(limit)
	for !condition() {
		if ctx.Err() != nil || time.Now().After(end) {
			return false
		}
		time.Sleep(20 * time.Millisecond)
	}
	return true
}

// sent waits until so many different mails came.
func (w *world) sent(ctx context.Context, n int) error {
	if !until(ctx, 30*time.Second, func() bool { different, _ := w.mail.taken(); return different >= n }) {
		different, _ := w.mail.taken()
		return fmt.Errorf("only %d mails came, and not %d", different, n)
	}
	return nil
}

// midway raises an incident and waits until so many mails came. The mail server
// takes its time, so that it is in the middle then.
func (w *world) midway(ctx context.Context, have, partners int) error {
	w.mail.answerAfter(50 * time.Millisecond)
	if err := w.raise(ctx, partners); err != nil {
		return err
	}
	return w.sent(ctx, have)
}

// notYet is an error if everybody was told before anything broke: then nothing
// is proven.
func (w *world) notYet(partners int) error {
	if different, _ := w.mail.taken(); different >= partners {
		return errors.New("it broke too late to prove anything")
	}
	return nil
}

// deliveries are all of the incident.
func (w *world) deliveries(ctx context.Context) (all []host.Delivery, err error) {
	after := ""
	for {
		page, err := w.db.Deliveries(ctx, store.DeliveryQuery{IncidentID: incident, After: after, Limit: 1000})
		if err != nil || len(page) == 0 {
			return all, err
		}
		all = append(all, page...)
		after = page[len(page)-1].ID
	}
}

// come waits until everybody who is to be told was, and the queue is at rest,
// and says what it came to. Whoever is told after the time is late. The number
// of partners is that of who is to be told.
func (w *world) come(ctx context.Context, partners int, within time.Duration) result {
	rest := func() bool {
		counts, err := w.db.Counts(ctx, incident)
		different, _ := w.mail.taken()
		return err == nil && different >= partners && counts[host.DeliveryWaiting]+counts[host.DeliveryRetrying] == 0 &&
			counts.Total() >= partners
	}
	until(ctx, 2*within, rest)
	time.Sleep(500 * time.Millisecond) // for a copy that should not come
	var r result
	var all []host.Delivery
	if !until(ctx, 10*time.Second, func() bool { all, r.err = w.deliveries(ctx); return r.err == nil }) {
		return r
	}
	toBeTold := 0
	for _, d := range all {
		if d.State == host.DeliveryNobody || d.State == host.DeliveryWithdrawn {
			continue
		}
		toBeTold++
		copies := w.mail.copies(d.ID)
		switch {
		case len(copies) == 0:
			r.forgotten++
		case copies[0].at.Sub(w.raised) > within:
			r.late++
		default:
			r.told++
		}
		r.twice += max(0, len(copies)-1)
	}
	r.forgotten += max(0, partners-toBeTold)
	counts, err := w.db.Counts(ctx, incident)
	r.err = errors.Join(r.err, err)
	if n := counts[host.DeliveryFailed]; n > 0 {
		r.err = errors.Join(r.err, fmt.Errorf("%d failed for good", n))
	}
	if n := counts[host.DeliveryWaiting] + counts[host.DeliveryRetrying]; n > 0 {
		r.err = errors.Join(r.err, fmt.Errorf("%d still wait", n))
	}
	if n := counts[host.DeliveryUnknown]; n > 0 {
		r.note = fmt.Sprintf("%d are unknown: the mail server has them and did not say so", n)
	}
	return r
}
