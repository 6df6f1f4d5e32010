package webhook_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/webhook"
)

var now = time.Date(2026, 11, 23, 8, 5, 0, 0, time.UTC)

// Every status of an answer, and what becomes of it.
func TestStatuses(t *testing.T) {
	t.Parallel()
	for status := 100; status < 620; status++ {
		p := &posts{answer: func(*http.Request) (*http.Response, error) { return response(status, ""), nil }}
		err := p.notifier(webhook.Slack, now).Notify(t.Context(), incident())
		require.Len(t, p.all(), 1, "one call is one request")
		if 200 <= status && status < 300 {
			require.NoError(t, err, "%d", status)
			continue
		}
		require.Error(t, err, "%d", status)
		permanent := 300 <= status && status < 500 && status != 408 && status != 429
		assert.Equal(t, permanent, partner.IsPermanent(err), "%d", status)
		assert.Contains(t, err.Error(), fmt.Sprint(status))
		got, ok := webhook.Status(fmt.Errorf("again: %w", err))
		assert.True(t, ok, "%d", status)
		assert.Equal(t, status, got, "a host switches a webhook off that is gone")
		assert.Contains(t, err.Error(), incident().ID)
	}
}

// Where nothing was answered there is no status.
func TestNoStatus(t *testing.T) {
	t.Parallel()
	p := &posts{answer: func(*http.Request) (*http.Response, error) { return nil, errors.New("the wire is cut") }}
	for _, err := range []error{nil, errors.New("another"),
		p.notifier(webhook.Slack, now).Notify(t.Context(), incident())} {
		got, ok := webhook.Status(err)
		assert.False(t, ok)
		assert.Zero(t, got)
	}
}

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, why, header string
		status            int
		want              time.Duration
		ok                bool
	}{
		{"seconds", "RFC 9110", "120", 429, 2 * time.Minute, true},
		{"at once", "0 is a number", "0", 503, 0, true},
		{"a date", "RFC 9110", "Mon, 23 Nov 2026 08:06:30 GMT", 503, 90 * time.Second, true},
		{"a date that has passed", "never below zero", "Mon, 23 Nov 2026 08:00:00 GMT", 503, 0, true},
		{"of a time-out", "any status that may help later", "1", 408, time.Second, true},
		{"for ever", "no overflow", "9223372036854775807", 503, 9223372036 * time.Second, true},
		{"more than for ever", "no number", "99999999999999999999", 503, 0, false},
		{"none", "most send none", "", 429, 0, false},
		{"below zero", "no number", "-1", 429, 0, false},
		{"a fraction", "no number", "1.5", 429, 0, false},
		{"words", "no number", "soon", 429, 0, false},
		{"of a refusal", "another try cannot help", "1", 404, 0, false},
		{"of a redirect", "another try cannot help", "1", 301, 0, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := &posts{answer: func(*http.Request) (*http.Response, error) {
				r := response(c.status, "")
				if c.header != "" {
					r.Header.Set("Retry-After", c.header)
				}
				return r, nil
			}}
			err := p.notifier(webhook.Slack, now).Notify(t.Context(), incident())
			for _, err := range []error{err, fmt.Errorf("again: %w", err), errors.Join(errors.New("mail"), err)} {
				got, ok := webhook.RetryAfter(err)
				assert.Equal(t, c.ok, ok, c.why)
				assert.Equal(t, c.want, got, c.why)
			}
		})
	}
	for _, err := range []error{nil, errors.New("another"), partner.Permanent(errors.New("another"))} {
		_, ok := webhook.RetryAfter(err)
		assert.False(t, ok)
	}
}

// stranger is an error of a host's transport that holds everything.
type stranger struct{ URL, Secret string }

func (e stranger) Error() string { return e.URL + " " + e.Secret }

// No verb, no JSON and no log of an error holds what the cause holds. errors.Is
// and errors.As see it.
func TestErrorsHoldNoURL(t *testing.T) {
	t.Parallel()
	cause := stranger{"https://contoso.example/thimblerigger", string(secret)}
	for name, err := range map[string]error{
		"as it is":  cause,
		"wrapped":   fmt.Errorf("%s: %w", cause.URL, cause),
		"url.Error": &url.Error{Op: "Post", URL: cause.URL, Err: cause},
		"joined":    errors.Join(cause, &url.Error{Op: "Post", URL: cause.URL, Err: cause}),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := &posts{answer: func(*http.Request) (*http.Response, error) { return nil, err }}
			n := incident()
			n.ID = strings.Repeat("x", 10_000) // hostile, and no format that is signed
			got := p.notifier(webhook.Slack, now).Notify(t.Context(), n)
			require.Error(t, got)
			require.ErrorIs(t, got, cause)
			_, isURL := errors.AsType[*url.Error](got)
			assert.Equal(t, name == "joined", isURL, "only what a transport hides deeper is left")
			assert.False(t, partner.IsPermanent(got))
			data, jsonErr := json.Marshal([]any{got})
			require.NoError(t, jsonErr)
			texts := []string{got.Error(), string(data), fmt.Sprint(partner.Permanent(got))}
			for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d", "%t", "%U"} {
				texts = append(texts, fmt.Sprintf(verb, got), fmt.Sprintf(verb, []error{got}), fmt.Sprintf(verb,
					partner.Permanent(got)))
			}
			for _, text := range texts {
				assert.NotContains(t, text, "thimblerigger")
				assert.NotContains(t, text, "contoso.example")
				assert.Less(t, len(text), 600)
			}
		})
	}
}

// A service that echoes what it was sent does not get it into an error.
func TestErrorsHoldNothingOfTheAnswer(t *testing.T) {
	t.Parallel()
	for _, status := range []int{302, 400, 500} {
		p := &posts{answer: func(*http.Request) (*http.Response, error) {
			r := response(status, "marmalade")
			r.Status = "400 marmalade"
			r.Header.Set("Location", "https://contoso.example/marmalade")
			return r, nil
		}}
		err := p.notifier(webhook.PagerDuty, now).Notify(t.Context(), incident())
		require.Error(t, err)
		for _, hidden := range []string{"marmalade", "contoso", routingKey, markName, markEmail} {
			assert.NotContains(t, err.Error(), hidden)
		}
	}
}

// What a done context says, whatever the transport makes of it.
func TestDoneContexts(t *testing.T) {
	t.Parallel()
	why := errors.New("the host shuts down")
	for _, c := range []struct {
		name, says string
		err        error
		ctx        func() (context.Context, context.CancelFunc)
		during     bool
	}{
		{"cancelled before", "cancelled", context.Canceled, func() (context.Context, context.CancelFunc) {
			return context.WithCancel(t.Context())
		}, false},
		{"cancelled during", "cancelled", context.Canceled, func() (context.Context, context.CancelFunc) {
			return context.WithCancel(t.Context())
		}, true},
		{"cancelled with a cause", "cancelled", context.Canceled, func() (context.Context, context.CancelFunc) {
			ctx, cancel := context.WithCancelCause(t.Context())
			return ctx, func() { cancel(why) }
		}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := c.ctx()
			defer cancel()
			p := &posts{answer: func(r *http.Request) (*http.Response, error) {
				cancel()
				<-r.Context().Done()
				return nil, errors.New("interrupted")
			}}
			if !c.during {
				cancel()
			}
			err := p.notifier(webhook.Slack, now).Notify(ctx, incident())
			require.ErrorIs(t, err, c.err)
			assert.Contains(t, err.Error(), c.says)
			assert.False(t, partner.IsPermanent(err))
			assert.Equal(t, c.during, len(p.all()) == 1)
		})
	}
}
