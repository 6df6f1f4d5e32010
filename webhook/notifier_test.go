package webhook_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/partnertest"
	"github.com/cspkit/partner/webhook"
)

// receiver is a service that takes CloudEvents, as a partner would write it.
// What it delivers is the message that a program makes of an event.
type receiver struct {
	t  testing.TB
	mu sync.Mutex

	delivered []partnertest.Delivered
	refused   map[string]bool // by address: for good or not
	failing   map[string]error
	stalled   map[string]bool
}

func (s *receiver) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil || webhook.Verify(r.Header, body, secret, time.Now()) != nil {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	address := r.URL.Query().Get("to")
	s.mu.Lock()
	permanent, refused := s.refused[address]
	stalled := s.stalled[address]
	s.mu.Unlock()
	switch {
	case stalled:
		<-r.Context().Done()
		return
	case refused && permanent:
		http.Error(w, "<"+address+">: no such hook, and you said "+string(body), http.StatusGone)
		return
	case refused:
		http.Error(w, "<"+address+">: busy", http.StatusServiceUnavailable)
		return
	}
	var e cloudEvent
	if json.Unmarshal(body, &e) != nil || e.ID != r.Header.Get("webhook-id") {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	m := e.Data.Message()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.delivered = append(s.delivered, partnertest.Delivered{
		ID: e.ID, To: address, Subject: m.Subject, Text: m.Text, HTML: m.HTML, Header: map[string][]string{"To": nil},
	})
}

// RoundTrip is the way to the receiver, which can break.
func (s *receiver) through(next http.RoundTripper) http.RoundTripper {
	return roundTripper(func(r *http.Request) (*http.Response, error) {
		s.mu.Lock()
		err := s.failing[r.URL.Query().Get("to")]
		s.mu.Unlock()
		if err != nil {
			return nil, err
		}
		return next.RoundTrip(r)
	})
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// The Notifier keeps the promises of package partner, against a server that
// speaks HTTP.
func TestNotifierKeepsItsPromises(t *testing.T) {
	t.Parallel()
	partnertest.RunNotifier(t, func(t *testing.T) partnertest.NotifierHarness {
		s := &receiver{t: t, refused: map[string]bool{}, failing: map[string]error{}, stalled: map[string]bool{}}
		server := httptest.NewTLSServer(s)
		t.Cleanup(server.Close)
		client := server.Client()
		client.Transport = s.through(client.Transport)
		notifier := webhook.NewNotifier(func(_ context.Context, n partner.Notification) (webhook.Destination, error) {
			// The receiver stands for the one that the recipient names.
			u := server.URL + "/?to=" + url.QueryEscape(n.Recipient.URL)
			return webhook.Destination{URL: u, Format: webhook.CloudEvents, Secret: secret}, nil
		}, &webhook.Options{Client: client})
		locked := func(f func()) {
			s.mu.Lock()
			defer s.mu.Unlock()
			f()
		}
		return partnertest.NotifierHarness{
			Notifier: notifier,
			Serves:   func(m partner.Medium) bool { return m == partner.MediumWebhook },
			Delivered: func() (all []partnertest.Delivered) {
				locked(func() { all = append(all, s.delivered...) })
				return all
			},
			// A receiver makes the message of what it may know.
			Want: func(n partner.Notification) partnertest.Delivered {
				to := n.Recipient.URL
				n.Recipient = partner.Recipient{Audience: n.Recipient.Audience, Medium: n.Recipient.Medium}
				n.Answer = partner.Answer{}
				m := n.Message()
				return partnertest.Delivered{ID: n.ID, To: to, Subject: m.Subject, Text: m.Text, HTML: m.HTML}
			},
			Refuse: func(address string, permanent bool) { locked(func() { s.refused[address] = permanent }) },
			Fail:   func(address string, err error) { locked(func() { s.failing[address] = err }) },
			Stall:  func(address string) { locked(func() { s.stalled[address] = true }) },
		}
	})
}

// What is posted, in each format.
func TestRequests(t *testing.T) {
	t.Parallel()
	for _, f := range webhook.Formats() {
		var p posts
		n := incident()
		require.NoError(t, p.notifier(f, now).Notify(t.Context(), n))
		require.Len(t, p.all(), 1)
		sent := p.all()[0]
		assert.Equal(t, http.MethodPost, sent.method)
		assert.Equal(t, "https://contoso.example/hook", sent.url)
		want := "application/json"
		if f == webhook.CloudEvents {
			want = "application/cloudevents+json"
		}
		assert.Equal(t, want, sent.header.Get("Content-Type"))
		assert.NotEmpty(t, sent.header.Get("User-Agent"))

		whole := body(t, f, n)
		if f == webhook.PagerDuty {
			assert.Equal(t, routingKey, decode[pagerEvent](t, sent.body).RoutingKey)
			whole = append([]byte(`{"routing_key":"`+routingKey+`",`), whole[1:]...)
		}
		assert.Equal(t, string(whole), string(sent.body))
		if f == webhook.CloudEvents {
			require.NoError(t, webhook.Verify(sent.header, sent.body, secret, now))
			assert.Equal(t, n.ID, sent.header.Get("Webhook-Id"))
		} else {
			assert.Empty(t, sent.header.Get("Webhook-Signature"))
		}
		assert.NotContains(t, string(sent.body), string(secret))
	}
}

func TestOtherMediaAreRefused(t *testing.T) {
	t.Parallel()
	for _, medium := range []partner.Medium{partner.MediumMail, partner.MediumPhone, "pigeon", "Webhook"} {
		asked := false
		notifier := webhook.NewNotifier(func(context.Context, partner.Notification) (webhook.Destination, error) {
			asked = true
			return webhook.Destination{}, nil
		}, nil)
		n := incident()
		n.Recipient.Medium = medium
		err := notifier.Notify(t.Context(), n)
		require.Error(t, err)
		assert.True(t, partner.IsPermanent(err))
		assert.False(t, asked, "nobody is looked up who is not served")
	}
}

func TestErrorsOfFindComeOutAsTheyAre(t *testing.T) {
	t.Parallel()
	for _, want := range []error{errors.New("the database is down"), partner.Permanent(errors.New("no such hook"))} {
		notifier := webhook.NewNotifier(func(context.Context, partner.Notification) (webhook.Destination, error) {
			return webhook.Destination{URL: "https://contoso.example/", Format: webhook.Slack}, want
		}, nil)
		assert.Equal(t, want, notifier.Notify(t.Context(), incident()))
	}
}

// Find gets the whole notification and the context.
func TestFindIsAsked(t *testing.T) {
	t.Parallel()
	type key struct{}
	ctx := context.WithValue(t.Context(), key{}, "v")
	var p posts
	notifier := webhook.NewNotifier(func(ctx context.Context, n partner.Notification) (webhook.Destination, error) {
		assert.Equal(t, "v", ctx.Value(key{}))
		assert.Equal(t, incident(), n)
		return webhook.Destination{URL: markURL, Format: webhook.Slack}, nil
	}, &webhook.Options{Client: p.client()})
	require.NoError(t, notifier.Notify(ctx, incident()))
	assert.Equal(t, markURL, p.all()[0].url)
}

func TestNewNotifierNeedsFind(t *testing.T) {
	t.Parallel()
	assert.Panics(t, func() { webhook.NewNotifier(nil, nil) })
}

// An ID that cannot be signed cannot be sent as an event, ever.
func TestUnsignableIDsArePermanent(t *testing.T) {
	t.Parallel()
	n := incident()
	n.ID = "INC.1"
	var p posts
	err := p.notifier(webhook.CloudEvents, now).Notify(t.Context(), n)
	assert.True(t, partner.IsPermanent(err))
	assert.Contains(t, err.Error(), `"INC.1"`)
	assert.Empty(t, p.all())
	require.NoError(t, p.notifier(webhook.Teams, now).Notify(t.Context(), n))
}

// answerBody counts what is read of it, and whether it is closed.
type answerBody struct {
	endless bool
	stuck   <-chan struct{}
	read    int
	closed  bool
}

func (b *answerBody) Read(p []byte) (int, error) {
	if b.stuck != nil {
		<-b.stuck
		return 0, errors.New("interrupted")
	}
	if !b.endless {
		return 0, io.EOF
	}
	b.read += len(p)
	return len(p), nil
}

func (b *answerBody) Close() error { b.closed = true; return nil }

// Of an answer at most 1 MB is read, and it is closed whatever it says.
func TestAnswersAreBounded(t *testing.T) {
	t.Parallel()
	for _, status := range []int{200, 302, 404, 500} {
		for _, b := range []*answerBody{{}, {endless: true}} {
			p := &posts{answer: func(*http.Request) (*http.Response, error) {
				return &http.Response{StatusCode: status, Header: http.Header{}, Body: b}, nil
			}}
			err := p.notifier(webhook.Slack, now).Notify(t.Context(), incident())
			assert.Equal(t, status == 200, err == nil)
			assert.True(t, b.closed)
			assert.LessOrEqual(t, b.read, 1<<20)
		}
	}
}

// A service that has answered 200 has taken it, even if the rest never comes.
func TestAnswersThatNeverEnd(t *testing.T) {
	t.Parallel()
	var b *answerBody
	p := &posts{answer: func(r *http.Request) (*http.Response, error) {
		b = &answerBody{stuck: r.Context().Done()}
		return &http.Response{StatusCode: 200, Header: http.Header{}, Body: b}, nil
	}}
	require.NoError(t, p.notifier(webhook.Slack, now).Notify(t.Context(), incident()))
	assert.True(t, b.closed)
}

// A transport that could send a request again has nothing to send it with.
func TestRequestsCannotBeSentAgain(t *testing.T) {
	t.Parallel()
	p := &posts{answer: func(r *http.Request) (*http.Response, error) {
		assert.Nil(t, r.GetBody)
		assert.Positive(t, r.ContentLength)
		return response(200, ""), nil
	}}
	require.NoError(t, p.notifier(webhook.Slack, now).Notify(t.Context(), incident()))
}

// Nothing in the options is changed, and the defaults are those of nil.
func TestOptionsStayAsTheyAre(t *testing.T) {
	t.Parallel()
	var p posts
	client := p.client()
	opts := &webhook.Options{Client: client}
	n := webhook.NewNotifier(to("https://contoso.example/", webhook.CloudEvents), opts)
	require.NoError(t, n.Notify(t.Context(), incident()))
	assert.Nil(t, client.CheckRedirect)
	assert.Nil(t, opts.Now)
	sent := p.all()[0]
	require.NoError(t, webhook.Verify(sent.header, sent.body, secret, time.Now()), "the clock is that of the machine")
	assert.False(t, bytes.Contains(sent.body, []byte(markName)))
}
