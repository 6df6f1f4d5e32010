package main

import (
	"errors"
	"slices"
	"strings"

	"github.com/go-playground/validator/v10"

	"github.com/cspkit/partner"
)

// tagged is a security contact as a host writes it that has only validator. It
// asks what the tags can ask.
type tagged struct {
	FirstName  string `validate:"required,max=128"`
	MiddleName string `validate:"max=128"`
	LastName   string `validate:"required,max=128"`
	Email      string `validate:"required,max=254,email"`
	Phone      string `validate:"required,e164"`
}

// taggedPhone is tagged with a tag of the host's own: it asks phonenumbers.
type taggedPhone struct {
	FirstName  string `validate:"required,max=128"`
	MiddleName string `validate:"max=128"`
	LastName   string `validate:"required,max=128"`
	Email      string `validate:"required,max=254,email"`
	Phone      string `validate:"required,phone"`
}

func checkContact(c partner.SecurityContact) partner.Findings { return c.Check() }

func validateContact(c partner.SecurityContact) error { return c.Validate() }

// fieldsOfInvalid are the fields with an error, as an InvalidError has them.
func fieldsOfInvalid(err error) string {
	if invalid, ok := errors.AsType[*partner.InvalidError](err); ok {
		return fieldsOf(invalid.Findings)
	}
	return ""
}

// openRules is a host's validator that was taught the rules of this library.
func openRules() (func(partner.SecurityContact) error, error) {
	v := validator.New(validator.WithRequiredStructEnabled())
	err := partner.RegisterRules(v)
	return func(c partner.SecurityContact) error { return v.Struct(c) }, err
}

// fieldsOf are the fields with an error, in the words of the findings.
func fieldsOf(fs partner.Findings) string {
	var fields []string
	for _, f := range fs.Errors() {
		fields = append(fields, f.Path)
	}
	return strings.Join(slices.Compact(fields), " ")
}

var paths = map[string]string{
	"FirstName": "/firstName", "MiddleName": "/middleName", "LastName": "/lastName",
	"Email": "/email", "Phone": "/phoneNumber",
}

// fieldsOfError are the same in an error of validator.
func fieldsOfError(err error) string {
	var fields []string
	if faults, ok := errors.AsType[validator.ValidationErrors](err); ok {
		for _, f := range faults {
			fields = append(fields, paths[f.Field()])
		}
	} else if err != nil {
		return err.Error()
	}
	return strings.Join(fields, " ")
}

func openTagged() (func(partner.SecurityContact) error, error) {
	v := validator.New(validator.WithRequiredStructEnabled())
	return func(c partner.SecurityContact) error { return v.Struct((*tagged)(&c)) }, nil
}

func openTaggedPhone() (func(partner.SecurityContact) error, error) {
	v, err := newPhoneValidator()
	return func(c partner.SecurityContact) error { return v.Struct((*taggedPhone)(&c)) }, err
}
