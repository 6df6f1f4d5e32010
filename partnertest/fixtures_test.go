package partnertest_test

import (
	"encoding/json"
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/partnertest"
)

var partnerTypes = []partner.PartnerType{partner.DirectBillPartner, partner.IndirectProvider, partner.IndirectReseller}

func TestContactsAreValid(t *testing.T) {
	t.Parallel()
	person, group := partnertest.Person(), partnertest.Group()
	findings := person.Check()
	require.Len(t, findings, 2)
	assert.Equal(t, partner.CodeEmailReservedDomain, findings[0].Code)
	assert.Equal(t, partner.CodeEmailPersonalMailbox, findings[1].Code)
	assertOnlyReserved(t, group.Check())
	assert.False(t, person.IsGroup())
	assert.True(t, group.IsGroup())
	for _, c := range []partner.SecurityContact{person, group} {
		assert.Equal(t, c, c.Normalize("US"), "a fixture is as a host stores it")
	}
	for i := range reflect.TypeFor[partner.SecurityContact]().NumField() {
		assert.NotEmpty(t, reflect.ValueOf(person).Field(i).String(), "a field that is empty tests no column")
	}
}

func TestProfilesAreValid(t *testing.T) {
	t.Parallel()
	tenants := make(map[string]bool)
	for _, partnerType := range partnerTypes {
		p := partnertest.Profile(partnerType)
		assertOnlyReserved(t, p.Check())
		assert.Equal(t, partnerType, p.PartnerType)
		tenants[p.TenantID] = true
		for f := partner.FieldCompanyName; f <= partner.FieldSecurityContactPhone; f++ {
			assert.NotEmpty(t, p.Value(f), "%s: a field that is empty tests no column", f)
		}
		assert.NotEmpty(t, p.VettingStatus)
		assert.NotEmpty(t, p.VettingSubStatus)
	}
	assert.Len(t, tenants, len(partnerTypes), "a tenant for each type")
	assert.True(t, partnertest.Profile("unknown").Check().Has(partner.CodePartnerTypeUnknown),
		"and that is all that is wrong")
	assert.Len(t, partnertest.Profile("unknown").Check().Errors(), 1)
}

func TestIncidentsAreValid(t *testing.T) {
	t.Parallel()
	titles := make(map[string]bool)
	for _, kind := range append(partner.IncidentKinds(), "another_kind") {
		incident := partnertest.Incident(kind)
		assert.Empty(t, incident.Check(), kind)
		assert.Equal(t, kind, incident.Kind)
		assert.Equal(t, "INC-"+string(kind), incident.ID)
		assert.Equal(t, partnertest.CustomerTenantID, incident.TenantID)
		assert.NotEmpty(t, incident.Summary)
		assert.NotEmpty(t, incident.TenantName)
		assert.False(t, incident.Drill)
		titles[incident.Title] = true
		partnertest.Incident(kind).Actions[0] = "changed"
		assert.Equal(t, incident, partnertest.Incident(kind), "each call returns a fresh one")
	}
	assert.Len(t, titles, len(partner.IncidentKinds())+1, "each kind has texts of its own")
	below := partnertest.Incident(partner.AzureFraud + ".crypto_mining")
	assert.Empty(t, below.Check())
	assert.Equal(t, partnertest.Incident(partner.AzureFraud).Title, below.Title,
		"a kind has the texts of the one above it")
}

func TestResolvedIncidentsAreValid(t *testing.T) {
	t.Parallel()
	for _, kind := range partner.IncidentKinds() {
		resolved := partnertest.Resolved(kind)
		assert.Empty(t, resolved.Check(), kind)
		assert.Equal(t, partner.IncidentResolved, resolved.Status)
		assert.Equal(t, partnertest.Incident(kind).ID, resolved.ID, "it is the same incident")
		assert.Equal(t, 1, resolved.Version)
	}
}

func TestSubscribersAreValid(t *testing.T) {
	t.Parallel()
	for _, n := range []int{math.MinInt, -1, 0, 1, math.MaxInt} {
		var media []partner.Medium
		for _, s := range partnertest.Subscribers(n) {
			media = append(media, s.Medium)
			assert.NotEmpty(t, s.Address(), "a subscriber that cannot be told")
		}
		assert.ElementsMatch(t, []partner.Medium{partner.MediumMail, partner.MediumPhone, partner.MediumWebhook}, media,
			"one of each medium")
	}
	assert.NotEqual(t, partnertest.Subscribers(0)[0], partnertest.Subscribers(1)[0], "each partner has its own")
	n := partnertest.Notification(partner.TopicIncident)
	n.Answer = partnertest.Answer()
	assert.Contains(t, n.Message().Text, n.Answer.URL, "a page that a message shows")
	assert.Contains(t, n.Message().Text, n.Answer.Code)
}

