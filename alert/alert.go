package alert

import (
	"fmt"
	"log/slog"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/internal/hidden"
)

// Alert is one of Microsoft's security alerts about a customer of a partner.
//
// All times are in UTC, and zero where the API left them unset. A word that the
// API does not document stays as it came, so that nothing is lost; only an
// unknown severity becomes high. The zero value is no alert. Values may be
// shared between goroutines as long as nobody changes them.
type Alert struct {
	// ID is one UUID, or two with "_" between them, in lower case. It is the same
	// whichever API the alert came from. An ID of another form stays as it came,
	// without white space at its ends: "A b" and "123", and "7" for the number 7.
	ID               string
	PartnerTenantID  string // the partner's tenant, a UUID; "" where the API does not say: the caller's
	CustomerTenantID string // the impacted tenant, a UUID
	SubscriptionID   string // the customer's Azure subscription, a UUID; or ""
	ResellerTenantID string // the indirect reseller's tenant, a UUID; or ""

	Type        string                   // lower camel case: "usageAnomalyDetection"; an unknown one is as it came
	Title       string                   // Microsoft's display name; or ""
	Description string                   // any number of lines; or ""
	Severity    partner.IncidentSeverity // high also where unknown: nobody must miss what nobody could read
	Confidence  string                   // "low", "medium", "high"; an unknown word is as it came; or ""
	Status      Status                   // "active", "investigating", "resolved"; any other word counts as open
	Reason      Reason                   // why it was resolved; Microsoft's samples have one on open alerts too

	DetectedAt      time.Time
	FirstObservedAt time.Time
	LastObservedAt  time.Time
	ResolvedAt      time.Time

	Test      bool         // a trial of the alerts themselves
	Resources []Resource   // what is affected; often none: then look at the whole subscription
	Log       []Transition // oldest first; one without a time comes before all others
}

// Status says how far the work on an alert has come. The zero value, "", is
// open, like every word but [StatusResolved].
type Status string

// The statuses that Microsoft documents.
const (
	StatusActive        Status = "active"
	StatusInvestigating Status = "investigating"
	StatusResolved      Status = "resolved"
)

// Reason says what an alert turned out to be. The zero value, "", is no reason.
type Reason string

// The reasons that Microsoft documents.
const (
	ReasonLegitimate Reason = "legitimate" // the activity is expected, or the alert is mistaken
	ReasonIgnore     Reason = "ignore"     // the alert is an old one
	ReasonFraud      Reason = "fraud"      // nobody had allowed the activity
)

// Resource is something in Azure that an alert is about.
type Resource struct {
	ID   string // "/subscriptions/…/virtualMachines/vm-1"; it may name people
	Type string // as the API writes it: "AzureResource"; or ""
}

// Transition is one change of an alert's status. Who made it is left out.
type Transition struct {
	From, To Status
	At       time.Time // UTC; zero where it cannot be read
}

// resolves reports whether the alert was open before and is resolved after.
func (t Transition) resolves() bool { return t.From != StatusResolved && t.To == StatusResolved }

// reopens reports whether the alert was resolved before and is open after.
func (t Transition) reopens() bool { return t.From == StatusResolved && t.To != StatusResolved }

// Open reports whether somebody must still act. Status alone decides: an open
// alert may have a Reason and a ResolvedAt, and they count for nothing.
func (a Alert) Open() bool { return a.Status != StatusResolved }

// LogValue leaves out the title, the description and the resources, in which
// anybody may be named.
func (a Alert) LogValue() slog.Value {
	return slog.GroupValue(
		slog.String("id", a.ID), slog.String("partnerTenantId", a.PartnerTenantID),
		slog.String("customerTenantId", a.CustomerTenantID), slog.String("subscriptionId", a.SubscriptionID),
		slog.String("type", a.Type), slog.String("severity", string(a.Severity)), slog.String("status", string(a.Status)),
		slog.String("reason", string(a.Reason)), slog.Time("detectedAt", a.DetectedAt), slog.Bool("test", a.Test),
	)
}

// Format prints what LogValue tells, whatever the verb.
func (a Alert) Format(s fmt.State, _ rune) { hidden.Format(s, "alert.Alert", a) }

// LogValue leaves out the ID, which may name people.
func (r Resource) LogValue() slog.Value { return slog.GroupValue(slog.String("type", r.Type)) }

// Format prints what LogValue tells, whatever the verb.
func (r Resource) Format(s fmt.State, _ rune) { hidden.Format(s, "alert.Resource", r) }
