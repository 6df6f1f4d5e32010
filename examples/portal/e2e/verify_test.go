//go:build !race

package e2e_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// appoint gives Contoso's contact another address, as its Global admin.
func (tb *tab) appoint(email string) {
	tb.Helper()
	tb.visit(legal + "/security-contact/edit")
	tb.fill("securityContact-email", email)
	tb.press("Review the change")
	tb.arrived(tb.press("Save the change"), 200, legal)
}

// Appointed, asked, confirmed, with a scanner in between; the details are shown
// and the page says what was said.
func TestVerification(t *testing.T) {
	for _, script := range []scripting{withScript, withoutScript} {
		t.Run(script.String(), func(t *testing.T) {
			begin(t)
			p := startPortal(t, ":memory:")
			admin := p.open(t, script).signIn(gita)
			admin.visit(legal)
			admin.reads("Not asked")
			admin.appoint("cert@contoso.com")
			admin.reads("Not confirmed yet")
			link, code := admin.readMail("confirm the security contact")

			tb := p.open(t, script)
			scanner{tb, link}.scans(wrongCode(code, 1))
			tb.arrived(tb.visit(link), 200, link)
			tb.reads("Is the security contact right?", "Contoso Security Operations", "cert@contoso.com",
				"+1 425-555-0100 ext. 24",
				"Not confirmed yet")
			tb.readsNot("Sign out", "Gita", "soc@contoso.com", code)
			tb.look("confirmation", portalPage)
			get[bool](tb, `document.querySelector('form.sheet').noValidate = true`)
			tb.arrived(tb.press("Send the answer"), 422, link)
			tb.reads("Type the code of the mail")
			tb.visit(link)
			tb.arrived(tb.reply(code, "Yes, this is right", "Ada King"), 200, link)
			tb.reads("Your answer is recorded: “Yes, this is right”", "This address is confirmed")
			if script == withScript {
				tb.look("confirmed", portalPage)
			}

			admin.visit(legal)
			admin.reads("Somebody who reads this address confirmed it", "by Ada King", "The next time is due by")
			if script == withScript {
				admin.look("legal info confirmed", portalPage)
			}
		})
	}
}

// Unconfirmed, and the Global admins are told; and then a contact that says it
// is none: a Global admin is led to the change.
func TestNobodyConfirms(t *testing.T) {
	begin(t)
	policy := filepath.Join(t.TempDir(), "policy.json")
	require.NoError(t, os.WriteFile(policy, []byte(`{
		"within": "15d",
		"asks": [{"before": "15d", "to": "security_contact"}, {"before": "15d", "to": "global_admin"}]
	}`), 0o600))
	p := startPortal(t, ":memory:", "--verification-policy="+policy)
	admin := p.open(t, withScript).signIn(gita)
	admin.appoint("cert@contoso.com")
	link, code := admin.readMail("confirm the security contact")
	admin.mail("check the security contact", "gita.global@contoso.com")
	admin.readsNot("cert@contoso.com")
	admin.reads("did not confirm")

	tb := p.open(t, withScript)
	tb.visit(link)
	tb.arrived(tb.reply(code, "I am not this contact", "Ada King"), 200, link)
	tb.reads("Your answer is recorded: “I am not this contact”", "To correct it", "Said to be wrong")
	tb.look("not this contact", portalPage)
	assert.Equal(t, "/sign-in", func() string { tb.press("Sign in and change it"); return tb.path() }(),
		"nobody has signed in there")

	admin.visit("/")
	admin.reads("Your security contact may not be read")
	admin.visit(legal)
	admin.reads("they are not this contact")
	desk := p.open(t, withScript).signIn(olu)
	desk.visit("/coverage?show=advice&search=contoso")
	desk.reads("says that they are not this contact")
	desk.look("coverage in doubt", portalPage)
}
