package phone_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/nyaruka/phonenumbers"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/internal/dialplan"
	"github.com/cspkit/partner/internal/phone"
)

func addSeeds(f *testing.F) {
	for _, s := range []string{
		"", "+", "tel:", "+14255550100", "+1 (425) 555-0100 ext. 12", "＋４４ ２０ ７９４６ ０９５８", "020 7946 0958", "911", "116117",
		"0044 20 7946 0958", "011 44 20 7946 0958", "00690 2200", "810 800 1234 5678", "8100401243", "011 15-2345-6789",
		"+44 (0)20 7946 0958", "+39 (0)2 1234 5678", "458-688-4307", "4586884307", "0151123456789",
		"+1 425 555 0100, Ext. 126", "０３（１２３４）５６７８", "\u202a+14255550100\u202c", "425 555 0100/0101", "4255550100,,1", "x1",
		"00", "011", "+0", "+999123456", "\xff+1", "0000000",
	} {
		for _, region := range []string{"", "US", "de", "AR", "IT", "RW", "RU", "BS"} {
			f.Add(s, region)
		}
	}
}

func FuzzNormalize(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, s, region string) {
		normal, read := phone.Normalize(s, ""), phone.Normalize(s, region)

		require.Equal(t, read, phone.Normalize(read, region), "normalizing twice is normalizing once")
		require.Equal(t, read, phone.Normalize(read, ""), "and needs no region the second time")
		require.Equal(t, phone.Check(s), phone.Check(normal), "Check judges the normalised value")
		if phone.Check(s)&phone.Errors == 0 {
			require.Equal(t, phone.Check(s), phone.Check(read), "a good number stays one")
		}
		if phone.CheckNational(s, region) == 0 {
			require.Zero(t, phone.CheckNational(read, region), "a possible number stays one")
		}

		if read != s && read != "" { // it was read
			require.Regexp(t, `^\+[1-9][0-9]{0,17}(;ext=[0-9]{1,7})?$`, read)
			require.Zero(t, phone.CheckNational(s, region)&^phone.CheckNational(read, region), "what is read is possible")

			typed, kept := phonenumbers.NormalizeDigitsOnly(s), phonenumbers.NormalizeDigitsOnly(read)
			if normal == read {
				code := dialplan.CodeLen(kept)
				withZero := kept[:code] + "0" + kept[code:]
				require.Contains(t, []string{kept, withZero}, typed, "digits after a plus are kept, but for a (0)")
			} else {
				requireOwn(t, typed, kept, read, region)
				require.Zero(t, phone.Check(read)&phone.Errors, "only a possible number is read without a plus")
				tail := min(4, len(kept), len(typed))
				require.True(t, strings.HasSuffix(typed, kept[len(kept)-tail:]), "only what stands in front is dropped")
			}
		}
		if strings.HasPrefix(read, "+") {
			require.Equal(t, read, phone.Normalize(read, "DE"), "a number with plus asks no region")
		}
	})
}

// requireOwn fails if digits that are a valid number of the region, with or
// without its national prefix, were read as another number.
func requireOwn(t *testing.T, typed, kept, read, region string) {
	t.Helper()
	region = strings.ToUpper(region)
	code := strconv.Itoa(phonenumbers.GetCountryCodeForRegion(region))
	extension := ""
	if _, ext, ok := strings.Cut(read, ";ext="); ok {
		extension = ext
	}
	typed, kept = strings.TrimSuffix(typed, extension), strings.TrimSuffix(kept, extension)
	for _, prefix := range []string{"", phonenumbers.GetNddPrefixForRegion(region, true)} {
		if national, ok := strings.CutPrefix(typed, prefix); ok && dialplan.Ask(code+national) >= dialplan.Valid {
			require.Equal(t, code+national, kept, "no number of the region becomes another")
		}
	}
}

func FuzzCheckNational(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, s, region string) {
		got := phone.CheckNational(s, region)
		require.Zero(t, got&^phone.Errors, "no advice")
		require.Zero(t, got&(got-1), "one error at most")
		if strings.HasPrefix(phone.Normalize(s, ""), "+") {
			require.Equal(t, phone.Check(s)&phone.Errors, got, "with a plus, the errors of Check")
		}
		if len(region) == 2 {
			require.Equal(t, got, phone.CheckNational(s, strings.ToLower(region)), "regions come in any case")
		}
	})
}
