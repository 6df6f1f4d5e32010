package row_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/cspkit/partner"

	"github.com/cspkit/partner/examples/contactlint/internal/row"
)

// written returns the contact as it is to be written.
func written(o row.Options, res *row.Result, c partner.SecurityContact) partner.SecurityContact {
	o.Contact(res, 1, &c)
	return c
}

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
		{"DE, of London", "DE", "020 7946 0001", "020 7946 0001", 1, []partner.Code{country, unassigned},
			"of another country"},
		{"formula", "DE", `="020 7946 0001"`, "020 7946 0001", 1,
			[]partner.Code{partner.CodePhoneSyntax, country, unassigned}, ""},
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
			assert.Equal(t, tt.written, written(o, &res, contact).Phone, tt.why)
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
			written(o, &hidden, contact)
			assert.Equal(t, tt.errors, hidden.Errors, "with advice hidden")

			again := contact
			again.Phone = tt.written
			assert.Equal(t, tt.written, written(o, &res, again).Phone, "fixed twice")
		})
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, first, last string
		errors, advised   int
		want              []string // path, code and message
	}{
		{"whole", "Ada", "Exempel", 0, 0, nil},
		{"no first", "", "Exempel", 1, 0, []string{"/firstName name.missing A first name is required."}},
		{"no last", "Ada", "", 1, 0, []string{"/lastName name.missing A last name is required."}},
		{
			"neither", "", " ", 1, 0,
			[]string{
				"/firstName name.missing A first name is required.",
				"/lastName name.missing A last name is required.",
			},
		},
		{
			"sure", "Ada", "undefined", 1, 0,
			[]string{"/lastName name.character A program has written a word for nothing in place of the name."},
		},
		{
			"not sure", "Ada", "Null", 0, 1,
			[]string{"/lastName name.garbled A program may have written a word for nothing in place of the name."},
		},
		{
			"once", "Ada", "########", 1, 0,
			[]string{
				"/lastName name.no_letter " +
					"This is what a spreadsheet shows in place of a value: an error, or a column that is too narrow.",
			},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := partner.SecurityContact{
				FirstName: tt.first, LastName: tt.last, Email: "soc@contoso.com", Phone: "+14255550100",
			}
			var res, profile row.Result
			written(row.Options{}, &res, c)
			var got, inProfile []string
			for _, f := range res.Findings {
				got = append(got, f.Path+" "+string(f.Code)+" "+f.Message)
			}
			assert.Equal(t, tt.want, got)
			assert.Equal(t, tt.errors, res.Errors)
			assert.Equal(t, tt.advised, res.Advised)

			row.Options{}.Profile(&profile, 1, partner.LegalProfile{SecurityContact: c}, true)
			for _, f := range profile.Findings {
				if path, ok := strings.CutPrefix(f.Path, "/securityContact"); ok && strings.HasSuffix(path, "Name") {
					inProfile = append(inProfile, path+" "+string(f.Code)+" "+f.Message)
				}
			}
			assert.Equal(t, tt.want, inProfile)
		})
	}
}

// Half of a letter that was read in another encoding cannot be seen. Whoever
// mends the name needs it.
func TestASpoiledNameStays(t *testing.T) {
	t.Parallel()
	const spoiled = "Garc\u00c3\u00ada"
	c := partner.SecurityContact{FirstName: " Ada ", LastName: spoiled, Email: "soc@contoso.com", Phone: "+14255550100"}
	o, res := row.Options{Fix: true}, row.Result{}
	fixed := written(o, &res, c)
	assert.Equal(t, "Ada", fixed.FirstName)
	assert.Equal(t, spoiled, fixed.LastName)
	p := o.Profile(&res, 1, partner.LegalProfile{SecurityContact: c}, true)
	assert.Equal(t, "Ada", p.SecurityContact.FirstName)
	assert.Equal(t, spoiled, p.SecurityContact.LastName)
}
