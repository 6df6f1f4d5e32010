//go:build race

package race

// Every is which of many cases a test does: each one, or one in sixteen under
// the race detector.
const Every = 16

// Enabled says whether the race detector watches.
const Enabled = true
