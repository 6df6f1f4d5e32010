package site_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/site"
)

func TestWhatComesThrough(t *testing.T) {
	t.Parallel()
	const (
		member, operator = "Cookie: who=member", "Cookie: who=operator"
		same, cross      = "Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: cross-site"
	)
	for _, tt := range []struct {
		name, method, target string
		headers              []string
		status               int
		says                 string
		why                  string
	}{
		{"start", "GET", "/", nil, 200, "start ", "a public page is for anybody"},
		{"start, signed in", "GET", "/", []string{member}, 200, "start member", "and knows who it is"},
		{"head", "HEAD", "/", nil, 200, "", "HEAD is GET without the body"},
		{"unknown", "GET", "/nowhere", nil, 404, "Not Found", "no route"},
		{"start is not everything", "GET", "/start", nil, 404, "Not Found", "{$}"},
		{"method", "DELETE", "/page/1", []string{same}, 405, "cannot be done", "another method"},
		{"dots", "GET", "/page/../page/1", []string{member}, 307, "", "led to the clean path"},
		{"page", "GET", "/page/1", []string{member}, 200, "page member", ""},
		{"page new", "GET", "/page/new", []string{member}, 200, "new member", "the more special pattern wins"},
		{"page, nobody", "GET", "/page/1", nil, 303, "", "led to sign-in"},
		{"page, made-up cookie", "GET", "/page/1", []string{"Cookie: who=stranger"}, 303, "", "led to sign-in"},
		{"page, person without an ID", "GET", "/page/1", []string{"Cookie: who=nobody"}, 303, "", "the zero actor is nobody"},
		{"page, not known", "GET", "/page/1", []string{"Cookie: who=down"}, 503, "Try again", "not knowing is not allowing"},
		{"page, bearer", "GET", "/page/1", []string{"Authorization: Bearer member"}, 303, "", "a page takes no bearer token"},
		{"post", "POST", "/page/1", []string{member, same}, 200, "saved member", ""},
		{"post, nobody", "POST", "/page/1", []string{same}, 401, "Nothing was saved", "a redirect would lose what was typed"},
		{"post, cross site", "POST", "/page/1", []string{member, cross}, 403, "another page", "forged"},
		{"post, same site", "POST", "/page/1", []string{member, "Sec-Fetch-Site: same-site"}, 403, "another page",
			"a neighbour is a stranger"},
		{"post, other origin", "POST", "/page/1", []string{member, "Origin: http://evil.example"}, 403, "another page",
			"an older browser"},
		{"post, own origin", "POST", "/page/1", []string{member, "Origin: " + here}, 200, "saved", "an older browser"},
		{"post, null origin", "POST", "/page/1", []string{member, "Origin: null"}, 403, "another page", "a sandboxed frame"},
		{"post, neither", "POST", "/page/1", []string{member}, 403, "another page", "no browser of today leaves out both"},
		{"operator", "GET", "/secret", []string{operator}, 200, "secret operator", ""},
		{"operator, member", "GET", "/secret", []string{member}, 404, "Not Found", "not even that it is there"},
		{"operator, nobody", "GET", "/secret", nil, 303, "", "led to sign-in, as for any page"},
		{"api", "GET", "/api/v1/thing", []string{"Authorization: Bearer member"}, 200, "thing member", ""},
		{"api, cookie", "GET", "/api/v1/thing", []string{member}, 401, "Bearer", "the API takes no cookie"},
		{"api, not known", "GET", "/api/v1/thing", []string{"Authorization: Bearer down"}, 503, "Try again", ""},
		{"api, no browser", "PUT", "/api/v1/thing", []string{"Authorization: Bearer member"}, 200, "",
			"a program sends neither header"},
		{"api, cross site", "PUT", "/api/v1/thing", []string{"Authorization: Bearer member", cross}, 403, "another page", ""},
		{"api, method", "DELETE", "/api/v1/thing", nil, 405, "methods of this path are GET, HEAD, PUT",
			"a program has no buttons"},
		{"api, unknown", "GET", "/api/v1/nowhere", nil, 404, "no such path", "and sees no page"},
		{"host", "GET", "/", []string{"Host: evil.example"}, 421, here, "a domain that was pointed at this machine"},
		{"host, other port", "GET", "/", []string{"Host: portal.example:81"}, 421, here, ""},
		{"host, own port", "GET", "/", []string{"Host: portal.example:80"}, 200, "start", "the scheme's own"},
		{"host, case", "GET", "/", []string{"Host: PORTAL.example"}, 200, "start", "host names have no case"},
		{"host, none", "GET", "/", []string{"Host: "}, 421, here, ""},
		{"host, unknown path", "GET", "/nowhere", []string{"Host: evil.example"}, 421, here, ""},
		{"host, more", "GET", "/", []string{"Host: localhost:8080"}, 200, "start", "Options.Hosts"},
		{"host, probe", "GET", "/healthz", []string{"Host: 10.1.2.3"}, 200, "ok", "a load balancer knows only the address"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			resp := ask(newSite(t, site.Options{Hosts: []string{"localhost:8080"}}), tt.method, here+tt.target, tt.headers...)
			text := body(t, resp)
			assert.Equal(t, tt.status, resp.StatusCode, "%s: %s", tt.why, text)
			assert.Contains(t, text, tt.says)
			if strings.HasPrefix(tt.target, "/api/") && tt.status >= 400 {
				assert.Equal(t, "application/problem+json", resp.Header.Get("Content-Type"))
				var problem site.Problem
				require.NoError(t, json.Unmarshal([]byte(text), &problem))
				assert.Equal(t, tt.status, problem.Status)
				assert.Equal(t, resp.Header.Get("X-Request-Id"), problem.RequestID)
			}
			if tt.status == http.StatusMethodNotAllowed {
				assert.Contains(t, resp.Header.Get("Allow"), "GET, HEAD, P")
			}
		})
	}
}

func TestSignInComesBack(t *testing.T) {
	t.Parallel()
	resp := ask(newSite(t, site.Options{}), "GET", here+"/page/1?q=a%26b&c=d")
	assert.Equal(t, "/sign-in?next=%2Fpage%2F1%3Fq%3Da%2526b%26c%3Dd", resp.Header.Get("Location"))
}
