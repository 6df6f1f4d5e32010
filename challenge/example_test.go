package challenge_test

import (
	"bytes"
	"errors"
	"fmt"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/challenge"
)

// A question goes out in a mail, the key is rotated meanwhile, and the answer
// comes in.
func Example() {
	oldKey, newKey := bytes.Repeat([]byte{1}, 32), bytes.Repeat([]byte{2}, 32) // of a vault, and random
	now := time.Date(2026, 11, 23, 8, 5, 0, 0, time.UTC)

	issuer, err := challenge.NewIssuer(oldKey)
	if err != nil {
		panic(err)
	}
	token, code, err := issuer.Issue(challenge.Claim{
		Purpose: "acknowledge", Subject: "5f0c1d2e3b4a59687786a5b4c3d2e1f00f1e2d3c", Expires: now.Add(24 * time.Hour),
	})
	if err != nil {
		panic(err)
	}
	answer := partner.Answer{URL: "https://partner.contoso.com/answer/" + token, Code: code}
	fmt.Println(len(answer.URL), "characters of link, and the code", answer.Code)

	// The new key issues from now on. The old one verifies what is out.
	if issuer, err = challenge.NewIssuer(newKey, oldKey); err != nil {
		panic(err)
	}
	claim, err := issuer.Verify("acknowledge", token, now.Add(time.Hour))
	fmt.Println(claim.Subject, err)
	fmt.Println("as it was typed:", issuer.VerifyCode(token, "dorx hvfm"), issuer.VerifyCode(token, "0000-0000"))

	// A day later the question is still known, and the page can ask again.
	claim, err = issuer.Verify("acknowledge", token, now.Add(24*time.Hour))
	fmt.Println(claim.Subject, errors.Is(err, challenge.ErrExpired))
	// Output:
	// 159 characters of link, and the code D0RX-HVFM
	// 5f0c1d2e3b4a59687786a5b4c3d2e1f00f1e2d3c <nil>
	// as it was typed: true false
	// 5f0c1d2e3b4a59687786a5b4c3d2e1f00f1e2d3c true
}
