package phone

import (
	"math/bits"
	"strings"

	"github.com/cspkit/partner/internal/plan"
)

// A way is how digits without "+" can be read: see [Normalize].
type way byte

const (
	byCode          way = 'a'
	byInternational way = 'b'
	byNational      way = 'c'
	bySelf          way = 'd'
)

// A tally is what the readings of digits come to.
type tally struct {
	region   *plan.Region
	valid    agreement // of the valid readings
	possible agreement // of the possible ones that may count
	pager    bool      // (d) is a pager or a voicemail box
	any      bool      // there is a possible reading at least
}

// An agreement is what some readings have in common.
type agreement struct {
	number  number // of the first
	reached bool   // there is a reading
	broken  bool   // another one is another number
	bySelf  bool   // there is (d) alone
}

// meant returns the one number that digits, typed in a region without "+", can
// mean. The rules are those of [Normalize]. northAmerican says that they stand
// as in North America.
func meant(r *plan.Region, typed string, northAmerican bool) (n number, ok bool) {
	p := r.Prefixes(typed)
	if p.Short {
		return number{}, false
	}
	t := tally{region: r}
	t.read(typed, p)
	a := &t.valid
	switch {
	case t.valid.reached:
		unsure := t.pager || t.valid.bySelf && r.Code == plan.NorthAmerica && !northAmerican
		if unsure && isAbroad(r, typed) {
			return number{}, false
		}
	case t.possible.reached:
		if isAbroad(r, typed) || isBehindCarrier(r, typed, p.Carrier) {
			return number{}, false
		}
		a = &t.possible
	}
	if !a.reached || a.broken || a.bySelf && !isWhole(r, typed, &a.number) {
		return number{}, false
	}
	return a.number, true
}

// isPossible reports whether digits, typed in a region without "+", can be a
// number.
func isPossible(r *plan.Region, typed string) bool {
	p := r.Prefixes(typed)
	if p.Short {
		return r.Judge("", "", typed) >= plan.Valid
	}
	t := tally{region: r}
	t.read(typed, p)
	return t.any
}

// read counts all readings.
func (t *tally) read(typed string, p plan.Prefixes) {
	if strings.HasPrefix(typed, t.region.Code) {
		t.count(byCode, plan.Judge(typed), "", "", typed)
	}
	for set := p.International; set != 0; {
		rest := typed[takeLength(&set):]
		t.count(byInternational, plan.Judge(rest), "", "", rest)
	}
	for set := p.National; set != 0; {
		rest := typed[takeLength(&set):]
		t.count(byNational, t.region.Judge("", "", rest), "", "", rest)
	}
	if w := p.Rewrite; w != nil {
		area, rest := typed[w.Lead:p.RewriteEnd-w.Tail], typed[p.RewriteEnd:]
		t.count(byNational, t.region.Judge(w.Insert, area, rest), w.Insert, area, rest)
	}
	t.count(bySelf, t.region.Judge("", "", typed), "", "", typed)
}

// count counts one reading: its verdict, and its digits in parts, which stand
// behind the calling code of the region in (c) and (d).
func (t *tally) count(by way, verdict plan.Verdict, insert, area, rest string) {
	if verdict == plan.Impossible {
		return
	}
	t.any = true
	code := t.region.Code
	a := &t.valid
	switch {
	case verdict >= plan.Valid:
		t.pager = t.pager || verdict == plan.NotALine && by == bySelf
	case by == byNational, by == bySelf && (!t.region.HasPrefix || code == plan.NorthAmerica):
		a = &t.possible
	default:
		return
	}
	if by == byCode || by == byInternational {
		code = ""
	}
	n := join(code, insert, area, rest)
	if !a.reached {
		a.number, a.reached, a.bySelf = n, true, by == bySelf
		return
	}
	a.broken = a.broken || n != a.number
	a.bySelf = a.bySelf && by == bySelf
}

// isAbroad reports whether the digits with a plus, or what follows 011, are a
// valid number of another country.
func isAbroad(r *plan.Region, typed string) bool {
	for _, prefix := range [...]string{"", "011"} {
		digits, ok := strings.CutPrefix(typed, prefix)
		if ok && !strings.HasPrefix(digits, r.Code) && plan.Judge(digits) >= plan.Valid {
			return true
		}
	}
	return false
}

// isBehindCarrier reports whether a valid number of the region follows a
// carrier's code. Bit n of codes is set where the first n digits are one.
func isBehindCarrier(r *plan.Region, typed string, codes uint32) bool {
	for codes != 0 {
		if r.Judge("", "", typed[takeLength(&codes):]) >= plan.Valid {
			return true
		}
	}
	return false
}

// isWhole reports whether n, which was typed without a national prefix, lacks
// no area code for certain.
func isWhole(r *plan.Region, typed string, n *number) bool {
	return !r.HasPrefix || len(typed) >= r.LongestFixed || plan.WrittenBare(n.String())
}

// takeLength takes the least length out of a set of plan.Prefixes.
func takeLength(set *uint32) int {
	n := bits.TrailingZeros32(*set)
	*set &= *set - 1
	return n
}
