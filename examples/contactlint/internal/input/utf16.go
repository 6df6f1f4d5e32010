package input

import (
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/transform"
)

// broken is written for what is no UTF-16: half a pair, or half a character. No
// UTF-8 holds this byte, so it cannot pass for text.
const broken = 0xFF

// utf16Decoder makes UTF-8 of UTF-16. The decoder of x/text makes U+FFFD of
// what is broken, and nobody could tell that from text.
type utf16Decoder struct {
	transform.NopResetter

	order binary.ByteOrder
}

// Transform implements transform.Transformer.
func (d utf16Decoder) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	for nSrc < len(src) {
		r, size := d.decode(src[nSrc:])
		switch {
		case size == 0 && !atEOF:
			return nDst, nSrc, transform.ErrShortSrc
		case len(dst)-nDst < utf8.UTFMax:
			return nDst, nSrc, transform.ErrShortDst
		case size == 0: // the file ends within a character
			r, size = -1, min(2, len(src)-nSrc)
		}
		if r < 0 {
			dst[nDst] = broken
			nDst++
		} else {
			nDst += utf8.EncodeRune(dst[nDst:], r)
		}
		nSrc += size
	}
	return nDst, nSrc, nil
}

// decode returns the character at the start of src and its length. The
// character is -1 for a surrogate without the other one. A length of 0 means
// that the character goes on after src.
func (d utf16Decoder) decode(src []byte) (r rune, size int) {
	if len(src) < 2 {
		return 0, 0
	}
	r = rune(d.order.Uint16(src))
	if !utf16.IsSurrogate(r) {
		return r, 2
	}
	if len(src) < 4 {
		return 0, 0
	}
	if r = utf16.DecodeRune(r, rune(d.order.Uint16(src[2:]))); r == utf8.RuneError {
		return -1, 2
	}
	return r, 4
}
