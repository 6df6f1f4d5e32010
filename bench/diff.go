package main

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"sync"

	"github.com/go-test/deep"
	"github.com/google/go-cmp/cmp"
	"github.com/r3labs/diff/v3"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/partnertest"
)

// pair is a profile before and after.
type pair struct{ before, after *partner.LegalProfile }

// samePairs are the shared work: each profile, and another with the same texts.
// They share no memory.
var samePairs = sync.OnceValue(func() []pair {
	var all []pair
	for i := range 64 {
		p := newProfile(i)
		all = append(all, pair{p, copyProfile(p)})
	}
	return all
})

// changedPairs are the shared work: of each field a change, alone.
var changedPairs = sync.OnceValue(func() []pair {
	var all []pair
	for f := range partner.AllFields().All() {
		for _, suffix := range [...]string{" II", "x"} {
			p := newProfile(len(all))
			after := copyProfile(p)
			after.SetValue(f, after.Value(f)+suffix)
			all = append(all, pair{p, after})
		}
	}
	shuffle(all)
	return all
})

func newProfile(i int) *partner.LegalProfile {
	types := partner.PartnerTypes()
	p := partnertest.Profile(types[i%len(types)])
	p.CompanyName = fmt.Sprintf("Contoso %d", i)
	p.SecurityContact = partnertest.Impact(i).SecurityContact
	return &p
}

// copyProfile shares no memory with p, for a text need not be compared with
// itself.
func copyProfile(p *partner.LegalProfile) *partner.LegalProfile {
	after := new(partner.LegalProfile)
	text, err := json.Marshal(p)
	if err == nil {
		err = json.Unmarshal(text, after)
	}
	if err != nil {
		panic(err) // a profile is texts only
	}
	return after
}

// change is what an engine found: the fields in its own words, and the verdict.
type change[Fields any] struct {
	fields       Fields
	verification partner.Verification
}

// judge gives the verdict on a change in nothing but the security contact, or
// elsewhere.
func judge(elsewhere bool) partner.Verification {
	if elsewhere {
		return partner.VerificationMayBeRequired
	}
	return partner.VerificationNotRequired
}

func diffProfiles(p pair) change[partner.FieldSet] {
	changed := partner.Diff(p.before, p.after)
	return change[partner.FieldSet]{changed, changed.Verification()}
}

func fieldSet(c change[partner.FieldSet]) string {
	var all []string
	for f := range c.fields.All() {
		all = append(all, f.String())
	}
	return fmt.Sprint(all, " ", c.verification)
}

const securityContact = "SecurityContact"

// cmpReporter keeps the path of each difference, as the example of cmp.Reporter
// does.
type cmpReporter struct {
	path  cmp.Path
	found []string
}

func (r *cmpReporter) PushStep(step cmp.PathStep) { r.path = append(r.path, step) }
func (r *cmpReporter) PopStep()                   { r.path = r.path[:len(r.path)-1] }
func (r *cmpReporter) Report(result cmp.Result) {
	if !result.Equal() {
		r.found = append(r.found, r.path.String())
	}
}

// equalWithCmp asks first whether anything differs, which is cheaper. Only if
// something does, it asks what.
func equalWithCmp(p pair) change[[]string] {
	if cmp.Equal(p.before, p.after) {
		return change[[]string]{verification: judge(false)}
	}
	return diffWithCmp(p)
}

func diffWithCmp(p pair) change[[]string] {
	var r cmpReporter
	cmp.Equal(p.before, p.after, cmp.Reporter(&r))
	return change[[]string]{r.found, judgePaths(r.found)}
}

// openR3labs keeps one Differ, which is cheaper than a new one each time.
func openR3labs() (func(pair) change[diff.Changelog], error) {
	differ, err := diff.NewDiffer()
	return func(p pair) change[diff.Changelog] {
		changes, err := differ.Diff(p.before, p.after)
		elsewhere := err != nil
		for _, c := range changes {
			elsewhere = elsewhere || c.Path[0] != securityContact
		}
		return change[diff.Changelog]{changes, judge(elsewhere)}
	}, err
}

func r3labsFields(c change[diff.Changelog]) string {
	all := make([]string, len(c.fields))
	for i, found := range c.fields {
		all[i] = pointerOf(found.Path)
	}
	return fmt.Sprint(all, " ", c.verification)
}

// diffWithDeep gets lines such as
// "SecurityContact.Email: soc@contoso.com != noc@contoso.com".
func diffWithDeep(p pair) change[[]string] {
	found := deep.Equal(p.before, p.after)
	return change[[]string]{found, judgePaths(found)}
}

// judgePaths is the verdict on paths such as "SecurityContact.Email".
func judgePaths(found []string) partner.Verification {
	for _, path := range found {
		if !strings.HasPrefix(path, securityContact+".") {
			return judge(true)
		}
	}
	return judge(false)
}

func pathFields(c change[[]string]) string {
	all := make([]string, len(c.fields))
	for i, line := range c.fields {
		path, _, _ := strings.Cut(line, ": ")
		all[i] = pointerOf(strings.Split(path, "."))
	}
	return fmt.Sprint(all, " ", c.verification)
}

// pointerOf translates Go's names of a field, from the profile down, into the
// field's text form.
func pointerOf(names []string) string {
	t := reflect.TypeFor[partner.LegalProfile]()
	var pointer string
	for _, name := range names {
		f, ok := t.FieldByName(name)
		if !ok {
			return strings.Join(names, ".") + " is no field"
		}
		if !f.Anonymous {
			tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			pointer += "/" + tag
		}
		t = f.Type
	}
	return pointer
}
