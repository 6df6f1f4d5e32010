package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/nyaruka/phonenumbers"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/internal/dialplan"
)

// What is checked in is what the generator makes of the numbering plans in
// go.mod.
func TestGenerate(t *testing.T) {
	checkedIn, err := filepath.Abs("..")
	require.NoError(t, err)
	t.Chdir(t.TempDir())
	require.NoError(t, run())
	for _, name := range []string{"world.go", "world.table"} {
		want, err := os.ReadFile(name)
		require.NoError(t, err)
		got, err := os.ReadFile(filepath.Join(checkedIn, name))
		require.NoError(t, err)
		same := bytes.Equal(want, got) // assert.Equal would print both
		assert.True(t, same, "%s is out of date: run go generate ./internal/...", name)
	}
}

func TestStoreRefused(t *testing.T) {
	for _, name := range []string{"world.go", "world.table"} {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			require.NoError(t, os.Mkdir(name, 0o755), "something that cannot be written over")
			require.ErrorContains(t, store([]byte("table"), []byte("source")), name)
		})
	}
}

func TestGenerateRefused(t *testing.T) {
	t.Parallel()
	_, _, err := generate("", nil, nil)
	require.Error(t, err, "a table of nobody knows which version")

	id, code, broken := "SM", int32(378), "12("
	desc := &phonenumbers.PhoneNumberDesc{NationalNumberPattern: &broken}
	_, _, err = generate("v0", []*phonenumbers.PhoneMetadata{{Id: &id, CountryCode: &code, Mobile: desc}}, nil)
	require.ErrorContains(t, err, "378")
	_, _, err = generate("v0", nil, []*phonenumbers.PhoneMetadata{{Id: &id, Emergency: desc}})
	require.ErrorContains(t, err, "378")

	for _, m := range []*phonenumbers.PhoneMetadata{
		{Id: &id, CountryCode: &code, InternationalPrefix: new("0*")},
		{Id: &id, CountryCode: &code, NationalPrefixForParsing: new("0(1)"), NationalPrefixTransformRule: new("1")},
	} {
		_, _, err = generate("v0", []*phonenumbers.PhoneMetadata{m}, nil)
		require.ErrorContains(t, err, "SM")
	}
	_, err = readRegions([]*phonenumbers.PhoneMetadata{{Id: &id}},
		[]*phonenumbers.PhoneMetadata{{Id: &id, Emergency: desc}})
	require.ErrorContains(t, err, "SM")
}

// A table that cannot hold the plans is an error.
func TestGenerateTooMuch(t *testing.T) {
	t.Parallel()
	id, code := "SM", int32(378)
	var regions []*phonenumbers.PhoneMetadata
	for i := range dialplan.MaxRewrites {
		regions = append(regions, &phonenumbers.PhoneMetadata{
			Id: &id, CountryCode: &code,
			NationalPrefixForParsing:    new("000(1)"),
			NationalPrefixTransformRule: new(strconv.Itoa(i) + "$1"),
		})
	}
	_, _, err := generate("v0", regions[1:], nil)
	require.NoError(t, err)
	_, _, err = generate("v0", regions, nil)
	require.ErrorContains(t, err, "16")
}

// Leading digits tell regions apart whatever follows them. In the data of
// phonenumbers 1.8.1 no verdict hangs on them.
func TestLeadingDigits(t *testing.T) {
	t.Parallel()
	id, code, leading := "SM", int32(378), "05|1"
	numberings, err := readNumberings([]*phonenumbers.PhoneMetadata{
		{Id: &id, CountryCode: &code, LeadingDigits: &leading},
	}, nil)
	require.NoError(t, err)
	for digits, want := range map[string]int{"05": 1, "0512": 1, "1": 1, "17": 1, "0": 0, "21": 0} {
		p := numberings["378"].Patterns
		set := p.Start
		for _, d := range digits {
			set = p.Step(set, int(d-'0'))
		}
		assert.Len(t, p.Matched(set), want, digits)
	}
}
