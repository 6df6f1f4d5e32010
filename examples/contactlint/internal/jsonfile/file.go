// Package jsonfile reads contacts and legal profiles from JSON Lines, and from
// a JSON document that is
//   - an array of them;
//   - an object with an array of them, as the APIs of Microsoft and of others
//     answer: {"value": [...]}, {"results": [...]};
//   - one of them.
//
// It reads in chunks, so that several goroutines can share a file, and goes on
// after what it cannot read. JSON itself is read by encoding/json. Names are
// matched as encoding/json matches them.
package jsonfile

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/cspkit/partner/examples/contactlint/internal/row"
)

// ErrDocument and ErrLines say that a file is not of this kind. The text of an
// error says what to do.
var (
	ErrDocument = errors.New("not a JSON document of contacts")
	ErrLines    = errors.New("not JSON Lines")
)

// envelopes are the members in which an answer holds its array.
var envelopes = []string{
	"value",       // Microsoft Graph, Dynamics 365
	"items",       // Partner Center, Autotask
	"results",     // HubSpot
	"records",     // Salesforce
	"connections", // Google's People API
	"data",        // Zoho CRM, Pipedrive
	"result",      // ServiceNow
	"users",       // Zendesk
	"members",     // Mailchimp
	"contacts",    // Zoho Books, Freshsales
}

// Document is a row.Format for a file that is one JSON value. Make it with
// NewDocument.
//
// A row whose bracket is never closed takes those after it along, up to
// row.Limit or the end of the file. JSON Lines has no such rows.
type Document struct {
	head    string // what stands before the first row
	base    string // the pointer of the array
	single  bool   // the document is the row
	known   bool   // it has the name of a field
	empty   bool   // there is no row
	ended   bool
	page    string // what tells of another page of the answer; "" is nothing
	skipped element
}

// pages has what tells of the next page in an answer.
var pages = [...]struct {
	name   string
	member string
	goesOn func(value json.RawMessage) bool
}{
	{"@odata.nextLink", "@odata.nextLink", isLink}, // Microsoft Graph, Dynamics 365
	{"links.next", "links", func(value json.RawMessage) bool { // Partner Center
		var links struct{ Next struct{ URI string } }
		return json.Unmarshal(value, &links) == nil && links.Next.URI != ""
	}},
	{"paging.next", "paging", func(value json.RawMessage) bool { // HubSpot
		var paging struct{ Next struct{ After string } }
		return json.Unmarshal(value, &paging) == nil && paging.Next.After != ""
	}},
	{"nextRecordsUrl", "nextRecordsUrl", isLink}, // Salesforce
	{"nextPageToken", "nextPageToken", isLink},   // Google
	{"next_page", "next_page", isLink},           // Zendesk
	{"info.more_records", "info", func(value json.RawMessage) bool { // Zoho CRM
		var info struct {
			More bool `json:"more_records"`
		}
		return json.Unmarshal(value, &info) == nil && info.More
	}},
	{"page_context.has_more_page", "page_context", func(value json.RawMessage) bool { // Zoho Books
		var page struct {
			More bool `json:"has_more_page"`
		}
		return json.Unmarshal(value, &page) == nil && page.More
	}},
	{"additional_data", "additional_data", func(value json.RawMessage) bool { // Pipedrive
		var data struct {
			Next       string `json:"next_cursor"`
			Pagination struct {
				More bool `json:"more_items_in_collection"`
			}
		}
		return json.Unmarshal(value, &data) == nil && (data.Next != "" || data.Pagination.More)
	}},
	{"pageDetails.nextPageUrl", "pageDetails", func(value json.RawMessage) bool { // Autotask
		var details struct{ NextPageURL string }
		return json.Unmarshal(value, &details) == nil && details.NextPageURL != ""
	}},
}

// isLink reports whether a JSON value is a text that is not empty.
func isLink(value json.RawMessage) bool { return len(value) > len(`""`) && value[0] == '"' }

// turn notes that a member of the answer tells of the next page, if it does.
func (d *Document) turn(member string, value json.RawMessage) {
	for _, p := range pages {
		if member == p.member && p.goesOn(value) {
			d.page = p.name
		}
	}
}

// NewDocument returns the format of one file. Bom is what stands at its very
// start.
func NewDocument(bom string) *Document { return &Document{head: bom} }

