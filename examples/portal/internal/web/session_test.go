package web_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
)

// An open page asks who has signed in, and compares it with whom it was made
// for.
func TestSessionTellsAnOpenPageWhoHasSignedIn(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	seen := map[string]bool{}
	for _, as := range []string{globalAdmin, billing, fabrikam, operator} {
		a := p.get(as, "/session")
		require.Equal(t, http.StatusOK, a.StatusCode)
		watch := p.get(as, "/").nodes(func(n *html.Node) bool { return has(n, "data-who") })
		require.Len(t, watch, 1)
		assert.JSONEq(t, `{"who": "`+attr(watch[0], "data-who")+`"}`, a.Body)
		assert.NotContains(t, a.Body, as)
		seen[a.Body] = true
	}
	assert.Len(t, seen, 4, "no two people are taken for one")
	assert.Equal(t, http.StatusSeeOther, p.get(nobody, "/session").StatusCode)
	assert.Empty(t, p.get(nobody, "/nope").nodes(func(n *html.Node) bool { return has(n, "data-who") }))
}
