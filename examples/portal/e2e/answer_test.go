//go:build !race

package e2e_test

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The link and the code of a mail, as its text has them.
var (
	linkOfMail = regexp.MustCompile(`Page: http://[^/]+(/(?:answer|confirm)/[A-Za-z0-9_-]+)`)
	codeOfMail = regexp.MustCompile(`Code: ([0-9A-Z]{4}-[0-9A-Z]{4})`)
)

// readMail opens the newest mail whose subject holds a text, and returns its
// link and its code.
func (tb *tab) readMail(subject string) (link, code string) {
	tb.Helper()
	var at string
	tb.eventually("the mail comes", func() bool {
		tb.visit("/mailbox")
		at = get[string](tb, `[...document.querySelectorAll('main th a')].find((a) => a.innerText.includes(`+
			quote(subject)+`))?.getAttribute('href') ?? ''`)
		return at != ""
	})
	tb.visit(at)
	return tb.linkAndCode()
}

// linkAndCode are those of the mail at hand.
func (tb *tab) linkAndCode() (link, code string) {
	tb.Helper()
	text := get[string](tb, `document.querySelector('main pre').innerText`)
	l, c := linkOfMail.FindStringSubmatch(text), codeOfMail.FindStringSubmatch(text)
	require.NotNil(tb, l, text)
	require.NotNil(tb, c, text)
	return l[1], c[1]
}

// unfold opens the form of the answer page. It is folded once it is answered.
func (tb *tab) unfold() {
	tb.Helper()
	get[bool](tb, `document.querySelector('details.change')?.setAttribute('open', ''); true`)
}

// reply fills in the form of the answer page and sends it.
func (tb *tab) reply(code, says, name string) int {
	tb.Helper()
	tb.unfold()
	tb.fill("code", code, "name", name)
	tb.choose(says)
	return tb.press("Send the answer")
}

// scanner is what looks at each link before a person sees the mail.
type scanner struct {
	tb   *tab
	link string
}

func (s scanner) ask(method string, form url.Values) int {
	s.tb.Helper()
	r, err := http.NewRequestWithContext(s.tb.Context(), method, s.tb.portal.URL+s.link, strings.NewReader(form.Encode()))
	require.NoError(s.tb, err)
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	answer, err := http.DefaultClient.Do(r)
	require.NoError(s.tb, err)
	require.NoError(s.tb, answer.Body.Close())
	return answer.StatusCode
}

// scans does all that scanners do: it asks, runs the script of the page, and
// sends its form, without a code and with one that it made up.
func (s scanner) scans(wrongCode string) {
	s.tb.Helper()
	assert.Equal(s.tb, 200, s.ask(http.MethodGet, nil))
	assert.Equal(s.tb, 200, s.ask(http.MethodHead, nil))
	assert.Equal(s.tb, 422, s.ask(http.MethodPost, url.Values{"answer": {"resolved"}, "name": {"A scanner"}}))
	assert.Equal(s.tb, 422, s.ask(http.MethodPost, url.Values{"answer": {"resolved"}, "code": {wrongCode}}))
	s.tb.visit(s.link)
	s.tb.unfold()
	get[bool](s.tb, `document.querySelector('form.sheet').noValidate = true`)
	s.tb.arrived(s.tb.press("Send the answer"), 422, s.link)
}

// wrongCode is a code that is not the right one, by a number.
func wrongCode(code string, n int) string {
	digits := "0123456789"
	made := code[:len(code)-1] + digits[n:n+1]
	if made == code {
		return code[:len(code)-1] + "Z"
	}
	return made
}

// The contact is replaced in between: whoever is it now is told with a link of
// their own, and whoever was it can only give back what they took on.
func TestAnsweredByAReplacedContact(t *testing.T) {
	begin(t)
	p := startPortal(t, ":memory:")
	desk := p.open(t, withScript).signIn(olu)
	desk.raise(adventure, "A password was stolen")
	desk.press("Send to 2 recipients")
	old, oldCode := desk.readMail("for Contoso")
	tb := p.open(t, withScript)
	tb.visit(old)
	tb.arrived(tb.reply(oldCode, "I am on it", "Ada King"), 200, old)

	p.open(t, withScript).signIn(gita).appoint("cert@contoso.com")
	next, code := old, ""
	desk.eventually("the new contact is told too", func() bool {
		next, code = desk.readMail("for Contoso")
		return next != old
	})
	tb.arrived(tb.visit(old), 200, old)
	tb.reads("You are not the security contact of this company any more")
	assert.False(t, get[bool](tb, `!!document.querySelector('#answer-on-it, #answer-resolved')`))
	tb.look("answer of a replaced contact", portalPage)
	tb.arrived(tb.reply(oldCode, "Not me", "Ada King"), 200, old)
	tb.reads("Your answer is recorded: “Not me”", "Nobody is on it")

	tb.visit(next)
	tb.readsNot("not the security contact")
	tb.arrived(tb.reply(code, "I am on it", "Bo Sample"), 200, next)
	tb.reads("Bo Sample is on it")
}

// A click on the button of the mail in the mailbox leads to the page.
func TestTheButtonOfAMail(t *testing.T) {
	begin(t)
	p := startPortal(t, ":memory:")
	tb := p.open(t, withScript).signIn(olu)
	tb.raise(adventure, "A password was stolen")
	tb.press("Send to 2 recipients")
	link, _ := tb.readMail("for Contoso")
	at := tb.path()
	size := get[[]float64](tb, `(() => {
		const box = document.querySelector('main iframe');
		box.scrollIntoView({block: 'start'});
		const r = box.getBoundingClientRect();
		return [r.left + box.clientLeft, r.top + box.clientTop, box.clientWidth, box.clientHeight];
	})()`)

	// Where in the frame the button is, for the page cannot look into it.
	alone := tb.another()
	frame := at + "/html"
	alone.arrived(alone.visit(frame), 200, frame)
	alone.do(chromedp.EmulateViewport(int64(size[2]), int64(size[3])))
	button := get[[]float64](alone, `(() => {
		const r = document.querySelector('a').getBoundingClientRect();
		return [(r.left + r.right) / 2, (r.top + r.bottom) / 2];
	})()`)
	assert.Equal(t, p.URL+link, get[string](alone, `document.querySelector('a').href`))
	require.Less(t, button[1], size[3], "it can be seen without scrolling")

	tb.do(chromedp.MouseClickXY(size[0]+button[0], size[1]+button[1]))
	tb.eventually("the page of the link is opened in another tab", func() bool {
		all, err := chromedp.Targets(tb.ctx)
		require.NoError(t, err)
		return slices.ContainsFunc(all, func(i *target.Info) bool { return i.URL == p.URL+link })
	})
}
