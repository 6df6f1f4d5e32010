package store

import (
	"context"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// Keep is how long is kept what nothing else needs. A zero is for ever.
type Keep struct {
	// Addresses are those of the clients that a change or an answer came from.
	Addresses time.Duration
	// Notices are the mails that told once of something: another contact, a webhook
	// that was switched off.
	Notices time.Duration
}

// onceTopics are those of a [Keep]'s notices. Mails that ask are no such ones:
// whoever was asked is not asked again.
var onceTopics = []partner.Topic{
	partner.TopicContactAppointed, partner.TopicContactReplaced, partner.TopicContactUpdated, host.TopicWebhookGone,
}

// Forget takes away what is older, at most so many of each kind, and returns
// how many those were. The audit log stays whole.
func (db *DB) Forget(ctx context.Context, keep Keep, limit int) (n int64, err error) {
	type topic struct {
		Topic partner.Topic `json:"topic"`
	}
	topics := make([]topic, len(onceTopics))
	for i, t := range onceTopics {
		topics[i].Topic = t
	}
	for _, one := range []struct {
		kept      time.Duration
		statement string
		set       []any // what stands before the time and the limit
	}{
		{keep.Addresses, `DELETE FROM audit_personal WHERE name = 'address' AND number IN (
			SELECT p.number FROM audit_personal AS p JOIN audit_log AS l ON l.number = p.number
			WHERE p.name = 'address' AND l.at < $1 ORDER BY p.number LIMIT $2)`, nil},
		{keep.Addresses, `UPDATE case_events SET address = '' WHERE (case_id, source) IN (
			SELECT case_id, source FROM case_events WHERE at < $1 AND address <> '' LIMIT $2)`, nil},
		{keep.Addresses, `UPDATE contact_answers SET from_address = '' WHERE source IN (
			SELECT source FROM contact_answers WHERE at < $1 AND from_address <> '' LIMIT $2)`, nil},
		{keep.Notices, `DELETE FROM deliveries WHERE id IN (
			SELECT id FROM deliveries WHERE incident_id IS NULL AND updated_at < $2
			AND state IN ('sent', 'failed', 'bounced', 'nobody', 'withdrawn')
			AND topic IN (SELECT e.value ->> 'topic' FROM {each}) LIMIT $3)`,
			[]any{asJSON(topics)}},
	} {
		if one.kept <= 0 {
			continue
		}
		m, err := db.engine.exec(ctx, one.statement, append(one.set, micros(db.now().Add(-one.kept)), limit)...)
		if err != nil {
			return n, wrap(err, "forget")
		}
		n += m
	}
	return n, nil
}
