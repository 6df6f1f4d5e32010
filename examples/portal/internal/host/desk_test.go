package host_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

func TestCoverageAtAddress(t *testing.T) {
	t.Parallel()
	const missing, errors = host.CoverageMissing, host.CoverageErrors
	const advice, good = host.CoverageAdvice, host.CoverageGood
	for _, tt := range []struct {
		profile               host.CoverageClass
		bouncing, unread, any host.CoverageClass
		why                   string
	}{
		{missing, missing, missing, missing, "there is nobody whose mail could come back"},
		{errors, errors, errors, errors, "it is no better for what its address does"},
		{advice, errors, advice, advice, "nobody reads what comes back"},
		{good, errors, advice, good, "nobody reads what comes back"},
		{"", "", "", "", "what is not known stays so"},
	} {
		for _, s := range append(host.ContactStates(), "") {
			want := tt.any
			switch s {
			case host.ContactBouncing:
				want = tt.bouncing
			case host.ContactOverdue, host.ContactDoubted:
				want = tt.unread
			default:
			}
			assert.Equal(t, want, tt.profile.At(s), "%s, %s: %s", tt.profile, s, tt.why)
		}
	}
}
