package partnertest

import (
	"errors"
	"fmt"
	"reflect"

	"github.com/cspkit/partner"
)

// broken calls f with what a Directory yields while its database fails: at
// once, and after some impacts.
func (r *directoryRun) broken(f func(got reading, cause error) (fault string)) error {
	var fs faults
	for _, after := range []int{0, 3} {
		tenantID, _ := r.stored(6)
		cause := r.Break(tenantID, after)
		when := fmt.Sprintf("the database failed after %d partners", after)
		if fault := f(r.read(r.ctx, tenantID), cause); fault != "" {
			fs.addf("%s: %s", when, fault)
		}
	}
	return fs.err()
}

func errorIsReported(r *directoryRun) error {
	return r.broken(func(got reading, _ error) string {
		if len(got.errs) == 0 {
			return fmt.Sprintf("%d partners and no error", len(got.impacts))
		}
		return ""
	})
}

func errorIsReachable(r *directoryRun) error {
	return r.broken(func(got reading, cause error) string {
		if len(got.errs) > 0 && !errors.Is(got.errs[0], cause) {
			return fmt.Sprintf("errors.Is does not find the database's error in %q", got.errs[0])
		}
		return ""
	})
}

func errorEndsIt(r *directoryRun) error {
	return r.broken(func(got reading, _ error) string {
		if got.after > 0 {
			return fmt.Sprintf("%d yields after the error", got.after)
		}
		return ""
	})
}

func errorComesAlone(r *directoryRun) error {
	return r.broken(func(got reading, _ error) string {
		for _, with := range got.with {
			if !reflect.DeepEqual(with, partner.Impact{}) {
				return "an impact beside the error, want the zero one"
			}
		}
		return ""
	})
}

func directoryErrorNamesNobody(r *directoryRun) error {
	var fs faults
	for _, after := range []int{0, 3} {
		tenantID, stored := r.tenant(), r.impacts(6)
		for i := range stored {
			stored[i] = privateImpact(stored[i])
		}
		r.store(tenantID, stored)
		_ = r.Break(tenantID, after)
		for _, err := range r.read(r.ctx, tenantID).errs {
			for _, what := range personal(err) {
				fs.addf("the error holds the %s of a contact or subscriber", what)
			}
		}
	}
	return fs.err()
}
