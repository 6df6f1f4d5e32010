package jsonfile

import (
	"strings"

	"github.com/cspkit/partner/examples/contactlint/internal/row"
)

const blanks = " \t\r\n"

// checkRow checks the object in text, which starts in line. Between goes before each row that is written, end after it.
func checkRow(o row.Options, text string, line int, res *row.Result, between, end string) {
	if fault := unreadable(text); fault != "" {
		res.Unreadable(line, fault)
		return
	}
	object, fault := decode(text)
	if fault != "" {
		res.Unreadable(line, fault)
		return
	}
	contact := o.Contact(res, line, object.contact())
	if !o.Fix {
		return
	}
	fixed := len(res.Fixed)
	res.Fixed = append(res.Fixed, between...)
	var err error
	if res.Fixed, err = object.appendFixed(res.Fixed, text, contact); err != nil {
		res.Fixed = res.Fixed[:fixed]
		res.LeftOut++
		return
	}
	res.Fixed = append(res.Fixed, end...)
}

// arrayChecker reads one element after the other.
type arrayChecker struct{ options row.Options }

func (c arrayChecker) Check(text string, line int, res *row.Result) {
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
			checkRow(c.options, value, start, res, between, "")
		}
		line += strings.Count(text[:n], "\n")
		text = text[n:]
	}
}

// linesChecker reads one line after the other. Blank lines are no rows.
type linesChecker struct{ options row.Options }

func (c linesChecker) Check(text string, line int, res *row.Result) {
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
			checkRow(c.options, value, line, res, "", "\n")
		}
		text = text[n:]
	}
}
