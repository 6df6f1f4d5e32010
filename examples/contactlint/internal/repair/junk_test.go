package repair_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"

	"github.com/cspkit/partner/examples/contactlint/internal/repair"
)

func TestJunk(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, text, says string // "": nothing
		sure             bool
		why              string
	}{
		{"reference", "#REF!", "a spreadsheet", true, ""},
		{"not available", "#N/A", "a spreadsheet", true, ""},
		{"name", "#NAME?", "a spreadsheet", true, ""},
		{"value", " #VALUE! ", "a spreadsheet", true, ""},
		{"narrow column", "########", "a spreadsheet", true, ""},
		{"no value", "(No value)", "a word for nothing", true, "as HubSpot writes it"},
		{"undefined", "undefined", "a word for nothing", true, "as JavaScript writes it"},
		{"null", "null", "a word for nothing", false, "some people are called so"},
		{"NULL", "NULL", "a word for nothing", false, "some files are in capitals"},
		{"N/A", "N/A", "a word for nothing", false, ""},
		{"quotes of HTML", "&quot;Anna&quot;", "HTML", false, ""},
		{"apostrophe of HTML", "O&#39;Neil", "HTML", false, ""},
		{"second ampersand", "A & B &amp; C", "HTML", false, ""},
		{"ü", "J\u00c3\u00bcrgen", "UTF-8", false, "ü"},
		{"ß", "Wei\u00c3\u0178", "UTF-8", false, "ß, which Windows-1252 makes a letter of"},
		{"í", "Garc\u00c3\u00ada", "UTF-8", false, "í, whose second byte cannot be seen"},
		{"ł", "Micha\u00c5\u201a", "UTF-8", false, "ł"},
		{"Cyrillic", "\u00d0\u0098\u00d0\u00b2\u00d0\u00b0\u00d0\u00bd", "UTF-8", false, ""},
		{"every letter", "\u00c3\u2030lodie", "UTF-8", false, "É"},
		{"apostrophe", "O\u00e2\u20ac\u2122Neil", "UTF-8", false, ""},
		{"lost letter", "M?ller", "question mark", false, ""},

		{"Nuller", "Nuller", "", false, ""},
		{"ampersand", "Adler & Söhne; Exempel", "", false, "no code of HTML"},
		{"AT&T;", "AT&T;", "", false, "nor here"},
		{"question mark at the end", "Exempel?", "", false, "somebody was not sure"},
		{"brackets", "Ada (SOC)", "", false, ""},
		{"number sign", "SOC #1", "", false, ""},
		{"Jürgen", "J\u00fcrgen", "", false, ""},
		{"capitals", "SÃO JOÃO ÅÄÖ", "", false, ""},
		{"É", "\u00c9lodie", "", false, ""},
		{"capitals and an apostrophe", "RENÉ\u2019S", "", false, ""},
		{"Icelandic", "GUÐ\u2019S", "", false, "one pair alone"},
		{"Vietnamese", "Nguy\u1ec5n", "", false, ""},
		{"Japanese", "山田", "", false, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			sentence, sure := repair.Junk(tt.text)
			if tt.says == "" {
				assert.Empty(t, sentence, tt.why)
			}
			assert.Contains(t, sentence, tt.says, tt.why)
			assert.Equal(t, tt.sure, sure, tt.why)
		})
	}
}

// Nobody looks again at a contact that is clean. So whatever there is to say
// makes it unclean, in each of its fields.
func FuzzClean(f *testing.F) {
	for _, s := range []string{
		"#REF!", "null", " Undefined", "(null)", "N/A", "&#39;",
		"J\u00c3\u00bcrgen", "\u00c3\u2030lodie", "O\u00e2\u20ac\u2122", "M?ller",
		"=\"Ada\"", "=HYPERLINK(\"mailto:soc@contoso.com\")", "4420794609.0", "0044 (0) 20 7946 0958", "\u00c9lodie", "=",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		contact := partner.SecurityContact{
			FirstName: "Ada", MiddleName: "Bo", LastName: "Exempel", Email: "soc@contoso.com", Phone: "+14255550100",
		}
		require.True(t, repair.Clean(&contact))
		for kind, fields := range map[repair.Kind][]*string{
			repair.Name:  {&contact.FirstName, &contact.MiddleName, &contact.LastName},
			repair.Email: {&contact.Email},
			repair.Phone: {&contact.Phone},
		} {
			for _, field := range fields {
				before := *field
				*field = text
				_, why := repair.Read(kind, text)
				junk := ""
				if kind == repair.Name {
					junk, _ = repair.Junk(text)
				}
				if contact.Check() == nil && (why != "" || junk != "") {
					require.False(t, repair.Clean(&contact), "%v: %s%s", kind, why, junk)
				}
				*field = before
			}
		}
	})
}
