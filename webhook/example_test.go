package webhook_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/partnertest"
	"github.com/cspkit/partner/webhook"
)

// subscribed is the incident of a stolen password, for a partner's hook.
func subscribed() partner.Notification {
	n := partnertest.Notification(partner.TopicIncident)
	n.Recipient = partner.Recipient{
		Audience: partner.ToSubscriber, Medium: partner.MediumWebhook, URL: "https://hooks.contoso.com/7c1d",
	}
	return n
}

// A host finds the destination of each notification in its database. What the
// service says decides whether there is another try.
func ExampleNewNotifier() {
	// The partner's side. It is busy at first.
	busy := true
	hook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if busy {
			busy = false
			w.Header().Set("Retry-After", "120")
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	}))
	defer hook.Close()

	// The host's side: a table of what partners have registered.
	table := map[string]webhook.Destination{
		"https://hooks.contoso.com/7c1d": {URL: hook.URL, Format: webhook.CloudEvents, Secret: secret},
	}
	errUnknown := errors.New("no such hook")
	notifier := webhook.NewNotifier(func(_ context.Context, n partner.Notification) (webhook.Destination, error) {
		d, ok := table[n.Recipient.URL]
		if !ok {
			return d, partner.Permanent(errUnknown)
		}
		return d, nil
	}, &webhook.Options{InsecureAllowPrivate: true}) // the example's hook is on this machine

	err := notifier.Notify(context.Background(), subscribed())
	wait, ok := webhook.RetryAfter(err)
	fmt.Println(err)
	fmt.Println("again:", !partner.IsPermanent(err), ok, wait)

	fmt.Println("second try:", notifier.Notify(context.Background(), subscribed()))

	gone := subscribed()
	gone.Recipient.URL = "https://hooks.contoso.com/gone"
	err = notifier.Notify(context.Background(), gone)
	fmt.Println(err, errors.Is(err, errUnknown), partner.IsPermanent(err))
	// Output:
	// webhook: notification "0000000000000000000000000000000000000001": the service answered 503
	// again: true true 2m0s
	// second try: <nil>
	// no such hook true true
}

// A receiver verifies the body before it reads it, and knows by the ID what it
// has seen.
func ExampleVerify() {
	seen := map[string]bool{} // a table, for ten minutes at least
	hook := func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 64<<10))
		if err != nil || webhook.Verify(r.Header, body, secret, time.Now()) != nil {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		var event struct {
			ID, Type string
			Data     partner.Notification
		}
		if err := json.Unmarshal(body, &event); err != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		if !seen[event.ID] {
			seen[event.ID] = true
			fmt.Println(event.Type, "-", event.Data.Incident.Title)
		}
	}
	server := httptest.NewServer(http.HandlerFunc(hook))
	defer server.Close()

	notifier := webhook.NewNotifier(to(server.URL, webhook.CloudEvents), &webhook.Options{InsecureAllowPrivate: true})
	fmt.Println(notifier.Notify(context.Background(), subscribed()))
	fmt.Println(notifier.Notify(context.Background(), subscribed()), "and not shown twice")

	answer, err := http.Post(server.URL, "application/json", http.NoBody)
	if err == nil {
		fmt.Println("a stranger:", answer.Status)
		err = answer.Body.Close()
	}
	if err != nil {
		fmt.Println(err)
	}
	// Output:
	// com.github.cspkit.partner.incident - Sign-ins with a stolen password
	// <nil>
	// <nil> and not shown twice
	// a stranger: 401 Unauthorized
}

// What each service is sent, in short.
func ExampleBody() {
	n := subscribed()
	for _, f := range webhook.Formats() {
		body, err := webhook.Body(f, n)
		if err != nil {
			panic(err)
		}
		var members map[string]any
		if err := json.Unmarshal(body, &members); err != nil {
			panic(err)
		}
		fmt.Println(f, slices.Sorted(maps.Keys(members)))
	}
	// Output:
	// cloudevents [data datacontenttype id source specversion subject type]
	// teams [attachments type]
	// slack [blocks text unfurl_links unfurl_media]
	// pagerduty [dedup_key event_action links payload]
}
