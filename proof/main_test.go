package proof

import (
	"flag"
	"os"
	"testing"
)

// Rapid tries more cases here than by itself. A failure prints how to run its
// case again.
func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("rapid.checks", "2000"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}
