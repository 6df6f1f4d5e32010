package web

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestLocalTime(t *testing.T) {
	t.Parallel()
	noon := time.Date(2026, time.November, 23, 12, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		name, why, number string
		want              localView
	}{
		{"one zone", "its first digits say so", "+14255550100", localView{"04:00", "America/Los_Angeles", true}},
		{"by day", "", "+4930123456", localView{"13:00", "Europe/Berlin", false}},
		{"an extension", "it belongs to the same place", "+4930123456;ext=24", localView{"13:00", "Europe/Berlin", false}},
		{"no number", "nothing is known of it", "soc@contoso.com", localView{}},
		{"of no country", "nothing is known of it", "+99999999999", localView{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, localTime(tt.number, noon), tt.why)
		})
	}
	wide := localTime("+18005550100", noon) // free of charge, in all of a continent
	assert.Regexp(t, `^$|^between [0-9]{2}:[0-9]{2} and [0-9]{2}:[0-9]{2}$`, wide.Text)
}
