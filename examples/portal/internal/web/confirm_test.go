package web_test

import (
	"bytes"
	"fmt"
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
	"github.com/cspkit/partner/attest"
	answerlinks "github.com/cspkit/partner/examples/portal/internal/answer"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/site"
	"github.com/cspkit/partner/examples/portal/internal/web"
	"github.com/cspkit/partner/partnertest"
)

// asksContact asks Contoso's contact whether somebody reads its address, and
// returns what stands in the mail.
func (p *portal) asksContact() question {
	p.t.Helper()
	ctx := p.t.Context()
	_, _, err := p.db.BeginVerification(ctx, host.ContosoTenantID, 0)
	require.NoError(p.t, err)
	_, err = p.db.AskContacts(ctx, attest.Policy{}, 10)
	require.NoError(p.t, err)
	profile, err := p.db.Profile(ctx, host.ContosoTenantID)
	require.NoError(p.t, err)
	contact, err := p.db.Contact(ctx, host.ContosoTenantID)
	require.NoError(p.t, err)
	asked := attest.Policy{}.Notices(profile, nil, contact.Record, p.db.Now())
	require.Len(p.t, asked, 1)
	return p.questionToContact(asked[0].ID, p.db.Now())
}

func (p *portal) questionToContact(id string, since time.Time) question {
	p.t.Helper()
	a, err := p.links.For(partner.Notification{ID: id, Topic: partner.TopicContactConfirm}, since)
	require.NoError(p.t, err)
	return question{p, id, strings.TrimPrefix(a.URL, "https://portal.example"), a.Code}
}

// contactState is what is recorded, in words, and how many codes were wrong.
func (p *portal) contactState() string {
	p.t.Helper()
	var b strings.Builder
	answers, err := p.db.ContactAnswers(p.t.Context(), host.ContosoTenantID, 1000)
	require.NoError(p.t, err)
	for _, a := range answers {
		fmt.Fprintln(&b, a.Said, "by", a.ByName)
	}
	c, err := p.db.Contact(p.t.Context(), host.ContosoTenantID)
	require.NoError(p.t, err)
	fmt.Fprintln(&b, "confirmed", !c.Record.VerifiedAt.IsZero(), "in doubt", c.Doubt)
	writer, _ := p.db.Pools()
	var wrong int
	row := writer.QueryRowContext(p.t.Context(), `SELECT COALESCE(SUM(wrong), 0) FROM questions`)
	require.NoError(p.t, row.Scan(&wrong))
	fmt.Fprintln(&b, "wrong", wrong)
	return b.String()
}

// follows is a browser: it shows the page to which a form leads.
func follows(h http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		got := httptest.NewRecorder()
		r.Host = "portal.example"
		h.ServeHTTP(got, r)
		if to := got.Header().Get("Location"); got.Code == http.StatusSeeOther {
			next := httptest.NewRequestWithContext(r.Context(), http.MethodGet, to, nil)
			next.Host = "portal.example"
			got = httptest.NewRecorder()
			h.ServeHTTP(got, next)
		}
		rw.WriteHeader(got.Code)
		_, _ = rw.Write(got.Body.Bytes())
	})
}

func TestTheConfirmationPageIsAnAnswerPage(t *testing.T) {
	t.Parallel()
	partnertest.RunAnswerPage(t, func(t *testing.T) partnertest.AnswerPageHarness {
		p := newPortal(t, func(o *web.Options) { o.Visited = func(web.Visit) {} })
		q := p.asksContact()
		h, err := site.New(site.Options{
			PublicURL: &url.URL{Scheme: "http", Host: "portal.example"}, SignIn: p, ErrorPage: p.pages.ErrorPage,
		}, p.pages.Routes())
		require.NoError(t, err)
		return partnertest.AnswerPageHarness{
			Handler: follows(h), URL: "https://portal.example" + q.path, Code: q.code,
			Answers: []string{"right", "wrong", "not-me"}, State: p.contactState,
			Form: func(page []byte, code, said string) *http.Request {
				doc, err := html.Parse(bytes.NewReader(page))
				require.NoError(t, err)
				a := answer{t: t, doc: doc}
				if len(a.nodes(func(n *html.Node) bool { return n.Data == "form" && attr(n, "action") == q.path })) == 0 {
					return nil
				}
				form := with(a.form(q.path), "code", code, "answer", said, "name", "Robin")
				r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, q.path, strings.NewReader(form.Encode()))
				r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
				return r
			},
		}
	})
}

func TestAContactConfirms(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	q := p.asksContact()
	page := q.open()
	require.Equal(t, http.StatusOK, page.StatusCode)
	for _, want := range []string{"Contoso Security Operations", "soc@contoso.com", "+1 425-555-0100 ext. 24",
		"Not confirmed yet",
		"Yes, this is right", "Something is wrong", "I am not this contact"} {
		assert.Contains(t, page.words(), want)
	}
	for _, never := range []string{"gita", "robin.specimen", "To correct it"} {
		assert.NotContains(t, strings.ToLower(page.Body), strings.ToLower(never), "who the Global admins are is not shown")
	}
	p.audited = nil
	thanks := q.answers("right", "Ada King")
	assert.Contains(t, thanks.words(), "Your answer is recorded: “Yes, this is right”. This address is confirmed.")
	assert.Contains(t, p.get(billing, legal).words(), "Somebody who reads this address confirmed it:")
	assert.Contains(t, p.get(billing, legal).words(), ", by Ada King.")
	require.Len(t, p.audited, 2, "the audit log knows before and after")
	assert.Equal(t, []string{"POST /confirm/{token}", q.id, host.ContosoTenantID, "Ada King"},
		[]string{p.audited[0].Action, p.audited[0].Subject, p.audited[0].TenantID, p.audited[0].Name})
}

