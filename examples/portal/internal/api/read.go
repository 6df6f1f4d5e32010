package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
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
	if err := checkType(r.Header); err != nil {
		return partner.LegalProfile{}, err
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return partner.LegalProfile{}, fmt.Errorf("api: body: %w", err)
	}
	if !utf8.Valid(body) {
		return partner.LegalProfile{}, badBody("", "encoding", "The body is not UTF-8.")
	}
	if len(bytes.TrimSpace(body)) == 0 {
		return partner.LegalProfile{}, badBody("", "syntax", "The body is empty: send the legal profile as a JSON object.")
	}
	if !json.Valid(body) {
		return partner.LegalProfile{}, notJSON(body)
	}
	if bytes.Equal(bytes.TrimSpace(body), []byte("null")) { // which encoding/json takes for a profile that says nothing
		return partner.LegalProfile{}, badBody("", "type", "This must be an object.")
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
		return partner.LegalProfile{}, notProfile(err)
	}
	if err := checkMembers(body); err != nil {
		return partner.LegalProfile{}, err
	}
	return proposed, nil
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

// notProfile says which member is of another type.
func notProfile(err error) error {
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		pointer := ""
		if wrong.Field != "" {
			path := strings.TrimPrefix(wrong.Field, "LegalBusiness.") // embedded, so not in the JSON
			pointer = "/" + strings.ReplaceAll(path, ".", "/")
		}
		kind := map[string]string{"string": "a string", "struct": "an object"}[wrong.Type.Kind().String()]
		if kind == "" {
			kind = "another type"
		}
		return badBody(pointer, "type", "This must be "+kind+".")
	}
	return badBody("", "syntax", "The body is not a legal profile.")
}
