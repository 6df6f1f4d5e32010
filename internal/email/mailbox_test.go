package email_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/cspkit/partner/internal/email"
	"github.com/cspkit/partner/internal/race"
)

func TestUnattended(t *testing.T) {
	t.Parallel()
	tests := []struct {
		local string
		want  bool
		why   string
	}{
		{"noreply", true, "the whole local part"},
		{"no-reply", true, "two words"},
		{"no_reply", true, "two words"},
		{"no.reply", true, "two words"},
		{"NoReply", true, "any case"},
		{"NO-REPLY", true, "any case"},
		{"donotreply", true, "run together"},
		{"do-not-reply", true, "three words"},
		{"do.not_reply", true, "whatever separates them"},
		{"donot-reply", true, "half run together"},
		{"dont-reply", true, "without the apostrophe"},
		{"don't-reply", true, "with it"},
		{"mailer-daemon", true, "RFC 5321 bounces"},
		{"MAILER-DAEMON", true, "as it is written"},
		{"bounce", true, ""},
		{"bounces", true, ""},
		{"bounces+123-abc", true, "with the message's own address"},
		{"devnull", true, ""},
		{"dev.null", true, ""},
		{"noreply2", true, "digits separate words"},
		{"security-noreply", true, "last words"},
		{"no.reply.alerts", true, "first words"},
		{"alerts+no-reply+csp", true, "words within"},
		{"ne-pas-repondre", true, "French"},
		{"nicht.antworten", true, "German"},
		{"unmonitored-security", true, "says so"},
		{"renoreply", false, "inside a word"},
		{"noreplyteam", false, "inside a word"},
		{"casino-reply", false, "only the end of the first word"},
		{"no-replyteam", false, "only the start of the last word"},
		{"reply", false, "somebody reads replies"},
		{"no", false, "part of a phrase"},
		{"do-not", false, "part of a phrase"},
		{"reply-no", false, "in another order"},
		{"no-security-reply", false, "not in a row"},
		{"trebounce", false, "inside a word"},
		{"bouncer", false, "a longer word"},
		{"null", false, "a surname"},
		{"mailer", false, "part of a phrase"},
		{"security", false, ""},
	}
	for _, tt := range tests {
		t.Run(tt.local, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, unattended(tt.local+"@contoso.com"), tt.why)
		})
	}
	assert.False(t, unattended("soc@noreply.com"), "the domain says nothing")
	assert.False(t, unattended("noreply"), "no address")
}

func TestConsumerProvider(t *testing.T) {
	t.Parallel()
	tests := []struct {
		domain string
		want   bool
		why    string
	}{
		{"gmail.com", true, ""},
		{"googlemail.com", true, ""},
		{"GMail.COM", true, "normalised first"},
		{"ｇmail.com", true, "normalised first"},
		{"126.com", true, "first of the table"},
		{"zohomail.com", true, "last of the table"},
		{"outlook.com", true, ""},
		{"hotmail.co.uk", true, "national"},
		{"live.com", true, ""},
		{"msn.com", true, ""},
		{"yahoo.co.jp", true, "national"},
		{"icloud.com", true, ""},
		{"me.com", true, ""},
		{"aol.com", true, ""},
		{"gmx.net", true, ""},
		{"web.de", true, ""},
		{"proton.me", true, ""},
		{"protonmail.com", true, ""},
		{"mail.ru", true, ""},
		{"yandex.ru", true, ""},
		{"qq.com", true, ""},
		{"163.com", true, ""},
		{"naver.com", true, ""},
		{"contoso.com", false, "a company"},
		{"mail.gmail.com", false, "exact match only"},
		{"notgmail.com", false, "exact match only"},
		{"gmail.com.contoso.com", false, "exact match only"},
		{"yahoo.contoso.com", false, "no wildcards"},
		{"contoso.onmicrosoft.com", false, "a company's tenant"},
		{"onmicrosoft.com", false, "tenants, not mailboxes for everybody"},
	}
	for _, tt := range tests {
		t.Run(tt.domain, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, consumerProvider("soc@"+tt.domain), tt.why)
		})
	}
	assert.False(t, consumerProvider("gmail.com"), "no address")
	assert.False(t, consumerProvider("jörg@gmail.com"), "a bad address")
}

