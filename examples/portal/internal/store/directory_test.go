package store_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
	"github.com/cspkit/partner/partnertest"
)

const customerID = "c0570000-0000-4000-8000-00000000000a"

// run runs one statement beside the store, as an administrator would.
func (db *testDB) run(t testing.TB, statement string) {
	t.Helper()
	writer, pool := db.Pools()
	var err error
	if writer != nil {
		_, err = writer.ExecContext(t.Context(), statement)
	} else {
		_, err = pool.Exec(t.Context(), statement)
	}
	require.NoError(t, err)
}

// add stores what an incident on the tenant is to concern.
func (db *testDB) add(t testing.TB, tenantID string, impacts []partner.Impact) {
	t.Helper()
	customer := host.Customer{TenantID: tenantID, Name: "Adventure Works"}
	for _, impact := range impacts {
		p := partnertest.Profile(partner.IndirectReseller)
		p.TenantID, p.CompanyName, p.SecurityContact = impact.PartnerTenantID, impact.CompanyName, impact.SecurityContact
		var people []host.Staff
		for i, r := range impact.AdminAgents {
			people = append(people, host.Staff{ID: fmt.Sprint("agent ", i), Recipient: r, Enrolled: true})
		}
		for i, r := range impact.GlobalAdmins {
			people = append(people, host.Staff{ID: fmt.Sprint("admin ", i), Recipient: r, GlobalAdmin: true})
		}
		if err := db.AddPartner(t.Context(), p, people); !errors.Is(err, host.ErrConflict) {
			require.NoError(t, err)
		}
		if impact.PartnerTenantID != tenantID {
			customer.Partners = append(customer.Partners,
				host.CustomerPartner{PartnerTenantID: p.TenantID, Rights: impact.Rights})
		}
	}
	require.NoError(t, db.AddCustomer(t.Context(), customer))
}

// The rows that cannot be read are real ones: somebody wrote 5 where the staff
// should be.
func TestDirectory(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		partnertest.RunDirectory(t, func(t *testing.T) partnertest.DirectoryHarness {
			return partnertest.DirectoryHarness{
				Directory: hooked{db},
				Store: func(tenantID string, impacts []partner.Impact) {
					db.add(t, tenantID, impacts)
					db.addHooks(t, impacts)
				},
				Break: func(tenantID string, after int) error {
					db.run(t, fmt.Sprintf(`UPDATE partners SET staff = '5' WHERE tenant_id = (SELECT partner_id FROM relationships
						WHERE tenant_id = '%s' ORDER BY partner_id LIMIT 1 OFFSET %d)`, tenantID, after))
					return store.ErrCorrupt
				},
			}
		})
	})
}

func TestConcernedAfter(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		db.add(t, customerID, partnertest.Impacts(7))
		var all []partner.Impact
		for impact, err := range db.Impacted(t.Context(), customerID) {
			require.NoError(t, err)
			all = append(all, impact)
		}
		require.Len(t, all, 7)
		for i, cursor := range all {
			var rest []partner.Impact
			for c, err := range db.Concerned(t.Context(), customerID, cursor.PartnerTenantID) {
				require.NoError(t, err)
				assert.False(t, c.Unreadable)
				rest = append(rest, c.Impact)
			}
			assert.Len(t, rest, 6-i)
			assert.Equal(t, append([]partner.Impact(nil), all[i+1:]...), rest, "from the cursor on, nobody left out")
		}
	})
}

func TestImpactedPages(t *testing.T) {
	// PostgreSQL is read in pieces of 500: what lies on their edges comes out once.
	onEach(t, func(t *testing.T, db *testDB) {
		for _, n := range []int{499, 500, 501, 1000, 1001} {
			require.NoError(t, db.SeedPartners(t.Context(), customerID, n))
			seen := map[string]bool{}
			for impact, err := range db.Impacted(t.Context(), customerID) {
				require.NoError(t, err)
				assert.False(t, seen[impact.PartnerTenantID])
				seen[impact.PartnerTenantID] = true
				require.NoError(t, impact.SecurityContact.Validate())
				assert.Len(t, impact.AdminAgents, 1)
				assert.Len(t, impact.GlobalAdmins, 1)
			}
			assert.Len(t, seen, n)
		}
	})
}

