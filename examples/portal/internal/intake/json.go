package intake

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/cspkit/partner/examples/internal/columns"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// openJSON reads one of
//
//	[{…}, {…}]                               rows
//	{"partners": […], "customers": […]}      rows of each
//	{…}{…}                                   rows, one after the other
//
// A row is an object whose names are those of columns. An object in it is read
// as if its names stood behind its own: {"address": {"city": …}} is a column
// "addressCity". A list of objects, customers of a partner or partners of a
// customer, are rows of their own.
func (f *File) openJSON(r *bufio.Reader, o host.ImportOptions) {
	d := json.NewDecoder(r)
	d.UseNumber()
	j := &jsonRows{file: f, options: o, plans: map[string]*plan{}}
	f.places = func(field columns.Field) string { return field.String() }
	f.rows = func(yield func(Row, error) bool) {
		j.yield = yield
		if o.CustomersOf != "" {
			j.about = columns.Customers
		}
		err := j.read(d)
		if err == nil || errors.Is(err, errStop) {
			return
		}
		syntax, isSyntax := errors.AsType[*json.SyntaxError](err)
		switch {
		case isSyntax:
			err = unreadable("The file is no JSON from its character %d on.", syntax.Offset)
		case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
			err = unreadable("The file ends in the middle: it is not whole.")
		}
		yield(Row{}, err)
	}
}

var errStop = errors.New("nobody wants more")

type jsonRows struct {
	file    *File
	options host.ImportOptions
	about   columns.About
	plans   map[string]*plan // by the names of an object
	yield   func(Row, error) bool
	n       int
}

// lists are the names of lists of rows, and what the rows are about.
var lists = map[string]columns.About{
	"partners": columns.Partners, "customers": columns.Customers, "relationships": columns.Partners,
	"value": columns.Partners, "items": columns.Partners,
}

func (j *jsonRows) read(d *json.Decoder) error {
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch token {
		case json.Delim('['):
			err = j.list(d, j.about)
		case json.Delim('{'):
			err = j.top(d)
		default:
			return unreadable("The file is no list of objects.")
		}
		if err != nil {
			return err
		}
	}
}

// top reads an object that holds lists, or is a row itself.
func (j *jsonRows) top(d *json.Decoder) error {
	row := map[string]any{}
	for d.More() {
		token, err := d.Token()
		if err != nil {
			return err
		}
		name, _ := token.(string)
		about, isList := lists[strings.ToLower(name)]
		if !isList || len(row) > 0 {
			var value any
			if err := d.Decode(&value); err != nil {
				return err
			}
			if !strings.HasPrefix(name, "@") && name != "totalCount" { // of OData
				row[name] = value
			}
			continue
		}
		token, err = d.Token()
		if err != nil {
			return err
		}
		if token != json.Delim('[') {
			return unreadable("“%s” is no list.", name)
		}
		if j.about == columns.Customers && about == columns.Partners {
			about = j.about
		}
		if err := j.list(d, about); err != nil {
			return err
		}
	}
	if _, err := d.Token(); err != nil {
		return err
	}
	if len(row) == 0 {
		return nil
	}
	return j.object(row, j.about, nil)
}

func (j *jsonRows) list(d *json.Decoder, about columns.About) error {
	for d.More() {
		var value any
		if err := d.Decode(&value); err != nil {
			return err
		}
		object, ok := value.(map[string]any)
		if !ok {
			j.n++
			if !j.yield(brokenRow(j.n, 0, "row.syntax", "This is no object. Write each entry as {…}."), nil) {
				return errStop
			}
			continue
		}
		if err := j.object(object, about, nil); err != nil {
			return err
		}
	}
	_, err := d.Token()
	return err
}

// object yields the row that an object is, and those of the lists in it.
// Inherited is the tenant of what holds it.
func (j *jsonRows) object(object map[string]any, about columns.About, inherited map[string]string) error {
	flat := map[string]string{}
	nested := map[string][]any{}
	flatten("", object, flat, nested)
	for name, text := range inherited {
		flat[name] = text
	}
	names := make([]string, 0, len(flat))
	for name := range flat {
		names = append(names, name)
	}
	slices.Sort(names)
	id := fmt.Sprint(int(about), names)
	p := j.plans[id]
	if p == nil {
		m := columns.ReadRoster(names, about)
		if len(j.plans) == 0 {
			j.file.layout(m)
		}
		p = newPlan(m)
		if len(j.plans) < 1000 {
			j.plans[id] = p
		}
	}
	cells := make([]string, len(names))
	for i, name := range names {
		cells[i] = flat[name]
	}
	j.n++
	row := Row{Row: j.n}
	p.fill(&row, cells, j.options)
	if !j.yield(row, nil) {
		return errStop
	}
	for _, under := range []struct {
		list, tenant string
		about        columns.About
		own          columns.Field
	}{
		{"customers", "partnerTenantId", columns.Customers, columns.PartnerTenant},
		{"partners", "customerTenantId", columns.Partners, columns.CustomerTenant},
	} {
		for _, value := range nested[under.list] {
			child, ok := value.(map[string]any)
			if !ok {
				j.n++
				if !j.yield(brokenRow(j.n, 0, "row.syntax", "This is no object. Write each entry as {…}."), nil) {
					return errStop
				}
				continue
			}
			if err := j.object(child, under.about, map[string]string{under.tenant: p.text(cells, under.own)}); err != nil {
				return err
			}
		}
	}
	return nil
}

// flatten puts the texts of an object into flat, and its lists of objects into
// nested.
func flatten(prefix string, object map[string]any, flat map[string]string, nested map[string][]any) {
	for name, value := range object {
		at := prefix + name
		switch v := value.(type) {
		case nil:
		case string:
			flat[at] = v
		case bool, json.Number:
			flat[at] = fmt.Sprint(v)
		case map[string]any:
			flatten(at+".", v, flat, nested)
		case []any:
			if slices.ContainsFunc(v, func(e any) bool { _, is := e.(string); return !is }) {
				nested[strings.ToLower(at)] = append(nested[strings.ToLower(at)], v...)
				continue
			}
			words := make([]string, len(v))
			for i, word := range v {
				words[i] = word.(string)
			}
			flat[at] = strings.Join(words, ", ")
			if len(v) == 0 {
				flat[at] = "none"
			}
		}
	}
}
