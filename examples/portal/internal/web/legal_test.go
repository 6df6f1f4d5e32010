package web_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/web"
)

var slugs = []string{"business", "primary-contact", "security-contact"}

func updateLinks(a answer) int {
	return len(a.nodes(func(n *html.Node) bool {
		return n.Data == "a" && strings.HasPrefix(attr(n, "href"), legal+"/") && strings.HasSuffix(attr(n, "href"), "/edit")
	}))
}

func TestWhoSeesAndChangesWhat(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	form := p.get(globalAdmin, legal+"/security-contact/edit").form(legal + "/security-contact/review")
	for _, tc := range []struct {
		as, why string
		sees    int
		updates int
		says    string
	}{
		{globalAdmin, "may do everything", http.StatusOK, 3, "soc@contoso.com"},
		{billing, "sees everything and can change nothing", http.StatusOK, 0,
			"Only a Global admin of your company can update this. You are signed in as Billing admin."},
		{user, "may not view", http.StatusForbidden, 0,
			"Only administrators and agents of your company can see its legal info"},
		{operator, "the provider has no profile", http.StatusNotFound, 0, "Your company has no legal profile here"},
		{fabrikam, "another company", http.StatusOK, 3, "fabrikam_security@gmail.com"},
	} {
		t.Run(tc.as, func(t *testing.T) {
			t.Parallel()
			a := p.get(tc.as, legal)
			assert.Equal(t, tc.sees, a.StatusCode)
			assert.Equal(t, tc.updates, updateLinks(a), tc.why)
			assert.Contains(t, a.words(), tc.says)
			if tc.as != globalAdmin && tc.as != billing {
				assert.NotContains(t, a.Body, "contoso.com", "another company's data")
			}
			if tc.updates > 0 {
				return
			}
			for _, slug := range slugs {
				at := legal + "/" + slug
				for name, refused := range map[string]answer{
					"form": p.get(tc.as, at+"/edit"), "edit": p.post(tc.as, at+"/edit", form),
					"review": p.post(tc.as, at+"/review", form), "save": p.post(tc.as, at+"/save", form),
				} {
					assert.Contains(t, []int{http.StatusForbidden, http.StatusNotFound}, refused.StatusCode, "%s %s", slug, name)
					assert.NotContains(t, refused.Body, "soc@contoso.com")
				}
			}
		})
	}
}

func TestAdviceDoesNotBlock(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	assert.Contains(t, p.get(fabrikam, legal).words(), "consumer provider")
	a := p.update(fabrikam, "security-contact", "securityContact-phoneNumber", "+15035550143")
	assert.Equal(t, http.StatusSeeOther, a.StatusCode)
}

// A save of every section leads back to the page, which says so once and is not
// repeated by a reload.
func TestUpdate(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	for _, tc := range []struct{ slug, name, value, want, verdict string }{
		{"business", "address-addressLine2", "Floor 2", "Floor 2", "Account verification may follow"},
		{"primary-contact", "primaryContact-phoneNumber", "(425) 555-0142", "(425) 555-0142",
			"Account verification may follow"},
		{"security-contact", "securityContact-phoneNumber", "(425) 555-0177", "+1 425-555-0177", "No account verification"},
	} {
		at := legal + "/" + tc.slug
		form := p.get(globalAdmin, at+"/edit").form(at + "/review")
		review := p.post(globalAdmin, at+"/review", with(form, tc.name, tc.value))
		require.Equal(t, http.StatusOK, review.StatusCode, review.words())
		assert.Contains(t, review.words(), tc.verdict)
		assert.Contains(t, review.words(), "1 field changes")
		assert.Contains(t, review.words(), tc.want, "after normalising")

		back := p.post(globalAdmin, at+"/edit", review.form(at+"/save"))
		assert.Equal(t, with(form, tc.name, tc.value), back.form(at+"/review"), "the way back loses nothing")

		saved := p.post(globalAdmin, at+"/save", review.form(at+"/save"))
		require.Equal(t, http.StatusSeeOther, saved.StatusCode, saved.words())
		assert.Equal(t, legal+"?done=saved-"+tc.slug, saved.Header.Get("Location"))
		page := p.get(globalAdmin, saved.Header.Get("Location"))
		assert.Contains(t, page.words(), tc.want)
		assert.Contains(t, page.words(), "is saved")
		assert.Contains(t, page.words(), "Last changed by Gita Global")
		section := text(page.byID(tc.slug))
		assert.Contains(t, section, "is saved", "it is said where the change is")
		assert.Contains(t, section, "Before After", "and what it was before")
	}
	assert.NotContains(t, p.get(globalAdmin, legal+"?done=<b>injected</b>").words(), "injected")
}

