//go:build !race

package e2e_test

import (
	"strings"
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

// Whoever cannot be told is named with the reason. A drill says so wherever it
// is seen.
func TestDrill(t *testing.T) {
	begin(t)
	p := startPortal(t, ":memory:")
	for _, script := range []scripting{withScript, withoutScript} {
		tb := p.open(t, script).signIn(olu)
		tb.visit("/incidents/new")
		tb.choose("This is a drill")
		tb.fill("tenant", adventure, "kind", "spam", "severity", "low", "title", "Autumn rehearsal",
			"actions", "Answer this mail")
		tb.press("Preview who is told")
		tb.reads("a drill,", "2 told", "1 partner with nobody to tell", "Tailspin Toys", "Litware", "[DRILL]")
		tb.look("preview of a drill", portalPage)
		tb.press("Send the drill")
		at := tb.path()
		tb.eventually("it is finished", func() bool {
			tb.visit(at)
			return get[bool](tb, finished)
		})
		tb.reads("Drill", "Sent, not all told", "Sending is over: 2 messages sent, 1 partner with nobody to tell.")
		tb.look("finished drill", portalPage)
		tb.mail("[DRILL]", "soc@contoso.com")
		assert.True(t, strings.HasPrefix(get[string](tb, `document.querySelector('h1').innerText`), "[DRILL] "))
		tb.reads("Autumn rehearsal")
		tb.look("mail of a drill", portalPage)
		tb.letter("mail of a drill", "This is a drill")

		tb.arrived(tb.raise("11111111-2222-4333-8444-555555555555", "Nobody's tenant"), 200, "/incidents/preview")
		tb.reads("No partner is concerned.")
		assert.False(t, tb.has("Send to"), "there is nobody to send it to")
		tb.look("preview for nobody", portalPage)
	}
	contoso := p.open(t, withScript).signIn(gita)
	contoso.mail("[DRILL]", "soc@contoso.com")
	contoso.visit("/mailbox")
	contoso.readsNot("fabrikam") // another company's mail
	for _, path := range []string{"/incidents", "/incidents/new", "/coverage", "/coverage.csv"} {
		contoso.arrived(contoso.visit(path), 404, path)
	}
}
