package repair

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/internal/columns"
)

// Cause returns a sentence about what is wrong with a text in which the library
// found code. It returns "" if there is nothing to say beyond code.Message().
func Cause(code partner.Code, text string) string {
	if code == partner.CodePhoneSyntax && len(text) >= len(tel) && strings.EqualFold(text[:len(tel)], tel) {
		text = text[len(tel):] // no letters of the number
	}
	for _, c := range causes[code] {
		if sentence := c(text); sentence != "" {
			return sentence
		}
	}
	return ""
}

// MayTell reports whether there is a sentence that Cause may say of the code.
func MayTell(code partner.Code) bool { return causes[code] != nil }

// tel may stand before a phone number.
const tel = "tel:"

// causes has what to look for, by code. The first that is found is told.
var causes = map[partner.Code][]func(text string) string{
	partner.CodeNameCharacter: {
		says("There is a web address in the name.", holds("://")),
		says("The name is encoded as in the header of a mail; write it in plain letters.", holds("=?")),
		says("There is a < or a > in the name.", holdsAny("<>\uff1c\uff1e")),
		nameCharacter,
		says("There are more than four accents on one letter of the name.", manyMarks),
	},
	partner.CodeNameNoLetter: {says(spreadsheetShows, spreadsheetError)},
	partner.CodeEmailNonASCIILocal: {
		emailCharacter,
		says("There are full-width letters in the e-mail address; type it in plain ones.", fullWidth),
	},
	partner.CodeEmailSyntax: {
		says("The e-mail address is typed in full-width letters; type it in plain ones.", fullWidthAt),
		says(powerShell, listKind),
		says("There is no @ in the e-mail address.", not(holds("@"))),
		says("None of these addresses is the primary one, which SMTP: in capitals marks.", noPrimary),
		says("This looks like several e-mail addresses; give one.", severalAddresses),
		says("There is more than one @ in the e-mail address.", holdsTwice("@")),
		says("There is a line break in the e-mail address.", holdsLineBreak),
		says("There is a name beside the e-mail address; give the address alone.", holdsAny(`<>"()`)),
		says("There is nothing before the @.", starts("@")),
		says("There is nothing after the @.", ends("@")),
		says("There is a space in the e-mail address.", holdsSpace),
		emailCharacter,
		says("There is a dot too many before the @.", dotTooMany),
		says("There are more than 64 characters before the @.", longLocal),
	},
	partner.CodePhoneSyntax: {
		says("A spreadsheet has made a number with an exponent of this, such as 4.42E+11; its last digits are lost.",
			exponent),
		says(spreadsheetShows, spreadsheetError),
		says(powerShell, listKind),
		says("There is no digit in the phone number.", not(holdsDigit)),
		says("This looks like two phone numbers; give one.", twoNumbers),
		says("There is a line break in the phone number.", holdsLineBreak),
		says("The extension is longer than 7 digits.", longExtension),
		says("There is a letter in the phone number; write digits, and ext. before an extension.", holdsLetter),
		says("There is more than one + in the phone number.", holdsTwice("+")),
		says("The + stands within the phone number; put it at the start.", plusWithin),
		says("It is not clear whether the (0) is dialled from abroad; write the number as it is dialled there.",
			holds("(0)")),
		phoneCharacter,
	},
}

const spreadsheetShows = "This is what a spreadsheet shows in place of a value: " +
	"an error, or a column that is too narrow."

const powerShell = "PowerShell has written the kind of a list in place of what is in it; " +
	"export the numbers or addresses joined to one text."

// says returns a cause: the sentence if the text is so.
func says(sentence string, is func(text string) bool) func(string) string {
	return func(text string) string {
		if is(text) {
			return sentence
		}
		return ""
	}
}

// lineBreaks are all characters that end a line.
const lineBreaks = "\n\r\v\f\u0085\u2028\u2029"

func not(is func(string) bool) func(string) bool { return func(s string) bool { return !is(s) } }

func holds(part string) func(string) bool {
	return func(s string) bool { return strings.Contains(s, part) }
}

func holdsTwice(part string) func(string) bool {
	return func(s string) bool { return strings.Count(s, part) > 1 }
}

func holdsAny(characters string) func(string) bool {
	return func(s string) bool { return strings.ContainsAny(s, characters) }
}

