// Package phone reads telephone numbers as people type them, writes them as E.164, and says what is
// wrong with them.
//
// It works in two steps. A scanner knows spellings only: which characters may stand in a number, where an
// extension begins. What it cannot read never reaches the second step, the numbering plans of
// [github.com/nyaruka/phonenumbers], whose own reading is too lenient for a contact in emergencies. Digits
// after a "+" are kept and judged as typed, by the table of package plan; others become a number only where
// no second one could be meant, for which phonenumbers itself is asked.
package phone

import "strings"

// Faults is the set of what is wrong or doubtful with a number. The zero value is none.
type Faults uint16

// What can be wrong, and after it what is only doubtful.
const (
	Missing     Faults = 1 << iota // nothing but blanks
	Syntax                         // not one number in an accepted spelling: "0800 FLOWERS", "++49", "+44 (0)20"
	CountryCode                    // no "+" and country code, and no region that tells it
	Impossible                     // unknown calling code, a length its country does not use, or a short or emergency number

	Unassigned  // advice: possible, but in no known range; numbering plans change faster than programs
	PremiumRate // advice: the caller pays extra
	NotALine    // advice: a pager or a voicemail box
)

// Errors are the faults that make a number unusable; the others are advice.
const Errors = Missing | Syntax | CountryCode | Impossible

// Normalize returns s as E.164, "+14255550100", with ";ext=" and the extension where there is one. What it
// cannot read for certain it returns as it was, and "" for blanks. Normalizing twice changes nothing.
//
// Digits without "+" are read as a national number of region, an ISO 3166-1 alpha-2 code in any case; ""
// or an unknown region reads none. They stay as they are where they could mean something else: see
// [country.certain].
func Normalize(s, region string) string {
	if _, ok := plain(s); ok {
		return s
	}
	r, fault := read(s)
	switch {
	case fault == Missing:
		return ""
	case fault != 0:
		return s
	case r.plus:
		if n, ok := split(r.digits.String()); ok {
			return r.format(n)
		}
	default:
		if c, ok := lookup(region); ok {
			if n, ok := c.certain(r.digits.String()); ok {
				return r.format(n)
			}
		}
	}
	return s
}

// Check returns the faults of a number that must be reachable from anywhere, so that it needs its "+" and
// country code. The faults of s are those of Normalize(s, ""). There is advice only where there is no error.
func Check(s string) Faults {
	if digits, ok := strings.CutPrefix(s, "+"); ok {
		f := recognize(digits)
		if f != Impossible || isDigits(digits) { // spelled in another way, it may yet be possible
			return f
		}
	}
	r, fault := read(s)
	switch {
	case fault != 0:
		return fault
	case !r.plus:
		return CountryCode
	}
	return recognize(r.digits.String())
}

// CheckNational returns the errors, never the advice, of a number that may be written as it is dialled
// within region. Any reading that is possible there will do, because nobody rewrites the number.
func CheckNational(s, region string) Faults {
	r, fault := read(s)
	switch {
	case fault != 0:
		return fault
	case r.plus:
		return recognize(r.digits.String()) & Errors
	}
	c, ok := lookup(region)
	switch {
	case !ok:
		return CountryCode
	case !c.possible(r.digits.String()):
		return Impossible
	}
	return 0
}
