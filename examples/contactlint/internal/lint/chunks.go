package lint

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/cspkit/partner"

	"github.com/cspkit/partner/examples/contactlint/internal/row"
)

// chunkSize is how much is read at once. It is enough to make handing it over
// cheap, and so little that memory stays small if every row has findings.
const chunkSize = 64 << 10

// ErrCutOff says that a file ends before its last row.
var ErrCutOff = errors.New("the file is cut off")

// A chunk is a run of whole rows. If it has a fault, it stands for one row, and
// its text is the start of it. The next chunks have more of that row.
type chunk struct {
	text  string
	line  int          // in which it starts
	fault partner.Code // of the package row
	more  bool         // of the row of the chunk before
}

// chunks cuts what it reads at the ends of rows. It holds a chunk and at most
// one row of row.Limit.
type chunks struct {
	from    io.Reader
	format  row.Format
	newline string
	buf     []byte // read and not handed out
	line    int    // in which buf starts
	eof     bool
}

// newChunks reads what stands before the first row.
func newChunks(from io.Reader, format row.Format) (*chunks, error) {
	c := &chunks{from: from, format: format, newline: "\n", line: 1}
	for {
		if err := c.fill(); err != nil {
			return nil, err
		}
		text := string(c.buf)
		n, err := format.Begin(text, c.eof)
		if errors.Is(err, row.ErrShort) {
			continue
		}
		if err != nil {
			return nil, err
		}
		c.newline = string(rune(format.Newline()))
		c.take(text, n)
		return c, nil
	}
}

// each calls yield with one chunk after the other until it returns false.
func (c *chunks) each(yield func(chunk) bool) error {
	for {
		text := string(c.buf)
		n := c.format.Cut(text, c.eof)
		if n > 0 && !yield(chunk{text: text[:n], line: c.line}) {
			return nil
		}
		c.take(text, n) // what is left is the start of one row
		switch {
		case c.eof:
			if c.format.Unfinished() {
				last := c.line + strings.Count(strings.TrimRight(string(c.buf), "\n"), "\n")
				return fmt.Errorf("%w in line %d; its end is missing", ErrCutOff, last)
			}
			return nil
		case len(c.buf) > row.Limit:
			if ok, err := c.skip(yield); err != nil || !ok {
				return err
			}
		default:
			if err := c.fill(); err != nil {
				return err
			}
		}
	}
}

// skip reads over a row that is longer than row.Limit, and yields it in pieces.
func (c *chunks) skip(yield func(chunk) bool) (ok bool, err error) {
	piece := chunk{fault: row.CodeTooLong}
	for {
		text := string(c.buf)
		n, done := c.format.Skip(text)
		piece.text, piece.line = text[:n], c.line
		if !yield(piece) {
			return false, nil
		}
		piece = chunk{more: true}
		c.take(text, n)
		if done || c.eof {
			return true, nil
		}
		if err := c.fill(); err != nil {
			return false, err
		}
	}
}

// take drops the first n bytes of buf, which text is a copy of.
func (c *chunks) take(text string, n int) {
	c.line += strings.Count(text[:n], c.newline)
	c.buf = c.buf[:copy(c.buf, c.buf[n:])]
}

// fill reads up to chunkSize bytes more.
func (c *chunks) fill() error {
	start := len(c.buf)
	if cap(c.buf) < start+chunkSize {
		c.buf = append(make([]byte, 0, start+chunkSize), c.buf...)
	}
	n, err := io.ReadFull(c.from, c.buf[start:start+chunkSize])
	c.buf = c.buf[:start+n]
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		c.eof = true
		return nil
	}
	return err
}