func TestReviewSaysWhoIsTold(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	at := legal + "/security-contact"
	form := p.get(globalAdmin, at+"/edit").form(at + "/review")
	a := p.post(globalAdmin, at+"/review", with(form, "securityContact-email", "csirt@contoso.com"))
	assert.Contains(t, a.words(), "soc@contoso.com is told that it is no longer the security contact")
	assert.Contains(t, a.words(), "csirt@contoso.com is told that it is the security contact")
}

func TestFindingsStandBesideTheirFields(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	at := legal + "/security-contact"
	form := with(p.get(globalAdmin, at+"/edit").form(at+"/review"),
		"group", "<b>", "securityContact-email", "nope", "securityContact-phoneNumber", "110",
		"securityContact-lastName", "kept")
	a := p.post(globalAdmin, at+"/review", form)
	require.Equal(t, http.StatusUnprocessableEntity, a.StatusCode)
	for id, want := range map[string]string{
		"group": "character", "securityContact-email": "e-mail address", "securityContact-phoneNumber": "country code",
	} {
		assert.Contains(t, text(a.byID(id+"-error")), want)
		assert.Equal(t, "true", attr(a.byID(id), "aria-invalid"))
		assert.Contains(t, attr(a.byID(id), "aria-describedby"), id+"-error")
	}
	links := a.nodes(func(n *html.Node) bool { return n.Data == "a" && strings.HasPrefix(attr(n, "href"), "#") })
	assert.Len(t, links, 1+3, "the skip link and one for each field: the group's one name is three fields of the profile")
	summary := a.nodes(func(n *html.Node) bool { return attr(n, "role") == "alert" })
	require.Len(t, summary, 1)
	assert.True(t, has(summary[0], "autofocus"))
	assert.Equal(t, form, a.form(at+"/review"), "what was typed is still there")
	title := a.nodes(func(n *html.Node) bool { return n.Data == "title" })
	assert.True(t, strings.HasPrefix(text(title[0]), "Error: "))

	profile, err := p.db.Profile(t.Context(), host.ContosoTenantID)
	require.NoError(t, err)
	assert.Equal(t, "soc@contoso.com", profile.SecurityContact.Email)
}