func starts(with string) func(string) bool {
	return func(s string) bool { return strings.HasPrefix(strings.TrimSpace(s), with) }
}

func ends(with string) func(string) bool {
	return func(s string) bool { return strings.HasSuffix(strings.TrimSpace(s), with) }
}

func holdsLineBreak(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] >= utf8.RuneSelf {
			return strings.ContainsAny(s, lineBreaks)
		}
	}
	return false
}

func holdsDigit(s string) bool  { return strings.ContainsFunc(s, unicode.IsDigit) }
func holdsLetter(s string) bool { return strings.ContainsFunc(s, unicode.IsLetter) }
func holdsSpace(s string) bool  { return strings.ContainsFunc(strings.TrimSpace(s), unicode.IsSpace) }

// number names a character: "U+202E".
func number(r rune) string { return fmt.Sprintf("U+%04X", r) }

// nameCharacter tells the first character that names are not written with. It
// asks the library, which judges a character by those around it: a joiner is
// right in Persian and wrong in Latin. So it looks for a joiner last.
func nameCharacter(text string) string {
	text = partner.NormalizeName(text)
	wrong := func(r rune) bool { return partner.CheckName("a" + string(r) + "a").Has(partner.CodeNameCharacter) }
	joins := func(r rune) bool { return r == '\u200c' || r == '\u200d' || unicode.Is(unicode.Variation_Selector, r) }
	for _, last := range []bool{false, true} {
		for _, r := range text {
			if joins(r) == last && wrong(r) {
				return character(r, "name")
			}
		}
	}
	return ""
}

// emailCharacter tells the first character that cannot be seen.
func emailCharacter(text string) string {
	for _, r := range partner.NormalizeEmail(text) {
		if !unicode.IsGraphic(r) || r == unicode.ReplacementChar {
			return character(r, "e-mail address")
		}
	}
	return ""
}

// phoneCharacter tells the first character that phone numbers are not written
// with. It asks the library about each.
func phoneCharacter(text string) string {
	for _, r := range partner.NormalizePhone(text, "") {
		switch {
		case r == '+', unicode.IsDigit(r):
		case partner.CheckPhone("+1 425" + string(r) + "555 0100").Has(partner.CodePhoneSyntax):
			return character(r, "phone number")
		}
	}
	return ""
}

// character says of what kind r is, and where it was found.
func character(r rune, in string) string {
	if r == unicode.ReplacementChar {
		return "A character of the " + in + " was lost before (" + number(r) + "); type it again."
	}
	return "There is " + kindOfCharacter(r) + " in the " + in + " (" + number(r) + ")."
}

// kindOfCharacter says of what kind r is: "a tab".
func kindOfCharacter(r rune) string {
	switch {
	case strings.ContainsRune(lineBreaks, r):
		return "a line break"
	case r == '\t':
		return "a tab"
	case unicode.IsControl(r):
		return "a control character"
	case unicode.In(r, unicode.Co, unicode.Cs, unicode.Cn):
		return "a character that means nothing to others"
	case unicode.IsGraphic(r) && !unicode.In(r, unicode.M, unicode.Z) && r != '\u2800':
		return "a character that does not belong there"
	}
	return "a character that cannot be seen"
}

// manyMarks reports whether more marks stand on one letter than any script
// needs.
func manyMarks(text string) bool {
	run := 0
	for _, r := range partner.NormalizeName(text) {
		run++
		if !unicode.Is(unicode.Mn, r) {
			run = 0
		}
		if run > 4 {
			return true
		}
	}
	return false
}

// fullWidth reports whether text has a letter, digit or sign of the forms that
// are as wide as a Chinese character.
func fullWidth(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return '\uff01' <= r && r <= '\uff5e' })
}

// fullWidthAt reports whether the @ itself is of such a form.
func fullWidthAt(text string) bool {
	return strings.Contains(text, "\uff20") && !strings.Contains(text, "@")
}

// severalAddresses reports whether more than one part of text has an @.
func severalAddresses(text string) bool {
	found := 0
	between := func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;/|&", r) }
	for part := range strings.FieldsFuncSeq(text, between) {
		if strings.Contains(part, "@") {
			found++
		}
	}
	return found > 1
}

