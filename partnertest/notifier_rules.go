package partnertest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/mail"
	"net/textproto"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/cspkit/partner"
)

// notifierRules are in the order in which they are checked: those that may leave a call behind come last.
var notifierRules = []rule[*notifierRun]{
	{
		name:  "nil-means-one-delivery",
		why:   "Dispatch reports a partner as told when Notify returns nil, and nobody looks again",
		needs: []string{"Delivered"}, check: nilMeansOneDelivery,
	},
	{
		name:  "text-arrives",
		why:   "the recipient acts on what is written there: a lost line or a broken letter is a lost instruction",
		needs: []string{"Delivered"}, check: textArrives,
	},
	{
		name:  "id-arrives",
		why:   "what takes the message over, a mail server or a queue, knows a repeated one only by its ID",
		needs: []string{"Delivered"}, check: idArrives,
	},
	{
		name:  "nobody-but-the-recipient",
		why:   "values come from strangers, and none of them may send a partner's incident to somebody else",
		needs: []string{"Delivered"}, check: nobodyButTheRecipient,
	},
	{
		name:  "no-foreign-header",
		why:   "a value that becomes a header of its own can forge the sender, add readers or replace the text",
		needs: []string{"Delivered"}, check: noForeignHeader,
	},
	{
		name:  "no-panic",
		why:   "a notification may come out of a queue that somebody else filled",
		check: noPanic,
	},
	{
		name:  "argument-unchanged",
		why:   "the caller may keep the notification, for another try or for its records",
		check: argumentUnchanged,
	},
	{
		name:  "done-context-error",
		why:   "a host tells what was cut short from what was refused by the error of the context",
		check: doneContextError,
	},
	{
		name:  "done-context-delivers-nothing",
		why:   "who has cancelled a dispatch must be able to rely on it that nobody else is told",
		needs: []string{"Delivered"}, check: doneContextDeliversNothing,
	},
	{
		name:  "refusal-is-reported",
		why:   "an address that was refused must not pass for a partner that was told",
		needs: []string{"Refuse"}, check: refusalIsReported,
	},
	{
		name:  "refusal-for-good-is-permanent",
		why:   "only what is marked with partner.Permanent is taken out of the queue and shown to somebody who can mend it",
		needs: []string{"Refuse"}, check: refusalForGoodIsPermanent,
	},
	{
		name:  "refusal-for-now-is-not-permanent",
		why:   "a mailbox that is full or greylisted today takes the message on another try, which Permanent would prevent",
		needs: []string{"Refuse"}, check: refusalForNowIsNotPermanent,
	},
	{
		name:  "error-names-nobody",
		why:   "hosts log errors: no address, name, phone number or text belongs into them, whatever a server echoes",
		needs: []string{"Refuse"}, check: errorNamesNobody,
	},
	{
		name:  "failure-is-reachable",
		why:   "a host decides by errors.Is what to do about its transport",
		needs: []string{"Fail"}, check: failureIsReachable,
	},
	{
		name:  "failure-is-not-permanent",
		why:   "a broken connection, TLS or sign-in says nothing about the address, and another try may help",
		needs: []string{"Fail"}, check: failureIsNotPermanent,
	},
	{
		name:  "failure-leaves-another-try",
		why:   "a notification that failed must not count as delivered when it comes again with its ID",
		needs: []string{"Delivered", "Fail"}, check: failureLeavesAnotherTry,
	},
	{
		name:  "same-id-once-if-claimed",
		why:   "a host that relies on the claim runs an incident again after a crash, and would tell everybody twice",
		needs: []string{"Delivered"}, check: sameIDOnceIfClaimed,
	},
	{
		name:  "calls-at-once",
		why:   "Dispatch calls Notify from several goroutines; run this with the race detector",
		check: callsAtOnce,
	},
	{
		name:  "deliveries-at-once",
		why:   "what one call holds must not end up in the message of another",
		needs: []string{"Delivered"}, check: deliveriesAtOnce,
	},
	{
		name:  "deadline-is-kept",
		why:   "one server that does not answer must not hold a dispatch for ever",
		needs: []string{"Stall"}, check: deadlineIsKept,
	},
	{
		name:  "cancel-is-kept",
		why:   "who breaks out of the loop over Dispatch waits for the calls under way; a deadline on the connection does not notice",
		needs: []string{"Stall"}, check: cancelIsKept,
	},
	{
		name:  "deadline-is-kept-behind-another",
		why:   "a call that waits for its turn, at a lock or for a connection, must not wait longer than its own context",
		needs: []string{"Stall"}, check: deadlineIsKeptBehindAnother,
	},
}

