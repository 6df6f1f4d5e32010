package web

import (
	"context"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// verificationView is what pages say of whether somebody reads the address of a
// security contact.
type verificationView struct {
	Is       host.ContactState
	State    wording
	Text     string           // a sentence, which a time follows, if there is one
	At       time.Time        // of Text
	Needed   string           // what Until is
	Until    time.Time        // when it is needed; zero: nobody waits for it
	By       string           // who said so, as they say; "" if nobody did, or that is not asked for
	Findings partner.Findings // what a Global admin should do about it
}

// doubts says what somebody has said, for the row of the state and for the
// advice.
var doubts = map[host.ContactSaid]struct{ text, advice string }{
	host.ContactWrong: {
		"Somebody who reads this address said that something about the contact is wrong:",
		"Somebody who reads this address says that something about the contact is wrong. Look at all of its details.",
	},
	host.ContactNotMe: {
		"Somebody who got mail at this address said that they are not this contact:",
		"Somebody who got mail at this address says that they are not this contact. Correct it, or enter one that is read.",
	},
}

// verification is how a contact's address stands now.
func (w *Web) verification(c host.Contact) verificationView {
	s := w.opts.Verification.At(c.Attest(), w.opts.Store.Now())
	state := c.State(s)
	view := verificationView{Is: state, State: contactWording(state)}
	switch state {
	case host.ContactVerified:
		view.Text, view.At = "Somebody who reads this address confirmed it:", c.Record.VerifiedAt
		view.Needed, view.Until = "The next time is due by", s.Deadline
	case host.ContactDue:
		view.Text, view.At = "A mail asks again whether somebody reads this address. Confirmed last:", c.Record.VerifiedAt
		view.Needed, view.Until = "An answer is needed by", s.Deadline
	case host.ContactUnverified:
		view.Text, view.At = "A mail asks whether somebody reads this address. Asked first:", c.Record.EnteredAt
		view.Needed, view.Until = "An answer is needed by", s.Deadline
	case host.ContactUnasked:
		view.Text = "Nobody has been asked yet whether this address is read."
	case host.ContactOverdue:
		view.Text, view.At = "Nobody has confirmed that this address is read. An answer was needed by", s.Deadline
		view.Findings = s.Findings()
	case host.ContactBouncing:
		view.Text, view.At, view.Findings = "Mail to this address came back:", c.Record.BouncedAt, s.Findings()
	case host.ContactDoubted:
		said := doubts[c.Doubt]
		view.Text, view.At = said.text, c.DoubtedAt
		view.Findings = partner.Findings{{
			Path: partner.FieldSecurityContactEmail.String(), Code: "contact.doubted", Severity: partner.SeverityAdvice,
			Message: said.advice,
		}}
	}
	return view
}

// ownVerification is how the contact of a company stands, and who said so.
func (w *Web) ownVerification(ctx context.Context, profile partner.LegalProfile) (*verificationView, error) {
	if profile.SecurityContact.IsZero() {
		return nil, nil
	}
	c, err := w.opts.Store.Contact(ctx, profile.TenantID)
	if err != nil {
		return nil, err
	}
	view := w.verification(c)
	answers, err := w.opts.Store.ContactAnswers(ctx, profile.TenantID, 1)
	if err != nil {
		return nil, err
	}
	for _, a := range answers {
		if a.At.Equal(view.At) {
			view.By = a.ByName
		}
	}
	return &view, nil
}

// verified says of a partner how its contact's address stands now, and adds to
// the findings what is to be done about it.
func (w *Web) verified(c host.Coverage) (host.Coverage, verificationView) {
	if c.Unreadable || c.Contact.IsZero() {
		return c, verificationView{}
	}
	view := w.verification(c.Record)
	c.Address = view.Is
	c.Findings = append(c.Findings[:len(c.Findings):len(c.Findings)], view.Findings...)
	return c, view
}

// verificationCells are the state and when somebody confirmed, for the report.
func verificationCells(c host.Coverage, view verificationView) []string {
	cells := []string{view.State.Word, ""}
	if at := c.Record.Record.VerifiedAt; !at.IsZero() {
		cells[1] = at.UTC().Format(time.DateOnly)
	}
	return cells
}
