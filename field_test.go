package partner_test

import (
	"context"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
)

// leaf is one text of a LegalProfile.
type leaf struct {
	pointer string
	of      func(*partner.LegalProfile) reflect.Value
}

// neverEdited are the leaves that are no fields, for nobody edits them in a
// profile.
var neverEdited = []string{"/tenantId", "/partnerType", "/vettingStatus", "/vettingSubStatus"}

// allLeaves finds the leaves of LegalProfile by reflection, in the order of the
// struct, under the names of its JSON tags.
func allLeaves(t testing.TB) []leaf {
	t.Helper()
	var list []leaf
	var walk func(typ reflect.Type, pointer string, index []int)
	walk = func(typ reflect.Type, pointer string, index []int) {
		for i := range typ.NumField() {
			f := typ.Field(i)
			path, at := pointer, append(slices.Clone(index), i)
			if !f.Anonymous {
				name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
				require.NotEmpty(t, name, "%s.%s needs a JSON name", typ, f.Name)
				path += "/" + name
			}
			switch f.Type.Kind() {
			case reflect.Struct:
				walk(f.Type, path, at)
			case reflect.String:
				list = append(list, leaf{path, func(p *partner.LegalProfile) reflect.Value {
					return reflect.ValueOf(p).Elem().FieldByIndex(at)
				}})
			default:
				t.Fatalf("%s is neither text nor a struct of texts: Field, Diff and copies do not know it", path)
			}
		}
	}
	walk(reflect.TypeFor[partner.LegalProfile](), "", nil)
	return list
}

// leaves are those that are to be fields: the first of them is Field(1).
func leaves(t testing.TB) []leaf {
	t.Helper()
	return slices.DeleteFunc(allLeaves(t), func(l leaf) bool { return slices.Contains(neverEdited, l.pointer) })
}

// firstFree is the first value that is no field.
var firstFree = partner.Field(partner.AllFields().Len() + 1)

const notAField = partner.FieldSet(1) | partner.FieldSet(1)<<63

func TestAllFieldsAreThoseOfASet(t *testing.T) {
	t.Parallel()
	var all []partner.Field
	for n := range 256 {
		all = append(all, partner.Field(n))
	}
	assert.Equal(t, partner.AllFields(), partner.NewFieldSet(all...), "what is no field is left out, and no field is")
}

func TestEachLeafIsOneField(t *testing.T) {
	t.Parallel()
	all := allLeaves(t)
	require.Len(t, all, partner.AllFields().Len()+len(neverEdited),
		"a new text of a profile must be a Field or be listed as never edited")

	want := leaves(t)
	var pointers []string
	for f := range partner.AllFields().All() {
		pointers = append(pointers, f.String())
	}
	require.Len(t, pointers, len(want))
	for i, l := range want {
		f := partner.Field(i + 1)
		assert.Equal(t, l.pointer, pointers[i], "the fields stand in the order of the struct")

		parsed, err := partner.ParseField(l.pointer)
		require.NoError(t, err)
		assert.Equal(t, f, parsed)

		p := partner.LegalProfile{}
		l.of(&p).SetString("marked")
		assert.Equal(t, "marked", p.Value(f), "%s stands where its pointer says", f)

		var set partner.LegalProfile
		set.SetValue(f, "marked")
		assert.Equal(t, p, set, "%s is set there, and nowhere else", f)
	}
	for _, pointer := range neverEdited {
		_, err := partner.ParseField(pointer)
		require.Error(t, err, "%s is never edited", pointer)
	}
}

func TestEachFieldLiesInOneSection(t *testing.T) {
	t.Parallel()
	sectionOf := func(pointer string) partner.Section {
		switch {
		case strings.HasPrefix(pointer, "/primaryContact/"):
			return partner.SectionPrimaryContact
		case strings.HasPrefix(pointer, "/securityContact/"):
			return partner.SectionSecurityContact
		default:
			return partner.SectionLegalBusiness
		}
	}
	for i, l := range leaves(t) {
		f := partner.Field(i + 1)
		want := sectionOf(l.pointer)
		assert.Equal(t, want, f.Section(), "%s", f)
		assert.Equal(t, []partner.Section{want}, partner.NewFieldSet(f).Sections(), "%s", f)
		for s := range 256 {
			in := partner.NewFieldSet(f).In(partner.Section(s))
			assert.Equal(t, partner.Section(s) == want, in.Has(f), "%s in section %d", f, s)
		}
	}
}

