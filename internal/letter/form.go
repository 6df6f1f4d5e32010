package letter

import "bytes"

// form is a text in which places may be left open. It has room for most texts
// in itself: whoever writes one need not go to the heap for it, nor tell the
// garbage collector of each piece.
type form struct {
	room  [5 << 10]byte
	used  int
	all   []byte  // instead, if there was no room
	marks [8]mark // of the places, in order
	open  int     // how many of them are set
}

// mark is an open place, and where in the text it is.
type mark struct {
	at    int
	place Place
}

// bytes returns the text so far.
func (f *form) bytes() []byte {
	if f.all != nil {
		return f.all
	}
	return f.room[:f.used]
}

func (f *form) len() int { return len(f.bytes()) }

func (f *form) add(parts ...string) {
	for _, s := range parts {
		if f.all == nil && len(s) <= len(f.room)-f.used {
			f.used += copy(f.room[f.used:], s)
			continue
		}
		if f.all == nil {
			f.all = append(f.all, f.room[:f.used]...)
		}
		f.all = append(f.all, s...)
	}
}

// cut leaves the first n octets.
func (f *form) cut(n int) {
	if f.all != nil {
		f.all = f.all[:n]
	} else {
		f.used = n
	}
}

// leave leaves a place open.
func (f *form) leave(p Place) {
	f.marks[f.open] = mark{f.len(), p}
	f.open++
}

// appendTo appends the text with own in its places.
func (f *form) appendTo(b []byte, own *Values) []byte {
	text, from := f.bytes(), 0
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

// fill adds prose in lines of at most textWidth, where its words allow that. A
// line ends in the place of a space.
func (f *form) fill(prose []string) {
	start := f.len()
	f.add(prose...)
	for rest := f.bytes()[start:]; len(rest) > textWidth; {
		end := bytes.LastIndexByte(rest[:textWidth+1], ' ')
		if end < 0 {
			end = bytes.IndexByte(rest, ' ')
		}
		if end < 0 {
			break
		}
		rest[end] = '\n'
		rest = rest[end+1:]
	}
	f.add("\n")
}

// addEscaped adds s as text of an HTML page, as html.EscapeString writes it.
func (f *form) addEscaped(s string) {
	from := 0
	for i := range len(s) {
		if n := markup[s[i]]; n != 0 {
			f.add(s[from:i], escapes[n])
			from = i + 1
		}
	}
	f.add(s[from:])
}

// appendEscaped does the same with a buffer.
func appendEscaped[S string | []byte](b []byte, s S) []byte {
	from := 0
	for i := range len(s) {
		if n := markup[s[i]]; n != 0 {
			b = append(append(b, s[from:i]...), escapes[n]...)
			from = i + 1
		}
	}
	return append(b, s[from:]...)
}

// escapes are the characters that HTML gives a meaning, each as it is written
// to have none. The first is for all others.
var escapes = [...]string{"", "&amp;", "&#39;", "&lt;", "&gt;", "&#34;"}

// markup has the place of a character in escapes.
var markup = [256]uint8{'&': 1, '\'': 2, '<': 3, '>': 4, '"': 5}