// unexpected is what a rule says of an error where there should be none.
const unexpected = "a valid notification failed: %v"

func nilMeansOneDelivery(r *notifierRun) error {
	var fs faults
	send := func(what string, n partner.Notification) {
		delivered, err := r.send(n)
		switch want := r.address(n); {
		case err != nil:
			fs.addf("%s: "+unexpected, what, err)
		case len(delivered) != 1:
			fs.addf("%s: %d deliveries after a nil error, want 1", what, len(delivered))
		case delivered[0].To != want:
			fs.addf("%s: delivered to %q, want %q", what, delivered[0].To, want)
		}
	}
	for _, topic := range topics {
		send(string(topic), r.next(topic))
	}
	first, second := r.incident(), r.incident()
	second.Recipient = first.Recipient
	send("an incident", first)
	send("another incident for the same recipient", second)

	for _, address := range []string{"@contoso.example", "soc@soc@contoso.example", first.Recipient.Email + "\r\n"} {
		n := r.incident()
		n.Recipient.Email = address
		if delivered, err := r.send(n); err == nil && len(delivered) != 1 {
			fs.addf("the address %q: %d deliveries after a nil error, want 1 or an error", address, len(delivered))
		}
	}
	return fs.err()
}

func textArrives(r *notifierRun) error {
	var fs faults
	for _, c := range texts {
		n := r.next(c.topic)
		c.write(&n)
		want := r.want(n)
		delivered, err := r.send(n)
		if err != nil {
			fs.addf("%s: "+unexpected, c.name, err)
		}
		for _, got := range delivered {
			if diff := got.compare(want); diff != "" {
				fs.addf("%s: %s", c.name, diff)
			}
		}
	}
	return fs.err()
}

func idArrives(r *notifierRun) error {
	n := r.incident()
	want := r.want(n).ID
	if want == "" {
		return &skipError{reason: "Want says that no ID is delivered", moot: true}
	}
	delivered, err := r.send(n)
	var fs faults
	if err != nil {
		fs.addf(unexpected, err)
	}
	for _, got := range delivered {
		if got.ID == "" {
			return &skipError{reason: "the harness's Delivered shows no ID"}
		}
		if got.ID != want {
			fs.addf("delivered with the ID %q, want %q", got.ID, want)
		}
	}
	return fs.err()
}

func nobodyButTheRecipient(r *notifierRun) error {
	var fs faults
	r.eachHostile(func(field hostileField, plain, hostile partner.Notification) {
		right := []string{r.address(plain), r.address(hostile)}
		delivered, _ := r.send(hostile) // to refuse it is as good
		for _, got := range delivered {
			if !slices.Contains(right, got.To) {
				fs.addf("a value in %s was delivered to %q", field.name, got.To)
			}
		}
	})
	return fs.err()
}

func noForeignHeader(r *notifierRun) error {
	plain := r.incident()
	own, err := r.send(plain)
	if err != nil {
		return fmt.Errorf(unexpected, err)
	}
	if len(own) == 0 || own[0].Header == nil {
		return &skipError{reason: "the harness's Delivered shows no Header"}
	}
	var fs faults
	r.eachHostile(func(field hostileField, plain, hostile partner.Notification) {
		delivered, _ := r.send(hostile)
		for _, got := range delivered {
			for name := range got.Header {
				if len(values(got.Header, name)) > len(values(own[0].Header, name)) {
					fs.addf("a value in %s made a header %q that other messages do not have", field.name, name)
				}
			}
			if reader := foreignReader(got.Header, r.address(plain), r.address(hostile)); reader != "" {
				fs.addf("a value in %s made %s", field.name, reader)
			}
		}
	})
	return fs.err()
}

