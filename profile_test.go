package partner_test

import (
	"encoding/json"
	"log/slog"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
)

const fabrikamTenant = "8c0f2b7e-54d1-4a63-9e27-d1b6a3c5f908"

// fabrikam is good in every section, so that each test spoils it in one place.
func fabrikam() partner.LegalProfile {
	return partner.LegalProfile{
		TenantID:    fabrikamTenant,
		PartnerType: partner.DirectBillPartner,
		LegalBusiness: partner.LegalBusiness{
			CompanyName: "Fabrikam Printing",
			Address: partner.Address{
				Country: "US", City: "Spokane", State: "WA", AddressLine1: "40 Mill Lane", PostalCode: "99201",
				FirstName: "Noor", LastName: "Halvorsen", Phone: "5095550112",
			},
			CompanyApproverAddress: partner.Address{
				Country: "US", City: "Tacoma", State: "WA", AddressLine1: "7 Harbor Road", PostalCode: "98402",
			},
			CompanyApproverEmail: "legal@fabrikam.com",
			VettingStatus:        "authorized",
			VettingSubStatus:     "none",
		},
		PrimaryContact: partner.PrimaryContact{
			FirstName: "Noor", LastName: "Halvorsen", Email: "noor@fabrikam.com", Phone: "5095550112",
		},
		SecurityContact: partner.NewGroupContact("Fabrikam SOC", "soc@fabrikam.com", "+15095550100"),
	}
}

// readProfile reads a sample in Partner Center's form.
func readProfile(t *testing.T, name string) partner.LegalProfile {
	t.Helper()
	data, err := os.ReadFile("testdata/profile/" + name)
	require.NoError(t, err)
	var p partner.LegalProfile
	require.NoError(t, json.Unmarshal(data, &p))
	return p
}

func TestProfileDecodesWhatPartnerCenterPublishes(t *testing.T) {
	t.Parallel()
	t.Run("as GET returns it", func(t *testing.T) {
		t.Parallel()
		want := fabrikam()
		want.TenantID, want.PartnerType, want.SecurityContact = "", "", partner.SecurityContact{}
		assert.Equal(t, want, readProfile(t, "get.json"),
			"the resource lacks three fields; profileType, links and attributes are none of ours")
	})
	t.Run("as PUT takes it", func(t *testing.T) {
		t.Parallel()
		want := partner.LegalProfile{
			LegalBusiness: partner.LegalBusiness{
				CompanyName: "Contoso Übersetzungen GmbH",
				Address: partner.Address{
					Country: "DE", City: "Köln", AddressLine1: "Am Hafen 3", PostalCode: "50667",
					FirstName: "Käthe", LastName: "Brandt", Phone: "+49 30 23125 555",
				},
				VettingStatus:    "Pending",
				VettingSubStatus: "EmailOwnership",
			},
			PrimaryContact: partner.PrimaryContact{
				FirstName: "Käthe", LastName: "Brandt", Email: "kaethe.brandt@contoso.com", Phone: "030 23125 555",
			},
		}
		assert.Equal(t, want, readProfile(t, "put.json"), "PascalCase, and null is empty")
	})
	for _, name := range []string{"get.json", "put.json"} {
		t.Run("rules, "+name, func(t *testing.T) {
			t.Parallel()
			p := readProfile(t, name)
			assert.Equal(t, []string{
				"/tenantId tenant.syntax", "/partnerType partner_type.unknown", "/securityContact contact.missing",
			}, found(p.Check()), "what Partner Center accepts is wrong only where its resource says nothing")

			p.TenantID, p.PartnerType, p.SecurityContact = fabrikamTenant, partner.IndirectReseller, fabrikam().SecurityContact
			assert.Empty(t, p.Check(), "the three fields that the host adds make it complete")
		})
	}
}

