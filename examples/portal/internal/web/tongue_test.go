package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/web"
	"github.com/cspkit/partner/examples/portal/internal/words"
)

// in opens the page as a browser whose reader wants a language.
func (q question) in(accept, query string) answer {
	q.p.t.Helper()
	r := httptest.NewRequestWithContext(q.p.t.Context(), http.MethodGet, q.path+query, nil)
	r.Header.Set("Accept-Language", accept)
	return q.p.do(r, nobody)
}

func (a answer) lang() string {
	for _, n := range a.nodes(func(n *html.Node) bool { return n.Data == "html" }) {
		return attr(n, "lang") + " " + attr(n, "dir")
	}
	return ""
}

func TestTheLanguageOfAPage(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, why, partner, accept, query, want string }{
		{"nobody has said", "", "", "", "", "en"},
		{"the browser", "nobody has said anything", "", "ja, en;q=0.5", "", "ja"},
		{"one that it likes less", "the first is not spoken", "", "fi, pl;q=0.8, en;q=0.5", "", "pl"},
		{"a dialect", "", "", "de-CH", "", "de"},
		{"nothing that is spoken", "", "", "fi", "", "en"},
		{"what is no list", "", "", "de;q=\"><script>", "", "en"},
		{"the partner", "that is the language of the mail", "fr", "ja", "", "fr"},
		{"one that is not spoken", "the mail is in English", "fi", "ja", "", "en"},
		{"the address", "somebody has chosen it here", "fr", "ja", "?language=nl", "nl"},
		{"an address that says nothing", "", "fr", "", "?language=%22%3E%3Cscript%3E", "fr"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := newPortal(t)
			require.NoError(t, p.db.SetLanguage(t.Context(), host.ContosoTenantID, tt.partner))
			q := p.asks()
			for _, q := range []question{q, p.asksContact()} {
				page := q.in(tt.accept, tt.query)
				assert.Equal(t, tt.want+" ltr", page.lang(), tt.why)
				wellFormed(t, tt.name, page)
				say := words.For(tt.want)
				assert.Contains(t, page.words(), say.Form.Recorded)
				assert.Contains(t, text(page.doc), say.Name())
			}
			broken := q.path + "x"
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, broken+tt.query, nil)
			r.Header.Set("Accept-Language", tt.accept)
			assert.Contains(t, p.do(r, nobody).lang(), " ltr", "nobody knows whose mail it was")
		})
	}
}

// Every sentence of both pages is in the language, and all that was typed is
// what was typed.
func TestBothPagesInEveryLanguage(t *testing.T) {
	t.Parallel()
	for _, say := range words.Languages() {
		t.Run(say.Tag(), func(t *testing.T) {
			t.Parallel()
			p := newPortal(t)
			require.NoError(t, p.db.SetLanguage(t.Context(), host.ContosoTenantID, say.Tag()))
			q := p.asks()
			page := q.open()
			for _, want := range []string{
				say.Library.Letter.Title + " · Contoso", say.Answer.Question, say.Answer.StateNobody, say.Answer.WaitingText,
				say.Form.CodeHint, say.Answer.OnIt, words.Fill(say.Answer.OnItFor, "time", say.Lasting(4*time.Hour)),
				say.Answer.Nobody, say.When(incident(asksOf).RespondBy),
			} {
				assert.Contains(t, page.words(), want)
			}
			assert.Contains(t, q.send(page).words(), say.Form.NoCode)
			assert.Contains(t, q.send(page, "code", q.code).words(), say.Form.Choose)
			done := q.answers("on-it", "Ada King")
			assert.Contains(t, done.words(), words.Fill(say.Form.Thanks, "answer", say.Answer.OnIt))
			assert.Contains(t, done.words(), words.Fill(say.Answer.StateBy, "name", "Ada King"))
			assert.Equal(t, "I am on it", q.found().Events[0].Said, "it is stored as the desk reads it")

			c := p.asksContact()
			assert.Contains(t, c.open().words(), words.Fill(say.Confirm.Lead, "company", "Contoso"))
			assert.Contains(t, c.answers("wrong", "").words(), words.Fill(say.Form.Thanks, "answer", say.Confirm.Wrong))
			assert.Contains(t, c.open().words(), words.Fill(say.Confirm.Correct, "company", "Contoso"))
		})
	}
}

