package web_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
	answerlinks "github.com/cspkit/partner/examples/portal/internal/answer"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/site"
	"github.com/cspkit/partner/examples/portal/internal/store"
	"github.com/cspkit/partner/examples/portal/internal/storetest"
	"github.com/cspkit/partner/examples/portal/internal/web"
)

const legal = "/settings/account/profile/legal"

// noon is when the tests take place.
var noon = time.Date(2026, time.November, 23, 12, 0, 0, 0, time.UTC)

// queue takes every job and does none, or takes none.
type queue struct {
	routings []string
	retried  []string
	err      error

	deliveries []partner.Notification // that reply to another
	then       func()                 // with err
}

func (q *queue) InsertRouting(_ context.Context, _ *store.Tx, id string) error {
	q.routings = append(q.routings, id)
	if q.then != nil {
		q.then()
	}
	return q.err
}
func (q *queue) InsertDeliveries(_ context.Context, _ *store.Tx, ns []partner.Notification) error {
	for _, n := range ns {
		if n.Thread != "" {
			q.deliveries = append(q.deliveries, n)
		}
	}
	return q.err
}
func (q *queue) RetryDeliveries(_ context.Context, _ *store.Tx, ids []string) error {
	q.retried = append(q.retried, ids...)
	return nil
}

// mails is a mailbox.
type mails []host.Mail

func (m *mails) Mails() []host.Mail { return *m }
func (m *mails) Mail(id string) (host.Mail, error) {
	for _, mail := range *m {
		if mail.ID == id {
			return mail, nil
		}
	}
	return host.Mail{}, host.ErrNotFound
}

// portal is the pages behind the site's own middleware, on a database of its
// own with the people of the demonstration.
type portal struct {
	t       *testing.T
	db      *store.DB
	queue   *queue
	mails   *mails
	pages   *web.Web
	handler http.Handler
	people  map[string]host.Person
	away    error // of the sessions
	links   *answerlinks.Links
	visits  []web.Visit
	later   atomic.Int64 // how far the database's clock is ahead
	audited []host.AuditEntry
	mu      sync.Mutex // of audited and visits: subtests share a portal
	refuses error      // what the audit log answers
}

// The people of the demonstration by the parts that they play.
const (
	nobody      = ""
	globalAdmin = "Gita Global"
	billing     = "Bo Billing"
	user        = "Uma User"
	fabrikam    = "Fay Fabrikam"
	operator    = "Olu Operator"
	tailspin    = "Toni Tailspin" // Global admin of a company without a security contact
)

func newPortal(t *testing.T, change ...func(*web.Options)) *portal {
	t.Helper()
	p := &portal{t: t, queue: &queue{}, mails: &mails{}, people: map[string]host.Person{}}
	later := func() time.Time { return time.Now().Add(time.Duration(p.later.Load())) }
	db, err := store.Open(t.Context(), storetest.SQLite(t), &store.Options{Now: later})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, db.Close()) })
	p.db = db
	p.links, err = answerlinks.New(&url.URL{Host: "portal.example"}, []byte("a key of the tests, which everybody knows"))
	require.NoError(t, err)
	db.SetQueue(p.queue)
	require.NoError(t, db.Seed(t.Context()))
	for _, person := range host.DemoPeople() {
		p.people[person.Name] = person
	}
	p.people[tailspin] = host.Person{
		Name:  tailspin,
		Actor: partner.Actor{ID: "toni", TenantID: host.TailspinTenantID, Roles: []partner.Role{partner.GlobalAdmin}},
	}
	opts := web.Options{
		Store: db, Mailbox: p.mails, Demo: true, Authorizer: partner.DefaultPolicy(),
		Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return noon }, StreamTick: time.Millisecond,
		Links: p.links, Visited: p.visited,
	}
	for _, f := range change {
		f(&opts)
	}
	pages, err := web.New(opts)
	require.NoError(t, err)
	p.pages = pages
	p.handler, err = site.New(site.Options{
		PublicURL: &url.URL{Scheme: "http", Host: "portal.example"}, SignIn: p, ErrorPage: pages.ErrorPage, Audit: p.audit,
	}, pages.Routes())
	require.NoError(t, err)
	return p
}

func (p *portal) visited(v web.Visit) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.visits = append(p.visits, v)
}

