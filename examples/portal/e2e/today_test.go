//go:build !race

package e2e_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// An operator's day: a draft from a template becomes an incident, somebody
// looks after it, finds who was told, and leaves a note.
func TestOperatorsDay(t *testing.T) {
	begin(t)
	p := startPortal(t, ":memory:")
	for _, script := range []scripting{withScript, withoutScript} {
		tb := p.open(t, script).signIn(olu)
		look := func(name string) {
			if script == withScript {
				tb.look(name, portalPage)
			} else {
				tb.glance(name, portalPage)
			}
		}
		title := "Passwords were stolen " + script.String()
		tb.visit("/incidents/new")
		tb.fill("title", title, "kind", "spam", "own-kind", "credential_compromise.phished", "severity", "high",
			"actions", "Reset the passwords")
		tb.arrived(tb.press("Save as a template"), 200, "/incidents/drafts")
		tb.reads("The template is saved.")
		tb.press(title)
		tb.fill("tenant", adventure)
		tb.arrived(tb.press("Save as a draft"), 200, "/incidents/drafts")
		tb.reads("The draft is saved.", adventure)
		look("drafts and templates")
		tb.press(title)
		tb.fill("respond", "2036-11-23T18:00")
		tb.arrived(tb.press("Preview who is told"), 200, "/incidents/preview")
		tb.reads("more than 30 days ahead")
		tb.press("Send to 2 recipients")
		at := tb.path()
		tb.eventually("it is sent", func() bool {
			tb.visit(at)
			return get[bool](tb, finished)
		})
		tb.press("Take it")
		tb.reads("You look after this incident now.", "Olu Operator (you)")
		tb.fill("note", "Litware was called.")
		tb.press("Add the note")
		tb.reads("The note is in the timeline.", "Litware was called.")
		look("an incident that somebody looks after")
		tb.press("1 Nobody to tell")
		tb.reads("Tailspin Toys")
		tb.readsNot("soc@contoso.com")
		tb.visit(at)
		tb.fill("search", "SOC@contoso")
		tb.press("Show")
		tb.reads("Contoso Security Operations", "Step 1 of 4")
		assert.Equal(t, 1, get[int](tb, `document.querySelectorAll('#rows tbody tr').length`))
		if script == withScript {
			tb.picture("found", views[0])
		}

		tb.visit("/incidents")
		tb.fill("owner", "me")
		tb.fill("search", "stolen")
		tb.press("Show")
		tb.reads(title)
		tb.press("Severity")
		tb.reads(title)
		assert.Equal(t, "descending", get[string](tb, `document.querySelector('[aria-sort]').ariaSort`))
		look("incidents that were found")
		tb.visit("/")
		tb.eventually("the partners are counted", func() bool {
			tb.visit("/")
			return get[bool](tb, `document.body.innerText.includes('cannot be told')`)
		})
		tb.reads("Without an answer", title)
		look("today")
		tb.press("Without an answer")
		tb.reads("Contoso", title)
		look("partners without an answer")
		tb.visit("/undelivered")
		tb.reads("Everything was delivered")
		look("nothing is undelivered")
		tb.visit(at + "/timeline")
		tb.reads("Olu Operator raised it")
		tb.glance("timeline", portalPage)
	}
}