// Whoever has the link and the code changes in which language mails to their
// address are written, and nothing else.
func TestAReaderChoosesALanguage(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"answer", "confirm"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			p := newPortal(t)
			q := p.asks()
			if kind == "confirm" {
				q = p.asksContact()
			}
			chosen := func() string {
				d, err := p.db.Delivery(t.Context(), q.id)
				require.NoError(t, err)
				tongue, err := p.db.Tongue(t.Context(), d)
				require.NoError(t, err)
				return tongue.Chosen
			}
			assert.NotContains(t, q.open().Body, "/language", "it is the language of the mail")
			page := q.in("", "?language=pl")
			polish := words.For("pl")
			assert.Contains(t, page.words(), polish.Page.WriteSo)
			assert.Contains(t, page.words(), "English")
			at := q.path + "/language?language=pl"
			form := page.form(q.path + "?language=pl")
			p.audited = nil
			for _, tt := range []struct {
				name, path, code, says string
				status                 int
			}{
				{"no code", at, "", polish.Form.NoCode, 422},
				{"a wrong code", at, wrong(q.code), polish.Form.WrongCode, 422},
				{"no language", q.path + "/language", q.code, "", 303},
				{"one that is not spoken", q.path + "/language?language=fi", q.code, "", 303},
			} {
				a := p.send(nobody, tt.path, with(form, "code", tt.code, "name", "Ada"))
				assert.Equal(t, tt.status, a.StatusCode, tt.name)
				assert.Contains(t, a.words(), tt.says, tt.name)
				assert.NotContains(t, a.Body, q.code, tt.name)
			}
			assert.Empty(t, chosen())
			assert.Empty(t, p.audited)

			p.refuses = host.ErrUnavailable
			assert.Equal(t, 503, p.send(nobody, at, with(form, "code", q.code)).StatusCode)
			assert.Empty(t, chosen(), "what the log does not take is not done")
			p.refuses, p.audited = nil, nil
			sent := p.send(nobody, at, with(form, "code", q.code, "name", "Ada"))
			require.Equal(t, 303, sent.StatusCode)
			thanks := p.get(nobody, sent.Header.Get("Location"))
			assert.Contains(t, thanks.words(), polish.Page.WrittenSo)
			assert.Equal(t, "pl ltr", thanks.lang())
			assert.Equal(t, "pl", chosen())
			assert.Equal(t, web.VisitLanguage, p.visits[len(p.visits)-2])
			require.Len(t, p.audited, 2)
			assert.Equal(t, []string{"POST /" + kind + "/{token}/language", q.id, "Ada", "192.0.2.1"},
				[]string{p.audited[1].Action, p.audited[1].Subject, p.audited[1].Name, p.audited[1].Address})
			tag, err := p.db.Language(t.Context(), host.ContosoTenantID)
			require.NoError(t, err)
			assert.Empty(t, tag, "the partner's language is its Global admins'")
			assert.NotContains(t, q.in("", "?language=de&written=yes").words(), words.For("de").Page.WrittenSo,
				"an address says nothing that is not so")
			back := p.get(nobody, q.path+"/language")
			assert.Equal(t, []any{303, q.path}, []any{back.StatusCode, back.Header.Get("Location")})
		})
	}
}

// Five wrong codes end the link here too.
func TestWrongCodesForALanguage(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	q := p.asks()
	at := q.path + "/language?language=ja"
	form := q.in("", "?language=ja").form(q.path + "?language=ja")
	for range 4 {
		assert.Equal(t, 422, p.send(nobody, at, with(form, "code", wrong(q.code))).StatusCode)
	}
	last := p.send(nobody, at, with(form, "code", wrong(q.code)))
	assert.Equal(t, 403, last.StatusCode)
	assert.Contains(t, last.words(), words.For("ja").Link.Ended)
	assert.Equal(t, 403, p.send(nobody, at, with(form, "code", q.code)).StatusCode)
}

