package site_test

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/site"
)

func TestBodyIsLimited(t *testing.T) {
	t.Parallel()
	h := newSite(t, site.Options{})
	for _, tt := range []struct {
		name   string
		size   int64
		known  bool
		status int
	}{
		{"small", 256 << 10, true, 200},
		{"large", 256<<10 + 1, true, 413},
		{"small, length unknown", 256 << 10, false, 200},
		{"large, length unknown", 256<<10 + 1, false, 413},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := httptest.NewRequest("POST", here+"/upload", io.LimitReader(zeros{}, tt.size))
			r.Header.Set("Sec-Fetch-Site", "same-origin")
			r.ContentLength = -1
			if tt.known {
				r.ContentLength = tt.size
			}
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			assert.Equal(t, tt.status, w.Code)
		})
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }

// signInBurst is the number of requests to sign in that one address may send at
// once. Fifteen colleagues need thirty, two each, and may all try again.
const signInBurst = 120

func TestSignInIsLimitedByClient(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC)
	h := newSite(t, site.Options{
		Now: func() time.Time { return now }, TrustedProxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")},
	})
	attempt := func(address string, forwarded ...string) int {
		r := httptest.NewRequest("POST", here+"/enter", nil)
		r.RemoteAddr = address
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		r.Header["X-Forwarded-For"] = forwarded
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code == http.StatusTooManyRequests {
			assert.NotEmpty(t, w.Header().Get("Retry-After"))
		}
		return w.Code
	}
	for range signInBurst {
		require.Equal(t, 200, attempt("192.0.2.1:1000"))
	}
	assert.Equal(t, 429, attempt("192.0.2.1:1001"), "another port is no other client")
	assert.Equal(t, 429, attempt("192.0.2.1:1000", "198.51.100.7"), "who is no proxy cannot say who it is")
	assert.Equal(t, 429, attempt("[::ffff:192.0.2.1]:1000"), "the same address in IPv6")
	assert.Equal(t, 200, attempt("192.0.2.2:1000"), "another client")
	assert.Equal(t, 429, attempt("10.0.0.1:1000", "198.51.100.1, 192.0.2.1"), "the last one that is no proxy")
	assert.Equal(t, 429, attempt("10.0.0.1:1000", "198.51.100.1, 192.0.2.1", "10.9.9.9"), "through two proxies")
	assert.Equal(t, 200, attempt("10.0.0.1:1000", "192.0.2.1, 198.51.100.1"))
	assert.Equal(t, 429, attempt("10.0.0.1:1000", "192.0.2.1:5678"), "some proxies tell the port, too")
	for range signInBurst {
		attempt("[2001:db8::1]:1000")
	}
	assert.Equal(t, 429, attempt("[2001:db8::2]:1000"), "one customer's network")
	assert.Equal(t, 429, attempt("10.0.0.1:1000", "[2001:db8::3]:5"), "with a port")
	assert.Equal(t, 200, attempt("[2001:db8:0:1::2]:1000"), "another's")
	now = now.Add(time.Second)
	assert.Equal(t, 200, attempt("192.0.2.1:1000"), "one more after a second")
	assert.Equal(t, 429, attempt("192.0.2.1:1000"))
}

// A proxy that is not named makes one client of everybody: that is said once.
func TestAProxyThatIsNotNamed(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	h := newSite(t, site.Options{
		Log:            slog.New(slog.NewTextHandler(&log, nil)),
		TrustedProxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")},
	})
	for _, tt := range []struct {
		address, forwarded string
		said               int
	}{
		{"192.0.2.1:1000", "", 0}, {"10.0.0.1:1000", "192.0.2.1", 0}, {"192.0.2.1:1000", "198.51.100.7", 1},
		{"192.0.2.1:1000", "198.51.100.8", 1},
	} {
		r := httptest.NewRequest("POST", here+"/enter", nil)
		r.RemoteAddr = tt.address
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		if tt.forwarded != "" {
			r.Header.Set("X-Forwarded-For", tt.forwarded)
		}
		h.ServeHTTP(httptest.NewRecorder(), r)
		assert.Equal(t, tt.said, strings.Count(log.String(), "--trusted-proxies"))
		assert.NotContains(t, log.String(), "198.51.100")
	}
}
