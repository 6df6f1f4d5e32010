// Package progress shows on a terminal how far a file has been read, with the rate and the time left.
package progress

import (
	"io"
	"time"

	"github.com/schollz/progressbar/v3"
)

// A Bar shows the progress in one file. The nil Bar shows nothing. It is for one goroutine.
type Bar struct{ bar *progressbar.ProgressBar }

// New returns a Bar on w, a terminal, for a file of size bytes, -1 if that is not known. The name must be fit for a terminal.
func New(w io.Writer, name string, size int64) *Bar {
	return &Bar{progressbar.NewOptions64(size,
		progressbar.OptionSetWriter(w),
		progressbar.OptionSetDescription(name),
		progressbar.OptionShowBytes(true),
		progressbar.OptionShowCount(),
		progressbar.OptionSetPredictTime(true),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionSetSpinnerChangeInterval(0), // no goroutine
		progressbar.OptionClearOnFinish(),
	)}
}

// Set shows that done bytes have been read. A bar that cannot be drawn is no reason to stop.
func (b *Bar) Set(done int64) {
	if b != nil {
		_ = b.bar.Set64(done)
	}
}

// Clear takes the bar away, until Set shows it again.
func (b *Bar) Clear() {
	if b != nil {
		_ = b.bar.Clear()
	}
}
