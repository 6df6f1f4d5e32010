package partnertest

import (
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
)

// loopRules are in the order in which they are checked. The steps of a case are
// due after 0, 1, 2 and 6 hours, and an acknowledgement holds for 4: see Case.
var loopRules = []rule[*loopRun]{
	{
		name:  "due-is-told",
		why:   "who is not told when it is their turn cannot help",
		check: dueIsTold,
	},
	{
		name:  "told-as-due",
		why:   "the ID, the thread and \"unanswered\" tell its reader what they have seen before",
		check: toldAsDue,
	},
	{
		name:  "told-once",
		why:   "what is due stays due, and whoever is woken at every look stops reading",
		check: toldOnce,
	},
	{
		name:  "nothing-before-its-time",
		why:   "the first ones must have the time that the policy gives them",
		check: nothingBeforeItsTime,
	},
	{
		name:  "missed-is-told-late",
		why:   "a host that was down must tell what it missed",
		check: missedIsToldLate,
	},
	{
		name:  "queued-before-the-answer-is-not-sent-after",
		why:   "nobody is called at night for what somebody has in hand",
		check: answerStopsTheQueue,
	},
	{
		name:  "acknowledgement-runs-out",
		why:   "somebody clicked and fell asleep: what was held back, and what comes next, must be told",
		check: acknowledgementRunsOut,
	},
	{
		name:  "end-is-the-end",
		why:   "an incident that is over wakes nobody",
		check: endIsTheEnd,
	},
	{
		name:  "cases-are-apart",
		why:   "an answer to one incident must not silence another",
		check: casesAreApart,
	},
	{
		name:  "failed-step-is-not-waited-for",
		why:   "a mailbox that does not exist answers nobody, so the next ones are told at once",
		needs: []string{"Refuse"},
		check: failedStepIsNotWaitedFor,
	},
	{
		name:  "present-contact-is-told",
		why:   "who was replaced meanwhile may be gone, or the intruder; the ID stays, for outcomes are kept under it",
		needs: []string{"Replace"},
		check: presentContactIsTold,
	},
	{
		name:  "restart-loses-nothing",
		why:   "a host is killed at night, too; what was answered stays answered, and what was told stays told",
		needs: []string{"Restart"},
		check: restartLosesNothing,
	},
}

func dueIsTold(r *loopRun) error {
	var fs faults
	c := r.open()
	for _, after := range []time.Duration{0, time.Hour, 2 * time.Hour, 6 * time.Hour} {
		c.goes(after)
		c.missing(&fs, after)
	}
	return fs.err()
}

func toldAsDue(r *loopRun) error {
	var fs faults
	c := r.open()
	c.goes(0)
	c.goes(time.Hour)
	told := c.told()
	for _, due := range c.At(c.after(time.Hour)).Due {
		want := due.Notification
		for _, got := range told[want.ID] {
			switch {
			case got.Recipient.Address() != want.Recipient.Address() || got.Recipient.Medium != want.Recipient.Medium:
				fs.addf("step %d is told to another address", due.Step)
			case !got.UnansweredSince.Equal(want.UnansweredSince):
				fs.addf("step %d has another UnansweredSince", due.Step)
			case got.Thread != want.Thread:
				fs.addf("step %d has another Thread", due.Step)
			case got.CompanyName != want.CompanyName || got.Rights != want.Rights || got.Topic != want.Topic:
				fs.addf("step %d says something else of the partner", due.Step)
			case got.Incident.Title != want.Incident.Title || len(got.Incident.Actions) != len(want.Incident.Actions):
				fs.addf("step %d says something else of the incident", due.Step)
			}
		}
	}
	return fs.err()
}

func toldOnce(r *loopRun) error {
	var fs faults
	c := r.open()
	for _, after := range []time.Duration{0, 0, time.Minute, time.Hour, time.Hour, time.Hour} {
		c.goes(after)
	}
	r.Work(c.after(time.Hour))
	for _, list := range c.told() {
		if len(list) > 1 {
			fs.addf("one notification was told %d times", len(list))
		}
	}
	return fs.err()
}

