package proof

import (
	"strings"
	"time"

	"pgregory.net/rapid"

	"github.com/cspkit/partner"
)

// Half of the values are what people type, good and bad. The others are random.
// There are few of each kind, so that two draws are often equal.

func oneOf(values ...string) *rapid.Generator[string] {
	return rapid.OneOf(rapid.SampledFrom(values), rapid.SampledFrom(values), rapid.SampledFrom(values), rapid.String())
}

var (
	names = oneOf("Robin", "robin", " Robin ", "Sam\u200d", "Rivera", "O'Brien", "李", "Contoso SOC", "contoso  soc",
		"José", "Jose\u0301", "",
		"<b>", "\x00", "-", strings.Repeat("n", 129))
	addresses = oneOf("soc@contoso.com", " soc@CONTOSO.com ", "SOC@contoso.com", "robin.rivera@contoso.com",
		"no-reply@contoso.com",
		"robin@gmail.com", "soc@b\u00fccher.example", "soc@xn--bcher-kva.example", "soc", "a@b@c.example",
		"soc@[192.0.2.1]", "")
	phones = oneOf("+14255550100", "+1 (425) 555-0100", "(425) 555-0100", "14255550100", "020 7946 0958",
		"+44 20 7946 0958 ext. 7",
		"+49 30 901820", "0049 30 901820", "112", "911", "+1911", "+999 123456", "+1 900 555 0100", "425/555-0100",
		"x12", "")
	regions = rapid.SampledFrom([]string{"", "US", "gb", "DE", "IT", "AR", "ZZ"})
	texts   = oneOf("Contoso", "contoso ", "1 Harbor Way", "WA", "98004", "US", "us", "DE", "XX", "",
		strings.Repeat("t", 201))
	tenants = rapid.SampledFrom([]string{
		"3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10", "3F1C7A52-9B1E-4C55-8F0A-6D2B7E4C9A10",
		"5e0b6c1d-7a34-4f29-b8c7-90d1e2f3a4b5", "", "contoso",
	})
)

func contacts() *rapid.Generator[partner.SecurityContact] {
	return rapid.Custom(func(t *rapid.T) partner.SecurityContact {
		return partner.SecurityContact{
			FirstName: names.Draw(t, "first"), MiddleName: names.Draw(t, "middle"), LastName: names.Draw(t, "last"),
			Email: addresses.Draw(t, "email"), Phone: phones.Draw(t, "phone"),
		}
	})
}

func addressOf(t *rapid.T) partner.Address {
	return partner.Address{
		Country: texts.Draw(t, "country"), Region: texts.Draw(t, "region"), City: texts.Draw(t, "city"),
		State:        texts.Draw(t, "state"),
		AddressLine1: texts.Draw(t, "line1"), AddressLine2: texts.Draw(t, "line2"),
		PostalCode: texts.Draw(t, "postal code"),
		FirstName:  names.Draw(t, "first"), MiddleName: names.Draw(t, "middle"), LastName: names.Draw(t, "last"),
		Phone: phones.Draw(t, "phone"),
	}
}

func profiles() *rapid.Generator[partner.LegalProfile] {
	return rapid.Custom(func(t *rapid.T) partner.LegalProfile {
		p := partner.LegalProfile{
			TenantID: tenants.Draw(t, "tenant"),
			PartnerType: rapid.SampledFrom([]partner.PartnerType{
				partner.DirectBillPartner, partner.IndirectProvider, partner.IndirectReseller, "advisor",
			}).Draw(t, "type"),
			PrimaryContact:  partner.PrimaryContact(contacts().Draw(t, "primary")),
			SecurityContact: contacts().Draw(t, "security"),
		}
		p.CompanyName = texts.Draw(t, "company")
		p.Address = addressOf(t)
		if rapid.Bool().Draw(t, "approver") {
			p.CompanyApproverAddress, p.CompanyApproverEmail = addressOf(t), addresses.Draw(t, "approver's email")
		}
		p.VettingStatus = rapid.SampledFrom([]string{"", "authorized", "rejected"}).Draw(t, "vetting")
		return p
	})
}

// goodProfile is valid, so that a few changes to it often are.
func goodProfile() partner.LegalProfile {
	p := partner.LegalProfile{
		TenantID: "3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10", PartnerType: partner.IndirectProvider,
		PrimaryContact: partner.PrimaryContact{
			FirstName: "Alex", LastName: "Newcomer", Email: "alex@contoso.com", Phone: "4255550100",
		},
		SecurityContact: partner.NewGroupContact("Contoso SOC", "soc@contoso.com", "+14255550100"),
	}
	p.CompanyName = "Contoso"
	p.Address = partner.Address{Country: "US", City: "Bellevue", AddressLine1: "1 Harbor Way"}
	return p
}

