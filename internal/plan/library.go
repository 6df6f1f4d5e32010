package plan

import (
	"strconv"

	"github.com/nyaruka/phonenumbers"
)

// Ask returns what phonenumbers itself says of the digits after a "+": the verdict that Judge must give.
func Ask(digits string) Verdict {
	n := askCodeLen(digits)
	if n == 0 || len(digits) > MaxDigits {
		return Impossible
	}
	code, _ := strconv.Atoi(digits[:n])
	p := Proto(code, digits[n:])
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
	case IsShort(p, phonenumbers.GetRegionCodesForCountryCode(code)...):
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

// IsShort reports whether p is a short or emergency number in one of regions, which use its calling code. In the data
// of phonenumbers 1.8.1 the short numbers happen to include every emergency number.
func IsShort(p *phonenumbers.PhoneNumber, regions ...string) bool {
	national := phonenumbers.GetNationalSignificantNumber(p)
	for _, region := range regions {
		if phonenumbers.IsValidShortNumberForRegion(p, region) || phonenumbers.IsEmergencyNumber(national, region) {
			return true
		}
	}
	return false
}

// Proto returns a calling code and the digits behind it, whose leading zeros count, for phonenumbers. Its Parse would
// take a trunk prefix away, and so make another number.
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
