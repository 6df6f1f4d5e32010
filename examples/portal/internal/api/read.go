package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/cspkit/partner"
)

// read returns the profile that the body proposes. It replaces the legal
// business and the primary contact as a whole. The tenant, the partner type and
// the security contact stay as in current if the body leaves them out: Partner
// Center's own API does not know them. What the body says of them is proposed,
// and partner.Revise decides.
func read(r *http.Request, current partner.LegalProfile) (partner.LegalProfile, error) {
	body, err := readBody(r)
	if err != nil {
		return partner.LegalProfile{}, err
	}
	proposed := current
	proposed.LegalBusiness, proposed.PrimaryContact = partner.LegalBusiness{}, partner.PrimaryContact{}
	var said struct { // whatever it is: null and {} propose to have none
		SecurityContact json.RawMessage `json:"securityContact"`
	}
	if err := json.Unmarshal(body, &said); err == nil && said.SecurityContact != nil {
		proposed.SecurityContact = partner.SecurityContact{}
	}
	if err := json.Unmarshal(body, &proposed); err != nil {
		return partner.LegalProfile{}, notOfType(err)
	}
	if err := checkMembers(body, reflect.TypeFor[partner.LegalProfile]()); err != nil {
		return partner.LegalProfile{}, err
	}
	return proposed, nil
}

// readBody reads a body that is one JSON object.
func readBody(r *http.Request) ([]byte, error) {
	if err := checkType(r.Header); err != nil {
		return nil, err
	}
	body, err := io.ReadAll(r.Body)
	switch {
	case err != nil:
		return nil, fmt.Errorf("api: body: %w", err)
	case !utf8.Valid(body):
		return nil, badBody("", "encoding", "The body is not UTF-8.")
	case len(bytes.TrimSpace(body)) == 0:
		return nil, badBody("", "syntax", "The body is empty: send a JSON object.")
	case !json.Valid(body):
		return nil, notJSON(body)
	case bytes.Equal(bytes.TrimSpace(body), []byte("null")): // which encoding/json takes for an object that says nothing
		return nil, badBody("", "type", "This must be an object.")
	}
	return body, nil
}

// readDocument reads a body that is a document of Microsoft's, whatever is
// wrong with it.
func readDocument(r *http.Request) ([]byte, error) {
	if err := checkType(r.Header); err != nil {
		return nil, err
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, fmt.Errorf("api: body: %w", err)
	}
	return body, nil
}

// readAs reads a body that decodes as a T, with no member that a T does not
// have.
func readAs[T any](r *http.Request) (v T, err error) {
	body, err := readBody(r)
	if err != nil {
		return v, err
	}
	if err := json.Unmarshal(body, &v); err != nil {
		return v, notOfType(err)
	}
	return v, checkMembers(body, reflect.TypeFor[T]())
}

// checkType asks for JSON as it is.
func checkType(h http.Header) error {
	media, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	charset := params["charset"]
	switch {
	case err != nil || media != "application/json" || charset != "" && !strings.EqualFold(charset, "utf-8"):
		return errType
	case h.Get("Content-Encoding") != "" && !strings.EqualFold(h.Get("Content-Encoding"), "identity"):
		return errType
	}
	return nil
}

// notJSON says where the body stops being JSON, and not what is there.
func notJSON(body []byte) error {
	var syntax *json.SyntaxError
	if err := json.Unmarshal(body, new(any)); !errors.As(err, &syntax) {
		return badBody("", "syntax", "The body is not JSON.")
	}
	return badBody("", "syntax", fmt.Sprintf("The body is not one JSON value: see the byte at %d.", syntax.Offset))
}

// notOfType says which member is of another type.
func notOfType(err error) error {
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		pointer := ""
		if wrong.Field != "" {
			path := strings.TrimPrefix(wrong.Field, "LegalBusiness.") // embedded, so not in the JSON
			pointer = "/" + strings.ReplaceAll(path, ".", "/")
		}
		kind := map[string]string{
			"string": "a string", "struct": "an object", "slice": "an array", "bool": "true or false", "int": "a whole number",
		}[wrong.Type.Kind().String()]
		if kind == "" {
			kind = "another type"
		}
		return badBody(pointer, "type", "This must be "+kind+".")
	}
	return badBody("", "syntax", "The body cannot be read: a time, for example, is written as 2026-11-30T08:15:00Z.")
}
