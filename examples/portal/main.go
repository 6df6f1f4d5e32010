// Command portal is a web application for the security contacts of CSP
// partners, built on package partner as a host would build it: people sign in,
// look after the legal profile of their company, and an operator of the
// provider tells partners of incidents.
//
//	go run ./examples/portal          starts it whole, with made-up companies, on http://127.0.0.1:8080/
//	go run ./examples/portal --help   says what can be set
package main

import (
	"os"

	"github.com/cspkit/partner/examples/portal/internal/cli"
)

func main() { os.Exit(cli.Main(os.Args[1:], os.Stdout, os.Stderr)) }
