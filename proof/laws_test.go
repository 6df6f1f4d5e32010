package proof

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cspkit/partner"
)

// What is stored must stay as it is, and a host that normalises must not be
// worse off than one that does not.
func TestNormalizeIsIdempotentAndNeverMakesAGoodContactBad(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c, region := contacts().Draw(t, "contact"), regions.Draw(t, "region")
		n := c.Normalize(region)
		assert.Equal(t, n, n.Normalize(region), "twice is once")
		assert.Equal(t, n, n.Normalize(""), "without a region there is nothing left to do")
		if c.Validate() == nil {
			require.NoError(t, n.Validate())
		}
		assert.Equal(t, c.Check(), c.Normalize("").Check(), "formatting alone is never an error")
	})
}

// Normalising may mend a field. It must not put a fault into another.
func TestCheckOfTheNormalisedNamesTheSameFieldOrNone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c, region := contacts().Draw(t, "contact"), regions.Draw(t, "region")
		before := map[string]bool{}
		for _, f := range c.Check().Errors() {
			before[f.Path] = true
		}
		for _, f := range c.Normalize(region).Check().Errors() {
			assert.True(t, before[f.Path], "%s was not at fault before", f.Path)
		}
	})
}

func TestDiffIsSymmetricAndVerificationMonotone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := profiles().Draw(t, "a"), profiles().Draw(t, "b")
		changed := partner.Diff(&a, &b)
		assert.Equal(t, changed, partner.Diff(&b, &a), "which of the two is newer does not change what differs")
		assert.Zero(t, partner.Diff(&a, &a))
		for f := range changed.All() {
			assert.NotEqual(t, a.Value(f), b.Value(f), f)
			verdict := partner.NewFieldSet(f).Verification()
			contact := strings.HasPrefix(f.String(), "/securityContact/")
			assert.Equal(t, contact, verdict == partner.VerificationNotRequired,
				"only the security contact goes without: %s", f)
		}
		more := changed | partner.FieldSet(rapid.Uint64().Draw(t, "more"))
		assert.GreaterOrEqual(t, more.Verification(), changed.Verification(),
			"a further change never lowers the verdict")
	})
}

// Revise allows nothing that its steps do not allow one by one.
func TestReviseNeverGoesBeyondThePolicy(t *testing.T) {
	t.Parallel()
	updates := map[partner.Section]partner.Action{
		partner.SectionLegalBusiness:   partner.UpdateLegalBusiness,
		partner.SectionPrimaryContact:  partner.UpdatePrimaryContact,
		partner.SectionSecurityContact: partner.UpdateSecurityContact,
	}
	policy := partner.DefaultPolicy()
	rapid.Check(t, func(t *rapid.T) {
		current := goodProfile()
		if rapid.Bool().Draw(t, "any profile") {
			current = profiles().Draw(t, "current")
		}
		by := actors(current.TenantID).Draw(t, "actor")
		proposed := changed(t, current)
		r, err := partner.Revise(context.Background(), policy, by, current, proposed)
		if err != nil {
			assert.Zero(t, r, "an error comes with nothing to store")
			matched := 0
			for _, sentinel := range []error{partner.ErrDenied, partner.ErrUnchanged, partner.ErrInvalid,
				partner.ErrNoRecipient} {
				if errors.Is(err, sentinel) {
					matched++
				}
			}
			assert.Equal(t, 1, matched, "an error matches one sentinel")
			return
		}
		allowed := func(action partner.Action) bool {
			return policy.Decide(partner.Request{Actor: by, Action: action, TenantID: current.TenantID}).Allowed
		}
		assert.True(t, allowed(partner.ViewLegalProfile))
		for _, section := range r.Changed.Sections() {
			assert.True(t, allowed(updates[section]), section)
		}
		assert.Equal(t, partner.Diff(&current, &r.After), r.Changed)
		assert.NotZero(t, r.Changed)
		assert.Equal(t, current.VettingStatus, r.After.VettingStatus)
		for _, f := range r.After.Check().Errors() {
			for _, section := range r.Changed.Sections() {
				assert.False(t, strings.HasPrefix(f.Path, "/"+section.String()+"/"),
					"no fault in what was changed: %s", f.Path)
			}
		}
		_, err = partner.Revise(context.Background(), policy, by, r.After, r.After)
		require.ErrorIs(t, err, partner.ErrUnchanged, "what is stored is not changed by proposing it again")
		checkTopics(t, r)
		for _, n := range r.Notices("key") {
			text := n.Message().Subject + n.Message().Text + n.Message().HTML
			for _, address := range []string{r.Before.SecurityContact.Email, r.After.SecurityContact.Email} {
				if len(address) > 3 && !strings.EqualFold(strings.TrimSpace(address), n.Recipient.Email) {
					assert.NotContains(t, text, address, "neither address is shown to the other")
				}
			}
		}
	})
}

