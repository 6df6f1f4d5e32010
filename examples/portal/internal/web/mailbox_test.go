package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/web"
)

func TestWhoSeesWhichMail(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.raised(incident("INC-20261123-ABCDEFGHIJ"))
	require.Len(t, *p.mails, 2, "one to Contoso, one to Fabrikam")
	*p.mails = append(*p.mails,
		host.Mail{ID: "stray", To: "stray@contoso.com", Subject: "Of no delivery", ReceivedAt: noon})
	to := map[string]string{}
	for _, m := range *p.mails {
		to[m.To] = m.ID
	}
	contoso, fabrikams := to["soc@contoso.com"], to["fabrikam_security@gmail.com"]
	for _, tc := range []struct {
		as, why string
		status  int
		sees    []string
		not     []string
	}{
		{operator, "sees all", http.StatusOK, []string{contoso, fabrikams, "stray"}, nil},
		{globalAdmin, "his own company's", http.StatusOK, []string{contoso}, []string{fabrikams, "stray"}},
		{billing, "his own company's", http.StatusOK, []string{contoso}, []string{fabrikams, "stray"}},
		{fabrikam, "her own company's", http.StatusOK, []string{fabrikams}, []string{contoso, "stray"}},
		{tailspin, "none was sent", http.StatusOK, nil, []string{contoso, fabrikams, "stray"}},
		{user, "may not see the legal profile", http.StatusForbidden, nil, []string{contoso, fabrikams, "stray"}},
	} {
		t.Run(tc.as, func(t *testing.T) {
			t.Parallel()
			list := p.get(tc.as, "/mailbox")
			assert.Equal(t, tc.status, list.StatusCode)
			for _, id := range tc.sees {
				assert.Contains(t, list.Body, "/mailbox/"+id, tc.why)
				assert.Equal(t, http.StatusOK, p.get(tc.as, "/mailbox/"+id).StatusCode)
				assert.Equal(t, http.StatusOK, p.get(tc.as, "/mailbox/"+id+"/html").StatusCode)
			}
			for _, id := range tc.not {
				assert.NotContains(t, list.Body, "/mailbox/"+id, tc.why)
				assert.Equal(t, http.StatusNotFound, p.get(tc.as, "/mailbox/"+id).StatusCode)
				assert.Equal(t, http.StatusNotFound, p.get(tc.as, "/mailbox/"+id+"/html").StatusCode)
			}
		})
	}
}

func TestEmptyMailboxSaysWhereMailMayHaveGone(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	for _, as := range []string{operator, globalAdmin} {
		assert.Contains(t, p.get(as, "/mailbox").words(), "mail from before the portal's last start is gone", as)
	}
}

func TestPagesOfMail(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	for range 60 {
		*p.mails = append(*p.mails, host.Mail{ID: "stray", Subject: "Of no delivery", ReceivedAt: noon})
	}
	for _, tc := range []struct {
		page string
		rows int
	}{
		{"1", 50}, {"2", 10}, {"3", 10}, {"-1", 50}, {"zzz", 50}, {"9223372036854775807", 10}, {"99999999999999999999", 10},
	} {
		a := p.get(operator, "/mailbox?page="+tc.page)
		require.Equal(t, http.StatusOK, a.StatusCode, tc.page)
		row := func(n *html.Node) bool { return n.Data == "th" && attr(n, "scope") == "row" }
		assert.Len(t, a.nodes(row), tc.rows, tc.page)
	}
}

func TestMailIsShownInAFrameThatCanDoNothing(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.raised(incident("INC-20261123-ABCDEFGHIJ"))
	mail := (*p.mails)[0]
	page := p.get(operator, "/mailbox/"+mail.ID)
	frames := page.nodes(func(n *html.Node) bool { return n.Data == "iframe" })
	require.Len(t, frames, 1)
	const links = "allow-popups allow-popups-to-escape-sandbox"
	assert.Equal(t, links, attr(frames[0], "sandbox"), "its links can be followed, in a tab of their own")
	assert.Contains(t, page.words(), "1. Block the account.")
	frame := p.get(operator, attr(frames[0], "src"))
	assert.Equal(t, mail.HTML,
		strings.ReplaceAll(frame.Body, `<a target="_blank" rel="noopener noreferrer" href`, `<a href`))
	policy := frame.Header.Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "sandbox", "frame-ancestors 'self'", "form-action 'none'"} {
		assert.Contains(t, policy, want)
	}
	assert.NotContains(t, policy, "script-src")
	assert.True(t, strings.HasSuffix(policy, "; sandbox "+links), policy)
}

func TestWithoutMailboxThereIsNoSuchPage(t *testing.T) {
	t.Parallel()
	p := newPortal(t, func(o *web.Options) { o.Mailbox = nil })
	assert.Equal(t, http.StatusNotFound, p.get(operator, "/mailbox").StatusCode)
	start := p.get(operator, "/")
	assert.NotContains(t, start.Body, "/mailbox")
	assert.Contains(t, start.Body, "is made up.")
	assert.NotContains(t, start.Body, "no mail leaves", "it does")
}
