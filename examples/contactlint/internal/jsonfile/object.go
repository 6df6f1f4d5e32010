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

// object is the contact in a text. Its members are named as the library names
// the fields of a contact. Other members are passed over. It is used again for
// each row. The zero value is ready to use, and must not be copied after that.
type object struct {
	members []member // in the order of header.Names
	contact partner.SecurityContact
	texts   []*string // those of the contact, in the same order
}

// decode reads the object that is all of text into o. It returns the code of
// what is wrong with it first, or "". Broken JSON comes before all else. A null
// is as good as no member.
func (o *object) decode(text string) partner.Code {
	if o.members == nil {
		o.members = make([]member, len(header.Names))
		o.texts = header.Bind(&o.contact)
	}
	clear(o.members)
	switch {
	case !json.Valid([]byte(text)):
		return row.CodeSyntax
	case text[0] != '{':
		return row.CodeType
	}
	var fault partner.Code
	for i := skipBlanks(text, 1); text[i] != '}'; i = skipBlanks(text, i) {
		if text[i] == ',' {
			i = skipBlanks(text, i+1)
		}
		colon := skipValue(text, i)
		n := header.Index("/" + unquote(text[i:colon]))
		start := skipBlanks(text, skipBlanks(text, colon)+1)
		end := skipValue(text, start)
		if i = end; n < 0 {
			continue
		}
		value := text[start:end]
		switch {
		case o.members[n].end > 0:
			fault = cmp.Or(fault, row.CodeDuplicate)
		case value[0] != '"' && value != "null":
			fault = cmp.Or(fault, row.CodeType)
		}
		o.members[n] = member{start: start, end: end}
		if value[0] == '"' {
			o.members[n].value = unquote(value)
		}
	}
	for i, m := range o.members {
		*o.texts[i] = m.value
	}
	return fault
}

// appendFixed appends text with the values of o.contact in place of those that
// differ. All else stays byte for byte as it was.
func (o *object) appendFixed(to []byte, text string) ([]byte, error) {
	done := 0
	for {
		next := -1 // the first member after done that differs, for members come in any order
		for i, m := range o.members {
			if m.end > 0 && m.start >= done && m.value != *o.texts[i] && (next < 0 || m.start < o.members[next].start) {
				next = i
			}
		}
		if next < 0 {
			return append(to, text[done:]...), nil
		}
		value, err := json.Marshal(*o.texts[next])
		if err != nil {
			return to, err
		}
		to = append(append(to, text[done:o.members[next].start]...), value...)
		done = o.members[next].end
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
