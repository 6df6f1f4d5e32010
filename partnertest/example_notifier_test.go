package partnertest_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/partnertest"
)

// A Notifier of three lines around a transport. It keeps the words of the
// server, and loses what the error was.
func ExampleTestNotifier() {
	var transport partnertest.Recorder
	mailer := partner.NotifierFunc(func(ctx context.Context, n partner.Notification) error {
		if err := transport.Notify(ctx, n); err != nil {
			return errors.New("mail: " + err.Error())
		}
		return nil
	})

	err := partnertest.TestNotifier(transport.Harness(mailer))
	broken, _ := errors.AsType[partnertest.RuleErrors](err)
	for _, b := range broken {
		fmt.Printf("%s: %s\n", b.Rule.Name, b.Rule.Why)
	}
	// Output:
	// done-context-error: a host tells what was cut short from what was refused by the error of the context
	// refusal-for-good-is-permanent: only what is marked with partner.Permanent is taken out of the queue and shown to somebody who can mend it
	// failure-is-reachable: a host decides by errors.Is what to do about its transport
}

// Nobody can look behind this Notifier. What was not checked stands in the
// error until the host says that it knows.
func ExampleIgnoreSkipped() {
	bell := partner.NotifierFunc(func(ctx context.Context, _ partner.Notification) error { return ctx.Err() })

	err := partnertest.TestNotifier(partnertest.NotifierHarness{
		Notifier: bell,
		Serves:   func(partner.Medium) bool { return true }, // it rings, whatever the medium
	})
	fmt.Println(errors.Is(err, partnertest.ErrSkipped))
	fmt.Println(partnertest.IgnoreSkipped(err))
	// Output:
	// true
	// <nil>
}

func ExampleRules() {
	for _, rule := range partnertest.Rules() {
		if rule.Interface == "Directory" && len(rule.Needs) > 0 {
			fmt.Println(rule.Name, "needs", rule.Needs)
		}
	}
	// Output:
	// error-is-reported needs [Break]
	// error-is-reachable needs [Break]
	// error-ends-it needs [Break]
	// error-comes-alone needs [Break]
	// error-names-nobody needs [Break]
}
