package partner

import (
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cspkit/partner/internal/hidden"
	"github.com/cspkit/partner/internal/line"
	"github.com/cspkit/partner/internal/link"
	"github.com/cspkit/partner/internal/tenant"
	"github.com/cspkit/partner/internal/words"
)

// IncidentKind says what happened: a word, or words with dots between them,
// from the general to the particular, such as "azure_fraud.crypto_mining".
//
// It matches [a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)* and has at most 128 octets. A
// host may have kinds of its own. Only those that are, or lie below,
// [AzureFraud] are routed in a way of their own; see [IncidentKind.Is].
type IncidentKind string

// The kinds that Microsoft's page names, and others that hosts need.
const (
	Spam                 IncidentKind = "spam"
	AzureFraud           IncidentKind = "azure_fraud"
	CredentialCompromise IncidentKind = "credential_compromise"

	Phishing           IncidentKind = "phishing"
	Malware            IncidentKind = "malware"
	UnauthorizedAccess IncidentKind = "unauthorized_access"
	DataExposure       IncidentKind = "data_exposure"
)

// IncidentKinds returns the constants, those that the page names first.
func IncidentKinds() []IncidentKind {
	return []IncidentKind{
		Spam, AzureFraud, CredentialCompromise, Phishing, Malware, UnauthorizedAccess, DataExposure,
	}
}

// Is reports whether k is general, or lies below it:
// "azure_fraud.crypto_mining" is "azure_fraud", and "azure_fraud_2" is not. If
// general is "", it returns false.
func (k IncidentKind) Is(general IncidentKind) bool {
	below, found := strings.CutPrefix(string(k), string(general))
	return found && general != "" && (below == "" || below[0] == '.')
}

// IncidentSeverity is how bad it is, in the words of Microsoft Graph's partner
// security alerts.
type IncidentSeverity string

// The severities, the least first.
const (
	IncidentInformational IncidentSeverity = "informational"
	IncidentLow           IncidentSeverity = "low"
	IncidentMedium        IncidentSeverity = "medium"
	IncidentHigh          IncidentSeverity = "high"
)

var severities = [...]IncidentSeverity{IncidentInformational, IncidentLow, IncidentMedium, IncidentHigh}

// IncidentSeverities returns the severities, the least first.
func IncidentSeverities() []IncidentSeverity { return slices.Clone(severities[:]) }

// IncidentStatus says whether an incident goes on. The zero value, "", means
// that it does.
type IncidentStatus string

// IncidentResolved is the status of an incident that is over: its message is
// the all-clear.
const IncidentResolved IncidentStatus = "resolved"

// Incident is a security incident on one tenant, as it is told to those who
// must act on it. The zero value is no incident.
//
// What is called one line is valid UTF-8 with at least one visible character.
// It has no control characters, line separators or bidirectional controls.
//
// DetectedAt and RespondBy must have a form in RFC 3339, for an incident may
// wait in a queue as JSON. Every UTC time of the years 1 to 9999 has one. In
// another zone, its offset from UTC must be whole minutes, and less than a day.
//
// The ID must name nobody: logs and errors show it.
type Incident struct {
	ID         string           `json:"id"`                   // the host's own key, one line: "INC-2026-0042"
	TenantID   string           `json:"tenantId"`             // the impacted tenant, a partner's or a customer's; a UUID
	Kind       IncidentKind     `json:"kind"`                 // "credential_compromise"
	Severity   IncidentSeverity `json:"severity"`             // "high"
	Title      string           `json:"title"`                // what happened, one line
	Summary    string           `json:"summary,omitempty"`    // more about it, any number of lines
	Actions    []string         `json:"actions"`              // what to do, in order, each one line; none only if resolved
	DetectedAt time.Time        `json:"detectedAt"`           // when it was found; not zero, with a form in RFC 3339
	RespondBy  time.Time        `json:"respondBy,omitzero"`   // with such a form, not before DetectedAt; zero: at once
	Reference  string           `json:"reference,omitempty"`  // an https URL with more: see CodeIncidentReference
	TenantName string           `json:"tenantName,omitempty"` // what people call that tenant: "Adventure Works"; or ""
	Status     IncidentStatus   `json:"status,omitempty"`     // "" while it goes on; resolved: the all-clear
	Version    int              `json:"version,omitempty"`    // 0 at first, and the next for each later telling
	Drill      bool             `json:"drill,omitempty"`      // a rehearsal: its messages say so first
	// Translations are the title, the summary and the actions in other languages,
	// by tags of BCP 47. Without one that fits, a message in another language shows
	// the incident's own, which are taken to be English.
	Translations map[string]IncidentText `json:"translations,omitempty"`
}

