package alert

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/internal/line"
	"github.com/cspkit/partner/internal/link"
)

// IncidentOptions says how an alert becomes an incident. The zero value, and a
// nil pointer, take every default. The functions are called from the goroutine
// that calls Incident. What they return is cleaned: see [Alert.Incident].
type IncidentOptions struct {
	Actions    func(Alert) []string         // what to do, in order; default: DefaultActions
	RespondIn  time.Duration                // after the detection; default, also for 0 or less: 24 h
	Reference  func(Alert) string           // an https URL with more; default: none
	TenantName func(tenantID string) string // what people call the customer's tenant; default: none
}

// respondIn is the duty: alerts are answered within 24 hours.
const respondIn = 24 * time.Hour

// Incident returns the incident that the alert is about, to be told as any
// other.
//
// It is valid whenever the alert has an ID, a customer tenant that is a UUID
// and a detection time in the years 1 to 9999, whatever the other fields hold:
//
//   - ID is the alert's, so that both APIs tell of one incident.
//   - The impacted tenant is the customer's.
//   - Title is the alert's, or made of its type; Summary is its description.
//   - An unknown severity is high.
//   - RespondBy is RespondIn after the detection.
//   - A test is a drill.
//   - It is resolved once the alert is.
//
// Version is how often the alert's Log resolves or reopens it, and at least 1
// once it is resolved, so that an all-clear is no second copy of the first
// telling. The first telling may have a version above 0: the log may resolve
// and reopen the alert before the host sees it. Its notifications then have a
// Thread that was never sent: see [partner.Notification].
//
// A host that also tells updates of its own counts versions itself, for both
// together: the IDs of notifications follow the version, and of two with the
// same one the second is dropped.
//
// What the options give is cleaned. Actions and names become one line, blank
// actions are left out, and so is a reference that no incident may have.
// Without a usable action those of [DefaultActions] count, and Translations has
// them in every other language. A host that gives its own adds its own
// translations.
func (a Alert) Incident(opts *IncidentOptions) partner.Incident {
	if opts == nil {
		opts = &IncidentOptions{}
	}
	i := partner.Incident{
		ID:         a.incidentID(),
		TenantID:   a.CustomerTenantID,
		Kind:       a.Kind(),
		Severity:   a.Severity,
		Title:      line.Clean(a.Title),
		Summary:    strings.ToValidUTF8(a.Description, "\uFFFD"),
		DetectedAt: a.DetectedAt.UTC(),
		RespondBy:  opts.respondBy(a.DetectedAt),
		Version:    a.version(),
		Drill:      a.Test,
	}
	if !a.Open() {
		i.Status = partner.IncidentResolved
	}
	if !slices.Contains(partner.IncidentSeverities(), i.Severity) {
		i.Severity = partner.IncidentHigh
	}
	if i.Title == "" {
		i.Title = a.title()
	}
	if opts.Actions != nil {
		i.Actions = cleaned(opts.Actions(a))
	}
	if len(i.Actions) == 0 {
		i.Actions = DefaultActions(a)
		i.Translations = make(map[string]partner.IncidentText)
		for _, tag := range partner.Languages()[1:] {
			i.Translations[tag] = partner.IncidentText{
				Title: i.Title, Summary: i.Summary, Actions: DefaultActionsIn(a, tag),
			}
		}
	}
	if opts.Reference != nil {
		if reference := strings.TrimSpace(opts.Reference(a)); link.Valid(reference) {
			i.Reference = reference
		}
	}
	if opts.TenantName != nil {
		i.TenantName = line.Clean(opts.TenantName(a.CustomerTenantID))
	}
	return i
}

// incidentID is the alert's ID as one line. What cannot be seen is written in
// escapes, for it tells one alert from another.
func (a Alert) incidentID() string {
	if id := line.Clean(a.ID); id != "" || a.ID == "" {
		return id
	}
	return strconv.QuoteToASCII(a.ID)
}

// version counts what Log resolves and reopens.
func (a Alert) version() int {
	n := 0
	for _, t := range a.Log {
		if t.resolves() || t.reopens() {
			n++
		}
	}
	if !a.Open() {
		n = max(n, 1)
	}
	return n
}

// lastTime is the last that an incident may have.
var lastTime = time.Date(9999, time.December, 31, 23, 59, 59, 999_999_999, time.UTC)

func (o *IncidentOptions) respondBy(detected time.Time) time.Time {
	if detected.IsZero() {
		return time.Time{}
	}
	in := o.RespondIn
	if in <= 0 {
		in = respondIn
	}
	by := detected.UTC().Add(in)
	if by.After(lastTime) {
		return lastTime
	}
	return by
}

// cleaned returns the actions that can be shown, each as one line.
func cleaned(actions []string) []string {
	var usable []string
	for _, action := range actions {
		if action = line.Clean(action); action != "" {
			usable = append(usable, action)
		}
	}
	return usable
}
