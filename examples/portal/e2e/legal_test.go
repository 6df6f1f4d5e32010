//go:build !race

package e2e_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// The five steps of the page that the portal is made after, up to the form of
// the security contact.
func (tb *tab) fiveSteps() {
	tb.Helper()
	tb.visit("/")                                                                            // 1. sign in to the dashboard
	tb.arrived(tb.press("Settings"), 200, "/settings")                                       // 2. the Settings gear icon,
	tb.arrived(tb.press("Account settings"), 200, legalHubs[0])                              // then Account settings,
	tb.arrived(tb.press("My profile"), 200, legalHubs[1])                                    // then My profile
	tb.arrived(tb.press("Legal info"), 200, legal)                                           // 3. Legal info
	tb.reads("Security contact", "Primary contact")                                          //
	tb.arrived(tb.press("Update the Security contact"), 200, legal+"/security-contact/edit") // 4. and 5.
}

var legalHubs = []string{"/settings/account", "/settings/account/profile"}

func TestSecurityContact(t *testing.T) {
	for _, script := range []scripting{withScript, withoutScript} {
		t.Run(script.String(), func(t *testing.T) {
			begin(t)
			p := startPortal(t, ":memory:")
			tb := p.open(t, script).signIn(gita)

			tb.fiveSteps()
			assert.Equal(t, "Contoso Security Operations", tb.value("group"))
			tb.fill("group", "<b>", "securityContact-email", "nobody", "securityContact-phoneNumber", "110")
			tb.arrived(tb.press("Review the change"), 422, legal+"/security-contact/review")
			tb.reads("3 things need your attention", "Group name:", "E-mail:", "Phone:")
			for _, name := range []string{"group", "securityContact-email", "securityContact-phoneNumber"} {
				assert.Equal(t, name+"-error", get[string](tb, `(() => {
					const input = document.querySelector('[name="`+name+`"]');
					const said = input.getAttribute('aria-describedby').split(' ').find((id) => id.endsWith('-error'));
					return input.getAttribute('aria-invalid') === 'true' && document.getElementById(said).innerText ? said : '';
				})()`), "the finding stands beside its field")
			}
			tb.waitFor("the summary has the focus", `document.activeElement.matches('.summary')`)
			assert.Equal(t, "<b>", tb.value("group"), "nothing that was typed is lost")
			tb.look("contact with errors", portalPage)

			tb.choose("One person")
			tb.fill("securityContact-firstName", "Ada", "securityContact-middleName", "", "securityContact-lastName", "Sample",
				"securityContact-email", "ada.sample@gmail.com", "securityContact-phoneNumber", "(425) 555-0177")
			tb.arrived(tb.press("Review the change"), 200, legal+"/security-contact/review")
			// "consumer provider" is advice, and does not block.
			tb.reads("No account verification", "account verification is not required", "consumer provider",
				"soc@contoso.com is told that it is no longer the security contact",
				"ada.sample@gmail.com is told that it is the security contact from now on", "+1 425-555-0177")
			tb.look("review of a person", portalPage)
			tb.arrived(tb.press("Go back and edit"), 200, legal+"/security-contact/edit")
			assert.Equal(t, "(425) 555-0177", tb.value("securityContact-phoneNumber"), "as it was typed")
			tb.press("Review the change")
			tb.arrived(tb.press("Save the change"), 200, legal)
			if script == withScript {
				assert.Empty(t, get[string](tb, `location.search`), "whoever loads the page again is not told again")
			}
			tb.reads("The security contact is saved", "Account verification is not required",
				"ada.sample@gmail.com", "Last changed by Gita Global")
			tb.look("legal info after a save", portalPage)

			tb.mail("security contact", "soc@contoso.com")
			tb.readsNot("ada.sample@gmail.com")
			tb.look("mail to the old address", portalPage)
			assert.NotContains(t, tb.letter("mail to the old address", "no longer"), "ada.sample@gmail.com")
			tb.mail("security contact", "ada.sample@gmail.com")
			tb.readsNot("soc@contoso.com")
			assert.NotContains(t, tb.letter("mail to the new address", "security contact"), "soc@contoso.com")

			tb.fiveSteps() // and back to a group
			tb.choose("A group")
			tb.fill("group", "Contoso CSIRT", "securityContact-email", "csirt@contoso.com")
			tb.press("Review the change")
			tb.arrived(tb.press("Save the change"), 200, legal)
			tb.reads("Group", "Contoso CSIRT", "csirt@contoso.com")
			tb.mail("security contact", "csirt@contoso.com")

			tb.visit(legal + "/security-contact/edit")
			tb.arrived(tb.press("Review the change"), 200, legal+"/security-contact/review")
			tb.reads("There is nothing to save")

			tb.visit(legal)
			tb.press("What was changed")
			tb.reads("Gita Global changed the Security contact", "ada.sample@gmail.com", "csirt@contoso.com", "Before", "After")
			tb.press("History")
			assert.Equal(t, 2, get[int](tb, `document.querySelectorAll('main tbody tr').length`))
			tb.look("history", portalPage)
		})
	}
}

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

func TestWhoSeesTheLegalInfo(t *testing.T) {
	begin(t)
	p := startPortal(t, ":memory:")
	const contoso, fabrikam = "soc@contoso.com", "fabrikam_security@gmail.com"
	for _, script := range []scripting{withScript, withoutScript} {
		tb := p.open(t, script)
		for _, tc := range []struct {
			who    string
			status int
			sees   string
			may    bool
			says   string
		}{
			{gita, 200, contoso, true, "Direct bill partner"},
			{bo, 200, contoso, false,
				"Only a Global admin of your company can update this. You are signed in as Billing admin."},
			{uma, 403, "", false,
				"Only administrators and agents of your company can see its legal info, and the mail about it."},
			{fay, 200, fabrikam, true, "Indirect provider"},
			{olu, 404, "", false, "Your company has no legal profile here"},
		} {
			tb.signIn(tc.who)
			tb.arrived(tb.visit(legal), tc.status, legal)
			tb.reads(tc.says)
			for _, data := range []string{contoso, fabrikam} {
				if data == tc.sees {
					tb.reads(data)
				} else {
					tb.readsNot(data)
				}
			}
			assert.Equal(t, tc.may, tb.has("Update the Security contact"), tc.who)
			if !tc.may {
				for _, slug := range []string{"security-contact", "primary-contact", "business"} {
					status := tb.visit(legal + "/" + slug + "/edit")
					assert.Contains(t, []int{403, 404}, status, "%s: %s", tc.who, slug)
					tb.readsNot("Review the change", contoso, fabrikam)
				}
			}
			tb.signOut()
		}
	}
}
