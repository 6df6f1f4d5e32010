package e2e_test

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
)

// alpine is a customer of three partners: one with a mailbox at a consumer
// provider, a person and a group.
const (
	alpine    = "Alpine Ski House"
	adventure = "Adventure Works"
)

// raise fills the form of an incident and asks for the preview.
func (tb *tab) raise(tenant, title string, more ...string) int {
	tb.Helper()
	tb.visit("/incidents")
	tb.arrived(tb.press("Raise an incident"), 200, "/incidents/new")
	tb.fill(append([]string{
		"tenant", tenant, "kind", "credential_compromise", "severity", "high", "title", title,
		"actions", "Reset the passwords\nReview the sign-ins", "respond", "2036-11-23T18:00",
	}, more...)...)
	return tb.press("Preview who is told")
}

// counted is how many deliveries of the incident at hand are in a state.
func (tb *tab) counted(state string) string {
	return `document.querySelector('[data-count="` + state + `"]').innerText`
}

// part looks at how many deliveries a part of the bar says that it has, and
// that the bar shows it.
func (tb *tab) part(name, n string) {
	tb.Helper()
	assert.Equal(tb, n, get[string](tb, `document.querySelector('[data-segment="`+name+`"]').innerText`), name)
	tone := get[string](tb, `document.querySelector('[data-segment="`+name+`"]').dataset.tone`)
	assert.Positive(tb, get[float64](tb,
		`document.querySelector('.progress [data-bar] .`+tone+`').getBoundingClientRect().width`), name)
}

const (
	finished       = `/^(All told|Sent, not all told)$/.test(document.querySelector('[data-status]').innerText.trim())`
	callsToMake    = `document.querySelector('[data-status]').innerText.trim() === 'Calls to make'`
	finishedBroken = `document.querySelector('[data-status]').innerText.trim() === 'Some not delivered'`
)

// seesExample waits until the mail of a preview is in its frame.
func (tb *tab) seesExample() {
	tb.Helper()
	tb.eventually("the example of the mail is in its frame", func() bool {
		status, _ := tb.watch.document(tb.portal.URL + "/incidents/preview/message")
		return status == 200
	})
}

func TestIncident(t *testing.T) {
	for _, script := range scripts() {
		t.Run(script.String(), func(t *testing.T) {
			begin(t)
			const (
				person   = "lee.specimen@litwareinc.com"
				group    = "cert@northwindtraders.com"
				consumer = "fabrikam_security@gmail.com"
			)
			mailServer := newSMTPServer(t)
			mailServer.answer(person, 550)
			mailServer.answer(consumer, 451)
			p := startPortal(t, ":memory:", "--smtp="+mailServer.address, "--smtp-from=security@portal.example")
			tb := p.open(t, script).signIn(olu)
			tb.visit("/incidents")
			tb.reads("No incident has been raised yet")
			tb.look("no incidents", portalPage)

			tb.arrived(tb.raise("i", "", "actions", "", "respond", ""), 422, "/incidents/preview")
			tb.reads("need your attention", "Which one do you mean?", alpine)
			tb.look("incident with errors", portalPage)

			tb.choose(alpine + " (c0570000-0000-4000-8000-000000000002)")
			tb.fill("title", "Passwords were stolen", "actions", "Reset the passwords\nReview the sign-ins")
			tb.arrived(tb.press("Preview who is told"), 200, "/incidents/preview")
			tb.reads("Nobody is told yet", "3 told", person, group, consumer, "Northwind Traders", "Litware",
				"The mail, for example to", "Passwords were stolen")
			assert.Empty(t, mailServer.letters(), "a preview sends nothing")
			if script == withoutScript {
				_, asked := tb.watch.document(p.URL + "/incidents/preview/message")
				assert.False(t, asked, "nobody has asked for the example yet")
				tb.do(chromedp.Click(chromedp.Search(control("Show it below"))))
			}
			tb.seesExample()
			assert.Equal(t, script == withoutScript, tb.sees("form[data-load]"), "the button stays where it is needed")
			tb.look("preview", portalPage)

			tb.press("Send to 3 recipients")
			tb.reads("The incident is raised")
			at := tb.path()
			get[bool](tb, `window.stayed = true`)
			if script == withScript {
				tb.waitFor("the page shows by itself that one is tried again and one has failed",
					tb.counted("retrying")+` === '1' && `+tb.counted("failed")+` === '1'`)
				tb.waitFor("and the rows as well", `document.querySelector('#rows').innerText.includes('550')`)
				tb.look("progress", portalPage)
				const (
					rowsRight = `document.querySelector('#rows').innerText.includes('2 tries')`
					refresh   = `!!document.querySelector('[data-refresh]')`
				)
				get[bool](tb, `document.querySelector('#rows :is(a, button)').focus(), true`)
				get[bool](tb,
					`window.wrong = false, setInterval(() => { window.wrong ||= !(`+rowsRight+` || `+refresh+`) }, 5), true`)
				tb.waitFor("and that it is finished, and how", finishedBroken)
				tb.waitFor("what is read out goes before",
					`document.querySelector('[data-live]').innerText.startsWith('Sending is over')`)
				assert.False(t, get[bool](tb, `window.wrong`),
					"while the keyboard is in the rows they stay, with a link to read them anew")
				get[bool](tb, `document.activeElement.blur(), true`)
				tb.waitFor("and follow when it has left them", rowsRight+` && !`+refresh)
				tb.part("reached", "2")
				tb.part("trying", "1")
				assert.True(t, get[bool](tb, `window.stayed === true`), "without a reload")
			} else {
				tb.eventually("it shows that one is tried again and one has failed", func() bool {
					tb.press("Refresh")
					return get[bool](tb, tb.counted("retrying")+` === '1' && `+tb.counted("failed")+` === '1'`)
				})
				tb.reads("Trying again", "next try", "451")
				tb.look("progress", portalPage)
				tb.eventually("it is finished, and shows how", func() bool {
					tb.visit(at)
					return get[bool](tb, finishedBroken)
				})
			}
			tb.visit(at)
			tb.part("reached", "2")
			tb.part("trying", "1")
			tb.reads("Sending is over: 2 messages sent, 1 not delivered, 1 person to be called.",
				"Send the refused message again", "550", "2 tries")
			tb.look("finished with a failure", portalPage)
			tb.press("1 On the way") // a call is to be made where the mail was refused
			tb.reads("To be called")
			tb.readsNot(group)
			tb.visit(at)

			mailServer.answer(person) // he has a mailbox now
			if script == withScript {
				tb.press("Send the refused message again")
			} else {
				tb.press("Try again")
			}
			tb.reads("What was not delivered is sent again")
			tb.look("tried again", portalPage)
			tb.eventually("it is sent", func() bool {
				tb.visit(at)
				return get[bool](tb, tb.counted("sent")+` === '3' && `+callsToMake)
			})
			assert.False(t, tb.has("Try again") || tb.has("Try the"), "there is nothing left to try again")

			sent := map[string]int{}
			ids := map[string]bool{}
			for _, l := range mailServer.letters() {
				sent[l.to]++
				ids[l.header.Get("Message-Id")] = true
				assert.Contains(t, l.header.Get("Subject"), "tenant "+alpine+": Passwords were stolen")
			}
			assert.Equal(t, map[string]int{person: 1, group: 1, consumer: 1}, sent)
			assert.Len(t, ids, 3, "each has a Message-ID of its own")
		})
	}
}
