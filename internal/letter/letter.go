// Package letter writes one letter in two forms, plain text and HTML. Each part
// is written to both at once, so that the two cannot say different things.
//
// Prose is the program's own: words with one space between them, and nothing
// from outside. Every other text is a value. A value
//
//   - is cleaned to one line, and left out if it is blank,
//   - stands behind a label or a number in the text,
//   - is escaped, in an element of its own, in the HTML.
//
// A letter to many readers is written once. The place of a value that is each
// reader's own is left open, and filled when the letter is appended to a
// buffer.
package letter

import (
	"strconv"
	"strings"

	"github.com/cspkit/partner/internal/line"
)

// Letter is a subject and parts in order. Begin it, set the subject, add the
// parts, and end it.
type Letter struct {
	own                 Values
	open                bool
	subject, text, page form   // before the text stands the subject, if the letter is not open
	finished            string // the subject, if it could not stay as it was written there
	cut                 int    // where the text begins
	gap                 bool   // a blank line stands before the next part
}

// Place is where a value stands that is each reader's own. The zero Place is
// none.
type Place uint8

// subjectPlace is that of the subject in the page. A field cannot name it.
const subjectPlace Place = 0

// Values are what one reader has in the places, clean: see package line.
type Values [7]string

// Field is a value with the label that it stands behind. If Place is set, the
// value is the reader's own, and Value is not used. If Link is set, the value
// is a web address that is safe to follow, which the caller has checked.
type Field struct {
	Label, Value string
	Place        Place
	Link         bool
}

// Begin begins a letter, which must be the zero one, to the reader who has own.
// An open one is for all readers who have the same places blank.
func (l *Letter) Begin(own *Values, open bool) {
	l.own, l.open = *own, open
}

// Fits reports whether an open letter is one for the reader who has own.
func (l *Letter) Fits(own *Values) bool {
	for place, value := range own {
		if (value == "") != (l.own[place] == "") {
			return false
		}
	}
	return true
}

// Has reports whether the reader has something in the place.
func (l *Letter) Has(p Place) bool { return l.own[p] != "" }

// Subject sets the subject: prose, and the values behind it. A label holds what
// stands before and after its value, which is "%" there. What comes out is one
// line without anything that a mail program would decode.
func (l *Letter) Subject(prose string, list ...Field) {
	l.page.add(pageStart)
	start := l.page.len()
	l.addSubject(prose)
	for i := range list {
		f := &list[i]
		value := l.value(f)
		if value == "" {
			continue
		}
		before, after, _ := strings.Cut(f.Label, "%")
		l.addSubject(before)
		if l.leaves(f) {
			l.subject.leave(f.Place)
		} else {
			l.addSubject(value)
		}
		l.addSubject(after)
	}
	if l.open {
		l.page.leave(subjectPlace)
	} else if l.cut = l.text.len(); !isFinished(l.text.bytes()) {
		l.finished = finish(string(l.text.bytes()))
		l.page.cut(start)
		l.page.addEscaped(l.finished)
	}
	l.page.add(bodyStart)
}

// addSubject adds a piece of the subject. That of a letter that is not open
// stands before its text, and in the page.
func (l *Letter) addSubject(piece string) {
	if l.open {
		l.subject.add(piece)
		return
	}
	l.text.add(piece)
	l.page.addEscaped(piece)
}

// Alert adds a paragraph that nobody can miss.
func (l *Letter) Alert(prose ...string) { l.addProse(alertStart, prose, paragraphEnd) }

// Title adds the heading of the whole letter.
func (l *Letter) Title(prose ...string) { l.addProse(titleStart, prose, titleEnd) }

// Paragraph adds a paragraph, whose prose may come in pieces.
func (l *Letter) Paragraph(prose ...string) { l.addProse(paragraphStart, prose, paragraphEnd) }

func (l *Letter) addProse(start string, prose []string, end string) {
	l.beginPart()
	l.text.fill(prose)
	l.page.add(start)
	for _, piece := range prose {
		l.page.addEscaped(piece)
	}
	l.page.add(end)
}

