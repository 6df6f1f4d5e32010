package letter

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"
)

// Each pair of octets stands at each place of texts of every length that is
// looked at in another way.
func TestPlain(t *testing.T) {
	t.Parallel()
	want := regexp.MustCompile(`^[!#-%(-;=?-~]+( [!#-%(-;=?-~]+)*$`)
	for length := range 20 {
		for at := range length {
			for a := range 256 {
				for _, b := range []byte(" <a~\x7f\x80\xff") {
					text := []byte("abcdefghijklmnopqrst")[:length]
					text[at] = byte(a)
					if at+1 < length {
						text[at+1] = b
					}
					require.Equal(t, want.Match(text), isPlain(string(text)), "%q", text)
				}
			}
		}
	}
	require.False(t, isPlain(""), "nothing can be seen of it")
}
