package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
	"github.com/cspkit/partner/examples/portal/internal/words"
)

const partnersPath = "/partners"

func partnerPath(id string) string { return partnersPath + "/" + url.PathEscape(id) }

// How many rows stand on the pages of partners.
const (
	partnersPage     = 50
	customersPage    = 20
	partnerRevisions = 5
	partnerTold      = 10
)

type partnersView struct {
	Bar      filterBar
	Rows     []partnerRow
	Pages    pages
	Filtered bool
	First    bool
	MayAsk   bool // at least one of them can be asked to confirm
}

type partnerRow struct {
	store.ListedPartner
	Href     string
	MayAsk   bool // its contact can be asked to confirm
	Verified verificationView
}

func (w *Web) partners(rw http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	list := store.PartnerList{
		Search: partner.NormalizeName(cleanText(q.Get("search"))), After: cleanText(q.Get("after")), Limit: partnersPage,
	}
	options := []choice{{Label: "Any"}}
	for _, state := range contactFilters {
		options = append(options, choice{Value: string(state), Label: contactFilterWord(state)})
		if q.Get("contact") == string(state) {
			list.State = state
		}
	}
	found, err := w.opts.Store.ListPartners(r.Context(), list)
	if err != nil {
		return err
	}
	here := filtered(map[string]string{"search": list.Search, "contact": string(list.State)})
	view := partnersView{
		First: list.After == "", Filtered: len(here) > 0,
		Bar: filterBar{
			Action: partnersPath, Label: "Name, tenant ID or e-mail", Search: list.Search,
			Selects: []filterSelect{choosing("contact", "Security contact", string(list.State), options...)},
		},
	}
	if view.Filtered {
		view.Bar.Clear = partnersPath
	}
	if !view.First {
		view.Pages.add("", listURL(partnersPath, here, "", ""), "First page")
	}
	if found.Next != "" {
		view.Pages.add("next", listURL(partnersPath, here, "after", found.Next), "Next page")
	}
	for _, l := range found.Partners {
		row := partnerRow{ListedPartner: l, Href: partnerPath(l.TenantID)}
		switch {
		case l.Unreadable:
			row.Verified.State = gapWording(host.GapUnreadable)
		case l.SecurityContact.IsZero():
			row.Verified.State = coverageWords[host.CoverageMissing]
		default:
			row.Verified = w.verification(l.Contact)
			row.MayAsk = partner.Recipient{Email: l.SecurityContact.Email}.Address() != ""
			view.MayAsk = view.MayAsk || row.MayAsk
		}
		view.Rows = append(view.Rows, row)
	}
	return w.render(rw, r, http.StatusOK, "partners", page{
		Title: "Partners", Notice: noticeOf(r), Data: view, Actions: []doing{{Href: importsPath, Text: "Import"}},
	})
}

// partnerView is the page of one partner.
type partnerView struct {
	TenantID  string
	Facts     []fact
	Languages []choice
	Country   string // where national numbers are read
	Profile   partner.LegalProfile
	Contact   partner.SecurityContact
	Verified  *verificationView
	MayAsk    bool
	Findings  []foundView
	Answers   []moment
	People    []staffView
	Customers []store.PartnerCustomer
	Pages     pages            // of customers
	From      bool             // the list of customers does not begin at the first
	Open      []ownIncidentRow // incidents that go on there
	MoreOpen  bool
	Told      []store.PartnerDelivery
	Revisions []revisionView
	Entered   *enteredView // nil: by no import
	Webhooks  []webhookRow
	// Beside are contacts for single customers, and MoreBeside says that there are
	// more.
	Beside     []host.CustomerContact
	MoreBeside bool
}

type staffView struct {
	host.Staff
	Part string
}

type webhookRow struct {
	host.Webhook
	Kind    string
	Is      wording
	Failing bool // the last call failed
}

