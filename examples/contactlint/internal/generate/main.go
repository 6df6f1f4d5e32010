// Command generate writes a CSV file of contacts to standard output. It is for
// measuring contactlint:
//
//	go run ./internal/generate -rows 1000000 > contacts.csv
package main

import (
	"flag"
	"fmt"
	"os"

	"github.com/cspkit/partner/examples/contactlint/internal/sample"
)

func main() {
	rows := flag.Int("rows", 1_000_000, "how many rows to write; about 75 bytes each")
	flag.Parse()
	if err := sample.CSV(os.Stdout, *rows); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}
