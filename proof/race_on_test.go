//go:build race

package proof

// underRace says that the race detector makes each case some ten times as slow.
const underRace = true
