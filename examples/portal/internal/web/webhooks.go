package web

import (
	"net/http"
	"slices"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
	"github.com/cspkit/partner/webhook"
)

const webhooksPath = legalPath + "/webhooks"

func webhookPath(id string) string { return webhooksPath + "/" + id }

var crumbsWebhooks = append(crumbsLegal[:4:4], link{webhooksPath, "Webhooks"})

// crumbsTo lead to the page of one webhook.
func crumbsTo(hook host.Webhook) []link {
	return append(crumbsWebhooks[:5:5], link{webhookPath(hook.ID), hook.Name})
}

// formatView is a format of package webhook, as pages speak of it.
type formatView struct {
	Format           webhook.Format
	Name, About      string
	URLHint, KeyHint string
	Signed           bool // the portal makes a secret
	Fixed            bool // its address is known
	Tested           string
}

// formatViews has a row for each of webhook.Formats.
var formatViews = []formatView{
	{
		Format: webhook.CloudEvents, Name: "Your own program", Signed: true,
		About:   "A ticket system or a SIEM gets each incident as JSON, signed with a secret that you both have.",
		URLHint: "Where your program listens, such as https://siem.contoso.com/incidents. It must have a public address.",
		Tested:  "It gets a drill, which says that it is a test.",
	},
	{
		Format: webhook.Teams, Name: "Microsoft Teams",
		About: "A card in a channel.",
		URLHint: "In Teams, open the channel's Workflows, choose “Post to a channel when a webhook request is " +
			"received”, and " +
			"copy the address that it shows.",
		Tested: "The channel gets a card, which says that it is a test.",
	},
	{
		Format: webhook.Slack, Name: "Slack",
		About: "A message in a channel.",
		URLHint: "In Slack, add an incoming webhook for the channel, and copy its address. It begins with " +
			"https://hooks.slack.com/.",
		Tested: "The channel gets a message, which says that it is a test.",
	},
	{
		Format: webhook.PagerDuty, Name: "PagerDuty", Fixed: true,
		About:   "An incident for whoever is on call. It is resolved there with the all-clear.",
		URLHint: "Leave it empty, unless your account is in Europe: https://events.eu.pagerduty.com/v2/enqueue",
		KeyHint: "In PagerDuty, add the integration “Events API v2” to a service, and copy its integration key.",
		Tested:  "It opens an incident there of the lowest severity, which you resolve.",
	},
}

// formatOf is the row of a format. One that is not known has its own name.
func formatOf(f webhook.Format) formatView {
	for _, row := range formatViews {
		if row.Format == f {
			return row
		}
	}
	return formatView{Format: f, Name: string(f)}
}

// webhookWordings say what state a webhook is in.
var webhookWordings = map[host.OffReason]wording{
	"":               {"On", "It is told of incidents.", "good"},
	host.OffByPerson: {"Off", "Somebody at your company has switched it off. It is told of nothing.", "calm"},
	host.OffGone: {"Switched off",
		"Its service answered that it is gone (410), so the portal has switched it off. It is told of nothing.", "bad"},
}

// webhookView is one webhook for those who may see it.
type webhookView struct {
	host.Webhook
	Is        wording
	How       formatView
	MayUpdate bool
	Failing   bool // the last call failed
}

func newWebhookView(w host.Webhook, mayUpdate bool) webhookView {
	how := formatOf(w.Format)
	if !mayUpdate {
		w.Place = ""
	}
	w.Sealed = ""
	return webhookView{
		Webhook: w, Is: webhookWordings[w.OffWhy], How: how, MayUpdate: mayUpdate,
		Failing: w.FailedAt.After(w.SucceededAt),
	}
}

type webhooksView struct {
	Webhooks  []webhookView
	Formats   []formatView // to add; none for those who may not
	WhyNot    string
	MayUpdate bool
}

// notReady is why no webhook can be added.
const notReady = "This portal keeps no webhooks yet: whoever runs it must first give it a key to encrypt their " +
	"secrets with (--secrets-key-file)."

// tooMany is why no other one can be added.
var tooMany = "Your company has " + number(store.WebhooksMost) + " webhooks, and no room for another one. " +
	"Delete one first."

