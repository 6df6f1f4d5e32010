//go:build !race

package e2e_test

import (
	"net/http"

	"github.com/stretchr/testify/assert"
)

// confirms answers the mail that asks whether an address is read, which
// somebody else finds in the mailbox.
func (tb *walker) confirms(finder *walker, address string) {
	tb.Helper()
	finder.mail("confirm the security contact", address)
	finder.looks()
	link, code := finder.linkAndCode()
	tb.opens(link)
	tb.reads("Is the security contact right?")
	tb.readsNot("Sign out", code)
	assert.Equal(tb, http.StatusUnprocessableEntity, tb.replies(wrongCode(code, 1), "Yes, this is right"))
	tb.reads("This is not the code of the mail")
	assert.Equal(tb, http.StatusOK, tb.replies(code, "Yes, this is right"))
	tb.reads("Your answer is recorded: “Yes, this is right”", "This address is confirmed")
}

func confirmsWhenAsked(w *walk, _ journey, tb *walker) {
	desk := w.people[operator]
	tb.confirms(desk, "soc@relecloud.com")
	desk.opens("/partners/" + relecloudID)
	desk.reads("Confirmed", "by Ada King")
}

// The five steps of the page that the portal is made after, up to the form of
// the security contact; then with what is wrong, and what is right.
func changesTheContact(_ *walk, _ journey, tb *walker) {
	for _, step := range []string{
		"Settings", "Account settings", "My profile", "Legal info", "Update the Security contact",
	} {
		assert.Equal(tb, http.StatusOK, tb.goes(step))
	}
	tb.types("Group name", "<b>", "E-mail", "nobody", "Phone", "110")
	assert.Equal(tb, http.StatusUnprocessableEntity, tb.goes("Review the change"))
	tb.reads("3 things need your attention", "Group name:", "E-mail:", "Phone:")
	tb.types("Group name", "Contoso CSIRT", "E-mail", "csirt@contoso.com", "Phone", "(425) 555-0177")
	tb.goes("Review the change")
	tb.reads("Nothing is saved yet", "soc@contoso.com is told that it is no longer the security contact",
		"csirt@contoso.com is told that it is the security contact from now on", "+1 425-555-0177")
	tb.goes("Save the change")
	tb.reads("The security contact is saved", "csirt@contoso.com", "Last changed by Gita Global")
	if tb.script == withScript {
		assert.Empty(tb, get[string](tb.tab, `location.search`), "who loads the page again is not told again")
	}
	tb.goes("What was changed")
	tb.reads("Before", "soc@contoso.com", "After", "csirt@contoso.com")
}

func confirmsTheChange(w *walk, _ journey, tb *walker) {
	global := w.people[admin]
	tb.confirms(global, "csirt@contoso.com")
	global.goes("Legal info")
	global.reads("Somebody who reads this address confirmed it", "by Ada King")
}

func seesTheContact(w *walk, j journey, tb *walker) {
	tb.goes(j.link)
	tb.reads("csirt@contoso.com", "Read only", "Only a Global admin of your company can update this.")
	assert.False(tb, tb.has("Update the Security contact"))
	j.at, j.link = legal+"/security-contact/edit", ""
	refused(http.StatusForbidden, "You do not have access to this")(w, j, tb)
}

// A partner's people see what goes on at their company, and not the desk.
func isTold(w *walk, j journey, tb *walker) {
	tb.goes("Incidents")
	tb.goes(incident)
	tb.reads("Adventure Works", "Reset the passwords", "csirt@contoso.com", "Nothing yet.")
	tb.readsNot("Fabrikam")
	noPage(w, j, tb)
}

func readsTheMail(w *walk, j journey, tb *walker) {
	w.link, w.code = w.people[admin].readMail(incident)
	w.people[admin].looks()
	tb.opens(w.link)
	tb.reads(incident, "Adventure Works", "Nobody has answered yet.")
	tb.readsNot("Sign out", "Fabrikam", w.code)
	signInFirst(w, j, tb)
}

// Whoever has the link sees the page. Without the code they answer nothing.
func answersWithoutTheCode(w *walk, j journey, tb *walker) {
	tb.opens(w.link)
	assert.Equal(tb, http.StatusUnprocessableEntity, tb.replies(wrongCode(w.code, 2), "Resolved"))
	tb.reads("This is not the code of the mail", "Nobody has answered yet.")
	noPage(w, j, tb)
}

func answers(w *walk, _ journey, tb *walker) {
	scanner{tb.tab, w.link}.scans(wrongCode(w.code, 5))
	tb.opens(w.link)
	assert.Equal(tb, http.StatusUnprocessableEntity, tb.replies(wrongCode(w.code, 3), "I am on it"))
	tb.reads("This is not the code of the mail")
	assert.Equal(tb, http.StatusOK, tb.replies(w.code, "I am on it"))
	tb.reads("Your answer is recorded: “I am on it”", "Ada King is on it", "If nobody says so again by")
	assert.Equal(tb, http.StatusNotFound, tb.opens("/answer/nonsense"))
	tb.reads("This link is not good")
}

func seesTheAnswer(w *walk, j journey, tb *walker) {
	tb.goes("Incidents")
	tb.goes(incident)
	tb.reads("What was answered", "Ada King")
	noPage(w, j, tb)
}

func seesOnesOwnAnswer(w *walk, j journey, tb *walker) {
	tb.opens(w.link)
	tb.reads("Your answer", "I am on it", "Ada King")
	tb.unfolds("Change the answer")
	assert.Equal(tb, http.StatusUnprocessableEntity, tb.replies(wrongCode(w.code, 4), "Not me"))
	signInFirst(w, j, tb)
}

func readsTheReview(w *walk, j journey, tb *walker) {
	tb.goes("Review of the year")
	tb.reads("Within 24 hours", incident, "Changes of the contact", "csirt@contoso.com")
	noPage(w, j, tb)
}

func looksBack(w *walk, j journey, tb *walker) {
	tb.goes("History")
	tb.reads("Gita Global", "csirt@contoso.com")
	assert.Contains(tb, tb.downloads("Export as CSV"), "csirt@contoso.com")
	readsTheReview(w, j, tb)
}
