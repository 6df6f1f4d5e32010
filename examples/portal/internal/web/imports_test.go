package web_test

import (
	"bytes"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/web"
)

// upload sends a file as the form does.
func (p *portal) upload(as, content string) answer {
	p.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	part, err := w.CreateFormFile("file", "partners.csv")
	require.NoError(p.t, err)
	_, err = part.Write([]byte(content))
	require.NoError(p.t, err)
	require.NoError(p.t, w.Close())
	r := httptest.NewRequestWithContext(p.t.Context(), http.MethodPost, "/imports", &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return p.do(r, as)
}

// The page of an import shows what each wrong cell says, as text, and the log
// does not.
func TestWrongRowsOfAnImport(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	p := newPortal(t, func(o *web.Options) { o.Log = slog.New(slog.NewTextHandler(&log, nil)) })
	a := p.upload(operator, "Tenant ID;Company name;Country;Phone;E-mail;Language\n"+
		"<b>nobody</b>;Relecloud;;;;\n"+
		host.FabrikamTenantID+";Fabrikam;<script>Atlantis</script>;;;\n"+
		host.ContosoTenantID+";Contoso;;;;Klingon\n")
	require.Equal(t, http.StatusSeeOther, a.StatusCode, a.Body)
	at := a.Header.Get("Location")
	page := p.get(operator, at)
	says := page.words()
	assert.Contains(t, says, "Tenant ID “<b>nobody</b>”: ")
	assert.Contains(t, says, "Country “<script>Atlantis</script>”: No country is known by this name or code.")
	assert.NotContains(t, page.Body, "<b>nobody", "it is text, whatever it holds")
	assert.NotContains(t, page.Body, "<script>Atlantis")
	assert.Contains(t, p.get(operator, at+"?show=advice").words(), "Language “Klingon”: This language is not known")
	assert.NotContains(t, log.String(), "nobody")
	assert.NotContains(t, log.String(), "Atlantis")

	none := p.upload(operator, "Name;Mail\nA;b@contoso.com\n")
	assert.Equal(t, http.StatusUnprocessableEntity, none.StatusCode)
	assert.Contains(t, none.words(), "Name one of them “Tenant ID”", "the word that the help has")
}

// Who entered a partner stands where people look for it: on its page, in its
// review, in its own history, and in the audit log.
func TestWhoEnteredAPartner(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	const wide = "a0000000-0000-4000-8000-0000000000b1"
	a := p.upload(operator, "Tenant ID;Company name;Country\n"+wide+";Wide World Importers;US\n")
	require.Equal(t, http.StatusSeeOther, a.StatusCode, a.Body)
	at := a.Header.Get("Location")
	require.NoError(t, p.db.SaveImport(t.Context(), strings.TrimPrefix(at, "/imports/"),
		host.AuditEntry{Name: "Olu Operator", TenantID: host.ProviderTenantID}, nil))
	partnerPage := p.get(operator, "/partners/"+wide)
	assert.Contains(t, partnerPage.words(), "Entered by an import of partners.csv")
	assert.Contains(t, partnerPage.words(), "Olu Operator")
	assert.Contains(t, partnerPage.Body, `href="`+at+`"`)
	review := p.get(operator, "/review/"+wide)
	assert.Contains(t, review.words(), "Olu Operator entered the company")
	assert.Contains(t, review.Body, `href="`+at+`"`)
	for _, search := range []string{wide, "Wide+World"} {
		log := p.get(operator, "/audit?search="+search)
		assert.Contains(t, log.words(), "Save an import Import of partners.csv", search)
		assert.Contains(t, log.Body, `href="`+at+`"`, search)
	}
	assert.NotContains(t, p.get(operator, "/partners/"+host.ContosoTenantID).words(), "Entered by")
}