func (w *Web) webhooks(rw http.ResponseWriter, r *http.Request) error {
	p, profile, err := w.ownProfile(r)
	if err != nil {
		return noProfile(err)
	}
	all, err := w.opts.Store.Webhooks(r.Context(), profile.TenantID)
	if err != nil {
		return err
	}
	allowed, reason, err := w.may(r.Context(), p, partner.UpdateSecurityContact)
	if err != nil {
		return err
	}
	view := webhooksView{MayUpdate: allowed}
	for _, hook := range all {
		view.Webhooks = append(view.Webhooks, newWebhookView(hook, allowed))
	}
	switch {
	case !allowed:
		view.WhyNot = mayNot(partner.UpdateSecurityContact, reason, p)
	case !w.opts.Hooks.Ready():
		view.WhyNot = notReady
	case len(all) >= store.WebhooksMost:
		view.WhyNot = tooMany
	default:
		view.Formats = formatViews
	}
	return w.render(rw, r, http.StatusOK, "webhooks", page{
		Title: "Webhooks", Crumbs: crumbsLegal, Notice: noticeOf(r), Data: view,
	})
}

// hooking is what every page of one webhook begins with: who, of which company,
// and the webhook as it is stored now.
type hooking struct {
	person  host.Person
	profile partner.LegalProfile
	hook    host.Webhook // zero for a new one
}

// hooking lets those in who may update the security contact, for a webhook is
// told whatever the contact is told.
func (w *Web) hooking(r *http.Request) (hooking, error) {
	p, profile, err := w.ownProfile(r)
	if err != nil {
		return hooking{}, noProfile(err)
	}
	allowed, reason, err := w.may(r.Context(), p, partner.UpdateSecurityContact)
	if err != nil {
		return hooking{}, err
	}
	if !allowed {
		return hooking{}, refused(partner.UpdateSecurityContact, reason, p)
	}
	h := hooking{person: p, profile: profile}
	if id := r.PathValue("id"); id != "" {
		if h.hook, err = w.opts.Store.Webhook(r.Context(), profile.TenantID, id); err != nil {
			return hooking{}, err
		}
		host.TrailFrom(r.Context()).Subject = id
	}
	return h, nil
}

// changing is hooking for a change, which takes a fresh sign-in and the form of
// the company that somebody has signed in to.
func (w *Web) changing(r *http.Request) (hooking, error) {
	h, err := w.hooking(r)
	if err != nil {
		return h, err
	}
	if err := parseForm(r); err != nil {
		return h, err
	}
	if company := r.PostForm.Get(inputCompany); !partner.SameTenant(company, h.profile.TenantID) {
		return h, otherCompany(h.profile.CompanyName, webhooksPath, "Go to Webhooks")
	}
	return h, w.needFresh(r, "This changes who is told of security incidents.")
}

// otherCompany is the page about a form that was begun in another company.
func otherCompany(now, path, text string) error {
	return &pageError{
		status: http.StatusConflict, title: "This form was begun in another company",
		detail: "You are signed in to " + now + " now. Nothing was saved, there or here. " +
			"Sign in to the company in which you began, and fill in its form again.",
		back: link{path, text},
	}
}

// webhookPage is the page of one webhook.
type webhookPage struct {
	webhookView
	Company string // the tenant, for the forms
	Ready   bool
}

func (w *Web) webhook(rw http.ResponseWriter, r *http.Request) error {
	h, err := w.hooking(r)
	if err != nil {
		return err
	}
	return w.showWebhook(rw, r, h, noticeOf(r))
}

func (w *Web) showWebhook(rw http.ResponseWriter, r *http.Request, h hooking, n notice) error {
	view := webhookPage{newWebhookView(h.hook, true), h.profile.TenantID, w.opts.Hooks.Ready()}
	return w.render(rw, r, http.StatusOK, "webhook", page{
		Title: h.hook.Name, Crumbs: crumbsWebhooks, Notice: n, Data: view,
	})
}

// tryWebhook sends a test at once and says what came of it.
func (w *Web) tryWebhook(rw http.ResponseWriter, r *http.Request) error {
	h, err := w.hooking(r)
	if err != nil {
		return err
	}
	if err := parseForm(r); err != nil {
		return err
	}
	tried := w.opts.Hooks.Try(r.Context(), h.hook, h.profile.CompanyName, r.PostForm.Get("secret") == "new")
	n, trail := notice{Text: "The test arrived. " + tried.Says, Tone: "good"}, host.TrailFrom(r.Context())
	if trail.Result = "webhook-arrived"; !tried.OK {
		trail.Result = "webhook-not-arrived"
		n = notice{Text: "The test did not arrive. " + tried.Says, Tone: "bad"}
	}
	if h.hook, err = w.opts.Store.Webhook(r.Context(), h.profile.TenantID, h.hook.ID); err != nil {
		return err
	}
	return w.showWebhook(rw, r, h, n)
}

