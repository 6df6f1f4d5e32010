package partnertest

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"testing"
)

// AnswerPageHarness is the page on which the reader of a mail answers it, with
// one fresh question: nobody has seen or answered it yet. Every field must be
// set. Package challenge says what such a page keeps, and why.
//
// The question must not expire during the test. The kit calls Handler from
// several goroutines at once. It calls Form and State from one at a time.
type AnswerPageHarness struct {
	// Handler serves the page.
	Handler http.Handler

	// URL is the link to the page as it stands in the mail.
	URL string

	// Code is the right answer code, as it stands in the mail.
	Code string

	// Form fills in the form of the page as a person would, and returns the
	// request that a browser makes of it. Whatever the page put into the form, such
	// as a number of its own, belongs into the request. Answer is one of Answers.
	// A code of "" leaves the field empty. The URL of the request may be relative.
	//
	// It is called with pages that Handler has shown to a GET of URL. Two calls
	// with one page are one form that is sent twice. It may return nil for a page
	// without a form.
	Form func(page []byte, code, answer string) *http.Request

	// Answers are what the page offers, at least two. The first acknowledges.
	Answers []string

	// State returns what the host has recorded of the question, in any form. The
	// same text means that nothing changed. It may count wrong codes, in digits:
	// before and after a wrong code, the kit compares the texts without their
	// digits. So write answers in words.
	State func() string
}

// TestAnswerPage checks every rule on one harness. It returns nil if all hold.
// Otherwise it returns [RuleErrors]: the rules that are broken. The rule
// wrong-codes-at-once needs a fresh question, which only [RunAnswerPage] has.
// It panics if a field of h is not set.
func TestAnswerPage(h AnswerPageHarness) error {
	return testAll(answerPageInterface, answerPageRules, newAnswerPageRun(context.Background(), h))
}

// RunAnswerPage checks each rule in a subtest, on a harness that newHarness
// makes for it. It panics if a field of the harness is not set.
func RunAnswerPage(t *testing.T, newHarness func(t *testing.T) AnswerPageHarness) {
	t.Helper()
	runAll(t, answerPageInterface, answerPageRules, func(t *testing.T) *answerPageRun {
		return newAnswerPageRun(t.Context(), newHarness(t))
	})
}

const answerPageInterface = "AnswerPage"

// answerPageRun is a harness in use.
type answerPageRun struct {
	AnswerPageHarness
	ctx   context.Context
	wrong int // codes that were sent
	last  int // the index of the answer that was sent last with the right code
}

func newAnswerPageRun(ctx context.Context, h AnswerPageHarness) *answerPageRun {
	if h.Handler == nil || h.URL == "" || h.Code == "" || h.Form == nil || h.State == nil || len(h.Answers) < 2 {
		panic("partnertest: AnswerPageHarness needs all of its fields, and two Answers")
	}
	h.Answers = slices.Clone(h.Answers)
	return &answerPageRun{AnswerPageHarness: h, ctx: ctx, last: -1}
}

func (r *answerPageRun) has(string) bool { return true } // no part is optional

// next returns an answer that is not the one that was given last.
func (r *answerPageRun) next() string {
	r.last = (r.last + 1) % len(r.Answers)
	return r.Answers[r.last]
}

var errNoForm = errors.New("AnswerPageHarness.Form makes no request of the page that a GET of the URL shows")

// pages opens the page n times, as n visitors.
func (r *answerPageRun) pages(n int) ([]visit, error) {
	list := make([]visit, n)
	for i := range list {
		list[i] = r.open(http.MethodGet)
		if r.Form(slices.Clone(list[i].page), "", r.Answers[0]) == nil {
			return nil, errNoForm
		}
	}
	return list, nil
}

// changed reports what f changes.
func (r *answerPageRun) changed(f func()) bool {
	before := r.State()
	f()
	return r.State() != before
}

// takes reports whether the page takes the right code in a form of its page p.
func (r *answerPageRun) takes(p visit) bool {
	answer := r.next()
	return r.changed(func() { r.send(p, r.Code, answer) })
}

// wrongCodes returns n codes that are not the right one. They differ from each
// other and from those before: each is the right one with two other digits at
// its end.
func (r *answerPageRun) wrongCodes(n int) []string {
	var list []string
	for digits := 0; len(list) < n; digits++ {
		if code := withDigits(r.Code, r.wrong+digits); code != r.Code {
			list = append(list, code)
		}
	}
	r.wrong += n
	return list
}

// withDigits returns code with n in place of the last two of its letters and
// digits.
func withDigits(code string, n int) string {
	b := []byte(code)
	digits := 2
	for i := len(b) - 1; i >= 0 && digits > 0; i-- {
		if b[i] == '-' || b[i] == ' ' {
			continue
		}
		b[i] = byte('0' + n%10)
		n /= 10
		digits--
	}
	return string(b)
}
