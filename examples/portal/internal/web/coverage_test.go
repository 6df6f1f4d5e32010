package web_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"log/slog"
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
	"github.com/cspkit/partner/examples/portal/internal/web"
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
	assert.Contains(t, p.get(operator, "/coverage").words(), "Nobody has counted the partners yet")
	require.NoError(t, p.db.KeepNumbers(t.Context()))
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
		{"?show=all&search=TOYS", []string{"Wingtip Toys", "Tailspin Toys"}},
		{"?search=toys&show=missing", []string{"Tailspin Toys"}},
		{"?show=all&search=zzz", nil},
		{"?show=all&search=%C2%A0Northwind%20%20Traders%20", []string{"Northwind Traders"}},
		{"?show=all&search=SOC%40Contoso", []string{"Contoso"}},
		{"?show=all&search=fabrikam_security%40gmail.com", []string{"Fabrikam"}},
		{"?show=all&search=" + strings.ToUpper(host.TailspinTenantID), []string{"Tailspin Toys"}},
		{"?show=all&search=" + host.ContosoTenantID[:8], []string{"Contoso"}},
		{"?show=all&after=zzz", nil},
		{"?show=made-up&after=", []string{"Fabrikam", "Litware", "Tailspin Toys", "Wingtip Toys"}},
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
	require.NoError(t, p.db.KeepNumbers(t.Context()))
	for _, query := range []string{"show=all", "show=all&search=r"} {
		first := p.get(operator, "/coverage?"+query)
		rows := func(a answer) int {
			return len(a.nodes(func(n *html.Node) bool { return n.Data == "tr" && n.Parent.Data == "tbody" }))
		}
		assert.Equal(t, 50, rows(first))
		next := first.nodes(func(n *html.Node) bool { return attr(n, "rel") == "next" })
		require.Len(t, next, 1, query)
		second := p.get(operator, attr(next[0], "href"))
		assert.Contains(t, second.words(), "First page")
		assert.Contains(t, second.words(), "Reseller 000059")
		assert.Empty(t, second.nodes(func(n *html.Node) bool { return attr(n, "rel") == "next" }))
		if query == "show=all" {
			assert.Equal(t, 16, rows(second))
		}
	}
	assert.Contains(t, p.get(operator, "/coverage").words(), "All 66", "as they were counted")
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
	assert.Equal(t, []string{"No security contact", "contact.missing"}, []string{cell("Status"), cell("Findings")})
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

// leaving is a reader who goes once a part of the answer is written.
type leaving struct {
	*httptest.ResponseRecorder
	leave func()
}

func (l leaving) Write(data []byte) (int, error) {
	if bytes.Contains(data, []byte("Reseller 000100")) {
		l.leave()
	}
	return l.ResponseRecorder.Write(data)
}

func TestWhoLeavesACoverageFileIsNoFault(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	p := newPortal(t, func(o *web.Options) { o.Log = slog.New(slog.NewTextHandler(&log, nil)) })
	require.NoError(t, p.db.SeedPartners(t.Context(), "0c570000-0000-4000-8000-000000000001", 600))
	ctx, cancel := context.WithCancel(t.Context())
	r := httptest.NewRequestWithContext(ctx, http.MethodGet, "https://portal.example/coverage.csv?show=all", nil)
	r.Header.Set("X-Person", operator)
	w := leaving{httptest.NewRecorder(), cancel}
	assert.PanicsWithError(t, http.ErrAbortHandler.Error(), func() { p.handler.ServeHTTP(w, r) })
	assert.Contains(t, w.Body.String(), "Reseller 000100")
	assert.NotContains(t, log.String(), "coverage not read to its end")
}

// firstBytes is a reader who looks at when the answer begins to go out.
type firstBytes struct {
	*httptest.ResponseRecorder
	flushed []string
}

func (f *firstBytes) Flush() { f.flushed = append(f.flushed, f.Body.String()) }

func TestACoverageFileBeginsAtOnce(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	r := httptest.NewRequest(http.MethodGet, "https://portal.example/coverage.csv?show=missing", nil)
	r.Header.Set("X-Person", operator)
	w := &firstBytes{ResponseRecorder: httptest.NewRecorder()}
	p.handler.ServeHTTP(w, r)
	require.NotEmpty(t, w.flushed)
	assert.Contains(t, w.flushed[0], "Company,")
	assert.NotContains(t, w.flushed[0], "Tailspin", "before any partner is read")
}
