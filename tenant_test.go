package partner_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/cspkit/partner"
)

func TestTenants(t *testing.T) {
	t.Parallel()
	const id = "c0150500-0000-4000-8000-00000000abcd"
	for _, tt := range []struct {
		name, a, b string
		same       bool
		why        string
	}{
		{"the same text", id, id, true, "it is one ID"},
		{"another case", id, "C0150500-0000-4000-8000-00000000ABCD", true, "UUIDs ignore it"},
		{"another ID", id, "c0150500-0000-4000-8000-00000000abce", false, "it is another tenant"},
		{"both empty", "", "", false, "no tenant is not a tenant"},
		{"one empty", id, "", false, "no tenant is not a tenant"},
		{"with a blank", id, id + " ", false, "it is no ID"},
		{"the Kelvin sign", "k", "\u212a", false, "only ASCII is folded"},
		{"the long s", "s", "\u017f", false, "only ASCII is folded"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.same, partner.SameTenant(tt.a, tt.b), tt.why)
			assert.Equal(t, tt.same, partner.SameTenant(tt.b, tt.a), tt.why)
			assert.Equal(t, tt.same, partner.TenantKey(tt.a) == partner.TenantKey(tt.b) && tt.a != "", tt.why)
		})
	}
	assert.Equal(t, id, partner.TenantKey("C0150500-0000-4000-8000-00000000ABCD"))
}
