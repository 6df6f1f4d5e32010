//go:build !race

package e2e_test

import (
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/mail"
	"github.com/cspkit/partner/examples/portal/internal/words"
	"github.com/cspkit/partner/partnertest"
)

// cut names what is wider than its place, or is not all to be seen.
const cut = `(() => {
	const out = [];
	for (const e of document.querySelectorAll('body, body *')) {
		if (e.matches('.hidden, .skip, wbr, option, br')) continue;
		const box = e.getBoundingClientRect();
		const wide = e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0 && getComputedStyle(e).display !== 'inline';
		if (wide || box.right > innerWidth + 0.5 || box.left < -0.5) {
			out.push((wide ? e.scrollWidth + ' in ' + e.clientWidth : box.left + ' to ' + box.right) + ': ' +
				e.outerHTML.slice(0, 120));
		}
	}
	return out.slice(0, 3);
})()`

// fits looks at the page at hand as a phone and a tablet show it.
func (tb *tab) fits(name string, lang string) {
	tb.Helper()
	for _, width := range []int64{360, 800} {
		v := view{width: width, scheme: "light"}
		tb.do(chromedp.EmulateViewport(width, 800))
		assert.Empty(tb, get[[]string](tb, cut), "%s in %s at %d", name, lang, width)
		tb.picture(name+" "+lang, v)
	}
	assert.Equal(tb, lang, get[string](tb, `document.documentElement.lang`), name)
}

// set shows the HTML of a mail as a mail program does.
func (tb *tab) set(html string) {
	tb.Helper()
	tree, err := chromedp.Call(tb.ctx, page.GetFrameTree, cdp.Empty{})
	require.NoError(tb, err)
	_, err = chromedp.Call(tb.ctx, page.SetDocumentContent, page.SetDocumentContentParams{
		FrameID: tree.FrameTree.Frame.ID, HTML: html,
	})
	require.NoError(tb, err)
}

// In every language nothing is cut and nothing is wider than the screen, on the
// pages behind the links of mails and in the mails.
func TestEveryLanguage(t *testing.T) {
	begin(t)
	p := startPortal(t, ":memory:", "--provider-name=Contoso Distribution", "--provider-phone=+1 425 555 0100",
		"--provider-reply-to=Contoso Desk <desk@contoso-distribution.example>")
	admin := p.open(t, withScript).signIn(gita)
	admin.appoint("watch@contoso.com")
	confirm, _ := admin.readMail("confirm the security contact")
	desk := p.open(t, withScript).signIn(olu)
	desk.raise(adventure, "A password was stolen", "summary", "Sign-ins from two continents were seen at 10:02.",
		"reference", "https://status.example/1")
	desk.press("Send to 2 recipients")
	answer, code := desk.readMail("for Contoso")

	inbox, err := mail.ListenInbox(nil)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, inbox.Close()) })
	sender, err := mail.NewSender(mail.SenderOptions{
		Server: inbox.Addr(), From: "alerts@contoso-distribution.example",
		Provider: host.Provider{Name: "Contoso Distribution", ReplyTo: "desk@contoso-distribution.example",
			Phone: "+1 425 555 0100"},
	})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, sender.Close()) })
	tb := p.open(t, withScript)
	tb.visit(answer)
	for _, say := range words.Languages() {
		tag := say.Tag()
		if tag != words.English().Tag() { // as its reader does
			get[bool](tb, `document.querySelector('#language').value = `+quote(tag)+`; true`)
			tb.arrived(tb.press(get[string](tb, `document.querySelector('.tongue button').innerText`)), 200, answer)
		}
		tb.reads(say.Form.Recorded)
		tb.fits("answer", tag)
		get[bool](tb, `document.querySelector('form.sheet').noValidate = true`)
		tb.arrived(tb.press(say.Form.Send), 422, answer)
		tb.reads(say.Form.NoCode)
		tb.fits("answer without a code", tag)
		tb.visit(confirm + "?language=" + tag)
		tb.reads(say.Confirm.Question)
		tb.fits("confirm", tag)
		tb.visit(answer + "x?language=" + tag)
		tb.reads(say.Link.InvalidTitle)
		tb.fits("no link", tag)

		for _, topic := range []partner.Topic{ // the longest of each kind
			partner.TopicDrill, partner.TopicContactConfirm, partner.TopicContactLapsed, host.TopicWebhookGone,
		} {
			n := partnertest.Notification(partner.TopicIncident)
			if topic != host.TopicWebhookGone {
				n = partnertest.Notification(topic)
			}
			n.ID, n.Topic, n.Recipient.Language = string(topic)+"-"+tag, topic, tag
			n.Answer = partner.Answer{URL: "https://portal.contoso-distribution.example/answer/" + code, Code: code}
			require.NoError(t, sender.Notify(t.Context(), n))
		}
		tb.visit(answer)
	}
	_, err = chromedp.Call(tb.ctx, emulation.SetTimezoneOverride,
		emulation.SetTimezoneOverrideParams{TimezoneID: "Asia/Tokyo"})
	require.NoError(t, err)
	tb.visit(answer + "?language=ja")
	tb.reads("2036年11月24日 03:00", "2036年11月23日 18:00 UTC")
	tb.visit(answer + "?language=pl")
	tb.reads("24 listopada 2036, 03:00", "23 listopada 2036, 18:00 UTC")
	tb.do(chromedp.Navigate("about:blank"))
	for _, m := range inbox.Mails() {
		tb.set(m.HTML)
		tb.fits("mail "+m.ID, get[string](tb, `document.documentElement.lang`))
	}
}
