package queue_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/queue"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// askedTenant is that of the partner that SeedPartners makes up first.
const askedTenant = "5eed0000-0000-4000-8000-000000000000"

// failingOnce is a Notifier that fails for now the first time, after something
// has happened.
type failingOnce struct {
	happens func(n partner.Notification)

	mu   sync.Mutex
	sent []partner.Notification
	seen map[string]bool
}

func (f *failingOnce) Notify(_ context.Context, n partner.Notification) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.seen[n.ID] {
		f.seen[n.ID] = true
		f.happens(n)
		return errors.New("not now")
	}
	f.sent = append(f.sent, n)
	return nil
}

// What was put into the queue is looked at again before it is sent.
func TestNobodyIsAskedAfterTheAnswer(t *testing.T) {
	t.Parallel()
	answer := func(t *testing.T, db *store.DB, said host.ContactSaid) {
		// The queue has the mail, and the page its link, from an earlier mail.
		_, present, err := db.ContactAnswered(t.Context(), nil, host.ContactAnswer{
			Source: string(said), NotificationID: firstAsk(t, db), Said: said, At: db.Now(),
		})
		require.NoError(t, err)
		require.True(t, present)
	}
	tests := []struct {
		name    string
		topic   partner.Topic
		before  func(t *testing.T, db *store.DB)
		happens func(t *testing.T, db *store.DB)
		want    host.DeliveryState
	}{
		{"asked, and nothing happens", partner.TopicContactConfirm, nil, nil, host.DeliverySent},
		{"asked, and confirmed", partner.TopicContactConfirm, nil,
			func(t *testing.T, db *store.DB) { answer(t, db, host.ContactRight) }, host.DeliveryWithdrawn},
		{"asked, and in doubt", partner.TopicContactConfirm, nil,
			func(t *testing.T, db *store.DB) { answer(t, db, host.ContactWrong) }, host.DeliverySent},
		{"the Global admins, and nothing happens", partner.TopicContactLapsed, bounce, nil, host.DeliverySent},
		{"the Global admins, and confirmed", partner.TopicContactLapsed, bounce,
			func(t *testing.T, db *store.DB) { answer(t, db, host.ContactRight) }, host.DeliveryWithdrawn},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			onEach(t, func(t *testing.T, database string) {
				db := open(t, database)
				require.NoError(t, db.SeedPartners(t.Context(), customerTenant, 1))
				about := make(chan string, 10)
				f := &failingOnce{seen: map[string]bool{}, happens: func(n partner.Notification) {
					if n.Topic != tt.topic {
						return
					}
					if tt.happens != nil {
						tt.happens(t, db)
					}
					about <- n.ID
				}}
				start(t, db, f,
					queue.Options{Times: queue.Times{Retry: []time.Duration{time.Millisecond}, Ask: 10 * time.Millisecond}})
				n, _, err := db.BeginVerification(t.Context(), askedTenant, 0)
				require.NoError(t, err)
				require.Equal(t, 1, n)
				if tt.before != nil {
					await(t, "the contact is asked", func() bool { return firstAsk(t, db) != "" })
					tt.before(t, db)
				}
				id := <-about
				await(t, "something became of it", func() bool {
					d, err := db.Delivery(t.Context(), id)
					return err == nil && (d.State == host.DeliverySent || d.State == host.DeliveryWithdrawn)
				})
				d, err := db.Delivery(t.Context(), id)
				require.NoError(t, err)
				assert.Equal(t, tt.want, d.State, d.Problem)
			})
		})
	}
}

func bounce(t *testing.T, db *store.DB) {
	require.NoError(t, db.ContactBounced(t.Context(), nil, askedTenant, "soc@reseller-000000.example",
		db.Now()))
}

// firstAsk is the ID of the first mail that asks the contact, or "".
func firstAsk(t *testing.T, db *store.DB) (id string) {
	t.Helper()
	const ask = `SELECT id FROM deliveries WHERE topic = 'contact_confirm' AND partner_tenant_id = '` + askedTenant + `'`
	writer, pg := db.Pools()
	if pg != nil {
		_ = pg.QueryRow(t.Context(), ask).Scan(&id)
	} else {
		_ = writer.QueryRowContext(t.Context(), ask).Scan(&id)
	}
	return id
}
