// Package csvfile reads comma-separated values as RFC 4180 has them. It reads
// in chunks, so that several goroutines can share a file, and goes on after
// what it cannot read.
//
// It reads what encoding/csv reads, to the same cells. A test with generated
// text compares the two. They differ in these ways:
//   - After a broken row, this package goes on with the next line.
//   - It takes no memory of its own, for cells are parts of the text.
//   - It knows where in the text each cell stands. So a fixed file can differ
//     in the cells that are fixed, and in nothing else.
//   - Spaces may stand before a quoted cell, a cell may be ="020 7946 0958",
//     and a line may end with "\r\r\n".
package csvfile

import (
	"strings"

	"github.com/cspkit/partner"

	"github.com/cspkit/partner/examples/contactlint/internal/row"
	"github.com/cspkit/partner/examples/contactlint/internal/swar"
)

// A dialect is how a file is written.
type dialect struct {
	comma   byte // between cells
	newline byte // at the end of a row: '\n', which may follow a '\r', or '\r' alone
}

// A record is one row of a file.
type record struct {
	cells []string
	size  int          // in bytes, with the line end
	lines int          // that it takes, 1 at least
	fault partner.Code // of the package row; "" is none
	wide  bool         // it may hold more than ASCII
	open  bool         // the text ends before the row does: its line end, or the closing quote, may be yet to come
}

// next reads the row at the start of text. Text is not empty. The cells are
// written over those of cells.
//
// A row with a fault ends with its first line. So a quote that is never closed
// takes no other row with it.
func (d dialect) next(text string, cells []string) record {
	return d.before(text, strings.IndexByte(text[:min(len(text), row.Limit)], '"'), cells)
}

// before is next for a text whose first quote stands at quote. It is -1, or
// anywhere after the line, if there is none in the line.
func (d dialect) before(text string, quote int, cells []string) record {
	window := text[:min(len(text), row.Limit)]
	end := strings.IndexByte(window, d.newline)
	if end < 0 && len(text) > row.Limit {
		return d.tooLong(text)
	}
	size, open := end+1, end < 0
	if open {
		end, size = len(text), len(text)
	}
	if 0 <= quote && quote < end {
		return d.quoted(text, window, size, cells[:0])
	}
	cells, wide := d.split(text, len(d.trim(text[:end])), cells)
	return record{cells: cells, size: size, lines: 1, wide: wide, open: open}
}

// tooLong reads a row whose line end is not within row.Limit.
func (d dialect) tooLong(text string) record {
	end := strings.IndexByte(text, d.newline)
	if end < 0 {
		return record{size: len(text), lines: 1, fault: row.CodeTooLong, open: true}
	}
	return record{size: end + 1, lines: 1, fault: row.CodeTooLong}
}

// split splits the line at the start of text, which has no quotes and ends at
// end. It reports whether the line may hold more than ASCII. Most cells are
// short, so it looks at eight bytes at a time.
func (d dialect) split(text string, end int, cells []string) (_ []string, wide bool) {
	if end+8 > len(text) { // one line of a chunk
		return append(cells[:0], strings.Split(text[:end], string(rune(d.comma)))...), true
	}
	cells = cells[:cap(cells)]
	commas, all := swar.All(d.comma), uint64(0)
	start, n := 0, 0
	for i := 0; i < end; i += 8 {
		word := swar.Load(text[i : i+8])
		all |= word
		for found := swar.Equal(word, commas); found != 0; found &= found - 1 {
			at := i + swar.First(found)
			if at >= end {
				break
			}
			if n == len(cells) {
				cells = append(cells, "")
				cells = cells[:cap(cells)]
			}
			cells[n] = text[start:at]
			start = at + 1
			n++
		}
	}
	return append(cells[:n], text[start:end]), swar.Wide(all)
}

// trim takes each '\r' from the end of a line.
func (d dialect) trim(line string) string {
	n := len(line)
	for n > 0 && line[n-1] == '\r' {
		n--
	}
	return line[:n]
}

