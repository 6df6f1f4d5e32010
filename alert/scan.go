package alert

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"
)

// scanner reads JSON text (RFC 8259). It needs no recursion, so that nesting of
// any depth costs one octet a level.
type scanner struct {
	data []byte
	at   int    // the next octet; after a failure, the one that does not fit
	nest []byte // the brackets that are open
}

// value reads one value and the white space before it, and returns its text.
func (s *scanner) value() ([]byte, bool) {
	s.space()
	start := s.at
	s.nest = s.nest[:0]
	for {
		nested, ok := s.begin()
		if !ok {
			return nil, false
		}
		if nested {
			continue
		}
		for more := false; !more; {
			if len(s.nest) == 0 {
				return s.data[start:s.at], true
			}
			if more, ok = s.end(); !ok {
				return nil, false
			}
		}
	}
}

// begin reads a scalar or an empty array or object. Of any other array or
// object it reads what stands before the first value, and reports that it is
// nested.
func (s *scanner) begin() (nested, ok bool) {
	s.space()
	if s.at == len(s.data) {
		return false, false
	}
	switch c := s.data[s.at]; c {
	case '{', '[':
		s.at++
		s.space()
		if s.take(closing(c)) {
			return false, true
		}
		s.nest = append(s.nest, c)
		return true, c == '[' || s.name()
	case '"':
		return false, s.text()
	default:
		return false, s.scalar()
	}
}

// end reads what stands after a value of the innermost bracket: a comma, after
// which more must come, or the end of the bracket.
func (s *scanner) end() (more, ok bool) {
	innermost := s.nest[len(s.nest)-1]
	s.space()
	if s.take(',') {
		return true, innermost == '[' || s.name()
	}
	s.nest = s.nest[:len(s.nest)-1]
	return false, s.take(closing(innermost))
}

func closing(c byte) byte {
	if c == '{' {
		return '}'
	}
	return ']'
}

// name reads the name of a member with the colon after it.
func (s *scanner) name() bool {
	s.space()
	if !s.text() {
		return false
	}
	s.space()
	return s.take(':')
}

func (s *scanner) space() {
	for s.at < len(s.data) {
		switch s.data[s.at] {
		case ' ', '\t', '\n', '\r':
			s.at++
		default:
			return
		}
	}
}

func (s *scanner) take(c byte) bool {
	if s.at < len(s.data) && s.data[s.at] == c {
		s.at++
		return true
	}
	return false
}

// text reads a string. As encoding/json does, it lets octets pass that are not
// UTF-8.
func (s *scanner) text() bool {
	if !s.take('"') {
		return false
	}
	for s.at < len(s.data) {
		switch c := s.data[s.at]; {
		case c == '"':
			s.at++
			return true
		case c < ' ':
			return false
		case c == '\\':
			s.at++
			if !s.escape() {
				return false
			}
		default:
			s.at++
		}
	}
	return false
}

func (s *scanner) escape() bool {
	if s.at == len(s.data) || bytes.IndexByte([]byte(`"\/bfnrtu`), s.data[s.at]) < 0 {
		return false
	}
	s.at++
	if s.data[s.at-1] != 'u' {
		return true
	}
	for range 4 {
		if s.at == len(s.data) || !isHex(s.data[s.at]) {
			return false
		}
		s.at++
	}
	return true
}

func isHex(c byte) bool { return isDigit(c) || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F' }

// scalar reads a number, true, false or null.
func (s *scanner) scalar() bool {
	for _, word := range [...]string{"true", "false", "null"} {
		if bytes.HasPrefix(s.data[s.at:], []byte(word)) {
			s.at += len(word)
			return true
		}
	}
	s.take('-')
	if !s.take('0') && !s.digits() {
		return false
	}
	if s.take('.') && !s.digits() {
		return false
	}
	if s.take('e') || s.take('E') {
		if !s.take('+') {
			s.take('-')
		}
		return s.digits()
	}
	return true
}

// digits reads at least one.
func (s *scanner) digits() bool {
	start := s.at
	for s.at < len(s.data) && isDigit(s.data[s.at]) {
		s.at++
	}
	return s.at > start
}

// each visits the members of the object at the start of data, or the elements
// of an array, whose name is nil. Anything else has none. The last value is not
// whole if a syntax error stands in it: it is all that follows then.
func each(data []byte, visit func(name, value []byte, whole bool)) {
	s := scanner{data: data}
	s.space()
	object := s.take('{')
	if !object && !s.take('[') {
		return
	}
	for {
		s.space()
		start := s.at
		var name []byte
		if object {
			if !s.text() {
				return
			}
			name = data[start:s.at]
			if s.space(); !s.take(':') {
				return
			}
			s.space()
			start = s.at
		}
		value, whole := s.value()
		if !whole {
			value = data[start:]
		}
		if whole || object {
			visit(name, value, whole)
		}
		if s.space(); !whole || !s.take(',') {
			return
		}
	}
}

// unquote returns the text of a string. What is not UTF-8 becomes U+FFFD.
func unquote(raw []byte) string {
	if inner := raw[1 : len(raw)-1]; bytes.IndexByte(inner, '\\') < 0 && utf8.Valid(inner) {
		return string(inner)
	}
	var s string
	_ = json.Unmarshal(raw, &s) // raw is a string: it cannot fail
	return s
}