// One partner that cannot be read is no reason to leave out the others.
func TestConcernedUnreadable(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		impacts := partnertest.Impacts(4)
		db.add(t, customerID, impacts)
		db.run(t, fmt.Sprintf(`UPDATE partners SET staff = '{}' WHERE tenant_id = '%s'`, impacts[1].PartnerTenantID))
		db.run(t, fmt.Sprintf(`UPDATE relationships SET rights = '{}' WHERE partner_id = '%s' AND tenant_id = '%s'`,
			impacts[2].PartnerTenantID, customerID))
		var all []host.Concerned
		for c, err := range db.Concerned(t.Context(), customerID, "") {
			require.NoError(t, err)
			all = append(all, c)
		}
		require.Len(t, all, 4)
		for i, c := range all {
			assert.Equal(t, i == 1 || i == 2, c.Unreadable, "%d", i)
			assert.NotZero(t, c.SecurityContact, "what can be read is there")
		}
		assert.Empty(t, all[1].AdminAgents)
		assert.Zero(t, all[2].Rights)
		one, err := db.ConcernedPartner(t.Context(), customerID, impacts[3].PartnerTenantID)
		require.NoError(t, err)
		assert.Equal(t, all[3], one)
		_, err = db.ConcernedPartner(t.Context(), customerID, customerID)
		require.ErrorIs(t, err, host.ErrNotFound)

		db.run(t, fmt.Sprintf(`UPDATE partners SET profile = '{"companyName":"Adatum","partnerType":"x","securityContact":5}'
			WHERE tenant_id = '%s'`, impacts[0].PartnerTenantID))
		unreadable := 0
		for c, err := range db.Coverage(t.Context(), store.CoverageList{}) {
			require.NoError(t, err)
			if c.Unreadable {
				unreadable++
				assert.Equal(t, impacts[0].PartnerTenantID, c.TenantID)
				assert.Empty(t, c.Findings, "that it is missing is not so")
			}
		}
		assert.Equal(t, 1, unreadable)
	})
}

func TestImpactedHoldsNothing(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		require.NoError(t, db.SeedPartners(t.Context(), customerID, 1500))
		seen := map[string]bool{}
		for impact, err := range db.Impacted(t.Context(), customerID) {
			require.NoError(t, err)
			if len(seen) == 0 {
				require.NoError(t, db.SeedPartners(t.Context(), customerID, 1501), "who reads does not stop who writes")
				if _, pool := db.Pools(); pool != nil {
					var open int
					require.NoError(t, pool.QueryRow(t.Context(), `SELECT count(*) FROM pg_stat_activity
						WHERE datname = current_database() AND state LIKE 'idle in transaction%'`).Scan(&open))
					assert.Zero(t, open, "a client that reads slowly holds no transaction")
				}
			}
			assert.False(t, seen[impact.PartnerTenantID])
			seen[impact.PartnerTenantID] = true
		}
		assert.Len(t, seen, 1501)
	})
}

func TestImpactedManyTimesCutShort(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		require.NoError(t, db.SeedPartners(t.Context(), customerID, 1200))
		for range 100 { // more than there are connections
			for _, err := range db.Impacted(t.Context(), customerID) {
				require.NoError(t, err)
				break
			}
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		for range 100 {
			for _, err := range db.Impacted(ctx, customerID) {
				require.ErrorIs(t, err, context.Canceled)
			}
		}
		require.NoError(t, db.Ready(t.Context()), "every connection was given back")
	})
}

