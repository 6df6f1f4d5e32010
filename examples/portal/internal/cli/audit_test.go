package cli

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
	"github.com/cspkit/partner/examples/portal/internal/web"
)

// TestEveryChangeIsAudited: a route that is new must be put into one of the two
// lists.
func TestEveryChangeIsAudited(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	recorded := strings.Fields(`/incidents /incidents/{id}/retry /incidents/{id}/remind /incidents/{id}/resume
		/incidents/{id}/update/send /incidents/{id}/all-clear/send /incidents/{id}/cancel/send /incidents/{id}/reopen/send
		/incidents/{id}/cases/{case} /incidents/{id}/notes /incidents/{id}/owner /calls/{id} /coverage.csv
		/incidents/{id}/deliveries.csv /incidents/{id}/deliveries.json
		/api/v1/legal-profile /partners/{id}/ask /partners/{id}/language /partners/ask /imports /imports/{id}/save /imports/{id}/report.csv
		/api/v1/imports /api/v1/imports/{id}/save /tokens /tokens/{id}/revoke /alerts/{id}/ignore /alerts/{id}/draft
		/alerts/{id}/reply /alerts/rules /alerts/rules/one/{id}/move /alerts/rules/one/{id}/delete /api/v1/partners
		/api/v1/incidents /api/v1/incidents/{id}/update /incidents/drafts /incidents/drafts/discard
		/settings/account/profile/legal/language
		/api/v1/incidents/{id}/all-clear /api/v1/incidents/{id}/remind /api/v1/audit /api/v1/alerts
		/audit.csv /audit.json /settings/account/profile/legal/history.csv /settings/account/profile/legal/history.json
		/settings/account/profile/legal/history/{id}/retry /settings/account/profile/legal/business/save
		/settings/account/profile/legal/primary-contact/save /settings/account/profile/legal/security-contact/save
		/settings/account/profile/legal/customers /settings/account/profile/legal/customers/{id}/remove
		/settings/account/profile/legal/webhooks /settings/account/profile/legal/webhooks/{id}/test
		/settings/account/profile/legal/webhooks/{id}/change /settings/account/profile/legal/webhooks/{id}/secret
		/settings/account/profile/legal/webhooks/{id}/use /settings/account/profile/legal/webhooks/{id}/switch
		/settings/account/profile/legal/webhooks/{id}/delete`)
	var got []string
	for _, r := range w.routes {
		if r.Audit {
			got = append(got, r.Path)
		}
	}
	assert.ElementsMatch(t, recorded, got)
}

// TestEveryActionHasWords: whatever the log records, people can read.
func TestEveryActionHasWords(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	known := map[string]bool{
		"import": true, store.AuditRuleRaise: true, store.AuditRuleUpdate: true, store.AuditRuleAllClear: true,
		store.AuditRuleDraft:    true,
		store.AuditAsk:          true,
		"GET /sign-in/callback": true, // these two are there with OpenID Connect alone
		"GET /sign-in/oidc":     true,
		"POST /sign-in/demo":    true,
		"POST /sign-out":        true, // these record themselves
		"POST /sessions/end":    true,
		"POST /demo/hour":       true, // the demonstration's
		"POST /demo/mail":       true,
		"POST /demo/scanner":    true,
	}
	for _, r := range w.routes {
		answers := r.Anonymous && r.Method == http.MethodPost && !strings.HasSuffix(r.Path, "/new") // that changes nothing
		if r.Audit || r.SignIn || answers {
			known[r.Pattern()] = true
		}
	}
	assert.Equal(t, slices.Sorted(maps.Keys(known)), web.AuditActions())
}

