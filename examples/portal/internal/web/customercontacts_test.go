package web_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/web"
)

const (
	customers   = legal + "/customers"
	adventureID = "c0570000-0000-4000-8000-000000000001"
	alpineID    = "c0570000-0000-4000-8000-000000000002" // none of Contoso's
)

func TestAContactForOneCustomerFromItsBeginningToItsEnd(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	assert.Contains(t, p.get(globalAdmin, legal).words(), "No customer has one.")
	empty := p.get(globalAdmin, customers)
	wellFormed(t, "none", empty)
	assert.Contains(t, empty.words(), "No customer has one")
	assert.NotContains(t, empty.Body, alpineID, "another's customers")
	form := with(empty.form(customers), "customer", "adventure works", "name", "The desk", "email", "Desk@contoso.com ")
	added := p.post(globalAdmin, customers, form)
	require.Equal(t, customers+"?done=customer-contact-added", added.Header.Get("Location"), added.words())

	page := p.get(globalAdmin, customers)
	wellFormed(t, "one", page)
	assert.Contains(t, page.words(), "Adventure Works")
	assert.Contains(t, page.words(), "Desk@contoso.com")
	assert.Contains(t, page.words(), "by Gita Global")
	assert.Contains(t, p.get(globalAdmin, legal).words(), "1 customer has one.")
	again := p.post(globalAdmin, customers, form)
	assert.Equal(t, customers+"?done=customer-contact-known", again.Header.Get("Location"), "one for each customer")

	ds := p.raised(incident("INC-20261123-DDDDDDDDDD"))
	told := 0
	for _, d := range ds {
		if d.Recipient.Email == "Desk@contoso.com" {
			told++
		}
	}
	assert.Equal(t, 1, told)
	shown := p.get(operator, "/incidents/INC-20261123-DDDDDDDDDD")
	assert.Contains(t, shown.words(), "The desk Desk@contoso.com Subscriber")
	partners := p.get(operator, "/partners/"+host.ContosoTenantID)
	wellFormed(t, "partner", partners)
	assert.Contains(t, partners.words(), "Contacts for single customers")
	assert.Contains(t, partners.words(), "Desk@contoso.com")
	assert.NotContains(t, p.get(operator, "/partners/"+host.FabrikamTenantID).words(), "Desk@contoso.com")

	remove := customers + "/" + adventureID + "/remove"
	gone := p.post(globalAdmin, remove, page.form(remove))
	assert.Equal(t, customers+"?done=customer-contact-removed", gone.Header.Get("Location"))
	assert.NotContains(t, p.get(globalAdmin, customers).words(), "Desk@contoso.com")
	gone = p.post(globalAdmin, remove, page.form(remove))
	assert.Equal(t, customers+"?done=customer-contact-gone", gone.Header.Get("Location"), "twice")
}

