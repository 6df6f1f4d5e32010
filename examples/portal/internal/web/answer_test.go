package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
	answerlinks "github.com/cspkit/partner/examples/portal/internal/answer"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/web"
)

// question is what stands in one mail.
type question struct {
	p          *portal
	id         string // of the notification
	path, code string
}

// asksOf is the incident that the questions of the tests are about.
const asksOf = "INC-20261130-ABCDEFGHIJ"

// asks raises it on the customer of three partners, and returns what stands in
// the mail to Contoso's security contact.
func (p *portal) asks() question {
	p.t.Helper()
	for _, d := range p.raisedAsCases(incident(asksOf)) {
		if d.PartnerTenantID == host.ContosoTenantID {
			return p.question(d.ID, p.db.Now())
		}
	}
	require.Fail(p.t, "Contoso is not told")
	return question{}
}

func (p *portal) question(id string, since time.Time) question {
	p.t.Helper()
	a, err := p.links.For(partner.Notification{ID: id, Topic: partner.TopicIncident}, since)
	require.NoError(p.t, err)
	return question{p, id, strings.TrimPrefix(a.URL, "https://portal.example"), a.Code}
}

func (q question) open() answer { return q.p.get(nobody, q.path) }

// send fills in the form of a page. Pairs of name and value go over what is
// there.
func (q question) send(page answer, pairs ...string) answer {
	q.p.t.Helper()
	form := page.form(q.path)
	require.NotEmpty(q.p.t, form.Get("form"), page.words())
	return q.p.send(nobody, q.path, with(form, pairs...))
}

// answers goes through the page as a person does.
func (q question) answers(said, name string) answer {
	q.p.t.Helper()
	sent := q.send(q.open(), "code", q.code, "answer", said, "name", name)
	require.Equal(q.p.t, http.StatusSeeOther, sent.StatusCode, sent.words())
	return q.p.get(nobody, sent.Header.Get("Location"))
}

func (q question) found() host.Case {
	q.p.t.Helper()
	c, err := q.p.db.CaseOf(q.p.t.Context(), nil, q.id)
	require.NoError(q.p.t, err)
	return c
}

// Once it is over, no answer does anything, and the page does not say so.
func TestNoAnswerActsAfterTheAllClear(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	q := p.asks()
	q.answers("on-it", "Ada King")
	assert.Contains(t, q.open().Body, "You act now.")
	p.over(incident(asksOf))
	page := q.open()
	assert.Contains(t, page.words(), "Resolved. It is over: there is nothing more to do.")
	assert.Contains(t, page.words(), "I am on it", "what was answered stays")
	for _, not := range []string{"You act now", "You are not done yet", "Nobody else is told"} {
		assert.NotContains(t, page.Body, not)
	}
}

func TestAnAnswerIsRecorded(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	q := p.asks()
	page := q.open()
	require.Equal(t, http.StatusOK, page.StatusCode)
	words := page.words()
	for _, want := range []string{"Credentials of an administrator were used", "Contoso", "High", "Block the account.",
		"23 November 2026, 15:00 UTC", "security.example/advisories/42", asksOf, "Nobody has answered yet.",
		"Nobody else is told for 4 h."} {
		assert.Contains(t, words, want)
	}
	for _, never := range []string{"Fabrikam", "soc@contoso.com", "@gmail.com"} {
		assert.NotContains(t, page.Body, never, "who else is told is nobody's business")
	}
	for name, want := range map[string]string{
		"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow, noarchive",
	} {
		assert.Equal(t, want, page.Header.Get(name))
	}
	assert.Empty(t, page.Cookies())

	thanks := q.answers("on-it", " Ada\u202e \r\nKing\x00 ")
	assert.Contains(t, thanks.words(), "Your answer is recorded: “I am on it”.")
	assert.Contains(t, thanks.words(), "Ada King")
	assert.Contains(t, thanks.words(), "If nobody says so again by")
	c := q.found()
	assert.Equal(t, escalation.StateAcknowledged, c.State)
	require.Len(t, c.Events, 1)
	e := c.Events[0]
	assert.Equal(t, []string{"I am on it", "192.0.2.1", q.id}, []string{e.Said, e.Address, e.Event.By})
	assert.Regexp(t, `^Ada King.?$`, e.ByName)
	assert.Regexp(t, `^form [A-Z2-7]{26}$`, e.Source)

	for _, tt := range []struct {
		answer, said string
		state        escalation.State
	}{
		{"still", "Still on it", escalation.StateAcknowledged},
		{"not-me", "Not me", escalation.StateWaiting},
		{"on-it", "I am on it", escalation.StateAcknowledged},
		{"resolved", "Resolved", escalation.StateResolved},
		{"on-it", "I am on it", escalation.StateResolved},
	} {
		assert.Contains(t, q.answers(tt.answer, "").words(), "“"+tt.said+"”")
		assert.Equal(t, tt.state, q.found().State, tt.said)
	}
	assert.Contains(t, q.open().words(), "Resolved no name given")
	assert.Len(t, q.found().Events, 6)
}

