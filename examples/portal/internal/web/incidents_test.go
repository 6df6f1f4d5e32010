package web_test

import (
	"errors"
	"fmt"
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

func TestRaiseAnIncident(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	form := filled(p.get(operator, "/incidents/new").form("/incidents/preview"),
		"detected", "2026-11-23T10:30", "respond", "2026-11-23T18:00", "summary", "First.\r\nSecond.")
	preview := p.post(operator, "/incidents/preview", form)
	require.Equal(t, http.StatusOK, preview.StatusCode, preview.words())
	for _, want := range []string{
		"2 told", "1 partner with nobody to tell", "1 partner holds no rights over the tenant", // of Adventure Works
		"4 partners concerned",
		"Security contact 2", "No usable security contact 1", "No rights over the tenant 1",
		"1 security contact is told, because the partner holds the reseller relationship",
		"Nobody is told: the partner holds no rights over the impacted customer tenant.",
		"1. Block the account.", "Send to 2 recipients", "for Adventure Works", "Adventure Works: Credentials were used",
	} {
		assert.Contains(t, preview.words(), want)
	}
	stored, err := p.db.Incidents(t.Context(), "", 10)
	require.NoError(t, err)
	assert.Empty(t, stored, "a preview stores nothing")

	send := preview.form("/incidents")
	assert.Equal(t, form.Get("id"), send.Get("id"))
	back := p.post(operator, "/incidents/new", send)
	assert.Equal(t, send.Get("actions"), back.form("/incidents/preview").Get("actions"), "the way back loses nothing")

	frame := p.post(operator, "/incidents/preview/message", send)
	require.Equal(t, http.StatusOK, frame.StatusCode)
	assert.Contains(t, frame.Header.Get("Content-Security-Policy"), "sandbox")
	assert.Contains(t, frame.Body, "Contoso")

	sent := p.post(operator, "/incidents", send)
	require.Equal(t, http.StatusSeeOther, sent.StatusCode, sent.words())
	i, err := p.db.Incident(t.Context(), send.Get("id"))
	require.NoError(t, err)
	assert.Equal(t, "Olu Operator", i.RaisedBy)
	assert.Equal(t, []string{"Block the account.", "Revoke its sessions."}, i.Incident.Actions)
	assert.Equal(t, "First.\nSecond.", i.Incident.Summary)
	assert.Equal(t, "Adventure Works", i.Incident.TenantName, "as the page showed it")
	assert.Equal(t, "2026-11-23 10:30:00 +0000 UTC", i.Incident.DetectedAt.UTC().String())

	again := p.post(operator, "/incidents", send)
	require.Equal(t, http.StatusSeeOther, again.StatusCode, "a double click")
	page := p.get(operator, again.Header.Get("Location"))
	assert.Contains(t, page.words(), "nothing was sent twice")
	assert.Contains(t, page.words(), "Credentials were used from two continents", "the first is the one that counts")
	assert.Contains(t, page.words(), "The partners that it concerns are being found. Nobody is told yet.")

	require.NoError(t,
		p.db.AddCustomer(t.Context(), host.Customer{TenantID: i.Incident.TenantID, Name: "Adventure Works Cycles"}))
	again = p.post(operator, "/incidents", send)
	assert.Equal(t, http.StatusSeeOther, again.StatusCode, "the customer was renamed, and the form is the same")

	other := p.post(operator, "/incidents", with(send, "title", "Another title"))
	require.Equal(t, http.StatusConflict, other.StatusCode, "the way back from the page of what was sent")
	assert.Contains(t, other.words(), "of which nobody is told yet")
	send = other.form("/incidents")
	assert.Equal(t, "Another title", send.Get("title"), "nothing is lost")
	require.Equal(t, http.StatusSeeOther, p.post(operator, "/incidents", send).StatusCode)
	stored, err = p.db.Incidents(t.Context(), "", 10)
	require.NoError(t, err)
	assert.Len(t, stored, 2)
}

func TestIncidentFindings(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	form := p.get(operator, "/incidents/new").form("/incidents/preview")
	for _, tc := range []struct{ name, input, value, want string }{
		{"no tenant", "tenant", "", "Say which tenant is impacted."},
		{"unknown name", "tenant", "Nobody Ltd", "No partner and no customer has this name."},
		{"many names", "tenant", "w", "Several tenants fit."},
		{"no kind", "kind", "", "Choose what kind of incident it is."},
		{"a kind that is none", "kind", "No Kind", partner.CodeIncidentKind.Message()},
		{"no severity", "severity", "", "Choose how severe it is."},
		{"no title", "title", " ", partner.CodeIncidentTitle.Message()},
		{"a long title", "title", strings.Repeat("é", 201), "This is too long: 201 characters, and 200 at most."},
		{"a long summary", "summary", strings.Repeat("a", 10_001), "and 10000 at most."},
		{"long actions", "actions", strings.Repeat("a\n", 5_001), "and 10000 at most."},
		{"a long reference", "reference", "https://contoso.com/" + strings.Repeat("a", 2_000), "and 2000 at most."},
		{"no actions", "actions", "\r\n \r\n", partner.CodeIncidentActions.Message()},
		{"an action that is none", "actions", "Block.\r\nRe\u202evoke.", "Action 2 holds a character"},
		{"no time", "detected", "", partner.CodeIncidentDetectedAt.Message()},
		{"a time that is none", "detected", "yesterday", "Enter a date and a time"},
		{"in the future", "detected", "2026-11-23T12:06", "in the future"}, // it is noon
		{"too early", "respond", "2020-01-01T00:00", partner.CodeIncidentRespondBy.Message()},
		{"no end", "respond", "tomorrow", "Enter a date and a time"},
		{"another scheme", "reference", "http://security.example", partner.CodeIncidentReference.Message()},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			for _, path := range []string{"/incidents/preview", "/incidents"} {
				sent := filled(form, tc.input, tc.value)
				a := p.post(operator, path, sent)
				require.Equal(t, http.StatusUnprocessableEntity, a.StatusCode)
				assert.Contains(t, text(a.byID(tc.input+"-error")), tc.want)
				assert.Equal(t, strings.ReplaceAll(tc.value, "\r\n", "\n"),
					strings.ReplaceAll(a.form("/incidents/preview").Get(tc.input), "\r\n", "\n"))
			}
		})
	}
}

