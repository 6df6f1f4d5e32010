package main

import (
	"fmt"
	"net/mail"
	"sync"

	"github.com/go-playground/validator/v10"

	"github.com/cspkit/partner"
)

// addresses are the shared work: mail addresses as they stand in a form. One in
// eight is none. The engines agree on them; emailDifferences holds the forms on
// which they do not.
var addresses = sync.OnceValue(func() []string {
	locals := []string{
		"soc", "security", "night.watch", "csirt+alerts", "abuse", "it-security", "ada.lovelace", "o'brien", "team_42", "NOC",
	}
	domains := []string{
		"contoso.com", "fabrikam.com", "mail.contoso.com", "security.emea.fabrikam.com", "contoso-cloud.co.uk",
		"a1.contoso.com", "service.contoso.litwareinc.com", "reseller-1024.adatum.com", "fabrikam.org", "contoso.net",
	}
	var all []string
	for _, local := range locals {
		for _, domain := range domains {
			all = append(all, local+"@"+domain)
		}
	}
	all = append(all, "soc@Contoso.COM", "Security@Fabrikam.com", "noc@CONTOSO.NET", "soc@xn--bcher-kva.contoso.com")
	broken := []string{
		"", "soc", "soc@", "@contoso.com", "soc@@contoso.com", "soc@contoso..com", "soc contoso.com",
		"soc@contoso.com,noc@contoso.com",
		"soc.@contoso.com", ".soc@contoso.com", "so..c@contoso.com", "soc@contoso.com.", "soc@.contoso.com",
		"call the front desk",
	}
	all = append(all, broken...)
	shuffle(all)
	return all
})

func isAddress(s string) bool {
	for _, f := range partner.CheckEmail(s) {
		if f.Severity == partner.SeverityError {
			return false
		}
	}
	return true
}

// parseWithNetMail takes nothing but an address. ParseAddress also reads
// "SOC <soc@contoso.com>".
func parseWithNetMail(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s
}

func openValidatorEmail() (func(string) bool, error) {
	v := validator.New(validator.WithRequiredStructEnabled())
	return func(s string) bool { return v.Var(s, "required,email") == nil }, nil
}

func verdict(ok bool) string { return fmt.Sprint(ok) }
