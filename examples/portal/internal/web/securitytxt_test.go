package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/web"
)

func TestSecurityTxt(t *testing.T) {
	t.Parallel()
	p := newPortal(t, func(o *web.Options) { o.ReportTo = "mailto:security@provider.example" })
	a := p.get(nobody, "/.well-known/security.txt")
	require.Equal(t, http.StatusOK, a.StatusCode)
	assert.Equal(t, "text/plain; charset=utf-8", a.Header.Get("Content-Type"))
	assert.Equal(t, "Contact: mailto:security@provider.example\nExpires: 2027-02-21T12:00:00Z\nPreferred-Languages: en\n",
		a.Body)

	assert.Equal(t, http.StatusNotFound, newPortal(t).get(nobody, "/.well-known/security.txt").StatusCode,
		"nobody is named who was not asked")
	for _, uri := range []string{
		"security@provider.example", "http://provider.example", "https:", "mailto:", "javascript:alert(1)",
		"mailto:a@b.example\nContact: mailto:c@d.example", " https://provider.example",
	} {
		_, err := web.New(web.Options{Store: p.db, Authorizer: partner.DefaultPolicy(), ReportTo: uri})
		require.Error(t, err, uri)
	}
}

func TestFavicon(t *testing.T) {
	t.Parallel()
	a := newPortal(t).get(nobody, "/favicon.ico")
	require.Equal(t, http.StatusOK, a.StatusCode)
	assert.Equal(t, "image/x-icon", a.Header.Get("Content-Type"))
	assert.True(t, strings.HasPrefix(a.Body, "\x00\x00\x01\x00\x01\x00"), "one picture")
}

// What is not there and what somebody may not see read the same, wherever it is
// noticed.
func TestOneWordingForWhatIsNotThere(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	i := incident("INC-20261123-ABCDEFGHIJ")
	p.raised(i)
	want := ""
	for _, path := range []string{
		"/nope", "/incidents/" + i.ID, "/incidents/unknown", "/coverage.csv", legal + "/history/unknown", "/mailbox/unknown",
	} {
		a := p.get(globalAdmin, path)
		require.Equal(t, http.StatusNotFound, a.StatusCode, path)
		id := a.Header.Get("X-Request-Id")
		require.NotEmpty(t, id)
		assert.Contains(t, a.words(), "Request "+id, path)
		said := strings.ReplaceAll(a.words(), id, "")
		if want == "" {
			want = said
		}
		assert.Equal(t, want, said, path)
	}
	assert.Contains(t, want, "There is no such page There is nothing at this address, or you may not see it.")
	denied := p.get(user, legal)
	assert.Len(t, denied.nodes(func(n *html.Node) bool { return n.Data == "code" }), 1,
		"other errors tell the request, too")
}
