package jsonfile_test

import (
	"encoding/json"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"

	"github.com/cspkit/partner/examples/contactlint/internal/jsonfile"
	"github.com/cspkit/partner/examples/contactlint/internal/row"
)

// oracle is what encoding/json says of a line, token by token: the code of what
// is wrong with it, or its contact.
func oracle(tb testing.TB, line string) (partner.Code, partner.SecurityContact) {
	tb.Helper()
	var none partner.SecurityContact
	var object map[string]json.RawMessage
	switch {
	case strings.Contains(line, "\x00"):
		return row.CodeNUL, none
	case !utf8.ValidString(line):
		return row.CodeEncoding, none
	case !json.Valid([]byte(line)):
		return row.CodeSyntax, none
	case json.Unmarshal([]byte(line), &object) != nil || object == nil:
		return row.CodeType, none
	}
	d, seen := json.NewDecoder(strings.NewReader(line)), map[string]int{}
	_, err := d.Token()
	require.NoError(tb, err)
	for d.More() {
		name, err := d.Token()
		require.NoError(tb, err)
		seen[name.(string)]++
		require.NoError(tb, d.Decode(new(json.RawMessage)))
	}
	_, err = d.Token()
	require.NoError(tb, err)
	_, err = d.Token()
	require.ErrorIs(tb, err, io.EOF)

	for _, name := range []string{"firstName", "middleName", "lastName", "email", "phoneNumber"} {
		if seen[name] > 1 {
			return row.CodeDuplicate, none // or row.CodeType, if one of them is no string
		}
	}
	var c partner.SecurityContact
	for name, to := range map[string]*string{
		"firstName": &c.FirstName, "middleName": &c.MiddleName, "lastName": &c.LastName, "email": &c.Email,
		"phoneNumber": &c.Phone,
	} {
		if raw := object[name]; raw != nil && json.Unmarshal(raw, to) != nil {
			return row.CodeType, none
		}
	}
	return "", c
}

// A line is read as encoding/json reads it, and not more kindly. In what is
// written, only the contact is different: it is normalised.
func FuzzLine(f *testing.F) {
	for _, s := range []string{
		good, " " + good + "\t", "{}", "{ }", "null", "[]", "1", `"`, good + good, good + "}", `{"email":1}`,
		`{"email":null,"email":"a"}`,
		`{"em\u0061il":"a","email":"b"}`, `{"email":"a\\\"},{","x":"\\"}`,
		`{"x":[{"email":1},"]"],"email" : "SOC@contoso.com" , "y":-1.50E+400}`,
		`{"x":1,"x":2,"":{},"firstName":"\ud800","lastName":"\u0000\/"}`, `{"a" "b"}`, `{"a":1,}`, `{,}`, `{"a":01}`,
		`{"a":tru}`, "{\"a\":\"\t\"}",
		`{"firstName":" Ada","phoneNumber":"425 555 0100","z":1234567890123456789012345678901234567890}`, "{\"\xff\":1}",
		"{\"\x00\":1}",
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
		fault, contact := oracle(t, line)
		if fault != "" {
			require.Len(t, res.Findings, 1)
			if fault == row.CodeDuplicate && res.Findings[0].Code == row.CodeType {
				fault = row.CodeType
			}
			require.Equal(t, fault, res.Findings[0].Code)
			require.Empty(t, res.Fixed)
			return
		}
		want := contact.Normalize("US").Check()
		for i := range want {
			want[i].Message = "" // the cause is another package's
		}
		require.Equal(t, want, plainFindings(res))

		again, fixed := oracle(t, strings.TrimSuffix(string(res.Fixed), "\n"))
		require.Empty(t, again)
		require.Equal(t, contact.Normalize("US"), fixed)
		require.Equal(t, others(t, line), others(t, string(res.Fixed)), "byte for byte")

		var twice row.Result
		jsonfile.Lines{}.Checker(row.Options{Fix: true, Region: "US"}).Check(string(res.Fixed), 1, &twice)
		require.Equal(t, res, twice, "fixing twice is fixing once")
	})
}

// plainFindings are the findings without their places and messages.
func plainFindings(res row.Result) (found partner.Findings) {
	for _, f := range res.Findings {
		f.Message = ""
		found = append(found, f.Finding)
	}
	return found
}

// others are the members that are no part of the contact, as they are written.
func others(tb testing.TB, line string) map[string]json.RawMessage {
	tb.Helper()
	var object map[string]json.RawMessage
	require.NoError(tb, json.Unmarshal([]byte(line), &object))
	for _, name := range []string{"firstName", "middleName", "lastName", "email", "phoneNumber"} {
		delete(object, name)
	}
	return object
}

// Reading token by token, or into a map, takes many times as long and allocates
// for each member. A row is read where it stands. The few allocations that are
// let pass are those of encoding/json: under the race detector it makes its
// scanner anew.
func TestAGoodRowIsReadWhereItStands(t *testing.T) { // not parallel: it counts
	line := `{"company": "Contoso", "n": [1, {"a": "}"}], ` + good[1:]
	var res row.Result
	for _, checker := range []row.Checker{
		jsonfile.Lines{}.Checker(row.Options{}), new(jsonfile.Array).Checker(row.Options{}),
	} {
		assert.LessOrEqual(t, testing.AllocsPerRun(100, func() { checker.Check(line, 1, &res) }), 3.0)
	}
	assert.Empty(t, res.Findings)
}