// values returns the values of a header, however its name is written.
func values(h textproto.MIMEHeader, name string) []string {
	var all []string
	for key, values := range h {
		if strings.EqualFold(key, name) {
			all = append(all, values...)
		}
	}
	return all
}

// foreignReader returns what names somebody else than the recipient in the headers that name readers, or "".
func foreignReader(h textproto.MIMEHeader, recipients ...string) string {
	for _, name := range []string{"To", "Cc", "Bcc"} {
		for _, value := range values(h, name) {
			readers, err := mail.ParseAddressList(value)
			if err != nil {
				return "a " + name + " that is no list of addresses"
			}
			for _, reader := range readers {
				if !slices.Contains(recipients, reader.Address) {
					return name + " name somebody else"
				}
			}
		}
	}
	return ""
}

func noPanic(r *notifierRun) error {
	unaddressed := r.incident()
	unaddressed.Recipient.Email = ""
	bare := r.next("unknown")
	bare.Recipient = partner.Recipient{Email: "no-address"}
	var fs faults
	for _, c := range []struct {
		name string
		n    partner.Notification
	}{
		{"the zero notification", partner.Notification{}},
		{"an incident for an empty address", unaddressed},
		{"an unknown topic for what is no address", bare},
	} {
		panicked := protect(func() error {
			_ = r.notify(c.n) // to refuse it is as good
			return nil
		})
		if panicked != nil {
			fs.addf("%s: %v", c.name, panicked)
		}
	}
	return fs.err()
}

func argumentUnchanged(r *notifierRun) error {
	n := r.incident()
	array := append(slices.Clone(n.Incident.Actions), "beyond the end")
	n.Incident.Actions = array[:len(array)-1]
	before, arrayBefore := clone(n), slices.Clone(array)
	if err := r.notify(n); err != nil {
		return fmt.Errorf(unexpected, err)
	}
	if !reflect.DeepEqual(n, before) || !slices.Equal(array, arrayBefore) {
		return errors.New("Notify changed Incident.Actions, which the caller still holds")
	}
	return nil
}

// doneContexts calls f with contexts that are done in each way.
func (r *notifierRun) doneContexts(f func(name string, ctx context.Context)) {
	ctx, cancel := context.WithCancel(r.ctx)
	cancel()
	f("cancelled", ctx)
	ctx, cancel = context.WithDeadline(r.ctx, time.Now().Add(-time.Second))
	defer cancel()
	f("past its deadline", ctx)
}

func doneContextError(r *notifierRun) error {
	var fs faults
	r.doneContexts(func(name string, ctx context.Context) {
		if err := r.Notifier.Notify(ctx, r.incident()); !errors.Is(err, ctx.Err()) {
			fs.addf("a context that is %s: the error is %v and does not match ctx.Err()", name, err)
		}
	})
	return fs.err()
}

func doneContextDeliversNothing(r *notifierRun) error {
	var fs faults
	r.doneContexts(func(name string, ctx context.Context) {
		if n := len(r.deliveries(func() { _ = r.Notifier.Notify(ctx, r.incident()) })); n > 0 {
			fs.addf("a context that is %s: %d deliveries, want 0", name, n)
		}
	})
	return fs.err()
}

// refused returns what Notify says to an address that is refused.
func (r *notifierRun) refused(n partner.Notification, permanent bool) error {
	r.Refuse(r.address(n), permanent)
	return r.notify(n)
}

func refusalIsReported(r *notifierRun) error {
	var fs faults
	if r.refused(r.incident(), true) == nil {
		fs.addf("nil for an address that was refused for good")
	}
	if r.refused(r.incident(), false) == nil {
		fs.addf("nil for an address that was refused for now")
	}
	return fs.err()
}

func refusalForGoodIsPermanent(r *notifierRun) error {
	if err := r.refused(r.incident(), true); err != nil && !partner.IsPermanent(err) {
		return errors.New("the error is not marked with partner.Permanent: " + err.Error())
	}
	return nil
}

func refusalForNowIsNotPermanent(r *notifierRun) error {
	if err := r.refused(r.incident(), false); partner.IsPermanent(err) {
		return errors.New("the error is marked with partner.Permanent: " + err.Error())
	}
	return nil
}

