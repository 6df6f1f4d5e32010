package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var example = report{
	machine: "A machine", versions: []string{"example.com/peer v1.2.3"}, measured: "processor time",
	rows: []row{
		{"one", "peer", cost{cpu: 20, wall: 22}, cost{cpu: 9150, wall: 11000, allocs: 63.04}, 400, 0},
		{"one", "weaker peer", cost{cpu: 20, wall: 22, allocs: 0.02}, cost{cpu: 30, wall: 33, allocs: 1}, 5, 0},
		{"two", "peer", cost{cpu: 100, wall: 100, allocs: 3}, cost{cpu: 1000, wall: 1000, allocs: 9}, 10, 2},
		{"three", "peer", cost{cpu: 100, wall: 100, allocs: 3}, cost{cpu: 52, wall: 52, allocs: 9}, 0, anyNumber},
	},
}

func TestMarkdown(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	require.NoError(t, example.markdown(&b))
	assert.Equal(t, `A machine; processor time.

| job | peer | partner ns | peer ns | ratio | clock | to reach | reached | allocs | peer allocs |
| --- | --- | ---: | ---: | ---: | ---: | --- | --- | ---: | ---: |
| one | peer | 20.0 | 9,150 | 458× | 500× | ≥ 400×, 0 allocs | yes | 0 | 63 |
| one | weaker peer | 20.0 | 30.0 | 1.5× | 1.5× | ≥ 5×, 0 allocs | **no**: time | 0 | 1 |
| two | peer | 100 | 1,000 | 10× | 10× | ≥ 10×, ≤ 2 allocs | **no**: allocations | 3 | 9 |
| three | peer | 100 | 52.0 | 0.52× | 0.52× | - |  | 3 | 9 |

Reached: 1 of 3 rows.

Versions: example.com/peer v1.2.3.
`, b.String())
}

func TestText(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	require.NoError(t, example.text(&b))
	lines := strings.Split(b.String(), "\n")
	assert.Equal(t,
		"one    peer         20.0        9,150    458×   500×   ≥ 400×, 0 allocs   yes              0       63", lines[5])
	assert.True(t, strings.HasPrefix(lines[6], "       weaker peer"), "a job is named once")
	assert.NotContains(t, b.String(), "**", "a terminal shows no Markdown")
}

func TestFigures(t *testing.T) {
	t.Parallel()
	for ns, want := range map[float64]string{
		0.004: "0.00", 9.154: "9.15", 9.996: "10.0", 99.94: "99.9", 99.96: "100", 999.6: "1,000", 1_234_567: "1,234,567",
	} {
		assert.Equal(t, want, nanoseconds(ns))
	}
	for ratio, want := range map[float64]string{
		0.016: "0.02×", 0.5: "0.50×", 5: "5×", 7.34: "7.3×", 9.96: "10×", 411.7: "412×",
	} {
		assert.Equal(t, want, times(ratio))
	}
}

func TestRewriteKeepsTheProse(t *testing.T) {
	t.Parallel()
	page := filepath.Join(t.TempDir(), "README.md")
	require.NoError(t, os.WriteFile(page, []byte("before\n"+tableBegins+"an old table\n"+tableEnds+"after\n"), 0o600))
	for range 2 {
		require.NoError(t, example.rewrite(page))
	}
	got, err := os.ReadFile(page)
	require.NoError(t, err)
	var table strings.Builder
	require.NoError(t, example.markdown(&table))
	assert.Equal(t, "before\n"+tableBegins+"\n"+table.String()+"\n"+tableEnds+"after\n", string(got))
}

func TestRewriteNeedsAPlace(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"no marks": "prose\n", "no end": tableBegins, "no beginning": tableEnds, "the wrong order": tableEnds + tableBegins,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			page := filepath.Join(t.TempDir(), "README.md")
			require.NoError(t, os.WriteFile(page, []byte(text), 0o600))
			require.ErrorContains(t, example.rewrite(page), "put it between the lines")
			got, err := os.ReadFile(page)
			require.NoError(t, err)
			assert.Equal(t, text, string(got), "nothing is written")
		})
	}
	require.ErrorIs(t, example.rewrite(filepath.Join(t.TempDir(), "none")), os.ErrNotExist)
}
