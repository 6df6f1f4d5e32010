package partner_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
)

// found writes findings as a table does: "/email email.syntax".
func found(fs partner.Findings) []string {
	var list []string
	for _, f := range fs {
		list = append(list, f.Path+" "+string(f.Code))
	}
	return list
}

func TestFindingsAreSortedByWhatTheyMean(t *testing.T) {
	t.Parallel()
	advice := partner.Finding{Path: "/email", Code: partner.CodeEmailConsumerProvider, Severity: partner.SeverityAdvice}
	fault := partner.Finding{Path: "/phoneNumber", Code: partner.CodePhoneSyntax, Severity: partner.SeverityError}
	unset := partner.Finding{Path: "/lastName", Code: partner.CodeNameMissing}
	strange := partner.Finding{Path: "/x", Code: "x.y", Severity: 7}
	tests := []struct {
		name           string
		fs             partner.Findings
		errors, advice partner.Findings
		why            string
	}{
		{"nil", nil, nil, nil, "nothing found is no error"},
		{"empty", partner.Findings{}, nil, nil, "nothing found is no error"},
		{"advice", partner.Findings{advice}, nil, partner.Findings{advice}, "advice leaves the value usable"},
		{"error", partner.Findings{fault}, partner.Findings{fault}, nil, "an error does not"},
		{
			"both", partner.Findings{fault, advice, fault}, partner.Findings{fault, fault}, partner.Findings{advice},
			"each in its order",
		},
		{
			"no severity", partner.Findings{unset}, partner.Findings{unset}, nil,
			"a finding built by hand must not pass by being incomplete",
		},
		{
			"unknown severity", partner.Findings{strange}, partner.Findings{strange}, nil,
			"what is unknown at a gate is refused",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.errors, tt.fs.Errors(), tt.why)
			assert.Equal(t, tt.advice, tt.fs.Advice(), tt.why)

			err := tt.fs.Err()
			if tt.errors == nil {
				require.NoError(t, err, tt.why)
				return
			}
			require.ErrorIs(t, err, partner.ErrInvalid)
			require.NotErrorIs(t, err, partner.ErrDenied, "an error matches at most one sentinel")
			invalid, ok := errors.AsType[*partner.InvalidError](fmt.Errorf("saving: %w", err))
			require.True(t, ok, "callers reach the findings through wrapping")
			assert.Equal(t, tt.errors, invalid.Findings, "errors only")
		})
	}
}

func TestFindingsHas(t *testing.T) {
	t.Parallel()
	fs := partner.SecurityContact{}.Check()
	assert.True(t, fs.Has(partner.CodeNameMissing), "the first")
	assert.True(t, fs.Has(partner.CodePhoneMissing), "the last")
	assert.False(t, fs.Has(partner.CodeEmailSyntax), "not found")
	assert.False(t, fs.Has(""), "no code")
	assert.False(t, partner.Findings(nil).Has(partner.CodeNameMissing), "nothing found")
}

func TestFindingsIn(t *testing.T) {
	t.Parallel()
	at := func(paths ...string) (fs partner.Findings) {
		for _, path := range paths {
			fs = append(fs, partner.Finding{Path: path, Code: partner.CodeFieldMissing})
		}
		return fs
	}
	all := at("/tenantId", "/partnerType", "/companyName", "/address", "/address/city", "/companyApproverEmail",
		"/primaryContact", "/primaryContact/email", "/securityContact", "/securityContact/email",
		"", "/", "/email", "/address/citys", "/add", "/securityContacts", "/securityContact/", "companyName")
	for _, tt := range []struct {
		section partner.Section
		want    partner.Findings
		why     string
	}{
		{
			partner.SectionLegalBusiness, at("/companyName", "/address", "/address/city", "/companyApproverEmail"),
			"its fields stand in four places",
		},
		{partner.SectionPrimaryContact, at("/primaryContact", "/primaryContact/email"), "the section itself and its fields"},
		{
			partner.SectionSecurityContact, at("/securityContact", "/securityContact/email"),
			"the section itself and its fields",
		},
		{0, nil, "no section"},
		{4, nil, "no section"},
		{255, nil, "no section"},
	} {
		t.Run(tt.section.String(), func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, all.In(tt.section), tt.why)
		})
	}
	for f := range partner.AllFields().All() {
		assert.Len(t, at(f.String()).In(f.Section()), 1, "%s", f)
	}
	assert.Len(t, partner.LegalProfile{}.Check().In(partner.SectionSecurityContact), 1,
		"a missing contact is the section's")
}

