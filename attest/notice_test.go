package attest_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/attest"
)

func profile() partner.LegalProfile {
	p := partner.LegalProfile{
		TenantID:        "3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10",
		SecurityContact: partner.NewGroupContact("Contoso SOC", "soc@contoso.com", "+14255550100"),
	}
	p.CompanyName = "Contoso"
	return p
}

func admins() []partner.Recipient {
	return []partner.Recipient{{Name: "Admin", Email: "admin@contoso.com", Audience: partner.ToSubscriber},
		{Email: "other@contoso.com"}}
}

// brief writes notices as "contact_confirm soc@contoso.com".
func brief(notices []partner.Notification) []string {
	lines := []string{}
	for _, n := range notices {
		lines = append(lines, string(n.Topic)+" "+n.Recipient.Address())
	}
	return lines
}

func TestPolicyNotices(t *testing.T) {
	t.Parallel()
	const (
		confirm = "contact_confirm soc@contoso.com"
		lapsed  = "contact_lapsed admin@contoso.com"
		other   = "contact_lapsed other@contoso.com"
	)
	entered := attest.Record{EnteredAt: on(0)}
	for _, c := range []struct {
		name   string
		why    string
		record attest.Record
		day    float64
		change func(p *partner.LegalProfile, admins *[]partner.Recipient)
		want   []string
	}{
		{"nothing is known", "nobody is written to", attest.Record{}, 0, nil, []string{}},
		{"before it was entered", "nothing is due", entered, -1, nil, []string{}},
		{"entered", "the contact is asked", entered, 0, nil, []string{confirm}},
		{"overdue", "the contact is asked still, and the admins are told", entered, 15, nil,
			[]string{confirm, lapsed, other}},
		{"verified", "nobody", attest.Record{EnteredAt: on(0), VerifiedAt: on(1)}, 15, nil, []string{}},
		{"bounced", "the admins are told at once", attest.Record{EnteredAt: on(0), VerifiedAt: on(1),
			BouncedAt: on(2)}, 2, nil, []string{lapsed, other}},
		{"bounced, and nothing else is known", "a bounce still counts", attest.Record{BouncedAt: on(2)}, 2, nil,
			[]string{lapsed, other}},
		{"no address", "the admins are told all the same", entered, 15,
			func(p *partner.LegalProfile, _ *[]partner.Recipient) {
				p.SecurityContact.Email = "soc@localhost"
			}, []string{lapsed, other}},
		{"no admins", "nobody else is", entered, 15,
			func(_ *partner.LegalProfile, admins *[]partner.Recipient) { *admins = nil }, []string{confirm}},
		{"admins without an address", "they are nobody's", entered, 15,
			func(_ *partner.LegalProfile, admins *[]partner.Recipient) {
				*admins = append([]partner.Recipient{{}, {Email: "x@localhost"}, {Email: " OTHER@contoso.com"}}, *admins...)
			}, []string{confirm, "contact_lapsed OTHER@contoso.com", lapsed}},
		{"an admin who is the contact", "each address is told once", entered, 15,
			func(_ *partner.LegalProfile, admins *[]partner.Recipient) {
				(*admins)[0].Email = "SOC@contoso.com"
			}, []string{confirm, other}},
		{"an admin who is the contact, and the contact is not asked", "then the admin is told",
			attest.Record{EnteredAt: on(0), VerifiedAt: on(1), BouncedAt: on(2)}, 2,
			func(_ *partner.LegalProfile, admins *[]partner.Recipient) {
				(*admins)[0].Email = "soc@contoso.com"
			}, []string{"contact_lapsed soc@contoso.com", other}},
		{"an admin by phone", "the medium is the host's", entered, 15,
			func(_ *partner.LegalProfile, admins *[]partner.Recipient) {
				*admins = []partner.Recipient{{Phone: "+1 425 555 0142", Medium: partner.MediumPhone}}
			}, []string{confirm, "contact_lapsed +14255550142"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p, list := profile(), admins()
			if c.change != nil {
				c.change(&p, &list)
			}
			notices := attest.Policy{}.Notices(p, list, c.record, on(c.day))
			assert.Equal(t, c.want, brief(notices), c.why)
			for _, n := range notices {
				assert.Regexp(t, "^[0-9a-f]{40}$", n.ID)
				assert.Equal(t, []string{p.TenantID, "Contoso"}, []string{n.PartnerTenantID, n.CompanyName})
				assert.Equal(t, n.Topic == partner.TopicContactConfirm,
					n.Recipient.Audience == partner.ToSecurityContact)
				assert.Equal(t, n.Topic == partner.TopicContactLapsed, n.Recipient.Audience == partner.ToGlobalAdmin)
				assert.NotEmpty(t, n.Message().Subject)
			}
		})
	}
}

