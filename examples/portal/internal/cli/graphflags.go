package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"github.com/cspkit/partner/alert"
	"github.com/cspkit/partner/examples/portal/internal/graph"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// graphFlags say where Microsoft's alerts are asked for.
type graphFlags struct {
	GraphTokenURL     string        `name:"graph-token-url" placeholder:"URL" help:"${graph_token_url}"`
	GraphTokenScope   string        `name:"graph-token-scope" default:"${graph_scope}" help:"${graph_token_scope}"`
	GraphClientID     string        `name:"graph-client-id" placeholder:"ID" help:"${graph_client_id}"`
	GraphClientSecret string        `name:"graph-client-secret" placeholder:"SECRET" help:"${graph_client_secret}"`
	GraphSecretFile   string        `name:"graph-client-secret-file" placeholder:"FILE" help:"${file}"`
	GraphURL          string        `name:"graph-url" default:"${graph_base}" help:"${graph_url}"`
	GraphEvery        time.Duration `name:"graph-every" default:"1m" help:"${graph_every}"`
}

// graphScope is what a program asks Entra ID for, to use Microsoft Graph.
const graphScope = "https://graph.microsoft.com/.default"

func (g *graphFlags) files() []fileFlag {
	return []fileFlag{{"--graph-client-secret", &g.GraphClientSecret, g.GraphSecretFile}}
}

// checkGraph finds what is missing. Without --graph-token-url nobody asks.
func (g *graphFlags) checkGraph() error {
	if g.GraphTokenURL == "" {
		if g.GraphClientID != "" || g.GraphClientSecret != "" {
			return &problem{"--graph-token-url", errors.New("is missing, and a client for it is set")}
		}
		return nil
	}
	for _, u := range []struct{ flag, text, like string }{
		{"--graph-token-url", g.GraphTokenURL, "https://login.microsoftonline.com/<tenant>/oauth2/v2.0/token"},
		{"--graph-url", g.GraphURL, alert.GraphURL},
	} {
		if at, err := url.Parse(u.text); err != nil || at.Host == "" || at.User != nil ||
			at.Scheme != "https" && (at.Scheme != "http" || !isLoopbackName(at.Hostname())) {
			return &problem{u.flag, errors.New("must be like " + u.like)}
		}
	}
	switch {
	case g.GraphClientID == "" || g.GraphClientSecret == "":
		return &problem{"--graph-token-url", errors.New("needs --graph-client-id and --graph-client-secret")}
	case g.GraphEvery < time.Second:
		return &problem{"--graph-every", errors.New("must be a second or more, such as 1m")}
	}
	return nil
}

// graphTime is how long Microsoft may take for one request.
const graphTime = time.Minute

// poller asks for alerts. It is nil where nobody is to ask.
func (g *graphFlags) poller(db *store.DB, registry prometheus.Registerer, log *slog.Logger) (*graph.Poller, error) {
	if g.GraphTokenURL == "" {
		return nil, nil
	}
	config := clientcredentials.Config{
		ClientID: g.GraphClientID, ClientSecret: g.GraphClientSecret, TokenURL: g.GraphTokenURL,
		Scopes: strings.Fields(g.GraphTokenScope),
	}
	ctx := context.WithValue(context.Background(), oauth2.HTTPClient, &http.Client{Timeout: tokenTime})
	client := &http.Client{Timeout: graphTime, Transport: &oauth2.Transport{Source: saying{config.TokenSource(ctx)}}}
	m := newAlertMetrics(registry)
	return graph.New(graph.Options{
		Client: alert.NewClient(client, &alert.ClientOptions{BaseURL: g.GraphURL}), Store: db, Log: log,
		Times: graph.Times{Every: g.GraphEvery}, Polled: m.polled, Replied: m.replied,
	})
}

// saying says in our own words why there is no token: what was answered may
// hold anything.
type saying struct{ oauth2.TokenSource }

func (s saying) Token() (*oauth2.Token, error) {
	token, err := s.TokenSource.Token()
	if refused, ok := errors.AsType[*oauth2.RetrieveError](err); ok {
		return nil, &graph.TokenError{Says: fmt.Sprintf("status %d", refused.Response.StatusCode)}
	}
	if err != nil {
		return nil, &graph.TokenError{Says: "it is not reached"}
	}
	return token, nil
}

// alertMetrics are those of asking for alerts. What all processes see is among
// those of today.
type alertMetrics struct {
	polls   *prometheus.CounterVec
	alerts  prometheus.Counter
	replies *prometheus.CounterVec
}

func newAlertMetrics(registry prometheus.Registerer) *alertMetrics {
	m := &alertMetrics{
		polls: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "portal_alert_polls_total",
			Help: "Rounds of asking Microsoft for alerts by this process, by what became of them: ok or failed.",
		}, []string{"outcome"}),
		alerts: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "portal_alerts_read_total",
			Help: "Alerts that this process has read, each as often as it was read.",
		}),
		replies: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "portal_alert_replies_total",
			Help: "Tries to tell Microsoft that an alert is dealt with, by what became of them: sent, wanted or failed.",
		}, []string{"state"}),
	}
	registry.MustRegister(m.polls, m.alerts, m.replies)
	for _, outcome := range []string{"ok", "failed"} { // from the start: see newMailMetrics
		m.polls.WithLabelValues(outcome)
	}
	for _, state := range []host.ReplyState{host.ReplySent, host.ReplyWanted, host.ReplyFailed} {
		m.replies.WithLabelValues(string(state))
	}
	return m
}

func (m *alertMetrics) polled(ok bool, alerts int) {
	outcome := "failed"
	if ok {
		outcome = "ok"
	}
	m.polls.WithLabelValues(outcome).Inc()
	m.alerts.Add(float64(alerts))
}

func (m *alertMetrics) replied(s host.ReplyState) { m.replies.WithLabelValues(string(s)).Inc() }
