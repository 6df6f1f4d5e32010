package cli

import (
	"context"
	"errors"
	"fmt"
)

type workerCommand struct {
	PublicURL string `name:"public-url" placeholder:"URL" help:"${worker_public_url}"`

	common `embed:""`
}

// Run sends until the process is asked to stop.
func (c *workerCommand) Run(rt *runtime) (err error) {
	log := c.logger(rt.stderr)
	if err := c.check(); err != nil {
		return err
	}
	switch {
	case !isPostgres(c.Database):
		return &problem{"--database", errors.New("must be the postgres:// URL of the portal's database: " +
			"a worker shares it with the portal, which a file for SQLite does not allow")}
	case c.SMTP == "":
		return &problem{"--smtp", errors.New("is missing: a worker has no mailbox of its own")}
	case c.PublicURL == "":
		return &problem{"--public-url",
			errors.New("is missing: links in the mail lead to the portal that this worker is beside")}
	case len(c.answerKeys) == 0:
		return &problem{"--answer-key-file",
			errors.New("is missing: the portal takes answers only to links that are signed " +
				"with a key of its own file. Give the worker the same file")}
	}
	public, err := c.publicURL()
	if err != nil {
		return err
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
	if err := b.open(rt.ctx, &c.common, false); err != nil {
		return err
	}
	closing, close := context.WithCancel(context.Background())
	defer close()
	var servers []*served
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
	fmt.Fprintln(rt.stdout, "The worker is ready. Stop it with Ctrl+C.")
	sayBounces(rt, bounces)
	return serveAll(rt.ctx, close, log, c.StopTimeout, servers...)
}
