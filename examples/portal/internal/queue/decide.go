package queue

import (
	"strings"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// verb is what a worker does with a job.
type verb uint8

const (
	done      verb = iota + 1 // nothing is left to do
	wait                      // until the delivery's next try
	send                      // to the recipient
	readdress                 // send to the contact of today, under the same ID
	withdraw                  // tell nobody
	drop                      // tell nobody, unless the answer to the case runs out
	reroute                   // tell nobody, and look who at the partner can be told
)

// byState says what is to be done with a delivery in each state. One that the
// store does not know is sent: the job was put into the queue by itself.
var byState = map[host.DeliveryState]verb{
	"":                     send,
	host.DeliveryWaiting:   send,
	host.DeliveryRetrying:  send,
	host.DeliveryUnknown:   wait, // and then send
	host.DeliverySent:      done,
	host.DeliveryFailed:    done,
	host.DeliveryWithdrawn: done,
	host.DeliveryNobody:    done,
	host.DeliveryCall:      done, // a person makes it
	host.DeliveryBounced:   done,
}

// byCase says what becomes of a notification that is to be sent, in each state
// of its case: one of a step or a reminder, and one beside the steps. The
// latter tells whom nobody has told, such as a contact that was appointed
// meanwhile. What is no state of a case is sent.
var byCase = map[escalation.State][2]verb{
	//                             step  beside
	escalation.StateWaiting:      {send, send},
	escalation.StateExhausted:    {send, send},
	escalation.StateAcknowledged: {drop, send},
	escalation.StateResolved:     {drop, drop},
	escalation.StateCancelled:    {drop, drop},
}

// today is what the partner's security contact is now, beside the recipient.
type today uint8

const (
	same    today = iota // it is the recipient; or the recipient never was it; or that is not known
	another              // somebody else is the contact
	none                 // nobody is, or nobody with a usable address
	settled              // it was confirmed or replaced since, or a later mail says so; before all else
)

// byContact says what becomes of a notification to the security contact if
// that has changed since. Nobody is told what is not theirs any more, and
// nobody is told that they are what they are not.
var byContact = map[partner.Topic][4]verb{
	//                              same      another    none     settled
	partner.TopicIncident:         {send, readdress, reroute, send},
	partner.TopicDrill:            {send, readdress, reroute, send},
	partner.TopicContactAppointed: {send, withdraw, withdraw, send},
	partner.TopicContactUpdated:   {send, withdraw, withdraw, send},
	partner.TopicContactConfirm:   {send, withdraw, withdraw, withdraw},
	partner.TopicContactLapsed:    {send, send, send, withdraw}, // to the Global admins
	partner.TopicContactReplaced:  {withdraw, send, send, send},
}

// decision is what is to be done with a job.
type decision struct {
	verb  verb
	to    partner.Recipient // of send and readdress, with the language of the mail
	until time.Time         // of wait; zero: until a person says so
	why   string            // of withdraw; "": see withdrawn
}

// decide looks at what is known of the delivery now.
func decide(n partner.Notification, s store.Standing, now time.Time) decision {
	d := decision{verb: byState[s.State], to: n.Recipient}
	d.to.Language = host.Tongue{Chosen: s.Chosen, Recipient: n.Recipient.Language, Partner: s.Language}.Tag()
	if d.verb == wait {
		if s.NextTryAt.IsZero() || now.Before(s.NextTryAt) {
			d.until = s.NextTryAt
			return d
		}
		d.verb = send
	}
	if d.verb == send && s.Superseded {
		d.verb, d.why = withdraw, "there is a newer version of the incident"
		return d
	}
	if d.verb == send && s.Removed {
		d.verb, d.why = withdraw, removed
		return d
	}
	if n.Incident.Status == partner.IncidentResolved {
		return d // whoever was told hears that it is over, whoever is the contact now
	}
	if verbs, of := byCase[s.Case]; of && d.verb == send {
		if s.Step >= 0 || s.Reminder {
			d.verb = verbs[0]
		} else {
			d.verb = verbs[1]
		}
	}
	verbs, of := byContact[n.Topic]
	if d.verb == send && of && s.Settled {
		d.verb = verbs[settled]
		return d
	}
	if d.verb != send || !of || s.Contact == nil || n.Recipient.Audience != partner.ToSecurityContact {
		return d
	}
	contact := partner.Recipient{
		Audience: partner.ToSecurityContact, Name: s.Contact.DisplayName(), Email: s.Contact.Email, Phone: s.Contact.Phone,
	}
	is := another
	switch {
	case contact.Address() == "":
		is = none
	case strings.EqualFold(contact.Address(), n.Recipient.Address()):
		is = same
	}
	if d.verb = verbs[is]; d.verb == readdress {
		d.to = contact
		d.to.Language = host.Tongue{Chosen: s.ContactChose, Recipient: n.Recipient.Language, Partner: s.Language}.Tag()
	}
	return d
}

// answered says on a page why nobody is told: see drop.
const answered = "somebody has answered"

// removed says on a page why a contact for one customer is not told.
const removed = "the contact for this customer was removed"

// withdrawn says on a page why nobody is told.
var withdrawn = map[partner.Topic]string{
	partner.TopicIncident:         "the partner has no security contact any more",
	partner.TopicDrill:            "the partner has no security contact any more",
	partner.TopicContactAppointed: "the recipient is not the security contact any more",
	partner.TopicContactUpdated:   "the recipient is not the security contact any more",
	partner.TopicContactConfirm:   "the address was confirmed or replaced since, or a later mail asks",
	partner.TopicContactLapsed:    "the address was confirmed or replaced since, or a later mail says so",
	partner.TopicContactReplaced:  "the recipient is the security contact again",
}