func TestWhatIsNoField(t *testing.T) {
	t.Parallel()
	known := len(leaves(t))
	p, before := fabrikam(), fabrikam()
	for n := range 256 {
		f := partner.Field(n)
		if 0 < n && n <= known {
			continue
		}
		assert.Empty(t, p.Value(f), "Field(%d) has no value", n)
		p.SetValue(f, "marked")
		assert.Equal(t, before, p, "Field(%d): nothing is set", n)
		assert.Zero(t, f.Section(), "Field(%d) has no section", n)
		assert.Zero(t, partner.NewFieldSet(f), "Field(%d) is left out of a set", n)
		assert.False(t, (partner.AllFields() | notAField).Has(f), "Field(%d) is in no set, whatever its bits", n)
	}
}

func TestParseFieldIsExact(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, pointer, why string }{
		{"empty", "", "the whole profile is no field"},
		{"no slash", "companyName", "a JSON Pointer begins with one"},
		{"section", "/securityContact", "a section is no leaf"},
		{"trailing slash", "/companyName/", "that is another pointer"},
		{"space", "/companyName ", "nothing is trimmed"},
		{"case", "/CompanyName", "pointers are case sensitive"},
		{"Go name", "/securityContact/phone", "the JSON name is phoneNumber"},
		{"escape", "/address~1city", "that points at a member called \"address/city\""},
		{"text of no field", "Field(0)", "it is for people only"},
		{"number", "1", "it is for memory only"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f, err := partner.ParseField(tt.pointer)
			require.Error(t, err, tt.why)
			assert.Zero(t, f, tt.why)
		})
	}
}

func TestFieldSet(t *testing.T) {
	t.Parallel()
	const city, phone = partner.FieldAddressCity, partner.FieldSecurityContactPhone
	tests := []struct {
		name     string
		s        partner.FieldSet
		fields   []partner.Field
		sections []partner.Section
		why      string
	}{
		{"zero", 0, nil, nil, "the zero value is empty"},
		{"one", partner.NewFieldSet(city), []partner.Field{city}, []partner.Section{partner.SectionLegalBusiness}, "itself"},
		{
			"any order", partner.NewFieldSet(phone, city, phone), []partner.Field{city, phone},
			[]partner.Section{partner.SectionLegalBusiness, partner.SectionSecurityContact},
			"sets come in field order, each field once",
		},
		{"no fields", partner.NewFieldSet(0, firstFree, 63, 64, 65, 255), nil, nil, "what is no field is left out"},
		{"foreign bits", notAField, nil, nil, "a bit that is no field is not counted"},
		{
			"foreign bits beside a field", notAField | partner.NewFieldSet(phone), []partner.Field{phone},
			[]partner.Section{partner.SectionSecurityContact}, "and hides nothing",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.fields, slices.Collect(tt.s.All()), tt.why)
			assert.Equal(t, len(tt.fields), tt.s.Len(), tt.why)
			assert.Equal(t, tt.sections, tt.s.Sections(), tt.why)
			assert.Equal(t, partner.NewFieldSet(tt.fields...), tt.s.Intersect(partner.AllFields()|notAField), tt.why)
			for _, f := range tt.fields {
				assert.True(t, tt.s.Has(f), tt.why)
				assert.Equal(t, partner.NewFieldSet(f), tt.s.Intersect(partner.NewFieldSet(f)), tt.why)
			}
		})
	}
}

func TestFieldSetString(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "none", partner.FieldSet(0).String())
	assert.Equal(t, "/address/city, /securityContact/phoneNumber",
		partner.NewFieldSet(partner.FieldSecurityContactPhone, partner.FieldAddressCity).String(), "in field order")
	assert.Equal(t, "/companyName", (notAField | partner.NewFieldSet(partner.FieldCompanyName)).String())
}

