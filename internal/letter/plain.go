package letter

import "encoding/binary"

// isPlain reports whether s needs no closer look, as most values do not. Then
// both forms of the letter have it as it is. A plain text
//   - is ASCII that can be seen;
//   - holds nothing to which HTML gives a meaning;
//   - has words with single spaces between them.
//
// The empty text is not plain. It saves time, and decides nothing: eight octets
// are looked at in one step.
func isPlain(s string) bool {
	if s == "" || s[0] == ' ' || s[len(s)-1] == ' ' {
		return false
	}
	if len(s) < word {
		some := uint64('a' * each)
		for i := range len(s) {
			some = some<<8 | uint64(s[i])
		}
		odd, _ := look(some)
		return odd == 0
	}
	var odd, space uint64 // space: the octet before these is one
	n := 0
	for ; n <= len(s)-word; n += word {
		o, spaces := look(binary.LittleEndian.Uint64([]byte(s[n:])))
		odd |= o | spaces&space
		space = spaces >> (8 * (word - 1))
	}
	if n < len(s) { // the last octets, with some that were looked at before
		o, _ := look(binary.LittleEndian.Uint64([]byte(s[len(s)-word:])))
		odd |= o
	}
	return odd == 0
}

const (
	word = 8
	each = 0x0101010101010101
	high = 0x80 * each // the bit of an octet that tells what is true of it
)

// look tells which of eight octets are not plain, or stand beside a space and
// are one, and which are spaces.
//
// An octet outside ASCII makes sums that reach into the next. Then it is odd
// itself, and it does not matter what the next one is.
func look(octets uint64) (odd, spaces uint64) {
	const notZero = 0x7f * each // of an octet: what has the high bit with this added
	seen := octets + (0x80-' ')*each
	seen &= ((octets | 1*each) ^ '\''*each) + notZero // no "&" and no "'"
	seen &= ((octets | 2*each) ^ '>'*each) + notZero  // no "<" and no ">"
	seen &= (octets ^ '"'*each) + notZero
	odd = ^seen | octets | (octets + each) // the last is of DEL
	spaces = ^((octets ^ ' '*each) + notZero) & high
	return (odd | spaces&(spaces<<8)) & high, spaces
}
