package jsonfile

import (
	"encoding/json"
	"strings"

	"github.com/cspkit/partner/examples/contactlint/internal/row"
)

const blanks = " \t\r\n"

// checker is what both checkers have in common.
type checker struct {
	options row.Options
	object  object
}

// check checks a row. Text is the row and the blanks around it. It starts in
// line.
func (c *checker) check(text string, line int, res *row.Result) {
	lead := len(text) - len(strings.TrimLeft(text, blanks))
	line += strings.Count(text[:lead], "\n")
	value := strings.Trim(text, blanks)
	fault := unreadable(value)
	if len(value) > row.Limit {
		fault = row.CodeTooLong
	}
	if fault == "" {
		fault = c.object.decode(value)
	}
	if fault != "" {
		res.Unreadable(line, fault)
		c.write(res, text)
		return
	}
	found, mailboxes := len(res.Findings), len(res.Mailboxes)
	c.judge(res, line)
	if len(res.Mailboxes) > mailboxes {
		res.Pointers = append(res.Pointers, c.object.pointer(res.Mailboxes[mailboxes].Path()))
	}
	for i := range res.Findings[found:] {
		f := &res.Findings[found+i]
		f.Pointer = c.object.pointer(f.Path)
	}
	if !c.options.Fix {
		return
	}
	res.Fixed = append(res.Fixed, text[:lead]...)
	var err error
	if res.Fixed, err = c.object.appendFixed(res.Fixed); err != nil {
		panic(err) // what was read as text can be written as text
	}
	res.Fixed = append(res.Fixed, text[lead+len(value):]...)
}

// judge checks the row that was decoded.
func (c *checker) judge(res *row.Result, line int) {
	o := &c.object
	advice := o.advice()
	if o.shape != profile {
		c.options.Contact(res, line, &o.contact, advice...)
		return
	}
	bare := !o.stands("/tenantId") && !o.stands("/partnerType")
	o.profile = c.options.Profile(res, line, o.profile, bare, advice...)
}

// write appends what is written as it is.
func (c *checker) write(res *row.Result, text string) {
	if c.options.Fix {
		res.Fixed = append(res.Fixed, text...)
	}
}

// documentChecker reads one element of the array after the other.
type documentChecker struct {
	checker
	document *Document
}

func (c *documentChecker) Check(text string, line int, res *row.Result) {
	if c.document.single {
		c.check(text, line, res)
		return
	}
	for text != "" {
		var e element
		n, end := e.scan(text)
		value := text[:n]
		if end != 0 {
			value = value[:n-1]
		}
		if end == ']' && c.document.empty {
			c.write(res, value)
		} else {
			c.check(value, line, res)
		}
		c.write(res, text[len(value):n])
		line += strings.Count(text[:n], "\n")
		text = text[n:]
		if end == ']' {
			c.tail(text, line, res)
			return
		}
	}
}

// tail reads what comes after the array.
func (c *documentChecker) tail(text string, line int, res *row.Result) {
	if !json.Valid([]byte(c.document.opening() + text)) {
		lead := text[:len(text)-len(strings.TrimLeft(text, blanks))]
		res.Unreadable(line+strings.Count(lead, "\n"), row.CodeSyntax)
	}
	c.write(res, text)
}

// linesChecker reads one line after the other. Blank lines are no rows.
type linesChecker struct{ checker }

func (c *linesChecker) Check(text string, line int, res *row.Result) {
	for ; text != ""; line++ {
		n := strings.IndexByte(text, '\n') + 1
		if n == 0 {
			n = len(text)
		}
		if strings.Trim(text[:n], blanks) == "" {
			c.write(res, text[:n])
		} else {
			c.check(text[:n], line, res)
		}
		text = text[n:]
	}
}