func TestAContactSaysThatItIsNotRight(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ said, recorded, shown string }{
		{"wrong", "“Something is wrong”. The Global admins of the company are told.", "something about the contact is wrong"},
		{"not-me", "“I am not this contact”. The Global admins of the company are told.", "they are not this contact"},
	} {
		t.Run(tt.said, func(t *testing.T) {
			t.Parallel()
			p := newPortal(t)
			q := p.asksContact()
			page := q.answers(tt.said, "Ada King")
			assert.Contains(t, page.words(), tt.recorded)
			assert.Contains(t, page.words(), "To correct it")
			edit := page.nodes(func(n *html.Node) bool { return attr(n, "href") == legal+"/security-contact/edit" })
			require.Len(t, edit, 1, "a Global admin goes on to the form")
			assert.Equal(t, http.StatusOK, p.get(globalAdmin, attr(edit[0], "href")).StatusCode)
			assert.Contains(t, p.get(nobody, attr(edit[0], "href")).Header.Get("Location"), "/sign-in?next=")
			for as, at := range map[string]string{globalAdmin: legal, operator: "/coverage?search=contoso&show=all"} {
				assert.Contains(t, p.get(as, at).words(), tt.shown, "%s sees it", as)
			}

			p.update(globalAdmin, "security-contact", "securityContact-phoneNumber", "+14255550199")
			words := p.get(globalAdmin, legal).words()
			assert.Equal(t, tt.said == "not-me", strings.Contains(words, tt.shown),
				"what was wrong is looked at; the address is not")
			if tt.said == "wrong" {
				assert.Contains(t, q.answers("right", "").words(), "This address is confirmed.")
			}
		})
	}
}

// What is confirmed is what was seen.
func TestDetailsThatChangeMeanwhile(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	q := p.asksContact()
	page := q.open()
	p.update(globalAdmin, "security-contact", "securityContact-phoneNumber", "+14255550199")
	before := p.contactState()
	again := q.send(page, "code", q.code, "answer", "right")
	assert.Equal(t, http.StatusUnprocessableEntity, again.StatusCode)
	assert.Contains(t, again.words(), "The details were changed while this page was open.")
	assert.Contains(t, again.words(), "+1 425-555-0199")
	assert.Equal(t, before, p.contactState())
	assert.Equal(t, http.StatusSeeOther, q.send(again, "code", q.code, "answer", "right").StatusCode)
}

func TestLinksToConfirmThatAreNotGood(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	q := p.asksContact()
	old := p.questionToContact(q.id, p.db.Now().Add(-answerlinks.Holds))
	acknowledge := p.question(q.id, p.db.Now())
	for _, tt := range []struct {
		name, path string
		status     int
		offers     bool
	}{
		{"damaged", q.path[:len(q.path)-1], 404, false},
		{"of another database", p.questionToContact("0123456789", p.db.Now()).path, 404, false},
		{"of another purpose", strings.Replace(acknowledge.path, "/answer/", "/confirm/", 1), 404, false},
		{"expired", old.path, 410, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, a := range []answer{p.get(nobody, tt.path), p.send(nobody, tt.path, url.Values{"code": {q.code}})} {
				assert.Equal(t, tt.status, a.StatusCode)
				assert.Equal(t, tt.offers, strings.Contains(a.Body, `action="`+tt.path+`/new"`))
				assert.NotContains(t, a.words(), "soc@contoso.com", "it says nothing of the contact")
			}
		})
	}
	sent := p.send(nobody, old.path+"/new", nil)
	assert.Contains(t, sent.words(), "A new code is on its way")
	require.Len(t, p.queue.deliveries, 1)
	n := p.queue.deliveries[0]
	assert.Equal(t, partner.TopicContactConfirm, n.Topic)
	still, err := p.db.StillAsked(t.Context(), attest.Policy{}, n)
	require.NoError(t, err)
	assert.True(t, still, "it is sent")
	next := p.questionToContact(n.ID, p.db.Now())
	answered := next.send(next.open(), "code", next.code, "answer", "right").Header.Get("Location")
	assert.Contains(t, p.get(nobody, answered).words(), "This address is confirmed.")
	elsewhere := strings.Replace(answered, next.path, q.path, 1)
	assert.NotContains(t, p.get(nobody, elsewhere).words(), "recorded: ", "it is a form of another mail")
}

func TestNothingToConfirmAnyMore(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	q := p.asksContact()
	page := q.open()
	p.update(globalAdmin, "security-contact", "securityContact-email", "new@contoso.com")
	before := p.contactState()
	for _, a := range []answer{q.open(), q.send(page, "code", q.code, "answer", "not-me")} {
		assert.Equal(t, http.StatusGone, a.StatusCode)
		assert.Contains(t, a.words(), "There is nothing to confirm any more")
		assert.NotContains(t, a.Body, "new@contoso.com", "who is the contact now is not theirs to know")
	}
	assert.Equal(t, before, p.contactState())
}

func TestHostileConfirmations(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	q := p.asksContact()
	for name, a := range map[string]answer{
		"answered": q.answers("wrong", hostile+strings.Repeat("x", 500)),
		"faulty":   q.send(q.open(), "name", hostile, "code", hostile, "answer", hostile, "seen", hostile),
		"not good": p.get(nobody, "/confirm/"+url.PathEscape(hostile)),
		"legal":    p.get(globalAdmin, legal),
	} {
		wellFormed(t, name, a)
		assert.NotContains(t, a.Body, "<script>", name)
		assert.NotContains(t, a.Body, "<img", name)
	}
}
