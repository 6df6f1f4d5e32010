package swar_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/cspkit/partner/examples/contactlint/internal/swar"
)

// A byte is found in every place, and no other one is.
func TestEqual(t *testing.T) {
	t.Parallel()
	for _, want := range []byte{0, 1, '\t', ',', ';', 0x7f, 0x80, 0x81, 0xff} {
		for b := range 256 {
			for at := range 8 {
				text := []byte("\x00\x01,;\x7f\x80\x81\xff")
				text[at] = byte(b)
				found := uint64(0)
				for i, is := range text {
					if is == want {
						found |= 0x80 << (8 * i)
					}
				}
				assert.Equal(t, found, swar.Equal(swar.Load(string(text)), swar.All(want)), "byte %x in %x", want, text)
			}
		}
	}
}

func TestWide(t *testing.T) {
	t.Parallel()
	assert.False(t, swar.Wide(swar.Load("abc\x00\x7f~,.")))
	assert.True(t, swar.Wide(swar.Load("Jürgen12")))
	assert.Equal(t, 3, swar.First(swar.Equal(swar.Load("abc,e,gh"), swar.All(','))))
}
