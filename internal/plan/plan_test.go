package plan_test

import (
	"flag"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/nyaruka/phonenumbers"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/internal/plan"
)

var (
	numbers = flag.Int("numbers", 20_000, "how many numbers TestJudgeRandom tries")
	seed    = flag.Uint64("seed", 1, "where TestJudgeRandom starts")
)

func TestJudge(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, why, digits string
		want              plan.Verdict
	}{
		{"North America", "in use", "14255550100", plan.Valid},
		{"Italian zero", "part of the number", "390212345678", plan.Valid},
		{"freephone of the world", "a calling code of no country", "80012345678", plan.Valid},
		{"short and ordinary", "the ordinary number connects", "49227700", plan.Valid},
		{"fifteen digits", "the longest", "493012345678901", plan.Valid},
		{"unassigned", "no area code 555", "15555550100", plan.Unassigned},
		{"trunk zero", "not left out, and possible in Germany", "49030123456", plan.Unassigned},
		{"premium rate", "the caller pays", "19002345678", plan.PremiumRate},
		{"pager", "nobody answers", "447640123456", plan.NotALine},
		{"voicemail", "nobody answers", "41860123456789", plan.NotALine},

		{"nothing", "no calling code", "", plan.Impossible},
		{"half a calling code", "nothing there", "4", plan.Impossible},
		{"calling code only", "nothing behind it", "49", plan.Impossible},
		{"unknown calling code", "no such country", "99912345678", plan.Impossible},
		{"zero", "no calling code begins with it", "014255550100", plan.Impossible},
		{"a digit too few", "ten are wanted", "1425555010", plan.Impossible},
		{"a digit too many", "ten are wanted", "142555501000", plan.Impossible},
		{"local", "the area code is missing", "15550100", plan.Impossible},
		{"emergency", "connects where it is dialled", "1911", plan.Impossible},
		{"short", "of a possible length", "49116117", plan.Impossible},
		{"short in another region", "75123 is one of Åland, with Finland's calling code", "35875123", plan.Impossible},
		{"sixteen digits", "Germany has such numbers, E.164 has not", "4930123456789012", plan.Impossible},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, plan.Judge(tt.digits), tt.why)
		})
	}
}

func TestCodeLen(t *testing.T) {
	t.Parallel()
	for digits, want := range map[string]int{
		"": 0, "0": 0, "1": 1, "4": 0, "44": 2, "35": 0, "353": 3, "999": 0, "01": 0, "14255550100": 1, "3531": 3, "9991": 0,
	} {
		assert.Equal(t, want, plan.CodeLen(digits), digits)
	}
}

func TestNotOnlyDigits(t *testing.T) {
	t.Parallel()
	const digits = "351212345678"
	require.Equal(t, plan.Valid, plan.Judge(digits))
	for i := range digits {
		for c := range 256 {
			if '0' <= c && c <= '9' {
				continue
			}
			s := digits[:i] + string([]byte{byte(c)}) + digits[i+1:]
			assert.Equal(t, plan.Impossible, plan.Judge(s), "%q", s)
			if i < 3 {
				assert.Zero(t, plan.CodeLen(s), "%q", s)
			}
		}
	}
}

func TestNoAllocation(t *testing.T) { // not parallel: AllocsPerRun forbids it
	for _, digits := range []string{"14255550100", "493012345678901", "1911", "999"} {
		assert.Zero(t, testing.AllocsPerRun(100, func() {
			plan.Judge(digits)
			plan.CodeLen(digits)
		}), digits)
	}
}

