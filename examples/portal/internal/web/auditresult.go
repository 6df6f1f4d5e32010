package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/words"
)

// auditResults has a row for each code of a result: what came of it, in a few
// words. {n} and the like are its numbers. "" is what the action says already.
var auditResults = map[string]string{
	"call-taken_up": "Took it up", "call-reached": "Reached", "call-not_reached": "Not reached",
	"call-wrong_number": "Wrong number", "call-gone": "There was no such call any more",

	"answer-on-it": "“I am on it”", "answer-still": "“Still on it”", "answer-not-me": "“Not me”",
	"answer-resolved": "“Resolved”", "answer-again": "Sent twice", "on-it": "", "on-it-again": "Noted before",
	"contact-right": "“This is right”", "contact-wrong": "“Something is wrong”",
	"contact-not-me": "“I am not this contact”",

	"contact-asked": "", "contact-asked-already": "Asked a moment ago", "contact-none": "There is nobody to ask",
	"contacts-asked": "{n} asked", "contacts-asked-already": "All were asked before",
	"nobody-chosen":    "Nobody was chosen",
	"partner-language": "", "saved-language": "",

	"import-read":  "Read, not saved: {new} new, {changed} changed, {same} unchanged, {kept} contacts kept, {wrong} wrong",
	"import-saved": "{new} new, {changed} changed, {same} unchanged, {kept} contacts kept, {wrong} wrong and left out",
	"import-asked": "It began", "import-wrong": "Rows are wrong", "import-not-ready": "Saved before, or too old",
	"import-stale": "Somebody changed the same meanwhile",

	"raised": "", "already": "Raised before", "version-update": "", "version-all-clear": "", "version-cancel": "",
	"version-reopen": "", "version-already": "Sent before", "noted": "", "draft-saved": "A draft",
	"template-saved": "A template", "template-full": "There are too many templates", "discarded": "",
	"owner-me": "Took it", "owner-other": "Handed it over", "owner-none": "Put it back",
	"owner-changed": "Somebody else was first",
	"retried":       "{n} sent again", "nothing-to-retry": "There was nothing to send again",
	"resumed": "", "not-stopped": "It had not stopped",
	"reminded": "{n} mailed", "reminded-nobody": "There was nobody to mail", "remind-later": "Over, or not all sent yet",

	"alert-ignored": "", "alert-replied": "", "alert-changed": "The alert had changed",
	"alerts": "{n} taken", "alerts-partly": "{n} taken, then the document broke off",
	"rule-saved": "", "rule-saved-never": "It can never fire", "rule-saved-above": "It keeps another from firing",
	"rule-moved": "", "rule-moved-never": "It can never fire", "rule-moved-above": "It keeps another from firing",
	"rule-deleted": "",

	"saved-security-contact": "", "saved-primary-contact": "", "saved-business": "", "unchanged": "It was so already",
	"notice-retried": "", "notice-not-failed": "There was nothing to send again",
	"customer-contact-added": "", "customer-contact-known": "There was one already", "customer-contact-removed": "",
	"customer-contact-gone": "Removed or replaced before",

	"webhook-added": "", "webhook-twice": "Added before", "webhook-saved": "",
	"webhook-changed": "Somebody changed it meanwhile", "webhook-unopened": "Its secrets cannot be read",
	"webhook-secret-used": "", "webhook-on": "Switched on", "webhook-off": "Switched off", "webhook-deleted": "",
	"webhook-arrived": "The test arrived", "webhook-not-arrived": "The test did not arrive",
	"token-twice": "Made before", "token-revoked": "",

	"demo-hour": "", "demo-mail-fails": "Mail fails", "demo-mail-works": "Mail works",
}

// auditWhy has a row for each status that says why nothing was done, where
// there is no result.
var auditWhy = map[int]string{
	http.StatusBadRequest: "The request could not be read", http.StatusUnauthorized: "Not signed in, or not lately",
	http.StatusForbidden: "They may not do it", http.StatusNotFound: "There is no such thing, or not for them",
	http.StatusConflict:              "Somebody changed it meanwhile, or there was no room",
	http.StatusGone:                  "It was over",
	http.StatusPreconditionFailed:    "Somebody changed it meanwhile",
	http.StatusPreconditionRequired:  "It did not say what it had read",
	http.StatusRequestEntityTooLarge: "It was too large",
	http.StatusUnsupportedMediaType:  "It was in no form that is known",
	http.StatusUnprocessableEntity:   "Something in it was wrong",
	http.StatusTooManyRequests:       "There were too many requests",
	499:                              "They left before it was done",
}

// codeLanguage begins a result with the language that was chosen.
const codeLanguage = "language "

// sayLanguage tells the audit log which language is chosen, of those that the
// portal writes. A tag that somebody typed may say anything.
func sayLanguage(r *http.Request, tag string) {
	if l, ok := words.Fit(tag); tag != "" && ok {
		host.TrailFrom(r.Context()).Result = codeLanguage + l.Tag()
	}
}

// auditResult is what came of an act, in a few words; "" says no more than its
// outcome.
//
//	the entry has                 it says
//	a result                      that, with its numbers
//	none, and was not done        why, by the status
//	none                          nothing
func auditResult(e host.AuditEntry) string {
	if tag, ok := strings.CutPrefix(e.Result, codeLanguage); ok {
		return languageName(tag)
	}
	code, numbers, _ := strings.Cut(e.Result, " ")
	if code == "" {
		if e.Outcome == host.AuditRefused {
			return auditWhy[e.Status]
		}
		return ""
	}
	n := map[string]string{}
	for _, pair := range strings.Fields(numbers) {
		name, text, _ := strings.Cut(pair, "=")
		if count, err := strconv.Atoi(text); err == nil {
			n[name] = number(count)
		}
	}
	return filledIn(auditResults[code], n)
}

// filledIn puts numbers into a text. Of several, it leaves out the parts of
// those that are 0.
func filledIn(text string, n map[string]string) string {
	parts := strings.Split(text, ", ")
	var kept []string
	for _, part := range parts {
		before, rest, found := strings.Cut(part, "{")
		name, after, _ := strings.Cut(rest, "}")
		switch {
		case !found:
			kept = append(kept, part)
		case n[name] == "", n[name] == "0" && len(parts) > 1:
			if lead, ok := strings.CutSuffix(before, ": "); ok {
				kept = append(kept, lead)
			}
		default:
			kept = append(kept, before+n[name]+after)
		}
	}
	return strings.Join(kept, ", ")
}