func TestProfileJSONForm(t *testing.T) {
	t.Parallel()
	encode := func(p partner.LegalProfile) map[string]any {
		data, err := json.Marshal(p)
		require.NoError(t, err)
		var members map[string]any
		require.NoError(t, json.Unmarshal(data, &members))
		return members
	}
	at := func(members map[string]any, pointer string) any {
		var value any = members
		for name := range strings.SplitSeq(pointer[1:], "/") {
			value = value.(map[string]any)[name]
		}
		return value
	}

	var full partner.LegalProfile
	for _, l := range allLeaves(t) {
		l.of(&full).SetString(l.pointer)
	}
	members := encode(full)
	for _, l := range allLeaves(t) {
		assert.Equal(t, l.pointer, at(members, l.pointer), "a pointer leads to its leaf")
	}
	data, err := json.Marshal(full)
	require.NoError(t, err)
	var again partner.LegalProfile
	require.NoError(t, json.Unmarshal(data, &again))
	assert.Equal(t, full, again)

	assert.Equal(t, map[string]any{
		"tenantId": "", "partnerType": "", "companyName": "",
		"address":        map[string]any{"country": "", "city": "", "addressLine1": ""},
		"primaryContact": map[string]any{"firstName": "", "lastName": "", "email": "", "phoneNumber": ""},
	}, encode(partner.LegalProfile{}), "what is optional is left out where it is not set")
	assert.Equal(t, map[string]any{"firstName": "", "lastName": "", "email": "soc@fabrikam.com", "phoneNumber": ""},
		encode(partner.LegalProfile{SecurityContact: partner.SecurityContact{Email: "soc@fabrikam.com"}})["securityContact"],
		"only the middle name of a contact is optional")
}

func TestProfileJSONErrorsNameThePlace(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, text, place, why string }{
		{"number for text", `{"address":{"city":5}}`, "address.city", "a city is text"},
		{"text for an object", `{"primaryContact":"hunter2"}`, "primaryContact", "a contact is an object"},
		{"list for text", `{"SecurityContact":{"PhoneNumber":["hunter2"]}}`, "phoneNumber", "one number, not a list"},
		{"list for a profile", `[{"companyName":"hunter2"}]`, "LegalProfile", "one profile, not a list"},
		{"cut short", `{"companyName":"hunter2`, "unexpected end", "the rest is missing"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var p partner.LegalProfile
			err := json.Unmarshal([]byte(tt.text), &p)
			require.ErrorContains(t, err, tt.place, tt.why)
			assert.NotContains(t, err.Error(), "hunter2", "errors hold no values")
		})
	}
}

func TestRequiresSecurityContact(t *testing.T) {
	t.Parallel()
	for typ, want := range map[partner.PartnerType]bool{
		"direct_bill_partner": true, "indirect_provider": true, "indirect_reseller": true,
		"": false, "distributor": false, "Indirect_Reseller": false, "indirect reseller": false,
	} {
		assert.Equal(t, want, typ.RequiresSecurityContact(), "%q", typ)
		p := fabrikam()
		p.PartnerType, p.SecurityContact = typ, partner.SecurityContact{}
		assert.True(t, p.Check().Has(partner.CodeContactMissing), "%q: an unknown type counts as one that requires a contact",
			typ)
	}
}

