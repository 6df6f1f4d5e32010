package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// wellFormed checks what a page promises to those who do not see it, or who run
// no script.
func wellFormed(t *testing.T, name string, a answer) {
	t.Helper()
	require.NotNil(t, a.doc, name)
	ids := map[string]*html.Node{}
	labelled := map[string]bool{}
	headings := 0
	for _, n := range a.nodes(func(*html.Node) bool { return true }) {
		if id := attr(n, "id"); id != "" {
			assert.Nil(t, ids[id], "%s: id %s is there twice", name, id)
			ids[id] = n
		}
		if n.Data == "label" {
			labelled[attr(n, "for")] = true
		}
		if n.Data == "h1" {
			headings++
		}
	}
	assert.Equal(t, 1, headings, "%s: one h1", name)
	assert.NotNil(t, ids["main"], "%s: main", name)
	for _, n := range a.nodes(func(*html.Node) bool { return true }) {
		for _, at := range n.Attr {
			assert.False(t, at.Key == "style" || strings.HasPrefix(at.Key, "on"), "%s: <%s %s>", name, n.Data, at.Key)
			switch at.Key {
			case "aria-describedby", "aria-labelledby":
				for id := range strings.FieldsSeq(at.Val) {
					assert.NotNil(t, ids[id], "%s: %s names %s", name, at.Key, id)
				}
			case "href", "src", "action", "formaction":
				assert.False(t, strings.HasPrefix(strings.ToLower(at.Val), "javascript"), "%s: %s", name, at.Val)
				if fragment, ok := strings.CutPrefix(at.Val, "#"); ok {
					assert.NotNil(t, ids[fragment], "%s: link to %s", name, at.Val)
				}
			case "tabindex":
				assert.Contains(t, []string{"0", "-1"}, at.Val, name)
			case "list":
				assert.NotNil(t, ids[at.Val], "%s: list %s", name, at.Val)
			}
		}
		switch n.Data {
		case "input", "select", "textarea":
			if attr(n, "type") != "hidden" {
				assert.True(t, labelled[attr(n, "id")], "%s: no label for %s", name, attr(n, "name"))
			}
		case "table":
			require.NotNil(t, n.FirstChild, name)
			caption := func(c *html.Node) bool { return c.Data == "caption" && c.Parent == n }
			assert.NotEmpty(t, a.nodes(caption), "%s: caption", name)
		case "th":
			assert.NotEmpty(t, attr(n, "scope"), "%s: scope", name)
		case "script":
			assert.NotEmpty(t, attr(n, "src"), "%s: script of its own", name)
		case "style":
			assert.Fail(t, "style of its own", name)
		case "iframe":
			assert.True(t, has(n, "sandbox"), "%s: frames can do nothing", name)
			assert.Contains(t, []string{"", "allow-popups allow-popups-to-escape-sandbox"}, attr(n, "sandbox"),
				"%s: but for a link of a mail, which opens a tab", name)
			assert.NotEmpty(t, attr(n, "title"), name)
		case "html":
			assert.NotEmpty(t, attr(n, "lang"), name)
		case "a", "button":
			assert.NotEmpty(t, text(n), "%s: <%s> without a word", name, n.Data)
		}
	}
}

// hostile is a text that breaks out wherever a page does not look.
const hostile = `"'><script>alert(1)</script><img src=x onerror=alert(1)>{{.}}</textarea></title>`

// everyPage goes to all pages as those who use them, also where something is
// wrong.
func (p *portal) everyPage(visit func(name string, a answer)) {
	t := p.t
	t.Helper()
	open, failed := incident("INC-20261123-AAAAAAAAAA"), incident("INC-20261123-BBBBBBBBBB")
	failed.Drill, failed.Title, failed.Summary = true, hostile, hostile
	p.raised(open)
	ds := p.raised(failed)
	for i, d := range ds {
		if d.State == host.DeliveryWaiting {
			p.outcome([]host.DeliveryState{host.DeliveryFailed, host.DeliveryRetrying}[i%2], "550", d.ID)
		}
	}
	p.update(globalAdmin, "security-contact", "securityContact-phoneNumber", "(425) 555-0177")
	revisions, err := p.db.Revisions(t.Context(), host.ContosoTenantID, "", 1)
	require.NoError(t, err)
	require.NotEmpty(t, revisions)
	mail := (*p.mails)[0]
	(*p.mails)[0].Subject, (*p.mails)[0].Text = hostile, hostile

	for as, paths := range map[string][]string{
		nobody: {"/nope"},
		globalAdmin: {
			"/", "/settings", "/settings/account", "/settings/account/profile", legal, legal + "?done=saved-security-contact",
			legal + "/history", customers,
			legal + "/history/" + revisions[0].ID, legal + "/business/edit", legal + "/primary-contact/edit",
			legal + "/security-contact/edit", "/mailbox", "/nope", "/incidents",
		},
		billing:  {"/", legal, legal + "/business/edit"},
		user:     {"/", legal, "/mailbox"},
		fabrikam: {"/", legal, legal + "/security-contact/edit", legal + "/history"},
		tailspin: {"/", legal, legal + "/security-contact/edit"},
		operator: {
			"/", "/incidents", "/incidents/new", "/incidents/" + open.ID, "/incidents/" + failed.ID + "?state=failed",
			"/coverage",
			"/coverage?show=all&search=" + url.QueryEscape(hostile), "/coverage?show=good", "/mailbox", "/mailbox/" + mail.ID,
			legal,
		},
	} {
		for _, path := range paths {
			visit(as+" "+path, p.get(as, path))
		}
	}
	for _, slug := range []string{"business", "primary-contact", "security-contact"} {
		at := legal + "/" + slug
		form := p.get(globalAdmin, at+"/edit").form(at + "/review")
		for name := range form {
			if name != "base" && name != "kind" {
				form.Set(name, hostile)
			}
		}
		visit(slug+" with faults", p.post(globalAdmin, at+"/review", form))
		visit(slug+" with faults, one person", p.post(globalAdmin, at+"/review", with(form, "kind", "person")))
		visit(slug+" in conflict", p.post(globalAdmin, at+"/review", with(form, "base", hostile)))
	}
	at := legal + "/security-contact"
	form := with(p.get(fabrikam, at+"/edit").form(at+"/review"), "kind", "group", "group", "Night Shift")
	visit("review", p.post(fabrikam, at+"/review", form))
	visit("unchanged", p.post(fabrikam, at+"/review", p.get(fabrikam, at+"/edit").form(at+"/review")))
	raise := p.get(operator, "/incidents/new").form("/incidents/preview")
	visit("incident with faults",
		p.post(operator, "/incidents/preview", with(raise, "tenant", "w", "title", "\x00", "summary", hostile)))
	visit("preview", p.post(operator, "/incidents/preview", filled(raise, "title", "A plain title", "summary", hostile)))
	visit("preview for nobody",
		p.post(operator, "/incidents/preview", filled(raise, "tenant", "00000000-0000-4000-8000-000000000000")))
	visit("session ended", p.post(nobody, at+"/save", with(form, "group", hostile)))
}

