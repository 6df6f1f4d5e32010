// Command contactlint checks files of security contacts of Cloud Solution
// Provider partners. See README.md and contactlint --help.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/cspkit/partner/examples/contactlint/internal/cli"
)

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(300) // the heap is a few MB, whatever the file: another ten for a tenth of the time
	}
	signal.Ignore(syscall.SIGPIPE) // a closed pipe is an error like others, so that no unfinished file stays behind
	ends := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) { // which is what nohup is for
		ends = append(ends, syscall.SIGHUP)
	}
	ctx, stop := signal.NotifyContext(context.Background(), ends...)
	context.AfterFunc(ctx, stop) // a second signal kills
	os.Exit(cli.Run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
