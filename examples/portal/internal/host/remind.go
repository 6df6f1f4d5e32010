package host

import (
	"cmp"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
)

// RemindPause is for how long whoever was mailed about an incident is not
// reminded of it.
const RemindPause = 15 * time.Minute

// Chase is what a reminder comes to at one partner.
type Chase string

// What it may come to.
const (
	ChaseMail     Chase = "mail"     // somebody there is mailed again
	ChaseSoon     Chase = "soon"     // a mail is on its way there, or was sent a short while ago
	ChaseCall     Chase = "call"     // no mail reaches anybody there: they must be called
	ChaseAnswered Chase = "answered" // somebody there has answered, or it is over
)

// Chased is one partner that somebody here wants to remind of an incident.
type Chased struct {
	CaseID          string
	PartnerTenantID string
	CompanyName     string
	OpenedAt        time.Time
	Chase           Chase
	Mail            []Delivery // of ChaseMail: to each reader the last mail, which is sent again
	Call            string     // of ChaseCall: the ID of a call to make there; "": there is none
}

// LogValue tells the case's ID and what it comes to.
func (c Chased) LogValue() slog.Value {
	return slog.GroupValue(slog.String("id", c.CaseID), slog.String("chase", string(c.Chase)))
}

// Reminded is how many were reminded at how many partners.
type Reminded struct{ People, Partners int }

// chaseOf has a row for each state of the last mail to a reader. What was
// withdrawn was never told, and what was sent counts as ChaseSoon for a while.
var chaseOf = map[DeliveryState]Chase{
	DeliverySent:     ChaseMail,
	DeliveryWaiting:  ChaseSoon,
	DeliveryRetrying: ChaseSoon,
	DeliveryUnknown:  ChaseSoon,
	DeliveryFailed:   ChaseCall,
	DeliveryBounced:  ChaseCall,
}

// Decide sets what a reminder comes to, by the state of the case, the partner's
// deliveries in it and the time. Only the readers of the deliveries that are
// chosen count. Nil is all of them. The first of these rules that fits a
// partner counts:
//
//	the case waits for no answer            answered
//	the last mail to a reader               mail
//	was sent RemindPause ago
//	the last mail to a reader               soon
//	was sent since, or is on its way
//	anything else                           call
//
// Each reader is mailed once, whatever they were told as. Who is the security
// contact no more is not reminded.
func (c *Chased) Decide(state escalation.State, told []Delivery, chosen map[string]bool, now time.Time) {
	c.Chase, c.Mail, c.Call = ChaseCall, nil, ""
	for _, d := range told {
		if d.State == DeliveryCall && c.Call == "" {
			c.Call = d.ID
		}
	}
	if !Goes(state) {
		c.Chase = ChaseAnswered
		return
	}
	for _, r := range readersOf(told) {
		if chosen != nil && !slices.ContainsFunc(r.told, func(d Delivery) bool { return chosen[d.ID] }) {
			continue
		}
		last := r.last()
		chase := chaseOf[last.State]
		if chase == ChaseMail && now.Before(last.UpdatedAt.Add(RemindPause)) {
			chase = ChaseSoon
		}
		switch {
		case chase == ChaseMail:
			last.Reminder = r.reminders()
			c.Chase, c.Mail = ChaseMail, append(c.Mail, last)
		case chase == ChaseSoon && c.Chase == ChaseCall:
			c.Chase = ChaseSoon
		}
	}
}

// reader is one address, and the mails that it was told by, the oldest first.
type reader struct {
	told []Delivery
}

// last is the last mail that was not withdrawn. There may be none.
func (r reader) last() Delivery {
	for _, d := range slices.Backward(r.told) {
		if d.State != DeliveryWithdrawn {
			return d
		}
	}
	return Delivery{}
}

// reminders is the number of the last reminder, whatever became of it.
func (r reader) reminders() int {
	n := 0
	for _, d := range r.told {
		n = max(n, d.Reminder)
	}
	return n
}

// contact reports whether they were told as the security contact alone.
func (r reader) contact() bool {
	return !slices.ContainsFunc(r.told, func(d Delivery) bool {
		return d.Recipient.Audience != partner.ToSecurityContact
	})
}

// readersOf are those whom mail was sent to, those first who were told first.
// Of several security contacts, the last one is there alone.
func readersOf(told []Delivery) []reader {
	told = slices.DeleteFunc(slices.Clone(told), func(d Delivery) bool {
		return d.Recipient.Medium != partner.MediumMail || d.State == DeliveryNobody
	})
	slices.SortFunc(told, func(a, b Delivery) int {
		return cmp.Or(a.QueuedAt.Compare(b.QueuedAt), cmp.Compare(a.ID, b.ID))
	})
	var all []reader
	index := map[string]int{}
	for _, d := range told {
		to := d.Recipient
		if d.SentTo != (partner.Recipient{}) {
			to = d.SentTo
		}
		address := strings.ToLower(to.EnvelopeAddress())
		i, known := index[address]
		if !known {
			i = len(all)
			index[address], all = i, append(all, reader{})
		}
		all[i].told = append(all[i].told, d)
	}
	newest := -1
	for i, r := range all {
		is := r.contact() && r.last().ID != ""
		if is && (newest < 0 || !r.last().QueuedAt.Before(all[newest].last().QueuedAt)) {
			newest = i
		}
	}
	kept := all[:0]
	for i, r := range all {
		if r.last().ID != "" && (i == newest || !r.contact()) {
			kept = append(kept, r)
		}
	}
	return kept
}
