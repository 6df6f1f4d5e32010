package queue

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
	"github.com/cspkit/partner/partnertest"
)

// The whole product of topics and of what the contact is today.
func TestWhoIsTold(t *testing.T) {
	t.Parallel()
	const old, replaced = "soc@contoso.com", "cert@contoso.com"
	contact := func(email string) *partner.SecurityContact {
		c := partner.NewGroupContact("Contoso SOC", email, "+14255550100")
		return &c
	}
	tests := []struct {
		topic                        partner.Topic
		same, another, none, settled verb
	}{
		{partner.TopicIncident, send, readdress, reroute, send},
		{partner.TopicDrill, send, readdress, reroute, send},
		{partner.TopicContactAppointed, send, withdraw, withdraw, send},
		{partner.TopicContactUpdated, send, withdraw, withdraw, send},
		{partner.TopicContactConfirm, send, withdraw, withdraw, withdraw},
		{partner.TopicContactReplaced, withdraw, send, send, send},
		{partner.TopicContactLapsed, send, send, send, withdraw},
	}
	require.Len(t, tests, len(partner.Topics()))
	for _, test := range tests {
		t.Run(string(test.topic), func(t *testing.T) {
			t.Parallel()
			n := partnertest.Notification(test.topic)
			n.Recipient = partner.Recipient{Audience: partner.ToSecurityContact, Name: "Contoso SOC", Email: old}
			look := func(c *partner.SecurityContact) decision {
				return decide(n, store.Standing{State: host.DeliveryRetrying, Contact: c}, time.Now())
			}
			assert.Equal(t, test.same, look(contact("SOC@Contoso.com")).verb, "the same address, spelled in another way")
			d := look(contact(replaced))
			assert.Equal(t, test.another, d.verb)
			if d.verb == readdress {
				assert.Equal(t, replaced, d.to.Email)
				assert.Equal(t, partner.ToSecurityContact, d.to.Audience)
			}
			assert.Equal(t, test.none, look(&partner.SecurityContact{}).verb)
			assert.Equal(t, test.none, look(contact("nobody")).verb, "an address that cannot be used is none")
			assert.Equal(t, send, look(nil).verb, "what is not known changes nothing")
			for _, contact := range []*partner.SecurityContact{nil, contact(old), contact(replaced)} {
				s := store.Standing{State: host.DeliveryWaiting, Contact: contact, Settled: true}
				assert.Equal(t, test.settled, decide(n, s, time.Now()).verb)
				s.State = host.DeliverySent
				assert.Equal(t, done, decide(n, s, time.Now()).verb)
			}
			n.Recipient.Audience = partner.ToAdminAgent
			assert.Equal(t, send, look(contact(replaced)).verb, "who was no contact was not replaced")
			if text := withdrawn[test.topic]; test.another == withdraw || test.none == reroute || test.settled == withdraw {
				assert.NotEmpty(t, text, "the page says why")
			}
		})
	}
}

// A contact for one customer stays whom its mail is to, whoever the security
// contact is. Once it is removed, its mail is withdrawn, as of a webhook.
func TestAContactForOneCustomer(t *testing.T) {
	t.Parallel()
	other := partner.NewGroupContact("Contoso SOC", "cert@contoso.com", "+14255550100")
	for _, tt := range []struct {
		name   string
		state  host.DeliveryState
		status partner.IncidentStatus
		gone   bool
		want   verb
	}{
		{"it is there", host.DeliveryWaiting, "", false, send},
		{"removed", host.DeliveryWaiting, "", true, withdraw},
		{"removed after a try", host.DeliveryRetrying, "", true, withdraw},
		{"the all-clear", host.DeliveryWaiting, partner.IncidentResolved, false, send},
		{"removed, and the all-clear", host.DeliveryWaiting, partner.IncidentResolved, true, withdraw},
		{"removed after it was sent", host.DeliverySent, "", true, done},
	} {
		n := partnertest.Notification(partner.TopicIncident)
		n.Incident.Status = tt.status
		n.Recipient = partner.Recipient{Audience: partner.ToSubscriber, Name: "The desk", Email: "desk@contoso.com"}
		for _, contact := range []*partner.SecurityContact{nil, {}, &other} {
			d := decide(n, store.Standing{State: tt.state, Contact: contact, Removed: tt.gone}, time.Now())
			assert.Equal(t, tt.want, d.verb, tt.name)
			assert.Equal(t, n.Recipient.Email, d.to.Email, tt.name)
			assert.Equal(t, d.verb == withdraw, d.why != "", "%s: the page says why", tt.name)
		}
	}
}

func TestWhatIsDoneInEachState(t *testing.T) {
	t.Parallel()
	now := time.Now()
	tests := []struct {
		state host.DeliveryState
		next  time.Time
		want  verb
		why   string
	}{
		{"", time.Time{}, send, "the store does not know it"},
		{host.DeliveryWaiting, time.Time{}, send, ""},
		{host.DeliveryRetrying, now.Add(time.Minute), send, "whoever has the job decides when"},
		{host.DeliveryUnknown, now.Add(time.Minute), wait, "the mail server may have it"},
		{host.DeliveryUnknown, now, send, "the long pause is over"},
		{host.DeliveryUnknown, time.Time{}, wait, "for a person"},
		{host.DeliverySent, time.Time{}, done, ""},
		{host.DeliveryFailed, time.Time{}, done, ""},
		{host.DeliveryWithdrawn, time.Time{}, done, ""},
		{host.DeliveryNobody, time.Time{}, done, ""},
		{host.DeliveryCall, time.Time{}, done, "a person makes it"},
		{host.DeliveryBounced, time.Time{}, done, "it was sent"},
	}
	for _, state := range host.DeliveryStates() {
		assert.Contains(t, byState, state)
	}
	for _, test := range tests {
		t.Run(fmt.Sprintf("%s %s", test.state, test.why), func(t *testing.T) {
			t.Parallel()
			n := partnertest.Notification(partner.TopicIncident)
			d := decide(n, store.Standing{State: test.state, NextTryAt: test.next}, now)
			assert.Equal(t, test.want, d.verb)
			if d.verb == wait {
				assert.Equal(t, test.next, d.until)
			}
		})
	}
}

