package attest_test

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/attest"
)

const day = 24 * time.Hour

var start = time.Date(2026, time.November, 23, 14, 30, 0, 0, time.UTC)

// on returns a time so many days after the start.
func on(days float64) time.Time { return start.Add(time.Duration(days * float64(day))) }

// days writes a time as days after the start.
func days(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return strings.TrimSuffix(fmt.Sprintf("day %.9g", t.Sub(start).Hours()/24), ".0")
}

// seen writes a standing in one line:
// "due until day 365, next day 351, contact 30".
func seen(s attest.Standing) string {
	line := fmt.Sprintf("%s until %s, next %s", s.State, days(s.Deadline), days(s.Next))
	for _, ask := range s.Asks {
		who := map[partner.Audience]string{partner.ToSecurityContact: "contact",
			partner.ToGlobalAdmin: "admins"}[ask.To]
		line += fmt.Sprintf(", %s %g", who, ask.Before.Hours()/24)
	}
	return line
}

// The table holds each sentence of At, and each boundary to the nanosecond.
func TestPolicyAt(t *testing.T) {
	t.Parallel()
	type at struct {
		day   float64
		extra time.Duration
		want  string
	}
	none := time.Time{}
	ask := func(before float64, to partner.Audience) attest.Ask {
		return attest.Ask{Before: time.Duration(before * float64(day)), To: to}
	}
	only := func(asks ...attest.Ask) attest.Policy { return attest.Policy{Asks: append([]attest.Ask{}, asks...)} }
	for _, c := range []struct {
		name   string
		why    string
		policy attest.Policy
		record attest.Record
		want   []at
	}{
		{"a new address", "it must be verified within 15 days", attest.Policy{}, attest.Record{EnteredAt: on(0)}, []at{
			{0, -1, "unverified until day 15, next day 0"},
			{0, 0, "unverified until day 15, next day 1, contact 30"},
			{1, -1, "unverified until day 15, next day 1, contact 30"},
			{1, 0, "unverified until day 15, next day 8, contact 14"},
			{8, -1, "unverified until day 15, next day 8, contact 14"},
			{8, 0, "unverified until day 15, next day 14, contact 7"},
			{14, 0, "unverified until day 15, next day 15, contact 1"},
			{15, -1, "unverified until day 15, next day 15, contact 1"},
			{15, 0, "overdue until day 15, next day 30, contact 1, admins 0"},
			{30, -1, "overdue until day 15, next day 30, contact 1, admins 0"},
			{30, 0, "overdue until day 15, next never, contact 1, admins -15"},
			{99999, 0, "overdue until day 15, next never, contact 1, admins -15"},
		}},
		{"verified on the third day", "it holds for 365 days", attest.Policy{},
			attest.Record{EnteredAt: on(0), VerifiedAt: on(2)}, []at{
				{2, 0, "verified until day 367, next day 337"}, {337, -1, "verified until day 367, next day 337"},
				{337, 0, "due until day 367, next day 353, contact 30"},
				{353, 0, "due until day 367, next day 360, contact 14"},
				{360, 0, "due until day 367, next day 366, contact 7"},
				{366, 0, "due until day 367, next day 367, contact 1"},
				{367, -1, "due until day 367, next day 367, contact 1"},
				{367, 0, "overdue until day 367, next day 382, contact 1, admins 0"},
				{382, 0, "overdue until day 367, next never, contact 1, admins -15"},
			}},
		{"verified before it was entered", "the address was proved first", attest.Policy{},
			attest.Record{EnteredAt: on(10), VerifiedAt: on(0)}, []at{
				{10, 0, "verified until day 365, next day 335"}, {5, 0, "verified until day 365, next day 335"},
			}},
		{"verified long before it was entered", "an ask before EnteredAt is due at once", attest.Policy{},
			attest.Record{EnteredAt: on(340), VerifiedAt: on(0)}, []at{
				{340, -1, "verified until day 365, next day 340"}, {340, 0, "due until day 365, next day 351, contact 30"},
			}},
		{"verified, and nothing else is known", "that is enough", attest.Policy{}, attest.Record{VerifiedAt: on(0)},
			[]at{{0, 0, "verified until day 365, next day 335"}}},
		{"nothing is known", "adopting the package writes to nobody", attest.Policy{}, attest.Record{}, []at{
			{0, 0, "unverified until never, next never"}, {99999, 0, "unverified until never, next never"},
		}},
		{"durations of 0", "they are the defaults", attest.Policy{Every: 0, Within: -1},
			attest.Record{EnteredAt: on(0)}, []at{{-1, 0, "unverified until day 15, next day 0"}}},
		{"durations of a nanosecond", "they are what they are",
			attest.Policy{Every: 1, Within: 1, Asks: []attest.Ask{}}, attest.Record{EnteredAt: on(0)}, []at{
				{0, 0, "unverified until day 1.15740741e-14, next day 1.15740741e-14"},
				{0, 1, "overdue until day 1.15740741e-14, next never"},
			}},
		{"durations of a host's own", "the asks count from its deadline",
			attest.Policy{Every: 100 * day, Within: 40 * day}, attest.Record{EnteredAt: on(0)}, []at{
				{9, 0, "unverified until day 40, next day 10"}, {10, 0, "unverified until day 40, next day 26, contact 30"},
			}},
		{"shorter than the first ask", "an ask before or at VerifiedAt is never made", attest.Policy{Every: 14 * day},
			attest.Record{VerifiedAt: on(0)}, []at{
				{0, 0, "verified until day 14, next day 7"}, {7, 0, "due until day 14, next day 13, contact 7"},
			}},
		{"a nanosecond longer than an ask", "then it is made", attest.Policy{Every: 14*day + 1},
			attest.Record{VerifiedAt: on(0).Add(-1)}, []at{
				{0, -1, "verified until day 14, next day 0"}, {0, 0, "due until day 14, next day 7, contact 14"},
			}},
		{"nobody is asked", "the deadline holds all the same", only(), attest.Record{EnteredAt: on(0)}, []at{
			{0, 0, "unverified until day 15, next day 15"}, {15, 0, "overdue until day 15, next never"},
		}},
		{"others are asked", "they are nobody", only(ask(3, partner.ToAdminAgent), ask(4, partner.ToSubscriber),
			ask(5, "")), attest.Record{EnteredAt: on(0)}, []at{
			{0, 0, "unverified until day 15, next day 15"}, {14, 0, "unverified until day 15, next day 15"},
		}},
		{"in any order, and twice", "the latest to each audience is out",
			only(ask(1, partner.ToSecurityContact), ask(3, partner.ToSecurityContact),
				ask(1, partner.ToSecurityContact), ask(2, partner.ToGlobalAdmin)), attest.Record{EnteredAt: on(0)},
			[]at{
				{12, 0, "unverified until day 15, next day 13, contact 3"},
				{13, 0, "unverified until day 15, next day 14, contact 3, admins 2"},
				{14, 0, "unverified until day 15, next day 15, contact 1, admins 2"},
			}},
		{"several before it was entered", "the latest of them is due at once",
			only(ask(20, partner.ToSecurityContact), ask(60, partner.ToSecurityContact),
				ask(17, partner.ToSecurityContact)), attest.Record{EnteredAt: on(0)}, []at{
				{0, -1, "unverified until day 15, next day 0"}, {0, 0, "unverified until day 15, next day 15, contact 17"},
			}},
		{"admins before the deadline", "an ask is out: it is due", only(ask(3, partner.ToGlobalAdmin)),
			attest.Record{VerifiedAt: on(0)}, []at{
				{362, -1, "verified until day 365, next day 362"}, {362, 0, "due until day 365, next day 365, admins 3"},
			}},

		{"mail came back", "before all else, and the Global admins hear at once", attest.Policy{},
			attest.Record{EnteredAt: on(0), BouncedAt: on(5)}, []at{
				{5, -1, "unverified until day 15, next day 5, contact 14"},
				{5, 0, "bouncing until day 15, next day 8, contact 14, admins 10"},
				{14, 0, "bouncing until day 15, next day 15, contact 1, admins 10"},
				{15, 0, "bouncing until day 15, next day 30, contact 1, admins 0"},
			}},
		{"mail came back from a verified address", "the asks go on", attest.Policy{},
			attest.Record{EnteredAt: on(0), VerifiedAt: on(1), BouncedAt: on(100)}, []at{
				{100, -1, "verified until day 366, next day 100"},
				{100, 0, "bouncing until day 366, next day 336, admins 266"},
				{336, 0, "bouncing until day 366, next day 352, contact 30, admins 266"},
				{365, 0, "bouncing until day 366, next day 366, contact 1, admins 266"},
				{366, 0, "bouncing until day 366, next day 381, contact 1, admins 0"},
			}},
		{"mail came back, nobody is asked", "the state does not change at the deadline", only(),
			attest.Record{EnteredAt: on(0), BouncedAt: on(5)}, []at{
				{5, 0, "bouncing until day 15, next never, admins 10"},
				{20, 0, "bouncing until day 15, next never, admins 10"},
			}},
		{"mail came back at the deadline", "bouncing comes before overdue", only(),
			attest.Record{EnteredAt: on(0), BouncedAt: on(15)}, []at{
				{15, -1, "unverified until day 15, next day 15"}, {15, 0, "bouncing until day 15, next never, admins 0"},
			}},
		{"mail came back after the deadline", "it is overdue before", only(),
			attest.Record{EnteredAt: on(0), BouncedAt: on(20)}, []at{
				{10, 0, "unverified until day 15, next day 15"}, {15, 0, "overdue until day 15, next day 20"},
				{20, 0, "bouncing until day 15, next never, admins -5"},
			}},
		{"mail came back at an ask", "they are told once", attest.Policy{},
			attest.Record{EnteredAt: on(0), BouncedAt: on(30)}, []at{
				{30, -1, "overdue until day 15, next day 30, contact 1, admins 0"},
				{30, 0, "bouncing until day 15, next never, contact 1, admins -15"},
			}},
		{"mail came back as it was entered", "it is not after", attest.Policy{},
			attest.Record{EnteredAt: on(0), BouncedAt: on(0)},
			[]at{{0, 0, "unverified until day 15, next day 1, contact 30"}}},
		{"mail came back as it was verified", "it is not after", attest.Policy{},
			attest.Record{EnteredAt: on(0), VerifiedAt: on(5), BouncedAt: on(5)},
			[]at{{5, 0, "verified until day 370, next day 340"}}},
		{"mail came back before it was entered", "that was another address", attest.Policy{},
			attest.Record{EnteredAt: on(5), VerifiedAt: on(1), BouncedAt: on(4)},
			[]at{{5, 0, "verified until day 366, next day 336"}}},
		{"verified after mail came back", "somebody reads it again", attest.Policy{},
			attest.Record{EnteredAt: on(0), VerifiedAt: on(6), BouncedAt: on(5)},
			[]at{{6, 0, "verified until day 371, next day 341"}}},
		{"mail came back, and nothing else is known", "a bounce still counts", attest.Policy{},
			attest.Record{BouncedAt: on(5)}, []at{
				{5, -1, "unverified until never, next day 5"}, {5, 0, "bouncing until never, next never, admins 0"},
			}},
		{"no record yet, by the calendar", "the zero time is unset, in any zone", attest.Policy{},
			attest.Record{EnteredAt: time.Date(1, 1, 1, 0, 0, 0, 0, time.FixedZone("", 60)), VerifiedAt: none}, []at{
				{0, 0, "unverified until never, next never"},
			}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for _, at := range c.want {
				now := on(at.day).Add(at.extra)
				standing := c.policy.At(c.record, now.In(time.FixedZone("", 3600)))
				assert.Equal(t, at.want, seen(standing), "%s: on day %g", c.why, at.day)
				assert.Equal(t, time.UTC, standing.Deadline.Location())
				assert.Equal(t, time.UTC, standing.Next.Location())
			}
		})
	}
}

