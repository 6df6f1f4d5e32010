package letter_test

import (
	"html"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/internal/letter"
	"github.com/cspkit/partner/internal/line"
)

// An open letter says to each reader what a letter to that reader alone would
// say.
func TestOpenLetter(t *testing.T) {
	t.Parallel()
	for _, first := range []texts{
		{1: "Contoso", 2: "two", 3: "three", 4: "four", 5: "https://contoso.com/?a=b&c='", 6: "six"},
		{1: "Contoso", 5: "https://contoso.com/"},
		{1: "Contoso", 3: "three"},
		{2: "two", 4: "four"},
		{},
	} {
		var open letter.Letter
		writeEveryPart(&open, &first, true)
		require.True(t, open.Fits(first.values()), "it fits whom it was written from")
		for _, value := range []string{
			"x", "Fabrikam & <sons> 'n' \"daughters\"", "=?utf-8?q?x?=", "=", "?", "\uFFFD", "é",
			strings.Repeat("é", 300), strings.Repeat("&", 300),
		} {
			own := first
			for place := range own {
				if own[place] != "" {
					own[place] = value
				}
			}
			require.True(t, open.Fits(own.values()), "it fits all who have the same places blank")
			requireSame(t, &open, &own)
		}
		requireSame(t, &open, &first) // filling a place changes nothing
	}
}

// requireSame compares what the open letter says to the reader who has own with
// a letter of its own.
func requireSame(t *testing.T, open *letter.Letter, own *texts) {
	t.Helper()
	var alone letter.Letter
	writeEveryPart(&alone, own, false)
	subject, text, page := alone.Render()
	require.Equal(t, "before "+subject, string(open.AppendSubject([]byte("before "), own.values())))
	require.Equal(t, "before "+text, string(open.AppendText([]byte("before "), own.values())))
	require.Equal(t, "before "+page, string(open.AppendHTML([]byte("before "), own.values())))
}

func TestFits(t *testing.T) {
	t.Parallel()
	var open letter.Letter
	open.Begin((&texts{1: "a", 2: "b"}).values(), true, frame)
	for _, tt := range []struct {
		name, why string
		own       texts
		want      bool
	}{
		{"same", "what it was written from", texts{1: "a", 2: "b"}, true},
		{"others", "the texts do not matter", texts{1: "c", 2: "d"}, true},
		{"one less", "a label would stand there with nothing behind it", texts{1: "a"}, false},
		{"one more", "there is no place for it", texts{1: "a", 2: "b", 3: "c"}, false},
		{"none", "nothing has a place", texts{}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, open.Fits(tt.own.values()), tt.why)
		})
	}
}

// Two octets of every kind stand beside each other in a text.
func TestEveryPairOfOctets(t *testing.T) {
	t.Parallel()
	for a := range byte(0x81) {
		for b := range byte(0x81) {
			text := []byte("0123456789abcdef")[:8+int(b)%9]
			at := int(a) % (len(text) - 1)
			text[at], text[at+1] = a, b
			_, plain, page := write("", func(l *letter.Letter) {
				l.Facts(letter.Field{Label: label("A"), Value: clean(string(text))})
			})
			want := line.Clean(string(text))
			require.Equal(t, "A: "+want+"\n", plain)
			require.Contains(t, page, `<span dir="auto">`+html.EscapeString(want)+"</span>")
		}
	}
}

// FuzzEscape holds both ways of escaping, into a letter and into a buffer, to
// html.EscapeString.
func FuzzEscape(f *testing.F) {
	for _, seed := range []string{"", "plain", `<a href="x" id='y'>&amp;</a>`, "&", "a&", "&a", "é<ü", "\xff'"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if s = line.Clean(s); s == "" {
			return
		}
		want := `<span dir="auto">` + html.EscapeString(s) + "</span>"
		_, _, page := write("", func(l *letter.Letter) { l.Facts(letter.Field{Label: label("A"), Value: clean(s)}) })
		require.Contains(t, page, want)
		_, _, page = write("", func(l *letter.Letter) {
			l.Facts(letter.Field{Label: label("A"), Value: clean(s), Link: true})
		})
		want = `<a href="` + html.EscapeString(s) + `">` + want + "</a>"
		require.Contains(t, page, want)

		var open letter.Letter
		own := texts{1: s}
		open.Begin(own.values(), true, frame)
		open.Facts(letter.Field{Label: label("A"), Place: 1, Link: true})
		require.Contains(t, string(open.AppendHTML(nil, own.values())), want)
	})
}
