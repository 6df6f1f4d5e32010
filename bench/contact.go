package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/go-playground/validator/v10"
	"github.com/nyaruka/phonenumbers"

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

// goodContacts are the shared work: persons and groups with phone numbers of
// many countries.
var goodContacts = sync.OnceValue(func() []partner.SecurityContact {
	people := [][3]string{
		{"Ada", "", "Placeholder"}, {"Zoë", "Ann", "Specimen"}, {"Brian", "O", "O'Example"},
		{"山田", "", "見本"}, {"José", "María", "Muestra"}, {"Alex", "Q", "Placeholder-Smith"},
	}
	var all []partner.SecurityContact
	for i, number := range assignedNumbers() {
		domain := fmt.Sprintf("reseller-%d.example", i)
		if i%2 == 0 {
			all = append(all, partner.NewGroupContact(fmt.Sprintf("Reseller %d SOC", i), "soc@"+domain, number))
			continue
		}
		p := people[i/2%len(people)]
		all = append(all, partner.SecurityContact{
			FirstName: p[0], MiddleName: p[1], LastName: p[2], Email: "security@" + domain, Phone: number,
		})
	}
	return all
})

// assignedNumbers are numbers that reach a line and cost nothing extra, so that
// a contact with one gets no advice. They have eight digits at least, for the
// tag e164 wants them; a few islands have fewer.
func assignedNumbers() []string {
	return slices.DeleteFunc(slices.Clone(numbers()), func(s string) bool {
		n, err := phonenumbers.Parse(s, "")
		if err != nil || !phonenumbers.IsValidNumber(n) {
			return true
		}
		switch phonenumbers.GetNumberType(n) {
		case phonenumbers.PREMIUM_RATE, phonenumbers.PAGER, phonenumbers.VOICEMAIL:
			return true
		}
		return len(s) < len("+")+8
	})[:512]
}

// badContacts are the shared work: contacts with one fault, with two, or with
// one in every field. The tags see a fault in each of these fields too.
var badContacts = sync.OnceValue(func() []partner.SecurityContact {
	faults := []func(*partner.SecurityContact){
		func(c *partner.SecurityContact) { c.FirstName = "" },
		func(c *partner.SecurityContact) { c.MiddleName = strings.Repeat("n", 129) },
		func(c *partner.SecurityContact) { c.LastName = "" },
		func(c *partner.SecurityContact) { c.Email = "" },
		func(c *partner.SecurityContact) { c.Email = "the front desk" },
		func(c *partner.SecurityContact) { c.Email = "soc@@contoso.com" },
		func(c *partner.SecurityContact) { c.Phone = "" },
		func(c *partner.SecurityContact) { c.Phone = "0800 CALL US" },
		func(c *partner.SecurityContact) { c.Phone = "4255550100" + "x" },
	}
	var all []partner.SecurityContact
	for i, good := range goodContacts()[:126] {
		c := good
		faults[i%len(faults)](&c)
		if i/len(faults)%2 == 1 {
			faults[(i+4)%len(faults)](&c)
		}
		all = append(all, c)
	}
	all = append(all, partner.SecurityContact{}, partner.SecurityContact{
		MiddleName: strings.Repeat("n", 129), Email: "soc", Phone: "soc",
	})
	return all
})

func checkContact(c partner.SecurityContact) partner.Findings { return c.Check() }

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
	v := validator.New(validator.WithRequiredStructEnabled())
	err := v.RegisterValidation("phone", func(fl validator.FieldLevel) bool {
		return checkWithPhonenumbers(fl.Field().String()).valid
	})
	return func(c partner.SecurityContact) error { return v.Struct((*taggedPhone)(&c)) }, err
}
