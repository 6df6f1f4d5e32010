package columns_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/cspkit/partner/examples/internal/columns"
)

func TestReadRoster(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		header []string
		about  columns.About
		want   []string
		export string
		why    string
	}{
		{
			name:   "Customers.csv of Partner Center",
			header: []string{"Microsoft ID", "Company name", "Primary domain name", "Relationship", "Tags"},
			want:   []string{"customerTenantId", "customerName", "nothing", "rights", "nothing"},
			export: "Partner Center (customers)",
			why:    "its company is the customer",
		},
		{
			name:   "a list of partners",
			header: []string{"Tenant ID", "Company name", "Country", "First name", "Last name", "E-mail", "Phone"},
			want:   []string{"partnerTenantId", "company", "country", "firstName", "lastName", "email", "phoneNumber"},
			why:    "the tenant is the partner's unless something says otherwise",
		},
		{
			name: "our own names",
			header: []string{"tenantId", "partnerType", "companyName", "address.country", "primaryContact.email",
				"securityContact.phoneNumber"},
			want: []string{"partnerTenantId", "partnerType", "company", "country", "primaryContactEmail", "phoneNumber"},
			why:  "a legal profile as JSON is read too",
		},
		{
			name:   "relationships",
			header: []string{"Partner tenant ID", "Customer tenant ID", "Customer", "Reseller rights", "GDAP"},
			want:   []string{"partnerTenantId", "customerTenantId", "customerName", "resellerRights", "adminRights"},
			why:    "each side has its own word",
		},
		{
			name:   "a partner and the bare tenant of its customer",
			header: []string{"Reseller tenant ID", "Tenant ID", "Reseller", "Customer name"},
			want:   []string{"partnerTenantId", "customerTenantId", "company", "customerName"},
			why:    "the partner's tenant stands there already",
		},
		{
			name:   "contracts of Graph",
			header: []string{"customerId", "displayName", "defaultDomainName"},
			want:   []string{"customerTenantId", "customerName", "nothing"},
			why:    "nobody but a customer is in it",
		},
		{
			name:   "a bare list of customers",
			header: []string{"Tenant ID", "Name"},
			about:  columns.Customers,
			want:   []string{"customerTenantId", "customerName"},
			why:    "whoever sends it says that they are customers",
		},
		{
			name:   "a name beside a company",
			header: []string{"Tenant ID", "Company", "Name", "Email"},
			want:   []string{"partnerTenantId", "company", "fullName", "email"},
			why:    "the company has a name, so the other one is the contact's",
		},
		{
			name: "a report of Salesforce",
			header: []string{"Account Name", "Azure Tenant ID", "Account Owner", "Billing Street", "Billing City",
				"Billing State/Province", "Billing Zip/Postal Code", "Billing Country", "First Name", "Last Name", "Phone"},
			want: []string{"company", "partnerTenantId", "", "addressLine1", "city", "state", "postalCode", "country",
				"firstName", "lastName", "phoneNumber"},
			export: "Salesforce (report)",
			why:    "the company's address is the account's; without its country, phone numbers are wrong",
		},
		{
			name:   "other names in Salesforce",
			header: []string{"Directory (tenant) ID", "BillingState", "Billing Zip", "BillingPostalCode", "BillingCountryCode"},
			want:   []string{"partnerTenantId", "state", "postalCode", "postalCode", "country"},
			why:    "its programs for data write the names of fields",
		},
		{
			name: "HubSpot",
			header: []string{"Company name", "Microsoft tenant ID", "Street Address", "City", "State/Region", "Postal Code",
				"Country/Region"},
			want: []string{"company", "partnerTenantId", "addressLine1", "city", "state", "postalCode", "country"},
			why:  "as it exports companies",
		},
		{
			name: "Dynamics 365",
			header: []string{"Account Name", "Entra tenant ID", "Address 1: Street 1", "Address 1: City",
				"Address 1: State/Province", "Address 1: ZIP/Postal Code", "Address 1: Country/Region"},
			want: []string{"company", "partnerTenantId", "addressLine1", "city", "state", "postalCode", "country"},
			why:  "as it exports accounts",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := columns.ReadRoster(test.header, test.about)
			var got []string
			for _, c := range m.Columns {
				got = append(got, c.Field.String())
			}
			assert.Equal(t, test.want, got, test.why)
			assert.Equal(t, test.export, m.Export)
		})
	}
	m := columns.ReadRoster([]string{"Directory ID", "Mailing Country", "Billing Country"}, columns.Partners)
	assert.Equal(t, 2, m.Of(columns.Country)[0].Index, "a contact may live elsewhere")
	m = columns.Read([]string{"Azure Tenant ID", "Billing Country", "Billing Street"})
	assert.Len(t, m.Unknown(), 3, "contactlint knows no word of a roster")
	for _, f := range columns.Fields() {
		assert.Less(t, f, columns.Tenant, "a contact has no field of a roster: contactlint stays as it is")
	}
}
