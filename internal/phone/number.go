package phone

import (
	"strconv"
	"strings"

	"github.com/nyaruka/phonenumbers"

	"github.com/cspkit/partner/internal/plan"
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
	end := plan.CodeLen(digits)
	if end == 0 {
		return number{}, false
	}
	code, _ := strconv.Atoi(digits[:end])
	return number{code, digits[end:]}, true
}

// verdicts says what is wrong with a number of which the numbering plans say that.
var verdicts = [...]Faults{
	plan.Impossible:  Impossible,
	plan.Unassigned:  Unassigned,
	plan.Valid:       0,
	plan.PremiumRate: PremiumRate,
	plan.NotALine:    NotALine,
}

// recognize judges the digits after a "+": Impossible, advice, or none.
func recognize(digits string) Faults { return verdicts[plan.Judge(digits)] }

// faults returns Impossible, advice, or none.
func (n number) faults() Faults { return recognize(n.String()[len("+"):]) }

// isValid reports whether n is possible, and in a known range.
func (n number) isValid() bool { return n.faults()&(Errors|Unassigned) == 0 }

// isShort reports whether n.national is a short or emergency number in region, which uses n.code.
func (n number) isShort(region string) bool { return plan.IsShort(n.proto(), region) }

// proto returns n for phonenumbers.
func (n number) proto() *phonenumbers.PhoneNumber { return plan.Proto(n.code, n.national) }
