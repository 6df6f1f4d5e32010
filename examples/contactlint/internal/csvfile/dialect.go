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
	wide  span         // where it may hold more than ASCII
	open  bool         // the text ends before the row does: its line end, or the closing quote, may be yet to come
}

// next reads the row at the start of text. Text is not empty. The cells are
// written over those of cells.
//
// A row with a fault ends with its first line. So a quote that is never closed
// takes no other row with it.
func (d dialect) next(text string, cells []string) record {
	line := text[:min(len(text), row.Limit)]
	if end := strings.IndexByte(line, d.newline); end >= 0 {
		line = line[:end]
	}
	r := record{cells: cells}
	d.read(&r, text, strings.IndexByte(line, '"'))
	return r
}

// read is next for a text whose first quote stands at quote. That is -1 if
// there is none. It writes over the cells of r.
func (d dialect) read(r *record, text string, quote int) {
	window := text[:min(len(text), row.Limit)]
	end := strings.IndexByte(window, d.newline)
	if end < 0 && len(text) > row.Limit {
		d.tooLong(r, text)
		return
	}
	r.cells, r.size, r.lines, r.fault, r.open = r.cells[:0], end+1, 1, "", end < 0
	if r.open {
		end, r.size = len(text), len(text)
	}
	if 0 <= quote && quote < end {
		d.quoted(r, text, window)
		return
	}
	for end > 0 && text[end-1] == '\r' {
		end--
	}
	d.split(r, text, end)
}

// tooLong reads a row whose line end is not within row.Limit.
func (d dialect) tooLong(r *record, text string) {
	end := strings.IndexByte(text, d.newline)
	r.cells, r.size, r.lines, r.fault, r.open = r.cells[:0], end+1, 1, row.CodeTooLong, end < 0
	if r.open {
		r.size = len(text)
	}
}

// split splits the line at the start of text, which has no quotes and ends at
// end. Most cells are short, so it looks at eight bytes at a time.
func (d dialect) split(r *record, text string, end int) {
	if end+8 > len(text) { // one line of a chunk
		r.cells = append(r.cells[:0], strings.Split(text[:end], string(rune(d.comma)))...)
		r.wide = span{0, end}
		return
	}
	whole := text[:(end+7)&^7] // the words of the line, with what follows it in the last
	commas, cells := swar.All(d.comma), r.cells[:cap(r.cells)]
	start, n := 0, 0
	first, last := end, 0 // words that are not ASCII
	for i := 0; i < len(whole)-7; i += 8 {
		word := swar.Load(whole[i : i+8])
		if swar.Wide(word) {
			first, last = min(first, i), i+8
		}
		for found := swar.Equal(word, commas); found != 0; found &= found - 1 {
			at := i + swar.First(found)
			if at >= end {
				break
			}
			if n < len(cells) {
				cells[n] = text[start:at]
			}
			start = at + 1
			n++
		}
	}
	if n >= len(cells) { // more than any row before had
		r.cells = make([]string, 2*n+1)
		d.split(r, text, end)
		return
	}
	cells[n] = text[start:end]
	r.cells, r.wide = cells[:n+1], span{first, min(last, end)}
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

// quoted is read for a row with quotes in its first line, of which r has the
// size. It looks no further than window.
func (d dialect) quoted(r *record, text, window string) {
	cells, lines := r.cells[:0], 1
	broken := func(open bool) { r.fault, r.open = row.CodeSyntax, open }
	end := r.size - 1 // of the line
	if r.open {
		end = r.size
	}
	for i := 0; ; {
		i += d.blanks(window[i:])
		if i < len(window) && window[i] == '"' {
			cell, size := quotedCell(window[i:])
			if size == 0 {
				broken(len(window) == len(text))
				return
			}
			cells = append(cells, cell)
			if i += size; i > end {
				lines += strings.Count(window[i-size:i], string(rune(d.newline)))
				end = d.lineEnd(window, i)
			}
		} else {
			n := end - i
			if c := strings.IndexByte(window[i:end], d.comma); c >= 0 {
				n = c
			}
			cell := window[i : i+n]
			if i += n; i == end {
				cell = d.trim(cell)
			}
			if strings.IndexByte(cell, '"') >= 0 && !isFormula(cell) {
				broken(false)
				return
			}
			cells = append(cells, cell)
		}

		if i < len(window) && window[i] == d.comma {
			i++
			continue
		}
		for i < len(window) && window[i] == '\r' && d.newline != '\r' {
			i++
		}
		switch {
		case i < len(window) && window[i] == d.newline:
			i, r.open = i+1, false
		case i < len(window), len(window) < len(text): // something after a quote, or more than the limit
			broken(false)
			return
		default:
			r.open = true
		}
		r.cells, r.size, r.lines, r.wide = cells, i, lines, span{0, i}
		return
	}
}

// lineEnd returns where the line ends that goes on at i.
func (d dialect) lineEnd(text string, i int) int {
	if n := strings.IndexByte(text[i:], d.newline); n >= 0 {
		return i + n
	}
	return len(text)
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
			_, size := quotedCell(row[start:])
			end += size
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

// quotedCell returns the cell that text starts with, and its size with the
// quotes. The size is 0 if it is never closed.
func quotedCell(text string) (cell string, size int) {
	doubled := false
	for i := 1; ; i += 2 {
		if i == len(text) {
			return "", 0
		}
		if text[i] != '"' { // a blank cell is closed at once
			n := strings.IndexByte(text[i:], '"')
			if n < 0 {
				return "", 0
			}
			i += n
		}
		if i+1 == len(text) || text[i+1] != '"' {
			if cell = text[1:i]; doubled {
				cell = strings.ReplaceAll(cell, `""`, `"`)
			}
			return cell, i + 1
		}
		doubled = true
	}
}

// cut returns the length of the whole rows at the start of text. The rest of
// the file follows text.
func (d dialect) cut(text string, r *record) int {
	done := 0
	for {
		quote := strings.IndexByte(text[done:], '"')
		if quote < 0 {
			return done + strings.LastIndexByte(text[done:], d.newline) + 1
		}
		if n := strings.LastIndexByte(text[done:done+quote], d.newline) + 1; n > 0 {
			done, quote = done+n, quote-n
		}
		d.read(r, text[done:], quote)
		if r.open || text[done+r.size-1] != d.newline {
			return done
		}
		done += r.size
	}
}
