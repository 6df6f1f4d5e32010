package main_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Files in the shape that people have them in. The shape is that of the source.
// What stands in them is made up.
//
// FILE.found is what is found in it, and FILE.fixed is what --fix makes of it.
// Of that, nothing more is fixed.
func TestExportsThatAreNoTables(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ file, region, source string }{
		{
			"graph-users.json", "US",
			"https://github.com/microsoftgraph/microsoft-graph-docs-contrib/blob/main/api-reference/v1.0/api/user-list.md",
		},
		{
			"graph-contacts.json", "SE",
			"https://github.com/microsoftgraph/microsoft-graph-docs-contrib/blob/main/api-reference/v1.0/api/contact-get.md",
		},
		{
			"partner-center-profile.json", "US",
			"https://learn.microsoft.com/partner-center/developer/get-legal-business-profile",
		},
		{
			"partner-center-profiles.json", "US",
			"https://learn.microsoft.com/partner-center/developer/update-legal-business-profile",
		},
		{
			"apple.vcf", "SE",
			"https://alessandrorossini.org/the-sad-story-of-the-vcard-format-and-its-lack-of-interoperability/",
		},
		{
			"google.vcf", "SE",
			"https://github.com/mangstadt/ez-vcard/blob/master/src/test/resources/ezvcard/io/text/gmail-list.vcf",
		},
		{"android.vcf", "SE", "https://github.com/emersion/go-vcard/issues/27"},
	} {
		t.Run(tt.file, func(t *testing.T) {
			t.Parallel()
			run := func(args ...string) string {
				c := exec.Command("contactlint", append([]string{"--quiet", "--region", tt.region}, args...)...)
				c.Dir = "testdata/exports"
				out, _ := c.CombinedOutput() // the status is that of what is found
				return string(out)
			}
			golden := func(name string) string {
				text, err := os.ReadFile(filepath.Join("testdata/exports", tt.file+name))
				require.NoError(t, err)
				return string(text)
			}
			assert.Equal(t, golden(".found"), run(tt.file))
			if filepath.Ext(tt.file) == ".vcf" {
				assert.Contains(t, run("--fix", filepath.Join(t.TempDir(), "x"), tt.file), "vCards are checked, and not fixed")
				return
			}
			once, twice := filepath.Join(t.TempDir(), tt.file), filepath.Join(t.TempDir(), tt.file)
			run("--fix", once, tt.file)
			text, err := os.ReadFile(once)
			require.NoError(t, err)
			assert.Equal(t, golden(".fixed"), string(text))
			run("--fix", twice, once)
			again, err := os.ReadFile(twice)
			require.NoError(t, err)
			assert.Equal(t, string(text), string(again))
		})
	}
}
