package store_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

func TestTenantsNamed(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		require.NoError(t, db.Seed(t.Context()))
		const first, second = "0c570000-0000-4000-8000-000000000001", "0c570000-0000-4000-8000-000000000002"
		require.NoError(t, db.AddCustomer(t.Context(), host.Customer{TenantID: second, Name: "contoso"}))
		require.NoError(t, db.AddCustomer(t.Context(), host.Customer{TenantID: first, Name: "A Contoso of its own"}))
		named, err := db.TenantsNamed(t.Context(), "CONTOSO", 0)
		require.NoError(t, err)
		assert.Equal(t, []host.Tenant{
			{ID: second, Name: "contoso"}, {ID: host.ContosoTenantID, Name: "Contoso", Partner: true},
		}, named, "a part of a name is another name")
		named, err = db.TenantsNamed(t.Context(), "%", 0)
		require.NoError(t, err)
		assert.Empty(t, named)
	})
}

// Who looks after a tenant, or whose own it is, in the order of their tenants.
func TestPartnersOf(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		require.NoError(t, db.Seed(t.Context()))
		for _, tt := range []struct {
			name, tenant string
			limit        int
			want         []string
		}{
			{"a partner's own", host.ContosoTenantID, 0, []string{"Contoso"}},
			{"a customer", "C0570000-0000-4000-8000-000000000001", 2, []string{"Litware", "Tailspin Toys"}},
			{"nobody's", "00000000-0000-4000-8000-000000000000", 0, nil},
		} {
			found, err := db.PartnersOf(t.Context(), tt.tenant, tt.limit)
			require.NoError(t, err)
			var names []string
			for _, p := range found {
				assert.True(t, p.Partner)
				names = append(names, p.Name)
			}
			assert.Equal(t, tt.want, names, tt.name)
		}
	})
}
