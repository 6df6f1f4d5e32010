package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/attest"
	"github.com/cspkit/partner/examples/portal/internal/answer"
	"github.com/cspkit/partner/examples/portal/internal/api"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/intake"
	"github.com/cspkit/partner/examples/portal/internal/outbound"
	"github.com/cspkit/partner/examples/portal/internal/signin"
	"github.com/cspkit/partner/examples/portal/internal/site"
	"github.com/cspkit/partner/examples/portal/internal/store"
	"github.com/cspkit/partner/examples/portal/internal/web"
)

// parts are what a site is made of.
type parts struct {
	db        *store.DB
	imports   *intake.Service // nil: one that replaces no security contact
	hooks     *outbound.Hooks
	mailbox   web.Mailbox      // nil where mail is really sent
	links     *answer.Links    // in mail
	sender    host.Provider    // of mail
	provider  *signin.Provider // nil in the demonstration
	publicURL *url.URL
	reportTo  string // for security.txt
	private   bool   // only this machine reaches the portal
	port      string
	proxies   []netip.Prefix
	lifetime  time.Duration
	// freshAbove is how many partners may be told without a fresh sign-in.
	freshAbove int
	// verification says when contacts are asked.
	verification attest.Policy
	closing      context.Context
	ready        *site.Readiness
	controls     *web.Demo // of the demonstration, or nil
	log          *slog.Logger
	metrics      *prometheus.Registry
}

// newSite puts the pages, the API, the sign-in and the probes together. It
// returns the table of routes as well, for tests walk it.
func newSite(p parts) (http.Handler, []site.Route, error) {
	visits, err := newVisits(p.metrics)
	if err != nil {
		return nil, nil, err
	}
	policy := partner.DefaultPolicy()
	if p.imports == nil {
		p.imports = intake.New(intake.Options{Store: p.db, Log: p.log})
	}
	pages, err := web.New(web.Options{
		PublicURL: p.publicURL, Store: p.db, Authorizer: policy, Mailbox: p.mailbox, Imports: p.imports, Hooks: p.hooks,
		Demo: p.provider == nil, Sessions: true, FreshAbove: p.freshAbove, TypeAbove: p.freshAbove,
		Verification: p.verification, ReportTo: p.reportTo, Log: p.log, Links: p.links, Provider: p.sender,
		Visited: visits, Controls: p.controls,
	})
	if err != nil {
		return nil, nil, err
	}
	signOpts := signin.Options{
		PublicURL: p.publicURL, Store: p.db, Page: pages.SignInPage, Sessions: pages.SessionsPage, Provider: p.provider,
		Lifetime: p.lifetime, Log: p.log,
	}
	if p.provider == nil {
		signOpts.Personas = signin.Personas()
	}
	sign, err := signin.New(signOpts)
	if err != nil {
		return nil, nil, err
	}
	programs, err := api.New(api.Options{
		Store: p.db, Authorizer: policy, Log: p.log, Desk: p.db, Imports: p.imports, FreshAbove: p.freshAbove,
		Verification: p.verification,
	})
	if err != nil {
		return nil, nil, err
	}
	routes := append(append(append(pages.Routes(), sign.Routes()...), programs.Routes()...), site.Healthz())
	audited(routes)
	opts := site.Options{
		PublicURL: p.publicURL, TrustedProxies: p.proxies, SignIn: sign, ErrorPage: pages.ErrorPage, Closing: p.closing,
		Log: p.log, Audit: p.db.Audit,
	}
	if p.metrics != nil {
		opts.Metrics = p.metrics
	}
	if p.private {
		for _, name := range []string{"127.0.0.1", "localhost", "::1"} {
			opts.Hosts = append(opts.Hosts, net.JoinHostPort(name, p.port))
		}
		routes = append(routes, p.ready.Readyz(p.closing))
		if p.metrics != nil {
			routes = append(routes, site.Route{
				Method: http.MethodGet, Path: "/metrics", Access: site.Public, Handler: metricsHandler(p.metrics),
			})
		}
	}
	handler, err := site.New(opts, routes)
	if p.controls != nil {
		p.controls.Site = func() http.Handler { return handler }
	}
	return handler, routes, err
}

func metricsHandler(registry *prometheus.Registry) http.Handler {
	return promhttp.HandlerFor(registry, promhttp.HandlerOpts{})
}

// newServer is an HTTP server with limits on everything that a client can take
// its time with.
func newServer(h http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      time.Minute, // streams have their own
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(quiet{log.Handler()}, slog.LevelDebug),
	}
}

// quiet leaves out what net/http writes about single connections, for its lines
// hold addresses. A fault of a handler is logged by package site.
type quiet struct{ slog.Handler }

func (q quiet) Handle(ctx context.Context, r slog.Record) error {
	said, _, _ := strings.Cut(r.Message, " from ")
	said, _, _ = strings.Cut(said, ":")
	return q.Handler.Handle(ctx, slog.NewRecord(r.Time, r.Level, "connection: "+said, r.PC))
}

// listen binds addr.
func listen(ctx context.Context, flag, addr string) (net.Listener, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, &problem{fmt.Sprintf("%s %s", flag, addr),
			errors.New("something else listens there: stop it, or choose another port")}
	case err != nil:
		return nil, &problem{fmt.Sprintf("%s %s cannot be used", flag, addr), err}
	}
	return l, nil
}

// publicURL is where browsers find a portal that listens on l. It is private
// where only this machine reaches the portal: it listens on loopback, and there
// is no proxy in front with a name for others. Elsewhere cookies must not cross
// a network in plain text.
func publicURL(text string, l net.Listener, plaintext bool) (u *url.URL, private bool, err error) {
	address, ok := l.Addr().(*net.TCPAddr)
	loopback := ok && address.IP.IsLoopback()
	if text == "" {
		if !loopback {
			return nil, false, &problem{"--public-url", errors.New("is missing, and others than this machine reach --addr: " +
				"name the address that people open, such as https://portal.example")}
		}
		return &url.URL{Scheme: "http", Host: l.Addr().String()}, true, nil
	}
	if u, err = parsePublicURL(text); err != nil {
		return nil, false, err
	}
	private = loopback && isLoopbackName(u.Hostname())
	if u.Scheme == "http" && !private && !plaintext {
		return nil, false, &problem{"--public-url", errors.New("must be https where others reach the portal: " +
			"put a server that speaks TLS in front of it")}
	}
	return u, private, nil
}

func parsePublicURL(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.User != nil ||
		strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" {
		return nil, &problem{"--public-url", errors.New("must be like https://portal.example, without a path")}
	}
	return &url.URL{Scheme: u.Scheme, Host: u.Host}, nil
}
