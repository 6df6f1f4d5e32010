package alert_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/alert"
)

const token = "Bearer secret-token"

// transport adds the token to every request, as a host's does.
type transport struct{ next http.RoundTripper }

func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", token)
	return t.next.RoundTrip(r)
}

// roundTrip is a transport without a network, so that virtual time passes.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// serve returns the client of a handler, over HTTP.
func serve(t *testing.T, handler http.HandlerFunc) (*alert.Client, string) {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	hc := &http.Client{Transport: transport{server.Client().Transport}}
	return alert.NewClient(hc, &alert.ClientOptions{BaseURL: server.URL + "/beta/"}), server.URL
}

// virtual returns the client of a handler that is called without a network.
func virtual(handler http.HandlerFunc) *alert.Client {
	return alert.NewClient(&http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
		if err := r.Context().Err(); err != nil {
			return nil, err
		}
		w := httptest.NewRecorder()
		handler(w, r)
		return w.Result(), nil
	})}, nil)
}

type listed struct {
	ids  []string
	errs []error
}

func list(ctx context.Context, c *alert.Client) (l listed) {
	for a, err := range c.Alerts(ctx, time.Time{}) {
		if err != nil {
			l.errs = append(l.errs, err)
			continue
		}
		l.ids = append(l.ids, a.ID)
	}
	return l
}

func write(w io.Writer, format string, args ...any) { _, _ = fmt.Fprintf(w, format, args...) }

func TestClientAlerts(t *testing.T) {
	t.Parallel()
	var requests []string
	var base string
	client, base := serve(t, func(w http.ResponseWriter, r *http.Request) {
		assert.Equal(t, http.MethodGet, r.Method)
		assert.Equal(t, "/beta/security/partner/securityAlerts", r.URL.Path)
		assert.Equal(t, token, r.Header.Get("Authorization"))
		assert.Equal(t, "application/json", r.Header.Get("Accept"))
		requests = append(requests, r.URL.RawQuery)
		switch r.URL.Query().Get("$skiptoken") {
		case "":
			write(w,
				`{"value":[{"id":"a"},{"id":""},{"id":"b"}],`+
					`"@odata.nextLink":"%s/beta/security/partner/securityAlerts?$skiptoken=1"}`, base)
		case "1":
			write(w, `{"value":[],"@odata.nextLink":"?$skiptoken=2#x"}`)
		default:
			write(w, "\uFEFF"+`{"value":[{"id":"c"}]}`)
		}
	})
	since := time.Date(2026, 10, 1, 2, 3, 4, 567, time.FixedZone("", 7200))
	var ids []string
	var errs []error
	alerts := client.Alerts(t.Context(), since)
	for a, err := range alerts {
		if err != nil {
			assert.Zero(t, a)
			assert.Equal(t, []string{"a", "b"}, ids, "after the alerts of its page")
			errs = append(errs, err)
			continue
		}
		ids = append(ids, a.ID)
	}
	assert.Equal(t, []string{"a", "b", "c"}, ids)
	require.Len(t, errs, 1)
	assert.Equal(t, []int{1}, indexes(errs[0]), "what cannot be read is one error, and the next page follows")
	assert.Equal(t, []string{
		"$filter=detectedDateTime%20ge%202026-10-01T00%3A03%3A04Z", "$skiptoken=1", "$skiptoken=2",
	}, requests)

	for _, err := range alerts {
		require.NoError(t, err)
		break
	}
	assert.Len(t, requests, 4, "a loop that ends asks for no further page")
	for _, err := range alerts {
		if err != nil {
			break
		}
	}
	assert.Len(t, requests, 5)

	requests = nil
	list(t.Context(), client)
	assert.Empty(t, requests[0], "a zero time asks for all")
}

