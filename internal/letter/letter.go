// Package letter writes one letter in two forms, plain text and HTML. Each part
// is written to both at once, so that the two cannot say different things.
//
// [Prose] is the program's own. Every other text is a value. A value
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
	"sync"

	"github.com/cspkit/partner/internal/line"
)

// Letter is a subject and parts in order. Begin it, set the subject, add the
// parts, and end it.
type Letter struct {
	own                 Values
	open                bool
	frame               *Frame
	subject, text, page form   // before the text stands the subject, if the letter is not open
	finished            string // the subject, if it could not stay as it was written there
	cut                 int    // where the text begins
	gap                 bool   // a blank line stands before the next part
	on                  *sheet // what it is written on, if it is not open
}

// sheet is memory that letters are written on, one after the other. What was
// written last stays on it, and nobody reads it.
type sheet struct{ text, page []byte }

var sheets = sync.Pool{New: func() any { return new(sheet) }}

// Place is where a value stands that is each reader's own. The zero Place is
// none.
type Place uint8

// subjectPlace is that of the subject in the page. A field cannot name it.
const subjectPlace Place = 0

// Values are what one reader has in the places.
type Values [7]Value

// Value is a clean text: see package line. The zero Value is blank.
type Value struct {
	text  string
	plain bool // the page has it as it is
}

// Clean returns text as a value.
func Clean(text string) Value {
	if isPlain(text) {
		return Value{text, true}
	}
	return Value{line.Clean(text), false}
}

// Plain returns the program's own words as a value. They are clean, and without
// what HTML gives a meaning.
func Plain(words string) Value { return Value{words, true} }

// Own returns the program's own words, which are clean, as a value.
func Own(words string) Value { return Value{words, unmarked(words) == len(words)} }

// Cut returns v, or as many of its code points as fit before an ellipsis.
func (v Value) Cut(limit int) Value {
	text := line.Cut(v.text, limit)
	return Value{text, v.plain && text == v.text}
}

// Field is a value with the label that it stands behind. If Place is set, the
// value is the reader's own, and Value is not used. If Link is set, the value
// is a web address that is safe to follow, which the caller has checked.
type Field struct {
	Label *Label
	Value Value
	Lang  Lang // of the value
	Place Place
	Link  bool
}

// Lang is the language of a value, where it is another than that of the letter.
// The zero Lang is that of the letter.
type Lang struct{ valueStart string }

// In returns the language of a BCP 47 tag. Like Say, it is called once.
func In(tag string) Lang { return Lang{langStart + tag + langEnd} }

// Piece is a value in the subject, with the words that stand around it. They
// are the program's own, without what HTML gives a meaning.
type Piece struct {
	Before, After string
	Value         Value
	Place         Place // as in a Field
}

// With returns the piece with a value.
func (p Piece) With(v Value) Piece {
	p.Value = v
	return p
}

// Begin begins a letter, which must be the zero one, to the reader who has own.
// An open one is for all readers who have the same places blank. The frame is
// that of its language.
func (l *Letter) Begin(own *Values, open bool, frame *Frame) {
	l.own, l.open, l.frame = *own, open, frame
	if !open {
		l.on = sheets.Get().(*sheet)
		l.text.room, l.page.room = l.on.text, l.on.page
	}
}

// Close gives back what the letter was written on, once it is rendered. What
// Render returned stays as it is. The letter is of no use any more.
func (l *Letter) Close() {
	l.on.keep(l.text.room, l.page.room)
	sheets.Put(l.on)
}

// keep keeps what a letter was written on, unless few letters are as long.
func (s *sheet) keep(text, page []byte) {
	const most = 64 << 10
	if len(text)+len(page) <= most {
		s.text, s.page = text, page
	}
}

// Fits reports whether an open letter is one for the reader who has own.
func (l *Letter) Fits(own *Values) bool {
	for place, value := range own {
		if (value.text == "") != (l.own[place].text == "") {
			return false
		}
	}
	return true
}

// Has reports whether the reader has something in the place.
func (l *Letter) Has(p Place) bool { return l.own[p].text != "" }

// Subject sets the subject: prose, and the values behind it. What comes out is
// one line without anything that a mail program would decode.
func (l *Letter) Subject(prose Prose, list ...Piece) {
	l.page.add(l.frame.pageStart)
	start := l.page.used
	l.addSubject(prose.text)
	l.addTitle(prose.page)
	for i := range list {
		p := &list[i]
		value := p.Value
		if p.Place != 0 {
			value = l.own[p.Place]
		}
		if value.text == "" {
			continue
		}
		l.addSubject(p.Before)
		l.addTitle(p.Before)
		switch {
		case l.open && p.Place != 0:
			l.subject.leave(p.Place)
		case l.open:
			l.subject.add(value.text)
		default:
			l.text.add(value.text)
			l.page.addValue(value)
		}
		if p.After != "" {
			l.addSubject(p.After)
			l.addTitle(p.After)
		}
	}
	if l.open {
		l.page.leave(subjectPlace)
	} else if l.cut = l.text.used; !isFinished(l.text.bytes()) {
		l.finished = finish(string(l.text.bytes()))
		l.page.used = start
		l.page.addEscaped(l.finished)
	}
	l.page.add(l.frame.bodyStart)
}

// addSubject adds a piece of the subject. That of a letter that is not open
// stands before its text.
func (l *Letter) addSubject(piece string) {
	if l.open {
		l.subject.add(piece)
	} else {
		l.text.add(piece)
	}
}

// addTitle adds the same piece to the page, unless the letter is open.
func (l *Letter) addTitle(piece string) {
	if !l.open {
		l.page.add(piece)
	}
}

// Alert adds a paragraph that nobody can miss.
func (l *Letter) Alert(prose ...Prose) { l.addProse(alertStart, prose, paragraphEnd) }

