package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
)

// Nothing leads where somebody is refused.
func TestLinksLeadToWhatOneMaySee(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	for _, as := range []string{globalAdmin, billing, user, operator} {
		for _, path := range []string{"/", "/settings", "/settings/account", "/settings/account/profile"} {
			a := p.get(as, path)
			require.Equal(t, http.StatusOK, a.StatusCode)
			inside := func(n *html.Node) bool { return n.Data == "a" && strings.HasPrefix(attr(n, "href"), "/") }
			for _, n := range a.nodes(inside) {
				if as == operator && strings.HasPrefix(path, "/settings") {
					continue // nothing leads there
				}
				to, _, _ := strings.Cut(attr(n, "href"), "#")
				assert.Equal(t, http.StatusOK, p.get(as, to).StatusCode, "%s: %s has a link to %s", as, path, to)
			}
		}
	}
	assert.Contains(t, p.get(user, "/settings/account/profile").words(), "Ask a Global admin of your company for a role.")
}

// A refusal says once whom to ask, and leads back to what can be seen.
func TestRefusals(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	for _, tc := range []struct{ as, path, says, back string }{
		{user, legal, "can see its legal info, and the mail about it", "/"},
		{user, legal + "/history", "can see its legal info", "/"},
		{user, "/mailbox", "and the mail about it", "/"},
		{user, legal + "/business/edit", "can see its legal info", "/"},
		{billing, legal + "/business/edit", "Only a Global admin of your company can update this.", legal},
		{billing, legal + "/security-contact/edit", "You are signed in as Billing admin.", legal},
	} {
		t.Run(tc.as+" "+tc.path, func(t *testing.T) {
			t.Parallel()
			a := p.get(tc.as, tc.path)
			require.Equal(t, http.StatusForbidden, a.StatusCode)
			assert.Contains(t, a.words(), tc.says)
			assert.Equal(t, 1, strings.Count(a.words(), "Global admin"), a.words())
			button := a.nodes(func(n *html.Node) bool { return n.Data == "a" && attr(n, "class") == "button" })
			require.Len(t, button, 1)
			assert.Equal(t, tc.back, attr(button[0], "href"))
		})
	}
	legalInfo := p.get(billing, legal)
	assert.Equal(t, 1, strings.Count(legalInfo.words(), "Only a Global admin"), "one note for the whole page")
	assert.Equal(t, 3, strings.Count(legalInfo.words(), "Read only"))
}

// A session that has ended is no reason to type anything twice: there is one
// way on.
func TestSessionHasEnded(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	at := legal + "/security-contact"
	form := p.get(globalAdmin, at+"/edit").form(at + "/review")
	a := p.post(nobody, at+"/review", form)
	require.Equal(t, http.StatusUnauthorized, a.StatusCode)
	assert.Equal(t, form, a.form(at+"/review"))
	assert.Contains(t, a.words(),
		"Nothing was saved. What you typed is kept on this page. Sign in in another tab, come back here, and send it again.")
	assert.NotContains(t, a.words(), "reload")
}

// What was saved is said where it stands, and nowhere else.
func TestNoticeStandsWithWhatWasSaved(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	status := func(n *html.Node) bool { return attr(n, "role") == "status" }
	for _, slug := range slugs {
		a := p.get(globalAdmin, legal+"?done=saved-"+slug)
		require.Len(t, a.nodes(status), 1, slug)
		assert.Contains(t, text(a.byID(slug)), "is saved")
	}
	assert.Empty(t, p.get(globalAdmin, legal+"?done=saved-nothing").nodes(status))
}

// An address breaks after its @ and before its dots, and is one text for
// whoever copies it.
func TestAddressesBreakWherePeopleWould(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.raised(incident("INC-20261123-ABCDEFGHIJ"))
	for as, paths := range map[string][]string{
		globalAdmin: {legal}, operator: {"/mailbox", "/coverage?show=all", "/incidents/INC-20261123-ABCDEFGHIJ"},
	} {
		for _, path := range paths {
			a := p.get(as, path)
			assert.Contains(t, a.Body, "soc@<wbr>contoso<wbr>.com", path)
			assert.Contains(t, a.words(), "soc@contoso.com", path)
		}
	}
	assert.NotContains(t, p.get(globalAdmin, legal).Body, "Inc<wbr>", "a name breaks at its spaces")
}
