package api

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode"
)

// checkOnce refuses an object in which a member comes twice, also in another case: encoding/json takes the last one, and whoever else
// reads the body, a proxy or an auditor, may take the first. The body is valid, and every name in it is one of a profile.
func checkOnce(body []byte) error {
	return checkValue(json.NewDecoder(bytes.NewReader(body)), "")
}

// checkValue reads one value, which is at pointer.
func checkValue(d *json.Decoder, pointer string) error {
	token, err := d.Token()
	if err != nil {
		return badBody("", "syntax", "The body is not JSON.")
	}
	open, ok := token.(json.Delim)
	if !ok {
		return nil
	}
	seen := make(map[string]bool)
	for d.More() {
		at := pointer
		if open == '{' {
			key, err := d.Token()
			if err != nil {
				return badBody("", "syntax", "The body is not JSON.")
			}
			name, _ := key.(string)
			at = pointer + "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
			folded := foldCase(name)
			if seen[folded] {
				return badBody(at, "duplicate", "This member is there twice. Names that differ in upper and lower case only are the same.")
			}
			seen[folded] = true
		}
		if err := checkValue(d, at); err != nil {
			return err
		}
	}
	_, err = d.Token() // the closing one
	if err != nil {
		return badBody("", "syntax", "The body is not JSON.")
	}
	return nil
}

// foldCase makes equal what encoding/json takes for the same name, as strings.EqualFold does.
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
