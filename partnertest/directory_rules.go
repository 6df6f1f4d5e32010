package partnertest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/cspkit/partner"
)

// directoryRules are in the order in which they are checked.
var directoryRules = []rule[*directoryRun]{
	{
		name:  "each-partner-once",
		why:   "a partner that is left out is not told, and nobody misses it; one that comes twice is counted twice",
		check: eachPartnerOnce,
	},
	{
		name:  "own-tenant",
		why:   "an incident on a partner's own tenant concerns the partner, beside those who hold rights over it",
		check: ownTenantIsFound,
	},
	{
		name:  "all-fields",
		why:   "the route and the message are made from nothing else",
		check: allFields,
	},
	{
		name:  "contact-may-be-missing",
		why:   "a partner without a security contact must come out as one whom nobody can tell, not be left out",
		check: contactMayBeMissing,
	},
	{
		name:  "rights-apart-between-partners",
		why:   "what one partner may do at a customer says nothing about another",
		check: rightsApartBetweenPartners,
	},
	{
		name:  "rights-apart-between-customers",
		why:   "what a partner may do at one customer says nothing about the next",
		check: rightsApartBetweenCustomers,
	},
	{
		name:  "tenant-in-any-case",
		why:   "an incident may name the tenant in other letters than the database",
		check: directoryTenantInAnyCase,
	},
	{
		name:  "unknown-tenant",
		why:   "an incident that concerns no partner is no failure",
		check: unknownTenant,
	},
	{
		name:  "strange-tenant",
		why:   "what is no tenant ID must not find anybody: no pattern, no prefix, no statement",
		check: strangeTenant,
	},
	{
		name:  "stops-when-told",
		why:   "who breaks out of the loop waits for the Directory, and a range over one that goes on panics",
		check: stopsWhenTold,
	},
	{
		name:  "done-context-yields-nobody",
		why:   "who has cancelled waits for the end",
		check: doneContextYieldsNobody,
	},
	{
		name:  "cancel-ends-it",
		why:   "a distributor's customer concerns thousands of partners, and who cancels does not want to wait for all of them",
		check: cancelEndsIt,
	},
	{
		name:  "ranging-twice",
		why:   "what is planned is dispatched afterwards: a sequence that is used up tells nobody",
		check: rangingTwice,
	},
	{
		name:  "not-changed-later",
		why:   "a notification is sent while the next partner is read: memory that is used again mixes up recipients",
		check: notChangedLater,
	},
	{
		name:  "readings-at-once",
		why:   "incidents come together, each with a goroutine of its own; run this with the race detector",
		check: readingsAtOnce,
	},
	{
		name:  "error-is-reported",
		why:   "a list that was cut short must not pass for a complete one",
		needs: []string{"Break"}, check: errorIsReported,
	},
	{
		name:  "error-is-reachable",
		why:   "a host decides by errors.Is what to do about its database",
		needs: []string{"Break"}, check: errorIsReachable,
	},
	{
		name:  "error-ends-it",
		why:   "an error comes once and last: what comes after it is told by nobody who keeps to that",
		needs: []string{"Break"}, check: errorEndsIt,
	},
	{
		name:  "error-comes-alone",
		why:   "half a partner beside an error must not be taken for one",
		needs: []string{"Break"}, check: errorComesAlone,
	},
	{
		name:  "error-names-nobody",
		why:   "hosts log errors: no address, name or phone number of a contact belongs into them",
		needs: []string{"Break"}, check: directoryErrorNamesNobody,
	},
}

// failure makes an error of what a helper describes; "" is none.
func failure(fault string) error {
	if fault == "" {
		return nil
	}
	return errors.New(fault)
}

func eachPartnerOnce(r *directoryRun) error {
	r.stored(3) // which are not concerned
	tenantID, stored := r.stored(25)
	return failure(r.read(r.ctx, tenantID).partners(stored))
}

func ownTenantIsFound(r *directoryRun) error {
	stored := r.impacts(3)
	tenantID := stored[1].PartnerTenantID
	stored[1].Rights = 0
	r.store(tenantID, stored)
	return failure(r.read(r.ctx, tenantID).partners(stored))
}