func TestProfileCheck(t *testing.T) {
	t.Parallel()
	x := strings.Repeat("ä", 300) // two octets each: limits are in code points
	type profile = *partner.LegalProfile
	tests := []struct {
		name string
		edit func(p profile)
		want []string
		why  string
	}{
		{"good", func(profile) {}, nil, "nothing is wrong"},
		{"indirect provider", func(p profile) { p.PartnerType = partner.IndirectProvider }, nil, "one of three types"},
		{"tenant in capitals", func(p profile) { p.TenantID = strings.ToUpper(p.TenantID) }, nil, "UUIDs have no case"},
		{"no tenant", func(p profile) { p.TenantID = "" }, []string{"/tenantId tenant.syntax"}, "whose profile is it"},
		{
			"tenant by domain", func(p profile) { p.TenantID = "fabrikam.com" }, []string{"/tenantId tenant.syntax"},
			"a UUID is asked for",
		},
		{
			"type by its new name", func(p profile) { p.PartnerType = "distributor" },
			[]string{"/partnerType partner_type.unknown"}, "none of three types",
		},

		{
			"no company", func(p profile) { p.CompanyName = "" }, []string{"/companyName field.missing"},
			"a field of the profile, not a person's name",
		},
		{
			"blank company", func(p profile) { p.CompanyName = "  " }, []string{"/companyName field.missing"},
			"blanks are no text",
		},
		{"company of 200", func(p profile) { p.CompanyName = x[:400] }, nil, "the limit"},
		{
			"company of 201", func(p profile) { p.CompanyName = x[:402] }, []string{"/companyName name.too_long"},
			"over the limit",
		},
		{
			"company with markup", func(p profile) { p.CompanyName = "<b>" }, []string{"/companyName name.character"},
			"the rule for names",
		},
		{
			"company of signs", func(p profile) { p.CompanyName = "..." }, []string{"/companyName name.no_letter"},
			"the rule for names",
		},

		{
			"no address", func(p profile) { p.Address = partner.Address{}; p.PrimaryContact.Phone = "+15095550112" },
			[]string{"/address/country field.missing", "/address/city field.missing", "/address/addressLine1 field.missing"},
			"three texts are required, state and postal code are not: many countries have none",
		},
		{
			"blank address",
			func(p profile) {
				p.Address.Country, p.Address.City, p.Address.AddressLine1, p.Address.Phone = "", " ", "\u200b", "  "
			},
			[]string{"/address/country field.missing", "/address/city field.missing", "/address/addressLine1 field.missing"},
			"blanks are no text and no number",
		},
		{
			"no country", func(p profile) { p.Address.Country = "" }, []string{"/address/country field.missing"},
			"the national numbers of the address and of the primary contact may be right",
		},
		{"country in small letters", func(p profile) { p.Address.Country = " us" }, nil, "formatting is never an error"},
		{"first small letter", func(p profile) { p.CompanyApproverAddress.Country = "aZ" }, nil, "Azerbaijan"},
		{"last small letter", func(p profile) { p.CompanyApproverAddress.Country = "Az" }, nil, "Azerbaijan"},
		{
			"no such country", func(p profile) { p.Address.Country = "ZZ" }, []string{"/address/country country.unknown"},
			"likewise: one fault, one finding",
		},
		{
			"no such approver's country",
			func(p profile) { p.CompanyApproverAddress.Country, p.CompanyApproverAddress.Phone = "ZZ", "2535550112" },
			[]string{"/companyApproverAddress/country country.unknown"}, "each address by its own country",
		},
		{
			"no country, but a numbering plan", func(p profile) { p.Address.Country = "AC" },
			[]string{"/address/country country.unknown"},
			"Ascension is no country of ISO 3166-1: what is wrong is the code, whatever is dialled there",
		},
		{
			"country without a numbering plan",
			func(p profile) { p.Address.Country = "AQ" },
			[]string{"/address/phoneNumber phone.country_code", "/primaryContact/phoneNumber phone.country_code"},
			"Antarctica is a country: it is the numbers that lack something",
		},
		{
			"numbers where there is no such country",
			func(p profile) {
				p.Address.Country, p.Address.Phone, p.PrimaryContact.Phone = "ZZ", "+1509555011", "ask"
			},
			[]string{
				"/address/country country.unknown", "/address/phoneNumber phone.impossible",
				"/primaryContact/phoneNumber phone.syntax",
			},
			"what needs no country is judged as ever",
		},
		{
			"no number where there is no such country", func(p profile) { p.Address.Country, p.PrimaryContact.Phone = "ZZ", "" },
			[]string{"/address/country country.unknown", "/primaryContact/phoneNumber phone.missing"}, "likewise",
		},
		{
			"country by its name", func(p profile) { p.CompanyApproverAddress.Country = "United States" },
			[]string{"/companyApproverAddress/country country.unknown"}, "a code of two letters",
		},
		{
			"country with a long s", func(p profile) { p.CompanyApproverAddress.Country = "ſe" },
			[]string{"/companyApproverAddress/country country.unknown"},
			`its upper case would be "SE": look-alikes are not folded`,
		},
		{
			"texts at their limits", func(p profile) {
				p.Address.Region, p.Address.City, p.Address.State = x[:200], x[:200], x[:200]
				p.Address.AddressLine1, p.Address.AddressLine2, p.Address.PostalCode = x[:400], x[:400], x[:40]
				p.Address.FirstName, p.Address.MiddleName, p.Address.LastName = x[:100], x[:100], x[:100]
			}, nil, "code points, not octets",
		},
		{
			"texts over their limits", func(p profile) {
				p.Address.Region, p.Address.City, p.Address.State = x[:202], x[:202], x[:202]
				p.Address.AddressLine1, p.Address.AddressLine2, p.Address.PostalCode = x[:402], x[:402], x[:42]
				p.Address.FirstName, p.Address.MiddleName, p.Address.LastName = x[:102], x[:102], x[:102]
			}, []string{
				"/address/region field.too_long", "/address/city field.too_long", "/address/state field.too_long",
				"/address/addressLine1 field.too_long", "/address/addressLine2 field.too_long",
				"/address/postalCode field.too_long", "/address/firstName field.too_long", "/address/middleName field.too_long",
				"/address/lastName field.too_long",
			}, "each has one of its own",
		},
		{
			"spaces do not count", func(p profile) { p.Address.PostalCode = "  " + x[:40] + "  " }, nil,
			"the normalised text has 20",
		},
		{
			"texts of more than one line", func(p profile) {
				p.Address.Region, p.Address.City, p.Address.State = "\r", "\n", "W\u2028A"
				p.Address.AddressLine1, p.Address.AddressLine2, p.Address.PostalCode = "40 Mill Lane\r\nBcc: x", "\x00", "992\t01"
				p.Address.FirstName, p.Address.MiddleName, p.Address.LastName = "\x1b[31mNoor", "\u202eM", "Halvorsen\xff"
			}, []string{
				"/address/region field.character", "/address/city field.character", "/address/state field.character",
				"/address/addressLine1 field.character", "/address/addressLine2 field.character",
				"/address/postalCode field.character", "/address/firstName field.character",
				"/address/middleName field.character", "/address/lastName field.character",
			}, "line breaks, controls, bidi controls and what is no UTF-8 go into no address",
		},
		{
			"approver's texts", func(p profile) {
				p.CompanyApproverAddress.City, p.CompanyApproverAddress.LastName = "Ta\vcoma", "\u0085"
			},
			[]string{"/companyApproverAddress/city field.character", "/companyApproverAddress/lastName field.character"},
			"likewise",
		},
		{
			"every fault of a text", func(p profile) { p.Address.PostalCode = x[:40] + "\x7f" },
			[]string{"/address/postalCode field.too_long", "/address/postalCode field.character"},
			"all at once, in the order of the codes",
		},
		{
			"damaged text", func(p profile) { p.Address.City, p.Address.FirstName = "K\ufffdln", "\ufffd" },
			[]string{"/address/city field.character", "/address/firstName field.character"},
			"encoding/json writes U+FFFD for a lone surrogate: what was typed is lost",
		},
		{
			"a line that ends", func(p profile) { p.Address.City = "Spokane\n" }, []string{"/address/city field.character"},
			"it is not trimmed",
		},
		{
			"any text of one line", func(p profile) {
				p.Address.City, p.Address.AddressLine1, p.Address.LastName = "Šķibe 東京", "1/2 \"A\" & <b>://=?", "<b>"
				p.Address.State = "-"
			}, nil, "Partner Center fills it in: nobody knows what a place may be called",
		},

		{"address phone abroad", func(p profile) { p.Address.Phone = "+49 30 23125 555" }, nil, "E.164 of any country"},
		{"no address phone", func(p profile) { p.Address.Phone = "" }, nil, "it is optional"},
		{
			"blank address phone", func(p profile) { p.Address.Phone = "\u00a0 " }, nil,
			"blanks are no number, and it is optional",
		},
		{
			"address phone too short", func(p profile) { p.Address.Phone = "509555011" },
			[]string{"/address/phoneNumber phone.impossible"}, "no number of the US",
		},
		{
			"address phone in words", func(p profile) { p.Address.Phone = "ask" }, []string{"/address/phoneNumber phone.syntax"},
			"no number",
		},
		{
			"phone of another country", func(p profile) { p.Address.Country = "DK"; p.PrimaryContact.Phone = "+4532123456" },
			[]string{"/address/phoneNumber phone.impossible"}, "Denmark's numbers have eight digits",
		},
		{
			"premium address phone", func(p profile) { p.Address.Phone = "9002345678" }, nil,
			"advice is for the security contact",
		},

		{
			"no approver", func(p profile) { p.CompanyApproverAddress, p.CompanyApproverEmail = partner.Address{}, "" }, nil,
			"optional",
		},
		{
			"blank approver", func(p profile) {
				p.CompanyApproverAddress, p.CompanyApproverEmail = partner.Address{City: "\u00a0", LastName: " ", Phone: " "}, "  "
			}, nil, "optional, and blanks are nothing",
		},
		{
			"approver with a city only", func(p profile) { p.CompanyApproverAddress = partner.Address{City: "Tacoma"} },
			[]string{"/companyApproverAddress/country field.missing", "/companyApproverAddress/addressLine1 field.missing"},
			"an address that is set is set completely",
		},
		{
			"approver's numbers", func(p profile) {
				p.CompanyApproverAddress.Phone, p.CompanyApproverAddress.PostalCode = "911", x[:42]
				p.CompanyApproverEmail = "legal@fabrikam"
			}, []string{
				"/companyApproverAddress/postalCode field.too_long", "/companyApproverAddress/phoneNumber phone.impossible",
				"/companyApproverEmail email.domain",
			}, "the same rules at its own place",
		},
		{
			"approver's mailbox", func(p profile) { p.CompanyApproverEmail = "noreply@gmail.com" }, nil,
			"advice is for the security contact",
		},

		{
			"no primary contact", func(p profile) { p.PrimaryContact = partner.PrimaryContact{} },
			[]string{
				"/primaryContact/firstName name.missing", "/primaryContact/lastName name.missing",
				"/primaryContact/email email.missing",
				"/primaryContact/phoneNumber phone.missing",
			}, "a profile has one; only the middle name is optional",
		},
		{
			"blank primary phone", func(p profile) { p.PrimaryContact.Phone = " " },
			[]string{"/primaryContact/phoneNumber phone.missing"}, "here it is required",
		},
		{
			"odd primary contact",
			func(p profile) {
				p.PrimaryContact = partner.PrimaryContact{
					FirstName: "<", MiddleName: ">", LastName: x[:258], Email: "x", Phone: "911",
				}
			},
			[]string{
				"/primaryContact/firstName name.character", "/primaryContact/firstName name.no_letter",
				"/primaryContact/middleName name.character", "/primaryContact/middleName name.no_letter",
				"/primaryContact/lastName name.too_long", "/primaryContact/email email.syntax",
				"/primaryContact/phoneNumber phone.impossible",
			}, "every fault of every field",
		},
		{
			"primary contact's own mailbox", func(p profile) { p.PrimaryContact.Email = "noor@fabrikam.com" }, nil,
			"the primary contact is a person",
		},
		{
			"advice on the primary contact", func(p profile) {
				p.PrimaryContact.Email, p.PrimaryContact.Phone = "noor.noreply@gmail.com", "9002345678"
			},
			[]string{"/primaryContact/email email.unattended", "/primaryContact/email email.consumer_provider"},
			"Microsoft asks for a monitored work account; its number is advised of nothing",
		},

		{
			"no security contact", func(p profile) { p.SecurityContact = partner.SecurityContact{} },
			[]string{"/securityContact contact.missing"}, "and nothing else there",
		},
		{
			"blank security contact", func(p profile) {
				p.SecurityContact = partner.SecurityContact{FirstName: " ", Email: " ", Phone: "\u3000"}
			},
			[]string{"/securityContact contact.missing"}, "blanks are no contact",
		},
		{
			"security contact without a phone", func(p profile) { p.SecurityContact.Phone = "" },
			[]string{"/securityContact/phoneNumber phone.missing"}, "one is set, so each field is asked for",
		},
		{
			"national security phone", func(p profile) { p.SecurityContact.Phone = "5095550100" },
			[]string{"/securityContact/phoneNumber phone.country_code"},
			"Microsoft calls from abroad, whatever the address says",
		},
		{
			"same mailbox", func(p profile) { p.SecurityContact.Email = "Noor@FABRIKAM.com " },
			[]string{"/securityContact contact.same_as_primary"}, "one mailbox in two spellings: the group's own is better",
		},
		{
			"same person", func(p profile) {
				p.SecurityContact = partner.SecurityContact(p.PrimaryContact)
				p.SecurityContact.Phone = "+15095550112"
			},
			[]string{"/securityContact contact.same_as_primary", "/securityContact/email email.personal_mailbox"},
			"both are said",
		},
		{
			"same nothing", func(p profile) { p.PrimaryContact.Email, p.SecurityContact.Email = " ", "" },
			[]string{"/primaryContact/email email.missing", "/securityContact/email email.missing"},
			"no mailbox is not the same mailbox",
		},
		{
			"invisible characters", func(p profile) {
				// They are dropped from names and texts.
				p.Address.City = "Spo\u200bkane"
				p.SecurityContact.LastName = "Fabrikam\u200b SOC"
				// They are an error in numbers and addresses.
				p.Address.Phone = "509\u200b5550112"
				p.CompanyApproverAddress.Phone = "509\u200b5550112"
				p.CompanyApproverEmail = "a\u200b@fabrikam.com"
				p.PrimaryContact.Email = "b\u200b@fabrikam.com"
				p.PrimaryContact.Phone = "509\u200b5550112"
				p.SecurityContact.Email = "c\u200b@fabrikam.com"
				p.SecurityContact.Phone = "+1509\u200b5550100"
			},
			[]string{
				"/address/phoneNumber phone.syntax", "/companyApproverAddress/phoneNumber phone.syntax",
				"/companyApproverEmail email.non_ascii_local", "/primaryContact/email email.non_ascii_local",
				"/primaryContact/phoneNumber phone.syntax", "/securityContact/email email.non_ascii_local",
				"/securityContact/phoneNumber phone.syntax",
			}, "what a name may hold is not taken out of an address or a number",
		},
		{
			"advice", func(p profile) {
				p.SecurityContact.Email, p.SecurityContact.Phone = "no-reply@gmail.com", "+19002345678"
			},
			[]string{
				"/securityContact/email email.unattended", "/securityContact/email email.consumer_provider",
				"/securityContact/phoneNumber phone.premium_rate",
			}, "usable, but",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := fabrikam()
			tt.edit(&p)
			before := p
			fs := p.Check()
			assert.Equal(t, tt.want, found(fs), tt.why)
			assert.Equal(t, fs.Err(), p.Validate(), "Validate is what Check finds, without the advice")
			assert.Equal(t, before, p, "Check changes nothing")
		})
	}
}