func TestTheFormOfAContactForOneCustomer(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	require.NoError(t, p.db.AddCustomer(t.Context(), host.Customer{
		TenantID: "c0570000-0000-4000-8000-0000000000fe", Name: "Proseware Hotels",
		Partners: []host.CustomerPartner{{PartnerTenantID: host.ContosoTenantID, Rights: 1}},
	}))
	form := p.get(globalAdmin, customers).form(customers)
	contact, err := p.db.Profile(t.Context(), host.ContosoTenantID)
	require.NoError(t, err)
	for _, tt := range []struct {
		name, why             string
		customer, desk, email string
		says                  []string // none: it is added
	}{
		{"nothing", "all three are needed", "", "", "", []string{"Customer: ", "Name: ", "E-mail: "}},
		{"another's customer", "it is not told that there is one", "Alpine Ski House", "Desk", "desk@contoso.com",
			[]string{"None of your customers"}},
		{"another's tenant", "as above", alpineID, "Desk", "desk@contoso.com", []string{"None of your customers"}},
		{"several", "one must be chosen", "prose", "Desk", "desk@contoso.com", []string{"Several customers fit"}},
		{"no address", "the library's rule", "Proseware", "Desk", "nobody", []string{"E-mail: "}},
		{"the contact's address", "it is told already", "Proseware", "Desk", contact.SecurityContact.Email,
			[]string{"told already"}},
		{"hostile", "nothing breaks out", hostile, hostile, hostile, []string{"Customer: ", "Name: ", "E-mail: "}},
		{"the whole name", "though another's begins so", "Proseware", "Desk", "desk@contoso.com", nil},
		{"picked from the list", "as the script offers it", "Adventure Works (" + adventureID + ")", "Desk",
			"desk@contoso.com", nil},
	} {
		a := p.post(globalAdmin, customers, with(form, "customer", tt.customer, "name", tt.desk, "email", tt.email))
		if tt.says == nil {
			assert.Equal(t, customers+"?done=customer-contact-added", a.Header.Get("Location"), "%s: %s", tt.name, a.words())
			continue
		}
		assert.Equal(t, http.StatusUnprocessableEntity, a.StatusCode, tt.name)
		wellFormed(t, tt.name, a)
		for _, says := range tt.says {
			assert.Contains(t, a.words(), says, "%s: %s", tt.name, tt.why)
		}
	}
	found := p.get(globalAdmin, customers+"/find?search=hotel")
	assert.Contains(t, found.Body, "Proseware Hotels (c0570000-0000-4000-8000-0000000000fe)")
	assert.NotContains(t, found.Body, "Adventure")
	assert.NotContains(t, p.get(globalAdmin, customers+"/find?search=alpine").Body, "Alpine")
}

// Whoever sees Legal info sees it. A change is a Global admin's, who has signed
// in just now, in the company of the form.
func TestWhoMayChangeContactsForCustomers(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	require.NoError(t, p.db.AddCustomerContact(t.Context(), host.CustomerContact{TenantID: host.ContosoTenantID,
		CustomerID: adventureID, Name: "The desk", Email: "desk@contoso.com", CreatedBy: "Gita Global"}))
	seen := p.get(billing, customers)
	wellFormed(t, "billing", seen)
	assert.Contains(t, seen.words(), "desk@contoso.com")
	assert.Contains(t, seen.words(), "Only a Global admin")
	assert.NotContains(t, seen.words(), "Add a contact")
	assert.NotContains(t, seen.words(), "Remove")
	assert.Equal(t, http.StatusForbidden, p.get(user, customers).StatusCode)
	assert.Equal(t, http.StatusForbidden, p.get(billing, customers+"/find").StatusCode)
	assert.NotContains(t, p.get(fabrikam, customers).words(), "desk@contoso.com")

	remove := customers + "/" + adventureID + "/remove"
	form := url.Values{"company": {host.ContosoTenantID}, "customer": {"Proseware"}, "name": {"Late"},
		"email": {"desk@contoso.com"}}
	theirs := with(form, "company", host.FabrikamTenantID)
	for _, to := range []string{customers, remove} {
		assert.Equal(t, http.StatusForbidden, p.post(billing, to, form).StatusCode, to)
		assert.Equal(t, http.StatusForbidden, p.post(user, to, form).StatusCode, to)
		assert.Equal(t, http.StatusConflict, p.post(fabrikam, to, form).StatusCode, "a form of another company")
		assert.Equal(t, http.StatusConflict, p.post(globalAdmin, to, theirs).StatusCode, "a form of another company")
	}
	assert.Equal(t, customers+"?done=customer-contact-gone", p.post(fabrikam, remove, theirs).Header.Get("Location"))
	assert.Equal(t, customers+"?done=customer-contact-gone",
		p.post(globalAdmin, customers+"/nobody/remove", form).Header.Get("Location"))
	p.signedIn(globalAdmin, web.FreshFor+time.Second)
	for _, to := range []string{customers, remove} {
		a := p.post(globalAdmin, to, form)
		assert.Equal(t, http.StatusUnauthorized, a.StatusCode, to)
		assert.Contains(t, a.words(), "Sign in again", to)
	}
	all, err := p.db.CustomerContacts(t.Context(), host.ContosoTenantID, "", 0)
	require.NoError(t, err)
	require.Len(t, all, 1)
	assert.Equal(t, "The desk", all[0].Name)
}
