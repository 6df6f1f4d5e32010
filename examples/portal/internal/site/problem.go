package site

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/words"
)

// Problem is an error of the API, as in RFC 9457. Its type is "about:blank", so
// the status says what it is. A program that needs more looks at the codes of
// Errors.
type Problem struct {
	Title     string         `json:"title"` // the words for the status; set by [WriteProblem]
	Status    int            `json:"status"`
	Detail    string         `json:"detail,omitempty"`    // what to do about this one
	RequestID string         `json:"requestId,omitempty"` // as in X-Request-Id; set by [WriteProblem]
	Errors    []ProblemError `json:"errors,omitempty"`    // what is wrong, in the order of the fields
}

// ProblemError is one thing that is wrong with the request's body.
type ProblemError struct {
	Pointer string `json:"pointer"`        // JSON Pointer (RFC 6901) into the body; "" is the whole of it
	Code    string `json:"code,omitempty"` // stable: "email.syntax", "channel"
	Detail  string `json:"detail"`         // one sentence
}

// WriteProblem answers with p. One that passes, with status 503, may be tried
// again after a minute.
func WriteProblem(w http.ResponseWriter, r *http.Request, p Problem) {
	p.Title, p.RequestID = http.StatusText(p.Status), RequestID(r.Context())
	body, err := json.Marshal(p)
	if err != nil { // cannot be: strings and numbers
		panic(fmt.Sprintf("site: problem: %T", err))
	}
	w.Header().Set("Content-Type", "application/problem+json")
	if p.Status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "60")
	}
	w.WriteHeader(p.Status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(append(body, '\n'))
	}
}

func isAPI(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, "/api/") }

// fail answers with an error, as a page or as a problem.
func (s *site) fail(w http.ResponseWriter, r *http.Request, api bool, status int, title, detail string) {
	if api {
		WriteProblem(w, r, Problem{Status: status, Detail: title + ": " + detail})
		return
	}
	// A page costs more than the request. Who has signed in gets one each time.
	if !isSafe(r.Method) && !s.knows(r) && !s.posts.allow(s.client(r), s.Now()) {
		w.Header().Set("Retry-After", "60")
		said := words.Wanted(r.Header.Get("Accept-Language")).Fault.TooMany
		plainError(w, r, http.StatusTooManyRequests, said.Title, said.Text+" "+said.Next)
		return
	}
	// The page's header shows who has signed in. That is not known yet where the
	// request ended before it was asked.
	if _, known := host.PersonFrom(r.Context()); !known && status != http.StatusServiceUnavailable {
		if p, err := s.SignIn.Session(r); err == nil {
			r = r.WithContext(host.WithPerson(r.Context(), p))
		}
	}
	s.ErrorPage(w, r, status, title, detail)
}

func isSafe(method string) bool {
	return method == http.MethodGet || method == http.MethodHead || method == http.MethodOptions
}

// knows reports whether somebody has signed in.
func (s *site) knows(r *http.Request) bool {
	if _, known := host.PersonFrom(r.Context()); known {
		return true
	}
	p, err := s.SignIn.Session(r)
	return err == nil && p.Actor.ID != ""
}

// notFound says the same of what is not there and of what somebody may not see.
// The words of the page are those of ErrorPage.
func (s *site) notFound(w http.ResponseWriter, r *http.Request, api bool) {
	if api {
		s.fail(w, r, true, http.StatusNotFound, "Not found",
			"The API has no such path. Its OpenAPI description lists them all.")
		return
	}
	s.fail(w, r, false, http.StatusNotFound, "", "")
}

func plainError(w http.ResponseWriter, r *http.Request, status int, title, detail string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	fmt.Fprintf(w, "%s\n\n%s\n\nRequest %s\n", cmp.Or(title, http.StatusText(status)), detail, RequestID(r.Context()))
}