func allFields(r *directoryRun) error {
	tenantID, stored := r.tenant(), r.impacts(8)
	stored[0].CompanyName = "O'Neil & Søn; DROP TABLE partners --"
	stored[1].SecurityContact.LastName = "Nuñez-漢字 \"Žižka\""
	stored[2].SecurityContact.Phone = "+14255550100;ext=24"
	stored[3].AdminAgents = nil
	stored[4].GlobalAdmins = nil
	r.store(tenantID, stored)
	got := r.read(r.ctx, tenantID)
	var fs faults
	if fault := got.failed(); fault != "" {
		fs.addf("%s", fault)
	}
	got.eachOf(stored, func(got, want partner.Impact) {
		if field := details(got, want); field != "" {
			fs.addf("%s of a partner is not what was stored", field)
		}
	})
	return fs.err()
}

func contactMayBeMissing(r *directoryRun) error {
	tenantID, stored := r.tenant(), r.impacts(3)
	stored[1].SecurityContact = partner.SecurityContact{}
	r.store(tenantID, stored)
	got := r.read(r.ctx, tenantID)
	if fault := got.partners(stored); fault != "" {
		return failure(fault)
	}
	var fs faults
	got.eachOf(stored[1:2], func(got, _ partner.Impact) {
		if !got.SecurityContact.IsZero() {
			fs.addf("a partner without a security contact was yielded with one")
		}
	})
	return fs.err()
}

// rights collects where the rights of the partners are not those that were stored.
func (got reading) rights(fs *faults, stored []partner.Impact) {
	if fault := got.failed(); fault != "" {
		fs.addf("%s", fault)
	}
	got.eachOf(stored, func(got, want partner.Impact) {
		if got.Rights != want.Rights {
			fs.addf("a partner was stored with the rights %q and yielded with %q", want.Rights, got.Rights)
		}
	})
}

func rightsApartBetweenPartners(r *directoryRun) error {
	tenantID, stored := r.stored(7) // every set of rights that is not empty
	var fs faults
	r.read(r.ctx, tenantID).rights(&fs, stored)
	return fs.err()
}

func rightsApartBetweenCustomers(r *directoryRun) error {
	stored := r.impacts(1)
	customers := make(map[string][]partner.Impact)
	for _, rights := range []partner.Rights{partner.Reseller, partner.DelegatedAdmin, partner.GranularAdmin} {
		tenantID := r.tenant()
		stored = copies(stored)
		stored[0].Rights = rights
		customers[tenantID] = stored
		r.store(tenantID, stored)
	}
	var fs faults
	for tenantID, stored := range customers {
		r.read(r.ctx, tenantID).rights(&fs, stored)
	}
	return fs.err()
}

func directoryTenantInAnyCase(r *directoryRun) error {
	tenantID, stored := r.stored(2)
	return failure(r.read(r.ctx, strings.ToUpper(tenantID)).partners(stored))
}

func unknownTenant(r *directoryRun) error {
	r.stored(2)
	return failure(r.read(r.ctx, r.tenant()).partners(nil))
}

func strangeTenant(r *directoryRun) error {
	tenantID, _ := r.stored(2)
	var fs faults
	for _, strange := range []string{
		"", " ", "%", "*", tenantID[:8], tenantID[:35] + "_", tenantID[:8] + "%", tenantID + "x", "x" + tenantID,
		"' OR 1=1 --", tenantID + "' OR '1'='1",
	} {
		if n := len(r.read(r.ctx, strange).impacts); n > 0 { // an error is as good as nobody
			fs.addf("%q found %d partners", strings.ReplaceAll(strange, tenantID, "<tenant>"), n)
		}
	}
	return fs.err()
}

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

// broken calls f with what is yielded by a Directory whose database fails at once, and after some impacts.
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
			stored[i].SecurityContact = partner.SecurityContact{
				FirstName: "Quilliam", LastName: "Brandywether", Email: "marmalade@contoso.example", Phone: "+14255550142",
			}
		}
		r.store(tenantID, stored)
		_ = r.Break(tenantID, after)
		for _, err := range r.read(r.ctx, tenantID).errs {
			for _, what := range personal(logged(err)) {
				fs.addf("the error holds the %s of a security contact", what)
			}
		}
	}
	return fs.err()
}
