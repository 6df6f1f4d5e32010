// Package swar looks at eight bytes of a text at a time, in one register. It is
// for what is done with each byte of a large file.
package swar

import "math/bits"

// The masks have the same bits in each byte.
const (
	ones = 0x0101010101010101
	low7 = 0x7f * ones
	high = 0x80 * ones
)

// All returns eight times the byte.
func All(b byte) uint64 { return uint64(b) * ones }

// Load returns the first eight bytes of s, the first of them lowest.
func Load(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// Equal returns a word with a bit for each byte that two words have in common
// in the same place.
func Equal(a, b uint64) uint64 {
	other := a ^ b
	return ^((other&low7 + low7) | other) & high
}

// First returns the place of the first byte with a bit in a word that is not
// zero.
func First(found uint64) int { return bits.TrailingZeros64(found) / 8 }

// Wide reports whether a word holds a byte that is not ASCII.
func Wide(word uint64) bool { return word&high != 0 }
