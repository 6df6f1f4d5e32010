package store_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
	"github.com/cspkit/partner/partnertest"
)

// The log is read from its end, by key, and found by who, what, when and whom.
func TestAuditList(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		ctx := t.Context()
		const contoso, fabrikam = "c0150500-0000-4000-8000-000000000001", "fab21ca0-0000-4000-8000-000000000002"
		for i, e := range []host.AuditEntry{
			{Action: "POST /incidents", Outcome: host.AuditBegun, Subject: "INC-1", TenantID: contoso, Request: "a",
				Name: "Ada King"},
			{Action: "POST /incidents", Outcome: host.AuditDone, Subject: "INC-1", TenantID: contoso, Request: "a",
				Name: "Ada King"},
			{Action: "GET /coverage.csv", Outcome: host.AuditBegun, TenantID: contoso, Request: "b", Name: "Ada Lovelace"},
			{Action: "POST /calls/{id}", Outcome: host.AuditRefused, Subject: "call", TenantID: fabrikam, Request: "c",
				Name: "Bo"},
			{Action: "POST /sign-in/demo", Outcome: host.AuditDone, Request: "d"},
		} {
			require.NoError(t, db.Audit(ctx, e), i)
		}
		for _, tc := range []struct {
			name, why string
			q         store.AuditQuery
			want      []int64
		}{
			{"all", "the newest first", store.AuditQuery{}, []int64{5, 4, 3, 2, 1}},
			{"whole", "what is done was begun; what is cut off stays", store.AuditQuery{Whole: true}, []int64{5, 4, 3, 2}},
			{"a page", "the next begins after it", store.AuditQuery{Before: 4, Limit: 2}, []int64{3, 2}},
			{"what", "one of some actions", store.AuditQuery{Actions: []string{"POST /calls/{id}", "GET /coverage.csv"}},
				[]int64{4, 3}},
			{"about", "an incident by its ID", store.AuditQuery{Find: "INC-1"}, []int64{2, 1}},
			{"who", "the beginning of a name", store.AuditQuery{Find: "Ada L"}, []int64{3}},
			{"their company", "by its tenant, in any case", store.AuditQuery{Find: "FAB21CA0-0000-4000-8000-000000000002"},
				[]int64{4}},
			{"a company by name", "the caller knows its tenant",
				store.AuditQuery{Find: "Contoso", Tenants: []string{contoso}}, []int64{3, 2, 1}},
			{"nobody", "no tenant is not a tenant", store.AuditQuery{Find: "nobody"}, nil},
			{"since tomorrow", "it is not so far", store.AuditQuery{From: time.Now().Add(time.Hour)}, nil},
		} {
			got, err := db.AuditList(ctx, tc.q)
			require.NoError(t, err, tc.name)
			var numbers []int64
			for _, e := range got {
				numbers = append(numbers, e.Number)
			}
			assert.Equal(t, tc.want, numbers, "%s: %s", tc.name, tc.why)
		}
		acts, err := db.AuditList(ctx, store.AuditQuery{Whole: true})
		require.NoError(t, err)
		var began []int64
		for _, e := range acts {
			began = append(began, e.Began)
		}
		assert.Equal(t, []int64{0, 0, 0, 1}, began, "what was begun before stands with what became of it")
		got, err := db.AuditList(ctx, store.AuditQuery{Find: "Ada K", Limit: 1})
		require.NoError(t, err)
		assert.Equal(t, "Ada King INC-1 done", fmt.Sprint(got[0].Name, " ", got[0].Subject, " ", got[0].Outcome))
	})
}

// What concerns a partner is found by its tenant: what its people did, what was
// done on its page, and its incidents, cases and calls. What it is about is
// told.
func TestAuditOfAPartner(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		ctx := t.Context()
		require.NoError(t, db.Seed(ctx))
		db.openedAs(t, "INC-1", 3)
		impacts := partnertest.Impacts(2)
		mine, other := impacts[0].PartnerTenantID, impacts[1].PartnerTenantID
		told, err := db.DeliveriesToPartner(ctx, mine, "INC-1", 1)
		require.NoError(t, err)
		theirs, err := db.DeliveriesToPartner(ctx, other, "INC-1", 1)
		require.NoError(t, err)
		for i, subject := range []string{
			"INC-1", host.CaseID("INC-1", 0, mine), told[0].ID, partner.TenantKey(mine), // 1 to 4
			"INC-2", host.CaseID("INC-1", 0, other), theirs[0].ID, other, host.ContosoTenantID, "", // 5 to 10
		} {
			require.NoError(t, db.Audit(ctx, host.AuditEntry{Action: "x", Outcome: host.AuditDone, Subject: subject}), i)
		}
		for range 3 { // 11 to 13
			require.NoError(t, db.Audit(ctx, host.AuditEntry{Action: "y", Outcome: host.AuditDone,
				TenantID: partner.TenantKey(mine)}))
		}
		for _, tt := range []struct {
			name, why string
			q         store.AuditQuery
			want      []int64
		}{
			{"by the tenant", "", store.AuditQuery{Find: mine}, []int64{13, 12, 11, 4, 3, 2, 1}},
			{"by its name", "the caller knows the tenant", store.AuditQuery{Find: "Relecloud", Tenants: []string{mine}},
				[]int64{13, 12, 11, 4, 3, 2, 1}},
			{"a page", "", store.AuditQuery{Find: mine, Limit: 2}, []int64{13, 12}},
			{"the next page", "", store.AuditQuery{Find: mine, Limit: 2, Before: 12}, []int64{11, 4}},
			{"with a filter", "it is not lost behind what its people did", store.AuditQuery{Find: mine, Limit: 2,
				Actions: []string{"x"}}, []int64{4, 3}},
			{"the incident", "whoever it concerns: what was answered, and who was called",
				store.AuditQuery{Find: "INC-1"}, []int64{7, 6, 3, 2, 1}},
			{"a page of the incident", "", store.AuditQuery{Find: "INC-1", Limit: 2, Before: 7}, []int64{6, 3}},
			{"the incident, filtered", "by an index of its own", store.AuditQuery{Find: "INC-1", Limit: 2,
				Actions: []string{"x", "y"}}, []int64{7, 6}},
			{"the incident, another filter", "", store.AuditQuery{Find: "INC-1", Actions: []string{"y"}}, nil},
			{"another partner", "", store.AuditQuery{Find: other}, []int64{8, 7, 6, 1}},
			{"nobody", "", store.AuditQuery{Find: "z"}, nil},
		} {
			got, err := db.AuditList(ctx, tt.q)
			require.NoError(t, err, tt.name)
			var numbers []int64
			for _, e := range got {
				numbers = append(numbers, e.Number)
			}
			assert.Equal(t, tt.want, numbers, "%s: %s", tt.name, tt.why)
		}
		about, err := db.AuditAbout(ctx, []string{"INC-1", host.CaseID("INC-1", 0, mine), told[0].ID, host.ContosoTenantID,
			"", "INC-2"})
		require.NoError(t, err)
		title, company := incident("INC-1").Title, impacts[0].CompanyName
		assert.Equal(t, map[string]store.AuditAbout{
			"INC-1":                       {IncidentID: "INC-1", IncidentTitle: title},
			host.CaseID("INC-1", 0, mine): {"INC-1", title, partner.TenantKey(mine), company, ""},
			told[0].ID:                    {"INC-1", title, partner.TenantKey(mine), company, ""},
			host.ContosoTenantID:          {TenantID: host.ContosoTenantID, CompanyName: "Contoso"},
		}, about)
	})
}
