package vcardfile_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/contactlint/internal/row"
	"github.com/cspkit/partner/examples/contactlint/internal/vcardfile"
)

// check reads a whole file that comes in pieces of the given size.
func check(text string, size int) (res row.Result, whole bool, err error) {
	f := &vcardfile.File{}
	if _, err := f.Begin(text, true); err != nil {
		return res, false, err
	}
	checker, line, rest := f.Checker(row.Options{}), 1, text
	for seen := size; ; seen += size {
		last := seen >= len(rest)
		n := f.Cut(rest[:min(seen, len(rest))], last)
		if n > 0 {
			checker.Check(rest[:n], line, &res)
		}
		line += strings.Count(rest[:n], "\n")
		rest, seen = rest[n:], seen-n
		if last {
			return res, !f.Unfinished(), nil
		}
	}
}

// However a file is cut into chunks, the same is found.
func FuzzCards(f *testing.F) {
	for _, s := range []string{
		"BEGIN:VCARD\r\nN:Exempel;Ada\r\nEND:VCARD\r\n",
		"begin:vcard\nN;ENCODING=QUOTED-PRINTABLE:=C3=\n=85;=\nend:vcard \n\nx",
		"BEGIN:VCARD\nEND:VCARD\nBEGIN:VCARD", "BEGIN:VCARD\nTEL;X=\":;\":1\nEMAIL;=\\\nN:\\;;\\\nEND:VCARD",
		"\nBEGIN:VCARD\n END:VCARD",
	} {
		f.Add(s, 1)
		f.Add(s, 7)
	}
	f.Fuzz(func(t *testing.T, text string, size int) {
		whole, end, err := check(text, len(text)+1)
		if err != nil {
			require.ErrorIs(t, err, vcardfile.ErrCards)
			return
		}
		parts, endToo, err := check(text, max(1, size))
		require.NoError(t, err)
		require.Equal(t, end, endToo)
		require.Equal(t, whole, parts)
	})
}

func TestWhichAddressCounts(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, lines, why, want string }{
		{"one", "EMAIL:x", "", "/EMAIL/0"},
		{"work second", "EMAIL;TYPE=HOME:x\nEMAIL;TYPE=WORK:x", "work before private", "/EMAIL/1"},
		{"no type second", "EMAIL;TYPE=HOME:x\nEMAIL:x", "what may be of work, before private", "/EMAIL/1"},
		{"work is blank", "EMAIL;TYPE=WORK: \nEMAIL;TYPE=HOME:x", "the first that holds something", "/EMAIL/1"},
		{"two of work", "EMAIL;WORK:x\nEMAIL;WORK:y", "the first", "/EMAIL/0"},
		{"none", "NOTE:x", "it would be there", "/EMAIL"},
		{"grouped", "item1.EMAIL;type=pref:x", "as Apple writes it", "/EMAIL/0"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			res, whole, err := check("BEGIN:VCARD\nN:Exempel;Ada\nTEL:+46812345600\n"+tt.lines+"\nEND:VCARD\n", 1)
			require.NoError(t, err)
			assert.True(t, whole)
			require.Len(t, res.Findings, 1)
			assert.Equal(t, tt.want, res.Findings[0].Pointer, tt.why)
		})
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, lines, why, want string }{
		{"plain", "N:Exempel;Ada", "", ""},
		{"a semicolon of its own", `N:Exempel\;Ada`, "it parts no names", "name.missing"},
		{"quoted-printable", "N;ENCODING=QUOTED-PRINTABLE:Exempel;=3CAda=3E", "as version 2.1 has it", "name.character"},
		{"quoted-printable in two lines", "N;QUOTED-PRINTABLE:Exempel;=\r\n=3CAda=3E", "= ends no value", "name.character"},
		{"charset", "N;CHARSET=ISO-8859-1;QUOTED-PRINTABLE:Exempel;=C5sa", "", ""},
		{"folded", "N:Exempel;\r\n Ada", "as version 3.0 has it", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			const rest = "\r\nTEL:+46812345600\r\nEMAIL:soc@contoso.com\r\nEND:VCARD\r\n"
			res, whole, err := check("BEGIN:VCARD\r\n"+tt.lines+rest, 1000)
			require.NoError(t, err)
			assert.True(t, whole)
			if tt.want == "" {
				assert.Empty(t, res.Findings, tt.why)
				return
			}
			require.Len(t, res.Findings, 1, tt.why)
			assert.EqualValues(t, tt.want, res.Findings[0].Code, tt.why)
			assert.Equal(t, "/N", res.Findings[0].Pointer)
		})
	}
}
