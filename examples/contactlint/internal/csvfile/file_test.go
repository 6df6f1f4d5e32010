package csvfile_test

import (
	"encoding/csv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/contactlint/internal/csvfile"
	"github.com/cspkit/partner/examples/contactlint/internal/row"
)

const head = "first,last,email,phone,note\n"

// fix returns the fixed file, and what was found in the original one.
func fix(tb testing.TB, file string, o csvfile.Options) (string, row.Result) {
	tb.Helper()
	f := csvfile.New("", o)
	n, err := f.Begin(file, true)
	require.NoError(tb, err)
	var res row.Result
	f.Checker(row.Options{Fix: true, Region: "US"}).Check(file[n:], 2, &res)
	return f.Head() + string(res.Fixed), res
}

// Four laws of a fixed file:
//   - Fixing it again changes nothing.
//   - It has the rows of the original, and what cannot be read is as it was.
//   - A cell that is no field is as it was.
//   - With SafeCells, nothing is left to mark.
func FuzzFix(f *testing.F) {
	for _, s := range []string{
		"Ada,Adler,soc@contoso.com,+14255550100,", "=Ada,-,+a@b.de,＋1425,\t=1", "'=Ada,''=x,@x,tel:+1,'",
		"\" =1\",\" \",\"a\nb\",\"+1,2\",x", "a, \"b\", \"c\",d", "\"Ada\",b\r\r\n\"x\"\r\r\ny", "a\"b\n,,,,,,\n,,,,,x",
		"Ada,Adler,soc@contoso.com,425 555 0100,\r", "\u3000+,\u00a0-,a@b.de,++1,＝",
		// A mark before a formula, which shows only after normalising, and more than
		// one mark.
		"\" ' +1\",\u200b' +1,a@b.de,' +1,' +1", "'\u2009+1,''+1,\u00a0'@b,''tel:+1,''+1",
		"' '+1,'\u200b=1,'''-,' tel:+1,'\t", "'\u200c＝,\" '\t\",'+,'tel:tel:+1,",
		"Ada,Adler,SOC <soc@contoso.com>,\"=\"\"4255550100\"\"\",=1",
	} {
		for mode := range byte(3) {
			f.Add(s, mode)
		}
	}
	f.Fuzz(func(t *testing.T, rows string, mode byte) {
		o := csvfile.Options{SafeCells: mode%3 == 1, Tel: mode%3 == 2}
		once, res := fix(t, head+rows, o)
		twice, again := fix(t, once, o)
		require.Equal(t, once, twice)
		require.Equal(t, res.Rows, again.Rows)
		require.Equal(t, res.Broken, again.Broken)
		require.Zero(t, again.Marked)
		if !o.SafeCells {
			require.Equal(t, notes(t, head+rows), notes(t, once))
		}
	})
}

// notes returns what encoding/csv reads in the columns after the phone number,
// as long as it reads anything.
func notes(tb testing.TB, file string) (notes [][]string) {
	tb.Helper()
	r := csv.NewReader(strings.NewReader(strings.ReplaceAll(file, "\r\r", "\r")))
	r.FieldsPerRecord, r.TrimLeadingSpace = -1, true
	for {
		cells, err := r.Read()
		if err != nil {
			return notes
		}
		notes = append(notes, cells[min(4, len(cells)):])
	}
}

