package proof

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/webhook"
)

// told is who is told. No other text holds one of these.
var told = partner.Recipient{
	Audience: partner.ToSubscriber, Medium: partner.MediumWebhook, Name: "Quilliam Brandywether",
	Email: "marmalade@contoso.example",
	Phone: "+14255550142", URL: "https://hooks.contoso.example/thimblerigger",
}

var answer = partner.Answer{URL: "https://contoso.example/answer/snollygoster", Code: "7KQ4-M2XD"}

// webhookTexts are short or long, good or hostile.
var webhookTexts = rapid.Custom(func(t *rapid.T) string {
	piece := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{
		"word ", "é", "漢字", "🛡️", "\r\n", "\x00", "\xff", "\u2028", `"\`, "<b>&amp;", "[a](https://b.c)", "<!channel>",
		"**b**", "{{DATE(x)}}", "\u202e", "",
	})).Draw(t, "piece")
	return strings.Repeat(piece, rapid.SampledFrom(webhookTimes).Draw(t, "times"))
})

// webhookTimes are mostly few. A notification has a dozen texts, and one that
// breaks a limit is enough.
var webhookTimes = slices.Concat(slices.Repeat([]int{1}, 24), slices.Repeat([]int{3}, 6),
	slices.Repeat([]int{100}, 6), []int{3_000, 20_000})

// webhookNotifications hold anything.
var webhookNotifications = rapid.Custom(func(t *rapid.T) partner.Notification {
	text := func(label string, good ...string) string {
		return rapid.OneOf(rapid.SampledFrom(good), webhookTexts).Draw(t, label)
	}
	at := func(label string) time.Time {
		seconds := rapid.OneOf(rapid.Just(int64(1_770_000_000)), rapid.Int64Range(-1<<40, 1<<40)).Draw(t, label)
		zone := time.FixedZone("", rapid.IntRange(-100_000, 100_000).Draw(t, label+" zone"))
		return time.Unix(seconds, 0).In(zone)
	}
	n := partner.Notification{
		ID: text("ID", "0000000000000000000000000000000000000001"),
		Topic: partner.Topic(text("topic", "incident", "drill", "contact_confirm", "contact_lapsed",
			"contact_updated")),
		PartnerTenantID: text("tenant", "3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10"),
		CompanyName:     text("company", "Contoso"),
		OwnTenant:       rapid.Bool().Draw(t, "own"),
		Rights:          partner.Rights(rapid.Byte().Draw(t, "rights")),
		Recipient:       told,
		Thread:          text("thread", "", "0000000000000000000000000000000000000002"),
		Answer:          answer,
		UnansweredSince: at("unanswered"),
	}
	n.Incident = partner.Incident{
		ID: text("incident", "INC-1"), TenantID: text("customer", "a7d2e9c4-60f1-4b83-9e5d-12c34f5a6b78"),
		Kind: partner.IncidentKind(text("kind", "spam")), Severity: partner.IncidentSeverity(text("severity", "high", "low")),
		Title: text("title", "Sign-ins"), Summary: text("summary", "", "A summary."), TenantName: text("name", "",
			"Adventure Works"),
		Reference: text("reference", "", "https://contoso.com/1"), Status: partner.IncidentStatus(text("status", "",
			"resolved")),
		Version: rapid.Int().Draw(t, "version"), DetectedAt: at("detected"), RespondBy: at("respond by"),
		Drill:   rapid.Bool().Draw(t, "drill"),
		Actions: rapid.SliceOfN(webhookTexts, 0, 5).Draw(t, "actions"),
	}
	return n
})

// Whatever a notification holds: a body is JSON within the limits of its
// service, it names nobody, and it is the same after a JSON round trip.
func TestBodiesKeepTheirPromises(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := webhookNotifications.Draw(t, "notification")
		format := rapid.SampledFrom(webhook.Formats()).Draw(t, "format")
		body, err := webhook.Body(format, n)
		if err != nil {
			require.Equal(t, webhook.CloudEvents, format, "only an ID that cannot be signed is an error")
			require.False(t, signable(n.ID), "%q", n.ID)
			return
		}
		require.True(t, json.Valid(body))
		require.True(t, utf8.Valid(body))
		text := string(body)
		hidden := []string{told.Name, told.Email, told.Phone[1:], told.URL}
		if format == webhook.CloudEvents || format == webhook.PagerDuty {
			hidden = append(hidden, answer.URL, answer.Code)
		}
		for _, h := range hidden {
			require.Equal(t, -1, strings.Index(text, h), "%s", h)
		}
		requireLimits(t, format, body)

		n.Rights &= partner.Reseller | partner.DelegatedAdmin | partner.GranularAdmin
		for _, at := range []*time.Time{&n.UnansweredSince, &n.Incident.DetectedAt, &n.Incident.RespondBy} {
			if _, err := at.MarshalText(); err != nil {
				*at = time.Time{}
			}
		}
		data, err := json.Marshal(n)
		require.NoError(t, err)
		var again partner.Notification
		require.NoError(t, json.Unmarshal(data, &again))
		second, err := webhook.Body(format, again)
		require.NoError(t, err)
		require.Equal(t, sha256.Sum256(body), sha256.Sum256(second), "the same after a JSON round trip")
	})
}

// signable is the rule for the ID of an event, in other words.
func signable(id string) bool {
	return id != "" && len(id) <= 128 && !strings.ContainsFunc(id,
		func(r rune) bool { return r <= ' ' || r > '~' || r == '.' })
}

func requireLimits(t *rapid.T, format webhook.Format, body []byte) {
	characters := func(s string) int { return len(utf16.Encode([]rune(s))) }
	switch format {
	case webhook.CloudEvents:
		require.LessOrEqual(t, len(body), 65_536)
	case webhook.Teams:
		require.LessOrEqual(t, len(body), 28_000)
	case webhook.PagerDuty:
		require.LessOrEqual(t, len(body), 512_000)
		var e struct {
			DedupKey string `json:"dedup_key"`
			Payload  struct{ Summary, Source, Severity string }
		}
		require.NoError(t, json.Unmarshal(body, &e))
		require.LessOrEqual(t, utf8.RuneCountInString(e.DedupKey), 255)
		require.LessOrEqual(t, utf8.RuneCountInString(e.Payload.Summary), 1024)
		require.NotEmpty(t, e.Payload.Summary)
		require.NotEmpty(t, e.Payload.Source)
		require.Contains(t, []string{"critical", "error", "warning", "info"}, e.Payload.Severity)
	case webhook.Slack:
		var m struct {
			Text   string
			Blocks []struct {
				Type string
				Text *struct {
					Type, Text string
					Emoji      *bool
				}
			}
		}
		require.NoError(t, json.Unmarshal(body, &m))
		require.LessOrEqual(t, len(m.Blocks), 50)
		total := characters(m.Text)
		for _, b := range m.Blocks {
			if b.Text == nil {
				continue
			}
			require.Equal(t, "plain_text", b.Text.Type)
			require.False(t, *b.Text.Emoji)
			require.NotEmpty(t, b.Text.Text)
			require.LessOrEqual(t, characters(b.Text.Text), map[string]int{"header": 150, "section": 3_000}[b.Type])
			total += characters(b.Text.Text)
		}
		require.LessOrEqual(t, total, 12_000)
	}
}

// What Notify signs, Verify takes, with this secret and within five minutes,
// and in no other case.
func TestWhatIsSignedVerifies(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		secret := rapid.SliceOfN(rapid.Byte(), 24, 64).Draw(t, "secret")
		sentAt := time.Unix(rapid.Int64Range(0, 1<<33).Draw(t, "sent"), 0)
		n := partner.Notification{ID: "x-1", Recipient: told}
		n.Incident.Title = rapid.String().Draw(t, "title")
		var header http.Header
		var body []byte
		client := &http.Client{Transport: transport(func(r *http.Request) (*http.Response, error) {
			header = r.Header
			var err error
			body, err = io.ReadAll(r.Body)
			return &http.Response{StatusCode: http.StatusOK, Body: http.NoBody}, err
		})}
		find := func(context.Context, partner.Notification) (webhook.Destination, error) {
			return webhook.Destination{URL: told.URL, Format: webhook.CloudEvents, Secret: secret}, nil
		}
		notifier := webhook.NewNotifier(find, &webhook.Options{Client: client, Now: func() time.Time { return sentAt }})
		require.NoError(t, notifier.Notify(context.Background(), n))

		late := time.Duration(rapid.Int64Range(-600, 600).Draw(t, "late")) * time.Second
		err := webhook.Verify(header, body, secret, sentAt.Add(late))
		require.Equal(t, late.Abs() <= 5*time.Minute, err == nil)

		bit := rapid.IntRange(0, 8*len(body)-1).Draw(t, "bit")
		body[bit/8] ^= 1 << (bit % 8)
		require.Error(t, webhook.Verify(header, body, secret, sentAt))
		body[bit/8] ^= 1 << (bit % 8)
		secret[0]++
		require.Error(t, webhook.Verify(header, body, secret, sentAt))
	})
}

type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
