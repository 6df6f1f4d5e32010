package dialplan

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/nyaruka/phonenumbers"
)

// Rules are what phonenumbers says of the digits that are dialled in a region.
// The table is made from them, and where there is no table they answer.
type Rules struct {
	id       string
	code     int
	trunk    string // national prefix, "" where there is none
	longest  int    // see Region.LongestFixed
	dialling []dialling
}

// dialling is what a form means that stands before a number.
type dialling struct {
	form
	kinds   Kinds
	rewrite Rewrite
}

// ReadRules returns the rules of a region.
func ReadRules(m *phonenumbers.PhoneMetadata) (*Rules, error) {
	r := &Rules{
		id:    m.GetId(),
		code:  int(m.GetCountryCode()),
		trunk: m.GetNationalPrefix(),
	}
	lengths := m.GetFixedLine().GetPossibleLength()
	if len(lengths) == 0 {
		lengths = m.GetGeneralDesc().GetPossibleLength() // this is what none means
	}
	for _, n := range lengths {
		r.longest = max(r.longest, int(n))
	}

	for _, expression := range []string{m.GetInternationalPrefix(), "00"} {
		forms, err := formsOf(expression)
		if err != nil {
			return nil, fmt.Errorf("%s: international prefix: %w", r.id, err)
		}
		for _, f := range forms {
			r.dialling = append(r.dialling, dialling{form: f, kinds: International})
		}
	}
	forms, err := formsOf(m.GetNationalPrefixForParsing())
	if err != nil {
		return nil, fmt.Errorf("%s: national prefix: %w", r.id, err)
	}
	for _, f := range forms {
		d, err := readNational(f, m.GetNationalPrefixTransformRule())
		if err != nil {
			return nil, fmt.Errorf("%s: national prefix: %w", r.id, err)
		}
		r.dialling = append(r.dialling, d)
	}
	r.dialling = slices.DeleteFunc(r.dialling, func(d dialling) bool {
		return len(d.places) == 0 || d.kinds == 0 && d.rewrite == (Rewrite{})
	})
	return r, nil
}

// readNational returns what a form of the national prefix means. transform is
// what phonenumbers puts in its place.
//
//	form            transform   meaning
//	no group        any         the prefix
//	a group         none        the group is a carrier's code
//	two groups      $2          the first is a carrier's code
//	one group       9$1         the prefix is around the group, or another one
//	one group       20$1        none: it makes the number longer
func readNational(f form, transform string) (dialling, error) {
	group, grouped := f.groups[1]
	_, second := f.groups[2]
	switch {
	case !grouped && !f.ends:
		return dialling{form: f, kinds: National}, nil
	case transform == "" || second:
		f.places = f.places[:group.end]
		return dialling{form: f, kinds: Carrier}, nil
	}
	insert, ok := strings.CutSuffix(transform, "$1")
	if !ok || strings.Contains(insert, "$") {
		return dialling{}, fmt.Errorf("%s: not digits before a group", transform)
	}
	w := Rewrite{Lead: group.start, Tail: len(f.places) - group.end, Insert: insert}
	switch {
	case len(w.Insert) > w.Lead+w.Tail, w == Rewrite{}:
		return dialling{}, nil // longer, or nothing in front
	case f.ends:
		return dialling{}, fmt.Errorf("%s: only at the end of the number", transform)
	}
	return dialling{form: f, rewrite: w}, nil
}

// Code returns the calling code.
func (r *Rules) Code() string { return strconv.Itoa(r.code) }

// HasPrefix reports whether there is a national prefix.
func (r *Rules) HasPrefix() bool { return r.trunk != "" }

// LongestFixed is that of Region.
func (r *Rules) LongestFixed() int { return r.longest }

// Expressions returns regular expressions that match all prefixes.
func (r *Rules) Expressions() (all []string) {
	for _, d := range r.dialling {
		all = append(all, d.expression())
	}
	return all
}

// Ask returns what digits are, all of them.
func (r *Rules) Ask(digits string) (kinds Kinds, rewrite Rewrite) {
	for _, d := range r.dialling {
		if d.matches(digits) {
			kinds |= d.kinds
			if d.rewrite != (Rewrite{}) {
				rewrite = d.rewrite
			}
		}
	}
	if len(digits) <= MaxDigits && IsShort(Proto(r.code, digits), r.id) {
		kinds |= Short
	}
	return kinds, rewrite
}

// prefixes is Region.Prefixes by the rules.
func (r *Rules) prefixes(digits string) (p Prefixes) {
	for n := 1; n <= len(digits); n++ {
		kinds, rewrite := r.Ask(digits[:n])
		p.add(uint(n), kinds)
		if rewrite != (Rewrite{}) {
			p.Rewrite, p.RewriteEnd = &rewrite, n
		}
		p.Short = kinds&Short != 0
	}
	return p
}

// AskRegion is Lookup by what phonenumbers says, with a region in capitals. A
// region whose rules cannot be read is not known.
func AskRegion(id string) *Region { return askedRegions()[id] }

var askedRegions = sync.OnceValue(func() map[string]*Region {
	all := make(map[string]*Region)
	plans, _ := phonenumbers.MetadataCollection() // none, if it cannot be read
	for _, m := range plans.GetMetadata() {
		if r, err := ReadRules(m); err == nil {
			all[m.GetId()] = &Region{Code: r.Code(), HasPrefix: r.HasPrefix(), LongestFixed: uint8(r.longest), rules: r}
		}
	}
	return all
})
