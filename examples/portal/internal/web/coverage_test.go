package web_test

import (
	"encoding/csv"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/cspkit/partner"
)

// evil is a partner whose every text is a formula.
func (p *portal) evil() {
	profile := partner.LegalProfile{TenantID: "e0110000-0000-4000-8000-000000000001", PartnerType: partner.IndirectReseller}
	profile.CompanyName = `=HYPERLINK("https://evil.example","Contoso")`
	profile.SecurityContact = partner.SecurityContact{
		FirstName: "\t=1+1", MiddleName: "＠SUM(A1)", LastName: "a;=1+1", Email: "-soc@evil.example", Phone: "+14255550100",
	}
	require.NoError(p.t, p.db.AddPartner(p.t.Context(), profile, nil))
}

func TestCoverage(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	for _, tc := range []struct {
		query string
		want  []string
	}{
		{"", []string{"Fabrikam", "Litware", "Tailspin Toys", "Wingtip Toys"}},
		{"?show=missing", []string{"Tailspin Toys"}},
		{"?show=errors", nil},
		{"?show=advice", []string{"Fabrikam", "Litware", "Wingtip Toys"}},
		{"?show=good", []string{"Contoso", "Northwind Traders"}},
		{"?show=all", []string{"Contoso", "Fabrikam", "Litware", "Northwind Traders", "Tailspin Toys", "Wingtip Toys"}},
		{"?show=all&search=TOYS", []string{"Tailspin Toys", "Wingtip Toys"}},
		{"?show=all&search=zzz", nil},
		{"?show=all&page=2", nil},
		{"?show=made-up&page=-1", []string{"Fabrikam", "Litware", "Tailspin Toys", "Wingtip Toys"}},
	} {
		a := p.get(operator, "/coverage"+tc.query)
		require.Equal(t, http.StatusOK, a.StatusCode)
		assert.Contains(t, a.words(), "5 of 6 partners can be told", tc.query)
		var names []string
		for _, n := range a.nodes(func(n *html.Node) bool { return n.Data == "th" && attr(n, "scope") == "row" }) {
			names = append(names, strings.TrimSpace(n.FirstChild.Data))
		}
		assert.Equal(t, tc.want, names, tc.query)
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
}

func TestCoverageCSVIsInert(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.evil()
	a := p.get(operator, "/coverage.csv?show=all")
	require.Equal(t, http.StatusOK, a.StatusCode)
	assert.Equal(t, `attachment; filename="security-contact-coverage-2026-11-23.csv"`, a.Header.Get("Content-Disposition"))
	assert.True(t, strings.HasPrefix(a.Header.Get("Content-Type"), "text/csv"))
	records, err := csv.NewReader(strings.NewReader(a.Body)).ReadAll()
	require.NoError(t, err)
	require.Len(t, records, 1+7)
	for _, record := range records {
		for _, cell := range record {
			assert.NotRegexp(t, `(?:^|[;\t\r\n|])[\s"]*[=+\-@＝＋－＠]`, cell)
		}
	}
	assert.Contains(t, a.Body, "'+14255550100")
	missing, err := csv.NewReader(strings.NewReader(p.get(operator, "/coverage.csv?show=missing").Body)).ReadAll()
	require.NoError(t, err)
	require.Len(t, missing, 2)
	assert.Equal(t, []string{"Tailspin Toys", "Missing", "contact.missing"}, []string{missing[1][0], missing[1][4], missing[1][10]})
}
