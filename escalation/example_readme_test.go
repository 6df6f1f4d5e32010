package escalation_test

import (
	"fmt"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/partnertest"
)

// Somebody answers after 80 minutes. Two steps were due by then.
func Example_inShort() {
	incident, impact := partnertest.Incident(partner.Phishing), partnertest.Impact(0) // yours are in your database
	opened := time.Date(2026, time.January, 15, 9, 35, 0, 0, time.UTC)
	c := escalation.NewCase(partner.Routing{}, incident, impact, opened)
	c.Events = append(c.Events, escalation.Event{Kind: escalation.EventAcknowledged, At: opened.Add(80 * time.Minute)})

	status := c.At(opened.Add(2 * time.Hour))
	for _, due := range status.Due { // your queue takes each ID once
		fmt.Println(due.At.Format("15:04"), due.Notification.Recipient.Address())
	}
	fmt.Println(status.State, "until", status.Next.Format("15:04")) // then ask again
	// Output:
	// 09:35 soc@reseller-0.example
	// 10:35 +14255550100
	// acknowledged until 14:55
}
