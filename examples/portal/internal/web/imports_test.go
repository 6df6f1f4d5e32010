package web_test

import (
	"bytes"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/internal/columns"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/web"
)

// upload sends a file as the form does.
func (p *portal) upload(content string) answer {
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
	return p.do(r, operator)
}

// The page of an import shows what each wrong cell says, as text, and the log
// does not.
func TestWrongRowsOfAnImport(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	p := newPortal(t, func(o *web.Options) { o.Log = slog.New(slog.NewTextHandler(&log, nil)) })
	a := p.upload("Tenant ID;Company name;Country;Phone;E-mail;Language\n" +
		"<b>nobody</b>;Relecloud;;;;\n" +
		host.FabrikamTenantID + ";Fabrikam;<script>Atlantis</script>;;;\n" +
		host.ContosoTenantID + ";Contoso;;;;Klingon\n")
	require.Equal(t, http.StatusSeeOther, a.StatusCode, a.Body)
	at := a.Header.Get("Location")
	page := p.get(operator, at)
	says := page.words()
	assert.Contains(t, says, "Tenant ID “<b>nobody</b>”: ")
	assert.Contains(t, says, "Country “<script>Atlantis</script>”: No country is known by this name or code. Write")
	assert.NotContains(t, page.Body, "<b>nobody", "it is text, whatever it holds")
	assert.NotContains(t, page.Body, "<script>Atlantis")
	assert.Contains(t, p.get(operator, at+"?show=advice").words(), "Language “Klingon”: This language is not known")
	assert.NotContains(t, log.String(), "nobody")
	assert.NotContains(t, log.String(), "Atlantis")

	none := p.upload("Name;Mail\nA;b@contoso.com\n")
	assert.Equal(t, http.StatusUnprocessableEntity, none.StatusCode)
	assert.Contains(t, none.words(), "Name one of them “Tenant ID”", "the word that the help has")
}

// The file of the README is the one that the import page has to download, and
// each column that the README names is understood.
func TestSampleOfAnImport(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	_, section, _ := strings.Cut(string(text), "### Importing partners\n")
	section, _, _ = strings.Cut(section, "\n### ")
	p := newPortal(t)
	form := p.get(operator, "/imports").Body
	_, href, found := strings.Cut(form, `href="/static/partners.csv`)
	require.True(t, found)
	href, _, _ = strings.Cut(href, `"`)
	sample := p.get(operator, "/static/partners.csv"+href)
	assert.Equal(t, "text/csv; charset=utf-8; header=present", sample.Header.Get("Content-Type"))
	for line := range strings.Lines(sample.Body) {
		assert.Contains(t, section, "    "+strings.TrimSpace(line)+"\n")
	}
	preview := p.get(operator, p.upload(sample.Body).Header.Get("Location")).words()
	assert.Contains(t, preview, "2 partners")
	assert.Contains(t, preview, "1 row is wrong")
	assert.NotContains(t, preview, "not understood", "each column is")

	n := 0
	for line := range strings.Lines(section) {
		cells := strings.Split(line, "|")
		if len(cells) != 6 || strings.HasPrefix(cells[1], " ---") || strings.TrimSpace(cells[2]) == "column" {
			continue
		}
		about := columns.Partners
		for name := range strings.SplitSeq(strings.NewReplacer(", or ", ",", " and ", ",").Replace(cells[2]), ",") {
			name = strings.TrimSpace(name)
			m := columns.ReadRoster([]string{"Tenant ID", name}, about)
			if name == "Tenant ID" {
				continue
			}
			assert.NotEqual(t, columns.Field(0), m.Columns[1].Field, name)
			assert.NotEqual(t, columns.Nothing, m.Columns[1].Field, name)
			n++
		}
	}
	assert.Greater(t, n, 15, "the table was found")
}

// The preview says what becomes of each security contact, and where a partner
// may be here already. What is saved says what to do next.
func TestPreviewOfAnImport(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	const wide = "a0000000-0000-4000-8000-0000000000b2"
	a := p.upload("Tenant ID;Company name;Country;Security contact;E-mail;Phone\n" +
		wide + ";Contoso;US;Wide SOC;soc@wideworldimporters.com;425 555 0100\n" +
		host.FabrikamTenantID + ";Fabrikam Ltd.;;;;\n")
	require.Equal(t, http.StatusSeeOther, a.StatusCode, a.Body)
	at := a.Header.Get("Location")
	fresh := p.get(operator, at+"?show=new").words()
	assert.Contains(t, fresh, "Security contact, e-mail: soc@wideworldimporters.com")
	assert.Contains(t, fresh, "Read the advice on 1 row first: a partner may be here already")
	assert.NotContains(t, fresh, "What to do next")
	changed := p.get(operator, at+"?show=changed").words()
	assert.Contains(t, changed, "The security contact stays as it is.")
	advice := p.get(operator, at+"?show=advice")
	assert.Contains(t, advice.words(), "A partner with the same name is here")
	assert.Contains(t, advice.Body, `<a href="/partners/`+host.ContosoTenantID+`">See Contoso</a>`)
	assert.NotContains(t, advice.words(), "What is wrong")
	require.NoError(t, p.db.SaveImport(t.Context(), strings.TrimPrefix(at, "/imports/"),
		host.AuditEntry{Name: "Olu Operator", TenantID: host.ProviderTenantID}, nil))
	saved := p.get(operator, at)
	for _, href := range []string{at + "?show=new", "/partners?contact=unasked", "/coverage"} {
		assert.Contains(t, saved.Body, `href="`+href+`"`)
		assert.Equal(t, http.StatusOK, p.get(operator, href).StatusCode, href)
	}
	assert.NotContains(t, saved.words(), "Read the advice")
}

// Who entered a partner stands where people look for it: on its page, in its
// review, in its own history, and in the audit log.
func TestWhoEnteredAPartner(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	const wide = "a0000000-0000-4000-8000-0000000000b1"
	a := p.upload("Tenant ID;Company name;Country\n" + wide + ";Wide World Importers;US\n")
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
