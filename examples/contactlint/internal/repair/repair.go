// Package repair says what a cell holds, and what is wrong with it.
//
// Programs write more into a cell than the value: a spreadsheet's formula, the
// name beside an address, a character that cannot be seen.
//   - If exactly one value can be meant, [Read] returns it. The table readings
//     is what it knows.
//   - If not, [Cause] says what stands in the way. The table causes is what it
//     knows.
//
// No sentence repeats the text. A character that cannot be seen, or is hard to
// tell from another, is named by its number in Unicode: U+202E.
package repair

import (
	"mime"
	"slices"
	"strings"
	"unicode"

	"github.com/cspkit/partner"
)

// Kind is what a cell is meant to hold.
type Kind int

// The kinds.
const (
	Text  Kind = iota + 1 // any text, such as an address line
	Name                  // of a person or a company
	Email                 // one address
	Phone                 // one number
)

// KindOf returns the kind of a field.
func KindOf(f partner.Field) Kind {
	path := f.String()
	switch name := path[strings.LastIndexByte(path, '/')+1:]; {
	case name == "email":
		return Email
	case name == "phoneNumber":
		return Phone
	case strings.HasSuffix(name, "Name"):
		return Name
	}
	return Text
}

// Read returns the value that a cell of a kind holds. If that is not the cell
// as it stands, cause says why, in one sentence.
//
// The value may still be wrong in another way, such as a number without a
// country code. It is never empty. Read gives no reading of a text that the
// library accepts, unless a spreadsheet has made it. It reads what it returns
// as itself.
func Read(k Kind, cell string) (value, cause string) {
	value = cell
	for {
		next, why := step(k, value) // quick, and most often there is nothing
		if why == "" || !MayHold(k, value) && !unreadable(k, value) {
			break
		}
		if cause == "" {
			cause = why
		}
		value = next
	}
	if cause == "" || unreadable(k, value) || partner.NormalizeName(value) == "" {
		return cell, ""
	}
	return value, cause
}

// MayHold reports whether a cell may need Read though the library can tell what
// it means. It is quick.
func MayHold(k Kind, cell string) bool {
	return FromSpreadsheet(k, cell) || k == Phone && zeroTwice(cell)
}

// FromSpreadsheet reports whether a cell looks as a spreadsheet leaves it. It
// is quick.
func FromSpreadsheet(k Kind, cell string) bool {
	return cell != "" && cell[0] == '=' || k == Phone && float(cell)
}

// unreadable reports whether the library cannot tell what the text means. Then,
// and only then, may another text be meant.
func unreadable(k Kind, text string) bool {
	switch k {
	case Name:
		return partner.CheckName(text).Has(partner.CodeNameCharacter)
	case Email:
		found := partner.CheckEmail(text)
		return found.Has(partner.CodeEmailSyntax) || found.Has(partner.CodeEmailDomain)
	case Phone:
		return partner.CheckPhone(text).Has(partner.CodePhoneSyntax)
	}
	return false
}

// step takes away one thing that stands around the value. Without a cause there
// is none.
func step(k Kind, text string) (value, cause string) {
	bytes := bytesOf(text)
	for i := range readings {
		r := &readings[i]
		if r.of != 0 && r.of != k || needs[i] != 0 && needs[i]&bytes == 0 {
			continue
		}
		if value, ok := r.read(text); ok && len(value) < len(text) {
			if r.cause == "" {
				return value, atEdge(text, value)
			}
			return value, r.cause
		}
	}
	return text, ""
}

// bytesOf returns which bytes a text has, a bit each. Four bytes share one.
func bytesOf(text string) (set uint64) {
	for i := range len(text) {
		set |= 1 << (text[i] & 63)
	}
	return set
}

// needs has the bytes of each of readings.
var needs = func() (all [len(readings)]uint64) {
	for i, r := range readings {
		all[i] = bytesOf(r.needs)
	}
	return all
}()