func TestTenantIsFoundByNameAndID(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	form := p.get(operator, "/incidents/new").form("/incidents/preview")
	for _, tc := range []struct{ name, tenant, choice, want string }{
		{"name", "adventure works", "", "for Adventure Works"},
		{"part of a name", "venture", "", "for Adventure Works"},
		{"ID", "C0570000-0000-4000-8000-000000000001", "", "for Adventure Works"},
		{"offered by the list", "Adventure Works (c0570000-0000-4000-8000-000000000001)", "", "for Adventure Works"},
		{"chosen", "w", "c0570000-0000-4000-8000-000000000001", "for Adventure Works"},
		{"partner", "Contoso", "", "for Contoso"},
		{"unknown ID", "00000000-0000-4000-8000-000000000000", "", "No partner is concerned."},
		{"customer without partners", "Woodgrove Bank", "", "No partner is concerned."},
	} {
		a := p.post(operator, "/incidents/preview", with(filled(form, "tenant", tc.tenant), "tenant-choice", tc.choice))
		assert.Equal(t, http.StatusOK, a.StatusCode, tc.name)
		assert.Contains(t, a.words(), tc.want, tc.name)
	}
}

// The list beside the input is of no more than the first, and finds all.
func TestListOfTenantsFollowsWhatIsTyped(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	require.NoError(t, p.db.SeedPartners(t.Context(), "0c570000-0000-4000-8000-000000000001", 150))
	option := func(n *html.Node) bool { return n.Data == "option" && n.Parent.Data != "select" }
	offered := func(a answer) (values []string) {
		for _, n := range a.nodes(option) {
			values = append(values, attr(n, "value"))
		}
		return values
	}
	last := "Reseller 000149 (5eed0000-0000-4000-8000-000000000095)"
	assert.NotContains(t, offered(p.get(operator, "/incidents/new")), last, "it is not among the first")
	for _, search := range []string{
		"reseller 000149", " Reseller\u00a0000149", "5EED0000-0000-4000-8000-000000000095", last,
	} {
		a := p.get(operator, "/incidents/tenants?search="+url.QueryEscape(search))
		require.Equal(t, http.StatusOK, a.StatusCode)
		assert.Equal(t, []string{last}, offered(a), search)
	}
	assert.Len(t, offered(p.get(operator, "/incidents/tenants")), 50)
	assert.Empty(t, offered(p.get(operator, "/incidents/tenants?search=%00%ff")))
	assert.Equal(t, http.StatusNotFound, p.get(globalAdmin, "/incidents/tenants").StatusCode)
}

