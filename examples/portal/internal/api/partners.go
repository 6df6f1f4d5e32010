package api

import (
	"net/http"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// partnerJSON is one partner in a list.
type partnerJSON struct {
	TenantID        string                   `json:"tenantId"`
	CompanyName     string                   `json:"companyName"`
	PartnerType     partner.PartnerType      `json:"partnerType"`
	SecurityContact *partner.SecurityContact `json:"securityContact"` // null: none, or it cannot be read
	Unreadable      bool                     `json:"unreadable,omitempty"`
	Verification    verificationJSON         `json:"verification"`
	Findings        partner.Findings         `json:"findings"` // on the security contact
}

// verificationJSON is whether somebody reads the contact's address.
type verificationJSON struct {
	State      host.ContactState `json:"state,omitempty"` // "": there is no contact
	EnteredAt  time.Time         `json:"enteredAt,omitzero"`
	VerifiedAt time.Time         `json:"verifiedAt,omitzero"`
	BouncedAt  time.Time         `json:"bouncedAt,omitzero"`
}

func (a *API) verification(c host.Contact) verificationJSON {
	if c.Address == "" {
		return verificationJSON{}
	}
	return verificationJSON{
		State:     c.State(a.Verification.At(c.Attest(), a.Desk.Now())),
		EnteredAt: c.Record.EnteredAt, VerifiedAt: c.Record.VerifiedAt, BouncedAt: c.Record.BouncedAt,
	}
}

func (a *API) partners(w http.ResponseWriter, r *http.Request) error {
	q, limit, err := query(r, "after")
	if err != nil {
		return err
	}
	all, err := a.Desk.PartnersAfter(r.Context(), q.Get("after"), limit+1)
	if err != nil {
		return err
	}
	all, next := cut(all, limit, func(c host.Coverage) string { return c.TenantID })
	list := make([]partnerJSON, len(all))
	for i, c := range all {
		list[i] = partnerJSON{
			TenantID: c.TenantID, CompanyName: c.CompanyName, PartnerType: c.PartnerType, Unreadable: c.Unreadable,
			Verification: a.verification(c.Record), Findings: append(partner.Findings{}, c.Findings...),
		}
		if !c.Contact.IsZero() {
			list[i].SecurityContact = &c.Contact
		}
	}
	a.answer(w, r, struct {
		Partners []partnerJSON `json:"partners"`
		Next     string        `json:"next,omitempty"`
	}{list, next})
	return nil
}

func (a *API) partner(w http.ResponseWriter, r *http.Request) error {
	profile, err := a.Desk.Profile(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	contact, err := a.Desk.Contact(r.Context(), profile.TenantID)
	if err != nil {
		return err
	}
	a.answer(w, r, struct {
		Profile      partner.LegalProfile `json:"profile"`
		Verification verificationJSON     `json:"verification"`
		Findings     partner.Findings     `json:"findings"` // on all of it
	}{profile, a.verification(contact), append(partner.Findings{}, profile.Check()...)})
	return nil
}
