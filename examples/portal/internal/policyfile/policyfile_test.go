package policyfile_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/attest"
	"github.com/cspkit/partner/examples/portal/internal/policyfile"
)

const day = 24 * time.Hour

func TestDuration(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text string
		want time.Duration // -1: an error
	}{
		{"30d", 30 * day}, {"0d", 0}, {"1d12h", 36 * time.Hour}, {"90m", 90 * time.Minute}, {"1h30m", 90 * time.Minute},
		{"36500d", 36500 * day},
		{"", -1}, {"d", -1}, {"30", -1}, {"30 d", -1}, {"-1d", -1}, {"1d-2h", -1}, {"+1h", -1}, {"1.5d", -1}, {"36501d", -1},
		{"99999999999999999999d", -1}, {"4294967295d", -1}, {"36500d1h", -1}, {"2w", -1}, {"1h2d", -1}, {"1d2d", -1},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			t.Parallel()
			got, err := policyfile.Duration(tt.text)
			if tt.want < 0 {
				require.Error(t, err)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, tt.want, got)
		})
	}
}

func TestVerification(t *testing.T) {
	t.Parallel()
	contact, admin := partner.ToSecurityContact, partner.ToGlobalAdmin
	tests := []struct {
		name, file string
		want       attest.Policy
	}{
		{"nothing is the default", `{}`, attest.Policy{}},
		{"a byte order mark", "\uFEFF{}", attest.Policy{}},
		{"nobody is asked", `{"asks": []}`, attest.Policy{Asks: []attest.Ask{}}},
		{"all of it", `{"every": "180d", "within": "7d", "asks": [
			{"before": "14d", "to": "security_contact"}, {"before": "0d", "to": "global_admin"},
			{"after": "36h", "to": "global_admin"}]}`,
			attest.Policy{Every: 180 * day, Within: 7 * day, Asks: []attest.Ask{
				{Before: 14 * day, To: contact}, {To: admin}, {Before: -36 * time.Hour, To: admin}}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := policyfile.Verification([]byte(tt.file))
			require.NoError(t, err)
			assert.Equal(t, tt.want, got)
		})
	}
}

func TestVerificationSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, file string
		says       []string
	}{
		{"no file", ``, []string{"no JSON"}},
		{"cut off", `{"every": "1d"`, []string{"no JSON"}},
		{"no JSON", "{\n\"every\": 1d\n}", []string{"no JSON, in line 2"}},
		{"two policies", `{} {}`, []string{"behind the end"}},
		{"a list", `[]`, []string{"must be an object"}},
		{"a name that is none", `{"evry": "365d"}`, []string{`unknown field "evry"`}},
		{"a number", `{"every": 365}`, []string{"every must be text in quotes", "number"}},
		{"no duration", `{"every": "a year"}`, []string{`every: "a year" is no duration`, "30d"}},
		{"no time at all", `{"within": "0d"}`, []string{`within: "0d" is too short`, "1h"}},
		{"everything at once", `{"every": "x", "asks": [{"before": "1d", "to": "admin_agent"},
			{"before": "1d", "after": "1d", "to": "global_admin"}, {"to": "global_admin"},
			{"after": "-1d", "to": "global_admin"}, {"before": "2d", "to": "global_admin"},
			{"before": "48h", "to": "global_admin"}]}`,
			[]string{`every: "x" is no duration`, `asks, number 1, to: must be "security_contact" or "global_admin"`,
				`asks, number 2: give "before" or "after"`, "asks, number 3: give", `asks, number 4, after: "-1d" is no duration`,
				"asks, number 6: is there twice"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p, err := policyfile.Verification([]byte(tt.file))
			require.Error(t, err)
			assert.Equal(t, attest.Policy{}, p)
			rest := err.Error()
			for _, text := range tt.says {
				_, after, found := strings.Cut(rest, text)
				assert.True(t, found, "%q in this order in: %s", text, err)
				rest = after
			}
		})
	}
}
