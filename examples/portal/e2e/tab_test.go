package e2e_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/internal/race"
)

// The people of the demonstration, by the names on their buttons.
const (
	gita = "Gita Global"  // Global admin of Contoso
	bo   = "Bo Billing"   // billing admin of Contoso
	uma  = "Uma User"     // without a role at Contoso
	fay  = "Fay Fabrikam" // Global admin of Fabrikam
	tai  = "Tai Tailspin" // Global admin of Tailspin Toys, which has no security contact
	olu  = "Olu Operator" // of the provider
)

var everybody = []string{gita, bo, uma, fay, tai, olu}

// scripting says whether the pages' own script runs. The tests look into pages
// either way.
type scripting bool

const (
	withScript    scripting = true
	withoutScript scripting = false
)

// scripts are both, but with the script alone under the race detector: the
// server is the same.
func scripts() []scripting {
	if race.Enabled {
		return []scripting{withScript}
	}
	return []scripting{withScript, withoutScript}
}

func (s scripting) String() string {
	if s == withScript {
		return "with JavaScript"
	}
	return "without JavaScript"
}

// tab is a tab of a browser that shares no cookies with any other.
type tab struct {
	*testing.T
	ctx    context.Context
	portal *portal
	watch  *watch
	script scripting
	who    string // signed in, "" for nobody
	scheme string // prefers-color-scheme, "" before the first view
}

// open opens a tab of its own, which is watched until the end of t.
func (p *portal) open(t *testing.T, script scripting) *tab {
	t.Helper()
	return newTab(t, p, script, places.browser, chromedp.WithNewBrowserContext())
}

// another opens a tab that shares the cookies and the connections of tb, as the
// tabs of one window do.
func (tb *tab) another() *tab {
	tb.Helper()
	other := newTab(tb.T, tb.portal, tb.script, tb.ctx)
	other.who = tb.who
	return other
}

func newTab(
	t *testing.T, p *portal, script scripting, beside context.Context, options ...chromedp.ContextOption,
) *tab {
	t.Helper()
	w := newWatch(p.URL)
	ctx, closeTab := chromedp.NewContext(beside, append(options, chromedp.WithListener(w.event))...)
	t.Cleanup(closeTab)
	tb := &tab{T: t, ctx: ctx, portal: p, watch: w, script: script}
	require.NoError(t, chromedp.Do(ctx))
	w.closeDialogs(ctx)
	_, err := chromedp.Call(ctx, audits.Enable, cdp.Empty{})
	require.NoError(t, err)
	if script == withoutScript {
		_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled,
			emulation.SetScriptExecutionDisabledParams{Value: true})
		require.NoError(t, err)
	}
	tb.show(views[0])
	t.Cleanup(tb.watched) // before the tab is closed
	return tb
}

// watched fails the test for what the pages of the tab did and must not.
func (tb *tab) watched() {
	tb.Helper()
	assert.Empty(tb, tb.watch.take(), "what no page may do (%s)", tb.who)
}

// do runs actions, and fails the test if one does not succeed in time.
func (tb *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	tb.Helper()
	ctx, cancel := context.WithTimeout(tb.ctx, patience)
	defer cancel()
	require.NoError(tb, chromedp.Do(ctx, steps...))
}

// visit opens a page of the portal by its path and returns the status of the
// answer, after all redirects.
func (tb *tab) visit(path string) int {
	tb.Helper()
	return tb.arrive(chromedp.Navigate(tb.portal.URL + path))
}

// arrive runs what leads to a page, and returns the status of the answer.
func (tb *tab) arrive(step chromedp.Action[chromedp.Void]) int {
	tb.Helper()
	ctx, cancel := context.WithTimeout(tb.ctx, patience)
	defer cancel()
	var answer *network.Response
	answer, err := chromedp.RunResponse(ctx, step)
	require.NoError(tb, err)
	require.NotNil(tb, answer, "no page came, but another place of the same one")
	return int(answer.Status)
}

// press clicks the link or button that has the text, and returns the status of
// the page that it leads to.
func (tb *tab) press(text string) int {
	tb.Helper()
	require.Truef(tb, tb.has(text), "no link or button has the text %q on this page:\n%s", text, tb.text())
	return tb.arrive(chromedp.Click(chromedp.Search(control(text))))
}

// control is the XPath of the first link or button that is called text, or
// whose name begins with it.
func control(text string) string {
	quoted := `"` + text + `"`
	name := `normalize-space(.)`
	return `(//a|//button)[` + name + `=` + quoted + ` or starts-with(` + name + `,` + quoted + `)]`
}

// has reports whether the page has a link or button with the text.
func (tb *tab) has(text string) bool {
	tb.Helper()
	return get[bool](tb,
		`document.evaluate(`+quote(control(text))+`, document, null, XPathResult.BOOLEAN_TYPE).booleanValue`)
}