// changed returns p with some of its sections drawn anew, half of the time from
// what is good.
func changed(t *rapid.T, p partner.LegalProfile) partner.LegalProfile {
	other := profiles().Draw(t, "other")
	if rapid.Bool().Draw(t, "good values") {
		other = goodProfile()
		other.CompanyName, other.Address.City, other.PrimaryContact.FirstName = "Fabrikam", "Redmond", "Chris"
		other.SecurityContact.Email = rapid.SampledFrom([]string{
			"soc@contoso.com", "SOC@contoso.com", "csirt@contoso.com", "csirt@fabrikam.com",
		}).Draw(t, "new address")
		other.SecurityContact.Phone = rapid.SampledFrom([]string{"+14255550100", "+14255550142"}).Draw(t, "new phone")
	}
	if rapid.Bool().Draw(t, "change the company") {
		p.CompanyName = other.CompanyName
	}
	if rapid.Bool().Draw(t, "change the address") {
		p.Address.City, p.Address.State = other.Address.City, other.Address.State
	}
	if rapid.Bool().Draw(t, "change the primary contact") {
		p.PrimaryContact.FirstName, p.PrimaryContact.Email = other.PrimaryContact.FirstName, other.PrimaryContact.Email
	}
	if rapid.Bool().Draw(t, "change the security contact") {
		p.SecurityContact.Email, p.SecurityContact.Phone = other.SecurityContact.Email, other.SecurityContact.Phone
	}
	p.VettingStatus = other.VettingStatus
	return p
}

// actors are of the tenant, more often than not.
func actors(tenant string) *rapid.Generator[partner.Actor] {
	roles := rapid.SliceOfN(rapid.SampledFrom([]partner.Role{
		partner.GlobalAdmin, partner.GlobalAdmin, partner.BillingAdmin, partner.GlobalReader, "Global_Admin",
	}), 0, 2)
	return rapid.Custom(func(t *rapid.T) partner.Actor {
		return partner.Actor{
			ID: rapid.SampledFrom([]string{"object-id", "object-id", ""}).Draw(t, "id"),
			TenantID: rapid.OneOf(rapid.Just(tenant), rapid.Just(tenant), rapid.Just(tenant), tenants).Draw(t,
				"actor's tenant"),
			Roles: roles.Draw(t, "roles"),
			Channel: rapid.SampledFrom([]partner.Channel{partner.Portal, partner.Portal, partner.API, "cli"}).Draw(t,
				"channel"),
		}
	})
}

// recipients are of any medium, and many of them have no usable address.
func recipients() *rapid.Generator[[]partner.Recipient] {
	urls := oneOf("https://contoso.com/1", "https://contoso.com/2", "http://contoso.com/", "https://u@contoso.com/", "")
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) partner.Recipient {
		return partner.Recipient{
			Audience: rapid.SampledFrom([]partner.Audience{"", partner.ToGlobalAdmin, "friends"}).Draw(t, "audience"),
			Name:     names.Draw(t, "name"), Email: addresses.Draw(t, "email"), Phone: phones.Draw(t, "phone"),
			URL: urls.Draw(t, "url"),
			Medium: rapid.SampledFrom([]partner.Medium{
				partner.MediumMail, partner.MediumMail, partner.MediumPhone, partner.MediumWebhook, "pigeon",
			}).Draw(t, "medium"),
		}
	}), 0, 4)
}

func incidents() *rapid.Generator[partner.Incident] {
	line := oneOf("Sign-ins with a stolen password", "Zurücksetzen", " ", "a\r\nBcc: b", "=?utf-8?q?x?=")
	return rapid.Custom(func(t *rapid.T) partner.Incident {
		at := func(label string) time.Time {
			if rapid.Bool().Draw(t, label+" is zero") {
				return time.Time{}
			}
			zone := time.FixedZone("", 60*rapid.IntRange(-14*60, 14*60).Draw(t, label+" zone"))
			return time.Unix(rapid.Int64Range(0, 4e9).Draw(t, label),
				rapid.Int64Range(0, 1e9-1).Draw(t, label+" ns")).In(zone)
		}
		return partner.Incident{
			ID: oneOf("INC-1", "INC-2").Draw(t, "id"), TenantID: tenants.Draw(t, "tenant"),
			Kind: partner.IncidentKind(oneOf("spam", "azure_fraud", "azure_fraud.crypto_mining",
				"credential_compromise").Draw(t, "kind")),
			Severity: rapid.SampledFrom([]partner.IncidentSeverity{
				partner.IncidentLow, partner.IncidentHigh, "catastrophic",
			}).Draw(t, "severity"),
			Title: line.Draw(t, "title"), Summary: line.Draw(t, "summary"),
			TenantName: oneOf("", "Adventure Works").Draw(t, "tenant name"),
			Status: rapid.SampledFrom([]partner.IncidentStatus{"", "", partner.IncidentResolved,
				"closed"}).Draw(t, "status"),
			Version:    rapid.IntRange(-1, 3).Draw(t, "version"),
			Actions:    rapid.SliceOfN(line, 0, 3).Draw(t, "actions"),
			DetectedAt: at("detected"), RespondBy: at("respond by"),
			Reference: oneOf("", "https://example.com/1", "http://example.com").Draw(t, "reference"),
			Drill:     rapid.Bool().Draw(t, "drill"),
		}
	})
}
