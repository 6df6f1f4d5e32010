package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

const number = "+14255550100;ext=24"

// called stores an incident at Contoso whose case calls its contact first, and
// returns the case.
func (p *portal) called() host.Case {
	p.t.Helper()
	i := incident(desk)
	i.TenantID, i.TenantName = host.ContosoTenantID, ""
	require.NoError(p.t, p.db.CreateIncident(p.t.Context(), i, p.people[operator]))
	for impact, err := range p.db.Impacted(p.t.Context(), i.TenantID) {
		require.NoError(p.t, err)
		phone := partner.Recipient{Audience: partner.ToSecurityContact, Medium: partner.MediumPhone,
			Name: "Contoso Security Operations", Email: "soc@contoso.com", Phone: number}
		policy := escalation.Policy{Steps: []escalation.Step{{Recipients: []partner.Recipient{phone}, Timeout: 1 << 40}}}
		route := partner.Routing{}.Route(i, impact)
		route.Recipients = policy.Steps[0].Recipients
		require.NoError(p.t, p.db.SaveRouted(p.t.Context(), desk, []store.Routed{{Route: route, Policy: &policy}}, "", true))
	}
	return p.caseAt()
}

func (p *portal) caseAt() host.Case {
	p.t.Helper()
	c, err := p.db.Case(p.t.Context(), host.CaseID(desk, 0, host.ContosoTenantID))
	require.NoError(p.t, err)
	return c
}

// press presses the button with the value in the first form that leads there.
func (p *portal) pressed(page answer, action, result string) answer {
	p.t.Helper()
	sent := p.post(operator, action, with(page.form(action), "result", result))
	require.Equal(p.t, http.StatusSeeOther, sent.StatusCode, sent.words())
	return p.get(operator, sent.Header.Get("Location"))
}

func TestCallsToMake(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	none := p.get(operator, "/calls")
	assert.Contains(t, none.words(), "There is nobody to call")
	assert.NotContains(t, text(none.byID("menu")), "waiting")

	c := p.called()
	page := p.get(operator, "/calls")
	for _, want := range []string{
		"Contoso", "Contoso Security Operations", "+1 425-555-0100 ext. 24", "High severity",
		"A security incident impacts the tenant of Contoso: Credentials of an administrator were used from two continents.",
		"Somebody must act by 23 Nov 2026, 15:00 UTC.", "Are you on it?", "Block the account.", "The whole message",
	} {
		assert.Contains(t, page.words(), want)
	}
	dial := page.nodes(func(n *html.Node) bool { return strings.HasPrefix(attr(n, "href"), "tel:") })
	require.Len(t, dial, 1)
	assert.Equal(t, "tel:"+number, attr(dial[0], "href"))
	assert.Contains(t, p.get(operator, "/").words(), "Calls to make 1 people who did not answer a mail")
	assert.Contains(t, p.get(operator, "/").Body, "Calls <span class=\"n\">1")
	assert.NotContains(t, p.get(globalAdmin, "/").Body, "Calls to make")

	forms := page.nodes(func(n *html.Node) bool {
		return n.Data == "form" &&
			strings.HasPrefix(attr(n, "action"), "/calls/")
	})
	require.Len(t, forms, 1)
	action := attr(forms[0], "action")
	for range 2 { // the second is a double click
		said := p.pressed(page, action, "not_reached")
		assert.Contains(t, said.words(), "Noted: nobody was reached.")
		assert.Contains(t, said.words(), "Not reached 1 time, last")
	}
	assert.Equal(t, escalation.StateWaiting, p.caseAt().State)

	gone := p.pressed(p.get(operator, "/calls"), action, "taken_up")
	assert.Contains(t, gone.words(), "Noted: somebody is on it.")
	assert.Contains(t, gone.words(), "There is nobody to call")
	c = p.caseAt()
	assert.Equal(t, escalation.StateAcknowledged, c.State)
	require.Len(t, c.Events, 2)
	assert.Equal(t, []string{"Olu Operator", "On the phone: Took it up"}, []string{c.Events[1].ByName, c.Events[1].Said})
	late := p.pressed(page, action, "reached")
	assert.Contains(t, late.words(), "There was no such call to make any more")
	assert.Equal(t, http.StatusBadRequest, p.post(operator, action, url.Values{"result": {"resolved"}}).StatusCode)
	assert.Equal(t, http.StatusNotFound,
		p.post(operator, "/calls/no-such", url.Values{"result": {"taken_up"}}).StatusCode)
}

