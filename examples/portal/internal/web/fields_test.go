package web

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

func TestEveryFieldIsInTheTable(t *testing.T) {
	t.Parallel()
	all := partner.AllFields()
	require.Len(t, fieldDefs, all.Len())
	ids, labels := map[string]bool{}, map[string]bool{}
	for f := range all.All() {
		def, ok := fieldOf(f)
		require.True(t, ok, "%s", f)
		assert.NotEmpty(t, def.Label, f)
		assert.Contains(t, []string{"text", "email", "tel", "country"}, def.Type, f)
		assert.NotEmpty(t, def.Autocomplete, f)
		assert.False(t, ids[def.ID()], "%s: two inputs of one name", f)
		ids[def.ID()] = true
		label := f.Section().String() + fullLabel(def)
		assert.False(t, labels[label], "%s: nobody could tell it from another field in a list of changes", f)
		labels[label] = true
	}
}

// What is required is what the rules report as missing from an empty section.
func TestRequiredFieldsAreThoseOfTheRules(t *testing.T) {
	t.Parallel()
	var p partner.LegalProfile
	p.SecurityContact.MiddleName = "X" // none at all would be one finding on the whole contact
	missing := map[partner.Field]bool{}
	for _, finding := range p.Check() {
		switch finding.Code {
		case partner.CodeFieldMissing, partner.CodeNameMissing, partner.CodeEmailMissing, partner.CodePhoneMissing:
			f, err := partner.ParseField(finding.Path)
			require.NoError(t, err)
			missing[f] = true
		}
	}
	for _, def := range fieldDefs {
		assert.Equal(t, missing[def.Field], def.Required, "%s", def.Field)
	}
}

// A form that nobody touched is no change, whoever the contact is.
func TestFormKeepsWhatIsStored(t *testing.T) {
	t.Parallel()
	base := partner.LegalProfile{TenantID: host.ContosoTenantID, PartnerType: partner.DirectBillPartner}
	for f := range partner.AllFields().All() {
		base.SetValue(f, string(rune('A'+f%26))+"x")
	}
	group, none := base, base
	for _, name := range securityNames {
		group.SetValue(name, "Contoso SOC")
	}
	none.SecurityContact = partner.SecurityContact{}
	for kind, p := range map[string]partner.LegalProfile{"person": base, "group": group, "none": none} {
		for _, def := range sectionDefs {
			after := formFrom(def, &p).apply(p)
			assert.Equal(t, partner.FieldSet(0), partner.Diff(&p, &after), "%s, %s", def.Slug, kind)
		}
	}
}

func TestCountriesHaveNames(t *testing.T) {
	t.Parallel()
	assert.Len(t, countries(), len(partner.Countries()))
	seen := map[string]bool{}
	for _, c := range countries() {
		assert.NotEmpty(t, c.Name, c.Code)
		assert.NotEqual(t, c.Code, c.Name)
		assert.False(t, seen[c.Name], c.Name)
		seen[c.Name] = true
	}
	assert.Equal(t, "Germany", countryName("de"))
	assert.Equal(t, "Atlantis", countryName("Atlantis"), "what is no code is shown as it is")
}

func TestEveryStateHasAWord(t *testing.T) {
	t.Parallel()
	for _, s := range host.DeliveryStates() {
		assert.NotEmpty(t, deliveryStates[s].Word, s)
	}
	for _, s := range []host.IncidentStatus{host.IncidentQueued, host.IncidentRouting, host.IncidentRouted,
		host.IncidentCancelled} {
		assert.NotEmpty(t, incidentStatuses[s].Word, s)
	}
}

// One state has one word, and no word stands for two states of one thing. The
// API's description says the same.
func TestOneNameForEachState(t *testing.T) {
	t.Parallel()
	described, err := os.ReadFile("../api/openapi.json")
	require.NoError(t, err)
	delivery, kase, contact := map[string]string{}, map[string]string{}, map[string]string{}
	for _, s := range host.DeliveryStates() {
		delivery[string(s)] = deliveryStates[s].Word
	}
	for _, s := range host.CaseStates() {
		kase[string(s)] = caseStates[s].Word
	}
	for _, s := range host.ContactStates() {
		contact[string(s)] = contactWording(s).Word
	}
	for name, words := range map[string]map[string]string{"deliveries": delivery, "cases": kase, "contacts": contact} {
		seen := map[string]bool{}
		for state, word := range words {
			assert.NotEmpty(t, word, "%s: %s", name, state)
			assert.False(t, seen[word], "%s: %s", name, word)
			seen[word] = true
			assert.Regexp(t, state+" (is )?"+word+"[,.]", string(described), name)
		}
	}
	for _, s := range append(host.ContactStates(), store.NoContact) {
		assert.Contains(t, contactFilters, s)
		assert.NotEmpty(t, contactFilterWord(s), s)
	}
	for _, p := range host.Parts() {
		if states := p.States(); len(states) == 1 && states[0] != host.DeliverySent && p != host.PartNoRights {
			assert.Equal(t, deliveryStates[states[0]].Word, partWords[p].Word, p)
		}
	}
}

