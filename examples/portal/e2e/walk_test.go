//go:build !race

package e2e_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// person is somebody who walks.
type person int

const (
	operator person = iota // of the provider
	admin                  // Global admin of Contoso
	user                   // of Contoso, without a right
	contact                // Contoso's security contact: has a mail, and no account
	auditor                // of Contoso: sees all of it, and may change nothing
	program                // acts as the operator, and may do less: its token reads partners
	persons  = iota
)

// cast says who plays each person. The contact and the program sign in nowhere.
var cast = [persons]struct{ says, name, id string }{
	operator: {"operator", olu, "operator"},
	admin:    {"Global admin", gita, "contoso-global-admin"},
	user:     {"user", uma, "contoso-user"},
	contact:  {"contact", "", ""},
	auditor:  {"auditor", bo, "contoso-billing-admin"},
	program:  {"program with less", "", ""},
}

// cell is what a person comes to on a journey.
type cell func(w *walk, j journey, tb *walker)

// journey is a way through the portal. A "*" in an address is the incident that
// the walk is about.
type journey struct {
	name  string
	link  string // of the menu
	at    string // where it leads to
	sends string // where a form of it goes; "": there is none
	cells [persons]cell
}

// The journeys, in their order: each goes on from what those before have left.
// The program comes when all is done, for its token is made last.
var journeys = [...]journey{
	{"import partners", "Partners", "/imports", "/imports", [persons]cell{
		operator: importsPartners, program: mayNot("POST", "/imports"),
		admin: noPage, user: noPage, contact: signInFirst, auditor: noPage,
	}},
	{"ask a partner to confirm", "Partners", "/partners", "/partners/" + relecloudID + "/ask", [persons]cell{
		operator: asksToConfirm, program: may("GET", "/partners/"+relecloudID),
		admin: noPage, user: noPage, contact: confirmsWhenAsked, auditor: noPage,
	}},
	{"change the security contact", "Legal info", legal, legal + "/security-contact/save", [persons]cell{
		operator: noProfile, program: mayNot("GET", "/legal-profile"),
		admin: changesTheContact, user: noRight, contact: confirmsTheChange, auditor: seesTheContact,
	}},
	{"raise an incident", "Incidents", "/incidents/new", "/incidents", [persons]cell{
		operator: raisesIncidents, program: mayNot("POST", "/incidents"),
		admin: isTold, user: noPage, contact: readsTheMail, auditor: isTold,
	}},
	{"answer from a mail's link", "Incidents", "*", "*/notes", [persons]cell{
		operator: waitsForAnAnswer, program: mayNot("POST", "*/update"),
		admin: isTold, user: answersWithoutTheCode, contact: answers, auditor: seesTheAnswer,
	}},
	{"see who answered", "Incidents", "*/cases", "*/owner", [persons]cell{
		operator: seesWhoAnswered, program: mayNot("GET", "*"),
		admin: seesTheAnswer, user: noPage, contact: seesOnesOwnAnswer, auditor: noPage,
	}},
	{"alerts and rules", "Alerts", "/alerts", "/alerts/rules", [persons]cell{
		operator: followsAlerts, program: mayNot("POST", "/alerts"),
		admin: noPage, user: noPage, contact: signInFirst, auditor: noPage,
	}},
	{"show the auditor", "Audit log", "/audit", "", [persons]cell{
		operator: showsTheAuditor, program: mayNot("GET", "/audit"),
		admin: readsTheReview, user: noPage, contact: signInFirst, auditor: looksBack,
	}},
	{"chase who did not answer", "Calls", "/calls", "*/remind", [persons]cell{
		operator: chases, program: mayNot("POST", "*/remind"),
		admin: noPage, user: noPage, contact: signInFirst, auditor: noPage,
	}},
	{"make and revoke a token", "API tokens", "/tokens", "/tokens", [persons]cell{
		operator: makesAToken, program: isRevoked,
		admin: noPage, user: noPage, contact: signInFirst, auditor: noPage,
	}},
}

