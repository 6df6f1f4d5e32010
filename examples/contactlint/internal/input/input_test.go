package input_test

import (
	"bytes"
	"encoding/binary"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/contactlint/internal/input"
)

// read writes content to a file. It returns what stands before its text, and
// the text.
func read(tb testing.TB, name, content string) (bom, text string) {
	tb.Helper()
	require.NoError(tb, os.WriteFile(name, []byte(content), 0o600))
	f, err := input.Open(name, nil)
	require.NoError(tb, err)
	defer f.Close() //nolint:errcheck // it was only read
	bom, err = f.Start("", true)
	require.NoError(tb, err)
	all, err := io.ReadAll(iotest.HalfReader(f))
	require.NoError(tb, err)
	assert.EqualValues(tb, len(content), f.Size)
	assert.EqualValues(tb, len(content), f.Done())
	return bom, string(all)
}

// stray is how bytes are written that are no text.
func stray(bytes string) string {
	var b strings.Builder
	for i := range len(bytes) {
		b.Write([]byte{0xFF, 0x80 | bytes[i]>>4, 0x80 | bytes[i]&0xF})
	}
	return b.String()
}

func TestEncodings(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, content, bom, text, why string }{
		{"empty", "", "", "", ""},
		{"one byte", "a", "", "a", ""},
		{"UTF-8", "aé", "", "aé", ""},
		{"UTF-8 with a mark", "\ufeffaé", input.BOM, "aé", ""},
		{"Windows-1252", "a\xe9bc", "", "aébc", "no UTF-8 at all"},
		{"Windows-1252 at the end", "bc\xe9", "", "bc\xe9", "a character may be cut off: nobody guesses"},
		{"Shift JIS", "\x83\x81\x81[\x83\x8b", "", "メール", "kana"},
		{"UTF-8 and a broken row", "é\n\xe9\n", "", "é\n\xe9\n", "one row is broken, not the file"},
		{"UTF-16 with a mark", "\xff\xfea\x00", input.BOM, "a", "what had a mark keeps one"},
		{"UTF-16, the other order", "\xfe\xff\x00a", input.BOM, "a", ""},
		{"UTF-16 without a mark", "a\x00b\x00", "", "ab", "told by its NULs"},
		{"UTF-16 without a mark, the other order", "\x00a\x00b", "", "ab", ""},
		{"a mark and nothing else", "\xff\xfe", input.BOM, "", ""},
		{"a pair", "\xff\xfe\x3d\xd8\x00\xde", input.BOM, "😀", ""},
		{"U+FFFD", "\xff\xfe\xfd\xff", input.BOM, "\ufffd", "stood in the file"},
		{"half a character", "\xff\xfea\x00b", input.BOM, "a" + stray("b"), "the end is missing"},
		{"a pair cut off", "\xff\xfea\x00\x3d\xd8", input.BOM, "a" + stray("\x3d\xd8"), "the end is missing"},
		{
			"a pair cut in the middle", "\xff\xfea\x00\x3d\xd8\x00", input.BOM, "a" + stray("\x3d\xd8\x00"),
			"the end is missing",
		},
		{"high surrogate alone", "\xff\xfe\x3d\xd8a\x00", input.BOM, stray("\x3d\xd8") + "a", "no character"},
		{"low surrogate alone", "\xff\xfe\x00\xdea\x00", input.BOM, stray("\x00\xde") + "a", "no character"},
		{
			"high surrogate twice", "\xff\xfe\x3d\xd8\x3d\xd8\x00\xde", input.BOM, stray("\x3d\xd8") + "😀",
			"the second one has its half",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			bom, text := read(t, filepath.Join(t.TempDir(), "file"), tt.content)
			assert.Equal(t, tt.bom, bom, tt.why)
			assert.Equal(t, tt.text, text, tt.why)
		})
	}
}

// UTF-16 is read as unicode/utf16 reads it, and what is no UTF-16 is no UTF-8.
func FuzzUTF16(f *testing.F) {
	f.Add("aé😀")
	f.Add("\x3d\xd8a")
	f.Add(strings.Repeat("😀", 5000) + "x")
	name := filepath.Join(f.TempDir(), "file")
	f.Fuzz(func(t *testing.T, content string) {
		_, got := read(t, name, "\xfe\xff"+content)
		var units []uint16
		for pair := range slices.Chunk([]byte(content), 2) {
			if len(pair) == 2 {
				units = append(units, binary.BigEndian.Uint16(pair))
			}
		}
		want := utf16.Decode(units)
		if !slices.Contains(want, utf8.RuneError) && len(content)%2 == 0 {
			require.Equal(t, string(want), got)
			return
		}
		whole := slices.Equal(utf16.Encode(want), units) && len(content)%2 == 0 // each U+FFFD stood there
		require.Equal(t, whole, utf8.ValidString(got))
	})
}

// A file comes out in its encoding as it went in, but for characters that the
// encoding has twice.
func FuzzEncode(f *testing.F) {
	for _, s := range []string{
		"\xff\xfea\x00\x3d\xd8", "\xfe\xff\x00a\xdd", "caf\xe9 \x81", "\x83\x81\x80\xa0\x83\x8b", "é", "\ufffd\xff",
	} {
		for which := range byte(5) {
			f.Add(s, which)
		}
	}
	names := []string{"", "utf-16le", "windows-1252", "windows-1250", "shift_jis"}
	path := filepath.Join(f.TempDir(), "file")
	f.Fuzz(func(t *testing.T, content string, which byte) {
		name := names[int(which)%len(names)]
		require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
		bom, text, again := encode(t, path, name)
		if name != "shift_jis" {
			require.Equal(t, content, string(again), name)
			return
		}
		require.NoError(t, os.WriteFile(path, again, 0o600))
		bomAgain, textAgain, _ := encode(t, path, name)
		require.Equal(t, bom, bomAgain)
		require.Equal(t, text, textAgain)
	})
}

// encode reads a file and returns what it says, and what Encode makes of that.
func encode(tb testing.TB, path, name string) (bom, text string, again []byte) {
	tb.Helper()
	f, err := input.Open(path, nil)
	require.NoError(tb, err)
	defer f.Close() //nolint:errcheck // it was only read
	bom, err = f.Start(name, true)
	require.NoError(tb, err)
	all, err := io.ReadAll(f)
	require.NoError(tb, err)
	var b bytes.Buffer
	w := f.Encode(&b)
	_, err = io.WriteString(w, bom+string(all))
	require.NoError(tb, err)
	require.NoError(tb, w.Close())
	return bom, string(all), b.Bytes()
}

func TestOpenErrors(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	_, err := input.Open(dir, nil)
	require.ErrorIs(t, err, input.ErrDirectory)
	_, err = input.Open(filepath.Join(dir, "secret"), nil)
	require.ErrorIs(t, err, os.ErrNotExist)
	assert.NotContains(t, err.Error(), "secret", "a name may hold anything")
}
