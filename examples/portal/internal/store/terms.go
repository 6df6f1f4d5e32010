package store

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"github.com/cspkit/partner"
)

// What a partner is found by. A search is the beginning of a term, so that it
// reads a piece of one index however many partners there are.
const (
	termWords  = 8   // of a name, from each of which on it is found
	termLength = 100 // in characters
)

// termsOf are the terms of a partner, sorted, each once.
func termsOf(p *partner.LegalProfile, people []staff) []string {
	var terms []string
	add := func(text string) {
		text = plain(strings.ToLower(strings.TrimSpace(text)))
		if runes := []rune(text); len(runes) > termLength {
			text = string(runes[:termLength])
		}
		if text != "" {
			terms = append(terms, text)
		}
	}
	add(tenantKey(p.TenantID))
	name := sortName(p.CompanyName)
	add(name)
	words := 1
	for i, r := range name {
		if i == 0 || words >= termWords || unicode.IsSpace(r) {
			continue
		}
		if before, _ := lastRune(name[:i]); !unicode.IsLetter(before) && !unicode.IsDigit(before) &&
			(unicode.IsLetter(r) || unicode.IsDigit(r)) {
			add(name[i:])
			words++
		}
	}
	add(p.SecurityContact.Email)
	add(domainTerm(p.SecurityContact.Email))
	add(p.PrimaryContact.Email)
	for _, s := range people {
		add(s.Email)
	}
	slices.Sort(terms)
	return slices.Compact(terms)
}

// domainTerm is the domain of an address, with its @: "@contoso.com".
func domainTerm(address string) string {
	if at := strings.LastIndexByte(address, '@'); at > 0 {
		return strings.ToLower(address[at:])
	}
	return ""
}

func lastRune(s string) (rune, bool) {
	runes := []rune(s[max(0, len(s)-4):])
	if len(runes) == 0 {
		return 0, false
	}
	return runes[len(runes)-1], true
}

// saveTerms stores the terms of partners that are new.
func saveTerms(ctx context.Context, tx *Tx, partners []partnerRow) error {
	type term struct {
		ID   string `json:"id"`
		Term string `json:"term"`
	}
	var all []term
	for i := range partners {
		for _, t := range termsOf(&partners[i].Profile, partners[i].Staff) {
			all = append(all, term{partners[i].TenantID, t})
		}
	}
	const statement = `INSERT INTO partner_terms (term, tenant_id) SELECT e.value ->> 'term', e.value ->> 'id' FROM {each}
		WHERE TRUE ON CONFLICT DO NOTHING`
	_, err := tx.exec(ctx, statement, asJSON(all))
	return err
}

// relist keeps the list of partners as a revision has them.
func (db *DB) relist(ctx context.Context, tx *Tx, rev partner.Revision) error {
	before, after := &rev.Before, &rev.After
	if before.CompanyName == after.CompanyName && before.SecurityContact.Email == after.SecurityContact.Email &&
		before.PrimaryContact.Email == after.PrimaryContact.Email {
		return nil
	}
	people, err := first(ctx, tx, func(rs rows) (all []staff, err error) { return all, rs.Scan(asJSON(&all)) },
		`SELECT staff FROM partners WHERE tenant_id = $1`, rev.TenantID)
	if err != nil {
		return err
	}
	if _, err := tx.exec(ctx, `DELETE FROM partner_terms WHERE tenant_id = $1`, rev.TenantID); err != nil {
		return err
	}
	if _, err := tx.exec(ctx, `UPDATE contacts SET sort_name = $2 WHERE tenant_id = $1`, rev.TenantID,
		sortName(after.CompanyName)); err != nil {
		return err
	}
	return saveTerms(ctx, tx, []partnerRow{{TenantID: rev.TenantID, Staff: people, Profile: *after}})
}
