package jsonfile_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"

	"github.com/cspkit/partner/examples/contactlint/internal/jsonfile"
	"github.com/cspkit/partner/examples/contactlint/internal/repair"
	"github.com/cspkit/partner/examples/contactlint/internal/row"
)

// oracle is what encoding/json says of a line: the code of what is wrong with
// it, or what it holds. A line that may be of another shape is nil.
func oracle(line string) (partner.Code, any) {
	var object map[string]json.RawMessage
	switch {
	case strings.Contains(line, "\x00"):
		return row.CodeNUL, nil
	case !utf8.ValidString(line):
		return row.CodeEncoding, nil
	case !json.Valid([]byte(line)):
		return row.CodeSyntax, nil
	case json.Unmarshal([]byte(line), &object) != nil || object == nil:
		return row.CodeType, nil
	}
	var v any = new(partner.SecurityContact)
	for name := range object {
		fold := func(marks ...string) bool {
			return slices.ContainsFunc(marks, func(mark string) bool { return strings.EqualFold(name, mark) })
		}
		if fold("primaryContact", "securityContact", "partnerType", "vettingStatus") {
			v = new(partner.LegalProfile)
			break
		}
		if fold("givenName", "surname", "mail", "emailAddresses", "businessPhones", "mobilePhone", "homePhones",
			"displayName", "userPrincipalName") ||
			fold("properties", "names", "phoneNumbers", "merge_fields", "email_address", "attributes", "contactid",
				"first_name", "last_name", "phone", "mobile", "mobile_phone", "telephone1", "emailAddress1", "emailAddress") {
			v = nil
		}
	}
	if v != nil && json.Unmarshal([]byte(line), v) != nil {
		return row.CodeType, nil
	}
	return "", v
}

// A line is read as encoding/json reads it, and not more kindly. In what is
// written, only the contact is different: it is normalised.
func FuzzLine(f *testing.F) {
	for _, s := range []string{
		good, " " + good + "\t", "{}", "{ }", "null", "[]", "1", `"`, good + good, good + "}", `{"email":1}`,
		`{"email":null,"email":"a"}`, `{"email":"a","Email":null}`, `{"email":"soc@contoso.com","EMAIL":"x"}`, `{"\u212a":1}`,
		`{"em\u0061il":"a","email":"b"}`, `{"email":"a\\\"},{","x":"\\"}`,
		`{"x":[{"email":1},"]"],"email" : "SOC@contoso.com" , "y":-1.50E+400}`,
		`{"x":1,"x":2,"":{},"firstName":"\ud800","lastName":"\u0000\/"}`, `{"a" "b"}`, `{"a":1,}`, `{,}`, `{"a":01}`,
		`{"a":tru}`, "{\"a\":\"\t\"}",
		`{"firstName":" Ada","phoneNumber":"425 555 0100","z":1234567890123456789012345678901234567890}`, "{\"\xff\":1}",
		"{\"\x00\":1}",
		`{"PrimaryContact":{"Email":" ada@CONTOSO.com","email":"b"},"address":null,"Address":{"Country":"se"},` +
			`"tenantId":"x"}`,
		`{"securityContact":{"firstName":"A"},"securityContact":{"lastName":"B"},"companyName":" C "}`,
		`{"securityContact":[],"partnerType":"direct_bill_partner"}`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, line string) {
		line = strings.Trim(strings.ReplaceAll(line, "\n", " "), " \t\r")
		if line == "" || len(line) >= row.Limit {
			return
		}
		var res row.Result
		jsonfile.Lines{}.Checker(row.Options{Fix: true, Region: "US"}).Check(line, 1, &res)
		require.Equal(t, 1, res.Rows)
		fault, holds := oracle(line)
		if fault != "" {
			require.Len(t, res.Findings, 1)
			require.Equal(t, fault, res.Findings[0].Code)
			require.Equal(t, line, string(res.Fixed), "a broken row stays as it was")
			return
		}
		want, readable := judge(holds)
		if !readable {
			return
		}
		require.Equal(t, want.found, plainFindings(res))

		fault, fixed := oracle(string(res.Fixed))
		require.Empty(t, fault)
		require.Equal(t, want.fixed, fixed)

		var twice row.Result
		jsonfile.Lines{}.Checker(row.Options{Fix: true, Region: "US"}).Check(string(res.Fixed), 1, &twice)
		require.Equal(t, res, twice, "fixing twice is fixing once")
	})
}

type verdict struct {
	found partner.Findings
	fixed any
}

