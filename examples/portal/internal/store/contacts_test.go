package store_test

import (
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/attest"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/internal/race"
)

const day = 24 * time.Hour

// contact is Contoso's.
func (db *testDB) contact(t testing.TB) host.Contact {
	t.Helper()
	c, err := db.Contact(t.Context(), host.ContosoTenantID)
	require.NoError(t, err)
	return c
}

// appoint gives Contoso's contact an address.
func (db *testDB) appoint(t testing.TB, email string) {
	t.Helper()
	_, err := db.SaveRevision(t.Context(), db.revise(t, email), gita())
	require.NoError(t, err)
	db.queue.sent = nil // the notices of the revision
}

// asks are the notifications that have been put into the queue since it was
// called last.
func (db *testDB) asks(t testing.TB, p attest.Policy) []partner.Notification {
	t.Helper()
	for {
		looked, err := db.AskContacts(t.Context(), p, 100)
		require.NoError(t, err)
		if looked == 0 {
			break
		}
	}
	sent := db.queue.sent
	db.queue.sent = nil
	return sent
}

// said answers a mail.
func (db *testDB) said(t testing.TB, n partner.Notification, said host.ContactSaid, form string) (fresh, present bool) {
	t.Helper()
	fresh, present, err := db.ContactAnswered(t.Context(), nil, host.ContactAnswer{
		Source: form, NotificationID: n.ID, Said: said, ByName: "Robin", FromAddress: "192.0.2.1", At: db.Now(),
	})
	require.NoError(t, err)
	return fresh, present
}

func TestARevisionKeepsTheRecord(t *testing.T) {
	change := func(edit func(c *partner.SecurityContact)) func(*partner.LegalProfile) {
		return func(p *partner.LegalProfile) { edit(&p.SecurityContact) }
	}
	tests := []struct {
		name, why string
		change    func(p *partner.LegalProfile)
		begins    bool
		doubt     host.ContactSaid // that there was
		left      host.ContactSaid // of it
	}{
		{"another section", "the address is the same", func(p *partner.LegalProfile) { p.PrimaryContact.LastName = "Other" },
			false, host.ContactWrong, host.ContactWrong},
		{"the phone number", "the address is the same, and what was wrong was looked at",
			change(func(c *partner.SecurityContact) { c.Phone = "+14255550199" }), false, host.ContactWrong, ""},
		{"the phone number, and it is not them", "the address is still the one that is not theirs",
			change(func(c *partner.SecurityContact) { c.Phone = "+14255550199" }), false,
			host.ContactNotMe, host.ContactNotMe},
		{"the case of the address", "mail goes to the same mailbox",
			change(func(c *partner.SecurityContact) { c.Email = "CERT@contoso.com" }), false, host.ContactNotMe,
			host.ContactNotMe},
		{"the address", "nobody has confirmed the new one",
			change(func(c *partner.SecurityContact) { c.Email = "soc@contoso.com" }), true, host.ContactNotMe, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			onEach(t, func(t *testing.T, db *testDB) {
				require.NoError(t, db.Seed(t.Context()))
				db.appoint(t, "cert@contoso.com")
				asked := db.asks(t, attest.Policy{})
				require.Len(t, asked, 1)
				db.said(t, asked[0], host.ContactRight, "form 1")
				db.said(t, asked[0], tt.doubt, "form 2")
				before := db.contact(t)

				current, err := db.Profile(t.Context(), host.ContosoTenantID)
				require.NoError(t, err)
				proposed := current
				tt.change(&proposed)
				rev, err := partner.Revise(t.Context(), partner.DefaultPolicy(), gita().Actor, current, proposed)
				require.NoError(t, err)
				_, err = db.SaveRevision(t.Context(), rev, gita())
				require.NoError(t, err)

				after := db.contact(t)
				assert.Equal(t, proposed.SecurityContact.Email, after.Address)
				assert.Equal(t, tt.left, after.Doubt, tt.why)
				assert.Equal(t, tt.left == "", after.DoubtedAt.IsZero())
				if !tt.begins {
					assert.Equal(t, before.Record, after.Record, tt.why)
					return
				}
				assert.True(t, after.Record.EnteredAt.After(before.Record.EnteredAt), tt.why)
				assert.True(t, after.Record.VerifiedAt.IsZero(), tt.why)
			})
		})
	}
}

