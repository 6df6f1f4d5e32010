package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/internal/columns"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// Row is what one row says. What it leaves blank is zero, and leaves what is
// stored as it is. Problems are what is wrong with it by itself; a row with one
// says nothing else. Advice is what was left out of it.
type Row struct {
	Row, Line    int // Row 1 is the first below the header; Line is 0 in JSON
	Name         string
	Partner      *PartnerRow
	Customer     *CustomerRow
	Relationship *RelationshipRow
	Problems     []host.ImportFinding
	Advice       []host.ImportFinding
}

// PartnerRow is a partner.
type PartnerRow struct {
	Profile  partner.LegalProfile // what is blank is not said
	Whole    string               // the contact's names, if they come from one cell
	Admin    partner.Recipient    // a Global admin; without an address there is none
	Agent    partner.Recipient    // an admin agent who enrolled
	Language string
}

// CustomerRow is a customer.
type CustomerRow struct{ TenantID, Name string }

// RelationshipRow is what a partner may do at a customer.
type RelationshipRow struct {
	PartnerID, CustomerID string
	Rights                partner.Rights
	Said                  bool // otherwise the row does not say which rights
}

func brokenRow(n, line int, code, message string) Row {
	r := Row{Row: n, Line: line}
	r.wrong("", code, "", message)
	return r
}

// wrong says what is wrong with the row: value is what the cell says.
func (r *Row) wrong(column, code, value, message string) {
	r.Problems = append(r.Problems, host.ImportFinding{
		Column: column, Code: code, Value: short(value), Message: message, Severity: partner.SeverityError,
	})
	r.Partner, r.Customer, r.Relationship = nil, nil, nil
}

// short is a cell, cut to what stands beside a message.
func short(cell string) string {
	const most = 100
	if text := []rune(cell); len(text) > most {
		return string(text[:most-1]) + "…"
	}
	return cell
}

// plan is where the cells of a row go.
type plan struct {
	of [columns.Nothing + 1][]columns.Column
}

func newPlan(m columns.Mapping) *plan {
	p := &plan{}
	for f := columns.FirstName; f <= columns.Nothing; f++ {
		p.of[f] = m.Of(f)
		if f == columns.AdminRights || f == columns.Rights { // each says something of its own
			p.of[f] = nil
			for _, c := range m.Columns {
				if c.Field == f {
					p.of[f] = append(p.of[f], c)
				}
			}
		}
	}
	return p
}

// header is the header of a field's first column, or "".
func (p *plan) header(f columns.Field) string {
	if len(p.of[f]) == 0 {
		return ""
	}
	return strings.TrimSpace(p.of[f][0].Header)
}

// text is the first cell of a field that holds something. Of a list of
// addresses it is the primary one.
func (p *plan) text(cells []string, f columns.Field) string {
	for _, c := range p.of[f] {
		if c.Index < len(cells) {
			text := clean(cells[c.Index])
			if f == columns.Email {
				if primary, _ := columns.PrimaryAddress(text); primary != "" {
					return primary
				}
			}
			if text != "" && c.Kind != columns.Listed {
				return text
			}
		}
	}
	return ""
}

// clean is a cell without the marks that spreadsheets and exports put around a
// text so that it stays one: ' at its start, ="…".
func clean(cell string) string {
	cell = strings.TrimSpace(cell)
	if len(cell) > 3 && strings.HasPrefix(cell, `="`) && strings.HasSuffix(cell, `"`) {
		cell = cell[2 : len(cell)-1]
	}
	if len(cell) > 1 && cell[0] == '\'' && strings.ContainsRune("=+-@", rune(cell[1])) {
		cell = cell[1:]
	}
	return cell
}

