package alert_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/alert"
)

// mining is an alert with everything that an incident needs.
func mining() alert.Alert {
	return alert.Alert{
		ID: "5f6e6521-6e5f-4b0b-80aa-bd44fad7a398_758e2259-f00b-4dec-8087-0950afe6d6a4", CustomerTenantID: customerTenant,
		Type: "networkConnectionsToCryptoMiningPools", Title: "A machine mines", Description: "One.\nTwo.",
		Severity: partner.IncidentMedium, Status: alert.StatusActive, DetectedAt: at("2026-11-23T16:03:33.05Z"),
	}
}

// untranslated is the incident without what it says in other languages.
func untranslated(i partner.Incident) partner.Incident {
	i.Translations = nil
	return i
}

// Whoever is told in another language reads there what to do.
func TestIncidentIsTranslated(t *testing.T) {
	t.Parallel()
	a := mining()
	i := a.Incident(nil)
	require.NoError(t, i.Validate())
	require.Len(t, i.Translations, len(partner.Languages())-1)
	for tag, text := range i.Translations {
		assert.Equal(t, alert.DefaultActionsIn(a, tag), text.Actions, tag)
		assert.NotEqual(t, i.Actions, text.Actions, tag)
		assert.Equal(t, i.Title, text.Title, "Microsoft's own words stay")
		assert.Equal(t, i.Summary, text.Summary)
	}
	own := a.Incident(&alert.IncidentOptions{Actions: func(alert.Alert) []string { return []string{"Call us."} }})
	assert.Empty(t, own.Translations, "nobody has translated the host's own steps")
	assert.Equal(t, i.Actions, alert.DefaultActionsIn(a, "tlh"), "what nobody speaks is English")
}

func TestIncident(t *testing.T) {
	t.Parallel()
	a := mining()
	want := partner.Incident{
		ID: a.ID, TenantID: customerTenant, Kind: "azure_fraud.network_connections_to_crypto_mining_pools",
		Severity: partner.IncidentMedium, Title: "A machine mines", Summary: "One.\nTwo.", Actions: alert.DefaultActions(a),
		DetectedAt: a.DetectedAt, RespondBy: at("2026-11-24T16:03:33.05Z"),
	}
	assert.Equal(t, want, untranslated(a.Incident(nil)))
	assert.Equal(t, want, untranslated(a.Incident(&alert.IncidentOptions{})))

	tests := []struct {
		name   string
		change func(*alert.Alert)
		want   func(*partner.Incident)
		why    string
	}{
		{"no title", func(a *alert.Alert) { a.Title = "\u200b" }, func(i *partner.Incident) {
			i.Title = "Network connections to crypto mining pools"
		}, "nobody reads what cannot be seen"},
		{"a title of many lines", func(a *alert.Alert) { a.Title = "A\r\nBcc: x" },
			func(i *partner.Incident) { i.Title = "A Bcc: x" }, ""},
		{"no severity", func(a *alert.Alert) { a.Severity = "" },
			func(i *partner.Incident) { i.Severity = partner.IncidentHigh }, ""},
		{"a description that is no UTF-8", func(a *alert.Alert) { a.Description = "\xff\n" }, func(i *partner.Incident) {
			i.Summary = "\uFFFD\n"
		}, "it comes out of JSON as it went in"},
		{"another zone", func(a *alert.Alert) {
			a.DetectedAt = a.DetectedAt.In(time.FixedZone("", 5*3600+17))
		}, func(*partner.Incident) {}, "times are UTC"},
		{"a test", func(a *alert.Alert) { a.Test = true }, func(i *partner.Incident) { i.Drill = true }, ""},
		{"investigating", func(a *alert.Alert) { a.Status = alert.StatusInvestigating }, func(*partner.Incident) {}, ""},
		{"resolved without a log", func(a *alert.Alert) { a.Status = alert.StatusResolved }, func(i *partner.Incident) {
			i.Status, i.Version = partner.IncidentResolved, 1
		}, "the all-clear has another ID than the first telling"},
		{"resolved", func(a *alert.Alert) {
			a.Status = alert.StatusResolved
			a.Log = []alert.Transition{{From: "active", To: "investigating"}, {From: "investigating", To: "resolved"}}
		}, func(i *partner.Incident) { i.Status, i.Version = partner.IncidentResolved, 1 }, ""},
		{"reopened", func(a *alert.Alert) {
			a.Log = []alert.Transition{{From: "active", To: "resolved"}, {From: "resolved", To: "active"}}
		}, func(i *partner.Incident) { i.Version = 2 }, ""},
		{"resolved again", func(a *alert.Alert) {
			a.Status = alert.StatusResolved
			a.Log = []alert.Transition{
				{From: "", To: "resolved"}, {From: "resolved", To: "odd"}, {From: "odd", To: "resolved"}, {From: "resolved",
					To: "resolved"},
			}
		}, func(i *partner.Incident) { i.Status, i.Version = partner.IncidentResolved, 3 }, ""},
		{"an ID that cannot be seen", func(a *alert.Alert) { a.ID = "\u200b" },
			func(i *partner.Incident) { i.ID = `"\u200b"` }, ""},
		{"the last days", func(a *alert.Alert) { a.DetectedAt = at("9999-12-31T12:00:00Z") }, func(i *partner.Incident) {
			i.DetectedAt, i.RespondBy = at("9999-12-31T12:00:00Z"), at("9999-12-31T23:59:59.999999999Z")
		}, "no time of an incident lies after the year 9999"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			a, want := mining(), want
			tt.change(&a)
			tt.want(&want)
			got := a.Incident(nil)
			assert.Equal(t, want, untranslated(got), tt.why)
			require.NoError(t, got.Validate())
			data, err := json.Marshal(got)
			require.NoError(t, err)
			var back partner.Incident
			require.NoError(t, json.Unmarshal(data, &back))
			assert.Equal(t, got, back, "it may wait in a queue")
		})
	}
}

