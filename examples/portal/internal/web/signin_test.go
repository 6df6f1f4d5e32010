package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/cspkit/partner/examples/portal/internal/signin"
)

func TestSignInPage(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	for _, tc := range []struct {
		name     string
		page     signin.Page
		personas int
		openID   bool
	}{
		{"demonstration", signin.Page{Next: hostile, Personas: signin.Personas()}, len(signin.Personas()), false},
		{"OpenID", signin.Page{Next: hostile, OpenID: true, Problem: hostile}, 0, true},
	} {
		w := httptest.NewRecorder()
		p.pages.SignInPage(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/sign-in", http.NoBody),
			http.StatusOK, tc.page)
		a := p.read(w)
		require.Equal(t, http.StatusOK, a.StatusCode)
		wellFormed(t, tc.name, a)
		assert.NotContains(t, a.Body, "<script>")
		assert.Len(t, a.nodes(func(n *html.Node) bool { return attr(n, "name") == "persona" }), tc.personas)
		links := a.nodes(func(n *html.Node) bool {
			u, err := url.Parse(attr(n, "href"))
			return err == nil && u.Path == "/sign-in/oidc" && u.Query().Get("next") == tc.page.Next
		})
		assert.Equal(t, tc.openID, len(links) == 1, tc.name)
		if tc.personas > 0 {
			assert.Equal(t, hostile, a.form("/sign-in/demo").Get("next"))
		} else {
			assert.Contains(t, a.words(), hostile)
		}
	}
}