// Audit: who answered as they said, from where, before it is done and after.
func TestAnAnswerStandsInTheAuditLog(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	q := p.asks()
	p.audited = nil
	q.send(q.open())
	q.send(q.open(), "code", wrong(q.code))
	assert.Empty(t, p.audited, "what proves nothing is not recorded")
	q.answers("on-it", "Ada")
	require.Len(t, p.audited, 2)
	for i, outcome := range []host.AuditOutcome{host.AuditBegun, host.AuditDone} {
		e := p.audited[i]
		assert.Equal(t, outcome, e.Outcome)
		assert.Equal(t, []string{"POST /answer/{token}", q.id, host.ContosoTenantID, "Ada", "192.0.2.1", ""},
			[]string{e.Action, e.Subject, e.TenantID, e.Name, e.Address, e.PersonID})
	}
	p.refuses = host.ErrUnavailable
	sent := q.send(q.open(), "code", q.code, "answer", "resolved")
	assert.Equal(t, http.StatusServiceUnavailable, sent.StatusCode)
	assert.Len(t, q.found().Events, 1, "what the log does not take is not done")
}

// wrong is a code that is not the right one.
func wrong(code string) string {
	if strings.HasPrefix(code, "0") {
		return "1" + code[1:]
	}
	return "0" + code[1:]
}

func TestWhatAFormLacks(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	q := p.asks()
	for _, tt := range []struct {
		name, says string
		visit      web.Visit
		pairs      []string
	}{
		{"everything", "Type the code of the mail.", web.VisitNoCode, nil},
		{"a code that is none", "Type the code of the mail.", web.VisitNoCode, []string{"code", "soc@contoso.com"}},
		{"the right code", "This is not the code of the mail.", web.VisitWrong,
			[]string{"code", wrong(q.code), "answer", "on-it"}},
		{"an answer", "Choose what you answer", web.VisitNoAnswer, []string{"code", q.code}},
		{"an answer that there is", "Choose what you answer", web.VisitNoAnswer,
			[]string{"code", q.code, "answer", "cancelled"}},
		{"a number", "Choose what you answer", web.VisitNoAnswer, []string{"code", q.code, "answer", "on-it", "form", q.id}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := q.send(q.open(), append(tt.pairs, "name", "Ada")...)
			assert.Equal(t, http.StatusUnprocessableEntity, a.StatusCode)
			assert.Contains(t, a.words(), tt.says)
			assert.Contains(t, a.Body, `value="Ada"`, "the name need not be typed again")
			assert.NotContains(t, a.Body, q.code, "a page holds no code")
			assert.Equal(t, tt.visit, p.visits[len(p.visits)-1])
		})
	}
	assert.Empty(t, q.found().Events)
}

