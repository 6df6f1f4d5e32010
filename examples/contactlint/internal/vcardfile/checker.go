package vcardfile

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/emersion/go-vcard"

	"github.com/cspkit/partner"

	"github.com/cspkit/partner/examples/contactlint/internal/row"
)

type checker struct{ options row.Options }

// Check reads card after card.
func (c *checker) Check(text string, line int, res *row.Result) {
	for text != "" {
		n := 0
		for n < len(text) {
			is := isLine(text[n:], end)
			n += len(firstLine(text[n:])) + 1
			if is {
				break
			}
		}
		n = min(n, len(text))
		blank := len(text) - len(strings.TrimLeft(text, blanks))
		if blank < n {
			c.card(text[blank:n], line+strings.Count(text[:blank], "\n"), res)
		}
		line += strings.Count(text[:n], "\n")
		text = text[n:]
	}
}

// card checks a card that starts in line.
func (c *checker) card(text string, line int, res *row.Result) {
	switch {
	case strings.IndexByte(text, 0) >= 0:
		res.Unreadable(line, row.CodeNUL)
		return
	case !utf8.ValidString(text):
		res.Unreadable(line, row.CodeEncoding)
		return
	case len(text) > row.Limit:
		res.Unreadable(line, row.CodeTooLong)
		return
	}
	card, err := vcard.NewDecoder(strings.NewReader(modern(text))).Decode()
	if err != nil {
		res.Unreadable(line, row.CodeSyntax)
		return
	}
	contact, at, advice := read(card)
	found, mailboxes := len(res.Findings), len(res.Mailboxes)
	c.options.Contact(res, line, &contact, advice...)
	for i := range res.Findings[found:] {
		f := &res.Findings[found+i]
		f.Pointer = at[f.Path]
	}
	for _, m := range res.Mailboxes[mailboxes:] {
		res.Pointers = append(res.Pointers, at[m.Path()])
	}
}

// read returns the contact of a card, where each field stands in it, and what
// is to be said of how it was read.
func read(card vcard.Card) (c partner.SecurityContact, at map[string]string, advice []partner.Finding) {
	at = map[string]string{"/firstName": "/N", "/middleName": "/N", "/lastName": "/N"}
	name := components(card.Value(vcard.FieldName))
	c.LastName, c.FirstName, c.MiddleName = name[0], name[1], name[2]
	full := card.Value(vcard.FieldFormattedName)
	if isBlank(c.FirstName) && isBlank(c.LastName) && !isBlank(full) {
		c.FirstName, c.MiddleName, c.LastName = full, full, full
		for path := range at {
			at[path] = "/FN"
		}
		advice = append(advice, row.Advise("/firstName", row.CodeFullName))
	}
	c.Email, at["/email"] = first(card, vcard.FieldEmail)
	c.Phone, at["/phoneNumber"] = first(card, vcard.FieldTelephone)
	return c, at, advice
}

func isBlank(text string) bool { return partner.NormalizeName(text) == "" }

// components returns the parts of a name: family, given, additional. A
// semicolon with a backslash before it is part of a part.
func components(value string) (parts [3]string) {
	i := 0
	for value != "" && i < len(parts) {
		end := strings.IndexByte(value, ';')
		for end > 0 && value[end-1] == '\\' {
			next := strings.IndexByte(value[end+1:], ';')
			if next < 0 {
				end = -1
				break
			}
			end += 1 + next
		}
		part, rest := value, ""
		if end >= 0 {
			part, rest = value[:end], value[end+1:]
		}
		parts[i] = strings.ReplaceAll(part, `\;`, ";")
		value = rest
		i++
	}
	return parts
}

// first returns the value of a property that counts, and where it stands. Of
// several, it is the first that holds something: work before others, and others
// before private. A fax or a pager does not count.
func first(card vcard.Card, property string) (value, at string) {
	best := 2 * len(kinds)
	at = "/" + property
	for i, f := range card[property] {
		kind := kindOf(f)
		if isBlank(f.Value) || kind < 0 || kind >= best {
			continue
		}
		best, value = kind, f.Value
		at = "/" + property + "/" + strconv.Itoa(i)
	}
	return value, at
}

// kinds are the types that decide. The first counts before what has no type of
// these, the second after it.
var kinds = [...]string{"work", "home"}

func kindOf(f *vcard.Field) int {
	types := f.Params.Types()
	switch {
	case slices.Contains(types, "fax"), slices.Contains(types, "pager"):
		return -1
	case slices.Contains(types, kinds[0]):
		return 0
	case slices.Contains(types, kinds[1]):
		return 2
	}
	return 1
}
