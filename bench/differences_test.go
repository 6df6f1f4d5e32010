package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// phoneDifferences are where this library and its peers differ on numbers. None
// of these stands in the shared work.
var phoneDifferences = []struct {
	number                     string
	ours, phonenumbers, tagged bool // is it valid
	why                        string
}{
	{"+4402079460123", false, true, true, "a zero after the country code belongs to the number as typed; Parse drops it"},
	{"+241060312300", false, true, true, "likewise in Gabon, whose numbers lost a zero"},
	{"+49800123456789012", false, true, false, "E.164 has 15 digits: no more can be dialled from abroad"},
	{"+13101234", false, true, true, "seven digits are dialled within Canada only"},
	{"++14255550100", false, true, false, "Parse skips what it does not understand, here and below"},
	{"=+6421555010", false, true, false, "a formula of a spreadsheet is no number"},
	{"+44 (0)20 7946 0123", true, true, false, "the zero is dialled at home; the tag knows no separator"},
	{"+39 (0)6 1234 5678 9", true, true, false, "the zero is part of the number"},
	{"+1 800 FLOWERS", false, true, false, "letters are not on every telephone"},
	{"+14255550100 ext. 12345678", false, true, false, "an extension has seven digits at most; Parse drops this one"},
	{"+14255550100;ext=12", true, true, false, "the tag knows no extension"},
	{"+1 425 555 0100", true, true, false, "the tag knows no separator"},
	{"+6837010", true, true, false, "the tag wants eight digits; Niue has seven"},
	{"14255550100", false, false, true, "the tag does not ask for the plus sign"},
	{"+15555550100", false, false, true, "the tag knows no numbering plan: 555 is no area code"},
}

func TestPhoneDifferences(t *testing.T) {
	t.Parallel()
	tags, err := openTagged()
	require.NoError(t, err)
	for _, d := range phoneDifferences {
		t.Run(d.number, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, d.ours, checkNumber(d.number).valid, d.why)
			assert.Equal(t, d.ours, checkNumberExported(d.number).valid, d.why)
			assert.Equal(t, d.phonenumbers, checkWithPhonenumbers(d.number).valid, d.why)
			c := goodContacts()[0]
			c.Phone = d.number
			assert.Equal(t, d.tagged, tags(c) == nil, d.why)
			assert.False(t, d.ours != d.phonenumbers && slices.Contains(numbers(), d.number),
				"the shared work is what all agree on")
		})
	}
}

// emailDifferences are where this library and its peers differ on addresses.
// None of these stands in the shared work.
var emailDifferences = []struct {
	address, why             string
	ours, netMail, validator bool // is it an address that can be mailed to
}{
	{`"soc"@contoso.com`, "many servers refuse a quoted local part", false, false, true},
	{"soc@localhost", "one label is no domain of the public net", false, true, false},
	{"soc@[192.0.2.1]", "an IP literal", false, true, false},
	{"soc@192.0.2.1", "an IP address is no domain", false, true, false},
	{"soc@contoso.123", "no top-level domain is a number", false, true, false},
	{"soc@-contoso.com", "a label with a hyphen at its edge", false, true, false},
	{"soc@contoso_cloud.com", "an underscore is not for hosts", false, true, false},
	{"soc@\U0001F600.example", "an emoji is not allowed in a domain (IDNA 2008)", false, true, false},
	{"s\u00f3c@contoso.com", "a local part outside ASCII needs SMTPUTF8, which many servers lack", false, true, true},
	{"soc@xn--a.example", "an A-label that decodes to nothing", false, true, true},
	{"soc@" + strings.Repeat("a", 64) + ".example", "a label of 64 octets", false, true, true},
	{strings.Repeat("a", 65) + "@contoso.com", "a local part of 65 octets", false, true, true},
	{"soc@" + strings.Repeat("contoso.", 32) + "example", "an address of more than 254 octets", false, true, true},
	{" soc@contoso.com ", "formatting alone is no error: normalising trims", true, false, false},
}

func TestEmailDifferences(t *testing.T) {
	t.Parallel()
	isEmail, err := openValidatorEmail()
	require.NoError(t, err)
	for _, d := range emailDifferences {
		t.Run(d.why, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, d.ours, isAddress(d.address), "partner")
			assert.Equal(t, d.netMail, parseWithNetMail(d.address), "net/mail")
			assert.Equal(t, d.validator, isEmail(d.address), "validator")
			assert.False(t, slices.Contains(addresses(), d.address), "the shared work is what all agree on")
		})
	}
}
