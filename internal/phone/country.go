package phone

import (
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// country is where digits without "+" were typed.
type country struct {
	region string // ISO 3166-1 alpha-2, upper case
	code   int    // calling code, which other regions may share
	trunk  string // national prefix, "" where there is none
}

// lookup returns the country of an ISO 3166-1 alpha-2 code in any case; ok is false where no plan is known.
func lookup(region string) (c country, ok bool) {
	if len(region) != 2 { // also keeps ToUpper from making ASCII of "ı" and "ſ"
		return country{}, false
	}
	region = strings.ToUpper(region)
	code := phonenumbers.GetCountryCodeForRegion(region)
	return country{region, code, phonenumbers.GetNddPrefixForRegion(region, true)}, code != 0
}

// certain returns the one number that digits typed without "+" can mean. ok is false where
//
//  1. they are a valid number of the country once "+" is put before them, or in the place of 00 or 011:
//     nobody can know which was meant;
//  2. they are a short or emergency number of the country;
//  3. phonenumbers reads no possible number from them, or one that the country does not write so;
//  4. they begin with the trunk prefix and can be read with it only, as no valid number: most likely a
//     digit was left out;
//  5. they are dialled abroad, and not to a valid number;
//  6. they are also a valid national number, as they stand or without the trunk prefix.
func (c country) certain(digits string) (n number, ok bool) {
	for _, other := range c.international(digits) {
		if other.isValid() {
			return number{}, false
		}
	}
	typed, inland := number{c.code, digits}, number{c.code, strings.TrimPrefix(digits, c.trunk)}
	if typed.isShort(c.region) {
		return number{}, false
	}
	n, ok = c.parse(digits)
	if !ok || n.faults()&Errors != 0 || !c.writes(n, digits) {
		return number{}, false
	}
	trunkKept := n == typed && n != inland
	if (trunkKept || n.code != c.code) && !n.isValid() {
		return number{}, false
	}
	for _, other := range [...]number{typed, inland} {
		if other != n && other.isValid() {
			return number{}, false
		}
	}
	return n, true
}

// possible reports whether any reading of digits typed without "+" has a length that the country uses, and
// they are not a short or emergency number.
func (c country) possible(digits string) bool {
	typed := number{c.code, digits}
	if typed.isShort(c.region) && !typed.isValid() {
		return false
	}
	readings := append(c.international(digits), typed)
	if n, ok := c.parse(digits); ok && (n.code == c.code || c.writes(n, digits)) {
		readings = append(readings, n)
	}
	for _, n := range readings {
		if n.faults()&Errors == 0 {
			return true
		}
	}
	return false
}

// international returns the numbers of the country's own calling code that digits are if "+" was left out,
// or dialled as 00 or 011.
func (c country) international(digits string) (numbers []number) {
	for _, prefix := range [...]string{"", "00", "011"} {
		if rest, ok := strings.CutPrefix(digits, prefix); ok {
			if n, ok := split(rest); ok && n.code == c.code {
				numbers = append(numbers, n)
			}
		}
	}
	return numbers
}

// parse returns what phonenumbers makes of digits: it drops trunk, carrier and international prefixes.
func (c country) parse(digits string) (n number, ok bool) {
	p, err := phonenumbers.Parse(digits, c.region)
	if err != nil {
		return number{}, false
	}
	return number{int(p.GetCountryCode()), phonenumbers.GetNationalSignificantNumber(p)}, true
}

// writes reports whether digits are how n is written in the country, so that all that parse dropped was a
// prefix that belongs there.
func (c country) writes(n number, digits string) bool {
	if n.code != c.code {
		return digits == phonenumbers.NormalizeDigitsOnly(phonenumbers.FormatOutOfCountryCallingNumber(n.proto(), c.region))
	}
	return digits == n.national || digits == c.trunk+n.national || digits == phonenumbers.NormalizeDigitsOnly(n.format())
}
