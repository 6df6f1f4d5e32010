package repair

import (
	"html"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cspkit/partner"
)

// Junk returns a sentence about a name that a program has spoiled, though the
// library takes it for a name. It returns "" if there is nothing to say. Sure
// says that nobody is called so.
//
//	name                        sure
//	#REF!                       yes
//	undefined, (No value)       yes
//	null, N/A                   no: some people are called Null
//	&quot;Anna&quot;            no
//	JÃ¼rgen                     no
//	M?ller                      no
func Junk(name string) (sentence string, sure bool) {
	if !suspect(name) {
		return "", false
	}
	word := strings.ToLower(strings.TrimSpace(name))
	switch {
	case spreadsheetError(name):
		return spreadsheetShows, true
	case slices.Contains([]string{"undefined", "(no value)", "(null)", "(none)", "(blank)"}, word):
		return "A program has written a word for nothing in place of the name.", true
	case slices.Contains([]string{"null", "n/a"}, word):
		return "A program may have written a word for nothing in place of the name.", false
	case entity(name):
		return "There is a code of HTML in the name; write the character that it stands for.", false
	case misread(name):
		return "The name looks like UTF-8 that was read in another encoding: one letter has become two characters.", false
	case lostLetter(name):
		return "There is a question mark between letters; a letter may have been lost there.", false
	}
	return "", false
}

// Clean reports whether neither Read nor Junk has anything to say of a contact
// in which the library finds nothing. It is quick. False means that they may.
func Clean(c *partner.SecurityContact) bool {
	return c.Phone != "" && c.Phone[0] == '+' && c.Email != "" && c.Email[0] != '=' &&
		!suspect(c.FirstName) &&
		(c.LastName == c.FirstName || !suspect(c.LastName)) &&
		(c.MiddleName == "" || c.MiddleName == c.FirstName || !suspect(c.MiddleName))
}

// odd has the bytes that make a name worth a look. The last two are the first
// bytes of Ã and of €.
var odd = [256]uint8{'#': 1, '&': 1, '?': 1, '(': 1, '/': 1, '=': 1, 0xc3: 1, 0xe2: 1}

// suspect reports whether Junk need look at all. It is quick, for few names are
// junk.
func suspect(name string) bool {
	found := uint8(0)
	rest := name
	for ; len(rest) >= 4; rest = rest[4:] {
		found |= odd[rest[0]] | odd[rest[1]] | odd[rest[2]] | odd[rest[3]]
	}
	for i := range len(rest) {
		found |= odd[rest[i]]
	}
	return found != 0 && oddly(name) || mayBeNothing(name)
}

// oddly reports whether a name has one of the odd bytes. A letter such as É has
// none, unless one follows that is read where UTF-8 goes on.
func oddly(name string) bool {
	for i := range len(name) {
		switch {
		case odd[name[i]] == 0:
		case name[i] != 0xc3, i+2 < len(name) && name[i+1] <= 0x91 && goesOn[name[i+2]]: // Ã to Ñ
			return true
		}
	}
	return false
}

// goesOn has the first bytes of the characters that oneByte reads as 0x80 to
// 0xBF.
var goesOn = func() (first [256]bool) {
	for _, r := range windows1252 {
		first[string(r)[0]] = true
	}
	first["\u00a0"[0]] = true // to U+00BF
	return first
}()

// mayBeNothing reports whether a name may be null or undefined, with a space
// beside it.
func mayBeNothing(name string) bool {
	if len(name) < len("null") {
		return false
	}
	switch name[0] | 0x20 {
	case ' ':
		return true
	case 'n':
		return name[1]|0x20 == 'u' && name[2]|0x20 == 'l'
	case 'u':
		return name[1]|0x20 == 'n' && name[2]|0x20 == 'd'
	}
	return false
}

// entity reports whether text has a character as HTML writes it.
func entity(text string) bool {
	for {
		_, after, found := strings.Cut(text, "&")
		if !found {
			return false
		}
		if code, _, ok := strings.Cut(after, ";"); ok && len(code) < 10 {
			whole := "&" + code + ";"
			if plain := html.UnescapeString(whole); !strings.HasSuffix(plain, ";") {
				return true
			}
		}
		text = after
	}
}

// windows1252 has the characters of the bytes 0x80 to 0x9F.
const windows1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ"

// oneByte returns the byte that is read as r, or 0.
func oneByte(r rune) byte {
	if 0xa0 <= r && r <= 0xff || 0x80 <= r && r < 0xa0 {
		return byte(r)
	}
	n := byte(0x80)
	for _, of := range windows1252 {
		if of == r {
			return n
		}
		n++
	}
	return 0
}

// misread reports whether text has letters that are the bytes of one letter in
// UTF-8, read as Windows-1252. One pair is enough where the first is Ã, Ä or Å,
// for Latin letters are two bytes that start so. Of Greek and Cyrillic it takes
// two. Nobody writes â before €.
func misread(text string) bool {
	if strings.Contains(text, "\u00e2\u20ac") {
		return true
	}
	pairs, first := 0, byte(0)
	for _, r := range text {
		b := oneByte(r)
		if first != 0 && 0x80 <= b && b < 0xc0 {
			if letter, _ := utf8.DecodeRune([]byte{first, b}); unicode.IsLetter(letter) {
				if pairs++; first <= 0xc5 || pairs > 1 {
					return true
				}
			}
		}
		if first = b; b < 0xc3 || b > 0xd1 {
			first = 0
		}
	}
	return false
}

// lostLetter reports whether a question mark stands between two letters.
func lostLetter(text string) bool {
	for rest := text; ; {
		before, after, found := strings.Cut(rest, "?")
		if !found {
			return false
		}
		last, _ := utf8.DecodeLastRuneInString(before)
		next, _ := utf8.DecodeRuneInString(after)
		if unicode.IsLetter(last) && unicode.IsLetter(next) {
			return true
		}
		rest = after
	}
}
