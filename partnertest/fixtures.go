package partnertest

import (
	"fmt"
	"slices"
	"time"

	"github.com/cspkit/partner"
)

// CustomerTenantID is the tenant on which [Incident] happens. It is a
// customer's, and the partners of [Impact] hold rights over it.
const CustomerTenantID = "00000000-0000-4000-8000-00000000c057"

// fixtureTime is when everything is detected.
var fixtureTime = time.Date(2026, time.January, 15, 9, 30, 0, 0, time.UTC)

// customerName is what people call the customer.
const customerName = "Adventure Works"

// Person returns a valid security contact that is a person. It is normalised.
// Its Check finds no error, and advises on the mailbox, which is one person's,
// and on the domain, which is reserved: [partner.CodeEmailPersonalMailbox] and
// [partner.CodeEmailReservedDomain].
func Person() partner.SecurityContact {
	return partner.SecurityContact{
		FirstName: "Alex", MiddleName: "Q", LastName: "Placeholder",
		Email: "alex.placeholder@contoso.example", Phone: "+14255550100",
	}
}

// Group returns a valid security contact that is a group. It is normalised. Its
// Check finds no error, and advises on the domain, which is reserved:
// [partner.CodeEmailReservedDomain].
func Group() partner.SecurityContact {
	return partner.NewGroupContact("Contoso SOC", "soc@contoso.example", "+14255550101;ext=24")
}

// Profile returns a legal profile of a partner of the type t. Every field is
// set, and its security contact is [Group]. Each of the three types has a
// tenant of its own.
//
// Its Check finds no error if t is one of the three types, and advises on the
// reserved domain. Any other t makes an invalid profile. Profiles are values:
// change what you get.
func Profile(t partner.PartnerType) partner.LegalProfile {
	return partner.LegalProfile{
		TenantID:    tenantID(profileTenants[t]),
		PartnerType: t,
		LegalBusiness: partner.LegalBusiness{
			CompanyName:            "Contoso",
			Address:                address("1 Example Way", "Robin", "4255550102"),
			CompanyApproverAddress: address("2 Example Way", "Sam", "4255550103"),
			CompanyApproverEmail:   "sam.specimen@contoso.example",
			VettingStatus:          "authorized",
			VettingSubStatus:       "none",
		},
		PrimaryContact: partner.PrimaryContact{
			FirstName: "Robin", MiddleName: "J", LastName: "Specimen",
			Email: "robin.specimen@contoso.example", Phone: "4255550104",
		},
		SecurityContact: Group(),
	}
}

// profileTenants lie outside the tenants of Impact.
var profileTenants = map[partner.PartnerType]uint64{
	partner.DirectBillPartner: 0xd1_0000_0001,
	partner.IndirectProvider:  0xd1_0000_0002,
	partner.IndirectReseller:  0xd1_0000_0003,
}

func address(line, firstName, phone string) partner.Address {
	return partner.Address{
		Country: "US", Region: "Pacific Northwest", City: "Redmond", State: "WA", PostalCode: "98052",
		AddressLine1: line, AddressLine2: "Suite 100",
		FirstName: firstName, MiddleName: "J", LastName: "Specimen", Phone: phone,
	}
}

// Incident returns a valid incident of the kind, which is still going on.
//   - It happened on [CustomerTenantID], whose name is "Adventure Works".
//   - It was detected on 15 January 2026 at 09:30 UTC, and must be answered
//     within a day.
//   - Its ID is "INC-" and the kind.
//   - Its texts fit the kind if partner has a constant for it, or for a kind
//     above it. Otherwise they fit any kind.
func Incident(kind partner.IncidentKind) partner.Incident {
	incident := partner.Incident{
		ID:         "INC-" + string(kind),
		TenantID:   CustomerTenantID,
		TenantName: customerName,
		Kind:       kind,
		Severity:   partner.IncidentHigh,
		DetectedAt: fixtureTime,
		RespondBy:  fixtureTime.Add(24 * time.Hour),
		Reference:  "https://contoso.example/incidents/" + string(kind),
	}
	texts := incidentTexts[len(incidentTexts)-1]
	for _, row := range incidentTexts {
		if kind.Is(row.kind) {
			texts = row
			break
		}
	}
	incident.Title, incident.Summary, incident.Actions = texts.title, texts.summary, slices.Clone(texts.actions)
	return incident
}

// Resolved returns [Incident] when it is over: its all-clear. It has the same
// ID, the version 1 and no actions.
func Resolved(kind partner.IncidentKind) partner.Incident {
	return resolved(Incident(kind))
}

func resolved(incident partner.Incident) partner.Incident {
	incident.Status, incident.Version, incident.Actions = partner.IncidentResolved, 1, nil
	return incident
}

