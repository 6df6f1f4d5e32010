package letter

import "strings"

// form is a text in which places may be left open.
type form struct {
	strings.Builder

	marks [8]mark // of the places, in order
	open  int     // how many of them are set
}

// mark is an open place, and where in the text it is.
type mark struct {
	at    int
	place Place
}

func (f *form) add(parts ...string) {
	for _, s := range parts {
		f.WriteString(s)
	}
}

// leave leaves a place open.
func (f *form) leave(p Place) {
	f.marks[f.open] = mark{f.Len(), p}
	f.open++
}

// appendTo appends the text with own in its places.
func (f *form) appendTo(b []byte, own *Values) []byte {
	text, from := f.String(), 0
	for _, m := range f.marks[:f.open] {
		b = append(append(b, text[from:m.at]...), own[m.place]...)
		from = m.at
	}
	return append(b, text[from:]...)
}

// textWidth is the width to which prose is filled, in octets, as RFC 5322
// section 2.1.1 advises with room for quoting. Values are not filled: what goes
// on in a line of its own could pass for a part of the letter, and a link would
// break.
const textWidth = 72

// fill adds prose in lines of at most textWidth, where its words allow that.
func (f *form) fill(prose string) {
	for len(prose) > textWidth {
		end := strings.LastIndexByte(prose[:textWidth+1], ' ')
		if end < 0 {
			end = strings.IndexByte(prose, ' ')
		}
		if end < 0 {
			break
		}
		f.add(prose[:end], "\n")
		prose = prose[end+1:]
	}
	f.add(prose, "\n")
}

// addEscaped adds s as text of an HTML page, as html.EscapeString writes it.
func (f *form) addEscaped(s string) {
	for i := markup(s); i >= 0; i = markup(s) {
		f.add(s[:i], escapes[s[i]])
		s = s[i+1:]
	}
	f.WriteString(s)
}

// appendEscaped does the same with a buffer.
func appendEscaped[S string | []byte](b []byte, s S) []byte {
	for i := markup(s); i >= 0; i = markup(s) {
		b = append(append(b, s[:i]...), escapes[s[i]]...)
		s = s[i+1:]
	}
	return append(b, s...)
}

// markup returns the place of the first character that HTML gives a meaning, or
// -1.
func markup[S string | []byte](s S) int {
	for i := range len(s) {
		if escapes[s[i]] != "" {
			return i
		}
	}
	return -1
}

// escapes are the characters that HTML gives a meaning, each as it is written
// to have none.
var escapes = [256]string{'&': "&amp;", '\'': "&#39;", '<': "&lt;", '>': "&gt;", '"': "&#34;"}
