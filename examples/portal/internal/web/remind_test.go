package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/web"
)

// An operator sees who has not answered, and reminds them, or single ones. Who
// asks twice mails nobody twice.
func TestRemindThoseWhoHaveNotAnswered(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	i := incident("INC-20261123-ABCDEFGHIJ")
	var mails []host.Delivery
	for _, d := range p.raisedAsCases(i) {
		if d.State == host.DeliveryWaiting {
			mails = append(mails, d)
		}
	}
	require.Len(t, mails, 3)
	p.outcome(host.DeliverySent, "", mails[0].ID, mails[1].ID)
	p.outcome(host.DeliveryFailed, "550", mails[2].ID)
	at, remind := "/incidents/"+i.ID, "/incidents/"+i.ID+"/remind"

	soon := p.get(operator, remind)
	assert.Contains(t, soon.words(), "There is nobody to mail", "they were mailed a moment ago")
	assert.Contains(t, soon.words(), "1 partner must be called")
	sent := p.post(operator, remind, nil)
	assert.Equal(t, at+"?done=reminded-nobody", sent.Header.Get("Location"))

	p.later.Store(int64(20 * time.Minute))
	page := p.get(operator, at)
	assert.Contains(t, page.words(), "Remind those who have not answered")
	boxes := page.nodes(func(n *html.Node) bool { return attr(n, "type") == "checkbox" })
	require.Len(t, boxes, 2, "of what failed there is none")
	assert.Equal(t, "chosen", attr(boxes[0], "form"))
	assert.Equal(t, remind, attr(page.byID("chosen"), "action"))

	one := p.get(operator, remind+"?delivery="+url.QueryEscape(mails[0].ID))
	assert.Contains(t, one.words(), "1 person mailed again 1 partner without an answer")
	assert.Equal(t, url.Values{"delivery": {mails[0].ID}}, one.form(remind))
	all := p.get(operator, remind)
	assert.Contains(t, all.words(), "Remind 2 people")
	assert.Contains(t, all.words(), mails[2].CompanyName+" No mail reaches anybody there. See who can be called")

	before := len(p.queue.deliveries)
	sent = p.post(operator, remind, one.form(remind))
	assert.Equal(t, at+"?done=reminded", sent.Header.Get("Location"))
	sent = p.post(operator, remind, one.form(remind))
	assert.Equal(t, at+"?done=reminded-nobody", sent.Header.Get("Location"), "a double click")
	sent = p.post(operator, remind, nil)
	assert.Equal(t, at+"?done=reminded", sent.Header.Get("Location"))
	require.Len(t, p.queue.deliveries, before+2, "each once")
	page = p.get(operator, at)
	assert.Contains(t, page.words(), "Olu Operator reminded 1 person")
	assert.Contains(t, page.words(), mails[0].CompanyName)
	assert.Contains(t, page.words(), "Step 1 of 4, reminder")
	assert.True(t, strings.HasPrefix(p.queue.deliveries[before].Message().Subject, "Unanswered: "))

	e := host.CaseEvent{Source: "form 1", Event: escalation.Event{Kind: escalation.EventAcknowledged}}
	_, err := p.db.Happened(t.Context(), nil, mails[0].CaseID, e)
	require.NoError(t, err)
	assert.Contains(t, p.get(operator, remind+"?delivery="+mails[0].ID).words(), "Somebody has answered.")
	for _, as := range []string{globalAdmin, user} {
		assert.Equal(t, http.StatusNotFound, p.get(as, remind).StatusCode)
		assert.Equal(t, http.StatusNotFound, p.post(as, remind, nil).StatusCode)
	}
	assert.Equal(t, http.StatusNotFound, p.get(operator, "/incidents/unknown/remind").StatusCode)

	over := i
	over.Version = 1
	require.NoError(t, p.db.AddVersion(t.Context(), over, host.VersionCancel, p.people[operator]))
	assert.Equal(t, http.StatusConflict, p.post(operator, remind, nil).StatusCode)
	assert.NotContains(t, p.get(operator, at).words(), "Remind")
}

