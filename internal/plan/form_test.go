package plan

import (
	"regexp"
	"strconv"
	"testing"

	"github.com/nyaruka/phonenumbers"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
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
		for i := range 2_000 {
			for _, digits := range []string{strconv.Itoa(i), "0" + strconv.Itoa(i), "00" + strconv.Itoa(i), ""} {
				groups := want.FindStringSubmatchIndex(digits)
				matched := false
				for _, f := range forms {
					if f.matches(digits) {
						matched = true
						for group := 1; group <= want.NumSubexp(); group++ {
							span, ok := f.groups[group]
							require.Equal(t, groups[2*group] >= 0, ok, "%s: %s", expression, digits)
							if ok {
								got := []int{span.start, span.end}
								require.Equal(t, groups[2*group:2*group+2], got, "%s: %s", expression, digits)
							}
						}
						break // the first is preferred
					}
				}
				require.Equal(t, groups != nil, matched, "%s: %s", expression, digits)
			}
		}
	}
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
		{"carrier before the number", "its digits belong to the number", `0(?:(15)(\d{2}))?`, "$2", "015", Carrier, Rewrite{}},
		{"another prefix from abroad", "15 after the area is 9 before it", `0?(?:(11)15)?`, "9$1", "01115", 0, Rewrite{1, 2, "9"}},
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
