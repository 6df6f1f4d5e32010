package phone

import (
	"strconv"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// number is a calling code and what follows it, as typed. Values are comparable.
type number struct {
	code     int
	national string // national significant number; its leading zeros count
}

// String returns n as E.164.
func (n number) String() string { return "+" + strconv.Itoa(n.code) + n.national }

// format returns n as it is written in its country: "(201) 555-0123".
func (n number) format() string {
	p := n.proto()
	// Argentina writes +54 9 11 2345-6789 as 011 15-2345-6789; phonenumbers 1.8.1 loses the area code of it.
	if mobile, ok := strings.CutPrefix(phonenumbers.Format(p, phonenumbers.INTERNATIONAL), "+54 9 "); ok {
		return "0" + strings.Replace(mobile, " ", " 15-", 1)
	}
	return phonenumbers.Format(p, phonenumbers.NATIONAL)
}

// split cuts the digits after a "+" where their calling code ends. ok is false where that is unknown.
func split(digits string) (n number, ok bool) {
	const longestCode = 3
	for i := 1; i <= min(longestCode, len(digits)) && digits[0] != '0'; i++ {
		code, _ := strconv.Atoi(digits[:i])
		if phonenumbers.GetSupportedCallingCodes()[code] {
			return number{code, digits[i:]}, true
		}
	}
	return number{}, false
}

// recognize judges the digits after a "+": Impossible, advice, or none.
func recognize(digits string) Faults {
	n, ok := split(digits)
	if !ok {
		return Impossible
	}
	return n.faults()
}

// faults returns Impossible, advice, or none.
func (n number) faults() Faults {
	const longest = len("+") + 15 // of E.164: some countries have longer numbers, which cannot be dialled from abroad
	p := n.proto()
	switch {
	case len(n.String()) > longest, phonenumbers.IsPossibleNumberWithReason(p) != phonenumbers.IS_POSSIBLE:
		return Impossible
	case phonenumbers.IsValidNumber(p):
		switch phonenumbers.GetNumberType(p) {
		case phonenumbers.PREMIUM_RATE:
			return PremiumRate
		case phonenumbers.PAGER, phonenumbers.VOICEMAIL:
			return NotALine
		}
		return 0
	case n.isShort(phonenumbers.GetRegionCodesForCountryCode(n.code)...):
		return Impossible
	}
	return Unassigned
}

// isValid reports whether n is possible, and in a known range.
func (n number) isValid() bool { return n.faults()&(Errors|Unassigned) == 0 }

// isShort reports whether n.national is a short or emergency number in one of regions, which use n.code. In the
// data of phonenumbers 1.8.1 the short numbers happen to include every emergency number.
func (n number) isShort(regions ...string) bool {
	p := n.proto()
	for _, region := range regions {
		if phonenumbers.IsValidShortNumberForRegion(p, region) || phonenumbers.IsEmergencyNumber(n.national, region) {
			return true
		}
	}
	return false
}

// proto returns n for phonenumbers. Its Parse would take a trunk prefix away, and so make another number.
func (n number) proto() *phonenumbers.PhoneNumber {
	code := int32(n.code)
	value, _ := strconv.ParseUint(n.national, 10, 64) // none at all is 0, one digit: too short everywhere
	p := &phonenumbers.PhoneNumber{CountryCode: &code, NationalNumber: &value}
	if zeros := int32(len(n.national) - len(strconv.FormatUint(value, 10))); zeros > 0 {
		leading := true
		p.ItalianLeadingZero, p.NumberOfLeadingZeros = &leading, &zeros
	}
	return p
}
