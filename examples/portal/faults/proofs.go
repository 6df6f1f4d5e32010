package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"syscall"
	"time"

	"github.com/emersion/go-smtp"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/pgserver"
	"github.com/cspkit/partner/examples/portal/internal/proxy"
	"github.com/cspkit/partner/examples/portal/internal/queue"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

var (
	both   = []string{sqlite, postgres}
	server = []string{postgres}
)

// unsaved is how many mails of a worker that dies may come twice: those that
// are with the mail server, and whose outcome is not stored. Sixteen are sent
// at a time, and three times as many may wait to be stored.
const unsaved = 3 * 16

// proofs are in the order of the issue that asked for them. A proof that has
// two workers tells in a minute what one has left.
var proofs = []proof{
	{"a machine is gone inside a transaction", server, unsaved, machineGone},
	{"a worker stands still, and goes on", both, 0, standsStill},
	// River may still say of a job what the worker meant before it stood still.
	{"it stands still, and another has its jobs", server, 2 * unsaved, takenOver},
	{"the contact is replaced while mail is retried", both, 0, contactReplaced},
	{"one partner cannot be read", both, 0, oneUnreadable},
	{"slow to answer after the final dot", both, 0, slowAnswer},
	{"slow, and the worker is killed", both, 0, slowAndKilled},
	{"slow, and the worker is asked to stop", both, 0, slowAndStopped},
	{"a worker is killed", both, unsaved, killed},
	{"the answer to a commit is lost", server, 0, commitLost},
	{"the database is stopped for longer than a lease", server, 0, databaseStopped},
	{"another holds the database for a while", both, 0, databaseHeld},
	{"the mail server refuses everybody for a while", both, 0, everybodyRefused},
	{"Postfix refuses every recipient, for the HELO", both, 0, postfixRefusesHELO},
	{"Postfix is stopped and started in the middle", both, 16, postfixRestarted},
	{"told through Postfix, and answered by the code", both, 0, answeredByCode},
	{"mail comes back through Postfix, by SMTP", both, 0, comesBackBySMTP},
	{"mail comes back through Postfix, by a command", server, 0, comesBackByCommand},
	{"this machine's clock is a minute ahead", server, 0, clockAhead},
	{"half of the deliveries have lost their jobs", both, 0, jobsLost},
}

// failed is what cannot be proven because something else went wrong.
func failed(err error) result { return result{err: err} }

// behind puts a proxy between a database and whoever gets the URL.
func (w *world) behind() (p *proxy.Proxy, database string, err error) {
	u, err := url.Parse(w.url)
	if err != nil {
		return nil, "", err
	}
	if p, err = proxy.Listen(u.Host); err != nil {
		return nil, "", err
	}
	w.cleanup = append(w.cleanup, p.Close)
	u.Host = p.Addr()
	return p, u.String(), nil
}

// A machine loses its power while it sends, and while it holds whatever can be
// locked. The other one must tell everybody within a minute.
func machineGone(ctx context.Context, w *world) result {
	const partners = 600
	way, database, err := w.behind()
	if err != nil {
		return failed(err)
	}
	lost, err := w.start(orders{ID: "lost", Database: database})
	if err != nil {
		return failed(err)
	}
	if _, err := w.start(orders{ID: "other"}); err != nil {
		return failed(err)
	}
	if err := w.midway(ctx, 50, partners); err != nil {
		return failed(err)
	}
	_, err = w.hold(ctx, database, `UPDATE delivery_counts SET n = n`, `SELECT 1 FROM incidents FOR UPDATE`,
		`UPDATE river_leader SET name = name`,
		`UPDATE deliveries SET why = why WHERE id IN (SELECT id FROM deliveries WHERE state = 'waiting' LIMIT 50)`)
	if err != nil {
		return failed(err)
	}
	way.Silence(true)
	lost.signal(syscall.SIGSTOP)
	if err := w.notYet(partners); err != nil {
		return failed(err)
	}
	r := w.come(ctx, partners, time.Minute)
	_, before := w.mail.taken()
	way.Silence(false)
	lost.signal(syscall.SIGCONT) // and back: it has no jobs any more
	time.Sleep(2 * time.Second)
	if _, after := w.mail.taken(); after > before+16 { // those it was in the middle of
		r.err = errors.Join(r.err, fmt.Errorf("%d copies when it was back", after-before))
	}
	return r
}