func TestClientErrors(t *testing.T) {
	t.Parallel()
	page := `{"value":[{"id":"a"}],"@odata.nextLink":"%s"}`
	tests := []struct {
		name    string
		handler func(w http.ResponseWriter, r *http.Request)
		ids     []string
		status  int
		text    string
		why     string
	}{
		{"401", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(401) }, nil, 401, "401 Unauthorized", ""},
		{"403", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(403) }, nil, 403, "403 Forbidden", ""},
		{"500", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) }, nil, 500, "500", ""},
		{"599", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(599) }, nil, 599, "answered 599", ""},
		{"304", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(304) }, nil, 304, "304", ""},
		{"a document that is none",
			func(w http.ResponseWriter, _ *http.Request) { write(w, `{"value":[{"id":"a"},7,{"id`) }, []string{"a"}, 0,
			"offset", "what was read before comes first"},
		{"no document", func(w http.ResponseWriter, _ *http.Request) { write(w, `<html>`) }, nil, 0, "offset 0", ""},
		{"another scheme", func(w http.ResponseWriter, r *http.Request) { write(w, page, "https://"+r.Host+"/beta") },
			[]string{"a"}, 0,
			"elsewhere", ""},
		{"another host", func(w http.ResponseWriter, r *http.Request) { write(w, page, "http://contoso.com/beta") },
			[]string{"a"}, 0,
			"elsewhere", ""},
		{"another port", func(w http.ResponseWriter, r *http.Request) { write(w, page, "http://127.0.0.1:1/beta") },
			[]string{"a"}, 0,
			"elsewhere", ""},
		{"a user name", func(w http.ResponseWriter, r *http.Request) { write(w, page, "http://robin@"+r.Host+"/beta") },
			[]string{"a"}, 0,
			"elsewhere", ""},
		{"no port", func(w http.ResponseWriter, r *http.Request) { write(w, page, "http://127.0.0.1/beta") },
			[]string{"a"}, 0,
			"elsewhere", ""},
		{"no URL", func(w http.ResponseWriter, r *http.Request) { write(w, page, "http://[robin") }, []string{"a"}, 0,
			"elsewhere", ""},
		{"a file", func(w http.ResponseWriter, r *http.Request) { write(w, page, "file:///etc/passwd") }, []string{"a"},
			0, "elsewhere", ""},
		{"a loop", func(w http.ResponseWriter, r *http.Request) { write(w, page, "?a=1#b") }, []string{"a", "a"}, 0,
			"read before", ""},
		{"itself", func(w http.ResponseWriter, r *http.Request) { write(w, page, "securityAlerts") }, []string{"a"}, 0,
			"read before", ""},
		{"over 32 MB", func(w http.ResponseWriter, _ *http.Request) {
			write(w, `{"value":[{"id":"a"}]`)
			line := strings.Repeat(" ", 1<<20)
			for range 32 {
				write(w, "%s", line)
			}
			write(w, `}`)
		}, nil, 0, "32 MB", ""},
		{"cut off", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			write(w, `{"value":[`)
		}, nil, 0, "no answer", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			client, _ := serve(t, tt.handler)
			got := list(t.Context(), client)
			assert.Equal(t, tt.ids, got.ids, tt.why)
			require.Len(t, got.errs, 1, "any other error is the last")
			require.ErrorContains(t, got.errs[0], tt.text)
			assert.NotContains(t, got.errs[0].Error(), "robin")
			if tt.status != 0 {
				status, ok := errors.AsType[*alert.StatusError](got.errs[0])
				require.True(t, ok)
				assert.Equal(t, tt.status, status.StatusCode)
			}
		})
	}
}

// As much as is allowed is read.
func TestClientAnswerOf32MB(t *testing.T) {
	t.Parallel()
	client := virtual(func(w http.ResponseWriter, _ *http.Request) {
		document := `{"value":[{"id":"a"}]}`
		write(w, "%s%s", document, strings.Repeat(" ", 32<<20-len(document)))
	})
	got := list(t.Context(), client)
	assert.Equal(t, listed{ids: []string{"a"}}, got)
}

func TestClientSendsTheTokenNowhereElse(t *testing.T) {
	t.Parallel()
	var stolen atomic.Int32
	thief := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { stolen.Add(1) }))
	t.Cleanup(thief.Close)
	for _, code := range []int{301, 302, 303, 307, 308} {
		client, _ := serve(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, thief.URL, code) })
		got := list(t.Context(), client)
		require.Len(t, got.errs, 1)
		status, ok := errors.AsType[*alert.StatusError](got.errs[0])
		require.True(t, ok)
		assert.Equal(t, code, status.StatusCode)
		require.Error(t, client.Resolve(t.Context(), "a", alert.ReasonFraud))
	}
	client, _ := serve(t,
		func(w http.ResponseWriter, r *http.Request) { write(w, `{"value":[],"@odata.nextLink":%q}`, thief.URL) })
	assert.Len(t, list(t.Context(), client).errs, 1)
	assert.Zero(t, stolen.Load())
}

func TestClientLeavesTheHostsClientAsItIs(t *testing.T) {
	t.Parallel()
	hc := &http.Client{}
	alert.NewClient(hc, nil)
	assert.Nil(t, hc.CheckRedirect)
	assert.Panics(t, func() { alert.NewClient(nil, nil) })
}

func TestClientDefaultBaseURL(t *testing.T) {
	t.Parallel()
	var urls []string
	client := virtual(func(w http.ResponseWriter, r *http.Request) {
		urls = append(urls, r.URL.String())
		if len(urls) == 1 {
			write(w, `{"value":[],"@odata.nextLink":"HTTPS://Graph.Microsoft.com:443/beta/x?$skiptoken=1"}`)
			return
		}
		write(w, `[]`)
	})
	assert.Equal(t, listed{}, list(t.Context(), client), "a default port and capitals are no other host")
	assert.Equal(t, []string{
		"https://graph.microsoft.com/beta/security/partner/securityAlerts",
		"https://Graph.Microsoft.com:443/beta/x?$skiptoken=1",
	}, urls)
}