func TestPersonal(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, local, first, last string
		want                     bool
		why                      string
	}{
		{"both", "ada.lovelace", "Ada", "Lovelace", true, "both names"},
		{"first", "ada", "Ada", "Lovelace", true, "the first name alone"},
		{"last", "lovelace", "Ada", "Lovelace", true, "the last name alone"},
		{"initial", "a.lovelace", "Ada", "Lovelace", true, "the last name is a whole word"},
		{"underscore", "ada_l", "Ada", "Lovelace", true, "words are split there"},
		{"hyphen", "x-ada", "Ada", "Lovelace", true, "words are split there"},
		{"plus", "ada+csp", "Ada", "Lovelace", true, "words are split there"},
		{"digits", "ada1815", "Ada", "Lovelace", true, "words are split there"},
		{"digits before", "1815ada", "Ada", "Lovelace", true, "words are split there"},
		{"upper case", "ADA", "ada", "Lovelace", true, "case makes no difference"},
		{"apostrophe in the name", "obrien", "Conor", "O'Brien", true, "no letter"},
		{"apostrophe in both", "o'brien", "Conor", "O’Brien", true, "no letter"},
		{"mark in the name", "jose", "José", "Núñez", true, "marks are dropped"},
		{"mark in the last name", "nunez", "José", "Núñez", true, "marks are dropped"},
		{"mark in the name, decomposed", "nunez", "Jose\u0301", "Nun\u0303ez", true, "marks are dropped"},
		{"hyphen in the name", "annemarie", "Anne-Marie", "Lee", true, "no letter"},
		{"space in the name", "vanderberg", "Jan", "van der Berg", true, "no letter"},
		{"two letters", "li", "Wei", "Li", true, "the least"},
		{"sign before the word", "'ada", "Ada", "Lovelace", true, "no letter"},
		{"sign before the name", "ada", "'Ada", "Lovelace", true, "no letter"},
		{"other signs before both", "'ada", "\"Ada\"", "Lovelace", true, "no letter"},
		{"digit before the name", "ada", "3 Ada", "Lovelace", true, "no letter"},
		{"letter at the end of the alphabet", "adaz", "Ada", "Lovelace", false, "no whole word is a name"},
		{"letter at its start", "adaa", "Ada", "Lovelace", false, "no whole word is a name"},
		{"run together", "adalovelace", "Ada", "Lovelace", false, "no whole word is a name"},
		{"longer word", "adas", "Ada", "Lovelace", false, "no whole word is a name"},
		{"shorter word", "ad", "Ada", "Lovelace", false, "no whole word is a name"},
		{"one letter", "x", "X", "Y", false, "two letters at least"},
		{"one letter between", "a.b.c", "A", "C", false, "two letters at least"},
		{"one letter and signs", "x'", "X'", "Y", false, "two letters at least"},
		{"hyphenated in both", "anne-marie", "Anne-Marie", "Lee", false, "two words, neither of them the name"},
		{"Kelvin sign", "kay", "\u212aay", "", true, "decomposes to K"},
		{"Angstrom sign", "asa", "", "\u212bsa", true, "decomposes to A"},
		{"dot above", "ipek", "\u0130pek", "", true, "a mark"},
		{"letter that decomposes to no ASCII letter", "i", "\u03ac\u03ac", "", false, "Greek"},
		{"ligature", "fi", "\ufb01", "", false, "no canonical decomposition"},
		{"other letter", "soren", "Søren", "Kay", false, "ø is a letter, not an o with a mark"},
		{"other script", "xiaoming", "小明", "李", false, "no transliteration"},
		{"other person", "grace.hopper", "Ada", "Lovelace", false, "another name"},
		{"no names", "ada", "", "", false, "nothing to compare"},
		{"names without letters", "ada", "3", "-", false, "nothing to compare"},
		{"only digits", "1815", "1815", "1815", false, "no word"},
		{"invalid UTF-8", "ada", "Ada\xff", "\xff", true, "no letter"},
		{"invalid UTF-8 before", "ada", "\xd0Ada", "", true, "no letter"},
		{"Cyrillic letter before", "ada", "\u0410Ada", "", false, "another letter"},
		{"Cyrillic name", "ada", "\u0410\u0434\u0430", "", false, "no transliteration"},
		{"team word after", "ada.security", "Ada", "Lovelace", false, "a team's"},
		{"team word before", "soc-ada", "Ada", "Lovelace", false, "a team's"},
		{"team word, upper case", "SOC-ada", "Ada", "Lovelace", false, "a team's"},
		{"team word and digits", "ada.soc24x7", "Ada", "Lovelace", false, "a team's"},
		{"team word as a name", "support", "Support", "Team", false, "a team's"},
		{"team word of two letters", "it.ada", "Ada", "Lovelace", false, "a team's"},
		{"first name of two words", "mary.smith", "Mary Jane", "Doe", false, "the whole name"},
		{"team word inside a word", "ada.socrates", "Ada", "Lovelace", true, "no whole word"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, personal(tt.local+"@contoso.com", tt.first, tt.last), tt.why)
		})
	}
	for _, word := range []string{
		"security", "sec", "secops", "soc", "csirt", "cirt", "sirt", "psirt", "cert", "abuse", "noc", "infosec", "cyber",
		"incident", "incidents", "response", "alert", "alerts", "team", "ops", "it", "support", "helpdesk", "admin",
		"postmaster",
	} {
		assert.False(t, personal("ada."+word+"@contoso.com", "Ada", "Lovelace"), word)
	}
	assert.True(t, personal("ada.cat@contoso.com", "Ada", "Lovelace"), "another word")
	assert.False(t, personal("soc@ada.com", "Ada", "Lovelace"), "the domain says nothing")
	assert.False(t, personal("ada", "Ada", "Lovelace"), "no address")
}