func (p *portal) audit(_ context.Context, e host.AuditEntry) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.audited = append(p.audited, e)
	return p.refuses
}

// Session and Bearer believe the header that the tests set.
func (p *portal) Session(r *http.Request) (host.Person, error) {
	if p.away != nil {
		return host.Person{}, p.away
	}
	person, ok := p.people[r.Header.Get("X-Person")]
	if !ok {
		return host.Person{}, host.ErrNotFound
	}
	person.Actor.Channel = partner.Portal
	if person.SignedInAt.IsZero() {
		person.SignedInAt = noon
	}
	return person, nil
}

func (p *portal) Bearer(*http.Request) (host.Person, error) { return host.Person{}, host.ErrNotFound }

// answer is a page as it came.
type answer struct {
	*http.Response
	t    *testing.T
	Body string
	doc  *html.Node
}

func (p *portal) do(r *http.Request, as string) answer {
	p.t.Helper()
	r.Host = "portal.example"
	r.Header.Set("X-Person", as)
	if r.Method == http.MethodPost {
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		if r.Header.Get("Content-Type") == "" {
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
	}
	w := httptest.NewRecorder()
	p.handler.ServeHTTP(w, r)
	return p.read(w)
}

func (p *portal) read(w *httptest.ResponseRecorder) answer {
	p.t.Helper()
	res := w.Result()
	body, err := io.ReadAll(res.Body)
	require.NoError(p.t, err)
	a := answer{Response: res, t: p.t, Body: string(body)}
	if strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
		a.doc, err = html.Parse(strings.NewReader(a.Body))
		require.NoError(p.t, err)
	}
	return a
}

func (p *portal) get(as, path string) answer {
	p.t.Helper()
	path, _, _ = strings.Cut(path, "#") // browsers keep that to themselves
	return p.do(httptest.NewRequestWithContext(p.t.Context(), http.MethodGet, path, nil), as)
}

// post sends a form. Where it is kept as a draft it is followed to the page
// that shows it, as a browser does.
func (p *portal) post(as, path string, form url.Values) answer {
	p.t.Helper()
	a := p.send(as, path, form)
	if to := a.Header.Get("Location"); strings.HasPrefix(to, path+"?draft=") {
		return p.get(as, to)
	}
	return a
}

func (p *portal) send(as, path string, form url.Values) answer {
	p.t.Helper()
	return p.do(httptest.NewRequestWithContext(p.t.Context(), http.MethodPost, path, strings.NewReader(form.Encode())), as)
}

// nodes are the elements for which is holds, in the order of the page.
func (a answer) nodes(is func(*html.Node) bool) []*html.Node {
	var found []*html.Node
	if a.doc == nil {
		return nil
	}
	for n := range a.doc.Descendants() {
		if n.Type == html.ElementNode && is(n) {
			found = append(found, n)
		}
	}
	return found
}

func (a answer) byID(id string) *html.Node {
	for _, n := range a.nodes(func(n *html.Node) bool { return attr(n, "id") == id }) {
		return n
	}
	return nil
}

func attr(n *html.Node, key string) string {
	for _, at := range n.Attr {
		if at.Key == key {
			return at.Val
		}
	}
	return ""
}

func has(n *html.Node, key string) bool {
	return slices.ContainsFunc(n.Attr, func(at html.Attribute) bool { return at.Key == key })
}