// The path of a finding is a place in the JSON form. A form marks its input by
// it, and a program looks there.
func TestProfileFindingsComeInFieldOrder(t *testing.T) {
	t.Parallel()
	const bad = "<\x00"
	var p partner.LegalProfile
	for _, l := range allLeaves(t) {
		l.of(&p).SetString(strings.Repeat(bad, 110))
	}
	order := map[string]int{}
	for i, l := range allLeaves(t) {
		order[l.pointer] = i
	}
	last := -1
	seen := map[string]bool{}
	for _, f := range p.Check() {
		at, ok := order[f.Path]
		require.True(t, ok, "%s is a leaf", f.Path)
		assert.GreaterOrEqual(t, at, last, "%s is out of order", f.Path)
		last = at
		seen[f.Path] = true
	}
	for _, l := range allLeaves(t) {
		unchecked := strings.HasPrefix(l.pointer, "/vetting")
		assert.NotEqual(t, unchecked, seen[l.pointer], "%s: everything is reported at once, but for what Microsoft sets",
			l.pointer)
	}
}

func TestProfileETag(t *testing.T) {
	t.Parallel()
	p := fabrikam()
	tag := p.ETag()
	assert.Regexp(t, `^"[!#-~]{16,}"$`, tag, "RFC 9110: a strong tag has quotes, no W/, and visible ASCII")
	assert.Equal(t, tag, fabrikam().ETag(), "the same profile has the same tag, also in another process")

	tags := map[string]string{tag: "unchanged", partner.LegalProfile{}.ETag(): "zero"}
	for _, l := range allLeaves(t) {
		changed := fabrikam()
		l.of(&changed).SetString("x" + l.of(&changed).String())
		other := changed.ETag()
		assert.Empty(t, tags[other], "a change of %s is seen", l.pointer)
		tags[other] = l.pointer
	}
	moved := fabrikam()
	moved.PrimaryContact.FirstName, moved.PrimaryContact.LastName = "", "NoorHalvorsen"
	assert.Empty(t, tags[moved.ETag()], "text that moves from one field to another is a change")
}

