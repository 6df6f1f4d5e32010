package partnertest_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/cspkit/partner/challenge"
	"github.com/cspkit/partner/partnertest"
)

// form is what a form holds.
type form struct{ number, code, answer string }

// readForm reads a form and leaves the request as it is.
func readForm(r *http.Request) form {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(err)
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	again := r.Clone(r.Context())
	again.Body = io.NopCloser(bytes.NewReader(body))
	return form{again.PostFormValue("form"), again.PostFormValue("code"), again.PostFormValue("answer")}
}

// record records an answer, whatever the page says.
func (p *answerPage) record(answer string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.answers[challenge.Claim{}] = append(p.answers[challenge.Claim{}], answer)
}

// wrongCodes changes how many wrong codes were counted.
func (p *answerPage) wrongCodes(change func(n int) int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for claim, n := range p.wrong {
		p.wrong[claim] = change(n)
	}
}

// middleware is what stands before the good page, and spoils it.
type middleware func(p *answerPage, next http.Handler, w http.ResponseWriter, r *http.Request)

// onPost spoils what becomes of a form.
func onPost(spoil func(p *answerPage, f form)) middleware {
	return func(p *answerPage, next http.Handler, w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			spoil(p, readForm(r))
		}
		next.ServeHTTP(w, r)
	}
}

// onMethod records an answer when the page is opened.
func onMethod(method string) middleware {
	return func(p *answerPage, next http.Handler, w http.ResponseWriter, r *http.Request) {
		if r.Method == method && r.URL.RawQuery == "" {
			p.record("on it")
		}
		next.ServeHTTP(w, r)
	}
}

// appending shows more on the page that is opened.
func appending(method, what string, to func(http.ResponseWriter, string)) middleware {
	return func(p *answerPage, next http.Handler, w http.ResponseWriter, r *http.Request) {
		if r.Method == method && (method == http.MethodGet || readForm(r).code == "") {
			_, code, err := p.issuer.Issue(mustVerify(p, r))
			if err != nil {
				panic(err)
			}
			to(w, strings.ReplaceAll(what, "CODE", code))
		}
		next.ServeHTTP(w, r)
	}
}

func mustVerify(p *answerPage, r *http.Request) challenge.Claim {
	claim, err := p.issuer.Verify("acknowledge", strings.TrimPrefix(r.URL.Path, "/answer/"), p.now())
	if err != nil {
		panic(err)
	}
	return claim
}

func isRight(p *answerPage, r *http.Request) bool {
	return r.Method == http.MethodPost && p.issuer.VerifyCode(strings.TrimPrefix(r.URL.Path, "/answer/"), readForm(r).code)
}

