package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/web"
)

func TestTokens(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	empty := p.get(operator, "/tokens")
	wellFormed(t, "no tokens", empty)
	assert.Contains(t, empty.words(), "No tokens yet")
	form := p.get(operator, "/tokens/new").form("/tokens")
	form.Set("name", "Nightly <b>import</b>")
	bad := p.post(operator, "/tokens", form)
	assert.Equal(t, http.StatusUnprocessableEntity, bad.StatusCode)
	wellFormed(t, "what is wrong", bad)
	assert.Contains(t, bad.words(), "at least one thing")

	form.Set("name", "Nightly import")
	form["scope"] = []string{"partners:read", "partners:write"}
	made := p.post(operator, "/tokens", form)
	require.Equal(t, http.StatusOK, made.StatusCode, made.words())
	wellFormed(t, "the token", made)
	secret := regexp.MustCompile(`portal_[A-Za-z0-9_-]{43}`).FindString(made.Body)
	require.NotEmpty(t, secret)
	assert.Equal(t, "no-store", made.Header.Get("Cache-Control"))
	assert.Equal(t, secret, attr(made.byID("secret"), "value"), "it can be selected without the script")
	assert.Equal(t, "curl -H 'Authorization: Bearer "+secret+"' 'http://portal.example/api/v1/partners?limit=5'",
		text(made.byID("curl")))
	for _, button := range made.nodes(func(n *html.Node) bool { return has(n, "data-copy") }) {
		assert.True(t, has(button, "hidden"), "what needs the script is shown by it")
	}
	assert.Contains(t, made.words(), "Import partners Send lists of partners", "in words, what it may do")
	again := p.post(operator, "/tokens", form)
	assert.Equal(t, "/tokens?done=token-twice", again.Header.Get("Location"), "the same form makes one token")

	list := p.get(operator, "/tokens")
	wellFormed(t, "the tokens", list)
	assert.NotContains(t, list.Body, secret[:20], "it is shown once")
	assert.Contains(t, list.words(), "Nightly import …"+secret[len(secret)-4:])
	assert.Contains(t, list.words(), "Read partners · Import partners")
	all, err := p.db.Tokens(t.Context(), "", 10)
	require.NoError(t, err)
	require.Len(t, all, 1)
	assert.InDelta(t, 30*24, all[0].ExpiresAt.Sub(all[0].CreatedAt).Hours(), 0.1)

	revoke := "/tokens/" + all[0].ID + "/revoke"
	assert.Equal(t, http.StatusSeeOther, p.post(operator, revoke, list.form(revoke)).StatusCode)
	ended := p.get(operator, "/tokens")
	assert.Contains(t, ended.words(), "Revoked by "+operator)
	assert.NotContains(t, ended.Body, revoke)
}

// The line to try a token with is one that the token may do.
func TestALineToTryATokenWith(t *testing.T) {
	t.Parallel()
	p := newPortal(t, func(o *web.Options) { o.PublicURL = &url.URL{Scheme: "https", Host: "portal.example:8443"} })
	for _, tt := range []struct {
		name, why string
		scopes    []string
		want      string
	}{
		{"reads come first", "they change nothing", []string{"incidents:write", "audit:read"},
			" 'https://portal.example:8443/api/v1/audit?limit=5'"},
		{"a file", "it may do nothing else", []string{"partners:write"},
			" -H 'Content-Type: text/csv' --data-binary @partners.csv 'https://portal.example:8443/api/v1/imports'"},
		{"very many", "alone it may do nothing", []string{"incidents:many"}, ""},
	} {
		form := p.get(operator, "/tokens/new").form("/tokens")
		form.Set("name", "A program")
		form["scope"] = tt.scopes
		made := p.post(operator, "/tokens", form)
		require.Equal(t, http.StatusOK, made.StatusCode, tt.name)
		wellFormed(t, tt.name, made)
		if tt.want == "" {
			assert.Nil(t, made.byID("curl"), "%s: %s", tt.name, tt.why)
			continue
		}
		assert.True(t, strings.HasSuffix(text(made.byID("curl")), tt.want), "%s: %s", tt.name, tt.why)
	}
}

func TestATokenTakesAFreshSignIn(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	form := p.get(operator, "/tokens/new").form("/tokens")
	form.Set("name", "Import")
	form["scope"] = []string{"partners:read", "audit:read"}
	p.signedIn(operator, web.FreshFor+time.Second)
	late := p.post(operator, "/tokens", form)
	assert.Equal(t, http.StatusUnauthorized, late.StatusCode)
	assert.Equal(t, 1, strings.Count(late.Body, `value="audit:read"`), "what was chosen is kept")
	assert.Equal(t, 1, strings.Count(late.Body, `value="partners:read"`))
	all, err := p.db.Tokens(t.Context(), "", 10)
	require.NoError(t, err)
	assert.Empty(t, all)
}

func TestTokenFormsThatNobodySends(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	good := url.Values{"id": {"ABCDEFGHIJKLMNOPQRSTUVWXYZ"}, "name": {"Import"}, "days": {"30"}, "scope": {"audit:read"}}
	for _, tt := range []struct {
		name, field, value string
		status             int
	}{
		{"an unknown scope", "scope", "everything", 400},
		{"another ID", "id", "1", 400},
		{"for ever", "days", "100000", 422},
		{"a name with a line break", "name", "a\nb", 422},
		{"a long name", "name", strings.Repeat("n", 81), 422},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := p.post(operator, "/tokens", with(good, tt.field, tt.value))
			assert.Equal(t, tt.status, a.StatusCode)
		})
	}
	for _, scope := range host.Scopes() {
		assert.Contains(t, p.get(operator, "/tokens/new").Body, `value="`+string(scope)+`"`, "each has its words")
	}
}
