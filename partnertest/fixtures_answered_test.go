package partnertest_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/alert"
	"github.com/cspkit/partner/attest"
	"github.com/cspkit/partner/partnertest"
)

var alertTypes = []string{"networkConnectionsToCryptoMiningPools", "serviceHealthSecurityAdvisory", "notDocumented", ""}

func TestAlertsMakeValidIncidents(t *testing.T) {
	t.Parallel()
	ids := make(map[string]bool)
	for _, alertType := range alertTypes {
		a, over := partnertest.Alert(alertType), partnertest.ResolvedAlert(alertType)
		ids[a.ID] = true
		assert.Equal(t, a.ID, over.ID)
		assert.True(t, a.Open())
		assert.False(t, over.Open())

		incident, allClear := a.Incident(nil), over.Incident(nil)
		assert.Empty(t, incident.Check())
		assert.Empty(t, allClear.Check())
		assert.Equal(t, partnertest.CustomerTenantID, incident.TenantID)
		assert.Equal(t, partnertest.Incident(partner.Spam).DetectedAt, incident.DetectedAt)
		assert.Zero(t, incident.Version)
		assert.Equal(t, partner.IncidentResolved, allClear.Status)
		assert.Equal(t, 1, allClear.Version)
	}
	assert.Len(t, ids, len(alertTypes), "each type has an ID of its own")
	now := time.Date(2026, time.January, 20, 0, 0, 0, 0, time.UTC)
	assert.Equal(t, 6*time.Hour, alert.Strictest([]alert.Alert{partnertest.ResolvedAlert("")}, now).Mean)

	over := reflect.ValueOf(partnertest.ResolvedAlert("notDocumented"))
	for i := range over.NumField() {
		if name := over.Type().Field(i).Name; name != "PartnerTenantID" && name != "Test" {
			assert.False(t, over.Field(i).IsZero(), "%s: a field that is empty tests no column", name)
		}
	}
}

func TestGraphAlertsAreReadAgain(t *testing.T) {
	t.Parallel()
	var alerts []alert.Alert
	for _, alertType := range alertTypes {
		alerts = append(alerts, partnertest.Alert(alertType), partnertest.ResolvedAlert(alertType))
	}
	trial := partnertest.Alert("trial")
	trial.Test, trial.Resources, trial.FirstObservedAt = true, nil, time.Time{}
	trial.Severity, trial.Status, trial.Reason = partner.IncidentLow, "dismissed", alert.ReasonIgnore
	alerts = append(alerts, trial)

	page, err := alert.DecodeGraph(partnertest.GraphAlerts(alerts...))
	require.NoError(t, err)
	assert.Equal(t, alerts, page.Alerts)
	assert.Empty(t, page.Next)

	page, err = alert.DecodeGraph(partnertest.GraphAlerts())
	require.NoError(t, err)
	assert.Empty(t, page.Alerts)
}

func TestCasesClimbAsTheTableSays(t *testing.T) {
	t.Parallel()
	type told struct {
		after    time.Duration
		audience partner.Audience
		medium   partner.Medium
	}
	tests := []struct {
		kind      partner.IncidentKind
		told      []told
		exhausted time.Duration
	}{
		{partner.Phishing, []told{
			{0, partner.ToSecurityContact, partner.MediumMail},
			{1 * time.Hour, partner.ToSecurityContact, partner.MediumPhone},
			{2 * time.Hour, partner.ToAdminAgent, partner.MediumMail},
			{6 * time.Hour, partner.ToGlobalAdmin, partner.MediumMail},
		}, 24 * time.Hour},
		{partner.AzureFraud, []told{
			{0, partner.ToAdminAgent, partner.MediumMail},
			{1 * time.Hour, partner.ToGlobalAdmin, partner.MediumMail},
		}, 19 * time.Hour},
	}
	for _, tt := range tests {
		t.Run(string(tt.kind), func(t *testing.T) {
			t.Parallel()
			c := partnertest.Case(tt.kind)
			assert.Empty(t, c.Incident.Check())
			assert.Empty(t, c.Policy.Check())
			assert.Equal(t, partnertest.Incident(tt.kind).DetectedAt.Add(5*time.Minute), c.OpenedAt)
			var got []told
			for _, due := range c.At(c.OpenedAt.AddDate(1, 0, 0)).Due {
				to := due.Notification.Recipient
				got = append(got, told{due.At.Sub(c.OpenedAt), to.Audience, to.Medium})
			}
			assert.Equal(t, tt.told, got)
			assert.EqualValues(t, "waiting", c.At(c.OpenedAt.Add(tt.exhausted-1)).State)
			assert.EqualValues(t, "exhausted", c.At(c.OpenedAt.Add(tt.exhausted)).State)
			c.Policy.Steps[0].Timeout = 0
			assert.NotEqual(t, c, partnertest.Case(tt.kind), "each call returns a fresh one")
		})
	}
}

func TestRecordsAreInTheState(t *testing.T) {
	t.Parallel()
	var policy attest.Policy
	now := time.Date(2026, time.March, 1, 23, 30, 0, 7, time.FixedZone("", 5*3600+1800))
	for _, state := range []attest.State{
		attest.StateBouncing, attest.StateUnverified, attest.StateDue, attest.StateOverdue, attest.StateVerified,
	} {
		record := partnertest.Record(state, now)
		assert.Equal(t, state, policy.At(record, now).State)
		assert.Equal(t, state, policy.At(record, now.Add(24*time.Hour-1)).State, "for a day at least, also on a slow machine")
		assert.NotZero(t, record.EnteredAt)
		assert.Equal(t, time.UTC, record.EnteredAt.Location())
	}
	assert.Zero(t, partnertest.Record("unknown", now))
}
