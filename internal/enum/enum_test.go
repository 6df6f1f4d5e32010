package enum_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/internal/enum"
)

type colour uint8

var colours = enum.Names[colour]{1: "red", 3: "blue"}

func TestNames(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		value colour
		text  string
		known bool
		why   string
	}{
		{"first", 1, "red", true, "the index is the value"},
		{"last", 3, "blue", true, "rows may be left out"},
		{"zero", 0, "colour(0)", false, "the zero value has no row"},
		{"gap", 2, "colour(2)", false, "an empty row is no text form"},
		{"beyond", 200, "colour(200)", false, "it must not panic"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.text, colours.Text(tt.value), tt.why)
			text, err := colours.Marshal(tt.value)
			if !tt.known {
				require.EqualError(t, err, "partner: "+tt.text+" has no text form", tt.why)
				return
			}
			require.NoError(t, err)
			var back colour
			require.NoError(t, colours.Unmarshal(&back, text))
			assert.Equal(t, tt.value, back)
		})
	}

	t.Run("unknown text", func(t *testing.T) {
		t.Parallel()
		for _, text := range []string{"", "Red", "red ", "colour(2)"} {
			got := colour(1)
			require.EqualError(t, colours.Unmarshal(&got, []byte(text)), "partner: unknown colour",
				"a text from outside is not repeated")
			assert.Equal(t, colour(1), got, "what cannot be read changes nothing")
		}
	})
}
