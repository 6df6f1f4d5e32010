package partnertest_test

import (
	"fmt"
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
	assert.Equal(t, []partner.Code{partner.CodeEmailReservedDomain, partner.CodeEmailPersonalMailbox}, codes(person.Check()))
	assert.Equal(t, reserved, codes(group.Check()))
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
		assert.Equal(t, append(reserved, reserved...), codes(p.Check()), partnerType)
		assert.Equal(t, partnerType, p.PartnerType)
		tenants[p.TenantID] = true
		for f := partner.FieldCompanyName; f <= partner.FieldSecurityContactPhone; f++ {
			assert.NotEmpty(t, p.Value(f), "%s: a field that is empty tests no column", f)
		}
		assert.NotEmpty(t, p.VettingStatus)
		assert.NotEmpty(t, p.VettingSubStatus)
	}
	assert.Len(t, tenants, len(partnerTypes), "a tenant for each type")
	assert.True(t, partnertest.Profile("unknown").Check().Has(partner.CodePartnerTypeUnknown), "and that is all that is wrong")
	assert.Len(t, partnertest.Profile("unknown").Check().Errors(), 1)
}

// reserved is what every fixture's address is advised of: nobody can be reached
// there.
var reserved = []partner.Code{partner.CodeEmailReservedDomain}

func codes(fs partner.Findings) []partner.Code {
	codes := make([]partner.Code, len(fs))
	for i, f := range fs {
		codes[i] = f.Code
	}
	return codes
}

func TestIncidentsAreValid(t *testing.T) {
	t.Parallel()
	titles := make(map[string]bool)
	for _, kind := range []partner.IncidentKind{partner.Spam, partner.AzureFraud, partner.CredentialCompromise, "another_kind"} {
		incident := partnertest.Incident(kind)
		assert.Empty(t, incident.Check(), kind)
		assert.Equal(t, kind, incident.Kind)
		assert.Equal(t, "INC-"+string(kind), incident.ID)
		assert.Equal(t, partnertest.CustomerTenantID, incident.TenantID)
		assert.NotEmpty(t, incident.Summary)
		assert.False(t, incident.Drill)
		titles[incident.Title] = true
		partnertest.Incident(kind).Actions[0] = "changed"
		assert.Equal(t, incident, partnertest.Incident(kind), "each call returns a fresh one")
	}
	assert.Len(t, titles, 4)
}

func TestImpactsAreValid(t *testing.T) {
	t.Parallel()
	tenants, addresses, rights := make(map[string]bool), make(map[string]bool), make(map[partner.Rights]bool)
	groups, agents := 0, make(map[int]int)
	impacts := partnertest.Impacts(14)
	require.Len(t, impacts, 14)
	for i, impact := range impacts {
		assert.Equal(t, partnertest.Impact(i), impact)
		assert.Equal(t, reserved, codes(impact.SecurityContact.Check()), i)
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
			assert.Equal(t, reserved, codes(contact.Check()), "%d: %s", i, recipient.Email)
			addresses[recipient.Email] = true
		}
		assert.NotEmpty(t, impact.CompanyName)
	}
	assert.Len(t, tenants, 14)
	assert.Len(t, addresses, 14*3+7, "every recipient has an address of its own")
	assert.Len(t, rights, 7, "every set that is not empty")
	assert.Equal(t, 7, groups)
	assert.Equal(t, map[int]int{1: 7, 2: 7}, agents)
}

// TestImpactTakesAnyNumber: nobody has to look up what n may be.
func TestImpactTakesAnyNumber(t *testing.T) {
	t.Parallel()
	for _, n := range []int{math.MinInt, -1, 0, int(min(1<<48-1, int64(math.MaxInt))), math.MaxInt} {
		impact := partnertest.Impact(n)
		assert.Equal(t, reserved, codes(impact.SecurityContact.Check()), n)
		profile := partnertest.Profile(partner.DirectBillPartner)
		profile.TenantID = impact.PartnerTenantID
		assert.Empty(t, profile.Check().Errors(), n)
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
	for _, topic := range []partner.Topic{
		partner.TopicIncident, partner.TopicDrill, partner.TopicContactAppointed, partner.TopicContactReplaced,
		partner.TopicContactUpdated,
	} {
		n := partnertest.Notification(topic)
		assert.Equal(t, topic, n.Topic)
		assert.Len(t, n.ID, 40)
		assert.Equal(t, partnertest.Group().Email, n.Recipient.Email)
		assert.Equal(t, "Contoso SOC", n.Recipient.Name)
		isIncident := topic == partner.TopicIncident || topic == partner.TopicDrill
		if assert.Equal(t, isIncident, n.Incident.ID != ""); isIncident {
			assert.Empty(t, n.Incident.Check())
			assert.NotZero(t, n.Rights)
		}
		assert.Equal(t, topic == partner.TopicDrill, n.Incident.Drill)
		subjects[n.Message().Subject] = true
	}
	assert.Len(t, subjects, 5)
}

// TestFixturesReachNobody: the domains are reserved by RFC 2606, and the numbers
// for fiction.
func TestFixturesReachNobody(t *testing.T) {
	t.Parallel()
	text := fmt.Sprint(
		partnertest.Person(), partnertest.Group(), partnertest.Profile(partner.IndirectReseller), partnertest.Impacts(300),
		partnertest.Notification(partner.TopicIncident),
	)
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(" {}[];", r) }) {
		if strings.Contains(word, "@") {
			assert.True(t, strings.HasSuffix(word, ".example"), word)
		}
		if _, number, isPhone := strings.Cut(word, "425555"); isPhone {
			assert.Regexp(t, "^01[0-9][0-9]$", number)
		}
	}
}
