package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// A review is a page of its own: it can be loaded again, and after the change
// is saved its address leads to the form.
func TestReviewIsAPageOfItsOwn(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	at := legal + "/security-contact"
	form := with(p.get(globalAdmin, at+"/edit").form(at+"/review"), "securityContact-phoneNumber", "+14255550177")
	sent := p.send(globalAdmin, at+"/review", form)
	require.Equal(t, http.StatusSeeOther, sent.StatusCode, "a browser does not ask whether to send it again")
	review := sent.Header.Get("Location")
	require.True(t, strings.HasPrefix(review, at+"/review?draft="), review)
	for range 2 {
		a := p.get(globalAdmin, review)
		require.Equal(t, http.StatusOK, a.StatusCode)
		assert.Contains(t, a.words(), "+1 425-555-0177")
	}
	for _, other := range []string{billing, fabrikam, operator} {
		assert.NotContains(t, p.get(other, review).Body, "555-0177", other)
	}

	back := p.send(globalAdmin, at+"/edit", p.get(globalAdmin, review).form(at+"/save")).Header.Get("Location")
	require.True(t, strings.HasPrefix(back, at+"/edit?draft="), back)
	assert.Equal(t, "+14255550177", p.get(globalAdmin, back).form(at+"/review").Get("securityContact-phoneNumber"))

	saved := p.send(globalAdmin, at+"/save", p.get(globalAdmin, review).form(at+"/save"))
	assert.Equal(t, legal+"?done=saved-security-contact", saved.Header.Get("Location"))
	assert.Equal(t, at+"/edit", p.get(globalAdmin, review).Header.Get("Location"), "what is saved is not reviewed")
	assert.Equal(t, "+1 425-555-0177", p.get(globalAdmin, back).form(at+"/review").Get("securityContact-phoneNumber"),
		"the form has what is saved")
}

// A draft is a comfort. What cannot be kept is reviewed at once.
func TestReviewNeedsNoDraft(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	writer, _ := p.db.Pools()
	_, err := writer.ExecContext(t.Context(), "DROP TABLE drafts")
	require.NoError(t, err)
	at := legal + "/security-contact"
	form := with(p.get(globalAdmin, at+"/edit").form(at+"/review"), "securityContact-phoneNumber", "+14255550177")
	review := p.send(globalAdmin, at+"/review", form)
	require.Equal(t, http.StatusOK, review.StatusCode)
	saved := p.send(globalAdmin, at+"/save", review.form(at+"/save"))
	assert.Equal(t, legal+"?done=saved-security-contact", saved.Header.Get("Location"))
	raise := filled(p.get(operator, "/incidents/new").form("/incidents/preview"))
	assert.Contains(t, p.send(operator, "/incidents/preview", raise).words(), "Nobody is told yet.")
}

func TestPreviewIsAPageOfItsOwn(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	form := filled(p.get(operator, "/incidents/new").form("/incidents/preview"), "title", "A title of its own")
	preview := p.send(operator, "/incidents/preview", form).Header.Get("Location")
	require.True(t, strings.HasPrefix(preview, "/incidents/preview?draft="), preview)
	a := p.get(operator, preview)
	assert.Contains(t, a.words(), "A title of its own")
	assert.Equal(t, http.StatusNotFound, p.get(globalAdmin, preview).StatusCode)

	back := p.send(operator, "/incidents/new", a.form("/incidents")).Header.Get("Location")
	again := p.get(operator, back).form("/incidents/preview")
	assert.Equal(t, "A title of its own", again.Get("title"))
	assert.Equal(t, form.Get("id"), again.Get("id"), "it is the same incident")

	p.send(operator, "/incidents", a.form("/incidents"))
	assert.Equal(t, "/incidents/new", p.get(operator, preview).Header.Get("Location"))
	fresh := p.get(operator, back).form("/incidents/preview")
	assert.Empty(t, fresh.Get("title"))
	assert.NotEqual(t, form.Get("id"), fresh.Get("id"), "it is another incident")
}

// Whoever loads the address of a button again comes to where it begins.
func TestAddressesOfButtonsLeadToTheirPages(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	i := incident("INC-20261123-ABCDEFGHIJ")
	p.raised(i)
	for path, to := range map[string]string{
		legal + "/business/review":            legal + "/business/edit",
		legal + "/security-contact/review":    legal + "/security-contact/edit",
		legal + "/security-contact/save":      legal + "/security-contact/edit",
		legal + "/business/review?draft=none": legal + "/business/edit",
	} {
		assert.Equal(t, to, p.get(globalAdmin, path).Header.Get("Location"), path)
	}
	for path, to := range map[string]string{
		"/incidents/preview": "/incidents/new", "/incidents/preview/message": "/incidents/new",
		"/incidents/" + i.ID + "/retry": "/incidents/" + i.ID, "/incidents/" + i.ID + "/resume": "/incidents/" + i.ID,
	} {
		assert.Equal(t, to, p.get(operator, path).Header.Get("Location"), path)
		assert.Equal(t, http.StatusNotFound, p.get(globalAdmin, path).StatusCode, path)
	}
}

// A form that was begun in one company would overwrite another's details, if
// somebody has signed in there meanwhile.
func TestFormOfAnotherCompanyGoesNowhere(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	for _, slug := range []string{"business", "primary-contact", "security-contact"} {
		at := legal + "/" + slug
		form := p.get(globalAdmin, at+"/edit").form(at + "/review")
		for _, step := range []string{"/edit", "/review", "/save"} {
			a := p.post(fabrikam, at+step, form)
			assert.Equal(t, http.StatusConflict, a.StatusCode, at+step)
			assert.Contains(t, a.words(), "This form was begun in another company")
			assert.Contains(t, a.words(), "You are signed in to Fabrikam now. Nothing was saved")
			assert.NotContains(t, a.Body, "soc@contoso.com", "nothing can be sent on from here")
		}
	}
	after, err := p.db.Revisions(t.Context(), host.FabrikamTenantID, "", 1)
	require.NoError(t, err)
	assert.Empty(t, after)
}

// Whoever tries deliveries again stays in the list where he was.
func TestRetryStaysWhereItWas(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	i := incident("INC-20261123-ABCDEFGHIJ")
	i.TenantID = "0c570000-0000-4000-8000-000000000001"
	require.NoError(t, p.db.SeedPartners(t.Context(), i.TenantID, 60))
	var ids []string
	for _, d := range p.raised(i) {
		ids = append(ids, d.ID)
	}
	p.outcome(host.DeliveryFailed, "550", ids...)
	at := "/incidents/" + i.ID
	second := at + "?state=failed&after=" + ids[49]
	form := p.get(operator, second).form(at + "/retry")
	to := p.send(operator, at+"/retry", with(form, "delivery", ids[55])).Header.Get("Location")
	assert.Equal(t, at+"?after="+ids[49]+"&done=retried&state=failed#deliveries", to)
	page := p.get(operator, strings.TrimSuffix(to, "#deliveries"))
	assert.Contains(t, text(page.byID("deliveries")), "What was not delivered is sent again.",
		"it is said where the button was")
	assert.Equal(t, 1, strings.Count(page.Body, "is sent again."))
	assert.Contains(t, text(page.byID("rows")), "Reseller 000056")
	assert.NotContains(t, text(page.byID("rows")), "Reseller 000001")

	gone := p.get(operator, at+"?state=failed&after=unknown")
	assert.Contains(t, text(gone.byID("rows")), "Reseller 000001", "what cannot be gone on from is begun anew")
}
