package webhook_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/webhook"
)

// posts is a service in memory. The zero value answers 200 to everything.
type posts struct {
	mu     sync.Mutex
	list   []post
	answer func(*http.Request) (*http.Response, error)
}

type post struct {
	method, url string
	header      http.Header
	body        []byte
}

func (p *posts) all() []post {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.list
}

func (p *posts) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	p.list = append(p.list, post{r.Method, r.URL.String(), r.Header, body})
	p.mu.Unlock()
	if p.answer != nil {
		return p.answer(r)
	}
	return response(http.StatusOK, ""), nil
}

func response(status int, body string) *http.Response {
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body))}
}

func (p *posts) client() *http.Client { return &http.Client{Transport: p} }

// notifier is one that posts to p.
func (p *posts) notifier(f webhook.Format, now time.Time) *webhook.Notifier {
	return webhook.NewNotifier(to("https://contoso.example/hook", f), &webhook.Options{
		Client: p.client(), Now: func() time.Time { return now },
	})
}

// to finds the same destination for everybody.
func to(url string, f webhook.Format) func(context.Context, partner.Notification) (webhook.Destination, error) {
	return func(context.Context, partner.Notification) (webhook.Destination, error) {
		return webhook.Destination{URL: url, Format: f, Secret: secret, Key: routingKey}, nil
	}
}

// has is strings.Contains. A test of long texts uses it, for a failure of
// assert.Contains prints them whole.
func has(text, part string) bool { return strings.Contains(text, part) }
