package web

import (
	"net/http"
	"net/url"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// notices are what a page says after something was done. The URL of the page
// holds only the code, and the script takes it out again. Without the script
// the page may be reloaded or kept, so each notice stays true. Where somebody
// is still to be told, it is not green: the page below says how that ended.
var notices = map[string]notice{
	"saved-business": {
		Text: "The legal business profile is saved. Your account may be required to go through account verification.",
		Tone: "good",
	},
	"saved-primary-contact": {
		Text: "The primary contact is saved. Your account may be required to go through account verification.", Tone: "good",
	},
	"saved-security-contact": {
		Text: "The security contact is saved, and those concerned are told by e-mail. Account verification is not required.",
		Tone: "good",
	},
	"saved-language": {Text: "The language is saved. What is written to your company's people from now on is in it.",
		Tone: "good", Link: link{legalPath + "#language", "See the language"}},
	"customer-contact-added": {Text: "The contact is added. It is told of incidents on this customer's tenant " +
		"from now on, beside your security contact.", Tone: "good"},
	"customer-contact-known": {Text: "There is a contact for this customer already. Remove it first, to enter another.",
		Tone: "warn", Nothing: true},
	"customer-contact-gone": {Text: "This contact was removed or replaced already, and nothing was changed. " +
		"This is how it is now.",
		Tone: "warn", Nothing: true},
	"customer-contact-removed": {Text: "The contact is removed. It is told of nothing any more. Your security contact " +
		"is told as before.", Tone: "calm"},
	"webhook-added": {Text: "The webhook is added, and is told of incidents from now on. Send a test to see " +
		"whether it works.",
		Tone: "good"},
	"webhook-twice": {Text: "This webhook was added already. If its secret was shown and is lost, open it and " +
		"make a new one.",
		Tone: "warn", Nothing: true},
	"webhook-saved": {Text: "The webhook is changed. Send a test to see whether it works.", Tone: "good"},
	"webhook-changed": {Text: "The webhook was changed by someone else in the meantime, or the form was sent twice. " +
		"This is how it is now: nothing else was changed.", Tone: "warn", Nothing: true},
	"webhook-unopened": {Text: "What is secret of this webhook cannot be read, for the portal does not have " +
		"its key any more. " +
		"Delete it, and add it again.", Tone: "bad", Nothing: true},
	"webhook-secret-used": {Text: "The new secret signs from now on. Take the old one out of your program.", Tone: "good"},
	"webhook-on":          {Text: "The webhook is switched on, and is told of incidents from now on.", Tone: "good"},
	"webhook-off":         {Text: "The webhook is switched off, and is told of nothing.", Tone: "calm"},
	"webhook-deleted":     {Text: "The webhook is deleted.", Tone: "calm"},

	"alert-ignored": {Text: "Noted: nobody needs to know of this alert.", Tone: "calm"},
	"alert-changed": {Text: "The alert has changed in the meantime, and nothing was done. This is how it is now.",
		Tone: "warn", Nothing: true},
	"alert-replied": {Text: "Microsoft is told that the alert is dealt with. How that goes stands below.", Tone: "busy"},
	"rule-saved":    {Text: "The rule is saved. It counts for alerts that come from now on.", Tone: "good"},
	"rule-saved-never": {Text: "The rule is saved, but where it stands it can never fire: the list says because of " +
		"which rule. Move it up.", Tone: "warn"},
	"rule-saved-above": {Text: "The rule is saved. It takes all alerts of a rule below it, which can never fire now: " +
		"the list says which.", Tone: "warn"},
	"rule-moved-never": {Text: "The rule is moved. Where it stands now it can never fire: the list says because of " +
		"which rule.", Tone: "warn"},
	"rule-moved-above": {Text: "The rule is moved. It takes all alerts of a rule below it, which can never fire now: " +
		"the list says which.", Tone: "warn"},
	"rule-moved": {Text: "The order of the rules is changed. It counts for alerts that come from now on.",
		Tone: "good"},
	"rule-deleted": {Text: "The rule is deleted. What it has done stays.", Tone: "calm"},
	"token-twice": {Text: "This token was made already. If it was shown and is lost, revoke it and make another.",
		Tone: "warn", Nothing: true},
	"token-revoked": {Text: "The token is revoked. Programs that use it are refused from now on.", Tone: "calm"},
	"demo-hour": {Text: "An hour has passed. What became due by now is being done: load the page again " +
		"in a moment.", Tone: "busy"},
	"demo-mail-fails": {Text: "The mail server is out of order from now on. What is sent is tried again until " +
		"it works.", Tone: "warn"},
	"demo-mail-works": {Text: "The mail server works again. What has waited goes out with the next tries.", Tone: "good"},

	"import-wrong": {Text: "Nothing is saved: rows are wrong. Correct them, or leave them out.", Tone: "bad",
		Nothing: true},
	"import-not-ready": {Text: "This import was saved already, or cannot be saved any more. Its state is beside its name.",
		Tone: "warn", Nothing: true},
	"contact-asked": {Text: "The contact is asked by mail whether somebody reads its address.", Tone: "good"},
	"contact-asked-already": {Text: "The contact was asked a moment ago. Wait ten minutes before you ask again.",
		Tone: "calm", Nothing: true},
	"nobody-chosen":  {Text: "Choose partners first: tick the boxes beside their names.", Tone: "warn", Nothing: true},
	"contacts-asked": {Text: "The contacts are asked by mail. The list says who was asked when.", Tone: "good"},
	"contacts-asked-already": {Text: "Nobody was mailed: each was asked within the last 24 hours, or has nobody to ask.",
		Tone: "calm", Nothing: true},
	"partner-language": {Text: "The language is saved. What is written to the partner's people from now on is in it.",
		Tone: "good"},
	"contact-none": {Text: "There is no security contact to ask.", Tone: "bad", Nothing: true},

	"raised": {Text: "The incident is raised. Its progress is below.", Tone: "busy"},
	"already": {
		Text: "This incident was already raised, and nothing was sent twice. Here it is as it was raised. " +
			"For another one, raise a new incident.",
		Tone: "warn", Nothing: true,
	},
	"version-update":    {Text: "The update is saved. Its progress is below.", Tone: "busy"},
	"version-all-clear": {Text: "The all-clear is saved. Its progress is below.", Tone: "busy"},
	"version-reopen":    {Text: "The incident goes on. Its progress is below.", Tone: "busy"},
	"version-cancel": {
		Text: "The incident is cancelled, and nothing further is sent. Those who were told do not know it: " +
			"send the all-clear if they should.",
		Tone: "warn",
	},
	"version-already": {Text: "This was sent already, and nothing was sent twice.", Tone: "warn", Nothing: true},
	"call-taken_up":   {Text: "Noted: somebody is on it. Nobody else is told while they are.", Tone: "good"},
	"call-reached": {Text: "Noted: they know. That is no answer, so others are told when it is their turn.",
		Tone: "busy"},
	"call-not_reached":  {Text: "Noted: nobody was reached. The call stays on the list.", Tone: "warn"},
	"call-wrong_number": {Text: "Noted: the number is wrong. Whoever is next is told now.", Tone: "warn"},
	"on-it":             {Text: "Noted: somebody is on it. Nobody else is told while they are.", Tone: "good"},
	"on-it-again": {Text: "This was noted before. Nobody else is told while somebody is on it.", Tone: "calm",
		Nothing: true},
	"call-gone": {
		Text: "There was no such call to make any more: somebody has answered, or a colleague made it.", Tone: "calm",
		Nothing: true,
	},
	"reminded": {Text: "The reminders are on their way. The timeline says who sent them, and to whom.", Tone: "busy"},
	"reminded-nobody": {Text: "Nobody was mailed: everybody was mailed within the last 15 minutes, has answered, or " +
		"must be called.", Tone: "calm", Nothing: true},
	"remind-later": {Text: "Nobody was mailed: the incident is over, or is still being sent. Try again in a moment.",
		Tone: "warn", Nothing: true},
	"owner-me":    {Text: "You look after this incident now.", Tone: "good"},
	"owner-other": {Text: "The incident is handed over.", Tone: "good"},
	"owner-none":  {Text: "Nobody looks after this incident now.", Tone: "warn"},
	"owner-changed": {Text: "Somebody else took or handed over this incident in the meantime. This is how it is now.",
		Tone: "warn", Nothing: true},
	"draft-saved":    {Text: "The draft is saved. Nobody is told of it.", Tone: "good"},
	"template-saved": {Text: "The template is saved. It stands above the form of each new incident.", Tone: "good"},
	"template-full":  {Text: "There are 200 templates already. Discard one first.", Tone: "bad", Nothing: true},
	"discarded":      {Text: "It is discarded.", Tone: "calm"},
	"noted":          {Text: "The note is in the timeline.", Tone: "good"},
	"resumed": {Text: "The incident goes on from where it stopped. Nobody is told twice.",
		Tone: "busy"},
	"not-stopped":    {Text: "There is nothing to go on with: the incident has not stopped.", Tone: "calm", Nothing: true},
	"retried":        {Text: "What was not delivered is sent again.", Tone: "busy", OfRows: true},
	"notice-retried": {Text: "The notice is sent again.", Tone: "busy"},
	"notice-not-failed": {Text: "There is nothing to try again: the notice was delivered, or is still being tried.",
		Tone: "calm", Nothing: true},
	"nothing-to-retry": {Text: "There is nothing to try again: each of these messages was delivered, or is " +
		"still being tried.",
		Tone: "calm", Nothing: true, OfRows: true},
}

// noticeOf is the message that the URL asks for, none for an unknown code. What
// was saved is linked, for it stands further down.
func noticeOf(r *http.Request) notice {
	return notices[r.URL.Query().Get("done")]
}

// seeOther leads the browser on after a change, so that going back or reloading
// does not repeat it. The path may have a query and a fragment. The audit log
// takes the code for what came of it, unless the handler said more.
func seeOther(rw http.ResponseWriter, r *http.Request, path, done string) error {
	trail := host.TrailFrom(r.Context())
	if trail.Refused = notices[done].Nothing; trail.Refused || trail.Result == "" {
		trail.Result = done
	}
	to, err := url.Parse(path)
	if err != nil {
		return err
	}
	q := to.Query()
	q.Set("done", done)
	to.RawQuery = q.Encode()
	http.Redirect(rw, r, to.String(), http.StatusSeeOther)
	return nil
}
