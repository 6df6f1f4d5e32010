package partnertest_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/cspkit/partner/challenge"
	"github.com/cspkit/partner/partnertest"
)

// answerPage is a page on which the reader of a mail answers it, as a host
// would write it. Its tables are maps here; a lock stands for a transaction.
type answerPage struct {
	issuer  *challenge.Issuer
	now     func() time.Time
	newCode func(challenge.Claim) // mails a new code to the same address

	mu      sync.Mutex
	wrong   map[challenge.Claim]int      // wrong codes, by question
	counted map[string]bool              // forms
	answers map[challenge.Claim][]string // what was answered, by question
}

const mostWrong = 5

var answersOffered = []string{"on it", "not me", "resolved"}

var answerTemplate = template.Must(template.New("").Parse(`<!DOCTYPE html>
<html lang="en"><title>Your answer</title>
<h1>Your answer</h1>
<p>{{.Says}}</p>
{{if .Form}}<form method="post">
<input type="hidden" name="form" value="{{.Form}}">
<label>Code in the mail <input name="code" autocomplete="off"></label>
{{range .Answers}}<button name="answer" value="{{.}}">{{.}}</button>
{{end}}</form>{{end}}
{{if .NewCode}}<form method="post" action="/answer/{{.NewCode}}/new">
<button>Send a new code to the same address</button></form>{{end}}
</html>`))

// shown is what the template shows.
type shown struct {
	Says    string
	Form    string // its random number; "" shows no form
	Answers []string
	NewCode string // the token in place of which a new code is offered; "" offers none
}

func (p *answerPage) show(w http.ResponseWriter, status int, s shown) {
	if s.Form != "" {
		s.Answers = answersOffered
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Referrer-Policy", "no-referrer") // the token stands in the address
	w.WriteHeader(status)
	_ = answerTemplate.Execute(w, s)
}

// ask shows the form. Nothing is stored: its number counts only if it comes
// back with the right code.
func (p *answerPage) ask(w http.ResponseWriter, status int, says string) {
	p.show(w, status, shown{Says: says, Form: rand.Text()})
}

// claim returns what the link asks, or shows why there is nothing to answer.
func (p *answerPage) claim(w http.ResponseWriter, r *http.Request) (claim challenge.Claim, token string, ok bool) {
	token = r.PathValue("token")
	claim, err := p.issuer.Verify("acknowledge", token, p.now())
	switch {
	case err == nil:
		return claim, token, true
	case errors.Is(err, challenge.ErrExpired):
		p.show(w, http.StatusGone, shown{Says: "This link has expired.", NewCode: token})
	default:
		p.show(w, http.StatusNotFound, shown{Says: "This link is not complete. Please copy it from the mail again."})
	}
	return claim, token, false
}

// get shows the page, and changes nothing.
func (p *answerPage) get(w http.ResponseWriter, r *http.Request) {
	if _, _, ok := p.claim(w, r); ok {
		p.ask(w, http.StatusOK, "Enter the code in the mail and choose an answer.")
	}
}

// post takes an answer.
func (p *answerPage) post(w http.ResponseWriter, r *http.Request) {
	claim, token, ok := p.claim(w, r)
	if !ok {
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, 16<<10)
	form, code, answer := r.PostFormValue("form"), r.PostFormValue("code"), r.PostFormValue("answer")

	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case p.wrong[claim] >= mostWrong:
		p.show(w, http.StatusForbidden, shown{Says: "The code was wrong too often. It is no longer good.", NewCode: token})
	case !challenge.IsCode(code): // a scanner, or a reader in a hurry: no wrong code
		p.ask(w, http.StatusOK, "Please enter the code in the mail. It has eight letters and digits.")
	case !p.issuer.VerifyCode(token, code):
		p.wrong[claim]++
		p.ask(w, http.StatusForbidden, "This is not the code in the mail. Please try again.")
	case form == "" || !slices.Contains(answersOffered, answer):
		p.ask(w, http.StatusBadRequest, "Please choose an answer.")
	case p.counted[form]:
		p.show(w, http.StatusConflict, shown{Says: "This form was sent before, and has been counted once."})
	default:
		p.counted[form] = true
		p.answers[claim] = append(p.answers[claim], answer)
		p.show(w, http.StatusOK, shown{Says: "Thank you. Your answer is: " + answer})
	}
}