// fill reads a row.
func (p *plan) fill(r *Row, cells []string, o host.ImportOptions) {
	for i, cell := range cells {
		if !utf8.ValidString(cell) || strings.ContainsRune(cell, 0) {
			header := ""
			for _, of := range p.of {
				for _, c := range of {
					if c.Index == i {
						header = strings.TrimSpace(c.Header)
					}
				}
			}
			r.wrong(header, "row.encoding", "",
				"This is no text in the encoding of the file. Save the file as UTF-8, and send it again.")
			return
		}
	}
	get := func(f columns.Field) string { return p.text(cells, f) }
	partnerID, customerID := get(columns.PartnerTenant), get(columns.CustomerTenant)
	if customerID != "" && partnerID == "" {
		partnerID = o.CustomersOf
	}
	r.Name = get(columns.Company)
	if customerID != "" {
		r.Name = get(columns.CustomerName)
	}
	switch {
	case partnerID == "" && customerID == "":
		if len(p.of[columns.PartnerTenant]) > 0 {
			r.wrong(p.header(columns.PartnerTenant), "tenant.missing", "",
				"The tenant ID is missing. Write the partner’s, or take the row out.")
		} else {
			r.wrong(p.header(columns.CustomerTenant), "tenant.missing", "",
				"The tenant ID is missing. Write the customer’s, or take the row out.")
		}
		return
	case partnerID != "" && !isTenant(partnerID):
		r.wrong(p.header(columns.PartnerTenant), string(partner.CodeTenantSyntax), partnerID,
			partner.CodeTenantSyntax.Message())
		return
	case customerID != "" && !isTenant(customerID):
		r.wrong(p.header(columns.CustomerTenant), string(partner.CodeTenantSyntax), customerID,
			partner.CodeTenantSyntax.Message())
		return
	case partnerID != "" && partner.SameTenant(partnerID, customerID):
		r.wrong(p.header(columns.CustomerTenant), "relationship.own", customerID,
			"A partner is not its own customer. Correct one of the two tenant IDs.")
		return
	}
	partnerID, customerID = partner.TenantKey(partnerID), partner.TenantKey(customerID)
	if customerID != "" {
		p.fillCustomer(r, cells, partnerID, customerID)
	} else {
		p.fillPartner(r, cells, partnerID)
	}
}

// isTenant reports whether a text is a tenant ID.
func isTenant(id string) bool {
	p := partner.LegalProfile{TenantID: id}
	return !p.Check().Has(partner.CodeTenantSyntax)
}

// fillCustomer reads a row about a customer. Of the partner it takes the name
// alone: an address in such a row may be the customer's.
func (p *plan) fillCustomer(r *Row, cells []string, partnerID, customerID string) {
	name := partner.NormalizeName(p.text(cells, columns.CustomerName))
	if wrong := checkName(name); wrong != "" && name != "" {
		r.wrong(p.header(columns.CustomerName), "name.character", name, wrong)
		return
	}
	r.Customer = &CustomerRow{TenantID: customerID, Name: name}
	if partnerID == "" {
		return
	}
	rights, said, unknown := p.rights(cells)
	if unknown.Index >= 0 {
		r.wrong(strings.TrimSpace(unknown.Header), "rights.unknown", clean(cells[unknown.Index]),
			"These are no rights that are known. Write reseller, DAP, GDAP, or none; more of them with commas between.")
		return
	}
	r.Relationship = &RelationshipRow{PartnerID: partnerID, CustomerID: customerID, Rights: rights, Said: said}
	if company := partner.NormalizeName(p.text(cells, columns.Company)); company != "" {
		r.Partner = &PartnerRow{Profile: partner.LegalProfile{TenantID: partnerID}}
		r.Partner.Profile.CompanyName = company
	}
}

func checkName(name string) string {
	profile := partner.LegalProfile{}
	profile.CompanyName = name
	for _, f := range profile.CheckSection(partner.SectionLegalBusiness) {
		if f.Path == partner.FieldCompanyName.String() {
			return f.Message
		}
	}
	return ""
}

func (p *plan) fillPartner(r *Row, cells []string, partnerID string) {
	get := func(f columns.Field) string { return p.text(cells, f) }
	row := &PartnerRow{}
	profile := &row.Profile
	profile.TenantID = partnerID
	if text := get(columns.PartnerType); text != "" {
		if profile.PartnerType = partnerType(text); profile.PartnerType == "" {
			r.wrong(p.header(columns.PartnerType), string(partner.CodePartnerTypeUnknown), text,
				sentence(partner.CodePartnerTypeUnknown))
			return
		}
	}
	if text := get(columns.Country); text != "" {
		code := columns.Region(text)
		if code == "" {
			r.wrong(p.header(columns.Country), string(partner.CodeCountryUnknown), text,
				sentence(partner.CodeCountryUnknown))
			return
		}
		profile.Address.Country = code
	}
	if text := get(columns.Language); text != "" {
		if row.Language = languageOf(text); row.Language == "" {
			left := advice(p.header(columns.Language), "language.tag",
				"This language is not known, and is left out. Write its name or its code, such as German or de.")
			left.Value = short(text)
			r.Advice = append(r.Advice, left)
		}
	}
	profile.CompanyName = get(columns.Company)
	profile.Address.AddressLine1, profile.Address.City = get(columns.Street), get(columns.City)
	profile.Address.State, profile.Address.PostalCode = get(columns.State), get(columns.PostalCode)
	profile.PrimaryContact = partner.PrimaryContact{
		FirstName: get(columns.PrimaryFirstName), LastName: get(columns.PrimaryLastName),
		Email: get(columns.PrimaryEmail), Phone: get(columns.PrimaryPhone),
	}
	contact := partner.SecurityContact{
		FirstName: get(columns.FirstName), MiddleName: get(columns.MiddleName), LastName: get(columns.LastName),
		Email: get(columns.Email), Phone: get(columns.Phone),
	}
	if full := partner.NormalizeName(get(columns.FullName)); full != "" && contact.FirstName == "" &&
		contact.LastName == "" {
		row.Whole = full
		name, group := columns.SplitName(full)
		contact.FirstName, contact.LastName = name.First, name.Last
		if group {
			contact.MiddleName = name.First // as partner.NewGroupContact does
		}
	}
	profile.SecurityContact = contact
	for _, person := range []struct {
		to          *partner.Recipient
		name, email columns.Field
	}{
		{&row.Admin, columns.AdminName, columns.AdminEmail},
		{&row.Agent, columns.AgentName, columns.AgentEmail},
	} {
		email := partner.NormalizeEmail(get(person.email))
		if email == "" {
			continue
		}
		if wrong := partner.CheckEmail(email).Errors(); len(wrong) > 0 {
			r.wrong(p.header(person.email), string(wrong[0].Code), email, wrong[0].Message)
			return
		}
		*person.to = partner.Recipient{Name: partner.NormalizeName(get(person.name)), Email: email}
	}
	r.Partner = row
}