func TestGuestAccount(t *testing.T) {
	t.Parallel()
	tests := []struct {
		local string
		want  bool
		why   string
	}{
		{"rex_fabrikam.com#EXT#", true, "as Entra writes it"},
		{"rex_fabrikam.com#ext#", true, "any case"},
		{"rex_fabrikam.com#Ext#", true, "any case"},
		{"rex#EXT#fabrikam", true, "anywhere in the local part"},
		{"#EXT#rex", true, "first"},
		{"#EXT#", true, "alone"},
		{"rex##EXT##", true, "among other signs"},
		{"rex#EXT", false, "no second sign"},
		{"rexEXT#", false, "no first sign"},
		{"rex#EX#", false, "another word"},
		{"rex#EXTR#", false, "another word"},
		{"ext", false, "no signs"},
		{"#", false, "no word"},
	}
	for _, tt := range tests {
		t.Run(tt.local, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, email.Check(tt.local+"@contoso.com") == email.GuestAccount, tt.why)
		})
	}
	both := email.GuestAccount | email.OnMicrosoft
	assert.Equal(t, both, email.Check("rex_fabrikam.com#EXT#@contoso.onmicrosoft.com"), "as they come")
	assert.Equal(t, email.Domain, email.Check("soc@contoso#ext#.com"), "the domain is no user name")
}

func TestReservedDomain(t *testing.T) {
	t.Parallel()
	tests := []struct {
		domain string
		want   bool
		why    string
	}{
		{"contoso.example", true, "RFC 2606"},
		{"contoso.test", true, "RFC 2606"},
		{"mail.contoso.test", true, "at any depth"},
		{"CONTOSO.EXAMPLE", true, "any case"},
		{"bücher.example", true, "behind a U-label"},
		{"xn--bcher-kva.test", true, "behind an A-label"},
		{"example.com", true, "RFC 2606"},
		{"example.net", true, "RFC 2606"},
		{"example.org", true, "RFC 2606"},
		{"mail.example.com", true, "what lies below"},
		{"a.b.example.org", true, "what lies below"},
		{"Example.COM", true, "any case"},
		{"ｅｘａｍｐｌｅ.com", true, "normalised first"},
		{"example.test", true, "both"},
		{"myexample.com", false, "another domain"},
		{"my-example.net", false, "another domain"},
		{"example.de", false, "not reserved"},
		{"example.co", false, "not reserved"},
		{"example.com.de", false, "not below it"},
		{"test.com", false, "not reserved"},
		{"example.contoso.com", false, "a label of a company"},
		{"contoso.tests", false, "another label"},
		{"contoso.atest", false, "another label"},
		{"contoso.com", false, "a company"},
	}
	for _, tt := range tests {
		t.Run(tt.domain, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, email.Check("soc@"+tt.domain) == email.ReservedDomain, tt.why)
			assert.True(t, email.Valid("soc@"+tt.domain), "advice is no error")
		})
	}
	assert.Equal(t, email.Domain, email.Check("soc@example"), "one label is no domain")
	assert.Zero(t, email.Check("example.com@contoso.com"), "the local part says nothing")
}

