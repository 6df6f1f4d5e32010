package jsonfile

import (
	"strings"

	"github.com/cspkit/partner/examples/contactlint/internal/row"
)

const blanks = " \t\r\n"

// checker is what both checkers have in common.
type checker struct {
	options row.Options
	object  object
}

// check checks the object in text, which starts in line. Between goes before
// each row that is written, end after it.
func (c *checker) check(text string, line int, res *row.Result, between, end string) {
	if fault := unreadable(text); fault != "" {
		res.Unreadable(line, fault)
		return
	}
	if fault := c.object.decode(text); fault != "" {
		res.Unreadable(line, fault)
		return
	}
	c.object.contact = c.options.Contact(res, line, c.object.contact)
	if !c.options.Fix {
		return
	}
	fixed := len(res.Fixed)
	res.Fixed = append(res.Fixed, between...)
	var err error
	if res.Fixed, err = c.object.appendFixed(res.Fixed, text); err != nil {
		res.Fixed = res.Fixed[:fixed]
		res.LeftOut++
		return
	}
	res.Fixed = append(res.Fixed, end...)
}

// arrayChecker reads one element after the other.
type arrayChecker struct{ checker }

func (c *arrayChecker) Check(text string, line int, res *row.Result) {
	for text != "" {
		var e element
		n, end := e.scan(text)
		value := text[:n]
		if end != 0 {
			value = value[:n-1]
		}
		lead := len(value) - len(strings.TrimLeft(value, blanks))
		start := line + strings.Count(value[:lead], "\n")
		switch value = strings.Trim(value, blanks); {
		case len(value) > row.Limit:
			res.Unreadable(start, row.CodeTooLong)
		case value != "" || end != 0:
			c.check(value, start, res, between, "")
		}
		line += strings.Count(text[:n], "\n")
		text = text[n:]
	}
}

// linesChecker reads one line after the other. Blank lines are no rows.
type linesChecker struct{ checker }

func (c *linesChecker) Check(text string, line int, res *row.Result) {
	for ; text != ""; line++ {
		n := strings.IndexByte(text, '\n') + 1
		if n == 0 {
			n = len(text)
		}
		value := strings.Trim(text[:n], blanks)
		switch {
		case n > row.Limit:
			res.Unreadable(line, row.CodeTooLong)
		case value != "":
			c.check(value, line, res, "", "\n")
		}
		text = text[n:]
	}
}
