// Package phone reads telephone numbers as people type them, writes them as
// E.164, and says what is wrong with them.
//
// It works in two steps. A scanner knows spellings only: which characters may
// stand in a number, and where an extension begins. What it can read goes to
// the second step, the numbering plans of
// [github.com/cspkit/partner/internal/dialplan].
//
// Digits after a "+" are kept and judged as typed. Digits without "+" become a
// number only where all readings agree: see [Normalize].
package phone

import "github.com/cspkit/partner/internal/dialplan"

// Faults is the set of what is wrong or doubtful with a number. The zero value
// is none.
type Faults uint16

// What can be wrong, and after it what is only doubtful.
const (
	Missing     Faults = 1 << iota // nothing but blanks
	Syntax                         // not one number in an accepted spelling: "0800 FLOWERS", "++49", two numbers
	CountryCode                    // no "+" and country code, and no region that tells it
	Impossible                     // see dialplan.Impossible

	Unassigned  // advice: possible, but in no known range; numbering plans change faster than programs
	PremiumRate // advice: the caller pays extra
	NotALine    // advice: a pager or a voicemail box
)

// Errors are the faults that make a number unusable; the others are advice.
const Errors = Missing | Syntax | CountryCode | Impossible

// Normalize returns s as E.164, "+14255550100", with ";ext=" and the extension
// where there is one. It returns "" for blanks, and what it cannot read for
// certain as it was. Normalizing twice changes nothing.
//
// # With "+"
//
// The digits stay as they are. Only a "(0)" after the calling code is dropped
// or kept, whichever alone gives a valid number.
//
// # Without "+"
//
// The digits are read as somebody in region would dial them. The region is an
// ISO 3166-1 alpha-2 code in any case; "" or an unknown region reads nothing.
// There are four readings:
//
//	(a)  "+" was forgotten before the region's own calling code
//	(b)  an international prefix, the region's own or 00, and any number
//	(c)  a national prefix, in any form that the region has, and a number
//	(d)  a number of the region without that prefix
//
// They are weighed in this order:
//
//  1. A short or emergency number stays as it is.
//  2. Valid readings count.
//  3. If none is valid, possible ones of (c) count. So do those of (d) in a
//     region without a national prefix, and in North America.
//  4. If the digits with "+" are a valid number of another country, then
//     neither a possible reading counts, nor a pager or voicemail box by (d),
//     nor any North American number by (d) that is not typed as 425 555 0100.
//     The same holds for what follows 011.
//  5. If a valid number follows a carrier's code, no possible reading counts.
//  6. If all that count are the same number, that is what s means.
//  7. But (d) by itself is enough only if the number is written without a
//     national prefix, or is as long as the region's longest fixed-line number.
//     A shorter one may lack its area code.
//
// # Where a guess remains
//
//   - A file has numbers of several countries, and is read with one region. A
//     number of another country can be a valid one of that region.
//   - A digit was lost, and lengths vary, as in Germany and Austria. What is
//     left can be another number.
//   - An Italian number lost its zero. It can be another one without it.
func Normalize(s, region string) string {
	if _, ok := bareE164(s); ok {
		return s
	}
	var t text
	fault := t.scan(s)
	if fault == Missing {
		return ""
	}
	if fault == 0 && t.locate(region) {
		return t.format(s)
	}
	return s
}

// Check returns the faults of a number that must be reachable from anywhere, so
// that it needs its "+" and country code. The faults of s are those of
// Normalize(s, ""). There is advice only where there is no error.
func Check(s string) Faults {
	if digits, ok := bareE164(s); ok {
		return judge(digits)
	}
	var t text
	fault := t.scan(s)
	switch {
	case fault != 0:
		return fault
	case !t.plus:
		return CountryCode
	}
	return judge(t.number.digits())
}

// CheckNational returns the errors, never the advice, of a number that may be
// written as it is dialled within region. One possible reading of those of
// [Normalize] will do, because nobody rewrites the number. A short or emergency
// number is possible only if it is also a valid one of the region.
func CheckNational(s, region string) Faults {
	if digits, ok := bareE164(s); ok {
		return judge(digits) & Errors
	}
	var t text
	fault := t.scan(s)
	switch {
	case fault != 0:
		return fault
	case t.plus:
		return judge(t.number.digits()) & Errors
	}
	r := dialplan.Lookup(region)
	switch {
	case r == nil:
		return CountryCode
	case !isPossible(r, t.number.digits()):
		return Impossible
	}
	return 0
}

// verdicts says what is wrong with a number of which the numbering plans say
// that.
var verdicts = [...]Faults{
	dialplan.Impossible:  Impossible,
	dialplan.Unassigned:  Unassigned,
	dialplan.Valid:       0,
	dialplan.PremiumRate: PremiumRate,
	dialplan.NotALine:    NotALine,
}

// judge returns what is wrong with the digits after a "+": Impossible, advice,
// or nothing.
func judge[D dialplan.Digits](digits D) Faults { return verdicts[dialplan.Judge(digits)] }