func TestIncidentOfNothing(t *testing.T) {
	t.Parallel()
	i := alert.Alert{}.Incident(nil)
	assert.Equal(t, "Security alert", i.Title)
	assert.Equal(t, partner.IncidentHigh, i.Severity)
	assert.True(t, i.RespondBy.IsZero())
	var paths []string
	for _, f := range i.Check().Errors() {
		paths = append(paths, f.Path)
	}
	assert.Equal(t, []string{"/id", "/tenantId", "/detectedAt"}, paths, "what the alert must have, and no more")
}

func TestIncidentOptions(t *testing.T) {
	t.Parallel()
	a := mining()
	give := func(texts ...string) func(alert.Alert) []string {
		return func(got alert.Alert) []string {
			assert.Equal(t, a, got)
			return texts
		}
	}
	refer := func(text string) func(alert.Alert) string { return func(alert.Alert) string { return text } }
	name := func(text string) func(string) string {
		return func(id string) string {
			assert.Equal(t, customerTenant, id)
			return text
		}
	}
	tests := []struct {
		name string
		opts alert.IncidentOptions
		want func(*partner.Incident)
		why  string
	}{
		{"actions", alert.IncidentOptions{Actions: give("Call", " ", "\u200b", "Act\nnow")}, func(i *partner.Incident) {
			i.Actions = []string{"Call", "Act now"}
		}, "each is one line, and the blank ones are left out"},
		{"no usable action", alert.IncidentOptions{Actions: give("", "\t")}, func(*partner.Incident) {},
			"the default counts"},
		{"no action", alert.IncidentOptions{Actions: give()}, func(*partner.Incident) {}, "the default counts"},
		{"an hour", alert.IncidentOptions{RespondIn: time.Hour},
			func(i *partner.Incident) { i.RespondBy = at("2026-11-23T17:03:33.05Z") }, ""},
		{"less than nothing", alert.IncidentOptions{RespondIn: -1}, func(*partner.Incident) {}, "the default counts"},
		{"a reference", alert.IncidentOptions{Reference: refer(" https://contoso.com/a ")}, func(i *partner.Incident) {
			i.Reference = "https://contoso.com/a"
		}, ""},
		{"an unusable reference", alert.IncidentOptions{Reference: refer("http://contoso.com/a")},
			func(*partner.Incident) {}, "it is left out"},
		{"a script", alert.IncidentOptions{Reference: refer("javascript:alert(1)")}, func(*partner.Incident) {},
			"it is left out"},
		{"a name", alert.IncidentOptions{TenantName: name(" Adventure\nWorks ")}, func(i *partner.Incident) {
			i.TenantName = "Adventure Works"
		}, ""},
		{"no name", alert.IncidentOptions{TenantName: name("\r\n")}, func(*partner.Incident) {},
			"nobody reads what cannot be seen"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			want := a.Incident(nil)
			tt.want(&want)
			got := a.Incident(&tt.opts)
			assert.Equal(t, untranslated(want), untranslated(got), tt.why)
			require.NoError(t, got.Validate())
		})
	}
}
