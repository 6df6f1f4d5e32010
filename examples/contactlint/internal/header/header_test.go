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
	for _, tt := range []struct {
		field header.Field
		names []string
	}{
		{header.FirstName, []string{"First name", "firstName", "first_name", "FIRST-NAME", "Given name", "Security contact First Name", " first "}},
		{header.MiddleName, []string{"Middle name", "middleName", "middle_name"}},
		{header.LastName, []string{"Last name", "lastName", "Surname", "family name"}},
		{header.Email, []string{"email", "E-Mail", "email address", "E-mail Address:", "mail"}},
		{header.Phone, []string{"phone", "Phone number", "phoneNumber", "Telephone", "Tel."}},
	} {
		for _, name := range tt.names {
			cells := []string{"", "first", "last", "email", "phone"} // the field once more
			for i, other := range []header.Field{-1, header.FirstName, header.LastName, header.Email, header.Phone} {
				if other == tt.field {
					cells[i] = "note"
				}
			}
			cells[0] = name
			columns, err := header.Parse(cells)
			require.NoError(t, err, name)
			assert.Zero(t, columns[tt.field], name)
		}
	}
	columns, err := header.Parse([]string{"first", "last", "email", "phone", "phone type", "company e-mail", "secondary"})
	require.NoError(t, err, "what is only alike is another column")
	assert.Equal(t, header.Columns{0, -1, 1, 2, 3}, columns)
}

// Names has a row for every field of the contact, by its JSON name and in its order.
func TestNamesAreThoseOfTheContact(t *testing.T) {
	t.Parallel()
	contact := reflect.TypeFor[partner.SecurityContact]()
	require.Len(t, header.Names, contact.NumField())
	missing := partner.SecurityContact{}.Check()
	for i, n := range header.Names {
		assert.Equal(t, header.Field(i), n.Field)
		assert.Equal(t, n.Field, header.Of(n.Path))
		name, _, _ := strings.Cut(contact.Field(i).Tag.Get("json"), ",")
		assert.Equal(t, "/"+name, n.Path)
		required := false
		for _, f := range missing {
			required = required || f.Path == n.Path
		}
		assert.Equal(t, required, n.Required, "a column is required if its field is")
	}
}
