package name

import (
	"unicode/utf8"

	"github.com/cspkit/partner/internal/automaton"
)

// A plain text is like most. Nothing need be done to it:
//   - it has common letters, digits, harmless signs and single spaces inside;
//   - it is normalised.
//
// The automaton finds that out. It decides nothing of its own, it only saves
// time. Its states are:
const (
	odd   automaton.State = iota * automaton.Size // must be looked at by the full rule
	start                                         // nothing, or signs and a space behind them
	signs                                         // signs, and no letter yet
	word                                          // the last is no space, and there is a letter or a digit
	gap                                           // the last is a space, and there is a letter or a digit
	tail                                          // in a letter, one more byte follows
	tails                                         // in a letter, two more follow
	latin                                         // behind 0xc3, with "×" and "÷" among its letters
	han                                           // behind 0xe4, of which only the last are letters
)

// longText is how many octets only long texts have.
const longText = 32

// isPlain reports whether s is plain and a name: it has a letter or a digit,
// and no sign but those of names. Check finds no fault in it but its length.
func isPlain(s string) bool {
	rest, at := s, start
	if len(s) > longText {
		rest, at = walkLong(s, &nameRows)
	}
	at = nameRows.Walk(rest, at)
	return at == word || at == odd && kindsOf(s) == alnum
}

// IsPlainLine reports whether s is plain, for any line. That may have the other
// signs of ASCII, and no letter.
func IsPlainLine(s string) bool {
	rest, at := s, start
	if len(s) > longText {
		rest, at = walkLong(s, &lineRows)
	}
	at = lineRows.Walk(rest, at)
	return at == word || at == signs || at == odd && kindsOf(s)&other == 0
}

// walkLong returns the state in which a long text ends, but for the last bytes,
// and these. It steps over letters, eight at a time: they lead where one does.
func walkLong(s string, rows *automaton.Rows) (rest string, at automaton.State) {
	at = start
	for len(s) >= automaton.Word {
		if n := automaton.Letters(s); n > 0 {
			at, s = at.Next(rows['a']), s[n:]
		} else {
			at, s = rows.Walk(s[:automaton.Word], at), s[automaton.Word:]
		}
	}
	return s, at
}

var (
	nameRows = newRows(alnum)
	lineRows = newRows(alnum | mark)
)

// newRows returns the rows of plain texts. Of ASCII they have letters, harmless
// signs, spaces and what is in kinds.
func newRows(kinds kind) (rows automaton.Rows) {
	for c := range rune(utf8.RuneSelf) {
		r := &rows[c]
		switch k := kindOf(c); {
		case k == blank:
			r.Lead(start, signs)
			r.Lead(gap, word)
		case k&^kinds != 0: // odd
		case k == alnum:
			r.Lead(word, start, signs, word, gap)
		default:
			r.Lead(signs, start, signs)
			r.Lead(word, word, gap)
		}
	}

	// Letters of two and of three bytes. The first bytes that are not here begin
	// other characters as well, and none that are common in names.
	begin := func(first, last byte, to automaton.State) {
		for c := first; c <= last; c++ {
			rows[c].Lead(to, start, signs, word, gap)
		}
	}
	begin(0xc3, 0xc3, latin)
	begin(0xc4, 0xc8, tail) // Latin
	begin(0xd0, 0xd1, tail) // Cyrillic
	begin(0xe4, 0xe4, han)
	begin(0xe5, 0xe9, tails) // Chinese
	for c := byte(0x80); c <= 0xbf; c++ {
		rows[c].Lead(word, tail)
		rows[c].Lead(tail, tails)
		if c != '×'&0x3f|0x80 && c != '÷'&0x3f|0x80 {
			rows[c].Lead(word, latin)
		}
		if c >= 0xb8 {
			rows[c].Lead(tail, han)
		}
	}
	return rows
}

// kind sorts the characters of a text.
type kind uint8

const (
	blank kind = 1 << iota // a space
	alnum                  // a common letter, or a digit
	mark                   // a sign of ASCII that is harmless in a line, but not in every name
	other                  // must be looked at
)

// kindOf returns the kind of a character. That of the signs of names is 0.
func kindOf(r rune) kind {
	switch {
	case '0' <= r && r <= '9', 'A' <= r && r <= 'Z', 'a' <= r && r <= 'z', IsCommonLetter(r):
		return alnum
	case r == ' ':
		return blank
	case r == '&', r == '\'', r == '(', r == ')', r == ',', r == '-', r == '.':
		return 0
	case '!' <= r && r <= '~':
		return mark
	default:
		return other
	}
}

// kindsOf returns the kinds of the characters of s. Of its spaces it tells only
// those at an end, and two in a row: they are other. So is an empty text.
func kindsOf(s string) (seen kind) {
	last := blank
	for _, r := range s {
		k := kindOf(r)
		if seen |= k &^ blank; k&last&blank != 0 {
			seen |= other
		}
		last = k
	}
	if last == blank {
		seen |= other
	}
	return seen
}

// IsCommonLetter reports whether r, which is outside ASCII, is a letter of the
// most common ones. It knows ranges that hold letters alone, and letters that
// NFC leaves as they are wherever they stand.
func IsCommonLetter(r rune) bool {
	return 'À' <= r && r <= '\u024f' && r != '×' && r != '÷' || // Latin
		'\u0400' <= r && r <= '\u0481' || // Cyrillic
		'\u4e00' <= r && r <= '\u9fff' || // Chinese, and Japanese kanji
		'\uac00' <= r && r <= '\ud7a3' // Korean
}
