package web_test

import (
	"bytes"
	"encoding/csv"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// evil is a partner whose every text is a formula.
func (p *portal) evil() {
	profile := partner.LegalProfile{TenantID: "e0110000-0000-4000-8000-000000000001",
		PartnerType: partner.IndirectReseller}
	profile.CompanyName = `=HYPERLINK("https://evil.example","Contoso")`
	profile.SecurityContact = partner.SecurityContact{
		FirstName: "\t=1+1", MiddleName: "＠SUM(A1)", LastName: "a;=1+1", Email: "-soc@evil.example", Phone: "+14255550100",
	}
	require.NoError(p.t, p.db.AddPartner(p.t.Context(), profile, nil))
}

func TestCoverage(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	everyone := []string{"Contoso", "Fabrikam", "Litware", "Northwind Traders", "Tailspin Toys", "Wingtip Toys"}
	for _, tc := range []struct {
		query string
		want  []string
	}{
		{"", []string{"Fabrikam", "Litware", "Tailspin Toys", "Wingtip Toys"}},
		{"?show=missing", []string{"Tailspin Toys"}},
		{"?show=errors", nil},
		{"?show=advice", []string{"Fabrikam", "Litware", "Wingtip Toys"}},
		{"?show=good", []string{"Contoso", "Northwind Traders"}},
		{"?show=all", everyone},
		{"?show=all&search=TOYS", []string{"Tailspin Toys", "Wingtip Toys"}},
		{"?show=all&search=zzz", nil},
		{"?show=all&search=%C2%A0Northwind%20%20Traders%20", []string{"Northwind Traders"}},
		{"?show=all&search=SOC%40Contoso", []string{"Contoso"}},
		{"?show=all&search=gmail.com", []string{"Fabrikam"}},
		{"?show=all&search=" + strings.ToUpper(host.TailspinTenantID), []string{"Tailspin Toys"}},
		{"?show=all&search=" + host.ContosoTenantID[:8], []string{"Contoso"}},
		{"?show=all&page=2", everyone},
		{"?show=all&page=9223372036854775807", everyone},
		{"?show=all&page=99999999999999999999", everyone},
		{"?show=made-up&page=-1", []string{"Fabrikam", "Litware", "Tailspin Toys", "Wingtip Toys"}},
	} {
		a := p.get(operator, "/coverage"+tc.query)
		require.Equal(t, http.StatusOK, a.StatusCode)
		assert.Contains(t, a.words(), "5 of 6 partners can be told", tc.query)
		var names []string
		for _, n := range a.nodes(func(n *html.Node) bool { return n.Data == "th" && attr(n, "scope") == "row" }) {
			names = append(names, strings.TrimSpace(n.FirstChild.FirstChild.Data))
		}
		assert.Equal(t, tc.want, names, tc.query)
		assert.Empty(t, a.nodes(func(n *html.Node) bool { return attr(n, "rel") == "next" }), "nothing follows: %s", tc.query)
	}
	assert.Contains(t, p.get(operator, "/coverage").words(), "E-mail: This mailbox is with a consumer provider")
	assert.Equal(t, http.StatusNotFound, p.get(globalAdmin, "/coverage").StatusCode)
	assert.Equal(t, http.StatusNotFound, p.get(globalAdmin, "/coverage.csv").StatusCode)
}

func TestCoveragePages(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	require.NoError(t, p.db.SeedPartners(t.Context(), "0c570000-0000-4000-8000-000000000001", 60))
	a := p.get(operator, "/coverage?show=all")
	assert.Contains(t, a.words(), "1 to 50 of 66")
	assert.Contains(t, p.get(operator, "/coverage?show=all&page=2").words(), "51 to 66 of 66")
	past := p.get(operator, "/coverage?show=all&page=9")
	assert.Contains(t, past.words(), "51 to 66 of 66", "a page past the end is the last one")
	assert.Len(t, past.nodes(func(n *html.Node) bool { return n.Data == "tr" && n.Parent.Data == "tbody" }), 16)
	prev := past.nodes(func(n *html.Node) bool { return attr(n, "rel") == "prev" })
	require.Len(t, prev, 1)
	assert.Equal(t, "/coverage?show=all", attr(prev[0], "href"))
}

func TestCoverageCSVIsInert(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.evil()
	a := p.get(operator, "/coverage.csv?show=all")
	require.Equal(t, http.StatusOK, a.StatusCode)
	assert.Equal(t, `attachment; filename="security-contact-coverage-2026-11-23.csv"`, a.Header.Get("Content-Disposition"))
	assert.True(t, strings.HasPrefix(a.Header.Get("Content-Type"), "text/csv"))
	body, marked := strings.CutPrefix(a.Body, "\uFEFF")
	assert.True(t, marked, "Excel reads a file without a byte order mark as of its own code page")
	assert.NotContains(t, body, "\uFEFF")
	records, err := csv.NewReader(strings.NewReader(body)).ReadAll()
	require.NoError(t, err)
	assert.Equal(t, "Company", records[0][0])
	require.Len(t, records, 1+7)
	phone := regexp.MustCompile(`^\+[0-9]{1,15}$`)
	for _, record := range records {
		for _, cell := range record {
			if !phone.MatchString(cell) {
				assert.NotRegexp(t, `(?:^|[;\t\r\n|])[\s"]*[=+\-@＝＋－＠]`, cell)
			}
		}
	}
	assert.Contains(t, a.Body, ",+14255550100,24,", "a number is imported as it is, and its extension beside it")
	missing, err := csv.NewReader(strings.NewReader(p.get(operator, "/coverage.csv?show=missing").Body)).ReadAll()
	require.NoError(t, err)
	require.Len(t, missing, 2)
	cell := func(column string) string { return missing[1][slices.Index(missing[0], column)] }
	assert.Equal(t, []string{"Missing", "contact.missing"}, []string{cell("Status"), cell("Findings")})
}

// slow is a reader who takes nothing until it is released.
type slow struct {
	*httptest.ResponseRecorder
	reached, release chan struct{}
}

func (s slow) Write(b []byte) (int, error) {
	select {
	case s.reached <- struct{}{}:
	default:
	}
	<-s.release
	return s.ResponseRecorder.Write(b)
}

// Each download holds a connection to the database for as long as its reader
// takes.
func TestDownloadsAreBounded(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	release := make(chan struct{})
	var readers sync.WaitGroup
	var taken []*httptest.ResponseRecorder
	for range 2 {
		s := slow{httptest.NewRecorder(), make(chan struct{}, 1), release}
		taken = append(taken, s.ResponseRecorder)
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/coverage.csv?show=all", nil)
		r.Host = "portal.example"
		r.Header.Set("X-Person", operator)
		readers.Go(func() { p.handler.ServeHTTP(s, r) })
		<-s.reached
	}
	full := p.get(operator, "/coverage.csv")
	assert.Equal(t, http.StatusServiceUnavailable, full.StatusCode)
	assert.NotEmpty(t, full.Header.Get("Retry-After"))
	assert.Empty(t, full.Header.Get("Content-Disposition"), "the page about it is no file")
	close(release)
	readers.Wait()
	for _, w := range taken {
		assert.Contains(t, w.Body.String(), "Northwind Traders")
	}
	assert.Equal(t, http.StatusOK, p.get(operator, "/coverage.csv").StatusCode, "there is room again")
}

// breaking closes the database once a part of the answer is written.
type breaking struct {
	*httptest.ResponseRecorder
	then func()
}

func (b *breaking) Write(data []byte) (int, error) {
	if b.then != nil && bytes.Contains(data, []byte("Reseller 000100")) {
		b.then()
		b.then = nil
	}
	return b.ResponseRecorder.Write(data)
}

func TestACoverageFileThatBreaksOffSaysSo(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	require.NoError(t, p.db.SeedPartners(t.Context(), "0c570000-0000-4000-8000-000000000001", 600))
	r := httptest.NewRequest(http.MethodGet, "https://portal.example/coverage.csv?show=all", nil)
	r.Header.Set("X-Person", operator)
	w := &breaking{httptest.NewRecorder(), func() { assert.NoError(t, p.db.Close()) }}
	assert.PanicsWithError(t, http.ErrAbortHandler.Error(), func() { p.handler.ServeHTTP(w, r) },
		"the connection breaks as well")
	lines := strings.Split(strings.TrimSpace(w.Body.String()), "\r\n")
	assert.Greater(t, len(lines), 100)
	assert.Less(t, len(lines), 600)
	assert.Contains(t, lines[len(lines)-1], "NOT COMPLETE")
}
