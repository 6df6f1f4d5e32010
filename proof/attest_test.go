package proof

import (
	"encoding/json"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/attest"
	"github.com/cspkit/partner/proof/model"
)

// contact is one generated record, as the package sees it and as the model
// does.
type contact struct {
	policy attest.Policy
	record attest.Record
	model  model.Record
	first  int // an hour before which nothing changes
	last   int // one after which nothing changes
}

var midnight = time.Date(2026, time.November, 24, 0, 0, 0, 0, time.FixedZone("", -8*3600))

func hours(n int) time.Duration { return time.Duration(n) * time.Hour }

func recordedContacts() *rapid.Generator[contact] {
	return rapid.Custom(func(t *rapid.T) contact {
		var c contact
		some := func(label string, to *time.Time) int {
			n := rapid.IntRange(-20, 60).Draw(t, label)
			if rapid.IntRange(0, 3).Draw(t, label+" is unset") == 0 {
				return model.Unset
			}
			*to = midnight.Add(hours(n))
			return n
		}
		c.model.Entered = some("entered", &c.record.EnteredAt)
		c.model.Verified = some("verified", &c.record.VerifiedAt)
		c.model.Bounced = some("bounced", &c.record.BouncedAt)
		length := func(label string, to *time.Duration, byDefault int) int {
			n := rapid.IntRange(-1, 60).Draw(t, label)
			*to = hours(n)
			if n < 1 {
				return byDefault
			}
			return n
		}
		c.model.Every = length("every", &c.policy.Every, 365*24)
		c.model.Within = length("within", &c.policy.Within, 15*24)
		if rapid.IntRange(0, 4).Draw(t, "asks") == 0 {
			for _, days := range []int{30, 14, 7, 1} {
				c.model.Asks = append(c.model.Asks, model.Ask{Before: days * 24, To: "security_contact"})
			}
			c.model.Asks = append(c.model.Asks, model.Ask{To: "global_admin"},
				model.Ask{Before: -15 * 24, To: "global_admin"})
		} else {
			c.policy.Asks = []attest.Ask{}
			for range rapid.IntRange(0, 6).Draw(t, "how many") {
				to := rapid.SampledFrom([]partner.Audience{partner.ToSecurityContact, partner.ToGlobalAdmin,
					partner.ToAdminAgent, ""}).Draw(t, "to")
				before := rapid.IntRange(-20, 70).Draw(t, "before")
				c.policy.Asks = append(c.policy.Asks, attest.Ask{Before: hours(before), To: to})
				c.model.Asks = append(c.model.Asks, model.Ask{Before: before, To: string(to)})
			}
		}
		c.first, c.last = -120, max(60, c.model.Verified+c.model.Every, c.model.Entered+c.model.Within)+30
		if c.policy.Asks == nil {
			c.last += 16 * 24
		}
		return c
	})
}

func (c contact) hour(n int) time.Time { return midnight.Add(hours(n)).UTC() }

// agree compares the package with the model at one time.
func (c contact) agree(t *rapid.T, want model.Standing, now time.Time) attest.Standing {
	got := c.policy.At(c.record, now)
	require.Equal(t, want.State, string(got.State), "state at %s", now)
	var asks []attest.Ask
	for _, out := range []*model.Ask{want.Contact, want.Admin} {
		if out == nil {
			continue
		}
		ask := attest.Ask{Before: hours(out.Before), To: partner.Audience(out.To)}
		if out.Bounced {
			ask.Before = 0
			if !got.Deadline.IsZero() {
				ask.Before = got.Deadline.Sub(c.record.BouncedAt)
			}
		}
		asks = append(asks, ask)
	}
	require.Equal(t, asks, got.Asks, "asks at %s", now)
	return got
}

