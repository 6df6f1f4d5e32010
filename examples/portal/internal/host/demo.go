package host

import "github.com/cspkit/partner"

// The tenants of the demonstration that its people belong to. All of it is made
// up.
const (
	ContosoTenantID  = "c0150500-0000-4000-8000-000000000001" // direct-bill partner; a group is its security contact
	FabrikamTenantID = "fab21ca0-0000-4000-8000-000000000002" // indirect provider; its contact uses a consumer's mailbox
	TailspinTenantID = "7a115910-0000-4000-8000-000000000003" // indirect reseller without a security contact
	ProviderTenantID = "0be2a702-0000-4000-8000-000000000009" // the provider's own, which raises incidents
)

// DemoPeople are the parts that can be played without an identity provider, in
// the order in which they are offered. The IDs of the actors are stable and no
// two are the same. The channel is left open: it is that of the request at
// hand.
func DemoPeople() []Person {
	person := func(id, tenantID, name string, role partner.Role) Person {
		return Person{Actor: partner.Actor{ID: id, TenantID: tenantID, Roles: []partner.Role{role}}, Name: name}
	}
	operator := person("0be2a702-0000-4000-8000-0000000000a5", ProviderTenantID, "Olu Operator",
		partner.SecurityAdministrator)
	operator.Operator = true
	return []Person{
		person("c0150500-0000-4000-8000-0000000000a1", ContosoTenantID, "Gita Global", partner.GlobalAdmin),
		person("c0150500-0000-4000-8000-0000000000a2", ContosoTenantID, "Bo Billing", partner.BillingAdmin),
		person("c0150500-0000-4000-8000-0000000000a3", ContosoTenantID, "Uma User", partner.DefaultUser),
		person("fab21ca0-0000-4000-8000-0000000000a4", FabrikamTenantID, "Fay Fabrikam", partner.GlobalAdmin),
		person("7a115910-0000-4000-8000-0000000000a6", TailspinTenantID, "Tai Tailspin", partner.GlobalAdmin),
		operator,
	}
}
