package web_test

import (
	"context"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/web"
)

// demonstration is a portal whose demonstration can be controlled.
func demonstration(t *testing.T) (p *portal, passed *time.Duration, fails *bool) {
	t.Helper()
	passed, fails = new(time.Duration), new(bool)
	p = newPortal(t, func(o *web.Options) {
		o.Controls = &web.Demo{
			LetPass: func(_ context.Context, d time.Duration) error { *passed += d; return nil },
			Ahead:   func() time.Duration { return *passed },
			Fail:    func(is bool) { *fails = is },
			Fails:   func() bool { return *fails },
			Site:    func() http.Handler { return p.handler },
		}
	})
	return p, passed, fails
}

func TestDemoStrip(t *testing.T) {
	t.Parallel()
	p, passed, fails := demonstration(t)
	at := "/incidents?show=all"
	page := p.get(operator, at)
	form := page.form("/demo/hour")
	assert.Equal(t, at, form.Get("back"))
	sent := p.send(operator, "/demo/hour", form)
	assert.Equal(t, "/incidents?done=demo-hour&show=all", sent.Header.Get("Location"))
	assert.Equal(t, time.Hour, *passed)
	page = p.get(operator, sent.Header.Get("Location"))
	assert.Contains(t, page.words(), "An hour has passed")
	assert.Contains(t, page.Body, "1 hour ahead")
	p.send(operator, "/demo/mail", url.Values{"back": {"/"}, "fails": {"yes"}})
	assert.True(t, *fails)
	assert.Contains(t, p.get(operator, "/").Body, "Make mail work again")
	for _, back := range []string{"https://evil.example/", "//evil.example", `/\evil.example`, "", "javascript:1"} {
		sent = p.send(globalAdmin, "/demo/hour", url.Values{"back": {back}})
		assert.Equal(t, "/?done=demo-hour", sent.Header.Get("Location"), back)
	}
	assert.Equal(t, http.StatusUnauthorized, p.send(nobody, "/demo/hour", url.Values{}).StatusCode)
	assert.NotContains(t, p.get(nobody, "/sign-in").Body, "/demo/hour")
}

// Without its controls, and for real, there is nothing to press.
func TestNoDemoStrip(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*web.Options){
		"no controls": func(o *web.Options) { o.Controls = nil },
		"for real":    func(o *web.Options) { o.Demo, o.Controls = false, &web.Demo{} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPortal(t, change)
			assert.NotContains(t, p.get(operator, "/").Body, "/demo/")
			for _, path := range []string{"/demo/hour", "/demo/mail", "/demo/scanner"} {
				assert.Equal(t, http.StatusNotFound, p.send(operator, path, url.Values{}).StatusCode, path)
			}
		})
	}
}

// A scanner opens every link of a mail and sends its form. Nothing is answered
// by that.
func TestScanner(t *testing.T) {
	t.Parallel()
	p, _, _ := demonstration(t)
	assert.Contains(t, p.send(operator, "/demo/scanner", url.Values{}).words(), "There is no mail with a link yet")
	i := incident("INC-20261123-SCANNER")
	p.raisedAsCases(i)
	for n, mail := range *p.mails {
		d, err := p.db.Notifications(t.Context(), nil, []string{mail.ID})
		require.NoError(t, err)
		d[0].Answer, err = p.links.For(d[0], p.db.Now())
		require.NoError(t, err)
		(*p.mails)[n].Text, (*p.mails)[n].HTML = d[0].Message().Text, d[0].Message().HTML
	}
	page := p.send(globalAdmin, "/demo/scanner", url.Values{})
	require.Equal(t, http.StatusOK, page.StatusCode)
	for _, says := range []string{"Opened the link", "Sent the form", "Nothing was answered", "Nobody has answered."} {
		assert.Contains(t, page.words(), says)
	}
	cases, err := p.db.OpenCases(t.Context())
	require.NoError(t, err)
	assert.Zero(t, cases["acknowledged"])
	assert.Contains(t, p.visits, web.VisitNoCode)
	assert.NotContains(t, p.send(fabrikam, "/demo/scanner", url.Values{"mail": {(*p.mails)[0].ID}}).words(),
		"soc@contoso.com")
}