// The year of one address, as README has it: who is told on which day.
func TestAYear(t *testing.T) {
	contact, admin := partner.ToSecurityContact, partner.ToGlobalAdmin
	type ask struct {
		day int
		to  partner.Audience
	}
	tests := []struct {
		name, why string
		policy    attest.Policy
		confirm   []int // on these days
		away      [2]int
		want      []ask
	}{
		{"nobody confirms", "the contact is asked, and then the Global admins are told, twice", attest.Policy{}, nil,
			[2]int{},
			[]ask{{0, contact}, {1, contact}, {8, contact}, {14, contact}, {15, admin}, {30, admin}}},
		{"confirmed at once", "the next ask is a year later", attest.Policy{}, []int{0}, [2]int{},
			[]ask{{0, contact}, {335, contact}, {351, contact}, {358, contact}, {364, contact}, {365, admin}, {380, admin}}},
		{"confirmed after the second ask, and again", "nobody is asked after a confirmation", attest.Policy{}, []int{2, 340},
			[2]int{}, []ask{{0, contact}, {1, contact}, {337, contact}}},
		{"no worker for two weeks", "the newest ask alone is sent", attest.Policy{}, nil, [2]int{1, 14},
			[]ask{{0, contact}, {14, contact}, {15, admin}, {30, admin}}},
		{"no worker for two months", "one mail to each", attest.Policy{}, nil, [2]int{1, 61},
			[]ask{{0, contact}, {61, contact}, {61, admin}}},
		{"the operator's schedule", "",
			attest.Policy{Within: 5 * day, Asks: []attest.Ask{{Before: 2 * day, To: contact}}}, nil,
			[2]int{}, []ask{{3, contact}}},
		{"nobody is to be asked", "", attest.Policy{Asks: []attest.Ask{}}, nil, [2]int{}, nil},
	}
	for i, tt := range tests {
		if i%race.Every != 0 {
			continue // it starts no goroutine
		}
		t.Run(tt.name, func(t *testing.T) {
			onEach(t, func(t *testing.T, db *testDB) {
				require.NoError(t, db.Seed(t.Context()))
				begun := db.Now()
				db.appoint(t, "cert@contoso.com")
				require.NoError(t, db.NewAskPolicy(t.Context(), tt.policy))
				var got []ask
				var last partner.Notification
				for d := range 400 {
					if d < tt.away[0] || d >= tt.away[1] {
						for _, n := range db.asks(t, tt.policy) {
							got = append(got, ask{d, n.Recipient.Audience})
							if n.Topic == partner.TopicContactConfirm {
								last = n
							}
							still, err := db.StillAsked(t.Context(), tt.policy, n)
							require.NoError(t, err)
							assert.True(t, still, "day %d", d)
						}
					}
					if slices.Contains(tt.confirm, d) {
						fresh, present := db.said(t, last, host.ContactRight, fmt.Sprint("form of day ", d))
						require.True(t, fresh && present)
						still, err := db.StillAsked(t.Context(), tt.policy, last)
						require.NoError(t, err)
						assert.False(t, still, "what is in the queue is not sent after it")
					}
					db.clock.add(begun.Add(time.Duration(d+1) * (day + 10*time.Second)).Sub(db.Now())) // later on each day
				}
				assert.Equal(t, tt.want, got, tt.why)
			})
		})
	}
}

func TestWhatIsSaidOnThePage(t *testing.T) {
	tests := []struct {
		said  host.ContactSaid
		state host.ContactState
		told  int // Global admins
		why   string
	}{
		{host.ContactRight, host.ContactVerified, 0, "somebody reads it"},
		{host.ContactWrong, host.ContactDoubted, 1, "only a Global admin can change it"},
		{host.ContactNotMe, host.ContactDoubted, 1, "only a Global admin can change it"},
	}
	for _, tt := range tests {
		t.Run(string(tt.said), func(t *testing.T) {
			onEach(t, func(t *testing.T, db *testDB) {
				require.NoError(t, db.Seed(t.Context()))
				db.appoint(t, "cert@contoso.com")
				n := db.asks(t, attest.Policy{})[0]
				fresh, present := db.said(t, n, tt.said, "form")
				assert.True(t, fresh && present)
				told := db.asks(t, attest.Policy{})
				require.Len(t, told, tt.told, tt.why)
				for _, n := range told {
					assert.Equal(t, partner.TopicContactLapsed, n.Topic)
					assert.Equal(t, "gita.global@contoso.com", n.Recipient.Email)
				}
				c := db.contact(t)
				assert.Equal(t, tt.state, c.State(attest.Policy{}.At(c.Attest(), db.Now())))
				counts, err := db.ContactCounts(t.Context())
				require.NoError(t, err)
				assert.Equal(t, map[host.ContactState]int{tt.state: 1, host.ContactUnasked: 4}, counts)

				fresh, _ = db.said(t, n, host.ContactWrong, "form")
				assert.False(t, fresh, "a form counts once")
				assert.Equal(t, c, db.contact(t))
				answers, err := db.ContactAnswers(t.Context(), host.ContosoTenantID, 0)
				require.NoError(t, err)
				require.Len(t, answers, 1)
				assert.Equal(t, "Robin", answers[0].ByName)
				assert.Equal(t, tt.said, answers[0].Said)

				db.said(t, n, host.ContactRight, "later")
				assert.Empty(t, db.asks(t, attest.Policy{}))
				c = db.contact(t)
				assert.Equal(t, host.ContactVerified, c.State(attest.Policy{}.At(c.Attest(), db.Now())), "the last word counts")

				db.appoint(t, "other@contoso.com")
				before := db.contact(t)
				fresh, present = db.said(t, n, host.ContactNotMe, "too late")
				assert.True(t, fresh)
				assert.False(t, present, "the mail went to an address that is not the contact's any more")
				assert.Equal(t, before, db.contact(t))
			})
		})
	}
	onEach(t, func(t *testing.T, db *testDB) {
		_, _, err := db.ContactAnswered(t.Context(), nil, host.ContactAnswer{Source: "form", NotificationID: "no such"})
		require.ErrorIs(t, err, host.ErrNotFound)
	})
}