// readings is the table of what may stand around a value. The first that fits
// is taken away, and then the next.
var readings = [...]struct {
	of    Kind // 0: all
	what  string
	needs string // bytes of which the text must have one; "" is none
	read  func(text string) (value string, ok bool)
	cause string
}{
	{
		0, "U+202A soc@contoso.com U+202C", "", edges,
		"", // see atEdge
	},
	{0, `="02079460958"`, "=", formula, "A spreadsheet's formula stands around the value."},
	{Phone, `=+442079460958`, "=", formulaOfNumber, "A spreadsheet's formula stands around the value."},
	{Phone, `'02079460958`, "'", apostrophe, "A spreadsheet's apostrophe stands before the phone number."},
	{Phone, `442079460958.0`, ".,", wholeNumber, "A spreadsheet has made a decimal number of the phone number."},
	{Phone, `4.42079460958E+11`, "eE", wholeExponent,
		"A spreadsheet has made a number with an exponent of the phone number."},
	{Phone, `0044 (0) 20 7946 0958`, "(", international,
		"The phone number starts with 00 in place of a +, and has a (0)."},
	{
		Phone, `Tel. 020 7946 0958`, "", label,
		"A word such as Tel. stands before the phone number.",
	},
	{Email, `=HYPERLINK("mailto:soc@contoso.com","SOC")`, "=", link,
		"A spreadsheet's link stands around the e-mail address."},
	{Email, `Ada <soc@contoso.com>`, "<", beside('<', '>'), "There is a name beside the e-mail address."},
	{Email, `soc@contoso.com (Ada)`, "(", comment, "There is a name beside the e-mail address."},
	{
		Email, `mailto:soc@contoso.com`, ":", scheme("mailto:", "smtp:", "e-mail:", "email:", "mail:"),
		"A word such as mailto: stands before the e-mail address.",
	},
	{Email, `'soc@contoso.com'`, "\"'\u2018\u201c", quotes, "Quotes stand around the e-mail address."},
	{Email, `soc@contoso.com;`, ",;", separators, "A comma or semicolon stands before or after the e-mail address."},
	{Email, `soc@contoso.com.`, ".", dot, "A dot stands after the e-mail address."},
	{Name, `=?utf-8?q?Ada?=`, "=", encoded, "The name is encoded as in the header of a mail."},
}

// edges takes away what cannot be seen at the ends.
func edges(text string) (string, bool) {
	if text != "" && isVisible(text[0]) && isVisible(text[len(text)-1]) { // nearly always
		return text, true
	}
	return strings.TrimFunc(text, func(r rune) bool {
		return unicode.In(r, unicode.Cf, unicode.Z) || unicode.IsControl(r) && r != 0
	}), true
}

func isVisible(b byte) bool { return ' ' < b && b < 0x7f }

// atEdge says which character edges has taken away. A space is not worth
// telling.
func atEdge(text, value string) string {
	before, after, _ := strings.Cut(text, value)
	for _, r := range before {
		if r != ' ' {
			return "There is " + kindOfCharacter(r) + " before the value (" + number(r) + ")."
		}
	}
	for _, r := range after {
		if r != ' ' {
			return "There is " + kindOfCharacter(r) + " after the value (" + number(r) + ")."
		}
	}
	return "There is a space beside the value."
}

// formula reads a formula whose whole result is one text.
func formula(text string) (string, bool) {
	inside, ok := strings.CutPrefix(text, `="`)
	inside, ok2 := strings.CutSuffix(inside, `"`)
	single := strings.ReplaceAll(inside, `""`, "") // a quote in the text is written twice
	return strings.ReplaceAll(inside, `""`, `"`), ok && ok2 && !strings.Contains(single, `"`)
}

// formulaOfNumber reads what becomes of a number that is typed with its plus.
func formulaOfNumber(text string) (string, bool) {
	inside, ok := strings.CutPrefix(text, "=")
	return inside, ok && !unreadable(Phone, inside)
}

// apostrophe takes away the mark with which a spreadsheet keeps a text as it
// is.
func apostrophe(text string) (string, bool) { return strings.CutPrefix(text, "'") }

// float reports whether a program has written a whole number with decimals:
// "44207946.0", "44207946.00" or "44 207 946,00".
func float(cell string) bool {
	_, ok := wholeNumber(cell)
	return ok
}

// wholeNumber reads a number whose decimals are all zero. Between thousands may
// stand a sign, always the same, and not that of the decimals.
func wholeNumber(text string) (string, bool) {
	whole := strings.TrimRight(text, "0")
	if len(whole) == len(text) || len(whole) <= numberDigits || whole[0] < '1' || whole[0] > '9' {
		return "", false
	}
	mark := whole[len(whole)-1]
	if whole = whole[:len(whole)-1]; mark != '.' && mark != ',' {
		return "", false
	}
	if digitsAlone(whole) {
		return whole, true
	}
	for _, between := range [...]string{" ", ".", ",", "'", "\u00a0", "\u202f", "\u2019"} {
		groups := strings.Split(whole, between)
		if between[0] == mark || len(groups) < 3 || len(groups[0]) > 3 {
			continue
		}
		if !slices.ContainsFunc(groups[1:], func(g string) bool { return len(g) != 3 || !digitsAlone(g) }) {
			return strings.Join(groups, ""), digitsAlone(groups[0]) && len(strings.Join(groups, "")) >= numberDigits
		}
	}
	return "", false
}

