package partnertest_test

import (
	"errors"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/challenge"
	"github.com/cspkit/partner/partnertest"
)

// The page of the example keeps every rule, on a fresh question and on one.
func TestRunAnswerPage(t *testing.T) {
	t.Parallel()
	partnertest.RunAnswerPage(t, func(*testing.T) partnertest.AnswerPageHarness {
		p := newAnswerPage()
		return p.harness(p.handler())
	})
}

func TestTestAnswerPage(t *testing.T) {
	t.Parallel()
	p := newAnswerPage()
	require.NoError(t, partnertest.TestAnswerPage(p.harness(p.handler())))
	assert.NotEmpty(t, p.answers)
}

// Pages that a host may write otherwise, and that keep every rule as well.
func TestOtherGoodPages(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, why string
		harness   func() partnertest.AnswerPageHarness
	}{
		{"the result is a page of its own", "many hosts redirect after a form", func() partnertest.AnswerPageHarness {
			p := newAnswerPage()
			return p.harness(redirecting(p.handler()))
		}},
		{"the wrong codes are shown", "a State may count them, in digits", func() partnertest.AnswerPageHarness {
			p := newAnswerPage()
			h := p.harness(p.handler())
			h.State = func() string {
				wrong := 0
				p.wrongCodes(func(n int) int { wrong = n; return n })
				return p.recorded() + " wrong: " + string(rune('0'+wrong))
			}
			return h
		}},
		{"a cookie goes with the form", "many hosts guard forms so", func() partnertest.AnswerPageHarness {
			p := newAnswerPage()
			return p.harness(guarded(p.handler()))
		}},
		{"a relative address", "forms have one", func() partnertest.AnswerPageHarness {
			p := newAnswerPage()
			h := p.harness(p.handler())
			absolute := h.Form
			h.Form = func(page []byte, code, answer string) *http.Request {
				r := absolute(page, code, answer)
				if r != nil {
					r.URL, r.Host, r.RequestURI = &url.URL{Path: r.URL.Path}, "", ""
				}
				return r
			}
			return h
		}},
		{"another origin is refused", "the standard library can", func() partnertest.AnswerPageHarness {
			p := newAnswerPage()
			return p.harness(http.NewCrossOriginProtection().Handler(p.handler()))
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			partnertest.RunAnswerPage(t, func(*testing.T) partnertest.AnswerPageHarness { return c.harness() })
			require.NoError(t, partnertest.TestAnswerPage(c.harness()), c.why)
		})
	}
}

// redirecting shows the result of each form at an address of its own.
func redirecting(next http.Handler) http.Handler {
	results := make(chan map[string][]byte, 1)
	results <- map[string][]byte{}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		all := <-results
		defer func() { results <- all }()
		if page, ok := all[r.URL.Path]; ok {
			_, _ = w.Write(page)
			return
		}
		if r.Method != http.MethodPost {
			next.ServeHTTP(w, r)
			return
		}
		var page keeper
		next.ServeHTTP(&page, r)
		path := "/result/" + string(rune('a'+len(all)%26)) + strings.Repeat("x", len(all))
		all[path] = page.body
		http.Redirect(w, r, path, http.StatusSeeOther)
	})
}

type keeper struct{ body []byte }

func (*keeper) Header() http.Header           { return http.Header{} }
func (*keeper) WriteHeader(int)               {}
func (k *keeper) Write(p []byte) (int, error) { k.body = append(k.body, p...); return len(p), nil }

// guarded takes a form only with the cookie that its page set, over TLS.
func guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		cookie, err := r.Cookie("guard")
		switch {
		case r.TLS == nil || r.Host != "partner.contoso.com" || r.RemoteAddr == "":
			w.WriteHeader(http.StatusForbidden)
		case r.Method == http.MethodPost && (err != nil || cookie.Value != "1"):
			w.WriteHeader(http.StatusForbidden)
		default:
			http.SetCookie(w, &http.Cookie{Name: "guard", Value: "1"})
			next.ServeHTTP(w, r)
		}
	})
}

// Whoever counts no wrong codes at all breaks both rules on them.
func TestNobodyCounts(t *testing.T) {
	t.Parallel()
	p := newAnswerPage()
	err := partnertest.TestAnswerPage(p.harness(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.wrongCodes(func(int) int { return 0 })
		p.handler().ServeHTTP(w, r)
	})))
	all, ok := errors.AsType[partnertest.RuleErrors](err)
	require.True(t, ok)
	require.Len(t, all, 1, "the other one needs a fresh question")
	assert.Equal(t, "five-wrong-codes-end-the-token", all[0].Rule.Name)
}

