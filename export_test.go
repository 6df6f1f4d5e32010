package partner

// CountNormalized returns how often each field was normalised while f ran. It
// changes the rules for that time: the test that calls it must not be parallel.
func CountNormalized(f func()) int {
	n := 0
	seen := map[*rule]func(string) string{}
	var p LegalProfile
	for field := range AllFields().All() {
		_, _, _, r := p.leaves().row(field)
		if _, ok := seen[r]; ok {
			continue
		}
		normalize := r.normalize
		seen[r] = normalize
		r.normalize = func(text string) string {
			n++
			return normalize(text)
		}
	}
	defer func() {
		for r, normalize := range seen {
			r.normalize = normalize
		}
	}()
	f()
	return n
}