// The whole product of the states of a case, and of whether a notification
// belongs to a step of it.
func TestWhatIsSentInEachStateOfACase(t *testing.T) {
	t.Parallel()
	const reminder = -2 // of what was told beside the steps
	tests := []struct {
		state        escalation.State
		step, beside verb
		why          string
	}{
		{"", send, send, "it belongs to no case"},
		{escalation.StateWaiting, send, send, "nobody has answered"},
		{escalation.StateExhausted, send, send, "nobody has answered, and it came late"},
		{escalation.StateAcknowledged, drop, send, "who was appointed meanwhile must know"},
		{escalation.StateResolved, drop, drop, "it is over"},
		{escalation.StateCancelled, drop, drop, "it is over"},
		{"new", send, send, "a state of another version silences nobody"},
	}
	for _, test := range tests {
		for step, want := range map[int]verb{0: test.step, 3: test.step, -1: test.beside, reminder: test.step} {
			for state, otherwise := range byState {
				s := store.Standing{State: state, Case: test.state, Step: step}
				if step == reminder {
					s.Step, s.Reminder = -1, true
				}
				n := partnertest.Notification(partner.TopicIncident)
				wanted := want
				if otherwise == done {
					wanted = done // what has come to its end stays there
				}
				if state == host.DeliveryUnknown {
					assert.Equal(t, wait, decide(n, s, time.Now()).verb, "the mail server may have it")
					s.NextTryAt = time.Now().Add(-time.Second)
				}
				assert.Equal(t, wanted, decide(n, s, time.Now()).verb, "%q, step %d, %q: %s", test.state, step, state, test.why)
				s.Contact = &partner.SecurityContact{Email: "cert@fabrikam.com"}
				if wanted == drop {
					assert.Equal(t, drop, decide(n, s, time.Now()).verb, "an answer comes before a change of the contact")
				}
			}
		}
	}
}

// What a newer version of the incident means for what is not sent yet.
func TestWhatIsSentOfAnOldVersion(t *testing.T) {
	t.Parallel()
	replaced := &partner.SecurityContact{Email: "cert@fabrikam.com"}
	for _, test := range []struct {
		name, why string
		standing  store.Standing
		resolved  bool
		want      verb
	}{
		{"a step of a case", "it goes on until somebody answers", store.Standing{}, false, send},
		{"an update before another", "the newer one is told", store.Standing{Superseded: true}, false, withdraw},
		{"an all-clear before it was reopened", "it is not over", store.Standing{Superseded: true}, true, withdraw},
		{"an update to another contact", "it is theirs now", store.Standing{Contact: replaced}, false, readdress},
		{"the all-clear", "whoever was told hears it", store.Standing{Contact: replaced}, true, send},
		{"what is sent", "it stays", store.Standing{State: host.DeliverySent, Superseded: true}, false, done},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			n := partnertest.Notification(partner.TopicIncident)
			if test.resolved {
				n.Incident.Status, n.Incident.Version = partner.IncidentResolved, 1
			}
			d := decide(n, test.standing, time.Now())
			assert.Equal(t, test.want, d.verb, test.why)
			assert.Equal(t, test.standing.Superseded && test.want == withdraw, d.why != "", "the page says why")
		})
	}
}

// Whoever reads the address says in which language first, then the recipient,
// then the partner. The contact of today has chosen for themselves.
func TestInWhichLanguage(t *testing.T) {
	t.Parallel()
	contact := partner.NewGroupContact("Contoso SOC", "soc@contoso.com", "+14255550100")
	other := partner.NewGroupContact("Contoso CERT", "cert@contoso.com", "+14255550100")
	for _, tt := range []struct {
		name, why, own string
		s              store.Standing
		verb           verb
		want           string
	}{
		{"nobody has said", "it is English", "", store.Standing{Contact: &contact}, send, ""},
		{"the partner", "a notice names none", "", store.Standing{Contact: &contact, Language: "de"}, send, "de"},
		{"the recipient", "as it was routed", "fr", store.Standing{Contact: &contact, Language: "de"}, send, "fr"},
		{"the reader", "it is their mail", "fr",
			store.Standing{Contact: &contact, Language: "de", Chosen: "pl", ContactChose: "pl"}, send, "pl"},
		{"another contact", "it goes on in the partner's language", "fr",
			store.Standing{Contact: &other, Language: "de", Chosen: "pl"}, readdress, "fr"},
		{"another contact, who chose", "it is their mail now", "fr",
			store.Standing{Contact: &other, Language: "de", Chosen: "pl", ContactChose: "ja"}, readdress, "ja"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			n := partnertest.Notification(partner.TopicIncident)
			n.Recipient = partner.Recipient{
				Audience: partner.ToSecurityContact, Email: contact.Email, Language: tt.own,
			}
			tt.s.State = host.DeliveryWaiting
			d := decide(n, tt.s, time.Now())
			assert.Equal(t, tt.verb, d.verb)
			assert.Equal(t, tt.want, d.to.Language, tt.why)
		})
	}
}
