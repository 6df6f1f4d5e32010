package intake

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/internal/columns"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// defaultType is that of a partner whose row names none: most partners of a
// distributor are such.
const defaultType = partner.IndirectReseller

// fieldOf is the column that a field of a profile comes from.
var fieldOf = map[partner.Field]columns.Field{
	partner.FieldCompanyName:               columns.Company,
	partner.FieldAddressCountry:            columns.Country,
	partner.FieldAddressCity:               columns.City,
	partner.FieldAddressState:              columns.State,
	partner.FieldAddressLine1:              columns.Street,
	partner.FieldAddressPostalCode:         columns.PostalCode,
	partner.FieldPrimaryContactFirstName:   columns.PrimaryFirstName,
	partner.FieldPrimaryContactLastName:    columns.PrimaryLastName,
	partner.FieldPrimaryContactEmail:       columns.PrimaryEmail,
	partner.FieldPrimaryContactPhone:       columns.PrimaryPhone,
	partner.FieldSecurityContactFirstName:  columns.FirstName,
	partner.FieldSecurityContactMiddleName: columns.MiddleName,
	partner.FieldSecurityContactLastName:   columns.LastName,
	partner.FieldSecurityContactEmail:      columns.Email,
	partner.FieldSecurityContactPhone:      columns.Phone,
}

// comparison compares rows with what is stored. It is used for one batch after
// the other.
type comparison struct {
	options host.ImportOptions
	header  func(columns.Field) string
	by      partner.Actor
	stored  store.ImportStored
	staged  map[string]host.ImportItem // of this file, by kind and key: what rows before said
	items   []host.ImportItem
	alike   *alike
}

// row adds what a row says. It returns what is to be said of it, if anything.
func (c *comparison) row(r Row) (host.ImportProblem, bool) {
	problem := host.ImportProblem{Row: r.Row, Line: r.Line, Name: r.Name, Findings: slices.Concat(r.Problems, r.Advice)}
	var add []host.ImportItem
	if r.Partner != nil {
		item, found := c.partner(r)
		problem.Findings = append(problem.Findings, found...)
		add = append(add, item)
	}
	if r.Customer != nil {
		item, found := c.customer(r)
		problem.Findings = append(problem.Findings, found...)
		add = append(add, item)
	}
	if r.Relationship != nil {
		item, found := c.relationship(r)
		problem.Findings = append(problem.Findings, found...)
		add = append(add, item)
	}
	fresh := add[:0]
	for _, item := range add {
		before, known := c.staged[string(item.Kind)+item.Key]
		switch {
		case !known:
			fresh = append(fresh, item)
		case before.Wanted != item.Wanted:
			problem.Findings = append(problem.Findings, finding("", "row.contradicts", fmt.Sprintf(
				"Row %d says something else of the same %s. Take one of the two out.", before.Row, kindWords[item.Kind])))
		}
	}
	for _, f := range problem.Findings {
		problem.Wrong = problem.Wrong || f.Severity == partner.SeverityError
	}
	if !problem.Wrong {
		for _, item := range fresh {
			c.staged[string(item.Kind)+item.Key] = item
		}
		c.items = append(c.items, fresh...)
	}
	return problem, len(problem.Findings) > 0
}

var kindWords = map[host.ImportKind]string{
	host.ImportPartner: "partner", host.ImportCustomer: "customer", host.ImportRelationship: "partner and customer",
}

func finding(column, code, message string) host.ImportFinding {
	return host.ImportFinding{Column: column, Code: code, Message: message, Severity: partner.SeverityError}
}

func advice(column, code, message string) host.ImportFinding {
	return host.ImportFinding{Column: column, Code: code, Message: message, Severity: partner.SeverityAdvice}
}

// digest is a short text that two values share only if they are the same.
func digest(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // it has a JSON form
	}
	sum := sha256.Sum256(text)
	return base64.RawStdEncoding.EncodeToString(sum[:12])
}

