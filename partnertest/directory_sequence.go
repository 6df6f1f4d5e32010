package partnertest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"time"

	"github.com/cspkit/partner"
)

func stopsWhenTold(r *directoryRun) error {
	tenantID, _ := r.stored(5)
	var fs faults
	for _, stop := range []int{1, 2, 3} {
		calls := 0
		r.Directory.Impacted(r.ctx, tenantID)(func(partner.Impact, error) bool {
			calls++
			return calls < stop
		})
		if calls > stop {
			fs.addf("told to stop at yield %d, and there were %d", stop, calls)
		}
	}
	return fs.err()
}

func doneContextYieldsNobody(r *directoryRun) error {
	tenantID, _ := r.stored(3)
	ctx, cancel := context.WithCancel(r.ctx)
	cancel()
	if n := len(r.read(ctx, tenantID).impacts); n > 0 { // an error is fine, and so is none
		return fmt.Errorf("%d partners although the context was done before", n)
	}
	return nil
}

func cancelEndsIt(r *directoryRun) error {
	const all, few = 200, 3
	tenantID, _ := r.stored(all)
	ctx, cancel := context.WithCancel(r.ctx)
	defer cancel()
	impacts := 0
	r.Directory.Impacted(ctx, tenantID)(func(_ partner.Impact, err error) bool {
		if err == nil {
			impacts++
		}
		if impacts >= few {
			cancel()
			time.Sleep(pause / 10) // a database learns of it in a goroutine of its own
		}
		return err == nil && impacts < all
	})
	if impacts == all {
		return fmt.Errorf("all %d partners, although the context was done after %d", all, few)
	}
	return nil
}

func rangingTwice(r *directoryRun) error {
	tenantID, stored := r.stored(3)
	seq := r.Directory.Impacted(r.ctx, tenantID)
	var first, second reading
	seq(first.take)
	seq(second.take)
	if first.partners(stored) != "" {
		return nil // another rule tells of that
	}
	if fault := second.partners(stored); fault != "" {
		return errors.New("the second time: " + fault)
	}
	return nil
}

func notChangedLater(r *directoryRun) error {
	tenantID, _ := r.stored(8)
	got := r.read(r.ctx, tenantID)
	r.read(r.ctx, tenantID)
	for i := range got.impacts {
		if !reflect.DeepEqual(got.impacts[i], got.kept[i]) {
			return errors.New("an impact was not the same any more when the others had been read: copy its slices")
		}
	}
	return nil
}

func readingsAtOnce(r *directoryRun) error {
	const tenants, each = 4, 4
	ids := make([]string, tenants)
	stored := make([][]partner.Impact, tenants)
	for i := range tenants {
		ids[i], stored[i] = r.stored(5)
	}
	var fs faults
	for _, err := range together(tenants*each, func(i int) error {
		i %= tenants
		got := r.read(r.ctx, ids[i])
		return failure(got.partners(stored[i]))
	}) {
		if err != nil {
			fs.addf("%v", err)
		}
	}
	return fs.err()
}
