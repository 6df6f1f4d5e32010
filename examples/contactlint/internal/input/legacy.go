package input

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/transform"
)

// The names of the encodings that are known without being told.
const (
	UTF8        = "utf-8"
	utf16le     = "utf-16le"
	utf16be     = "utf-16be"
	windows1252 = "windows-1252"
	shiftJIS    = "shift_jis"
)

// Encoding returns the name of an encoding as this package has it. It knows the
// names of the WHATWG Encoding Standard, such as windows-1252 and shift_jis,
// and those of dos.
func Encoding(name string) (string, error) {
	low := strings.ToLower(strings.TrimSpace(name))
	if number, ok := strings.CutPrefix(low, "cp"); ok && dos["ibm"+number] != nil {
		low = "ibm" + number
	}
	switch {
	case dos[low] != nil:
		return low, nil
	case low == "cp932":
		return shiftJIS, nil
	}
	e, err := htmlindex.Get(name)
	if err == nil {
		name, err = htmlindex.Name(e)
	}
	if err != nil || e == japanese.ISO2022JP || name == "replacement" || name == "x-user-defined" {
		return "", fmt.Errorf("the encoding is not known; try utf-8, utf-16le, windows-1252, windows-1250 (Polish), " +
			"cp850, cp437, cp852, cp866 (DOS), shift_jis, gbk or big5")
	}
	return name, nil
}

// dos are the code pages of DOS that the WHATWG Encoding Standard does not
// have. Excel writes them for "CSV (MS-DOS)".
var dos = map[string]encoding.Encoding{
	"ibm437": charmap.CodePage437,
	"ibm850": charmap.CodePage850,
	"ibm852": charmap.CodePage852,
	"ibm858": charmap.CodePage858,
}

// encodingOf returns the encoding with a name that Encoding returns.
func encodingOf(name string) (encoding.Encoding, error) {
	if e := dos[name]; e != nil {
		return e, nil
	}
	return htmlindex.Get(name)
}

// guess returns the encoding of a text that cannot be UTF-8: shift_jis if it is
// Japanese, and windows-1252 otherwise. It returns "" for a text that is UTF-8
// but for a few broken rows. Head is the start of the text. It may end within a
// character.
func guess(head []byte) string {
	broken, whole := 0, 0
	for rest := head; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		switch {
		case r == utf8.RuneError && size == 1 && !utf8.FullRune(rest): // the text goes on
		case r == utf8.RuneError && size == 1:
			broken++
		case size > 1:
			whole++
		}
		rest = rest[size:]
	}
	switch {
	case broken <= whole:
		return ""
	case isJapanese(head):
		return shiftJIS
	}
	return windows1252
}

// isJapanese reports whether text can be Shift JIS, but for a few bytes, and
// holds kana. The bytes of kana are rare marks in Windows-1252.
func isJapanese(text []byte) bool {
	decoded, _, err := transform.Bytes(japanese.ShiftJIS.NewDecoder(), text)
	if err != nil {
		return false
	}
	kana, broken := 0, 0
	for _, r := range string(decoded) {
		switch {
		case r == utf8.RuneError:
			broken++
		case unicode.In(r, unicode.Hiragana, unicode.Katakana) && r < 0xFF00:
			kana++
		}
	}
	return kana > 0 && broken <= kana
}

// A byte that is no text is written as three bytes that no UTF-8 holds: stray,
// and half of it each. So the row is known as broken, and Encoder gets the byte
// back.
const stray = 0xFF

func appendStray(to []byte, b byte) []byte { return append(to, stray, 0x80|b>>4, 0x80|b&0xF) }

// decoder makes UTF-8 of another encoding. The decoders of x/text make U+FFFD
// of what is broken, and nobody could tell that from text.
type decoder struct {
	transform.NopResetter

	inner transform.Transformer
	lost  []byte // U+FFFD itself in the encoding; nil if it does not have it
	unit  int    // bytes that are broken together
}

// Transform implements transform.Transformer.
func (d decoder) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	d.inner.Reset()
	nDst, nSrc, err = d.inner.Transform(dst, src, atEOF)
	if !bytes.Contains(dst[:nDst], []byte("\ufffd")) {
		return nDst, nSrc, err
	}
	return d.slowly(dst, src, atEOF)
}

// slowly decodes one character after the other.
func (d decoder) slowly(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	for nSrc < len(src) {
		text, size := d.character(src[nSrc:], atEOF)
		switch {
		case size == 0:
			return nDst, nSrc, transform.ErrShortSrc
		case len(dst)-nDst < len(text):
			return nDst, nSrc, transform.ErrShortDst
		}
		nDst += copy(dst[nDst:], text)
		nSrc += size
	}
	return nDst, nSrc, nil
}

// character decodes the character at the start of src. A size of 0 means that
// it goes on after src.
func (d decoder) character(src []byte, atEOF bool) (text []byte, size int) {
	var buf [8]byte
	for n := 1; n <= min(4, len(src)); n++ {
		d.inner.Reset()
		wrote, read, _ := d.inner.Transform(buf[:], src[:n], false)
		if read == 0 {
			continue
		}
		if bytes.Contains(buf[:wrote], []byte("\ufffd")) { // and no character after it
			d.inner.Reset()
			wrote, read, _ = d.inner.Transform(buf[:len("\ufffd")], src[:n], false)
		}
		if !bytes.Contains(buf[:wrote], []byte("\ufffd")) || d.isReplacement(src[:read]) {
			return append(text, buf[:wrote]...), read
		}
		for _, b := range src[:read] {
			text = appendStray(text, b)
		}
		return text, read
	}
	if !atEOF && len(src) < 4 {
		return nil, 0
	}
	size = min(d.unit, len(src))
	for _, b := range src[:size] {
		text = appendStray(text, b)
	}
	return text, size
}

// isReplacement reports whether src is the character U+FFFD itself.
func (d decoder) isReplacement(src []byte) bool { return d.lost != nil && bytes.Equal(src, d.lost) }

// ErrUnwritable says that the encoding of a file has no place for a character.
var ErrUnwritable = errors.New(
	"a character of the fixed file does not exist in its encoding; save the input as UTF-8 first")

// encoder is decoder turned round.
type encoder struct {
	transform.NopResetter

	inner *encoding.Encoder
}

// Transform implements transform.Transformer.
func (e encoder) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	for nSrc < len(src) {
		text := src[nSrc:]
		if text[0] == stray {
			switch {
			case len(text) < 3:
				return nDst, nSrc, transform.ErrShortSrc
			case nDst == len(dst):
				return nDst, nSrc, transform.ErrShortDst
			}
			dst[nDst] = text[1]<<4 | text[2]&0xF
			nDst, nSrc = nDst+1, nSrc+3
			continue
		}
		end := bytes.IndexByte(text, stray)
		if end < 0 {
			end = len(text)
		}
		e.inner.Reset()
		wrote, read, err := e.inner.Transform(dst[nDst:], text[:end], atEOF || end < len(text))
		nDst, nSrc = nDst+wrote, nSrc+read
		switch {
		case errors.Is(err, transform.ErrShortDst), errors.Is(err, transform.ErrShortSrc):
			return nDst, nSrc, err
		case err != nil:
			r, size := utf8.DecodeRune(src[nSrc:])
			if r < 0x80 || r > 0x9F { // a control character, which some decoders read and no encoder writes
				return nDst, nSrc, ErrUnwritable
			}
			if nDst == len(dst) {
				return nDst, nSrc, transform.ErrShortDst
			}
			dst[nDst] = byte(r)
			nDst, nSrc = nDst+1, nSrc+size
		}
	}
	return nDst, nSrc, nil
}
