package partnertest

import (
	"encoding/json"
	"hash/fnv"
	"strings"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/alert"
	"github.com/cspkit/partner/attest"
	"github.com/cspkit/partner/escalation"
)

// Alert returns an alert of the type that nobody has answered, as
// [alert.DecodeGraph] reads it.
//   - It is about [CustomerTenantID], and no test.
//   - It was detected on 15 January 2026 at 09:30 UTC.
//   - It names a subscription and a virtual machine.
//   - Each type has an ID of its own.
//
// The type may be one that Microsoft does not document. Its Incident is valid.
func Alert(alertType string) alert.Alert {
	hash := fnv.New32a()
	_, _ = hash.Write([]byte(alertType)) // never fails
	subscription := tenantID(0xa1_0000_0001)
	return alert.Alert{
		ID:               tenantID(0xa1_0000_0000) + "_" + tenantID(uint64(hash.Sum32())),
		CustomerTenantID: CustomerTenantID,
		SubscriptionID:   subscription,
		ResellerTenantID: tenantID(profileTenants[partner.IndirectReseller]),
		Type:             alertType,
		Title:            "Action required: something unusual was detected",
		Description:      "This alert is made up, for tests.\nIts type is " + alertType + ".",
		Severity:         partner.IncidentHigh,
		Confidence:       "high",
		Status:           alert.StatusActive,
		DetectedAt:       fixtureTime,
		FirstObservedAt:  fixtureTime.Add(-30 * time.Minute),
		LastObservedAt:   fixtureTime.Add(-10 * time.Minute),
		Resources: []alert.Resource{{
			ID:   "/subscriptions/" + subscription + "/resourceGroups/rg-1/providers/Microsoft.Compute/virtualMachines/vm-1",
			Type: "AzureResource",
		}},
	}
}

// ResolvedAlert returns [Alert] when it is over: taken up one hour after the
// detection, and resolved as fraud after six. Its Incident is the all-clear,
// with the version 1.
func ResolvedAlert(alertType string) alert.Alert {
	a := Alert(alertType)
	taken, resolved := fixtureTime.Add(time.Hour), fixtureTime.Add(6*time.Hour)
	a.Status, a.Reason, a.ResolvedAt = alert.StatusResolved, alert.ReasonFraud, resolved
	a.Log = []alert.Transition{
		{From: alert.StatusActive, To: alert.StatusInvestigating, At: taken},
		{From: alert.StatusInvestigating, To: alert.StatusResolved, At: resolved},
	}
	return a
}

// GraphAlerts returns what Microsoft Graph answers when it holds the alerts, so
// that a host's own loop can be tested from its first step: serve it at
// "/security/partner/securityAlerts" to an [alert.Client].
//
// [alert.DecodeGraph] reads the same alerts from it, if they are as DecodeGraph
// returns them, but for PartnerTenantID: Graph does not say it.
func GraphAlerts(alerts ...alert.Alert) []byte {
	type object = map[string]any
	at := func(t time.Time) any {
		if t.IsZero() {
			return nil
		}
		return t.UTC().Format(time.RFC3339Nano)
	}
	value := []object{}
	for _, a := range alerts {
		resources, log := []object{}, []object{}
		for _, r := range a.Resources {
			resources = append(resources, object{"resourceId": r.ID, "resourceType": r.Type})
		}
		for _, t := range a.Log {
			log = append(log, object{"statusFrom": t.From, "statusTo": t.To, "updatedDateTime": at(t.At)})
		}
		value = append(value, object{
			"id":                         strings.ReplaceAll(a.ID, "_", "-"), // as Graph writes it
			"displayName":                a.Title,
			"description":                a.Description,
			"alertType":                  a.Type,
			"status":                     a.Status,
			"severity":                   a.Severity,
			"confidenceLevel":            a.Confidence,
			"customerTenantId":           a.CustomerTenantID,
			"subscriptionId":             a.SubscriptionID,
			"valueAddedResellerTenantId": a.ResellerTenantID,
			"detectedDateTime":           at(a.DetectedAt),
			"firstObservedDateTime":      at(a.FirstObservedAt),
			"lastObservedDateTime":       at(a.LastObservedAt),
			"resolvedReason":             a.Reason,
			"resolvedOnDateTime":         at(a.ResolvedAt),
			"isTest":                     a.Test,
			"affectedResources":          resources,
			"activityLogs":               log,
		})
	}
	data, err := json.Marshal(object{
		"@odata.context": "https://graph.microsoft.com/beta/$metadata#security/partner/securityAlerts",
		"@odata.count":   len(value),
		"value":          value,
	})
	if err != nil {
		panic(err) // strings, numbers and booleans have a JSON form
	}
	return data
}

// Case returns the case of [Incident] of the kind, at the partner of Impact(0),
// under [escalation.DefaultPolicy]. It was opened five minutes after the
// detection, and has no events. If nobody answers, these are told:
//
//	after  not Azure fraud                 Azure fraud
//	0 h    the security contact, by mail   the admin agent, by mail
//	1 h    the security contact, by phone  the Global admin, by mail
//	2 h    the admin agent, by mail
//	6 h    the Global admin, by mail
//
// It is exhausted after 24 h, or after 19 h for Azure fraud. So c.At(t).Due is
// the list of what a host must have told until t.
func Case(kind partner.IncidentKind) escalation.Case {
	return escalation.NewCase(partner.Routing{}, Incident(kind), Impact(0), fixtureTime.Add(5*time.Minute))
}

// Record returns a record that the zero [attest.Policy] finds in the state at
// now. Each of its times lies whole days before now.
//
//	state       entered   verified  bounced
//	unverified  2 days    never     never
//	verified    100 days  98 days   never
//	due         400 days  358 days  never
//	overdue     400 days  370 days  never
//	bouncing    100 days  98 days   1 day
//
// Any other state gives the zero record, of which nothing is known.
func Record(state attest.State, now time.Time) attest.Record {
	ago := func(days int) time.Time { return now.Add(-time.Duration(days) * 24 * time.Hour).UTC() }
	switch state {
	case attest.StateUnverified:
		return attest.Record{EnteredAt: ago(2)}
	case attest.StateVerified:
		return attest.Record{EnteredAt: ago(100), VerifiedAt: ago(98)}
	case attest.StateDue:
		return attest.Record{EnteredAt: ago(400), VerifiedAt: ago(358)}
	case attest.StateOverdue:
		return attest.Record{EnteredAt: ago(400), VerifiedAt: ago(370)}
	case attest.StateBouncing:
		return attest.Record{EnteredAt: ago(100), VerifiedAt: ago(98), BouncedAt: ago(1)}
	default:
		return attest.Record{}
	}
}
