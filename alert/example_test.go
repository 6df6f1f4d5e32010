package alert_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/alert"
	"github.com/cspkit/partner/partnertest"
)

// From Microsoft's alerts to incidents, and to whether the duty is kept: the
// alerts of 60 days say what became of those of the last 30.
func Example() {
	graph := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write(partnertest.GraphAlerts(partnertest.ResolvedAlert("usageAnomalyDetection")))
	})) // in the place of Microsoft Graph
	defer graph.Close()
	ctx, now := context.Background(), time.Date(2026, time.January, 30, 12, 0, 0, 0, time.UTC)

	client := alert.NewClient(graph.Client(), &alert.ClientOptions{BaseURL: graph.URL}) // yours adds the token
	var seen []alert.Alert
	for a, err := range client.Alerts(ctx, now.AddDate(0, 0, -60)) {
		if err != nil {
			fmt.Println(err) // some could not be read, or no more come
			continue
		}
		incident := a.Incident(nil) // for the Dispatcher
		fmt.Println(incident.Kind, incident.Status, "version", incident.Version)
		seen = append(seen, a)
	}
	met, known := alert.Strictest(seen, now).Met(24 * time.Hour)
	fmt.Println("within 24 hours:", met, known)
	// Output:
	// azure_fraud.usage_anomaly_detection resolved version 1
	// within 24 hours: true true
}

// A document becomes incidents. What could not be read is told, and hides
// nothing.
func ExampleDecodeGraph() {
	data, err := os.ReadFile("testdata/graph-page.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	page, err := alert.DecodeGraph(data)
	for _, a := range page.Alerts {
		incident := a.Incident(nil)
		fmt.Println(incident.Severity, incident.Kind, incident.Status, "version", incident.Version)
	}
	fmt.Println(err)
	// Output:
	// high azure_fraud.network_connections_to_crypto_mining_pools  version 2
	// medium azure_fraud.usage_anomaly_detection resolved version 1
	// high service_health_security_advisory  version 0
	// alert: element 2 is no object or has no ID
}

// The API of Partner Center tells of the same alerts in another form. The ID is
// the same in both.
func ExampleDecodeFraudEvents() {
	event, err := os.ReadFile("testdata/fraud-events-old.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	fromPartnerCenter, err := alert.DecodeFraudEvents(event)
	fmt.Println(fromPartnerCenter.Alerts[0].ID, err)

	object, err := os.ReadFile("testdata/graph-alert.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	fromGraph, err := alert.DecodeGraph(object)
	fmt.Println(fromGraph.Alerts[0].ID, err)
	// Output:
	// 2a7064fb-1e33-4007-974e-352cb3f2c805_2edeb5b1-766f-4209-9271-3ddf27755afa <nil>
	// 2a7064fb-1e33-4007-974e-352cb3f2c805_2edeb5b1-766f-4209-9271-3ddf27755afa <nil>
}

// Fraud goes to the admin agents who enrolled, and all else to the security
// contact.
func ExampleAlert_Incident() {
	impact := partner.Impact{
		PartnerTenantID: "3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10",
		CompanyName:     "Contoso",
		Rights:          partner.Reseller,
		SecurityContact: partner.NewGroupContact("Contoso SOC", "soc@contoso.com", "+14255550100"),
		AdminAgents:     []partner.Recipient{{Name: "Contoso agents", Email: "agents@contoso.com"}},
	}
	a := alert.Alert{
		ID:               "d8b202fc-a216-3404-69ef-bdffa445eff6",
		CustomerTenantID: "9a8b7c6d-5e4f-4032-8110-2f3e4d5c6b7a",
		DetectedAt:       time.Date(2026, time.November, 23, 16, 3, 33, 0, time.UTC),
	}
	options := &alert.IncidentOptions{
		RespondIn:  time.Hour, // as Microsoft recommends
		TenantName: func(string) string { return "Adventure Works" },
	}
	var routing partner.Routing
	for _, name := range []string{"networkConnectionsToCryptoMiningPools", "serviceHealthSecurityAdvisory"} {
		a.Type = name
		for _, n := range routing.Route(a.Incident(options), impact).Notifications(a.Incident(options)) {
			fmt.Println(n.Recipient.Email+":", n.Message().Subject)
		}
	}
	// Output:
	// agents@contoso.com: Security incident (high) for Contoso, tenant Adventure Works: Network connections to crypto mining pools
	// soc@contoso.com: Security incident (high) for Contoso, tenant Adventure Works: Service health security advisory
}

func ExampleDefaultActions() {
	for i, step := range alert.DefaultActions(alert.Alert{Type: "serviceHealthSecurityAdvisory"}) {
		fmt.Printf("%d. %s\n", i+1, step)
	}
	// Output:
	// 1. Read the advisory. The alert in Partner Center holds a copy of what the customer was told under Service Health in the Azure portal.
	// 2. Do what it asks, together with the customer, on the customer's Azure subscriptions.
	// 3. See that the customer has an alert for Service Health, so that the next advisory reaches somebody.
	// 4. Resolve the alert in Partner Center: as legitimate once it is done, or as fraud if it is about an intruder.
}

// A host lists the alerts of 60 days, and resolves one. Its HTTP client adds
// the token, for example with golang.org/x/oauth2.
func ExampleClient() {
	graph := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPatch {
			fmt.Println(r.Method, r.URL.Path)
			return
		}
		data, _ := os.ReadFile("testdata/graph-alert.json")
		_, _ = w.Write(data)
	}))
	defer graph.Close()
	client := alert.NewClient(graph.Client(), &alert.ClientOptions{BaseURL: graph.URL + "/beta"})

	ctx := context.Background()
	for a, err := range client.Alerts(ctx, time.Now().AddDate(0, 0, -60)) {
		if unauthorized, ok := errors.AsType[*alert.StatusError](err); ok &&
			unauthorized.StatusCode == http.StatusUnauthorized {
			fmt.Println("sign in again")
			return
		}
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(a.Type, a.Status)
		fmt.Println(client.Resolve(ctx, a.ID, alert.ReasonFraud))
	}
	// Output:
	// networkConnectionsToCryptoMiningPools resolved
	// PATCH /beta/security/partner/securityAlerts/2a7064fb-1e33-4007-974e-352cb3f2c805-2edeb5b1-766f-4209-9271-3ddf27755afa
	// <nil>
}

// A host keeps the duty if even the strictest reading meets it. Each reading by
// itself is a ResponseRule.
func ExampleStrictest() {
	now := time.Date(2026, time.November, 30, 12, 0, 0, 0, time.UTC)
	alerts := []alert.Alert{
		{
			Status: alert.StatusResolved, DetectedAt: now.AddDate(0, 0, -10), ResolvedAt: now.AddDate(0, 0,
				-10).Add(2 * time.Hour),
		},
		{Status: alert.StatusInvestigating, DetectedAt: now.AddDate(0, 0, -3)},
	}
	mild := alert.ResponseRule{}.Measure(slices.Values(alerts), now)
	met, known := mild.Met(24 * time.Hour)
	fmt.Println(mild.Mean, mild.Counted, "counted,", mild.Open, "open; met:", met, known)

	strict := alert.Strictest(alerts, now)
	met, known = strict.Met(24 * time.Hour)
	fmt.Println(strict.Mean, strict.Counted, "counted,", strict.Open, "open; met:", met, known)
	// Output:
	// 2h0m0s 1 counted, 1 open; met: true true
	// 37h0m0s 2 counted, 1 open; met: false true
}
