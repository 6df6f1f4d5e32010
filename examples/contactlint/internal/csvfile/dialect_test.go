package csvfile

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/contactlint/internal/header"
	"github.com/cspkit/partner/examples/contactlint/internal/row"
	"github.com/cspkit/partner/examples/contactlint/internal/sample"
)

// all reads text to its end. Blank lines are left out, as encoding/csv does.
func (d dialect) all(text string) (records []record) {
	for text != "" {
		r := d.next(text, nil)
		if r.fault != "" || len(r.cells) > 1 || r.cells[0] != "" || strings.Contains(text[:r.size], `"`) {
			records = append(records, r)
		}
		text = text[r.size:]
	}
	return records
}

var comma = dialect{comma: ',', newline: '\n'}

func TestNext(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, text, why string
		cells           []string
		rest            string
	}{
		{"plain", "a,b\nc", "the line end is no part of a cell", []string{"a", "b"}, "c"},
		{"CRLF", "a,b\r\nc", "nor is its other half", []string{"a", "b"}, "c"},
		{"CR inside", "a\rb,c\n", "a CR alone ends no line where LF does", []string{"a\rb", "c"}, ""},
		{"empty cells", ",,\n", "an empty cell is a cell", []string{"", "", ""}, ""},
		{"quotes", "\"a\",\"b,\"\"c\"\"\"\n", "doubled quotes are one", []string{"a", `b,"c"`}, ""},
		{"line ends in quotes", "\"a\r\nb\",c\r\nd", "they are text, and stay as they are", []string{"a\r\nb", "c"}, "d"},
		{"end of file", "a,\"b\"", "the last line needs no end", []string{"a", "b"}, ""},
		{"end of file after CR", "a,\"b\"\r", "as encoding/csv reads it", []string{"a", "b"}, ""},
		{"spaces before quotes", "a, \"b,c\",  \"d\"\nc", "as people type them", []string{"a", "b,c", "d"}, "c"},
		{"spaces and no quotes", "a, b\nc", "they belong to the cell", []string{"a", " b"}, "c"},
		{"CR CR LF", "a,b\r\r\n\"c\"", "some programs write it", []string{"a", "b"}, "\"c\""},
		{"quotes before CR CR LF", "a,\"b\"\r\r\nc", "here, too", []string{"a", "b"}, "c"},
		{
			"a formula without quotes", "a,=\"0207\",b\nc,=\"0\"", "programs write numbers so",
			[]string{"a", `="0207"`, "b"}, "c,=\"0\"",
		},
		{"a formula at the end", "a,=\"0207\"\r\nc", "here, too", []string{"a", `="0207"`}, "c"},
		{"quote inside", "a,b\"c\nd", "only a quoted cell may hold one", nil, "d"},
		{"text after a quote", "\"a\"b,c\nd", "a quote ends its cell", nil, "d"},
		{"never closed", "\"a,b\nc\nd", "only the first line is lost", nil, "c\nd"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := comma.next(tt.text, nil)
			if tt.cells != nil {
				assert.Equal(t, tt.cells, r.cells, tt.why)
			}
			assert.Equal(t, tt.cells == nil, r.fault == row.CodeSyntax, tt.why)
			assert.Equal(t, tt.rest, tt.text[r.size:], tt.why)
		})
	}
}

// A line is split to the same cells wherever its commas stand, whatever follows
// it, and however many cells it has.
func TestSplit(t *testing.T) {
	t.Parallel()
	const after = "\n,,,,,é,,,,\n"
	r := record{}
	for length := range 40 {
		for seed := range 32 {
			line := make([]byte, length)
			for i := range line {
				line[i] = "ab,-.+"[(i*seed+i/3+seed)%6]
			}
			for _, text := range []string{string(line), strings.Replace(string(line), "a", "ü", 1)} {
				comma.read(&r, text+after, -1)
				assert.Equal(t, strings.Split(text, ","), r.cells)
				assert.Equal(t, len(text)+1, r.size)
				wide := strings.IndexByte(text, "ü"[0])
				assert.Equal(t, wide >= 0, r.wide.start < r.wide.end && wide >= r.wide.start && wide+2 <= r.wide.end, text)
			}
		}
	}
}

func TestEachFieldHasItsPlace(t *testing.T) {
	t.Parallel()
	assert.Len(t, header.Names, fields)
}

func TestASpaceBetweenCells(t *testing.T) {
	t.Parallel()
	d := dialect{comma: ' ', newline: '\n'}
	assert.Equal(t, []string{"a", "", "b"}, d.next(`a  "b"`, nil).cells, "each space ends a cell here")
}

func TestLimit(t *testing.T) {
	t.Parallel()
	line := strings.Repeat("x", row.Limit-1) + "\n"
	assert.Empty(t, comma.next(line+"y", nil).fault, "a row of the greatest length is a row")
	r := comma.next("x"+line+"y", nil)
	assert.Equal(t, row.CodeTooLong, r.fault)
	assert.Equal(t, len(line)+1, r.size, "the next line is another row")

	quoted := `"` + strings.Repeat("x\n", row.Limit/2) + `"` + "\ny"
	r = comma.next(quoted, nil)
	assert.Equal(t, row.CodeSyntax, r.fault, "a quote that is closed later is taken for one that never is")
	assert.Equal(t, 3, r.size)
	assert.False(t, r.open, "no text that follows can change it")
}