// text is what a reader reads, with single spaces.
func text(n *html.Node) string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type != html.TextNode {
			continue
		}
		b.WriteString(d.Data)
		if next := d.NextSibling; next == nil || next.Data != "wbr" {
			b.WriteString(" ")
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// words are the text of the page's main part.
func (a answer) words() string { return text(a.byID("main")) }

// form is what a browser would send of the form with this action.
func (a answer) form(action string) url.Values {
	a.t.Helper()
	v := url.Values{}
	forms := a.nodes(func(n *html.Node) bool {
		return n.Data == "form" && attr(n, "action") == action &&
			(attr(n, "class") != "tongue" || attr(n, "method") != "get")
	})
	require.NotEmpty(a.t, forms, "no form to %s in: %s", action, a.words())
	for n := range forms[0].Descendants() {
		if n.Type != html.ElementNode || attr(n, "name") == "" {
			continue
		}
		switch n.Data {
		case "input":
			if t := attr(n, "type"); (t == "radio" || t == "checkbox") && !has(n, "checked") {
				continue
			}
			v.Set(attr(n, "name"), attr(n, "value"))
		case "textarea":
			if n.FirstChild != nil {
				v.Set(attr(n, "name"), n.FirstChild.Data)
			} else {
				v.Set(attr(n, "name"), "")
			}
		case "select":
			for o := range n.Descendants() {
				if o.Data == "option" && has(o, "selected") {
					v.Set(attr(n, "name"), attr(o, "value"))
				}
			}
		}
	}
	return v
}

// with returns v with the pairs of name and value set.
func with(v url.Values, pairs ...string) url.Values {
	c := url.Values{}
	for name, values := range v {
		c[name] = slices.Clone(values)
	}
	for i := 0; i < len(pairs); i += 2 {
		c.Set(pairs[i], pairs[i+1])
	}
	return c
}

// incident is one that is sent to the partners of a customer, Adventure Works
// of the demonstration.
func incident(id string) partner.Incident {
	return partner.Incident{
		ID: id, TenantID: "c0570000-0000-4000-8000-000000000001", Kind: partner.CredentialCompromise,
		Severity: partner.IncidentHigh,
		Title:    "Credentials of an administrator were used from two continents",
		Summary:  "Sign-ins were seen at 10:02 and 10:05.\nThe account holds privileged roles.",
		Actions: []string{"Block the account.", "Revoke its sessions.",
			"Call the customer on a number that you already have."},
		DetectedAt: noon.Add(-time.Hour), RespondBy: noon.Add(3 * time.Hour),
		Reference: "https://security.example/advisories/42",
	}
}

// raised stores an incident with its deliveries, and returns those.
func (p *portal) raised(i partner.Incident) []host.Delivery {
	p.t.Helper()
	return p.raise(i, func(partner.Impact) *escalation.Policy { return nil })
}

// raisedAsCases does so with a case for each partner.
func (p *portal) raisedAsCases(i partner.Incident) []host.Delivery {
	p.t.Helper()
	return p.raise(i, func(impact partner.Impact) *escalation.Policy {
		policy := escalation.DefaultPolicy(partner.Routing{}, i, impact)
		return &policy
	})
}

func (p *portal) raise(i partner.Incident, policy func(partner.Impact) *escalation.Policy) []host.Delivery {
	p.t.Helper()
	ctx := p.t.Context()
	require.NoError(p.t, p.db.CreateIncident(ctx, i, p.people[operator]))
	var routes []store.Routed
	for impact, err := range p.db.Impacted(ctx, i.TenantID) {
		require.NoError(p.t, err)
		route := partner.Routing{}.Route(i, impact)
		routes = append(routes, store.Routed{Route: route, Policy: policy(impact)})
		for _, n := range route.Notifications(i) {
			m := n.Message()
			*p.mails = append(*p.mails, host.Mail{
				ID: n.ID, From: "portal@provider.example", To: n.Recipient.Email,
				Subject: m.Subject, Text: m.Text, HTML: m.HTML, ReceivedAt: noon,
			})
		}
	}
	require.NoError(p.t, p.db.SaveRouted(ctx, i.ID, routes, "", true))
	stored, err := p.db.Deliveries(ctx, store.DeliveryQuery{IncidentID: i.ID, Limit: 1000})
	require.NoError(p.t, err)
	return stored
}

// outcome stores what became of deliveries.
func (p *portal) outcome(state host.DeliveryState, problem string, ids ...string) {
	p.t.Helper()
	var outcomes []store.Outcome
	for _, id := range ids {
		o := store.Outcome{ID: id, State: state, Attempts: 1, Problem: problem}
		if state == host.DeliveryRetrying {
			o.Attempts, o.NextTryAt = 3, noon.Add(time.Minute)
		}
		outcomes = append(outcomes, o)
	}
	require.NoError(p.t, p.db.SaveOutcomes(p.t.Context(), outcomes))
}

// update goes through form, review and save as a person does.
func (p *portal) update(as, section string, pairs ...string) answer {
	p.t.Helper()
	at := legal + "/" + section
	review := p.post(as, at+"/review", with(p.get(as, at+"/edit").form(at+"/review"), pairs...))
	require.Equal(p.t, http.StatusOK, review.StatusCode, review.words())
	return p.post(as, at+"/save", review.form(at+"/save"))
}
