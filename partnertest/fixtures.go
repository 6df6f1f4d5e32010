package partnertest

import (
	"fmt"
	"time"

	"github.com/cspkit/partner"
)

// CustomerTenantID is the tenant on which [Incident] happens: a customer's, over which the partners of [Impact] hold rights.
const CustomerTenantID = "00000000-0000-4000-8000-00000000c057"

// Person returns a valid security contact that is a person. It is already
// normalised. Its Check gives two pieces of advice and no error:
// [partner.CodeEmailReservedDomain] and [partner.CodeEmailPersonalMailbox].
func Person() partner.SecurityContact {
	return partner.SecurityContact{
		FirstName: "Alex", MiddleName: "Q", LastName: "Placeholder",
		Email: "alex.placeholder@contoso.example", Phone: "+14255550100",
	}
}

// Group returns a valid security contact that is a group. It is already
// normalised. Its Check gives one piece of advice and no error:
// [partner.CodeEmailReservedDomain].
func Group() partner.SecurityContact {
	return partner.NewGroupContact("Contoso SOC", "soc@contoso.example", "+14255550101;ext=24")
}

// Profile returns a legal profile of a partner of the type t, with every field
// set and [Group] as its security contact. Each of the three types has a tenant
// of its own. Profiles are values: change what you get.
//
// Its Check finds no error if t is one of the three types. The advice
// [partner.CodeEmailReservedDomain] is all that it finds. A host that wants an
// invalid profile gives another type.
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
		Country: "US", Region: "Pacific Northwest", City: "Redmond", State: "WA", AddressLine1: line, AddressLine2: "Suite 100",
		PostalCode: "98052", FirstName: firstName, MiddleName: "J", LastName: "Specimen", Phone: phone,
	}
}

// Incident returns a valid incident of the kind on [CustomerTenantID], detected on 15 January 2026 at 09:30 UTC and to be
// answered within a day. Its ID is "INC-" and the kind. Its texts are those of one of the three kinds that have a constant, or
// fit any other.
func Incident(kind partner.IncidentKind) partner.Incident {
	detected := time.Date(2026, time.January, 15, 9, 30, 0, 0, time.UTC)
	incident := partner.Incident{
		ID:         "INC-" + string(kind),
		TenantID:   CustomerTenantID,
		Kind:       kind,
		Severity:   partner.IncidentHigh,
		DetectedAt: detected,
		RespondBy:  detected.Add(24 * time.Hour),
		Reference:  "https://contoso.example/incidents/" + string(kind),
	}
	switch kind {
	case partner.Spam:
		incident.Title = "Spam is sent from a mailbox of the tenant"
		incident.Summary = "One mailbox sent 40,000 messages within an hour.\nIts owner did not write them."
		incident.Actions = []string{"Block sign-in for the mailbox", "Remove the forwarding rules that were added"}
	case partner.AzureFraud:
		incident.Title = "Virtual machines mine cryptocurrency"
		incident.Summary = "Two hundred machines were started in three regions that the customer does not use."
		incident.Actions = []string{"Stop the machines", "Review who may create resources", "Set a budget with an alert"}
	case partner.CredentialCompromise:
		incident.Title = "Sign-ins with a stolen password"
		incident.Summary = "An account with delegated rights signed in from two countries within ten minutes."
		incident.Actions = []string{"Block sign-in for the account", "Revoke its sessions", "Review what it changed"}
	default:
		incident.Title = "Something happened on the tenant"
		incident.Summary = "This incident is made up, for tests."
		incident.Actions = []string{"Find out what happened", "Write it down"}
	}
	return incident
}

// Impact returns the nth partner with rights over a customer's tenant such as [CustomerTenantID]. Any n will do; each from 0 to
// 2⁴⁸-1 has a tenant and addresses of its own. The rights take turns, so that seven in a row hold every set of them. The
// security contact, which is valid, is in turn a group and a person; one admin agent enrolled, or two; there is one Global
// admin.
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

// Impacts returns Impact(0) to Impact(n-1). It panics if n is negative.
func Impacts(n int) []partner.Impact {
	impacts := make([]partner.Impact, n)
	for i := range impacts {
		impacts[i] = Impact(i)
	}
	return impacts
}

// Notification returns what [Group] is told about the topic: of [partner.TopicIncident] and [partner.TopicDrill] with the
// incident of a stolen password, of the others without an incident. The ID is always the same.
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
	}
	return n
}

// tenantID returns a UUID that nobody could take for a real one.
func tenantID(n uint64) string { return fmt.Sprintf("00000000-0000-4000-8000-%012x", n) }