// A language that is read from right to left needs a file, and no change of
// code. The pretended one says everything backwards.
func TestALanguageFromRightToLeft(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.pages.Pretend(func(l words.Language) words.Language {
		library := *l.Library
		library.Tag, library.Name, library.RightToLeft = "he", "עברית", true
		l.Library = &library
		l.Form.Heading = "התשובה שלך"
		return l
	})
	for _, q := range []question{p.asks(), p.asksContact()} {
		page := q.open()
		assert.Equal(t, "he rtl", page.lang())
		assert.Contains(t, page.words(), "התשובה שלך")
		wellFormed(t, "from right to left", page)
		assert.Equal(t, "ltr", attr(page.byID("code"), "dir"), "a code is typed as the mail shows it")
	}
}

// A translation of the host's is shown where there is one.
func TestWhatTheHostSaysInTheLanguage(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	i := incident(asksOf)
	i.Translations = map[string]partner.IncidentText{
		"de": {Title: "Ein Kennwort wurde gestohlen", Actions: make([]string, len(i.Actions))},
	}
	for n := range i.Actions {
		i.Translations["de"].Actions[n] = "Schritt " + strings.Repeat("I", n+1)
	}
	var q question
	for _, d := range p.raisedAsCases(i) {
		if d.PartnerTenantID == host.ContosoTenantID {
			q = p.question(d.ID, p.db.Now())
		}
	}
	german := q.in("", "?language=de")
	assert.Contains(t, german.words(), "Ein Kennwort wurde gestohlen")
	assert.Contains(t, german.words(), "Schritt II")
	assert.Contains(t, q.in("", "?language=fr").words(), i.Title)
	assert.Contains(t, p.send(nobody, q.path+"?language=de", url.Values{}).words(), "Ein Kennwort wurde gestohlen",
		"a form keeps the language of its page")
}

// Whoever may change the security contact chooses the company's language.
func TestTheLanguageOfACompany(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	at := legal + "/language"
	stored := func() string {
		tag, err := p.db.Language(t.Context(), host.ContosoTenantID)
		require.NoError(t, err)
		return tag
	}
	assert.Contains(t, p.get(billing, legal).words(), "Nobody has chosen one: mails are in English.")
	assert.NotContains(t, p.get(billing, legal).Body, `action="`+at+`"`)
	form := p.get(globalAdmin, legal).form(at)
	for _, tt := range []struct {
		name, why, as, tag string
		status             int
		want               string
	}{
		{"a language", "", globalAdmin, "pl", 303, "pl"},
		{"somebody who may only look", "it is the Global admins'", billing, "ja", 403, "pl"},
		{"another company's Global admin", "the form is of Contoso", fabrikam, "ja", 409, "pl"},
		{"a word", "it is a finding", globalAdmin, "Polish", 422, "pl"},
		{"markup", "", globalAdmin, hostile, 422, "pl"},
		{"none", "back to English", globalAdmin, "", 303, ""},
		{"one that is not spoken", "it may be one day", globalAdmin, "fi", 303, "fi"},
	} {
		a := p.send(tt.as, at, with(form, "language", tt.tag))
		assert.Equal(t, tt.status, a.StatusCode, tt.name)
		assert.Equal(t, tt.want, stored(), "%s: %s", tt.name, tt.why)
		wellFormed(t, tt.name, p.get(globalAdmin, legal))
	}
	page := p.get(globalAdmin, legal)
	assert.Contains(t, page.words(), "fi , is not one of these")
	assert.Equal(t, "fi", page.form(at).Get("language"), "to save it again changes nothing")
	require.NoError(t, p.db.SetLanguage(t.Context(), host.ContosoTenantID, "pt"))
	assert.Equal(t, "pt-BR", p.get(globalAdmin, legal).form(at).Get("language"))
	assert.Contains(t, p.get(billing, legal).words(), "Português (Brasil)")
	saved := p.get(globalAdmin, legal+"?done=saved-language")
	assert.Contains(t, saved.words(), "The language is saved.")
}