// rotateWebhook makes a new secret and shows it, once.
func (w *Web) rotateWebhook(rw http.ResponseWriter, r *http.Request) error {
	h, err := w.changing(r)
	if err != nil {
		return err
	}
	if !sameVersion(r, h.hook) || h.hook.Format != webhook.CloudEvents {
		return seeOther(rw, r, webhookPath(h.hook.ID), "webhook-changed")
	}
	rotated, secret, err := w.opts.Hooks.Rotate(h.hook)
	if done, err := w.reseal(rw, r, rotated, err); done {
		return err
	}
	return w.showSecret(rw, r, rotated, secret)
}

// useSecret lets the new secret sign from now on.
func (w *Web) useSecret(rw http.ResponseWriter, r *http.Request) error {
	h, err := w.changing(r)
	if err != nil {
		return err
	}
	if !sameVersion(r, h.hook) {
		return seeOther(rw, r, webhookPath(h.hook.ID), "webhook-changed")
	}
	used, err := w.opts.Hooks.UseNext(h.hook)
	if done, err := w.reseal(rw, r, used, err); done {
		return err
	}
	return seeOther(rw, r, webhookPath(h.hook.ID), "webhook-secret-used")
}

// sameVersion reports whether the page that sent the form showed the webhook as
// it is. A form that is sent twice changes it once.
func sameVersion(r *http.Request, hook host.Webhook) bool {
	return r.PostForm.Get("version") == number(hook.Version)
}

// secretView is the page that shows a secret once.
type secretView struct {
	webhookView
	Secret string
}

func (w *Web) showSecret(rw http.ResponseWriter, r *http.Request, hook host.Webhook, secret string) error {
	return w.render(rw, r, http.StatusOK, "webhook-secret", page{
		Title: "Copy the secret now", Crumbs: crumbsTo(hook),
		Data: secretView{newWebhookView(hook, true), secret},
	})
}

// switchWebhook switches it on or off.
func (w *Web) switchWebhook(rw http.ResponseWriter, r *http.Request) error {
	h, err := w.changing(r)
	if err != nil {
		return err
	}
	why, done := host.OffByPerson, "webhook-off"
	if r.PostForm.Get("state") == string(host.WebhookOn) {
		why, done = "", "webhook-on"
	}
	if err := w.opts.Store.SwitchWebhook(r.Context(), h.profile.TenantID, h.hook.ID, why); err != nil {
		return err
	}
	return seeOther(rw, r, webhookPath(h.hook.ID), done)
}

// askDelete asks before a webhook is deleted.
func (w *Web) askDelete(rw http.ResponseWriter, r *http.Request) error {
	h, err := w.hooking(r)
	if err != nil {
		return err
	}
	return w.render(rw, r, http.StatusOK, "webhook-delete", page{
		Title: "Delete “" + h.hook.Name + "”?", Crumbs: crumbsTo(h.hook),
		Data: webhookPage{newWebhookView(h.hook, true), h.profile.TenantID, true},
	})
}

func (w *Web) deleteWebhook(rw http.ResponseWriter, r *http.Request) error {
	h, err := w.changing(r)
	if err != nil {
		return err
	}
	if err := w.opts.Store.DeleteWebhook(r.Context(), h.profile.TenantID, h.hook.ID); err != nil {
		return err
	}
	return seeOther(rw, r, webhooksPath, "webhook-deleted")
}

// leadsToWebhook is for the address of a button, where somebody comes back to
// it.
func leadsToWebhook(rw http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	if !host.IsWebhookID(id) {
		return leadsTo(webhooksPath)(rw, r)
	}
	return leadsTo(webhookPath(id))(rw, r)
}

// webhookWords say by which service a subscriber is told, or false if it is no
// webhook of the portal.
func webhookWords(r partner.Recipient) (string, bool) {
	f, _, ok := host.ParseWebhookURL(r.URL)
	if !ok {
		return "", false
	}
	row := formatOf(f)
	if f == webhook.CloudEvents {
		return "Webhook", true
	}
	return "Webhook of " + row.Name, true
}

// isFormat reports whether a text names a format.
func isFormat(text string) bool { return slices.Contains(webhook.Formats(), webhook.Format(text)) }
