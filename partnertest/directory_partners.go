package partnertest

import (
	"errors"
	"fmt"
	"strings"

	"github.com/cspkit/partner"
)

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

// compare collects an error, and what f says of every impact that was yielded
// and the one that was stored.
func (got reading) compare(fs *faults, stored []partner.Impact, f func(got, want partner.Impact) (fault string)) {
	if fault := got.failed(); fault != "" {
		fs.addf("%s", fault)
	}
	got.eachOf(stored, func(got, want partner.Impact) {
		if fault := f(got, want); fault != "" {
			fs.addf("%s", fault)
		}
	})
}

func allFields(r *directoryRun) error {
	tenantID, stored := r.tenant(), r.impacts(8)
	stored[0].CompanyName = "O'Neil & Søn; DROP TABLE partners --"
	stored[1].SecurityContact.LastName = "Nuñez-漢字 \"Žižka\""
	stored[2].SecurityContact.Phone = "+14255550100;ext=24"
	stored[3].AdminAgents = nil
	stored[4].GlobalAdmins = nil
	if !r.NoSubscribers {
		stored[5].Subscribers = []partner.Recipient{
			{Name: "Night \"desk\"", Medium: "pager", Phone: "4711", URL: "pager:7?a=1&b=2"},
		}
	}
	r.store(tenantID, stored)
	var fs faults
	r.read(r.ctx, tenantID).compare(&fs, stored, func(got, want partner.Impact) string {
		if field := details(got, want); field != "" {
			return field + " of a partner is not what was stored"
		}
		return ""
	})
	return fs.err()
}

func tenantOrError(r *directoryRun) error {
	tenantID, stored := r.stored(3)
	if r.StoreTenantless != nil {
		tenantless := Impact(0)
		tenantless.PartnerTenantID = ""
		r.StoreTenantless(tenantID, tenantless)
	}
	got := r.read(r.ctx, tenantID)
	for _, impact := range got.impacts {
		if impact.PartnerTenantID == "" {
			return errors.New("an impact without a PartnerTenantID, want an error")
		}
	}
	if r.StoreTenantless != nil && len(got.errs) == 0 {
		return fmt.Errorf("%d of %d partners and no error: the one without a tenant was left out",
			len(got.impacts), len(stored)+1)
	}
	return nil
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

// otherRights describes where the rights of a partner are not those that were
// stored, or returns "".
func otherRights(got, want partner.Impact) string {
	if got.Rights == want.Rights {
		return ""
	}
	return fmt.Sprintf("a partner was stored with the rights %q and yielded with %q", want.Rights, got.Rights)
}

func rightsApartBetweenPartners(r *directoryRun) error {
	tenantID, stored := r.stored(7) // every set of rights that is not empty
	var fs faults
	r.read(r.ctx, tenantID).compare(&fs, stored, otherRights)
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
		r.read(r.ctx, tenantID).compare(&fs, stored, otherRights)
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