// judge returns the verdict of the library. It is not asked of a shape that it
// does not have, or of texts that hold more than their values.
func judge(v any) (verdict, bool) {
	p := partner.LegalProfile{}
	switch v := v.(type) {
	case *partner.SecurityContact:
		p.SecurityContact = *v
	case *partner.LegalProfile:
		p = *v
	default:
		return verdict{}, false
	}
	for f := range partner.AllFields().All() {
		if _, cause := repair.Read(repair.KindOf(f), p.Value(f)); cause != "" {
			return verdict{}, false
		}
		if junk, _ := repair.Junk(p.Value(f)); junk != "" && repair.KindOf(f) == repair.Name {
			return verdict{}, false
		}
	}
	p = p.Normalize()
	p.SecurityContact = p.SecurityContact.Normalize("US")
	found := p.SecurityContact.Check()
	for _, f := range found {
		if f.Code == partner.CodePhoneUnassigned || f.Code == partner.CodePhoneImpossible {
			return verdict{}, false // it is not rewritten
		}
	}
	var fixed any = &p.SecurityContact
	if old, ok := v.(*partner.LegalProfile); ok {
		found, fixed = p.Check(), &p
		found = slices.DeleteFunc(found, func(f partner.Finding) bool {
			return old.TenantID == "" && old.PartnerType == "" &&
				(f.Code == partner.CodeTenantSyntax || f.Code == partner.CodePartnerTypeUnknown)
		})
	}
	for i := range found {
		found[i].Message = "" // the cause is another package's
	}
	return verdict{found, fixed}, true
}

// plainFindings are the findings of the library without places and messages.
func plainFindings(res row.Result) (found partner.Findings) {
	for _, f := range res.Findings {
		if f.Message = ""; f.Code != row.CodeRepeated {
			found = append(found, f.Finding)
		}
	}
	return found
}

// Where a value is missing, the pointer is where the object would have it.
func TestShapes(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, line, why string
		want            []string
	}{
		{
			"contact", `{"email":"soc@contoso.com","phoneNumber":"+14255550100","phone":"x","properties":{}}`,
			"the library's name decides", []string{"/firstName", "/lastName"},
		},
		{
			"HubSpot", `{"id":"1","properties":{"lastname":"Exempel","phone":""}}`, "",
			[]string{"/properties/firstname", "/properties/email", "/properties/phone"},
		},
		{
			"HubSpot, a mobile phone", `{"properties":{"firstname":"Ada","lastname":"E","email":"s@","phone":null,` +
				`"mobilephone":"1"}}`, "the first that holds something counts",
			[]string{"/properties/email", "/properties/mobilephone"},
		},
		{
			"Google", `{"names":[{"familyName":"Exempel"}],"emailAddresses":[{"value":""},{"value":"s@"}]}`, "",
			[]string{"/names", "/emailAddresses/1/value", "/phoneNumbers"},
		},
		{
			"Mailchimp", `{"email_address":"s@","merge_fields":{"FNAME":"","LNAME":"E"}}`, "",
			[]string{"/merge_fields/FNAME", "/email_address", "/merge_fields/PHONE"},
		},
		{
			"Salesforce", `{"attributes":{},"FirstName":null,"LastName":"E","Email":"s@","MobilePhone":"1"}`, "",
			[]string{"/FirstName", "/Email", "/MobilePhone"},
		},
		{
			"Dynamics 365", `{"firstname":"Ada","lastname":"E","emailaddress1":"s@","telephone1":null}`, "",
			[]string{"/emailaddress1", "/telephone1"},
		},
		{
			"Pipedrive", `{"first_name":"Ada","last_name":"E","email":[{"value":"s@"}],"phone":[{"value":"1"}]}`, "",
			[]string{"/email/0/value", "/phone/0/value"},
		},
		{
			"Zendesk", `{"name":"Contoso SOC","email":"s@","phone":null}`, "the name is that of a group",
			[]string{"/name", "/email", "/phone"},
		},
		{"a list where the library has a text", `{"email":["soc@contoso.com"],"phoneNumber":"1"}`, "as encoding/json", nil},
		{"a text where a list is", `{"names":"Ada","phoneNumbers":[]}`, "it is not guessed", nil},
		{"a number", `{"properties":{"phone":14255550100}}`, "a number is no text", nil},
		{"an object", `{"phone":{"value":"1"},"first_name":"Ada"}`, "that program has a list", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var res row.Result
			jsonfile.Lines{}.Checker(row.Options{}).Check(tt.line, 1, &res)
			var got []string
			for _, f := range res.Findings {
				if f.Code == row.CodeType {
					got = nil
					break
				}
				got = append(got, f.Pointer)
			}
			assert.Equal(t, tt.want, got, tt.why)
		})
	}
}

// A value that is fixed is written as people write it, and not in escapes.
func TestAFixedValueIsPlain(t *testing.T) {
	t.Parallel()
	const line = `{"firstName":" R&D ","lastName":"\u0041"}`
	var res row.Result
	jsonfile.Lines{}.Checker(row.Options{Fix: true}).Check(line, 1, &res)
	want := strings.Replace(line, " R&D ", "R&D", 1)
	assert.Equal(t, want, string(res.Fixed), "and what is not fixed keeps its own")
}

// Reading token by token, or into a map, takes many times as long and allocates
// for each member. A row is read where it stands. The few allocations that are
// let pass are those of encoding/json: under the race detector it makes its
// scanner anew.
func TestAGoodRowIsReadWhereItStands(t *testing.T) { // not parallel: it counts
	line := `{"company": "Contoso", "n": [1, {"a": "}"}], ` + good[1:]
	var res row.Result
	for _, checker := range []row.Checker{
		jsonfile.Lines{}.Checker(row.Options{}), jsonfile.NewDocument("").Checker(row.Options{}),
	} {
		assert.LessOrEqual(t, testing.AllocsPerRun(100, func() { checker.Check(line, 1, &res) }), 3.0)
	}
	assert.Empty(t, res.Findings)
}