// A process stands still for longer than its lease, with nobody to take over,
// and goes on.
func standsStill(ctx context.Context, w *world) result {
	const partners = 400
	p, err := w.start(orders{ID: "one"})
	if err != nil {
		return failed(err)
	}
	if err := w.midway(ctx, 50, partners); err != nil {
		return failed(err)
	}
	p.signal(syscall.SIGSTOP)
	if err := w.notYet(partners); err != nil {
		return failed(err)
	}
	time.Sleep(2 * times.Lease)
	p.signal(syscall.SIGCONT)
	return w.come(ctx, partners, time.Minute)
}

// A process stands still for longer than its lease. Another takes its jobs, and
// then it goes on: it must leave them alone.
func takenOver(ctx context.Context, w *world) result {
	const partners = 600
	p, err := w.start(orders{ID: "one"})
	if err != nil {
		return failed(err)
	}
	if err := w.midway(ctx, 50, partners); err != nil {
		return failed(err)
	}
	p.signal(syscall.SIGSTOP)
	if err := w.notYet(partners); err != nil {
		return failed(err)
	}
	if _, err := w.start(orders{ID: "two"}); err != nil {
		return failed(err)
	}
	w.mail.answerAfter(200 * time.Millisecond) // so that the other is not done when it goes on
	time.Sleep(times.Lease * 3 / 2)
	p.signal(syscall.SIGCONT)
	return w.come(ctx, partners, time.Minute)
}

func contactReplaced(ctx context.Context, w *world) result {
	const partners = 20
	later := func(string) error {
		return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "greylisted"}
	}
	w.mail.answer(later)
	if _, err := w.start(orders{ID: "one"}); err != nil {
		return failed(err)
	}
	if err := w.raise(ctx, partners); err != nil {
		return failed(err)
	}
	if !until(ctx, 20*time.Second, func() bool {
		counts, err := w.db.Counts(ctx, incident)
		return err == nil && counts[host.DeliveryRetrying] == partners
	}) {
		return failed(errors.New("not everybody was refused for now"))
	}
	profile, err := w.db.Profile(ctx, fmt.Sprintf("5eed0000-0000-4000-8000-%012x", 7))
	if err != nil {
		return failed(err)
	}
	after := profile
	after.SecurityContact = partner.NewGroupContact("Reseller 000007 CERT", "cert@fabrikam.com", "+14255550101")
	changed := partner.Diff(&profile, &after)
	if _, err := w.db.SaveRevision(ctx, partner.Revision{
		TenantID: profile.TenantID, Before: profile, After: after, Changed: changed,
		Verification: partner.VerificationNotRequired,
	}, host.Person{Name: "Faults"}); err != nil {
		return failed(err)
	}
	w.mail.answer(nil)
	r := w.come(ctx, partners, 30*time.Second)
	all, err := w.deliveries(ctx)
	if err != nil {
		return failed(err)
	}
	for _, d := range all {
		for _, copy := range w.mail.copies(d.ID) {
			replaced := d.PartnerTenantID == profile.TenantID
			if replaced && copy.to != after.SecurityContact.Email || !replaced && copy.to != d.Recipient.Email {
				r.err = errors.Join(r.err, errors.New("somebody is told who is not the contact"))
			}
			if replaced && (d.SentTo.Email != after.SecurityContact.Email ||
				d.Recipient.Email != profile.SecurityContact.Email) {
				r.err = errors.Join(r.err, errors.New("the page does not show both"))
			}
		}
	}
	return r
}

func oneUnreadable(ctx context.Context, w *world) result {
	const partners = 300
	if err := w.db.SeedPartners(ctx, customer, partners); err != nil {
		return failed(err)
	}
	if err := w.exec(ctx, `UPDATE partners SET staff = '{}' WHERE company_name = 'Reseller 000100'`); err != nil {
		return failed(err)
	}
	if _, err := w.start(orders{ID: "one"}); err != nil {
		return failed(err)
	}
	if err := w.tell(ctx, w.db); err != nil {
		return failed(err)
	}
	r := w.come(ctx, partners, 30*time.Second) // its contact can be read, and is told
	gaps, err := w.db.Deliveries(ctx, store.DeliveryQuery{IncidentID: incident, State: host.DeliveryNobody})
	if err != nil || len(gaps) != 1 || gaps[0].Gap != host.GapUnreadable {
		r.err = errors.Join(r.err, err, errors.New("the partner is not shown as a gap"))
	}
	return r
}

// slow raises an incident on a server that takes long to answer, and waits
// until it has so many mails.
func (w *world) slow(ctx context.Context, answer time.Duration, partners, have int, o orders) (*process, error) {
	w.mail.answerAfter(answer)
	p, err := w.start(o)
	if err != nil {
		return nil, err
	}
	if err := w.raise(ctx, partners); err != nil {
		return nil, err
	}
	return p, w.sent(ctx, have)
}