func (w *Web) partner(rw http.ResponseWriter, r *http.Request) error {
	ctx, s := r.Context(), w.opts.Store
	p, err := s.Profile(ctx, r.PathValue("id"))
	if err != nil {
		return err
	}
	id := p.TenantID
	view := partnerView{TenantID: id, Profile: p, Contact: p.SecurityContact, Country: p.Address.Country}
	language, err := s.Language(ctx, id)
	if err != nil {
		return err
	}
	view.Facts, view.Languages = partnerFacts(p), partnerLanguages(language)
	if view.Verified, err = w.ownVerification(ctx, p); err != nil {
		return err
	}
	view.MayAsk = view.Verified != nil && partner.Recipient{Email: p.SecurityContact.Email}.Address() != ""
	view.Findings = found(p.CheckSection(partner.SectionSecurityContact))
	answers, err := s.ContactAnswers(ctx, id, 5)
	if err != nil {
		return err
	}
	for _, a := range answers {
		view.Answers = append(view.Answers,
			moment{At: a.At, Tone: answerTones[a.Said], Title: answerWords[a.Said], By: a.ByName})
	}
	people, err := s.Staff(ctx, id)
	if err != nil {
		return err
	}
	for _, one := range people {
		var parts []string
		if one.GlobalAdmin {
			parts = append(parts, "Global admin")
		}
		if one.Enrolled {
			parts = append(parts, "Admin agent, told of Azure fraud")
		}
		view.People = append(view.People, staffView{one, strings.Join(parts, " · ")})
	}
	after := cleanText(r.URL.Query().Get("customers"))
	if view.Customers, err = s.PartnerCustomers(ctx, id, after, customersPage+1); err != nil {
		return err
	}
	view.Pages, view.From = pages{Of: "customers"}, after != ""
	if view.From {
		view.Pages.add("", partnerPath(id)+"#customers", "First customers")
	}
	if len(view.Customers) > customersPage {
		view.Customers = view.Customers[:customersPage]
		view.Pages.add("next", partnerPath(id)+"?customers="+url.QueryEscape(view.Customers[customersPage-1].TenantID)+
			"#customers", "Next customers")
	}
	if view.Beside, err = s.CustomerContacts(ctx, id, "", customersPage+1); err != nil {
		return err
	}
	if view.MoreBeside = len(view.Beside) > customersPage; view.MoreBeside {
		view.Beside = view.Beside[:customersPage]
	}
	more := ""
	view.Open, more, err = w.ownIncidentRows(ctx, store.PartnerCaseList{TenantID: id, Limit: partnerTold})
	if view.MoreOpen = more != ""; err != nil {
		return err
	}
	for i := range view.Open {
		row := &view.Open[i]
		row.Href, row.Desk = incidentPath(row.ID)+"#answers", true
		if row.Own {
			row.Tenant = "Its own tenant"
		}
	}
	if view.Told, err = s.PartnerDeliveries(ctx, id, partnerTold); err != nil {
		return err
	}
	revisions, err := s.Revisions(ctx, id, "", partnerRevisions)
	if err != nil {
		return err
	}
	for _, rev := range revisions {
		v := newRevisionView(rev)
		v.Changes = changesOf(rev.Revision)
		view.Revisions = append(view.Revisions, v)
	}
	if view.Entered, err = w.entered(ctx, id); err != nil {
		return err
	}
	hooks, err := s.Webhooks(ctx, id)
	if err != nil {
		return err
	}
	for _, h := range hooks {
		view.Webhooks = append(view.Webhooks, webhookRow{h, string(h.Format), webhookIs(h), h.FailedAt.After(h.SucceededAt)})
	}
	title := p.CompanyName
	if title == "" {
		title = "A partner without a name"
	}
	page := page{Title: title, Crumbs: crumbsPartners, Notice: noticeOf(r), Data: view,
		Actions: []doing{
			{Href: auditOf(id).Href, Text: auditOf(id).Text, Shape: "secondary"},
			{Href: reviewPath + "/" + url.PathEscape(id), Text: "Review of the year", Shape: "secondary"},
		}}
	if view.Verified != nil {
		page.Badges = []wording{view.Verified.State}
	} else {
		page.Badges = []wording{{Word: "No security contact", Tone: "bad"}}
	}
	return w.render(rw, r, http.StatusOK, "partner", page)
}

func webhookIs(h host.Webhook) wording {
	if h.State == host.WebhookOn {
		return wording{Word: "On", Tone: "good"}
	}
	return wording{Word: "Off", Tone: "calm"}
}

var (
	answerWords = map[host.ContactSaid]string{
		host.ContactRight: "“This is right”", host.ContactWrong: "“Something is wrong”",
		host.ContactNotMe: "“I am not this contact”",
	}
	answerTones = map[host.ContactSaid]string{
		host.ContactRight: "good", host.ContactWrong: "warn", host.ContactNotMe: "bad",
	}
)