func (c *comparison) partner(r Row) (host.ImportItem, []host.ImportFinding) {
	row := r.Partner
	id := row.Profile.TenantID
	item := host.ImportItem{
		Kind: host.ImportPartner, Key: id, Row: r.Row, Line: r.Line,
		Wanted: digest([]any{row.Profile, row.Admin, row.Agent, row.Language}),
	}
	stored, known := c.stored.Partners[id]
	before := stored.Profile
	after := before
	after.TenantID = id
	var found []host.ImportFinding
	switch said := row.Profile.PartnerType; {
	case !known:
		after.PartnerType = cmp.Or(said, defaultType)
	case said != "" && said != before.PartnerType:
		found = append(found, finding(c.header(columns.PartnerType), string(partner.CodePartnerTypeImmutable),
			"This partner is here with another type, and a partner's type does not change. Leave the cell blank."))
	}
	contact := row.Profile.SecurityContact
	contact = contact.Normalize(cmp.Or(row.Profile.Address.Country, before.Address.Country, c.options.Country))
	for f := range partner.AllFields().All() {
		if text := row.Profile.Value(f); text != "" && f.Section() != partner.SectionSecurityContact {
			after.SetValue(f, text)
		}
	}
	after = after.Normalize()
	var note string
	after.SecurityContact, note = c.contact(before.SecurityContact, contact, known)
	for f := range partner.Diff(&before, &after).All() { // what only differs by how it is written stays
		if f.Section() != partner.SectionSecurityContact && row.Profile.Value(f) == "" {
			after.SetValue(f, before.Value(f))
		}
	}
	item.Name = after.CompanyName
	found = append(found, c.check(row, &before, &after)...)
	switch note {
	case "contact.kept":
		found = append(found, advice(c.header(columns.Email), note, "Another security contact is here. It stays as it is: "+
			"only a Global admin of the partner changes it."))
	case "contact.not_by_api":
		found = append(found, advice(c.header(columns.Email), note, "The partner is here without a security contact. "+
			"The API cannot add one: do it in the portal."))
	}
	item.Note = note
	if !known {
		found = append(found, c.alike.advise(r, c.header)...)
	}
	data := store.NewImportedPartner(after, stored, row.Admin, row.Agent, row.Language)
	item.Changes = changes(&before, &after)
	item.Changes = append(item.Changes, data.Changes...)
	switch {
	case !known:
		item.Verdict, item.Data, item.Changes = host.ImportNew, data, contactOf(&after)
	case len(item.Changes) > 0:
		item.Verdict, item.Base, item.Base2 = host.ImportChanged, stored.Text, stored.StaffText
		changed := partner.Diff(&before, &after)
		item.Contact = changed.In(partner.SectionSecurityContact) != 0
		if changed != 0 {
			data.Revision = &partner.Revision{
				TenantID: id, By: c.by, Before: before, After: after, Changed: changed,
				Verification: changed.Verification(), Advice: after.CheckSection(partner.SectionSecurityContact).Advice(),
			}
		}
		item.Data = data
	default:
		item.Verdict = host.ImportSame
	}
	return item, found
}

// contact is the security contact that a partner has afterwards. An import is
// an act of the operator's, and a contact is the partner's own:
//
//	the partner         by page or command         by the API
//	is new              it is set                  it is set
//	has no contact      it is added                it is not, and that is said
//	has another one     it stays, and that is said; by page and command it is
//	                    replaced if the operator's policy and whoever imports
//	                    say so
func (c *comparison) contact(before, said partner.SecurityContact, known bool) (partner.SecurityContact, string) {
	merged := before
	for _, text := range []struct {
		to   *string
		said string
	}{
		{&merged.Email, said.Email}, {&merged.Phone, said.Phone},
	} {
		if text.said != "" {
			*text.to = text.said
		}
	}
	if said.FirstName != "" || said.LastName != "" {
		merged.FirstName, merged.MiddleName, merged.LastName = said.FirstName, said.MiddleName, said.LastName
	}
	switch {
	case merged == before, merged == before.Normalize(""):
		return before, ""
	case !known:
		return merged, ""
	case before.IsZero() && c.options.API:
		return before, "contact.not_by_api"
	case before.IsZero():
		return merged, ""
	case c.options.ReplaceContacts && !c.options.API:
		return merged, "contact.replaced"
	default:
		return before, "contact.kept"
	}
}