// Lines is a row.Format for a file with one JSON object a line. BOM is what
// stands at its very start.
type Lines struct{ BOM string }

var (
	_ row.Format = (*Document)(nil)
	_ row.Format = Lines{}
)

// Begin reads up to the array, and its opening bracket.
func (d *Document) Begin(text string, last bool) (int, error) {
	rest := strings.TrimLeft(text, blanks)
	short := !last && len(text) <= row.Limit
	if rest == "" && short {
		return 0, row.ErrShort
	}
	before := len(text) - len(rest)
	switch {
	case rest == "":
		return 0, fmt.Errorf("%w: the file is empty; no contacts are written []", ErrDocument)
	case rest[0] == '{':
		base, size, err := d.object(rest, false)
		if err != nil && short {
			return 0, row.ErrShort
		}
		if err != nil {
			return 0, notJSON(text, before+size, err)
		}
		if d.base, d.single = base, base == ""; d.single {
			return 0, d.alone(rest[size:], short)
		}
		before += size
	case rest[0] == '[':
		before++
	default:
		return 0, fmt.Errorf("%w: it starts with neither [ nor {; for other formats use --format", ErrDocument)
	}
	inside := strings.TrimLeft(text[before:], blanks)
	if inside == "" && short {
		return 0, row.ErrShort
	}
	d.empty = strings.HasPrefix(inside, "]")
	d.head += text[:before]
	return before, nil
}

// object reads the object at the start of text up to the array of an envelope,
// and returns the pointer of that. The envelope may stand in another one:
// {"result": {"records": [...]}}. Base is "" if there is no array. The size is
// how far the text was read.
func (d *Document) object(text string, within bool) (base string, size int, err error) {
	from := json.NewDecoder(strings.NewReader(text))
	if _, err := from.Token(); err != nil {
		return "", 0, err
	}
	for from.More() {
		token, err := from.Token()
		if err != nil {
			return "", int(from.InputOffset()), err
		}
		name, _ := token.(string)
		value := strings.TrimLeft(text[from.InputOffset():], blanks+":")
		if slices.Contains(envelopes, name) {
			at := len(text) - len(value)
			if strings.HasPrefix(value, "[") {
				return "/" + name, at + 1, nil
			}
			if strings.HasPrefix(value, "{") && !within {
				inner, size, err := d.object(value, true)
				if inner != "" || err != nil {
					return "/" + name + inner, at + size, err
				}
			}
		}
		if n := tree.find(name); n != nil && !within {
			d.known = d.known || n.marks != 0
		}
		var member json.RawMessage
		if err := from.Decode(&member); err != nil {
			return "", int(from.InputOffset()), err
		}
		d.turn(name, member)
	}
	_, err = from.Token()
	return "", int(from.InputOffset()), err
}

// alone says what to do about an object that is the row, and what comes after
// it. Short is set if the text may go on.
func (d *Document) alone(after string, short bool) error {
	after = strings.TrimLeft(after, blanks)
	switch {
	case after == "" && short:
		return row.ErrShort
	case after == "" && !d.known:
		return fmt.Errorf("%w: it is an object with no field of a contact; if the contacts are an array in it, "+
			"make that array the whole file", ErrDocument)
	case after == "":
		return nil
	case after[0] == '{':
		return fmt.Errorf("%w: another object follows the first; for one object a line use --format jsonl", ErrDocument)
	}
	return fmt.Errorf("%w: text is left over after the object", ErrDocument)
}

// notJSON says where the text stops being JSON, and shows nothing of it.
func notJSON(text string, at int, err error) error {
	what := "is no JSON"
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		at, what = len(text), "is cut off"
	}
	line := 1 + strings.Count(strings.TrimRight(text[:at], blanks), "\n")
	return fmt.Errorf("%w: it %s in line %d", ErrDocument, what, line)
}

// opening is what makes JSON of what follows the array.
func (d *Document) opening() string {
	return strings.Repeat(`{"":`, strings.Count(d.base, "/")) + "[]"
}

// Newline is '\n'.
func (d *Document) Newline() byte { return '\n' }