// A scanner leaves nothing but a count.
func TestVisitsAreCounted(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	q := p.asks()
	p.visits = nil
	for _, method := range []string{http.MethodGet, http.MethodHead} {
		r := httptest.NewRequestWithContext(t.Context(), method, q.path, nil)
		r.Header.Set("Sec-Purpose", "prefetch")
		assert.Equal(t, http.StatusOK, p.do(r, nobody).StatusCode)
	}
	page := q.open()
	q.send(page, "answer", "resolved", "name", "A scanner")
	assert.Empty(t, q.found().Events)
	first := q.send(page, "code", q.code, "answer", "on-it")
	second := q.send(page, "code", q.code, "answer", "resolved")
	require.Equal(t, []int{303, 303}, []int{first.StatusCode, second.StatusCode})
	assert.Contains(t, p.get(nobody, second.Header.Get("Location")).words(),
		"This form was sent before. It was counted once")
	assert.Len(t, q.found().Events, 1)
	p.get(nobody, "/answer/nonsense")
	assert.Equal(t, []web.Visit{
		web.VisitOpened, web.VisitOpened, web.VisitOpened, web.VisitNoCode, web.VisitAnswered, web.VisitRepeated,
		web.VisitOpened, web.VisitInvalid,
	}, p.visits)
	for _, v := range p.visits {
		assert.Contains(t, web.Visits(), v)
	}
	elsewhere := p.get(nobody, q.path+"?form=AAAAAAAAAAAAAAAAAAAAAAAAAA")
	assert.NotContains(t, elsewhere.words(), "recorded: ", "an address says nothing of a form that is not known")
}

func TestLinksThatAreNotGood(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	q := p.asks()
	stranger := p.question("0123456789012345678901234567890123456789", p.db.Now())
	confirm, err := p.links.For(partner.Notification{ID: q.id, Topic: partner.TopicContactConfirm}, p.db.Now())
	require.NoError(t, err)
	old := p.question(q.id, p.db.Now().Add(-answerlinks.Holds))
	for _, tt := range []struct {
		name, path, why string
		status          int
		offers          bool
	}{
		{"damaged", q.path[:len(q.path)-1], "a mail program broke the line", 404, false},
		{"of another database", stranger.path, "", 404, false},
		{"of another purpose", strings.Replace(confirm.URL, "https://portal.example/confirm/", "/answer/", 1),
			"to read an address is not to be on it", 404, false},
		{"expired", old.path, "", 410, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, a := range []answer{p.get(nobody, tt.path), p.send(nobody, tt.path, url.Values{"code": {q.code}})} {
				assert.Equal(t, tt.status, a.StatusCode, tt.why)
				assert.Equal(t, tt.offers, strings.Contains(a.Body, `action="`+tt.path+`/new"`))
				assert.NotContains(t, a.words(), "Credentials", "it says nothing of the incident")
			}
		})
	}
	back := p.get(nobody, q.path+"/new")
	assert.Equal(t, []any{303, q.path}, []any{back.StatusCode, back.Header.Get("Location")})
	good := p.send(nobody, q.path+"/new", nil)
	assert.Equal(t, []any{303, q.path}, []any{good.StatusCode, good.Header.Get("Location")},
		"a good link needs no new code")
}

// Five wrong codes end a link. A new code comes by mail, and its question is
// another. It is limited, for a scanner can ask for it too.
func TestANewCode(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	q := p.asks()
	for range 4 {
		assert.Equal(t, 422, q.send(q.open(), "code", wrong(q.code), "answer", "on-it").StatusCode)
	}
	page := q.open()
	assert.Equal(t, 403, q.send(page, "code", wrong(q.code), "answer", "on-it").StatusCode)
	ended := q.send(page, "code", q.code, "answer", "on-it")
	assert.Equal(t, 403, ended.StatusCode, "the right code is too late")
	assert.Contains(t, ended.words(), "Too many codes were wrong.")
	assert.Empty(t, q.found().Events)

	sent := p.send(nobody, q.path+"/new", nil)
	assert.Equal(t, 200, sent.StatusCode)
	assert.Contains(t, sent.words(), "A new code is on its way")
	require.Len(t, p.queue.deliveries, 1)
	n := p.queue.deliveries[0]
	assert.Equal(t, []string{q.id + "-2", q.id, "soc@contoso.com"}, []string{n.ID, n.Thread, n.Recipient.Email})
	assert.Equal(t, asksOf, n.Incident.ID, "the mail says all that the first one said")
	again := p.send(nobody, q.path+"/new", nil)
	assert.Equal(t, 429, again.StatusCode)
	assert.NotEmpty(t, again.Header.Get("Retry-After"))
	assert.Len(t, p.queue.deliveries, 1)

	next := p.question(n.ID, p.db.Now())
	assert.Contains(t, next.answers("on-it", "Ada").words(), "recorded")
	assert.Equal(t, escalation.StateAcknowledged, q.found().State, "it is the same case")
	for i := range 5 {
		p.later.Add(int64(10 * time.Minute))
		p.send(nobody, q.path+"/new", nil)
		assert.Len(t, p.queue.deliveries, min(2+i, 5))
	}
	never := p.send(nobody, next.path+"/new", nil)
	assert.Equal(t, 303, never.StatusCode, "the link of the second mail is good")
	last := p.send(nobody, q.path+"/new", nil)
	assert.Equal(t, 410, last.StatusCode)
	assert.Contains(t, last.words(), "No more codes are sent")
}