func TestWhatBecomesOfACall(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		result string
		state  escalation.State
		why    string
	}{
		{"reached", escalation.StateWaiting, "to know is no answer"},
		{"wrong_number", escalation.StateExhausted, "it was the last step, and it failed"},
	} {
		t.Run(tc.result, func(t *testing.T) {
			t.Parallel()
			p := newPortal(t)
			c := p.called()
			action := "/calls/" + c.At(p.db.Now()).Due[0].Notification.ID
			page := p.pressed(p.get(operator, "/calls"), action, tc.result)
			assert.Contains(t, page.words(), "There is nobody to call")
			assert.Equal(t, tc.state, p.caseAt().At(p.db.Now()).State, tc.why)
			at, err := p.db.WrongNumber(t.Context(), host.ContosoTenantID, number)
			require.NoError(t, err)
			assert.Equal(t, tc.result == "wrong_number", !at.IsZero())
			assert.Equal(t, tc.result == "wrong_number", strings.Contains(p.get(globalAdmin, "/").words(),
				"The phone number of your security contact is wrong We called +1 425-555-0100 ext. 24"))
		})
	}
}

// Once somebody has answered there is nobody to call, and a drill says so.
func TestCallsFollowTheCase(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	c := p.called()
	page := p.get(operator, "/incidents/"+desk)
	assert.Contains(t, page.Body, `href="/calls?drill=no"`, "drills are last in the whole list")
	answer := host.CaseEvent{Source: "form 1", Event: escalation.Event{Kind: escalation.EventAcknowledged}, ByName: "Ada"}
	_, err := p.db.Happened(t.Context(), nil, c.ID, answer)
	require.NoError(t, err)
	assert.Contains(t, p.get(operator, "/calls").words(), "There is nobody to call")
	answer.Source, answer.Event.Kind = "form 2", escalation.EventReleased
	_, err = p.db.Happened(t.Context(), nil, c.ID, answer)
	require.NoError(t, err)
	assert.NotContains(t, p.get(operator, "/calls").words(), "There is nobody to call")
	i := incident(desk)
	i.Version = 1
	require.NoError(t, p.db.AddVersion(t.Context(), i, host.VersionCancel, p.people[operator]))
	assert.Contains(t, p.get(operator, "/calls").words(), "There is nobody to call")
}

func TestWhoHasAnswered(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	c := p.called()
	at := "/incidents/" + desk
	page := p.get(operator, at)
	assert.Contains(t, text(page.byID("answers")), "Contoso Waiting for an answer Late", "it was detected a week ago")
	assert.Contains(t, text(page.byID("answers")), "None Nobody is left to tell")
	assert.Contains(t, text(page.byID("needs")), "Contoso has not answered in time.")

	stop := at + "/cases/" + c.ID
	sent := p.post(operator, stop, page.form(stop))
	require.Equal(t, http.StatusSeeOther, sent.StatusCode)
	to, _, _ := strings.Cut(sent.Header.Get("Location"), "#")
	page = p.get(operator, to)
	assert.Contains(t, page.words(), "Noted: somebody is on it.")
	assert.Contains(t, text(page.byID("answers")), "Contoso On it Late Olu Operator: for the partner, they are on it")
	assert.NotContains(t, page.words(), "has not answered")
	assert.NotContains(t, text(page.byID("answers")), "Record that they are on it")
	assert.Equal(t, http.StatusNotFound, p.post(operator, "/incidents/other/cases/"+c.ID, url.Values{}).StatusCode)

	all := p.get(operator, at+"/cases")
	assert.Contains(t, all.words(), "All 1")
	assert.Contains(t, all.words(), "Contoso On it")
	assert.Contains(t, p.get(operator, at+"/cases?state=exhausted").words(), "No partner is in this state")
}
