package outbound

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/webhook"
)

// Trial is what became of a test, in words for whoever asked for it.
type Trial struct {
	OK   bool
	Says string // "It answered 200 in 120 ms."
}

// trialTime is how long a test may take. The client gives up before that.
const trialTime = 20 * time.Second

// Try sends a test to a webhook at once, on or off. It goes the way of a real
// notification, and says of itself that it is a drill. With next, the new
// secret signs that is not used yet.
func (h *Hooks) Try(ctx context.Context, w host.Webhook, company string, next bool) Trial {
	d, err := h.open(w)
	if err != nil {
		return Trial{Says: "Its address cannot be opened, for the portal does not have the key any more. Enter it anew."}
	}
	if next && len(d.Next) > 0 {
		d.Secret = d.Next
	}
	leave, _ := h.places.enter(hostOf(d.URL))
	if leave == nil {
		return Trial{Says: "The service is being called by others, and is slow. Try again in a minute."}
	}
	defer leave()
	ctx, cancel := context.WithTimeout(ctx, trialTime)
	defer cancel()
	took, failed := h.call(ctx, w, d, h.trial(w, company))
	return Trial{OK: failed == nil, Says: says(failed, took, w.Format)}
}

// trial is the notification that a test sends.
func (h *Hooks) trial(w host.Webhook, company string) partner.Notification {
	i := partner.Incident{
		ID: "webhook-test-" + rand.Text(), TenantID: w.TenantID, Kind: "webhook_test", Drill: true,
		Severity: partner.IncidentInformational, Title: "Test of a webhook", DetectedAt: h.opts.Now().UTC(),
		Summary: "Somebody at your company has pressed the test button in the partner portal. Nothing has happened.",
		Actions: []string{"Do nothing. This only shows that the webhook works."},
	}
	route := partner.Routing{}.Route(i, partner.Impact{
		PartnerTenantID: w.TenantID, CompanyName: company, Subscribers: []partner.Recipient{w.Recipient()},
	})
	return route.Notifications(i)[0]
}

// advice are sentences about problems that somebody can do something about.
var advice = map[string]string{
	"the address is not a public one":            "Its address is not a public one, and the portal calls no other.",
	"no public address answered":                 "None of its public addresses answered.",
	"the name of the service cannot be resolved": "Its name cannot be resolved. Check how the address is spelled.",
	"the certificate of the service is not accepted": "Its certificate must be valid for this name, and from a " +
		"public authority.",
	"the service does not speak TLS":         "It does not speak TLS. Check the port in the address.",
	"the service refused the TLS connection": "It refused the TLS connection.",
	"the service refused the connection":     "It refused the connection. Does it run, and is the port right?",
	"the service did not answer in time":     "It did not answer in time.",
	"the connection to the service broke":    "The connection broke before it answered.",
}

// statuses are what some answers mean, by format or for all.
var statuses = map[int]string{
	http.StatusBadRequest:      "It did not understand the message. Check that the format is the right one.",
	http.StatusUnauthorized:    "It did not accept who is calling. Check the secret on both sides.",
	http.StatusForbidden:       "It did not accept who is calling. Check the secret on both sides.",
	http.StatusNotFound:        "There is nothing at this address. Check it, or make a new one at the service.",
	http.StatusGone:            "There is nothing at this address any more. Make a new one at the service.",
	http.StatusTooManyRequests: "It gets too many calls now. Incidents are sent again later.",
}

func says(failed *Error, took time.Duration, f webhook.Format) string {
	in := " in " + spent(took) + "."
	switch {
	case failed == nil && f == webhook.PagerDuty:
		return "PagerDuty took it" + in + " Resolve the test incident there."
	case failed == nil:
		return "The service took it" + in
	case failed.status == 0:
		if said := advice[failed.problem]; said != "" {
			return said
		}
		return "It was not reached."
	}
	said := "It answered " + strconv.Itoa(failed.status) + in
	switch {
	case statuses[failed.status] != "":
		said += " " + statuses[failed.status]
	case failed.status >= 500:
		said += " The fault is on its side. Incidents are sent again for a day."
	case failed.status >= 300 && failed.status < 400:
		said += " It leads to another address, which the portal does not follow. Enter the final one."
	}
	return said
}

// spent writes a duration for people: "120 ms", "2.3 s".
func spent(d time.Duration) string {
	if d < time.Second {
		return fmt.Sprintf("%d ms", d.Milliseconds())
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}