// get evaluates a script of the test, which works although the page's own is
// switched off.
func get[T any](tb *tab, script string) T {
	tb.Helper()
	ctx, cancel := context.WithTimeout(tb.ctx, patience)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	require.NoError(tb, err, "%.200s", script)
	return value
}

// quote is a string of JavaScript.
func quote(s string) string {
	text, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// text is what can be read on the page, with single spaces.
func (tb *tab) text() string {
	tb.Helper()
	return strings.Join(strings.Fields(get[string](tb, `document.body.innerText`)), " ")
}

// path is where the tab is, without the query.
func (tb *tab) path() string {
	tb.Helper()
	return get[string](tb, `location.pathname`)
}

// reads checks that the page says all of these.
func (tb *tab) reads(texts ...string) {
	tb.Helper()
	page := tb.text()
	for _, text := range texts {
		assert.Contains(tb, page, text)
	}
}

// readsNot checks that the page says none of these.
func (tb *tab) readsNot(texts ...string) {
	tb.Helper()
	page := tb.text()
	for _, text := range texts {
		assert.NotContains(tb, page, text)
	}
}

// arrived checks where the tab is, and the answer.
func (tb *tab) arrived(status int, wantStatus int, wantPath string) {
	tb.Helper()
	require.Equal(tb, wantPath, tb.path())
	require.Equal(tb, wantStatus, status, "%s", tb.text())
}

// waitFor waits until a script of the test gives true, also across pages.
func (tb *tab) waitFor(why, script string) {
	tb.Helper()
	tb.eventually(why, func() bool {
		ok, err := chromedp.Run(tb.ctx, chromedp.Evaluate[bool](script))
		return err == nil && ok // an error: the page is on its way
	})
}

// eventually waits until something is true.
func (tb *tab) eventually(why string, is func() bool) {
	tb.Helper()
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	again := time.NewTicker(50 * time.Millisecond)
	defer again.Stop()
	for !is() {
		select {
		case <-again.C:
		case <-deadline.C:
			require.Failf(tb, "it did not come to pass", "%s\n%s", why, tb.text())
		}
	}
}

// fill types into inputs that can be seen, by their names, over what is there.
// Pairs of name and value.
func (tb *tab) fill(pairs ...string) {
	tb.Helper()
	values, err := json.Marshal(pairs)
	require.NoError(tb, err)
	assert.Empty(tb, get[[]string](tb, `(() => {
		const pairs = `+string(values)+`, faults = [];
		for (let i = 0; i < pairs.length; i += 2) {
			const [name, value] = pairs.slice(i, i + 2);
			const input = document.querySelector('main [name="' + name + '"]:not([type=hidden])');
			if (!input || !input.checkVisibility()) {
				faults.push(name + ' cannot be seen');
			} else if (input.matches('select, [type=datetime-local]')) {
				input.value = value;
				if (input.value !== value) faults.push(name + ' has no such choice');
			} else {
				input.focus();
				input.select();
				document.execCommand(value ? 'insertText' : 'delete', false, value);
			}
		}
		return faults;
	})()`))
}

// choose clicks the label of a radio button or a checkbox.
func (tb *tab) choose(label string) {
	tb.Helper()
	tb.do(chromedp.Click(chromedp.Search(`//label[normalize-space(.)="` + label + `"]`)))
}

// value is what an input holds.
func (tb *tab) value(name string) string {
	tb.Helper()
	return get[string](tb, `document.querySelector('main [name=' + CSS.escape(`+quote(name)+`) + ']').value`)
}

// sees reports whether the first element that fits the selector can be seen.
func (tb *tab) sees(selector string) bool {
	tb.Helper()
	return get[bool](tb, `document.querySelector(`+quote(selector)+`).checkVisibility()`)
}

// signOut leaves the tab to somebody else.
func (tb *tab) signOut() {
	tb.Helper()
	tb.arrived(tb.press("Sign out"), 200, "/sign-in")
	tb.who = ""
}

// signIn signs in as one of the people of the demonstration, from the page that
// asks for it.
func (tb *tab) signIn(who string) *tab {
	tb.Helper()
	tb.visit("/sign-in")
	tb.arrived(tb.press(who), 200, "/")
	tb.who = who
	return tb
}

// mail opens the mail to somebody from the mailbox, as soon as it is there, and
// returns to nothing.
func (tb *tab) mail(subject, to string) {
	tb.Helper()
	row := `[...document.querySelectorAll('main tbody tr')].find((r) => r.innerText.includes(` + quote(subject) +
		`) && r.innerText.includes(` + quote(to) + `))`
	tb.eventually("a mail to "+to+": "+subject, func() bool {
		tb.visit("/mailbox")
		return get[bool](tb, `!!`+row)
	})
	tb.visit(get[string](tb, row+`.querySelector('a').getAttribute('href')`))
	tb.reads(to)
}

const legal = "/settings/account/profile/legal"
