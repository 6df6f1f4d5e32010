package columns_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/internal/columns"
)

func Example() {
	m := columns.Read([]string{"Vorname", "Nachname", "E-Mail-Adresse", "Mobiltelefon", "Telefon geschäftlich", "Ort"})
	for _, field := range []columns.Field{columns.FirstName, columns.LastName, columns.Email, columns.Phone} {
		for _, c := range m.Of(field) {
			fmt.Printf("%s in column %d %q\n", field, c.Index+1, c.Kind)
		}
	}
	fmt.Println(m.Export, "- not understood:", m.Unknown()[0].Header)
	fmt.Println(columns.Region("Allemagne"))
	// Output:
	// firstName in column 1 ""
	// lastName in column 2 ""
	// email in column 3 ""
	// phoneNumber in column 5 "work"
	// phoneNumber in column 4 "mobile"
	// Outlook (German) - not understood: Ort
	// DE
}

func TestRead(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, header, why string
		want              map[columns.Field][]int // in the order in which they count
	}{
		{
			"our own", "firstName;lastName;email;phoneNumber", "the names of the library",
			map[columns.Field][]int{columns.FirstName: {0}, columns.LastName: {1}, columns.Email: {2}, columns.Phone: {3}},
		},
		{
			"spelling", "FIRST-NAME;last_name;E-Mail:;Tel.", "case, spaces and punctuation do not matter",
			map[columns.Field][]int{columns.FirstName: {0}, columns.LastName: {1}, columns.Email: {2}, columns.Phone: {3}},
		},
		{
			"of a profile", "Security contact First Name;security_contact_email", "they may stand after security contact",
			map[columns.Field][]int{columns.FirstName: {0}, columns.Email: {1}},
		},
		{
			"without accents", "Prenom;Telephone (bureau)", "an export to ASCII loses them",
			map[columns.Field][]int{columns.FirstName: {0}, columns.Phone: {1}},
		},
		{
			"work before private", "Home Phone;Mobile Phone;Phone;Business Phone;Business Phone 2;Other Phone", "in this order",
			map[columns.Field][]int{columns.Phone: {3, 4, 2, 1, 0, 5}},
		},
		{
			"any number", "E-mail 7 - Value;Phone 12 - Value", "Google counts on",
			map[columns.Field][]int{columns.Email: {0}, columns.Phone: {1}},
		},
		{
			"the nickname of Brazil", "Sobrenome;Apelido", "it is no second place for the last name",
			map[columns.Field][]int{columns.LastName: {0}},
		},
		{
			"the last name of Portugal", "Nome;Apelido", "nothing better is there",
			map[columns.Field][]int{columns.FirstName: {0}, columns.LastName: {1}},
		},
		{
			"name beside a first name", "Name;Vorname;Mail", "it is the last name then",
			map[columns.Field][]int{columns.FirstName: {1}, columns.LastName: {0}, columns.Email: {2}},
		},
		{
			"name beside both", "Name;First Name;Last Name", "it is the whole name",
			map[columns.Field][]int{columns.FullName: {0}, columns.FirstName: {1}, columns.LastName: {2}},
		},
		{
			"full name beside a first name", "Full Name;First Name", "it says that it is whole",
			map[columns.Field][]int{columns.FullName: {0}, columns.FirstName: {1}},
		},
		{
			"by hand", "Courriel;Telefon podstawowy", "people write these",
			map[columns.Field][]int{columns.Email: {0}, columns.Phone: {1}},
		},
		{"alike", "phone type;company e-mail;secondary;Fax;Pager;", "what is only alike is another column", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m := columns.Read(strings.Split(tt.header, ";"))
			for _, field := range columns.Fields() {
				var got []int
				for _, c := range m.Of(field) {
					got = append(got, c.Index)
					assert.NotEmpty(t, c.Source)
				}
				assert.Equal(t, tt.want[field], got, "%s: %s", field, tt.why)
			}
		})
	}
}

func TestUnknown(t *testing.T) {
	t.Parallel()
	m := columns.Read([]string{"Email", "Saldo", " ", "Fax"})
	require.Len(t, m.Unknown(), 2, "a column without a header is not to be understood")
	assert.Equal(t, "Saldo", m.Unknown()[0].Header)
	assert.Equal(t, "Fax", m.Unknown()[1].Header)
	assert.Zero(t, columns.Mapping{}.Of(columns.Email))
	assert.Zero(t, m.Of(0), "zero is no field")
}