// Cut ends at the comma after an element. The last element comes with all that
// follows the array.
func (d *Document) Cut(text string, last bool) int {
	if d.single {
		d.ended = last
		return size(text, last)
	}
	for done := 0; ; {
		var e element
		n, end := e.scan(text[done:])
		if end == ']' && last {
			d.ended = !d.cutOff(text[done+n:])
		}
		switch {
		case end == ',':
			done += n
		case end == ']' && d.ended:
			d.tail(text[done+n:])
			return len(text)
		default:
			return done
		}
	}
}

// size is that of a text of which nothing can be used before it is whole.
func size(text string, last bool) int {
	if last {
		return len(text)
	}
	return 0
}

// cutOff reports whether more must come after what follows the array.
func (d *Document) cutOff(tail string) bool {
	err := json.NewDecoder(strings.NewReader(d.opening() + tail)).Decode(new(json.RawMessage))
	return errors.Is(err, io.ErrUnexpectedEOF)
}

// tail looks for the next page in what follows the array.
func (d *Document) tail(text string) {
	value := json.RawMessage(d.opening() + text)
	for range strings.Count(d.base, "/") {
		var members map[string]json.RawMessage
		if json.Unmarshal(value, &members) != nil {
			return
		}
		for member, value := range members {
			d.turn(member, value)
		}
		value = members[""]
	}
}

// Paged returns the name of what tells that the file is one page of an answer
// that goes on. It returns "" if nothing does. It may be called at the end of
// the file.
func (d *Document) Paged() string { return d.page }

// Skip ends at the comma after the element, or with the file.
func (d *Document) Skip(text string) (int, bool) {
	if d.single || d.ended {
		return len(text), false
	}
	n, end := d.skipped.scan(text)
	if end == 0 {
		return n, false
	}
	d.skipped = element{}
	if d.ended = end == ']'; d.ended {
		return len(text), false
	}
	return n, true
}

// Unfinished reports whether a closing bracket is missing.
func (d *Document) Unfinished() bool { return !d.ended }

// Place tells the pointer from the file.
func (d *Document) Place(at *row.Finding) {
	if !d.single {
		at.Pointer = d.Element(at.Row) + at.Pointer
	}
}

// Element names a row by its pointer.
func (d *Document) Element(row int) string { return d.base + "/" + strconv.Itoa(row-1) }

// Head is what stands before the first row. The rest comes with the rows.
func (d *Document) Head() string { return d.head }

// Checker checks the elements.
func (d *Document) Checker(o row.Options) row.Checker {
	return &documentChecker{checker: checker{options: o}, document: d}
}

// Begin reads nothing, for the first row is in the first line. It only tells an
// array, or an object over several lines.
func (Lines) Begin(text string, last bool) (int, error) {
	text = strings.Trim(text, blanks)
	first := firstLine(text)
	if first == "{" {
		return 0, fmt.Errorf("%w: the first line is a bracket; write each object on one line, "+
			"or all as one array for --format json", ErrLines)
	}
	inside, array := strings.CutPrefix(first, "[")
	if inside = strings.TrimLeft(inside, blanks); !array || inside != "" && inside[0] != '{' {
		return 0, nil
	}
	if alone := last && first == text; alone || !json.Valid([]byte(first)) {
		return 0, fmt.Errorf("%w: it starts with [, as an array does; for an array use --format json", ErrLines)
	}
	return 0, nil
}

// Newline is '\n'.
func (Lines) Newline() byte { return '\n' }

// Cut ends at a line end.
func (Lines) Cut(text string, last bool) int {
	if last {
		return len(text)
	}
	return strings.LastIndexByte(text, '\n') + 1
}

// Skip ends with the line.
func (Lines) Skip(text string) (int, bool) {
	if i := strings.IndexByte(text, '\n'); i >= 0 {
		return i + 1, true
	}
	return len(text), false
}

// Unfinished is never true: a file of lines may end anywhere.
func (Lines) Unfinished() bool { return false }

// Place has nothing to add: the pointer is that from the object of the line.
func (Lines) Place(*row.Finding) {}

// Head is the byte order mark.
func (l Lines) Head() string { return l.BOM }

// Checker checks the lines.
func (Lines) Checker(o row.Options) row.Checker { return &linesChecker{checker{options: o}} }

// firstLine returns the first line of text without the blanks around it.
func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return strings.Trim(line, blanks)
}