// menu says where the links of the menu lead to.
var menu = map[string]string{
	"Partners": "/partners", "Legal info": legal, "Incidents": "/incidents", "Alerts": "/alerts",
	"API tokens": "/tokens", "Audit log": "/audit", "Calls": "/calls",
}

// modes are the ways to use a browser.
var modes = [...]struct {
	script scripting
	width  int64
}{{withScript, 1280}, {withoutScript, 390}, {withoutScript, 1280}, {withScript, 390}}

// walk is all journeys of all persons in one mode, on a portal of its own: the
// clock is let go on.
type walk struct {
	portal    *portal
	microsoft *microsoft
	people    [persons]*walker

	incident   string // its path
	link, code string // of the mail about it
	token      string // of the program
}

// TestWalks walks each journey as each person. Each page on the way is held to
// what each page must be: see [walker.looks].
func TestWalks(t *testing.T) {
	for _, mode := range modes {
		t.Run(fmt.Sprintf("%v at %d", mode.script, mode.width), func(t *testing.T) {
			begin(t)
			w := &walk{microsoft: newMicrosoft(t)}
			w.portal = startPortal(t, ":memory:", "--fresh-sign-in-above=2", "--graph-url="+w.microsoft.URL,
				"--graph-token-url="+w.microsoft.URL+"/token", "--graph-client-id=portal", "--graph-client-secret=secret",
				"--graph-every=1s")
			for who := range program {
				tb := &walker{w.portal.open(t, mode.script), mode.width, &visitor{t, w.portal, http.Client{}}}
				tb.show(view{mode.width, "light", ""})
				if who != contact {
					tb.signIn(cast[who].name)
					tb.posts = w.portal.visitor(t, cast[who].id)
				}
				w.people[who] = tb
			}
			w.people[program] = w.people[operator]
			for _, j := range journeys {
				for who := range program {
					w.goes(t, j, who)
				}
			}
			for _, j := range journeys {
				w.goes(t, j, program)
			}
		})
	}
}

// goes walks one journey as one person.
func (w *walk) goes(t *testing.T, j journey, who person) {
	t.Helper()
	lend := func(t *testing.T) {
		for _, tb := range w.people {
			tb.T, tb.posts.T = t, t
		}
	}
	defer lend(t)
	j.at, j.sends = strings.Replace(j.at, "*", w.incident, 1), strings.Replace(j.sends, "*", w.incident, 1)
	ok := t.Run(j.name+" as "+cast[who].says, func(t *testing.T) {
		lend(t)
		require.NotNil(t, j.cells[who], "the table says what becomes of everybody")
		j.cells[who](w, j, w.people[who])
	})
	require.True(t, ok, "the journeys that follow go on from this one")
}

// The refusals.
var (
	noPage    = refused(http.StatusNotFound, "There is no such page")
	noProfile = refused(http.StatusNotFound, "Your company has no legal profile here")
	noRight   = refused(http.StatusForbidden, "You do not have access to this")
)

// refused is for whom a journey is not: no link leads to it, its address has a
// clear page, and what its form sends changes nothing.
func refused(status int, says string) cell {
	return func(_ *walk, j journey, tb *walker) {
		assert.Equal(tb, status, tb.opens(j.at))
		tb.reads(says)
		assert.True(tb, get[bool](tb.tab, `!!document.querySelector('main a.button')`), "there is a way on")
		offered := get[[]string](tb.tab, `[...document.querySelectorAll('nav.menu a')].map((a) => a.pathname)`)
		assert.NotContains(tb, offered, menu[j.link], "a link that leads to an error")
		tb.sendsInVain(j, status)
	}
}

// signInFirst is for who has no account.
func signInFirst(_ *walk, j journey, tb *walker) {
	tb.opens(j.at)
	tb.arrived(200, 200, "/sign-in")
	tb.reads("This is a demonstration")
	tb.sendsInVain(j, http.StatusUnauthorized)
}

// sendsInVain sends what a form of the journey sends.
func (tb *walker) sendsInVain(j journey, want int) {
	tb.Helper()
	if j.sends == "" {
		return
	}
	status, _ := tb.posts.post(j.sends, nil)
	assert.Equal(tb, want, status, "POST %s", j.sends)
}