func slowAnswer(ctx context.Context, w *world) result {
	const partners = 150 // more than may be sent at a time: whoever waits takes nobody's place
	if _, err := w.slow(ctx, 16*time.Second, partners, partners, orders{ID: "one"}); err != nil {
		return failed(err)
	}
	r := w.come(ctx, partners, 15*time.Second)
	if !until(ctx, 30*time.Second, func() bool {
		counts, err := w.db.Counts(ctx, incident)
		return err == nil && counts[host.DeliverySent] == partners
	}) {
		r.err = errors.Join(r.err, errors.New("the page does not say that they are sent"))
	}
	r.note = ""
	return r
}

func slowAndKilled(ctx context.Context, w *world) result {
	const partners = 100
	p, err := w.slow(ctx, time.Hour, partners, partners, orders{ID: "one"})
	if err != nil {
		return failed(err)
	}
	if !until(ctx, 20*time.Second, func() bool {
		counts, err := w.db.Counts(ctx, incident)
		return err == nil && counts[host.DeliveryUnknown] == partners
	}) {
		return failed(errors.New("the page does not say that there is no answer yet"))
	}
	p.kill()
	w.mail.answerAfter(0)
	if _, err := w.start(orders{ID: "two"}); err != nil {
		return failed(err)
	}
	time.Sleep(times.Lease * 3) // its jobs are the other's by then
	return w.come(ctx, partners, 30*time.Second)
}

func slowAndStopped(ctx context.Context, w *world) result {
	const partners = 100
	// The answer is not even slow yet: nothing is stored but by who stops.
	o := orders{ID: "one", Slow: time.Hour, StopTimeout: 5 * time.Second}
	p, err := w.slow(ctx, time.Hour, partners, 16, o)
	if err != nil {
		return failed(err)
	}
	if err := p.stop(); err != nil {
		return failed(fmt.Errorf("the worker did not stop in time: %w", err))
	}
	w.mail.answerAfter(0)
	if _, err := w.start(orders{ID: "two"}); err != nil {
		return failed(err)
	}
	return w.come(ctx, partners, 30*time.Second)
}

func killed(ctx context.Context, w *world) result {
	const partners = 600
	p, err := w.start(orders{ID: "one"})
	if err != nil {
		return failed(err)
	}
	if err := w.midway(ctx, 100, partners); err != nil {
		return failed(err)
	}
	p.kill()
	if err := w.notYet(partners); err != nil {
		return failed(err)
	}
	if _, err := w.start(orders{ID: "two"}); err != nil {
		return failed(err)
	}
	return w.come(ctx, partners, time.Minute)
}

// What is said of a commit whose answer is lost is so, and everybody is told
// once.
func commitLost(ctx context.Context, w *world) result {
	const partners = 50
	way, database, err := w.behind()
	if err != nil {
		return failed(err)
	}
	if err := w.db.SeedPartners(ctx, customer, partners); err != nil {
		return failed(err)
	}
	db, err := store.Open(ctx, database, nil)
	if err != nil {
		return failed(err)
	}
	defer func() { _ = db.Close() }()
	if _, err := queue.New(db, nil, &queue.Options{InsertOnly: true}); err != nil {
		return failed(err)
	}
	if _, err := w.start(orders{ID: "one"}); err != nil {
		return failed(err)
	}
	way.LoseAnswer("commit", true, func() {})
	switch err := w.tell(ctx, db); {
	case err == nil || errors.Is(err, host.ErrUnknown):
		return failed(fmt.Errorf("nothing is stored, and what is said is: %w", err))
	default:
		if _, err := w.db.Incident(ctx, incident); !errors.Is(err, host.ErrNotFound) {
			return failed(fmt.Errorf("it is stored: %w", err))
		}
	}
	way.LoseAnswer("commit", false, func() {})
	if err := w.tell(ctx, db); err != nil {
		return failed(fmt.Errorf("all is stored, and what is said is: %w", err))
	}
	return w.come(ctx, partners, 30*time.Second)
}

// The database is away for longer than a lease. Nobody forgets what was sent,
// and nobody takes another's jobs because of it.
func databaseStopped(ctx context.Context, w *world) result {
	const partners = 600
	own, err := pgserver.Start(ctx)
	if err != nil {
		return failed(err)
	}
	w.cleanup = append(w.cleanup, own.Close)
	if err := w.move(ctx, own); err != nil {
		return failed(err)
	}
	for _, id := range []string{"one", "two"} {
		if _, err := w.start(orders{ID: id}); err != nil {
			return failed(err)
		}
	}
	if err := w.midway(ctx, 100, partners); err != nil {
		return failed(err)
	}
	if err := own.Crash(); err != nil {
		return failed(err)
	}
	if err := w.notYet(partners); err != nil {
		return failed(err)
	}
	time.Sleep(3 * times.Lease)
	if err := own.Resume(); err != nil {
		return failed(err)
	}
	return w.come(ctx, partners, time.Minute)
}

