package store_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
	"github.com/cspkit/partner/partnertest"
)

// gita is the Global admin of Contoso.
func gita() host.Person {
	p := host.DemoPeople()[0]
	p.Actor.Channel = partner.Portal
	return p
}

// revise returns a revision of Contoso's profile that gives the security
// contact another address.
func (db *testDB) revise(t testing.TB, email string) partner.Revision {
	t.Helper()
	current, err := db.Profile(t.Context(), host.ContosoTenantID)
	require.NoError(t, err)
	proposed := current
	proposed.SecurityContact.Email = email
	rev, err := partner.Revise(t.Context(), partner.DefaultPolicy(), gita().Actor, current, proposed)
	require.NoError(t, err)
	return rev
}

func TestSeed(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		require.NoError(t, db.Seed(t.Context()))
		_, err := db.SaveRevision(t.Context(), db.revise(t, "cert@contoso.com"), gita())
		require.NoError(t, err)
		require.NoError(t, db.Seed(t.Context()), "twice is once")

		p, err := db.Profile(t.Context(), host.ContosoTenantID)
		require.NoError(t, err)
		assert.Equal(t, "cert@contoso.com", p.SecurityContact.Email, "what was changed stays")
		for _, person := range host.DemoPeople() {
			_, err := db.Profile(t.Context(), person.Actor.TenantID)
			if person.Operator {
				require.ErrorIs(t, err, host.ErrNotFound, "the provider is no partner")
				continue
			}
			require.NoError(t, err)
		}
		for c, err := range db.Coverage(t.Context(), store.CoverageList{}) {
			require.NoError(t, err)
			p, err := db.Profile(t.Context(), c.TenantID)
			require.NoError(t, err)
			assert.Empty(t, withoutContact(p.Check().Errors()), c.CompanyName)
		}
	})
}

// withoutContact leaves out the finding that the demonstration is meant to
// show.
func withoutContact(fs partner.Findings) partner.Findings {
	var rest partner.Findings
	for _, f := range fs {
		if f.Code != partner.CodeContactMissing {
			rest = append(rest, f)
		}
	}
	return rest
}

func TestProfile(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		stored := partnertest.Profile(partner.DirectBillPartner)
		stored.TenantID = strings.ToUpper("abcdef00-0000-4000-8000-000000000001")
		stored.CompanyName = `O'Neil & Søn <b>"x"</b>; DROP TABLE partners --`
		stored.SecurityContact.FirstName = "a\u2028b\\"
		require.NoError(t, db.AddPartner(t.Context(), stored, nil))
		stored.TenantID = strings.ToLower(stored.TenantID)

		for _, id := range []string{stored.TenantID, strings.ToUpper(stored.TenantID)} {
			got, err := db.Profile(t.Context(), id)
			require.NoError(t, err)
			assert.Equal(t, stored, got)
			assert.Equal(t, stored.ETag(), got.ETag())
		}
		for _, id := range []string{"", "%", stored.TenantID[:35], stored.TenantID + " ", stored.TenantID + "\x00", "\xff",
			"' OR 1=1 --"} {
			_, err := db.Profile(t.Context(), id)
			require.ErrorIs(t, err, host.ErrNotFound, "%q", id)
		}
		require.ErrorIs(t, db.AddPartner(t.Context(), partner.LegalProfile{TenantID: stored.TenantID}, nil), host.ErrConflict)
		got, err := db.Profile(t.Context(), stored.TenantID)
		require.NoError(t, err)
		assert.Equal(t, stored, got, "a profile is changed by a revision alone")
	})
}

func TestSaveRevision(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		require.NoError(t, db.Seed(t.Context()))
		rev := db.revise(t, "cert@contoso.com")
		id, err := db.SaveRevision(t.Context(), rev, gita())
		require.NoError(t, err)

		p, err := db.Profile(t.Context(), host.ContosoTenantID)
		require.NoError(t, err)
		assert.Equal(t, rev.After, p)
		stored, err := db.Revision(t.Context(), strings.ToUpper(host.ContosoTenantID), id)
		require.NoError(t, err)
		assert.Equal(t, host.StoredRevision{ID: id, At: stored.At, ByName: gita().Name, Revision: rev}, stored,
			"who, when and what")
		assert.False(t, stored.At.IsZero())
		assert.Equal(t, rev.Notices(id), db.queue.sent, "the old and the new address are told")
		require.Len(t, db.queue.sent, 2)
		for _, n := range db.queue.sent {
			d, err := db.Delivery(t.Context(), n.ID)
			require.NoError(t, err)
			assert.Equal(t, host.DeliveryWaiting, d.State)
			assert.Equal(t, n.Recipient, d.Recipient)
			assert.Equal(t, n.Topic, d.Topic)
			assert.Equal(t, host.ContosoTenantID, d.PartnerTenantID)
			assert.NotEmpty(t, d.Why)
			assert.Empty(t, d.IncidentID)
		}

		_, err = db.Revision(t.Context(), host.FabrikamTenantID, id)
		require.ErrorIs(t, err, host.ErrNotFound, "another company's")
	})
}