func TestProfileNormalize(t *testing.T) {
	t.Parallel()
	var typed, want partner.LegalProfile
	for _, l := range allLeaves(t) {
		l.of(&typed).SetString(" \u200bx  y\u00a0")
		l.of(&want).SetString("x y")
	}
	for _, number := range []*string{&want.Address.Phone, &want.CompanyApproverAddress.Phone, &want.PrimaryContact.Phone} {
		*number = " \u200bx  y\u00a0" // kept as it is typed, as Partner Center does
	}
	want.TenantID, want.PartnerType = typed.TenantID, typed.PartnerType // no fields: the host's
	want.VettingStatus, want.VettingSubStatus = typed.VettingStatus, typed.VettingSubStatus
	want.Address.Country, want.CompanyApproverAddress.Country = "X Y", "X Y"
	before := typed

	got := typed.Normalize()
	for _, c := range []*string{ // no address and no number: they stay as they were, for Check to report
		&got.CompanyApproverEmail, &got.PrimaryContact.Email, &got.SecurityContact.Email, &got.SecurityContact.Phone,
	} {
		assert.Contains(t, *c, "x  y")
		*c = "x y"
	}
	assert.Equal(t, want, got)
	assert.Equal(t, before, typed, "Normalize changes nothing itself")
	assert.Equal(t, typed.Normalize(), typed.Normalize().Normalize(), "it is idempotent")
}