// move makes another server's database the world's.
func (w *world) move(ctx context.Context, to *pgserver.Server) (err error) {
	if err := w.db.Close(); err != nil {
		return err
	}
	if w.url, err = newDatabase(ctx, to, "moved"); err != nil {
		return err
	}
	if w.db, err = store.Open(ctx, w.url, nil); err != nil {
		return err
	}
	_, err = queue.New(w.db, nil, &queue.Options{InsertOnly: true})
	return err
}

// Another process holds what everybody writes, for longer than a lease.
func databaseHeld(ctx context.Context, w *world) result {
	const partners = 400
	if _, err := w.start(orders{ID: "one"}); err != nil {
		return failed(err)
	}
	if err := w.midway(ctx, 50, partners); err != nil {
		return failed(err)
	}
	release, err := w.hold(ctx, w.url, `SET idle_in_transaction_session_timeout = 0`,
		`LOCK TABLE deliveries, river_job, queue_workers IN ACCESS EXCLUSIVE MODE`)
	if err != nil {
		return failed(err)
	}
	if err := w.notYet(partners); err != nil {
		return failed(err)
	}
	time.Sleep(2 * times.Lease)
	release()
	return w.come(ctx, partners, time.Minute)
}

// The sender is unknown at the mail server, which says so of every recipient.
func everybodyRefused(ctx context.Context, w *world) result {
	const partners = 200
	w.mail.answer(func(to string) error {
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.NoEnhancedCode, Message: "<" + to + ">: access denied"}
	})
	if _, err := w.start(orders{ID: "one"}); err != nil {
		return failed(err)
	}
	if err := w.raise(ctx, partners); err != nil {
		return failed(err)
	}
	if !until(ctx, 20*time.Second, func() bool {
		counts, err := w.db.Counts(ctx, incident)
		return err == nil && counts.Total() >= partners && counts[host.DeliveryWaiting] < partners
	}) {
		return failed(errors.New("nobody was refused"))
	}
	time.Sleep(3 * time.Second)
	w.mail.answer(nil)
	return w.come(ctx, partners, 30*time.Second)
}

// A portal and a worker whose clocks are a minute ahead of the database's tell
// as soon as others.
func clockAhead(ctx context.Context, w *world) result {
	const partners = 50
	if err := w.db.SeedPartners(ctx, customer, partners); err != nil {
		return failed(err)
	}
	ahead := func() time.Time { return time.Now().Add(time.Minute) }
	db, err := store.Open(ctx, w.url, &store.Options{Machine: ahead})
	if err != nil {
		return failed(err)
	}
	defer func() { _ = db.Close() }()
	if _, err := queue.New(db, nil, &queue.Options{InsertOnly: true}); err != nil {
		return failed(err)
	}
	first := make(chan struct{}, partners)
	w.mail.answer(func(string) error { // each is refused once, for a retry goes by the clock as well
		select {
		case first <- struct{}{}:
			return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "greylisted"}
		default:
			return nil
		}
	})
	if _, err := w.start(orders{ID: "ahead", Ahead: time.Minute}); err != nil {
		return failed(err)
	}
	if err := w.tell(ctx, db); err != nil {
		return failed(err)
	}
	r := w.come(ctx, partners, 20*time.Second)
	if skew := db.Skew(); skew < 55*time.Second {
		r.err = errors.Join(r.err, fmt.Errorf("the skew is said to be %s", skew))
	}
	return r
}

func jobsLost(ctx context.Context, w *world) result {
	const partners = 100
	p, err := w.start(orders{ID: "one"})
	if err != nil {
		return failed(err)
	}
	w.mail.answer(func(string) error {
		return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "greylisted"}
	})
	if err := w.raise(ctx, partners); err != nil {
		return failed(err)
	}
	if !until(ctx, 20*time.Second, func() bool {
		counts, err := w.db.Counts(ctx, incident)
		return err == nil && counts[host.DeliveryRetrying] == partners
	}) {
		return failed(errors.New("not everybody was refused for now"))
	}
	if err := p.stop(); err != nil {
		return failed(err)
	}
	if err := w.exec(ctx, `DELETE FROM river_job WHERE kind = 'deliver_notification' AND id % 2 = 0`); err != nil {
		return failed(err)
	}
	w.mail.answer(nil)
	if _, err := w.start(orders{ID: "two"}); err != nil {
		return failed(err)
	}
	return w.come(ctx, partners, 30*time.Second)
}
