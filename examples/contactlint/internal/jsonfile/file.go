// Package jsonfile reads security contacts from JSON Lines and from JSON
// arrays. It reads in chunks, so that several goroutines can share a file, and
// goes on after what it cannot read. JSON itself is read by encoding/json.
package jsonfile

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/cspkit/partner/examples/contactlint/internal/row"
)

// ErrArray and ErrLines say that a file is not of this kind. The text of an
// error says what to do.
var (
	ErrArray = errors.New("not a JSON array")
	ErrLines = errors.New("not JSON Lines")
)

// between stands before each row of an array that is written but the first.
const between = ",\n"

// Array is a row.Format for a file that is one JSON array. The zero value is at
// the start of a file.
//
// A row whose bracket is never closed takes those after it along, up to
// row.Limit or the end of the file. JSON Lines has no such rows.
type Array struct {
	skipped element
	ended   bool
}

// Lines is a row.Format for a file with one JSON object a line. The zero value
// is ready to use.
type Lines struct{}

var (
	_ row.Format = (*Array)(nil)
	_ row.Format = Lines{}
)

// Begin reads the opening bracket. If nothing is between them, it reads the
// closing one too.
func (a *Array) Begin(text string, _ bool) (int, error) {
	rest := strings.TrimLeft(text, blanks)
	inside, ok := strings.CutPrefix(rest, "[")
	switch {
	case rest == "":
		return 0, fmt.Errorf("%w: the file is empty; no contacts are written []", ErrArray)
	case rest[0] == '{' && json.Valid([]byte(firstLine(rest))):
		return 0, fmt.Errorf("%w: it starts with an object; for one object a line use --format jsonl; if the array is a "+
			"field of it, "+
			"make the array the whole file", ErrArray)
	case rest[0] == '{':
		return 0, fmt.Errorf("%w: it starts with an object; the array must be the whole file, not a field of an object",
			ErrArray)
	case !ok:
		return 0, fmt.Errorf("%w: it does not start with [; for other formats use --format", ErrArray)
	}
	if after, ok := strings.CutPrefix(strings.TrimLeft(inside, blanks), "]"); ok {
		a.ended = true
		return len(text) - len(after), nil
	}
	return len(text) - len(inside), nil
}

// Newline is '\n'.
func (a *Array) Newline() byte { return '\n' }

// Cut ends at the comma after an element, or at the closing bracket.
func (a *Array) Cut(text string, last bool) (int, bool) {
	for done := 0; !a.ended; {
		var e element
		n, end := e.scan(text[done:])
		switch {
		case end != 0:
			done += n
			a.ended = end == ']'
			if a.ended {
				return done, true
			}
		case last:
			return len(text), false
		default:
			return done, false
		}
	}
	return 0, true
}

// Skip ends at the comma after the element, or at the closing bracket.
func (a *Array) Skip(text string) (int, bool) {
	n, end := a.skipped.scan(text)
	if end == 0 {
		return n, false
	}
	a.skipped = element{}
	a.ended = end == ']'
	return n, true
}

// Unfinished reports whether the closing bracket is missing.
func (a *Array) Unfinished() bool { return !a.ended }

// Place tells the pointer from the array.
func (a *Array) Place(at *row.Finding) { at.Pointer = "/" + strconv.Itoa(at.Row-1) + at.Path }

// Frame holds the brackets.
func (a *Array) Frame() row.Frame { return row.Frame{Head: "[\n", Between: between, Tail: "\n]\n"} }

// Checker checks the elements.
func (a *Array) Checker(o row.Options) row.Checker { return &arrayChecker{checker{options: o}} }

// Begin reads nothing, for the first row is in the first line. It only tells an
// array, or an object over several lines.
func (Lines) Begin(text string, last bool) (int, error) {
	text = strings.Trim(text, blanks)
	first := firstLine(text)
	if first == "{" {
		return 0, fmt.Errorf("%w: the first line is a bracket; write each object on one line, "+
			"or all as one array for --format json", ErrLines)
	}
	inside, array := strings.CutPrefix(first, "[")
	if inside = strings.TrimLeft(inside, blanks); !array || inside != "" && inside[0] != '{' {
		return 0, nil
	}
	if alone := last && first == text; alone || !json.Valid([]byte(first)) {
		return 0, fmt.Errorf("%w: it starts with [, as an array does; for an array use --format json", ErrLines)
	}
	return 0, nil
}

// Newline is '\n'.
func (Lines) Newline() byte { return '\n' }

// Cut ends at a line end.
func (Lines) Cut(text string, last bool) (int, bool) {
	if last {
		return len(text), false
	}
	return strings.LastIndexByte(text, '\n') + 1, false
}

// Skip ends with the line.
func (Lines) Skip(text string) (int, bool) {
	if i := strings.IndexByte(text, '\n'); i >= 0 {
		return i + 1, true
	}
	return len(text), false
}

// Unfinished is never true: a file of lines may end anywhere.
func (Lines) Unfinished() bool { return false }

// Place tells the pointer from the object of the line.
func (Lines) Place(at *row.Finding) { at.Pointer = at.Path }

// Frame is empty.
func (Lines) Frame() row.Frame { return row.Frame{} }

// Checker checks the lines.
func (Lines) Checker(o row.Options) row.Checker { return &linesChecker{checker{options: o}} }

// firstLine returns the first line of text without the blanks around it.
func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return strings.Trim(line, blanks)
}
