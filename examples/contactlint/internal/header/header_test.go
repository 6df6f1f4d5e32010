package header_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"

	"github.com/cspkit/partner/examples/contactlint/internal/header"
)

func TestSpellings(t *testing.T) {
	t.Parallel()
	for path, names := range map[string][]string{
		"/firstName": {
			"First name", "firstName", "first_name", "FIRST-NAME", "Given name", "Security contact First Name", " first ",
		},
		"/middleName":  {"Middle name", "middleName", "middle_name"},
		"/lastName":    {"Last name", "lastName", "Surname", "family name"},
		"/email":       {"email", "E-Mail", "email address", "E-mail Address:", "mail"},
		"/phoneNumber": {"phone", "Phone number", "phoneNumber", "Telephone", "Tel."},
	} {
		for _, name := range names {
			cells := []string{name} // and the other columns that must be there
			for _, n := range header.Names {
				if n.Required && n.Path != path {
					cells = append(cells, n.Spellings[0])
				}
			}
			columns, err := header.Parse(cells)
			require.NoError(t, err, name)
			assert.Zero(t, columns[header.Index(path)], name)
		}
	}
	columns, err := header.Parse([]string{"first", "last", "email", "phone", "phone type", "company e-mail", "secondary"})
	require.NoError(t, err, "what is only alike is another column")
	assert.Equal(t, header.Columns{0, -1, 1, 2, 3}, columns)
}

// Names has a row for every field of the contact, by its JSON name and in its
// order. A field that the library gains is missing here until it has spellings.
func TestNamesAreThoseOfTheContact(t *testing.T) {
	t.Parallel()
	contact := reflect.TypeFor[partner.SecurityContact]()
	require.Len(t, header.Names, contact.NumField())
	seen := map[string]bool{}
	for i, n := range header.Names {
		assert.Equal(t, i, header.Index(n.Path))
		name, _, _ := strings.Cut(contact.Field(i).Tag.Get("json"), ",")
		assert.Equal(t, "/"+name, n.Path)
		assert.Equal(t, strings.ToLower(name), n.Spellings[0])
		assert.Greater(t, len(n.Spellings), 1, "%s: how do people call it? See spellings", name)
		assert.Equal(t, n.Path != "/middleName", n.Required, "%s: the README says which columns must be there", name)
		for _, spelling := range n.Spellings {
			assert.False(t, seen[spelling], "%s means two fields", spelling)
			seen[spelling] = true
		}
	}
	assert.Negative(t, header.Index("/no/field"))
}

// What is written through Bind stands where the library has the field.
func TestBind(t *testing.T) {
	t.Parallel()
	var contact partner.SecurityContact
	texts := header.Bind(&contact)
	for i, n := range header.Names {
		var want partner.LegalProfile
		want.SetValue(n.Field, "x")
		*texts[i] = "x"
		assert.Equal(t, want.SecurityContact, contact, n.Path)
		*texts[i] = ""
	}
}
