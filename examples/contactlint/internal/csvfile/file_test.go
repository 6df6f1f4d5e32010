package csvfile_test

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/contactlint/internal/csvfile"
	"github.com/cspkit/partner/examples/contactlint/internal/header"
	"github.com/cspkit/partner/examples/contactlint/internal/row"
)

const head = "first,last,email,phone,note\n"

// fix returns the fixed file, and what was found in the original one.
func fix(tb testing.TB, file string) (string, row.Result) {
	tb.Helper()
	f := csvfile.New(0, "")
	n, err := f.Begin(file, true)
	require.NoError(tb, err)
	var res row.Result
	f.Checker(row.Options{Fix: true, Region: "US"}).Check(file[n:], 2, &res)
	return f.Frame().Head + string(res.Fixed), res
}

// Three laws of a fixed file:
//   - Fixing it again changes nothing.
//   - It reads back with the same findings, but for the rows left out.
//   - No cell starts a formula.
func FuzzFix(f *testing.F) {
	for _, s := range []string{
		"Ada,Adler,soc@contoso.com,+14255550100,", "=Ada,-,+a@b.de,＋1425,\t=1", "'=Ada,''=x,@x,tel:+1,'",
		"\" =1\",\" \",\"a\nb\",\"+1,2\",x",
		"Ada,Adler,soc@contoso.com,425 555 0100,\r", "\u3000+,\u00a0-,a@b.de,++1,＝",
		// A mark before a formula, which shows only after normalising, and more than
		// one mark.
		"\" ' +1\",\u200b' +1,a@b.de,' +1,' +1", "'\u2009+1,''+1,\u00a0'@b,''tel:+1,''+1",
		"' '+1,'\u200b=1,'''-,' tel:+1,'\t", "'\u200c＝,\" '\t\",'+,'tel:tel:+1,",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, rows string) {
		once, res := fix(t, head+rows)
		twice, again := fix(t, once)
		require.Equal(t, once, twice)
		require.Equal(t, res.Rows-res.LeftOut, again.Rows)
		require.Zero(t, again.LeftOut)

		var kept []row.Finding
		for _, found := range res.Findings {
			if found.Path != "" && !strings.HasSuffix(found.Message, "mended in the fixed file.") {
				kept = append(kept, found)
			}
		}
		require.Len(t, again.Findings, len(kept))
		for i := range kept {
			require.Equal(t, kept[i].Finding, again.Findings[i].Finding)
		}
		cells, err := csv.NewReader(strings.NewReader(once)).ReadAll()
		require.NoError(t, err)
		for _, cell := range slices.Concat(cells...) {
			require.NotRegexp(t, "^[ \u00a0\u3000]*[-=+@\t\r\n＝＋－＠]", cell)
		}
	})
}

func TestAGoodRowAllocatesNothing(t *testing.T) { // not parallel: it counts
	f := csvfile.New(0, "")
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
		{"no phone", "first;last;email\n", "each contact would lack it", header.ErrMissing},
		{"e-mail twice", "first,last,email,phone,E-Mail address\n", "nobody knows which is meant", header.ErrTwice},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := csvfile.New(0, "").Begin(tt.file, true)
			require.ErrorIs(t, err, tt.want, tt.why)
		})
	}
}
