package site

import (
	"net"
	"net/http"
	"strings"
)

// csp lets a page load its own stylesheet, script and images, and nothing else
// from anywhere.
const csp = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"form-action 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'"

// securityHeaders sets what every response has unless its handler says
// otherwise.
func (s *site) securityHeaders(h http.Header) {
	h.Set("Content-Security-Policy", csp)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin") // not "no-referrer", with which browsers send "Origin: null"
	h.Set("Permissions-Policy", "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
	if s.PublicURL.Scheme == "https" {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

// keepAddress is for a page whose address is a secret. No other page is told
// where somebody came from, and nobody lists it.
func keepAddress(h http.Header) {
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Robots-Tag", "noindex, nofollow, noarchive")
}

// hostSet is the set of normalised Host headers.
func hostSet(scheme string, hosts []string) map[string]bool {
	set := make(map[string]bool, len(hosts))
	port := map[string]string{"https": ":443"}[scheme]
	if port == "" {
		port = ":80"
	}
	for _, h := range hosts {
		h = normalHost(h)
		set[h] = true
		if bare, found := strings.CutSuffix(h, port); found { // browsers leave out the scheme's own port
			set[bare] = true
		} else if _, _, err := net.SplitHostPort(h); err != nil {
			set[h+port] = true
		}
	}
	return set
}

func normalHost(h string) string { return strings.ToLower(h) }

// sameOrigin reports whether the request is safe, or does not come from a page
// of somebody else. CrossOriginProtection lets through what has neither
// Sec-Fetch-Site nor Origin, for no browser of today sends a change without one
// of them. With a bearer token that is as it should be: no browser adds one by
// itself. What goes by the cookie must have one.
func (s *site) sameOrigin(r *http.Request, route Route) bool {
	if s.cross.Check(r) != nil {
		return false
	}
	return isSafe(r.Method) || route.API || r.Header.Get("Sec-Fetch-Site") != "" || r.Header.Get("Origin") != ""
}
