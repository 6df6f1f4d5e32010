package web

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

func TestProgress(t *testing.T) {
	t.Parallel()
	const (
		waiting, retrying   = host.DeliveryWaiting, host.DeliveryRetrying
		sent, failed, noOne = host.DeliverySent, host.DeliveryFailed, host.DeliveryNobody
		unknown, withdrawn  = host.DeliveryUnknown, host.DeliveryWithdrawn
		call, bounced       = host.DeliveryCall, host.DeliveryBounced
		routing, routed     = host.IncidentRouting, host.IncidentRouted
	)
	for _, tc := range []struct {
		name, why  string
		status     host.IncidentStatus
		counts     host.Counts
		noRights   int // of noOne
		word, tone string
		text       string
	}{
		{"refusals on the way", "a refusal is no progress, and must be seen", routed,
			host.Counts{sent: 4000, failed: 500, waiting: 500}, 0,
			"Sending, some not delivered", "warn", "4,000 of 5,000 messages sent so far, 500 not delivered."},
		{"only refusals so far", "it may be that nobody is told", routed, host.Counts{failed: 3, retrying: 2}, 0,
			"Trying again, some not delivered", "bad", "0 of 5 messages sent so far, 3 not delivered."},
		{"refusals while partners are read", "the same holds from the first one on", routing,
			host.Counts{sent: 1, failed: 1, waiting: 1}, 0,
			"Finding out whom to tell, some not delivered", "warn",
			"1 of 3 messages sent so far, 1 not delivered. Whom else to tell is being found out."},
		{"nobody so far", "there may be somebody yet", routing, host.Counts{noOne: 2}, 0,
			"Finding out whom to tell", "busy", "The partners that it concerns are being found. Nobody is told yet."},
		{"all refused", "nobody is told", routed, host.Counts{failed: 2}, 0,
			"Nobody was told", "bad", "Sending is over: 0 messages sent, 2 not delivered."},
		{"nobody to tell", "nobody is told", routed, host.Counts{noOne: 1}, 0,
			"Nobody was told", "bad", "Sending is over. No partner has anybody to tell: the deliveries say why."},
		{"no partner", "nobody is told", routed, nil, 0, "Nobody was told", "bad", "No partner is concerned."},
		{"one refused", "somebody is not told", routed, host.Counts{sent: 1, failed: 1, noOne: 1}, 0,
			"Some not delivered", "warn",
			"Sending is over: 1 message sent, 1 not delivered, 1 partner with nobody to tell."},
		{"one without a contact", "somebody is not told", routed, host.Counts{sent: 1, noOne: 1}, 0, "Sent, not all told",
			"warn", "Sending is over: 1 message sent, 1 partner with nobody to tell."},
		{"no rights", "they need not be told", routed, host.Counts{sent: 1, noOne: 2}, 2, "All told",
			"good", "Sending is over: 1 message sent."},
		{"nobody has rights", "nobody is told, and it says why", routed, host.Counts{noOne: 2}, 2,
			"Nobody was told", "bad", "Sending is over. No partner holds rights over the tenant, so none need be told."},
		{"at first", "nothing is over", host.IncidentQueued, nil, 0, "Finding out whom to tell", "busy",
			"The partners that it concerns are being found. Nobody is told yet."},
		{"all told", "only this is green", routed, host.Counts{sent: 2}, 0, "All told", "good",
			"Sending is over: 2 messages sent."},
		{"one without an answer", "it may not have arrived", routed, host.Counts{sent: 1, unknown: 1}, 0,
			"Sent, not all known", "warn", "Sending is over: 1 message sent, 1 without an answer of the mail server."},
		{"none with an answer", "it may be that nobody is told", routed, host.Counts{unknown: 1, failed: 1}, 0,
			"Perhaps nobody was told", "bad",
			"Sending is over: 0 messages sent, 1 not delivered, 1 without an answer of the mail server."},
		{"one withdrawn", "it was not to be sent any more", routed, host.Counts{sent: 1, withdrawn: 1}, 0,
			"All told", "good", "Sending is over: 1 message sent."},
		{"calls to make", "a person must do something", routed, host.Counts{sent: 2, call: 1}, 0,
			"Calls to make", "warn", "Sending is over: 2 messages sent, 1 person to be called."},
		{"calls beside mails", "the mails go on by themselves", routed, host.Counts{sent: 1, call: 1, waiting: 1}, 0,
			"Sending", "busy", "1 of 2 messages sent so far, 1 person to be called."},
		{"one came back", "nobody has read it", routed, host.Counts{sent: 1, bounced: 1}, 0,
			"Some not delivered", "warn",
			"Sending is over: 1 message sent, 1 not delivered."},
		{"all came back", "nobody is told", routed, host.Counts{bounced: 2}, 0, "Nobody was told", "bad",
			"Sending is over: 0 messages sent, 2 not delivered."},
		{"stopped", "it says what became of the others", host.IncidentCancelled, host.Counts{sent: 2, failed: 1}, 0,
			"Stopped", "bad", "Stopped before all partners were found: 2 messages sent, 1 not delivered."},
		{"a state of another version", "what nobody knows is not at its end", routed, host.Counts{sent: 2, "new": 1}, 0,
			"Sending", "busy", "2 of 3 messages sent so far."},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			gaps := tc.counts[noOne] - tc.noRights
			p := newProgress(host.StoredIncident{Status: tc.status}, host.Progress{
				Messages: tc.counts, Partners: map[host.Part]int{host.PartNobody: gaps, host.PartNoRights: tc.noRights},
			})
			assert.Equal(t, []string{tc.word, tc.tone, tc.text}, []string{p.Status, p.Tone, p.Text}, tc.why)
			assert.Equal(t, tc.counts[sent], p.Sent, "the bar shows what is sent, and nothing else")
			if p.Tone == "good" {
				assert.Zero(t, tc.counts[failed]+gaps+tc.counts[unknown]+tc.counts[bounced]+tc.counts[call], tc.why)
			}
		})
	}
}

// A partner with nobody to tell is as bad as its reason.
func TestNobodyToTellIsAsBadAsItsReason(t *testing.T) {
	t.Parallel()
	for gap, tone := range map[partner.Gap]string{
		partner.GapNoSecurityContact: "bad", partner.GapNoEnrolledAdminAgent: "warn", partner.GapNoRights: "calm",
	} {
		assert.Equal(t, tone, became(host.Delivery{State: host.DeliveryNobody, Gap: gap}).Tone, "%s", gap)
	}
	assert.Equal(t, "good", became(host.Delivery{State: host.DeliverySent}).Tone)
}