func TestLabels(t *testing.T) {
	t.Parallel()
	m := columns.Read([]string{
		"E-mail 1 - Label", "E-mail 1 - Value", "Phone 1 - Type", "Phone 1 - Value", "E-mail 2 - Value",
	})
	assert.Equal(t, 0, m.Columns[1].Label)
	assert.Equal(t, 2, m.Columns[3].Label)
	assert.Equal(t, -1, m.Columns[4].Label, "a label belongs to its own number")
	for label, want := range map[string]columns.Kind{
		"": columns.Main, "* Work": columns.Work, "Home": columns.Home, "Mobile": columns.Mobile, "Work Fax": 0,
		"Arbeit": columns.Work,
		"Main":   columns.Main, "Obsidian": columns.Other, "自宅": columns.Home, "Home Fax": 0, "Geschäftlich": columns.Work,
	} {
		assert.Equal(t, want, columns.LabelKind(label), label)
	}
}

func TestSet(t *testing.T) {
	t.Parallel()
	m := columns.Read([]string{"Mail", "Post", "Phone"})
	set := m.Set(columns.Email, m.Find("post"), m.Find("Mail"), -1)
	require.Len(t, set.Of(columns.Email), 2)
	assert.Equal(t, 1, set.Of(columns.Email)[0].Index, "the first that is named counts first")
	assert.Len(t, set.Of(columns.Phone), 1, "the others stay")
	assert.Len(t, m.Of(columns.Email), 1, "the mapping that it comes from stays as it was")
	assert.Empty(t, set.Set(columns.Email).Of(columns.Email), "none at all")
	beside := columns.Read([]string{"Name", "Rufname"}).Set(columns.FirstName, 1)
	assert.Len(t, beside.Of(columns.LastName), 1, "the first name has a column now")
	assert.Len(t, beside.Set(columns.FullName, 0).Of(columns.FullName), 1, "the user knows better")
	assert.Equal(t, -1, m.Find("nowhere"))
	assert.Equal(t, -1, m.Find("."), "nothing to compare")
	assert.Equal(t, 1, columns.Read([]string{"mail", "Mail"}).Find("Mail"), "the exact text comes first")
}

func TestRegion(t *testing.T) {
	t.Parallel()
	for cell, want := range map[string]string{
		"SE": "SE", "se": "SE", "SWE": "SE", " Sweden ": "SE", "Schweden": "SE", "Suède": "SE",
		"Suecia": "SE", "Suécia": "SE",
		"Svezia": "SE", "Zweden": "SE", "Szwecja": "SE", "Sverige": "SE", "スウェーデン": "SE", "UK": "GB", "U.S.A.": "US",
		"United Kingdom": "GB", "Czechia": "CZ", "Czech Republic": "CZ", "Türkei": "TR", "Kosovo": "XK", "XK": "XK", "EU": "",
		"Korea, Republic of": "KR", "Korea, Democratic People's Republic of": "KP", "Taiwan, Province of China": "TW",
		"Bosnia and Herzegovina": "BA", "Hong Kong SAR": "HK", "Korea (South)": "KR", "Germany (DE)": "DE",
		"DE - Germany": "DE", "Schweden - SE": "SE", "SE - Germany": "", "Germany (SE)": "", "()": "",
		" - ": "", "GER": "DE", "Россия": "RU", "Česká republika": "CZ", "Moldova, Republic of": "MD", "Germany (x": "",
		"D": "DE", "a": "AT", "D - Deutschland": "DE", "K": "",
		"Atlantis": "", "": "", "-": "", "ZZ": "", "Land": "",
	} {
		assert.Equal(t, want, columns.Region(cell), cell)
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	assert.Empty(t, columns.Field(0).String())
	assert.Empty(t, columns.Field(-1).String())
	assert.Equal(t, "country", columns.Country.String())
	assert.Empty(t, columns.Kind(99).String())
	assert.Len(t, columns.Fields(), 8)
}

func TestSplitName(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		full, first, last, why string
		group                  bool
	}{
		{"Ada Exempel", "Ada", "Exempel", "first and last", false},
		{"Ada Maria Exempel", "Ada Maria", "Exempel", "after the last space", false},
		{"Exempel, Ada", "Ada", "Exempel", "before the comma", false},
		{"山田 太郎", "太郎", "山田", "the last name comes first", false},
		{"Contoso SOC", "Contoso SOC", "Contoso SOC", "a word of groups", true},
		{"Fabrikam, Inc.", "Fabrikam, Inc.", "Fabrikam, Inc.", "no last name stands before this comma", true},
		{"Contoso", "Contoso", "Contoso", "nothing to split", true},
		{"A, B, C", "A, B,", "C", "two commas part no name", false},
		{", Ada", ",", "Ada", "nothing before the comma", false},
	} {
		name, group := columns.SplitName(tt.full)
		assert.Equal(t, columns.Name{First: tt.first, Last: tt.last}, name, tt.why)
		assert.Equal(t, tt.group, group, tt.why)
	}
}
