package escalation_test

import (
	"fmt"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
)

// A host keeps a table of cases, one of their events and one of what it has
// queued and sent. A timer wakes it, and a worker empties the queue.
//
// What was queued before the answer is not sent after it: the worker asks
// again.
func Example() {
	now := time.Date(2026, time.November, 23, 14, 0, 0, 0, time.UTC)
	events := []escalation.Event{} // the table of events
	sent := map[string]bool{}      // the table of IDs
	var queue []partner.Notification
	opened := contosoCase(now) // stored as JSON

	status := func() escalation.Status {
		c := opened
		c.Events = events
		return c.At(now)
	}
	goesOn := func(s escalation.State) bool { return s == escalation.StateWaiting || s == escalation.StateExhausted }
	wake := func() time.Time { // by the timer, by an event and at the start of the program
		s := status()
		if goesOn(s.State) {
			queue = nil // what is due and was not sent is put in again
			for _, due := range s.Due {
				if !sent[due.Notification.ID] {
					queue = append(queue, due.Notification)
				}
			}
		}
		return s.Next
	}
	work := func() { // sends what is in the queue
		for _, n := range queue {
			if s := status(); !goesOn(s.State) {
				fmt.Println(now.Format("15:04"), n.Recipient.Address(), "is not told:", s.State)
				continue
			}
			sent[n.ID] = true
			fmt.Println(now.Format("15:04"), n.Recipient.Address(), "is told")
		}
		queue = nil
	}

	timer := wake()
	work()
	now = timer // 15:00
	wake()
	events = append(events, escalation.Event{Kind: escalation.EventAcknowledged, At: now.Add(time.Second),
		By: "key of who"})
	now = now.Add(2 * time.Second) // the worker comes a little late
	work()
	timer = wake()
	fmt.Println(timer.Format("15:04"), "is when the acknowledgement runs out")
	now = timer
	wake()
	work()
	// Output:
	// 14:00 soc@contoso.com is told
	// 15:00 +14255550100 is not told: acknowledged
	// 19:00 is when the acknowledgement runs out
	// 19:00 +14255550100 is told
	// 19:00 agent@contoso.com is told
}
