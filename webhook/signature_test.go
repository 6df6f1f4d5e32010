package webhook_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/webhook"
)

// The vector of Standard Webhooks that all of its libraries test.
//
// https://github.com/standard-webhooks/standard-webhooks/blob/main/libraries/go/webhook_test.go
const (
	vectorSecret    = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
	vectorID        = "msg_p5jXN8AQM9LWM0D4loKWxJek"
	vectorTimestamp = "1614265330"
	vectorBody      = `{"test": 2432232314}`
	vectorSignature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
	otherSignature  = "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc="
)

var vectorTime = time.Unix(1614265330, 0)

func vector() http.Header {
	h := http.Header{}
	h.Set("webhook-id", vectorID)
	h.Set("webhook-timestamp", vectorTimestamp)
	h.Set("webhook-signature", vectorSignature)
	return h
}

func TestThePublishedVector(t *testing.T) {
	t.Parallel()
	decoded, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(vectorSecret, "whsec_"))
	require.NoError(t, err)
	assert.Equal(t, secret, decoded)
	require.NoError(t, webhook.Verify(vector(), []byte(vectorBody), secret, vectorTime))
}

// The published cases, and those that the text of the specification gives.
func TestVerify(t *testing.T) {
	t.Parallel()
	set := func(name, value string) func(http.Header) {
		return func(h http.Header) { h.Set(name, value) }
	}
	for _, c := range []struct {
		name, why string
		change    func(http.Header)
		body      string
		secret    []byte
		at        time.Duration // from the timestamp
		ok        bool
	}{
		{name: "valid", why: "published", ok: true},
		{name: "missing id", why: "published", change: func(h http.Header) { h.Del("webhook-id") }},
		{name: "missing timestamp", why: "published", change: func(h http.Header) { h.Del("webhook-timestamp") }},
		{name: "missing signature", why: "published", change: func(h http.Header) { h.Del("webhook-signature") }},
		{name: "invalid signature", why: "published", change: set("webhook-signature", otherSignature)},
		{name: "partial signature", why: "published", change: set("webhook-signature", "v1,")},
		{name: "several signatures", why: "published", ok: true, change: set("webhook-signature",
			otherSignature+" v2,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= "+vectorSignature+" "+otherSignature)},
		{name: "old timestamp", why: "published", at: 5*time.Minute + 1},
		{name: "new timestamp", why: "published", at: -5*time.Minute - 1},
		{name: "invalid timestamp", why: "published", change: set("webhook-timestamp", "946684800")},
		{name: "five minutes old", why: "the tolerance is allowed", at: 5 * time.Minute, ok: true},
		{name: "five minutes new", why: "the tolerance is allowed", at: -5 * time.Minute, ok: true},
		{name: "another version", why: "v1a is another algorithm", change: set("webhook-signature",
			"v1a"+vectorSignature[2:])},
		{name: "no version", why: "the version says what was computed", change: set("webhook-signature",
			vectorSignature[3:])},
		{name: "no padding", why: "one spelling", change: set("webhook-signature", strings.TrimSuffix(vectorSignature, "="))},
		{name: "other bits at the end", why: "one spelling", change: set("webhook-signature",
			strings.Replace(vectorSignature, "OE=", "OF=", 1))},
		{name: "another body", why: "the rule itself", body: vectorBody + " "},
		{name: "no body", why: "the rule itself", body: "none"},
		{name: "another id", why: "the id is signed", change: set("webhook-id", vectorID+"x")},
		{name: "two ids", why: "nobody knows which was signed", change: func(h http.Header) {
			h.Add("webhook-id",
				vectorID)
		}},
		{name: "two timestamps", why: "nobody knows which was signed",
			change: func(h http.Header) { h.Add("webhook-timestamp", vectorTimestamp) }},
		{name: "two signature headers", why: "a list has spaces", change: func(h http.Header) {
			h.Add("webhook-signature",
				otherSignature)
		}},
		{name: "a timestamp with a sign", why: "one spelling", change: set("webhook-timestamp", "+"+vectorTimestamp)},
		{name: "a timestamp with zeros", why: "one spelling", change: set("webhook-timestamp", "0"+vectorTimestamp)},
		{name: "a timestamp in milliseconds", why: "seconds", change: set("webhook-timestamp", vectorTimestamp+".5")},
		{name: "a timestamp of no time", why: "no overflow", change: set("webhook-timestamp", "9223372036854775807")},
		{name: "another secret", why: "the rule itself", secret: bytes.Repeat([]byte{1}, 32)},
		{name: "no secret", why: "everybody has it", secret: []byte{}},
		{name: "a short secret", why: "it can be guessed", secret: secret[:23]},
		{name: "a long secret", why: "the specification ends at 64", secret: bytes.Repeat(secret, 3)},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			h := vector()
			if c.change != nil {
				c.change(h)
			}
			body, key := vectorBody, secret
			if c.body != "" {
				body = strings.TrimPrefix(c.body, "none")
			}
			if c.secret != nil {
				key = c.secret
			}
			err := webhook.Verify(h, []byte(body), key, vectorTime.Add(c.at))
			assert.Equal(t, c.ok, err == nil, "%s: %v", c.why, err)
			if err != nil {
				assert.NotContains(t, err.Error(), "msg_")
			}
		})
	}
}

