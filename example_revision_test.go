package partner_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/cspkit/partner"
)

// A host has a stored profile and a form. One call says whether the person may
// make the change, whether it is right, and what it leads to.
func ExampleRevise() {
	stored := partner.LegalProfile{
		TenantID:    "3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10",
		PartnerType: partner.IndirectReseller,
		LegalBusiness: partner.LegalBusiness{
			CompanyName: "Contoso",
			Address:     partner.Address{Country: "US", City: "Redmond", AddressLine1: "1 Main Street"},
		},
		SecurityContact: partner.NewGroupContact("Contoso SOC", "soc@contoso.com", "+14255550100"),
	}
	by := partner.Actor{
		ID: "object-id-of-the-user", TenantID: stored.TenantID,
		Roles: []partner.Role{partner.GlobalAdmin}, Channel: partner.Portal,
	}
	revise := func(by partner.Actor, proposed partner.LegalProfile) {
		revision, err := partner.Revise(context.Background(), partner.DefaultPolicy(), by, stored, proposed)
		switch {
		case errors.Is(err, partner.ErrUnchanged):
			fmt.Println("nothing to store")
		case err != nil:
			fmt.Println(err)
		default:
			for _, change := range revision.Changes() {
				fmt.Printf("%s: %q instead of %q\n", change.Field, change.After, change.Before)
			}
			fmt.Println("account verification:", revision.Verification)
		}
	}

	proposed := stored
	proposed.SecurityContact.Phone = "+1 (425) 555-0100"
	revise(by, proposed) // the same number

	proposed.SecurityContact.Phone = "+1 (425) 555-0109"
	revise(by, proposed)

	proposed.CompanyName = ""
	proposed.TenantID = "b7d9e1f0-2c34-4a5b-8d6e-7f8091a2b3c4"
	revise(by, proposed) // everything that is wrong, at once

	by.Channel = partner.API
	revise(by, proposed) // not a word about what is wrong
	// Output:
	// nothing to store
	// /securityContact/phoneNumber: "+14255550109" instead of "+14255550100"
	// account verification: notRequired
	// partner: invalid: /tenantId: This profile belongs to another tenant, and cannot be moved (tenant.immutable); /companyName: This field is required (field.missing)
	// partner: denied: update_security_contact: not through this channel
}

// Once the revision is stored, the contacts are told, so that nobody can be
// taken off the list without hearing of it.
func ExampleRevision_Notices() {
	stored := partner.LegalProfile{
		TenantID: "3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10", PartnerType: partner.DirectBillPartner,
		LegalBusiness:   partner.LegalBusiness{CompanyName: "Contoso"},
		SecurityContact: partner.NewGroupContact("Contoso SOC", "soc@contoso.com", "+14255550100"),
	}
	by := partner.Actor{
		ID: "object-id-of-the-user", TenantID: stored.TenantID,
		Roles: []partner.Role{partner.GlobalAdmin}, Channel: partner.Portal,
	}
	tell := func(proposed partner.LegalProfile, revisionID string) {
		revision, err := partner.Revise(context.Background(), partner.DefaultPolicy(), by, stored, proposed)
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, notice := range revision.Notices(revisionID) {
			fmt.Println(notice.Topic, "to", notice.Recipient.Email) // mail notice.Message(), with notice.ID as its key
		}
	}

	proposed := stored
	proposed.SecurityContact.Phone = "+14255550109"
	tell(proposed, "revision-1")
	proposed.SecurityContact.Email = "csirt@contoso.com"
	tell(proposed, "revision-2")
	// Output:
	// contact_updated to soc@contoso.com
	// contact_replaced to soc@contoso.com
	// contact_appointed to csirt@contoso.com
}

// Several sections may be refused at once.
func ExampleDenials() {
	stored := partner.LegalProfile{
		TenantID: "3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10", PartnerType: partner.DirectBillPartner,
	}
	by := partner.Actor{
		ID: "object-id-of-the-user", TenantID: stored.TenantID,
		Roles: []partner.Role{partner.BillingAdmin}, Channel: partner.Portal,
	}
	proposed := stored
	proposed.CompanyName = "Contoso"
	proposed.SecurityContact.Email = "soc@contoso.com"

	_, err := partner.Revise(context.Background(), partner.DefaultPolicy(), by, stored, proposed)
	for _, denied := range partner.Denials(err) {
		fmt.Println(denied.Request.Action, denied.Reason)
	}
	// Output:
	// update_legal_business role
	// update_security_contact role
}
