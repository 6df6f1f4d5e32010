package main

import (
	"errors"
	"sync"

	"github.com/go-playground/validator/v10"
	"github.com/nyaruka/phonenumbers"

	"github.com/cspkit/partner"
)

// taggedProfile is a legal profile as a host writes it that has validator and
// phonenumbers. Lengths and what is required are as in partner.
type taggedProfile struct {
	TenantID               string              `validate:"required,uuid"`
	PartnerType            partner.PartnerType `validate:"oneof=direct_bill_partner indirect_provider indirect_reseller"`
	CompanyName            string              `validate:"required,max=200"`
	Address                taggedAddress
	CompanyApproverAddress taggedAddress
	CompanyApproverEmail   string `validate:"omitempty,max=254,email"`
	PrimaryContact         taggedPrimary
	SecurityContact        taggedPhone
}

type taggedAddress struct {
	Country      string `validate:"required,iso3166_1_alpha2"`
	Region       string `validate:"max=100"`
	City         string `validate:"required,max=100"`
	State        string `validate:"max=100"`
	AddressLine1 string `validate:"required,max=200"`
	AddressLine2 string `validate:"max=200"`
	PostalCode   string `validate:"max=20"`
	FirstName    string `validate:"max=50"`
	MiddleName   string `validate:"max=50"`
	LastName     string `validate:"max=50"`
	Phone        string `validate:"omitempty,phone_in"`
}

type taggedPrimary struct {
	Country    string // of the company, where its number is read
	FirstName  string `validate:"required,max=128"`
	MiddleName string `validate:"max=128"`
	LastName   string `validate:"required,max=128"`
	Email      string `validate:"required,max=254,email"`
	Phone      string `validate:"required,phone_in"`
}

func newTaggedProfile(p *partner.LegalProfile) *taggedProfile {
	address := func(a *partner.Address) taggedAddress { return taggedAddress(*a) }
	c := &p.PrimaryContact
	return &taggedProfile{
		TenantID: p.TenantID, PartnerType: p.PartnerType, CompanyName: p.CompanyName, Address: address(&p.Address),
		CompanyApproverAddress: address(&p.CompanyApproverAddress), CompanyApproverEmail: p.CompanyApproverEmail,
		PrimaryContact:  taggedPrimary{p.Address.Country, c.FirstName, c.MiddleName, c.LastName, c.Email, c.Phone},
		SecurityContact: taggedPhone(p.SecurityContact),
	}
}

// profileWork is one profile in the types of both engines.
type profileWork struct {
	ours *partner.LegalProfile
	tags *taggedProfile
}

var profileWorks = sync.OnceValue(func() []profileWork {
	all := make([]profileWork, len(profiles()))
	for i, p := range profiles() {
		all[i] = profileWork{p, newTaggedProfile(p)}
	}
	return all
})

func checkProfile(w profileWork) partner.Findings { return w.ours.Check() }

func openTaggedProfile() (func(profileWork) error, error) {
	v, err := newPhoneValidator()
	return func(w profileWork) error { return v.Struct(w.tags) }, err
}

// newPhoneValidator knows two tags of the host's own, which ask phonenumbers.
func newPhoneValidator() (*validator.Validate, error) {
	v := validator.New(validator.WithRequiredStructEnabled())
	valid := func(s, region string) bool {
		n, err := phonenumbers.Parse(s, region)
		return err == nil && phonenumbers.IsValidNumber(n)
	}
	return v, errors.Join(
		v.RegisterValidation("phone", func(fl validator.FieldLevel) bool {
			return checkWithPhonenumbers(fl.Field().String()).valid
		}),
		v.RegisterValidation("phone_in", func(fl validator.FieldLevel) bool {
			return valid(fl.Field().String(), fl.Parent().FieldByName("Country").String())
		}),
	)
}