func TestNumber(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{
		0: "0", 7: "7", 999: "999", 1000: "1,000", 100_000: "100,000", 1_234_567: "1,234,567", -1234: "−1,234",
	} {
		assert.Equal(t, want, number(n))
	}
}

func TestInertCell(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, why, in, want string }{
		{"text", "left alone", "Contoso, \"the\" one", "Contoso, \"the\" one"},
		{"empty", "left alone", "", ""},
		{"address", "no formula begins in the middle", "soc+night@contoso.com", "soc+night@contoso.com"},
		{"equals", "a formula", "=1+1", "'=1+1"},
		{"plus", "begins a formula, too", "+1+1", "'+1+1"},
		{"minus", "", "-2+3", "'-2+3"},
		{"at", "", "@SUM(A1)", "'@SUM(A1)"},
		{"tab", "Excel drops it and reads on", "\t=1", "'\t'=1"},
		{"carriage return", "", "\r=1", "'\r'=1"},
		{"full width", "read as their narrow selves", "＝1", "'＝1"},
		{"full width at", "", "＠SUM(A1)", "'＠SUM(A1)"},
		{"blanks before", "are dropped by some programs", "  =1", "  '=1"},
		{"byte order mark before", "is invisible", "\uFEFF=1", "\uFEFF'=1"},
		{"quote before", "another separator makes it the quote of a cell", `"=1`, `"'=1`},
		{"other separator", "a program set to semicolons begins a cell there", "a;=1", "a;'=1"},
		{"second line", "", "a\n=1", "a\n'=1"},
		{"no UTF-8", "is replaced, not dropped", "a\xffb", "a\uFFFDb"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tc.want, inertCell(tc.in), tc.why)
		})
	}
}

func TestOnlyRequestedTenantIsFoundInText(t *testing.T) {
	t.Parallel()
	const real, other = "c0150500-0000-4000-8000-000000000001", "fab21ca0-0000-4000-8000-000000000002"
	for _, tc := range []struct{ in, want string }{
		{real, real},
		{"Contoso (" + real + ")", real},
		{"Evil (" + other + ") (" + real + ")", real},
		{"Contoso " + real + " and more", ""},
		{"Contoso", ""},
	} {
		got := ""
		if m := tenantID.FindStringSubmatch(tc.in); m != nil {
			got = m[1]
		}
		assert.Equal(t, tc.want, got, tc.in)
	}
}

// Whoever has no contact is not told, whether one is required or not.
func TestNoContactIsNeverInOrder(t *testing.T) {
	t.Parallel()
	for _, required := range []bool{true, false} {
		assert.Equal(t, host.CoverageMissing, host.Coverage{Required: required}.Class())
	}
}

func TestPhoneCells(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, why, in, number, extension string }{
		{"E.164", "it is imported as it is", "+14255550100", "+14255550100", ""},
		{"extension", "it has a column of its own", "+14255550100;ext=24", "+14255550100", "24"},
		{"none", "", "", "", ""},
		{"national", "no plus, no formula", "(425) 555-0100", "(425) 555-0100", ""},
		{"a sum", "it is no number", "+1+1", "'+1+1", ""},
		{"a command behind a number", "it is no number", "+14255550100|cmd", "'+14255550100|cmd", ""},
		{"a second line", "a number ends with its digits", "+14255550100\n", "'+14255550100\n", ""},
		{"too many digits", "it is no number", "+1234567890123456", "'+1234567890123456", ""},
		{"a formula as extension", "only digits are one", "+14255550100;ext==1", "'+14255550100;ext==1", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, []string{tc.number, tc.extension}, phoneCells(tc.in), tc.why)
		})
	}
}
