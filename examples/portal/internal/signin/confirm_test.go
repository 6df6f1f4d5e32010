package signin_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// tokenAnswers changes what the provider answers to a request for tokens: the
// status, and the members. A status of 0 leaves it alone.
type tokenAnswers struct {
	http.Handler
	asked  int
	status int
	text   string
	strip  string
}

func (a *tokenAnswers) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !strings.HasSuffix(r.URL.Path, "/oauth/token") {
		a.Handler.ServeHTTP(w, r)
		return
	}
	a.asked++
	if a.status != 0 {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(a.status)
		_, _ = io.WriteString(w, a.text)
		return
	}
	rec := httptest.NewRecorder()
	a.Handler.ServeHTTP(rec, r)
	var members map[string]any
	_ = json.Unmarshal(rec.Body.Bytes(), &members)
	delete(members, a.strip)
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(rec.Code)
	_ = json.NewEncoder(w).Encode(members)
}

// change is a change of whoever has signed in, and returns the answer and who
// the portal took it for.
func change(t testing.TB, b *browser) (answer, host.Person) {
	t.Helper()
	a := b.post(t, portalURL+"/change", nil)
	var p host.Person
	if a.status == http.StatusOK {
		require.NoError(t, json.Unmarshal([]byte(a.text), &p))
	}
	return a, p
}

func TestRolesAreAskedForAgainBeforeAChange(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		then   func(x *tenant, answers *tokenAnswers, p *portal)
		status int
		admin  bool // in the change
		stays  bool // the session
		why    string
	}{
		{"nothing changed", func(*tenant, *tokenAnswers, *portal) {}, 200, true, true, ""},
		{"the role was taken away", func(x *tenant, _ *tokenAnswers, _ *portal) {
			x.storage.claims["wids"] = []string{"b79fbf4d-3ef9-4689-8143-76b194e85509"}
		}, 200, false, true, "this morning's Global admin need not be one now"},
		{"the account was blocked", func(_ *tenant, a *tokenAnswers, _ *portal) {
			a.status, a.text = 400, `{"error":"invalid_grant","error_description":"AADSTS50057: marker"}`
		}, 401, false, false, ""},
		{"sign in again", func(_ *tenant, a *tokenAnswers, _ *portal) {
			a.status, a.text = 400, `{"error":"interaction_required","error_description":"AADSTS50076: marker"}`
		}, 401, false, false, "a second factor is asked for"},
		{"the portal's secret has expired", func(_ *tenant, a *tokenAnswers, _ *portal) {
			a.status, a.text = 401, `{"error":"invalid_client","error_description":"AADSTS7000222: marker"}`
		}, 503, false, true, "that is not the person's fault"},
		{"the provider is down", func(_ *tenant, a *tokenAnswers, _ *portal) {
			a.status, a.text = 502, "marker"
		}, 503, false, true, ""},
		{"somebody else", func(x *tenant, _ *tokenAnswers, _ *portal) {
			x.tamper = func(c map[string]any) { c["oid"] = "11111111-53d2-4f68-8a9b-c6d5e4f3a2b1" }
		}, 401, false, false, ""},
		{"the roles are left out", func(x *tenant, _ *tokenAnswers, _ *portal) {
			x.tamper = func(c map[string]any) { delete(c, "wids") }
		}, 401, false, false, "as at a sign-in"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			x := newTenant(t, contoso)
			p, n := newOpenID(t, x.issuer, x)
			answers := &tokenAnswers{Handler: n[entraHost]}
			n[entraHost] = answers
			b := newBrowser(t, n)
			b.get(t, portalURL+"/sign-in/oidc")
			require.NotZero(t, b.who(t))
			tt.then(x, answers, p)
			a, who := change(t, b)
			assert.Equal(t, tt.status, a.status, tt.why)
			assert.Equal(t, tt.admin, len(who.Actor.Roles) == 2 && who.Actor.Roles[1] == partner.GlobalAdmin, tt.why)
			if tt.status == 200 {
				assert.Equal(t, who.Actor, b.who(t).Actor, "the rest of the session has these roles")
			}
			assert.Equal(t, 2, answers.asked)
			assert.Equal(t, tt.stays, b.who(t).Actor.ID != "")
			assert.NotContains(t, p.log.String(), "marker")
		})
	}
}

func TestSealedSession(t *testing.T) {
	t.Parallel()
	x := newTenant(t, contoso)
	p, n := newOpenID(t, x.issuer, x)
	b, other := newBrowser(t, n), newBrowser(t, n)
	b.get(t, portalURL+"/sign-in/oidc")
	other.get(t, portalURL+"/sign-in/oidc")
	require.Len(t, p.store.sessions, 2)
	var keys []string
	for key, s := range p.store.sessions {
		require.NotEmpty(t, s.sealed)
		keys = append(keys, key)
	}
	for range 3 {
		a, _ := change(t, b)
		require.Equal(t, 200, a.status, "each time with the token of the last time")
	}
	// Who may write to the store puts one session's token into another.
	a, c := p.store.sessions[keys[0]], p.store.sessions[keys[1]]
	a.sealed, c.sealed = c.sealed, a.sealed
	p.store.sessions[keys[0]], p.store.sessions[keys[1]] = a, c
	got, _ := change(t, b)
	assert.Equal(t, http.StatusServiceUnavailable, got.status, "only its own browser opens it")
}

func TestAProviderThatGivesNothingToAskWith(t *testing.T) {
	t.Parallel()
	x := newTenant(t, contoso)
	p, n := newOpenID(t, x.issuer, x)
	n[entraHost] = &tokenAnswers{Handler: n[entraHost], strip: "refresh_token"}
	b := newBrowser(t, n)
	b.get(t, portalURL+"/sign-in/oidc")
	p.clock.add(14 * time.Minute)
	a, who := change(t, b)
	assert.Equal(t, 200, a.status, "the roles of the sign-in are fresh")
	assert.Contains(t, who.Actor.Roles, partner.GlobalAdmin)
	p.clock.add(2 * time.Minute)
	a, _ = change(t, b)
	assert.Equal(t, 401, a.status, "and then they are not")
	assert.NotZero(t, b.who(t), "it may be looked at still")
}