func errorNamesNobody(r *notifierRun) error {
	var fs faults
	look := func(when string, err error) {
		if err != nil {
			for _, what := range personal(logged(err)) {
				fs.addf("%s: the error holds the %s", when, what)
			}
		}
	}
	n := r.private()
	look("refused for good", r.refused(n, true))
	n = r.private()
	look("refused for now", r.refused(n, false))
	n = r.private()
	n.Recipient.Email += "\r\n"
	look("no address", r.notify(n))
	if r.Fail != nil {
		n = r.private()
		look("the transport fails", r.failed(n, errors.New("partnertest: the connection broke")))
	}
	r.doneContexts(func(name string, ctx context.Context) {
		n := r.private()
		look("a context that is "+name, r.Notifier.Notify(ctx, n))
	})
	return fs.err()
}

// private returns a notification with the marks by which personal knows its texts again.
func (r *notifierRun) private() partner.Notification {
	n := r.incident()
	n.Recipient.Email = "marmalade-" + n.Recipient.Email
	n.Recipient.Name = "Quilliam Brandywether"
	n.Recipient.Phone = "+14255550142"
	n.Incident.Title = "Wobblestone outage"
	n.Incident.Summary = "The Frumpletonic engine stopped."
	n.Incident.Actions = []string{"Turn the grindelwort"}
	return n
}

// personal says which texts of a private notification stand in text.
func personal(text string) []string {
	text = strings.ToLower(text)
	digits := strings.Map(func(c rune) rune {
		if unicode.IsDigit(c) {
			return c
		}
		return -1
	}, text)
	var found []string
	add := func(what string, there bool) {
		if there {
			found = append(found, what)
		}
	}
	add("e-mail address", strings.Contains(text, "marmalade"))
	add("name", strings.Contains(text, "quilliam") || strings.Contains(text, "brandywether"))
	add("phone number", strings.Contains(digits, "4255550142"))
	add("title", strings.Contains(text, "wobblestone"))
	add("summary", strings.Contains(text, "frumpletonic"))
	add("actions", strings.Contains(text, "grindelwort"))
	return found
}

// logged returns err as it is printed, and as log/slog writes it.
func logged(err error) string {
	var b bytes.Buffer
	slog.New(slog.NewTextHandler(&b, nil)).Info("", "err", err)
	return fmt.Sprint(err) + "\n" + b.String()
}

// failed returns what Notify says while the transport fails with err.
func (r *notifierRun) failed(n partner.Notification, err error) error {
	address := r.address(n)
	r.Fail(address, err)
	defer r.Fail(address, nil)
	return r.notify(n)
}

func failureIsReachable(r *notifierRun) error {
	cause := errors.New("partnertest: the connection broke")
	if err := r.failed(r.incident(), cause); !errors.Is(err, cause) {
		return errors.New("errors.Is does not find the transport's error in: " + text(err))
	}
	return nil
}

func failureIsNotPermanent(r *notifierRun) error {
	if err := r.failed(r.incident(), errors.New("partnertest: the connection broke")); partner.IsPermanent(err) {
		return errors.New("the error is marked with partner.Permanent: " + err.Error())
	}
	return nil
}

func failureLeavesAnotherTry(r *notifierRun) error {
	n := r.incident()
	_ = r.failed(n, errors.New("partnertest: the connection broke"))
	delivered, err := r.send(n)
	if err != nil {
		return errors.New("the second try failed, though the transport works again: " + err.Error())
	}
	if len(delivered) == 0 {
		return errors.New("the second try returned nil and delivered nothing")
	}
	return nil
}

func sameIDOnceIfClaimed(r *notifierRun) error {
	if d, ok := r.Notifier.(Deduplicator); !ok || !d.DeduplicatesByID() {
		return &skipError{reason: "the Notifier does not claim it with DeduplicatesByID", moot: true}
	}
	var fs faults
	n := r.incident()
	first, err := r.send(n)
	if err != nil {
		fs.addf(unexpected, err)
	}
	second, err := r.send(clone(n))
	if err != nil {
		fs.addf("an error for a notification that was delivered before: %v", err)
	}
	if count := len(first) + len(second); count != 1 {
		fs.addf("one after the other: %d deliveries of one ID, want 1", count)
	}
	n = r.incident()
	if count := len(r.deliveries(func() { together(atOnce, func(int) error { return r.notify(clone(n)) }) })); count != 1 {
		fs.addf("%d calls at once: %d deliveries of one ID, want 1", atOnce, count)
	}
	return fs.err()
}

