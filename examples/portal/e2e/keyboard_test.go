//go:build !race

package e2e_test

import (
	"context"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// focused tells what has the focus, and what is wrong with how it is shown.
const focused = `(() => {
	const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect(), faults = [];
	const label = e.labels && e.labels.length ? e.labels[0].innerText : e.innerText || e.getAttribute('aria-label') || '';
	if (e === document.body) return ['', ''];
	if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) faults.push('no outline');
	if (box.width === 0 || box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth) {
		faults.push('out of sight');
	}
	const x = (Math.max(0, box.left) + Math.min(innerWidth, box.right)) / 2;
	const y = (Math.max(0, box.top) + Math.min(innerHeight, box.bottom)) / 2;
	const at = document.elementFromPoint(x, y);
	if (at && !e.contains(at) && !at.contains(e)) faults.push('covered by ' + at.outerHTML.slice(0, 60));
	return [label.replace(/\s+/g, ' ').trim(), faults.join(', ')];
})()`

// tabTo presses the tab key until something with the text has the focus. Every
// stop on the way can be seen.
func (tb *tab) tabTo(text string) {
	tb.Helper()
	for range 120 {
		tb.do(chromedp.KeyEvent(kb.Tab))
		at := get[[]string](tb, focused)
		assert.Empty(tb, at[1], "%s: the focus on %q", tb.path(), at[0])
		if len(at[0]) >= len(text) && at[0][:len(text)] == text {
			return
		}
	}
	require.Failf(tb, "the tab key does not come to it", "%q on %s", text, tb.path())
}

// pressEnter is the key as a keyboard sends it. chromedp's own is a keyDown,
// after which Chromium does not leave out the character where the key has done
// something already: it would go to whatever has the focus by then.
var pressEnter = chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
	for _, event := range []input.DispatchKeyEventParams{
		{Type: input.DispatchKeyEventTypeRawKeyDown},
		{Type: input.DispatchKeyEventTypeChar, Text: "\r"},
		{Type: input.DispatchKeyEventTypeKeyUp},
	} {
		event.Key, event.Code, event.WindowsVirtualKeyCode, event.NativeVirtualKeyCode = "Enter", "Enter", 13, 13
		if _, err := cdp.Call(ctx, t, input.DispatchKeyEvent, event); err != nil {
			return err
		}
	}
	return nil
})

// enter goes where the focused link or button leads.
func (tb *tab) enter() int {
	tb.Helper()
	return tb.arrive(pressEnter)
}

// write replaces what is in the focused input.
func (tb *tab) write(text string) {
	tb.Helper()
	tb.do(chromedp.KeyEvent("a", chromedp.KeyModifiers(kb.ModifierCtrl)), chromedp.KeyEvent(text))
}

// The whole journey of the security contact, without a mouse.
func TestKeyboard(t *testing.T) {
	begin(t)
	p := startPortal(t, ":memory:")
	tb := p.open(t, withScript)
	tb.visit("/sign-in")
	tb.tabTo("Skip to the content")
	tb.tabTo("Gita Global")
	tb.who = gita
	tb.arrived(tb.enter(), 200, "/")

	tb.do(chromedp.KeyEvent(kb.Tab))
	assert.Equal(t, "Skip to the content", get[[]string](tb, focused)[0], "it is the first stop of a page")
	tb.do(pressEnter)
	assert.Equal(t, "main", get[string](tb, `document.activeElement.id`), "and leads to the main part")

	for _, link := range []string{
		"Settings", "Account settings", "My profile", "Legal info", "Update the Security contact",
	} {
		tb.tabTo(link)
		require.Equal(t, 200, tb.enter(), link)
	}
	tb.tabTo("A group")
	tb.do(chromedp.KeyEvent(kb.ArrowDown))
	assert.Equal(t, "One person", get[[]string](tb, focused)[0], "the arrows go through the choices")
	tb.tabTo("First name")
	tb.write("Ada")
	tb.tabTo("Last name")
	tb.write("Sample")
	tb.tabTo("E-mail")
	tb.write("ada.sample")
	tb.tabTo("Review the change")
	require.Equal(t, 422, tb.enter())
	tb.waitFor("the summary of the errors has the focus", `document.activeElement.matches('.summary')`)
	tb.tabTo("E-mail:")
	tb.do(pressEnter)
	tb.waitFor("it leads to the input", `document.activeElement.id === 'securityContact-email'`)
	tb.write("ada.sample@contoso.com")
	require.Equal(t, 200, tb.enter(), "Enter sends a form")
	tb.tabTo("Save the change")
	tb.arrived(tb.enter(), 200, legal)
	tb.reads("The security contact is saved", "ada.sample@contoso.com")
	tb.waitFor("what has happened is read out first", `document.activeElement.matches('.notice')`)
	tb.tabTo("Sign out")
	tb.arrived(tb.enter(), 200, "/sign-in")
}
