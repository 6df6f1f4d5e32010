package store_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/attest"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// names lists partners page by page, two on each.
func names(t *testing.T, db *testDB, l store.PartnerList) []string {
	t.Helper()
	var all []string
	l.Limit = 2
	for {
		page, err := db.ListPartners(t.Context(), l)
		require.NoError(t, err)
		for _, p := range page.Partners {
			all = append(all, p.CompanyName)
		}
		if l.After = page.Next; l.After == "" {
			return all
		}
	}
}

func TestListPartners(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		require.NoError(t, db.Seed(t.Context()))
		every := []string{"Contoso", "Fabrikam", "Litware", "Northwind Traders", "Tailspin Toys", "Wingtip Toys"}
		for _, tt := range []struct {
			name, why string
			list      store.PartnerList
			want      []string
		}{
			{"all", "in the order of their names", store.PartnerList{}, every},
			{"the beginning of a name", "case does not matter", store.PartnerList{Search: "conTO"}, every[:1]},
			{"a later word", "people know companies by it", store.PartnerList{Search: "toys"},
				[]string{"Wingtip Toys", "Tailspin Toys"}},
			{"an address of the contact", "", store.PartnerList{Search: "cert@north"}, every[3:4]},
			{"an address of somebody else", "", store.PartnerList{Search: "gita."}, every[:1]},
			{"a tenant", "", store.PartnerList{Search: host.TailspinTenantID[:8]}, every[4:5]},
			{"the middle of a word", "an index has beginnings", store.PartnerList{Search: "ontoso"}, nil},
			{"a pattern", "it means itself", store.PartnerList{Search: "%"}, nil},
			{"no contact", "", store.PartnerList{State: store.NoContact}, every[4:5]},
			{"unasked", "all are that have a contact", store.PartnerList{State: host.ContactUnasked},
				[]string{"Contoso", "Fabrikam", "Litware", "Northwind Traders", "Wingtip Toys"}},
			{"nobody", "", store.PartnerList{State: host.ContactBouncing}, nil},
			{"a word and no contact", "", store.PartnerList{Search: "toys", State: store.NoContact}, every[4:5]},
		} {
			assert.Equal(t, tt.want, names(t, db, tt.list), "%s: %s", tt.name, tt.why)
		}
		rev := db.revise(t, "cert@contoso.com")
		rev.After.CompanyName = "Adatum"
		_, err := db.SaveRevision(t.Context(), rev, gita())
		require.NoError(t, err)
		assert.Equal(t, []string{"Adatum"}, names(t, db, store.PartnerList{Search: "cert@contoso"}), "it follows a change")
		assert.Equal(t, []string{"Adatum"}, names(t, db, store.PartnerList{State: host.ContactUnverified}))
		assert.Empty(t, names(t, db, store.PartnerList{Search: "soc@contoso"}), "and forgets what was")
	})
}

func TestPartnerCustomers(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		require.NoError(t, db.Seed(t.Context()))
		all, err := db.PartnerCustomers(t.Context(), host.ContosoTenantID, "", 0)
		require.NoError(t, err)
		require.Len(t, all, 2, "its own tenant is none")
		assert.Equal(t, "Adventure Works", all[0].Name)
		assert.Equal(t, partner.Reseller|partner.GranularAdmin, all[0].Rights)
		next, err := db.PartnerCustomers(t.Context(), host.ContosoTenantID, all[0].TenantID, 1)
		require.NoError(t, err)
		assert.Equal(t, all[1:], next)
		people, err := db.Staff(t.Context(), host.ContosoTenantID)
		require.NoError(t, err)
		assert.Len(t, people, 3)
	})
}

