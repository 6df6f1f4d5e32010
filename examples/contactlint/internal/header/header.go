// Package header knows the fields of a security contact. Which column of a
// table is which of them is known by package columns.
package header

import (
	"reflect"
	"slices"
	"strings"

	"github.com/cspkit/partner"
)

// A Name is a field of the contact.
type Name struct {
	Field    partner.Field
	Path     string // of a finding on it, within the contact: "/firstName"
	Required bool
}

// Names has a row for each field of the library's contact, in its order.
var Names = func() []Name {
	const contact = "/securityContact"
	missing := partner.SecurityContact{}.Check()
	var names []Name
	for f := range partner.AllFields().In(partner.SectionSecurityContact).All() {
		path := strings.TrimPrefix(f.String(), contact)
		names = append(names, Name{
			Field:    f,
			Path:     path,
			Required: slices.ContainsFunc(missing, func(m partner.Finding) bool { return m.Path == path }),
		})
	}
	return names
}()

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
