package web_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// A partner's people see their own incidents: those that need an answer first,
// what was answered by whom, and what is to do. They see nobody else's.
func TestAPartnerSeesItsIncidents(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	start := p.get(globalAdmin, "/")
	wellFormed(t, "nothing goes on", start)
	assert.Contains(t, start.words(), "Open incidents None.")

	old, i := incident("INC-20261123-AAAAAAAAAA"), incident("INC-20261123-BBBBBBBBBB")
	old.Title, old.Drill = "Rehearsal <b>of</b> spring", true
	i.TenantName = "Adventure Works"
	ds := p.raisedAsCases(i)
	p.raisedAsCases(old) // later
	acknowledge(p, old.ID, "Ada King")
	others := 0
	for _, d := range ds {
		if d.PartnerTenantID != host.ContosoTenantID {
			others++
		}
	}
	require.Positive(t, others, "it concerns others too")

	start = p.get(globalAdmin, "/")
	wellFormed(t, "two incidents", start)
	words := start.words()
	assert.Contains(t, words, "Open incidents 1 needs an answer")
	assert.Contains(t, words, "Needs an answer")
	assert.Contains(t, words, "Ada King: I am on it")
	assert.Contains(t, words, "See 3 things to do")
	assert.Less(t, strings.Index(words, i.Title), strings.Index(words, old.Title), "what needs an answer comes first")
	for _, one := range []partner.Incident{old, i} {
		assert.NotEmpty(t, start.nodes(func(n *html.Node) bool { return attr(n, "href") == "/company/incidents/"+one.ID }))
	}

	page := p.get(globalAdmin, "/company/incidents/"+i.ID)
	wellFormed(t, "one incident", page)
	for _, says := range []string{"Nobody at your company has answered yet", "Block the account.", "soc@contoso.com",
		"Adventure Works", "Next, if nobody answers"} {
		assert.Contains(t, page.words(), says)
	}
	for _, d := range ds {
		if d.PartnerTenantID != host.ContosoTenantID {
			assert.NotContains(t, page.Body, d.CompanyName, "another partner")
			if d.Recipient.Email != "" {
				assert.NotContains(t, page.Body, d.Recipient.Email, "another partner")
			}
		}
	}
	acknowledge(p, i.ID, "<i>Bo</i>")
	page = p.get(globalAdmin, "/company/incidents/"+i.ID)
	wellFormed(t, "it is taken up", page)
	assert.Contains(t, page.words(), "<i>Bo</i>: I am on it. Nothing more is sent while they are.")

	p.over(i)
	start = p.get(billing, "/")
	assert.Contains(t, start.words(), "Over "+i.Title, "whoever may look sees it")
	assert.NotContains(t, p.get(globalAdmin, "/company/incidents/"+i.ID).words(), "Block the account.")
	assert.Contains(t, p.get(globalAdmin, "/company/incidents").words(), "Over "+i.Title)

	own := incident("INC-20261123-CCCCCCCCCC")
	own.TenantID = host.ContosoTenantID
	p.raisedAsCases(own)
	assert.Contains(t, p.get(globalAdmin, "/company/incidents/"+own.ID).words(), "Impacted tenant Your own")
	for _, tt := range []struct {
		name, as, path string
		status         int
	}{
		{"without a role", user, "/company/incidents", http.StatusForbidden},
		{"without a role, one", user, "/company/incidents/" + i.ID, http.StatusForbidden},
		{"of another company", fabrikam, "/company/incidents/" + own.ID, http.StatusNotFound},
		{"no such incident", globalAdmin, "/company/incidents/INC-1", http.StatusNotFound},
		{"an operator without a company", operator, "/company/incidents", http.StatusNotFound},
	} {
		assert.Equal(t, tt.status, p.get(tt.as, tt.path).StatusCode, tt.name)
	}
}

// acknowledge has somebody at Contoso say that they are on it.
func acknowledge(p *portal, incidentID, name string) {
	p.t.Helper()
	e := host.CaseEvent{Source: "form " + name, ByName: name, Said: "I am on it"}
	e.Event.Kind = escalation.EventAcknowledged
	_, err := p.db.Happened(p.t.Context(), nil, host.CaseID(incidentID, 0, host.ContosoTenantID), e)
	require.NoError(p.t, err)
}

// over sends the all-clear.
func (p *portal) over(i partner.Incident) {
	p.t.Helper()
	i.Version, i.Status, i.Actions = i.Version+1, partner.IncidentResolved, nil
	require.NoError(p.t, p.db.AddVersion(p.t.Context(), i, host.VersionAllClear, p.people[operator]))
}

// The list of what is over has pages.
func TestAPartnerPagesThroughWhatIsOver(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	for n := range 22 {
		i := incident("INC-20261123-AAAAAAAA" + strconv.Itoa(10+n))
		p.raisedAsCases(i)
		p.over(i)
	}
	links := func(a answer) (all []string) {
		for _, n := range a.nodes(func(n *html.Node) bool {
			return strings.HasPrefix(attr(n, "href"), "/company/incidents/")
		}) {
			all = append(all, attr(n, "href"))
		}
		return all
	}
	first := p.get(globalAdmin, "/company/incidents")
	next := first.nodes(func(n *html.Node) bool { return attr(n, "rel") == "next" })
	require.Len(t, next, 1)
	second := p.get(globalAdmin, attr(next[0], "href"))
	wellFormed(t, "the second page", second)
	seen := map[string]bool{}
	for _, href := range append(links(first), links(second)...) {
		seen[href] = true
	}
	assert.Len(t, seen, 22)
	assert.Len(t, links(second), 2)
}
