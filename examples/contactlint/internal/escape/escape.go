// Package escape makes text from outside, such as a file name, fit for a
// terminal.
package escape

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Text returns s with an escape, as in a Go string, for all that is neither a
// visible character nor a space:
//   - controls and escape sequences;
//   - marks that turn the direction of text;
//   - bytes that are not UTF-8.
func Text(s string) string {
	return replace(s, func(b *strings.Builder, r rune, raw string) {
		switch {
		case r == utf8.RuneError && len(raw) == 1, r < 0x80:
			fmt.Fprintf(b, `\x%02x`, raw[0])
		case r <= 0xFFFF:
			fmt.Fprintf(b, `\u%04x`, r)
		default:
			fmt.Fprintf(b, `\U%08x`, r)
		}
	})
}

// JSON returns valid JSON with escapes in its strings for what Text escapes. It
// means the same.
func JSON(document []byte) string {
	return replace(string(document), func(b *strings.Builder, r rune, raw string) {
		switch {
		case r < 0x20: // between tokens, for strings hold none
			b.WriteString(raw)
		case r <= 0xFFFF:
			fmt.Fprintf(b, `\u%04x`, r)
		default:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(b, `\u%04x\u%04x`, high, low)
		}
	})
}

// replace writes each character that is not visible by write.
func replace(s string, write func(b *strings.Builder, r rune, raw string)) string {
	if strings.IndexFunc(s, func(r rune) bool { return !visible(r) }) < 0 {
		return s
	}
	var b strings.Builder
	for i, n := 0, 0; i < len(s); i += n {
		var r rune
		if r, n = utf8.DecodeRuneInString(s[i:]); visible(r) {
			b.WriteString(s[i : i+n])
		} else {
			write(&b, r, s[i:i+n])
		}
	}
	return b.String()
}

func visible(r rune) bool {
	return ' ' <= r && r <= '~' || unicode.IsGraphic(r) && r != utf8.RuneError
}
