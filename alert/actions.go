package alert

import (
	"strconv"
	"strings"

	"github.com/cspkit/partner/internal/line"
)

// The steps that several types share.
const (
	stepStop = "Unless all of it is expected, stop and delete what an intruder created, in every region, " +
		"with the disks and the storage that stay behind."
	stepCredentials = "Change the credentials of the tenant's administrators and of all who have a role on the " +
		"subscription, " +
		"and require multifactor authentication of them all."
	stepRecovery = "Check the phone numbers and addresses with which Global admins recover their passwords."
	stepLogs     = "Go through the sign-in logs, the users at risk and the activity log around the time of the alert, " +
		"and remove each role, account and application that nobody can explain."
	stepCancel = "If the intruder cannot be kept out, cancel the subscription. Ask the customer first if there is time. " +
		"It takes a Global admin who is an admin agent too."
	stepAfter  = "Afterwards, have quotas lowered that the customer does not use, and set a spending budget."
	stepReport = "Resolve the alert in Partner Center: as fraud, or as legitimate if the activity is expected."
)

// DefaultActions returns what to do about an alert, in order. Each step is one
// line. It names the subscription, and the first of the resources that are
// written as Azure does.
//
// The steps are those of Microsoft's guidance in our own words: for each
// documented type of its own, and a general list for every other. The guidance
// is that of the Partner Center pages "Detect and respond to security alerts",
// "Respond to security events with the Security Alerts dashboard" and
// "Essential steps to confirm, contain, and secure a compromise".
func DefaultActions(a Alert) []string {
	i, known := place[typeKey(a.Type)]
	switch {
	case known && documented[i].fraud:
		return []string{
			"Open " + a.subscription() + " in the Azure portal" + a.resources() + ".",
			documented[i].look, stepStop, stepCredentials, stepRecovery, stepLogs, stepCancel, stepAfter, stepReport,
		}
	case known:
		return []string{
			"Read the advisory. The alert in Partner Center holds a copy of what the customer was told " +
				"under Service Health in the Azure portal.",
			"Do what it asks, together with the customer, on " + a.subscription() + a.resources() + ".",
			"See that the customer has an alert for Service Health, so that the next advisory reaches somebody.",
			"Resolve the alert in Partner Center: as legitimate once it is done, or as fraud if it is about an intruder.",
		}
	}
	return []string{
		"Open the alert in Partner Center, under Insights, Security, Alerts, and read what was seen on " + a.subscription() +
			a.resources() + ".",
		"Ask the customer whether the activity is expected.",
		stepStop, stepCredentials, stepRecovery, stepLogs, stepReport,
	}
}

// subscription names the subscription for a sentence.
func (a Alert) subscription() string {
	if id := shown(a.SubscriptionID); id != "" {
		return "the Azure subscription " + id
	}
	return "the customer's Azure subscriptions"
}

// shownResources is how many resources a step names.
const shownResources = 3

// resources ends the first step: ", and start with A, B and 2 more". Only what
// is written as Azure does is shown: a mail program makes a link of much else.
func (a Alert) resources() string {
	var names []string
	for _, r := range a.Resources {
		if id := shown(r.ID); strings.HasPrefix(lower(id), "/subscriptions/") && !strings.Contains(id, "//") {
			names = append(names, id)
		}
	}
	if len(names) == 0 {
		return ""
	}
	text := ", and start with " + strings.Join(names[:min(len(names), shownResources)], ", ")
	if more := len(names) - shownResources; more > 0 {
		text += " and " + strconv.Itoa(more) + " more"
	}
	return text
}

// shown is what a step shows of a value: one line of 300 code points.
func shown(s string) string { return line.Cut(line.Clean(s), 300) }
