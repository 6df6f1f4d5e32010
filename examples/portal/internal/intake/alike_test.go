package intake_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// A partner that may be here already is told of, and can be saved.
func TestLikelyDuplicates(t *testing.T) {
	const header = "Tenant ID;Company name;Security contact;E-mail;Phone\n"
	const contact = ";The SOC;"
	row := func(n, name, email string) string {
		return "d0b1e000-0000-4000-8000-00000000000" + n + ";" + name + contact + email + ";+14255550100\n"
	}
	tests := []struct {
		name, rows, why string
		want            map[int][]string // codes of the rows of which something is said
		partner         string           // who is here
	}{
		{"the same name", row("1", "FABRIKAM", "soc@fabrikam-two.com"), "however it is written",
			map[int][]string{1: {"Company name: partner.same_name"}}, fabrikam},
		{"the same domain", row("1", "Fabrikam Ltd.", "cert@Fabrikam.com"), "whichever the mailbox",
			map[int][]string{1: {"E-mail: partner.same_domain"}}, fabrikam},
		{"both", row("1", "Fabrikam", "soc@fabrikam.com"), "once is enough",
			map[int][]string{1: {"Company name: partner.same_name"}}, fabrikam},
		{"the same tenant", strings.ReplaceAll(row("1", "Fabrikam", "soc@fabrikam.com"),
			"d0b1e000-0000-4000-8000-000000000001", fabrikam), "it is that partner", map[int][]string{}, ""},
		{"twice in the file", row("1", "Relecloud", "soc@relecloud.com") + row("2", "Relecloud", "soc@relecloud.net"),
			"the second is told of", map[int][]string{2: {"Company name: partner.same_name"}}, ""},
		{"a row twice", row("1", "Relecloud", "soc@relecloud.com") + row("1", "Relecloud", "soc@relecloud.com"),
			"it is one partner", map[int][]string{}, ""},
		{"a consumer provider", row("1", "Relecloud", "r@outlook.com") + row("2", "Proseware", "p@outlook.com"),
			"it says nothing of the company", map[int][]string{}, ""},
	}
	onEach(t, func(t *testing.T, d *desk) {
		d.save(t, partners, host.ImportOptions{})
		for _, test := range tests {
			i := d.read(t, header+test.rows, host.ImportOptions{})
			assert.Zero(t, i.Counts.Wrong, test.name)
			got := d.problems(t, i, false)
			for n, codes := range got {
				var kept []string
				for _, c := range codes {
					if strings.Contains(c, ": partner.same_") {
						kept = append(kept, c)
					}
				}
				if got[n] = kept; len(kept) == 0 {
					delete(got, n)
				}
			}
			assert.Equal(t, test.want, got, "%s: %s", test.name, test.why)
			all, err := d.db.ImportProblems(t.Context(), i.ID, false, 0, 0)
			require.NoError(t, err)
			if test.partner != "" {
				require.NotEmpty(t, all, test.name)
				last := all[0].Findings[len(all[0].Findings)-1]
				assert.Equal(t, test.partner, last.Partner, "%s: the page leads there", test.name)
				assert.Equal(t, "Fabrikam", last.PartnerName, test.name)
			}
		}
		i := d.save(t, header+row("1", "Fabrikam", "soc@fabrikam.com"), host.ImportOptions{})
		assert.Equal(t, 1, i.Counts.Count(host.ImportPartner, host.ImportNew), "it is saved all the same")
	})
}
