package e2e_test

import (
	"slices"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// hide makes the page at hand believe that it is in the background, or in front
// again.
func (tb *tab) hide(hidden bool) {
	tb.Helper()
	get[bool](tb, `Object.defineProperty(document, 'hidden', {configurable: true, get: () => `+
		map[bool]string{true: "true", false: "false"}[hidden]+`}),
		document.dispatchEvent(new Event('visibilitychange'))`)
}

// says waits until the page says one of its sentences about itself, or none.
func (tb *tab) says(what string) {
	tb.Helper()
	tb.waitFor("the page says "+what, `[...document.querySelectorAll('[data-says]')].filter((p) => p.checkVisibility())
		.map((p) => p.dataset.says).join() === `+quote(what))
}

// A browser has six connections to a portal over HTTP/1.1. Each page of an
// incident that is being sent would hold one.
func TestManyTabsOnALiveIncident(t *testing.T) {
	begin(t)
	const consumer = "fabrikam_security@gmail.com"
	mailServer := newSMTPServer(t)
	mailServer.answer(consumer, slices.Repeat([]int{451}, 100)...)
	p := startPortal(t, ":memory:", "--smtp="+mailServer.address, "--smtp-from=security@portal.example")
	first := p.open(t, withScript).signIn(olu)
	first.raise(alpine, "Passwords were stolen")
	first.press("Send to 3 recipients")
	at := first.path()
	const listens = `document.querySelector('[data-live]').innerText !== ''`
	first.waitFor("it is told how far the incident is", listens)
	first.hide(true)
	for range 6 {
		tb := first.another()
		tb.arrived(tb.visit(at), 200, at)
		tb.waitFor("it is told how far the incident is", listens)
		tb.hide(true)
	}
	last := first.another()
	last.arrived(last.visit("/coverage"), 200, "/coverage")

	get[bool](first, `document.querySelector('[data-text]').textContent = 'of an hour ago', true`)
	first.hide(false)
	first.waitFor("it follows again", `!document.querySelector('[data-text]').innerText.includes('of an hour ago')`)
}

// A page that is left open says when it no longer speaks for whoever reads it.
func TestOpenPageSaysWhatIsSo(t *testing.T) {
	begin(t)
	p := startPortal(t, ":memory:")
	open := p.open(t, withScript).signIn(gita)
	open.visit(legal)
	open.says("")
	beside := open.another()

	beside.visit("/")
	beside.signOut()
	open.hide(false)
	open.says("out")
	open.look("signed out", portalPage)
	assert.Equal(t, "/sign-in?next="+"%2Fsettings%2Faccount%2Fprofile%2Flegal",
		get[string](open, `document.querySelector('[data-says=out] a').getAttribute('href')`))

	beside.signIn(fay)
	open.hide(false)
	open.says("other")
	open.look("somebody else", portalPage)

	beside.signOut()
	beside.signIn(gita)
	open.hide(false)
	open.says("")

	offline := func(conditions ...*network.Conditions) {
		t.Helper()
		_, err := chromedp.Call(open.ctx, network.EmulateNetworkConditionsByRule,
			network.EmulateNetworkConditionsByRuleParams{
				MatchedNetworkConditions: append([]*network.Conditions{}, conditions...),
			})
		require.NoError(t, err)
		open.hide(false)
	}
	offline(&network.Conditions{Offline: true, DownloadThroughput: -1, UploadThroughput: -1})
	open.says("lost")
	for _, fault := range open.watch.take() {
		assert.Contains(t, fault, "ERR_INTERNET_DISCONNECTED", "nothing else may go wrong")
	}
	offline()
	open.says("")
}
