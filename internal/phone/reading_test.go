package phone

import (
	"maps"
	"slices"
	"testing"

	"github.com/nyaruka/phonenumbers"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/internal/dialplan"
	"github.com/cspkit/partner/internal/race"
)

// The rule is one, whether its facts come from the table or from phonenumbers.
func TestEitherSource(t *testing.T) {
	t.Parallel()
	for at, id := range slices.Sorted(maps.Keys(phonenumbers.GetSupportedRegions())) {
		if at%race.Every != 0 {
			continue
		}
		table, library := dialplan.Lookup(id), dialplan.AskRegion(id)
		require.NotNil(t, table, id)
		require.NotNil(t, library, id)
		for kind := phonenumbers.FIXED_LINE; kind <= phonenumbers.MOBILE; kind++ {
			n := phonenumbers.GetExampleNumberForType(id, kind)
			if n == nil {
				continue
			}
			national := phonenumbers.NormalizeDigitsOnly(phonenumbers.Format(n, phonenumbers.NATIONAL))
			significant := phonenumbers.GetNationalSignificantNumber(n)
			abroad := "00" + table.Code + significant
			for _, typed := range []string{national, significant, "0" + significant, abroad, significant[1:]} {
				want, got := newNumber([]byte(typed)), newNumber([]byte(typed))
				wantOK, gotOK := want.meant(library, emptyLayout), got.meant(table, emptyLayout)
				require.Equal(t, wantOK, gotOK, "%s: %s", id, typed)
				require.Equal(t, want.digits(), got.digits(), "%s: %s", id, typed)
				require.Equal(t, isPossible(library, []byte(typed)), isPossible(table, []byte(typed)), "%s: %s", id, typed)
			}
		}
	}
}
