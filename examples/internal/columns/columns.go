// Package columns knows which column of a table of contacts is which, by the
// words in its header.
//
// It knows the exports that people have: Google Contacts, Outlook in ten
// languages, Thunderbird, Microsoft 365, Entra, Intune, Apple, LinkedIn, Google
// Workspace, and those of programs that keep customers, such as HubSpot,
// Salesforce, Zoho, Dynamics 365 and Xero. Each word is a row of one table,
// with its source. To teach the package another word, add a row to words.
//
// [ReadRoster] reads a list of partners and customers: it knows more words,
// such as those of Partner Center's list of customers.
//
// It guesses nothing. A header that is not in the table is not understood, and
// the Mapping says so.
package columns

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Field is what a column holds. Zero is none that a contact has.
type Field int

// The fields.
const (
	FirstName  Field = iota + 1
	MiddleName       // and further given names
	LastName
	FullName // first and last name in one cell, or the name of a group
	Company
	Email
	Phone
	Country // a name or a code: see Region

	// The fields of a list of partners and customers: see ReadRoster. A contact has
	// none of them, and Fields leaves them out.
	Tenant         // of a partner or a customer: ReadRoster says whose
	PartnerTenant  // the partner's tenant ID
	PartnerType    // how it takes part in the program
	CustomerTenant // the customer's tenant ID
	CustomerName
	Rights         // in words: "reseller, GDAP", "Cloud Reseller"
	ResellerRights // yes or no
	AdminRights    // yes or no, or which: "DAP", "GDAP"
	Language       // of what the partner reads
	Street
	City
	State
	PostalCode
	PrimaryFirstName // of the primary contact, and so on
	PrimaryLastName
	PrimaryEmail
	PrimaryPhone
	AdminName // of a Global admin
	AdminEmail
	AgentName // of an admin agent
	AgentEmail
	Nothing // it is understood, and the portal keeps no such thing: a domain, tags
)

// fieldNames are the names of the fields, in their order.
var fieldNames = [...]string{
	"", "firstName", "middleName", "lastName", "fullName", "company", "email", "phoneNumber", "country",
	"tenantId", "partnerTenantId", "partnerType", "customerTenantId", "customerName", "rights", "resellerRights",
	"adminRights", "language", "addressLine1", "city", "state", "postalCode", "primaryContactFirstName",
	"primaryContactLastName", "primaryContactEmail", "primaryContactPhone", "adminName", "adminEmail", "agentName",
	"agentEmail", "nothing",
}

// Fields returns all fields of a contact in their order.
func Fields() []Field {
	var fields []Field
	for f := FirstName; f <= Country; f++ {
		fields = append(fields, f)
	}
	return fields
}

// String returns the name of the field, such as "firstName". It is "" for zero.
func (f Field) String() string {
	if f < 0 || int(f) >= len(fieldNames) {
		return ""
	}
	return fieldNames[f]
}

// Kind says which of several columns of a field this is. The least counts
// first: work before private.
type Kind int

// The kinds.
const (
	Work   Kind = iota + 1 // of the job
	Main                   // the only one, or the first one
	Listed                 // of a list of which one is the primary: see PrimaryAddress
	SignIn                 // the name with which somebody signs in; most often the address, too
	Mobile
	Home
	Other // a second or third one, or the last resort
)

// kindNames are what people call the kinds.
var kindNames = [...]string{"", "work", "", "the primary one", "sign-in", "mobile", "private", "other"}

// String returns the kind in a word. It is "" for Main and for zero.
func (k Kind) String() string {
	if k < 0 || int(k) >= len(kindNames) {
		return ""
	}
	return kindNames[k]
}

// A Column is one column of a table and what it holds.
type Column struct {
	Index  int    // of the column; the first is 0
	Header string // the cell as it stands
	Field  Field  // 0 is not understood
	Kind   Kind   // 0 if Field is 0
	// Label is the index of the column that tells the kind row by row, as Google
	// Contacts has them. -1 is none. See LabelKind.
	Label  int
	Source string // where the word was found; "" if Field is 0
}