func TestInvalidErrorJSON(t *testing.T) {
	t.Parallel()
	err := partner.SecurityContact{FirstName: "Ada", LastName: "King", Email: "soc@contoso.com"}.Validate()
	data, jsonErr := json.Marshal(err)
	require.NoError(t, jsonErr)
	assert.JSONEq(t, `{"findings":[{"path":"/phoneNumber","code":"phone.missing","severity":"error",`+
		`"message":"A phone number is required."}]}`, string(data), "the names are those of its elements")
}

func TestInvalidErrorListsEveryFinding(t *testing.T) {
	t.Parallel()
	err := partner.SecurityContact{LastName: "King", Email: "x", Phone: "+1"}.Validate()
	require.ErrorIs(t, err, partner.ErrInvalid)
	text := err.Error()
	assert.True(t, strings.HasPrefix(text, partner.ErrInvalid.Error()+": /firstName: "), text)
	at := 0
	for _, part := range []string{
		"/firstName", "(name.missing)", "; ", "/email", "(email.syntax)", "; ", "/phoneNumber", "(phone.impossible)",
	} {
		i := strings.Index(text[at:], part)
		require.GreaterOrEqual(t, i, 0, "%q is missing or out of order in %q", part, text)
		at += i + len(part)
	}
	assert.NotContains(t, text, ". (", "a sentence that goes on has no full stop")
	assert.NotContains(t, text, "\n", "one line, for logs")

	assert.Equal(t, partner.ErrInvalid.Error(), (&partner.InvalidError{}).Error(),
		"one without findings is still an error")
}

// Somebody may type a secret into the wrong field. No error repeats any of it.
func TestInvalidErrorHoldsNoValue(t *testing.T) {
	t.Parallel()
	const secret = "hunter2"
	bad := secret + "<\x00" // no name, no address and no number
	p := partner.LegalProfile{
		TenantID: secret, PartnerType: secret,
		LegalBusiness: partner.LegalBusiness{
			CompanyName: bad, CompanyApproverEmail: bad, VettingStatus: secret,
			Address: partner.Address{
				Country: secret, City: strings.Repeat(secret, 100), AddressLine1: strings.Repeat(secret, 100),
				PostalCode: strings.Repeat(secret, 10), LastName: strings.Repeat(secret, 10), Phone: bad,
			},
			CompanyApproverAddress: partner.Address{Country: secret, Phone: bad},
		},
		PrimaryContact:  partner.PrimaryContact{FirstName: bad, MiddleName: bad, LastName: bad, Email: bad, Phone: bad},
		SecurityContact: partner.SecurityContact{FirstName: bad, MiddleName: bad, LastName: bad, Email: bad, Phone: bad},
	}
	fs := p.Check()
	assert.GreaterOrEqual(t, len(fs.Errors()), 20, "about every field is wrong")
	err := p.Validate()
	data, jsonErr := json.Marshal(err)
	require.NoError(t, jsonErr)
	for _, text := range []string{fmt.Sprintf("%v %+v %#v %q %d", err, err, err, err, err), string(data)} {
		assert.NotContains(t, text, secret)
	}
	for _, f := range fs {
		assert.NotContains(t, fmt.Sprintf("%+v", f), secret, "findings are shown to anyone")
	}
}

