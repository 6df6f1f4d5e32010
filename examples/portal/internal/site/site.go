package site

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/time/rate"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// The limits of every request.
const (
	maxBody      = 256 << 10        // of a request's body, in bytes
	maxUpload    = 64 << 20         // of a file's
	answerTime   = 30 * time.Second // for a handler that is no stream, and for each write of a stream
	streamTime   = 10 * time.Minute // for a stream; a browser's EventSource comes again by itself
	signInBurst  = 120              // requests to sign in at once, by client address: sixty people of one office
	signInEvery  = time.Second      // one more after that
	apiBurst     = 100              // calls of the API at once, by client address
	apiEvery     = time.Second / 10 // one more after that
	linkBurst    = 600              // requests for what is anonymous at once, by client address: a scanner of mail
	linkEvery    = time.Second / 10 // one more after that
	postBurst    = 60               // answers to changes of nobody, by client address
	postEvery    = time.Second      // one more after that
	refusalBurst = 100              // refusals of nobody in the audit log at once; one more each second after that
	knownClients = 10_000           // client addresses that are counted one by one
)

// SignIn tells who has signed in. An error that matches host.ErrNotFound means
// nobody. Any other error means that it is not known now. Package signin has
// one.
type SignIn interface {
	// Session finds the person by the cookie of a page.
	Session(r *http.Request) (host.Person, error)
	// Bearer finds the person by the bearer token of the API. The channel of its
	// actor is partner.API.
	Bearer(r *http.Request) (host.Person, error)
}

// Confirmer is a [SignIn] that asks again who somebody is before a change is
// saved. The error is as that of Session.
type Confirmer interface {
	Confirm(r *http.Request, p host.Person) (host.Person, error)
}

// Options are the options of [New].
type Options struct {
	// PublicURL is where browsers find the portal: "https://portal.example".
	// Required.
	PublicURL *url.URL
	// Hosts are more values of the Host header to answer: "localhost:8080".
	// Default: that of PublicURL alone.
	Hosts []string
	// TrustedProxies may tell the client's address with X-Forwarded-For. Default:
	// none, and the address is that of the connection.
	TrustedProxies []netip.Prefix
	// SignIn tells who has signed in. Required.
	SignIn SignIn
	// ErrorPage answers with a page. Default: plain text.
	ErrorPage ErrorPage
	// Closing, once done, ends the streams. Default: never.
	Closing context.Context
	// Log takes the access log, which holds no personal data: no query, no name, no
	// address. Default: none.
	Log *slog.Logger
	// Audit takes the audit log. Default: none.
	Audit Audit
	// Metrics takes the durations by route. Default: none.
	Metrics prometheus.Registerer
	// Now is the time. Default: time.Now.
	Now func() time.Time
}

type site struct {
	Options
	mux      *http.ServeMux
	routes   map[string]Route // by pattern
	hosts    map[string]bool
	cross    *http.CrossOriginProtection
	limiter  *limiter      // of sign-in
	calls    *limiter      // of the API
	links    *limiter      // of what is anonymous
	posts    *limiter      // of nobody
	refusals *rate.Limiter // of nobody, that are recorded
	behind   sync.Once     // says that X-Forwarded-For is not read
	duration *prometheus.HistogramVec
}