// The package and the model say the same at every change and a nanosecond
// before it, and Next is the next of these.
func TestAttestAgreesWithTheModel(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := recordedContacts().Draw(t, "contact")
		var walked, changes []model.Standing
		c.model.Stand(c.first, c.last, func(s model.Standing) {
			if len(walked) > 0 {
				before := walked[len(walked)-1]
				if before.State != s.State || before.Contact != s.Contact &&
					(before.Contact == nil || *before.Contact != *s.Contact) ||
					before.Admin != s.Admin && (before.Admin == nil || *before.Admin != *s.Admin) {
					changes = append(changes, s)
				}
			}
			walked = append(walked, s)
		})
		before := walked[0]
		for _, s := range changes {
			for _, now := range []time.Time{c.hour(before.Hour), c.hour(s.Hour).Add(-1)} {
				require.Equal(t, c.hour(s.Hour), c.agree(t, before, now).Next, "next at %s", now)
			}
			before = s
		}
		require.Zero(t, c.agree(t, before, c.hour(before.Hour)).Next)
		require.Zero(t, c.agree(t, before, c.hour(c.last)).Next)
		require.Zero(t, c.agree(t, before, midnight.AddDate(7000, 0, 0)).Next)
	})
}

// A host that polls now and then, and hands each ID on once, tells of each ask
// at most once, and of the latest in any case.
func TestAttestTellsOfEachAskOnce(t *testing.T) {
	t.Parallel()
	profile := goodProfile()
	admins := []partner.Recipient{{Email: "admin@contoso.com"}}
	rapid.Check(t, func(t *rapid.T) {
		c := recordedContacts().Draw(t, "contact")
		told := map[string]attest.Ask{}
		asked := map[attest.Ask]int{}
		for hour := c.first; hour <= c.last; hour += rapid.IntRange(1, 90).Draw(t, "sleep") {
			now := c.hour(hour)
			standing, notices := c.policy.At(c.record, now), c.policy.Notices(profile, admins, c.record, now)
			require.Len(t, notices, len(standing.Asks))
			for i, n := range notices {
				ask := standing.Asks[i]
				require.Equal(t, ask.To, n.Recipient.Audience)
				require.Equal(t, ask.To == partner.ToSecurityContact, n.Topic == partner.TopicContactConfirm)
				before, again := told[n.ID]
				require.True(t, !again || before == ask, "one ID for each ask")
				if !again {
					told[n.ID] = ask
					asked[ask]++
				}
			}
		}
		for ask, times := range asked {
			require.LessOrEqual(t, times, 2, "%v: once as an ask, and once as a bounce at the same hour", ask)
		}
	})
}

// A second bounce is no second notice. What the contact was asked is no other
// notice after a bounce.
func TestAttestTellsOfABounceOnce(t *testing.T) {
	t.Parallel()
	profile := goodProfile()
	admins := []partner.Recipient{{Email: "admin@contoso.com"}, {Email: "other@contoso.com"}}
	byTopic := func(notices []partner.Notification, topic partner.Topic) []string {
		var ids []string
		for _, n := range notices {
			if n.Topic == topic {
				ids = append(ids, n.ID)
			}
		}
		return ids
	}
	rapid.Check(t, func(t *rapid.T) {
		c := recordedContacts().Draw(t, "contact")
		bounced := c.hour(max(c.model.Entered, c.model.Verified, 0) + rapid.IntRange(1, 400).Draw(t, "bounced"))
		c.record.BouncedAt = time.Time{}
		before := c.policy.Notices(profile, admins, c.record, bounced)
		c.record.BouncedAt = bounced
		first := c.policy.Notices(profile, admins, c.record, bounced)
		require.Len(t, byTopic(first, partner.TopicContactLapsed), 2)
		require.Equal(t, byTopic(before, partner.TopicContactConfirm), byTopic(first, partner.TopicContactConfirm))
		c.record.BouncedAt = bounced.Add(time.Duration(rapid.Int64Range(0, int64(1000*time.Hour)).Draw(t,
			"again after")))
		second := c.policy.Notices(profile, admins, c.record, c.record.BouncedAt)
		require.Equal(t, byTopic(first, partner.TopicContactLapsed), byTopic(second, partner.TopicContactLapsed))
		require.Equal(t, attest.StateBouncing, c.policy.At(c.record, c.record.BouncedAt).State)
		if c.record.VerifiedAt.IsZero() {
			c.record.VerifiedAt = bounced.Add(-1)
		} else {
			c.record.VerifiedAt = c.record.VerifiedAt.Add(1)
		}
		third := c.policy.Notices(profile, admins, c.record, c.record.BouncedAt)
		require.NotEqual(t, byTopic(first, partner.TopicContactLapsed), byTopic(third, partner.TopicContactLapsed),
			"it was read meanwhile: that is news")
	})
}

