package jsonfile

// An element is a value in an array. It is read byte by byte to find its end:
// the comma or bracket that follows. The code knows only as much of JSON as
// that takes. The zero value stands at the start of a value.
type element struct {
	depth    int
	inString bool
	escaped  bool
}

// scan reads on in text. It returns the number of bytes up to and with what
// ended the element, and that: ',' or ']'. If the element goes on after text,
// it returns all of text and 0.
//
// A line end in a string ends the element like a comma, for a string may hold
// none. So a quote that is never closed takes no other line with it.
func (e *element) scan(text string) (n int, end byte) {
	for i := range len(text) {
		switch c := text[i]; {
		case e.inString:
			switch {
			case c == '\n':
				return i + 1, ','
			case e.escaped:
				e.escaped = false
			case c == '\\':
				e.escaped = true
			case c == '"':
				e.inString = false
			}
		case c == '"':
			e.inString = true
		case c == '{' || c == '[':
			e.depth++
		case e.depth > 0 && (c == '}' || c == ']'):
			e.depth--
		case e.depth == 0 && (c == ',' || c == ']'):
			return i + 1, c
		}
	}
	return len(text), 0
}
