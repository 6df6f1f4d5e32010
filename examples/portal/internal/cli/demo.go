package cli

import (
	"context"
	"errors"

	"github.com/cspkit/partner/examples/portal/internal/demo"
	"github.com/cspkit/partner/examples/portal/internal/web"
)

// demoFlags are about the demonstration alone.
type demoFlags struct {
	DemoPartners int  `placeholder:"N" help:"${demo_partners}"`
	DemoBlank    bool `help:"${demo_blank}"`
}

// mostDemoPartners is more than anybody has.
const mostDemoPartners = 1_000_000

// checkDemo finds flags of the demonstration where people are real.
func (f demoFlags) checkDemo(real bool) error {
	switch {
	case real && f.DemoPartners != 0:
		return &problem{"--demo-partners", errors.New("is of the demonstration, and with --oidc-issuer people are real")}
	case f.DemoPartners < 0 || f.DemoPartners > mostDemoPartners:
		return &problem{"--demo-partners", errors.New("must be a number from 0 to 1,000,000")}
	}
	return nil
}

// fill makes what the demonstration begins with.
func (f demoFlags) fill(ctx context.Context, b *backend, c *common) error {
	opts := demo.Options{Partners: f.DemoPartners, Blank: f.DemoBlank, Verification: c.verification}
	if b.inbox != nil {
		opts.Mail, opts.Answer = b.sender, b.links.For
	}
	return demo.Fill(ctx, b.db, opts)
}

// controls are those of the demonstration.
func (b *backend) controls() *web.Demo {
	d := &web.Demo{LetPass: b.db.LetPass, Ahead: b.db.Ahead}
	if b.inbox != nil {
		d.Fail, d.Fails = b.inbox.Fail, b.inbox.Fails
	}
	return d
}
