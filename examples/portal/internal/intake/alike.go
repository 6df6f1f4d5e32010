package intake

import (
	"context"
	"fmt"
	"hash/maphash"

	"github.com/cspkit/partner/examples/internal/columns"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// alike finds partners of a file that may be here already, or in the file
// twice, below another tenant ID. It is advice: the row can be saved.
//
//	the same name      is looked for first
//	the same domain    of the security contact, if the name is another; not of
//	                   a consumer provider
//	who is stored      counts before who stands in a row before
type alike struct {
	seed  maphash.Seed
	rows  map[uint64]likeRow // by the hash of a name or a domain
	names map[string]store.Alike
	hosts map[string]store.Alike
}

// likeRow is the first row that has a name or a domain.
type likeRow struct {
	place  int32 // its line, or its row in JSON
	tenant uint64
}

func newAlike() *alike {
	return &alike{seed: maphash.MakeSeed(), rows: map[uint64]likeRow{}}
}

// look looks for those who are stored and like one of these rows.
func (a *alike) look(ctx context.Context, db *store.DB, rows []Row, known map[string]store.StoredPartner) (err error) {
	var of []store.Likeness
	for _, r := range rows {
		if r.Partner == nil {
			continue
		}
		if _, is := known[r.Partner.Profile.TenantID]; !is {
			of = append(of, likenessOf(r.Partner))
		}
	}
	a.names, a.hosts, err = db.ImportAlike(ctx, of)
	return err
}

func likenessOf(row *PartnerRow) store.Likeness {
	p := row.Profile.Normalize()
	return store.LikenessOf(&p)
}

// advise returns what is to be said of a partner that is new, and remembers it.
func (a *alike) advise(r Row, header func(columns.Field) string) (found []host.ImportFinding) {
	of, tenant := likenessOf(r.Partner), maphash.String(a.seed, r.Partner.Profile.TenantID)
	for _, by := range []struct {
		key, code, what string
		field           columns.Field
		stored          map[string]store.Alike
	}{
		{of.Name, "partner.same_name", "name", columns.Company, a.names},
		{of.Domain, "partner.same_domain", "domain", columns.Email, a.hosts},
	} {
		if by.key == "" {
			continue
		}
		hash := maphash.String(a.seed, by.key)
		before, again := a.rows[hash]
		if !again {
			place := r.Line
			if place == 0 {
				place = r.Row
			}
			a.rows[hash] = likeRow{int32(min(place, 1<<31-1)), tenant}
		}
		if len(found) > 0 {
			continue
		}
		said := advice(header(by.field), by.code, "")
		if there, is := by.stored[by.key]; is {
			said.Partner, said.PartnerName = there.TenantID, there.Name
			said.Message = "A partner with the same " + by.what + " is here, with another tenant ID. If it is the same " +
				"company, correct the tenant ID. If it is not, save it."
			found = append(found, said)
		} else if again && before.tenant != tenant {
			where := "Line"
			if r.Line == 0 {
				where = "Row"
			}
			said.Message = fmt.Sprintf("%s %d has the same %s, with another tenant ID. If it is the same company, "+
				"take one of them out. If it is not, save both.", where, before.place, by.what)
			found = append(found, said)
		}
	}
	return found
}