// Mapping tells what each column of a table holds. The zero value has no
// columns.
type Mapping struct {
	Export  string   // what the header looks like: "Outlook (German)"; "" is not known
	Columns []Column // one for each cell of the header, in its order
}

// Read returns what each cell of a header means. It compares words without
// case, accents, spaces and punctuation. A number within a word, as in "Phone 3
// - Value", may be any number. In square brackets stands a name of its own, as
// in "Vorname [givenName]", or a note, as in "First Name [Required]".
func Read(header []string) Mapping {
	m := Mapping{Columns: make([]Column, len(header))}
	keys := make([]string, len(header))
	for i, cell := range header {
		keys[i] = key(cell)
		m.Columns[i] = Column{Index: i, Header: cell, Label: -1}
		if w, ok := find(cell); ok {
			m.Columns[i].Field, m.Columns[i].Kind, m.Columns[i].Source = w.field, w.kind, w.source
		}
	}
	for i := range m.Columns {
		if c := &m.Columns[i]; c.Field == Email || c.Field == Phone {
			c.Label = labelOf(keys, i)
		}
	}
	m.Export = recognise(header)
	return m.besideFirst()
}

// besideFirst returns the mapping in which "Name" is the last name, if the
// first name has a column and the last name has none: "Name;Vorname". A column
// that Set has named stays.
func (m Mapping) besideFirst() Mapping {
	if len(m.Of(FirstName)) == 0 || len(m.Of(LastName)) > 0 {
		return m
	}
	for i := range m.Columns {
		if c := &m.Columns[i]; c.Field == FullName && c.Source != set && IsName(c.Header) {
			c.Field = LastName
		}
	}
	return m
}

// IsName reports whether a header says no more than "name". That is the whole
// name, or the last name beside a column for the first name.
func IsName(header string) bool {
	k := key(header)
	return k == "name" || k == "namn" || k == "naam"
}

// set is the Source of a column that Set has named.
const set = "set"

// Of returns the columns of a field. The first that holds something in a row is
// the one that counts: the least kind, and of one kind the leftmost.
//
// Two name columns of different kinds are two names, not two places for one.
// Only those of the least kind are returned.
func (m Mapping) Of(f Field) []Column {
	var of []Column
	for _, c := range m.Columns {
		if c.Field == f && f != 0 {
			of = append(of, c)
		}
	}
	slices.SortStableFunc(of, func(a, b Column) int { return cmp.Compare(a.Kind, b.Kind) })
	if f != Email && f != Phone && f != Country {
		of = slices.DeleteFunc(of, func(c Column) bool { return c.Kind != of[0].Kind })
	}
	return of
}

// Unknown returns the columns that were not understood. Those without a header
// are not among them.
func (m Mapping) Unknown() []Column {
	var unknown []Column
	for _, c := range m.Columns {
		if c.Field == 0 && strings.TrimSpace(c.Header) != "" {
			unknown = append(unknown, c)
		}
	}
	return unknown
}

// Set returns the mapping with the columns that are named, and no others, as
// those of the field. The first counts first. An index that is out of range
// names none.
func (m Mapping) Set(f Field, indexes ...int) Mapping {
	m.Columns = slices.Clone(m.Columns)
	for i := range m.Columns {
		if c := &m.Columns[i]; c.Field == f {
			*c = Column{Index: c.Index, Header: c.Header, Label: -1}
		}
	}
	for place, i := range indexes {
		if i >= 0 && i < len(m.Columns) {
			// Of sorts by kind, so the place is the kind.
			header := m.Columns[i].Header
			m.Columns[i] = Column{Index: i, Header: header, Field: f, Kind: Kind(place + 1), Label: -1, Source: set}
		}
	}
	return m.besideFirst()
}

// Find returns the index of the column with the header, or -1. It looks for the
// exact text first, and then as Read compares words.
func (m Mapping) Find(header string) int {
	for i, c := range m.Columns {
		if c.Header == header {
			return i
		}
	}
	want := key(header)
	return slices.IndexFunc(m.Columns, func(c Column) bool { return want != "" && key(c.Header) == want })
}