func TestDirectoryLosesItsConnection(t *testing.T) {
	t.Parallel()
	db := open(t, databases[1].make(t))
	other := open(t, db.url)
	require.NoError(t, db.SeedPartners(t.Context(), customerID, 5000))
	n := 0
	var failed error
	for _, err := range db.Impacted(t.Context(), customerID) {
		if err != nil {
			failed = err
			continue
		}
		if n++; n == 10 {
			other.run(t, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
				WHERE datname = current_database() AND pid <> pg_backend_pid()`)
		}
	}
	require.Error(t, failed, "a list that was cut short must not pass for a complete one")
	assert.Less(t, n, 5000)
	for range 100 { // each of the dead connections is found out by its first use
		if failed = db.Ready(t.Context()); failed == nil {
			break
		}
	}
	require.NoError(t, failed, "the pool recovers")
}

func TestCoverage(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		require.NoError(t, db.Seed(t.Context()))
		same := partnertest.Profile(partner.DirectBillPartner)
		same.CompanyName = "ábc"
		same.PrimaryContact.Email, same.SecurityContact.Email = "soc@contoso.com", "soc@contoso.com"
		require.NoError(t, db.AddPartner(t.Context(), same, nil))

		type row struct {
			company string
			codes   []partner.Code
		}
		var got []row
		for c, err := range db.Coverage(t.Context(), store.CoverageList{}) {
			require.NoError(t, err)
			assert.True(t, c.Required)
			p, err := db.Profile(t.Context(), c.TenantID)
			require.NoError(t, err)
			assert.Equal(t, p.SecurityContact, c.Contact)
			assert.Equal(t, p.PartnerType, c.PartnerType)
			assert.Equal(t, p.Check(), c.Findings, "the demonstration's profiles are good but for their security contacts")
			r := row{company: c.CompanyName}
			for _, f := range c.Findings {
				r.codes = append(r.codes, f.Code)
			}
			got = append(got, r)
		}
		assert.Equal(t, []row{
			{"Contoso", nil},
			{"Fabrikam", []partner.Code{partner.CodeEmailConsumerProvider}},
			{"Litware", []partner.Code{partner.CodeEmailPersonalMailbox}},
			{"Northwind Traders", nil},
			{"Tailspin Toys", []partner.Code{partner.CodeContactMissing}},
			{"Wingtip Toys", []partner.Code{partner.CodeEmailUnattended}},
			{"ábc", []partner.Code{partner.CodeContactSameAsPrimary}},
		}, got)
	})
}

func TestTenants(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		require.NoError(t, db.Seed(t.Context()))
		require.NoError(t, db.AddCustomer(t.Context(), host.Customer{TenantID: customerID, Name: "100% Übung_A"}))
		tests := []struct {
			name, why, search string
			limit             int
			want              []string
		}{
			{"part of a name", "in any case", "tOy", 0, []string{"Tailspin Toys", "Wingtip Toys"}},
			{"partners and customers", "in one list", "wo", 0, []string{"Adventure Works", "Woodgrove Bank"}},
			{"beyond ASCII", "in any case", "üBUNG", 0, []string{"100% Übung_A"}},
			{"percent", "a text, not a pattern", "%", 0, []string{"100% Übung_A"}},
			{"underscore", "a text, not a pattern", "_", 0, []string{"100% Übung_A"}},
			{"backslash", "a text, not an escape", `\`, 0, nil},
			{"quote", "a text, not a statement", `'; DROP TABLE partners --`, 0, nil},
			{"NUL", "what no database holds is found nowhere", "\x00", 0, nil},
			{"not UTF-8", "what no database holds is found nowhere", "\xff", 0, nil},
			{"tenant", "its beginning, in any case", "C0570000-0000-4000-8000-00000000000A", 0, []string{"100% Übung_A"}},
			{"limit", "sorted by name before it is cut", "", 2, []string{"100% Übung_A", "Adventure Works"}},
		}
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				tenants, err := db.Tenants(t.Context(), tt.search, tt.limit)
				require.NoError(t, err)
				var names []string
				for _, tenant := range tenants {
					names = append(names, tenant.Name)
				}
				assert.Equal(t, tt.want, names, tt.why)
			})
		}
		tenants, err := db.Tenants(t.Context(), "contoso", 1)
		require.NoError(t, err)
		assert.Equal(t, []host.Tenant{{ID: host.ContosoTenantID, Name: "Contoso", Partner: true}}, tenants)
	})
}

// go test -run '^$' -bench Impacted reads 100,000 partners.
func BenchmarkImpacted(b *testing.B) {
	n := many()
	for _, d := range databases {
		b.Run(d.name, func(b *testing.B) {
			db := open(b, d.make(b))
			require.NoError(b, db.SeedPartners(b.Context(), customerID, n))
			b.ReportAllocs()
			var peak uint64
			for b.Loop() {
				read := 0
				for _, err := range db.Impacted(b.Context(), customerID) {
					require.NoError(b, err)
					if read++; read%(n/10) == 0 {
						b.StopTimer()
						runtime.GC()
						var m runtime.MemStats
						runtime.ReadMemStats(&m)
						peak = max(peak, m.HeapAlloc)
						b.StartTimer()
					}
				}
				require.Equal(b, n, read)
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "impacts/s")
			b.ReportMetric(float64(peak)/(1<<20), "MiB")
		})
	}
}