// check returns what is wrong with what the row says. What it leaves blank is
// the partner's to fill in, but for the name of a company that is new.
func (c *comparison) check(row *PartnerRow, before, after *partner.LegalProfile) []host.ImportFinding {
	var found []host.ImportFinding
	newContact := after.SecurityContact != before.SecurityContact
	for s := range sections {
		for _, f := range after.CheckSection(sections[s]) {
			field, err := partner.ParseField(f.Path)
			switch {
			case err != nil: // the contact as a whole: missing, or the primary's too
				continue
			case f.Severity == partner.SeverityAdvice && field.Section() != partner.SectionSecurityContact:
				continue
			case field.Section() == partner.SectionSecurityContact && !newContact:
				continue
			case field.Section() != partner.SectionSecurityContact && row.Profile.Value(field) == "" &&
				(field != partner.FieldCompanyName || before.TenantID != ""):
				continue
			}
			column, value := fieldOf[field], row.Profile.Value(field)
			if row.Whole != "" && (column == columns.FirstName || column == columns.LastName || column == columns.MiddleName) {
				column, value = columns.FullName, row.Whole
			}
			message := sentence(f.Code)
			if country := cmp.Or(after.Address.Country, c.options.Country); country != "" &&
				f.Code == partner.CodePhoneCountryCode && column == columns.Phone {
				message = fmt.Sprintf(inCountry, country)
			}
			found = append(found, host.ImportFinding{
				Column: cmp.Or(c.header(column), column.String()), Code: string(f.Code), Value: short(value),
				Message: message, Severity: f.Severity,
			})
		}
	}
	return slices.CompactFunc(found, func(a, b host.ImportFinding) bool { return a == b })
}

var sections = [...]partner.Section{
	partner.SectionLegalBusiness, partner.SectionPrimaryContact, partner.SectionSecurityContact,
}

// labels are what people call the fields, in the preview of changes.
var labels = map[partner.Field]string{
	partner.FieldCompanyName: "Company name", partner.FieldAddressCountry: "Country", partner.FieldAddressCity: "City",
	partner.FieldAddressState: "State", partner.FieldAddressLine1: "Street", partner.FieldAddressPostalCode: "Postal code",
	partner.FieldPrimaryContactFirstName: "Primary contact, first name",
	partner.FieldPrimaryContactLastName:  "Primary contact, last name",
	partner.FieldPrimaryContactEmail:     "Primary contact, e-mail",
	partner.FieldPrimaryContactPhone:     "Primary contact, phone",
	partner.FieldSecurityContactEmail:    "Security contact, e-mail",
	partner.FieldSecurityContactPhone:    "Security contact, phone",
}

// contactOf is the security contact of a partner that is new, as a list of what
// saving it enters. Without one it is empty.
func contactOf(p *partner.LegalProfile) []host.ImportChange {
	var all []host.ImportChange
	for _, c := range []host.ImportChange{
		{Label: "Security contact", After: p.SecurityContact.DisplayName()},
		{Label: labels[partner.FieldSecurityContactEmail], After: p.SecurityContact.Email},
		{Label: labels[partner.FieldSecurityContactPhone], After: p.SecurityContact.Phone},
	} {
		if c.After != "" {
			all = append(all, c)
		}
	}
	return all
}

