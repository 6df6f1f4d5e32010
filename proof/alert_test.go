package proof

import (
	"encoding/json"
	"errors"
	"iter"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/alert"
)

var (
	hostile = oneOf("", " ", "\u200b", "\u202e", "A machine mines", "a\r\nBcc: x", "<b>", "=?utf-8?q?x?=", "\xff", "\x00",
		"2fa",
		"networkConnectionsToCryptoMiningPools", "ServiceHealthSecurityAdvisory", strings.Repeat("Ab", 200))
	alertTimes = rapid.Custom(func(t *rapid.T) time.Time {
		instant := time.Unix(rapid.Int64Range(-62_135_596_799, 253_402_300_799).Draw(t, "seconds"),
			rapid.Int64Range(0, 999_999_999).Draw(t, "nanos"))
		return rapid.SampledFrom([]time.Time{
			instant.UTC(), instant.In(time.FixedZone("", 3600)), instant.In(time.FixedZone("", -17)),
		}).Draw(t, "zone")
	})
	statuses = rapid.SampledFrom([]alert.Status{"", "active", "investigating", "resolved", "dismissed"})
	moments  = rapid.Custom(func(t *rapid.T) time.Time {
		if rapid.IntRange(0, 9).Draw(t, "unset") == 0 {
			return time.Time{}
		}
		return measured.Add(time.Duration(rapid.Int64Range(-int64(40*24*time.Hour), int64(24*time.Hour)).Draw(t, "moment")))
	})
	measured = time.Date(2026, time.November, 30, 12, 0, 0, 0, time.UTC)
)

func alerts(times *rapid.Generator[time.Time]) *rapid.Generator[alert.Alert] {
	return rapid.Custom(func(t *rapid.T) alert.Alert {
		a := alert.Alert{
			ID: hostile.Draw(t, "id"), PartnerTenantID: tenants.Draw(t, "partner"),
			CustomerTenantID: tenants.Draw(t, "customer"),
			SubscriptionID:   hostile.Draw(t, "subscription"), Type: hostile.Draw(t, "type"), Title: hostile.Draw(t, "title"),
			Description: hostile.Draw(t, "description"), Severity: partner.IncidentSeverity(hostile.Draw(t, "severity")),
			Status: statuses.Draw(t, "status"), DetectedAt: times.Draw(t, "detected"), ResolvedAt: times.Draw(t, "resolved"),
			Test: rapid.Bool().Draw(t, "test"),
		}
		for range rapid.IntRange(0, 4).Draw(t, "log") {
			a.Log = append(a.Log,
				alert.Transition{From: statuses.Draw(t, "from"), To: statuses.Draw(t, "to"), At: times.Draw(t, "at")})
			a.Resources = append(a.Resources, alert.Resource{ID: hostile.Draw(t, "resource"), Type: hostile.Draw(t, "its type")})
		}
		return a
	})
}

// Whatever the texts are, an alert with an ID, a tenant and a time is an
// incident that can be told, and waits in a queue unharmed.
func TestIncidentsOfAlertsAreValid(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := alerts(alertTimes).Draw(t, "alert")
		a.ID += rapid.SampledFrom([]string{"a", "\u200b", "\n"}).Draw(t, "more of the id")
		a.CustomerTenantID = "9a8b7c6d-5e4f-4032-8110-2f3e4d5c6b7a"
		if a.DetectedAt.IsZero() {
			a.DetectedAt = measured
		}
		var opts *alert.IncidentOptions
		if rapid.Bool().Draw(t, "options") {
			opts = &alert.IncidentOptions{
				Actions:   func(alert.Alert) []string { return rapid.SliceOfN(hostile, 0, 3).Draw(t, "actions") },
				RespondIn: time.Duration(rapid.Int64().Draw(t, "respond in")),
				Reference: func(alert.Alert) string {
					return oneOf("https://contoso.com", "http://contoso.com").Draw(t, "reference")
				},
				TenantName: func(string) string { return hostile.Draw(t, "tenant name") },
			}
		}
		i := a.Incident(opts)
		require.NoError(t, i.Validate())
		require.NotEmpty(t, i.Actions)
		require.Equal(t, a.Open(), i.Status == "")
		data, err := json.Marshal(i)
		require.NoError(t, err)
		var back partner.Incident
		require.NoError(t, json.Unmarshal(data, &back))
		require.Equal(t, i, back)
		require.Equal(t, a.Kind().Is(partner.AzureFraud), strings.HasPrefix(string(i.Kind), "azure_fraud"), "%q", a.Type)
	})
}

