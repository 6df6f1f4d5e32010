package repair_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"

	"github.com/cspkit/partner/examples/contactlint/internal/repair"
)

func TestRead(t *testing.T) {
	t.Parallel()
	const soc = "soc@contoso.com"
	for _, tt := range []struct {
		name string
		kind repair.Kind
		cell string
		want string // "": the cell as it is, without a cause
		says string // a part of the cause
		why  string
	}{
		{"address", repair.Email, soc, "", "", ""},
		{"name and address", repair.Email, "Ada <soc@contoso.com>", soc, "a name beside", ""},
		{"address in brackets", repair.Email, "<soc@contoso.com>", soc, "a name beside", ""},
		{"name with a comma", repair.Email, `"Exempel, Ada" <soc@contoso.com>`, soc, "a name beside", "as Outlook copies it"},
		{"name in round brackets", repair.Email, "soc@contoso.com (Ada)", soc, "a name beside", "as mail of old has it"},
		{"address in round brackets", repair.Email, "Ada (soc@contoso.com)", soc, "a name beside", "as CRMs show it"},
		{"the same address as name", repair.Email, "SOC@contoso.com <soc@contoso.com>", soc, "a name beside", ""},
		{"another address as name", repair.Email, "noc@contoso.com <soc@contoso.com>", "", "", "which one is meant?"},
		{"two in brackets", repair.Email, "<soc@contoso.com> <noc@contoso.com>", "", "", "which one is meant?"},
		{"mailto", repair.Email, "mailto:soc@contoso.com", soc, "mailto:", ""},
		{"mailto with a subject", repair.Email, "MailTo:soc@contoso.com?subject=Hi", soc, "mailto:", ""},
		{"mailto in brackets", repair.Email, "SOC <mailto:soc@contoso.com>", soc, "a name beside", ""},
		{"SMTP", repair.Email, "SMTP:soc@contoso.com", soc, "mailto:", "as Exchange lists addresses"},
		{"quotes", repair.Email, "'soc@contoso.com'", soc, "Quotes", "as Outlook shows addresses"},
		{"an apostrophe of its own", repair.Email, "'soc@contoso.com", "", "", "an address may begin with one"},
		{"semicolon", repair.Email, "soc@contoso.com;", soc, "comma or semicolon", "as Outlook ends a list"},
		{"two addresses", repair.Email, "soc@contoso.com;noc@contoso.com", "", "", "which one is meant?"},
		{"formula", repair.Email, `="soc@contoso.com"`, soc, "formula", ""},
		{"formula and name", repair.Email, `="Ada <soc@contoso.com>"`, soc, "formula", "one thing after the other"},
		{
			"direction of text", repair.Email, "\u202asoc@contoso.com\u202c", soc,
			"cannot be seen before the value (U+202A)", "as pasting brings it",
		},
		{"space and direction of text", repair.Email, "soc@contoso.com \u202c", soc, "after the value (U+202C)", ""},
		{"line break", repair.Email, "soc@contoso.com\r\n", soc, "a line break after the value (U+000D)", "Alt+Enter"},
		{"invisible, and the library trims it", repair.Email, "\ufeffsoc@contoso.com\u200b", "", "", "nothing is wrong"},
		{"invisible within", repair.Email, "so\u200bc@contoso.com", "", "", "nobody knows why it is there"},
		{"dot of a sentence", repair.Email, "soc@contoso.com.", soc, "A dot", ""},
		{"word", repair.Email, "email: soc@contoso.com", soc, "A word", ""},
		{"word with a hyphen", repair.Email, "E-Mail: soc@contoso.com", soc, "A word", ""},
		{"address and mailto", repair.Email, "soc@contoso.com <mailto:soc@contoso.com>", soc, "a name beside",
			"as Outlook pastes"},
		{"another address and mailto", repair.Email, "noc@contoso.com <mailto:soc@contoso.com>", "", "",
			"which one is meant?"},
		{"Markdown", repair.Email, "[soc@contoso.com](mailto:soc@contoso.com)", soc, "a name beside", ""},
		{"Markdown of another", repair.Email, "[noc@contoso.com](mailto:soc@contoso.com)", "", "", "which one is meant?"},
		{"link", repair.Email, `=HYPERLINK("mailto:soc@contoso.com","SOC")`, soc, "link", ""},
		{"link, German", repair.Email, `=HYPERLINK("mailto:soc@contoso.com";"soc@contoso.com")`, soc, "link", ""},
		{"link to another", repair.Email, `=HYPERLINK("mailto:soc@contoso.com","noc@contoso.com")`, "", "",
			"which one is meant?"},
		{"link that computes", repair.Email, `=HYPERLINK("mailto:"&A1,"SOC")`, "", "", "nobody knows A1"},
		{"no domain", repair.Email, "soc@", "", "", ""},
		{"name beside no address", repair.Email, "Ada <soc@>", "", "", "no reading is left"},
		{"name beside an address nobody reaches", repair.Email, "Ada <soc@localhost>", "", "", "no reading is left"},

		{"p:", repair.Phone, "p:+442079460958", "+442079460958", "A word", ""},
		{"Mobile", repair.Phone, "Mobile +1 425 555 0100", "+1 425 555 0100", "A word", ""},
		{"T", repair.Phone, "T +44 20 7946 0958", "+44 20 7946 0958", "A word", ""},
		{"Tel. national", repair.Phone, "Tel. 020 7946 0958", "020 7946 0958", "A word", ""},
		{"Fax", repair.Phone, "Fax +44 20 7946 0958", "", "", "nobody answers it"},
		{"00 and (0)", repair.Phone, "0044 (0) 20 7946 0958", "+44 (0) 20 7946 0958", "in place of a +", ""},
		{"00 alone", repair.Phone, "0044 20 7946 0958", "", "", "it is dialled so in some countries only"},
		{"E.164", repair.Phone, "+442079460958", "", "", ""},
		{"national", repair.Phone, "02079460958", "", "", "the library reads it with a region"},
		{"tel", repair.Phone, "tel:+442079460958", "", "", "the library reads it"},
		{"formula of a text", repair.Phone, `="02079460958"`, "02079460958", "formula", ""},
		{"formula with spaces", repair.Phone, `="08-123 456 00"`, "08-123 456 00", "formula", ""},
		{"formula of a number", repair.Phone, "=+442079460958", "+442079460958", "formula", "as it is typed into Excel"},
		{"formula that computes", repair.Phone, `="0"&A1`, "", "", "nobody knows A1"},
		{"apostrophe", repair.Phone, "'02079460958", "02079460958", "apostrophe", ""},
		{"apostrophe in a formula", repair.Phone, `="'+442079460958"`, "+442079460958", "formula", ""},
		{"whole number", repair.Phone, "442079460958.0", "442079460958", "decimal", "as pandas writes a column with gaps"},
		{"whole number with a comma", repair.Phone, "442079460958,0", "442079460958", "decimal", ""},
		{"whole number, two zeros", repair.Phone, "498931761000.00", "498931761000", "decimal", "a column of money"},
		{"whole number, many zeros", repair.Phone, "498931761000.0000", "498931761000", "decimal", ""},
		{"whole number in thousands", repair.Phone, "498 931 761 000.00", "498931761000", "decimal", ""},
		{"whole number in German thousands", repair.Phone, "498.931.761.000,00", "498931761000", "decimal", ""},
		{"whole number in no thousands", repair.Phone, "49 893 1761 000.00", "", "", "somebody grouped it so"},
		{"zeros without a mark", repair.Phone, "498 931 761 000", "", "", "digits of the number"},
		{"dots between digits", repair.Phone, "42.50.10.0", "", "", "no program writes a number so"},
		{"plus and dots", repair.Phone, "+46812345600.0", "", "", "nor so"},
		{"exponent", repair.Phone, "4.42E+11", "", "", "digits are lost"},
		{"exponent with all digits", repair.Phone, "4.42079460958E+11", "442079460958", "exponent", ""},
		{"line break at the end", repair.Phone, "+442079460958\n", "+442079460958", "line break", ""},
		{"two numbers", repair.Phone, "+442079460958 / +442079460959", "", "", "which one is meant?"},
		{"letters", repair.Phone, "+1 800 FLOWERS", "", "", ""},
		{"error of a spreadsheet", repair.Phone, "#N/A", "", "", ""},

		{"name", repair.Name, "Ada", "", "", ""},
		{"name, formula", repair.Name, `="Ada"`, "Ada", "formula", "though = may stand in a name"},
		{"name, formula with quotes", repair.Name, `="Ada ""A"" Exempel"`, `Ada "A" Exempel`, "formula", ""},
		{"name that starts with =", repair.Name, "=Ada", "", "", "it may"},
		{"name, empty formula", repair.Name, `=""`, "", "", "nothing is no value"},
		{"phone, apostrophe alone", repair.Phone, "'", "", "", "nor here"},
		{"name with an apostrophe", repair.Name, "'t Hooft", "", "", "it belongs to the name"},
		{"name, direction of text", repair.Name, "\u202aAda\u202c", "Ada", "cannot be seen", ""},
		{"name, encoded", repair.Name, "=?utf-8?q?J=C3=B6rg?=", "Jörg", "encoded", ""},
		{"name, encoded in what nobody knows", repair.Name, "=?x?q?J?=", "", "", ""},
		{"text, formula", repair.Text, `="007"`, "007", "formula", ""},
		{"text", repair.Text, "\u202aSuite 7", "", "", "nothing says that it is wrong"},
		{"empty", repair.Email, "", "", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			value, cause := repair.Read(tt.kind, tt.cell)
			if tt.says == "" {
				assert.Equal(t, tt.cell, value, tt.why)
				assert.Empty(t, cause, tt.why)
				return
			}
			assert.Equal(t, tt.want, value, tt.why)
			assert.Contains(t, cause, tt.says, tt.why)
		})
	}
}

