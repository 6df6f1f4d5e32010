//go:build !race

package e2e_test

import "testing"

func TestOtherSections(t *testing.T) {
	begin(t)
	p := startPortal(t, ":memory:")
	for _, script := range []scripting{withScript, withoutScript} {
		tb := p.open(t, script).signIn(fay)
		for _, tc := range []struct{ title, slug, field, wrong, right string }{
			{"Primary contact", "primary-contact", "primaryContact-lastName", "", "Sample"},
			{"Legal business profile", "business", "address-city", "", "Salem"},
		} {
			if script == withoutScript {
				tc.right += " Two"
			}
			at := legal + "/" + tc.slug
			tb.visit(legal)
			tb.arrived(tb.press("Update the "+tc.title), 200, at+"/edit")
			tb.fill(tc.field, tc.wrong)
			tb.arrived(tb.press("Review the change"), 422, at+"/review")
			tb.reads("1 thing needs your attention")
			tb.look(tc.slug+" with an error", portalPage)
			tb.fill(tc.field, tc.right)
			tb.arrived(tb.press("Review the change"), 200, at+"/review")
			tb.reads("Account verification may follow", "may be required to go through account verification")
			tb.arrived(tb.press("Save the change"), 200, legal)
			tb.reads("is saved", "may be required to go through account verification", tc.right)
		}
		tb.visit("/mailbox")
		tb.reads("No mail yet") // nobody is told of these
	}
}
