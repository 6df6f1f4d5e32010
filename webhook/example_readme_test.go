package webhook_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/partnertest"
	"github.com/cspkit/partner/webhook"
)

// The host posts, and a program of the partner verifies.
func Example_inShort() {
	secret := bytes.Repeat([]byte{1}, 32) // yours is random, and shared with the receiver
	hook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil || webhook.Verify(r.Header, body, secret, time.Now()) != nil {
			w.WriteHeader(http.StatusUnauthorized)
		}
	}))
	defer hook.Close()

	notifier := webhook.NewNotifier(func(context.Context, partner.Notification) (webhook.Destination, error) {
		return webhook.Destination{URL: hook.URL, Format: webhook.CloudEvents, Secret: secret}, nil // from your database
	}, &webhook.Options{InsecureAllowPrivate: true}) // only for this hook, which is on this machine
	n := partnertest.Notification(partner.TopicIncident)
	n.Recipient = partnertest.Subscribers(0)[0]
	fmt.Println(notifier.Notify(context.Background(), n))
	// Output: <nil>
}
