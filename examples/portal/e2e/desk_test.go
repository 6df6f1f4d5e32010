//go:build !race

package e2e_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// subjects counts the mails to each address whose subject begins with a text.
func (s *smtpServer) subjects(begin string) map[string]int {
	n := map[string]int{}
	for _, l := range s.letters() {
		if strings.HasPrefix(l.header.Get("Subject"), begin) {
			n[l.to]++
		}
	}
	return n
}

// An operator's desk, without the script: a contact that no mail reaches is
// called, takes it up, hears what is new, and that it is over. TestEveryPage
// and TestWalks look at these pages with axe-core.
func TestDesk(t *testing.T) {
	begin(t)
	const (
		soc      = "soc@contoso.com"
		consumer = "fabrikam_security@gmail.com"
	)
	everybody := map[string]int{soc: 1, consumer: 1}
	mailServer := newSMTPServer(t)
	mailServer.answer(soc, 550)
	p := startPortal(t, ":memory:", "--smtp="+mailServer.address, "--smtp-from=security@portal.example")
	tb := p.open(t, withoutScript).signIn(olu)
	tb.visit("/calls")
	tb.reads("There is nobody to call")
	tb.glance("no calls", portalPage)
	tb.raise(adventure, "Passwords were stolen", "summary", "It began at night.")
	tb.press("Send to 2 recipients")
	at := tb.path()

	tb.eventually("nobody at Contoso was reached by mail: there is a call to make", func() bool {
		tb.visit("/calls")
		return tb.has("Took it up")
	})
	tb.reads("Calls 1", "Contoso Security Operations", "+1 425-555-0100 ext. 24", "Passwords were stolen",
		"Reset the passwords", "Are you on it?")
	tb.glance("calls", portalPage)
	tb.press("Not reached")
	tb.reads("Noted: nobody was reached.", "Not reached", "1 time, last")
	tb.press("Took it up")
	tb.reads("Noted: somebody is on it.", "There is nobody to call")
	tb.visit(at)
	tb.reads("Who has answered", "On it", "On the phone: Took it up", "A call to the security contact")
	tb.press("Record that they are on it")
	tb.reads("for the partner, they are on it")
	tb.glance("who has answered", portalPage)
	tb.visit(at + "/cases?state=acknowledged")
	tb.reads("Contoso", "Fabrikam")
	tb.glance("all who have answered", portalPage)

	tb.visit(at)
	mailServer.answer(soc) // it has a mailbox now
	tb.arrived(tb.press("Send an update"), 200, at+"/update")
	tb.arrived(tb.press("Preview who is told"), 422, at+"/update/preview")
	tb.reads("Nothing is new.")
	tb.glance("update with an error", portalPage)
	tb.fill("summary", "The accounts are blocked.", "severity", "medium")
	tb.arrived(tb.press("Preview who is told"), 200, at+"/update/preview")
	tb.reads("the update of Passwords were stolen", "2 told")
	assert.Contains(t, get[string](tb, `document.querySelector('.mail pre').textContent`), "This is an update")
	tb.glance("preview of an update", portalPage)
	tb.press("Send it to 2 recipients")
	tb.arrived(200, 200, at)
	tb.reads("The update is saved.", "Olu Operator sent an update", "New in it: severity and summary.")
	tb.eventually("everybody is told of the update", func() bool {
		return maps.Equal(everybody, mailServer.subjects("Security incident (medium)"))
	})

	tb.visit(at)
	tb.arrived(tb.press("Send the all-clear"), 200, at+"/all-clear")
	tb.glance("all-clear", portalPage)
	tb.fill("summary", "It was a test account.")
	tb.press("Preview who is told")
	tb.reads("the all-clear of Passwords were stolen")
	assert.Contains(t, get[string](tb, `document.querySelector('.mail pre').textContent`), "the incident is over")
	tb.press("Send it to 2 recipients")
	tb.reads("The all-clear is saved.", "Resolved")
	tb.eventually("everybody who was told hears that it is over, once", func() bool {
		return maps.Equal(everybody, mailServer.subjects("Resolved: "))
	})
	tb.eventually("and nothing is under way", func() bool {
		tb.visit(at)
		return get[bool](tb, finished+` || `+finishedBroken)
	})
	tb.readsNot("Send an update", "Record that they are on it")
	tb.glance("resolved", portalPage)

	tb.press("Reopen it")
	tb.reads("must answer anew")
	assert.Contains(t, tb.value("actions"), "Reset the passwords", "as it was when it last went on")
	tb.press("Preview who is told")
	tb.press("Send it to 2 recipients")
	tb.press("Cancel it")
	tb.reads("Nothing further is sent")
	tb.glance("cancel", portalPage)
	tb.press("Cancel it")
	tb.reads("The incident is cancelled", "Cancelled")
	assert.True(t, tb.has("Send the all-clear"))
	tb.glance("cancelled", portalPage)
}
