package host

import (
	"cmp"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/alert"
)

// AlertState is what became of one of Microsoft's alerts here.
type AlertState string

// The states.
const (
	AlertNew     AlertState = "new"     // a person must look at it: no rule can deal with it
	AlertDraft   AlertState = "draft"   // a draft of an incident waits for a person
	AlertRaised  AlertState = "raised"  // it is an incident
	AlertJoined  AlertState = "joined"  // it belongs to an incident, or a draft, that was there
	AlertIgnored AlertState = "ignored" // nobody is told
)

// AlertStates are all states, those that wait for a person first.
func AlertStates() []AlertState {
	return []AlertState{AlertNew, AlertDraft, AlertRaised, AlertJoined, AlertIgnored}
}

// ReplyState is whether Microsoft is told that an alert is dealt with.
type ReplyState string

// The states. The zero value: there is nothing to tell.
const (
	ReplyWanted ReplyState = "wanted" // it is to be told, and is tried again until it is
	ReplySent   ReplyState = "sent"
	ReplyFailed ReplyState = "failed" // Microsoft does not take it: a person must look
)

// Alert is one of Microsoft's alerts as the portal keeps it.
type Alert struct {
	alert.Alert            // as Microsoft says now
	State       AlertState // of it here
	Why         string     // it is in the state, in one sentence
	Rule        string     // the name of the rule that decided; "": none did
	IncidentID  string     // of the incident, or of the draft of one; "": none
	SeenAt      time.Time
	ChangedAt   time.Time // when Microsoft said something else of it

	Reply        ReplyState
	ReplyReason  alert.Reason
	ReplyAt      time.Time // of the last try, or of the next; zero: none
	ReplyTries   int
	ReplyProblem string
}

// LogValue tells the alert's ID and the state.
func (a Alert) LogValue() slog.Value {
	return slog.GroupValue(slog.String("id", a.ID), slog.String("state", string(a.State)))
}

// DraftID is the ID of the saved form that is a draft of the incident.
func DraftID(incidentID string) string { return "draft-" + incidentID }

// AlertAction is what a rule does with an alert.
type AlertAction string

// The actions. Whatever is none makes a draft.
const (
	ActRaise  AlertAction = "raise"  // an incident, at once
	ActDraft  AlertAction = "draft"  // a draft, for a person
	ActIgnore AlertAction = "ignore" // nobody is told
)

// AlertTest says of which alerts a rule is: trials of the alerts themselves, or
// real ones.
type AlertTest string

// The choices. The zero value is all.
const (
	TestAny  AlertTest = ""
	TestReal AlertTest = "real"
	TestOnly AlertTest = "test"
)

// AlertRule says what comes of some alerts. The rules have an order, and the
// first that fits decides.
type AlertRule struct {
	ID       string
	Name     string
	Type     string                   // of alerts: "usageAnomalyDetection"; "": any
	Severity partner.IncidentSeverity // at least; "": any
	Test     AlertTest
	Action   AlertAction
	AllClear bool // sends the all-clear when Microsoft says that all alerts of the incident are resolved
	SavedAt  time.Time
	ByName   string
}

// LogValue tells the ID and the action.
func (r AlertRule) LogValue() slog.Value {
	return slog.GroupValue(slog.String("id", r.ID), slog.String("action", string(r.Action)))
}

// severityOrder are the severities, the least first.
func severityOrder(s partner.IncidentSeverity) int {
	for i, known := range partner.IncidentSeverities() {
		if s == known {
			return i
		}
	}
	return len(partner.IncidentSeverities()) // unknown: nobody must miss it
}

// MoreSevere reports whether a is more severe than b.
func MoreSevere(a, b partner.IncidentSeverity) bool { return severityOrder(a) > severityOrder(b) }

// AlertType is a type of alerts as two spellings of it are compared: in any
// case of letters, and with or without "_".
func AlertType(t string) string {
	return strings.ToLower(strings.ReplaceAll(strings.TrimSpace(t), "_", ""))
}

// Fits reports whether the rule is about an alert.
func (r AlertRule) Fits(a alert.Alert) bool {
	switch {
	case r.Type != "" && AlertType(r.Type) != AlertType(a.Type):
		return false
	case r.Severity != "" && MoreSevere(r.Severity, a.Severity):
		return false
	case r.Test == TestReal && a.Test, r.Test == TestOnly && !a.Test:
		return false
	case r.Test != TestAny && r.Test != TestReal && r.Test != TestOnly:
		return false
	}
	return true
}

// RuleFor returns the first rule that fits. If none does, the zero rule makes a
// draft.
func RuleFor(rules []AlertRule, a alert.Alert) AlertRule {
	for _, r := range rules {
		if r.Fits(a) {
			return r
		}
	}
	return AlertRule{Action: ActDraft}
}

// NeverFires returns, by the ID of each rule that no alert can reach, the rules
// above it that take all of its alerts, in their order.
func NeverFires(rules []AlertRule) map[string][]AlertRule {
	never := map[string][]AlertRule{}
	for at, rule := range rules {
		takers := map[int]bool{}
		reached := false
		for _, a := range rule.samples() {
			i := slices.IndexFunc(rules[:at], func(r AlertRule) bool { return r.Fits(a) })
			reached = reached || i < 0
			takers[i] = true
		}
		if reached || len(takers) == 0 {
			continue
		}
		for _, i := range slices.Sorted(maps.Keys(takers)) {
			never[rule.ID] = append(never[rule.ID], rules[i])
		}
	}
	return never
}

// samples are alerts that the rule fits: one for each severity, real and a
// test. A rule about any type has them of a type that no rule names.
func (r AlertRule) samples() []alert.Alert {
	var all []alert.Alert
	for _, severity := range partner.IncidentSeverities() {
		for _, test := range []bool{false, true} {
			a := alert.Alert{Type: cmp.Or(r.Type, "\x00"), Severity: severity, Test: test}
			if r.Fits(a) {
				all = append(all, a)
			}
		}
	}
	return all
}

// PollState is how asking Microsoft for alerts goes. The zero value: nobody has
// asked yet.
type PollState struct {
	OKAt         time.Time // the last time that all alerts were read
	TriedAt      time.Time
	FailingSince time.Time // zero: it works
	Failures     int       // in a row
	Problem      string    // of the last try, without personal data; also of alerts that could not be read
}