func TestMissingContactIsAskedForFieldByField(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	at := legal + "/security-contact"
	form := p.get(tailspin, at+"/edit").form(at + "/review")
	assert.Equal(t, "group", form.Get("kind"), "a group is preferred")
	for kind, inputs := range map[string][]string{
		"group": {"group", "securityContact-email", "securityContact-phoneNumber"},
		"person": {"securityContact-firstName", "securityContact-lastName", "securityContact-email",
			"securityContact-phoneNumber"},
	} {
		a := p.post(tailspin, at+"/review", with(form, "kind", kind))
		assert.Equal(t, http.StatusUnprocessableEntity, a.StatusCode, "an empty form is not just unchanged")
		for _, id := range inputs {
			assert.NotNil(t, a.byID(id+"-error"), "%s: %s", kind, id)
		}
	}

	page := p.get(tailspin, legal)
	assert.Equal(t, 1, updateLinks(page), "nothing else can be saved")
	assert.Equal(t, 2,
		strings.Count(page.words(), "This section cannot be saved before your company has a security contact"))
	assert.Contains(t, p.get(tailspin, at+"/edit").words(), "Add: Security contact")

	business := legal + "/business"
	note := p.get(tailspin, business+"/edit").byID("waits")
	assert.Contains(t, text(note), "This section cannot be saved before", "it is said before anything is typed")
	link := func(n *html.Node) bool { return n.Data == "a" && n.Parent == note }
	for _, n := range p.get(tailspin, business+"/edit").nodes(link) {
		assert.Equal(t, "_blank", attr(n, "target"), "what was typed stays where it is")
	}
	other := p.post(tailspin, business+"/review",
		with(p.get(tailspin, business+"/edit").form(business+"/review"), "address-city", "Tacoma"))
	assert.Equal(t, http.StatusUnprocessableEntity, other.StatusCode)
	assert.Contains(t, other.words(),
		"Security contact: This section cannot be saved before your company has a security contact")
	assert.NotNil(t, other.byID("waits"))

	saved := p.update(tailspin, "security-contact", "group", "Tailspin CERT",
		"securityContact-email", "cert@tailspintoys.com", "securityContact-phoneNumber", "+14255550188")
	require.Equal(t, http.StatusSeeOther, saved.StatusCode)
	profile, err := p.db.Profile(t.Context(), host.TailspinTenantID)
	require.NoError(t, err)
	assert.Equal(t, partner.NewGroupContact("Tailspin CERT", "cert@tailspintoys.com", "+14255550188"),
		profile.SecurityContact)
}

// A change of one section may be wrong because of another. The page says which,
// and leads there.
func TestFindingsOfOtherSections(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	set := p.update(globalAdmin, "primary-contact", "primaryContact-phoneNumber", "4255550104")
	require.Equal(t, http.StatusSeeOther, set.StatusCode)

	at := legal + "/business"
	moved := with(p.get(globalAdmin, at+"/edit").form(at+"/review"), "address-country", "DK",
		"address-phoneNumber", "+4532123456", "companyApproverAddress-phoneNumber", "")
	a := p.post(globalAdmin, at+"/review", moved)
	require.Equal(t, http.StatusUnprocessableEntity, a.StatusCode)
	links := a.nodes(func(n *html.Node) bool { return strings.HasSuffix(attr(n, "href"), "#primaryContact-phoneNumber") })
	require.Len(t, links, 1)
	assert.Equal(t, legal+"/primary-contact/edit#primaryContact-phoneNumber", attr(links[0], "href"))
	assert.Contains(t, text(links[0]), "Primary contact, Phone")
	assert.Contains(t, text(links[0]), "update it there first")
	assert.Equal(t, moved, a.form(at+"/review"), "what was typed is still there")

	at = legal + "/primary-contact"
	same := with(p.get(globalAdmin, at+"/edit").form(at+"/review"), "primaryContact-email", "soc@contoso.com")
	a = p.post(globalAdmin, at+"/review", same)
	require.Equal(t, http.StatusOK, a.StatusCode)
	assert.Contains(t, a.words(), "Advice Security contact: ")
}

func TestPersonAndGroup(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	require.Equal(t, http.StatusSeeOther, p.update(globalAdmin, "security-contact", "kind", "person",
		"securityContact-firstName", "Ada", "securityContact-lastName", "King").StatusCode)
	profile, err := p.db.Profile(t.Context(), host.ContosoTenantID)
	require.NoError(t, err)
	assert.Equal(t, "Ada King", profile.SecurityContact.DisplayName())
	assert.Empty(t, profile.SecurityContact.MiddleName)
	form := p.get(globalAdmin, legal+"/security-contact/edit").form(legal + "/security-contact/review")
	assert.Equal(t, "person", form.Get("kind"))
	assert.Equal(t, "Ada", form.Get("securityContact-firstName"))
}