func TestFindingJSON(t *testing.T) {
	t.Parallel()
	fs := partner.SecurityContact{FirstName: "Ada", LastName: "King", Email: "ada@gmail.com", Phone: "5"}.Check()
	data, err := json.Marshal(fs)
	require.NoError(t, err)

	var plain []map[string]string
	require.NoError(t, json.Unmarshal(data, &plain), "programs in other languages read text only")
	require.Len(t, plain, 3)
	assert.Equal(t, map[string]string{
		"path": "/email", "code": "email.consumer_provider", "severity": "advice", "message": fs[0].Message,
	}, plain[0])
	assert.Equal(t, "error", plain[2]["severity"])

	var again partner.Findings
	require.NoError(t, json.Unmarshal(data, &again))
	assert.Equal(t, fs, again)
}

// The text forms are a contract with other programs, so they are written out
// here a second time.
func TestTextForms(t *testing.T) {
	t.Parallel()
	t.Run("Severity", func(t *testing.T) {
		t.Parallel()
		checkTextForms(t, map[partner.Severity]string{partner.SeverityAdvice: "advice", partner.SeverityError: "error"})
	})
	t.Run("Section", func(t *testing.T) {
		t.Parallel()
		checkTextForms(t, map[partner.Section]string{
			partner.SectionLegalBusiness: "legalBusiness", partner.SectionPrimaryContact: "primaryContact",
			partner.SectionSecurityContact: "securityContact",
		})
	})
	t.Run("Verification", func(t *testing.T) {
		t.Parallel()
		checkTextForms(t, map[partner.Verification]string{
			partner.VerificationNotRequired: "notRequired", partner.VerificationMayBeRequired: "mayBeRequired",
		})
	})
	t.Run("Field", func(t *testing.T) {
		t.Parallel()
		pointers := map[partner.Field]string{}
		for i, leaf := range leaves(t) {
			pointers[partner.Field(i+1)] = leaf.pointer
		}
		checkTextForms(t, pointers)
	})
}

// checkTextForms tries every value of an enumeration and every text that is
// near one of its texts.
func checkTextForms[E interface {
	~uint8
	fmt.Stringer
	MarshalText() ([]byte, error)
}](t *testing.T, texts map[E]string) {
	t.Helper()
	parse := func(text string) (E, error) {
		e := E(99)
		err := any(&e).(interface{ UnmarshalText([]byte) error }).UnmarshalText([]byte(text))
		return e, err
	}
	kind := strings.TrimPrefix(fmt.Sprintf("%T", E(0)), "partner.")
	for n := range 256 {
		e := E(n)
		text, known := texts[e]
		require.Equal(t, 1 <= n && n <= len(texts), known, "%d: the values begin at one, for zero is none", n)
		got, err := e.MarshalText()
		if !known {
			require.Error(t, err, "%d has no text form", n)
			assert.Contains(t, err.Error(), e.String(), "the error says which")
			assert.Equal(t, fmt.Sprintf("%s(%d)", kind, n), e.String(), "a value without a text form is told by its number")
			continue
		}
		require.NoError(t, err)
		assert.Equal(t, text, string(got))
		assert.Equal(t, text, e.String())
		back, err := parse(text)
		require.NoError(t, err)
		assert.Equal(t, e, back)

		for _, near := range []string{
			"", " ", text + " ", " " + text, strings.ToUpper(text), strings.ToUpper(text[:1]) + text[1:] + "s", text + "\x00",
			text[1:],
			text[:len(text)-1], strconv.Itoa(n), e.String() + "(1)", fmt.Sprintf("%s(%d)", kind, n),
		} {
			untouched, err := parse(near)
			require.Error(t, err, "%q is not %q: nothing is trimmed or folded", near, text)
			assert.Equal(t, E(99), untouched, "an error changes nothing")
			if len(near) > 1 {
				assert.NotContains(t, err.Error(), near, "what was typed is not repeated")
			}
		}
	}
}
