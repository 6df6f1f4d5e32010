package main

import (
	"fmt"
	"slices"
	"sync"

	"github.com/nyaruka/phonenumbers"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/internal/phone"
)

// numbers are the shared work, as E.164: the example numbers of every country
// and type, and neighbours of each, some with a digit more or less. Numbers on
// which the engines differ are left out: see phoneDifferences.
var numbers = sync.OnceValue(func() []string {
	var all []string
	for number := range exampleNumbers() {
		start := number[:len(number)-1]
		all = append(all, number, start+"0", start+"3", start+"7", start+"00")
		if len(number)%2 == 0 {
			all = append(all, start)
		}
	}
	slices.Sort(all)
	all = slices.DeleteFunc(slices.Compact(all), differ)
	shuffle(all)
	return all
})

// exampleNumbers are those that come with phonenumbers, as E.164.
func exampleNumbers() map[string]bool {
	examples := make(map[string]bool)
	add := func(n *phonenumbers.PhoneNumber) {
		if n != nil {
			examples[phonenumbers.Format(n, phonenumbers.E164)] = true
		}
	}
	for region := range phonenumbers.GetSupportedRegions() {
		for t := phonenumbers.FIXED_LINE; t <= phonenumbers.VOICEMAIL; t++ {
			add(phonenumbers.GetExampleNumberForType(region, t))
		}
	}
	for code := range phonenumbers.GetSupportedGlobalNetworkCallingCodes() {
		add(phonenumbers.GetExampleNumberForNonGeoEntity(code))
	}
	return examples
}

// differ reports whether phonenumbers makes another number of this one, or
// takes it for valid though no call from abroad reaches it.
func differ(e164 string) bool {
	n, err := phonenumbers.Parse(e164, "")
	return err == nil && (phonenumbers.Format(n, phonenumbers.E164) != e164 || len(e164) > len("+")+15 ||
		phonenumbers.IsPossibleNumberWithReason(n) == phonenumbers.IS_POSSIBLE_LOCAL_ONLY)
}

// numberVerdict is what is known of one number.
type numberVerdict struct {
	valid     bool   // possible, and in a known range
	canonical string // E.164
}

func (v numberVerdict) String() string { return fmt.Sprint(v.valid, " ", v.canonical) }

// checkNumber judges and normalises a number without a Findings, as
// SecurityContact.Check and Normalize do.
func checkNumber(s string) numberVerdict {
	return numberVerdict{phone.Check(s)&(phone.Errors|phone.Unassigned) == 0, phone.Normalize(s, "")}
}

// checkNumberExported does the same with what a host calls.
func checkNumberExported(s string) numberVerdict {
	valid := true
	for _, f := range partner.CheckPhone(s) {
		if f.Severity == partner.SeverityError || f.Code == partner.CodePhoneUnassigned {
			valid = false
		}
	}
	return numberVerdict{valid, partner.NormalizePhone(s, "")}
}

func checkWithPhonenumbers(s string) numberVerdict {
	n, err := phonenumbers.Parse(s, "")
	if err != nil {
		return numberVerdict{canonical: s}
	}
	return numberVerdict{phonenumbers.IsValidNumber(n), phonenumbers.Format(n, phonenumbers.E164)}
}

// normalizeDialled reads a number as somebody typed it in its country.
func normalizeDialled(n dialled) string { return partner.NormalizePhone(n.national, n.region) }
func normalizeE164(n dialled) string    { return partner.NormalizePhone(n.e164, "") }
func normalizeSpaced(n dialled) string  { return partner.NormalizePhone(n.spaced, "") }
func dialledWithPhonenumbers(n dialled) string {
	return normalizeWithPhonenumbers(n.national, n.region)
}
func e164WithPhonenumbers(n dialled) string   { return normalizeWithPhonenumbers(n.e164, "") }
func spacedWithPhonenumbers(n dialled) string { return normalizeWithPhonenumbers(n.spaced, "") }

// normalizeWithPhonenumbers returns a valid number as E.164, and any other as
// it was.
func normalizeWithPhonenumbers(s, region string) string {
	n, err := phonenumbers.Parse(s, region)
	if err != nil || !phonenumbers.IsValidNumber(n) {
		return s
	}
	return phonenumbers.Format(n, phonenumbers.E164)
}

func asText(s string) string { return s }