func TestMailCameBack(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		require.NoError(t, db.Seed(t.Context()))
		back := func(address string) []partner.Notification {
			require.NoError(t, db.ContactBounced(t.Context(), nil, host.ContosoTenantID, address, db.Now()))
			return db.asks(t, attest.Policy{})
		}
		assert.Empty(t, back("other@contoso.com"), "that is not the contact's address")
		told := back("SOC@Contoso.com")
		require.Len(t, told, 1, "also before anybody was asked")
		assert.Equal(t, partner.TopicContactLapsed, told[0].Topic)
		assert.Empty(t, back("soc@contoso.com"), "once")
		c := db.contact(t)
		assert.Equal(t, host.ContactBouncing, c.State(attest.Policy{}.At(c.Attest(), db.Now())))

		bounced := c.Record.BouncedAt
		require.NoError(t,
			db.ContactBounced(t.Context(), nil, host.ContosoTenantID, "soc@contoso.com", bounced.Add(-time.Hour)))
		assert.Equal(t, bounced, db.contact(t).Record.BouncedAt, "an older one says nothing new")

		n, _, err := db.BeginVerification(t.Context(), "", 1000)
		require.NoError(t, err)
		assert.Equal(t, 4, n, "to ask there would come back too")
		n, _, err = db.BeginVerification(t.Context(), host.ContosoTenantID, 0)
		require.NoError(t, err)
		assert.Equal(t, 1, n, "unless it is named")

		db.appoint(t, "cert@contoso.com")
		assert.Equal(t, attest.Record{EnteredAt: db.contact(t).Record.EnteredAt}, db.contact(t).Record)
	})
}

// A full database, before anybody begins, and after.
func TestAdoptingWritesToNobody(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		const all = 90
		require.NoError(t, db.SeedPartners(t.Context(), customerID, all))
		require.NoError(t, db.SeedPartners(t.Context(), customerID, all), "twice is once")
		for range 400 {
			db.clock.add(day)
			require.Empty(t, db.asks(t, attest.Policy{}))
		}
		counts, err := db.ContactCounts(t.Context())
		require.NoError(t, err)
		assert.Equal(t, map[host.ContactState]int{host.ContactUnasked: all}, counts)

		begun := db.Now()
		n, last, err := db.BeginVerification(t.Context(), "", 30)
		require.NoError(t, err)
		assert.Equal(t, all, n)
		assert.WithinDuration(t, begun.Add(3*day), last, time.Hour)
		n, _, err = db.BeginVerification(t.Context(), "", 30)
		require.NoError(t, err)
		assert.Zero(t, n, "twice is once")
		require.NoError(t, db.SeedPartners(t.Context(), customerID, all+1))
		n, after, err := db.BeginVerification(t.Context(), "", 30)
		require.NoError(t, err)
		assert.Equal(t, 1, n)
		assert.True(t, after.After(last), "those that wait go first")

		first := map[string]int{} // the day of the first ask, by partner
		var perDay [5]int
		for d := range perDay {
			for _, n := range db.asks(t, attest.Policy{Asks: []attest.Ask{{Before: 15 * day, To: partner.ToSecurityContact}}}) {
				require.NotContains(t, first, n.PartnerTenantID, "none twice")
				first[n.PartnerTenantID] = d
				perDay[d]++
			}
			db.clock.add(begun.Add(time.Duration(d+1)*day - time.Minute).Sub(db.Now()))
		}
		assert.Equal(t, [5]int{1, 29, 30, 30, 1}, perDay, "the first one is asked at once")
	})
}