func nothingBeforeItsTime(r *loopRun) error {
	var fs faults
	c := r.open()
	c.goes(0)
	c.quiet(&fs, "it is a nanosecond before the next step", func() { c.goes(time.Hour - 1) })
	return fs.err()
}

func missedIsToldLate(r *loopRun) error {
	var fs faults
	c := r.open()
	c.goes(90 * time.Minute)
	c.missing(&fs, 90*time.Minute)
	return fs.err()
}

func answerStopsTheQueue(r *loopRun) error {
	var fs faults
	c := r.open()
	c.goes(0)
	r.Wake(c.after(time.Hour))
	c.happens(escalation.EventAcknowledged, time.Hour+time.Second)
	c.quiet(&fs, "somebody has answered", func() { r.Work(c.after(time.Hour + 2*time.Second)) })
	return fs.err()
}

func acknowledgementRunsOut(r *loopRun) error {
	var fs faults
	c := r.open()
	c.goes(0)
	r.Wake(c.after(time.Hour))
	c.happens(escalation.EventAcknowledged, time.Hour+time.Second)
	r.Work(c.after(time.Hour + 2*time.Second))
	c.goes(5*time.Hour + time.Second)
	c.missing(&fs, 5*time.Hour+time.Second)
	return fs.err()
}

func endIsTheEnd(r *loopRun) error {
	var fs faults
	for _, end := range []escalation.EventKind{escalation.EventResolved, escalation.EventCancelled} {
		c := r.open()
		c.goes(0)
		r.Wake(c.after(time.Hour))
		c.happens(end, time.Hour+time.Second)
		c.quiet(&fs, "it is "+string(end), func() {
			r.Work(c.after(time.Hour + 2*time.Second))
			c.goes(9 * time.Hour)
		})
	}
	return fs.err()
}

func casesAreApart(r *loopRun) error {
	var fs faults
	c, other := r.open(), r.open()
	c.goes(0)
	c.happens(escalation.EventAcknowledged, time.Minute)
	other.goes(0)
	other.missing(&fs, 0)
	return fs.err()
}

func failedStepIsNotWaitedFor(r *loopRun) error {
	var fs faults
	c := r.open()
	first := c.At(c.OpenedAt).Due[0].Notification
	r.Refuse(first.Recipient.Address())
	c.goes(0)
	c.goes(0)
	c.Events = append(c.Events, escalation.Event{Kind: escalation.EventFailed, At: c.OpenedAt, NotificationID: first.ID})
	next := c.At(c.OpenedAt).Due[1].Notification
	if len(c.told()[next.ID]) == 0 {
		fs.addf("step 0 has failed for good, and step 1 was not told")
	}
	return fs.err()
}

func presentContactIsTold(r *loopRun) error {
	var fs faults
	c := r.open()
	c.goes(0)
	r.Wake(c.after(time.Hour))
	contact := partner.NewGroupContact("Contoso Duty", c.impact.SecurityContact.Email, "+14255550199") // it was 0100
	c.impact.SecurityContact = contact
	r.Replace(c.impact)
	r.Work(c.after(time.Hour))
	due := c.At(c.after(time.Hour)).Due[1].Notification
	switch told := c.told()[due.ID]; {
	case len(told) == 0:
		fs.addf("the contact was replaced, and nothing was told under the ID of what was queued")
	case told[0].Recipient.Phone != contact.Phone:
		fs.addf("the contact was replaced, and the old one was told")
	}
	return fs.err()
}

func restartLosesNothing(r *loopRun) error {
	var fs faults
	c := r.open()
	c.goes(0)
	before := len(r.Sent())
	r.Restart()
	c.goes(0)
	if more := len(r.Sent()) - before; more > 0 {
		fs.addf("what was told before the restart was told again")
	}
	r.Wake(c.after(time.Hour))
	r.Restart()
	c.goes(time.Hour)
	c.missing(&fs, time.Hour)
	c.happens(escalation.EventAcknowledged, 90*time.Minute)
	r.Restart()
	c.quiet(&fs, "it was answered before the restart", func() { c.goes(2 * time.Hour) })
	return fs.err()
}