func TestNothingChanged(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	for _, slug := range slugs {
		at := legal + "/" + slug
		a := p.post(globalAdmin, at+"/review", p.get(globalAdmin, at+"/edit").form(at+"/review"))
		assert.Equal(t, http.StatusOK, a.StatusCode)
		assert.Contains(t, a.words(), "There is nothing to save")
	}
}

// Two people change the same section. Nothing is overwritten. Whoever comes
// second may go on with both changes.
func TestConflict(t *testing.T) {
	t.Parallel()
	for _, step := range []string{"/review", "/save"} {
		t.Run(step[1:], func(t *testing.T) {
			t.Parallel()
			p := newPortal(t)
			at := legal + "/security-contact"
			mine := with(p.get(globalAdmin, at+"/edit").form(at+"/review"), "securityContact-email", "csirt@contoso.com")
			require.Equal(t, http.StatusSeeOther,
				p.update(globalAdmin, "security-contact", "securityContact-phoneNumber", "+14255550199").StatusCode)
			require.Equal(t, http.StatusSeeOther, p.update(globalAdmin, "business", "address-city", "Bellevue").StatusCode)

			a := p.post(globalAdmin, at+step, mine)
			require.Equal(t, http.StatusConflict, a.StatusCode)
			assert.Contains(t, a.words(), "Gita Global changed the Security contact")
			assert.Contains(t, a.words(), "Gita Global changed the Legal business profile")
			assert.Contains(t, a.words(), "E-mail csirt@contoso.com soc@contoso.com Yours, because you changed it")
			assert.Contains(t, a.words(), "Phone +1 425-555-0100 ext. 24 +1 425-555-0199 Theirs, because you did not change it")

			form := p.post(globalAdmin, at+"/edit", a.form(at+"/edit")).form(at + "/review")
			assert.Equal(t, "csirt@contoso.com", form.Get("securityContact-email"))
			assert.Equal(t, "+1 425-555-0199", form.Get("securityContact-phoneNumber"))
			review := p.post(globalAdmin, at+"/review", form)
			require.Equal(t, http.StatusOK, review.StatusCode, review.words())
			require.Equal(t, http.StatusSeeOther, p.post(globalAdmin, at+"/save", review.form(at+"/save")).StatusCode)

			profile, err := p.db.Profile(t.Context(), host.ContosoTenantID)
			require.NoError(t, err)
			assert.Equal(t, "csirt@contoso.com", profile.SecurityContact.Email)
			assert.Equal(t, "+14255550199", profile.SecurityContact.Phone)
			assert.Equal(t, "Bellevue", profile.Address.City)
		})
	}
}

// A form that is sent again, as the browser's way back offers, is no conflict
// with what it saved.
func TestResentSave(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	at := legal + "/security-contact"
	review := p.post(globalAdmin, at+"/review",
		with(p.get(globalAdmin, at+"/edit").form(at+"/review"), "securityContact-email", "csirt@contoso.com"))
	save := review.form(at + "/save")
	require.Equal(t, http.StatusSeeOther, p.post(globalAdmin, at+"/save", save).StatusCode)
	again := p.post(globalAdmin, at+"/save", save)
	require.Equal(t, http.StatusOK, again.StatusCode, again.words())
	assert.Contains(t, again.words(), "these values are saved already")
	change := with(again.form(at+"/review"), "securityContact-email", "soc@contoso.com")
	assert.Equal(t, http.StatusOK, p.post(globalAdmin, at+"/review", change).StatusCode, "and it can go on from there")
}

