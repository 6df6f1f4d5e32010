package challenge_test

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/challenge"
	"github.com/cspkit/partner/partnertest"
)

// The host mails a link and a code. A person types it, and a scanner has none.
func Example_inShort() {
	issuer, err := challenge.NewIssuer(bytes.Repeat([]byte{1}, 32)) // yours is random, and in your vault
	if err != nil {
		fmt.Println(err)
		return
	}
	opened := time.Date(2026, time.January, 15, 9, 35, 0, 0, time.UTC) // of the case: the code is the same at each try
	n := partnertest.Notification(partner.TopicIncident)
	claim := challenge.Claim{Purpose: "acknowledge", Subject: n.ID, Expires: opened.AddDate(0, 0, 7)}
	token, code, err := issuer.Issue(claim)
	n.Answer = partner.Answer{URL: "https://partners.example.com/answer/" + token, Code: code}
	fmt.Println(err, strings.Contains(n.Message().Text, "Code: "+code))

	// The form of the page comes in.
	claim, err = issuer.Verify("acknowledge", token, opened.Add(time.Hour))
	fmt.Println(err, claim.Subject == n.ID)
	fmt.Println("scanner:", issuer.VerifyCode(token, ""), "person:", issuer.VerifyCode(token, strings.ToLower(code)))
	// Output:
	// <nil> true
	// <nil> true
	// scanner: false person: true
}