func TestSections(t *testing.T) {
	t.Parallel()
	want := []partner.Section{partner.SectionLegalBusiness, partner.SectionPrimaryContact, partner.SectionSecurityContact}
	assert.Equal(t, want, partner.Sections(), "in the order of the page")
	partner.Sections()[0] = 0
	assert.Equal(t, want, partner.Sections(), "the slice is the caller's")
}

func TestFieldSetAllStopsWhenToldTo(t *testing.T) {
	t.Parallel()
	var seen []partner.Field
	three := partner.NewFieldSet(partner.FieldAddressCity, partner.FieldCompanyName, partner.FieldAddressCountry)
	for f := range three.All() {
		if seen = append(seen, f); len(seen) == 2 {
			break
		}
	}
	assert.Equal(t, []partner.Field{partner.FieldCompanyName, partner.FieldAddressCountry}, seen)
}

func TestFieldSetInCutsBySection(t *testing.T) {
	t.Parallel()
	all := partner.AllFields() | notAField
	var joined partner.FieldSet
	for section, want := range map[partner.Section]string{
		partner.SectionLegalBusiness: "/companyName", partner.SectionPrimaryContact: "/primaryContact/firstName",
		partner.SectionSecurityContact: "/securityContact/firstName", 0: "", 4: "", 255: "",
	} {
		part, first := all.In(section), ""
		for f := range part.All() {
			first = f.String()
			break
		}
		assert.Equal(t, want, first, "%v", section)
		assert.Zero(t, joined&part, "%v: no field lies in two sections", section)
		joined |= part
	}
	assert.Equal(t, partner.AllFields(), joined, "each field lies in one")
	assert.Zero(t, all.In(partner.SectionPrimaryContact).Intersect(all.In(partner.SectionSecurityContact)))
}

func TestFieldSetJSON(t *testing.T) {
	t.Parallel()
	sets := map[string]partner.FieldSet{
		`[]`: 0,
		`["/companyName","/securityContact/phoneNumber"]`: partner.NewFieldSet(partner.FieldSecurityContactPhone,
			partner.FieldCompanyName),
	}
	var all []string
	for i, l := range leaves(t) {
		sets[`["`+l.pointer+`"]`] = partner.NewFieldSet(partner.Field(i + 1))
		all = append(all, l.pointer)
	}
	sets[`["`+strings.Join(all, `","`)+`"]`] = partner.AllFields()

	for text, set := range sets {
		data, err := json.Marshal(set)
		require.NoError(t, err)
		assert.JSONEq(t, text, string(data), "an array of pointers in field order")

		again := partner.AllFields()
		require.NoError(t, json.Unmarshal(data, &again))
		assert.Equal(t, set, again, "what was in the set before is gone")
	}

	var mixed partner.FieldSet
	require.NoError(t, json.Unmarshal([]byte(`["/address/city","/companyName","/address/city"]`), &mixed))
	assert.Equal(t, partner.NewFieldSet(partner.FieldCompanyName, partner.FieldAddressCity), mixed,
		"order and repetition mean nothing in a set")
	require.NoError(t, json.Unmarshal([]byte(`null`), &mixed))
	assert.Equal(t, partner.NewFieldSet(partner.FieldCompanyName, partner.FieldAddressCity), mixed,
		"for encoding/json null is nothing said, and an emptied set would lower a verdict")
}

func TestFieldSetJSONRefusesWhatIsNoField(t *testing.T) {
	t.Parallel()
	for _, s := range []partner.FieldSet{
		1, 1 << firstFree, 1 << 63, notAField | partner.NewFieldSet(partner.FieldCompanyName),
	} {
		_, err := json.Marshal(s)
		require.Error(t, err, "leaving the bit of %#x out would change a verdict", uint64(s))
	}
	before := partner.NewFieldSet(partner.FieldAddressCity)
	for _, tt := range []struct{ name, text, place, why string }{
		{"unknown", `["/companyName","/city"]`, "index 1", "the second is no field"},
		{"never edited", `["/vettingStatus"]`, "index 0", "Microsoft sets it"},
		{"null", `[null]`, "index 0", "no pointer"},
		{"number", `[1]`, "string", "no pointer"},
		{"object", `{}`, "object", "no array"},
		{"text", `"/companyName"`, "string", "no array"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			set := before
			err := json.Unmarshal([]byte(tt.text), &set)
			require.ErrorContains(t, err, tt.place, tt.why)
			assert.Equal(t, before, set, "an error changes nothing")
		})
	}
}

