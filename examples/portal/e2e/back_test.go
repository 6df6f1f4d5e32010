//go:build !race

package e2e_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// back goes back as the browser's button does, and waits for one of the pages.
// Chromium shows an error of its own in the place of a page that it would have
// to send a form for. Some pages it keeps as they were: the script loads those
// again that were to save something.
func (tb *tab) back(want ...string) {
	tb.Helper()
	paths, err := json.Marshal(want)
	require.NoError(tb, err)
	get[bool](tb, `history.back(), true`)
	tb.waitFor("back at "+string(paths),
		string(paths)+`.includes(location.pathname) && !window.kept && !!document.querySelector('main h1')`)
}

// keep marks the page at hand, to see whether it is the same later.
func (tb *tab) keep() {
	tb.Helper()
	if tb.script == withScript {
		get[bool](tb, `window.kept = true`)
	}
}

// Going back after something was saved asks nothing, and shows what is so.
func TestBackAfterSaving(t *testing.T) {
	const form, raise = legal + "/security-contact/edit", "/incidents/new"
	for _, tc := range []struct {
		script      scripting
		form, raise []string // where one comes back to
	}{
		{withScript, []string{form}, []string{raise}},
		// As Chromium kept it; its headless shell keeps nothing.
		{withoutScript, []string{legal + "/security-contact/review", form}, []string{"/incidents/preview", raise}},
	} {
		t.Run(tc.script.String(), func(t *testing.T) {
			begin(t)
			p := startPortal(t, ":memory:")
			admin := p.open(t, tc.script).signIn(gita)
			const at = legal + "/security-contact"
			admin.visit(at + "/edit")
			admin.fill("securityContact-phoneNumber", "(425) 555-0177")
			admin.arrived(admin.press("Review the change"), 200, at+"/review")
			admin.keep()
			admin.arrived(admin.press("Save the change"), 200, legal)
			admin.back(tc.form...)
			if tc.script == withScript {
				assert.Equal(t, "+1 425-555-0177", admin.value("securityContact-phoneNumber"), "as it is saved")
			}

			operator := p.open(t, tc.script).signIn(olu)
			operator.arrived(operator.raise(alpine, "Passwords were stolen"), 200, "/incidents/preview")
			operator.arrived(operator.press("Go back and edit"), 200, "/incidents/new")
			assert.Equal(t, "Passwords were stolen", operator.value("title"))
			operator.arrived(operator.press("Preview who is told"), 200, "/incidents/preview")
			operator.keep()
			operator.press("Send to 3 recipients")
			operator.back(tc.raise...)
			if tc.script == withScript {
				assert.Empty(t, operator.value("title"), "it is another incident")
			}
		})
	}
}

// Somebody begins a form, signs in to another company in another tab, and sends
// it.
func TestFormOfAnotherCompany(t *testing.T) {
	begin(t)
	p := startPortal(t, ":memory:")
	form := p.open(t, withScript).signIn(gita)
	const at = legal + "/security-contact"
	form.visit(at + "/edit")
	form.fill("securityContact-email", "csirt@contoso.com")
	beside := form.another()
	beside.visit("/")
	beside.signOut()
	beside.signIn(fay)
	form.arrived(form.press("Review the change"), 409, at+"/review")
	form.reads("This form was begun in another company", "You are signed in to Fabrikam now.")
	form.look("a form of another company", portalPage)
	beside.visit(legal)
	beside.reads("fabrikam_security@gmail.com")
	beside.readsNot("csirt@contoso.com")
}