// An alert that is told again has a version of its own: resolving or reopening
// it never leaves the version as it was.
func TestVersionsOfAlertsGrow(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := alert.Alert{Status: alert.StatusActive}
		told := map[int]bool{}
		version := -1
		for range rapid.IntRange(1, 12).Draw(t, "changes") {
			i := a.Incident(nil)
			resolved := i.Status == partner.IncidentResolved
			was, again := told[i.Version]
			require.True(t, !again || was == resolved, "one version tells one thing")
			require.GreaterOrEqual(t, i.Version, version)
			version, told[i.Version] = i.Version, resolved
			next := rapid.SampledFrom([]alert.Status{
				alert.StatusActive, alert.StatusInvestigating, alert.StatusResolved,
			}).Draw(t, "next")
			a.Log = append(a.Log, alert.Transition{From: a.Status, To: next})
			a.Status = next
		}
	})
}

// The strictest reading is at least as strict as each, and is one of them. No
// reading counts more than there is.
func TestStrictestIsTheLargestOfAllReadings(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(alerts(moments), 0, 6).Draw(t, "alerts")
		strictest := alert.Strictest(list, measured)
		found := false
		for n := range 8 {
			rule := alert.ResponseRule{CountOpen: n&1 != 0, CountTests: n&2 != 0, InvestigatingStops: n&4 != 0}
			r := rule.Measure(slices.Values(list), measured)
			found = found || r == strictest
			require.LessOrEqual(t, r.Mean, strictest.Mean)
			require.LessOrEqual(t, r.Mean, r.Longest)
			require.GreaterOrEqual(t, r.Mean, time.Duration(0))
			require.LessOrEqual(t, r.Counted, len(list))
			require.LessOrEqual(t, r.Open, len(list))
			require.Equal(t, mean(rule, list), r.Mean, "one alert measured alone counts as much as among others")
			met, known := strictest.Met(24 * time.Hour)
			if one, oneKnown := r.Met(24 * time.Hour); met && oneKnown {
				require.True(t, known && one, "where the strictest reading is met, each is")
			}
		}
		require.True(t, found)
		// The order does not matter, nor what happened after now.
		slices.Reverse(list)
		require.Equal(t, strictest, alert.Strictest(list, measured))
	})
}

// mean is that of the alerts measured one by one, in big numbers.
func mean(rule alert.ResponseRule, list []alert.Alert) time.Duration {
	sum, n := new(big.Int), int64(0)
	for _, a := range list {
		if r := rule.Measure(one(a), measured); r.Counted > 0 {
			sum.Add(sum, big.NewInt(int64(r.Longest)))
			n++
		}
	}
	if n > 0 {
		sum.Div(sum, big.NewInt(n))
	}
	return time.Duration(sum.Int64())
}

func one(a alert.Alert) iter.Seq[alert.Alert] { return func(yield func(alert.Alert) bool) { yield(a) } }

// What a Graph document says of an alert comes out of it, in whatever case its
// names are and among whatever else.
func TestDecodedAlertsAreThoseThatWereWritten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var elements []any
		var want []string
		broken := 0
		for range rapid.IntRange(0, 6).Draw(t, "elements") {
			switch rapid.IntRange(0, 3).Draw(t, "kind of element") {
			case 0:
				elements, broken = append(elements,
					rapid.SampledFrom([]any{nil, 7, "x", []any{}, map[string]any{}}).Draw(t, "rubbish")), broken+1
			default:
				id := rapid.StringMatching(`[a-z]{1,8}[0-9]`).Draw(t, "id")
				name := rapid.SampledFrom([]string{"id", "ID", "Id"}).Draw(t, "name")
				elements = append(elements,
					map[string]any{name: id, "additionalDetails": rapid.String().Draw(t, "more"), "isTest": "false"})
				want = append(want, id)
			}
		}
		data, err := json.Marshal(map[string]any{"value": elements})
		require.NoError(t, err)
		page, err := alert.DecodeGraph(data)
		var got []string
		for _, a := range page.Alerts {
			got = append(got, a.ID)
		}
		require.Equal(t, want, got)
		joined, _ := err.(interface{ Unwrap() []error })
		if broken == 0 {
			require.NoError(t, err)
			return
		}
		require.Len(t, joined.Unwrap(), broken)
		_, ok := errors.AsType[*alert.ElementError](err)
		assert.True(t, ok)
	})
}