// examples returns the numbers that the numbering plans give as examples of each kind, short ones too, with calling code.
func examples(t *testing.T) (all []string) {
	add := func(n *phonenumbers.PhoneNumber) {
		if n != nil {
			all = append(all, strconv.Itoa(int(n.GetCountryCode()))+phonenumbers.GetNationalSignificantNumber(n))
		}
	}
	for region := range phonenumbers.GetSupportedRegions() {
		for kind := phonenumbers.FIXED_LINE; kind < phonenumbers.UNKNOWN; kind++ {
			add(phonenumbers.GetExampleNumberForType(region, kind))
		}
	}
	for code := range phonenumbers.GetSupportedGlobalNetworkCallingCodes() {
		add(phonenumbers.GetExampleNumberForNonGeoEntity(code))
	}
	short, err := phonenumbers.ShortNumberMetadataCollection()
	require.NoError(t, err)
	for _, m := range short.GetMetadata() {
		code := strconv.Itoa(phonenumbers.GetCountryCodeForRegion(m.GetId()))
		for _, d := range []*phonenumbers.PhoneNumberDesc{m.GetShortCode(), m.GetEmergency(), m.GetTollFree(), m.GetPremiumRate()} {
			if d.GetExampleNumber() != "" {
				all = append(all, code+d.GetExampleNumber())
			}
		}
	}
	require.Greater(t, len(all), 1500)
	slices.Sort(all)
	return slices.Compact(all)
}

// requireSame is the law of this package.
func requireSame(t *testing.T, digits string) {
	t.Helper()
	if got, want := plan.Judge(digits), plan.Ask(digits); got != want {
		require.Equal(t, want, got, "+%s", digits)
	}
}

// Every example, and what it becomes with a digit left out, typed twice or changed, or with a prefix.
func TestJudgeExamples(t *testing.T) {
	t.Parallel()
	for _, digits := range examples(t) {
		requireSame(t, digits)
		for i := range digits {
			requireSame(t, digits[:i])
			requireSame(t, digits[:i]+digits[i+1:])
			requireSame(t, digits[:i+1]+digits[i:])
			requireSame(t, digits[:i]+string('0'+(digits[i]-'0'+1)%10)+digits[i+1:])
		}
		code := plan.CodeLen(digits)
		for _, prefix := range []string{"0", "1", "8", "9", "00", "15", digits[:code]} {
			requireSame(t, digits[:code]+prefix+digits[code:])
		}
	}
}

// Numbers at random: digits behind any calling code, examples with other digits behind the first few, examples with mistakes.
func TestJudgeRandom(t *testing.T) {
	t.Parallel()
	t.Logf("-seed %d", *seed)
	random := rand.New(rand.NewPCG(*seed, 0))
	known, codes := examples(t), slices.Sorted(maps.Keys(phonenumbers.GetSupportedCallingCodes()))
	met := make(map[plan.Verdict]int)
	for i := range *numbers {
		digits := []byte(known[random.IntN(len(known))])
		switch i % 3 {
		case 0:
			digits = strconv.AppendInt(nil, int64(codes[random.IntN(len(codes))]), 10)
			for range random.IntN(16) {
				digits = append(digits, anyDigit(random))
			}
		case 1:
			for i := plan.CodeLen(string(digits)) + random.IntN(5); i < len(digits); i++ {
				digits[i] = anyDigit(random)
			}
		default:
			for range 1 + random.IntN(3) {
				digits = mistype(random, digits)
			}
		}
		requireSame(t, string(digits))
		met[plan.Judge(string(digits))]++
	}
	t.Logf("%d numbers, by verdict: %v", *numbers, met)
	for v := plan.Impossible; v <= plan.NotALine; v++ {
		assert.NotZero(t, met[v], "verdict %d never met", v)
	}
}

func anyDigit(random *rand.Rand) byte { return '0' + byte(random.IntN(10)) }

// mistype changes a digit, leaves it out, types it twice or puts another one before it.
func mistype(random *rand.Rand, digits []byte) []byte {
	i, digit := random.IntN(len(digits)), anyDigit(random)
	switch random.IntN(4) {
	case 0:
		digits[i] = digit
		return digits
	case 1:
		if len(digits) > 1 {
			return slices.Delete(digits, i, i+1)
		}
		return digits
	case 2:
		return slices.Insert(digits, i, digits[i])
	default:
		return slices.Insert(digits, i, digit)
	}
}

func BenchmarkJudge(b *testing.B) {
	for name, judge := range map[string]func(string) plan.Verdict{"table": plan.Judge, "library": plan.Ask} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				judge("14255550100")
			}
		})
	}
}
