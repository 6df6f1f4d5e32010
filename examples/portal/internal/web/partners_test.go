package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// The operator chooses in which language a partner is written to.
func TestLanguageOfAPartner(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	at := "/partners/" + host.ContosoTenantID
	for _, tt := range []struct {
		name, why, tag, location string
		status                   int
	}{
		{"one that is written", "", "de", at + "?done=partner-language", http.StatusSeeOther},
		{"none", "it is English again", "", at + "?done=partner-language", http.StatusSeeOther},
		{"one that nobody writes", "it is kept, and shown", "ko", at + "?done=partner-language", http.StatusSeeOther},
		{"no language", "", "<b>", "", http.StatusUnprocessableEntity},
	} {
		a := p.post(operator, at+"/language", url.Values{"language": {tt.tag}})
		require.Equal(t, tt.status, a.StatusCode, tt.name)
		assert.Equal(t, tt.location, a.Header.Get("Location"), tt.name)
		if tt.status != http.StatusSeeOther {
			continue
		}
		stored, err := p.db.Language(t.Context(), host.ContosoTenantID)
		require.NoError(t, err)
		assert.Equal(t, tt.tag, stored, "%s: %s", tt.name, tt.why)
		page := p.get(operator, at)
		wellFormed(t, tt.name, page)
		assert.Equal(t, tt.tag, page.form(at+"/language").Get("language"), "%s: %s", tt.name, tt.why)
	}
	assert.Equal(t, http.StatusNotFound,
		p.post(operator, "/partners/00000000-0000-4000-8000-000000000000/language",
			url.Values{"language": {"de"}}).StatusCode)
	assert.Equal(t, http.StatusNotFound, p.post(globalAdmin, at+"/language", url.Values{"language": {"de"}}).StatusCode)
}

// Several contacts are asked at once: who is mailed is said before, and nobody
// twice in a day.
func TestSeveralContactsAreAsked(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	list := p.get(operator, "/partners")
	wellFormed(t, "the partners", list)
	boxes := list.nodes(func(n *html.Node) bool { return attr(n, "name") == "partner" })
	require.NotEmpty(t, boxes)
	for _, box := range boxes {
		assert.NotEqual(t, host.TailspinTenantID, attr(box, "value"), "it has nobody to ask")
	}
	none := p.get(operator, "/partners/ask")
	assert.Equal(t, "/partners?done=nobody-chosen", none.Header.Get("Location"))
	none = p.post(operator, "/partners/ask", nil)
	assert.Equal(t, "/partners?done=nobody-chosen", none.Header.Get("Location"))

	chosen := url.Values{"partner": {host.ContosoTenantID, host.ContosoTenantID, host.TailspinTenantID, "x"}}
	plan := p.get(operator, "/partners/ask?"+chosen.Encode())
	wellFormed(t, "the plan", plan)
	assert.Contains(t, plan.words(), "1 contact is mailed when you press the button.")
	assert.Contains(t, plan.words(), "1 has nobody to ask.")
	entries, err := p.db.AuditEntries(t.Context(), 0, 10)
	require.NoError(t, err)
	assert.Empty(t, entries, "nobody is asked yet")

	first := p.post(operator, "/partners/ask", chosen)
	after := first.Header.Get("Location")
	assert.Contains(t, after, "done=contacts-asked&")
	done := p.get(operator, after)
	wellFormed(t, "they are asked", done)
	assert.Contains(t, done.words(), "Nobody is mailed now. 1 was asked within the last 24 hours, and is not asked again.")
	assert.NotContains(t, done.words(), "Mail 1 contact")
	again := p.post(operator, "/partners/ask", chosen)
	assert.Contains(t, again.Header.Get("Location"), "done=contacts-asked-already&", "a double click")
	entries, err = p.db.AuditEntries(t.Context(), 0, 10)
	require.NoError(t, err)
	require.Len(t, entries, 1)
	assert.Equal(t, []string{host.ContosoTenantID, operator}, []string{entries[0].Subject, entries[0].Name})
	assert.Equal(t, http.StatusNotFound, p.post(globalAdmin, "/partners/ask", chosen).StatusCode)
}

// The form shows a number as people write it, and that changes nothing.
func TestThePhoneInTheForm(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	at := legal + "/security-contact"
	form := p.get(globalAdmin, at+"/edit").form(at + "/review")
	assert.Equal(t, "+1 425-555-0100 ext. 24", form.Get("securityContact-phoneNumber"))
	same := p.post(globalAdmin, at+"/review", form)
	assert.NotContains(t, same.words(), "Nothing is saved yet", "nothing has changed")
	review := p.post(globalAdmin, at+"/review", with(form, "group", "Night Shift"))
	require.Equal(t, http.StatusOK, review.StatusCode)
	assert.NotContains(t, review.words(), "Phone", "the number is the same")
	require.Equal(t, http.StatusSeeOther, p.post(globalAdmin, at+"/save", review.form(at+"/save")).StatusCode)
	profile, err := p.db.Profile(t.Context(), host.ContosoTenantID)
	require.NoError(t, err)
	assert.Equal(t, "+14255550100;ext=24", profile.SecurityContact.Phone, "it is stored as before")
}
