package main

import (
	"bytes"
	"fmt"
	"os"
)

// The table in a page stands between these two lines.
const (
	tableBegins = "<!-- measured: go run ./bench -readme bench/README.md -->\n"
	tableEnds   = "<!-- end of what was measured -->\n"
)

// rewrite puts the report between the marks in the page.
func (r report) rewrite(page string) error {
	old, err := os.ReadFile(page)
	if err != nil {
		return err
	}
	before, rest, begins := bytes.Cut(old, []byte(tableBegins))
	_, after, ends := bytes.Cut(rest, []byte(tableEnds))
	if !begins || !ends {
		return fmt.Errorf("%s has no place for the table: put it between the lines\n%s%s", page, tableBegins, tableEnds)
	}
	var b bytes.Buffer
	b.Write(before)
	b.WriteString(tableBegins + "\n")
	if err := r.markdown(&b); err != nil {
		return err
	}
	b.WriteString("\n" + tableEnds)
	b.Write(after)
	return os.WriteFile(page, b.Bytes(), 0o644)
}
