package web

import (
	"html/template"

	"github.com/nyaruka/phonenumbers"

	"github.com/cspkit/partner"
)

// phoneText is a stored number as people write it: "+1 425-555-0100",
// "+1 425-555-0100 ext. 24". What is no number in E.164 stays as it is.
func phoneText(stored string) string {
	if !storedPhone.MatchString(stored) {
		return stored
	}
	number, err := phonenumbers.Parse(stored, "")
	if err != nil {
		return stored
	}
	return phonenumbers.Format(number, phonenumbers.INTERNATIONAL)
}

// phoneLink is a number to tap. A national number is read with a country, an
// ISO code, and stands there as it was written. What is no number is its text
// alone. In a template:
//
//	{{phone .Recipient.Phone}} {{phone .Phone "DE"}}
func phoneLink(number string, country ...string) template.HTML {
	text := template.HTMLEscapeString(phoneText(number))
	dial := number
	if len(country) > 0 {
		dial = partner.NormalizePhone(number, country[0])
	}
	if !storedPhone.MatchString(dial) {
		return template.HTML(text)
	}
	return template.HTML(`<a class="whole" href="tel:` + dial + `">` + text + `</a>`)
}