// New returns the whole site. It refuses a route that says not who may use it,
// one without a handler, and two for one pattern. The handler may be used from
// several goroutines at once.
func New(opts Options, routes ...[]Route) (http.Handler, error) {
	if opts.PublicURL == nil || opts.PublicURL.Host == "" || opts.SignIn == nil {
		return nil, errors.New("site: a public URL and a way to sign in are required")
	}
	if opts.ErrorPage == nil {
		opts.ErrorPage = plainError
	}
	if opts.Closing == nil {
		opts.Closing = context.Background()
	}
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	if opts.Now == nil {
		opts.Now = time.Now
	}
	s := &site{
		Options:  opts,
		mux:      http.NewServeMux(),
		routes:   make(map[string]Route),
		hosts:    hostSet(opts.PublicURL.Scheme, append([]string{opts.PublicURL.Host}, opts.Hosts...)),
		cross:    http.NewCrossOriginProtection(),
		limiter:  newLimiter(rate.Every(signInEvery), signInBurst, knownClients),
		calls:    newLimiter(rate.Every(apiEvery), apiBurst, knownClients),
		links:    newLimiter(rate.Every(linkEvery), linkBurst, knownClients),
		posts:    newLimiter(rate.Every(postEvery), postBurst, knownClients),
		refusals: rate.NewLimiter(rate.Every(time.Second), refusalBurst),
		duration: newDuration(),
	}
	if opts.Metrics != nil {
		if err := opts.Metrics.Register(s.duration); err != nil {
			return nil, fmt.Errorf("site: metrics: %w", err)
		}
	}
	for _, list := range routes {
		for _, r := range list {
			if err := s.add(r); err != nil {
				return nil, err
			}
		}
	}
	return http.HandlerFunc(s.observe), nil
}

// add puts r into the table. http.ServeMux panics where two patterns match the
// same requests.
func (s *site) add(r Route) (err error) {
	if err := r.check(); err != nil {
		return err
	}
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("site: route %q: %v", r.Pattern(), v)
		}
	}()
	s.mux.Handle(r.Pattern(), s.serve(r))
	s.routes[r.Pattern()] = r
	return nil
}

// dispatch is everything between the headers and the route.
func (s *site) dispatch(w http.ResponseWriter, r *http.Request) {
	handler, pattern := s.mux.Handler(r)
	route, known := s.routes[pattern]
	r.Pattern = pattern // for the log, whatever comes next
	switch {
	case (!known || route.Access != Probe) && !s.hosts[normalHost(r.Host)]:
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.WriteHeader(http.StatusMisdirectedRequest)
		fmt.Fprintf(w, "The portal does not answer under this host name. Its address is %s\n", s.PublicURL)
	case !known:
		s.unknown(w, r, handler)
	default:
		s.mux.ServeHTTP(w, r) // once more, for it sets the path's values
	}
}

// unknown answers for a path, or a method, that is in no route. Handler is what
// http.ServeMux would have answered: a redirect to the clean path, 404, or 405
// with Allow.
func (s *site) unknown(w http.ResponseWriter, r *http.Request, handler http.Handler) {
	probe := probeWriter{header: make(http.Header)}
	handler.ServeHTTP(&probe, r)
	switch {
	case probe.status == http.StatusMethodNotAllowed:
		allow := probe.header.Get("Allow")
		w.Header().Set("Allow", allow)
		todo := "Go back, and use the buttons of the page."
		if isAPI(r) {
			todo = "The methods of this path are " + allow + "."
		}
		s.fail(w, r, isAPI(r), http.StatusMethodNotAllowed, "This cannot be done here", todo)
	case probe.status >= 300 && probe.status < 400:
		handler.ServeHTTP(w, r)
	default:
		s.notFound(w, r, isAPI(r))
	}
}

// serve is the part of the chain that depends on the route.
func (s *site) serve(route Route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if route.Anonymous {
			keepAddress(w.Header())
		} else if !s.sameOrigin(r, route) {
			s.fail(w, r, route.API, http.StatusForbidden, "This came from another page",
				"The portal takes changes from its own pages only. Go to the page in the portal, and try again there.")
			return
		}
		if route.SignIn && r.Header.Get("X-Forwarded-For") != "" && !fromProxy(r, s.TrustedProxies) {
			s.behind.Do(func() {
				s.Log.WarnContext(r.Context(), "X-Forwarded-For comes from an address that is not trusted: if that is your proxy, "+
					"all clients are limited as one; name it with --trusted-proxies")
			})
		}
		if route.SignIn && !s.limiter.allow(s.client(r), s.Now()) {
			w.Header().Set("Retry-After", "30")
			s.fail(w, r, route.API, http.StatusTooManyRequests, "Too many attempts to sign in",
				"Wait half a minute, and try again.")
			return
		}
		if route.Anonymous && !s.links.allow(s.client(r), s.Now()) {
			w.Header().Set("Retry-After", "10")
			s.fail(w, r, false, http.StatusTooManyRequests, "Too many requests", "Wait ten seconds, and try again.")
			return
		}
		if route.API && !s.calls.allow(s.client(r), s.Now()) { // before the token is looked at, which costs more
			w.Header().Set("Retry-After", "10")
			s.fail(w, r, true, http.StatusTooManyRequests, "Too many calls", "Wait ten seconds, and make fewer at a time.")
			return
		}
		if r.ContentLength > route.maxBody() {
			s.tooLarge(w, r, route)
			return
		}
		if r.Body != nil {
			r.Body = http.MaxBytesReader(w, r.Body, route.maxBody())
		}
		if route.Stream && !route.Upload && !s.readBody(w, r, route) {
			return
		}
		ctx, cancel := s.limit(r.Context(), route)
		defer cancel()
		s.admit(w, r.WithContext(ctx), route)
	})
}

