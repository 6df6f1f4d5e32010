package jsonfile_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"

	"github.com/cspkit/partner/examples/contactlint/internal/jsonfile"
	"github.com/cspkit/partner/examples/contactlint/internal/row"
)

const good = `{"firstName":"Ada","lastName":"Adler","email":"soc@contoso.com","phoneNumber":"+14255550100"}`

// check reads a whole document that comes in pieces of the given size, as a
// file does.
func check(text string, size int) (row.Result, bool, error) {
	var res row.Result
	d := jsonfile.NewDocument("")
	n, err := d.Begin(text, true)
	if err != nil {
		return res, false, err
	}
	checker, line := d.Checker(row.Options{}), 1+strings.Count(text[:n], "\n")
	rest := text[n:]
	for seen := size; ; seen += size {
		last := seen >= len(rest)
		n := d.Cut(rest[:min(seen, len(rest))], last)
		if n > 0 {
			checker.Check(rest[:n], line, &res)
		}
		line += strings.Count(rest[:n], "\n")
		rest, seen = rest[n:], seen-n
		if last {
			return res, !d.Unfinished(), nil
		}
	}
}

// fix returns a document as it is fixed, up to where it is cut off.
func fix(tb testing.TB, text string) string {
	tb.Helper()
	d := jsonfile.NewDocument("")
	n, err := d.Begin(text, true)
	require.NoError(tb, err)
	var res row.Result
	if end := n + d.Cut(text[n:], true); end > n {
		d.Checker(row.Options{Fix: true, Region: "US"}).Check(text[n:end], 1, &res)
	}
	if d.Unfinished() {
		return text
	}
	return d.Head() + string(res.Fixed)
}

func TestRows(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, text, why string
		want            partner.Code
	}{
		{"good", good, "", ""},
		{"null", strings.Replace(good, `"Ada"`, "null", 1), "null is no value", partner.CodeNameMissing},
		{"number", strings.Replace(good, `"Ada"`, "1", 1), "a name is text", row.CodeType},
		{"array", "[]", "a contact is an object", row.CodeType},
		{"text", `"Ada"`, "a contact is an object", row.CodeType},
		{"nothing", "", "there is a comma too many", row.CodeSyntax},
		{"not JSON", "{firstName:1}", "", row.CodeSyntax},
		{"two values", good + " " + good, "a comma is missing", row.CodeSyntax},
		{"closed twice", good + "}", "a bracket too many", row.CodeSyntax},
		{"duplicate", strings.Replace(good, "{", `{"firstName":"Ada",`, 1), "advice", row.CodeRepeated},
		{"duplicate of another type", `{"email":"","email":1,"firstName":1}`, "encoding/json refuses it", row.CodeType},
		{"duplicate and broken", `{"email":"","email":""x}`, "broken comes first", row.CodeSyntax},
		{"duplicate of another field", strings.Replace(good, "{", `{"x":1,"x":2,`, 1), "nobody's business", ""},
		{"case", strings.Replace(good, "email", "Email", 1), "as encoding/json reads names", ""},
		{"Latin-1", strings.Replace(good, "Ada", "J\xf6rg", 1), "", row.CodeEncoding},
		{"NUL", strings.Replace(good, "Ada", "\x00", 1), "", row.CodeNUL},
		{"escaped NUL", strings.Replace(good, "Ada", `A\u0000`, 1), "that is JSON", partner.CodeNameCharacter},
		{
			"deep", `{"x":` + strings.Repeat("[", 1e5) + strings.Repeat("]", 1e5) + "}", "deeper than any contact",
			row.CodeSyntax,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var res row.Result
			jsonfile.Lines{}.Checker(row.Options{}).Check(tt.text+" \n"+good, 1, &res)
			if tt.text != "" { // a blank line is no row
				assert.Equal(t, 2, res.Rows, tt.why)
				assertCode(t, tt.want, res, tt.why)
			}
			res, end, err := check("["+tt.text+",\n"+good+"]", 1<<20)
			require.NoError(t, err)
			assert.True(t, end)
			assert.Equal(t, 2, res.Rows, "the rest goes on")
			assertCode(t, tt.want, res, tt.why)
		})
	}
}

func assertCode(t *testing.T, want partner.Code, res row.Result, why string) {
	t.Helper()
	if want == "" {
		assert.Empty(t, res.Findings, why)
		return
	}
	if assert.Len(t, res.Findings, 1, why) {
		assert.Equal(t, want, res.Findings[0].Code, why)
	}
}