func TestAbsurdTimes(t *testing.T) {
	t.Parallel()
	last := time.Date(9999, time.December, 31, 23, 59, 59, 999_999_999, time.UTC)
	p := attest.Policy{Asks: []attest.Ask{{math.MinInt64, partner.ToGlobalAdmin},
		{math.MaxInt64, partner.ToSecurityContact}}}
	s := p.At(attest.Record{EnteredAt: last.Add(-day)}, last.Add(-1))
	assert.Equal(t, last, s.Deadline, "the nearest time that can be written")
	assert.Equal(t, last, s.Next)
	assert.Equal(t, attest.StateOverdue, p.At(attest.Record{EnteredAt: last}, time.Unix(math.MaxInt64/2, 0)).State)
	s = p.At(attest.Record{EnteredAt: start}, start)
	assert.Equal(t, start.Add(15*day).Add(math.MaxInt64).Add(1), p.At(attest.Record{EnteredAt: start}, on(16)).Next,
		"292 years after the deadline")
	assert.Equal(t, p.Asks[1:], s.Asks, "292 years before it")
	assert.Equal(t, attest.StateUnverified, p.At(attest.Record{}, time.Unix(-1<<60, 0)).State)
}

// A policy of many asks takes time in proportion.
func TestManyAsks(t *testing.T) {
	t.Parallel()
	var p attest.Policy
	for i := range 100_000 {
		p.Asks = append(p.Asks, attest.Ask{Before: time.Duration(i) * time.Second, To: partner.ToSecurityContact})
	}
	assert.Len(t, p.At(attest.Record{EnteredAt: start}, on(15)).Asks, 1)
}

