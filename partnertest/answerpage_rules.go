package partnertest

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode"
)

// answerPageRules are in the order in which they are checked: the last ones end
// the question.
var answerPageRules = []rule[*answerPageRun]{
	{
		name:  "page-opens",
		why:   "a reader who finds no form at the link in the mail cannot answer",
		check: pageOpens,
	},
	{
		name:  "opening-changes-nothing",
		why:   "mail scanners open every link before a person sees the mail",
		check: openingChangesNothing,
	},
	{
		name:  "page-holds-no-code",
		why:   "a scanner that finds the code on the page, or in the link, can answer as the reader",
		check: pageHoldsNoCode,
	},
	{
		name:  "form-without-code-changes-nothing",
		why:   "some mail scanners submit the form of the page, and nobody has read the mail then",
		check: formWithoutCodeChangesNothing,
	},
	{
		name:  "no-address-answers",
		why:   "an address that answers stands in histories and logs, and whoever opens it again answers again",
		check: noAddressAnswers,
	},
	{
		name:  "right-code-answers",
		why:   "an answer that is lost wakes up the next ones for nothing",
		check: rightCodeAnswers,
	},
	{
		name:  "same-form-counts-once",
		why:   "a double click or a reload is one answer, and its sender must know that it counted once",
		check: sameFormCountsOnce,
	},
	{
		name:  "later-answer-counts",
		why:   "who said \"I am on it\" may say \"not me\" or \"resolved\" later, with the code that they have",
		check: laterAnswerCounts,
	},
	{
		name:  "fifty-empty-forms-end-nothing",
		why:   "scanners open and submit a page again and again, and must not take the answer from the reader",
		check: fiftyEmptyFormsEndNothing,
	},
	{
		name:  "wrong-code-answers-nothing",
		why:   "only the code shows that a person has read the mail",
		check: wrongCodeAnswersNothing,
	},
	{
		name:  "four-wrong-codes-end-nothing",
		why:   "people mistype, above all at night",
		check: fourWrongCodesEndNothing,
	},
	{
		name:  "five-wrong-codes-end-the-token",
		why:   "a code of eight characters can be guessed by whoever may try for ever",
		check: fiveWrongCodesEndTheToken,
	},
	{
		name:  "wrong-codes-at-once-end-the-token",
		why:   "whoever guesses sends many forms at the same time, and each must count",
		check: wrongCodesAtOnceEndTheToken,
	},
}

func pageOpens(r *answerPageRun) error {
	v := r.open(http.MethodGet)
	if v.status != http.StatusOK {
		return fmt.Errorf("a GET of the URL is answered with status %d, want 200", v.status)
	}
	_, err := r.pages(1)
	return err
}

func openingChangesNothing(r *answerPageRun) error {
	var fs faults
	for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodOptions} {
		if r.changed(func() { r.open(method); r.open(method) }) {
			fs.addf("%s changed what is recorded", method)
		}
	}
	if r.changed(func() { together(atOnce, func(int) error { r.open(http.MethodGet); return nil }) }) {
		fs.addf("%d GETs at once changed what is recorded", atOnce)
	}
	return fs.err()
}

func pageHoldsNoCode(r *answerPageRun) error {
	var fs faults
	look := func(where, text string) {
		if strings.Contains(bare(text), bare(r.Code)) {
			fs.addf("%s holds the code", where)
		}
	}
	look("the URL", r.URL)
	pages, err := r.pages(1)
	if err != nil {
		return nil // another rule tells of that
	}
	look("the page", pages[0].text())
	look("the page after a form without a code", r.send(pages[0], "", r.Answers[0]).text())
	return fs.err()
}

// bare returns text as a code is compared: without hyphens, in lower case.
func bare(text string) string { return strings.ToLower(strings.ReplaceAll(text, "-", "")) }

// noCodes are what a scanner may put into the field of the code.
var noCodes = []struct{ name, code string }{
	{"no code", ""},
	{"a space for a code", " "},
	{"a hyphen for a code", "-"},
	{"half a code", "7KQ4"},
	{"an e-mail address for a code", "soc@contoso.example"},
}

func formWithoutCodeChangesNothing(r *answerPageRun) error {
	var fs faults
	before := "" // what was sent so far
	for _, c := range noCodes {
		for _, answer := range r.Answers {
			pages, err := r.pages(1 + atOnce)
			switch {
			case err != nil && before == "":
				return nil // another rule tells of that
			case err != nil:
				fs.addf("after forms with %s the page has no form any more", before)
				return fs.err()
			}
			before = c.name
			if r.changed(func() { r.send(pages[0], c.code, answer) }) {
				fs.addf("a form with %s changed what is recorded", c.name)
			}
			if r.changed(func() { r.send(pages[0], c.code, answer) }) {
				fs.addf("the same form with %s, sent again, changed what is recorded", c.name)
			}
			if r.changed(func() { err = r.sendAtOnce(pages[1:], slices.Repeat([]string{c.code}, atOnce), answer) }) {
				fs.addf("%d forms with %s at once changed what is recorded", atOnce, c.name)
			}
			if err != nil {
				fs.addf("%v", err)
			}
		}
	}
	return fs.err()
}

func noAddressAnswers(r *answerPageRun) error {
	pages, err := r.pages(1)
	if err != nil {
		return nil // another rule tells of that
	}
	form := r.form(pages[0], r.Code, r.next())
	fields, ok := formFields(form)
	if !ok {
		return nil // its fields cannot stand in an address
	}
	address := *form.URL
	address.RawQuery = fields.Encode()
	var fs faults
	for _, method := range []string{http.MethodGet, http.MethodHead} {
		request, err := http.NewRequestWithContext(r.ctx, method, address.String(), http.NoBody)
		if err != nil {
			return err
		}
		if r.changed(func() { r.serve(request, pages[0].cookies) }) {
			fs.addf("the fields of the form in the address of a %s changed what is recorded", method)
		}
	}
	return fs.err()
}

