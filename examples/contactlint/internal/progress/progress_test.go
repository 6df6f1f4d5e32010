package progress_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/rivo/uniseg"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/contactlint/internal/progress"
)

func columns(n int) func() int { return func() int { return n } }

func TestBar(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	bar := progress.New(&b, columns(80), "contacts.csv", 1000)
	bar.Set(500)
	assert.Contains(t, b.String(), "contacts.csv")
	assert.Contains(t, b.String(), "50%")
	b.Reset()
	bar.Clear()
	assert.NotContains(t, b.String(), "50%", "nothing is left of it")

	b.Reset()
	unknown := progress.New(&b, columns(80), "-", -1)
	unknown.Set(500)
	assert.Contains(t, b.String(), "500 B", "without a size, what was read")
}

// A bar is drawn ten times a second. If it was taken away, it is drawn at once.
// There is nothing to take away twice.
func TestDrawsAndClears(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var b bytes.Buffer
		bar := progress.New(&b, columns(80), "contacts.csv", 1000)
		draws := func(f func()) int {
			b.Reset()
			f()
			return strings.Count(b.String(), "contacts.csv")
		}
		set := func() { bar.Set(500) }
		assert.Equal(t, 1, draws(set), "the first one")
		assert.Zero(t, draws(set), "too soon")
		assert.Zero(t, b.Len(), "nor is it taken away")
		time.Sleep(100 * time.Millisecond)
		assert.Equal(t, 1, draws(set))
		for range 3 {
			bar.Clear()
			assert.Equal(t, 1, draws(set), "what was printed over is drawn at once")
		}
		bar.Clear()
		assert.Zero(t, draws(bar.Clear))
		assert.Zero(t, b.Len(), "it is not there")
	})
}

// A bar says what fits. It never fills a line, for that would scroll the
// terminal.
func TestABarFitsItsLine(t *testing.T) {
	t.Parallel()
	names := []string{
		"-", "contacts.csv", strings.Repeat("partners/", 9) + "contacts.csv", strings.Repeat("長い名前", 20) + ".csv",
	}
	for _, width := range []int{progress.Least, 41, 60, 72, 73, 80, 132, 300} {
		for _, size := range []int64{-1, 0, 1000, 1_200_000_000, 999_900_000_000_000} {
			for _, name := range names {
				t.Run(fmt.Sprint(width, size, len(name)), func(t *testing.T) {
					t.Parallel()
					var b bytes.Buffer
					bar := progress.New(&b, columns(width), name, size)
					require.NotNil(t, bar)
					bar.Set(max(size, 1000) * 26 / 100)
					line := strings.Trim(b.String(), "\r")
					assert.Less(t, uniseg.StringWidth(line), width)
					if size > 0 {
						assert.Contains(t, line, "26%")
						assert.Contains(t, line, "]", "the time left is not cut off")
						assert.Equal(t, width >= 80, strings.Contains(line, "B/s"), "the rate is there if it fits")
					}
					if size != 0 && name != "-" {
						assert.Contains(t, line, "sv", "the end of a name tells more than its middle")
					}
				})
			}
		}
	}
	assert.Nil(t, progress.New(&bytes.Buffer{}, columns(progress.Least-1), "contacts.csv", 1000))
}

// In a narrow terminal the line has only whole percent. There is a bar from the
// start all the same.
func TestTheFirstOfManyBytes(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	progress.New(&b, columns(progress.Least), "contacts.csv", 1_200_000_000).Set(32 << 10)
	assert.Contains(t, b.String(), " 0%")
}

// A terminal may become narrower while a file is read.
func TestANarrowerTerminal(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	width := 100
	bar := progress.New(&b, func() int { return width }, "contacts.csv", 1000)
	bar.Set(100)
	width = 50
	b.Reset()
	bar.Clear()
	assert.Less(t, b.Len(), width+2)
	b.Reset()
	bar.Set(100)
	assert.Less(t, uniseg.StringWidth(strings.Trim(b.String(), "\r")), width)
}

// Where nobody looks there is no bar.
func TestNilBar(t *testing.T) {
	t.Parallel()
	var bar *progress.Bar
	assert.NotPanics(t, func() {
		bar.Set(1)
		bar.Clear()
	})
}
