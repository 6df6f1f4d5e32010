package alert_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/cspkit/partner/alert"
)

func TestOpen(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		alert alert.Alert
		want  bool
		why   string
	}{
		{"active", alert.Alert{Status: alert.StatusActive}, true, ""},
		{"investigating", alert.Alert{Status: alert.StatusInvestigating}, true, ""},
		{"resolved", alert.Alert{Status: alert.StatusResolved}, false, ""},
		{"no status", alert.Alert{}, true, "an alert that nobody can judge is not done"},
		{"another word", alert.Alert{Status: "dismissed"}, true, "an alert that nobody can judge is not done"},
		{"active with a reason", alert.Alert{
			Status: alert.StatusActive, Reason: alert.ReasonFraud, ResolvedAt: at("2026-11-24T16:03:33Z"),
			Log: []alert.Transition{{From: "active", To: "resolved", At: at("2026-11-24T16:03:33Z")}},
		}, true, "the status alone decides"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, tt.alert.Open(), tt.why)
		})
	}
}

func TestNoPersonalDataIsPrinted(t *testing.T) {
	t.Parallel()
	const secret = "robin-vale"
	a := mining()
	a.Title, a.Description = secret, secret
	a.Resources = []alert.Resource{{ID: "/subscriptions/" + secret, Type: "AzureResource"}}
	values := []any{a, &a, a.Resources[0], &a.Resources[0], alert.Page{Alerts: []alert.Alert{a}, Next: secret}}
	for _, v := range values {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d"} {
			assert.NotContains(t, fmt.Sprintf(verb, v), secret)
		}
		var text, object bytes.Buffer
		slog.New(slog.NewTextHandler(&text, nil)).Info("", "value", v)
		slog.New(slog.NewJSONHandler(&object, nil)).Info("", "value", v)
		assert.NotContains(t, text.String()+object.String(), secret)
	}
	assert.Contains(t, fmt.Sprint(a), a.ID)
	assert.Contains(t, fmt.Sprint(a), customerTenant)
	assert.Contains(t, fmt.Sprint(a.Resources[0]), "AzureResource")
	assert.Contains(t, fmt.Sprint(alert.Page{Alerts: []alert.Alert{a}}), "alerts=1")
}
