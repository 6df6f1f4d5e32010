// Package progress shows on a terminal how far a file has been read, and the
// time left. If there is room, it shows the rate.
package progress

import (
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/rivo/uniseg"
	"github.com/schollz/progressbar/v3"
)

// interval is the time between two draws of a bar that nothing was printed
// over.
const interval = 100 * time.Millisecond

// Least is the width, in columns, of the narrowest terminal that a bar is drawn
// on.
const Least = 40

// A Bar shows the progress in one file, in one line of a terminal. The nil Bar
// shows nothing. It is for one goroutine.
type Bar struct {
	to    io.Writer
	width func() int
	line  *progressbar.ProgressBar // makes the line, and writes it nowhere
	drawn time.Time
	shown int // how many columns are drawn on; 0 is no bar
}

// New returns a Bar on to, a terminal with so many columns. It is for a file of
// size bytes; -1 if that is not known. It is nil if the terminal has fewer
// columns than Least. The name must be fit for a terminal.
func New(to io.Writer, width func() int, name string, size int64) *Bar {
	columns := width()
	if columns < Least {
		return nil
	}
	l := layoutOf(columns, name, size)
	options := []progressbar.Option{
		progressbar.OptionSetWriter(io.Discard),
		progressbar.OptionSetDescription(l.name),
		progressbar.OptionSetWidth(l.bar),
		progressbar.OptionSetPredictTime(true),
		progressbar.OptionSetSpinnerChangeInterval(0), // no goroutine
	}
	if l.counts {
		options = append(options, progressbar.OptionShowBytes(true), progressbar.OptionShowCount())
	}
	line := progressbar.NewOptions64(size, options...)
	line.StartWithoutRender() // the rate is that since now
	return &Bar{to: to, width: width, line: line}
}

// Set shows that done bytes have been read. It draws at once if the bar is not
// there, otherwise only if there is something new to see. A bar that cannot be
// drawn is no reason to stop.
func (b *Bar) Set(done int64) {
	if b == nil || b.shown > 0 && time.Since(b.drawn) < interval {
		return
	}
	_ = b.line.Set64(done)
	_ = b.line.RenderBlank() // Set64 leaves the line as it is while the percentage is the same
	room := b.width() - 1
	text := head(strings.Trim(b.line.String(), "\r "), room)
	columns := uniseg.StringWidth(text) // none of an empty file
	_, _ = io.WriteString(b.to, "\r"+text+strings.Repeat(" ", max(0, min(b.shown, room)-columns)))
	b.drawn, b.shown = time.Now(), columns
}

// Clear takes the bar away, until Set shows it again.
func (b *Bar) Clear() {
	if b == nil || b.shown == 0 {
		return
	}
	_, _ = io.WriteString(b.to, "\r"+strings.Repeat(" ", min(b.shown, b.width()-1))+"\r")
	b.shown = 0
}

// A layout is what a line has room for.
type layout struct {
	name   string
	bar    int  // columns of the bar itself
	counts bool // what was read, of how much, and how fast
}

// The columns that the parts of a line take at most.
const (
	percent = len(" 100% ||")
	times   = len(" [59m59s:99h59m59s]")
	counts  = len(" (999 MB/999 GB, 999 MB/s)")
	spinner = len("| ")
	unsized = len(" (999 MB, 999 MB/s) [99h59m59s]")
	most    = 40 // of the bar
)

func layoutOf(columns int, name string, size int64) layout {
	columns-- // a terminal may go on in the next line when its last column is written to
	if size < 0 {
		return layout{name: shorten(name, columns-spinner-unsized), bar: most, counts: true}
	}
	l := layout{}
	room := columns - percent - times
	if l.counts = room-counts >= Least/2; l.counts {
		room -= counts
	}
	l.name = shorten(name, room*2/3)
	l.bar = min(most, room-uniseg.StringWidth(l.name))
	return l
}

// shorten returns a name that takes no more columns. It keeps the last element,
// and of that the start and the end.
func shorten(name string, columns int) string {
	if uniseg.StringWidth(name) <= columns {
		return name
	}
	name = filepath.Base(name)
	if uniseg.StringWidth(name) <= columns {
		return name
	}
	start := head(name, columns/2)
	for end := name[len(start):]; ; {
		_, end, _, _ = uniseg.FirstGraphemeClusterInString(end, -1)
		if uniseg.StringWidth(start)+1+uniseg.StringWidth(end) <= columns {
			return start + "…" + end
		}
	}
}

// head returns the start of text that takes no more columns.
func head(text string, columns int) string {
	used := 0
	for rest, at := text, 0; rest != ""; {
		cluster, after, width, _ := uniseg.FirstGraphemeClusterInString(rest, -1)
		if used += width; used > columns {
			return text[:at]
		}
		at += len(cluster)
		rest = after
	}
	return text
}
