package dialplan

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/nyaruka/phonenumbers"
)

// Ask returns what phonenumbers itself says of the digits after a "+": the
// verdict that Judge must give.
func Ask(digits string) Verdict {
	n := askCodeLen(digits)
	if n == 0 || len(digits) > MaxDigits {
		return Impossible
	}
	code, _ := strconv.Atoi(digits[:n])
	national := digits[n:]
	p := Proto(code, national)
	switch {
	case phonenumbers.IsPossibleNumberWithReason(p) != phonenumbers.IS_POSSIBLE:
		return Impossible
	case phonenumbers.IsValidNumber(p):
		switch phonenumbers.GetNumberType(p) {
		case phonenumbers.PREMIUM_RATE:
			return PremiumRate
		case phonenumbers.PAGER, phonenumbers.VOICEMAIL:
			return NotALine
		}
		return Valid
	case IsShort(p, phonenumbers.GetRegionCodesForCountryCode(code)...),
		digits[:n] == NorthAmerica && hasLowCode(national),
		hasTrunk(code, national):
		return Impossible
	}
	return Unassigned
}

// askCodeLen is CodeLen by what phonenumbers says.
func askCodeLen(digits string) int {
	for i := 1; i <= min(MaxCodeLen, len(digits)) && digits[0] != '0'; i++ {
		code, _ := strconv.Atoi(digits[:i])
		if phonenumbers.GetSupportedCallingCodes()[code] {
			return i
		}
	}
	return 0
}

// AskWrittenBare is WrittenBare by what phonenumbers says.
func AskWrittenBare(digits string) bool {
	n := askCodeLen(digits)
	code, _ := strconv.Atoi(digits[:n])
	written := phonenumbers.Format(Proto(code, digits[n:]), phonenumbers.NATIONAL)
	return phonenumbers.NormalizeDigitsOnly(written) == digits[n:]
}

// hasLowCode reports whether the area code or the exchange code of a North
// American number begins with 0 or 1. No other does.
func hasLowCode(national string) bool {
	const exchange = 3
	return len(national) > exchange && (national[0] <= '1' || national[exchange] <= '1')
}

// hasTrunk reports whether national begins with the national prefix, and no
// valid number of the calling code does.
func hasTrunk(code int, national string) bool {
	return slices.ContainsFunc(trunks()[code], func(trunk string) bool { return strings.HasPrefix(national, trunk) })
}

// trunks returns the national prefixes with which no valid number of their
// calling code begins.
var trunks = sync.OnceValue(func() map[int][]string {
	all, expressions := make(map[int][]string), make(map[int][]string)
	plans, _ := phonenumbers.MetadataCollection() // none, if it cannot be read
	for _, m := range plans.GetMetadata() {
		code := int(m.GetCountryCode())
		expressions[code] = append(expressions[code], TypeExpressions(m)...)
		if trunk := m.GetNationalPrefix(); trunk != "" && !slices.Contains(all[code], trunk) {
			all[code] = append(all[code], trunk)
		}
	}
	for code := range all {
		valid, err := NewPatterns(expressions[code])
		all[code] = slices.DeleteFunc(all[code], func(trunk string) bool { return err != nil || valid.Begin(trunk) })
	}
	return all
})

// Trunks returns the national prefixes of a calling code with which no valid
// number begins.
func Trunks(code int) []string { return trunks()[code] }

// TypeExpressions returns the patterns of each type of number. A valid number
// matches one of them.
func TypeExpressions(m *phonenumbers.PhoneMetadata) (expressions []string) {
	for _, d := range []*phonenumbers.PhoneNumberDesc{
		m.GetFixedLine(), m.GetMobile(), m.GetTollFree(), m.GetPremiumRate(), m.GetSharedCost(), m.GetPersonalNumber(),
		m.GetVoip(), m.GetPager(), m.GetUan(), m.GetVoicemail(),
	} {
		expressions = append(expressions, d.GetNationalNumberPattern())
	}
	return expressions
}

// IsShort reports whether p is a short or emergency number in one of regions,
// which use its calling code. In the data of phonenumbers 1.8.1 the short
// numbers happen to include every emergency number.
func IsShort(p *phonenumbers.PhoneNumber, regions ...string) bool {
	national := phonenumbers.GetNationalSignificantNumber(p)
	for _, region := range regions {
		if phonenumbers.IsValidShortNumberForRegion(p, region) || phonenumbers.IsEmergencyNumber(national, region) {
			return true
		}
	}
	return false
}

// Proto returns a calling code and the digits behind it, whose leading zeros
// count, for phonenumbers. Its Parse would take a trunk prefix away, and so
// make another number.
func Proto(callingCode int, national string) *phonenumbers.PhoneNumber {
	code := int32(callingCode)
	value, _ := strconv.ParseUint(national, 10, 64) // none at all is 0, one digit: too short everywhere
	p := &phonenumbers.PhoneNumber{CountryCode: &code, NationalNumber: &value}
	if zeros := int32(len(national) - len(strconv.FormatUint(value, 10))); zeros > 0 {
		leading := true
		p.ItalianLeadingZero, p.NumberOfLeadingZeros = &leading, &zeros
	}
	return p
}
