package tenant_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/cspkit/partner/internal/tenant"
)

func TestValid(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, id, why string
		want          bool
	}{
		{"lower case", "1f3c2a10-5b6d-4e7f-8a9b-0c1d2e3f4a5b", "as Entra shows it", true},
		{"upper case", "1F3C2A10-5B6D-4E7F-8A9B-0C1D2E3F4A5B", "RFC 9562: case does not matter on input", true},
		{"nil UUID", "00000000-0000-0000-0000-000000000000", "well formed; whether it exists is not ours to know", true},
		{"empty", "", "no ID", false},
		{"braces", "{1f3c2a10-5b6d-4e7f-8a9b-0c1d2e3f4a5b}", "another notation", false},
		{"no hyphens", "1f3c2a105b6d4e7f8a9b0c1d2e3f4a5b", "another notation", false},
		{"one short", "1f3c2a10-5b6d-4e7f-8a9b-0c1d2e3f4a5", "35 characters", false},
		{"not hexadecimal", "1f3c2a10-5b6d-4e7f-8a9b-0c1d2e3f4a5g", "g is no digit", false},
		{"below the digits", "1f3c2a10-5b6d-4e7f-8a9b-0c1d2e3f4a5/", "the character before 0", false},
		{"above the digits", "1f3c2a10-5b6d-4e7f-8a9b-0c1d2e3f4a5:", "the character after 9", false},
		{"at sign", "1f3c2a10-5b6d-4e7f-8a9b-0c1d2e3f4a5@", "the character before A", false},
		{"hyphen moved", "1f3c2a105-b6d-4e7f-8a9b-0c1d2e3f4a5b", "groups of 9 and 3", false},
		{"full-width digit", "１f3c2a10-5b6d-4e7f-8a9b-0c1d2e3f4a", "36 bytes, but not ASCII", false},
		{"a domain", "contoso.onmicrosoft.com", "names a tenant, but is no ID", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, tenant.Valid(tt.id), tt.why)
		})
	}
}

func TestSameAndKey(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, a, b, why string
		want            bool
	}{
		{"equal", "1f3c", "1f3c", "the same text", true},
		{"case", "1F3C", "1f3c", "ASCII case does not matter", true},
		{"mixed case", "aBcD", "AbCd", "ASCII case does not matter", true},
		{"first and last letter", "AZ", "az", "all of ASCII folds", true},
		{"next to the letters", "@[", "`{", "only letters fold", false},
		{"different", "1f3c", "1f3d", "another tenant", false},
		{"prefix", "1f3c", "1f3c0", "another tenant", false},
		{"both empty", "", "", "nobody's tenant is not somebody's", false},
		{"one empty", "", "1f3c", "nobody's tenant is not somebody's", false},
		{"Kelvin sign", "k\u212a", "k\u212a", "byte for byte the same", true},
		{"Kelvin sign for k", "\u212a", "kkk", "Unicode folding would make them equal; ASCII does not", false},
		{"long s", "a\u017f", "asz", "Unicode folding would make them equal; ASCII does not", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, tenant.Same(tt.a, tt.b), tt.why)
			assert.Equal(t, tt.want, tenant.Same(tt.b, tt.a), "the order does not matter")
			if tt.a != "" || tt.b != "" {
				assert.Equal(t, tt.want, tenant.Key(tt.a) == tenant.Key(tt.b), "equal keys mean the same tenant")
			}
		})
	}
}
