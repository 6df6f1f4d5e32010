package partner_test

import (
	"context"
	"fmt"
	"iter"
	"strings"

	"github.com/cspkit/partner"
)

// exampleTables is a Directory on what stands for a database: who sells to whom, and the profiles of the partners.
type exampleTables struct {
	relationships []struct {
		customer, partner string
		rights            partner.Rights
	}
	profiles map[string]partner.LegalProfile // by tenant
}

func (d exampleTables) Impacted(ctx context.Context, tenantID string) iter.Seq2[partner.Impact, error] {
	return func(yield func(partner.Impact, error) bool) {
		// The tenant may be a partner's own.
		if p, ok := d.profiles[strings.ToLower(tenantID)]; ok {
			if !yield(partner.Impact{PartnerTenantID: p.TenantID, CompanyName: p.CompanyName, SecurityContact: p.SecurityContact}, nil) {
				return
			}
		}
		for _, r := range d.relationships {
			if ctx.Err() != nil {
				return
			}
			if !strings.EqualFold(r.customer, tenantID) {
				continue
			}
			p, ok := d.profiles[r.partner]
			if !ok { // never leave out a partner silently
				yield(partner.Impact{}, fmt.Errorf("no profile for partner tenant %s", r.partner))
				return
			}
			impact := partner.Impact{
				PartnerTenantID: p.TenantID, CompanyName: p.CompanyName, Rights: r.rights, SecurityContact: p.SecurityContact,
			}
			if !yield(impact, nil) {
				return
			}
		}
	}
}

func ExampleDirectory() {
	const contoso, customer = "3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10", "7a2d9c40-61fe-4b8e-9a35-2f4b7c1d0e58"
	profile := partner.LegalProfile{TenantID: contoso}
	profile.CompanyName = "Contoso"
	tables := exampleTables{profiles: map[string]partner.LegalProfile{contoso: profile}}
	tables.relationships = append(tables.relationships, struct {
		customer, partner string
		rights            partner.Rights
	}{customer, contoso, partner.Reseller | partner.GranularAdmin})

	for _, tenantID := range []string{customer, strings.ToUpper(contoso), "00000000-0000-4000-8000-000000000000"} {
		concerned := 0
		for impact, err := range tables.Impacted(context.Background(), tenantID) {
			if err != nil {
				fmt.Println(err)
				return
			}
			concerned++
			fmt.Printf("%s, rights: %s\n", impact.CompanyName, impact.Rights)
		}
		fmt.Println("concerned:", concerned)
	}
	// Output:
	// Contoso, rights: reseller, granular_admin
	// concerned: 1
	// Contoso, rights: none
	// concerned: 1
	// concerned: 0
}
