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

// Letters returns how many octets s begins with that are ASCII letters. It
// counts whole words of eight.
func Letters(s string) int {
	n := 0
	for n <= len(s)-Word && notLetters(binary.LittleEndian.Uint64([]byte(s[n:]))) == 0 {
		n += Word
	}
	return n
}

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
	n := 0
	for ; n <= len(s)-Word; n += Word {
		all |= binary.LittleEndian.Uint64([]byte(s[n:]))
	}
	for ; n < len(s); n++ {
		all |= uint64(s[n])
	}
	return all&high == 0
}

const (
	each = 0x0101010101010101
	high = 0x80 * each // the bit of a byte that says what is true of it
)

// noLetters is NoLetters for eight bytes.
func noLetters(bytes uint64) uint64 {
	const sideBySide = 0x0002040810204081
	return notLetters(bytes) * sideBySide >> 56
}

// notLetters sets the high bit of each of eight bytes that is no letter.
func notLetters(bytes uint64) uint64 {
	lower := bytes&^high | ('a'-'A')*each
	fromA, behindZ := lower+(0x80-'a')*each, lower+(0x80-'z'-1)*each
	return (^fromA | behindZ | bytes) & high
}
