package columns

import (
	"slices"
	"strings"
)

// About says what the rows of a roster are about where its header does not. The
// zero value is Partners.
type About int

// What a roster is about.
const (
	Partners  About = iota // "Tenant ID" and "Name" are a partner's
	Customers              // they are a customer's
)

// ReadRoster is [Read] for a list of partners, of customers, or of both with
// the rights that a partner holds over a customer. It takes over what these
// words mean alone, in this order:
//
//	word                      is               where
//	Tenant ID, Microsoft ID   the customer's   the list is Partner Center's of
//	                                           customers, or about customers, or
//	                                           has a column for the partner's
//	                          the partner's    anywhere else
//	Company, Name,            the customer's   a customer's tenant stands there
//	Display name                               and no partner's, or the partner's
//	                                           name has a column of its own
//	                          the partner's    no other column is
//	                          a contact's      anywhere else: "Name"
func ReadRoster(header []string, about About) Mapping {
	m := Mapping{Columns: make([]Column, len(header))}
	keys := make([]string, len(header))
	for i, cell := range header {
		keys[i] = key(cell)
		m.Columns[i] = Column{Index: i, Header: cell, Label: -1}
		w, ok := rosterByKey[keys[i]]
		if !ok {
			w, ok = find(cell)
		}
		if ok {
			m.Columns[i].Field, m.Columns[i].Kind, m.Columns[i].Source = w.field, w.kind, w.source
		}
	}
	m.Export = recognise(header)
	if isCustomerList(keys) {
		m.Export, about = partnerCenterCustomers, Customers
	}
	has := func(f Field) bool { return len(m.Of(f)) > 0 }
	turn := func(from, to Field, only func(key string) bool) {
		if has(to) {
			return
		}
		for i := range m.Columns {
			if c := &m.Columns[i]; c.Field == from && (only == nil || only(keys[i])) {
				c.Field = to
				return
			}
		}
	}
	if about == Customers || has(PartnerTenant) {
		turn(Tenant, CustomerTenant, nil)
	}
	turn(Tenant, PartnerTenant, nil)
	whole := func(k string) bool { return k == "displayname" || k == "name" || k == "namn" || k == "naam" }
	if has(CustomerTenant) && (about == Customers || !has(PartnerTenant)) {
		turn(Company, CustomerName, nil)
		turn(FullName, CustomerName, whole)
	}
	if has(PartnerTenant) {
		turn(FullName, Company, whole)
	}
	return m.besideFirst()
}

// partnerCenterCustomers is the name of Partner Center's export of customers.
const partnerCenterCustomers = "Partner Center (customers)"

// isCustomerList reports whether the header is that of Customers.csv, which
// Partner Center exports. Its "Company name" is the customer's.
func isCustomerList(keys []string) bool {
	found := 0
	for _, mark := range []string{"microsoftid", "companyname", "primarydomainname", "relationship", "tags"} {
		if slices.Contains(keys, mark) {
			found++
		}
	}
	return found >= 3 && slices.Contains(keys, "microsoftid")
}

// rosterByKey finds the words of a roster by key.
var rosterByKey = func() map[string]word {
	all := map[string]word{}
	for _, w := range rosterWords {
		for text := range strings.SplitSeq(w.text, "|") {
			all[key(text)] = word{text, w.field, w.kind, w.source}
		}
	}
	return all
}()

const (
	partnerCenter = "https://learn.microsoft.com/partner-center/customers/see-your-customer-list"
	graphContract = "https://learn.microsoft.com/graph/api/resources/contract"
	partnerAPI    = "https://learn.microsoft.com/partner-center/developer/customer-resources"

	salesforceAccount = "https://developer.salesforce.com/docs/" +
		"atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_account.htm"
	dynamicsAccount = "https://learn.microsoft.com/power-apps/developer/data-platform/reference/entities/account"
)

