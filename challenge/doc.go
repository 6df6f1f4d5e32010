// Package challenge makes the link and the code by which the reader of a mail
// answers it: "I am on it", "somebody reads this address".
//
//	issuer, err := challenge.NewIssuer(key) // 32 random octets or more
//	token, code, err := issuer.Issue(challenge.Claim{
//		Purpose: "acknowledge",
//		Subject: n.ID,
//		Expires: c.OpenedAt.AddDate(0, 0, 7), // the same at each try
//	})
//	n.Answer = partner.Answer{URL: page + token, Code: code}
//	mail(n.Message()) // shows the link and the code
//
//	// On the page of the link, when its form comes in:
//	claim, err := issuer.Verify("acknowledge", token, now) // is it our link?
//	answered := issuer.VerifyCode(token, typed) // did a person read the mail?
//
// A token is what the host signed: a [Claim]. Nothing is stored for it here.
// The answer code, or code for short, is a second proof of the same claim, and
// stands in the mail alone. It has nothing to do with partner.Code.
//
// # Why a code
//
// Mail scanners open every link before a person sees the mail. Some run the
// scripts of the page and submit its form. So a link proves nothing, and a
// button proves nothing either. Therefore:
//
//   - Opening the page changes nothing.
//   - Submitting the page changes nothing, either.
//   - Only the code answers. No link and no page holds it.
//
// # What the host does
//
// The host shows the page and keeps the answers. It keeps these rules:
//
//  1. Call [Issuer.Verify] first. After [ErrInvalid], show that the link is not
//     good, and nothing else. After [ErrExpired], offer a new code.
//  2. A form counts once. The page puts a random number into each form that it
//     shows. A form whose number was counted before changes nothing, and the
//     page says so.
//  3. A form without eight characters of code is no wrong code: see [IsCode].
//     The page asks for the code. Scanners send such forms, and they must not
//     end anything.
//  4. Count each wrong code before looking at the next. Five wrong codes end
//     the token, whatever comes later. The page then offers to send a new code
//     to the same address, of a claim with another expiry, such as a second
//     later.
//  5. The right code answers. It stays good until the claim expires, so its
//     reader can say later: still on it, not me, resolved. "Not me" takes back
//     an "on it", of whoever it was. Before there is one, it changes nothing:
//     see EventReleased of package escalation.
//
// Two tables are enough:
//
//	CREATE TABLE question (
//	    subject  TEXT NOT NULL,              -- Claim.Subject
//	    purpose  TEXT NOT NULL,              -- Claim.Purpose
//	    expires  TIMESTAMP NOT NULL,         -- Claim.Expires
//	    wrong    INTEGER NOT NULL DEFAULT 0, -- 5 ends it
//	    PRIMARY KEY (subject, purpose, expires)
//	);
//	CREATE TABLE answer (
//	    form     TEXT PRIMARY KEY,           -- its random number
//	    subject  TEXT NOT NULL,
//	    purpose  TEXT NOT NULL,
//	    answer   TEXT NOT NULL,              -- "on it", "not me"
//	    at       TIMESTAMP NOT NULL
//	);
//
// A new code is a new question. A second INSERT of a form fails: it was
// counted. Count a wrong code in one statement, so that two at once count
// twice:
//
//	UPDATE question SET wrong = wrong + 1
//	WHERE subject = ? AND purpose = ? AND expires = ? AND wrong < 5
//
// partnertest.RunAnswerPage drives a page as a scanner does and as a person
// does. Its example is a whole page.
//
// # Keys
//
// The first key of [NewIssuer] issues; all keys verify. To rotate, put a new
// key first and keep the old one behind it until its last token has expired.
// Whoever has a key can answer for everybody: keep it where the host keeps its
// other secrets. An [Issuer] prints and logs nothing of it.
//
// Do not log tokens and codes. A token alone answers nothing, but with the code
// it does. A code alone leads nowhere.
//
// # Errors, units and concurrency
//
// [Issuer.Verify] returns [ErrInvalid] or [ErrExpired], and no other error. No
// error holds a token, a code, a subject or a key. Times count in whole seconds
// and come back in UTC. Everything here is safe for concurrent use. Nothing
// here looks at a clock, does I/O or logs.
package challenge