// The forms in which hosts store a policy, a record and a standing.
func TestJSON(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		value any
		back  func() any
		want  string
	}{
		{"the zero policy", &attest.Policy{}, func() any { return new(attest.Policy) },
			`{"every":0,"within":0,"asks":null}`},
		{"a policy that asks nobody", &attest.Policy{Every: day, Asks: []attest.Ask{}},
			func() any { return new(attest.Policy) }, `{"every":86400000000000,"within":0,"asks":[]}`},
		{"a policy", &attest.Policy{Within: 1, Asks: []attest.Ask{{day, partner.ToGlobalAdmin}}},
			func() any { return new(attest.Policy) },
			`{"every":0,"within":1,"asks":[{"before":86400000000000,"to":"global_admin"}]}`},
		{"the zero record", &attest.Record{}, func() any { return new(attest.Record) }, `{}`},
		{"a record", &attest.Record{EnteredAt: start, VerifiedAt: start, BouncedAt: start},
			func() any { return new(attest.Record) },
			`{"enteredAt":"2026-11-23T14:30:00Z","verifiedAt":"2026-11-23T14:30:00Z","bouncedAt":"2026-11-23T14:30:00Z"}`},
		{"a standing", new(attest.Policy{}.At(attest.Record{EnteredAt: start}, start)),
			func() any { return new(attest.Standing) },
			`{"state":"unverified","deadline":"2026-12-08T14:30:00Z","next":"2026-11-24T14:30:00Z",` +
				`"asks":[{"before":2592000000000000,"to":"security_contact"}]}`},
		{"a standing of nothing", new(attest.Policy{}.At(attest.Record{}, start)),
			func() any { return new(attest.Standing) }, `{"state":"unverified","asks":null}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			data, err := json.Marshal(c.value)
			require.NoError(t, err)
			assert.Equal(t, c.want, string(data))
			back := c.back()
			require.NoError(t, json.Unmarshal(data, back))
			assert.Equal(t, c.value, back)
		})
	}
}
