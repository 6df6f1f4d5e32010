package cli

import (
	"context"
	"log/slog"
	"net/url"
	"slices"
	"time"

	"github.com/cspkit/partner/examples/portal/internal/answer"
	"github.com/cspkit/partner/examples/portal/internal/mail"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// Patterns returns the pattern of every route of a demonstration, sorted. It is
// for programs that must leave none out.
func Patterns(ctx context.Context) ([]string, error) {
	db, err := store.Open(ctx, ":memory:", nil)
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	public := &url.URL{Scheme: "http", Host: "127.0.0.1:8080"}
	links, err := answer.New(public, answer.RandomKey())
	if err != nil {
		return nil, err
	}
	_, routes, err := newSite(parts{
		db: db, links: links, mailbox: new(mail.Inbox), publicURL: public, private: true, port: "8080", lifetime: time.Hour, closing: ctx,
		log: slog.New(slog.DiscardHandler), metrics: newRegistry(),
	})
	patterns := make([]string, len(routes))
	for i, r := range routes {
		patterns[i] = r.Pattern()
	}
	slices.Sort(patterns)
	return patterns, err
}
