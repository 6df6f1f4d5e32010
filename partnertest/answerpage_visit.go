package partnertest

import (
	"bytes"
	"crypto/tls"
	"fmt"
	"net/http"
	"net/url"
	"slices"
)

// visit is what a visitor of a page was shown.
type visit struct {
	status  int
	header  http.Header
	page    []byte
	cookies []*http.Cookie
}

// text returns all of it, as it is transmitted.
func (v visit) text() string {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%d\n", v.status)
	_ = v.header.Write(&b) // a Buffer never fails
	return b.String() + "\n" + string(v.page)
}

// open requests the page.
func (r *answerPageRun) open(method string) visit {
	request, err := http.NewRequestWithContext(r.ctx, method, r.URL, http.NoBody)
	if err != nil {
		panic("partnertest: AnswerPageHarness.URL is no URL")
	}
	return r.serve(request, nil)
}

// form returns the request of the form on the page that v was shown. It returns
// nil if there is none.
func (r *answerPageRun) form(v visit, code, answer string) *http.Request {
	request := r.Form(slices.Clone(v.page), code, answer)
	if request == nil {
		return nil
	}
	request = request.Clone(r.ctx)
	if base, err := url.Parse(r.URL); err == nil {
		request.URL = base.ResolveReference(request.URL)
	}
	if request.Header.Get("Sec-Fetch-Site") == "" {
		request.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	for _, c := range v.cookies {
		request.AddCookie(c)
	}
	return request
}

// send submits the form on the page that v was shown.
func (r *answerPageRun) send(v visit, code, answer string) visit {
	request := r.form(v, code, answer)
	if request == nil {
		return visit{}
	}
	return r.serve(request, v.cookies)
}

// sendAtOnce submits one form several times at once. A panic of the handler is
// an error.
func (r *answerPageRun) sendAtOnce(vs []visit, codes []string, answer string) error {
	requests := make([]*http.Request, len(vs))
	for i, v := range vs {
		if requests[i] = r.form(v, codes[i], answer); requests[i] == nil {
			return errNoForm
		}
	}
	var fs faults
	for _, err := range together(len(vs), func(i int) error { r.serve(requests[i], vs[i].cookies); return nil }) {
		if err != nil {
			fs.addf("%v", err)
		}
	}
	return fs.err()
}

// redirects is how many of them a browser is good for here.
const redirects = 5

// serve lets the handler answer, and follows its redirects as a browser does
// after a form.
func (r *answerPageRun) serve(request *http.Request, cookies []*http.Cookie) visit {
	for range redirects {
		var w responseWriter
		r.Handler.ServeHTTP(&w, serverSide(request))
		v := w.visit()
		v.cookies = append(slices.Clone(cookies), (&http.Response{Header: v.header}).Cookies()...)
		location, err := request.URL.Parse(v.header.Get("Location"))
		if !isSeeOther(v.status) || err != nil {
			return v
		}
		next, err := http.NewRequestWithContext(r.ctx, http.MethodGet, location.String(), http.NoBody)
		if err != nil {
			return v
		}
		for _, c := range v.cookies {
			next.AddCookie(c)
		}
		request, cookies = next, v.cookies
	}
	return visit{}
}

// isSeeOther reports whether a browser gets another page.
func isSeeOther(status int) bool {
	switch status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther:
		return true
	}
	return false
}

// serverSide returns a request as a server hands it to a handler.
func serverSide(request *http.Request) *http.Request {
	if request.Body == nil {
		request.Body = http.NoBody
	}
	if request.Host == "" {
		request.Host = request.URL.Host
	}
	request.RequestURI = request.URL.RequestURI()
	request.RemoteAddr = "192.0.2.1:1234" // of RFC 5737
	if request.URL.Scheme == "https" {
		request.TLS = &tls.ConnectionState{
			Version: tls.VersionTLS13, HandshakeComplete: true, ServerName: request.URL.Hostname(),
		}
	}
	return request
}

// responseWriter keeps an answer. The zero value is ready to use.
type responseWriter struct {
	status int
	header http.Header
	sent   http.Header
	body   bytes.Buffer
}

// Header returns the header that is sent with the status.
func (w *responseWriter) Header() http.Header {
	if w.header == nil {
		w.header = http.Header{}
	}
	return w.header
}

// WriteHeader sends the status, once.
func (w *responseWriter) WriteHeader(status int) {
	if w.status == 0 && status >= http.StatusOK {
		w.status, w.sent = status, w.Header().Clone()
	}
}

// Write sends a part of the page.
func (w *responseWriter) Write(p []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	return w.body.Write(p)
}

func (w *responseWriter) visit() visit {
	w.WriteHeader(http.StatusOK)
	return visit{status: w.status, header: w.sent, page: w.body.Bytes()}
}
