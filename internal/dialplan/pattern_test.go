package dialplan

import (
	"regexp"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Whatever is matched, alone or beside others, is what package regexp matches
// as a whole.
func TestPatterns(t *testing.T) {
	t.Parallel()
	expressions := []string{
		`1`, `12`, `[13-5]`, `\d`, `\d{2}`, `\d{2,3}`, `1?2`, `(?:1|23)4`, `1*`, `(?:1*)*2`,
		`(?:12)+`, `(1)(?:2|3)?`, `[^1]2`, `.`, `1|12|123`,
		`(?:1|2)[0-9]*`, `[a-c]`, `[^0-9]`, `1{0}2`, ``, `0\d*|00`, `[^\x00-\x{10FFFF}]`,
	}
	p, err := NewPatterns(expressions)
	require.NoError(t, err)
	alone := make([]*Patterns, len(expressions))
	want := make([]*regexp.Regexp, len(expressions))
	for i, e := range expressions {
		alone[i], err = NewPatterns([]string{e})
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
func matches(p *Patterns, digits string) int {
	set := p.Start
	for _, d := range digits {
		set = p.Step(set, int(d-'0'))
	}
	return len(p.Matched(set))
}

func TestPatternsRefused(t *testing.T) {
	t.Parallel()
	for _, expression := range []string{`^1`, `1$`, `\b1`, `(`, `(?=1)`} {
		_, err := NewPatterns([]string{`1`, expression})
		assert.Error(t, err, expression)
	}
}

func TestPatternsBegin(t *testing.T) {
	t.Parallel()
	p, err := NewPatterns([]string{`0[12]3`, `8\d{2}`})
	require.NoError(t, err)
	for digits, want := range map[string]bool{
		"": true, "0": true, "01": true, "013": true, "0134": false, "03": false, "8": true, "899": true, "9": false,
	} {
		assert.Equal(t, want, p.Begin(digits), digits)
	}
}
