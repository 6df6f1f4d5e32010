package partner_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
)

// normalized brings each text of p into the form in which SecurityContact.Normalize leaves its like.
func normalized(p partner.LegalProfile, all []leaf) partner.LegalProfile {
	for _, l := range all {
		text := l.of(&p)
		c := partner.SecurityContact{FirstName: text.String(), Email: text.String(), Phone: text.String()}.Normalize("")
		switch name := l.pointer[strings.LastIndex(l.pointer, "/")+1:]; {
		case strings.HasSuffix(strings.ToLower(name), "email"):
			text.SetString(c.Email)
		case name == "phoneNumber":
			if l.pointer == "/securityContact/phoneNumber" || c.Phone == "" {
				text.SetString(c.Phone)
			}
		case name == "country":
			text.SetString(strings.Map(func(r rune) rune {
				if 'a' <= r && r <= 'z' {
					return r - 'a' + 'A'
				}
				return r
			}, c.FirstName))
		case l.pointer == "/tenantId" || l.pointer == "/partnerType" || strings.HasPrefix(name, "vetting"):
		default:
			text.SetString(c.FirstName)
		}
	}
	return p
}

// Any JSON document is either refused or a profile: read, written, checked and tagged without a panic, and always in the same way.
func FuzzProfileJSON(f *testing.F) {
	samples, err := filepath.Glob("testdata/profile/*.json")
	require.NoError(f, err)
	require.NotEmpty(f, samples)
	for _, name := range samples {
		data, err := os.ReadFile(name)
		require.NoError(f, err)
		f.Add(data)
	}
	full, err := json.Marshal(fabrikam())
	require.NoError(f, err)
	f.Add(full)
	f.Add([]byte(`{"Address":{"Country":"ſe","PhoneNumber":" "},"companyApproverAddress":{"phoneNumber":" "},"COMPANYNAME":"\ud800"}`))
	f.Add([]byte(`{"securityContact":{"firstName":"a","middleName":"A\u200b","email":"soc@B\u00fccher.example","phoneNumber":"+49 30 23125 555"}}`))

	all := allLeaves(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		var p partner.LegalProfile
		if json.Unmarshal(data, &p) != nil {
			return
		}
		first, err := json.Marshal(p)
		require.NoError(t, err, "what was read can be written")
		var again partner.LegalProfile
		require.NoError(t, json.Unmarshal(first, &again))
		require.Equal(t, p, again, "and read again")
		second, err := json.Marshal(again)
		require.NoError(t, err)
		require.Equal(t, string(first), string(second))
		require.Equal(t, p.ETag(), again.ETag())

		fs := p.Check()
		require.Equal(t, fs, normalized(p, all).Check(), "formatting alone is never an error")
		require.Equal(t, len(fs.Errors()) == 0, p.Validate() == nil)
		require.Len(t, fs, len(fs.Errors())+len(fs.Advice()), "each finding is one of the two")
		p.LogValue().Resolve()

		for _, l := range all {
			if field, err := partner.ParseField(l.pointer); err == nil {
				require.Equal(t, l.of(&p).String(), p.Value(field), l.pointer)
			}
		}
	})
}

// Two profiles that differ in the fields of s and of u, and their verdicts.
func FuzzDiff(f *testing.F) {
	f.Add("", uint64(0), uint64(0))
	f.Add("Contoso", uint64(1)<<1, uint64(1)<<34)
	f.Add("\xff", uint64(1), uint64(1)<<35)
	f.Add("x", ^uint64(0), uint64(1)<<29)
	all, every := leaves(f), partner.AllFields()
	f.Fuzz(func(t *testing.T, text string, s, u uint64) {
		changed := func(set uint64) *partner.LegalProfile {
			var p partner.LegalProfile
			for i, l := range all {
				l.of(&p).SetString(text)
				if set&(1<<(i+1)) != 0 {
					l.of(&p).SetString(text + "x")
				}
			}
			return &p
		}
		a, b, c := changed(0), changed(s), changed(u)
		require.Zero(t, partner.Diff(b, b), "nothing changed")
		require.Equal(t, partner.FieldSet(s).Intersect(every), partner.Diff(a, b))
		require.Equal(t, partner.FieldSet(s^u).Intersect(every), partner.Diff(b, c))
		require.Equal(t, partner.Diff(b, c), partner.Diff(c, b), "the direction does not matter")
		require.Zero(t, partner.Diff(a, c)&^(partner.Diff(a, b)|partner.Diff(b, c)), "two steps touch what one step touches, or more")
		for field := range every.All() {
			require.Equal(t, b.Value(field) != c.Value(field), partner.Diff(b, c).Has(field), "%s", field)
		}

		less, more := partner.FieldSet(s), partner.FieldSet(s|u)
		require.LessOrEqual(t, less.Verification(), more.Verification(), "adding a change never lowers the verification")
		require.Equal(t, more.Verification(), max(less.Verification(), partner.FieldSet(u).Verification()), "the strictest part decides")

		data, err := json.Marshal(less)
		if less.Intersect(every) != less {
			require.Error(t, err, "a bit that is no field")
			return
		}
		require.NoError(t, err)
		var back partner.FieldSet
		require.NoError(t, json.Unmarshal(data, &back))
		require.Equal(t, less, back)
	})
}

// What is typed into the five fields, in whatever country.
func FuzzContact(f *testing.F) {
	f.Add("Ada", "King", "Lovelace", "ada@contoso.com", "+1 425 555 0100", "US")
	f.Add(" Contoso SOC", "contoso\u00a0soc", "", "no-reply@GMAIL.com ", "(425) 555-0100 x12", "us")
	f.Add("<b>", "\xff", "e\u0301\u200d", "a@b_c.xn--", "０１１ 44 20 7946 0000", "GB")
	f.Add("", "", "", "", "", "")
	v := taught(f)
	f.Fuzz(func(t *testing.T, first, middle, last, email, phone, region string) {
		c := partner.SecurityContact{FirstName: first, MiddleName: middle, LastName: last, Email: email, Phone: phone}
		fs := c.Check()
		plain, local := c.Normalize(""), c.Normalize(region)
		require.Equal(t, plain, plain.Normalize(""), "normalising twice is normalising once")
		require.Equal(t, local, local.Normalize(region), "in every country")
		require.Equal(t, local, local.Normalize(""), "and the second time no country is needed")
		require.Equal(t, local, plain.Normalize(region), "nor does it matter what was done before")
		require.Equal(t, fs, plain.Check(), "formatting alone is never an error")
		require.Equal(t, c.IsGroup(), plain.IsGroup())
		require.Equal(t, c.DisplayName(), plain.DisplayName())

		if fs.Err() == nil {
			require.Equal(t, plain, local, "an international number is the same in every country")
			require.NoError(t, local.Validate(), "a good contact never becomes a bad one")
		}
		for _, found := range local.Check().Errors() {
			require.True(t, fs.Has(found.Code), "%s: a country helps to read a number, and makes nothing wrong", found.Code)
		}
		want := map[string][]string{}
		if list := verdictOf(c); list != nil {
			want["SecurityContact"] = list
		}
		assert.Equal(t, want, verdicts(t, v.Struct(c)), "a taught validator says what Check says")
	})
}
