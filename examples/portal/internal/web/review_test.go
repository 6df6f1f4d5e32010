package web_test

import (
	"net/http"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// The year's review tells what a partner had to answer, and how long it took.
// What an operator ended was answered by nobody.
func TestTheYearsReview(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	none := p.get(globalAdmin, "/settings/account/profile/review").words()
	assert.Contains(t, none, "Nothing to measure")
	assert.Contains(t, none, "None in these days.")
	i := incident("INC-20261123-REVIEW")
	p.raisedAsCases(i)
	rehearsal := incident("INC-20261123-DRILL")
	rehearsal.Drill, rehearsal.Title = true, "A rehearsal"
	p.raisedAsCases(rehearsal)
	p.later.Add(int64(90 * time.Minute))
	fresh, err := p.db.Happened(t.Context(), nil, host.CaseID(i.ID, 0, host.ContosoTenantID), host.CaseEvent{
		Source: "form", Event: escalation.Event{Kind: escalation.EventAcknowledged}, ByName: "Cora Example",
	})
	require.NoError(t, err)
	require.True(t, fresh)
	next := i
	next.Version++
	require.NoError(t, p.db.AddVersion(t.Context(), next, host.VersionAllClear, p.people[operator]))

	own := p.get(globalAdmin, "/settings/account/profile/review").words()
	for _, says := range []string{"Review of the year: Contoso", "+1 425-555-0100 ext. 24", "1 h 30 min Cora Example",
		"to the first answer of somebody there. 1 1 0 0 0 0 1 h 30 min 1 h 30 min Within 24 hours", "A rehearsal",
		"Drills: until an answer"} {
		assert.Contains(t, own, says)
	}
	assert.Contains(t, p.get(fabrikam, "/settings/account/profile/review").words(), "High severity No answer",
		"that it is over is no answer of theirs")
	assert.Contains(t, p.get(tailspin, "/settings/account/profile/review").words(), "There is no security contact")
	assert.Contains(t, p.get(operator, "/review/"+host.ContosoTenantID).words(), "Review of the year: Contoso")
	assert.Equal(t, http.StatusNotFound, p.get(operator, "/review/nobody").StatusCode)
	assert.Equal(t, http.StatusForbidden, p.get(user, "/settings/account/profile/review").StatusCode)
	for _, path := range []string{"/review", "/review/" + host.FabrikamTenantID} {
		assert.Equal(t, http.StatusNotFound, p.get(globalAdmin, path).StatusCode, path)
	}

	require.NoError(t, p.db.KeepNumbers(t.Context()))
	all := p.get(operator, "/review").words()
	for _, says := range []string{"Partners 6", "Incidents 1", "Drills 1", "A rehearsal Drill", "No answer"} {
		assert.Contains(t, all, says)
	}
	assert.Contains(t, p.get(operator, "/review?search=contoso").Body, `href="/review/`+host.ContosoTenantID)
	assert.Contains(t, p.get(operator, "/review?search=nobody").words(), "No partner fits")
}

// Found, told and answered add up, and what was raised by mistake is in no sum.
func TestReviewAddsUp(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	mistake := incident("INC-20261123-MISTAKE")
	mistake.Title = "Raised by mistake"
	p.raisedAsCases(mistake)
	answers := func(id string) {
		_, err := p.db.Happened(t.Context(), nil, host.CaseID(id, 0, host.ContosoTenantID), host.CaseEvent{
			Source: "form", Event: escalation.Event{Kind: escalation.EventResolved}, ByName: "Cora Example",
		})
		require.NoError(t, err)
	}
	answers(mistake.ID)
	mistake.Version++
	require.NoError(t, p.db.AddVersion(t.Context(), mistake, host.VersionCancel, p.people[operator]))
	i := incident("INC-20261123-REVIEW")
	deliveries := p.raisedAsCases(i)
	found, told := map[string]bool{}, map[string]bool{}
	for _, d := range deliveries {
		found[d.PartnerTenantID] = true
		if d.State != host.DeliveryNobody {
			told[d.PartnerTenantID] = true
		}
	}
	require.Greater(t, len(found), len(told), "the sample has a partner with nobody to tell")
	own := func() string { return p.get(globalAdmin, "/settings/account/profile/review").words() }
	const until = "to the first answer of somebody there. "
	assert.Contains(t, own(), until+"1 0 0 1 0 0 – – Still in time", "it waits, and is not within 24 hours yet")
	p.later.Add(int64(25 * time.Hour))
	assert.Contains(t, own(), until+"1 0 0 0 1 0 – – 1 not within 24 hours")
	answers(i.ID)
	assert.Contains(t, own(), until+"1 0 1 0 0 0 1 d 1 h 1 d 1 h 1 not within 24 hours")
	assert.Contains(t, own(), "Raised by mistake High severity Not counted Cancelled", "also if somebody had answered")

	require.NoError(t, p.db.KeepNumbers(t.Context()))
	all := p.get(operator, "/review").words()
	n := strconv.Itoa
	row := n(len(found)) + " 0 " + n(len(found)-len(told)) + " " + n(len(told)) + " 1 "
	for _, says := range []string{
		"Incidents 1 and 1 cancelled, counted nowhere", "1 of " + n(len(told)) +
			" told", row, "Drills: answered – 0 of 0 told",
		"Raised by mistake Cancelled",
	} {
		assert.Contains(t, all, says)
	}
	assert.NotContains(t, all, "contacts are read", "the tiles say what the list says")
	for _, path := range []string{"/review", "/review/" + host.ContosoTenantID} {
		of := func(query string) string { return p.get(operator, path+"?"+query).words() }
		assert.Contains(t, of("from=2026-01-01&to=2026-12-31"), "1 Jan 2026 to 31 Dec 2026", path)
		assert.Contains(t, of("from=2026-01-01&to=2026-12-31"), "Raised by mistake", path)
		assert.NotContains(t, of("from=2025-01-01&to=2025-12-31"), "Raised by mistake", path)
		assert.Contains(t, of("from=2026-12-31&to=2026-01-01"), "The last day is before the first", path)
		assert.Contains(t, of("from=soon&to=2026-01-01"), "Give both days", path)
		assert.Contains(t, p.get(operator, path).Body, path+"?from=2025-01-01&amp;to=2025-12-31", "last year")
	}
	assert.Contains(t, p.get(operator, "/partners/"+host.ContosoTenantID).Body, `href="/review/`+host.ContosoTenantID)
	assert.Contains(t, p.get(operator, "/coverage?show=all").Body, `href="/partners/`+host.ContosoTenantID)
}