// However a file is cut into chunks, the same is found. What encoding/json
// takes for an array of contacts has no broken row.
func FuzzArray(f *testing.F) {
	for _, s := range []string{
		"[]", "[" + good + "]", "[\n" + good + ",\n" + good + "\n]\n", `[{"a":"]},[{"},{"b":[1,{}]}]`, "[1,]", `["\"\\",{`,
		"[\"a\n,{}]", "[}]", "x", `{"value":[` + good + `], "x": 1}`, good,
		`{"result":{"records":[` + good + `], "done": true}, "x": {}}`, `{"data":{"data":{}},"users":[{}]}`,
	} {
		f.Add(s, 1)
		f.Add(s, 5)
	}
	f.Fuzz(func(t *testing.T, text string, size int) {
		size = max(1, size)
		whole, end, err := check(text, len(text)+1)
		if err != nil {
			require.ErrorIs(t, err, jsonfile.ErrDocument)
			return
		}
		parts, endToo, err := check(text, size)
		require.NoError(t, err)
		require.Equal(t, whole, parts)
		require.Equal(t, end, endToo)

		once := fix(t, text)
		require.Equal(t, once, fix(t, once), "fixing twice is fixing once")
		require.Equal(t, json.Valid([]byte(text)), json.Valid([]byte(once)))
		require.Equal(t, strings.Count(text, "\n"), strings.Count(once, "\n"), "what stands around values stays")

		var contacts []struct{ FirstName, MiddleName, LastName, Email, PhoneNumber *string }
		if json.Unmarshal([]byte(text), &contacts) == nil && !strings.Contains(text, "null") {
			require.Equal(t, len(contacts), whole.Rows)
			for _, found := range whole.Findings {
				require.NotEqual(t, row.CodeSyntax, found.Code)
			}
		}
	})
}

func TestBegin(t *testing.T) {
	t.Parallel()
	const object = `{"value": [` + good + `]}`
	for _, tt := range []struct {
		name, text, why string
		document, lines bool // whether it may be a file of the kind
	}{
		{"empty", "", "no lines are no contacts", false, true},
		{"blank", " \n", "", false, true},
		{"text", "x", "a broken row", false, true},
		{"string", `"["`, "a row, though no contact", false, true},
		{"array", "[\n  " + good + "\n]\n", "the bracket alone is no row", true, false},
		{"array of a line", "[" + good + ", " + good + "]\n", "nothing comes after it", true, false},
		{"array from the first line on", "\n[" + good + ",\n" + good + "]", "as jq -c and many others write it", true, false},
		{"objects, one a line", good + "\n" + good + "\n", "", false, true},
		{"object", good, "a contact by itself", true, true},
		{
			"arrays, one a line", "[" + good + "]\n[" + good + "]\n", "rows, though no contacts; an array has one end", true,
			true,
		},
		{"values, one a line", `["Ada"` + "\n" + good, "a broken row", true, true},
		{"empty array", "[]", "a row, though no contact", true, true},
		{"object over several lines", "{\n" + good[1:], "a contact by itself", true, false},
		{"object, text after it", "{\n" + good[1:] + "x", "", false, false},
		{"object of something else", `{"staff": [` + good + `]}`, "it would be one contact without a field", false, true},
		{"object, cut off", "{\n" + good[1:40], "", false, false},
		{"array in an object", object, "it may be one of many objects", true, true},
		{"array in an object, after more", `{"a": {"value": [1]}, "value": [` + good + `]}`, "", true, true},
		{"array in an object, over several lines", strings.ReplaceAll(object, "{", "{\n"), "as Graph answers", true, false},
		{"array two deep", `{"status": 0, "result": {"records": [` + good + `], "done": true}}`, "as sf answers", true, true},
		{
			"no array in an envelope", `{"data": {"x": 1}, "users": [` + good + `]}`, "then it is a member like others", true,
			true,
		},
		{"array three deep", `{"data": {"data": {"data": [` + good + `]}}}`, "", false, true},
		{"array in an object, of Partner Center", `{"totalCount": 1, "items": [` + good + `]}`, "", true, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := jsonfile.NewDocument("").Begin(tt.text, true)
			if tt.document {
				require.NoError(t, err, tt.why)
			} else {
				require.ErrorIs(t, err, jsonfile.ErrDocument, tt.why)
			}
			_, err = jsonfile.NewDocument("").Begin(tt.text[:len(tt.text)/2], false)
			if err != nil && !errors.Is(err, row.ErrShort) {
				require.ErrorIs(t, err, jsonfile.ErrDocument)
				require.False(t, tt.document, "half of it is no reason")
			}
			n, err := jsonfile.Lines{}.Begin(tt.text, true)
			assert.Zero(t, n)
			if tt.lines {
				require.NoError(t, err, tt.why)
			} else {
				require.ErrorIs(t, err, jsonfile.ErrLines, tt.why)
			}
		})
	}
}

// The array of one line may be longer than what is read at once.
func TestBeginOfALongArray(t *testing.T) {
	t.Parallel()
	_, err := jsonfile.Lines{}.Begin("["+strings.Repeat(good+",", 400), false)
	require.ErrorIs(t, err, jsonfile.ErrLines)
}
