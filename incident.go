package partner

import (
	"log/slog"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/cspkit/partner/internal/line"
	"github.com/cspkit/partner/internal/tenant"
)

// IncidentKind says what happened. It matches [a-z][a-z0-9_]*; the constants are the kinds that Microsoft's page names, and a
// host may have others. Only [AzureFraud] is routed in a way of its own.
type IncidentKind string

// The kinds that the page names.
const (
	Spam                 IncidentKind = "spam"
	AzureFraud           IncidentKind = "azure_fraud"
	CredentialCompromise IncidentKind = "credential_compromise"
)

// IncidentSeverity is how bad it is, in the words of Microsoft Graph's partner security alerts.
type IncidentSeverity string

// The severities, the least first.
const (
	IncidentInformational IncidentSeverity = "informational"
	IncidentLow           IncidentSeverity = "low"
	IncidentMedium        IncidentSeverity = "medium"
	IncidentHigh          IncidentSeverity = "high"
)

// Incident is a security incident on one tenant, as it is told to those who must act on it. The zero value is no incident.
//
// One line is valid UTF-8 with something to be seen in it, and without control characters, line separators and bidirectional
// controls. A time lies in the years 1 to 9999 and in a zone of whole minutes, less than a day, from UTC: RFC 3339 writes no
// other, and an incident may wait in a queue as JSON. In UTC, every time of those years can be written. The ID must name nobody:
// logs and errors show it.
type Incident struct {
	ID         string           `json:"id"`                  // the host's own key, one line: "INC-2026-0042"
	TenantID   string           `json:"tenantId"`            // the tenant that the incident impacts, a partner's or a customer's; a UUID
	Kind       IncidentKind     `json:"kind"`                // "credential_compromise"
	Severity   IncidentSeverity `json:"severity"`            // "high"
	Title      string           `json:"title"`               // what happened, one line
	Summary    string           `json:"summary,omitempty"`   // more about it, any number of lines
	Actions    []string         `json:"actions"`             // what the contact must do, in order, each one line; at least one
	DetectedAt time.Time        `json:"detectedAt"`          // when it was found; a time that can be written, as said above
	RespondBy  time.Time        `json:"respondBy,omitzero"`  // such a time, not before DetectedAt; zero: at once
	Reference  string           `json:"reference,omitempty"` // an absolute https URL with more, as CodeIncidentReference says, or ""
	Drill      bool             `json:"drill,omitempty"`     // a rehearsal: its messages say so first
}

// Check returns what is wrong with the incident in the order of its fields; all findings are errors. The paths are those of
// the JSON form: "/tenantId", "/actions", "/actions/0".
func (i Incident) Check() Findings {
	var fs Findings
	fail := func(wrong bool, path string, code Code) {
		if wrong {
			fs = append(fs, newFinding(path, code))
		}
	}
	fail(!line.Valid(i.ID), "/id", CodeIncidentID)
	fail(!tenant.Valid(i.TenantID), "/tenantId", CodeIncidentTenant)
	fail(!i.Kind.valid(), "/kind", CodeIncidentKind)
	fail(!i.Severity.valid(), "/severity", CodeIncidentSeverity)
	fail(!line.Valid(i.Title), "/title", CodeIncidentTitle)
	fail(len(i.Actions) == 0, "/actions", CodeIncidentActions)
	for n, action := range i.Actions {
		fail(!line.Valid(action), "/actions/"+strconv.Itoa(n), CodeIncidentActions)
	}
	fail(!writable(i.DetectedAt) || i.DetectedAt.IsZero(), "/detectedAt", CodeIncidentDetectedAt)
	fail(!i.RespondBy.IsZero() && (!writable(i.RespondBy) || i.RespondBy.Before(i.DetectedAt)), "/respondBy", CodeIncidentRespondBy)
	fail(!validReference(i.Reference), "/reference", CodeIncidentReference)
	return fs
}

// Validate returns an [*InvalidError] with the findings of Check, or nil if there are none.
func (i Incident) Validate() error { return i.Check().Err() }

// LogValue leaves out the texts, in which anybody may be named.
func (i Incident) LogValue() slog.Value {
	return slog.GroupValue(
		slog.String("id", i.ID), slog.String("tenantId", i.TenantID),
		slog.String("kind", string(i.Kind)), slog.String("severity", string(i.Severity)),
		slog.Time("detectedAt", i.DetectedAt), slog.Bool("drill", i.Drill),
	)
}

func (k IncidentKind) valid() bool {
	for i := range len(k) {
		switch c := k[i]; {
		case 'a' <= c && c <= 'z':
		case i > 0 && (c == '_' || '0' <= c && c <= '9'):
		default:
			return false
		}
	}
	return k != ""
}

func (s IncidentSeverity) valid() bool {
	switch s {
	case IncidentInformational, IncidentLow, IncidentMedium, IncidentHigh:
		return true
	default:
		return false
	}
}

// writable reports whether t lies in the years 1 to 9999 and comes out of RFC 3339, which has no zones with seconds, as it went
// in: a notification may wait in a queue as JSON.
func writable(t time.Time) bool {
	_, err := t.MarshalText()
	_, offset := t.Zone()
	year := t.UTC().Year()
	return err == nil && offset%60 == 0 && 1 <= year && year <= 9999
}

// validReference refuses a user name in the URL: no program sends one (RFC 9110 section 4.2.4), and it passes for the host.
func validReference(s string) bool {
	if s == "" {
		return true
	}
	u, err := url.Parse(s)
	return err == nil && line.Valid(s) && !strings.ContainsFunc(s, endsURL) && u.Scheme == "https" && u.User == nil &&
		hasLabels(u.Hostname()) && validPort(u.Port())
}

// hasLabels reports whether there is something to be seen in every label of host, but for the root's after a dot at the end.
func hasLabels(host string) bool {
	for label := range strings.SplitSeq(strings.TrimSuffix(host, "."), ".") {
		if !line.Valid(label) {
			return false
		}
	}
	return true
}

// validPort reports whether a URL may have the port, which may be left out, also behind the colon (RFC 3986 section 3.2.3).
func validPort(port string) bool {
	n, err := strconv.ParseUint(port, 10, 16)
	return port == "" || err == nil && n > 0
}

// endsURL reports whether a mail program would not take r for a part of the URL before it.
func endsURL(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`<>"`, r) }
