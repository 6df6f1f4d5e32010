package progress_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/cspkit/partner/examples/contactlint/internal/progress"
)

func TestBar(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	bar := progress.New(&b, "contacts.csv", 1000)
	bar.Set(500)
	assert.Contains(t, b.String(), "contacts.csv")
	assert.Contains(t, b.String(), "50%")
	b.Reset()
	bar.Clear()
	assert.NotContains(t, b.String(), "50%", "nothing is left of it")

	b.Reset()
	unknown := progress.New(&b, "-", -1)
	unknown.Set(500)
	assert.Contains(t, b.String(), "500 B", "without a size, what was read")
}

// Where nobody looks there is no bar.
func TestNilBar(t *testing.T) {
	t.Parallel()
	var bar *progress.Bar
	assert.NotPanics(t, func() {
		bar.Set(1)
		bar.Clear()
	})
}