// formFields returns the fields of a form, if it has the type of an HTML form.
func formFields(form *http.Request) (url.Values, bool) {
	if form == nil || form.Method != http.MethodPost || form.Body == nil {
		return nil, false
	}
	if t := form.Header.Get("Content-Type"); !strings.HasPrefix(t, "application/x-www-form-urlencoded") {
		return nil, false
	}
	body, err := io.ReadAll(form.Body)
	if err != nil {
		return nil, false
	}
	fields, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, false
	}
	for name, values := range form.URL.Query() {
		fields[name] = append(fields[name], values...)
	}
	return fields, true
}

func rightCodeAnswers(r *answerPageRun) error {
	pages, err := r.pages(1)
	if err != nil {
		return nil // another rule tells of that
	}
	if !r.takes(pages[0]) {
		return errors.New("the right code changed nothing that is recorded")
	}
	return nil
}

func sameFormCountsOnce(r *answerPageRun) error {
	pages, err := r.pages(2)
	if err != nil {
		return nil // another rule tells of that
	}
	answer := r.next()
	var first, second visit
	if !r.changed(func() { first = r.send(pages[0], r.Code, answer) }) {
		return nil // another rule tells of that
	}
	var fs faults
	if r.changed(func() { second = r.send(pages[0], r.Code, answer) }) {
		fs.addf("the same form, sent again, changed what is recorded")
	} else if first.status == second.status && string(first.page) == string(second.page) {
		fs.addf("the page says of a form that is sent again what it said at first")
	}
	answer = r.next()
	err = r.sendAtOnce(slices.Repeat(pages[1:], atOnce), slices.Repeat([]string{r.Code}, atOnce), answer)
	if err != nil {
		fs.addf("%v", err)
	}
	if r.changed(func() { r.send(pages[1], r.Code, answer) }) {
		fs.addf("a form that was sent %d times at once changed what is recorded when it came again", atOnce)
	}
	return fs.err()
}

func laterAnswerCounts(r *answerPageRun) error {
	if pages, err := r.pages(1); err != nil || !r.takes(pages[0]) {
		return nil // another rule tells of that
	}
	pages, err := r.pages(1)
	if err != nil {
		return errors.New("after an answer, the page has no form any more")
	}
	if !r.takes(pages[0]) {
		return errors.New("another answer with the right code changed nothing that is recorded")
	}
	return nil
}

// alive reports whether the page takes the right code, also after an answer.
// Where it does not, other rules tell of it.
func (r *answerPageRun) alive() bool {
	for range 2 {
		if pages, err := r.pages(1); err != nil || !r.takes(pages[0]) {
			return false
		}
	}
	return true
}

func fiftyEmptyFormsEndNothing(r *answerPageRun) error {
	if !r.alive() {
		return nil
	}
	for range 50 {
		pages, err := r.pages(1)
		if err != nil {
			return errors.New("after empty forms, the page has no form any more")
		}
		r.send(pages[0], "", r.Answers[0])
	}
	pages, err := r.pages(1)
	if err != nil || !r.takes(pages[0]) {
		return errors.New("after 50 empty forms, the right code changed nothing that is recorded")
	}
	return nil
}

// withoutDigits returns a State without its counters.
func withoutDigits(state string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsDigit(c) {
			return -1
		}
		return c
	}, state)
}

func wrongCodeAnswersNothing(r *answerPageRun) error {
	pages, err := r.pages(1)
	if err != nil {
		return nil // another rule tells of that
	}
	before := withoutDigits(r.State())
	r.send(pages[0], r.wrongCodes(1)[0], r.next())
	if after := withoutDigits(r.State()); after != before {
		return fmt.Errorf("a wrong code changed what is recorded: without its digits, State was %q and is %q", before, after)
	}
	return nil
}

// guess sends forms with n wrong codes one after the other.
func (r *answerPageRun) guess(pages []visit, n int) {
	for i, code := range r.wrongCodes(n) {
		r.send(pages[i], code, r.next())
	}
}

// The wrong codes that a question endures, and that end it.
const (
	endured = 4
	ending  = endured + 1
)

func fourWrongCodesEndNothing(r *answerPageRun) error {
	if !r.alive() {
		return nil
	}
	pages, err := r.pages(ending)
	if err != nil {
		return nil // another rule tells of that
	}
	r.guess(pages, max(endured-r.wrong, 0))
	if !r.takes(pages[endured]) {
		return fmt.Errorf("after %d wrong codes, the right one changed nothing that is recorded", endured)
	}
	return nil
}

func fiveWrongCodesEndTheToken(r *answerPageRun) error {
	pages, err := r.pages(ending + 1)
	if err != nil {
		return nil // another rule tells of that
	}
	r.guess(pages, ending)
	if r.takes(pages[ending]) {
		return fmt.Errorf("after %d wrong codes, the right one still changed what is recorded", ending)
	}
	return nil
}

func wrongCodesAtOnceEndTheToken(r *answerPageRun) error {
	if r.wrong > 0 {
		return &skipError{reason: "it needs a fresh question, which RunAnswerPage has", moot: true}
	}
	pages, err := r.pages(atOnce + 1)
	if err != nil {
		return nil // another rule tells of that
	}
	if err := r.sendAtOnce(pages[:atOnce], r.wrongCodes(atOnce), r.next()); err != nil {
		return err
	}
	if r.takes(pages[atOnce]) {
		return fmt.Errorf("after %d wrong codes at once, the right one still changed what is recorded", atOnce)
	}
	return nil
}
