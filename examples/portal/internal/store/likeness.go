package store

import (
	"context"

	"github.com/cspkit/partner"
)

// Likeness is by what two partners may be the same company.
type Likeness struct {
	Name   string // of the company, in lower case; "" is like none
	Domain string // of the security contact, with its @; "" is like none
}

// LikenessOf returns the likeness of a partner. A domain of a consumer
// provider, such as outlook.com, says nothing of a company, and is left out.
func LikenessOf(p *partner.LegalProfile) Likeness {
	of := Likeness{Name: plain(sortName(p.CompanyName))}
	if email := p.SecurityContact.Email; !partner.CheckEmail(email).Has(partner.CodeEmailConsumerProvider) {
		of.Domain = plain(domainTerm(email))
	}
	return of
}

// Alike is a partner who is stored, and like one that is imported.
type Alike struct{ TenantID, Name string }

// ImportAlike returns a partner that is stored for each name and each domain
// that one has. Each is looked up in an index.
func (db *DB) ImportAlike(ctx context.Context, of []Likeness) (names, domains map[string]Alike, err error) {
	names, domains = map[string]Alike{}, map[string]Alike{}
	var byName, byDomain []string
	for _, l := range of {
		if l.Name != "" {
			byName = append(byName, l.Name)
		}
		if l.Domain != "" {
			byDomain = append(byDomain, l.Domain)
		}
	}
	for _, look := range []struct {
		keys  []string
		found map[string]Alike
		first string
	}{
		{byName, names, `SELECT o.tenant_id FROM partners AS o WHERE o.sort_name = e.value ->> 'id'
			ORDER BY o.tenant_id LIMIT 1`},
		{byDomain, domains, `SELECT o.tenant_id FROM partner_terms AS o WHERE o.term = e.value ->> 'id'
			ORDER BY o.tenant_id LIMIT 1`},
	} {
		if len(look.keys) == 0 {
			continue
		}
		rs, queryErr := db.engine.reader().query(ctx, `SELECT e.value ->> 'id', p.tenant_id,
			COALESCE(p.profile ->> 'companyName', '') FROM {each} CROSS JOIN partners AS p
			WHERE p.tenant_id = (`+look.first+`)`, asJSON(keys(look.keys)))
		err := each(rs, queryErr, func(rs rows) error {
			var key string
			var a Alike
			err := rs.Scan(&key, &a.TenantID, &a.Name)
			look.found[key] = a
			return err
		})
		if err != nil {
			return nil, nil, wrap(err, "partners like those of an import")
		}
	}
	return names, domains, nil
}