func TestAnswerPageMutants(t *testing.T) {
	t.Parallel()
	spoiled := func(breaks, name string, spoil func() middleware) mutant {
		return mutant{breaks, name, func() map[string]error {
			return partnertest.AnswerPageVerdicts(func() partnertest.AnswerPageHarness {
				p, m := newAnswerPage(), spoil()
				next := p.handler()
				return p.harness(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { m(p, next, w, r) }))
			})
		}}
	}
	always := func(m middleware) func() middleware { return func() middleware { return m } }
	inHeader := func(w http.ResponseWriter, s string) { w.Header().Set("X-Hint", s) }
	inPage := func(w http.ResponseWriter, s string) { _, _ = io.WriteString(w, s) }

	testMutants(t, "AnswerPage", []mutant{
		spoiled("page-opens", "an error", always(func(_ *answerPage, next http.Handler, w http.ResponseWriter,
			r *http.Request) {
			if r.Method == http.MethodGet {
				w.WriteHeader(http.StatusInternalServerError)
			}
			next.ServeHTTP(w, r)
		})),
		spoiled("page-opens", "no form", always(func(_ *answerPage, next http.Handler, w http.ResponseWriter,
			r *http.Request) {
			if r.Method != http.MethodGet {
				next.ServeHTTP(w, r)
			}
		})),

		spoiled("opening-changes-nothing", "GET answers", always(onMethod(http.MethodGet))),
		spoiled("opening-changes-nothing", "HEAD answers", always(onMethod(http.MethodHead))),
		spoiled("opening-changes-nothing", "OPTIONS answers", always(onMethod(http.MethodOptions))),

		spoiled("page-holds-no-code", "in a hidden field", always(appending(http.MethodGet,
			`<input type="hidden" value="CODE">`, inPage))),
		spoiled("page-holds-no-code", "in a header", always(appending(http.MethodGet, "CODE", inHeader))),
		spoiled("page-holds-no-code", "in a hint after an empty form", always(appending(http.MethodPost,
			"did you mean CODE?", inPage))),

		spoiled("form-without-code-changes-nothing", "the button is enough", always(onPost(func(p *answerPage, f form) {
			if f.code == "" {
				p.record(f.answer)
			}
		}))),
		spoiled("form-without-code-changes-nothing", "a space is enough", always(onPost(func(p *answerPage, f form) {
			if f.code != "" && strings.TrimSpace(f.code) == "" {
				p.record(f.answer)
			}
		}))),
		spoiled("form-without-code-changes-nothing", "the second time", func() middleware {
			seen := map[string]bool{}
			return onPost(func(p *answerPage, f form) {
				p.mu.Lock()
				again := f.code == "soc@contoso.example" && seen[f.number]
				seen[f.number] = true
				p.mu.Unlock()
				if again {
					p.record(f.answer)
				}
			})
		}),
		spoiled("form-without-code-changes-nothing", "not me needs no code", always(onPost(func(p *answerPage, f form) {
			if f.code == "" && f.answer == "not me" {
				p.record(f.answer)
			}
		}))),
		spoiled("no-address-answers", "the fields may stand in the address", always(
			func(p *answerPage, next http.Handler, w http.ResponseWriter, r *http.Request) {
				if r.Method == http.MethodGet && r.URL.Query().Get("code") != "" {
					p.record(r.URL.Query().Get("answer"))
				}
				next.ServeHTTP(w, r)
			},
		)),

		spoiled("right-code-answers", "no code is right", always(
			func(p *answerPage, next http.Handler, w http.ResponseWriter, r *http.Request) {
				if isRight(p, r) {
					p.ask(w, http.StatusForbidden, "This is not the code in the mail.")
					return
				}
				next.ServeHTTP(w, r)
			},
		)),

		spoiled("same-form-counts-once", "every form counts", always(onPost(func(p *answerPage, f form) {
			p.mu.Lock()
			defer p.mu.Unlock()
			delete(p.counted, f.number)
		}))),
		spoiled("same-form-counts-once", "the page does not say so", func() middleware {
			said := map[string]*httptest.ResponseRecorder{}
			return func(p *answerPage, next http.Handler, w http.ResponseWriter, r *http.Request) {
				if !isRight(p, r) {
					next.ServeHTTP(w, r)
					return
				}
				number := readForm(r).number
				p.mu.Lock()
				before := said[number]
				p.mu.Unlock()
				if before == nil {
					before = httptest.NewRecorder()
					next.ServeHTTP(before, r)
					p.mu.Lock()
					said[number] = before
					p.mu.Unlock()
				}
				w.WriteHeader(before.Code)
				_, _ = w.Write(before.Body.Bytes())
			}
		}),

		spoiled("later-answer-counts", "the first answer is the last", always(
			func(p *answerPage, next http.Handler, w http.ResponseWriter, r *http.Request) {
				p.mu.Lock()
				answered := len(p.answers) > 0
				p.mu.Unlock()
				if answered && isRight(p, r) && !p.isCounted(readForm(r).number) {
					p.show(w, http.StatusOK, shown{Says: "You have answered already."})
					return
				}
				next.ServeHTTP(w, r)
			},
		)),
		spoiled("later-answer-counts", "no form after an answer", always(
			func(p *answerPage, next http.Handler, w http.ResponseWriter, r *http.Request) {
				p.mu.Lock()
				answered := len(p.answers) > 0
				p.mu.Unlock()
				if answered && r.Method == http.MethodGet {
					p.show(w, http.StatusOK, shown{Says: "You have answered already."})
					return
				}
				next.ServeHTTP(w, r)
			},
		)),

		spoiled("fifty-empty-forms-end-nothing", "an empty form is a wrong code", func() middleware {
			empty := 0
			return func(p *answerPage, next http.Handler, w http.ResponseWriter, r *http.Request) {
				if r.Method == http.MethodPost && readForm(r).code == "" {
					p.mu.Lock()
					if empty++; empty >= 10 {
						p.wrong[mustVerify(p, r)] = mostWrong
					}
					p.mu.Unlock()
				}
				next.ServeHTTP(w, r)
			}
		}),

		spoiled("wrong-code-answers-nothing", "any code of eight characters answers", always(
			func(p *answerPage, next http.Handler, w http.ResponseWriter, r *http.Request) {
				if r.Method == http.MethodPost && challenge.IsCode(readForm(r).code) && !isRight(p, r) {
					p.record(readForm(r).answer)
				}
				next.ServeHTTP(w, r)
			},
		)),

		spoiled("four-wrong-codes-end-nothing", "three are enough", always(onPost(func(p *answerPage, _ form) {
			p.wrongCodes(func(n int) int {
				if n >= 3 {
					return mostWrong
				}
				return n
			})
		}))),

		spoiled("five-wrong-codes-end-the-token", "only seven do", func() middleware {
			tried := 0
			return onPost(func(p *answerPage, f form) {
				p.mu.Lock()
				if challenge.IsCode(f.code) {
					tried++
				}
				few := tried < 8 // the eighth is not wrong, or the last one at once
				p.mu.Unlock()
				if few {
					p.wrongCodes(func(n int) int { return min(n, mostWrong-1) })
				}
			})
		}),

		spoiled("wrong-codes-at-once-end-the-token", "two forms read one count", always(
			func(p *answerPage, next http.Handler, w http.ResponseWriter, r *http.Request) {
				if r.Method != http.MethodPost || isRight(p, r) || !challenge.IsCode(readForm(r).code) {
					next.ServeHTTP(w, r)
					return
				}
				claim := mustVerify(p, r)
				p.mu.Lock()
				before := p.wrong[claim]
				p.mu.Unlock()
				time.Sleep(time.Millisecond) // of the bubble: all others have read it, too
				next.ServeHTTP(w, r)
				p.mu.Lock()
				p.wrong[claim] = before + 1
				p.mu.Unlock()
			},
		)),
	})
}

// isCounted reports whether a form was counted.
func (p *answerPage) isCounted(number string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.counted[number]
}