// fieldCases say of each field how its row normalises and judges. A new field
// needs a case here.
var fieldCases = map[partner.Field]struct {
	typed, stored string       // before and after normalising
	bad           string       // a text that is refused
	code          partner.Code // and why
	required      partner.Code // what is found where it is empty, in a profile that has all the rest
}{
	partner.FieldCompanyName: {
		" Contoso\u00a0 Ltd ", "Contoso Ltd", "<b>",
		partner.CodeNameCharacter, partner.CodeFieldMissing,
	},

	partner.FieldAddressCountry: {" ca", "CA", "USA", partner.CodeCountryUnknown, partner.CodeFieldMissing},
	partner.FieldAddressRegion:  {"Puget  Sound", "Puget Sound", long(101), partner.CodeFieldTooLong, ""},
	partner.FieldAddressCity:    {"Seattle ", "Seattle", long(101), partner.CodeFieldTooLong, partner.CodeFieldMissing},
	partner.FieldAddressState:   {" Or", "Or", long(101), partner.CodeFieldTooLong, ""},
	partner.FieldAddressLine1: {
		"2\u3000Main Street", "2 Main Street", long(201),
		partner.CodeFieldTooLong, partner.CodeFieldMissing,
	},
	partner.FieldAddressLine2:      {" Floor 3", "Floor 3", long(201), partner.CodeFieldTooLong, ""},
	partner.FieldAddressPostalCode: {"98\u00ad101", "98101", long(21), partner.CodeFieldTooLong, ""},
	partner.FieldAddressFirstName:  {"Sam ", "Sam", long(51), partner.CodeFieldTooLong, ""},
	partner.FieldAddressMiddleName: {"J. ", "J.", long(51), partner.CodeFieldTooLong, ""},
	partner.FieldAddressLastName:   {"Ru\u0301a", "R\u00faa", long(51), partner.CodeFieldTooLong, ""},
	partner.FieldAddressPhone:      {"(425) 555-0102", "(425) 555-0102", "911", partner.CodePhoneImpossible, ""},

	partner.FieldApproverAddressCountry: {"ca ", "CA", "USA", partner.CodeCountryUnknown, partner.CodeFieldMissing},
	partner.FieldApproverAddressRegion:  {"  West", "West", long(101), partner.CodeFieldTooLong, ""},
	partner.FieldApproverAddressCity: {
		"Tacoma\u200b", "Tacoma", long(101),
		partner.CodeFieldTooLong, partner.CodeFieldMissing,
	},
	partner.FieldApproverAddressState: {"OR ", "OR", long(101), partner.CodeFieldTooLong, ""},
	partner.FieldApproverAddressLine1: {
		" 4 Main Street", "4 Main Street", long(201),
		partner.CodeFieldTooLong, partner.CodeFieldMissing,
	},
	partner.FieldApproverAddressLine2:      {"Room  5", "Room 5", long(201), partner.CodeFieldTooLong, ""},
	partner.FieldApproverAddressPostalCode: {" 98402", "98402", long(21), partner.CodeFieldTooLong, ""},
	partner.FieldApproverAddressFirstName:  {" Kim", "Kim", long(51), partner.CodeFieldTooLong, ""},
	partner.FieldApproverAddressMiddleName: {" Lee ", "Lee", long(51), partner.CodeFieldTooLong, ""},
	partner.FieldApproverAddressLastName:   {"Oak ", "Oak", long(51), partner.CodeFieldTooLong, ""},
	partner.FieldApproverAddressPhone:      {"+1 425 555 0103", "+1 425 555 0103", "911", partner.CodePhoneImpossible, ""},
	partner.FieldApproverEmail:             {" kim@CONTOSO.com", "kim@contoso.com", "a@b", partner.CodeEmailDomain, ""},

	partner.FieldPrimaryContactFirstName:  {" Sam", "Sam", "<b>", partner.CodeNameCharacter, partner.CodeNameMissing},
	partner.FieldPrimaryContactMiddleName: {"Lou ", "Lou", "<b>", partner.CodeNameCharacter, ""},
	partner.FieldPrimaryContactLastName: {
		"Hill  Oak", "Hill Oak", "<b>",
		partner.CodeNameCharacter, partner.CodeNameMissing,
	},
	partner.FieldPrimaryContactEmail: {
		"Sam@Contoso.COM", "Sam@contoso.com", "a@b",
		partner.CodeEmailDomain, partner.CodeEmailMissing,
	},
	partner.FieldPrimaryContactPhone: {
		"(425) 555-0104", "(425) 555-0104", "911",
		partner.CodePhoneImpossible, partner.CodePhoneMissing,
	},

	partner.FieldSecurityContactFirstName: {
		" Contoso  CSIRT", "Contoso CSIRT", "<b>",
		partner.CodeNameCharacter, partner.CodeNameMissing,
	},
	partner.FieldSecurityContactMiddleName: {"Contoso\u00a0CSIRT", "Contoso CSIRT", "<b>", partner.CodeNameCharacter, ""},
	partner.FieldSecurityContactLastName:   {"CSIRT ", "CSIRT", "<b>", partner.CodeNameCharacter, partner.CodeNameMissing},
	partner.FieldSecurityContactEmail: {
		" csirt@B\u00dcCHER.example", "csirt@b\u00fccher.example", "a@b",
		partner.CodeEmailDomain, partner.CodeEmailMissing,
	},
	partner.FieldSecurityContactPhone: {
		"+1 (425) 555-0105 ext. 12", "+14255550105;ext=12", "911",
		partner.CodePhoneCountryCode, partner.CodePhoneMissing,
	},
}

