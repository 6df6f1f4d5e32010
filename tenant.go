package partner

import "github.com/cspkit/partner/internal/tenant"

// SameTenant reports whether a and b name one tenant, as this package compares
// tenant IDs everywhere:
//
//   - ASCII case does not matter.
//   - Nothing else is folded or trimmed: the Kelvin sign is not "k".
//   - An empty ID names no tenant, so two empty ones are not the same.
func SameTenant(a, b string) bool { return tenant.Same(a, b) }

// TenantKey returns the spelling that all IDs of one tenant share, for a key in
// a database or a map: lower case in ASCII. What is no tenant ID has a key too,
// and "" has "".
func TenantKey(id string) string { return tenant.Key(id) }