// An operator asks a contact now: by the schedule if nobody has, otherwise with
// a mail of its own, once in ten minutes.
func TestAskNow(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		require.NoError(t, db.Seed(t.Context()))
		asked, err := db.AskNow(t.Context(), host.ContosoTenantID)
		require.NoError(t, err)
		assert.True(t, asked)
		c, err := db.Contact(t.Context(), host.ContosoTenantID)
		require.NoError(t, err)
		assert.False(t, c.Record.EnteredAt.IsZero(), "the schedule asks from now on")

		asked, err = db.AskNow(t.Context(), host.ContosoTenantID)
		require.NoError(t, err)
		assert.True(t, asked, "a person wants it now")
		require.Len(t, db.queue.sent, 1)
		n := db.queue.sent[0]
		assert.Equal(t, partner.TopicContactConfirm, n.Topic)
		assert.Equal(t, "soc@contoso.com", n.Recipient.Email)
		still, err := db.StillAsked(t.Context(), attest.Policy{}, n)
		require.NoError(t, err)
		assert.True(t, still, "it is sent whatever the schedule says")
		asked, err = db.AskNow(t.Context(), host.ContosoTenantID)
		require.NoError(t, err)
		assert.False(t, asked, "two clicks are one mail")
		db.clock.add(11 * time.Minute)
		asked, err = db.AskNow(t.Context(), host.ContosoTenantID)
		require.NoError(t, err)
		assert.True(t, asked)
		_, err = db.AskNow(t.Context(), host.TailspinTenantID)
		require.ErrorIs(t, err, host.ErrNotFound, "there is nobody to ask")
	})
}

// Many contacts are asked at once, each once a day whoever asked it, and each
// has an entry of the audit log.
func TestAskMany(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		ctx := t.Context()
		require.NoError(t, db.Seed(ctx))
		_, _, err := db.BeginVerification(ctx, host.ContosoTenantID, 1)
		require.NoError(t, err)
		db.clock.add(48 * time.Hour)
		fabrikam := names(t, db, store.PartnerList{Search: "fabrikam"})
		require.Len(t, fabrikam, 1)
		page, err := db.ListPartners(ctx, store.PartnerList{Search: "fabrikam"})
		require.NoError(t, err)
		unasked := page.Partners[0].TenantID
		chosen := []string{host.ContosoTenantID, unasked, host.TailspinTenantID, "00000000-0000-4000-8000-000000000000"}
		plans := func() (all []string) {
			t.Helper()
			plan, err := db.PlanAsks(ctx, chosen)
			require.NoError(t, err)
			for _, p := range plan {
				switch {
				case p.Asks():
					all = append(all, p.CompanyName+" will")
				case p.Address == "":
					all = append(all, p.CompanyName+" cannot")
				default:
					all = append(all, p.CompanyName+" was")
				}
			}
			return all
		}
		assert.Equal(t, []string{"Contoso will", "Fabrikam will", "Tailspin Toys cannot"}, plans())
		by := host.AuditEntry{Name: "Olu", Channel: "portal"}
		asked, err := db.AskMany(ctx, chosen, by)
		require.NoError(t, err)
		assert.Equal(t, 2, asked)
		require.Len(t, db.queue.sent, 1, "one now, and one by the schedule")
		assert.Equal(t, "soc@contoso.com", db.queue.sent[0].Recipient.Email)
		assert.Equal(t, []string{"Contoso was", "Fabrikam was", "Tailspin Toys cannot"}, plans())
		entries, err := db.AuditList(ctx, store.AuditQuery{Actions: []string{store.AuditAsk}})
		require.NoError(t, err)
		require.Len(t, entries, 2)
		assert.Equal(t, []string{unasked, host.ContosoTenantID, "Olu"},
			[]string{entries[0].Subject, entries[1].Subject, entries[0].Name})

		db.clock.add(23 * time.Hour)
		asked, err = db.AskMany(ctx, chosen, by)
		require.NoError(t, err)
		assert.Zero(t, asked, "within the day")
		assert.Len(t, db.queue.sent, 1)
		db.clock.add(2 * time.Hour)
		asked, err = db.AskMany(ctx, chosen[:1], by)
		require.NoError(t, err)
		assert.Equal(t, 1, asked)
	})
}

// Two who ask at the same time mail each contact once.
func TestAskManyAtOnce(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		ctx := t.Context()
		require.NoError(t, db.Seed(ctx))
		_, _, err := db.BeginVerification(ctx, host.ContosoTenantID, 1)
		require.NoError(t, err)
		db.clock.add(48 * time.Hour)
		results := make(chan int, 2)
		for range 2 {
			go func() {
				n, err := db.AskMany(ctx, []string{host.ContosoTenantID}, host.AuditEntry{})
				assert.NoError(t, err)
				results <- n
			}()
		}
		assert.Equal(t, 1, <-results+<-results)
		assert.Len(t, db.queue.sent, 1)
	})
}
