package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// partnerRow, customerRow and relationshipRow are rows to be stored. The names
// of their JSON are those of the columns.
type (
	partnerRow struct {
		TenantID string               `json:"tenant_id"`
		SortName string               `json:"sort_name"`
		Staff    []staff              `json:"staff"`
		Profile  partner.LegalProfile `json:"profile"`
		Coverage host.CoverageClass   `json:"coverage"`
	}
	relationshipRow struct {
		TenantID  string         `json:"tenant_id"`
		PartnerID string         `json:"partner_id"`
		Rights    partner.Rights `json:"rights"`
	}
)

func newPartnerRow(p partner.LegalProfile, people []host.Staff) partnerRow {
	p.TenantID = tenantKey(p.TenantID)
	row := partnerRow{
		TenantID: p.TenantID, SortName: plain(sortName(p.CompanyName)), Staff: make([]staff, len(people)), Profile: p,
		Coverage: classOfProfile(p),
	}
	for i, s := range people {
		row.Staff[i] = newStaff(s)
	}
	return row
}

// AddPartner stores a partner with its people, who are not checked. A tenant
// that is known as a partner's is an error that is host.ErrConflict, for a
// profile is changed by [DB.SaveRevision] alone.
func (db *DB) AddPartner(ctx context.Context, p partner.LegalProfile, people []host.Staff) error {
	err := db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
		n, err := insertPartners(ctx, tx, []partnerRow{newPartnerRow(p, people)})
		if err == nil && n == 0 {
			err = host.ErrConflict
		}
		return err
	})
	return wrap(err, "new partner %q", p.TenantID)
}

// insertPartners stores those that are not known, each with the relationship to
// its own tenant.
func insertPartners(ctx context.Context, tx *Tx, partners []partnerRow) (added int64, err error) {
	const statement = `INSERT INTO partners (tenant_id, sort_name, staff, profile, coverage)
		SELECT e.value ->> 'tenant_id', e.value ->> 'sort_name', e.value -> 'staff', e.value -> 'profile',
			e.value ->> 'coverage'
		FROM {each} WHERE TRUE ON CONFLICT (tenant_id) DO NOTHING`
	added, err = tx.exec(ctx, statement, asJSON(partners))
	if err != nil {
		return 0, err
	}
	own := make([]relationshipRow, len(partners))
	for i, p := range partners {
		own[i] = relationshipRow{TenantID: p.TenantID, PartnerID: p.TenantID}
	}
	if err := insertContacts(ctx, tx, partners); err != nil {
		return 0, err
	}
	if err := saveTerms(ctx, tx, partners); err != nil {
		return 0, err
	}
	return added, saveRelationships(ctx, tx, own)
}

func saveRelationships(ctx context.Context, tx *Tx, relationships []relationshipRow) error {
	const statement = `INSERT INTO relationships (tenant_id, partner_id, rights)
		SELECT e.value ->> 'tenant_id', e.value ->> 'partner_id', e.value -> 'rights'
		FROM {each} WHERE TRUE ON CONFLICT (tenant_id, partner_id) DO UPDATE SET rights = excluded.rights`
	_, err := tx.exec(ctx, statement, asJSON(relationships))
	return err
}

// AddCustomer stores a customer with the rights that partners, who are known,
// hold over its tenant. Of a customer that is known, the name and the rights of
// the partners given are replaced.
func (db *DB) AddCustomer(ctx context.Context, c host.Customer) error {
	err := db.InTx(ctx, func(ctx context.Context, tx *Tx) error { return saveCustomer(ctx, tx, c) })
	return wrap(err, "new customer %q", c.TenantID)
}

func saveCustomer(ctx context.Context, tx *Tx, c host.Customer) error {
	tenantID := tenantKey(c.TenantID)
	const statement = `INSERT INTO customers (tenant_id, sort_name, name) VALUES ($1, $2, $3)
		ON CONFLICT (tenant_id) DO UPDATE SET sort_name = excluded.sort_name, name = excluded.name`
	if _, err := tx.exec(ctx, statement, tenantID, sortName(c.Name), c.Name); err != nil {
		return err
	}
	relationships := make([]relationshipRow, len(c.Partners))
	for i, p := range c.Partners {
		relationships[i] = relationshipRow{TenantID: tenantID, PartnerID: tenantKey(p.PartnerTenantID), Rights: p.Rights}
		if relationships[i].PartnerID == tenantID {
			return errors.New("a partner is not its own customer")
		}
	}
	return saveRelationships(ctx, tx, relationships)
}

