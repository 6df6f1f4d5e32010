package host_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

func TestWhatAReminderComesTo(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	const waiting = escalation.StateWaiting
	mail := func(id string, state host.DeliveryState, ago time.Duration, to, as string) host.Delivery {
		return host.Delivery{ID: id, State: state, QueuedAt: now.Add(-ago), UpdatedAt: now.Add(-ago),
			Recipient: partner.Recipient{Email: to, Audience: partner.Audience(as)}}
	}
	by := func(d host.Delivery, medium partner.Medium) host.Delivery { d.Recipient.Medium = medium; return d }
	to := func(d host.Delivery, address string) host.Delivery { d.SentTo.Email = address; return d }
	const hour, soc, ada = time.Hour, "soc@contoso.com", "ada@contoso.com"
	contact, admin := string(partner.ToSecurityContact), string(partner.ToGlobalAdmin)
	sent := mail("1", host.DeliverySent, hour, soc, contact)
	call := by(mail("c", host.DeliveryCall, hour, "", contact), partner.MediumPhone)
	for _, tt := range []struct {
		name, why string
		state     escalation.State
		told      []host.Delivery
		chosen    map[string]bool
		want      host.Chase
		mails     string
		call      string
	}{
		{"sent", "nobody has answered", waiting, []host.Delivery{sent}, nil, host.ChaseMail, "1", ""},
		{"exhausted", "nobody is left, and they are still asked", escalation.StateExhausted, []host.Delivery{sent}, nil,
			host.ChaseMail, "1", ""},
		{"answered", "one who has answered is not mailed", escalation.StateAcknowledged, []host.Delivery{sent}, nil,
			host.ChaseAnswered, "", ""},
		{"over", "", escalation.StateResolved, []host.Delivery{sent}, nil, host.ChaseAnswered, "", ""},
		{"at the pause", "it is over then", waiting,
			[]host.Delivery{mail("1", host.DeliverySent, host.RemindPause, soc, contact)}, nil, host.ChaseMail, "1", ""},
		{"within the pause", "a double click", waiting,
			[]host.Delivery{mail("1", host.DeliverySent, host.RemindPause-1, soc, contact)}, nil, host.ChaseSoon, "", ""},
		{"on its way", "", waiting, []host.Delivery{mail("1", host.DeliveryRetrying, hour, soc, contact)}, nil,
			host.ChaseSoon, "", ""},
		{"without an answer of the server", "it counts as sent", waiting,
			[]host.Delivery{mail("1", host.DeliveryUnknown, hour, soc, contact)}, nil, host.ChaseSoon, "", ""},
		{"came back", "no address works", waiting,
			[]host.Delivery{mail("1", host.DeliveryBounced, hour, soc, contact), call}, nil, host.ChaseCall, "", "c"},
		{"the reminder came back", "the last mail counts", waiting,
			[]host.Delivery{sent, mail("2", host.DeliveryBounced, 30*time.Minute, soc, contact)}, nil, host.ChaseCall, "", ""},
		{"the reminder was withdrawn", "it told nobody", waiting,
			[]host.Delivery{mail("2", host.DeliveryWithdrawn, 20*time.Minute, soc, contact), sent}, nil,
			host.ChaseMail, "1", ""},
		{"one works, one does not", "who can be mailed is", waiting,
			[]host.Delivery{mail("1", host.DeliveryFailed, hour, soc, contact), mail("2", host.DeliverySent, hour, ada, admin)},
			nil, host.ChaseMail, "2", ""},
		{"one address, told twice", "each reader once", waiting,
			[]host.Delivery{sent, mail("2", host.DeliverySent, 50*time.Minute, "SOC@contoso.com", admin)}, nil,
			host.ChaseMail, "2", ""},
		{"the contact was replaced", "it is not theirs any more", waiting,
			[]host.Delivery{sent, mail("2", host.DeliverySent, 50*time.Minute, ada, contact)}, nil, host.ChaseMail, "2", ""},
		{"the mail went to the new contact", "that is who reads it", waiting,
			[]host.Delivery{to(sent, ada), mail("2", host.DeliverySent, 50*time.Minute, ada, admin)}, nil,
			host.ChaseMail, "2", ""},
		{"a program", "it reads no reminders", waiting, []host.Delivery{by(sent, partner.MediumWebhook)}, nil,
			host.ChaseCall, "", ""},
		{"chosen", "the others are left alone", waiting,
			[]host.Delivery{sent, mail("2", host.DeliverySent, hour, ada, admin)}, map[string]bool{"2": true},
			host.ChaseMail, "2", ""},
		{"an older mail was chosen", "its reader is meant", waiting,
			[]host.Delivery{sent, mail("2", host.DeliverySent, 50*time.Minute, soc, contact)}, map[string]bool{"1": true},
			host.ChaseMail, "2", ""},
		{"the call was chosen", "a call is no mail", waiting, []host.Delivery{sent, call}, map[string]bool{"c": true},
			host.ChaseCall, "", "c"},
	} {
		var c host.Chased
		c.Decide(tt.state, tt.told, tt.chosen, now)
		mails := ""
		for _, d := range c.Mail {
			mails += d.ID
		}
		assert.Equal(t, []string{string(tt.want), tt.mails, tt.call}, []string{string(c.Chase), mails, c.Call},
			"%s: %s", tt.name, tt.why)
	}
}

func TestSome(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		names []string
		all   int
		want  string
	}{
		{nil, 0, ""},
		{[]string{"Contoso"}, 1, "Contoso"},
		{[]string{"Contoso", "Fabrikam"}, 2, "Contoso and Fabrikam"},
		{[]string{"A", "B", "C"}, 3, "A, B and C"},
		{[]string{"A", "B", "C"}, 4, "A, B, C and 1 other"},
		{[]string{"A", "B", "C"}, 2001, "A, B, C and 1,998 others"},
	} {
		assert.Equal(t, tt.want, host.Some(tt.names, tt.all))
	}
}