func TestSaveRevisionLeavesNothingBehind(t *testing.T) {
	failed := errors.New("the queue is full")
	tests := []struct {
		name, why string
		change    func(db *testDB, rev *partner.Revision)
		want      error
	}{
		{"changed by someone else", "what is not seen is not overwritten", func(_ *testDB, rev *partner.Revision) {
			rev.Before.VettingStatus = "pending"
		}, host.ErrConflict},
		{"unknown tenant", "there is nothing to change", func(_ *testDB, rev *partner.Revision) {
			rev.TenantID = customerID
		}, host.ErrNotFound},
		{"queue fails", "a change of which nobody is told is none", func(db *testDB, _ *partner.Revision) {
			db.queue.err = failed
		}, failed},
		{"another tenant's profile", "a revision cannot move a profile", func(_ *testDB, rev *partner.Revision) {
			rev.After.TenantID = host.FabrikamTenantID
		}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			onEach(t, func(t *testing.T, db *testDB) {
				require.NoError(t, db.Seed(t.Context()))
				rev := db.revise(t, "cert@contoso.com")
				tt.change(db, &rev)
				id, err := db.SaveRevision(t.Context(), rev, gita())
				require.Error(t, err, tt.why)
				if tt.want != nil {
					require.ErrorIs(t, err, tt.want, tt.why)
				}
				assert.Empty(t, id)
				assert.NotContains(t, err.Error(), "@")
				db.unchanged(t)
				for _, n := range rev.Notices("") {
					_, err := db.Delivery(t.Context(), n.ID)
					require.ErrorIs(t, err, host.ErrNotFound)
				}
			})
		})
	}
}

// unchanged asserts that Contoso is as it was seeded.
func (db *testDB) unchanged(t testing.TB) {
	t.Helper()
	p, err := db.Profile(t.Context(), host.ContosoTenantID)
	require.NoError(t, err)
	assert.Equal(t, "soc@contoso.com", p.SecurityContact.Email)
	revisions, err := db.Revisions(t.Context(), host.ContosoTenantID, "", 0)
	require.NoError(t, err)
	assert.Empty(t, revisions)
}

func TestSaveRevisionWithoutQueue(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		require.NoError(t, db.Seed(t.Context()))
		db.SetQueue(nil)
		_, err := db.SaveRevision(t.Context(), db.revise(t, "cert@contoso.com"), gita())
		require.Error(t, err, "a notice that nobody sends must not pass as saved")
		db.unchanged(t)
	})
}

func TestTwoWriters(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		require.NoError(t, db.Seed(t.Context()))
		other := open(t, db.url) // as another process
		other.clock = db.clock
		for round := range 10 {
			const writers = 8
			revs := make([]partner.Revision, writers)
			for i := range revs {
				revs[i] = db.revise(t, fmt.Sprintf("soc-%d-%d@contoso.com", round, i))
			}
			errs := make([]error, writers)
			var wg sync.WaitGroup
			for i := range revs {
				wg.Go(func() {
					_, errs[i] = []*testDB{db, other}[i%2].SaveRevision(t.Context(), revs[i], gita())
				})
			}
			wg.Wait()
			won := -1
			for i, err := range errs {
				if err == nil {
					assert.Equal(t, -1, won, "exactly one wins")
					won = i
					continue
				}
				require.ErrorIs(t, err, host.ErrConflict)
			}
			require.NotEqual(t, -1, won, "exactly one wins")
			p, err := db.Profile(t.Context(), host.ContosoTenantID)
			require.NoError(t, err)
			assert.Equal(t, revs[won].After, p)
			revisions, err := db.Revisions(t.Context(), host.ContosoTenantID, "", 0)
			require.NoError(t, err)
			assert.Len(t, revisions, round+1)
			assert.Equal(t, revs[won], revisions[0].Revision)
		}
		assert.Len(t, append(db.queue.sent, other.queue.sent...), 20, "two notices of each that was saved, and of no other")
	})
}

func TestRevisions(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		require.NoError(t, db.Seed(t.Context()))
		var want []string
		for i := range 5 {
			id, err := db.SaveRevision(t.Context(), db.revise(t, fmt.Sprintf("soc-%d@contoso.com", i)), gita())
			require.NoError(t, err)
			want = append([]string{id}, want...)
			db.clock.add(-3600e9) // a clock that is put back does not mix up the order
		}
		read := func(tenantID, before string, limit int) (ids []string) {
			revisions, err := db.Revisions(t.Context(), tenantID, before, limit)
			require.NoError(t, err)
			for _, r := range revisions {
				ids = append(ids, r.ID)
			}
			return ids
		}
		assert.Equal(t, want, read(host.ContosoTenantID, "", 0), "the newest first")
		assert.Equal(t, want[:2], read(host.ContosoTenantID, "", 2))
		assert.Equal(t, want[2:4], read(host.ContosoTenantID, want[1], 2))
		assert.Empty(t, read(host.ContosoTenantID, want[4], 2))
		assert.Empty(t, read(host.ContosoTenantID, "no such", 2))
		assert.Empty(t, read(host.FabrikamTenantID, "", 0))
		assert.Empty(t, read(host.FabrikamTenantID, want[0], 0), "another company's revision is no place in this one's list")
	})
}
