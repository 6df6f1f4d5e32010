package lint_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/contactlint/internal/csvfile"
	"github.com/cspkit/partner/examples/contactlint/internal/jsonfile"
	"github.com/cspkit/partner/examples/contactlint/internal/lint"
	"github.com/cspkit/partner/examples/contactlint/internal/row"
	"github.com/cspkit/partner/examples/contactlint/internal/sample"
)

func noHead(string) error { return nil }

func newCSV() row.Format { return csvfile.New("", csvfile.Options{}) }

// collect returns everything that is found in a file.
func collect(tb testing.TB, from io.Reader, format row.Format) row.Result {
	tb.Helper()
	var sum row.Result
	err := lint.File(context.Background(), from, format, row.Options{Fix: true}, noHead, func(res *row.Result) error {
		sum.Rows += res.Rows
		sum.Errors += res.Errors
		sum.Findings = append(sum.Findings, res.Findings...)
		sum.Fixed = append(sum.Fixed, res.Fixed...)
		return nil
	})
	require.NoError(tb, err)
	return sum
}

// However many workers check, and however the reader hands the bytes over, the
// result is that of one pass over the whole file.
func TestOrderIsThatOfTheFile(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	require.NoError(t, sample.CSV(&b, 50_000)) // a dozen chunks
	file := b.String()

	got := collect(t, iotest.HalfReader(strings.NewReader(file)), newCSV())

	format := newCSV()
	n, err := format.Begin(file, true)
	require.NoError(t, err)
	var want row.Result
	format.Checker(row.Options{Fix: true}).Check(file[n:], 2, &want)
	for i := range want.Findings {
		format.Place(&want.Findings[i])
	}
	require.Equal(t, 50_000, got.Rows)
	assert.Equal(t, want.Errors, got.Errors)
	assert.Equal(t, want.Findings, got.Findings)
	assert.True(t, bytes.Equal(want.Fixed, got.Fixed))
}

// endless repeats a text after a head, up to so many bytes.
func endless(head, text string, size int64) io.Reader {
	text = strings.Repeat(text, 1+(1<<16)/len(text))
	return io.MultiReader(strings.NewReader(head), io.LimitReader(&repeat{text: text}, size))
}

type repeat struct {
	text string
	at   int
}

func (r *repeat) Read(p []byte) (int, error) {
	n := copy(p, r.text[r.at:])
	r.at = (r.at + n) % len(r.text)
	return n, nil
}

// The memory in use does not follow the size of the file, whatever is in it.
func TestMemoryIsBounded(t *testing.T) { // not parallel: it measures memory
	csv := newCSV
	array := func() row.Format { return jsonfile.NewDocument("") }
	for _, tt := range []struct {
		name, head, text string
		format           func() row.Format
	}{
		{"good rows", "first,last,email,phone\n", "Ada,Adler,soc@contoso.com,+14255550100\n", csv},
		{"nothing but findings", "first,last,email,phone\n", ",,," + strings.Repeat("x", 40) + "\n", csv},
		{"a line without end", "first,last,email,phone\n", "x", csv},
		{"a quote that is never closed", "first,last,email,phone\n\"", "Ada,Adler,soc@contoso.com,+14255550100\n", csv},
		{"an array never closed", "[", "[", array},
		{"a string never closed", "[\"", "x", array},
		{"a line that is no JSON", "", "x", func() row.Format { return jsonfile.Lines{} }},
		{"blanks after an array", "[]", " ", array},
	} {
		t.Run(tt.name, func(t *testing.T) {
			small := peak(t, endless(tt.head, tt.text, 3<<20), tt.format())
			large := peak(t, endless(tt.head, tt.text, 11<<20), tt.format())
			assert.Less(t, large, small+4<<20, "the file has grown by 8 MiB")
		})
	}
}

// peak returns the most memory, in bytes, that is needed while a file is
// checked.
func peak(t *testing.T, from io.Reader, format row.Format) uint64 {
	t.Helper()
	w := &weighed{from: from}
	err := lint.File(context.Background(), w, format, row.Options{}, noHead, func(*row.Result) error { return nil })
	if !errors.Is(err, lint.ErrCutOff) {
		require.NoError(t, err)
	}
	require.NotZero(t, w.most)
	return w.most
}

// weighed looks at the memory every 32 reads. It leaves the garbage out, of
// which there is as much as the collector likes.
type weighed struct {
	from  io.Reader
	reads int
	most  uint64
}

func (w *weighed) Read(p []byte) (int, error) {
	if w.reads++; w.reads%32 == 0 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		w.most = max(w.most, m.HeapAlloc)
	}
	return w.from.Read(p)
}

func TestErrors(t *testing.T) {
	t.Parallel()
	mine := errors.New("mine")
	file := "first,last,email,phone\n" + strings.Repeat("Ada,,soc@contoso.com,+14255550100\n", 100_000)

	t.Run("reading", func(t *testing.T) {
		t.Parallel()
		found := 0
		from := io.MultiReader(strings.NewReader(file), iotest.ErrReader(mine))
		err := lint.File(context.Background(), from, newCSV(), row.Options{}, noHead, func(res *row.Result) error {
			found += len(res.Findings)
			return nil
		})
		require.ErrorIs(t, err, mine)
		assert.Positive(t, found, "what was found before is not lost")
	})
	t.Run("begin", func(t *testing.T) {
		t.Parallel()
		err := lint.File(context.Background(), strings.NewReader(file), newCSV(), row.Options{},
			func(string) error { return mine }, func(*row.Result) error { return nil })
		require.ErrorIs(t, err, mine)
	})
	t.Run("sink", func(t *testing.T) {
		t.Parallel()
		calls := 0
		err := lint.File(context.Background(), strings.NewReader(file), newCSV(), row.Options{}, noHead,
			func(*row.Result) error { calls++; return mine })
		require.ErrorIs(t, err, mine)
		assert.Equal(t, 1, calls, "after an error nobody is called")
	})
	t.Run("interrupted", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(context.Background())
		pipe, _ := io.Pipe() // a read that never ends
		found := 0
		err := lint.File(ctx, io.MultiReader(strings.NewReader(file), pipe), newCSV(), row.Options{}, noHead,
			func(res *row.Result) error { found += len(res.Findings); cancel(); return nil })
		require.ErrorIs(t, err, lint.ErrInterrupted)
		assert.Positive(t, found)
	})
	t.Run("interrupted before the header", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		pipe, _ := io.Pipe()
		err := lint.File(ctx, pipe, newCSV(), row.Options{}, noHead, func(*row.Result) error { return nil })
		require.ErrorIs(t, err, lint.ErrInterrupted)
	})
}
