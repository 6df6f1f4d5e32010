package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// Each number of the start page leads to a list of as many rows.
func TestTodaysNumbersLeadToTheirLists(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	assert.Contains(t, p.get(operator, "/").words(), "The partners are being counted.")
	require.NoError(t, p.db.KeepNumbers(t.Context()))
	i := incident("INC-20261123-ABCDEFGHIJ")
	ds := p.raisedAsCases(i)
	for _, d := range ds {
		if d.State == host.DeliveryWaiting {
			p.outcome(host.DeliveryFailed, "550", d.ID)
			break
		}
	}
	page := p.get(operator, "/")
	require.Equal(t, http.StatusOK, page.StatusCode)
	rows := func(a answer) int {
		return len(a.nodes(func(n *html.Node) bool { return n.Data == "tr" && n.Parent.Data == "tbody" }))
	}
	tiles := map[string]*html.Node{}
	for _, n := range page.nodes(func(n *html.Node) bool {
		return n.Data == "a" &&
			strings.HasPrefix(attr(n, "class"), "tile")
	}) {
		tiles[strings.SplitN(attr(n, "href"), "?", 2)[0]] = n
	}
	for path, want := range map[string]int{"/incidents": 1, "/undelivered": 1} {
		require.Contains(t, tiles, path)
		assert.Contains(t, text(tiles[path]), " 1 ", path)
		assert.Equal(t, want, rows(p.get(operator, attr(tiles[path], "href"))), path)
	}
	cases, _, err := p.db.CountUnanswered(t.Context())
	require.NoError(t, err)
	require.NotZero(t, cases)
	waiting := p.get(operator, "/cases")
	assert.Equal(t, cases, rows(waiting))
	assert.Contains(t, waiting.Body, `<a href="/partners/`+host.ContosoTenantID+`">Contoso</a>`,
		"to reach them another way")
	assert.Contains(t, page.words(), "Coverage 83.3% 1 of 6 cannot be told")
	assert.Contains(t, page.words(), "1 without an owner")
	for _, path := range []string{"/cases", "/undelivered"} {
		assert.Equal(t, http.StatusNotFound, p.get(globalAdmin, path).StatusCode, path)
		assert.Contains(t, p.get(operator, path+"?after=unknown").words(), "There are no more", path)
	}
	assert.Contains(t, p.get(globalAdmin, "/").words(), "Welcome, Gita Global", "it is the operator's page alone")
}

// A drill stands in a section of its own, and no number counts it.
func TestDrillsAreApartOnToday(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	i := incident("INC-20261123-ABCDEFGHIJ")
	i.Drill, i.Title = true, "Rehearsal of the year"
	for _, d := range p.raisedAsCases(i) {
		if d.State == host.DeliveryWaiting {
			p.outcome(host.DeliveryFailed, "550", d.ID)
		}
	}
	p.later.Store(int64(3 * time.Hour))
	_, err := p.db.LookAtCases(t.Context(), 100)
	require.NoError(t, err)
	today := p.get(operator, "/").words()
	for _, want := range []string{
		"Open incidents 0", "Without an answer 0", "Calls to make 0", "Not delivered 0", "Nobody is waited for.",
		"Nothing goes on.", "Drills under way No number above counts them. Rehearsal of the year Drill",
	} {
		assert.Contains(t, today, want)
	}
	for path, none := range map[string]string{
		"/cases": "Nobody is waited for there", "/calls": "There is no such call", "/undelivered": "There is no such message",
		"/incidents": "No incident fits",
	} {
		for _, query := range []string{"", "?drill=yes"} {
			assert.Contains(t, p.get(operator, path+query).words(), " Drill ", path+query)
		}
		assert.Contains(t, p.get(operator, path+"?drill=no").words(), none, path)
	}
	for _, path := range []string{"", "/cases", "/timeline", "/remind"} {
		page := p.get(operator, "/incidents/"+i.ID+path)
		assert.Contains(t, text(page.nodes(func(n *html.Node) bool { return n.Data == "h1" })[0]), "Drill", path)
	}
}