func dotTooMany(text string) bool {
	local, _, _ := strings.Cut(partner.NormalizeEmail(text), "@")
	return strings.HasPrefix(local, ".") || strings.HasSuffix(local, ".") || strings.Contains(local, "..")
}

func longLocal(text string) bool {
	local, _, _ := strings.Cut(partner.NormalizeEmail(text), "@")
	return len(local) > 64
}

// numberDigits is how many digits a part of a text has at least if it is a
// phone number of its own. An extension has no more than seven.
const numberDigits = 7

// twoNumbers reports whether two parts of text are long enough for a number.
func twoNumbers(text string) bool {
	long, digits, extension := 0, 0, false
	end := func() {
		if digits >= numberDigits && !extension {
			long++
		}
		digits, extension = 0, false
	}
	for i, r := range text {
		switch {
		case unicode.IsDigit(r):
			digits++
		case strings.ContainsRune(",;:/|&+"+lineBreaks, r):
			end()
			extension = strings.HasPrefix(text[i+1:], "ext")
		case unicode.IsLetter(r) && digits >= numberDigits: // "or", "and"; but also what leads to an extension
			end()
			extension = strings.HasPrefix(text[i:], "ext") || r == 'x' || r == 'X'
		}
	}
	end()
	return long > 1
}

// longExtension reports whether more digits follow the mark of an extension
// than one may have. A mark comes after a whole number: another x is a letter.
func longExtension(text string) bool {
	if !strings.ContainsAny(text, "xX#") { // most
		return false
	}
	lower := strings.ToLower(text)
	at := strings.LastIndexAny(lower, "x#")
	if e := strings.LastIndex(lower, "ext"); e >= 0 {
		at = e
	}
	at = max(at, 0)
	return countDigits(lower[:at]) >= numberDigits && countDigits(lower[at:]) > numberDigits
}

func countDigits(text string) (n int) {
	for _, r := range text {
		if unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

// plusWithin reports whether a digit stands before the +.
func plusWithin(text string) bool {
	before, _, found := strings.Cut(text, "+")
	return found && holdsDigit(before)
}

// exponent reports whether text is a number with an exponent.
func exponent(text string) bool {
	_, _, _, ok := exponential(text)
	return ok
}

// exponential takes a number with an exponent apart: "4.42E+11" into 4, 42 and
// 11. The fraction may stand after a comma.
func exponential(text string) (first, fraction string, exponent int, ok bool) {
	text = strings.TrimSpace(text)
	if len(text) < 3 || text[0] < '1' || text[0] > '9' || strings.IndexByte(".,eE", text[1]) < 0 { // most
		return "", "", 0, false
	}
	mantissa, power, found := strings.Cut(strings.ToUpper(text), "E")
	power = strings.TrimPrefix(power, "+")
	first, fraction, _ = strings.Cut(strings.ReplaceAll(mantissa, ",", "."), ".")
	if !found || len(first) != 1 || len(power) > 2 || !digitsAlone(first+fraction) || !digitsAlone(power) {
		return "", "", 0, false
	}
	exponent, err := strconv.Atoi(power)
	return first, fraction, exponent, err == nil
}

// noPrimary reports whether text is a list of Exchange without a primary
// address.
func noPrimary(text string) bool {
	primary, listed := columns.PrimaryAddress(text)
	return primary == "" && listed > 1
}

// listKind reports whether text is what PowerShell writes for a list: the name
// of its kind.
func listKind(text string) bool {
	switch {
	case strings.HasPrefix(text, "System."):
		return strings.HasSuffix(text, "[]") || strings.Contains(text, "Collections.")
	case strings.HasPrefix(text, "Microsoft."):
		return strings.HasSuffix(text, "Collection")
	}
	return false
}

// digitsAlone reports whether text is digits of ASCII, at least one.
func digitsAlone(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}

// spreadsheetError reports whether text is one of the words that a spreadsheet
// shows, or signs that fill a narrow column.
func spreadsheetError(text string) bool {
	text = strings.TrimSpace(text)
	if !strings.HasPrefix(text, "#") {
		return false
	}
	return len(text) > 2 && strings.Trim(text, "#") == "" || slices.Contains([]string{
		"#N/A", "#NV", "#VALUE!", "#WERT!", "#REF!", "#BEZUG!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#ERROR!",
	}, strings.ToUpper(text))
}