// The whole name is found among however many that hold it as a part.
func TestWholeNameIsFoundAmongMany(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	for i := range 25 {
		c := host.Customer{TenantID: fmt.Sprintf("0c570000-0000-4000-8000-%012d", i), Name: fmt.Sprintf("A Contoso %d", i)}
		require.NoError(t, p.db.AddCustomer(t.Context(), c))
	}
	form := p.get(operator, "/incidents/new").form("/incidents/preview")
	a := p.post(operator, "/incidents/preview", filled(form, "tenant", " contoso "))
	assert.Equal(t, http.StatusOK, a.StatusCode)
	assert.Contains(t, a.words(), "for Contoso")

	both := host.Customer{TenantID: host.ContosoTenantID, Name: "Contoso"}
	require.NoError(t, p.db.AddCustomer(t.Context(), both))
	a = p.post(operator, "/incidents/preview", filled(form, "tenant", host.ContosoTenantID))
	assert.Contains(t, a.words(), "for Contoso", "a partner may be another's customer, too")
}

// A name from elsewhere that is no line of text is left out: nobody could mend
// it in the form, and the incident must be told.
func TestTenantsNameThatIsNoLineIsLeftOut(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	const id = "c0570000-0000-4000-8000-0000000000ff"
	require.NoError(t,
		p.db.AddCustomer(t.Context(), host.Customer{TenantID: id, Name: "Adventure\nWorks", Partners: []host.CustomerPartner{
			{PartnerTenantID: host.ContosoTenantID, Rights: partner.Reseller},
		}}))
	form := filled(p.get(operator, "/incidents/new").form("/incidents/preview"), "tenant", id)
	sent := p.post(operator, "/incidents", form)
	require.Equal(t, http.StatusSeeOther, sent.StatusCode, sent.words())
	stored, err := p.db.Incident(t.Context(), form.Get("id"))
	require.NoError(t, err)
	assert.Empty(t, stored.Incident.TenantName)
	require.NoError(t, stored.Incident.Validate())
	assert.Contains(t, p.get(operator, "/incidents/"+form.Get("id")).words(), "Impacted tenant "+id)
}

// A web address that passes for another is said to, wherever it can be mended,
// and stands in nobody's way.
func TestAdviceOnAReference(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	form := p.get(operator, "/incidents/new").form("/incidents/preview")
	const mixed = "https://micr\u043esoft.com/incidents/42" // with a Cyrillic letter
	says := partner.CodeIncidentReferenceHost.Message()
	preview := p.post(operator, "/incidents/preview", filled(form, "reference", mixed))
	require.Equal(t, http.StatusOK, preview.StatusCode, preview.words())
	assert.Contains(t, preview.words(), "Reference: "+says)

	back := p.post(operator, "/incidents/new", preview.form("/incidents"))
	require.Equal(t, http.StatusOK, back.StatusCode)
	assert.Equal(t, says, text(back.byID("reference-advice")))
	assert.Nil(t, back.byID("reference-error"))
	wrong := p.post(operator, "/incidents/preview", filled(form, "reference", mixed, "title", ""))
	require.Equal(t, http.StatusUnprocessableEntity, wrong.StatusCode, "because of the title")
	assert.Equal(t, says, text(wrong.byID("reference-advice")))
	assert.Contains(t, wrong.words(), "1 thing needs your attention")

	sent := p.post(operator, "/incidents", preview.form("/incidents"))
	assert.Equal(t, http.StatusSeeOther, sent.StatusCode)
	plain := p.post(operator, "/incidents/preview", filled(form, "reference", "https://contoso.com/42"))
	assert.NotContains(t, plain.words(), says)
	empty := p.post(operator, "/incidents/new", with(form, "detected", ""))
	assert.Nil(t, empty.byID("detected-advice"), "no date is none of long ago")
}

func TestFailedRaiseKeepsTheForm(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	send := p.post(operator, "/incidents/preview",
		filled(p.get(operator, "/incidents/new").form("/incidents/preview"))).form("/incidents")
	p.queue.err = errors.New("no room")
	a := p.post(operator, "/incidents", send)
	require.Equal(t, http.StatusInternalServerError, a.StatusCode)
	assert.Equal(t, send, a.form("/incidents"))
	assert.Contains(t, a.words(), "nobody is told")
}

