package store_test

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
	"github.com/cspkit/partner/examples/portal/internal/storetest"
)

// tamper changes the database behind the portal's back.
func tamper(t testing.TB, db *store.DB, statement string) {
	t.Helper()
	writer, pool := db.Pools()
	var err error
	if pool != nil {
		_, err = pool.Exec(t.Context(), statement)
	} else {
		_, err = writer.ExecContext(t.Context(), statement)
	}
	require.NoError(t, err)
}

func auditEntry(i int) host.AuditEntry {
	result := ""
	if i%2 == 0 {
		result = "call-not_reached"
	}
	return host.AuditEntry{
		Action: "POST /incidents", Outcome: host.AuditDone, Result: result, Status: 303, Subject: fmt.Sprintf("INC-%d", i),
		TenantID: host.ContosoTenantID, Channel: "portal", Request: "R", PersonID: fmt.Sprintf("person-%d", i%2),
		Name: "Ada King", Address: "192.0.2.1",
	}
}

// verify returns what is wrong, one line for each.
func verify(t testing.TB, db *store.DB, known store.AuditHead) (head store.AuditHead, problems []string) {
	t.Helper()
	head, err := db.VerifyAudit(t.Context(), known, func(n int64, what string) {
		problems = append(problems, fmt.Sprint(n, " ", what))
	})
	require.NoError(t, err)
	return head, problems
}

func TestAuditShowsWhatWasDoneToIt(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name       string
		statements []string
		problems   []string
		why        string
	}{
		{"nothing", nil, nil, ""},
		{"a field", []string{`UPDATE audit_log SET subject = 'INC-7' WHERE number = 3`}, []string{"3 was altered"}, ""},
		{"an outcome", []string{`UPDATE audit_log SET outcome = 'refused' WHERE number = 5`}, []string{"5 was altered"}, ""},
		{"a result", []string{`UPDATE audit_log SET result = 'call-reached' WHERE number = 2`},
			[]string{"2 was altered"}, ""},
		{"a result, taken away", []string{`UPDATE audit_log SET result = '' WHERE number = 3`},
			[]string{"3 was altered"}, ""},
		{"a time", []string{`UPDATE audit_log SET at = at + 1 WHERE number = 1`}, []string{"1 was altered"}, ""},
		{"a hash", []string{`UPDATE audit_log SET hash = 'x' WHERE number = 2`},
			[]string{"2 was altered", "3 was altered"}, "the next one stands on it"},
		{"a person", []string{`UPDATE audit_personal SET value = 'another' WHERE number = 4 AND name = 'person'`},
			[]string{"4 has another person than was recorded"}, ""},
		{"a person, and the digest", []string{`UPDATE audit_log SET digests = '{}' WHERE number = 4`},
			[]string{"4 was altered", "4 has another address than was recorded"}, ""},
		{"one in the middle",
			[]string{`DELETE FROM audit_personal WHERE number = 4`, `DELETE FROM audit_log WHERE number = 4`},
			[]string{"4 is missing"}, ""},
		{"the first", []string{`DELETE FROM audit_personal WHERE number = 1`, `DELETE FROM audit_log WHERE number = 1`},
			[]string{"1 is missing"}, ""},
		{"the last", []string{`DELETE FROM audit_personal WHERE number = 6`, `DELETE FROM audit_log WHERE number = 6`},
			[]string{"6 is missing, the last one", "6 is missing: the log was cut off"}, ""},
		{"the last, and the head", []string{`DELETE FROM audit_personal WHERE number = 6`,
			`DELETE FROM audit_log WHERE number = 6`,
			`UPDATE audit_head SET number = 5, hash = (SELECT hash FROM audit_log WHERE number = 5)`},
			[]string{"6 is missing: the log was cut off"}, "only a head that is kept elsewhere tells"},
		{"all", []string{`DELETE FROM audit_personal`, `DELETE FROM audit_log`},
			[]string{"6 is missing, the last one", "6 is missing: the log was cut off"}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "portal.db"), nil)
			require.NoError(t, err)
			t.Cleanup(func() { assert.NoError(t, db.Close()) })
			for i := range 6 {
				require.NoError(t, db.Audit(t.Context(), auditEntry(i)))
			}
			known, problems := verify(t, db, store.AuditHead{})
			require.Empty(t, problems)
			require.EqualValues(t, 6, known.Number)
			for _, statement := range tt.statements {
				tamper(t, db, statement)
			}
			_, problems = verify(t, db, known)
			assert.Equal(t, tt.problems, problems, tt.why)
		})
	}
}

func TestAuditOnBothDatabases(t *testing.T) {
	t.Parallel()
	for name, place := range map[string]func(testing.TB) string{
		"SQLite":     func(t testing.TB) string { return filepath.Join(t.TempDir(), "portal.db") },
		"PostgreSQL": storetest.PostgreSQL,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db, err := store.Open(t.Context(), place(t), nil)
			require.NoError(t, err)
			t.Cleanup(func() { assert.NoError(t, db.Close()) })
			ctx := context.WithoutCancel(t.Context())
			var all sync.WaitGroup
			for i := range 40 {
				all.Go(func() { assert.NoError(t, db.Audit(ctx, auditEntry(i))) })
			}
			all.Wait()
			before, problems := verify(t, db, store.AuditHead{})
			require.Empty(t, problems, "they came at the same time")
			assert.EqualValues(t, 40, before.Number)

			n, err := db.Erase(t.Context(), store.Erasure{PersonID: "person-1"})
			require.NoError(t, err)
			assert.EqualValues(t, 20, n.Entries)
			require.NoError(t, db.Audit(t.Context(), host.AuditEntry{Action: "GET /\x00", Outcome: host.AuditRefused}))
			after, problems := verify(t, db, before)
			assert.Empty(t, problems, "what is erased breaks nothing")
			assert.EqualValues(t, 20, after.Erased)
			entries, err := db.AuditEntries(t.Context(), 0, 0)
			require.NoError(t, err)
			require.Len(t, entries, 41)
			erased := 0
			for _, e := range entries[:40] {
				if e.PersonID == "" {
					erased++
					assert.Empty(t, e.Name+e.Address, "all of it is gone")
				}
				assert.NotEmpty(t, e.Subject)
			}
			assert.Equal(t, 20, erased)
		})
	}
}
