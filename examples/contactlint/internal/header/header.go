// Package header knows which column of a table is which field of a security
// contact, however its name is spelled.
package header

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode"

	"github.com/cspkit/partner"
)

// A Name is how a field of the contact may be called.
type Name struct {
	Field    partner.Field
	Path     string // of a finding on it, within the contact: "/firstName"
	Required bool
	// Spellings are compared without case, spaces and punctuation: "email" stands
	// for "E-Mail" too, "firstname" for "First name", "first_name" and "firstName".
	// Each may also stand after "security contact".
	Spellings []string
}

// Names has a row for each field of the library's contact, in its order. The
// first spelling is the name of the field.
var Names = func() []Name {
	const contact = "/securityContact"
	missing := partner.SecurityContact{}.Check()
	var names []Name
	for f := range partner.AllFields().In(partner.SectionSecurityContact).All() {
		path := strings.TrimPrefix(f.String(), contact)
		names = append(names, Name{
			Field:     f,
			Path:      path,
			Required:  slices.ContainsFunc(missing, func(m partner.Finding) bool { return m.Path == path }),
			Spellings: append([]string{key(path)}, spellings[f]...),
		})
	}
	return names
}()

// spellings are how people call a field beside its own name.
var spellings = map[partner.Field][]string{
	partner.FieldSecurityContactFirstName:  {"first", "givenname", "forename"},
	partner.FieldSecurityContactMiddleName: {"middle"},
	partner.FieldSecurityContactLastName:   {"last", "surname", "familyname"},
	partner.FieldSecurityContactEmail:      {"emailaddress", "mail", "mailaddress"},
	partner.FieldSecurityContactPhone:      {"phone", "telephone", "telephonenumber", "tel", "phoneno"},
}

// Bind returns where the text of each of Names stands in c. It is for a contact
// that is filled again and again: SetValue looks each field up.
func Bind(c *partner.SecurityContact) []*string {
	texts := make([]*string, len(Names))
	v := reflect.ValueOf(c).Elem()
	for i := range v.NumField() {
		name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		texts[Index("/"+name)] = v.Field(i).Addr().Interface().(*string)
	}
	return texts
}

// Index returns the place in Names of the field with the path, or -1.
func Index(path string) int {
	for i := range Names {
		if Names[i].Path == path {
			return i
		}
	}
	return -1
}

// Columns tells in which column of a table each of Names stands, the first
// being 0; -1 is nowhere.
type Columns []int

// ErrMissing and ErrTwice say what is wrong with a header. Their errors name
// fields and numbers of columns, and never repeat the header: without one, the
// first line of a file holds somebody's name and number.
var (
	ErrMissing = errors.New("a column is missing")
	ErrTwice   = errors.New("two columns are the same field")
)

// Parse finds the columns in the header's cells. It passes over columns of
// other names.
func Parse(cells []string) (Columns, error) {
	columns := slices.Repeat(Columns{-1}, len(Names))
	for i, cell := range cells {
		n := lookup(cell)
		if n < 0 {
			continue
		}
		if columns[n] >= 0 {
			return columns, fmt.Errorf("%w: columns %d and %d are both %s; rename or remove one",
				ErrTwice, columns[n]+1, i+1, Names[n].Path[1:])
		}
		columns[n] = i
	}
	var missing []string
	for i, n := range Names {
		if n.Required && columns[i] < 0 {
			missing = append(missing, n.Path[1:])
		}
	}
	if missing != nil {
		return columns, fmt.Errorf("%w: no column is named %s; the first line must name the columns (see --help)",
			ErrMissing, strings.Join(missing, ", "))
	}
	return columns, nil
}

// lookup returns the place in Names of what a cell names, or -1.
func lookup(cell string) int {
	name := strings.TrimPrefix(key(cell), "securitycontact")
	return slices.IndexFunc(Names, func(n Name) bool { return slices.Contains(n.Spellings, name) })
}

// key returns the letters and digits of a cell, in lower case.
func key(cell string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, cell)
}