// A State that a wrong code changes is told as it was compared: whoever counts
// in words finds out why that is an answer.
func TestWrongCodesAreCountedInDigits(t *testing.T) {
	t.Parallel()
	p := newAnswerPage()
	h := p.harness(p.handler())
	h.State = func() string {
		wrong := 0
		p.wrongCodes(func(n int) int { wrong = n; return n })
		return "7 " + p.recorded() + strings.Repeat("!", wrong)
	}
	all, ok := errors.AsType[partnertest.RuleErrors](partnertest.TestAnswerPage(h))
	require.True(t, ok)
	require.NotEmpty(t, all)
	assert.Equal(t, "wrong-code-answers-nothing", all[0].Rule.Name)
	require.ErrorContains(t, all[0], "without its digits, State was \" ")
	require.ErrorContains(t, all[0], "!\"")
}

// A page that panics is told of with the place, by every rule that comes there.
func TestPagesThatPanic(t *testing.T) {
	t.Parallel()
	p := newAnswerPage()
	err := partnertest.TestAnswerPage(p.harness(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			panic("out of order")
		}
		p.handler().ServeHTTP(w, r)
	})))
	all, ok := errors.AsType[partnertest.RuleErrors](err)
	require.True(t, ok)
	assert.Len(t, all, 9)
	for _, e := range all {
		require.ErrorContains(t, e, "out of order", e.Rule.Name)
		require.ErrorContains(t, e, "answerpage_test.go:", e.Rule.Name)
	}
}

// A redirect that leads in a circle ends.
func TestPagesThatLeadInACircle(t *testing.T) {
	t.Parallel()
	p := newAnswerPage()
	err := partnertest.TestAnswerPage(p.harness(http.RedirectHandler("/answer/x", http.StatusFound)))
	all, ok := errors.AsType[partnertest.RuleErrors](err)
	require.True(t, ok)
	require.Len(t, all, 1)
	assert.Equal(t, "page-opens", all[0].Rule.Name)
}

func TestAnswerPageHarnessesAreWhole(t *testing.T) {
	t.Parallel()
	p := newAnswerPage()
	for name, spoil := range map[string]func(*partnertest.AnswerPageHarness){
		"Handler": func(h *partnertest.AnswerPageHarness) { h.Handler = nil },
		"URL":     func(h *partnertest.AnswerPageHarness) { h.URL = "" },
		"bad URL": func(h *partnertest.AnswerPageHarness) { h.URL = "https://contoso.example/%zz" },
		"Code":    func(h *partnertest.AnswerPageHarness) { h.Code = "" },
		"Form":    func(h *partnertest.AnswerPageHarness) { h.Form = nil },
		"Answers": func(h *partnertest.AnswerPageHarness) { h.Answers = h.Answers[:1] },
		"State":   func(h *partnertest.AnswerPageHarness) { h.State = nil },
	} {
		h := p.harness(p.handler())
		spoil(&h)
		if name == "bad URL" {
			require.ErrorContains(t, partnertest.TestAnswerPage(h), "is no URL")
			continue
		}
		assert.Panics(t, func() { _ = partnertest.TestAnswerPage(h) }, name)
	}
}

const answerDoor = "PARTNERTEST_ANSWER_DOOR"

// A rule that is broken fails the subtest of its name, and the others pass.
func TestAnswerPageSubtestsFail(t *testing.T) {
	if os.Getenv(answerDoor) != "" {
		partnertest.RunAnswerPage(t, func(*testing.T) partnertest.AnswerPageHarness {
			p := newAnswerPage()
			return p.harness(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Method == http.MethodHead {
					p.record("on it")
				}
				p.handler().ServeHTTP(w, r)
			}))
		})
		return
	}
	t.Parallel()
	program, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.CommandContext(t.Context(), program, "-test.v", "-test.run=^TestAnswerPageSubtestsFail$")
	cmd.Env = append(os.Environ(), answerDoor+"=1")
	output, err := cmd.CombinedOutput()
	require.Error(t, err, "the process fails with its test")
	for _, rule := range partnertest.Rules() {
		if rule.Interface != "AnswerPage" {
			continue
		}
		verdict := "PASS"
		if slices.Contains([]string{"opening-changes-nothing", "no-address-answers"}, rule.Name) {
			verdict = "FAIL"
		}
		assert.Contains(t, string(output), "--- "+verdict+": TestAnswerPageSubtestsFail/"+rule.Name)
	}
	assert.Contains(t, string(output), "AnswerPage breaks opening-changes-nothing: HEAD changed what is recorded [why: ")
}

// The code in the mail may have been made by something else than package
// challenge, such as six digits.
func TestOtherCodes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newAnswerPage()
		h := p.harness(p.handler())
		real, form := h.Code, h.Form
		h.Code = "123456"
		h.Form = func(page []byte, code, answer string) *http.Request {
			switch {
			case code == h.Code:
				code = real
			case len(code) == len(h.Code):
				code = "00000000"
			}
			return form(page, code, answer)
		}
		require.NoError(t, partnertest.TestAnswerPage(h))
		assert.True(t, challenge.IsCode(real))
	})
}
