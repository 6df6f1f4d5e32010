package challenge

import (
	"crypto/subtle"
	"encoding/binary"
	"unicode"
)

// alphabet is Crockford's base32: no I, L, O and U, which people misread.
//
// https://www.crockford.com/base32.html
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// codeLength is how many characters a code has, without its hyphen: 40 bits.
const codeLength = 8

// code is one without its hyphen. The zero value is no code.
type code [codeLength]byte

// codeOf makes a code from the first 40 bits of sum.
func codeOf(sum []byte) (c code) {
	bits := binary.BigEndian.Uint64(sum) >> 24
	for i := range c {
		c[i] = alphabet[bits>>(5*(codeLength-1-i))&31]
	}
	return c
}

// String returns the code as it stands in a mail: "7KQ4-M2XD".
func (c code) String() string { return string(c[:4]) + "-" + string(c[4:]) }

// equal compares in constant time.
func (c code) equal(other code) int { return subtle.ConstantTimeCompare(c[:], other[:]) }

// IsCode reports whether text has the shape of an answer code, after the
// corrections of [Issuer.VerifyCode]. If it reports false, nobody has tried a
// code, so do not count a wrong one.
func IsCode(text string) bool {
	_, ok := readCode(text)
	return ok
}

// readCode reads a code as people type it. White space and dashes are left out.
func readCode(text string) (c code, ok bool) {
	n := 0
	for _, r := range text {
		if unicode.IsSpace(r) || unicode.Is(unicode.Dash, r) {
			continue
		}
		char := readChar(r)
		if char == 0 || n == codeLength {
			return code{}, false
		}
		c[n] = char
		n++
	}
	if n < codeLength {
		return code{}, false
	}
	return c, true
}

// readChar returns the character of the alphabet that r stands for, or 0.
func readChar(r rune) byte {
	if 'a' <= r && r <= 'z' {
		r += 'A' - 'a'
	}
	switch r {
	case 'O':
		return '0'
	case 'I', 'L':
		return '1'
	}
	for i := range len(alphabet) {
		if rune(alphabet[i]) == r {
			return alphabet[i]
		}
	}
	return 0
}
