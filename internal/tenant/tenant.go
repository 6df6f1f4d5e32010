// Package tenant knows what an Entra tenant ID looks like, and when two IDs
// name one tenant.
package tenant

// Valid reports whether id is a UUID as text (RFC 9562, 4): 32 hexadecimal
// digits in groups of 8, 4, 4, 4 and 12. Any case will do, braces will not.
func Valid(id string) bool {
	if len(id) != 36 {
		return false
	}
	if id[8] != '-' || id[13] != '-' || id[18] != '-' || id[23] != '-' {
		return false
	}
	others := 0 // that are no hexadecimal digits
	for i := range len(id) {
		others += notHex[id[i]]
	}
	return others == 4
}

// Same reports whether a and b name one tenant.
//
//   - ASCII case does not matter, as RFC 9562 asks.
//   - Nothing else is folded: the Kelvin sign is not "k".
//   - An empty ID names no tenant, so two empty ones are not the same.
func Same(a, b string) bool {
	if a == "" || len(a) != len(b) {
		return false
	}
	if a == b {
		return true
	}
	for i := range len(a) {
		if a[i] != b[i] && lower(a[i]) != lower(b[i]) {
			return false
		}
	}
	return true
}

// Key returns the spelling that all IDs of one tenant share.
func Key(id string) string {
	for i := range len(id) {
		if isUpper(id[i]) {
			b := []byte(id)
			for j := i; j < len(b); j++ {
				b[j] = lower(b[j])
			}
			return string(b)
		}
	}
	return id
}

// notHex is 1 for each byte that is no hexadecimal digit.
var notHex = func() (t [256]int) {
	for i := range t {
		t[i] = 1
	}
	for _, c := range []byte("0123456789abcdefABCDEF") {
		t[c] = 0
	}
	return t
}()

func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }

func lower(c byte) byte {
	if isUpper(c) {
		return c + ('a' - 'A')
	}
	return c
}
