package main

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/nyaruka/phonenumbers"
)

// readPlans returns, for each calling code, every pattern that phonenumbers may ask about a number of it: those of all
// regions that share the code, ordinary, short and emergency. One too many does no harm.
func readPlans(ordinary, short []*phonenumbers.PhoneMetadata) (map[string]*patterns, error) {
	plans := make(map[string]*patterns)
	for code := range phonenumbers.GetSupportedCallingCodes() {
		regions := phonenumbers.GetRegionCodesForCountryCode(code)
		var expressions []string
		for _, m := range ordinary {
			// Region 001, the world, has an entry for each of its calling codes.
			if !slices.Contains(regions, m.GetId()) || int(m.GetCountryCode()) != code {
				continue
			}
			expressions = append(expressions, descriptions(m.GetGeneralDesc(), m.GetFixedLine(), m.GetMobile(), m.GetTollFree(),
				m.GetPremiumRate(), m.GetSharedCost(), m.GetPersonalNumber(), m.GetVoip(), m.GetPager(), m.GetUan(),
				m.GetVoicemail())...)
			if leading := m.GetLeadingDigits(); leading != "" {
				expressions = append(expressions, "(?:"+leading+")[0-9]*") // it is about the first digits only
			}
		}
		for _, m := range short {
			if slices.Contains(regions, m.GetId()) {
				expressions = append(expressions, descriptions(m.GetGeneralDesc(), m.GetShortCode(), m.GetEmergency())...)
			}
		}
		p, err := newPatterns(expressions)
		if err != nil {
			return nil, fmt.Errorf("calling code %d: %w", code, err)
		}
		plans[strconv.Itoa(code)] = p
	}
	return plans, nil
}

func descriptions(ds ...*phonenumbers.PhoneNumberDesc) (expressions []string) {
	for _, d := range ds {
		expressions = append(expressions, d.GetNationalNumberPattern())
	}
	return expressions
}
