package cli

import (
	"log/slog"
	"strconv"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/queue"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// TestTodayIsCounted: each number of the start page is a metric. Every query
// is made another number, so that no two are mixed up.
func TestTodayIsCounted(t *testing.T) {
	t.Parallel()
	db, err := store.Open(t.Context(), t.TempDir()+"/portal.db", nil)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, db.Close()) })
	_, err = queue.New(db, nil, &queue.Options{InsertOnly: true})
	require.NoError(t, err)
	registry := prometheus.NewPedanticRegistry()
	registry.MustRegister(newToday(db, slog.New(slog.DiscardHandler)))
	has := func(name string) map[string]float64 {
		families, err := registry.Gather()
		require.NoError(t, err)
		found := map[string]float64{}
		for _, f := range families {
			for _, m := range f.GetMetric() {
				key := f.GetName()
				for _, l := range m.GetLabel() {
					key += " " + l.GetValue()
				}
				found[key] = m.GetGauge().GetValue()
			}
		}
		assert.Contains(t, found, name)
		return found
	}
	assert.Zero(t, has("portal_partners yes")["portal_counted_timestamp_seconds"], "nobody has counted yet")

	const customer = "c0570000-0000-4000-8000-00000000000a"
	require.NoError(t, db.SeedPartners(t.Context(), customer, 5))
	nobody := partner.LegalProfile{TenantID: "3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10"}
	require.NoError(t, db.AddPartner(t.Context(), nobody, nil))
	for _, id := range []string{"A", "B", "C", "Drill"} {
		require.NoError(t, db.CreateIncident(t.Context(), partner.Incident{ID: id, TenantID: customer, Drill: id == "Drill",
			Kind: partner.Phishing, Severity: partner.IncidentHigh, Title: "T", Actions: []string{"A"}, DetectedAt: db.Now()},
			host.Person{Name: "Gita"}))
	}
	writer, _ := db.Pools()
	for _, statement := range []string{
		`UPDATE incidents SET owner_id = 'x' WHERE id <> 'A'`,
		`INSERT INTO cases (id, incident_id, version, partner_tenant_id, opened_at, state, look_at, opened, respond_at)
			SELECT 'case ' || e.value, 'A', 0, 'p', 1, 'waiting', 0, '{}', CASE WHEN e.value < 4 THEN 1 ELSE 9e15 END
			FROM json_each('[1,2,3,4,5,6,7]') AS e`,
		`INSERT INTO deliveries (id, incident_id, partner_tenant_id, company_name, topic, own_tenant, rights, recipient, gap, why,
				state, updated_at, case_id, step)
			SELECT 'd ' || e.value, 'A', 'p', 'c', 'incident', 0, '[]', '{}', '', '', CASE WHEN e.value > 4 THEN 'call'
				WHEN e.value > 2 THEN 'bounced' ELSE 'failed' END, ` + strconv.FormatInt(db.Now().UnixMicro(), 10) + `, 'case ' || e.value, 1
			FROM json_each('[1,2,3,4,5,6]') AS e`,
		`INSERT INTO delivery_counts (incident_id, state, n)
			VALUES ('A', 'sent', 100), ('B', 'sent', 20), ('A', 'failed', 19), ('Drill', 'sent', 5000)`,
		`INSERT INTO delivery_count_changes (incident_id, state, n)
			VALUES ('B', 'sent', 3), ('A', 'failed', -2), ('Drill', 'sent', 700)`,
		`INSERT INTO alerts (id, alert, type, tenant_id, subscription_id, test, detected_at, is_open, state, why, rule, incident_id,
				seen_at, changed_at, found_by)
			SELECT e.value, '{}', '', '', '', 0, 0, 1, CASE WHEN e.value > 8 THEN 'new' ELSE 'draft' END, '', '', '', 0, 0, ''
			FROM json_each('[1,2,3,4,5,6,7,8,9,10,11]') AS e`,
		`UPDATE alert_poll SET ok_at = 12000000, failing_since = ` + strconv.FormatInt(db.Now().UnixMicro()-13_000_000, 10),
	} {
		_, err := writer.ExecContext(t.Context(), statement)
		require.NoError(t, err)
	}
	require.NoError(t, db.KeepNumbers(t.Context()))
	for name, n := range map[string]int{"response mean": 14, "response counted": 15, "response open": 16} {
		_, err := writer.ExecContext(t.Context(), `UPDATE kept_numbers SET n = $1 WHERE name = $2`, n, name)
		require.NoError(t, err)
	}
	now := has("portal_partners yes")
	assert.Positive(t, now["portal_counted_timestamp_seconds"])
	delete(now, "portal_counted_timestamp_seconds")
	assert.GreaterOrEqual(t, now["portal_alert_polling_failed_seconds"], 13.0)
	delete(now, "portal_alert_polling_failed_seconds")
	want := map[string]float64{
		"portal_incidents_open": 3, "portal_incidents_unowned": 1, "portal_cases_unanswered": 7, "portal_cases_overdue": 3,
		"portal_calls_to_make": 2, "portal_undelivered": 4, "portal_partners yes": 5, "portal_partners no": 1,
		"portal_coverage missing": 1, "portal_coverage errors": 0, "portal_coverage advice": 5, "portal_coverage good": 0,
		"portal_alerts_waiting new": 3, "portal_alerts_waiting draft": 8, "portal_alert_response_seconds": 14,
		"portal_alert_response_alerts counted": 15, "portal_alert_response_alerts open": 16,
		"portal_alert_polled_timestamp_seconds": 12,
	}
	for _, state := range host.DeliveryStates() {
		want["portal_deliveries "+string(state)] = 0
	}
	want["portal_deliveries sent"], want["portal_deliveries failed"] = 123, 17
	assert.Equal(t, want, now)
}
