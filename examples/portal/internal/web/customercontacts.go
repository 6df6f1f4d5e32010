package web

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// A contact for one customer is told of incidents on the tenant of that
// customer, beside the security contact. Whoever may change the security
// contact may change it. It is no part of the profile: there is no revision of
// it, and the security contact is told as before.

const customerContactsPath = legalPath + "/customers"

// The inputs of the form. That of the name is inputName.
const (
	inputCustomer      = "customer"
	inputCustomerEmail = "email"
)

// customerContactsPage is how many stand on a page.
const customerContactsPage = 50

// customerContactsView is the page of all.
type customerContactsView struct {
	Company   string // the tenant, for the forms
	Contacts  []host.CustomerContact
	Pages     pages
	From      bool // the list does not begin at the first
	MayUpdate bool
	WhyNot    string
	Inputs    []inputView
	Errors    []foundView
	Customers []host.Tenant // to pick from
}

func (w *Web) customerContacts(rw http.ResponseWriter, r *http.Request) error {
	return w.showCustomerContacts(rw, r, nil, nil, nil)
}

// showCustomerContacts shows the page with what was typed, and what is wrong
// with that. Several are the customers that it fits.
func (w *Web) showCustomerContacts(
	rw http.ResponseWriter, r *http.Request, typed map[string]string, wrong map[string][]string, several []host.Tenant,
) error {
	p, profile, err := w.ownProfile(r)
	if err != nil {
		return noProfile(err)
	}
	view := customerContactsView{Company: profile.TenantID, Customers: several}
	allowed, reason, err := w.may(r.Context(), p, partner.UpdateSecurityContact)
	if err != nil {
		return err
	}
	if view.MayUpdate = allowed; !allowed {
		view.WhyNot = mayNot(partner.UpdateSecurityContact, reason, p)
	}
	after := cleanText(r.URL.Query().Get("after"))
	view.Contacts, err = w.opts.Store.CustomerContacts(r.Context(), profile.TenantID, after, customerContactsPage+1)
	if err != nil {
		return err
	}
	view.Pages, view.From = pages{Of: "contacts"}, after != ""
	if view.From {
		view.Pages.add("", customerContactsPath, "First page")
	}
	if len(view.Contacts) > customerContactsPage {
		view.Contacts = view.Contacts[:customerContactsPage]
		next := url.QueryEscape(view.Contacts[customerContactsPage-1].CustomerID)
		view.Pages.add("next", customerContactsPath+"?after="+next, "Next page")
	}
	if allowed && several == nil {
		if view.Customers, err = w.opts.Store.CustomersNamed(r.Context(), profile.TenantID, "", tenantsOffered); err != nil {
			return err
		}
	}
	for _, in := range []inputView{
		{Name: inputCustomer, Type: "text", Label: "Customer", List: "customers",
			Hint: "Type a part of the name and choose, or enter the whole name or the tenant ID."},
		{Name: inputName, Type: "text", Label: "Name",
			Hint: "Of the person or the team, such as “Desk for Adventure Works”."},
		{Name: inputCustomerEmail, Type: "email", Label: "E-mail", Hint: "A mailbox that is read around the clock."},
	} {
		in.ID, in.Required, in.Autocomplete = in.Name, true, "off"
		in.Value, in.Errors = typed[in.Name], wrong[in.Name]
		for _, message := range in.Errors {
			view.Errors = append(view.Errors, foundView{in.Label, message, "#" + in.ID})
		}
		view.Inputs = append(view.Inputs, in)
	}
	status := http.StatusOK
	if len(view.Errors) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return w.render(rw, r, status, "customer-contacts", page{
		Title: "Contacts for single customers", Crumbs: crumbsLegal, Notice: noticeOf(r), Problem: len(view.Errors) > 0,
		Data: view,
	})
}

// mayChangeCustomers lets those in who may update the security contact.
func (w *Web) mayChangeCustomers(r *http.Request) (host.Person, partner.LegalProfile, error) {
	p, profile, err := w.ownProfile(r)
	if err != nil {
		return p, profile, noProfile(err)
	}
	allowed, reason, err := w.may(r.Context(), p, partner.UpdateSecurityContact)
	if err == nil && !allowed {
		err = refused(partner.UpdateSecurityContact, reason, p)
	}
	return p, profile, err
}

// changingCustomers is mayChangeCustomers for a change. That takes a form of
// the company that somebody is signed in to, and a fresh sign-in.
func (w *Web) changingCustomers(r *http.Request) (host.Person, partner.LegalProfile, error) {
	p, profile, err := w.mayChangeCustomers(r)
	if err == nil {
		err = parseForm(r)
	}
	switch {
	case err != nil:
		return p, profile, err
	case !partner.SameTenant(r.PostForm.Get(inputCompany), profile.TenantID):
		return p, profile, otherCompany(profile.CompanyName, customerContactsPath, "Go to the contacts for single customers")
	}
	return p, profile, w.needFresh(r, "This changes who is told of security incidents.")
}