// The way back to the form shows the advice that the review gave. A number is
// read as one of the country that the hint names.
func TestFindingsOfTheForm(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	at := legal + "/security-contact"
	form := with(p.get(globalAdmin, at+"/edit").form(at+"/review"), "securityContact-email", "contoso.soc@gmail.com")
	review := p.post(globalAdmin, at+"/review", form)
	require.Equal(t, http.StatusOK, review.StatusCode)
	assert.Contains(t, review.words(), "consumer provider")
	back := p.post(globalAdmin, at+"/edit", review.form(at+"/save"))
	assert.Contains(t, text(back.byID("securityContact-email-advice")), "consumer provider")

	short := p.post(globalAdmin, at+"/review", with(form, "securityContact-phoneNumber", "12"))
	require.Equal(t, http.StatusUnprocessableEntity, short.StatusCode)
	assert.Contains(t, text(short.byID("securityContact-phoneNumber-error")),
		"no phone number of your country, United States")
}

// A form whose base nobody knows keeps all that was typed, and leaves the
// choice to the person.
func TestConflictOfUnknownBase(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	at := legal + "/security-contact"
	form := with(p.get(globalAdmin, at+"/edit").form(at+"/review"), "base", `"unknown"`,
		"securityContact-email", "csirt@contoso.com")
	a := p.post(globalAdmin, at+"/save", form)
	require.Equal(t, http.StatusConflict, a.StatusCode)
	assert.Contains(t, a.words(), "E-mail csirt@contoso.com soc@contoso.com Yours")
	next := p.post(globalAdmin, at+"/edit", a.form(at+"/edit")).form(at + "/review")
	assert.Equal(t, "csirt@contoso.com", next.Get("securityContact-email"))
	assert.NotEqual(t, `"unknown"`, next.Get("base"))
}

// A failed save loses nothing that was typed.
func TestFailedSaveKeepsTheForm(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	at := legal + "/security-contact"
	review := p.post(globalAdmin, at+"/review",
		with(p.get(globalAdmin, at+"/edit").form(at+"/review"), "securityContact-email", "csirt@contoso.com"))
	p.queue.err = errors.New("no room")
	failed := p.post(globalAdmin, at+"/save", review.form(at+"/save"))
	require.Equal(t, http.StatusInternalServerError, failed.StatusCode)
	assert.Contains(t, failed.words(), "Your change could not be saved")
	assert.NotContains(t, failed.Body, "no room")
	assert.Equal(t, review.form(at+"/save"), failed.form(at+"/save"))
	p.queue.err = nil
	assert.Equal(t, http.StatusSeeOther, p.post(globalAdmin, at+"/save", failed.form(at+"/save")).StatusCode)
}

func TestEndedSessionKeepsTheForm(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	at := legal + "/security-contact"
	form := with(p.get(globalAdmin, at+"/edit").form(at+"/review"), "group", hostile)
	a := p.post(nobody, at+"/review", form)
	require.Equal(t, http.StatusUnauthorized, a.StatusCode)
	assert.Equal(t, form, a.form(at+"/review"))
	wellFormed(t, "session ended", a)
}

// A host's authorizer may refuse without a reason.
func TestRefusalWithoutAReason(t *testing.T) {
	t.Parallel()
	p := newPortal(t, func(o *web.Options) {
		o.Authorizer = partner.AuthorizerFunc(func(context.Context, partner.Request) error {
			return fmt.Errorf("closed today: %w", partner.ErrDenied)
		})
	})
	a := p.get(globalAdmin, legal)
	assert.Equal(t, http.StatusForbidden, a.StatusCode)
	assert.NotContains(t, a.words(), "closed today")
}

