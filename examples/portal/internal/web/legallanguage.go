package web

import (
	"errors"
	"net/http"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/words"
)

// The language in which a company's people are written to stands in Legal info.
// Whoever may change the security contact may change it. It is no part of the
// profile: there is no revision of it, and nobody is told.

const languagePath = legalPath + "/language"

// languageView is the card.
type languageView struct {
	Company   string // the tenant whose page it is
	Name      string // of the language, in itself; "": nobody has said
	Unspoken  string // the tag of one that the portal does not speak, or ""
	Options   []spokenView
	MayUpdate bool
}

// languageCard is the card of a company.
func (w *Web) languageCard(r *http.Request, tenantID string, mayUpdate bool) (languageView, error) {
	tag, err := w.opts.Store.Language(r.Context(), tenantID)
	if err != nil {
		return languageView{}, err
	}
	view := languageView{Company: tenantID, MayUpdate: mayUpdate}
	l, spoken := words.Fit(tag)
	switch {
	case spoken:
		view.Name = l.Name()
	case tag != "":
		view.Unspoken = tag
	}
	for _, one := range words.Languages() {
		view.Options = append(view.Options, spokenView{one.Tag(), one.Name(), one == l})
	}
	return view, nil
}

// setLanguage stores the language of a company.
func (w *Web) setLanguage(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(r); err != nil {
		return err
	}
	p, profile, err := w.ownProfile(r)
	if err != nil {
		return noProfile(err)
	}
	allowed, reason, err := w.may(r.Context(), p, partner.UpdateSecurityContact)
	if err != nil {
		return err
	}
	if !allowed {
		return refused(partner.UpdateSecurityContact, reason, p)
	}
	if !partner.SameTenant(r.PostForm.Get(inputCompany), profile.TenantID) {
		return otherCompany(profile.CompanyName, legalPath, "Go to Legal info")
	}
	err = w.opts.Store.SetLanguage(r.Context(), profile.TenantID, r.PostForm.Get(inputLanguage))
	if errors.Is(err, host.ErrLanguage) {
		return &pageError{status: http.StatusUnprocessableEntity, title: "That is no language",
			detail: partner.CodeLanguageTag.Message(), back: link{legalPath + "#language", "Go to Legal info"}}
	}
	if err != nil {
		return err
	}
	sayLanguage(r, r.PostForm.Get(inputLanguage))
	return seeOther(rw, r, legalPath, "saved-language")
}
