// Command portal is a web application for the security contacts of CSP
// partners. It is built on package partner as a host would build it. People
// sign in and look after the legal profile of their company. An operator of the
// provider tells partners of incidents.
//
//	go run ./examples/portal         starts it, with made-up companies
//	go run ./examples/portal --help  says what can be set
//
// The first is then at http://127.0.0.1:8080/.
package main

import (
	"os"

	"github.com/cspkit/partner/examples/portal/internal/cli"
)

func main() { os.Exit(cli.Main(os.Args[1:], os.Stdout, os.Stderr)) }
