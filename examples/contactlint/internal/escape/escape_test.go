package escape_test

import (
	"encoding/json"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/contactlint/internal/escape"
)

func TestText(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, text, want, why string }{
		{"visible", "Größe 1 ☎.csv", "Größe 1 ☎.csv", "nothing to do"},
		{"escape", "a\x1b[31m\n", `a\x1b[31m\x0a`, "colours, and lines of one's own"},
		{"C1", "\u009b31m", `\u009b31m`, "CSI in one character"},
		{"direction", "a\u202ecsv", `a\u202ecsv`, "reads backwards"},
		{"far away", "\U000e0001", `\U000e0001`, "a tag"},
		{"no UTF-8", "\xff", `\xff`, "a byte that says nothing"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, escape.Text(tt.text), tt.why)
		})
	}
}

// Nothing that Text returns moves a cursor, and JSON keeps its meaning.
func FuzzEscape(f *testing.F) {
	f.Add("a\x1b\u009b\u202e\U000e0001\xff\"\\")
	f.Fuzz(func(t *testing.T, s string) {
		for _, r := range escape.Text(s) {
			require.True(t, unicode.IsGraphic(r))
		}
		document, err := json.Marshal(s)
		require.NoError(t, err)
		escaped := escape.JSON(document)
		for _, r := range escaped {
			require.True(t, unicode.IsGraphic(r))
		}
		var before, after string
		require.NoError(t, json.Unmarshal(document, &before))
		require.NoError(t, json.Unmarshal([]byte(escaped), &after))
		require.Equal(t, before, after)
	})
}