func TestFixChangesNothingElse(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, header, rows, want, why string
		options                       csvfile.Options
	}{
		{
			name: "quotes", header: "\"first\",last,email,phone\n",
			rows: "\"Ada \",\"Adler\",soc@CONTOSO.com,\"+1 425 555 0100\"\n",
			want: "\"Ada\",\"Adler\",soc@contoso.com,\"+14255550100\"\n", why: "they stand where they stood",
		},
		{
			name: "spaces after commas", header: "first, last, email, phone\n",
			rows: "Ada, \"Adler\", soc@contoso.com, \"+1 425 555 0100\"\n",
			want: "Ada, \"Adler\",soc@contoso.com, \"+14255550100\"\n", why: "a space at the edge is no part of a value",
		},
		{
			name: "line ends", header: "first,last,email,phone\r\r\n",
			rows: "Ada,Adler,soc@contoso.com,(425) 555-0100\r\r\n\r\r\n",
			want: "Ada,Adler,soc@contoso.com,+14255550100\r\r\n\r\r\n",
			why:  "those of the file, and its blank rows",
		},
		{
			name: "no line end", header: "first,last,email,phone\n", rows: "Ada,Adler,soc@contoso.com,425-555-0100",
			want: "Ada,Adler,soc@contoso.com,+14255550100", why: "the last row had none",
		},
		{
			name: "short and long rows", header: "first,last,email,phone,fax\n",
			rows: " a,b,c@contoso.com,425 555 0100\nx\na,b,c@contoso.com,425 555 0100,,,\n1,2,3,4,5,6\n\"a,b\n",
			want: "a,b,c@contoso.com,+14255550100\nx\na,b,c@contoso.com,+14255550100,,,\n1,2,3,4,5,6\n\"a,b\n",
			why:  "no cell is added, and none is lost; what cannot be read stays",
		},
		{
			name: "the separator of an extension", header: "first;last;email;phone\n",
			rows: "Ada;Adler;soc@contoso.com;+1 425 555 0100 ext. 12\n",
			want: "Ada;Adler;soc@contoso.com;\"+14255550100;ext=12\"\n", why: "it needs quotes here",
		},
		{
			name: "other columns", header: "first,last,email,home phone,work phone,sum\n",
			rows: "A,B,c@contoso.com,425 555 0100,425 555 0101,-12.50\n",
			want: "A,B,c@contoso.com,425 555 0100,+14255550101,-12.50\n", why: "only the number that counts is the contact's",
		},
		{
			name: "safe cells", header: "first,last,email,phone,sum\n", options: csvfile.Options{SafeCells: true},
			rows: "=A,B,c@contoso.com,425 555 0100,-12.50\n", want: "'=A,B,c@contoso.com,+14255550100,'-12.50\n",
			why: "all but a phone number",
		},
		{
			name: "tel", header: "first,last,email,phone\n", options: csvfile.Options{Tel: true},
			rows: "A,B,c@contoso.com,425 555 0100\n", want: "A,B,c@contoso.com,tel:+14255550100\n", why: "for a spreadsheet",
		},
		{
			name: "marks of old", header: "first,last,email,phone\n",
			rows: "A,B,c@contoso.com,tel:+14255550100\nA,B,c@contoso.com,'+14255550100\n",
			want: "A,B,c@contoso.com,+14255550100\nA,B,c@contoso.com,+14255550100\n", why: "other programs do not read them",
		},
		{
			name: "a whole name", header: "Name,email,phone\n", rows: "  Ada   Adler ,c@contoso.com,425 555 0100\n",
			want: "Ada Adler,c@contoso.com,+14255550100\n", why: "it stays in its cell",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, _ := fix(t, tt.header+tt.rows, tt.options)
			assert.Equal(t, tt.header+tt.want, got, tt.why)
		})
	}
}

// The header is a row of cells, too.
func TestSafeCellsInTheHeader(t *testing.T) {
	t.Parallel()
	const before = "Notes:\nsep\n"
	got, _ := fix(t, before+"first,last,email,phone,=sum\n", csvfile.Options{SafeCells: true})
	assert.Equal(t, before+"first,last,email,phone,'=sum\n", got)
}

func TestAGoodRowAllocatesNothing(t *testing.T) { // not parallel: it counts
	f := csvfile.New("", csvfile.Options{})
	file := head + "Ada,Adler,soc@contoso.com,+14255550100,\n\"Contoso, Inc\",Adler,soc@contoso.com,+14255550100,\"x\"\n"
	n, err := f.Begin(file, true)
	require.NoError(t, err)
	checker := f.Checker(row.Options{})
	var res row.Result
	assert.Zero(t, testing.AllocsPerRun(100, func() { checker.Check(file[n:], 2, &res) }))
	assert.Empty(t, res.Findings)
}

func TestHeaderErrors(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, file, why string
		want            error
	}{
		{"empty", "", "there is nothing to name the columns", csvfile.ErrHeader},
		{"blank lines", "\r\n\n", "nor here", csvfile.ErrHeader},
		{"NUL", "\x00\x00", "a program or an image is no CSV", csvfile.ErrHeader},
		{"Latin-1", "Pr\xe9nom,last,email,phone\n", "no guess is made", csvfile.ErrHeader},
		{"a quote never closed", "\"first,last,email,phone\n", "no row of cells", csvfile.ErrHeader},
		{"no phone", "first;last;email\n", "each contact would lack it", csvfile.ErrMissing},
		{"no such column", "first,last,email,phone\n", "what the user names must be there", csvfile.ErrMissing},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o := csvfile.Options{}
			if tt.name == "no such column" {
				o.RegionColumn = "Country"
			}
			_, err := csvfile.New("", o).Begin(tt.file, true)
			require.ErrorIs(t, err, tt.want, tt.why)
		})
	}
}