func long(n int) string { return strings.Repeat("x", n) }

// Everything that the library does with a field follows from its row.
func TestEachFieldFollowsItsRow(t *testing.T) {
	t.Parallel()
	require.Len(t, fieldCases, partner.AllFields().Len(), "each field has a case")
	auth := partner.AuthorizerFunc(func(context.Context, partner.Request) error { return nil })
	for f, tt := range fieldCases {
		t.Run(f.String()[1:], func(t *testing.T) {
			t.Parallel()
			p := fabrikam()
			p.SetValue(f, tt.typed)
			normalized := p.Normalize()
			assert.Equal(t, tt.stored, normalized.Value(f), "it is normalised by its rule")
			assert.Equal(t, normalized, normalized.Normalize(), "once is enough")
			assert.Empty(t, p.Check().Errors(), "formatting alone is never an error")

			revision, err := partner.Revise(t.Context(), auth, partner.Actor{ID: "1"}, fabrikam(), p)
			if normalized.Value(f) == fabrikamNormalized.Value(f) {
				require.ErrorIs(t, err, partner.ErrUnchanged)
			} else {
				require.NoError(t, err)
				assert.Equal(t, partner.NewFieldSet(f), revision.Changed, "a change is seen")
				assert.Equal(t, tt.stored, revision.After.Value(f), "and survives, normalised")
				assert.Equal(t, []partner.Change{{Field: f, Before: fabrikamNormalized.Value(f), After: tt.stored}},
					revision.Changes())
			}

			p.SetValue(f, tt.bad)
			want := f.String() + " " + string(tt.code)
			assert.Contains(t, found(p.Check()), want, "what is wrong is found at its pointer")
			assert.Contains(t, found(p.CheckSection(f.Section())), want, "and in its section")
			_, err = partner.Revise(t.Context(), auth, partner.Actor{ID: "1"}, fabrikam(), p)
			require.ErrorIs(t, err, partner.ErrInvalid, "and never stored")

			p.SetValue(f, "")
			if tt.required == "" {
				assert.NotContains(t, strings.Join(found(p.Check()), "\n"), f.String(), "it may be empty")
			} else {
				assert.Contains(t, found(p.Check()), f.String()+" "+string(tt.required), "it may not be empty")
			}
		})
	}
}

// fabrikamNormalized is the sample as it is stored.
var fabrikamNormalized = func() *partner.LegalProfile {
	p := fabrikam().Normalize()
	return &p
}()