func TestImpactsAreValid(t *testing.T) {
	t.Parallel()
	tenants, addresses, rights := make(map[string]bool), make(map[string]bool), make(map[partner.Rights]bool)
	groups, agents := 0, make(map[int]int)
	impacts := partnertest.Impacts(14)
	require.Len(t, impacts, 14)
	for i, impact := range impacts {
		assert.Equal(t, partnertest.Impact(i), impact)
		assertOnlyReserved(t, impact.SecurityContact.Check())
		assert.Equal(t, impact.SecurityContact, impact.SecurityContact.Normalize(""))
		tenants[impact.PartnerTenantID] = true
		addresses[impact.SecurityContact.Email] = true
		rights[impact.Rights] = true
		agents[len(impact.AdminAgents)]++
		if impact.SecurityContact.IsGroup() {
			groups++
		}
		for _, recipient := range append(impact.AdminAgents, impact.GlobalAdmins...) {
			contact := partner.NewGroupContact(recipient.Name, recipient.Email, recipient.Phone)
			assertOnlyReserved(t, contact.Check())
			addresses[recipient.Email] = true
		}
		assert.NotEmpty(t, impact.CompanyName)
		assert.Empty(t, impact.Subscribers)
	}
	assert.Len(t, tenants, 14)
	assert.Len(t, addresses, 14*3+7, "every recipient has an address of its own")
	assert.Len(t, rights, 7, "every set that is not empty")
	assert.Equal(t, 7, groups)
	assert.Equal(t, map[int]int{1: 7, 2: 7}, agents)
}

// assertOnlyReserved sees that nothing but the domain is remarked on. It is
// reserved on purpose: what is sent there reaches nobody.
func assertOnlyReserved(t *testing.T, fs partner.Findings) {
	t.Helper()
	for _, f := range fs {
		assert.Equal(t, partner.CodeEmailReservedDomain, f.Code, f.Path)
	}
}

// Any n gives a valid partner, so that nobody has to look up what n may be.
func TestImpactTakesAnyNumber(t *testing.T) {
	t.Parallel()
	for _, n := range []int{math.MinInt, -1, 0, int(min(1<<48-1, int64(math.MaxInt))), math.MaxInt} {
		impact := partnertest.Impact(n)
		assertOnlyReserved(t, impact.SecurityContact.Check())
		profile := partnertest.Profile(partner.DirectBillPartner)
		profile.TenantID = impact.PartnerTenantID
		assertOnlyReserved(t, profile.Check())
	}
	assert.Empty(t, partnertest.Impacts(0))
	assert.Panics(t, func() { partnertest.Impacts(-1) })
}

func TestImpactsAreFresh(t *testing.T) {
	t.Parallel()
	changed := partnertest.Impact(1)
	changed.AdminAgents[0].Name, changed.GlobalAdmins[0].Name = "changed", "changed"
	assert.NotEqual(t, changed, partnertest.Impact(1))
}

func TestNotificationsAreValid(t *testing.T) {
	t.Parallel()
	subjects := make(map[string]bool)
	for _, topic := range partner.Topics() {
		n := partnertest.Notification(topic)
		assert.Equal(t, topic, n.Topic)
		assert.Len(t, n.ID, 40)
		if topic == partner.TopicContactLapsed {
			assert.Equal(t, partner.ToGlobalAdmin, n.Recipient.Audience, "the contact itself does not answer")
		} else {
			assert.Equal(t, partnertest.Group().Email, n.Recipient.Email)
			assert.Equal(t, "Contoso SOC", n.Recipient.Name)
		}
		assert.NotEmpty(t, n.Recipient.Address())
		isIncident := topic == partner.TopicIncident || topic == partner.TopicDrill
		if assert.Equal(t, isIncident, n.Incident.ID != ""); isIncident {
			assert.Empty(t, n.Incident.Check())
			assert.NotZero(t, n.Rights)
		}
		assert.Equal(t, topic == partner.TopicDrill, n.Incident.Drill)
		subjects[n.Message().Subject] = true
	}
	assert.Len(t, subjects, len(partner.Topics()), "each topic has a message of its own")
}

// Nothing that is made here can reach anybody. The domains are of RFC 2606, and
// the numbers are reserved for fiction.
func TestFixturesReachNobody(t *testing.T) {
	t.Parallel()
	var all []partner.Notification
	for _, topic := range partner.Topics() {
		all = append(all, partnertest.Notification(topic))
	}
	text, err := json.Marshal([]any{ // for fmt shows nobody
		partnertest.Person(), partnertest.Group(), partnertest.Profile(partner.IndirectReseller), partnertest.Impacts(300),
		all, partnertest.Subscribers(1), partnertest.Answer(), partnertest.Incident(partner.Spam),
	})
	require.NoError(t, err)
	require.Contains(t, string(text), "@reseller-299.example")
	for word := range strings.FieldsFuncSeq(string(text),
		func(r rune) bool { return strings.ContainsRune(` {}[];,"`, r) }) {
		if strings.Contains(word, "@") {
			assert.True(t, strings.HasSuffix(word, ".example"), word)
		}
		if address, isURL := strings.CutPrefix(word, "https://"); isURL {
			host, _, _ := strings.Cut(address, "/")
			assert.True(t, strings.HasSuffix(host, ".example"), word)
		}
		if _, number, isPhone := strings.Cut(word, "425555"); isPhone {
			assert.Regexp(t, "^01[0-9][0-9]$", number)
		}
	}
}