// Once it is over there is nothing to answer, and no code is sent.
func TestNoNewCodeOnceItIsOver(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	q := p.asks()
	q.answers("resolved", "Ada")
	p.later.Store(int64(answerlinks.Holds))
	for _, a := range []answer{q.open(), p.send(nobody, q.path+"/new", nil)} {
		assert.Equal(t, 410, a.StatusCode)
		assert.Contains(t, a.words(), "The incident is over")
		assert.NotContains(t, a.Body, `method="post"`)
	}
	assert.Empty(t, p.queue.deliveries)
}

// Whoever answers after everybody was told, and nobody was on it, is not too
// late.
func TestAnsweredLate(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	q := p.asks()
	p.later.Store(int64(6 * 24 * time.Hour))
	assert.Contains(t, q.open().words(), "Everybody was told, and nobody is on it. It is not too late to answer.")
	assert.Contains(t, q.answers("on-it", "Ada").words(), "Ada is on it.")
	assert.Equal(t, escalation.StateAcknowledged, q.found().At(p.db.Now()).State)
	p.later.Add(int64(5 * time.Hour))
	assert.Contains(t, q.open().words(), "nobody is on it", "and it runs out again")
}

// Whoever was replaced gives back what they took on, and can do nothing else.
func TestAReplacedContact(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	q := p.asks()
	q.answers("on-it", "Ada")
	p.update(globalAdmin, "security-contact", "securityContact-email", "new@contoso.com")
	page := q.open()
	assert.Equal(t, 200, page.StatusCode)
	assert.Contains(t, page.words(), "You are not the security contact of this company any more")
	assert.NotContains(t, page.Body, "new@contoso.com", "who is, is not theirs to know")
	for _, said := range []string{"on-it", "still", "resolved"} {
		assert.NotContains(t, page.Body, `value="`+said+`"`)
		assert.Equal(t, 422, q.send(page, "code", q.code, "answer", said).StatusCode)
	}
	assert.Equal(t, escalation.StateAcknowledged, q.found().State)
	q.answers("not-me", "Ada")
	assert.Equal(t, escalation.StateWaiting, q.found().State, "the next ones are told")
	p.later.Store(int64(answerlinks.Holds))
	assert.NotContains(t, q.open().Body, "/new", "a new code would go to somebody else")
	closed := p.send(nobody, q.path+"/new", nil)
	assert.Equal(t, 410, closed.StatusCode)
	assert.Contains(t, closed.words(), "and is not any more")
	p.update(globalAdmin, "security-contact", "securityContact-email", "SOC@contoso.com")
	assert.Contains(t, q.open().Body, "/new", "they are the contact again")
}