// The language can be chosen on a page that says what is wrong. To have mails
// written in it takes the code, and the form says so where it is typed.
func TestTheLanguageAfterAnError(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	german := words.For("de")
	for _, q := range []question{p.asks(), p.asksContact()} {
		for name, a := range map[string]answer{
			"empty": q.send(q.open()), "wrong": q.send(q.open(), "code", wrong(q.code)),
			"not good": p.get(nobody, q.path+"x"),
		} {
			menu := a.nodes(func(n *html.Node) bool { return n.Data == "form" && attr(n, "class") == "tongue" })
			require.Len(t, menu, 1, name)
			assert.Contains(t, attr(menu[0], "action"), q.path, name)
		}
		page := q.in("", "?language=de")
		assert.Contains(t, text(page.byID("language-code-hint")), german.Form.CodeHint)
		failed := p.send(nobody, q.path+"/language?language=de", page.form(q.path+"/language?language=de"))
		assert.Equal(t, 422, failed.StatusCode)
		assert.Contains(t, failed.Body, `href="#language-code"`)
		assert.Contains(t, failed.Body, `<details class="card other" open>`)
		assert.Equal(t, q.path+"/language?language=de", attr(page.nodes(func(n *html.Node) bool {
			return n.Data == "form" && strings.Contains(attr(n, "action"), "/language")
		})[0], "action"))
	}
}

// Pages about errors are in their reader's language, and say what to do next.
func TestErrorsInEveryLanguage(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	in := func(as, method, path, accept string) answer {
		r := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader("x=1"))
		r.Header.Set("Accept-Language", accept)
		return p.do(r, as)
	}
	says := func(name string, a answer, status int, said words.FaultWords) {
		t.Helper()
		assert.Equal(t, status, a.StatusCode, name)
		for _, want := range []string{said.Title, said.Text, said.Next} {
			assert.Contains(t, a.words(), want, name)
		}
		wellFormed(t, name, a)
	}
	for _, say := range words.Languages() {
		tag, fault := say.Tag(), say.Fault
		says(tag+": nobody", in(nobody, http.MethodGet, "/nothing", tag), 404, fault.NotFound)
		says(tag+": a partner", in(globalAdmin, http.MethodGet, "/nothing", tag), 404, fault.NotFound)
		denied := fault.Denied
		if denied.Text = fault.OnlyStaff; tag == "en" {
			denied.Next = ""
		}
		says(tag+": no role", in(user, http.MethodGet, legal, tag), 403, denied)
		long := p.do(requestWithBody(t, strings.Repeat("a", 3<<20), tag), globalAdmin)
		says(tag+": too much", long, 413, words.FaultWords{Next: fault.TooLarge.Next})
		desk := in(operator, http.MethodGet, "/nothing", tag)
		says(tag+": the desk", desk, 404, words.English().Fault.NotFound)
	}
	require.NoError(t, p.db.SetLanguage(t.Context(), host.ContosoTenantID, "pl"))
	says("the partner's language", in(globalAdmin, http.MethodGet, "/nothing", "ja"), 404, words.For("pl").Fault.NotFound)

	q, german := p.asks(), words.For("de").Fault
	require.NoError(t, p.db.Close())
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		a := in(nobody, method, q.path, "de")
		assert.Equal(t, "de ltr", a.lang(), method)
		wellFormed(t, method, a)
	}
	broken := in(nobody, http.MethodGet, q.path, "de")
	says("the database is away", broken, broken.StatusCode, german.Failed)
	assert.Contains(t, broken.Body, `href="`+q.path+`">`+german.Retry, "what to do is one click away")
	assert.NotContains(t, broken.words(), german.SignIn)
}

func requestWithBody(t *testing.T, body, accept string) *http.Request {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, legal+"/security-contact/review",
		strings.NewReader(body))
	r.Header.Set("Accept-Language", accept)
	return r
}