// callsEach is how often each of several goroutines calls.
const callsEach = 4

func (r *notifierRun) batch() []partner.Notification {
	batch := make([]partner.Notification, atOnce*callsEach)
	for i := range batch {
		batch[i] = r.incident()
	}
	return batch
}

func callsAtOnce(r *notifierRun) error {
	batch := r.batch()
	var fs faults
	for _, err := range together(len(batch), func(i int) error { return r.notify(batch[i]) }) {
		if err != nil {
			fs.addf(unexpected, err)
		}
	}
	return fs.err()
}

func deliveriesAtOnce(r *notifierRun) error {
	batch := r.batch()
	wants := make([]Delivered, len(batch))
	for i, n := range batch {
		wants[i] = r.want(n)
	}
	var errs []error
	delivered := r.deliveries(func() {
		errs = together(len(batch), func(i int) error { return r.notify(batch[i]) })
	})
	var fs faults
	for i, want := range wants {
		count := 0
		for _, got := range delivered {
			if got.To != want.To {
				continue
			}
			count++
			if diff := got.compare(want); diff != "" {
				fs.addf("a message to %q is not the one for it: %s", want.To, diff)
			}
		}
		if errs[i] == nil && count != 1 {
			fs.addf("%d deliveries to %q after a nil error, want 1", count, want.To)
		}
	}
	return fs.err()
}

// begin calls Notify in a goroutine. The function that it returns waits for the call, until patience after ctx is done: it
// returns the error of the call, or what is wrong if the call did not return.
func (r *notifierRun) begin(ctx context.Context, n partner.Notification) (wait func() (err, fault error)) {
	done := make(chan error, 1)
	go func() { done <- protect(func() error { return r.Notifier.Notify(ctx, n) }) }()
	returned := func(err error) (error, error) {
		if panicked, ok := errors.AsType[*panicError](err); ok {
			return nil, panicked
		}
		return err, nil
	}
	return func() (err, fault error) {
		select {
		case err := <-done:
			return returned(err)
		case <-ctx.Done():
		}
		select {
		case err := <-done:
			return returned(err)
		case <-time.After(patience):
			return nil, errors.New("still under way " + patience.String() + " after its context was done")
		}
	}
}

// stalled says what is wrong if a call for an address that hangs does not end with ctx.
func (r *notifierRun) stalled(ctx context.Context) error {
	n := r.incident()
	r.Stall(r.address(n))
	err, fault := r.begin(ctx, n)()
	if fault == nil && err == nil {
		return errors.New("nil, though the transport hung")
	}
	return fault
}

func deadlineIsKept(r *notifierRun) error {
	ctx, cancel := context.WithTimeout(r.ctx, pause)
	defer cancel()
	return r.stalled(ctx)
}

func cancelIsKept(r *notifierRun) error {
	ctx, cancel := context.WithCancel(r.ctx)
	defer cancel()
	defer time.AfterFunc(pause, cancel).Stop()
	return r.stalled(ctx)
}

func deadlineIsKeptBehindAnother(r *notifierRun) error {
	first, second := r.incident(), r.incident()
	r.Stall(r.address(first))
	ctx, cancel := context.WithTimeout(r.ctx, 2*patience)
	defer cancel()
	waitFirst := r.begin(ctx, first)
	defer func() { _, _ = waitFirst() }()
	defer cancel()
	time.Sleep(pause) // for the first to get hold of the transport

	ctx, cancelSecond := context.WithTimeout(r.ctx, pause)
	defer cancelSecond()
	_, fault := r.begin(ctx, second)()
	return fault
}

// text is the text of err, also of none.
func text(err error) string {
	if err == nil {
		return "nil"
	}
	return err.Error()
}
