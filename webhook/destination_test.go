package webhook_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/webhook"
)

// secret is that of Standard Webhooks' own vector, without "whsec_".
var secret, _ = base64.StdEncoding.DecodeString("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")

const routingKey = "0123456789abcdef0123456789abcdef"

// Each destination, good or not. What is not usable is refused before anything
// is sent.
func TestDestinations(t *testing.T) {
	t.Parallel()
	good := func(f webhook.Format) webhook.Destination {
		return webhook.Destination{URL: "https://contoso.example/hook", Format: f, Secret: secret, Key: routingKey}
	}
	for _, c := range []struct {
		name, why string
		d         webhook.Destination
		change    func(*webhook.Destination)
		insecure  bool
		ok        bool
	}{
		{name: "cloudevents", why: "the base of the others", d: good(webhook.CloudEvents), ok: true},
		{name: "teams", why: "no secret is needed", d: webhook.Destination{URL: "https://contoso.example/",
			Format: webhook.Teams}, ok: true},
		{name: "slack", why: "no secret is needed", d: webhook.Destination{URL: "https://contoso.example/",
			Format: webhook.Slack}, ok: true},
		{name: "pagerduty", why: "the key is all", d: webhook.Destination{URL: "https://contoso.example/",
			Format: webhook.PagerDuty, Key: "k"}, ok: true},
		{name: "zero", why: "nothing was found"},
		{name: "no URL", why: "nowhere", d: good(webhook.Slack), change: func(d *webhook.Destination) { d.URL = "" }},
		{name: "http", why: "anybody on the way reads it", d: good(webhook.Slack), change: func(d *webhook.Destination) {
			d.URL = "http://contoso.example/"
		}},
		{name: "http, insecure", why: "the host said so", d: good(webhook.Slack), insecure: true, ok: true,
			change: func(d *webhook.Destination) {
				d.URL = "http://contoso.example/"
			}},
		{name: "ftp, insecure", why: "insecure means http", d: good(webhook.Slack), insecure: true,
			change: func(d *webhook.Destination) {
				d.URL = "ftp://contoso.example/"
			}},
		{name: "relative", why: "nowhere", d: good(webhook.Slack), change: func(d *webhook.Destination) { d.URL = "/hook" }},
		{name: "a user", why: "it passes for the host", d: good(webhook.Slack), change: func(d *webhook.Destination) {
			d.URL = "https://contoso.example@fabrikam.example/"
		}},
		{name: "a line break", why: "no URL has one", d: good(webhook.Slack),
			change: func(d *webhook.Destination) { d.URL += "\r\n" }},
		{name: "no format", why: "nobody knows what to post", d: good("")},
		{name: "another format", why: "nobody knows what to post", d: good("discord")},
		{name: "no secret", why: "anybody could send such an event", d: good(webhook.CloudEvents),
			change: func(d *webhook.Destination) { d.Secret = nil }},
		{name: "short secret", why: "it can be guessed", d: good(webhook.CloudEvents),
			change: func(d *webhook.Destination) { d.Secret = secret[:23] }},
		{name: "long secret", why: "receivers may not take it", d: good(webhook.CloudEvents),
			change: func(d *webhook.Destination) {
				d.Secret = bytes.Repeat(secret, 3)[:65]
			}},
		{name: "the longest secret", why: "the limit is allowed", d: good(webhook.CloudEvents), ok: true,
			change: func(d *webhook.Destination) {
				d.Secret = bytes.Repeat(secret, 3)[:64]
			}},
		{name: "no key", why: "PagerDuty would refuse it", d: good(webhook.PagerDuty),
			change: func(d *webhook.Destination) { d.Key = "" }},
		{name: "a long key", why: "no key is so long", d: good(webhook.PagerDuty),
			change: func(d *webhook.Destination) { d.Key = strings.Repeat("k", 129) }},
		{name: "a key with a line break", why: "it was pasted", d: good(webhook.PagerDuty),
			change: func(d *webhook.Destination) { d.Key += "\n" }},
		{name: "a key that is not ASCII", why: "no key is", d: good(webhook.PagerDuty),
			change: func(d *webhook.Destination) { d.Key = "é" }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if c.change != nil {
				c.change(&c.d)
			}
			var posts posts
			find := func(context.Context, partner.Notification) (webhook.Destination, error) { return c.d, nil }
			n := webhook.NewNotifier(find, &webhook.Options{Client: posts.client(), InsecureAllowPrivate: c.insecure})
			err := n.Notify(t.Context(), incident())
			if c.ok {
				require.NoError(t, err, c.why)
				assert.Len(t, posts.all(), 1)
				return
			}
			require.Error(t, err, c.why)
			assert.True(t, partner.IsPermanent(err), c.why)
			assert.Empty(t, posts.all())
			assert.NotContains(t, err.Error(), "contoso.example")
			assert.NotContains(t, err.Error(), routingKey)
		})
	}
}

func TestDestinationsHideTheirSecrets(t *testing.T) {
	t.Parallel()
	d := webhook.Destination{
		URL: "https://contoso.example/thimblerigger", Format: webhook.Slack, Secret: []byte("marmalade marmalade marm"),
		Key: "Quilliam",
	}
	var log bytes.Buffer
	noTime := func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{} // its digits could be 109
		}
		return a
	}
	slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{ReplaceAttr: noTime})).Info("", "destination", d)
	texts := []string{log.String(), d.String(), d.GoString(), d.LogValue().String()}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
		texts = append(texts, fmt.Sprintf(verb, d), fmt.Sprintf(verb, &d), fmt.Sprintf(verb, []any{d}))
	}
	for _, text := range texts {
		for _, hidden := range []string{"thimblerigger", "contoso", "marmalade", "109", "6d61", "Quilliam"} {
			assert.NotContains(t, text, hidden)
		}
		assert.Contains(t, text, "slack")
	}
	d.Format = "marmalade"
	assert.Equal(t, "webhook.Destination(unknown)", d.String(), "a format may be anything")
}
