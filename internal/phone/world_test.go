package phone_test

import (
	"flag"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/nyaruka/phonenumbers"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/internal/dialplan"
	"github.com/cspkit/partner/internal/phone"
	"github.com/cspkit/partner/internal/race"
)

var (
	numbers = flag.Int("numbers", 20_000, "how many numbers TestReadingsRandom tries")
	seed    = flag.Uint64("seed", 1, "where TestReadingsRandom starts")
)

// example is a number that the numbering plans themselves give as one of its
// kind.
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

// fromAbroad reports whether the number can be dialled from another country:
// Canada's 310-1234 has no area code.
func (e example) fromAbroad() bool {
	return phonenumbers.IsPossibleNumberWithReason(e.number) == phonenumbers.IS_POSSIBLE && len(e.e164) <= len("+")+15
}

// spellings returns the digits of the number in each way in which somebody in
// its region can dial it.
func (e example) spellings() []string {
	significant := phonenumbers.GetNationalSignificantNumber(e.number)
	all := []string{
		digitsOf(e.national),
		significant,
		phonenumbers.GetNddPrefixForRegion(e.region, true) + significant,
		e.e164[len("+"):],
		"00" + e.e164[len("+"):],
	}
	for _, p := range internationalPrefixes[e.region] {
		all = append(all, p+e.e164[len("+"):])
	}
	if e.region == "BY" {
		all = append(all, "80"+significant)
	}
	return all
}

// internationalPrefixes are some that people know.
var internationalPrefixes = map[string][]string{
	"AU": {"0011"}, "US": {"011"}, "JP": {"010"}, "RU": {"810"}, "KR": {"001", "00700"}, "BR": {"0014"},
	"HK": {"001", "006"}, "SG": {"001", "018"}, "CO": {"009", "00444"}, "FI": {"990"}, "CL": {"1230"},
}

func digitsOf(s string) string { return phonenumbers.NormalizeDigitsOnly(s) }

// world is what phonenumbers says of each region.
var world = func() map[string]*phonenumbers.PhoneMetadata {
	all := make(map[string]*phonenumbers.PhoneMetadata)
	plans, err := phonenumbers.MetadataCollection()
	if err != nil {
		panic(err)
	}
	for _, m := range plans.GetMetadata() {
		all[m.GetId()] = m
	}
	return all
}()

// A library reads digits in a region with the regular expressions of
// phonenumbers and its own functions, one reading after the other.
type library struct {
	m                       *phonenumbers.PhoneMetadata
	code                    string
	international, national *regexp.Regexp
}

func newLibrary(region string) library {
	m := world[region]
	// Brazil's carriers stand before ten or eleven digits. Here, as in package
	// plan, a valid number of any length may follow.
	national := strings.Replace(m.GetNationalPrefixForParsing(), `(\d{10,11})`, `(\d*)`, 1)
	return library{
		m:             m,
		code:          strconv.Itoa(int(m.GetCountryCode())),
		international: regexp.MustCompile(`^(?:00|` + m.GetInternationalPrefix() + `)$`),
		national:      regexp.MustCompile(`^(?:` + national + `)$`),
	}
}

var libraries = func() map[string]library {
	all := make(map[string]library)
	for region := range phonenumbers.GetSupportedRegions() {
		all[region] = newLibrary(region)
	}
	return all
}()

// asked is one reading.
type asked struct {
	way    byte // of (a) to (d), 'x' being behind a carrier's code
	number string
}

func (l library) readings(digits string) (all []asked) {
	if strings.HasPrefix(digits, l.code) {
		all = append(all, asked{'a', digits})
	}
	transform := l.m.GetNationalPrefixTransformRule()
	for i := 1; i <= len(digits); i++ {
		first, rest := digits[:i], digits[i:]
		if l.international.MatchString(first) {
			all = append(all, asked{'b', rest})
		}
		groups := l.national.FindStringSubmatch(first)
		switch {
		case groups == nil:
		case strings.Join(groups[1:], "") == "":
			all = append(all, asked{'c', l.code + rest})
		case transform == "":
			all = append(all, asked{'x', l.code + rest})
		case len(groups) > 2:
			all = append(all, asked{'x', l.code + groups[2] + rest})
		default:
			put := l.national.ReplaceAllString(first, transform)
			if len(put) <= len(first) && put != first {
				all = append(all, asked{'c', l.code + put + rest})
			}
		}
	}
	return append(all, asked{'d', l.code + digits})
}

func isShort(code, national, region string) bool {
	c, _ := strconv.Atoi(code)
	if len(national) > 15 {
		return false
	}
	return phonenumbers.IsValidShortNumberForRegion(dialplan.Proto(c, national), region) ||
		phonenumbers.IsEmergencyNumber(national, region)
}

