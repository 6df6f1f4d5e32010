package partnertest

import (
	"github.com/cspkit/partner"
)

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