// filled is the form of an incident that can be sent.
func filled(form url.Values, pairs ...string) url.Values {
	return with(with(form, "tenant", "Adventure Works", "kind", "credential_compromise", "severity", "high",
		"title", "Credentials were used from two continents", "actions", "Block the account.\r\n\r\n Revoke its sessions. "),
		pairs...)
}

func TestEveryPageIsWellFormedAndInert(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	visited := 0
	p.everyPage(func(name string, a answer) {
		visited++
		assert.NotEqual(t, http.StatusInternalServerError, a.StatusCode, name)
		wellFormed(t, name, a)
		assert.NotContains(t, a.Body, "<script>", name)
		assert.NotContains(t, a.Body, "<img", name)
		assert.NotContains(t, a.Body, "ZgotmplZ", name)
		assert.NotContains(t, a.Body, "no value", name)
	})
	assert.Greater(t, visited, 45)
}

func TestStaticFiles(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	page := p.get(globalAdmin, "/")
	for _, n := range page.nodes(func(n *html.Node) bool { return n.Data == "link" || n.Data == "script" }) {
		path := attr(n, "href") + attr(n, "src")
		a := p.get(nobody, path)
		require.Equal(t, http.StatusOK, a.StatusCode, path)
		assert.Contains(t, a.Header.Get("Cache-Control"), "immutable", path)
		assert.NotContains(t, a.Body, "http://localhost", path)
	}
	assert.Equal(t, http.StatusNotFound, p.get(nobody, "/static/nope.css").StatusCode)
	assert.NotContains(t, p.get(nobody, "/static/app.css?v=old").Header.Get("Cache-Control"), "immutable",
		"an old page may ask for a newer file")
}

func TestStartPageSaysWhatToDoNext(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	for _, tc := range []struct{ name, as, want, link string }{
		{"contact in place", globalAdmin, "Your security contact is in place", legal + "#security-contact"},
		{"no contact", tailspin, "Your security contact is missing", legal + "/security-contact/edit"},
		{"contact with advice", fabrikam, "Your security contact could be better", legal + "/security-contact/edit"},
		{"may see and not change", billing, "Your security contact is in place", legal + "#security-contact"},
		{"may not see", user, "There is nothing for you to do here yet", "/settings/account/profile"},
		{"operator", operator, "Raise an incident", "/incidents/new"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			a := p.get(tc.as, "/")
			require.Equal(t, http.StatusOK, a.StatusCode)
			assert.Contains(t, a.words(), tc.want)
			assert.NotEmpty(t, a.nodes(func(n *html.Node) bool { return n.Data == "a" && attr(n, "href") == tc.link }))
		})
	}
}

func TestCountryOfAnOldProfileIsKept(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	old := partner.LegalProfile{TenantID: "01d00000-0000-4000-8000-000000000001", PartnerType: partner.IndirectReseller}
	old.CompanyName, old.Address.Country = "Old Times", "Prussia"
	require.NoError(t, p.db.AddPartner(t.Context(), old, nil))
	p.people["Otto"] = host.Person{Name: "Otto",
		Actor: partner.Actor{ID: "o", TenantID: old.TenantID, Roles: []partner.Role{partner.GlobalAdmin}}}
	form := p.get("Otto", legal+"/business/edit").form(legal + "/business/review")
	assert.Equal(t, "Prussia", form.Get("address-country"), "what the list does not have is not lost")
}
