package web_test

import (
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/web"
	"github.com/cspkit/partner/examples/portal/internal/words"
)

// The preview shows what the reader gets: the button, the code, the language,
// and what stays as it was written.
func TestThePreviewIsWhatTheReaderGets(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	form := filled(p.get(operator, "/incidents/new").form("/incidents/preview"))
	at := p.send(operator, "/incidents/preview", form).Header.Get("Location")
	page := p.get(operator, at)
	wellFormed(t, "preview", page)
	assert.Contains(t, page.words(), "English, 2 mails")
	assert.NotContains(t, page.words(), "Partly as you wrote it")
	assert.Contains(t, page.words(), "Code: 7KQ4-M2XD")
	frame := p.send(operator, "/incidents/preview/message", page.form("/incidents/preview/message"))
	assert.Contains(t, frame.Body, "/answer/example")
	assert.Contains(t, frame.Body, "7KQ4-M2XD")

	german := p.get(operator, at+"&language=de")
	assert.Contains(t, german.words(), "Whoever reads German gets the mail in that language")
	assert.Contains(t, german.words(), words.For("de").Library.Letter.Actions)
	frame = p.send(operator, "/incidents/preview/message", german.form("/incidents/preview/message"))
	assert.Contains(t, frame.Body, `lang="de"`)

	require.NoError(t, p.db.SetLanguage(t.Context(), host.ContosoTenantID, "ja"))
	mixed := p.get(operator, at+"&language=en")
	assert.Contains(t, mixed.words(), "Japanese, 1 mail")
	assert.Contains(t, mixed.words(), "Whoever reads Japanese gets")
}

// A portal without TLS mails links with http, and its preview shows them so.
func TestThePreviewHasTheLinksThatAreSent(t *testing.T) {
	t.Parallel()
	for _, scheme := range []string{"http", "https"} {
		p := newPortal(t, func(o *web.Options) { o.PublicURL = &url.URL{Scheme: scheme, Host: "portal.example"} })
		form := filled(p.get(operator, "/incidents/new").form("/incidents/preview"))
		page := p.get(operator, p.send(operator, "/incidents/preview", form).Header.Get("Location"))
		assert.Contains(t, page.words(), "Page: "+scheme+"://portal.example/answer/example")
		frame := p.send(operator, "/incidents/preview/message", page.form("/incidents/preview/message"))
		assert.Contains(t, frame.Body, `href="`+scheme+`://portal.example/answer/example"`)
	}
}
