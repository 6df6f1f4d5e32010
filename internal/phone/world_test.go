package phone_test

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/nyaruka/phonenumbers"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/internal/phone"
)

// example is a number that the numbering plans themselves give as one of its kind.
type example struct {
	region   string
	number   *phonenumbers.PhoneNumber
	e164     string
	national string // as it is written in the region
}

func newExample(region string, n *phonenumbers.PhoneNumber) example {
	e := example{region, n, phonenumbers.Format(n, phonenumbers.E164), phonenumbers.Format(n, phonenumbers.NATIONAL)}
	// phonenumbers 1.8.1 writes 09 15-2345-6789 for 011 15-2345-6789.
	if rest, ok := strings.CutPrefix(phonenumbers.Format(n, phonenumbers.INTERNATIONAL), "+54 9 "); ok {
		e.national = "0" + strings.Replace(rest, " ", " 15-", 1)
	}
	return e
}

// examples returns those of every type of every region.
func examples() (all []example) {
	for _, region := range slices.Sorted(maps.Keys(phonenumbers.GetSupportedRegions())) {
		for kind := phonenumbers.FIXED_LINE; kind < phonenumbers.UNKNOWN; kind++ {
			if n := phonenumbers.GetExampleNumberForType(region, kind); n != nil {
				all = append(all, newExample(region, n))
			}
		}
	}
	return all
}

// fromAbroad reports whether the number can be dialled from another country: Canada's 310-1234 has no area code.
func (e example) fromAbroad() bool {
	return phonenumbers.IsPossibleNumberWithReason(e.number) == phonenumbers.IS_POSSIBLE && len(e.e164) <= len("+")+15
}

// Every example is read in each of its spellings: none is ambiguous in the data of phonenumbers 1.8.1.
func TestWorldExamples(t *testing.T) {
	t.Parallel()
	all := examples()
	require.Greater(t, len(all), 1000)
	var atHomeOnly []string
	for _, e := range all {
		international := phonenumbers.Format(e.number, phonenumbers.INTERNATIONAL)
		assert.Equal(t, e.e164, phone.Normalize(international, ""), "%s: international", e.region)
		if !e.fromAbroad() {
			atHomeOnly = append(atHomeOnly, e.e164)
			assert.Equal(t, phone.Impossible, phone.Check(e.e164), "%s: %s", e.region, e.e164)
			continue
		}

		want := phone.Faults(0)
		switch phonenumbers.GetNumberType(e.number) {
		case phonenumbers.PREMIUM_RATE:
			want = phone.PremiumRate
		case phonenumbers.PAGER, phonenumbers.VOICEMAIL:
			want = phone.NotALine
		}
		assert.Equal(t, want, phone.Check(e.e164), "%s: %s", e.region, e.e164)

		assert.Zero(t, phone.CheckNational(e.national, e.region), "%s: %s", e.region, e.national)
		assert.Zero(t, phone.CheckNational(e.e164, e.region), "%s: %s", e.region, e.e164)
		assert.Equal(t, e.e164, phone.Normalize(e.national, e.region), "%s: %s", e.region, e.national)
	}
	assert.Equal(t, []string{"+13101234"}, atHomeOnly)
}

func TestWorldWithoutCountry(t *testing.T) {
	t.Parallel()
	codes := phonenumbers.GetSupportedGlobalNetworkCallingCodes()
	require.NotEmpty(t, codes)
	for code := range codes {
		n := phonenumbers.GetExampleNumberForNonGeoEntity(code)
		e164 := phonenumbers.Format(n, phonenumbers.E164)
		assert.Equal(t, e164, phone.Normalize(phonenumbers.Format(n, phonenumbers.INTERNATIONAL), ""))
		assert.Zero(t, phone.Check(e164)&(phone.Errors|phone.Unassigned), e164)
	}
}

// Short and emergency numbers connect only where they are dialled.
func TestWorldShort(t *testing.T) {
	t.Parallel()
	plans, err := phonenumbers.ShortNumberMetadataCollection()
	require.NoError(t, err)
	for _, plan := range plans.GetMetadata() {
		region, code := plan.GetId(), phonenumbers.GetCountryCodeForRegion(plan.GetId())
		for _, kind := range []*phonenumbers.PhoneNumberDesc{plan.GetEmergency(), plan.GetShortCode()} {
			if short := kind.GetExampleNumber(); short != "" {
				assert.Equal(t, short, phone.Normalize(short, region), "%s: %s", region, short)
				assert.Equal(t, phone.Impossible, phone.CheckNational(short, region), "%s: %s", region, short)
				assert.Equal(t, phone.Impossible, phone.Check("+"+strconv.Itoa(code)+short), "%s: %s", region, short)
			}
		}
	}
}

// However a valid number is written in its country, it is read as that number or not at all. The numbers are
// the examples with other digits; the seed makes a failure repeatable.
func TestWorldNeverAnotherNumber(t *testing.T) {
	t.Parallel()
	const variants = 5
	random := rand.New(rand.NewPCG(1, 2))
	read, unchanged := 0, 0
	for _, base := range examples() {
		if base.region == "GA" {
			continue // its plan lists 5876671 and 05876671, old and new form of one number
		}
		trunk := phonenumbers.GetNddPrefixForRegion(base.region, true)
		national := phonenumbers.GetNationalSignificantNumber(base.number)
		for range variants {
			digits := []byte(national)
			for i := 1 + random.IntN(len(digits)-1); i < len(digits); i++ {
				digits[i] = byte('0' + random.IntN(10))
			}
			n, err := phonenumbers.Parse("+"+strconv.Itoa(int(base.number.GetCountryCode()))+string(digits), "")
			if err != nil || !phonenumbers.IsValidNumber(n) || phonenumbers.GetNationalSignificantNumber(n) != string(digits) {
				continue
			}
			e := newExample(base.region, n)
			for _, typed := range []string{string(digits), trunk + string(digits), e.national} {
				switch got := phone.Normalize(typed, e.region); got {
				case e.e164:
					read++
				case typed:
					unchanged++
				default:
					assert.Fail(t, "became another number", "%s: %s became %s, not %s", e.region, typed, got, e.e164)
				}
			}
		}
	}
	assert.Greater(t, read, 10*unchanged, "what is read is nearly everything")
}