func TestKindOf(t *testing.T) {
	t.Parallel()
	for f, want := range map[partner.Field]repair.Kind{
		partner.FieldSecurityContactFirstName: repair.Name,
		partner.FieldSecurityContactEmail:     repair.Email,
		partner.FieldSecurityContactPhone:     repair.Phone,
	} {
		assert.Equal(t, want, repair.KindOf(f), f)
	}
}

// What is read is read as itself, and what the library accepts is nothing else.
func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"Ada <soc@contoso.com>", `="'0207"`, "mailto:a@b.de?c", "4.4E+1", "12345678.0", "=?utf-8?q?=3D=22?=", "(a@b.de)",
		"';'a@b.de",
	} {
		for k := repair.Text; k <= repair.Phone; k++ {
			f.Add(s, int(k))
		}
	}
	f.Fuzz(func(t *testing.T, cell string, kind int) {
		k := repair.Kind(kind)
		value, cause := repair.Read(k, cell)
		require.Equal(t, value == cell, cause == "")
		again, cause := repair.Read(k, value)
		require.Equal(t, value, again)
		require.Empty(t, cause)
		require.LessOrEqual(t, len(value), len(cell))
		check := map[repair.Kind]func(string) partner.Findings{
			repair.Email: partner.CheckEmail, repair.Phone: partner.CheckPhone,
		}[k]
		if check != nil && check(cell).Err() == nil {
			require.Equal(t, cell, value)
		}
	})
}
