package proof

import (
	"flag"
	"os"
	"testing"

	"github.com/cspkit/partner/internal/race"
)

// Rapid tries more cases here than by itself. Under the race detector a tenth
// of them will do: every case runs without it as well. A failure prints how to
// run its case again.
func TestMain(m *testing.M) {
	flag.Parse()
	checks := "2000"
	if race.Enabled {
		checks = "200"
	}
	if err := flag.Set("rapid.checks", checks); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}
