package web

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// Whatever a page says after something was done, the audit log has words for,
// and it says why where nothing was.
func TestAuditResultsHaveWords(t *testing.T) {
	t.Parallel()
	for done, n := range notices {
		words, known := auditResults[done]
		assert.True(t, known, "%s has no words", done)
		assert.Equal(t, n.Nothing && words == "", false, "%s does not say why nothing was done", done)
	}
	for _, r := range replies {
		assert.NotEmpty(t, auditResults["answer-"+r.value], r.value)
	}
	for _, s := range sayings {
		assert.NotEmpty(t, auditResults["contact-"+s.value], s.value)
	}
	for _, result := range host.CallResults() {
		assert.NotEmpty(t, auditResults["call-"+string(result)], result)
	}
	for _, code := range slices.Sorted(maps.Keys(auditResults)) {
		assert.NotContains(t, code, " ", "a blank ends the code")
		assert.LessOrEqual(t, len(strings.Fields(auditResults[code])), 16, "%s: a few words", code)
	}
}

// What is going on is not cut off.
func TestWhatIsGoingOn(t *testing.T) {
	t.Parallel()
	now := time.Now()
	for _, tt := range []struct {
		outcome host.AuditOutcome
		ago     time.Duration
		want    string
	}{
		{host.AuditBegun, time.Second, "Going on"}, {host.AuditBegun, time.Hour, "Cut off"},
		{host.AuditDone, time.Second, "Done"},
	} {
		got := auditShown(host.AuditEntry{Outcome: tt.outcome, At: now.Add(-tt.ago)}, now)
		assert.Equal(t, tt.want, got.Word)
	}
}

func TestAuditResult(t *testing.T) {
	t.Parallel()
	counts := host.ImportCounts{Wrong: 1, Kept: 2, Verdicts: map[host.ImportKind]map[host.ImportVerdict]int{
		host.ImportPartner: {host.ImportNew: 1200}, host.ImportCustomer: {host.ImportChanged: 3},
	}}
	for _, tt := range []struct {
		name, why string
		e         host.AuditEntry
		want      string
	}{
		{"a call", "", host.AuditEntry{Outcome: host.AuditDone, Result: "call-not_reached"}, "Not reached"},
		{"numbers", "as people write them", host.AuditEntry{Outcome: host.AuditDone, Result: counts.Result("import-saved")},
			"1,200 new, 3 changed, 2 contacts kept, 1 wrong and left out"},
		{"the first number is 0", "what stands before it stays", host.AuditEntry{Outcome: host.AuditDone,
			Result: host.ImportCounts{Wrong: 2}.Result("import-read")}, "Read, not saved, 2 wrong"},
		{"nothing new", "", host.AuditEntry{Outcome: host.AuditDone, Result: host.ImportCounts{}.Result("import-read")},
			"Read, not saved"},
		{"how many", "", host.AuditEntry{Outcome: host.AuditDone, Result: host.AuditResult("reminded", 3)}, "3 mailed"},
		{"a language", "", host.AuditEntry{Outcome: host.AuditDone, Result: "language pt-BR"}, "Brazilian Portuguese"},
		{"refused", "a redirect says nothing", host.AuditEntry{Outcome: host.AuditRefused, Status: http.StatusSeeOther,
			Result: "import-wrong"}, "Rows are wrong"},
		{"refused, without a result", "the status says why", host.AuditEntry{Outcome: host.AuditRefused,
			Status: http.StatusPreconditionFailed}, "Somebody changed it meanwhile"},
		{"done", "that says all", host.AuditEntry{Outcome: host.AuditDone, Status: http.StatusSeeOther}, ""},
		{"a code of another version", "it is not shown as it is", host.AuditEntry{Result: "what n=<b>"}, ""},
	} {
		assert.Equal(t, tt.want, auditResult(tt.e), "%s: %s", tt.name, tt.why)
	}
}
