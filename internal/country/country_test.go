package country_test

import (
	"testing"

	"github.com/nyaruka/phonenumbers"
	"github.com/stretchr/testify/assert"
	"golang.org/x/text/language"

	"github.com/cspkit/partner/internal/country"
)

// Two other tables of the same standard must agree. A code missing here would
// lock a partner out of its own profile.
func TestKnownAgreesWithOtherTables(t *testing.T) {
	t.Parallel()
	assigned := 0
	for a := byte('A'); a <= 'Z'; a++ {
		for b := byte('A'); b <= 'Z'; b++ {
			code := string([]byte{a, b})
			if country.Known(code) {
				assigned++
				region, err := language.ParseRegion(code)
				assert.NoError(t, err, code)
				assert.True(t, region.IsCountry(), code)
			}
		}
	}
	assert.Equal(t, 249+1, assigned, "ISO 3166-1 assigns 249 codes; XK is the one addition")

	for region := range phonenumbers.GetSupportedRegions() {
		if region != "AC" && region != "TA" { // exceptional reservations: Ascension Island and Tristan da Cunha, parts of SH
			assert.True(t, country.Known(region), region)
		}
	}
}

func TestKnownRefusesWhatIsNoCode(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"", "U", "us", "USA", "UK", "XX", "ZZ", "EU", "A ", " A", "  ", "D ", "ＵＳ", "U\x00"} {
		assert.False(t, country.Known(code), "%q", code)
	}
}
