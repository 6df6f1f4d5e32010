//go:build !race

package e2e_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// Two people edit at once: the second sees what the first did, and overwrites
// nothing without having said so.
func TestConflict(t *testing.T) {
	for _, script := range []scripting{withScript, withoutScript} {
		t.Run(script.String(), func(t *testing.T) {
			begin(t)
			p := startPortal(t, ":memory:")
			first, second := p.open(t, script).signIn(gita), p.open(t, script).signIn(gita)
			const at = legal + "/security-contact"

			second.visit(at + "/edit")
			second.fill("securityContact-phoneNumber", "(425) 555-0188")
			second.press("Review the change")
			first.visit(at + "/edit")
			first.fill("group", "Contoso CSIRT", "securityContact-email", "csirt@contoso.com")
			first.press("Review the change")
			first.arrived(first.press("Save the change"), 200, legal)

			second.arrived(second.press("Save the change"), 409, at+"/save")
			second.reads("Your change is not saved, and theirs is not overwritten", "Gita Global changed the Security contact",
				"csirt@contoso.com", "Theirs, because you did not change it", "+1 425-555-0188", "Yours, because you changed it")
			second.look("conflict", portalPage)
			first.visit(legal)
			first.reads("csirt@contoso.com")
			first.readsNot("+1 425-555-0188")

			second.arrived(second.press("Go on from their version"), 200, at+"/edit")
			assert.Equal(t, "csirt@contoso.com", second.value("securityContact-email"))
			second.press("Review the change")
			second.readsNot("csirt@contoso.com is told that it is the security contact from now on")
			second.arrived(second.press("Save the change"), 200, legal)
			second.reads("Contoso CSIRT", "csirt@contoso.com", "+1 425-555-0188")

			// The change is found at the review already, and can be given up.
			first.visit(at + "/edit")
			second.visit(at + "/edit")
			second.fill("securityContact-email", "soc@contoso.com")
			second.press("Review the change")
			second.arrived(second.press("Save the change"), 200, legal)
			first.fill("securityContact-email", "other@contoso.com")
			first.arrived(first.press("Review the change"), 409, at+"/review")
			first.arrived(first.press("Discard mine, start from theirs"), 200, at+"/edit")
			assert.Equal(t, "soc@contoso.com", first.value("securityContact-email"))
		})
	}
}
