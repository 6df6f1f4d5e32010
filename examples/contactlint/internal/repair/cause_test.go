package repair_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"

	"github.com/cspkit/partner/examples/contactlint/internal/repair"
)

func TestCause(t *testing.T) {
	t.Parallel()
	check := map[partner.Code]func(string) partner.Findings{
		partner.CodeNameCharacter:      partner.CheckName,
		partner.CodeNameNoLetter:       partner.CheckName,
		partner.CodeEmailSyntax:        partner.CheckEmail,
		partner.CodeEmailNonASCIILocal: partner.CheckEmail,
		partner.CodePhoneSyntax:        partner.CheckPhone,
	}
	for _, tt := range []struct {
		name string
		code partner.Code
		text string
		says string // a part of the sentence
	}{
		{"name: web address", partner.CodeNameCharacter, "Ada https://contoso.com", "a web address"},
		{"name: encoded", partner.CodeNameCharacter, "=?utf-8?q?Ada?=", "encoded"},
		{"name: bracket", partner.CodeNameCharacter, "Ada <soc>", "a < or a >"},
		{"name: line break", partner.CodeNameCharacter, "Ada\nAdler", "a line break in the name (U+000A)"},
		{"name: line separator", partner.CodeNameCharacter, "Ada\u2028Adler", "a line break in the name (U+2028)"},
		{"name: tab", partner.CodeNameCharacter, "Ada\tAdler", "a tab in the name (U+0009)"},
		{"name: control", partner.CodeNameCharacter, "Ada\x07", "a control character in the name (U+0007)"},
		{"name: text direction", partner.CodeNameCharacter, "Ada\u202eAdler", "cannot be seen in the name (U+202E)"},
		{"name: blank braille", partner.CodeNameCharacter, "Ada\u2800Adler", "cannot be seen in the name (U+2800)"},
		{"name: joiner", partner.CodeNameCharacter, "Ada\u200dAdler", "cannot be seen in the name (U+200D)"},
		{"name: joiner that is right, and a control", partner.CodeNameCharacter, "\u0645\u06cc\u200c\u062e\x07", "(U+0007)"},
		{"name: private use", partner.CodeNameCharacter, "Ada\ue000", "means nothing to others in the name (U+E000)"},
		{"name: unassigned", partner.CodeNameCharacter, "Ada\U000e0fff", "means nothing to others in the name (U+E0FFF)"},
		{"name: lost", partner.CodeNameCharacter, "J\ufffdrg", "lost before (U+FFFD)"},
		{"name: marks", partner.CodeNameCharacter, "Ad" + strings.Repeat("\u0316", 5) + "a", "more than four accents"},

		{"name: narrow column", partner.CodeNameNoLetter, "########", "a column that is too narrow"},

		{"e-mail: full-width", partner.CodeEmailSyntax, "ｓｏｃ＠ｃｏｎｔｏｓｏ．ｃｏｍ", "full-width"},
		{"e-mail: full-width before the @", partner.CodeEmailNonASCIILocal, "ｓｏｃ@contoso.com", "full-width"},
		{"e-mail: invisible before the @", partner.CodeEmailNonASCIILocal, "zero\u200b@contoso.com", "(U+200B)"},
		{"e-mail: no @", partner.CodeEmailSyntax, "call the desk", "no @"},
		{"e-mail: two", partner.CodeEmailSyntax, "soc@contoso.com; noc@contoso.com", "several"},
		{"e-mail: no primary", partner.CodeEmailSyntax, "smtp:soc@contoso.com;smtp:noc@contoso.com", "the primary one"},
		{"e-mail: PowerShell", partner.CodeEmailSyntax, "Microsoft.Exchange.Data.ProxyAddressCollection", "PowerShell"},
		{"phone: PowerShell", partner.CodePhoneSyntax, "System.String[]", "PowerShell"},
		{
			"phone: PowerShell 5", partner.CodePhoneSyntax, "System.Collections.Generic.List`1[System.String]", "PowerShell",
		},
		{"e-mail: two @", partner.CodeEmailSyntax, "soc@@contoso.com", "more than one @"},
		{"e-mail: line break", partner.CodeEmailSyntax, "soc\n@contoso.com", "a line break"},
		{"e-mail: name", partner.CodeEmailSyntax, "SOC <soc@contoso.com>", "a name beside"},
		{"e-mail: nothing before", partner.CodeEmailSyntax, "@contoso.com", "nothing before"},
		{"e-mail: nothing after", partner.CodeEmailSyntax, "soc@", "nothing after"},
		{"e-mail: space", partner.CodeEmailSyntax, "the desk@contoso.com", "a space"},
		{
			"e-mail: control", partner.CodeEmailSyntax, "soc\x07@contoso.com",
			"a control character in the e-mail address (U+0007)",
		},
		{"e-mail: dot", partner.CodeEmailSyntax, "so..c@contoso.com", "a dot too many"},
		{"e-mail: long", partner.CodeEmailSyntax, strings.Repeat("s", 65) + "@contoso.com", "more than 64"},

		{"phone: words", partner.CodePhoneSyntax, "not known", "no digit"},
		{"phone: two, or", partner.CodePhoneSyntax, "+1 425 555 0100 or 425 555 0101", "two phone numbers"},
		{"phone: two, slash", partner.CodePhoneSyntax, "+1 425 555 0100 / +1 425 555 0101", "two phone numbers"},
		{"phone: two, lines", partner.CodePhoneSyntax, "+14255550100\n+14255550101", "two phone numbers"},
		{"phone: line break", partner.CodePhoneSyntax, "+1 425\n555 0100", "a line break"},
		{"phone: extension", partner.CodePhoneSyntax, "+1 425 555 0100 ext. 12345678", "longer than 7 digits"},
		{"phone: x before the number", partner.CodePhoneSyntax, "vx 08-752 10 07", "a letter"},
		{"phone: x for a carrier", partner.CodePhoneSyntax, "(0xx11) 3091-0000", "a letter"},
		{"phone: long x", partner.CodePhoneSyntax, "+1 425 555 0100 x12345678", "longer than 7 digits"},
		{"phone: letters", partner.CodePhoneSyntax, "+1 800 FLOWERS", "a letter"},
		{"phone: plus twice", partner.CodePhoneSyntax, "++1 425 555 0100", "more than one +"},
		{"phone: plus within", partner.CodePhoneSyntax, "1 + 425 555 0100", "put it at the start"},
		{"phone: star", partner.CodePhoneSyntax, "+1 425*555 0100", "does not belong there in the phone number (U+002A)"},
		{"phone: invisible", partner.CodePhoneSyntax, "+1 425\u200b555 0100", "cannot be seen in the phone number (U+200B)"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.True(t, check[tt.code](tt.text).Has(tt.code), "the library refuses it")
			assert.Contains(t, repair.Cause(tt.code, tt.text), tt.says)
		})
	}
	assert.Empty(t, repair.Cause(partner.CodeNameMissing, ""), "the library's sentence says it all")
}

// Whatever is refused, what is said of it is one sentence, and repeats nothing
// of it.
func FuzzCause(f *testing.F) {
	for _, s := range []string{
		"Ada <Adler>", "+1 425 555 0100 or 0101", "SOC <soc@contoso.com>", "+49 (0)30\u202e1", "\xff", "ext", "x", "#1", "@",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, code := range partner.Codes() {
			sentence := repair.Cause(code, text)
			require.True(t, sentence == "" || strings.HasSuffix(sentence, "."), sentence)
			again := repair.Cause(code, text+text)
			require.Less(t, len(sentence)+len(again), 300, "it does not grow with the text")
		}
	})
}
