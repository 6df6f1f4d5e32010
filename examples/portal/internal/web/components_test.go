package web

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

func TestShare(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, why   string
		part, whole int
		want        string
	}{
		{"all", "whole", 5000, 5000, "100%"},
		{"all but one", "100% would hide the one that is missing", 999_999, 1_000_000, "99.9%"},
		{"one", "0% would hide the one that there is", 1, 1_000_000, "0.1%"},
		{"none", "there is none", 0, 5000, "0%"},
		{"of nothing", "there is nothing to be a part of", 0, 0, "–"},
		{"rounded", "to a tenth", 2, 3, "66.7%"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, share(tt.part, tt.whole), tt.why)
		})
	}
}

func TestSpan(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, why string
		d         time.Duration
		want      string
	}{
		{"seconds", "no more than a minute counts", 59 * time.Second, "0 min"},
		{"minutes", "", 20 * time.Minute, "20 min"},
		{"hours", "no minutes, no word of them", 3 * time.Hour, "3 h"},
		{"both", "", 3*time.Hour + 20*time.Minute, "3 h 20 min"},
		{"days", "minutes of days are too fine", 52*time.Hour + 30*time.Minute, "2 d 4 h"},
		{"past", "how long ago reads the same", -90 * time.Minute, "1 h 30 min"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, span(tt.d), tt.why)
		})
	}
}

// What is one of a million is seen in the bar, and the parts fill it.
func TestSegmentsBar(t *testing.T) {
	t.Parallel()
	s := segments{Parts: []segment{
		{Tone: "good", N: 999_999}, {Tone: "warn", N: 0}, {Tone: "bad", N: 1},
	}}
	assert.Equal(t, []barPart{{"good", "0.00", "994.00"}, {"bad", "994.00", "6.00"}}, s.Bar())
	assert.Empty(t, segments{}.Bar(), "nothing is no bar")
}

// Each component has a template, and what it shows is text.
func TestComponentsAreText(t *testing.T) {
	t.Parallel()
	const evil = `"><script>window.pwned = 1</script>`
	templates, err := (&Web{assets: map[string]asset{"icon.svg": {}, "app.css": {}, "app.js": {}}}).readTemplates()
	require.NoError(t, err)
	for name, data := range map[string]any{
		"heading": page{Title: evil, Badges: []wording{{Word: evil}}, Actions: []doing{{Href: "/x", Text: evil}}},
		"filterBar": filterBar{Action: "/x", Label: evil, Search: evil, Hidden: []rowView{{evil, evil}},
			Selects: []filterSelect{choosing("state", evil, evil, choice{Value: evil, Label: evil})}},
		"columns":  []column{{Label: evil, Href: "/x", Sort: "ascending"}},
		"tiles":    []tile{{Label: evil, Value: evil, Text: evil, Href: "/x"}},
		"segments": segments{Label: evil, Parts: []segment{{Label: evil, Meaning: evil, N: 1, Tone: "good", Href: "/x"}}},
		"timeline": []moment{{At: time.Unix(1, 0), Title: evil, Text: evil, By: evil, Link: link{"/x", evil}}},
		"blank":    blank{evil, evil, doing{Href: "/x", Text: evil}},
		"factlist": []fact{{Label: evil, Value: evil, Sub: evil}, {Label: evil, Value: evil, Href: "/x"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var out strings.Builder
			require.NoError(t, templates["start"].ExecuteTemplate(&out, name, data))
			assert.NotContains(t, out.String(), "<script>", "text stays text")
			assert.Contains(t, out.String(), "&lt;script&gt;")
		})
	}
}

func TestTrend(t *testing.T) {
	t.Parallel()
	day := func(n, partners, covered int) host.CoverageDay {
		return host.CoverageDay{Day: time.Date(2026, time.November, n, 0, 0, 0, 0, time.UTC), Partners: partners,
			Covered: covered}
	}
	assert.Nil(t, newTrend([]host.CoverageDay{day(1, 10, 5)}), "one day is no line")
	v := newTrend([]host.CoverageDay{day(1, 10, 5), day(2, 10, 5), day(5, 10, 4)})
	require.NotNil(t, v)
	assert.Equal(t, "0.00,8.33 250.00,8.33 1000.00,91.67", v.Points, "a day that nobody counted leaves a gap")
	assert.Equal(t, []string{"−10.0 points", "50.0%", "40.0%"}, []string{v.Change, v.First, v.Now})
	assert.NotContains(t, newTrend([]host.CoverageDay{day(1, 0, 0), day(2, 0, 0)}).Points, "NaN")
}
