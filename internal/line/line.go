// Package line keeps text from outside on one line: of a mail header, of a
// message, of a log.
package line

import (
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Valid reports whether s is one line of text. Such a line
//   - is valid UTF-8;
//   - has something to be seen;
//   - holds no control character and no bidirectional control;
//   - holds no line or paragraph separator.
func Valid(s string) bool {
	seen := false
	for i, r := range s {
		if r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD") || breaks(r) || isBidi(r) {
			return false
		}
		seen = seen || visible(r)
	}
	return seen
}

// Clean returns s as a line that Valid accepts, or "" if s is blank.
//
//   - A run of white space, controls and line ends becomes one space.
//   - Spaces at the ends go.
//   - Bidirectional controls go.
//   - Each byte that is not UTF-8 becomes U+FFFD, as in encoding/json.
//
// A blank text has only white space and invisible characters. If it has a
// control among them, Clean returns U+FFFD: something was there.
func Clean(s string) string {
	if IsClean(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	var space, control, seen bool
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			space = true
		case breaks(r):
			space, control = true, true
		case isBidi(r):
			control = true
		default:
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			seen = seen || visible(r)
			b.WriteRune(r)
		}
	}
	switch {
	case seen:
		return b.String()
	case control:
		return string(utf8.RuneError)
	default:
		return ""
	}
}

// IsClean reports whether Clean has nothing to do. That is so for nearly all
// texts, and costs no allocation.
func IsClean(s string) bool {
	if s == "" || ascii.Is(s) {
		return true
	}
	afterSpace, seen := true, false // a space at the start is one too many
	for i := 0; i < len(s); {
		if n := ordinary(s[i:]); n > 0 {
			afterSpace, seen = false, true
			i += n
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == ' ':
			if afterSpace {
				return false
			}
		case unicode.IsSpace(r), breaks(r), isBidi(r), r == utf8.RuneError && n == 1:
			return false
		}
		afterSpace, seen = r == ' ', seen || visible(r)
		i += n
	}
	return !afterSpace && seen
}

// ascii has what is clean in ASCII.
var ascii = NewPlain("")

// Cut returns s if it has at most limit code points. Otherwise it returns as
// many as fit before an ellipsis. The limit is at least one.
func Cut(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	var end, n int
	for i := range s {
		if n == limit {
			return s[:end] + "…"
		}
		end = i
		n++
	}
	return s
}

// Header returns the clean text s for use in a mail header, at most limit code
// points long. No mail program decodes it: "=?" starts an encoded word
// (RFC 2047) and gets a space inside. A good text comes back as it is.
func Header(s string, limit int) string {
	return Cut(strings.ReplaceAll(s, EncodedWord, "= ?"), limit)
}

// EncodedWord starts an encoded word. No result of Header holds it.
const EncodedWord = "=?"

// Lines yields the lines of s, each of them clean. It leaves out blank lines at
// the ends. Of several blank lines in a row it keeps one.
//
// A line ends where Unicode says that it must (UAX #14): at CR, LF, CR LF, VT,
// FF, NEL, U+2028 and U+2029.
func Lines(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		rest, seen, gap := s, false, false
		for rest != "" {
			var text string
			text, rest = cutLine(rest)
			if text = Clean(text); text == "" {
				gap = seen
				continue
			}
			if gap && !yield("") || !yield(text) {
				return
			}
			seen, gap = true, false
		}
	}
}

// Split returns what Lines yields.
func Split(s string) []string { return slices.Collect(Lines(s)) }

// cutLine returns the first line of s without its end, and what follows it.
func cutLine(s string) (text, rest string) {
	for i, r := range s {
		switch r {
		case '\r':
			return s[:i], strings.TrimPrefix(s[i+1:], "\n")
		case '\n', '\v', '\f', '\u0085', '\u2028', '\u2029':
			return s[:i], s[i+utf8.RuneLen(r):]
		}
	}
	return s, ""
}

// breaks reports whether r is a control character or ends a line.
func breaks(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' }

// ordinary returns how many octets the first character of s has, if it is one of
// those of which nearly all text is made, otherwise 0: what can be seen of
// Latin, Greek, Cyrillic, Chinese, Japanese and Korean. It saves the time to
// decode it and to ask the tables of package unicode, which say the same.
func ordinary(s string) int {
	switch c := s[0]; {
	case ' ' < c && c <= '~':
		return 1
	case 0xC3 <= c && c <= 0xD3 && c != 0xCD: // U+00C0 to U+04FF, without the invisible U+034F
		if len(s) >= 2 && continues(s[1]) {
			return 2
		}
	case c == 0xE3: // from U+3001, behind a space, to U+313F, before an invisible Hangul filler
		if len(s) >= 3 && continues(s[1]) && continues(s[2]) && s[1] <= 0x84 && s[1:3] != "\x80\x80" {
			return 3
		}
	case 0xE4 <= c && c <= 0xE9, c == 0xEB, c == 0xEC: // U+4000 to U+9FFF, and most of Hangul
		if len(s) >= 3 && continues(s[1]) && continues(s[2]) {
			return 3
		}
	}
	return 0
}

// continues reports whether c is an octet of a character, but not its first.
func continues(c byte) bool { return c&0xC0 == 0x80 }

// visible reports whether something of r can be seen.
//
// Package unicode has no table of Default_Ignorable_Code_Point. By definition
// it is the two tables below and a part of Cf. U+2800, the Braille pattern
// blank, is drawn as nothing and is not white space.
func visible(r rune) bool {
	if r < utf8.RuneSelf {
		return r > ' '
	}
	return !unicode.IsSpace(r) && r != '\u2800' &&
		!unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// isBidi reports whether r can reorder the text around it: the explicit
// formatting characters and the marks of UAX #9.
func isBidi(r rune) bool { return unicode.Is(unicode.Bidi_Control, r) }