// What is stored in a field is seen wherever the field belongs.
func TestEveryFieldReachesEveryPage(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	const tenant = "f1e1d000-0000-4000-8000-000000000001"
	of := func(f partner.Field) string { return "value-" + strconv.Itoa(int(f)) + "-of-a-field" }
	profile := partner.LegalProfile{TenantID: tenant, PartnerType: partner.DirectBillPartner}
	for f := range partner.AllFields().All() {
		profile.SetValue(f, of(f))
	}
	require.NoError(t, p.db.AddPartner(t.Context(), profile, nil))
	p.people["admin"] = host.Person{
		Name: "admin", Actor: partner.Actor{ID: "admin", TenantID: tenant, Roles: []partner.Role{partner.GlobalAdmin}},
	}
	slugOf := map[partner.Section]string{
		partner.SectionLegalBusiness: slugs[0], partner.SectionPrimaryContact: slugs[1],
		partner.SectionSecurityContact: slugs[2],
	}
	shown := p.get("admin", legal).words()
	coverage, report := p.get(operator, "/coverage?show=all").words(), p.get(operator, "/coverage.csv?show=all").Body
	for f := range partner.AllFields().All() {
		assert.Contains(t, shown, of(f), "Legal info, %s", f)
		at := legal + "/" + slugOf[f.Section()]
		input := strings.ReplaceAll(f.String()[1:], "/", "-")
		assert.Equal(t, of(f), p.get("admin", at+"/edit").form(at+"/review").Get(input), "the form, %s", f)
		if f.Section() == partner.SectionSecurityContact {
			assert.Contains(t, coverage, of(f), "Coverage, %s", f)
			assert.Contains(t, report, of(f), "its CSV, %s", f)
		}
	}
}

func TestAuthorizerThatCannotDecideRefuses(t *testing.T) {
	t.Parallel()
	p := newPortal(t, func(o *web.Options) { o.Authorizer = nil })
	assert.Equal(t, http.StatusForbidden, p.get(globalAdmin, legal).StatusCode)
}

// What may succeed later is not called a fault of the portal. What was typed is
// kept until then.
func TestUnavailableIsWorthAnotherTry(t *testing.T) {
	t.Parallel()
	p := newPortal(t, func(o *web.Options) {
		o.Authorizer = partner.AuthorizerFunc(func(context.Context, partner.Request) error {
			return fmt.Errorf("roles: %w", host.ErrUnavailable)
		})
	})
	assert.Equal(t, http.StatusServiceUnavailable, p.get(globalAdmin, legal).StatusCode)
	form := url.Values{"group": {"Contoso CERT"}}
	a := p.post(globalAdmin, legal+"/security-contact/review", form)
	assert.Equal(t, http.StatusServiceUnavailable, a.StatusCode)
	assert.Equal(t, form, a.form(legal+"/security-contact/review"))
}

func TestHistory(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	assert.Contains(t, p.get(globalAdmin, legal+"/history").words(), "Nothing has been changed yet")
	for i := range 25 {
		p.update(globalAdmin, "business", "address-addressLine2", "Floor "+strconv.Itoa(i))
	}
	first := p.get(globalAdmin, legal+"/history")
	links := func(a answer) []string {
		var hrefs []string
		for _, n := range a.nodes(func(n *html.Node) bool {
			return n.Data == "a" && n.Parent.Data == "th"
		}) {
			hrefs = append(hrefs, attr(n, "href"))
		}
		return hrefs
	}
	next := first.nodes(func(n *html.Node) bool { return attr(n, "rel") == "next" })
	require.Len(t, next, 1)
	second := p.get(globalAdmin, attr(next[0], "href"))
	assert.Len(t, links(first), 20)
	assert.Len(t, links(second), 5)
	assert.NotContains(t, links(first), links(second)[0])

	rev := p.get(billing, links(first)[0])
	assert.Contains(t, rev.words(), "Gita Global changed the Legal business profile")
	assert.Contains(t, rev.words(), "Address line 2 Floor 23 Floor 24", "the newest is first")
	assert.Contains(t, p.get(billing, links(second)[4]).words(), "Address line 2 (empty) Floor 0")
	assert.Equal(t, http.StatusNotFound, p.get(fabrikam, links(first)[0]).StatusCode, "another company's")
	assert.Equal(t, http.StatusForbidden, p.get(user, links(first)[0]).StatusCode)
}
