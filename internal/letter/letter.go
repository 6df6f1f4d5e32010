// Package letter writes one letter in two forms, plain text and HTML, from the same parts, so that the two cannot say
// different things and no part can be mistaken for another.
//
// Prose is the program's own and holds nothing from outside. Every other text is a value: it is cleaned to one line, stands
// behind a label or a number in the text, and is escaped in an element of its own in the HTML. What is blank is left out.
package letter

import (
	"strings"

	"github.com/cspkit/partner/internal/line"
)

// Letter is a subject and parts in order. The zero Letter is empty and ready to use.
type Letter struct {
	subject string
	parts   []part
}

// Field is a value with the label that it stands behind.
type Field struct{ Label, Value string }

// A part is one of the kinds below; values are clean.
type part struct {
	kind  kind
	prose string   // alert, title, paragraph, heading
	list  []Field  // facts, details
	lines []string // numbered, quoted
}

type kind uint8

const (
	alert kind = iota
	title
	paragraph
	heading
	facts
	details
	numbered
	quoted
)

// subjectLimit, in code points, keeps a subject on the 998 octets of a line that mail servers take (RFC 5322 section 2.1.1),
// even if it is sent as UTF-8 with four octets for each.
const subjectLimit = 200

// Subject sets the subject. It may hold values: what comes out is one line without anything that a mail program would decode.
func (l *Letter) Subject(text string) {
	l.subject = line.Cut(strings.ReplaceAll(line.Clean(text), "=?", "= ?"), subjectLimit)
}

// Alert adds a paragraph that nobody can miss.
func (l *Letter) Alert(prose string) { l.addProse(alert, prose) }

// Title adds the heading of the whole letter.
func (l *Letter) Title(prose string) { l.addProse(title, prose) }

// Paragraph adds a paragraph.
func (l *Letter) Paragraph(prose string) { l.addProse(paragraph, prose) }

// Heading adds the heading of what follows. The parts below that hold values bring their own.
func (l *Letter) Heading(prose string) { l.addProse(heading, prose) }

func (l *Letter) addProse(k kind, prose string) {
	l.parts = append(l.parts, part{kind: k, prose: prose})
}

// Facts adds the labelled values that count most.
func (l *Letter) Facts(list ...Field) {
	if list = cleanFields(list); len(list) > 0 {
		l.parts = append(l.parts, part{kind: facts, list: list})
	}
}

// Details adds a heading and labelled values in small print.
func (l *Letter) Details(prose string, list ...Field) {
	if list = cleanFields(list); len(list) > 0 {
		l.parts = append(l.parts, part{kind: heading, prose: prose}, part{kind: details, list: list})
	}
}

// Numbered adds a heading and values with the numbers 1, 2, 3 before them.
func (l *Letter) Numbered(prose string, values []string) {
	var clean []string
	for _, v := range values {
		if v = line.Clean(v); v != "" {
			clean = append(clean, v)
		}
	}
	l.addLines(numbered, prose, clean)
}

// Quoted adds a heading and a value of several lines. It is the only value whose lines are kept.
func (l *Letter) Quoted(prose, value string) { l.addLines(quoted, prose, line.Split(value)) }

func (l *Letter) addLines(k kind, prose string, lines []string) {
	if len(lines) > 0 {
		l.parts = append(l.parts, part{kind: heading, prose: prose}, part{kind: k, lines: lines})
	}
}

// cleanFields returns the fields that are not blank, with clean values.
func cleanFields(list []Field) []Field {
	var clean []Field
	for _, f := range list {
		if value := line.Clean(f.Value); value != "" {
			clean = append(clean, Field{f.Label, value})
		}
	}
	return clean
}