// An ID that a browser made up is not taken: it could not be told from another
// incident's.
func TestIncidentIDIsOurs(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	form := filled(p.get(operator, "/incidents/new").form("/incidents/preview"), "id", "../mine")
	sent := p.post(operator, "/incidents", form)
	assert.Regexp(t, `^/incidents/INC-20261123-[A-Z2-7]{10}\?done=raised$`, sent.Header.Get("Location"))
}

// A case that nobody has answered does not end silently.
func TestIncidentPageOfAnExhaustedCase(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	i := incident("INC-20261123-ABCDEFGHIK")
	require.NoError(t, p.db.CreateIncident(t.Context(), i, p.people[operator]))
	const alarm = "A partner without a name has not answered, and nobody is left to tell there."
	assert.NotContains(t, p.get(operator, "/incidents/"+i.ID).words(), alarm)
	route := partner.Route{PartnerTenantID: "c0570000-0000-4000-8000-0000000000ff", Gap: partner.GapNoSecurityContact}
	routed := store.Routed{Route: route, Policy: &escalation.Policy{}}
	require.NoError(t, p.db.SaveRouted(t.Context(), i.ID, []store.Routed{routed}, "", true))
	looked, err := p.db.LookAtCases(t.Context(), 10)
	require.NoError(t, err)
	require.Len(t, looked.Exhausted, 1)
	assert.Contains(t, p.get(operator, "/incidents/"+i.ID).words(), alarm)
}

func TestIncidentPage(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	i := incident("INC-20261123-ABCDEFGHIJ")
	ds := p.raised(i)
	var waiting []string
	for _, d := range ds {
		if d.State == host.DeliveryWaiting {
			waiting = append(waiting, d.ID)
		}
	}
	require.Len(t, waiting, 2)
	at := "/incidents/" + i.ID
	page := p.get(operator, at)
	assert.Contains(t, page.words(), "Sending 0 of 2 messages sent so far, 1 partner with nobody to tell.")
	assert.Contains(t, page.words(), "4 partners found")
	assert.NotContains(t, page.words(), "read so far", "no more are to come")
	assert.Len(t, page.nodes(func(n *html.Node) bool { return has(n, "data-events") }), 1)

	p.outcome(host.DeliverySent, "", waiting[0])
	p.outcome(host.DeliveryFailed, "550", waiting[1])
	page = p.get(operator, at)
	assert.Contains(t, page.words(), "Sending is over: 1 message sent, 1 not delivered, 1 partner with nobody to tell.")
	assert.Empty(t, page.nodes(func(n *html.Node) bool { return has(n, "data-events") }), "nothing moves any more")
	assert.Contains(t, p.get(operator, "/incidents").words(), "Some not delivered", "nobody takes it for done")
	assert.Contains(t, p.get(operator, "/").words(), "Not delivered 1 messages that were refused, or came back")

	for state, n := range map[string]int{"sent": 1, "failed": 1, "nobody": 2, "retrying": 0, "": 4, "made-up": 4} {
		rows := p.get(operator, at+"/rows?state="+state)
		require.Equal(t, http.StatusOK, rows.StatusCode)
		assert.Len(t, rows.nodes(func(n *html.Node) bool { return n.Data == "tr" && n.Parent.Data == "tbody" }), n, state)
	}

	other := p.post(operator, at+"/retry", map[string][]string{"delivery": {waiting[0]}})
	assert.Equal(t, at+"?done=nothing-to-retry#deliveries", other.Header.Get("Location"), "what is sent stays sent")
	assert.Contains(t, p.get(operator, at+"?state=failed").words(), "Send the refused message again")
	retried := p.post(operator, at+"/retry", map[string][]string{"delivery": {waiting[1]}})
	assert.Equal(t, at+"?done=retried#deliveries", retried.Header.Get("Location"))
	assert.Equal(t, []string{waiting[1]}, p.queue.retried)
	assert.Contains(t, p.get(operator, at+"?done=retried").words(), "What was not delivered is sent again.")

	for _, as := range []string{globalAdmin, user, fabrikam} {
		assert.Equal(t, http.StatusNotFound, p.get(as, at).StatusCode)
		assert.Equal(t, http.StatusNotFound, p.get(as, at+"/rows").StatusCode)
		assert.Equal(t, http.StatusNotFound, p.post(as, at+"/retry", nil).StatusCode)
	}
	assert.Equal(t, http.StatusNotFound, p.get(operator, "/incidents/unknown").StatusCode)
}