// The notice is one that a revision could have made. Nothing is left of the
// incident with which it is cleaned.
func TestNoticeInFull(t *testing.T) {
	t.Parallel()
	notices := attest.Policy{}.Notices(profile(), admins(), attest.Record{EnteredAt: on(0)}, on(15))
	require.Len(t, notices, 3)
	// Hosts store these IDs: they must never change.
	assert.Equal(t, []partner.Notification{
		{
			ID: "49def0f17c906757c4660f4bc483d64fc5190f9b", Topic: partner.TopicContactConfirm,
			PartnerTenantID: profile().TenantID, CompanyName: "Contoso",
			Recipient: partner.Recipient{Audience: partner.ToSecurityContact, Name: "Contoso SOC",
				Email: "soc@contoso.com", Phone: "+14255550100"},
		},
		{
			ID: "2bd7e94d4b175f462001f5d80a165c57e58069a7", Topic: partner.TopicContactLapsed,
			PartnerTenantID: profile().TenantID, CompanyName: "Contoso",
			Recipient: partner.Recipient{Audience: partner.ToGlobalAdmin, Name: "Admin", Email: "admin@contoso.com"},
		},
	}, notices[:2])
}

// What an ID follows, and what not.
func TestNoticeIDs(t *testing.T) {
	t.Parallel()
	type question struct {
		policy  attest.Policy
		profile partner.LegalProfile
		admins  []partner.Recipient
		record  attest.Record
		now     time.Time
	}
	ids := func(q question) string {
		var list []string
		for _, n := range q.policy.Notices(q.profile, q.admins, q.record, q.now) {
			list = append(list, n.ID)
		}
		return strings.Join(list, " ")
	}
	contact := func() question {
		return question{profile: profile(), record: attest.Record{EnteredAt: on(0)}, now: on(2)}
	}
	bounce := func() question {
		return question{policy: attest.Policy{Asks: []attest.Ask{}}, profile: profile(), admins: admins()[:1],
			record: attest.Record{EnteredAt: on(0), VerifiedAt: on(1), BouncedAt: on(5)}, now: on(50)}
	}
	for _, c := range []struct {
		name   string
		of     func() question
		same   bool
		change func(q *question)
	}{
		{"asking later", contact, true, func(q *question) { q.now = on(7.9) }},
		{"another spelling of the address", contact, true,
			func(q *question) { q.profile.SecurityContact.Email = " SOC@Contoso.COM" }},
		{"another spelling of the tenant", contact, true,
			func(q *question) { q.profile.TenantID = strings.ToUpper(q.profile.TenantID) }},
		{"another name", contact, true, func(q *question) {
			q.profile.SecurityContact.LastName,
				q.profile.CompanyName = "Rivera", "Fabrikam"
		}},
		{"the same time elsewhere", contact, true,
			func(q *question) { q.record.EnteredAt = q.record.EnteredAt.In(time.FixedZone("", 3600)) }},
		{"another tenant", contact, false, func(q *question) { q.profile.TenantID = "5e0b6c1d-7a34-4f29-b8c7-90d1e2f3a4b5" }},
		{"another address", contact, false, func(q *question) { q.profile.SecurityContact.Email = "csirt@contoso.com" }},
		{"entered again", contact, false, func(q *question) { q.record.EnteredAt = q.record.EnteredAt.Add(1) }},
		{"the next ask", contact, false, func(q *question) { q.now = on(8) }},
		{"a bounce", contact, true, func(q *question) { q.record.BouncedAt = on(1) }},

		{"a second bounce", bounce, true, func(q *question) { q.record.BouncedAt = on(6) }},
		{"a bounce at the time of an ask", bounce, true, func(q *question) {
			q.policy.Asks = []attest.Ask{{361 * day, partner.ToGlobalAdmin}}
		}},
		{"a bounce, and another policy", bounce, true, func(q *question) { q.policy.Every = 100 * day }},
		{"a bounce, and another spelling of the contact", bounce, true,
			func(q *question) { q.profile.SecurityContact.Email = "SOC@contoso.com" }},
		{"a bounce of another address", bounce, false,
			func(q *question) { q.profile.SecurityContact.Email = "csirt@contoso.com" }},
		{"a bounce, and it was verified again before", bounce, false,
			func(q *question) { q.record.VerifiedAt = on(2) }},
		{"a bounce of what was entered again", bounce, false, func(q *question) { q.record.EnteredAt = on(2) }},
		{"a bounce, to another admin", bounce, false, func(q *question) { q.admins = admins()[1:] }},
		{"the deadline after a bounce", bounce, false, func(q *question) {
			q.policy.Asks = []attest.Ask{{0, partner.ToGlobalAdmin}}
			q.now = on(366)
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			before, after := c.of(), c.of()
			c.change(&after)
			require.NotContains(t, ids(before), " ", "one notice")
			require.Len(t, ids(after), 40)
			if c.same {
				assert.Equal(t, ids(before), ids(after))
			} else {
				assert.NotEqual(t, ids(before), ids(after))
			}
		})
	}
}

// host polls once a day, and hands each ID on once. It is down on some days.
type host struct {
	record attest.Record
	known  map[string]bool
	diary  []string
}

