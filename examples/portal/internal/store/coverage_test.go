package store_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// covered lists partners page by page, two on each.
func covered(t *testing.T, db *testDB, l store.CoverageList) (all []string) {
	t.Helper()
	l.Limit = 2
	for {
		page, err := db.ListCoverage(t.Context(), l)
		require.NoError(t, err)
		for _, c := range page.Partners {
			all = append(all, c.CompanyName)
		}
		if l.After = page.Next; l.After == "" {
			return all
		}
	}
}

func TestListCoverage(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		ctx := t.Context()
		require.NoError(t, db.Seed(ctx))
		every := []string{"Contoso", "Fabrikam", "Litware", "Northwind Traders", "Tailspin Toys", "Wingtip Toys"}
		advice := []string{"Fabrikam", "Litware", "Wingtip Toys"}
		check := func(when string) {
			for _, tt := range []struct {
				name string
				list store.CoverageList
				want []string
			}{
				{"all", store.CoverageList{}, every},
				{"missing", store.CoverageList{Classes: []host.CoverageClass{host.CoverageMissing}}, every[4:5]},
				{"errors", store.CoverageList{Classes: []host.CoverageClass{host.CoverageErrors}}, nil},
				{"advice", store.CoverageList{Classes: []host.CoverageClass{host.CoverageAdvice}}, advice},
				{"good", store.CoverageList{Classes: []host.CoverageClass{host.CoverageGood}},
					[]string{"Contoso", "Northwind Traders"}},
				{"two", store.CoverageList{Classes: []host.CoverageClass{host.CoverageAdvice, host.CoverageMissing}},
					[]string{"Fabrikam", "Litware", "Tailspin Toys", "Wingtip Toys"}},
				{"a search", store.CoverageList{Search: "toys", Classes: []host.CoverageClass{host.CoverageAdvice}}, every[5:]},
			} {
				assert.Equal(t, tt.want, covered(t, db, tt.list), "%s, %s", tt.name, when)
			}
		}
		check("as it was stored")
		count := func(class host.CoverageClass) (n int) {
			statement := fmt.Sprintf(`SELECT count(*) FROM partners WHERE coverage = '%s'`, class)
			if writer, pool := db.Pools(); writer != nil {
				require.NoError(t, writer.QueryRowContext(ctx, statement).Scan(&n))
			} else {
				require.NoError(t, pool.QueryRow(ctx, statement).Scan(&n))
			}
			return n
		}
		assert.Equal(t, []int{0, 1, 3, 2}, []int{count(""), count(host.CoverageMissing), count(host.CoverageAdvice),
			count(host.CoverageGood)})

		db.run(t, `UPDATE partners SET coverage = ''`)
		check("before anybody has looked")
		require.NoError(t, db.KeepNumbers(ctx))
		check("after they were counted")
		assert.Equal(t, []int{0, 1, 3, 2}, []int{count(""), count(host.CoverageMissing), count(host.CoverageAdvice),
			count(host.CoverageGood)}, "the count has mended them")
		kept, err := db.Numbers(ctx)
		require.NoError(t, err)
		assert.Equal(t, map[host.CoverageClass]int{host.CoverageMissing: 1, host.CoverageAdvice: 3, host.CoverageGood: 2},
			kept.Coverage)

		db.run(t, `UPDATE partners SET coverage = 'good' WHERE coverage = 'missing'`)
		for _, tt := range []struct {
			after time.Duration
			want  []int
			why   string
		}{
			{2 * time.Minute, []int{3, 0}, "what was stored is counted"},
			{24 * time.Hour, []int{2, 1}, "every profile is looked at once a day"},
		} {
			db.clock.add(tt.after)
			require.NoError(t, db.KeepNumbers(ctx))
			kept, err = db.Numbers(ctx)
			require.NoError(t, err)
			assert.Equal(t, tt.want, []int{kept.Coverage[host.CoverageGood], kept.Coverage[host.CoverageMissing]}, tt.why)
			assert.Equal(t, tt.want, []int{count(host.CoverageGood), count(host.CoverageMissing)}, tt.why)
			assert.Equal(t, 3+tt.want[0], kept.Covered, tt.why)
		}

		rev := db.revise(t, "contoso_security@gmail.com")
		_, err = db.SaveRevision(ctx, rev, gita())
		require.NoError(t, err)
		assert.Equal(t, []int{1, 4}, []int{count(host.CoverageGood), count(host.CoverageAdvice)}, "a revision")

		db.run(t, `UPDATE contacts SET state = 'bouncing' WHERE tenant_id = (SELECT tenant_id FROM partners
			WHERE company_name = 'Northwind Traders')`)
		bounced := store.CoverageList{Classes: []host.CoverageClass{host.CoverageErrors}}
		assert.Equal(t, every[3:4], covered(t, db, bounced), "mail to a good contact came back")
		unread := store.CoverageList{Classes: []host.CoverageClass{host.CoverageAdvice}}
		assert.NotContains(t, covered(t, db, unread), "Northwind Traders", "it cannot be told")
		db.clock.add(25 * time.Hour)
		require.NoError(t, db.KeepNumbers(ctx))
		kept, err = db.Numbers(ctx)
		require.NoError(t, err)
		assert.Equal(t, map[host.CoverageClass]int{host.CoverageMissing: 1, host.CoverageErrors: 1, host.CoverageAdvice: 4},
			kept.Coverage)
		assert.Equal(t, 4, kept.Covered, "neither the missing one nor that which bounces")
	})
}

// A filter that finds little looks at some partners only, and the next page
// goes on.
func TestCoverageLooksAtSome(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		ctx := t.Context()
		require.NoError(t, db.SeedPartners(ctx, customerID, 900))
		last := store.CoverageList{Fits: func(c host.Coverage) bool { return c.CompanyName == "Reseller 000899" }}
		var pages int
		var found []string
		for {
			page, err := db.ListCoverage(ctx, last)
			require.NoError(t, err)
			for _, c := range page.Partners {
				found = append(found, c.CompanyName)
			}
			pages++
			if last.After = page.Next; last.After == "" {
				break
			}
		}
		assert.Equal(t, []string{"Reseller 000899"}, found)
		assert.Equal(t, 3, pages)
		var all []string
		for c, err := range db.Coverage(ctx, store.CoverageList{Search: "reseller"}) {
			require.NoError(t, err)
			all = append(all, c.CompanyName)
		}
		assert.Len(t, all, 900)
		assert.True(t, slices.IsSorted(all))
	})
}