// Check returns what is wrong with the incident, and what could be better, in
// the order of its fields. The paths are those of the JSON form: "/tenantId",
// "/actions", "/actions/0". The only advice is about the reference: see
// [CodeIncidentReferenceHost].
func (i Incident) Check() Findings {
	var fs Findings
	find := func(found bool, path string, code Code) {
		if found {
			fs = append(fs, newFinding(path, code))
		}
	}
	resolved := i.Status == IncidentResolved
	find(!line.Valid(i.ID), "/id", CodeIncidentID)
	find(!tenant.Valid(i.TenantID), "/tenantId", CodeIncidentTenant)
	find(!i.Kind.valid(), "/kind", CodeIncidentKind)
	find(!slices.Contains(severities[:], i.Severity), "/severity", CodeIncidentSeverity)
	find(!line.Valid(i.Title), "/title", CodeIncidentTitle)
	find(len(i.Actions) == 0 && !resolved, "/actions", CodeIncidentActions)
	for n, action := range i.Actions {
		find(!line.Valid(action), "/actions/"+strconv.Itoa(n), CodeIncidentActions)
	}
	find(!writable(i.DetectedAt) || i.DetectedAt.IsZero(), "/detectedAt", CodeIncidentDetectedAt)
	find(!i.RespondBy.IsZero() && (!writable(i.RespondBy) || i.RespondBy.Before(i.DetectedAt)),
		"/respondBy", CodeIncidentRespondBy)
	find(i.Reference != "" && !link.Valid(i.Reference), "/reference", CodeIncidentReference)
	find(link.Valid(i.Reference) && link.MixesScripts(i.Reference), "/reference", CodeIncidentReferenceHost)
	find(i.TenantName != "" && !line.Valid(i.TenantName), "/tenantName", CodeIncidentTenantName)
	find(i.Status != "" && !resolved, "/status", CodeIncidentStatus)
	find(i.Version < 0 || i.Version == 0 && resolved, "/version", CodeIncidentVersion)
	for _, tag := range slices.Sorted(maps.Keys(i.Translations)) {
		text, path := i.Translations[tag], "/translations/"+pointer.Replace(tag)
		find(!words.IsTag(tag), path, CodeLanguageTag)
		find(!line.Valid(text.Title), path+"/title", CodeIncidentTitle)
		find(len(text.Actions) != len(i.Actions), path+"/actions", CodeIncidentActions)
		for n, action := range text.Actions {
			find(!line.Valid(action), path+"/actions/"+strconv.Itoa(n), CodeIncidentActions)
		}
	}
	return fs
}

// pointer escapes a name in a JSON Pointer (RFC 6901).
var pointer = strings.NewReplacer("~", "~0", "/", "~1")

// Validate returns an [*InvalidError] with the errors that Check finds, or nil
// if there are none. Advice is no error.
func (i Incident) Validate() error { return i.Check().Err() }

// LogValue leaves out the texts, in which anybody may be named.
func (i Incident) LogValue() slog.Value {
	return slog.GroupValue(
		slog.String("id", i.ID), slog.String("tenantId", i.TenantID),
		slog.String("kind", string(i.Kind)), slog.String("severity", string(i.Severity)),
		slog.Time("detectedAt", i.DetectedAt), slog.String("status", string(i.Status)), slog.Int("version", i.Version),
		slog.Bool("drill", i.Drill),
	)
}

// Format prints what LogValue tells, whatever the verb.
func (i Incident) Format(s fmt.State, _ rune) { hidden.Format(s, "Incident", i) }

// kindLimit, in octets, is what a kind may have.
const kindLimit = 128

func (k IncidentKind) valid() bool {
	if len(k) > kindLimit {
		return false
	}
	for word := range strings.SplitSeq(string(k), ".") {
		if !validWord(word) {
			return false
		}
	}
	return true
}

// validWord reports whether s matches [a-z][a-z0-9_]*.
func validWord(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z':
		case i > 0 && (c == '_' || '0' <= c && c <= '9'):
		default:
			return false
		}
	}
	return s != ""
}

// writable reports whether t comes out of its JSON form as it went in: it lies
// in the years 1 to 9999, and its zone has no seconds, for RFC 3339 has none.
func writable(t time.Time) bool {
	_, err := t.MarshalText()
	_, offset := t.Zone()
	year := t.UTC().Year()
	return err == nil && offset%60 == 0 && 1 <= year && year <= 9999
}
