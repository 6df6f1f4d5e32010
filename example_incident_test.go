package partner_test

import (
	"fmt"
	"time"

	"github.com/cspkit/partner"
)

// What comes from a form or a queue is checked before anybody is told. Dispatch does the same, and tells nobody of an incident
// that is invalid.
func ExampleIncident_Check() {
	incident := partner.Incident{
		ID:         "INC-2026-0042",
		TenantID:   "9a8b7c6d-5e4f-4032-8110-2f3e4d5c6b7a",
		Kind:       "password_spray", // the host's own
		Severity:   partner.IncidentHigh,
		Title:      "Sign-ins to many accounts with few passwords",
		Actions:    []string{"Require multifactor authentication for every account", ""},
		DetectedAt: time.Date(2026, time.November, 23, 14, 5, 0, 0, time.UTC),
		RespondBy:  time.Date(2026, time.November, 22, 14, 5, 0, 0, time.UTC),
	}
	for _, f := range incident.Check() {
		fmt.Println(f.Path, f.Code)
	}

	incident.Actions = incident.Actions[:1]
	incident.RespondBy = time.Time{} // at once
	fmt.Println(incident.Validate())
	// Output:
	// /actions/1 incident.actions
	// /respondBy incident.respond_by
	// <nil>
}