func TestClientUnusableBaseURL(t *testing.T) {
	t.Parallel()
	for _, base := range []string{"graph.microsoft.com", "ftp://contoso.com", "https://", "https://robin@contoso.com",
		"http://[", "/beta"} {
		client := alert.NewClient(&http.Client{Transport: roundTrip(func(*http.Request) (*http.Response, error) {
			t.Error("nothing is sent")
			return nil, io.EOF
		})}, &alert.ClientOptions{BaseURL: base})
		got := list(t.Context(), client)
		require.Len(t, got.errs, 1, base)
		require.ErrorContains(t, got.errs[0], "BaseURL")
		assert.ErrorContains(t, client.Resolve(t.Context(), "a", alert.ReasonFraud), "BaseURL")
	}
}

func TestClientWaits(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name       string
		status     int
		retryAfter func(now time.Time) string
		failures   int
		waited     time.Duration
		fails      bool
		why        string
	}{
		{"seconds", 429, func(time.Time) string { return "7" }, 2, 14 * time.Second, false, ""},
		{"a date", 503, func(now time.Time) string { return now.Add(9 * time.Second).UTC().Format(http.TimeFormat) }, 1,
			9 * time.Second, false, ""},
		{"a date that has passed", 429,
			func(now time.Time) string { return now.Add(-time.Hour).UTC().Format(http.TimeFormat) }, 5, 0, false, ""},
		{"at once", 429, func(time.Time) string { return "0" }, 5, 0, false, ""},
		{"an hour", 503, func(time.Time) string { return "3600" }, 1, 5 * time.Minute, false, "at most five minutes"},
		{"exactly five minutes", 503, func(time.Time) string { return "300" }, 1, 5 * time.Minute, false, ""},
		{"an eternity", 429, func(time.Time) string { return strings.Repeat("9", 30) }, 1, 5 * time.Minute, false, ""},
		{"a far date", 429, func(time.Time) string { return "Fri, 31 Dec 9999 23:59:59 GMT" }, 1, 5 * time.Minute, false, ""},
		{"nothing", 429, func(time.Time) string { return "" }, 5, 31 * time.Second, false, "1, 2, 4, 8 and 16 seconds"},
		{"rubbish", 503, func(time.Time) string { return "-1" }, 3, 7 * time.Second, false, ""},
		{"six failures", 429, func(time.Time) string { return "10" }, 6, 50 * time.Second, true,
			"five tries more, and no sixth"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				requests := 0
				handler := func(w http.ResponseWriter, r *http.Request) {
					if requests++; requests <= tt.failures {
						w.Header().Set("Retry-After", tt.retryAfter(time.Now()))
						w.WriteHeader(tt.status)
						return
					}
					body, err := io.ReadAll(r.Body)
					assert.NoError(t, err)
					assert.Equal(t, r.Method == http.MethodPatch, len(body) > 0, "the body is sent again")
					write(w, `{"value":[{"id":"a"}]}`)
				}
				client := virtual(handler)
				start := time.Now()
				got := list(t.Context(), client)
				assert.Equal(t, tt.waited, time.Since(start), tt.why)
				assert.Equal(t, min(tt.failures, 5)+1, requests)

				requests = 0
				err := client.Resolve(t.Context(), "a", alert.ReasonIgnore)
				if !tt.fails {
					assert.Equal(t, listed{ids: []string{"a"}}, got)
					assert.NoError(t, err)
					return
				}
				require.Len(t, got.errs, 1)
				for _, err := range []error{err, got.errs[0]} {
					status, ok := errors.AsType[*alert.StatusError](err)
					require.True(t, ok)
					assert.Equal(t, tt.status, status.StatusCode)
				}
			})
		})
	}
}

func TestClientContext(t *testing.T) {
	t.Parallel()
	cause := errors.New("the host shuts down")
	t.Run("while it waits", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			client := virtual(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Retry-After", "60")
				w.WriteHeader(http.StatusTooManyRequests)
			})
			ctx, cancel := context.WithCancelCause(t.Context())
			time.AfterFunc(time.Second, func() { cancel(cause) })
			start := time.Now()
			got := list(ctx, client)
			assert.Equal(t, time.Second, time.Since(start), "nobody waits for nothing")
			require.Len(t, got.errs, 1)
			assert.ErrorIs(t, got.errs[0], cause)
		})
	})
	t.Run("between two pages", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		client, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
			write(w, `{"value":[{"id":"a"}],"@odata.nextLink":"?page=%d"}`, len(r.URL.RawQuery)+1)
		})
		var errs []error
		for _, err := range client.Alerts(ctx, time.Time{}) {
			cancel()
			if err != nil {
				errs = append(errs, err)
			}
		}
		require.Len(t, errs, 1)
		require.ErrorIs(t, errs[0], context.Canceled)
		assert.EqualError(t, errs[0], "alert: no answer from the API: context canceled")
	})
	t.Run("a deadline", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithDeadline(t.Context(), time.Unix(0, 0))
		defer cancel()
		client, _ := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("nothing is sent") })
		err := client.Resolve(ctx, "a", alert.ReasonFraud)
		assert.ErrorIs(t, err, context.DeadlineExceeded)
	})
}