// The tables are new in a database that is full already.
func TestTheMigrationWritesToNobody(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		require.NoError(t, db.Seed(t.Context()))
		for _, statement := range []string{
			`DROP TABLE contact_answers`, `DROP TABLE contacts`,
			`DELETE FROM portal_migrations WHERE name LIKE '%_contacts.sql'`,
		} {
			db.run(t, statement)
		}
		db = open(t, db.url)
		db.clock.add(400 * day)
		assert.Empty(t, db.asks(t, attest.Policy{}))
		assert.Equal(t, host.Contact{PartnerTenantID: host.ContosoTenantID, Address: "soc@contoso.com"}, db.contact(t))
		counts, err := db.ContactCounts(t.Context())
		require.NoError(t, err)
		assert.Equal(t, map[host.ContactState]int{host.ContactUnasked: 5}, counts)
		n, _, err := db.BeginVerification(t.Context(), "", 1000)
		require.NoError(t, err)
		assert.Equal(t, 5, n)
	})
}

func TestBeginOne(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		require.NoError(t, db.Seed(t.Context()))
		n, _, err := db.BeginVerification(t.Context(), host.ContosoTenantID, 0)
		require.NoError(t, err)
		assert.Equal(t, 1, n)
		asked := db.asks(t, attest.Policy{})
		require.Len(t, asked, 1)
		assert.Equal(t, host.ContosoTenantID, asked[0].PartnerTenantID)
		before := db.contact(t)
		n, _, err = db.BeginVerification(t.Context(), host.ContosoTenantID, 0)
		require.NoError(t, err)
		assert.Zero(t, n, "it was begun")
		assert.Equal(t, before, db.contact(t))
		for _, id := range []string{host.TailspinTenantID, customerID} {
			_, _, err = db.BeginVerification(t.Context(), id, 0)
			require.ErrorIs(t, err, host.ErrNotFound, "it has no contact")
		}
	})
}

// Two workers look at the same time, as processes of their own.
func TestTwoWhoAsk(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		const all = 200
		require.NoError(t, db.SeedPartners(t.Context(), customerID, all))
		_, _, err := db.BeginVerification(t.Context(), "", 1_000_000)
		require.NoError(t, err)
		db.clock.add(time.Hour)
		other := open(t, db.url)
		other.clock.add(365 * day)
		db.clock.add(365 * day)
		var wg sync.WaitGroup
		for _, db := range []*testDB{db, other} {
			wg.Go(func() {
				for range 2 * all {
					if _, err := db.AskContacts(t.Context(), attest.Policy{}, 7); !assert.NoError(t, err) {
						return
					}
				}
			})
		}
		wg.Wait()
		times := map[string]int{}
		for _, n := range append(db.queue.sent, other.queue.sent...) {
			times[n.ID]++
		}
		assert.Len(t, times, 2*all, "the contact and the Global admin of each")
		assert.Equal(t, 1, slices.Max(slices.Collect(maps.Values(times))), "none twice")
	})
}

func TestAnotherPolicyIsAskedAtOnce(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		require.NoError(t, db.Seed(t.Context()))
		db.appoint(t, "cert@contoso.com")
		require.Len(t, db.asks(t, attest.Policy{}), 1)
		hourly := attest.Policy{Within: time.Hour, Asks: []attest.Ask{{To: partner.ToGlobalAdmin}}}
		db.clock.add(2 * time.Hour)
		assert.Empty(t, db.asks(t, hourly), "the policy before said when to look again")
		require.NoError(t, db.NewAskPolicy(t.Context(), hourly))
		assert.Len(t, db.asks(t, hourly), 1)
		require.NoError(t, db.NewAskPolicy(t.Context(), hourly))
		looked, err := db.AskContacts(t.Context(), hourly, 100)
		require.NoError(t, err)
		assert.Zero(t, looked, "it is the same policy")
	})
}

func TestAPartnerThatCannotBeReadStopsNobody(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		require.NoError(t, db.SeedPartners(t.Context(), customerID, 3))
		_, _, err := db.BeginVerification(t.Context(), "", 1_000_000)
		require.NoError(t, err)
		db.run(t, `UPDATE partners SET staff = '5' WHERE tenant_id LIKE '%1'`)
		db.clock.add(time.Hour)
		assert.Len(t, db.asks(t, attest.Policy{}), 2)
		db.run(t, `UPDATE partners SET staff = '[]'`)
		db.clock.add(2 * time.Hour)
		assert.Len(t, db.asks(t, attest.Policy{}), 1, "it is looked at again")
	})
}
