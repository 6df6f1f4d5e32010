//go:build !race

package e2e_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// What the demonstration is sold with: it begins with a year of history, lets
// an hour pass, makes mail fail and sends a mail scanner. And what an auditor
// asks for is one page.
func TestDemonstration(t *testing.T) {
	begin(t)
	p := startDemo(t, ":memory:", "--demo-partners=60")
	tb := p.open(t, withScript).signIn(olu)
	tb.visit("/calls")
	tb.reads("Fabrikam", "+1 503-555-0143")
	tb.press("Let an hour pass")
	tb.reads("An hour has passed", "1 hour ahead")
	assert.Equal(t, "/calls", tb.path(), "one stays where one was")
	tb.press("Make mail fail")
	tb.reads("Mail fails.", "out of order")
	tb.press("Make mail work again")
	tb.readsNot("Mail fails.")
	tb.press("Send a mail scanner")
	tb.reads("Opened the link", "Sent the form", "Type the code of the mail", "Nothing was answered.")
	tb.look("scanner", portalPage)

	tb.visit("/audit?what=incidents")
	tb.reads("Raise an incident", "An administrator's password was used from two continents", "Done")
	tb.look("audit", portalPage)
	tb.visit("/review?search=Contoso")
	tb.reads("The year's review", "Answered", "Drills")
	tb.glance("review of all", portalPage)
	tb.press("Contoso")
	tb.reads("Review of the year: Contoso", "Within 24 hours", "Rehearsal: an invoice nobody ordered")

	admin := p.open(t, withScript).signIn(gita)
	tb = admin
	tb.visit("/settings")
	tb.reads("Confirmed", "Contoso Security Operations", "Last changed by Gita Global")
	tb.glance("settings", portalPage)
	tb.press("Review of the year")
	tb.look("own review", portalPage)
	tb.visit(legal + "/history?field=securityContact-phoneNumber")
	tb.reads("+1 425-555-0107", "Portal")
	tb.glance("history by field", portalPage)
}