// read returns what digits mean, and whether they are possible.
func (l library) read(digits string) (e164 string, possible bool) {
	region := l.m.GetId()
	short := isShort(l.code, digits, region)
	hasPrefix := l.m.GetNationalPrefix() != ""
	abroad := false
	for _, prefix := range []string{"", "011"} {
		rest, ok := strings.CutPrefix(digits, prefix)
		abroad = abroad || ok && dialplan.Ask(rest) >= dialplan.Valid && !strings.HasPrefix(rest, l.code)
	}
	var valid, merely []asked
	carrier, doubtful := false, false
	for _, r := range l.readings(digits) {
		v := dialplan.Ask(r.number)
		switch {
		case r.way == 'x':
			carrier = carrier || v >= dialplan.Valid
			continue
		case v >= dialplan.Valid:
			valid = append(valid, r)
			doubtful = doubtful || r.way == 'd' && (v == dialplan.NotALine || l.code == "1")
		case v == dialplan.Unassigned && (r.way == 'c' || r.way == 'd' && (!hasPrefix || l.code == "1")):
			merely = append(merely, r)
		}
		possible = possible || v != dialplan.Impossible
	}
	if short {
		return "", dialplan.Ask(l.code+digits) >= dialplan.Valid
	}
	count := valid
	if len(valid) == 0 && !carrier && !abroad {
		count = merely
	}
	if len(count) == 0 {
		return "", possible
	}
	alone := true
	for _, r := range count {
		if r.number != count[0].number {
			return "", possible
		}
		alone = alone && r.way == 'd'
	}
	number := count[0].number
	if alone {
		fixed := l.m.GetFixedLine().GetPossibleLength()
		if len(fixed) == 0 {
			fixed = l.m.GetGeneralDesc().GetPossibleLength()
		}
		if doubtful && abroad || hasPrefix && len(digits) < int(slices.Max(fixed)) && !dialplan.AskWrittenBare(number) {
			return "", possible
		}
	}
	return "+" + number, possible
}

// requireSame compares what is read with what phonenumbers reads, and reports
// whether something was.
func requireSame(t *testing.T, digits, region string) bool {
	t.Helper()
	want, possible := libraries[region].read(digits)
	if want == "" {
		want = digits
	}
	require.Equal(t, want, phone.Normalize(digits, region), "%s: %s", region, digits)
	fault := phone.Faults(0)
	if !possible {
		fault = phone.Impossible
	}
	require.Equal(t, fault, phone.CheckNational(digits, region), "%s: %s", region, digits)
	return want != digits
}

// Each example is read in each spelling as phonenumbers has it. It never
// becomes another number, and nearly all are read.
func TestWorldExamples(t *testing.T) {
	t.Parallel()
	all := examples()
	require.Greater(t, len(all), 1000)
	var atHomeOnly, unread []string
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

		if read := phone.Normalize(e.national, e.region); read == e.national {
			unread = append(unread, e.region+" "+e.national)
		} else {
			assert.Equal(t, e.e164, read, "%s: %s", e.region, e.national)
		}
		for _, digits := range e.spellings() {
			requireSame(t, digits, e.region)
			if read := phone.Normalize(digits, e.region); read != digits {
				assert.Equal(t, e.e164, read, "%s: %s", e.region, digits)
			}
		}
	}
	assert.Equal(t, []string{"+13101234"}, atHomeOnly)
	// Voicemail boxes: with a plus they are French.
	assert.Equal(t, []string{"IT 331 0123 4501", "VA 331 0123 4501"}, unread)
}

// What is dialled at random is read as phonenumbers has it: examples with other
// digits behind the first few, in each spelling, some with mistakes, some in
// another region.
func TestReadingsRandom(t *testing.T) {
	t.Parallel()
	t.Logf("-seed %d", *seed)
	random := rand.New(rand.NewPCG(*seed, 0))
	known, regions := examples(), slices.Sorted(maps.Keys(phonenumbers.GetSupportedRegions()))
	read := 0
	for i := range *numbers / race.Every {
		e := known[random.IntN(len(known))]
		spellings := e.spellings()
		digits := []byte(spellings[random.IntN(len(spellings))])
		for at := random.IntN(len(digits)); at < len(digits) && i%3 != 0; at++ {
			digits[at] = byte('0' + random.IntN(10))
		}
		for range i % 3 {
			at := random.IntN(len(digits))
			switch random.IntN(4) {
			case 0:
				digits = slices.Insert(digits, at, byte('0'+random.IntN(10)))
			case 1:
				digits = slices.Delete(digits, at, min(at+1, len(digits)-1))
			}
		}
		region := e.region
		if random.IntN(4) == 0 {
			region = regions[random.IntN(len(regions))]
		}
		if random.IntN(20) == 0 {
			digits = append([]byte("011"), digits...)
		}
		if len(digits) <= 19 && requireSame(t, string(digits), region) {
			read++
		}
	}
	t.Logf("%d numbers, %d read", *numbers, read)
	assert.Greater(t, 10*read*race.Every, *numbers)
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

// However a valid number is written in its country, it is read as that number
// or not at all. The numbers are the examples with other digits.
func TestWorldNeverAnotherNumber(t *testing.T) {
	t.Parallel()
	const variants = 5
	random := rand.New(rand.NewPCG(1, 2))
	read, unchanged := 0, 0
	for at, base := range examples() {
		if at%race.Every != 0 {
			continue
		}
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
			for _, typed := range append(e.spellings(), e.national) {
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
	assert.Greater(t, read, 2*unchanged)
}