// CheckSection says of a section what Check says of it.
func TestCheckSectionIsThePartOfCheck(t *testing.T) {
	t.Parallel()
	bad := fabrikam()
	bad.CompanyName, bad.Address.Country, bad.PrimaryContact.Email, bad.SecurityContact.Phone = "<", "ZZ", "x", "911"
	same := fabrikam()
	same.SecurityContact.Email = same.PrimaryContact.Email
	for name, p := range map[string]partner.LegalProfile{
		"good": fabrikam(), "zero": {}, "bad": bad, "same mailbox": same,
		"as it is typed": {SecurityContact: partner.SecurityContact{Email: " "}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			all := p.Check()
			for s := range 256 {
				assert.Equal(t, all.In(partner.Section(s)), p.CheckSection(partner.Section(s)), "section %d", s)
			}
		})
	}
}

func TestCountries(t *testing.T) {
	t.Parallel()
	all := partner.Countries()
	assert.True(t, slices.IsSorted(all))
	assert.Len(t, all, 250, "249 of ISO 3166-1, and Kosovo")
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			p := fabrikam()
			p.CompanyApproverAddress.Country = string([]rune{a, b})
			assert.Equal(t, !slices.Contains(all, p.CompanyApproverAddress.Country), p.Check().Has(partner.CodeCountryUnknown),
				"%s: the list and the rule are one", p.CompanyApproverAddress.Country)
		}
	}
	all[0] = "spoiled"
	assert.Equal(t, "AD", partner.Countries()[0], "the slice is the caller's")
}