// word is a text as words are compared: its letters and digits.
func word(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}

// partnerType is the type that a text means, or "".
func partnerType(text string) partner.PartnerType {
	switch w := word(text); w {
	case "directbillpartner", "directbill", "direct", "tier1", "csptier1", "directpartner":
		return partner.DirectBillPartner
	case "indirectprovider", "distributor", "provider":
		return partner.IndirectProvider
	case "indirectreseller", "reseller", "indirect", "tier2", "csptier2":
		return partner.IndirectReseller
	}
	return ""
}

// rightWords are the rights that words mean.
var rightWords = map[string]partner.Rights{
	"reseller": partner.Reseller, "cloudreseller": partner.Reseller, "indirectreseller": partner.Reseller,
	"resellerrelationship": partner.Reseller, "csp": partner.Reseller, "cloudsolutionprovider": partner.Reseller,
	"resell": partner.Reseller,
	"dap":    partner.DelegatedAdmin, "delegatedadmin": partner.DelegatedAdmin,
	"delegatedadministrator": partner.DelegatedAdmin, "delegatedadminprivileges": partner.DelegatedAdmin,
	"delegatedadministrationprivileges": partner.DelegatedAdmin,
	"gdap":                              partner.GranularAdmin, "granularadmin": partner.GranularAdmin,
	"granulardelegatedadmin": partner.GranularAdmin, "granulardelegatedadminprivileges": partner.GranularAdmin,
	"none": 0, "norights": 0, "no": 0, "false": 0, "0": 0,
}

var (
	yes = map[string]bool{"yes": true, "true": true, "y": true, "x": true, "1": true, "active": true, "ja": true,
		"oui": true, "si": true, "sí": true, "sim": true, "tak": true, "granted": true, "wahr": true, "j": true}
	no = map[string]bool{"no": true, "false": true, "n": true, "0": true, "none": true, "inactive": true, "nein": true,
		"non": true, "não": true, "nie": true, "expired": true, "terminated": true, "falsch": true}
)

// rights reads all columns of a row that tell rights. Unknown is the one that
// is not understood; its index is -1 if there is none.
func (p *plan) rights(cells []string) (rights partner.Rights, said bool, unknown columns.Column) {
	for _, f := range []columns.Field{columns.Rights, columns.ResellerRights, columns.AdminRights} {
		for _, c := range p.of[f] {
			if c.Index >= len(cells) {
				continue
			}
			text := clean(cells[c.Index])
			if text == "" {
				continue
			}
			said = true
			w := word(text)
			if f != columns.Rights && (yes[w] || no[w]) {
				if yes[w] {
					rights |= rightOf(f, c.Header)
				}
				continue
			}
			for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(",;/+&|", r) }) {
				w := word(part)
				right, ok := rightWords[w]
				if !ok && w != "" {
					return 0, true, c
				}
				rights |= right
			}
		}
	}
	return rights, said, columns.Column{Index: -1}
}

// rightOf is the right that "yes" means below a header.
func rightOf(f columns.Field, header string) partner.Rights {
	switch w := word(header); {
	case f == columns.ResellerRights:
		return partner.Reseller
	case w == "dap" || w == "allowdelegatedaccess" || w == "delegatedadmin" || w == "delegatedadminprivileges":
		return partner.DelegatedAdmin
	default:
		return partner.GranularAdmin
	}
}
