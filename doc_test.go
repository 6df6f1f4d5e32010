package partner_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The first code in the README must compile and do what it says. So it is the
// package's Example, to the letter.
func TestReadmeShowsTheExample(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	source, err := os.ReadFile("example_test.go")
	require.NoError(t, err)

	assert.Contains(t, string(readme), "```go\n"+exampleBodies(string(source))["Example"]+"```\n")
}

// The same holds for the section of each package between an alert and its
// answer.
func TestReadmeShowsAnExampleOfEachPackage(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	for _, name := range []string{"alert", "escalation", "challenge", "attest", "webhook"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, section, found := strings.Cut(string(readme), "\n### Package `"+name+"`: ")
			require.True(t, found, "a section of its own")
			if end := strings.Index(section, "\n##"); end >= 0 {
				section = section[:end]
			}
			files, err := filepath.Glob(filepath.Join(name, "example*_test.go"))
			require.NoError(t, err)
			var bodies []string
			for _, file := range files {
				source, err := os.ReadFile(file)
				require.NoError(t, err)
				bodies = slices.AppendSeq(bodies, maps.Values(exampleBodies(string(source))))
			}
			blocks := strings.Split(section, "```go\n")[1:]
			require.NotEmpty(t, blocks, "code")
			for _, block := range blocks {
				code, _, found := strings.Cut(block, "```\n")
				require.True(t, found)
				assert.Contains(t, bodies, code, "the body of an Example, to the letter")
			}
		})
	}
}

// exampleBodies returns the code of each Example in a source file, up to its
// output, by name.
func exampleBodies(source string) map[string]string {
	bodies := make(map[string]string)
	for _, function := range strings.Split(source, "\nfunc ")[1:] {
		name, rest, found := strings.Cut(function, "() {\n")
		body, _, checked := strings.Cut(rest, "\t// Output:")
		if !found || !checked || !strings.HasPrefix(name, "Example") {
			continue
		}
		var code strings.Builder
		for line := range strings.Lines(body) {
			code.WriteString(strings.TrimPrefix(line, "\t"))
		}
		bodies[name] = code.String()
	}
	return bodies
}
