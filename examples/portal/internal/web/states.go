package web

import (
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
	"github.com/cspkit/partner/examples/portal/internal/words"
)

// What pages call the states of things. Badges, filters, tiles, exports and
// explanations take their words from these tables, and from nowhere else. One
// thing has one word, and no word stands for two things.

// contactState is whether somebody reads the address of a security contact.
// The page that asks the contact says the same word in its reader's language.
type contactState struct {
	word          func(*words.Confirm) string
	meaning, tone string
}

// contactStates has a row for each of host.ContactStates.
var contactStates = map[host.ContactState]contactState{
	host.ContactVerified: {func(c *words.Confirm) string { return c.Verified }, "somebody reads the address", "good"},
	host.ContactDue: {func(c *words.Confirm) string { return c.Due },
		"it was confirmed once, and is asked again", "busy"},
	host.ContactUnverified: {func(c *words.Confirm) string { return c.Unverified },
		"it was entered, and is asked", "busy"},
	host.ContactUnasked: {func(c *words.Confirm) string { return c.Unasked }, "nobody has begun to ask", "calm"},
	host.ContactOverdue: {func(c *words.Confirm) string { return c.Overdue },
		"it was asked, and the time for an answer is over", "warn"},
	host.ContactDoubted: {func(c *words.Confirm) string { return c.Doubted },
		"somebody who reads the address says so", "bad"},
	host.ContactBouncing: {func(c *words.Confirm) string { return c.Bouncing },
		"mail to the address is not delivered", "bad"},
}

// contactWording is the row of a state, in English.
func contactWording(s host.ContactState) wording { return contactWordingIn(words.English(), s) }

func contactWordingIn(say *words.Language, s host.ContactState) wording {
	row, ok := contactStates[s]
	if !ok {
		return wording{}
	}
	return wording{row.word(&say.Confirm), row.meaning, row.tone}
}

// contactFilters are the states by which partners are listed, those that need
// somebody first.
var contactFilters = []host.ContactState{
	store.NoContact, host.ContactBouncing, host.ContactDoubted, host.ContactOverdue, host.ContactUnverified,
	host.ContactDue, host.ContactUnasked, host.ContactVerified,
}

// contactFilterWord is the word of a filter.
func contactFilterWord(s host.ContactState) string {
	if s == store.NoContact {
		return coverageWords[host.CoverageMissing].Word
	}
	return contactWording(s).Word
}

// coverageWords has a row for each class: can the partner be told?
var coverageWords = map[host.CoverageClass]wording{
	host.CoverageMissing: {"No security contact", "there is no contact, and nobody is told", "bad"},
	host.CoverageErrors:  {"Cannot be used", "the contact has errors, or mail to it came back", "bad"},
	host.CoverageAdvice:  {"Could be better", "the contact carries advice", "warn"},
	host.CoverageGood:    {"In order", "nothing was found", "good"},
}

// deliveryStates has a row for each of host.DeliveryStates: what became of one
// message to one recipient.
var deliveryStates = map[host.DeliveryState]wording{
	host.DeliveryWaiting:  {"To be sent", "in the queue", "busy"},
	host.DeliverySent:     {"Sent", "the mail server took it, or the service of a webhook", "good"},
	host.DeliveryRetrying: {"Trying again", "a try failed, and another follows", "warn"},
	host.DeliveryFailed:   {"Refused", "the mail server refused it, or it was tried too often", "bad"},
	host.DeliveryUnknown: {"Not known",
		"the mail server has the message and has not said whether it takes it; it is not sent again soon", "warn"},
	host.DeliveryWithdrawn: {"Not needed",
		"when it was to be sent, it was not so any more, or somebody had answered", "calm"},
	host.DeliveryCall:    {"To be called", "nobody has answered, and somebody here is to call this person", "warn"},
	host.DeliveryBounced: {"Came back", "the mail server took it, and it came back", "bad"},
	host.DeliveryNobody:  {"Nobody to tell", "the partner has nobody who could be told", "calm"},
}

// callStates are the words for what became of a call, where a mail has others.
var callStates = map[host.DeliveryState]wording{
	host.DeliverySent:   {"Reached by phone", "somebody here spoke to this person", "good"},
	host.DeliveryFailed: {"Not reached by phone", "the number is wrong", "bad"},
}

// partWords has a row for each of host.Parts: how a partner stands with an
// incident, as its bar shows them.
var partWords = map[host.Part]wording{
	host.PartAnswered: {"Answered", "somebody there is on it", "good"},
	host.PartReached:  {"Reached", "sent, no answer yet", "busy"},
	host.PartTrying:   {"On the way", "being sent, or to be called", "warn"},
	host.PartFailed:   {"Not delivered", "refused, or came back", "bad"},
	host.PartSpared:   {deliveryStates[host.DeliveryWithdrawn].Word, "it was over before anybody was told", "calm"},
	host.PartNobody:   {deliveryStates[host.DeliveryNobody].Word, "no usable contact", "warn"},
	host.PartNoRights: {"No rights", "need not be told", "calm"},
}

// caseStates has a row for each state of a case: whether somebody at a partner
// has answered.
var caseStates = map[escalation.State]wording{
	escalation.StateExhausted:    {"Nobody answered", "everybody was told, and nobody has answered", "bad"},
	escalation.StateWaiting:      {"Waiting for an answer", "nobody has answered yet", "busy"},
	escalation.StateAcknowledged: {"On it", "somebody has said that they are on it", "good"},
	escalation.StateResolved:     {"Resolved", "it is over", "calm"},
	escalation.StateCancelled:    {"Cancelled", "nothing further is sent", "calm"},
}

// late is the word for a case past the time by which somebody was to answer.
var late = wording{"Late", "nobody has answered in time", "bad"}

// standsWords has a row for what an incident may be.
var standsWords = map[host.IncidentStands]wording{
	host.StandsOpen:      {"Open", "the incident goes on", "busy"},
	host.StandsResolved:  {"Resolved", "the all-clear was sent: the incident is over", "good"},
	host.StandsCancelled: {"Cancelled", "the incident was cancelled, and nothing further is sent", "calm"},
}

// incidentStatuses has a row for each status of the telling. What comes of it
// is in statusOf.
var incidentStatuses = map[host.IncidentStatus]wording{
	host.IncidentQueued:    {"Finding out whom to tell", "nobody is told yet", "busy"},
	host.IncidentRouting:   {"Finding out whom to tell", "the partners are being found", "busy"},
	host.IncidentRouted:    {"Sending", "every partner has its deliveries, and some are on their way", "busy"},
	host.IncidentCancelled: {"Stopped", "not all partners could be looked up; somebody must look at the log", "bad"},
}
