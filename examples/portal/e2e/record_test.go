//go:build !race

package e2e_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// An incident of which nobody was told is red wherever it is seen.
func TestNobodyTold(t *testing.T) {
	begin(t)
	tb := startPortal(t, ":memory:").open(t, withScript).signIn(olu)
	tb.arrived(tb.raise("Tailspin Toys", "Passwords were stolen"), 200, "/incidents/preview")
	tb.reads("0 told", "Nobody would be told.")
	tb.look("preview for the record", portalPage)
	tb.press("Raise it for the record")
	at := tb.path()
	const red = `[...document.querySelectorAll('main .bad')].some((e) => e.innerText.includes('Nobody was told'))`
	tb.eventually("it says that nobody was told", func() bool {
		tb.visit(at)
		return get[bool](tb, red)
	})
	assert.Zero(t, get[int](tb, `document.querySelectorAll('main .good:not(.dot)').length`), "nothing is green")
	tb.look("nobody was told", portalPage)
	for _, path := range []string{"/incidents", "/"} {
		tb.visit(path)
		assert.True(t, get[bool](tb, red), path)
	}
}
