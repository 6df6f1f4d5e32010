package letter

import "bytes"

// form is a text in which places may be left open. A piece that is added
// changes a number alone, not a slice: the garbage collector wants to know of
// each pointer that is written.
type form struct {
	room  []byte
	used  int     // how much of the room
	marks [8]mark // of the places, in order
	open  int     // how many of them are set
}

// mark is an open place, and where in the text it is.
type mark struct {
	at    int
	place Place
}

// bytes returns the text so far.
func (f *form) bytes() []byte { return f.room[:f.used] }

func (f *form) add(s string) {
	end := f.used + len(s)
	if end > len(f.room) {
		f.grow(end)
	}
	copy(f.room[f.used:end], s)
	f.used = end
}

// addLine adds s and the end of its line.
func (f *form) addLine(s string) {
	end := f.used + len(s) + 1
	if end > len(f.room) {
		f.grow(end)
	}
	copy(f.room[f.used:end], s)
	f.room[end-1] = '\n'
	f.used = end
}

// grow makes room for n octets in all.
func (f *form) grow(n int) {
	const least = 2 << 10
	room := make([]byte, max(least, 2*len(f.room), n))
	copy(room, f.bytes())
	f.room = room
}

// leave leaves a place open.
func (f *form) leave(p Place) {
	f.marks[f.open] = mark{f.used, p}
	f.open++
}

// appendTo appends the text with own in its places.
func (f *form) appendTo(b []byte, own *Values) []byte {
	from := 0
	for _, m := range f.marks[:f.open] {
		b = append(append(b, f.room[from:m.at]...), own[m.place].text...)
		from = m.at
	}
	return append(b, f.room[from:f.used]...)
}

// textWidth is the width to which prose is filled, in octets, as RFC 5322
// section 2.1.1 advises with room for quoting. Values are not filled: what goes
// on in a line of its own could pass for a part of the letter, and a link would
// break.
const textWidth = 72

// fill adds prose in lines of at most textWidth, where its words allow that. A
// line ends in the place of a space.
func (f *form) fill(prose []Prose) {
	start := f.used
	for i := range prose {
		f.add(prose[i].text)
	}
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

// addValue adds v as text of an HTML page.
func (f *form) addValue(v Value) {
	if v.plain {
		f.add(v.text)
	} else {
		f.addEscaped(v.text)
	}
}

// appendEscaped appends v as text of an HTML page.
func (v Value) appendEscaped(b []byte) []byte {
	if v.plain {
		return append(b, v.text...)
	}
	return appendEscaped(b, v.text)
}

// addEscaped adds s as text of an HTML page, as html.EscapeString writes it.
func (f *form) addEscaped(s string) {
	n := unmarked(s)
	for ; n < len(s); n = unmarked(s) {
		f.add(s[:n])
		f.add(escapes[markup[s[n]]])
		s = s[n+1:]
	}
	f.add(s)
}

// appendEscaped does the same with a buffer.
func appendEscaped[S string | []byte](b []byte, s S) []byte {
	n := unmarked(s)
	for ; n < len(s); n = unmarked(s) {
		b = append(b, s[:n]...)
		b = append(b, escapes[markup[s[n]]]...)
		s = s[n+1:]
	}
	return append(b, s...)
}

// escapes are the characters that HTML gives a meaning, each as it is written
// to have none. The first is for all others.
var escapes = [...]string{"", "&amp;", "&#39;", "&lt;", "&gt;", "&#34;"}

// markup has the place of a character in escapes.
var markup = [256]uint8{'&': 1, '\'': 2, '<': 3, '>': 4, '"': 5}

// unmarked returns how many octets stand in s before the first that HTML gives
// a meaning.
func unmarked[S string | []byte](s S) int {
	n := 0
	for n+4 <= len(s) && markup[s[n]]|markup[s[n+1]]|markup[s[n+2]]|markup[s[n+3]] == 0 { // four in one step
		n += 4
	}
	for n < len(s) && markup[s[n]] == 0 {
		n++
	}
	return n
}
