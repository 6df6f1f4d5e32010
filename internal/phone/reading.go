package phone

import (
	"bytes"
	"math/bits"

	"github.com/cspkit/partner/internal/dialplan"
)

// A way is how digits without "+" can be read: see [Normalize].
type way byte

const (
	byCode          way = iota // (a)
	byInternational            // (b)
	byNational                 // (c)
	byRewrite                  // (c) with a prefix within the number
	bySelf                     // (d)
)

// A reading is one number that digits can be. The first of them are a prefix.
type reading struct {
	way    way
	prefix uint8 // how many
}

// dialled are digits without "+" in a region, and what their readings come to.
type dialled struct {
	region   *dialplan.Region
	digits   []byte
	prefixes dialplan.Prefixes

	valid    agreement // of the valid readings
	possible agreement // of the possible ones that may count
	pager    bool      // (d) is a pager or a voicemail box
	any      bool      // there is a possible reading at least
}

// An agreement is what some readings have in common. As (d) is read last, it is
// the first only where it is the only one.
type agreement struct {
	reading reading // the first
	reached bool    // there is one
	broken  bool    // another one is another number
}

// meant makes n the one number that its digits, typed in a region without "+",
// can mean. It reports whether there is one. The rules are those of
// [Normalize].
func (n *number) meant(r *dialplan.Region, stand layout) (ok bool) {
	d := dialled{region: r, digits: n.digits()}
	r.Prefixes(d.digits, &d.prefixes)
	if d.prefixes.Short {
		return false
	}
	d.read()
	a := d.valid
	switch {
	case d.valid.reached:
		unsure := d.pager || d.valid.reading.way == bySelf && r.Code == dialplan.NorthAmerica &&
			!stand.isNorthAmerican(len(d.digits))
		if unsure && d.isAbroad() {
			return false
		}
	case d.possible.reached:
		if d.isAbroad() || d.isBehindCarrier() {
			return false
		}
		a = d.possible
	}
	if !a.reached || a.broken {
		return false
	}
	d.apply(a.reading, n)
	return a.reading.way != bySelf || isWhole(r, len(d.digits), n)
}

// isPossible reports whether digits, typed in a region without "+", can be a
// number.
func isPossible(r *dialplan.Region, digits []byte) bool {
	d := dialled{region: r, digits: digits}
	r.Prefixes(digits, &d.prefixes)
	if d.prefixes.Short {
		return r.Judge(digits) >= dialplan.Valid
	}
	// Nearly all are possible by (c) or (d), and need no other reading.
	for set := d.prefixes.National; set != 0; {
		if r.Judge(digits[takeLength(&set):]) != dialplan.Impossible {
			return true
		}
	}
	if r.Judge(digits) != dialplan.Impossible {
		return true
	}
	d.read()
	return d.any
}

// read counts all readings, (d) last.
func (d *dialled) read() {
	if d.hasCode(d.digits) {
		d.count(reading{byCode, 0}, dialplan.Judge(d.digits))
	}
	for set := d.prefixes.International; set != 0; {
		n := takeLength(&set)
		d.count(reading{byInternational, uint8(n)}, dialplan.Judge(d.digits[n:]))
	}
	for set := d.prefixes.National; set != 0; {
		n := takeLength(&set)
		d.count(reading{byNational, uint8(n)}, d.region.Judge(d.digits[n:]))
	}
	if d.prefixes.Rewrite != nil {
		rewrite := reading{byRewrite, uint8(d.prefixes.RewriteEnd)}
		n := d.number(rewrite)
		d.count(rewrite, dialplan.Judge(n.digits()))
	}
	if v := d.region.Judge(d.digits); v != dialplan.Impossible { // few are behind a prefix
		d.count(reading{bySelf, 0}, v)
	}
}

// count counts one reading.
func (d *dialled) count(r reading, verdict dialplan.Verdict) {
	if verdict == dialplan.Impossible {
		return
	}
	d.any = true
	a := &d.valid
	if verdict == dialplan.Unassigned {
		if !d.mayBeUnassigned(r.way) {
			return
		}
		a = &d.possible
	} else if verdict == dialplan.NotALine && r.way == bySelf {
		d.pager = true
	}
	if !a.reached {
		a.reading, a.reached = r, true
		return
	}
	this, first := d.number(r), d.number(a.reading)
	if !bytes.Equal(this.digits(), first.digits()) {
		a.broken = true
	}
}

// mayBeUnassigned reports whether a reading may count that is possible only.
func (d *dialled) mayBeUnassigned(w way) bool {
	switch w {
	case byNational, byRewrite:
		return true
	case bySelf:
		return !d.region.HasPrefix || d.region.Code == dialplan.NorthAmerica
	}
	return false
}

// number returns what a reading says.
func (d *dialled) number(r reading) number {
	n := newNumber(d.digits)
	d.apply(r, &n)
	return n
}

// apply makes of n, which holds the digits as they are dialled, what a reading
// says.
func (d *dialled) apply(r reading, n *number) {
	n.start += r.prefix
	switch r.way {
	case byNational, bySelf:
		n.prepend(d.region.Code)
	case byRewrite:
		w := d.prefixes.Rewrite
		area := d.digits[w.Lead : int(r.prefix)-w.Tail]
		n.start -= uint8(copy(n.text[int(n.start)-len(area):], area))
		n.prepend(w.Insert)
		n.prepend(d.region.Code)
	}
}

// isAbroad reports whether the digits with a plus, or what follows 011, are a
// valid number of another country.
func (d *dialled) isAbroad() bool {
	after, ok := bytes.CutPrefix(d.digits, []byte("011"))
	return d.isAnother(d.digits) || ok && d.isAnother(after)
}

// isAnother reports whether digits are a valid number with another calling code
// than that of the region.
func (d *dialled) isAnother(digits []byte) bool {
	return !d.hasCode(digits) && dialplan.Judge(digits) >= dialplan.Valid
}

// hasCode reports whether digits begin with the region's calling code.
func (d *dialled) hasCode(digits []byte) bool {
	code := d.region.Code
	return len(digits) >= len(code) && digits[0] == code[0] && string(digits[:len(code)]) == code
}

// isBehindCarrier reports whether a valid number of the region follows a
// carrier's code.
func (d *dialled) isBehindCarrier() bool {
	for set := d.prefixes.Carrier; set != 0; {
		if d.region.Judge(d.digits[takeLength(&set):]) >= dialplan.Valid {
			return true
		}
	}
	return false
}

// isWhole reports whether n, which was typed without a national prefix, lacks
// no area code for certain. So many digits were typed.
func isWhole(r *dialplan.Region, typed int, n *number) bool {
	return !r.HasPrefix || typed >= int(r.LongestFixed) || dialplan.WrittenBare(n.digits())
}

// takeLength takes the least length out of a set of dialplan.Prefixes.
func takeLength(set *uint32) int {
	n := bits.TrailingZeros32(*set)
	*set &= *set - 1
	return n
}
