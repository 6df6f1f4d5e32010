package phone

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A number that is read in the short way is read the same in the long one.
func TestSimple(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	const characters = "0123456789012345678901234567890123456789  -.()/\t+x\u00a0"
	simple, behind := 0, 0
	for range 100_000 {
		text := make([]byte, random.IntN(24))
		for i := range text {
			text[i] = characters[random.IntN(len(characters))]
		}
		s := string(text)
		if random.IntN(4) == 0 {
			s = "+" + s
		}
		got, want, rest := readBoth(s)
		if got == nil {
			continue
		}
		simple++
		if rest[0] != "" {
			behind++
		}
		require.NotNil(t, want, "%q", s)
		require.Equal(t, rest[1], rest[0], "what stands behind %q", s)
		require.Equal(t, string(want.number.digits()), string(got.number.digits()), "%q", s)
		require.Equal(t, want.plus, got.plus, "%q", s)
		n := len(got.number.digits())
		require.Equal(t, want.layout.isNorthAmerican(n), got.layout.isNorthAmerican(n), "%q", s)
	}
	assert.Greater(t, simple, 10_000)
	assert.Greater(t, behind, 1_000)
}

// readBoth returns what is read in the short way and in the long way, or nil
// where nothing is, and what is left behind each.
func readBoth(s string) (short, long *text, rest [2]string) {
	short, long = new(text), new(text)
	var ok bool
	if rest[0], ok = short.readSimple(s); !ok {
		short = nil
	}
	if rest[1], ok = long.read(s); !ok {
		long = nil
	}
	return short, long, rest
}

func TestNorthAmericanLayout(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, why, typed string
		want             bool
	}{
		{"as in North America", "area, exchange, line", "(425) 555-0100", true},
		{"dots", "the same", "425.555.0100", true},
		{"one gap", "behind the area code", "425 5550100", true},
		{"gaps at the ends", "they part nothing", "(425) 5550100)", true},
		{"many gaps in one place", "they are one", "425 - - 555 0100", true},
		{"no gap", "it may be anything", "4255550100", false},
		{"in pairs", "as in Europe", "42 55 55 01 00", false},
		{"behind the exchange alone", "nobody does", "425555 0100", false},
		{"a gap more", "in the line", "425 555 01 00", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			short, long, _ := readBoth(tt.typed)
			for _, read := range []*text{short, long} {
				require.NotNil(t, read)
				assert.Equal(t, tt.want, read.layout.isNorthAmerican(len(read.number.digits())), tt.why)
			}
		})
	}
}