// The page shows what is set, and is silent on what is not.
func TestIncidentPageTellsWhichTellingItIs(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	first, last := incident("INC-20261123-ABCDEFGHIJ"), incident("INC-20261123-KLMNOPQRST")
	last.TenantName, last.Status, last.Version, last.Actions = "Adventure Works", partner.IncidentResolved, 2, nil
	p.raised(first)
	p.raised(last)
	page := p.get(operator, "/incidents/"+first.ID).words()
	assert.Contains(t, page, "Impacted tenant "+first.TenantID+" Detected")
	assert.Contains(t, page, "What to do Block the account.")
	page = p.get(operator, "/incidents/"+last.ID).words()
	assert.Contains(t, page, "Impacted tenant Adventure Works "+first.TenantID+" Status Resolved Version 2 Detected")
	assert.NotContains(t, page, "What to do")
}

// What is on the way may have trouble, and what is finished may have reached
// nobody.
func TestIncidentStatus(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, tenant string
		states       []host.DeliveryState // of those with a recipient
		word, tone   string
		says, start  string
	}{
		{"some wait", "", []host.DeliveryState{host.DeliveryWaiting, host.DeliveryRetrying}, "Sending", "busy",
			"0 of 2 messages sent so far, 1 partner with nobody to tell.",
			"Sending 2 on the way, 1 nobody to tell, 1 no rights"},
		{
			"all are tried again", "", []host.DeliveryState{host.DeliveryRetrying, host.DeliveryRetrying}, "Trying again",
			"warn", "0 of 2 messages sent so far", "Trying again 2 on the way",
		},
		{"one is tried again", "", []host.DeliveryState{host.DeliverySent, host.DeliveryRetrying}, "Trying again", "warn",
			"1 of 2 messages sent so far", "Trying again 1 reached, 1 on the way"},
		{"sent", "", []host.DeliveryState{host.DeliverySent, host.DeliverySent}, "Sent, not all told", "warn",
			"Sending is over: 2 messages sent, 1 partner with nobody to tell.", ""},
		{"none arrived", "", []host.DeliveryState{host.DeliveryFailed, host.DeliveryFailed}, "Nobody was told", "bad",
			"0 messages sent, 2 not delivered", "Not delivered 2"},
		{"for the record", host.TailspinTenantID, nil, "Nobody was told", "bad", "No partner has anybody to tell",
			"Nobody was told 1 nobody to tell"},
		{"everybody told", host.ContosoTenantID, []host.DeliveryState{host.DeliverySent}, "All told", "good",
			"Sending is over: 1 message sent.", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			p := newPortal(t)
			i := incident("INC-20261123-ABCDEFGHIJ")
			if tc.tenant != "" {
				i.TenantID = tc.tenant
			}
			at := 0
			for _, d := range p.raised(i) {
				if d.State == host.DeliveryWaiting {
					if tc.states[at] != host.DeliveryWaiting {
						p.outcome(tc.states[at], "450", d.ID)
					}
					at++
				}
			}
			require.Len(t, tc.states, at)
			page := p.get(operator, "/incidents/"+i.ID+"?done=raised")
			for name, a := range map[string]answer{"page": page, "list": p.get(operator, "/incidents")} {
				badges := a.nodes(func(n *html.Node) bool { return attr(n, "class") == "badge "+tc.tone && text(n) == tc.word })
				assert.NotEmpty(t, badges, "%s: %s", name, a.words())
			}
			assert.Contains(t, page.words(), tc.says)
			assert.NotContains(t, page.words(), "on their way", "the notice is as true when the page is loaded again")
			assert.Contains(t, p.get(operator, "/").words(), tc.start)
		})
	}
}

// An old date is often a slip. The page says so, and lets it pass.
func TestDetectedLongAgo(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	form := p.get(operator, "/incidents/new").form("/incidents/preview")
	for detected, says := range map[string]bool{"2026-08-25T11:00": true, "2026-08-25T13:00": false,
		"2026-11-23T12:04": false} {
		a := p.post(operator, "/incidents/preview", filled(form, "detected", detected))
		require.Equal(t, http.StatusOK, a.StatusCode, a.words())
		assert.Equal(t, says, strings.Contains(a.words(), "Detected at (UTC): This is more than 90 days ago."), detected)
		assert.Contains(t, a.words(), "Send to 2 recipients")
	}
}