// seedBatch is the number of partners that SeedPartners stores in one
// transaction.
const seedBatch = 1000

// SeedPartners stores n made-up partners with rights over one made-up customer,
// to measure with. Each has a security contact and two people. What is known of
// them is left alone, so that a larger n adds to a smaller one.
func (db *DB) SeedPartners(ctx context.Context, customerTenantID string, n int) error {
	return db.seedPartners(ctx, host.Customer{TenantID: customerTenantID, Name: "Relecloud"}, n, seedPartner)
}

// SeedDemoPartners is [DB.SeedPartners] with partners to look at: they have
// names, and some contacts are missing or could be better.
func (db *DB) SeedDemoPartners(ctx context.Context, customerTenantID, customer string, n int) error {
	return db.seedPartners(ctx, host.Customer{TenantID: customerTenantID, Name: customer}, n, demoReseller)
}

func (db *DB) seedPartners(
	ctx context.Context, customer host.Customer, n int, of func(i int) (partner.LegalProfile, []host.Staff),
) error {
	err := db.AddCustomer(ctx, customer)
	for from := 0; from < n && err == nil; from += seedBatch {
		err = db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
			var partners []partnerRow
			var relationships []relationshipRow
			for i := from; i < min(from+seedBatch, n); i++ {
				row := newPartnerRow(of(i))
				partners = append(partners, row)
				relationships = append(relationships, relationshipRow{
					TenantID: tenantKey(customer.TenantID), PartnerID: row.TenantID, Rights: partner.Reseller | partner.GranularAdmin,
				})
			}
			if _, err := insertPartners(ctx, tx, partners); err != nil {
				return err
			}
			return saveRelationships(ctx, tx, relationships)
		})
	}
	return wrap(err, "seed %d partners", n)
}

// demoReseller is one with a name that people can tell from others. One of
// seventeen has no contact, and one of eleven a consumer's mailbox.
func demoReseller(i int) (partner.LegalProfile, []host.Staff) {
	first := [...]string{"Alder", "Birch", "Cedar", "Dune", "Ember", "Fjord", "Grove", "Harbour", "Island", "Juniper",
		"Kestrel",
		"Lantern", "Meadow", "North Shore", "Orchard", "Pine Valley", "Quarry", "River", "Summit", "Timber"}
	second := [...]string{"Cloud", "Systems", "IT Services", "Networks", "Computing", "Digital", "Works", "Solutions",
		"Data",
		"Support"}
	p, people := seedPartner(i)
	name := first[i%len(first)] + " " + second[i/len(first)%len(second)]
	if turn := i / (len(first) * len(second)); turn > 0 {
		name += fmt.Sprintf(" %d", turn+1)
	}
	p.CompanyName = name
	switch {
	case i%17 == 5:
		p.SecurityContact = partner.SecurityContact{}
	case i%11 == 3:
		p.SecurityContact.Email = fmt.Sprintf("reseller_%06d@gmail.com", i) // nobody's: see consumerMailbox
	}
	p.SecurityContact = renamed(p.SecurityContact, name+" security")
	return p, people
}

// renamed is a group with another name. No contact stays none.
func renamed(c partner.SecurityContact, name string) partner.SecurityContact {
	if c.IsZero() {
		return c
	}
	return partner.NewGroupContact(name, c.Email, c.Phone)
}

func seedPartner(i int) (partner.LegalProfile, []host.Staff) {
	domain := fmt.Sprintf("reseller-%06d.example", i)
	name := fmt.Sprintf("Reseller %06d", i)
	p := company(fmt.Sprintf("%s%012x", seedPrefix, i), partner.IndirectReseller, name, domain)
	p.SecurityContact = partner.NewGroupContact(name+" SOC", "soc@"+domain, "+14255550100")
	return p, []host.Staff{
		admin(p.TenantID, "Kim Specimen", "kim.specimen@"+domain),
		agent(p.TenantID, 1, "Azure Agents", "azure-agents@"+domain),
	}
}