// toldThree raises an incident that three partners are told of, and returns
// where they are reminded.
func (p *portal) toldThree() string {
	p.t.Helper()
	i := incident("INC-20261123-ABCDEFGHIJ")
	i.TenantID = "0c570000-0000-4000-8000-000000000001"
	require.NoError(p.t, p.db.SeedPartners(p.t.Context(), i.TenantID, 3))
	for _, d := range p.raisedAsCases(i) {
		p.outcome(host.DeliverySent, "", d.ID)
	}
	p.later.Store(int64(20 * time.Minute))
	return "/incidents/" + i.ID + "/remind"
}

// To remind many takes their number, and a fresh sign-in.
func TestRemindingManyIsTyped(t *testing.T) {
	t.Parallel()
	p := newPortal(t, func(o *web.Options) { o.TypeAbove, o.FreshAbove = 2, 2 })
	remind := p.toldThree()
	form := p.get(operator, remind).form(remind)
	require.True(t, form.Has("typed"))
	wrong := p.post(operator, remind, with(form, "typed", "30"))
	require.Equal(t, http.StatusUnprocessableEntity, wrong.StatusCode)
	assert.Contains(t, text(wrong.byID("typed-error")), "This is another number. Type the number of people: 3.")
	olu := p.people[operator]
	olu.SignedInAt = noon.Add(-time.Hour)
	p.people[operator] = olu
	assert.Equal(t, http.StatusUnauthorized, p.post(operator, remind, with(form, "typed", "3")).StatusCode)
	olu.SignedInAt = noon
	p.people[operator] = olu
	assert.Equal(t, http.StatusSeeOther, p.post(operator, remind, with(form, "typed", "3")).StatusCode)
}

// Whoever answers after the page was made is not mailed, and the number that
// was typed is meant all the same. More than the page said are never meant.
func TestFewerThanWereTypedAreMeant(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, shown, typed string
		want               int
		why                string
	}{
		{"as many", "3", "3", http.StatusSeeOther, "nothing has changed"},
		{"fewer by now", "4", "4", http.StatusSeeOther, "one has answered since the page was made"},
		{"more by now", "2", "2", http.StatusUnprocessableEntity, "nobody has said that they mean three"},
		{"too large a number", "3", "4", http.StatusUnprocessableEntity, "it is a slip: the page said three"},
		{"a number that is none", "x", "x", http.StatusUnprocessableEntity, ""},
		{"nothing typed", "4", "", http.StatusUnprocessableEntity, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			p := newPortal(t, func(o *web.Options) { o.TypeAbove = 2 })
			remind := p.toldThree()
			form := p.get(operator, remind).form(remind)
			require.Equal(t, "3", form.Get("shown"))
			sent := p.post(operator, remind, with(form, "typed", tc.typed, "shown", tc.shown))
			assert.Equal(t, tc.want, sent.StatusCode, tc.why)
		})
	}
}

// The deliveries of a partner stand in the order in which it was told.
func TestDeliveriesStandInTheOrderOfTheirSteps(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	i := incident("INC-20261123-ABCDEFGHIJ")
	p.raisedAsCases(i)
	for range 6 {
		p.later.Add(int64(3 * time.Hour))
		_, err := p.db.LookAtCases(t.Context(), 100)
		require.NoError(t, err)
	}
	steps := map[string]string{}
	for _, n := range p.get(operator, "/incidents/"+i.ID+"/rows").nodes(func(n *html.Node) bool {
		return n.Data == "tr" && n.Parent.Data == "tbody"
	}) {
		words := text(n)
		company, _, _ := strings.Cut(words, " ")
		if _, step, found := strings.Cut(words, "Step "); found {
			steps[company] += step[:1]
		}
	}
	assert.Equal(t, "12334", steps["Contoso"], "it has two admin agents")
	timeline := p.get(operator, "/incidents/"+i.ID+"/timeline").words()
	for _, want := range []string{
		"Step 2: a call to the security contact", "Step 3: mail to the admin agents", "Step 4: mail to the Global admins",
	} {
		assert.Contains(t, timeline, want)
	}
}