// findCustomers is the list beside the input, of the company's customers that
// fit what is typed there.
func (w *Web) findCustomers(rw http.ResponseWriter, r *http.Request) error {
	_, profile, err := w.mayChangeCustomers(r)
	if err != nil {
		return err
	}
	search, _ := searchOf(r.URL.Query().Get("search"))
	found, err := w.opts.Store.CustomersNamed(r.Context(), profile.TenantID, search, tenantsOffered)
	if err != nil {
		return err
	}
	return w.write(rw, http.StatusOK, "customer-contacts", "customers", found)
}

func (w *Web) addCustomerContact(rw http.ResponseWriter, r *http.Request) error {
	p, profile, err := w.changingCustomers(r)
	if err != nil {
		return err
	}
	typed := map[string]string{}
	for _, name := range []string{inputCustomer, inputName, inputCustomerEmail} {
		typed[name] = cleanText(r.PostForm.Get(name))
	}
	customer, several, problem, err := w.ownCustomer(r, profile.TenantID, typed[inputCustomer])
	if err != nil {
		return err
	}
	name, email := partner.NormalizeName(typed[inputName]), partner.NormalizeEmail(typed[inputCustomerEmail])
	wrong := map[string][]string{}
	take := func(input string, fs partner.Findings) {
		for _, f := range fs.Errors() {
			wrong[input] = append(wrong[input], f.Message)
		}
	}
	if problem != "" {
		wrong[inputCustomer] = []string{problem}
	}
	take(inputName, partner.CheckName(name))
	take(inputCustomerEmail, partner.CheckEmail(email))
	if contact := profile.SecurityContact.Email; email != "" && strings.EqualFold(email, partner.NormalizeEmail(contact)) {
		wrong[inputCustomerEmail] = append(wrong[inputCustomerEmail],
			"This is your security contact's address, which is told already. Enter another one.")
	}
	if len(wrong) > 0 {
		return w.showCustomerContacts(rw, r, typed, wrong, several)
	}
	host.TrailFrom(r.Context()).Subject = customer.ID
	err = w.opts.Store.AddCustomerContact(r.Context(), host.CustomerContact{
		TenantID: profile.TenantID, CustomerID: customer.ID, Name: name, Email: email, CreatedBy: p.Name,
	})
	if errors.Is(err, host.ErrConflict) {
		return seeOther(rw, r, customerContactsPath, "customer-contact-known")
	}
	if err != nil {
		return err
	}
	return seeOther(rw, r, customerContactsPath, "customer-contact-added")
}

// ownCustomer is the customer of a partner that a text names: by its tenant ID,
// its whole name, or a part of the name that fits no other. Otherwise the
// problem says why none is found, and several are those that fit.
func (w *Web) ownCustomer(
	r *http.Request, partnerID, text string,
) (one host.Tenant, several []host.Tenant, problem string, err error) {
	search, _ := searchOf(text)
	if search == "" {
		return one, nil, "Enter the customer.", nil
	}
	found, err := w.opts.Store.CustomersNamed(r.Context(), partnerID, search, tenantsOffered)
	if err != nil || len(found) == 0 {
		return one, nil, "None of your customers is called so, or has this tenant ID.", err
	}
	whole := 0 // those come first
	for _, t := range found {
		if strings.EqualFold(t.Name, search) || strings.EqualFold(t.ID, search) {
			whole++
		}
	}
	if whole == 1 || len(found) == 1 {
		return found[0], nil, "", nil
	}
	return one, found, "Several customers fit. Choose one of them, or enter a tenant ID.", nil
}

func (w *Web) removeCustomerContact(rw http.ResponseWriter, r *http.Request) error {
	_, profile, err := w.changingCustomers(r)
	if err != nil {
		return err
	}
	_, customer := searchOf(r.PathValue("id")) // "" is nobody's, and the log takes no other text
	host.TrailFrom(r.Context()).Subject = partner.TenantKey(customer)
	done := "customer-contact-removed"
	err = w.opts.Store.DeleteCustomerContact(r.Context(), profile.TenantID, customer, r.PostForm.Get(inputCustomerEmail))
	if errors.Is(err, host.ErrNotFound) {
		done, err = "customer-contact-gone", nil
	}
	if err != nil {
		return err
	}
	return seeOther(rw, r, customerContactsPath, done)
}