// A full stop must not move between the ID, the timestamp and the body: what
// was signed for one request would be good for another.
func TestFullStopsDoNotMove(t *testing.T) {
	t.Parallel()
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte("x.1614265330.1614265331.body"))
	signature := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
	for _, c := range []struct {
		id, timestamp, body string
		ok                  bool
	}{
		{"x", "1614265330", "1614265331.body", true},
		{"x.1614265330", "1614265331", "body", false},
	} {
		h := http.Header{}
		h.Set("webhook-id", c.id)
		h.Set("webhook-timestamp", c.timestamp)
		h.Set("webhook-signature", signature)
		assert.Equal(t, c.ok, webhook.Verify(h, []byte(c.body), secret, vectorTime) == nil, c.id)
	}
}

// Every bit of what is signed counts.
func TestEveryBitIsSigned(t *testing.T) {
	t.Parallel()
	for bit := range 8 * len(vectorBody) {
		body := []byte(vectorBody)
		body[bit/8] ^= 1 << (bit % 8)
		require.Error(t, webhook.Verify(vector(), body, secret, vectorTime))
	}
	for _, name := range []string{"webhook-id", "webhook-timestamp", "webhook-signature"} {
		value := vector().Get(name)
		for bit := range 8 * len(value) {
			changed := []byte(value)
			changed[bit/8] ^= 1 << (bit % 8)
			h := vector()
			h.Set(name, string(changed))
			require.Error(t, webhook.Verify(h, []byte(vectorBody), secret, vectorTime), name)
		}
	}
}

// A receiver that takes two secrets for a while calls Verify with each.
func TestSecretsAreRotated(t *testing.T) {
	t.Parallel()
	young := bytes.Repeat([]byte{7}, 32)
	accepted := false
	for _, s := range [][]byte{young, secret} {
		accepted = accepted || webhook.Verify(vector(), []byte(vectorBody), s, vectorTime) == nil
	}
	assert.True(t, accepted)
}

// No input of a stranger panics, and none verifies.
func FuzzVerify(f *testing.F) {
	f.Add(vectorID, vectorTimestamp, vectorSignature, []byte(vectorBody))
	f.Add("", "", "", []byte(nil))
	f.Fuzz(func(t *testing.T, id, timestamp, signature string, body []byte) {
		h := http.Header{}
		h.Set("webhook-id", id)
		h.Set("webhook-timestamp", timestamp)
		h.Set("webhook-signature", signature)
		require.Error(t, webhook.Verify(h, body, bytes.Repeat([]byte{9}, 32), vectorTime))
	})
}

var _ partner.Notifier = (*webhook.Notifier)(nil)