// rosterWords are the words that a list of partners has beside those of a
// contact. Between words that mean the same stands a bar.
var rosterWords = [...]word{
	{"Microsoft ID", Tenant, Main, partnerCenter},
	{"Company name|Company", Company, Main, partnerCenter},
	{"Primary domain name|Primary domain|Domain|Default domain name|DefaultDomainName|Domains", Nothing, Main,
		partnerCenter},
	{"Tags|Tag", Nothing, Main, partnerCenter},
	{"Relationship|Relationship to partner|RelationshipToPartner|Relationship type", Rights, Main, partnerCenter},
	{"CustomerId", CustomerTenant, Main, graphContract},
	{"Tenant ID|Tenant|Entra tenant|Entra tenant ID|Azure AD tenant ID|Directory ID|Organization ID|Organisation ID|" +
		"Azure tenant ID|Azure tenant|Microsoft tenant ID|Microsoft tenant|Microsoft Entra tenant ID|Entra ID tenant " +
		"ID|Microsoft 365 tenant ID|M365 tenant ID|Office 365 tenant ID|O365 tenant ID|AAD tenant ID|Azure AD tenant|" +
		"Azure Active Directory tenant ID|Azure directory ID|Entra directory ID|Microsoft directory ID|Tenant GUID",
		Tenant, Main, byHand},
	{"Directory (tenant) ID", Tenant, Main, seen}, // as the Azure portal has it
	{"Mandanten-ID|Mandant|ID de inquilino|ID du locataire|ID tenant|Tenant-ID", Tenant, Main, translated},

	{"Partner tenant ID|partnerTenantId|Partner tenant|Partner ID|Reseller tenant ID|Reseller tenant|Reseller ID|" +
		"Indirect reseller tenant ID|Partner Microsoft ID|Reseller Microsoft ID|MSPP tenant ID|CSP tenant " +
		"ID|associatedPartnerId",
		PartnerTenant, Main, partnerAPI},
	{"Partner name|Partner|Reseller|Reseller name|Partner company|Partner company name|Reseller company|Legal name|" +
		"Indirect reseller|Firma|Firmenname|Unternehmen|Partnername|Name des Partners|Legal business name|Account name",
		Company, Main, byHand},
	{"partnerType|Partner type|Type|Program role|CSP type|Tier", PartnerType, Main, own},

	{"Customer tenant ID|customerTenantId|Customer tenant|Customer ID|Customer Microsoft ID|End customer tenant ID|" +
		"End customer ID|Client tenant ID|Kunden-Mandanten-ID", CustomerTenant, Main, partnerAPI},
	{"Customer name|customerName|Customer|Customer company|Customer company name|End customer|End customer name|" +
		"Client name|Client|Kunde|Kundenname", CustomerName, Main, byHand},
	{"Rights|Permissions|Access|Roles", Rights, Main, byHand},
	{"Reseller rights|Reseller relationship|Is reseller|Has reseller relationship", ResellerRights, Main, byHand},
	{"Admin rights|Administrative rights|Admin relationship|Administrative relationship|Delegated admin|" +
		"Delegated admin privileges|Admin privileges|DAP|GDAP|allowDelegatedAccess", AdminRights, Main, partnerAPI},

	{"Language|Preferred language|Locale|Sprache|Langue|Idioma|Lingua|Taal|Culture", Language, Main, byHand},
	{"addressCountry|Address country|Company country|Partner country|Country code|ISO country", Country, Main, own},
	{"addressLine1|addressAddressLine1|Address line 1|Address 1|Street|Street address|Address|Straße|Adresse",
		Street, Main, own},
	{"city|addressCity|Town|Ort|Stadt|Ville|Ciudad", City, Main, own},
	{"state|addressState|State or province|Province|Bundesland|Region|State/Region", State, Main, own},
	{"postalCode|addressPostalCode|Postal code|ZIP|ZIP code|Postcode|PLZ", PostalCode, Main, own},

	// The company's address is the billing address of its account in Salesforce and
	// Zoho. A contact's mailing address comes after it.
	{"Billing country|Billing country code|Billing country (text only)", Country, Main, salesforceAccount},
	{"Billing street|Billing address line 1", Street, Main, salesforceAccount},
	{"Billing city", City, Main, salesforceAccount},
	{"Billing state|Billing state/province|Billing state code|Billing state/province (text only)",
		State, Main, salesforceAccount},
	{"Billing ZIP|Billing ZIP/postal code|Billing postal code|Billing ZIP code", PostalCode, Main, salesforceAccount},
	{"Billing code", PostalCode, Main, seen}, // of Zoho
	{"Mailing country", Country, Other, salesforce},

	{"Address 1: Street 1", Street, Main, dynamicsAccount},
	{"Address 1: City", City, Main, dynamicsAccount},
	{"Address 1: State/Province", State, Main, dynamicsAccount},
	{"Address 1: ZIP/Postal Code", PostalCode, Main, dynamicsAccount},

	{"primaryContactFirstName|Primary contact first name", PrimaryFirstName, Main, own},
	{"primaryContactLastName|Primary contact last name", PrimaryLastName, Main, own},
	{"primaryContactEmail|Primary contact e-mail|Primary contact mail|Primary contact email address",
		PrimaryEmail, Main, own},
	{"primaryContactPhoneNumber|Primary contact phone|Primary contact phone number|primaryContactPhone",
		PrimaryPhone, Main, own},

	{"Security contact|securityContactName|Security contact full name", FullName, Main, own},
	{"Security e-mail|Security contact address|Security mail|SOC e-mail", Email, Main, byHand},
	{"Security phone|Security contact number|24x7 phone|24/7 phone|SOC phone", Phone, Main, byHand},

	{"Global admin name|Admin name|Global admin", AdminName, Main, byHand},
	{"Global admin email|Admin email|Global admin address|Admin e-mail address", AdminEmail, Main, byHand},
	{"Admin agent name|Agent name|Admin agent", AgentName, Main, byHand},
	{"Admin agent email|Agent email|Fraud notification email|Azure fraud email", AgentEmail, Main, byHand},
}