// incidentTexts has a row for each kind. The last one is for all others.
var incidentTexts = [...]struct {
	kind           partner.IncidentKind
	title, summary string
	actions        []string
}{
	{
		partner.Spam,
		"Spam is sent from a mailbox of the tenant",
		"One mailbox sent 40,000 messages within an hour.\nIts owner did not write them.",
		[]string{"Block sign-in for the mailbox", "Remove the forwarding rules that were added"},
	},
	{
		partner.AzureFraud,
		"Virtual machines mine cryptocurrency",
		"Two hundred machines were started in three regions that the customer does not use.",
		[]string{"Stop the machines", "Review who may create resources", "Set a budget with an alert"},
	},
	{
		partner.CredentialCompromise,
		"Sign-ins with a stolen password",
		"An account with delegated rights signed in from two countries within ten minutes.",
		[]string{"Block sign-in for the account", "Revoke its sessions", "Review what it changed"},
	},
	{
		partner.Phishing,
		"A false sign-in page was mailed to the staff",
		"Forty people got the message. Three of them followed its link.",
		[]string{"Block the page", "Reset the passwords of the three", "Delete the message from every mailbox"},
	},
	{
		partner.Malware,
		"A device runs ransomware",
		"The files on one laptop were encrypted at night.",
		[]string{"Take the device off the network", "Reset the passwords that were typed on it"},
	},
	{
		partner.UnauthorizedAccess,
		"A stranger signed in as an administrator",
		"The account was made last week, and nobody knows who made it.",
		[]string{"Block sign-in for the account", "Review the roles that it gave away"},
	},
	{
		partner.DataExposure,
		"A storage container is open to everybody",
		"It holds invoices, and was read from outside.",
		[]string{"Close the container", "Find out what was read"},
	},
	{
		"",
		"Something happened on the tenant",
		"This incident is made up, for tests.",
		[]string{"Find out what happened", "Write it down"},
	},
}

// Impact returns the nth partner with rights over a customer's tenant such as
// [CustomerTenantID]. Any n will do. Each n from 0 to 2⁴⁸-1 has a tenant and
// addresses of its own. What they hold takes turns:
//
//	rights            every set that is not empty, seven in a row
//	security contact  a group, a person; both are valid
//	admin agents      one, two
//	Global admins     one
//
// It has no subscribers, so that each partner has one recipient of all that is
// no Azure fraud. [Subscribers] are some.
func Impact(n int) partner.Impact {
	id := uint64(n) & (1<<48 - 1)
	domain := fmt.Sprintf("reseller-%d.example", id)
	phone := func(offset uint64) string { return fmt.Sprintf("+1425555%04d", 100+(id+offset)%100) }
	impact := partner.Impact{
		PartnerTenantID: tenantID(id),
		CompanyName:     fmt.Sprintf("Reseller %d", id),
		Rights:          partner.Rights(id%7) + 1,
		AdminAgents:     []partner.Recipient{{Name: "Azure Agents", Email: "azure-agents@" + domain, Phone: phone(1)}},
		GlobalAdmins:    []partner.Recipient{{Name: "Kim Specimen", Email: "admin@" + domain, Phone: phone(2)}},
	}
	if id%2 == 0 {
		impact.SecurityContact = partner.NewGroupContact(fmt.Sprintf("Reseller %d SOC", id), "soc@"+domain, phone(0))
		return impact
	}
	impact.SecurityContact = partner.SecurityContact{
		FirstName: "Alex", MiddleName: "Q", LastName: "Placeholder", Email: "security@" + domain, Phone: phone(0),
	}
	night := partner.Recipient{Name: "Night Shift", Email: "night@" + domain, Phone: phone(3)}
	impact.AdminAgents = append(impact.AdminAgents, night)
	return impact
}

// Subscribers returns what the nth partner of [Impact] may have registered
// beside its contact: a webhook, a phone and a mailbox.
func Subscribers(n int) []partner.Recipient {
	id := uint64(n) & (1<<48 - 1)
	domain := fmt.Sprintf("reseller-%d.example", id)
	return []partner.Recipient{
		{Name: "Ticket system", Medium: partner.MediumWebhook, URL: "https://tickets." + domain + "/incidents"},
		{Name: "On-call phone", Medium: partner.MediumPhone, Phone: fmt.Sprintf("+1425555%04d", 100+(id+4)%100)},
		{Name: "Mailing list", Email: "incidents@" + domain},
	}
}

// Impacts returns Impact(0) to Impact(n-1). It panics if n is negative.
func Impacts(n int) []partner.Impact {
	impacts := make([]partner.Impact, n)
	for i := range impacts {
		impacts[i] = Impact(i)
	}
	return impacts
}

// Notification returns what is told about the topic, by mail. The ID is always
// the same.
//
//	topic              recipient         incident
//	incident, drill    [Group]           that of a stolen password
//	contact_lapsed     a Global admin    none
//	all others         [Group]           none
//
// It has no Answer. A host sets one when it renders; [Answer] is one.
func Notification(topic partner.Topic) partner.Notification {
	contact := Group()
	n := partner.Notification{
		ID:              "0000000000000000000000000000000000000001",
		Topic:           topic,
		PartnerTenantID: tenantID(profileTenants[partner.DirectBillPartner]),
		CompanyName:     "Contoso",
		Recipient: partner.Recipient{
			Audience: partner.ToSecurityContact, Name: contact.DisplayName(), Email: contact.Email, Phone: contact.Phone,
		},
	}
	switch topic {
	case partner.TopicIncident, partner.TopicDrill:
		n.Rights = partner.Reseller | partner.GranularAdmin
		n.Incident = Incident(partner.CredentialCompromise)
		n.Incident.Drill = topic == partner.TopicDrill
	case partner.TopicContactLapsed:
		n.Recipient = partner.Recipient{
			Audience: partner.ToGlobalAdmin, Name: "Kim Specimen", Email: "admin@contoso.example", Phone: "+14255550105",
		}
	}
	return n
}

// Answer returns a page on which nobody can answer, and a code.
func Answer() partner.Answer {
	return partner.Answer{URL: "https://contoso.example/answer", Code: "7KQ4-M2XD"}
}

// tenantID returns a UUID that nobody could take for a real one.
func tenantID(n uint64) string { return fmt.Sprintf("00000000-0000-4000-8000-%012x", n) }
