package attest_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/attest"
)

func TestStandingFindings(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		state attest.State
		want  partner.Code
		why   string
	}{
		{attest.StateUnverified, partner.CodeContactUnverified, "nobody has confirmed"},
		{attest.StateDue, partner.CodeContactDue, "an ask is out"},
		{attest.StateOverdue, partner.CodeContactOverdue, "the deadline has passed"},
		{attest.StateBouncing, partner.CodeContactBouncing, "mail came back"},
		{attest.StateVerified, "", "there is nothing to do"},
		{"", "", "the zero value says nothing"},
		{"Verified", "", "what is unknown says nothing: it is advice, and opens no gate"},
	} {
		t.Run("state "+string(c.state), func(t *testing.T) {
			t.Parallel()
			fs := attest.Standing{State: c.state}.Findings()
			if c.want == "" {
				assert.Nil(t, fs, c.why)
				return
			}
			assert.Equal(t, partner.Findings{{
				Path: "/securityContact/email", Code: c.want, Severity: partner.SeverityAdvice,
				Message: c.want.Message(),
			}}, fs, c.why)
			require.NoError(t, fs.Err(), "advice, never an error")
			assert.Equal(t, fs, fs.In(partner.SectionSecurityContact), "a form shows it at the contact")
		})
	}
}
