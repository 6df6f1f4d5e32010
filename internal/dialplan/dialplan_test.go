package dialplan_test

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

	"github.com/cspkit/partner/internal/dialplan"
	"github.com/cspkit/partner/internal/race"
)

var (
	numbers = flag.Int("numbers", 20_000, "how many numbers TestJudgeRandom tries")
	seed    = flag.Uint64("seed", 1, "where TestJudgeRandom starts")
)

func TestJudge(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, why, digits string
		want              dialplan.Verdict
	}{
		{"North America", "in use", "14255550100", dialplan.Valid},
		{"Italian zero", "part of the number", "390212345678", dialplan.Valid},
		{"freephone of the world", "a calling code of no country", "80012345678", dialplan.Valid},
		{"short and ordinary", "the ordinary number connects", "49227700", dialplan.Valid},
		{"fifteen digits", "the longest", "493012345678901", dialplan.Valid},
		{"unassigned", "no area code 555", "15555550100", dialplan.Unassigned},
		{"premium rate", "the caller pays", "19002345678", dialplan.PremiumRate},
		{"pager", "nobody answers", "447640123456", dialplan.NotALine},
		{"voicemail", "nobody answers", "41860123456789", dialplan.NotALine},

		{"nothing", "no calling code", "", dialplan.Impossible},
		{"half a calling code", "nothing there", "4", dialplan.Impossible},
		{"calling code only", "nothing behind it", "49", dialplan.Impossible},
		{"unknown calling code", "no such country", "99912345678", dialplan.Impossible},
		{"zero", "no calling code begins with it", "014255550100", dialplan.Impossible},
		{"a digit too few", "ten are wanted", "1425555010", dialplan.Impossible},
		{"a digit too many", "ten are wanted", "142555501000", dialplan.Impossible},
		{"local", "the area code is missing", "15550100", dialplan.Impossible},
		{"emergency", "connects where it is dialled", "1911", dialplan.Impossible},
		{"short", "of a possible length", "49116117", dialplan.Impossible},
		{"short in another region", "75123 is one of Åland, with Finland's calling code", "35875123", dialplan.Impossible},
		{"national prefix", "dialled at home, and no German number begins so", "49030123456", dialplan.Impossible},
		{"national prefix of two digits", "the same", "36061234567", dialplan.Impossible},
		{"national prefix that begins numbers", "8 800 is freephone", "78001234567", dialplan.Valid},
		{"national prefix that could begin a number", "some begin with 8", "78991234567", dialplan.Unassigned},
		{"national prefix of Japan", "its freephone numbers begin with it", "810312345678", dialplan.Unassigned},
		{"area code 000", "none begins with 0", "10000000000", dialplan.Impossible},
		{"area code 1..", "none begins with 1", "11255550100", dialplan.Impossible},
		{"exchange code 0..", "none begins with 0", "14250550100", dialplan.Impossible},
		{"exchange code 1..", "none begins with 1", "14251550100", dialplan.Impossible},
		{"low code elsewhere", "it is no area code", "3512000000000", dialplan.Impossible},
		{"sixteen digits", "Germany has such numbers, E.164 has not", "4930123456789012", dialplan.Impossible},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, dialplan.Judge(tt.digits), tt.why)
		})
	}
}

func TestCodeLen(t *testing.T) {
	t.Parallel()
	for digits, want := range map[string]int{
		"": 0, "0": 0, "1": 1, "4": 0, "44": 2, "35": 0, "353": 3, "999": 0, "01": 0, "14255550100": 1, "3531": 3, "9991": 0,
	} {
		assert.Equal(t, want, dialplan.CodeLen(digits), digits)
	}
}

func TestNotOnlyDigits(t *testing.T) {
	t.Parallel()
	const digits = "351"
	require.Equal(t, 3, dialplan.CodeLen(digits))
	for i := range digits {
		for c := range 256 {
			if '0' <= c && c <= '9' {
				continue
			}
			s := digits[:i] + string([]byte{byte(c)}) + digits[i+1:]
			assert.Zero(t, dialplan.CodeLen(s), "%q", s)
		}
	}
}

func TestNoAllocation(t *testing.T) { // not parallel: AllocsPerRun forbids it
	for _, digits := range []string{"14255550100", "493012345678901", "1911", "999"} {
		buffer := []byte(digits)
		assert.Zero(t, testing.AllocsPerRun(100, func() {
			dialplan.Judge(digits)
			dialplan.CodeLen(digits)
			dialplan.WrittenBare(digits)
			r := dialplan.Lookup("AR")
			var p dialplan.Prefixes
			r.Prefixes(buffer, &p)
			r.Judge(buffer)
		}), digits)
	}
}

func TestLookup(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"GB", "gb", "gB"} {
		r := dialplan.Lookup(id)
		require.NotNil(t, r, id)
		assert.Equal(t, "44", r.Code, id)
	}
	for _, id := range []string{"", "G", "GBR", "ZZ", "001", "@B", "G[", "G{", "`b", "ı", "ſx", "G ", "\x00\x00",
		"\xffB"} {
		assert.Nil(t, dialplan.Lookup(id), "%q", id)
	}
}

