package api

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strconv"
	"strings"
	"unicode"
)

// checkMembers refuses
//   - a member that what the body decodes as does not have
//   - a member that comes twice in its object, in whatever case
//
// encoding/json takes the last of two. A proxy or an auditor that also reads
// the body may take the first. The body decodes as a t, so each known member
// has its type.
func checkMembers(body []byte, t reflect.Type) error {
	return checkValue(json.NewDecoder(bytes.NewReader(body)), "", t)
}

var errSyntax = badBody("", "syntax", "The body is not JSON.")

// checkValue reads one value, which is at pointer and decodes as a t.
func checkValue(d *json.Decoder, pointer string, t reflect.Type) error {
	token, err := d.Token()
	if err != nil {
		return errSyntax
	}
	switch token {
	case json.Delim('{'):
		return checkObject(d, pointer, t)
	case json.Delim('['):
		for i := 0; d.More(); i++ {
			if err := checkValue(d, pointer+"/"+strconv.Itoa(i), t.Elem()); err != nil {
				return err
			}
		}
		_, err = d.Token() // the closing one
	}
	if err != nil {
		return errSyntax
	}
	return nil
}

func checkObject(d *json.Decoder, pointer string, t reflect.Type) error {
	var known map[string]reflect.Type // nil: a map, which has any
	if t.Kind() == reflect.Struct {
		known = members(t)
	}
	seen := make(map[string]bool)
	for d.More() {
		token, err := d.Token()
		if err != nil {
			return errSyntax
		}
		name, _ := token.(string)
		at, folded := pointer+"/"+strings.NewReplacer("~", "~0", "/", "~1").Replace(name), foldCase(name)
		of, ok := known[folded]
		if known == nil {
			of, ok, folded = t.Elem(), true, name
		}
		switch {
		case !ok:
			return badBody(at, "unknown", "There is no such member.")
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
		return errSyntax
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