// changes are the fields that differ. The names of a contact are one.
func changes(before, after *partner.LegalProfile) []host.ImportChange {
	var all []host.ImportChange
	if was, is := before.SecurityContact.DisplayName(), after.SecurityContact.DisplayName(); was != is {
		all = append(all, host.ImportChange{Label: "Security contact", Before: was, After: is})
	}
	for f := range partner.Diff(before, after).All() {
		switch f {
		case partner.FieldSecurityContactFirstName, partner.FieldSecurityContactMiddleName,
			partner.FieldSecurityContactLastName:
			if before.SecurityContact.DisplayName() == after.SecurityContact.DisplayName() &&
				!slices.ContainsFunc(all, func(c host.ImportChange) bool { return c.Label == "Security contact" }) {
				all = append(all, host.ImportChange{Label: "Security contact", Before: before.SecurityContact.DisplayName(),
					After: after.SecurityContact.DisplayName()})
			}
		default:
			all = append(all, host.ImportChange{
				Label: cmp.Or(labels[f], strings.TrimPrefix(f.String(), "/")), Before: before.Value(f), After: after.Value(f),
			})
		}
	}
	return all
}

func (c *comparison) customer(r Row) (host.ImportItem, []host.ImportFinding) {
	row := r.Customer
	item := host.ImportItem{
		Kind: host.ImportCustomer, Key: row.TenantID, Row: r.Row, Line: r.Line, Name: row.Name, Wanted: digest(row),
	}
	before, known := c.stored.Customers[row.TenantID]
	switch {
	case !known && row.Name == "":
		if staged, ok := c.staged[string(host.ImportCustomer)+row.TenantID]; ok { // a row before has named it
			item.Name, item.Wanted, item.Verdict = staged.Name, staged.Wanted, host.ImportSame
			return item, nil
		}
		return item, []host.ImportFinding{finding(c.header(columns.CustomerName), string(partner.CodeNameMissing),
			"The customer is new, and its name is missing. Write it in this row, or in one above.")}
	case !known:
		item.Verdict, item.Data = host.ImportNew, store.NewImportedCustomer(row.Name)
	case row.Name == "" || row.Name == before:
		item.Verdict, item.Name = host.ImportSame, before
		if row.Name == "" {
			item.Wanted = digest(CustomerRow{row.TenantID, before})
		}
	default:
		item.Verdict, item.Base, item.Data = host.ImportChanged, before, store.NewImportedCustomer(row.Name)
		item.Changes = []host.ImportChange{{Label: "Customer name", Before: before, After: row.Name}}
	}
	return item, nil
}

// relationshipKey is the key of the rights of a partner over a customer.
func relationshipKey(customerID, partnerID string) string { return customerID + " " + partnerID }

func (c *comparison) relationship(r Row) (host.ImportItem, []host.ImportFinding) {
	row := r.Relationship
	item := host.ImportItem{
		Kind: host.ImportRelationship, Key: relationshipKey(row.CustomerID, row.PartnerID), Row: r.Row, Line: r.Line,
		Name: r.Name, Wanted: digest([]any{row.Rights, row.Said}),
	}
	before, known := c.stored.Relationships[item.Key]
	switch {
	case !row.Said && !known:
		return item, []host.ImportFinding{finding(cmp.Or(c.header(columns.Rights), c.header(columns.ResellerRights),
			c.header(columns.AdminRights)), "rights.missing",
			"The row does not say which rights the partner holds. Write reseller, DAP, GDAP, or none.")}
	case !row.Said || known && row.Rights == before.Rights:
		item.Verdict = host.ImportSame
	case !known:
		item.Verdict, item.Data = host.ImportNew, store.ImportedRelationship{Rights: row.Rights}
		item.Changes = []host.ImportChange{{Label: "Rights", After: row.Rights.String()}}
	default:
		item.Verdict, item.Base = host.ImportChanged, before.Text
		item.Data = store.ImportedRelationship{Rights: row.Rights}
		item.Changes = []host.ImportChange{{Label: "Rights", Before: before.Rights.String(), After: row.Rights.String()}}
	}
	return item, nil
}
