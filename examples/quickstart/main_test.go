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

func TestSamplesShowEveryAnswer(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	require.NoError(t, run(&out, nil))
	for _, want := range []string{
		"update_security_contact   portal: no (role)",
		"update_security_contact   portal: yes           api: no (channel)",
		`/securityContact/phoneNumber   "+14255550100" -> "+14255550142;ext=7"`,
		"advice   /securityContact/email",
		"account verification: notRequired",
		"account verification: mayBeRequired",
		"Subject: You are no longer the security contact of Contoso Cloud Services",
		"\nContoso Cloud Services: 1 security contact is told",
		"\nContoso Cloud Services: 1 enrolled admin agent is told",
		"\nFabrikam Reseller: Nobody is told: the partner has no security contact",
		"Subject: Security incident (high) for Contoso Cloud Services, tenant Adventure Works: " +
			"Sign-ins with a stolen password",
	} {
		assert.Contains(t, out.String(), want)
	}
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

	tests := []struct {
		name, why string
		args      []string
		want      string
	}{
		{"missing", "the file is named", []string{"/nowhere/profile.json"}, "/nowhere/profile.json"},
		{"broken", "the place is named", []string{file(t, "{\n  \"companyName\": oops}")}, ":2:18: no JSON"},
		{"cut off", "the place is named", []string{file(t, "{\n")}, ":1:2: no JSON"},
		{"not a profile", "the file is named", []string{file(t, `[]`)}, "the file: a JSON array"},
		{"wrong type", "the field is named", []string{file(t, `{"primaryContact":{"email":7}}`)},
			"primaryContact.email: a JSON number"},
		{"wrong type, deeper", "the name of an embedded Go type is not the reader's business",
			[]string{file(t, `{"address":{"city":7}}`)}, ": address.city: a JSON number"},
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

func file(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file.json")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}
