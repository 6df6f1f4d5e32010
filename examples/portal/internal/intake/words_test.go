package intake_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// What is said of a cell says what to do about just that.
func TestAdviceFitsTheFinding(t *testing.T) {
	t.Parallel()
	d := newDesk(t, ":memory:")
	const header = "Tenant ID;Company name;Security contact;E-mail;Country;Phone;Partner type\n"
	for _, test := range []struct {
		name, cells, says, why string
		not                    string
		options                host.ImportOptions
	}{
		{"too short for its country", "Relecloud;SOC;soc@relecloud.com;DE;12;",
			"no whole phone number of the row's country, DE",
			"the country is known", "Start", host.ImportOptions{}},
		{"too short for the file's country", "Relecloud;SOC;soc@relecloud.com;;12;", "country, GB", "it was chosen", "Start",
			host.ImportOptions{Country: "GB"}},
		{"of no country", "Relecloud;SOC;soc@relecloud.com;;030 901820;", "No country is known for this number",
			"three ways lead out", "digits may be missing", host.ImportOptions{}},
		{"too short, with +", "Relecloud;SOC;soc@relecloud.com;;+49 1;", "give all its digits", "a + is there", "Write +",
			host.ImportOptions{}},
		{"no address", "Relecloud;SOC;;;+14255550100;", "leave the whole contact blank", "both ways lead on", "is required",
			host.ImportOptions{}},
		{"no number", "Relecloud;SOC;soc@relecloud.com;;;", "leave the whole contact blank", "", "is required",
			host.ImportOptions{}},
		{"no company", ";;;;;", "a new partner needs it", "", "is required", host.ImportOptions{}},
		{"no country", "Relecloud;;;Atlantis;;", "such as Germany or DE", "names are understood too", "must",
			host.ImportOptions{}},
		{"no type", "Relecloud;;;;;friend", "Write direct bill partner", "", "direct_bill", host.ImportOptions{}},
	} {
		i := d.read(t, header+"d0b1e000-0000-4000-8000-000000000001;"+test.cells+"\n", test.options)
		all, err := d.db.ImportProblems(t.Context(), i.ID, true, 0, 0)
		require.NoError(t, err)
		require.Len(t, all, 1, test.name)
		var says string
		for _, f := range all[0].Findings {
			says += f.Message + "\n"
		}
		assert.Contains(t, says, test.says, "%s: %s", test.name, test.why)
		assert.NotContains(t, says, test.not, test.name)
	}
}