// find returns the row of words for a header.
func find(header string) (word, bool) {
	w, ok := lookup(key(header))
	if inside, around := brackets(header); !ok && inside != "" {
		if w, ok = lookup(key(inside)); !ok {
			w, ok = lookup(key(around))
		}
	}
	return w, ok
}

// brackets returns what stands in square brackets, and what stands around them.
func brackets(header string) (inside, around string) {
	before, rest, _ := strings.Cut(header, "[")
	inside, after, ok := strings.Cut(rest, "]")
	if !ok {
		return "", header
	}
	return inside, before + after
}

// lookup returns the row of words for a key.
func lookup(k string) (word, bool) {
	if w, ok := byKey[k]; ok {
		return w, true
	}
	for _, before := range [...]string{"securitycontact", "contact"} { // our own names, as a profile has them
		if w, ok := byKey[strings.TrimPrefix(k, before)]; ok {
			return w, true
		}
	}
	w, ok := byNumber[numberless(k)]
	return w, ok && strings.ContainsFunc(k, unicode.IsDigit)
}

// byKey and byNumber find the words: by key, and by key without its numbers.
var byKey, byNumber = func() (map[string]word, map[string]word) {
	exact, numbered := map[string]word{}, map[string]word{}
	for _, w := range words {
		k := key(w.text)
		if _, ok := exact[k]; !ok {
			exact[k] = w
		}
		if n := numberless(k); n != k {
			if _, ok := numbered[n]; !ok {
				numbered[n] = w
			}
		}
	}
	return exact, numbered
}()

// key returns the letters and digits of a cell, in lower case and without
// accents.
func key(cell string) string {
	plain := true
	for i := range len(cell) {
		plain = plain && cell[i] < 0x80
	}
	if !plain {
		cell = norm.NFKD.String(cell)
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, cell)
}

// numberless returns a key with "#" for each number.
func numberless(k string) string {
	var b strings.Builder
	digit := false
	for _, r := range k {
		if unicode.IsDigit(r) {
			if !digit {
				b.WriteByte('#')
			}
			digit = true
			continue
		}
		digit = false
		b.WriteRune(r)
	}
	return b.String()
}

// labelOf returns the column that labels column i: "E-mail 1 - Label" for
// "E-mail 1 - Value". It returns -1 if there is none.
func labelOf(keys []string, i int) int {
	stem, ok := strings.CutSuffix(keys[i], "value")
	if !ok {
		return -1
	}
	return slices.IndexFunc(keys, func(k string) bool { return k == stem+"label" || k == stem+"type" })
}

// LabelKind returns the kind that a label says, such as "* Work" or "Privat".
// It returns 0 for a fax or pager, which is no line that a person answers, and
// Main for an empty label.
func LabelKind(label string) Kind {
	k := key(label)
	if k == "" {
		return Main
	}
	for _, l := range labels {
		if slices.ContainsFunc(l.parts, func(part string) bool { return strings.Contains(k, part) }) {
			return l.kind
		}
	}
	return Other
}

// labels is the table of labels, by a part of their key. The first that fits
// counts: "Work Fax" is a fax.
var labels = [...]struct {
	kind  Kind
	parts []string
}{
	{0, []string{"fax", "pager", "faks"}},
	{Mobile, []string{"mobil", "mobiel", "cell", "celul", "movil", "portable", "handy", "komork", "携帯"}},
	{Work, []string{
		"work", "business", "office", "arbeit", "geschaft", "travail", "bureau", "trabajo", "trabalho", "lavoro", "ufficio",
		"werk", "praca", "sluzb", "arbete", "職場", "勤務",
	}},
	{Home, []string{
		"home", "privat", "personal", "domicile", "maison", "casa", "thuis", "dom", "hem", "自宅",
	}},
	{Main, []string{"main", "haupt", "principal", "primary"}},
}
