package intake

import "github.com/cspkit/partner"

// inFile says what to do about a value of a file, where the library's sentence
// speaks to somebody who types into a form. All other codes keep that sentence.
var inFile = map[partner.Code]string{
	partner.CodePhoneCountryCode: "No country is known for this number. Write + and its country code before it, " +
		"add a column “Country”, or choose the country of phone numbers when you send the file.",
	partner.CodeNameMissing:  "The name is missing. Write it in this row.",
	partner.CodeFieldMissing: "The cell is blank, and a new partner needs it. Write it in this row.",
	partner.CodeEmailMissing: "A security contact needs an e-mail address, and this row has none. Write one, or " +
		"leave the whole contact blank.",
	partner.CodePhoneMissing: "A security contact needs a phone number, and this row has none. Write one, or leave the " +
		"whole contact blank.",
	partner.CodeCountryUnknown: "No country is known by this name or code. Write its name or its code of two letters, " +
		"such as Germany or DE.",
	partner.CodePartnerTypeUnknown: "This is no type of partner. Write direct bill partner, indirect provider or " +
		"indirect reseller.",
}

// inCountry is said of a phone number without a +, in a row whose country is
// known. It was read as one of that country, and is none.
const inCountry = "This is no whole phone number of the row's country, %s: digits may be missing, or too many. " +
	"Write all of it. A number of another country begins with + and its country code."

// sentence is what is said of a finding.
func sentence(code partner.Code) string {
	if text, ok := inFile[code]; ok {
		return text
	}
	return code.Message()
}
