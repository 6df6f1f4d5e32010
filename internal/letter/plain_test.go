package line_test

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/internal/line"
)

// Each pair of octets stands at each place of texts of every length that is
// looked at in another way.
func TestPlain(t *testing.T) {
	t.Parallel()
	plain := line.NewPlain("<")
	want := regexp.MustCompile(`^[!-;=-~]+( [!-;=-~]+)*$`)
	for length := range 10 {
		for at := range length {
			for a := range 256 {
				for _, b := range []byte(" <a~\x7f\x80") {
					text := []byte("abcdefghi")[:length]
					text[at] = byte(a)
					if at+1 < length {
						text[at+1] = b
					}
					require.Equal(t, want.Match(text), plain.Is(string(text)), "%q", text)
				}
			}
		}
	}
	require.False(t, plain.Is(""), "nothing can be seen of it")
}