// If the database is away, the form keeps its number: sent again, it counts
// once.
func TestAnAnswerThatIsNotStored(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	q := p.asks()
	page := q.open()
	p.refuses = host.ErrUnknown
	failed := q.send(page, "code", q.code, "answer", "not-me", "name", "Ada")
	p.refuses = nil
	assert.Equal(t, http.StatusServiceUnavailable, failed.StatusCode)
	assert.Contains(t, failed.words(), "it counts once")
	assert.Equal(t, page.form(q.path).Get("form"), failed.form(q.path).Get("form"))
	assert.NotContains(t, failed.Body, q.code)
	assert.Contains(t, failed.Body, `value="not-me" required checked`)
	assert.Equal(t, 303, q.send(failed, "code", q.code).StatusCode)
	assert.Len(t, q.found().Events, 1)
}

// What others typed stays text.
func TestHostileAnswers(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	i := incident(asksOf)
	i.Title, i.Actions = hostile, []string{hostile}
	var q question
	for _, d := range p.raisedAsCases(i) {
		if d.PartnerTenantID == host.ContosoTenantID {
			q = p.question(d.ID, p.db.Now())
		}
	}
	for name, a := range map[string]answer{
		"answered":   q.answers("on-it", hostile+strings.Repeat("x", 500)),
		"faulty":     q.send(q.open(), "name", hostile, "code", hostile, "answer", hostile),
		"not good":   p.get(nobody, "/answer/"+url.PathEscape(hostile)),
		"no code":    p.send(nobody, q.path+"/new", url.Values{"x": {hostile}}),
		"of a drill": p.get(operator, q.path),
	} {
		if a.StatusCode == http.StatusSeeOther {
			continue
		}
		wellFormed(t, name, a)
		assert.NotContains(t, a.Body, "<script>", name)
		assert.NotContains(t, a.Body, "<img", name)
	}
	assert.LessOrEqual(t, len([]rune(q.found().Events[0].ByName)), 100)
	assert.NotContains(t, p.get(operator, q.path).Body, "Sign out", "who has signed in makes no difference")
}

// What the page offers and whether its form is folded follow from who is on it.
func TestWhatThePageOffers(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	var contoso, fabrikam question
	for _, d := range p.raisedAsCases(incident(asksOf)) {
		if d.PartnerTenantID == host.ContosoTenantID {
			contoso = p.question(d.ID, p.db.Now())
		} else if fabrikam.id == "" && d.State != host.DeliveryNobody {
			fabrikam = p.question(d.ID, p.db.Now())
		}
	}
	folded := func(a answer) bool {
		return len(a.nodes(func(n *html.Node) bool { return n.Data == "details" && attr(n, "class") == "change" })) > 0
	}
	offers := func(a answer) string {
		var all []string
		for _, n := range a.nodes(func(n *html.Node) bool { return n.Data == "input" && attr(n, "type") == "radio" }) {
			all = append(all, attr(n, "value"))
		}
		return strings.Join(all, " ")
	}
	ask := contoso
	for _, tt := range []struct {
		name, says, offers string
		folded             bool
		later              time.Duration
	}{
		{"nobody is on it", "", "on-it not-me resolved", false, 0},
		{"they are on it", "on-it", "still not-me resolved", true, 0},
		{"it has run out", "", "on-it not-me resolved", false, 5 * time.Hour},
		{"they are not", "not-me", "on-it not-me resolved", true, 0},
		{"it is over", "resolved", "on-it not-me resolved", true, 0},
	} {
		p.later.Add(int64(tt.later))
		page := ask.open()
		if tt.says != "" {
			page = ask.answers(tt.says, "Ada")
			assert.Contains(t, page.words(), "Change the answer", tt.name)
			page = ask.open()
		}
		assert.Equal(t, tt.offers, offers(page), tt.name)
		assert.Equal(t, tt.folded, folded(page), tt.name)
	}
	assert.False(t, folded(fabrikam.open()), "they have not answered, whoever else did")
	kept := contoso.send(contoso.open(), "answer", "still")
	assert.Equal(t, "on-it still not-me resolved", offers(kept), "what was chosen stays")
	assert.Contains(t, kept.Body, `<details class="change" open>`, "what is wrong is in sight")
	assert.Equal(t, http.StatusSeeOther,
		fabrikam.send(fabrikam.open(), "code", fabrikam.code, "answer", "still").StatusCode,
		"the page was loaded while somebody was on it")
}
