package partnertest

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/cspkit/partner"
)

// DirectoryHarness is a Directory with what the kit needs to test it. Directory
// and Store must be set.
type DirectoryHarness struct {
	// Directory is what is tested.
	Directory partner.Directory

	// Store puts into the host's database what the Directory is to yield for an
	// incident on tenantID, a UUID in lower case. It is called once for each
	// tenant, before the Directory is asked for it. If it cannot store, it fails
	// the test by itself.
	//   - The partners are valid. Most have a security contact, admin agents,
	//     Global admins and subscribers, without an Audience. Some lack one of
	//     these.
	//   - If PartnerTenantID is tenantID, it is the partner on its own tenant. It
	//     has no rights.
	//   - A partner may come again for another tenant, with other rights. Its
	//     details are always the same.
	Store func(tenantID string, impacts []partner.Impact)

	// NoSubscribers says that the host keeps no subscribers. The kit stores none
	// then, so that nothing shows whether they would come back.
	NoSubscribers bool

	// StoreTenantless adds a partner whose tenant is empty to what is stored for
	// tenantID. The Directory must yield an error for it. Optional: leave it nil
	// if the database cannot hold such a partner.
	StoreTenantless func(tenantID string, impact partner.Impact)

	// Break makes the reading of what is stored for tenantID fail from now on,
	// after that many impacts were read. It returns the error of the database.
	// errors.Is must find it in what the Directory yields. Optional.
	Break func(tenantID string, after int) error
}

// TestDirectory checks every rule on one harness. It returns nil if all hold.
// Otherwise it returns [RuleErrors]: the rules that are broken, and those that
// were not checked because the harness lacks a part. It panics if h.Directory
// or h.Store is nil.
//
// If its context is done, a Directory may end with an error or without, for
// Dispatch looks by itself. The kit does not check that a Directory streams.
func TestDirectory(h DirectoryHarness) error {
	return testAll(directoryInterface, directoryRules, newDirectoryRun(context.Background(), h))
}

// RunDirectory checks each rule in a subtest, on a harness that newHarness
// makes for it. The subtest is skipped, with the reason, if the harness lacks a
// part. It panics if the harness has no Directory or no Store.
func RunDirectory(t *testing.T, newHarness func(t *testing.T) DirectoryHarness) {
	t.Helper()
	runAll(t, directoryInterface, directoryRules, func(t *testing.T) *directoryRun {
		return newDirectoryRun(t.Context(), newHarness(t))
	})
}

const directoryInterface = "Directory"

// directoryRun is a harness in use.
type directoryRun struct {
	DirectoryHarness
	ctx context.Context
	run uint64 // of this run, in every tenant
	num int
}

func newDirectoryRun(ctx context.Context, h DirectoryHarness) *directoryRun {
	if h.Directory == nil || h.Store == nil {
		panic("partnertest: DirectoryHarness needs a Directory and a Store")
	}
	var seed [8]byte
	_, _ = rand.Read(seed[:]) // it never fails
	return &directoryRun{DirectoryHarness: h, ctx: ctx, run: binary.BigEndian.Uint64(seed[:])}
}

func (r *directoryRun) has(part string) bool { return part == "Break" && r.Break != nil }

// tenant returns a tenant that no other run has. It holds letters, so that it
// can be written in two cases.
func (r *directoryRun) tenant() string {
	r.num++
	return fmt.Sprintf("c%07x-%04x-4000-8000-ab%010x", r.run>>36, r.run>>20&0xffff, r.run&0xfffff<<20|uint64(r.num))
}

// impacts returns n partners that nobody has stored yet.
func (r *directoryRun) impacts(n int) []partner.Impact {
	impacts := Impacts(n)
	for i := range impacts {
		impacts[i].PartnerTenantID = r.tenant()
		if !r.NoSubscribers {
			impacts[i].Subscribers = Subscribers(i)[:i%4]
		}
	}
	return impacts
}

// stored stores n partners with rights over a new customer.
func (r *directoryRun) stored(n int) (tenantID string, impacts []partner.Impact) {
	tenantID, impacts = r.tenant(), r.impacts(n)
	r.store(tenantID, impacts)
	return tenantID, impacts
}