// secretError is what a token service may say.
type secretError struct{ Body string }

func (e *secretError) Error() string { return e.Body }

func TestClientErrorsHoldNoSecret(t *testing.T) {
	t.Parallel()
	cause := &secretError{"robin.vale@contoso.com has no licence"}
	client := alert.NewClient(&http.Client{Transport: roundTrip(func(*http.Request) (*http.Response,
		error) {
		return nil, cause
	})},
		&alert.ClientOptions{BaseURL: "https://contoso.com/robin"})
	for _, err := range []error{
		list(t.Context(), client).errs[0], client.Resolve(t.Context(), "robin", alert.ReasonFraud),
		client.Resolve(t.Context(), "robin", "robin"),
	} {
		encoded, _ := json.Marshal(err)
		text := fmt.Sprintf("%v %+v %#v %s %q %d %s", err, err, err, err, err, err, encoded)
		assert.NotContains(t, text, "robin")
		assert.NotContains(t, text, "contoso")
	}
	err := list(t.Context(), client).errs[0]
	got, ok := errors.AsType[*secretError](err)
	require.True(t, ok, "errors.As sees why the transport failed")
	assert.Same(t, cause, got)
	_, ok = errors.AsType[*url.Error](err)
	assert.True(t, ok)
	for _, verb := range []string{"%v", "%+v", "%#v"} {
		assert.NotContains(t, fmt.Sprintf(verb, client), "robin")
	}
}

func TestClientResolve(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, id string
		reason   alert.Reason
		path     string
	}{
		{"a pair", "2A7064FB-1e33-4007-974e-352cb3f2c805_2edeb5b1-766f-4209-9271-3ddf27755afa", alert.ReasonFraud,
			"2a7064fb-1e33-4007-974e-352cb3f2c805-2edeb5b1-766f-4209-9271-3ddf27755afa"},
		{"a pair of Graph's", "2a7064fb-1e33-4007-974e-352cb3f2c805-2edeb5b1-766f-4209-9271-3ddf27755afa", alert.ReasonIgnore,
			"2a7064fb-1e33-4007-974e-352cb3f2c805-2edeb5b1-766f-4209-9271-3ddf27755afa"},
		{"one UUID", "D8B202FC-a216-3404-69ef-bdffa445eff6", alert.ReasonLegitimate, "d8b202fc-a216-3404-69ef-bdffa445eff6"},
		{"another ID", " a_b ", alert.ReasonFraud, "a_b"},
		{"a path", "../a/b?c#d%2e", alert.ReasonFraud, "..%2Fa%2Fb%3Fc%23d%252e"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			requests := 0
			client, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
				requests++
				assert.Equal(t, http.MethodPatch, r.Method)
				assert.Equal(t, "/beta/security/partner/securityAlerts/"+tt.path, r.URL.EscapedPath())
				assert.Equal(t, "application/json", r.Header.Get("Content-Type"))
				body, err := io.ReadAll(r.Body)
				assert.NoError(t, err)
				assert.JSONEq(t, `{"status":"resolved","resolvedReason":`+strconv.Quote(string(tt.reason))+`}`, string(body))
				write(w, `{"id":"a"}`)
			})
			require.NoError(t, client.Resolve(t.Context(), tt.id, tt.reason))
			assert.Equal(t, 1, requests)
		})
	}

	refused := []struct {
		id     string
		reason alert.Reason
	}{
		{"a", ""}, {"a", "Fraud"}, {"a", "other"}, {"", alert.ReasonFraud}, {" \n", alert.ReasonFraud}, {".",
			alert.ReasonFraud},
		{"..", alert.ReasonFraud},
	}
	for _, tt := range refused {
		client, _ := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("nothing is sent") })
		require.Error(t, client.Resolve(t.Context(), tt.id, tt.reason), "%q %q", tt.id, tt.reason)
	}

	client, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	require.NoError(t, client.Resolve(t.Context(), "a", alert.ReasonFraud))
	client, _ = serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) })
	err := client.Resolve(t.Context(), "a", alert.ReasonFraud)
	status, ok := errors.AsType[*alert.StatusError](err)
	require.True(t, ok)
	assert.Equal(t, http.StatusNotFound, status.StatusCode)
}
