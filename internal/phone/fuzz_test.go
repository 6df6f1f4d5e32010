package phone_test

import (
	"strings"
	"testing"

	"github.com/nyaruka/phonenumbers"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/internal/phone"
)

func seed(f *testing.F) {
	for _, s := range []string{
		"", "+", "tel:", "+14255550100", "+1 (425) 555-0100 ext. 12", "＋４４ ２０ ７９４６ ０９５８", "020 7946 0958", "911", "116117",
		"0044 20 7946 0958", "011 44 20 7946 0958", "00690 2200", "810 800 1234 5678", "8100401243", "011 15-2345-6789",
		"+44 (0)20 7946 0958", "425 555 0100/0101", "4255550100,,1", "x1", "00", "011", "+0", "+999123456", "\xff+1", "0000000",
	} {
		for _, region := range []string{"", "US", "de", "AR", "IT", "RW", "RU", "BS"} {
			f.Add(s, region)
		}
	}
}

func FuzzNormalize(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, s, region string) {
		normal, read := phone.Normalize(s, ""), phone.Normalize(s, region)

		require.Equal(t, read, phone.Normalize(read, region), "normalizing twice is normalizing once")
		require.Equal(t, read, phone.Normalize(read, ""), "and needs no region the second time")
		require.Equal(t, phone.Check(s), phone.Check(normal), "formatting alone is never an error")

		if read != s && read != "" { // it was read
			require.Regexp(t, `^\+[1-9][0-9]{0,17}(;ext=[0-9]{1,7})?$`, read)
			require.Zero(t, phone.CheckNational(s, region)&^phone.CheckNational(read, region), "what is read is possible")

			typed, kept := phonenumbers.NormalizeDigitsOnly(s), phonenumbers.NormalizeDigitsOnly(read)
			if normal == read {
				require.Equal(t, typed, kept, "digits after a plus are kept")
			} else {
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

func FuzzCheckNational(f *testing.F) {
	seed(f)
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