func (h *host) poll(day int, p partner.LegalProfile) {
	if h.known == nil {
		h.known = map[string]bool{}
	}
	policy := attest.Policy{}
	now := on(float64(day))
	for _, n := range policy.Notices(p, admins()[:1], h.record, now) {
		if !h.known[n.ID] {
			h.known[n.ID] = true
			h.diary = append(h.diary, fmt.Sprintf("day %d: %s %s", day, n.Topic, n.Recipient.Email))
		}
	}
}

// Five years with the default schedule, day by day.
func TestFiveYears(t *testing.T) {
	t.Parallel()
	const years = 5 * 365
	t.Run("a contact that answers the second mail", func(t *testing.T) {
		t.Parallel()
		h := host{record: attest.Record{EnteredAt: on(0)}}
		var want []string
		asked := 0
		for day := range years {
			before := len(h.diary)
			h.poll(day, profile())
			if asked += len(h.diary) - before; asked == 2 {
				h.record.VerifiedAt, asked = on(float64(day)+0.5), 0
			}
		}
		// Verified on day 1.5, 353 days later at 14 days before the deadline, and so
		// on.
		for _, day := range []int{0, 1, 337, 353, 689, 705, 1041, 1057, 1393, 1409, 1745, 1761} {
			want = append(want, fmt.Sprintf("day %d: contact_confirm soc@contoso.com", day))
		}
		assert.Equal(t, want, h.diary)
	})
	t.Run("a contact that never answers", func(t *testing.T) {
		t.Parallel()
		h := host{record: attest.Record{EnteredAt: on(0)}}
		for day := range years {
			h.poll(day, profile())
		}
		assert.Equal(t, []string{
			"day 0: contact_confirm soc@contoso.com", "day 1: contact_confirm soc@contoso.com",
			"day 8: contact_confirm soc@contoso.com",
			"day 14: contact_confirm soc@contoso.com", "day 15: contact_lapsed admin@contoso.com",
			"day 30: contact_lapsed admin@contoso.com",
		}, h.diary)
	})
	t.Run("a contact that answers once", func(t *testing.T) {
		t.Parallel()
		h := host{record: attest.Record{EnteredAt: on(0), VerifiedAt: on(0)}}
		for day := range years {
			h.poll(day, profile())
		}
		assert.Equal(t, []string{
			"day 335: contact_confirm soc@contoso.com", "day 351: contact_confirm soc@contoso.com",
			"day 358: contact_confirm soc@contoso.com",
			"day 364: contact_confirm soc@contoso.com", "day 365: contact_lapsed admin@contoso.com",
			"day 380: contact_lapsed admin@contoso.com",
		}, h.diary)
	})
	t.Run("a host that was down", func(t *testing.T) {
		t.Parallel()
		h := host{record: attest.Record{EnteredAt: on(0), VerifiedAt: on(0)}}
		for day := range years {
			if day < 340 || day >= 390 {
				h.poll(day, profile())
			}
		}
		assert.Equal(t, []string{
			"day 335: contact_confirm soc@contoso.com",
			"day 390: contact_confirm soc@contoso.com",
			// not those of days 351 and 358, which the one of day 364 has overtaken
			"day 390: contact_lapsed admin@contoso.com",
		}, h.diary)
	})
	t.Run("a changed address", func(t *testing.T) {
		t.Parallel()
		h, p := host{record: attest.Record{EnteredAt: on(0), VerifiedAt: on(0)}}, profile()
		for day := range years {
			switch day {
			case 355: // a revision: a new record
				p.SecurityContact.Email, h.record = "csirt@contoso.com", attest.Record{EnteredAt: on(355)}
			case 362:
				h.record.VerifiedAt = on(362)
			case 400: // and back again
				p.SecurityContact.Email, h.record = "soc@contoso.com", attest.Record{EnteredAt: on(400)}
			case 401:
				h.record.VerifiedAt = on(401)
			}
			if day < 700 {
				h.poll(day, p)
			}
		}
		assert.Equal(t, []string{
			"day 335: contact_confirm soc@contoso.com", "day 351: contact_confirm soc@contoso.com",
			"day 355: contact_confirm csirt@contoso.com", "day 356: contact_confirm csirt@contoso.com",
			"day 400: contact_confirm soc@contoso.com",
		}, h.diary)
	})
	t.Run("mail that comes back again and again", func(t *testing.T) {
		t.Parallel()
		h := host{record: attest.Record{EnteredAt: on(0), VerifiedAt: on(0)}}
		for day := range years {
			if day >= 100 && day <= 360 && day%7 == 0 {
				h.record.BouncedAt = on(float64(day) - 0.1)
			}
			if day == 361 {
				h.record.VerifiedAt = on(361)
			}
			if day == 500 {
				h.record.BouncedAt = on(500)
			}
			if day < 600 {
				h.poll(day, profile())
			}
		}
		assert.Equal(t, []string{
			"day 105: contact_lapsed admin@contoso.com",
			"day 335: contact_confirm soc@contoso.com", "day 351: contact_confirm soc@contoso.com",
			"day 358: contact_confirm soc@contoso.com",
			"day 500: contact_lapsed admin@contoso.com",
		}, h.diary)
	})
}
