package store

import (
	"context"
	"fmt"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// Seed stores the companies, customers and people of the demonstration if the
// database holds no partner. Otherwise it changes nothing. The people who sign
// in are host.DemoPeople. All of it is made up.
func (db *DB) Seed(ctx context.Context) error {
	err := db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
		known, err := list(ctx, tx, text, `SELECT tenant_id FROM partners LIMIT 1`)
		if err != nil || len(known) > 0 {
			return err
		}
		var partners []partnerRow
		for _, p := range demoPartners() {
			partners = append(partners, newPartnerRow(p.profile, p.staff))
		}
		if _, err := insertPartners(ctx, tx, partners); err != nil {
			return err
		}
		for _, c := range demoCustomers() {
			if err := saveCustomer(ctx, tx, c); err != nil {
				return err
			}
		}
		return nil
	})
	return wrap(err, "seed")
}

// The partners of the demonstration beside those with people who sign in.
const (
	northwindTenantID = "a0174214-d000-4000-8000-000000000004"
	litwareTenantID   = "117a4a4e-0000-4000-8000-000000000005"
	wingtipTenantID   = "71297170-0000-4000-8000-000000000006"
)

// consumerMailbox is nobody's: the provider allows no underscore in the names
// of its mailboxes.
const consumerMailbox = "fabrikam_security@gmail.com"

type demoPartner struct {
	profile partner.LegalProfile
	staff   []host.Staff
}

// demoPartners show what the pages are for: a good contact, one with advice,
// one that is a person, and none at all.
func demoPartners() []demoPartner {
	contoso := company(host.ContosoTenantID, partner.DirectBillPartner, "Contoso", "contoso.com")
	contoso.CompanyApproverAddress = contoso.Address
	contoso.CompanyApproverAddress.FirstName = "Sam"
	contoso.CompanyApproverEmail = "sam.specimen@contoso.com"
	contoso.SecurityContact = partner.NewGroupContact("Contoso Security Operations", "soc@contoso.com",
		"+14255550100;ext=24")

	fabrikam := company(host.FabrikamTenantID, partner.IndirectProvider, "Fabrikam", "fabrikam.com")
	fabrikam.Address.City, fabrikam.Address.State, fabrikam.Address.PostalCode = "Portland", "OR", "97205"
	fabrikam.SecurityContact = partner.SecurityContact{
		FirstName: "Fay", LastName: "Placeholder", Email: consumerMailbox, Phone: "+15035550142",
	}

	tailspin := company(host.TailspinTenantID, partner.IndirectReseller, "Tailspin Toys", "tailspintoys.com")

	northwind := company(northwindTenantID, partner.DirectBillPartner, "Northwind Traders", "northwindtraders.com")
	northwind.SecurityContact = partner.NewGroupContact("Northwind CERT", "cert@northwindtraders.com", "+14255550104")

	litware := company(litwareTenantID, partner.IndirectReseller, "Litware", "litwareinc.com")
	litware.SecurityContact = partner.SecurityContact{
		FirstName: "Lee", MiddleName: "Q", LastName: "Specimen", Email: "lee.specimen@litwareinc.com", Phone: "+14255550105",
	}

	wingtip := company(wingtipTenantID, partner.IndirectReseller, "Wingtip Toys", "wingtiptoys.com")
	wingtip.SecurityContact = partner.NewGroupContact("Wingtip on call", "no-reply@wingtiptoys.com", "+14255550106")

	return []demoPartner{
		{contoso, []host.Staff{
			admin(contoso.TenantID, "Gita Global", "gita.global@contoso.com"),
			agent(contoso.TenantID, 1, "Contoso Azure Agents", "azure-agents@contoso.com"),
			agent(contoso.TenantID, 2, "Contoso Night Shift", "night-shift@contoso.com"),
		}},
		{fabrikam, []host.Staff{
			admin(fabrikam.TenantID, "Fay Fabrikam", "fay.fabrikam@fabrikam.com"),
			agent(fabrikam.TenantID, 1, "Fabrikam Azure Agents", "azure-agents@fabrikam.com"),
		}},
		{tailspin, []host.Staff{admin(tailspin.TenantID, "Toni Specimen", "toni.specimen@tailspintoys.com")}},
		{northwind, []host.Staff{
			agent(northwind.TenantID, 1, "Northwind Azure Agents", "azure-agents@northwindtraders.com"),
		}},
		{litware, []host.Staff{admin(litware.TenantID, "Lee Specimen", "lee.specimen@litwareinc.com")}},
		{wingtip, nil},
	}
}

// demoCustomers have partners with every kind of right, and with none.
func demoCustomers() []host.Customer {
	id := func(n int) string { return fmt.Sprintf("c0570000-0000-4000-8000-%012x", n) }
	return []host.Customer{
		{TenantID: id(1), Name: "Adventure Works", Partners: []host.CustomerPartner{
			{PartnerTenantID: host.ContosoTenantID, Rights: partner.Reseller | partner.GranularAdmin},
			{PartnerTenantID: host.FabrikamTenantID, Rights: partner.Reseller},
			{PartnerTenantID: host.TailspinTenantID, Rights: partner.GranularAdmin},
			{PartnerTenantID: litwareTenantID},
		}},
		{TenantID: id(2), Name: "Alpine Ski House", Partners: []host.CustomerPartner{
			{PartnerTenantID: host.FabrikamTenantID, Rights: partner.Reseller},
			{PartnerTenantID: litwareTenantID, Rights: partner.DelegatedAdmin},
			{PartnerTenantID: northwindTenantID, Rights: partner.Reseller | partner.DelegatedAdmin},
		}},
		{TenantID: id(3), Name: "Proseware", Partners: []host.CustomerPartner{
			{PartnerTenantID: host.ContosoTenantID, Rights: partner.Reseller},
			{PartnerTenantID: wingtipTenantID, Rights: partner.Reseller | partner.GranularAdmin},
		}},
		{TenantID: id(4), Name: "Woodgrove Bank"},
	}
}

// company is a complete and valid profile without a security contact.
func company(tenantID string, kind partner.PartnerType, name, domain string) partner.LegalProfile {
	return partner.LegalProfile{
		TenantID: tenantID, PartnerType: kind,
		LegalBusiness: partner.LegalBusiness{
			CompanyName: name,
			Address: partner.Address{
				Country: "US", City: "Redmond", State: "WA", AddressLine1: "1 Example Way", PostalCode: "98052",
				FirstName: "Robin", LastName: "Specimen", Phone: "4255550102",
			},
			VettingStatus: "authorized", VettingSubStatus: "none",
		},
		PrimaryContact: partner.PrimaryContact{
			FirstName: "Robin", LastName: "Specimen", Email: "robin.specimen@" + domain, Phone: "4255550103",
		},
	}
}

func admin(tenantID, name, email string) host.Staff {
	r := partner.Recipient{Name: name, Email: email}
	return host.Staff{TenantID: tenantID, ID: staffID(tenantID, 0), Recipient: r, GlobalAdmin: true}
}

func agent(tenantID string, n int, name, email string) host.Staff {
	r := partner.Recipient{Name: name, Email: email}
	return host.Staff{TenantID: tenantID, ID: staffID(tenantID, n), Recipient: r, Enrolled: true}
}

func staffID(tenantID string, n int) string { return fmt.Sprintf("%s/%d", tenantID, n) }