// renew mails a new code, in place of one that is no longer good.
func (p *answerPage) renew(w http.ResponseWriter, r *http.Request) {
	claim, err := p.issuer.Verify("acknowledge", r.PathValue("token"), p.now())
	p.mu.Lock()
	defer p.mu.Unlock()
	if errors.Is(err, challenge.ErrExpired) || err == nil && p.wrong[claim] >= mostWrong {
		p.newCode(claim)
		p.show(w, http.StatusOK, shown{Says: "A new code is on its way to the same address."})
		return
	}
	p.show(w, http.StatusNotFound, shown{Says: "There is no need for a new code."})
}

// recorded returns the answers, in order.
func (p *answerPage) recorded() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return fmt.Sprint(p.answers)
}

func newAnswerPage() *answerPage {
	issuer, err := challenge.NewIssuer(bytes.Repeat([]byte{1}, 32))
	if err != nil {
		panic(err)
	}
	return &answerPage{
		issuer: issuer, now: time.Now, newCode: func(challenge.Claim) {},
		wrong: map[challenge.Claim]int{}, counted: map[string]bool{}, answers: map[challenge.Claim][]string{},
	}
}

func (p *answerPage) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /answer/{token}", p.get)
	mux.HandleFunc("POST /answer/{token}", p.post)
	mux.HandleFunc("POST /answer/{token}/new", p.renew)
	return mux
}

var formNumber = regexp.MustCompile(`name="form" value="([^"]+)"`)

// harness asks one fresh question.
func (p *answerPage) harness(handler http.Handler) partnertest.AnswerPageHarness {
	token, code, err := p.issuer.Issue(challenge.Claim{
		Purpose: "acknowledge", Subject: "5f0c1d2e3b4a59687786a5b4c3d2e1f00f1e2d3c", Expires: p.now().Add(48 * time.Hour),
	})
	if err != nil {
		panic(err)
	}
	link := "https://partner.contoso.com/answer/" + token
	return partnertest.AnswerPageHarness{
		Handler: handler,
		URL:     link,
		Code:    code,
		Form: func(page []byte, code, answer string) *http.Request {
			number := formNumber.FindSubmatch(page)
			if number == nil {
				return nil
			}
			fields := url.Values{"form": {string(number[1])}, "code": {code}, "answer": {answer}}
			r := httptest.NewRequest(http.MethodPost, link, strings.NewReader(fields.Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			return r
		},
		Answers: answersOffered,
		State:   p.recorded,
	}
}

// The kit opens the page and submits its form as a scanner does, and answers it
// as a person does. In a test of the host's, RunAnswerPage does so with a fresh
// question for each rule.
func ExampleTestAnswerPage() {
	page := newAnswerPage()
	fmt.Println(partnertest.TestAnswerPage(page.harness(page.handler())))

	// A page that counts a form without a code is answered by scanners.
	careless := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost && r.FormValue("code") == "" {
			page.mu.Lock()
			page.answers[challenge.Claim{}] = append(page.answers[challenge.Claim{}], "on it")
			page.mu.Unlock()
		}
		page.handler().ServeHTTP(w, r)
	})
	page = newAnswerPage()
	broken, _ := errors.AsType[partnertest.RuleErrors](partnertest.TestAnswerPage(page.harness(careless)))
	for _, e := range broken {
		fmt.Println(e.Rule.Name)
	}
	// Output:
	// <nil>
	// form-without-code-changes-nothing
}
