package store

import (
	"context"
	"iter"
	"strings"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// CoverageList says which partners are listed with what their contacts amount
// to. The zero value is all of them.
type CoverageList struct {
	Search string // as in [PartnerList]
	// Classes are those of the partners. None is any.
	Classes []host.CoverageClass
	// Fits looks at a partner that may be in the list. It decides. Nil: Classes
	// decide.
	Fits  func(host.Coverage) bool
	After string // where the page before ended
	Limit int    // 0 is 50
}

// CoveragePage is a page of that list.
type CoveragePage struct {
	Partners []host.Coverage
	Next     string // After of the next page; "": there is none
}

// coverageMost is how many partners are looked at for a page of the list. Then
// the page ends, and the next one goes on.
const coverageMost = 400

// ListCoverage reads a page of partners: those that are searched for in the
// order of what was found, all others in that of their names. It reads a piece
// of one index, or of few.
func (db *DB) ListCoverage(ctx context.Context, l CoverageList) (CoveragePage, error) {
	fits := l.fits
	if l.Fits != nil {
		fits = func(p ListedPartner) bool { return l.Fits(p.coverage()) }
	}
	limit := page(l.Limit)
	key, id, _ := strings.Cut(l.After, "\x1f")
	read := func(key, id string, n int) ([]ListedPartner, error) { return db.candidates(ctx, l.Classes, key, id, n) }
	if search := searched(l.Search); search != "" {
		read = func(key, id string, n int) ([]ListedPartner, error) { return db.found(ctx, search, key, id, n) }
	}
	p, err := gather(read, fits, key, id, limit, coverageMost)
	page := CoveragePage{Next: p.Next}
	for _, l := range p.Partners {
		page.Partners = append(page.Partners, l.coverage())
	}
	return page, wrap(err, "list coverage")
}

// fits reports whether a partner's contact is of one of the classes.
func (l CoverageList) fits(p ListedPartner) bool {
	is := len(l.Classes) == 0
	for _, c := range l.Classes {
		is = is || p.coverage().Class() == c
	}
	return is
}

// Coverage yields all partners that [DB.ListCoverage] pages through, with the
// findings on their security contacts. A partner whose name is changed
// meanwhile may come twice, or not at all.
func (db *DB) Coverage(ctx context.Context, l CoverageList) iter.Seq2[host.Coverage, error] {
	return func(yield func(host.Coverage, error) bool) {
		for l.Limit = sought; ; {
			page, err := db.ListCoverage(ctx, l)
			if err != nil {
				yield(host.Coverage{}, err)
				return
			}
			for _, c := range page.Partners {
				if !yield(c, nil) {
					return
				}
			}
			if l.After = page.Next; l.After == "" {
				return
			}
		}
	}
}

// lowering are the states of an address that make its contact one of a class,
// though its profile is of a better one.
func lowering(to host.CoverageClass) (states []host.ContactState) {
	for _, s := range host.ContactStates() {
		if to != host.CoverageGood && host.CoverageGood.At(s) == to {
			states = append(states, s)
		}
	}
	return states
}

// candidates returns partners that may be of one of the classes:
//
//	the class that was stored with the profile is one of them
//	nobody has looked at the profile yet
//	the state of the contact's address makes it one of them
//
// Each is a piece of an index.
func (db *DB) candidates(
	ctx context.Context, classes []host.CoverageClass, key, id string, n int,
) ([]ListedPartner, error) {
	const listed = `SELECT p.sort_name, ` + selectListed + ` FROM partners AS p `
	const contact = ` LEFT JOIN contacts AS c ON c.tenant_id = p.tenant_id `
	const order = ` ORDER BY p.sort_name, p.tenant_id LIMIT $3`
	if len(classes) == 0 {
		return list(ctx, db.engine.reader(), scanListed,
			listed+contact+`WHERE (p.sort_name, p.tenant_id) > ($1, $2)`+order, key, id, n)
	}
	piece := func(table, column, value string) string {
		return `SELECT * FROM (SELECT sort_name, tenant_id FROM ` + table + ` WHERE ` + column + ` = '` + value + `'
			AND (sort_name, tenant_id) > ($1, $2) ORDER BY sort_name, tenant_id LIMIT $3) AS one`
	}
	pieces := []string{piece("partners", "coverage", "")}
	for _, c := range []host.CoverageClass{
		host.CoverageMissing, host.CoverageErrors, host.CoverageAdvice, host.CoverageGood,
	} {
		for _, asked := range classes {
			if asked != c {
				continue
			}
			pieces = append(pieces, piece("partners", "coverage", string(c)))
			for _, s := range lowering(c) {
				pieces = append(pieces, piece("contacts", "state", string(s)))
			}
		}
	}
	return list(ctx, db.engine.reader(), scanListed, listed+`JOIN (SELECT DISTINCT tenant_id FROM (
			SELECT sort_name, tenant_id FROM (`+strings.Join(pieces, ` UNION `)+`) AS every ORDER BY sort_name, tenant_id LIMIT $3
		) AS first) AS f ON f.tenant_id = p.tenant_id`+contact+order, key, id, n)
}

// classOfProfile is what the contact of a profile amounts to.
func classOfProfile(p partner.LegalProfile) host.CoverageClass {
	c := coverageOf(p.TenantID, p.CompanyName, p.PartnerType, p.SecurityContact, p.PrimaryContact.Email, true)
	return c.OfProfile()
}

func coverageOf(
	tenantID, companyName string, of partner.PartnerType, contact partner.SecurityContact, primaryEmail string,
	readable bool,
) host.Coverage {
	c := host.Coverage{
		TenantID: tenantID, CompanyName: companyName, PartnerType: of, Contact: contact, Unreadable: !readable,
		Required: of.RequiresSecurityContact(),
	}
	p := partner.LegalProfile{PartnerType: of, SecurityContact: contact}
	p.PrimaryContact.Email = primaryEmail
	if readable {
		c.Findings = p.CheckSection(partner.SectionSecurityContact) // the others are not filled in
	}
	return c
}

func (l ListedPartner) coverage() host.Coverage {
	c := coverageOf(l.TenantID, l.CompanyName, l.PartnerType, l.SecurityContact, l.primaryEmail, !l.Unreadable)
	c.Record, c.Address = l.Contact, l.state
	return c
}

// classRow is what a partner's contact amounts to, and what is stored of that.
// The names of its JSON are for mendCoverage.
type classRow struct {
	TenantID string             `json:"id"`
	Is       host.CoverageClass `json:"is"`
	Was      host.CoverageClass `json:"was"`
}

// mendCoverage stores what partners' contacts amount to where it was not known,
// or was written by a version of the portal that sees it in another way. It
// waits for nobody: a partner that is being changed is left for the next time.
func (db *DB) mendCoverage(ctx context.Context, set []classRow) error {
	if len(set) == 0 {
		return nil
	}
	const statement = `UPDATE partners SET coverage = f.coverage FROM (
			SELECT p.tenant_id, e.value ->> 'is' AS coverage FROM {each} JOIN partners AS p ON p.tenant_id = e.value ->> 'id'
			WHERE p.coverage = e.value ->> 'was' {skip}) AS f WHERE partners.tenant_id = f.tenant_id`
	_, err := db.engine.exec(ctx, statement, asJSON(set))
	return err
}
