package demo

import (
	_ "embed"
	"errors"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/alert"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// alertsJSON is what Microsoft Graph answers, without times: those follow from
// when the demonstration is begun.
//
//go:embed alerts.json
var alertsJSON []byte

// rules saves what comes of alerts.
func (w *world) rules() error {
	for _, r := range []host.AlertRule{
		{ID: "demo-tests", Name: "Microsoft's own tests", Test: host.TestOnly, Action: host.ActIgnore},
		{ID: "demo-mining", Name: "Crypto mining cannot wait", Type: "networkConnectionsToCryptoMiningPools",
			Severity: partner.IncidentHigh, Test: host.TestReal, Action: host.ActRaise, AllClear: true},
		{ID: "demo-rest", Name: "A person looks at the rest", Action: host.ActDraft},
	} {
		if err := w.db.SaveAlertRule(w.ctx, r, w.people[olu]); err != nil {
			return err
		}
	}
	return nil
}

// takeAlerts takes the alerts as if Microsoft had just sent them. What a rule
// raises is told at once.
func (w *world) takeAlerts() error {
	page, err := alert.DecodeGraph(alertsJSON)
	if err != nil {
		return err
	}
	now := w.db.Now()
	for i := range page.Alerts {
		a := &page.Alerts[i]
		a.DetectedAt = now.Add(-time.Duration(12-2*i) * time.Minute)
		a.FirstObservedAt, a.LastObservedAt = a.DetectedAt.Add(-5*time.Minute), a.DetectedAt
	}
	taken, err := w.db.TakeAlerts(w.ctx, page.Alerts, store.Taking{})
	if err != nil {
		return err
	}
	for _, a := range taken {
		if a.State != host.AlertRaised {
			continue
		}
		stored, err := w.db.Incident(w.ctx, a.IncidentID)
		if errors.Is(err, host.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		if err := w.route(stored.Incident); err != nil {
			return err
		}
	}
	return nil
}

// draft keeps an incident that somebody has begun to write.
func (w *world) draft() error {
	return w.db.SaveForm(w.ctx, host.SavedForm{
		ID: "demo-template", Template: true, Title: "Rehearsal: does anybody answer?",
		Form: map[string][]string{
			"title": {"Rehearsal: does anybody answer?"}, "kind": {string(partner.CredentialCompromise)},
			"severity": {string(partner.IncidentHigh)}, "drill": {"on"},
			"summary": {"Nothing has happened. We want to know how long it takes until somebody answers."},
			"actions": {"Answer this mail with the code in it.\nTell your colleagues who else should get it."},
		},
	}, w.people[olu])
}
