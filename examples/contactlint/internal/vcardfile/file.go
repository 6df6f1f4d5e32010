// Package vcardfile reads contacts from vCards, versions 2.1 to 4.0. A card is
// read by github.com/emersion/go-vcard. That knows no version 2.1, so such
// lines are rewritten before it reads them.
//
// Nothing is written: the library keeps neither the order nor the spelling of
// what it does not know.
package vcardfile

import (
	"errors"
	"fmt"
	"strings"

	"github.com/cspkit/partner/examples/contactlint/internal/row"
)

// ErrCards says that a file holds no vCards. The text of an error says what to
// do.
var ErrCards = errors.New("not a file of vCards")

// File is a row.Format for vCards, one after the other. The zero value is at
// the start of a file.
type File struct{ unfinished bool }

var _ row.Format = (*File)(nil)

const (
	begin = "BEGIN:VCARD"
	end   = "END:VCARD"
)

// Begin reads the blanks before the first card.
func (f *File) Begin(text string, last bool) (int, error) {
	rest := strings.TrimLeft(text, blanks)
	switch {
	case len(rest) < len(begin) && !last:
		return 0, row.ErrShort
	case rest == "":
		return 0, fmt.Errorf("%w: the file is empty", ErrCards)
	case !isLine(rest, begin):
		return 0, fmt.Errorf("%w: it does not start with %s; for other formats use --format", ErrCards, begin)
	}
	return 0, nil
}

const blanks = " \t\r\n"

// isLine reports whether text starts with a line of the given content, in any
// case of letters.
func isLine(text, content string) bool {
	return len(text) >= len(content) && strings.EqualFold(text[:len(content)], content) &&
		strings.Trim(firstLine(text[len(content):]), " \t\r") == ""
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

// Newline is '\n'.
func (f *File) Newline() byte { return '\n' }

// Cut ends after the last line that ends a card.
func (f *File) Cut(text string, last bool) int {
	n := 0
	for at := 0; at < len(text); {
		size := strings.IndexByte(text[at:], '\n') + 1
		if size == 0 {
			if !last {
				break
			}
			size = len(text) - at
		}
		if isLine(text[at:], end) {
			n = at + size
		}
		at += size
	}
	if last && strings.Trim(text[n:], blanks) != "" {
		f.unfinished = true
	}
	return n
}

// Skip ends after the line that ends the card.
func (f *File) Skip(text string) (int, bool) {
	n := 0
	for {
		size := strings.IndexByte(text[n:], '\n') + 1
		switch {
		case size == 0 && n == 0:
			return len(text), false // a line that is longer than all that was read
		case size == 0:
			return n, false
		case isLine(text[n:], end):
			return n + size, true
		}
		n += size
	}
}

// Unfinished reports whether the last card has no end.
func (f *File) Unfinished() bool { return f.unfinished }

// Place has nothing to add: the pointer names the property of the card.
func (f *File) Place(*row.Finding) {}

// Head is empty, for nothing is written.
func (f *File) Head() string { return "" }

// Checker checks the cards.
func (f *File) Checker(o row.Options) row.Checker { return &checker{options: o} }
