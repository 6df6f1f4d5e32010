package automaton

import "encoding/binary"

// Word is how many octets are looked at at a time.
const Word = 8

// The texts that NoLetters takes: their octets fill one word at least, and have
// a bit each in another.
const (
	MinLen = Word
	MaxLen = 64
)

// AreLetters reports whether the first eight bytes of s, which has as many, are
// ASCII letters.
func AreLetters(s string) bool { return noLetters(binary.LittleEndian.Uint64([]byte(s))) == 0 }

// NoLetters returns a set of bits. Bit n is set where s[n] is no ASCII letter.
// It looks at eight bytes at a time, and at some of the last for a second time.
func NoLetters(s string) (set uint64) {
	i := 0
	for ; i < len(s)-MinLen; i += MinLen {
		set |= noLetters(binary.LittleEndian.Uint64([]byte(s[i:]))) << (i & 63)
	}
	i = len(s) - MinLen
	return set | noLetters(binary.LittleEndian.Uint64([]byte(s[i:])))<<(i&63)
}

// IsASCII reports whether s is ASCII.
func IsASCII(s string) bool {
	var all uint64
	for ; len(s) >= Word; s = s[Word:] {
		all |= binary.LittleEndian.Uint64([]byte(s))
	}
	for i := range len(s) {
		all |= uint64(s[i])
	}
	return all&high == 0
}

const (
	each = 0x0101010101010101
	high = 0x80 * each // the bit of a byte that says what is true of it
)

// noLetters is NoLetters for eight bytes.
func noLetters(bytes uint64) uint64 {
	lower := bytes&^high | ('a'-'A')*each
	fromA, behindZ := lower+(0x80-'a')*each, lower+(0x80-'z'-1)*each
	no := (^fromA | behindZ | bytes) & high
	const sideBySide = 0x0002040810204081
	return no * sideBySide >> 56
}
