package attest_test

import (
	"fmt"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/attest"
	"github.com/cspkit/partner/partnertest"
)

// Ten days after an address was entered, nobody has confirmed it.
func Example_inShort() {
	profile := partnertest.Profile(partner.DirectBillPartner) // yours is in your database, and the record beside it
	admins := []partner.Recipient{{Email: "admin@contoso.example"}}
	record := attest.Record{EnteredAt: time.Date(2026, time.January, 15, 9, 30, 0, 0, time.UTC)}

	var policy attest.Policy // confirm within 15 days, and then once a year
	for _, days := range []int{10, 15} {
		now := record.EnteredAt.AddDate(0, 0, days)
		fmt.Println(policy.At(record, now).State, "after", days, "days")
		for _, n := range policy.Notices(profile, admins, record, now) { // your queue takes each ID once
			fmt.Println(" ", n.Recipient.Address()+":", n.Message().Subject)
		}
	}
	// Output:
	// unverified after 10 days
	//   soc@contoso.example: Please confirm the security contact of Contoso
	// overdue after 15 days
	//   soc@contoso.example: Please confirm the security contact of Contoso
	//   admin@contoso.example: Please check the security contact of Contoso
}
