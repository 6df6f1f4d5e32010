package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"github.com/nyaruka/phonenumbers"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What is checked in is what the generator makes of the numbering plans in go.mod.
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

func TestRunRefused(t *testing.T) {
	for _, name := range []string{"world.go", "world.table"} {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			require.NoError(t, os.Mkdir(name, 0o755), "something that cannot be written over")
			require.ErrorContains(t, run(), name)
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
}

// Leading digits tell regions apart whatever follows them. In the data of phonenumbers 1.8.1 no verdict hangs on them.
func TestLeadingDigits(t *testing.T) {
	t.Parallel()
	id, code, leading := "SM", int32(378), "05|1"
	plans, err := readPlans([]*phonenumbers.PhoneMetadata{{Id: &id, CountryCode: &code, LeadingDigits: &leading}}, nil)
	require.NoError(t, err)
	for digits, want := range map[string]int{"05": 1, "0512": 1, "1": 1, "17": 1, "0": 0, "21": 0} {
		assert.Equal(t, want, matches(plans["378"], digits), digits)
	}
}

// Whatever is matched, alone or beside others, is what package regexp matches as a whole.
func TestPatterns(t *testing.T) {
	t.Parallel()
	expressions := []string{
		`1`, `12`, `[13-5]`, `\d`, `\d{2}`, `\d{2,3}`, `1?2`, `(?:1|23)4`, `1*`, `(?:1*)*2`,
		`(?:12)+`, `(1)(?:2|3)?`, `[^1]2`, `.`, `1|12|123`,
		`(?:1|2)[0-9]*`, `[a-c]`, `[^0-9]`, `1{0}2`, ``, `0\d*|00`, `[^\x00-\x{10FFFF}]`,
	}
	p, err := newPatterns(expressions)
	require.NoError(t, err)
	alone := make([]*patterns, len(expressions))
	want := make([]*regexp.Regexp, len(expressions))
	for i, e := range expressions {
		alone[i], err = newPatterns([]string{e})
		require.NoError(t, err)
		want[i] = regexp.MustCompile(`^(?:` + e + `)$`)
	}
	for i := range 1_000 {
		for _, digits := range []string{strconv.Itoa(i), "0" + strconv.Itoa(i), ""} {
			all := 0
			for i, re := range want {
				one := 0
				if re.MatchString(digits) {
					one = 1
				}
				require.Equal(t, one, matches(alone[i], digits), "%s: %s", re, digits)
				all += one
			}
			require.Equal(t, all, matches(p, digits), "all: %s", digits)
		}
	}
}

// matches returns how many of p match digits.
func matches(p *patterns, digits string) int {
	set := p.start
	for _, d := range digits {
		set = p.step(set, int(d-'0'))
	}
	return len(p.matched(set))
}

func TestPatternsRefused(t *testing.T) {
	t.Parallel()
	for _, expression := range []string{`^1`, `1$`, `\b1`, `(`, `(?=1)`} {
		_, err := newPatterns([]string{`1`, expression})
		assert.Error(t, err, expression)
	}
}
