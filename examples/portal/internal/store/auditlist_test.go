package store_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
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
		got, err := db.AuditList(ctx, store.AuditQuery{Find: "Ada K", Limit: 1})
		require.NoError(t, err)
		assert.Equal(t, "Ada King INC-1 done", fmt.Sprint(got[0].Name, " ", got[0].Subject, " ", got[0].Outcome))
	})
}
