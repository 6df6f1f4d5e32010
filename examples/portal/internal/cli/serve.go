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
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"github.com/cspkit/partner/examples/portal/internal/intake"
	"github.com/cspkit/partner/examples/portal/internal/signin"
	"github.com/cspkit/partner/examples/portal/internal/site"
	"github.com/cspkit/partner/examples/portal/internal/web"
)

type serveCommand struct {
	Addr           string         `default:"127.0.0.1:8080" help:"${addr}"`
	PublicURL      string         `name:"public-url" placeholder:"URL" help:"${public_url}"`
	TrustedProxies []netip.Prefix `placeholder:"NET" help:"${trusted_proxies}"`
	ReportTo       string         `placeholder:"URI" help:"${report_to}"`

	OIDCIssuer       string        `name:"oidc-issuer" placeholder:"URL" help:"${oidc_issuer}"`
	OIDCClientID     string        `name:"oidc-client-id" placeholder:"ID" help:"${oidc_client_id}"`
	OIDCClientSecret string        `name:"oidc-client-secret" placeholder:"SECRET" help:"${oidc_client_secret}"`
	OIDCSecretFile   string        `name:"oidc-client-secret-file" placeholder:"FILE" help:"${file}"`
	OIDCAPIAudience  string        `name:"oidc-api-audience" placeholder:"AUD" help:"${oidc_api_audience}"`
	Operators        []string      `name:"operator" env:"PORTAL_OPERATORS" placeholder:"TID/OID" help:"${operator}"`
	SessionLifetime  time.Duration `default:"8h" help:"${session_lifetime}"`
	FreshAbove       int           `name:"fresh-sign-in-above" placeholder:"N" default:"100" help:"${fresh_above}"`

	ImportReplacesContacts bool `name:"import-replaces-contacts" help:"${import_replaces}"`

	OIDCInsecureHTTP bool `name:"insecure-http-issuer-that-anybody-between-can-forge" help:"${oidc_insecure_http}"`

	demoFlags `embed:""`

	InsecureDemo bool `name:"insecure-demo-for-everyone-who-can-reach-me" help:"${insecure_demo}"`

	common `embed:""`
}

// check finds flags that contradict each other.
func (c *serveCommand) check() (*signin.OpenID, error) {
	if err := readFiles([]fileFlag{{"--oidc-client-secret", &c.OIDCClientSecret, c.OIDCSecretFile}}); err != nil {
		return nil, err
	}
	if err := c.common.check(); err != nil {
		return nil, err
	}
	if c.ReportTo != "" && !web.IsReportTo(c.ReportTo) {
		return nil, &problem{"--report-to", errors.New("must be like mailto:security@portal.example or " +
			"https://portal.example/report")}
	}
	if c.FreshAbove < 0 {
		return nil, &problem{"--fresh-sign-in-above", errors.New("must be 0 or more")}
	}
	if c.SessionLifetime <= 0 {
		return nil, &problem{"--session-lifetime", errors.New("must be longer than 0, such as 8h")}
	}
	if err := c.checkDemo(c.OIDCIssuer != ""); err != nil {
		return nil, err
	}
	if c.OIDCIssuer == "" {
		if c.OIDCClientID != "" || c.OIDCClientSecret != "" || c.OIDCAPIAudience != "" || len(c.Operators) > 0 {
			return nil, &problem{"--oidc-issuer", errors.New("is missing, and other flags for signing in are set: " +
				"without it everybody could sign in as anybody")}
		}
		if c.real() {
			return nil, &problem{"--smtp", errors.New("is another machine, and the companies of the demonstration are made " +
				"up: mail about them would be sent to strangers. Set --oidc-issuer too, or name a mail server on this machine")}
		}
		return nil, nil
	}
	c.withOpenID = true
	u, err := url.Parse(c.OIDCIssuer)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" ||
		u.User != nil {
		return nil, &problem{"--oidc-issuer", errors.New("must be a URL: https://login.microsoftonline.com/<tenant>/v2.0")}
	}
	if u.Scheme == "http" && !isLoopbackName(u.Hostname()) && !c.OIDCInsecureHTTP {
		return nil, &problem{"--oidc-issuer", errors.New("must be https: whoever is between here and an http issuer can " +
			"sign in as anybody")}
	}
	o := &signin.OpenID{
		Issuer: c.OIDCIssuer, ClientID: c.OIDCClientID, ClientSecret: c.OIDCClientSecret, APIAudience: c.OIDCAPIAudience,
	}
	for _, text := range c.Operators {
		operator, err := signin.ParseOperator(text)
		if err != nil {
			return nil, &problem{"--operator", err}
		}
		o.Operators = append(o.Operators, operator)
	}
	switch {
	case o.ClientID == "":
		return nil, &problem{"--oidc-client-id", errors.New("is missing: it is the ID that the issuer gave to the portal")}
	case c.SMTP == "":
		return nil, &problem{"--smtp",
			errors.New("is missing: with --oidc-issuer people are real, and mail about a real incident " +
				"must reach them. The portal's own mailbox is for the demonstration only")}
	case c.Database == "":
		return nil, &problem{"--database", errors.New("is missing: with --oidc-issuer the data is real. " +
			"The file in your cache folder is for the demonstration only")}
	case len(c.answerKeys) == 0:
		return nil, &problem{"--answer-key-file", errors.New("is missing: with --oidc-issuer mail is real, and so are the " +
			"links by which it is answered. Make a file with openssl rand -base64 32, and keep it as you keep passwords")}
	case c.PublicURL == "":
		return nil, &problem{"--public-url",
			errors.New("is missing: with --oidc-issuer, name the address that people open, such as https://portal.example")}
	}
	return o, nil
}