// Title adds the heading of the whole letter.
func (l *Letter) Title(prose ...Prose) { l.addProse(titleStart, prose, titleEnd) }

// Paragraph adds a paragraph, whose prose may come in pieces.
func (l *Letter) Paragraph(prose ...Prose) { l.addProse(paragraphStart, prose, paragraphEnd) }

func (l *Letter) addProse(start string, prose []Prose, end string) {
	l.beginPart()
	l.text.fill(prose)
	l.page.add(start)
	for i := range prose {
		l.page.add(prose[i].page)
	}
	l.page.add(end)
}

// Heading adds the heading of what follows. The parts below that hold values
// bring their own.
func (l *Letter) Heading(h *Heading) {
	l.beginPart()
	l.gap = false
	l.text.add(h.text)
	l.page.add(h.page)
}

// Facts adds the labelled values that count most.
func (l *Letter) Facts(list ...Field) {
	var row rows
	for i := range list {
		f := &list[i]
		value := l.value(f)
		if value.text == "" {
			continue
		}
		if !row.any {
			l.beginPart()
			l.page.add(tableStart)
		}
		l.putField(f, f.Label.fact, value, factEnd, &row)
	}
	if row.any {
		l.endRow(&row, factEnd)
		l.page.add(tableEnd)
	}
}

// Details adds a heading and labelled values in small print.
func (l *Letter) Details(h *Heading, list ...Field) {
	var row rows
	for i := range list {
		f := &list[i]
		value := l.value(f)
		if value.text == "" {
			continue
		}
		if !row.any {
			l.Heading(h)
			l.beginPart()
		}
		l.putField(f, f.Label.detail, value, detailEnd, &row)
	}
	l.endRow(&row, detailEnd)
}

// rows are what is known of the rows of a part before the next. The end of a
// row and the beginning of the next are added to the page as one piece: most of
// the time goes into short pieces.
type rows struct{ any, open bool }

// endRow ends the last row.
func (l *Letter) endRow(r *rows, end string) {
	if r.open {
		l.page.add(end)
		r.open = false
	}
}

// putField writes a value behind its label. Before is what the page has up to
// the value, and begins with the end of the row before it.
func (l *Letter) putField(f *Field, before string, value Value, end string, r *rows) {
	if !r.open {
		before = before[len(end):]
	}
	r.any, r.open = true, !f.Link
	l.text.add(f.Label.text)
	if !f.Link {
		l.put(f.Place, before, f.Lang, value)
		return
	}
	// The value is escaped in the same way for an element and for an attribute.
	l.page.add(strings.TrimSuffix(before, valueStart))
	l.page.add(linkStart)
	if l.open && f.Place != 0 {
		l.page.leave(f.Place)
	} else {
		l.page.addValue(value)
	}
	l.put(f.Place, linkMiddle+valueStart, Lang{}, value)
	l.page.add(valueEnd + linkEnd)
	l.page.add(end[len(valueEnd):])
}

// Numbered adds a heading and values with the numbers 1, 2, 3 before them. Lang
// is as in a Field.
func (l *Letter) Numbered(h *Heading, values []string, lang Lang) {
	n := 0
	before := itemStart + valueStart
	for _, v := range values {
		value := Clean(v)
		if value.text == "" {
			continue
		}
		if n++; n == 1 {
			l.Heading(h)
			l.beginPart()
			l.page.add(l.frame.listStart)
		}
		l.addNumber(n)
		l.put(0, before, lang, value)
		before = valueEnd + itemEnd + itemStart + valueStart
	}
	if n > 0 {
		l.page.add(valueEnd + itemEnd + listEnd)
	}
}

// numbers are those of nearly all lists.
var numbers = [...]string{1: "1. ", "2. ", "3. ", "4. ", "5. ", "6. ", "7. ", "8. ", "9. "}

func (l *Letter) addNumber(n int) {
	if n < len(numbers) {
		l.text.add(numbers[n])
		return
	}
	l.text.add(strconv.Itoa(n))
	l.text.add(". ")
}

// Quoted adds a heading and a value of several lines. It is the only value
// whose lines are kept. Lang is as in a Field.
func (l *Letter) Quoted(h *Heading, value string, lang Lang) {
	n := 0
	before := valueStart
	put := func(value Value) {
		if n++; n == 1 {
			l.Heading(h)
			l.beginPart()
			l.page.add(l.frame.quoteStart)
		}
		if value.text != "" {
			l.text.add("  ")
		}
		l.put(0, before, lang, value)
		before = valueEnd + quoteLineEnd + valueStart
	}
	switch {
	case value == "":
	case isPlain(value): // one line, as most
		put(Value{value, true})
	case line.IsClean(value):
		put(Value{value, false})
	default:
		for text := range line.Lines(value) {
			put(Value{text, isPlain(text)})
		}
	}
	if n > 0 {
		l.page.add(valueEnd + quoteLineEnd + quoteEnd)
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

// value returns the value of a field.
func (l *Letter) value(f *Field) Value {
	if f.Place != 0 {
		return l.own[f.Place]
	}
	return f.Value
}

// put writes a value, or leaves its place open, and ends the line in the text.
// Before is what the page has up to the value, and ends with valueStart.
func (l *Letter) put(p Place, before string, lang Lang, value Value) {
	if lang.valueStart == "" {
		l.page.add(before)
	} else {
		l.page.add(strings.TrimSuffix(before, valueStart))
		l.page.add(lang.valueStart)
	}
	if l.open && p != 0 {
		l.text.leave(p)
		l.text.add("\n")
		l.page.leave(p)
	} else {
		l.text.addLine(value.text)
		l.page.addValue(value)
	}
}
