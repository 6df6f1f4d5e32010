package queue_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/keyring"
	"github.com/cspkit/partner/examples/portal/internal/outbound"
	"github.com/cspkit/partner/examples/portal/internal/queue"
	"github.com/cspkit/partner/examples/portal/internal/store"
	"github.com/cspkit/partner/webhook"
)

// posted takes mail, and remembers it.
type posted struct {
	mu   sync.Mutex
	told []partner.Notification
}

func (p *posted) Notify(_ context.Context, n partner.Notification) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.told = append(p.told, n)
	return nil
}

func (p *posted) NotifyHanded(ctx context.Context, n partner.Notification, _ func()) error {
	return p.Notify(ctx, n)
}

func (p *posted) about(topic partner.Topic) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := 0
	for _, told := range p.told {
		if told.Topic == topic {
			n++
		}
	}
	return n
}

// hooked makes partners with a webhook each at a real server, and a Notifier
// that tells both.
func hooked(
	t *testing.T, db *store.DB, partners, perHost int, answer http.HandlerFunc,
) (outbound.Notifier, *posted) {
	t.Helper()
	server := httptest.NewTLSServer(answer)
	t.Cleanup(server.Close)
	ring, err := keyring.New(bytes.Repeat([]byte{5}, keyring.KeySize))
	require.NoError(t, err)
	hooks := outbound.NewHooks(outbound.Options{Store: db, Ring: ring, Client: server.Client(), PerHost: perHost})
	require.NoError(t, db.SeedPartners(t.Context(), customerTenant, partners))
	for c, err := range db.Concerned(t.Context(), customerTenant, "") {
		require.NoError(t, err)
		w, _, _, err := hooks.Add(host.Webhook{ID: rand.Text(), TenantID: c.PartnerTenantID, Format: webhook.CloudEvents},
			outbound.Input{Name: "Ticket system", URL: server.URL})
		require.NoError(t, err)
		require.NoError(t, db.AddWebhook(t.Context(), w))
	}
	mail := &posted{}
	return outbound.Notifier{Mail: mail, Hooks: hooks}, mail
}

// calls are the deliveries of an incident by webhook.
func calls(t *testing.T, db *store.DB, incidentID string) (all []host.Delivery) {
	t.Helper()
	found, err := db.Deliveries(context.WithoutCancel(t.Context()),
		store.DeliveryQuery{IncidentID: incidentID, Limit: 1000})
	require.NoError(t, err)
	for _, d := range found {
		if d.Recipient.Medium == partner.MediumWebhook {
			all = append(all, d)
		}
	}
	return all
}

// jobs are those of River in a state.
func jobs(t *testing.T, db *store.DB, state string) (n int) {
	t.Helper()
	const query = `SELECT count(*) FROM river_job WHERE queue = 'webhooks' AND state = '`
	writer, pg := db.Pools()
	if pg != nil {
		require.NoError(t, pg.QueryRow(t.Context(), query+state+"'").Scan(&n))
	} else {
		require.NoError(t, writer.QueryRowContext(t.Context(), query+state+"'").Scan(&n))
	}
	return n
}

func TestWebhooksThatHangKeepNoMailWaiting(t *testing.T) {
	t.Parallel()
	const workers, partners = 2, 12
	for _, tt := range []struct {
		name          string
		perHost, most int
	}{
		{"all at one service", 1, 1},
		{"more than there are workers", 1000, workers},
	} {
		onEach(t, func(t *testing.T, database string) {
			db := open(t, database)
			release := make(chan struct{})
			var asked atomic.Int32
			n, mail := hooked(t, db, partners, tt.perHost, func(http.ResponseWriter, *http.Request) {
				asked.Add(1)
				<-release
			})
			start(t, db, n, queue.Options{Workers: workers})
			require.NoError(t, db.CreateIncident(t.Context(), incident("INC-slow"), operator))
			await(t, "all mail is sent", func() bool { return mail.about(partner.TopicIncident) == partners })
			assert.LessOrEqual(t, int(asked.Load()), tt.most, tt.name)
			for _, d := range calls(t, db, "INC-slow") {
				assert.Equal(t, host.DeliveryWaiting, d.State, "nobody has answered, and what had no place has not failed")
				assert.Zero(t, d.Attempts)
			}
			close(release)
			if tt.perHost == 1 {
				return // they come back one after the other, which takes its time
			}
			await(t, "and the webhooks, once they answer", func() bool {
				return counts(t, db, "INC-slow")[host.DeliverySent] == 2*partners
			})
		})
	}
}

func TestAServiceIsLeftAloneForAsLongAsItWants(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, database string) {
		db := open(t, database)
		n, _ := hooked(t, db, 1, 0, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "86400")
			w.WriteHeader(http.StatusTooManyRequests)
		})
		start(t, db, n, queue.Options{})
		require.NoError(t, db.CreateIncident(t.Context(), incident("INC-busy"), operator))
		await(t, "a try", func() bool { return counts(t, db, "INC-busy")[host.DeliveryRetrying] == 1 })
		d := calls(t, db, "INC-busy")[0]
		assert.Equal(t, "the service answered 429", d.Problem)
		assert.Equal(t, time.Hour, d.NextTryAt.Sub(d.UpdatedAt).Round(time.Minute), "but for an hour at most")
		await(t, "its job waits for that", func() bool { return jobs(t, db, "scheduled") == 1 })
		assert.Zero(t, jobs(t, db, "retryable"), "and not for the pause of a mail")
	})
}

// What is queued follows what a Global admin does, and what the service says.
func TestAWebhookIsSwitchedOff(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, database string) {
		db := open(t, database)
		var asked atomic.Int32
		n, mail := hooked(t, db, 2, 0, func(w http.ResponseWriter, _ *http.Request) {
			asked.Add(1)
			w.WriteHeader(http.StatusGone)
		})
		_, log := start(t, db, n, queue.Options{})
		require.NoError(t, db.CreateIncident(t.Context(), incident("INC-off"), operator))
		await(t, "both have failed", func() bool { return counts(t, db, "INC-off")[host.DeliveryFailed] == 2 })
		await(t, "the Global admins of both are told", func() bool { return mail.about(host.TopicWebhookGone) == 2 })
		first := calls(t, db, "INC-off")[0]
		_, id, _ := host.ParseWebhookURL(first.Recipient.URL)
		gone, err := db.Webhook(t.Context(), first.PartnerTenantID, id)
		require.NoError(t, err)
		assert.Equal(t, host.OffGone, gone.OffWhy)
		_, err = db.RetryFailed(t.Context(), "INC-off", first.ID)
		require.NoError(t, err)
		await(t, "it is withdrawn", func() bool { return counts(t, db, "INC-off")[host.DeliveryWithdrawn] == 1 })
		assert.EqualValues(t, 2, asked.Load(), "nothing was sent to it again")
		assert.NotContains(t, log.String(), "127.0.0.1")
		assert.True(t, contains(log, "a notification is withdrawn"))
	})
}
