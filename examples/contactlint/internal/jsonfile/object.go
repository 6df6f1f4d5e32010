package jsonfile

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
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

// errType and errDuplicate are what can be wrong with JSON that is well formed.
var (
	errType      = errors.New("wrong type")
	errDuplicate = errors.New("duplicate member")
)

// faultOf returns the code for an error of decode.
func faultOf(err error) partner.Code {
	switch {
	case errors.Is(err, errType):
		return row.CodeType
	case errors.Is(err, errDuplicate):
		return row.CodeDuplicate
	}
	return row.CodeSyntax
}

// decode reads the object that is all of text. A null is as good as no member.
func decode(text string) (object, error) {
	var o object
	d := json.NewDecoder(strings.NewReader(text))
	if open, err := d.Token(); err != nil {
		return o, err
	} else if open != json.Delim('{') {
		if json.Valid([]byte(text)) {
			return o, errType
		}
		return o, io.ErrUnexpectedEOF
	}
	var fault error // the first one, if the text is JSON at all
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return o, err
		}
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			return o, err
		}
		field, ok := fieldOf(name.(string))
		if !ok {
			continue
		}
		end := int(d.InputOffset())
		switch {
		case o[field].end > 0:
			fault = errors.Join(fault, errDuplicate)
		case raw[0] != '"' && !bytes.Equal(raw, []byte("null")):
			fault = errors.Join(fault, errType)
		}
		o[field] = member{start: end - len(raw), end: end}
		if raw[0] == '"' {
			if err := json.Unmarshal(raw, &o[field].value); err != nil {
				return o, err
			}
		}
	}
	if _, err := d.Token(); err != nil { // the closing brace
		return o, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return o, io.ErrUnexpectedEOF
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