// wholeExponent reads a number with an exponent that still has all its digits.
func wholeExponent(text string) (string, bool) {
	first, fraction, exponent, ok := exponential(text)
	if !ok || len(fraction) != exponent {
		return "", false
	}
	return first + fraction, true
}

// zeroTwice reports whether a number starts with 00 and has a (0).
func zeroTwice(text string) bool {
	return strings.HasPrefix(text, "00") && strings.Contains(text, "(0)")
}

// international reads a number whose country code stands after 00. The (0) says
// so, for it comes after a country code only.
func international(text string) (string, bool) {
	return "+" + strings.TrimLeft(strings.TrimPrefix(text, "00"), " "), zeroTwice(text)
}

// labels are the words that stand before a phone number, in lower case. What
// stands before a number of another kind, such as fax, is none.
var labels = []string{
	"p", "t", "m", "c", "o", "ph", "tel", "telefon", "telephone", "telefono", "teléfono", "tél", "téléphone", "phone",
	"fon", "mob", "mobile", "mobil", "móvil", "cell", "handy", "office", "direct", "work",
}

// label takes away a word before the number.
func label(text string) (string, bool) {
	if text == "" || text[0] < 'A' { // no letter
		return "", false
	}
	number := strings.TrimLeftFunc(text, unicode.IsLetter)
	word := strings.ToLower(text[:len(text)-len(number)])
	number = strings.TrimLeft(number, ".: ")
	return number, strings.IndexAny(number, "+0123456789(") == 0 && slices.Contains(labels, word)
}

const mailto = "mailto:"

// link reads the address of a link whose text is not another address.
func link(text string) (string, bool) {
	const function = `=HYPERLINK("`
	if len(text) < len(function) || !strings.EqualFold(text[:len(function)], function) {
		return "", false
	}
	address, rest, _ := strings.Cut(text[len(function):], `"`)
	shown, ok := strings.CutSuffix(rest, ")")
	shown = strings.Trim(shown, `,; "`)
	plain, _ := scheme(mailto)(address)
	return address, ok && strings.Count(address, "@") == 1 &&
		(!strings.Contains(shown, "@") || strings.EqualFold(shown, plain) ||
			strings.EqualFold(shown, address))
}

// dot takes away the dot of a sentence.
func dot(text string) (string, bool) {
	return strings.TrimRight(text, "."), strings.Count(text, "@") == 1
}

// beside reads an address between two marks, beside the name of a person. An
// address may stand there twice if it is the same.
func beside(open, closing byte) func(string) (string, bool) {
	return func(text string) (string, bool) {
		before, inside, ok := strings.Cut(text, string(open))
		inside, ok2 := strings.CutSuffix(inside, string(closing))
		address := inside
		if len(address) > len(mailto) && strings.EqualFold(address[:len(mailto)], mailto) {
			address = address[len(mailto):]
		}
		same := strings.EqualFold(strings.Trim(before, ` "'[]`), address)
		return inside, ok && ok2 && strings.Count(inside, "@") == 1 && (same || !strings.Contains(before, "@"))
	}
}

// comment reads an address before or within round brackets.
func comment(text string) (string, bool) {
	if value, ok := beside('(', ')')(text); ok {
		return value, true
	}
	address, name, ok := strings.Cut(text, "(")
	name, ok2 := strings.CutSuffix(name, ")")
	return strings.TrimSpace(address), ok && ok2 && strings.Count(address, "@") == 1 && !strings.ContainsAny(name, "@()")
}

// scheme takes away a word before the address.
func scheme(words ...string) func(string) (string, bool) {
	return func(text string) (string, bool) {
		for _, word := range words {
			if len(text) > len(word) && strings.EqualFold(text[:len(word)], word) {
				address, _, _ := strings.Cut(text[len(word):], "?") // a subject may follow
				return strings.Trim(address, " "), true
			}
		}
		return "", false
	}
}

// quotes takes away a pair of marks around the whole.
func quotes(text string) (string, bool) {
	for _, pair := range [...][2]string{{`"`, `"`}, {`'`, `'`}, {"\u2018", "\u2019"}, {"\u201c", "\u201d"}} {
		inside, ok := strings.CutPrefix(text, pair[0])
		if inside, ok2 := strings.CutSuffix(inside, pair[1]); ok && ok2 {
			return inside, true
		}
	}
	return "", false
}

// separators takes away what parts two addresses if there is one alone.
func separators(text string) (string, bool) {
	return strings.Trim(text, ",; "), strings.Count(text, "@") == 1
}

// encoded reads a word of RFC 2047.
func encoded(text string) (string, bool) {
	value, err := new(mime.WordDecoder).DecodeHeader(text)
	return value, err == nil
}
