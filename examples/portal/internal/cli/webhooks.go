package cli

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/keyring"
	"github.com/cspkit/partner/examples/portal/internal/outbound"
	"github.com/cspkit/partner/webhook"
)

// webhookFlags are the flags about webhooks.
type webhookFlags struct {
	SecretsKeyFile string `name:"secrets-key-file" placeholder:"FILE" help:"${secrets_key}"`

	InsecureHooks bool `name:"insecure-webhooks-into-my-own-network" help:"${insecure_hooks}"`

	ring *keyring.Ring // nil: there is no key
}

// readKeys reads the keys. An error tells nothing of them.
func (f *webhookFlags) readKeys() error {
	if f.SecretsKeyFile == "" {
		return nil
	}
	data, err := os.ReadFile(f.SecretsKeyFile)
	if err != nil {
		return &problem{"--secrets-key-file cannot be read", readable(err)}
	}
	if f.ring, err = keyring.Parse(data); err != nil {
		return &problem{"--secrets-key-file cannot be used", errors.New(err.Error() +
			". Make a key with: openssl rand -base64 32")}
	}
	return nil
}

// demoKeys are those of a demonstration without a file of keys:
//
//	the data is     the key is
//	in a file       in a file beside it, made if there is none
//	in memory       in memory
//	in PostgreSQL   none: another demonstration has other files
func demoKeys(place string) (*keyring.Ring, error) {
	file := place + ".key"
	switch {
	case isPostgres(place):
		return nil, nil
	case place == ":memory:":
		return keyring.Parse(keyring.NewFile())
	}
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		data = keyring.NewFile()
		err = os.WriteFile(file, data, 0o600)
	}
	if err != nil {
		return nil, err
	}
	return keyring.Parse(data)
}

// newHooks returns what tells webhooks, and counts what they answer.
func (c *common) newHooks(b *backend, place string, demo bool) (*outbound.Hooks, error) {
	if demo && c.ring == nil {
		var err error
		if c.ring, err = demoKeys(place); err != nil {
			return nil, &problem{"the key of the demonstration cannot be used; name another with --secrets-key-file", err}
		}
	}
	m := newHookMetrics(b.metrics)
	return outbound.NewHooks(outbound.Options{
		Store: b.db, Ring: c.ring, Log: b.log, InsecureAllowPrivate: c.InsecureHooks, Tried: m.tried,
	}), nil
}

// checkHooks says how many webhooks cannot be told because their key is
// missing. With reseal, it seals with the newest key what is sealed with an
// older one.
func (b *backend) checkHooks(ctx context.Context, reseal bool) error {
	all, err := b.db.AllWebhooks(ctx)
	if err != nil {
		return err
	}
	unopened, anew := 0, 0
	for _, w := range all {
		sealed, err := b.hooks.Reseal(w)
		switch {
		case err != nil:
			unopened++
			continue
		case sealed == "" || !reseal:
			continue
		}
		w.Sealed = sealed
		if err := b.db.ResealWebhook(ctx, w); err != nil && !errors.Is(err, host.ErrConflict) {
			return err
		}
		anew++
	}
	if anew > 0 {
		b.log.InfoContext(ctx, "webhooks were encrypted anew, with the newest key", "number", anew)
	}
	if unopened > 0 {
		b.log.ErrorContext(ctx, "webhooks are told of nothing, for their key is missing: see --secrets-key-file",
			"number", unopened)
	}
	return nil
}

// hookMetrics are those of calling webhooks.
type hookMetrics struct {
	calls *prometheus.CounterVec
	took  prometheus.Histogram
}

func newHookMetrics(registry prometheus.Registerer) *hookMetrics {
	var words []string
	for _, o := range outbound.Outcomes() {
		words = append(words, string(o))
	}
	m := &hookMetrics{
		calls: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "portal_webhook_calls_total",
			Help: "Calls of webhooks, by format and by what became of them: " + strings.Join(words, ", ") + ".",
		}, []string{"format", "outcome"}),
		took: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name:    "portal_webhook_duration_seconds",
			Help:    "Time that one call of a webhook took.",
			Buckets: []float64{.01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 15},
		}),
	}
	registry.MustRegister(m.calls, m.took)
	for _, f := range webhook.Formats() { // from the start, as those of mail
		for _, o := range outbound.Outcomes() {
			m.calls.WithLabelValues(string(f), string(o))
		}
	}
	return m
}

func (m *hookMetrics) tried(f webhook.Format, o outbound.Outcome, took time.Duration) {
	m.calls.WithLabelValues(string(f), string(o)).Inc()
	m.took.Observe(took.Seconds())
}
