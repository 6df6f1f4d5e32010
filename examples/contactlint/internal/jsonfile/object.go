package jsonfile

import (
	"cmp"
	"encoding/json"
	"strings"
	"unicode/utf8"

	"github.com/cspkit/partner"

	"github.com/cspkit/partner/examples/contactlint/internal/header"
	"github.com/cspkit/partner/examples/contactlint/internal/row"
)

// A member is a field of the contact in the text of its object.
type member struct {
	value      string
	start, end int // of the value in the text; both 0 if the object has no such member
}

// object is the contact in a text. Its members are named as partner.SecurityContact names them; others are nobody's business.
type object [header.Fields]member

// decode reads the object that is all of text, or returns the code of what is wrong with it first; broken JSON comes before all else.
// A null is as good as no member.
func decode(text string) (object, partner.Code) {
	var o object
	switch {
	case !json.Valid([]byte(text)):
		return o, row.CodeSyntax
	case text[0] != '{':
		return o, row.CodeType
	}
	var fault partner.Code
	for i := skipBlanks(text, 1); text[i] != '}'; i = skipBlanks(text, i) {
		if text[i] == ',' {
			i = skipBlanks(text, i+1)
		}
		colon := skipValue(text, i)
		field, ok := fieldOf(unquote(text[i:colon]))
		start := skipBlanks(text, skipBlanks(text, colon)+1)
		end := skipValue(text, start)
		if i = end; !ok {
			continue
		}
		value := text[start:end]
		switch {
		case o[field].end > 0:
			fault = cmp.Or(fault, row.CodeDuplicate)
		case value[0] != '"' && value != "null":
			fault = cmp.Or(fault, row.CodeType)
		}
		o[field] = member{start: start, end: end}
		if value[0] == '"' {
			o[field].value = unquote(value)
		}
	}
	return o, fault
}

func fieldOf(name string) (header.Field, bool) {
	for _, n := range header.Names {
		if n.Path[1:] == name {
			return n.Field, true
		}
	}
	return 0, false
}

func (o *object) contact() partner.SecurityContact {
	return partner.SecurityContact{
		FirstName: o[header.FirstName].value, MiddleName: o[header.MiddleName].value, LastName: o[header.LastName].value,
		Email: o[header.Email].value, Phone: o[header.Phone].value,
	}
}

// appendFixed appends text with the values of contact in place of those that differ. All else stays byte for byte as it was.
func (o *object) appendFixed(to []byte, text string, contact partner.SecurityContact) ([]byte, error) {
	normal := [header.Fields]string{contact.FirstName, contact.MiddleName, contact.LastName, contact.Email, contact.Phone}
	done := 0
	for {
		next := -1 // the first member after done that differs, for members come in any order
		for f, m := range o {
			if m.end > 0 && m.start >= done && m.value != normal[f] && (next < 0 || m.start < o[next].start) {
				next = f
			}
		}
		if next < 0 {
			return append(to, text[done:]...), nil
		}
		value, err := json.Marshal(normal[next])
		if err != nil {
			return to, err
		}
		to = append(append(to, text[done:o[next].start]...), value...)
		done = o[next].end
	}
}

// unreadable returns the code of what no text has, or "".
func unreadable(text string) partner.Code {
	switch {
	case strings.IndexByte(text, 0) >= 0:
		return row.CodeNUL
	case !utf8.ValidString(text):
		return row.CodeEncoding
	}
	return ""
}
