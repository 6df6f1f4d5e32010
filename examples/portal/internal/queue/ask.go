package queue

import (
	"context"
	"fmt"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// How many contacts are looked at in one transaction, and how many transactions
// there are before the next pause.
const (
	askSize  = 200
	askTimes = 10
)

// ask asks contacts whose time has come whether somebody reads their address.
// Several workers share them.
func (q *Queue) ask(ctx context.Context) error {
	for range askTimes {
		n, err := q.db.AskContacts(ctx, q.opts.Verification, askSize)
		if err != nil {
			return fmt.Errorf("queue: ask: %w", err)
		}
		if n < askSize {
			break
		}
	}
	return nil
}

// asks are the topics that package attest has a part in: what they say may be
// settled before they are sent.
var asks = map[partner.Topic]bool{partner.TopicContactConfirm: true, partner.TopicContactLapsed: true}

// settle finds out whether what n says is settled.
func (q *Queue) settle(ctx context.Context, n partner.Notification, s *store.Standing) error {
	if !asks[n.Topic] || byState[s.State] == done {
		return nil
	}
	still, err := q.db.StillAsked(ctx, q.opts.Verification, n)
	s.Settled = !still
	return err
}
