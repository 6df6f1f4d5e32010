package partnertest_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/alert"
	"github.com/cspkit/partner/attest"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/partnertest"
)

// A host tests its loop from Microsoft's answer on.
func ExampleGraphAlerts() {
	graph := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write(partnertest.GraphAlerts(
			partnertest.ResolvedAlert("usageAnomalyDetection"),
			partnertest.Alert("serviceHealthSecurityAdvisory"),
		))
	}))
	defer graph.Close()
	client := alert.NewClient(graph.Client(), &alert.ClientOptions{BaseURL: graph.URL}) // the host's is given the same
	for a, err := range client.Alerts(context.Background(), time.Time{}) {
		fmt.Println(a.Type, a.Status, err)
	}
	// Output:
	// usageAnomalyDetection resolved <nil>
	// serviceHealthSecurityAdvisory active <nil>
}

// A case says whom a host must have told, and when. Here somebody answers after
// 90 minutes, and is not heard of again.
func ExampleCase() {
	c := partnertest.Case(partner.Phishing)
	c.Events = append(c.Events, escalation.Event{Kind: escalation.EventAcknowledged, At: c.OpenedAt.Add(90 * time.Minute)})
	status := c.At(c.OpenedAt.Add(9 * time.Hour))
	for _, due := range status.Due {
		fmt.Println(due.At.Format("15:04"), due.Notification.Recipient.Audience, due.Notification.Recipient.Address())
	}
	fmt.Println(status.State)
	// Output:
	// 09:35 security_contact soc@reseller-0.example
	// 10:35 security_contact +14255550100
	// 15:05 admin_agent azure-agents@reseller-0.example
	// waiting
}

// A form is tested with an address whose mail comes back.
func ExampleRecord() {
	now := time.Date(2026, time.January, 15, 9, 30, 0, 0, time.UTC)
	var policy attest.Policy
	for _, finding := range policy.At(partnertest.Record(attest.StateBouncing, now), now).Findings() {
		fmt.Println(finding.Path, finding.Code)
	}
	// Output: /securityContact/email contact.bouncing
}
