package web_test

import (
	"net/http"
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
	assert.Contains(t, none, "None in these twelve months.")
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
		"Until somebody took it up the last 12 months, without drills 1 1 h 30 min 1 h 30 min Within 24 " +
			"hours", "A rehearsal"} {
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
