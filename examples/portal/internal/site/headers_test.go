package site_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/cspkit/partner/examples/portal/internal/site"
)

func TestSecurityHeaders(t *testing.T) {
	t.Parallel()
	for _, target := range []string{"/", "/nowhere", "/page/1", "/panics", "/api/v1/thing"} {
		h := ask(newSite(t, site.Options{}), "GET", here+target, "Cookie: who=member").Header
		csp := h.Get("Content-Security-Policy")
		assert.Contains(t, csp, "default-src 'none'", target)
		assert.Contains(t, csp, "frame-ancestors 'none'")
		assert.NotContains(t, csp, "unsafe")
		assert.Equal(t, "nosniff", h.Get("X-Content-Type-Options"))
		assert.Equal(t, "same-origin", h.Get("Referrer-Policy"))
		assert.Equal(t, "same-origin", h.Get("Cross-Origin-Opener-Policy"))
		assert.Equal(t, "no-store", h.Get("Cache-Control"))
		assert.NotEmpty(t, h.Get("Permissions-Policy"))
		assert.Empty(t, h.Get("Strict-Transport-Security"), "plain http")
		assert.NotEmpty(t, h.Get("X-Request-Id"))
	}
	h := ask(newSite(t, site.Options{}), "GET", here+"/loose").Header
	assert.Equal(t, "sandbox", h.Get("Content-Security-Policy"), "a handler may say otherwise")
	assert.Equal(t, "max-age=60", h.Get("Cache-Control"))
	https := newSite(t, site.Options{PublicURL: parse(t, "https://portal.example")})
	assert.NotEmpty(t, ask(https, "GET", "https://portal.example/").Header.Get("Strict-Transport-Security"))
	first, second := ask(https, "GET", "https://portal.example/"), ask(https, "GET", "https://portal.example/")
	assert.NotEqual(t, first.Header.Get("X-Request-Id"), second.Header.Get("X-Request-Id"))
}
