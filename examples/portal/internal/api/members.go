package api

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"unicode"

	"github.com/cspkit/partner"
)

// checkMembers refuses
//   - a member that a legal profile does not have
//   - a member that comes twice in its object, in whatever case
//
// encoding/json takes the last of two. A proxy or an auditor that also reads
// the body may take the first. The body decodes as a profile, so each known
// member has its type.
func checkMembers(body []byte) error {
	return checkValue(json.NewDecoder(bytes.NewReader(body)), "", reflect.TypeFor[partner.LegalProfile]())
}

// checkValue reads one value, which is at pointer and decodes as a t.
func checkValue(d *json.Decoder, pointer string, t reflect.Type) error {
	token, err := d.Token()
	if err != nil {
		return badBody("", "syntax", "The body is not JSON.")
	}
	if token != json.Delim('{') {
		return nil
	}
	known, seen := members(t), make(map[string]bool)
	for d.More() {
		token, err := d.Token()
		if err != nil {
			return badBody("", "syntax", "The body is not JSON.")
		}
		name, _ := token.(string)
		at, folded := pointer+"/"+strings.NewReplacer("~", "~0", "/", "~1").Replace(name), foldCase(name)
		of, ok := known[folded]
		switch {
		case !ok:
			return badBody(at, "unknown", "A legal profile has no such member.")
		case seen[folded]:
			return badBody(at, "duplicate",
				"This member is there twice. Names that differ in upper and lower case only are the same.")
		}
		seen[folded] = true
		if err := checkValue(d, at, of); err != nil {
			return err
		}
	}
	if _, err := d.Token(); err != nil { // the closing one
		return badBody("", "syntax", "The body is not JSON.")
	}
	return nil
}

// members are the names of an object that is decoded as a t, in one case, with
// the types of their values.
func members(t reflect.Type) map[string]reflect.Type {
	known := make(map[string]reflect.Type)
	for _, field := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if name != "" { // not what is embedded: its own fields are here as well
			known[foldCase(name)] = field.Type
		}
	}
	return known
}

// foldCase makes equal what encoding/json takes for the same name, as
// strings.EqualFold does.
func foldCase(name string) string {
	return strings.Map(func(r rune) rune {
		for {
			next := unicode.SimpleFold(r)
			if next <= r { // the smallest of those that are equal
				return next
			}
			r = next
		}
	}, name)
}