// client is what requests are counted by.
func (s *site) client(r *http.Request) netip.Addr {
	return networkOf(clientAddress(r, s.TrustedProxies))
}

// readBody reads the body of a request for a stream while the server's limit on
// reading still holds, which ends before the stream begins. It answers and
// reports false where the body does not come as it should.
func (s *site) readBody(w http.ResponseWriter, r *http.Request, route Route) bool {
	if r.Body == nil || r.Body == http.NoBody {
		return true
	}
	body, err := io.ReadAll(r.Body)
	if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
		s.tooLarge(w, r, route)
		return false
	}
	if err != nil {
		s.fail(w, r, route.API, http.StatusBadRequest, "The request did not arrive whole", "Nothing was done. Try again.")
		return false
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	return true
}

func (s *site) tooLarge(w http.ResponseWriter, r *http.Request, route Route) {
	detail := "The request is larger than any form of the portal."
	switch {
	case route.Upload:
		detail = fmt.Sprintf("The file may have %d MiB. Send it in parts.", maxUpload>>20)
	case route.API:
		detail = fmt.Sprintf("The body may have %d KiB.", route.maxBody()>>10)
	}
	s.fail(w, r, route.API, http.StatusRequestEntityTooLarge, "That is too much", detail)
}

type streamKey struct{}

// IsStream reports whether ctx is that of a request that a page makes by
// itself: for a stream, or for what is unattended. See [Route].
func IsStream(ctx context.Context) bool {
	is, _ := ctx.Value(streamKey{}).(bool)
	return is
}

// limit bounds the time of the answer.
func (s *site) limit(ctx context.Context, route Route) (context.Context, context.CancelFunc) {
	if route.Stream || route.Unattended {
		ctx = context.WithValue(ctx, streamKey{}, true)
	}
	if !route.Stream {
		return context.WithTimeout(ctx, answerTime)
	}
	ctx, cancel := context.WithTimeout(ctx, streamTime)
	stop := context.AfterFunc(s.Closing, cancel)
	return ctx, func() { stop(); cancel() }
}

// admit finds the person, and hands over to the handler if the route is open to
// it.
func (s *site) admit(w http.ResponseWriter, r *http.Request, route Route) {
	if route.Anonymous {
		route.Handler.ServeHTTP(w, r)
		return
	}
	find := s.SignIn.Session
	if route.API {
		find = s.SignIn.Bearer
	}
	p, err := find(r)
	signedIn := err == nil && p.Actor.ID != ""
	needed := route.Access == SignedIn || route.Access == Operator
	switch {
	case err != nil && r.Context().Err() != nil && errors.Is(err, context.Canceled):
		return // whoever asked has left
	case err != nil && !errors.Is(err, host.ErrNotFound) && needed:
		s.Log.ErrorContext(r.Context(), "who has signed in is not known", "request", RequestID(r.Context()), "error", err)
		s.fail(w, r, route.API, http.StatusServiceUnavailable, "The portal cannot answer now", "Try again in a minute.")
		return
	case !signedIn && needed:
		s.askToSignIn(w, r, route)
		return
	case signedIn:
		host.TrailFrom(r.Context()).Person = p
		r = r.WithContext(host.WithPerson(r.Context(), p))
	}
	if route.Access == Operator && !p.Operator {
		s.notFound(w, r, route.API)
		return
	}
	if route.API && signedIn && !s.inScope(w, r, route, p) {
		return
	}
	if route.Audit && signedIn {
		var goOn bool
		if r, goOn = s.begin(w, r, route, p); !goOn {
			return
		}
	}
	if route.Stream { // not before: who is not let in must not hold a connection
		w = newStreamWriter(w)
		if route.Upload {
			_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(streamTime))
		}
	}
	route.Handler.ServeHTTP(w, r)
}

