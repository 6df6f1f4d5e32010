package row_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/cspkit/partner"

	"github.com/cspkit/partner/examples/contactlint/internal/row"
)

// A fixed file has no guesses in it, and status 0 says that it is clean.
func TestPhoneInTheFixedFile(t *testing.T) {
	t.Parallel()
	const (
		country    = partner.CodePhoneCountryCode
		impossible = partner.CodePhoneImpossible
		unassigned = partner.CodePhoneUnassigned
	)
	for _, tt := range []struct {
		name, region, typed, written string
		errors                       int
		codes                        []partner.Code
		why                          string
	}{
		{"PL, 0", "PL", "0 22 594 10 03", "0 22 594 10 03", 1, []partner.Code{country, unassigned}, "no trunk prefix there"},
		{"IT, no 0", "IT", "6 6982 0000", "6 6982 0000", 1, []partner.Code{country, unassigned}, "the 0 is missing"},
		{"DE, of London", "DE", "020 7946 0001", "020 7946 0001", 1, []partner.Code{country, unassigned}, "of another country"},
		{"formula", "DE", `="020 7946 0001"`, "020 7946 0001", 1, []partner.Code{partner.CodePhoneSyntax, country, unassigned}, ""},
		{"DE", "DE", "030 23125-001", "+493023125001", 0, nil, "a national number in range"},
		{"decimal", "US", "4258828080.0", "+14258828080", 0, []partner.Code{"cell.spreadsheet"}, "it is repaired"},
		{"short", "DE", "110", "110", 1, []partner.Code{country}, "emergency"},
		{"+, 0", "", "+49 0171 1234567", "+49 0171 1234567", 1, []partner.Code{impossible}, "the spaces show the 0"},
		{"+, 0 in the country code", "", "+490 89 31761000", "+490 89 31761000", 1, []partner.Code{impossible}, ""},
		{"+, 0 in brackets", "", "+55 (011) 3091-0000", "+55 (011) 3091-0000", 1, []partner.Code{impossible}, ""},
		{"+, no known range", "", "+48 0 22 594 10 03", "+480225941003", 0, []partner.Code{unassigned}, "typed whole"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			contact := partner.SecurityContact{
				FirstName: "Contoso SOC", MiddleName: "Contoso SOC", LastName: "Contoso SOC",
				Email: "soc@contoso.com", Phone: tt.typed,
			}
			o := row.Options{Region: tt.region, Fix: true}
			var res, profile, hidden row.Result
			assert.Equal(t, tt.written, o.Contact(&res, 1, contact).Phone, tt.why)
			assert.Equal(t, tt.errors, res.Errors, tt.why)
			var codes []partner.Code
			for _, f := range res.Findings {
				codes = append(codes, f.Code)
				if f.Code == impossible || f.Code == unassigned && tt.errors > 0 {
					assert.Contains(t, f.Message, "It stays as it was typed.")
				}
			}
			assert.Equal(t, tt.codes, codes, tt.why)

			p := o.Profile(&profile, 1, partner.LegalProfile{SecurityContact: contact}, true)
			assert.Equal(t, tt.written, p.SecurityContact.Phone, "in a profile")
			o.Advice = row.HideAdvice
			o.Contact(&hidden, 1, contact)
			assert.Equal(t, tt.errors, hidden.Errors, "with advice hidden")

			again := contact
			again.Phone = tt.written
			assert.Equal(t, tt.written, o.Contact(&res, 2, again).Phone, "fixed twice")
		})
	}
}