func TestPagesOfDeliveries(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	i := incident("INC-20261123-ABCDEFGHIJ")
	i.TenantID = "0c570000-0000-4000-8000-000000000001"
	require.NoError(t, p.db.SeedPartners(t.Context(), i.TenantID, 120))
	p.raised(i)
	seen := map[string]bool{}
	path, pages := "/incidents/"+i.ID, 0
	for path != "" {
		a := p.get(operator, path)
		pages++
		require.LessOrEqual(t, pages, 3)
		for _, n := range a.nodes(func(n *html.Node) bool { return n.Data == "th" && attr(n, "scope") == "row" }) {
			assert.False(t, seen[text(n)], "twice: %s", text(n))
			seen[text(n)] = true
		}
		path = ""
		for _, n := range a.nodes(func(n *html.Node) bool { return attr(n, "rel") == "next" }) {
			path, _, _ = strings.Cut(attr(n, "href"), "#")
		}
	}
	assert.Equal(t, 3, pages)
	assert.Len(t, seen, 120)

	preview := p.post(operator, "/incidents/preview",
		filled(p.get(operator, "/incidents/new").form("/incidents/preview"), "tenant", i.TenantID))
	assert.Contains(t, preview.words(), "The first 100 of 120 partners")
	assert.Contains(t, preview.words(), "120 told")
}

func TestMailNeedsNoRecipientForAPreview(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	form := filled(p.get(operator, "/incidents/new").form("/incidents/preview"), "tenant", "Tailspin Toys")
	a := p.post(operator, "/incidents/preview", form)
	require.Equal(t, http.StatusOK, a.StatusCode)
	assert.Contains(t, a.words(), "Raise it for the record")
	assert.Equal(t, http.StatusNotFound, p.post(operator, "/incidents/preview/message", form).StatusCode)
}

func TestFraudGoesToAdminAgents(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	form := filled(p.get(operator, "/incidents/new").form("/incidents/preview"), "tenant", "Contoso",
		"kind", string(partner.AzureFraud))
	a := p.post(operator, "/incidents/preview", form)
	assert.Contains(t, a.words(), "Enrolled admin agent 2")
	assert.NotContains(t, a.words(), "soc@contoso.com")
}

func TestStoppedRoutingGoesOn(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	i := incident("INC-20261123-ABCDEFGHIJ")
	at := "/incidents/" + i.ID
	require.NoError(t, p.db.CreateIncident(t.Context(), i, p.people[operator]))
	button := func(n *html.Node) bool { return n.Data == "form" && attr(n, "action") == at+"/resume" }
	assert.Empty(t, p.get(operator, at).nodes(button), "it is not stopped")
	assert.Equal(t, at+"?done=not-stopped", p.post(operator, at+"/resume", nil).Header.Get("Location"))
	require.NoError(t, p.db.CancelRouting(t.Context(), i.ID))
	p.queue.routings = nil

	page := p.get(operator, at)
	assert.Contains(t, page.words(), "Stopped before all partners were found: 0 messages sent.")
	assert.NotContains(t, page.words(), "No partner is concerned")
	assert.Len(t, page.nodes(button), 1)
	wellFormed(t, "stopped", page)
	for as, status := range map[string]int{
		globalAdmin: http.StatusNotFound, user: http.StatusNotFound, fabrikam: http.StatusNotFound,
		nobody: http.StatusUnauthorized,
	} {
		assert.Equal(t, status, p.post(as, at+"/resume", nil).StatusCode, as)
	}
	assert.Equal(t, http.StatusNotFound, p.post(operator, "/incidents/unknown/resume", nil).StatusCode)
	assert.Empty(t, p.queue.routings)

	resumed := p.post(operator, at+"/resume", nil)
	assert.Equal(t, at+"?done=resumed", resumed.Header.Get("Location"))
	assert.Equal(t, []string{i.ID}, p.queue.routings)
	page = p.get(operator, at+"?done=resumed")
	assert.Contains(t, page.words(), "Nobody is told twice")
	assert.Contains(t, page.words(), "The partners that it concerns are being found. Nobody is told yet.")
	assert.Contains(t, page.words(), "No partner is found yet")
	assert.Empty(t, page.nodes(button))
}