func TestOnMicrosoft(t *testing.T) {
	t.Parallel()
	tests := []struct {
		domain string
		want   bool
		why    string
	}{
		{"contoso.onmicrosoft.com", true, "a tenant's"},
		{"Contoso.OnMicrosoft.com", true, "any case"},
		{"contoso.mail.onmicrosoft.com", true, "of a hybrid tenant"},
		{"bücher.onmicrosoft.com", true, "normalised first"},
		{"onmicrosoft.com", false, "no tenant's"},
		{"contoso.xonmicrosoft.com", false, "another domain"},
		{"onmicrosoft.com.contoso.com", false, "not below it"},
		{"contoso.onmicrosoft.de", false, "another domain"},
		{"microsoft.com", false, "a company"},
	}
	for _, tt := range tests {
		t.Run(tt.domain, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, email.Check("soc@"+tt.domain) == email.OnMicrosoft, tt.why)
		})
	}
}

// TestCheckKnowsNoNames: Check gives all faults of Examine but PersonalMailbox,
// and Errors are those that are no advice.
func TestCheckKnowsNoNames(t *testing.T) {
	t.Parallel()
	const all = email.Unattended | email.ConsumerProvider | email.GuestAccount | email.ReservedDomain | email.OnMicrosoft
	tests := []struct {
		name, in string
		want     email.Faults
		personal bool
	}{
		{"nothing", "soc@contoso.com", 0, false},
		{"personal", "ada@contoso.com", 0, true},
		{"unattended", "ada.noreply@contoso.com", email.Unattended, true},
		{"consumer", "ada@gmail.com", email.ConsumerProvider, true},
		{"guest", "ada_fabrikam.com#EXT#@contoso.com", email.GuestAccount, true},
		{"guest and tenant", "ada_fabrikam.com#EXT#@contoso.onmicrosoft.com", email.GuestAccount | email.OnMicrosoft, true},
		{"three", "ada-no-reply-x#ext#@example.com", email.Unattended | email.GuestAccount | email.ReservedDomain, true},
		{"unattended tenant", "noreply@contoso.onmicrosoft.com", email.Unattended | email.OnMicrosoft, false},
		{"unattended consumer", "noreply@gmail.com", email.Unattended | email.ConsumerProvider, false},
		{"error", "ada@contoso.local", email.Domain, false},
		{"error and what would be advice", "jörg.noreply@contoso.test", email.NonASCIILocal, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			want := tt.want
			if tt.personal {
				want |= email.PersonalMailbox
			}
			assert.Equal(t, tt.want, email.Check(tt.in))
			assert.Equal(t, want, email.Examine(tt.in, "Ada", "Lovelace"))
			assert.Equal(t, tt.want&email.Errors == 0, email.Valid(tt.in))
		})
	}
	assert.Zero(t, email.Errors&(all|email.PersonalMailbox))
	assert.Equal(t, email.PersonalMailbox<<1-1, email.Errors|all|email.PersonalMailbox, "each fault is an error or advice")
}

func unattended(s string) bool       { return email.Examine(s, "", "")&email.Unattended != 0 }
func consumerProvider(s string) bool { return email.Examine(s, "", "")&email.ConsumerProvider != 0 }

func personal(s, first, last string) bool {
	return email.Examine(s, first, last)&email.PersonalMailbox != 0
}

// TestPersonalLooksThroughManyMarks: names of any length are compared, for they
// are checked elsewhere. No stack may grow with them.
func TestPersonalLooksThroughManyMarks(t *testing.T) {
	t.Parallel()
	marks := strings.Repeat("\u0301", 8_000_000/race.Every)
	assert.Equal(t, email.PersonalMailbox, email.Examine("ada@contoso.com", "A"+marks+"da", "Placeholder"))
}

// TestPersonalOfALongName: a long name is compared by its first letters, one
// more than the longest local part has.
func TestPersonalOfALongName(t *testing.T) {
	t.Parallel()
	local, gap := strings.Repeat("x", 64), strings.Repeat("\u0301 ", 1000)
	assert.True(t, personal(local+"@contoso.com", "", gap+strings.ToUpper(local)+gap), "the letters are the same")
	assert.False(t, personal(local+"@contoso.com", "", gap+local+gap+"x"), "one more")
	assert.False(t, personal(local+"@contoso.com", "", gap), "none")
	assert.True(t, personal("ada@contoso.com", gap+"Ada", ""))
}