// Run serves until the process is asked to stop. What is wrong with a flag is
// told before the data is touched.
func (c *serveCommand) Run(rt *runtime) (err error) {
	log := c.logger(rt.stderr)
	openID, err := c.check()
	if err != nil {
		return err
	}
	listener, err := listen(rt.ctx, "--addr", c.Addr)
	if err != nil {
		return err
	}
	defer func() { _ = listener.Close() }() // the server has closed it, unless nothing was served
	public, private, err := publicURL(c.PublicURL, listener, openID == nil && c.InsecureDemo)
	if err != nil {
		return err
	}
	if openID == nil && !private && !c.InsecureDemo {
		return &problem{"--oidc-issuer",
			errors.New("is missing, and others than this machine reach the portal: in the demonstration " +
				"nobody needs a password. Set it, or listen on 127.0.0.1 and leave out --public-url")}
	}
	if public.Scheme == "https" && len(c.TrustedProxies) == 0 {
		return &problem{"--trusted-proxies", errors.New("is missing: --public-url is https, so a proxy stands in front " +
			"of the portal. Name its network, such as 127.0.0.1/32. Without it, one client that signs in again and again " +
			"keeps everybody else out")}
	}
	b, err := c.newBackend(log, public)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.close(c.StopTimeout)) }()
	metrics, err := c.listenMetrics(rt.ctx)
	if err != nil {
		return err
	}
	if metrics != nil {
		defer func() { _ = metrics.Close() }()
	}
	bounces, err := c.listenBounces(rt.ctx)
	if err != nil {
		return err
	}
	if bounces != nil {
		defer func() { _ = bounces.Close() }()
	}
	var provider *signin.Provider
	if openID != nil {
		if provider, err = signin.Discover(rt.ctx, *openID); err != nil {
			return &problem{"--oidc-issuer cannot be used", err}
		}
	}
	c.reseal = true
	if openID == nil {
		b.fill = c.fill
	}
	if err := b.open(rt.ctx, &c.common, openID == nil); err != nil {
		return err
	}

	closing, close := context.WithCancel(context.Background())
	defer close()
	imports := intake.New(intake.Options{Store: b.db, ReplaceContacts: c.ImportReplacesContacts, Log: log})
	defer imports.Close()
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	p := parts{
		db: b.db, imports: imports, hooks: b.hooks, links: b.links, sender: c.provider(),
		provider: provider, publicURL: public, reportTo: c.ReportTo, private: private,
		port: port, proxies: c.TrustedProxies,
		lifetime: c.SessionLifetime, freshAbove: c.FreshAbove, verification: c.verification,
		closing: closing, ready: b.ready, log: log,
	}
	if b.inbox != nil {
		p.mailbox = b.inbox
	}
	if openID == nil {
		p.controls = b.controls()
	}
	p.metrics = b.metrics
	handler, _, err := newSite(p)
	if err != nil {
		return &problem{"the portal cannot start", err}
	}
	servers := []*served{{newServer(handler, log), site.LimitListener(listener, maxConnections, c.TrustedProxies)}}
	if metrics != nil {
		servers = append(servers, metricsServer(metrics, closing, b, log))
	}
	if bounces != nil {
		server, err := c.bounceServer(bounces, b)
		if err != nil {
			return err
		}
		servers = append(servers, server)
	}
	if err := b.start(context.WithoutCancel(rt.ctx)); err != nil {
		return err
	}
	c.announce(rt, public, openID == nil, b)
	sayBounces(rt, bounces)
	return serveAll(rt.ctx, close, log, c.StopTimeout, servers...)
}

