package main

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
)

// update rewrites what a newcomer sees: make golden.
var update = flag.Bool("update", false, "rewrite the golden file in testdata")

func TestSamplesTellTheWholeStory(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	require.NoError(t, run(&out, nil))
	golden := filepath.Join("testdata", "output.txt")
	if *update {
		require.NoError(t, os.WriteFile(golden, out.Bytes(), 0o600))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	assert.Equal(t, string(want), out.String(), "make golden rewrites it: read the difference")
}

func TestFilesOfOnesOwn(t *testing.T) {
	t.Parallel()
	good := file(t, `{"CompanyName": "Woodgrove", "Address": {"Country": "GB", "Region": null}, "PrimaryContact": null}`)
	contact := file(t, `{"firstName":"Woodgrove SOC","middleName":"Woodgrove SOC","lastName":"Woodgrove SOC",`+
		`"email":"soc@woodgrove.example","phoneNumber":"020 7946 0958"}`)
	var out bytes.Buffer
	require.NoError(t, run(&out, []string{good, contact}),
		"Partner Center's form has no tenant, and old faults do not stand in the way")
	assert.Contains(t, out.String(), `/securityContact/phoneNumber   "" -> "+442079460958"`,
		"read as national in the profile's country")
	assert.Contains(t, out.String(), "account verification: notRequired")
	assert.Contains(t, out.String(), "    To: soc@woodgrove.example\n", "the story is that of the contact given")
	assert.Contains(t, out.String(), "phone +442079460958\n")
	assert.Contains(t, out.String(), "known: true, met: true")

	tests := []struct {
		name, why string
		args      []string
		want      string
	}{
		{"missing", "the file is named", []string{"/nowhere/profile.json"}, "/nowhere/profile.json"},
		{"broken", "the place is named", []string{file(t, "{\n  \"companyName\": oops}")}, ":2:18: no JSON"},
		{"cut off", "the place is named", []string{file(t, "{\n")}, ":1:2: no JSON"},
		{"not a profile", "the file is named", []string{file(t, `[]`)}, "the file: a JSON array"},
		{
			"wrong type", "the field is named",
			[]string{file(t, `{"primaryContact":{"email":7}}`)}, "primaryContact.email: a JSON number",
		},
		{
			"wrong type, deeper", "the name of an embedded Go type is not the reader's business",
			[]string{file(t, `{"address":{"city":7}}`)}, ": address.city: a JSON number",
		},
		{"no language", "nobody speaks it", []string{"-language", "tlh"}, "-language is one of en, de, "},
		{"three files", "there are two kinds of file", []string{"a", "b", "c"}, "at most two files"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			err := run(&bytes.Buffer{}, tt.args)
			require.ErrorContains(t, err, tt.want, tt.why)
			assert.NotContains(t, err.Error(), "\n", "one line")
		})
	}

	err := run(&bytes.Buffer{}, []string{good, file(t, `{"email":"nobody"}`)})
	invalid, ok := errors.AsType[*partner.InvalidError](err)
	require.True(t, ok, "a proposal that breaks the rules is refused, and every fault is named")
	assert.Len(t, invalid.Findings, 4)

	require.ErrorIs(t, run(&out, []string{"--help"}), flag.ErrHelp)
	assert.Contains(t, out.String(), "usage: quickstart")
}

// Everything that is mailed, and what is said of a form, is in the language
// that was asked for.
func TestInTheReadersLanguage(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	require.NoError(t, run(&out, []string{"-language", "de"}))
	for _, want := range []string{
		"Sie sind jetzt der Sicherheitskontakt", "Unbeantwortet: Sicherheitsvorfall", "Behoben: Sicherheitsvorfall",
		"1. Lesen Sie den Hinweis",
	} {
		assert.Contains(t, out.String(), want)
	}
	assert.NotContains(t, out.String(), "Security incident")
}

func file(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file.json")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}