// blanks returns how many spaces stand before a quoted cell at the start of
// text. It returns 0 if the cell is not quoted.
func (d dialect) blanks(text string) int {
	n := 0
	for n < len(text) && text[n] == ' ' && d.comma != ' ' {
		n++
	}
	if n == len(text) || text[n] != '"' {
		return 0
	}
	return n
}

// quoted is next for a row with quotes in its first line, which has the given
// size. It looks no further than window.
func (d dialect) quoted(text, window string, firstLine int, cells []string) record {
	broken := record{size: firstLine, lines: 1, fault: row.CodeSyntax}
	for i, lines := 0, 1; ; {
		var cell string
		i += d.blanks(window[i:])
		if i < len(window) && window[i] == '"' {
			quoted, ok := quotedCell(window[i+1:])
			if !ok {
				broken.open = len(window) == len(text)
				return broken
			}
			cell = strings.ReplaceAll(quoted, `""`, `"`)
			i += len(quoted) + 2
			lines += strings.Count(quoted, string(rune(d.newline)))
		} else {
			n := strings.IndexByte(window[i:], d.newline)
			if n < 0 {
				n = len(window) - i
			}
			if c := strings.IndexByte(window[i:i+n], d.comma); c >= 0 {
				n = c
			}
			cell = window[i : i+n]
			i += n
			if strings.IndexByte(cell, '"') >= 0 && !isFormula(d.trim(cell)) {
				return broken
			}
			if i == len(window) || window[i] == d.newline {
				cell = d.trim(cell)
			}
		}
		cells = append(cells, cell)

		if i < len(window) && window[i] == d.comma {
			i++
			continue
		}
		for i < len(window) && window[i] == '\r' && d.newline != '\r' {
			i++
		}
		switch {
		case i < len(window) && window[i] == d.newline:
			return record{cells: cells, size: i + 1, lines: lines, wide: true}
		case i < len(window), len(window) < len(text): // something after a quote, or more than the limit
			return broken
		default:
			return record{cells: cells, size: len(window), lines: lines, wide: true, open: true}
		}
	}
}

// isFormula reports whether a cell is ="020 7946 0958", as programs write it so
// that a spreadsheet takes the number for text. No quotes stand around it.
func isFormula(cell string) bool {
	inside, ok := strings.CutPrefix(cell, `="`)
	inside, ok2 := strings.CutSuffix(inside, `"`)
	return ok && ok2 && strings.IndexByte(inside, '"') < 0
}

// A span is where in a row a cell stands, with its quotes.
type span struct{ start, end int }

// spans returns the spans of the cells of a row that next could read. They are
// appended to to[:0].
func (d dialect) spans(row string, to []span) []span {
	to = to[:0]
	for i := 0; ; {
		start := i + d.blanks(row[i:])
		end := start
		if start < len(row) && row[start] == '"' {
			cell, _ := quotedCell(row[start+1:])
			end += len(cell) + 2
		} else {
			for end < len(row) && row[end] != d.comma && row[end] != d.newline {
				end++
			}
		}
		if end < len(row) && row[end] == d.comma {
			to = append(to, span{start, end})
			i = end + 1
			continue
		}
		return append(to, span{start, start + len(d.trim(row[start:end]))})
	}
}

// quotedCell returns the text up to the quote that closes it. Its own quotes
// are still doubled.
func quotedCell(text string) (cell string, ok bool) {
	for i := 0; ; i += 2 {
		n := strings.IndexByte(text[i:], '"')
		if n < 0 {
			return "", false
		}
		if i += n; i+1 == len(text) || text[i+1] != '"' {
			return text[:i], true
		}
	}
}

// cut returns the length of the whole rows at the start of text. The rest of
// the file follows text.
func (d dialect) cut(text string, scratch []string) int {
	done := 0
	for {
		quote := strings.IndexByte(text[done:], '"')
		if quote < 0 {
			return done + strings.LastIndexByte(text[done:], d.newline) + 1
		}
		done += strings.LastIndexByte(text[done:done+quote], d.newline) + 1
		r := d.next(text[done:], scratch)
		if r.open || !strings.HasSuffix(text[done:done+r.size], string(rune(d.newline))) {
			return done
		}
		done += r.size
	}
}