func (r *directoryRun) store(tenantID string, impacts []partner.Impact) {
	r.Store(tenantID, copies(impacts))
}

// reading is what a Directory yielded.
type reading struct {
	impacts []partner.Impact // copies, made at once
	kept    []partner.Impact // those that were yielded
	errs    []error
	with    []partner.Impact // beside the errors
	after   int              // yields after the first error
}

// read ranges over everything, also after an error.
func (r *directoryRun) read(ctx context.Context, tenantID string) reading {
	var got reading
	r.Directory.Impacted(ctx, tenantID)(got.take)
	return got
}

// endless is more than any rule stores. A Directory that does not end is
// stopped there.
const endless = 10_000

func (got *reading) take(impact partner.Impact, err error) bool {
	if len(got.errs) > 0 {
		got.after++
	}
	if err != nil {
		got.errs = append(got.errs, err)
		got.with = append(got.with, impact)
	} else {
		got.impacts = append(got.impacts, copyOf(impact))
		got.kept = append(got.kept, impact)
	}
	return len(got.impacts)+len(got.errs) < endless
}

// failed describes an error where there should be none, or returns "".
func (got reading) failed() string {
	if len(got.errs) == 0 {
		return ""
	}
	return fmt.Sprintf("it yielded the error %q", got.errs[0])
}

// partners describes where the partners are not those wanted, or returns "".
func (got reading) partners(want []partner.Impact) string {
	if fault := got.failed(); fault != "" {
		return fault
	}
	count := make(map[string]int)
	for _, impact := range got.impacts {
		count[strings.ToLower(impact.PartnerTenantID)]++
	}
	for i, impact := range want {
		if n := count[impact.PartnerTenantID]; n != 1 {
			return fmt.Sprintf("partner %d of %d was yielded %d times, want once", i+1, len(want), n)
		}
	}
	if extra := len(got.impacts) - len(want); extra > 0 {
		return fmt.Sprintf("%d partners were yielded that are not concerned", extra)
	}
	return ""
}

// eachOf calls f with every impact of those wanted that was yielded, and the
// one that was stored.
func (got reading) eachOf(want []partner.Impact, f func(got, want partner.Impact)) {
	for _, impact := range got.impacts {
		i := slices.IndexFunc(want, func(w partner.Impact) bool {
			return strings.EqualFold(w.PartnerTenantID, impact.PartnerTenantID)
		})
		if i >= 0 {
			f(impact, want[i])
		}
	}
}

// details names the first field in which got is not want, or returns "". It
// leaves the rights aside.
func details(got, want partner.Impact) string {
	switch {
	case got.CompanyName != want.CompanyName:
		return "CompanyName"
	case got.SecurityContact != want.SecurityContact:
		return "SecurityContact"
	case !sameRecipients(got.AdminAgents, want.AdminAgents):
		return "AdminAgents"
	case !sameRecipients(got.GlobalAdmins, want.GlobalAdmins):
		return "GlobalAdmins"
	case !sameRecipients(got.Subscribers, want.Subscribers):
		return "Subscribers"
	default:
		return ""
	}
}

// sameRecipients compares two lists in any order. It leaves the Audience aside,
// for Route sets it.
func sameRecipients(a, b []partner.Recipient) bool { return reflect.DeepEqual(sorted(a), sorted(b)) }

func sorted(recipients []partner.Recipient) []partner.Recipient {
	list := append([]partner.Recipient{}, recipients...)
	for i := range list {
		list[i].Audience = ""
	}
	slices.SortFunc(list, func(a, b partner.Recipient) int {
		return cmp.Or(cmp.Compare(a.Medium, b.Medium), cmp.Compare(*place(&a), *place(&b)))
	})
	return list
}

func copyOf(impact partner.Impact) partner.Impact {
	impact.AdminAgents = slices.Clone(impact.AdminAgents)
	impact.GlobalAdmins = slices.Clone(impact.GlobalAdmins)
	impact.Subscribers = slices.Clone(impact.Subscribers)
	return impact
}

func copies(impacts []partner.Impact) []partner.Impact {
	list := make([]partner.Impact, len(impacts))
	for i, impact := range impacts {
		list[i] = copyOf(impact)
	}
	return list
}