// checkTopics compares the notices of r with the address before and after.
func checkTopics(t *rapid.T, r partner.Revision) {
	before := strings.ToLower(r.Before.SecurityContact.Normalize("").Email)
	after := strings.ToLower(r.After.SecurityContact.Normalize("").Email)
	for _, n := range r.Notices("key") {
		switch to := strings.ToLower(n.Recipient.Email); n.Topic {
		case partner.TopicContactReplaced:
			assert.Equal(t, before, to)
			assert.NotEqual(t, after, to)
		case partner.TopicContactAppointed:
			assert.Equal(t, after, to)
			assert.NotEqual(t, before, to)
		default:
			assert.Equal(t, partner.TopicContactUpdated, n.Topic)
			assert.Equal(t, after, to)
		}
	}
	assert.Equal(t, r.Changed.In(partner.SectionSecurityContact) != 0, len(r.Notices("key")) > 0,
		"what touches the security contact is told, for the new address is good; nothing else is")
}

// A host may keep anything as JSON in a queue or a column. It must come out as
// it went in.
func TestJSONRoundTrips(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := roundTrip(t, profiles().Draw(t, "profile"))
		again := roundTrip(t, p)
		assert.Equal(t, p, again)
		assert.Equal(t, p.ETag(), again.ETag())

		original := incidents().Draw(t, "incident")
		incident := roundTrip(t, original)
		assert.True(t, original.DetectedAt.Equal(incident.DetectedAt))
		assert.True(t, original.RespondBy.Equal(incident.RespondBy))
		original.DetectedAt, original.RespondBy = incident.DetectedAt, incident.RespondBy
		assert.Equal(t, original, incident)
		assert.Equal(t, incident.Check(), roundTrip(t, incident).Check())

		impact := partner.Impact{
			PartnerTenantID: tenants.Draw(t, "partner"), CompanyName: texts.Draw(t, "company"),
			Rights:          partner.Rights(rapid.IntRange(0, 7).Draw(t, "rights")),
			SecurityContact: contacts().Draw(t, "contact"),
			Subscribers:     recipients().Draw(t, "subscribers"),
		}
		impact = roundTrip(t, impact)
		assert.Equal(t, impact, roundTrip(t, impact))
		route := partner.Routing{}.Route(roundTrip(t, incident), roundTrip(t, impact))
		reborn := roundTrip(t, route).Notifications(roundTrip(t, incident))
		notifications := partner.Routing{}.Route(incident, impact).Notifications(incident)
		require.Len(t, reborn, len(notifications))
		for i, n := range notifications {
			twin := roundTrip(t, n)
			assert.Equal(t, n.ID, twin.ID)
			assert.Equal(t, n.Thread, twin.Thread)
			assert.Equal(t, n.Message(), twin.Message())
			assert.Equal(t, n.ID, reborn[i].ID, "the same incident, partner and recipient give the same ID")
		}
	})
}

func roundTrip[T any](t *rapid.T, value T) (copied T) {
	data, err := json.Marshal(value)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(data, &copied))
	return copied
}

// Every recipient of a route can be reached, and comes once. Making the
// notifications of a route finds nothing left to clean.
func TestRoutesHoldWhoCanBeReached(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		incident := incidents().Draw(t, "incident")
		impact := partner.Impact{
			PartnerTenantID: tenants.Draw(t, "partner"), Rights: partner.Rights(rapid.IntRange(0, 7).Draw(t, "rights")),
			SecurityContact: contacts().Draw(t, "contact"), AdminAgents: recipients().Draw(t, "agents"),
			GlobalAdmins: recipients().Draw(t, "admins"), Subscribers: recipients().Draw(t, "subscribers"),
		}
		routing := partner.Routing{
			FraudToSecurityContact:  rapid.Bool().Draw(t, "fraud"),
			RequireResellerAndAdmin: rapid.Bool().Draw(t, "both"),
			FallBackToGlobalAdmins:  rapid.Bool().Draw(t, "fall back"),
		}
		route := routing.Route(incident, impact)
		assert.Equal(t, len(route.Recipients) == 0, route.Gap != "", "either somebody is told, or the gap says why not")
		fraud := incident.Kind.Is(partner.AzureFraud)
		places, persons := map[string]bool{}, 0
		for _, r := range route.Recipients {
			place := string(r.Medium) + " " + strings.ToLower(r.Address())
			if strings.HasPrefix(r.Address(), "https:") {
				place = string(r.Medium) + " " + r.Address()
			}
			require.NotEmpty(t, r.Address())
			assert.False(t, places[place], "%s comes twice", place)
			places[place] = true
			if r.Audience != partner.ToSubscriber {
				persons++
			}
			if fraud && !routing.FraudToSecurityContact {
				assert.NotContains(t, []partner.Audience{partner.ToSecurityContact, partner.ToSubscriber}, r.Audience)
			}
		}
		if persons == 0 && len(route.Recipients) > 0 {
			assert.Contains(t, route.Why(), "the partner has no security contact")
		}

		without := impact
		without.Subscribers = nil
		assert.ElementsMatch(t, routing.Route(incident, without).Recipients, route.Recipients[:persons:persons],
			"subscribers stand in nobody's place, and come last")

		notifications, ids := route.Notifications(incident), map[string]bool{}
		require.Len(t, notifications, len(route.Recipients))
		first := incident
		first.Version = 0
		for i, n := range notifications {
			assert.Equal(t, route.Recipients[i], n.Recipient)
			assert.False(t, ids[n.ID])
			ids[n.ID] = true
			if began := route.Notifications(first)[i]; incident.Version == 0 {
				assert.Equal(t, began, n)
			} else {
				assert.Equal(t, began.ID, n.Thread)
				assert.NotEqual(t, began.ID, n.ID)
			}
		}
	})
}
