package main

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"github.com/nyaruka/phonenumbers"

	"github.com/cspkit/partner/internal/dialplan"
)

// A numbering is what there is to know of the numbers of a calling code.
type numbering struct {
	*dialplan.Patterns
	askBare int // up to how many national digits WrittenBare is asked; 0: never
}

// A region is what there is to know of the digits that are dialled in it.
type region struct {
	id string
	*dialplan.Rules
	*dialplan.Patterns // of the prefixes and the short numbers
}

// readNumberings returns, for each calling code, every pattern that
// phonenumbers may ask about a number of it: those of all regions that share
// the code, and of short and emergency numbers. One too many does no harm.
func readNumberings(ordinary, short []*phonenumbers.PhoneMetadata) (map[string]numbering, error) {
	numberings := make(map[string]numbering)
	for code := range phonenumbers.GetSupportedCallingCodes() {
		var (
			regions     = phonenumbers.GetRegionCodesForCountryCode(code)
			expressions = startingWith(dialplan.Trunks(code)...)
			askBare     = 0
		)
		if strconv.Itoa(code) == dialplan.NorthAmerica {
			expressions = append(expressions, startingWith("[01]", "[0-9]{3}[01]")...)
		}
		for _, m := range ordinary {
			// Region 001, the world, has an entry for each of its calling codes.
			if !slices.Contains(regions, m.GetId()) || int(m.GetCountryCode()) != code {
				continue
			}
			expressions = append(expressions, m.GetGeneralDesc().GetNationalNumberPattern())
			expressions = append(expressions, dialplan.TypeExpressions(m)...)
			expressions = append(expressions, startingWith(m.GetLeadingDigits())...)
			if r, err := dialplan.ReadRules(m); err == nil && r.HasPrefix() {
				askBare = max(askBare, r.LongestFixed()-1)
			}
		}
		if askBare > 0 {
			expressions = append(expressions, formats(code, ordinary)...)
		}
		expressions = append(expressions, shortExpressions(regions, short)...)
		p, err := dialplan.NewPatterns(expressions)
		if err != nil {
			return nil, fmt.Errorf("calling code %d: %w", code, err)
		}
		numberings[strconv.Itoa(code)] = numbering{p, askBare}
	}
	return numberings, nil
}

// startingWith returns patterns for digits that start with one of expressions,
// whatever follows.
func startingWith(expressions ...string) (all []string) {
	for _, e := range expressions {
		if e != "" {
			all = append(all, "(?:"+e+")[0-9]*")
		}
	}
	return all
}

// formats returns the patterns that choose how a number is written: those of
// the main region of a calling code.
func formats(code int, ordinary []*phonenumbers.PhoneMetadata) (expressions []string) {
	main := phonenumbers.GetRegionCodeForCountryCode(code)
	for _, m := range ordinary {
		if m.GetId() != main || int(m.GetCountryCode()) != code {
			continue
		}
		for _, f := range m.GetNumberFormat() {
			expressions = append(expressions, f.GetPattern())
			if leading := f.GetLeadingDigitsPattern(); len(leading) > 0 {
				expressions = append(expressions, startingWith(leading[len(leading)-1])...) // as phonenumbers does
			}
		}
	}
	return expressions
}

// shortExpressions returns the patterns of short and emergency numbers.
func shortExpressions(regions []string, short []*phonenumbers.PhoneMetadata) (expressions []string) {
	for _, m := range short {
		if slices.Contains(regions, m.GetId()) {
			for _, d := range []*phonenumbers.PhoneNumberDesc{m.GetGeneralDesc(), m.GetShortCode(), m.GetEmergency()} {
				expressions = append(expressions, d.GetNationalNumberPattern())
			}
		}
	}
	return expressions
}

// readRegions returns the regions, sorted by their ISO 3166-1 alpha-2 codes.
func readRegions(ordinary, short []*phonenumbers.PhoneMetadata) (regions []region, err error) {
	for _, m := range ordinary {
		if len(m.GetId()) != 2 {
			continue // the world
		}
		r, err := dialplan.ReadRules(m)
		if err != nil {
			return nil, err
		}
		p, err := dialplan.NewPatterns(append(r.Expressions(), shortExpressions([]string{m.GetId()}, short)...))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", m.GetId(), err)
		}
		regions = append(regions, region{m.GetId(), r, p})
	}
	slices.SortFunc(regions, func(a, b region) int { return cmp.Compare(a.id, b.id) })
	return regions, nil
}
