package report_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/contactlint/internal/report"
	"github.com/cspkit/partner/examples/contactlint/internal/row"
)

// The summary says what was not done, so that nobody takes the counts for all
// there is.
func TestSummaryOfWhatWasNotChecked(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		summary report.Summary
		want    string
	}{
		{"all", report.Summary{Files: 1}, "0 rows in 1 file: 0 with errors, 0 with advice only\n"},
		{
			"one", report.Summary{Files: 2, Rows: 7, Unread: []report.Unread{{File: "gone.csv"}}},
			"7 rows in 2 files: 0 with errors, 0 with advice only\n1 file not checked, or not to the end\n",
		},
		{
			"two", report.Summary{Unread: make([]report.Unread, 2), Interrupted: true},
			"0 rows in 0 files: 0 with errors, 0 with advice only\n2 files not checked, or not to the end\n" +
				"interrupted: what comes after these rows was not checked\n",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var b bytes.Buffer
			require.NoError(t, tt.summary.WriteText(&b))
			assert.Equal(t, tt.want, b.String())
		})
	}
}

// Nobody looks for advice that is hidden, so there is no number of it.
func TestSummaryWithoutAdvice(t *testing.T) {
	t.Parallel()
	var out, b bytes.Buffer
	r := report.New(&out, report.Text, 0, "")
	r.Summary.Files = 1
	require.NoError(t, r.Add("a.csv", &row.Result{Rows: 1, AdviceHidden: true}))
	require.NoError(t, r.Add("a.csv", &row.Result{Rows: 1, Errors: 1})) // nothing of it could be read
	require.NoError(t, r.Summary.WriteText(&b))
	assert.Equal(t, "2 rows in 1 file: 1 with errors\n", b.String())
}