// Heading adds the heading of what follows. The parts below that hold values
// bring their own.
func (l *Letter) Heading(prose string) {
	l.beginPart()
	l.gap = false
	l.text.add(prose, ":\n")
	l.page.add(headStart)
	l.page.addEscaped(prose)
	l.page.add(headEnd)
}

// Facts adds the labelled values that count most.
func (l *Letter) Facts(list ...Field) {
	n := 0
	for i := range list {
		f := &list[i]
		value := l.value(f)
		if value == "" {
			continue
		}
		if n++; n == 1 {
			l.beginPart()
			l.page.add(tableStart)
		}
		l.text.add(f.Label, ": ")
		l.page.add(labelStart, f.Label, labelEnd)
		l.put(f, value)
		l.text.add("\n")
		l.page.add(rowEnd)
	}
	if n > 0 {
		l.page.add(tableEnd)
	}
}

// Details adds a heading and labelled values in small print.
func (l *Letter) Details(prose string, list ...Field) {
	n := 0
	for i := range list {
		f := &list[i]
		value := l.value(f)
		if value == "" {
			continue
		}
		if n++; n == 1 {
			l.Heading(prose)
			l.beginPart()
		}
		l.text.add(f.Label, ": ")
		l.page.add(detailStart, f.Label, detailMiddle)
		l.put(f, value)
		l.text.add("\n")
		l.page.add(detailEnd)
	}
}

// Numbered adds a heading and values with the numbers 1, 2, 3 before them.
func (l *Letter) Numbered(prose string, values []string) {
	n := 0
	for _, v := range values {
		if v = line.Clean(v); v == "" {
			continue
		}
		if n++; n == 1 {
			l.Heading(prose)
			l.beginPart()
			l.page.add(listStart)
		}
		l.text.add(strconv.Itoa(n), ". ")
		l.page.add(itemStart)
		l.put(&Field{}, v)
		l.text.add("\n")
		l.page.add(itemEnd)
	}
	if n > 0 {
		l.page.add(listEnd)
	}
}

// Quoted adds a heading and a value of several lines. It is the only value
// whose lines are kept.
func (l *Letter) Quoted(prose, value string) {
	n := 0
	for text := range line.Lines(value) {
		if n++; n == 1 {
			l.Heading(prose)
			l.beginPart()
			l.page.add(quoteStart)
		}
		if text != "" {
			l.text.add("  ")
		}
		l.put(&Field{}, text)
		l.text.add("\n")
		l.page.add(quoteLineEnd)
	}
	if n > 0 {
		l.page.add(quoteEnd)
	}
}

// End ends the letter.
func (l *Letter) End() { l.page.add(pageEnd) }

// beginPart begins a part. A blank line stands before it, unless it is the
// first or stands below its heading.
func (l *Letter) beginPart() {
	if l.gap {
		l.text.add("\n")
	}
	l.gap = true
}

// value returns the clean value of a field, or "" if it is blank.
func (l *Letter) value(f *Field) string {
	if f.Place != 0 {
		return l.own[f.Place]
	}
	return line.Clean(f.Value)
}

// leaves reports whether the place of f is left open.
func (l *Letter) leaves(f *Field) bool { return l.open && f.Place != 0 }

// put writes the clean value of f, or leaves its place open.
func (l *Letter) put(f *Field, value string) {
	if f.Link {
		l.page.add(linkStart)
		l.putPage(f, value)
		l.page.add(linkMiddle)
	}
	l.page.add(valueStart)
	l.putPage(f, value)
	l.page.add(valueEnd)
	if f.Link {
		l.page.add(linkEnd)
	}
	if l.leaves(f) {
		l.text.leave(f.Place)
	} else {
		l.text.add(value)
	}
}

// putPage writes a clean value to the page, or leaves its place open. The value
// is escaped in the same way for an element and for an attribute.
func (l *Letter) putPage(f *Field, value string) {
	if l.leaves(f) {
		l.page.leave(f.Place)
	} else {
		l.page.addEscaped(value)
	}
}