func TestTheAuditLogOfAPortal(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const legal = "/settings/account/profile/legal"
	before, err := w.db.AuditEntries(t.Context(), 0, 1000)
	require.NoError(t, err)
	require.Len(t, before, 10, "five people have signed in")
	assert.Equal(t, "POST /sign-in/demo", before[0].Action)
	assert.Equal(t, host.AuditBegun, before[0].Outcome)
	assert.Equal(t, host.AuditDone, before[1].Outcome)
	assert.Equal(t, host.ContosoTenantID, before[1].TenantID)
	assert.NotEmpty(t, before[1].PersonID)
	assert.Contains(t, before[1].Address, "198.18.")

	profile := w.ask("contoso-global-admin", http.MethodGet, "/api/v1/legal-profile", "", "")
	put := func(text string) int {
		return w.ask("contoso-global-admin", http.MethodPut, "/api/v1/legal-profile", text, "application/json",
			"If-Match: "+profile.Header().Get("ETag")).Code
	}
	changed := strings.Replace(profile.Body.String(), `"zzcontoso company"`, `"zzcontoso works"`, 1)
	for _, tt := range []struct {
		name    string
		ask     func() int
		status  int
		entries []string // action, outcome, channel
	}{
		{"a page", func() int { return w.ask("contoso-global-admin", "GET", legal, "", "").Code }, 200, nil},
		{"a page that is refused", func() int { return w.ask("contoso-user", "GET", legal, "", "").Code }, 403,
			[]string{"GET " + legal + " refused portal"}},
		{"an operator's page", func() int { return w.ask("contoso-user", "GET", "/incidents", "", "").Code }, 404,
			[]string{"GET /incidents refused portal"}},
		{"an export", func() int {
			return w.ask("operator", "GET", "/coverage.csv", "", "").Code
		}, 200,
			[]string{"GET /coverage.csv begun portal", "GET /coverage.csv done portal"}},
		{"a form", func() int {
			return w.ask("contoso-global-admin", "GET", legal+"/business/edit", "", "").Code
		}, 200, nil},
		{"a change", func() int { return put(changed) }, 200,
			[]string{"PUT /api/v1/legal-profile begun api", "PUT /api/v1/legal-profile done api"}},
		{"a change that comes too late", func() int { return put(changed) }, 412,
			[]string{"PUT /api/v1/legal-profile begun api", "PUT /api/v1/legal-profile refused api"}},
		{"a form that changes nothing", func() int {
			return w.ask("operator", "POST", "/partners/ask", "", "application/x-www-form-urlencoded").Code
		}, 303, []string{"POST /partners/ask begun portal", "POST /partners/ask refused portal nobody-chosen"}},
		{"a change of nobody", func() int { return w.ask("nobody", "POST", "/incidents", "", "").Code }, 401, nil},
		{"a sign-in that is refused", func() int {
			return w.ask("nobody", "POST", "/sign-in/demo", url.Values{"persona": {"marker"}}.Encode(),
				"application/x-www-form-urlencoded").Code
		}, 400, []string{"POST /sign-in/demo refused portal"}},
		{"a token that is refused", func() int {
			return w.ask("nobody", "GET", "/api/v1/legal-profile", "", "", "Authorization: Bearer marker").Code
		}, 401, []string{"GET /api/v1/legal-profile refused api"}},
		{"signing out", func() int { return w.ask("contoso-billing-admin", "POST", "/sign-out", "", "").Code }, 303,
			[]string{"POST /sign-out begun portal", "POST /sign-out done portal"}},
	} {
		_, last := tail(t, w, 0)
		require.Equal(t, tt.status, tt.ask(), tt.name)
		entries, _ := tail(t, w, last)
		assert.Equal(t, tt.entries, entries, tt.name)
	}
	all, err := w.db.AuditEntries(t.Context(), 0, 1000)
	require.NoError(t, err)
	subject := ""
	for _, e := range all {
		if e.Action == "PUT /api/v1/legal-profile" && e.Outcome == host.AuditDone {
			subject = e.Subject
		}
		assert.NotContains(t, e.Subject+e.Action, "marker", "nothing that somebody who is unknown has sent")
	}
	assert.NotEmpty(t, subject, "the revision")
	_, err = w.db.VerifyAudit(t.Context(), store.AuditHead{}, func(n int64, what string) { t.Error(n, what) })
	require.NoError(t, err)
}

// What cannot be recorded is not done.
func TestNothingIsChangedWithoutTheAuditLog(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	writer, _ := w.db.Pools()
	_, err := writer.ExecContext(t.Context(), `ALTER TABLE audit_log RENAME TO gone`)
	require.NoError(t, err)
	profile := w.ask("contoso-global-admin", http.MethodGet, "/api/v1/legal-profile", "", "")
	require.Equal(t, 200, profile.Code, "it may be read")
	before := w.state(w.contoso)
	resp := w.ask("contoso-global-admin", http.MethodPut, "/api/v1/legal-profile",
		strings.Replace(profile.Body.String(), `"zzcontoso company"`, `"zzcontoso works"`, 1), "application/json",
		"If-Match: "+profile.Header().Get("ETag"))
	assert.Equal(t, http.StatusServiceUnavailable, resp.Code)
	assert.Equal(t, before, w.state(w.contoso))
	assert.Equal(t, http.StatusServiceUnavailable, w.ask("nobody", "POST", "/sign-in/demo",
		url.Values{"persona": {"operator"}}.Encode(), "application/x-www-form-urlencoded").Code, "and nobody signs in")
}

// tail returns the entries after a number, and the last number.
func tail(t testing.TB, w *world, after int64) (lines []string, last int64) {
	t.Helper()
	entries, err := w.db.AuditEntries(t.Context(), after, 1000)
	require.NoError(t, err)
	for _, e := range entries {
		lines = append(lines, strings.TrimSpace(e.Action+" "+string(e.Outcome)+" "+e.Channel+" "+e.Result))
		last = e.Number
	}
	return lines, last
}