// inScope is the gate of the API. It answers and reports false unless a row of
// this table says yes:
//
//	whoever asks has            the route takes   may
//	a token with the scope      a scope           yes
//	a token                     none              no: it is for people
//	no token of the portal      none              yes
//	no token of the portal      a scope           no
func (s *site) inScope(w http.ResponseWriter, r *http.Request, route Route, p host.Person) bool {
	switch {
	case route.Scope == "" && p.Token == "", route.Scope != "" && p.May(route.Scope):
		return true
	case route.Scope == "":
		s.fail(w, r, true, http.StatusForbidden, "Not with this token", "A token of an operator cannot do this.")
	case p.Token == "":
		s.fail(w, r, true, http.StatusForbidden, "Not with this token",
			"This takes a token that an operator makes in the portal, under API tokens.")
	default:
		s.fail(w, r, true, http.StatusForbidden, "Not with this token",
			"It lacks the scope "+string(route.Scope)+". Make one that has it, in the portal, under API tokens.")
	}
	return false
}

// begin asks again who somebody is, and records that a change begins. It
// answers and reports false where one of them cannot be.
func (s *site) begin(w http.ResponseWriter, r *http.Request, route Route, p host.Person) (*http.Request, bool) {
	if again, ok := s.SignIn.(Confirmer); ok && !route.API {
		now, err := again.Confirm(r, p)
		switch {
		case errors.Is(err, host.ErrNotFound):
			s.askToSignIn(w, r, route)
			return r, false
		case err != nil:
			s.Log.ErrorContext(r.Context(), "who somebody is now is not known", "request", RequestID(r.Context()), "error", err)
			s.fail(w, r, false, http.StatusServiceUnavailable, "The sign-in service does not answer now",
				"Nothing was changed, for the portal asks it for your roles first. Try again in a minute.")
			return r, false
		case route.Access == Operator && !now.Operator:
			s.notFound(w, r, false)
			return r, false
		}
		p = now
		r = r.WithContext(host.WithPerson(r.Context(), p))
	}
	trail := host.TrailFrom(r.Context())
	trail.Person, trail.Subject = p, r.PathValue("id")
	if err := trail.Begin(r.Context()); err != nil {
		s.Log.ErrorContext(r.Context(), "the audit log takes nothing", "request", RequestID(r.Context()), "error", err)
		s.fail(w, r, route.API, http.StatusServiceUnavailable, "The portal cannot do this now",
			"Nothing was changed. Try again in a minute.")
		return r, false
	}
	return r, true
}

// askToSignIn leads to the sign-in page, and back from there. What somebody
// typed must not be lost with a redirect.
func (s *site) askToSignIn(w http.ResponseWriter, r *http.Request, route Route) {
	switch {
	case route.API:
		w.Header().Set("WWW-Authenticate", `Bearer realm="portal"`)
		if r.Header.Get("Authorization") != "" {
			w.Header().Set("WWW-Authenticate", `Bearer realm="portal", error="invalid_token"`)
		}
		s.fail(w, r, true, http.StatusUnauthorized, "Not signed in",
			"Send an access token for this API as Authorization: Bearer <token>. "+
				"If you did, it is not valid here or has expired.")
	case r.Method == http.MethodGet || r.Method == http.MethodHead:
		http.Redirect(w, r, "/sign-in?"+url.Values{"next": {r.URL.RequestURI()}}.Encode(), http.StatusSeeOther)
	default:
		s.fail(w, r, false, http.StatusUnauthorized, "Your session has ended", "Nothing was saved.")
	}
}
