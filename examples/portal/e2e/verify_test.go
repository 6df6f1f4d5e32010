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
