package partnertest

import (
	"errors"
	"fmt"
	"reflect"
	"slices"

	"github.com/cspkit/partner"
)

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
	for _, topic := range partner.Topics() {
		send(string(topic), r.next(topic))
	}
	for _, m := range media[:unknownMedium] {
		if r.serves(m) {
			n := r.incident()
			n.Recipient.Medium, n.Recipient.Audience = m, partner.ToSubscriber
			send(fmt.Sprintf("a subscriber, medium %q", m), n)
		}
	}
	first, second := r.incident(), r.incident()
	second.Recipient = first.Recipient
	send("an incident", first)
	send("another incident for the same recipient", second)

	for _, address := range []string{"@contoso.example", "soc@soc@contoso.example", *place(&first.Recipient) + "\r\n"} {
		n := r.incident()
		*place(&n.Recipient) = address
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
