package dialplan

// Region is what the numbering plans say of the digits that are dialled in a
// region.
type Region struct {
	Code         string // calling code, which other regions may share
	HasPrefix    bool   // whether there is a national prefix
	LongestFixed uint8  // digits of the longest fixed-line number, without prefix

	prefixes, numbers uint16 // states of the table: before its prefixes, and behind its code
	rules             *Rules // instead of the table; nil: the table is read
}

const letters = 'z' - 'a' + 1

// Lookup returns the region of an ISO 3166-1 alpha-2 code in any case, or nil
// where no plan is known.
func Lookup(region string) *Region {
	if len(region) != 2 {
		return nil
	}
	first, second := region[0]|0x20-'a', region[1]|0x20-'a'
	if first >= letters || second >= letters {
		return nil
	}
	if !isCurrent() {
		return AskRegion(string([]byte{first + 'A', second + 'A'}))
	}
	if r := &regions[int(first)*letters+int(second)]; r.Code != "" {
		return r
	}
	return nil
}

// Judge is Judge for a number of the region's calling code, by the digits
// behind it, which must be nothing else.
func (r *Region) Judge(digits []byte) Verdict {
	if r.rules != nil {
		return Ask(r.Code + string(digits))
	}
	return Verdict(outcome(rowOf(r.numbers), digits) & maxVerdict)
}

// Kinds is a set of what digits at the start can be.
type Kinds uint8

// What the first digits of those that are dialled can be.
const (
	International Kinds = 1 << iota // prefix for calls abroad: that of the region, or 00
	National                        // prefix within the country
	Carrier                         // code of a carrier, with the national prefix before it
	Short                           // short or emergency number
)

// A Rewrite is a national prefix around a part of the number that stays. The
// prefix is another one from abroad. Argentina writes 011 15-2345-6789 at home
// and 9 11 2345 6789 from abroad: of the first six digits, 11 stays. The zero
// value is none.
type Rewrite struct {
	Lead   int    // digits left out at the start
	Tail   int    // digits left out at the end of the prefix
	Insert string // digits put first instead
}

// Prefixes are all prefixes that digits begin with. Bit n of a set stands for
// the first n digits.
type Prefixes struct {
	International, National, Carrier uint32
	Rewrite                          *Rewrite // what the first RewriteEnd digits are; nil: nothing
	RewriteEnd                       int
	Short                            bool // the digits, all of them, are a short or emergency number
}

// Prefixes sets p, which is zero, to what digits, dialled in r, can begin with.
func (r *Region) Prefixes(digits []byte, p *Prefixes) {
	if r.rules != nil {
		*p = r.rules.prefixes(string(digits))
		return
	}
	table, row := world, rowOf(r.prefixes)
	for i := range len(digits) {
		if row = next(table, row, digits[i]-'0'); row == dead {
			break
		}
		if m := mark(table, row); m != 0 {
			p.add(uint(i)+1, Kinds(m&maxKinds))
			if m>>kindBits != 0 {
				p.Rewrite, p.RewriteEnd = &rewrites[m>>kindBits], i+1
			}
			p.Short = m&byte(Short) != 0 && i+1 == len(digits)
		}
	}
}

// add notes what the first n digits can be.
func (p *Prefixes) add(n uint, kinds Kinds) {
	if kinds&International != 0 {
		p.International |= 1 << (n % 32)
	}
	if kinds&National != 0 {
		p.National |= 1 << (n % 32)
	}
	if kinds&Carrier != 0 {
		p.Carrier |= 1 << (n % 32)
	}
}