// announce says on standard output that the portal is ready, and where.
func (c *serveCommand) announce(rt *runtime, public *url.URL, demo bool, b *backend) {
	fmt.Fprintf(rt.stdout, "The portal is ready: %s/\n", public)
	if demo {
		fmt.Fprintln(rt.stdout,
			"It is a demonstration with made-up companies: sign in as anybody. --help says what else it can do.")
	}
	fmt.Fprintf(rt.stdout, "Data: %s. Stop it with Ctrl+C.\n", b.where)
}

// The connections that are open at a time. A page that watches an incident
// holds one.
const (
	maxConnections = 4096
	maxProbes      = 64
)

// served is a server and where it listens.
type served struct {
	server interface {
		Serve(l net.Listener) error
		Shutdown(ctx context.Context) error
		Close() error
	}
	listener net.Listener
}

// serveAll serves until ctx is done or a server breaks, then stops them all:
// nothing new is taken, streams end, and what is under way may take until
// limit.
func serveAll(
	ctx context.Context, closing context.CancelFunc, log *slog.Logger, limit time.Duration, all ...*served,
) error {
	broken := make(chan error, len(all))
	for _, s := range all {
		go func() { broken <- s.server.Serve(s.listener) }()
	}
	tellManager(log, "READY=1")
	var err error
	select {
	case <-ctx.Done():
		log.Info("stopping", "limit", limit)
	case err = <-broken:
		log.Error("a server broke", "error", err)
	}
	tellManager(log, "STOPPING=1")
	closing()
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	for _, s := range all {
		if e := s.server.Shutdown(ctx); e != nil {
			log.Warn("requests took too long and were cut off")
			_ = s.server.Close()
		}
	}
	return err
}

// listenMetrics binds --metrics-addr. It returns nil if that is not set.
func (c *common) listenMetrics(ctx context.Context) (net.Listener, error) {
	if c.MetricsAddr == "" {
		return nil, nil
	}
	return listen(ctx, "--metrics-addr", c.MetricsAddr)
}

// metricsServer is the second server, with what operations need and nothing
// else.
func metricsServer(l net.Listener, closing context.Context, b *backend, log *slog.Logger) *served {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", metricsHandler(b.metrics))
	for _, r := range []site.Route{site.Healthz(), b.ready.Readyz(closing)} {
		mux.Handle(r.Pattern(), r.Handler)
	}
	return &served{newServer(mux, log), site.LimitListener(l, maxProbes, nil)}
}

// newRegistry has the metrics of the process itself.
func newRegistry() *prometheus.Registry {
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return registry
}