func partnerFacts(p partner.LegalProfile) []fact {
	var place []string
	for _, text := range []string{p.Address.AddressLine1, strings.TrimSpace(p.Address.PostalCode + " " + p.Address.City),
		p.Address.State, countryName(p.Address.Country)} {
		if text != "" {
			place = append(place, text)
		}
	}
	primary := strings.TrimSpace(p.PrimaryContact.FirstName + " " + p.PrimaryContact.LastName)
	return []fact{
		{Label: "Type", Value: partnerTypes[p.PartnerType]}, {Label: "Tenant ID", Value: p.TenantID},
		{Label: "Address", Value: strings.Join(place, ", ")},
		{Label: "Primary contact", Value: nameOr(primary, p.PrimaryContact.Email), Sub: p.PrimaryContact.Email},
	}
}

// partnerLanguages are those in which a partner can be written to, and the
// chosen one, also if the portal does not write it.
func partnerLanguages(tag string) []choice {
	chosen, spoken := words.Fit(tag)
	list := []choice{{"", "English, for nobody has chosen", tag == ""}}
	for _, l := range words.Languages() {
		list = append(list, choice{l.Tag(), l.Name(), tag != "" && spoken && l == chosen})
	}
	if tag != "" && !spoken {
		list = append(list, choice{tag, tag + ": the portal does not write it, and writes English", true})
	}
	return list
}

// setPartnerLanguage stores in which language a partner's people are written
// to.
func (w *Web) setPartnerLanguage(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(r); err != nil {
		return err
	}
	p, err := w.opts.Store.Profile(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	host.TrailFrom(r.Context()).Subject = p.TenantID
	back := partnerPath(p.TenantID)
	err = w.opts.Store.SetLanguage(r.Context(), p.TenantID, r.PostForm.Get(inputLanguage))
	if errors.Is(err, host.ErrLanguage) {
		return &pageError{status: http.StatusUnprocessableEntity, title: "That is no language",
			detail: partner.CodeLanguageTag.Message(), back: link{back, "See the partner"}}
	}
	if err != nil {
		return err
	}
	sayLanguage(r, r.PostForm.Get(inputLanguage))
	return seeOther(rw, r, back, "partner-language")
}

// askNow asks a partner's contact whether somebody reads its address.
func (w *Web) askNow(rw http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	p, err := w.opts.Store.Profile(r.Context(), id)
	if err != nil {
		return err
	}
	asked, err := w.opts.Store.AskNow(r.Context(), p.TenantID)
	done := "contact-asked"
	switch {
	case errors.Is(err, host.ErrNotFound):
		done = "contact-none"
	case err != nil:
		return err
	case !asked:
		done = "contact-asked-already"
	}
	return seeOther(rw, r, partnerPath(p.TenantID), done)
}

// partnerPage is the address of a tenant's page, or "" if it is no partner.
func (w *Web) partnerPage(ctx context.Context, tenantID string) (string, error) {
	p, err := w.opts.Store.Profile(ctx, tenantID)
	switch {
	case errors.Is(err, host.ErrNotFound):
		return "", nil
	case err != nil:
		return "", err
	}
	return partnerPath(p.TenantID), nil
}

func leadsToPartner(rw http.ResponseWriter, r *http.Request) error {
	http.Redirect(rw, r, partnerPath(r.PathValue("id")), http.StatusSeeOther)
	return nil
}

// CustomersHeading says which customers are shown.
func (v partnerView) CustomersHeading() string {
	if n := len(v.Customers); v.Pages.Links == nil && n > 0 {
		return "Customers (" + strconv.Itoa(n) + ")"
	}
	return "Customers"
}

// rightsText is what a partner holds over a customer, as people say it. "" is
// nothing.
func rightsText(r partner.Rights) string {
	var words []string
	for _, of := range []struct {
		right partner.Rights
		word  string
	}{{partner.Reseller, "Reseller"}, {partner.DelegatedAdmin, "DAP"}, {partner.GranularAdmin, "GDAP"}} {
		if r&of.right != 0 {
			words = append(words, of.word)
		}
	}
	return strings.Join(words, ", ")
}
