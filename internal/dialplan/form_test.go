package dialplan

import (
	"regexp"
	"strconv"
	"testing"

	"github.com/nyaruka/phonenumbers"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/internal/race"
)

// The forms of an expression match what package regexp matches, with the same
// groups.
func TestForms(t *testing.T) {
	t.Parallel()
	expressions := []string{
		`0`, `00|99(?:[01]|5[14])`, `0?`, `(?:0|90)?`, `0(1\d)?`, `[08]|80?`, `0[0-3]\d`, `1{2}0{0,2}`,
		`(?:(1|2)(3|4))?5`, `((0)1)`, ``, `[^0-4]`, `0?(?:(11|2(?:2|3[0-2]))15)?`,
	}
	for _, plan := range metadata(t) {
		expressions = append(expressions, plan.GetInternationalPrefix())
	}
	for _, expression := range expressions {
		forms, err := formsOf(expression)
		require.NoError(t, err, expression)
		want := regexp.MustCompile(`^(?:` + expression + `)$`)
		for i := range 2_000 / race.Every {
			n := strconv.Itoa(i)
			for _, digits := range []string{n, "0" + n, "00" + n, ""} {
				got := groupsOf(forms, digits, want.NumSubexp())
				require.Equal(t, want.FindStringSubmatchIndex(digits), got, "%s: %s", expression, digits)
			}
		}
	}
}

// groupsOf returns where the first of forms that matches digits has its groups,
// as package regexp tells it: nil if none matches.
func groupsOf(forms []form, digits string, groups int) []int {
	for _, f := range forms {
		if !f.matches(digits) {
			continue
		}
		at := []int{0, len(digits)}
		for group := 1; group <= groups; group++ {
			if s, ok := f.groups[group]; ok {
				at = append(at, s.start, s.end)
			} else {
				at = append(at, -1, -1)
			}
		}
		return at
	}
	return nil
}

func metadata(t *testing.T) []*phonenumbers.PhoneMetadata {
	t.Helper()
	plans, err := phonenumbers.MetadataCollection()
	require.NoError(t, err)
	return plans.GetMetadata()
}

func TestFormsRefused(t *testing.T) {
	t.Parallel()
	for expression, why := range map[string]string{
		`0(`:                   "no expression",
		`0*`:                   "no longest match",
		`0{2,}`:                "no longest match",
		`(0|1+)`:               "no longest match, within a group",
		`0(?:1|2+)`:            "no longest match, within a choice",
		`\b0`:                  "not about a digit",
		`(?:0|1|22){14}`:       "too many forms",
		`(?:(?:0|11){9}){0,2}`: "too many forms",
	} {
		_, err := formsOf(expression)
		assert.Error(t, err, "%s: %s", expression, why)
	}
}

func TestReadRules(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, why           string
		national, transform string
		digits              string
		want                Kinds
		wantRewrite         Rewrite
	}{
		{"prefix", "as it is", `0`, "", "0", National, Rewrite{}},
		{"forms", "each of them", `0|80?`, "", "80", National, Rewrite{}},
		{"carrier", "a group, and no transform", `0(1\d)?`, "", "012", Carrier, Rewrite{}},
		{"no carrier", "the group is left out", `0(1\d)?`, "", "0", National, Rewrite{}},
		{
			"carrier before the number", "its digits belong to the number", `0(?:(15)(\d{2}))?`, "$2", "015", Carrier, Rewrite{},
		},
		{
			"another prefix from abroad", "15 after the area is 9 before it", `0?(?:(11)15)?`, "9$1", "01115", 0,
			Rewrite{1, 2, "9"},
		},
		{"prefix before some numbers", "the group stays", `0(11\d)`, "$1", "0117", 0, Rewrite{1, 0, ""}},
		{"area code added", "it makes the number longer", `([2-9]\d{3})$|1`, "242$1", "2345", 0, Rewrite{}},
		{"nothing left out", "no prefix", `(00\d)$|0`, "$1", "001", 0, Rewrite{}},
		{"not at all", "no prefix either", `0?`, "", "1", 0, Rewrite{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			id, code := "SM", int32(378)
			r, err := ReadRules(&phonenumbers.PhoneMetadata{
				Id: &id, CountryCode: &code,
				NationalPrefixForParsing: &tt.national, NationalPrefixTransformRule: &tt.transform,
			})
			require.NoError(t, err)
			kinds, rewrite := r.Ask(tt.digits)
			assert.Equal(t, tt.want, kinds, tt.why)
			assert.Equal(t, tt.wantRewrite, rewrite, tt.why)
		})
	}
}

func TestReadRulesRefused(t *testing.T) {
	t.Parallel()
	for _, m := range []*phonenumbers.PhoneMetadata{
		{InternationalPrefix: new(`0*`)},
		{NationalPrefixForParsing: new(`0*`)},
		{NationalPrefixForParsing: new(`0(1)`), NationalPrefixTransformRule: new("$19")},
		{NationalPrefixForParsing: new(`0(1)`), NationalPrefixTransformRule: new("$2$1")},
		{NationalPrefixForParsing: new(`0(1)$`), NationalPrefixTransformRule: new("$1")},
	} {
		_, err := ReadRules(m)
		assert.Error(t, err, "%v", m)
	}
}