// Whatever the record: At and Notices return, in times that JSON can hold, and
// that come back as they were.
func TestAttestTakesAnything(t *testing.T) {
	t.Parallel()
	absurd := rapid.OneOf(
		rapid.SampledFrom([]time.Time{
			{}, time.Date(9999, 12, 31, 23, 59, 59, 999_999_999, time.UTC),
			time.Date(1, 1, 1, 0, 0, 0, 0, time.FixedZone("", 23*3600)),
			time.Unix(math.MaxInt64, math.MaxInt64), time.Unix(math.MinInt64, math.MinInt64), time.Unix(0, 0),
			midnight, midnight.Add(1),
		}),
		rapid.Custom(func(t *rapid.T) time.Time {
			return time.Unix(rapid.Int64().Draw(t, "s"),
				rapid.Int64().Draw(t, "ns"))
		}),
	)
	durations := rapid.OneOf(rapid.SampledFrom([]int64{0, 1, -1, math.MaxInt64, math.MinInt64}), rapid.Int64())
	rapid.Check(t, func(t *rapid.T) {
		p := attest.Policy{Every: time.Duration(durations.Draw(t, "every")),
			Within: time.Duration(durations.Draw(t, "within"))}
		for range rapid.IntRange(0, 3).Draw(t, "asks") {
			p.Asks = append(p.Asks, attest.Ask{
				Before: time.Duration(durations.Draw(t, "before")),
				To: rapid.SampledFrom([]partner.Audience{partner.ToSecurityContact, partner.ToGlobalAdmin,
					"nobody"}).Draw(t, "to"),
			})
		}
		r := attest.Record{EnteredAt: absurd.Draw(t, "entered"), VerifiedAt: absurd.Draw(t, "verified"),
			BouncedAt: absurd.Draw(t, "bounced")}
		now := absurd.Draw(t, "now")
		s := p.At(r, now)
		assert.NotEmpty(t, s.State)
		assert.LessOrEqual(t, len(s.Asks), 2)
		assert.True(t, s.Next.IsZero() || s.Next.After(now))
		assert.Nil(t, s.Findings().Errors())
		data, err := json.Marshal(s)
		require.NoError(t, err)
		var back attest.Standing
		require.NoError(t, json.Unmarshal(data, &back))
		assert.Equal(t, s, back)
		p.Notices(partner.LegalProfile{}, []partner.Recipient{{Email: "\xff"}}, r, now)
	})
}

// What a host stores gives the same standing, and the same notices.
func TestAttestIsTheSameAfterJSON(t *testing.T) {
	t.Parallel()
	profile := goodProfile()
	rapid.Check(t, func(t *rapid.T) {
		c := recordedContacts().Draw(t, "contact")
		data, err := json.Marshal(struct {
			Policy attest.Policy
			Record attest.Record
		}{c.policy, c.record})
		require.NoError(t, err)
		var back struct {
			Policy attest.Policy
			Record attest.Record
		}
		require.NoError(t, json.Unmarshal(data, &back))
		require.Equal(t, c.policy, back.Policy, "nil asks are not the same as none")
		now := c.hour(rapid.IntRange(c.first, c.last).Draw(t, "now"))
		require.Equal(t, c.policy.At(c.record, now), back.Policy.At(back.Record, now))
		require.Equal(t, c.policy.Notices(profile, nil, c.record, now),
			back.Policy.Notices(profile, nil, back.Record, now))
		shuffled := c.policy
		if c.policy.Asks != nil {
			shuffled.Asks = append([]attest.Ask{}, rapid.Permutation(c.policy.Asks).Draw(t, "order")...)
			require.Equal(t, c.policy.At(c.record, now), shuffled.At(c.record, now),
				"the order of asks does not matter")
		}
	})
}
