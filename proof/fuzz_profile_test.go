package proof

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/go-playground/validator/v10"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
)

// FuzzProfileJSON reads any JSON document. It is refused, or it is a profile:
// then it can be written, read again, checked and logged, always in the same
// way.
func FuzzProfileJSON(f *testing.F) {
	samples, err := filepath.Glob("../testdata/profile/*.json")
	require.NoError(f, err)
	require.NotEmpty(f, samples)
	for _, name := range samples {
		data, err := os.ReadFile(name)
		require.NoError(f, err)
		f.Add(data)
	}
	full, err := json.Marshal(goodProfile())
	require.NoError(f, err)
	f.Add(full)
	f.Add([]byte(`{"Address":{"Country":"ſe","PhoneNumber":" "},` +
		`"companyApproverAddress":{"phoneNumber":" "},"COMPANYNAME":"\ud800"}`))
	f.Add([]byte(`{"securityContact":{"firstName":"a","middleName":"A\u200b",` +
		`"email":"soc@B\u00fccher.example","phoneNumber":"+49 30 23125 555"}}`))

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
		require.Equal(t, len(fs.Errors()) == 0, p.Validate() == nil)
		require.Len(t, fs, len(fs.Errors())+len(fs.Advice()), "each finding is one of the two")
		p.LogValue().Resolve()

		normalized := p.Normalize()
		require.Equal(t, normalized, normalized.Normalize(), "normalising twice is normalising once")
		require.Equal(t, fs, normalized.Check(), "formatting alone is never an error")

		copied := p
		for field := range partner.AllFields().All() {
			copied.SetValue(field, "")
			copied.SetValue(field, p.Value(field))
		}
		require.Equal(t, p, copied, "what is read of a field is what it is set to")
	})
}

// FuzzDiff makes profiles that differ in the fields of s and of u, and holds
// what Diff and Verification say of them.
func FuzzDiff(f *testing.F) {
	f.Add("", uint64(0), uint64(0))
	f.Add("Contoso", uint64(1)<<1, uint64(1)<<34)
	f.Add("\xff", uint64(1), uint64(1)<<35)
	f.Add("x", ^uint64(0), uint64(1)<<29)
	every := partner.AllFields()
	f.Fuzz(func(t *testing.T, text string, s, u uint64) {
		changed := func(set uint64) *partner.LegalProfile {
			var p partner.LegalProfile
			for field := range every.All() {
				p.SetValue(field, text)
				if partner.FieldSet(set).Has(field) {
					p.SetValue(field, text+"x")
				}
			}
			return &p
		}
		a, b, c := changed(0), changed(s), changed(u)
		require.Zero(t, partner.Diff(b, b), "nothing changed")
		require.Equal(t, partner.FieldSet(s).Intersect(every), partner.Diff(a, b))
		require.Equal(t, partner.FieldSet(s^u).Intersect(every), partner.Diff(b, c))
		require.Equal(t, partner.Diff(b, c), partner.Diff(c, b), "the direction does not matter")
		require.Zero(t, partner.Diff(a, c)&^(partner.Diff(a, b)|partner.Diff(b, c)),
			"two steps touch what one step touches, or more")
		for field := range every.All() {
			require.Equal(t, b.Value(field) != c.Value(field), partner.Diff(b, c).Has(field), "%s", field)
		}

		less, more := partner.FieldSet(s), partner.FieldSet(s|u)
		require.LessOrEqual(t, less.Verification(), more.Verification(),
			"adding a change never lowers the verification")
		require.Equal(t, more.Verification(), max(less.Verification(), partner.FieldSet(u).Verification()),
			"the strictest part decides")

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

// FuzzContact types anything into the five fields, in any country.
func FuzzContact(f *testing.F) {
	f.Add("Ada", "King", "Lovelace", "ada@contoso.com", "+1 425 555 0100", "US")
	f.Add(" Contoso SOC", "contoso\u00a0soc", "", "no-reply@GMAIL.com ", "(425) 555-0100 x12", "us")
	f.Add("<b>", "\xff", "e\u0301\u200d", "a@b_c.xn--", "０１１ 44 20 7946 0000", "GB")
	f.Add("", "", "", "", "", "")
	v := validator.New()
	require.NoError(f, partner.RegisterRules(v))
	f.Fuzz(func(t *testing.T, first, middle, last, email, phone, region string) {
		c := partner.SecurityContact{FirstName: first, MiddleName: middle, LastName: last, Email: email, Phone: phone}
		fs := c.Check()
		everywhere, local := c.Normalize(""), c.Normalize(region)
		require.Equal(t, everywhere, everywhere.Normalize(""), "normalising twice is normalising once")
		require.Equal(t, local, local.Normalize(region), "in every country")
		require.Equal(t, local, local.Normalize(""), "and the second time no country is needed")
		require.Equal(t, local, everywhere.Normalize(region), "nor does it matter what was done before")
		require.Equal(t, fs, everywhere.Check(), "formatting alone is never an error")
		require.Equal(t, c.IsGroup(), everywhere.IsGroup())
		require.Equal(t, c.DisplayName(), everywhere.DisplayName())

		if fs.Err() == nil {
			require.Equal(t, everywhere, local, "an international number is the same in every country")
			require.NoError(t, local.Validate(), "a good contact never becomes a bad one")
		}
		for _, found := range local.Check().Errors() {
			require.True(t, fs.Has(found.Code),
				"%s: a country helps to read a number, and makes nothing wrong", found.Code)
		}
		assert.Equal(t, codesByField(fs.Errors()), tagsByField(v.Struct(c)),
			"a validator that was taught the rules says what Check says")
	})
}

// pathsOfContact are the paths of a contact's fields by their names in Go.
var pathsOfContact = func() map[string]string {
	paths := map[string]string{}
	for f := range reflect.TypeFor[partner.SecurityContact]().Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		paths[f.Name] = "/" + name
	}
	return paths
}()

// codesByField lists findings as "/email email.syntax".
func codesByField(fs partner.Findings) []string {
	var list []string
	for _, f := range fs {
		list = append(list, f.Path+" "+string(f.Code))
	}
	return list
}

// tagsByField lists what a validator found in the same form.
func tagsByField(err error) []string {
	faults, _ := errors.AsType[validator.ValidationErrors](err)
	var list []string
	for _, f := range faults {
		list = append(list, pathsOfContact[f.Field()]+" "+f.Tag())
	}
	return list
}