func TestPrefixes(t *testing.T) {
	t.Parallel()
	const one, two, three, four = 1 << 1, 1 << 2, 1 << 3, 1 << 4
	tests := []struct {
		name, why, region, digits string
		want                      dialplan.Prefixes
	}{
		{"national", "0", "GB", "02079460958", dialplan.Prefixes{National: one}},
		{"national, two forms", "8 and 80", "BY", "80152450911", dialplan.Prefixes{National: one | two}},
		{"national, two digits", "06", "HU", "0612345678", dialplan.Prefixes{National: two}},
		{"international", "of the region, and 00", "AU", "0011442079460958",
			dialplan.Prefixes{International: two | four, National: one}},
		{"international, other", "00 goes everywhere", "US", "00442079460958", dialplan.Prefixes{International: two}},
		{"international, several", "Hong Kong has one for each carrier", "HK", "0014255550100",
			dialplan.Prefixes{International: two | three}},
		{"carrier", "15, after 0", "BR", "0151123456789", dialplan.Prefixes{National: one, Carrier: three}},
		{"within", "15 after the area code", "AR", "01115", dialplan.Prefixes{
			National: one, Rewrite: &dialplan.Rewrite{Lead: 1, Tail: 2, Insert: "9"}, RewriteEnd: 5,
		}},
		{"short", "an emergency number", "US", "911", dialplan.Prefixes{Short: true}},
		{"short, and more", "the whole is none", "US", "9112345", dialplan.Prefixes{}},
		{"area code left out", "what is put before it makes it longer", "BS", "3456789", dialplan.Prefixes{}},
		{"nothing", "nothing to read", "GB", "", dialplan.Prefixes{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := dialplan.Lookup(tt.region)
			require.NotNil(t, r)
			var got dialplan.Prefixes
			r.Prefixes([]byte(tt.digits), &got)
			assert.Equal(t, tt.want, got, tt.why)
		})
	}
}

// examples returns the numbers that the numbering plans give as examples of
// each kind, short ones too, with calling code.
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
		for _, d := range []*phonenumbers.PhoneNumberDesc{m.GetShortCode(), m.GetEmergency(), m.GetTollFree(),
			m.GetPremiumRate()} {
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
	verdict := dialplan.Ask(digits)
	if got := dialplan.Judge(digits); got != verdict {
		require.Equal(t, verdict, got, "+%s", digits)
	}
	if verdict < dialplan.Valid {
		return
	}
	code, _ := strconv.Atoi(digits[:dialplan.CodeLen(digits)])
	r := dialplan.Lookup(phonenumbers.GetRegionCodeForCountryCode(code))
	if r == nil {
		return // the world
	}
	if r.HasPrefix && len(digits)-len(r.Code) < int(r.LongestFixed) {
		require.Equal(t, dialplan.AskWrittenBare(digits), dialplan.WrittenBare(digits), "+%s", digits)
	}
	require.Equal(t, verdict, r.Judge([]byte(digits[len(r.Code):])), "+%s", digits)
}

// Every example, and what it becomes with a digit left out, typed twice or
// changed, or with a prefix.
func TestJudgeExamples(t *testing.T) {
	t.Parallel()
	for at, digits := range examples(t) {
		if at%race.Every != 0 {
			continue
		}
		requireSame(t, digits)
		for i := range digits {
			requireSame(t, digits[:i])
			requireSame(t, digits[:i]+digits[i+1:])
			requireSame(t, digits[:i+1]+digits[i:])
			requireSame(t, digits[:i]+string('0'+(digits[i]-'0'+1)%10)+digits[i+1:])
		}
		code := dialplan.CodeLen(digits)
		for _, prefix := range []string{"0", "1", "8", "9", "00", "15", digits[:code]} {
			requireSame(t, digits[:code]+prefix+digits[code:])
		}
	}
}

// Numbers at random: digits behind any calling code, examples with other digits
// behind the first few, examples with mistakes.
func TestJudgeRandom(t *testing.T) {
	t.Parallel()
	t.Logf("-seed %d", *seed)
	random := rand.New(rand.NewPCG(*seed, 0))
	known, codes := examples(t), slices.Sorted(maps.Keys(phonenumbers.GetSupportedCallingCodes()))
	met := make(map[dialplan.Verdict]int)
	for i := range *numbers {
		digits := []byte(known[random.IntN(len(known))])
		switch i % 3 {
		case 0:
			digits = strconv.AppendInt(nil, int64(codes[random.IntN(len(codes))]), 10)
			for range random.IntN(16) {
				digits = append(digits, anyDigit(random))
			}
		case 1:
			for i := dialplan.CodeLen(string(digits)) + random.IntN(5); i < len(digits); i++ {
				digits[i] = anyDigit(random)
			}
		default:
			for range 1 + random.IntN(3) {
				digits = mistype(random, digits)
			}
		}
		requireSame(t, string(digits))
		met[dialplan.Judge(string(digits))]++
	}
	t.Logf("%d numbers, by verdict: %v", *numbers, met)
	for v := dialplan.Impossible; v <= dialplan.NotALine; v++ {
		assert.NotZero(t, met[v], "verdict %d never met", v)
	}
}

func anyDigit(random *rand.Rand) byte { return '0' + byte(random.IntN(10)) }

// mistype changes a digit, leaves it out, types it twice or puts another one
// before it.
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
	for name, judge := range map[string]func(string) dialplan.Verdict{"table": dialplan.Judge[string],
		"library": dialplan.Ask} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				judge("14255550100")
			}
		})
	}
}