var seeds = []string{
	"", "\n", "\r", "a", "a,b\nc,d\n", "a;b\r\n", "\"a\"\r\nb", "\"a\"\"b\"", "\"a\nb\",c\n\"", "a\"b\n", "\"\"\n\"\"\"",
	"\"a\"b\n\"c\nd\"\n", "\"\r\n\"\r\n\r\n,\r", "é,\xff\n\"\x00\"",
}

// What encoding/csv reads is read to the same cells. What it refuses is
// refused.
func FuzzReadsAsEncodingCSV(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if regexp.MustCompile(`(?m)(^|,) +"|="|\r\r`).MatchString(text) {
			return // read as people mean it, and not as encoding/csv does
		}
		r := csv.NewReader(strings.NewReader(text))
		r.FieldsPerRecord = -1
		got := comma.all(text)
		for i := 0; ; i++ {
			want, err := r.Read()
			if errors.Is(err, io.EOF) {
				require.Len(t, got, i)
				return
			}
			require.Greater(t, len(got), i)
			if err != nil {
				require.NotEmpty(t, got[i].fault, "%v", err)
				return // from here on, the two read different rows
			}
			require.Empty(t, got[i].fault)
			for j, cell := range got[i].cells {
				got[i].cells[j] = strings.ReplaceAll(cell, "\r\n", "\n") // as encoding/csv does within quotes
			}
			require.Equal(t, want, got[i].cells)
		}
	})
}

// Wherever a chunk ends, the rows are the same. Cut takes nothing that the text
// after it could change.
func FuzzCutChangesNothing(f *testing.F) {
	for _, s := range seeds {
		f.Add(s, len(s)/2)
		f.Add(s, len(s))
	}
	f.Fuzz(func(t *testing.T, text string, seen int) {
		seen = min(max(seen, 0), len(text))
		n := comma.cut(text[:seen], &record{})
		require.LessOrEqual(t, n, seen)
		whole := comma.all(text)
		parts := append(comma.all(text[:n]), comma.all(text[n:])...)
		require.Len(t, parts, len(whole))
		for i := range whole {
			require.Equal(t, whole[i].cells, parts[i].cells)
			require.Equal(t, whole[i].fault, parts[i].fault)
			require.Equal(t, whole[i].lines, parts[i].lines)
		}
	})
}

// BenchmarkReaders compares this package's reader with encoding/csv, which
// checks nothing and keeps nothing. With spans is what --fix needs.
func BenchmarkReaders(b *testing.B) {
	for _, file := range []struct {
		name  string
		write func(io.Writer, int) error
	}{{"own", sample.CSV}, {"outlook", sample.OutlookCSV}} {
		const rows = 20_000
		var buf bytes.Buffer
		require.NoError(b, file.write(&buf, rows))
		text := buf.String()
		perRow := func(b *testing.B) {
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*rows), "ns/row")
		}
		b.Run(file.name+"/this", func(b *testing.B) {
			var cells []string
			for b.Loop() {
				for rest := text; rest != ""; {
					r := comma.next(rest, cells)
					cells, rest = r.cells[:0], rest[r.size:]
				}
			}
			perRow(b)
		})
		b.Run(file.name+"/this-with-spans", func(b *testing.B) {
			var cells []string
			var spans []span
			for b.Loop() {
				for rest := text; rest != ""; {
					r := comma.next(rest, cells)
					spans = comma.spans(rest[:r.size], spans)
					cells, rest = r.cells[:0], rest[r.size:]
				}
			}
			perRow(b)
		})
		b.Run(file.name+"/encoding-csv", func(b *testing.B) {
			for b.Loop() {
				r := csv.NewReader(strings.NewReader(text))
				r.ReuseRecord, r.FieldsPerRecord = true, -1
				for {
					if _, err := r.Read(); err != nil {
						require.ErrorIs(b, err, io.EOF)
						break
					}
				}
			}
			perRow(b)
		})
	}
}

// The spans of a row are where its cells are.
func FuzzSpans(f *testing.F) {
	for _, s := range append(seeds, "a, \"b\"\"c\" ,d", "a, \"b\",c\r\r\n") {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for text != "" {
			r := comma.next(text, nil)
			if r.fault == "" {
				spans := comma.spans(text[:r.size], nil)
				require.Len(t, spans, len(r.cells))
				for i, s := range spans {
					raw := text[s.start:s.end]
					if strings.HasPrefix(raw, `"`) {
						raw = strings.ReplaceAll(raw[1:len(raw)-1], `""`, `"`)
					}
					require.Equal(t, r.cells[i], raw)
				}
			}
			text = text[r.size:]
		}
	})
}