func TestPartnerTypes(t *testing.T) {
	t.Parallel()
	assert.Equal(t, []partner.PartnerType{"direct_bill_partner", "indirect_provider", "indirect_reseller"},
		partner.PartnerTypes())
	for _, typ := range append(partner.PartnerTypes(), "", "Direct_Bill_Partner", "vendor") {
		p := fabrikam()
		p.PartnerType = typ
		known := slices.Contains(partner.PartnerTypes(), typ)
		assert.Equal(t, known, typ.RequiresSecurityContact(), "%q", typ)
		assert.Equal(t, !known, p.Check().Has(partner.CodePartnerTypeUnknown), "%q", typ)
	}
}

func TestValueOfNothing(t *testing.T) {
	t.Parallel()
	var p *partner.LegalProfile
	assert.Empty(t, p.Value(partner.FieldCompanyName), "nil is a profile without text")
	full := fabrikam()
	assert.Empty(t, full.Value(0))
	assert.Empty(t, full.Value(255))
}

func TestPrimaryAndSecurityContactConvert(t *testing.T) {
	t.Parallel()
	c := partner.SecurityContact{FirstName: "1", MiddleName: "2", LastName: "3", Email: "4", Phone: "5"}
	assert.Equal(t, partner.PrimaryContact{FirstName: "1", MiddleName: "2", LastName: "3", Email: "4", Phone: "5"},
		partner.PrimaryContact(c))
	assert.Equal(t, c, partner.SecurityContact(partner.PrimaryContact(c)), "and back without loss")
}

func TestProfileLogValue(t *testing.T) {
	t.Parallel()
	group := partner.NewGroupContact("Contoso SOC", "soc@contoso.com", "+14255550100")
	for _, tt := range []struct {
		name  string
		value slog.LogValuer
		want  string
		why   string
	}{
		{"primary", partner.PrimaryContact(group), "[set=true group=true]", "as a security contact"},
		{"no primary", partner.PrimaryContact{}, "[set=false group=false]", "as a security contact"},
		{"address", partner.Address{City: "Tacoma"}, "[set=true]", "where somebody lives is not told"},
		{"no address", partner.Address{}, "[set=false]", "nowhere"},
		{
			"legal business", fabrikam().LegalBusiness,
			"[vettingStatus=authorized vettingSubStatus=none]", "how far Microsoft has come",
		},
		{
			"profile", fabrikam(),
			"[tenantId=" + fabrikamTenant + " partnerType=direct_bill_partner securityContact=[set=true group=true]]",
			"whose it is",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, tt.value.LogValue().String(), tt.why)
		})
	}
}
