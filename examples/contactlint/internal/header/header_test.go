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

// Names has a row for every field of the contact, by its JSON name and in its
// order.
func TestNamesAreThoseOfTheContact(t *testing.T) {
	t.Parallel()
	contact := reflect.TypeFor[partner.SecurityContact]()
	require.Len(t, header.Names, contact.NumField())
	for i, n := range header.Names {
		assert.Equal(t, i, header.Index(n.Path))
		name, _, _ := strings.Cut(contact.Field(i).Tag.Get("json"), ",")
		assert.Equal(t, "/"+name, n.Path)
		assert.Equal(t, n.Path != "/middleName", n.Required, "%s: the README says which columns must be there", name)
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
