// Package header knows which column of a table is which field of a security contact, however its name is spelled.
package header

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
)

// A Field is a field of partner.SecurityContact, in the order of the struct.
type Field int

// The fields.
const (
	FirstName Field = iota
	MiddleName
	LastName
	Email
	Phone
	Fields = iota // how many there are
)

// A Name is how a field may be called.
type Name struct {
	Field    Field
	Path     string // the JSON Pointer of the field: "/firstName"
	Required bool
	// Spellings are compared without case, spaces and punctuation: "email" stands for "E-Mail" too, "firstname" for
	// "First name", "first_name" and "firstName". Each may also stand after "security contact".
	Spellings []string
}

// Names is the table of names, in the order of the fields.
var Names = [Fields]Name{
	{FirstName, "/firstName", true, []string{"firstname", "first", "givenname", "forename"}},
	{MiddleName, "/middleName", false, []string{"middlename", "middle"}},
	{LastName, "/lastName", true, []string{"lastname", "last", "surname", "familyname"}},
	{Email, "/email", true, []string{"email", "emailaddress", "mail", "mailaddress"}},
	{Phone, "/phoneNumber", true, []string{"phonenumber", "phone", "telephone", "telephonenumber", "tel", "phoneno"}},
}

// Of returns the field with the path of a finding.
func Of(path string) Field {
	for _, n := range Names {
		if n.Path == path {
			return n.Field
		}
	}
	panic("header: no field " + path)
}

// Columns tells in which column of a table each field stands, the first being 0; -1 is nowhere.
type Columns [Fields]int

// ErrMissing and ErrTwice say what is wrong with a header. Errors name fields and column numbers and never repeat the header: in a file
// without one, the first line holds somebody's name and number.
var (
	ErrMissing = errors.New("a column is missing")
	ErrTwice   = errors.New("two columns are the same field")
)

// Parse finds the columns in the header's cells. Columns of other names are nobody's business.
func Parse(cells []string) (Columns, error) {
	columns := Columns{-1, -1, -1, -1, -1}
	for i, cell := range cells {
		field, ok := lookup(cell)
		if !ok {
			continue
		}
		if columns[field] >= 0 {
			return columns, fmt.Errorf("%w: columns %d and %d are both %s; rename or remove one",
				ErrTwice, columns[field]+1, i+1, Names[field].Path[1:])
		}
		columns[field] = i
	}
	var missing []string
	for _, n := range Names {
		if n.Required && columns[n.Field] < 0 {
			missing = append(missing, n.Path[1:])
		}
	}
	if missing != nil {
		return columns, fmt.Errorf("%w: no column is named %s; the first line must name the columns (see --help)",
			ErrMissing, strings.Join(missing, ", "))
	}
	return columns, nil
}

func lookup(cell string) (Field, bool) {
	key := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, cell)
	key = strings.TrimPrefix(key, "securitycontact")
	for _, n := range Names {
		for _, spelling := range n.Spellings {
			if key == spelling {
				return n.Field, true
			}
		}
	}
	return 0, false
}
