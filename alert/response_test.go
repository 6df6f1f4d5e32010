package alert_test

import (
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/alert"
)

var (
	now = at("2026-11-30T12:00:00Z")
	day = 24 * time.Hour
)

// resolved is an alert that took so long.
func resolved(detected time.Time, took time.Duration) alert.Alert {
	return alert.Alert{Status: alert.StatusResolved, DetectedAt: detected, ResolvedAt: detected.Add(took)}
}

func open(detected time.Time) alert.Alert {
	return alert.Alert{Status: alert.StatusActive, DetectedAt: detected}
}

// log is the log of an alert.
func log(changes ...alert.Transition) []alert.Transition { return changes }

func to(from, to alert.Status, at time.Time) alert.Transition {
	return alert.Transition{From: from, To: to, At: at}
}

func TestMeasure(t *testing.T) {
	t.Parallel()
	const active, investigating, done = alert.StatusActive, alert.StatusInvestigating, alert.StatusResolved
	detected := now.Add(-10 * time.Hour)
	hour := func(n int) time.Time { return detected.Add(time.Duration(n) * time.Hour) }
	with := func(a alert.Alert, change func(*alert.Alert)) alert.Alert {
		change(&a)
		return a
	}
	one := func(took time.Duration) alert.Response { return alert.Response{Mean: took, Longest: took, Counted: 1} }
	stillOpen := alert.Response{Open: 1}
	openFor := func(took time.Duration) alert.Response {
		return alert.Response{Mean: took, Longest: took, Counted: 1, Open: 1}
	}

	tests := []struct {
		name   string
		rule   alert.ResponseRule
		alerts []alert.Alert
		want   alert.Response
		why    string
	}{
		{"nothing", alert.ResponseRule{}, nil, alert.Response{}, ""},
		{"two", alert.ResponseRule{}, []alert.Alert{resolved(detected, time.Hour), resolved(detected, 4*time.Hour)},
			alert.Response{Mean: 150 * time.Minute, Longest: 4 * time.Hour, Counted: 2}, ""},
		{"three nanoseconds", alert.ResponseRule{}, []alert.Alert{resolved(detected, 1), resolved(detected, 2)},
			alert.Response{Mean: 1, Longest: 2, Counted: 2}, "parts of a nanosecond are dropped"},

		{"the window's first instant", alert.ResponseRule{}, []alert.Alert{resolved(now.Add(-30*day), 1)}, one(1),
			"both ends belong to it"},
		{"before the window", alert.ResponseRule{}, []alert.Alert{resolved(now.Add(-30*day-1), 1)}, alert.Response{}, ""},
		{"the window's last instant", alert.ResponseRule{}, []alert.Alert{resolved(now, 0)}, one(0),
			"both ends belong to it"},
		{"after the window", alert.ResponseRule{CountOpen: true}, []alert.Alert{open(now.Add(1))}, alert.Response{},
			"it has not happened"},
		{"a window of an hour", alert.ResponseRule{Window: time.Hour}, []alert.Alert{
			resolved(now.Add(-time.Hour), 7), resolved(now.Add(-time.Hour-1), 8),
		}, one(7), ""},
		{"a window below zero", alert.ResponseRule{Window: -1}, []alert.Alert{resolved(now.Add(-30*day), 7)}, one(7),
			"the default counts"},
		{"no detection", alert.ResponseRule{CountOpen: true}, []alert.Alert{open(time.Time{})}, alert.Response{}, ""},

		{"open", alert.ResponseRule{}, []alert.Alert{open(detected)}, stillOpen, ""},
		{"open, counted", alert.ResponseRule{CountOpen: true}, []alert.Alert{open(detected)}, openFor(10 * time.Hour), ""},
		{"open with a resolution", alert.ResponseRule{}, []alert.Alert{with(resolved(detected, 1), func(a *alert.Alert) {
			a.Status, a.Log = active, log(to(active, done, hour(1)))
		})}, stillOpen, "the status alone decides"},
		{"an unknown status", alert.ResponseRule{}, []alert.Alert{{Status: "dismissed", DetectedAt: detected}}, stillOpen,
			""},

		{"resolved after now", alert.ResponseRule{}, []alert.Alert{resolved(detected, 10*time.Hour+1)}, stillOpen,
			"it has not happened"},
		{"resolved after now, counted", alert.ResponseRule{CountOpen: true}, []alert.Alert{resolved(detected, 11*time.Hour)},
			openFor(10 * time.Hour), ""},
		{"resolved now", alert.ResponseRule{}, []alert.Alert{resolved(detected, 10*time.Hour)}, one(10 * time.Hour), ""},
		{"resolved before it was detected", alert.ResponseRule{}, []alert.Alert{resolved(detected, -1)}, one(0),
			"never below zero"},
		{"resolved, and nobody knows when", alert.ResponseRule{},
			[]alert.Alert{resolved(detected, 0), {Status: done, DetectedAt: detected}},
			alert.Response{Mean: 5 * time.Hour, Longest: 10 * time.Hour, Counted: 2}, "now"},

		{"the log's last resolution", alert.ResponseRule{}, []alert.Alert{{Status: done, DetectedAt: detected, Log: log(
			to(active, done, hour(4)), to(active, done, hour(2)), to(done, active, hour(3)), to(active, done, time.Time{}),
		)}}, one(4 * time.Hour), "in whatever order"},
		{"ResolvedAt before the log", alert.ResponseRule{},
			[]alert.Alert{with(resolved(detected, time.Hour), func(a *alert.Alert) {
				a.Log = log(to(active, done, hour(2)))
			})}, one(time.Hour), ""},
		{"the log resolves after now", alert.ResponseRule{}, []alert.Alert{{Status: done, DetectedAt: detected, Log: log(
			to(active, done, hour(11)),
		)}}, stillOpen, "it has not happened"},
		{"reopened by now, and resolved later", alert.ResponseRule{},
			[]alert.Alert{{Status: done, DetectedAt: detected, Log: log(
				to(active, done, hour(1)), to(done, active, hour(2)), to(active, done, hour(11)),
			)}}, stillOpen, "as it was now"},
		{"reopened and resolved later", alert.ResponseRule{},
			[]alert.Alert{with(resolved(detected, 12*time.Hour), func(a *alert.Alert) {
				a.Log = log(to(active, done, hour(1)), to(done, active, hour(11)), to(active, done, hour(12)))
			})}, one(time.Hour), "as it was now"},
		{"reopened, and nobody knows what then", alert.ResponseRule{},
			[]alert.Alert{{Status: done, DetectedAt: detected, Log: log(
				to(active, done, hour(1)), to(done, active, hour(2)),
			)}}, one(time.Hour), "the log's last resolution"},

		{"a test", alert.ResponseRule{},
			[]alert.Alert{with(resolved(detected, 1), func(a *alert.Alert) { a.Test = true })}, alert.Response{}, ""},
		{"a test, counted", alert.ResponseRule{CountTests: true},
			[]alert.Alert{with(resolved(detected, 1), func(a *alert.Alert) {
				a.Test = true
			})}, one(1), ""},
		{"an open test", alert.ResponseRule{CountOpen: true},
			[]alert.Alert{with(open(detected), func(a *alert.Alert) { a.Test = true })},
			stillOpen, "open, whether or not it counts"},

		{"taken up", alert.ResponseRule{}, []alert.Alert{with(open(detected), func(a *alert.Alert) {
			a.Status, a.Log = investigating, log(to(active, investigating, hour(1)))
		})}, stillOpen, ""},
		{"taken up, which ends it", alert.ResponseRule{InvestigatingStops: true},
			[]alert.Alert{with(open(detected), func(a *alert.Alert) {
				a.Status, a.Log = investigating, log(to(active, investigating, hour(3)), to(active, investigating, hour(1)))
			})}, openFor(time.Hour), "the first counts"},
		{"taken up now", alert.ResponseRule{InvestigatingStops: true},
			[]alert.Alert{with(open(detected), func(a *alert.Alert) {
				a.Status, a.Log = investigating, log(to(active, investigating, now))
			})}, openFor(10 * time.Hour), ""},
		{"taken up later", alert.ResponseRule{InvestigatingStops: true},
			[]alert.Alert{with(open(detected), func(a *alert.Alert) {
				a.Status, a.Log = investigating, log(to(active, investigating, now.Add(1)))
			})}, stillOpen, "it has not happened"},
		{"taken up, and nobody knows when", alert.ResponseRule{InvestigatingStops: true},
			[]alert.Alert{with(open(detected), func(a *alert.Alert) {
				a.Status, a.Log = investigating, log(to(active, investigating, time.Time{}))
			})}, openFor(10 * time.Hour), "now"},
		{"taken up and resolved", alert.ResponseRule{InvestigatingStops: true},
			[]alert.Alert{with(resolved(detected, 2*time.Hour),
				func(a *alert.Alert) {
					a.Log = log(to(active, investigating, hour(1)), to(investigating, done, hour(2)))
				})}, one(time.Hour), ""},
		{"taken up after it was resolved", alert.ResponseRule{InvestigatingStops: true},
			[]alert.Alert{with(resolved(detected, time.Hour),
				func(a *alert.Alert) { a.Log = log(to(done, investigating, hour(2))) })}, one(time.Hour), "the earlier counts"},
		{"taken up before it was detected", alert.ResponseRule{InvestigatingStops: true}, []alert.Alert{with(open(detected),
			func(a *alert.Alert) { a.Log = log(to(active, investigating, hour(-1))) })}, openFor(0), "never below zero"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, tt.rule.Measure(slices.Values(tt.alerts), now), tt.why)
		})
	}
	assert.Equal(t, alert.Response{}, alert.ResponseRule{}.Measure(nil, now))
}

func TestMeasureDoesNotOverflow(t *testing.T) {
	t.Parallel()
	rule := alert.ResponseRule{Window: math.MaxInt64, CountOpen: true}
	var alerts []alert.Alert
	for range 1000 {
		alerts = append(alerts, open(now.Add(-math.MaxInt64)))
	}
	assert.Equal(t, alert.Response{Mean: math.MaxInt64, Longest: math.MaxInt64, Counted: 1000, Open: 1000},
		rule.Measure(slices.Values(alerts), now))
	alerts = append(alerts, alert.Alert{Status: alert.StatusResolved, DetectedAt: now.Add(-math.MaxInt64),
		ResolvedAt: at("0001-01-01T00:00:00Z")})
	got := rule.Measure(slices.Values(alerts), now)
	assert.Equal(t, time.Duration(math.MaxInt64), got.Longest)
}

// plain measures with a loop and big numbers, as the documentation of the
// fields reads, on alerts whose log agrees with the rest of them.
func plain(rule alert.ResponseRule, alerts []alert.Alert, now time.Time) alert.Response {
	var r alert.Response
	sum := new(big.Int)
	for _, a := range alerts {
		age := now.Sub(a.DetectedAt)
		if age < 0 || age > 30*24*time.Hour {
			continue
		}
		var end *time.Time
		isOpen := a.Status != "resolved" || a.ResolvedAt.After(now)
		switch {
		case isOpen:
			r.Open++
			if rule.CountOpen {
				end = &now
			}
		default:
			end = &a.ResolvedAt
		}
		if rule.InvestigatingStops {
			for _, entry := range a.Log {
				if entry.To == "investigating" && !entry.At.After(now) && (end == nil || entry.At.Before(*end)) {
					end = &entry.At
				}
			}
		}
		if end == nil || a.Test && !rule.CountTests {
			continue
		}
		r.Counted++
		took := end.Sub(a.DetectedAt)
		if took < 0 {
			took = 0
		}
		sum.Add(sum, big.NewInt(int64(took)))
		if took > r.Longest {
			r.Longest = took
		}
	}
	if r.Counted > 0 {
		r.Mean = time.Duration(sum.Div(sum, big.NewInt(int64(r.Counted))).Int64())
	}
	return r
}

// someAlerts draws alerts as Microsoft has them: each was perhaps taken up, and
// perhaps resolved, before now or after it.
func someAlerts(r *rand.Rand) []alert.Alert {
	span := func(most time.Duration) time.Duration { return time.Duration(r.Int64N(int64(most))) }
	alerts := make([]alert.Alert, r.IntN(8))
	for i := range alerts {
		a := alert.Alert{Status: alert.StatusActive, DetectedAt: now.Add(day - span(40*day)), Test: r.IntN(4) == 0}
		last := a.DetectedAt
		if r.IntN(2) == 0 {
			last = last.Add(span(3 * day))
			a.Log, a.Status = log(to("active", "investigating", last)), alert.StatusInvestigating
		}
		if r.IntN(2) == 0 {
			last = last.Add(span(3 * day))
			a.Log, a.Status, a.ResolvedAt = append(a.Log, to(a.Status, "resolved", last)), alert.StatusResolved, last
		}
		alerts[i] = a
	}
	return alerts
}

func TestMeasureAgainstAPlainLoop(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	counted := 0
	for range 3_000 {
		alerts := someAlerts(r)
		var largest time.Duration
		known := false
		for n := range 8 {
			rule := alert.ResponseRule{CountOpen: n%2 == 1, CountTests: n/2%2 == 1, InvestigatingStops: n/4 == 1}
			want := plain(rule, alerts, now)
			got := rule.Measure(slices.Values(alerts), now)
			require.Equal(t, want, got, "%+v", rule)
			counted += got.Counted
			largest, known = max(largest, want.Mean), known || want.Counted > 0
		}
		strictest := alert.Strictest(alerts, now)
		require.Equal(t, largest, strictest.Mean, "the largest mean over all readings")
		require.Equal(t, known, strictest.Counted > 0)
	}
	assert.Greater(t, counted, 10_000, "the loop looked at something")
}

func TestStrictest(t *testing.T) {
	t.Parallel()
	assert.Equal(t, alert.Response{}, alert.Strictest(nil, now))

	quick, old := resolved(now.Add(-day), time.Hour), open(now.Add(-day))
	got := alert.Strictest([]alert.Alert{quick, old}, now)
	assert.Equal(t, alert.Response{Mean: 12*time.Hour + 30*time.Minute, Longest: day, Counted: 2, Open: 1}, got,
		"an open alert makes it worse")

	slow := resolved(now.Add(-2*day), 2*day)
	fresh := open(now)
	assert.Equal(t, 2*day, alert.Strictest([]alert.Alert{slow, fresh}, now).Mean, "and here it would make it better")

	trial := slow
	trial.Test = true
	assert.Equal(t, alert.Response{Mean: 2 * day, Longest: 2 * day, Counted: 1},
		alert.Strictest([]alert.Alert{trial}, now))
	assert.Equal(t, alert.Response{Counted: 1, Open: 1}, alert.Strictest([]alert.Alert{fresh}, now),
		"to count something says more than nothing")
}

func TestMet(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name       string
		response   alert.Response
		met, known bool
	}{
		{"nothing", alert.Response{}, false, false},
		{"open ones that do not count", alert.Response{Open: 3}, false, false},
		{"at the limit", alert.Response{Mean: day, Counted: 1}, true, true},
		{"over it", alert.Response{Mean: day + 1, Counted: 1}, false, true},
		{"at once", alert.Response{Counted: 1}, true, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			met, known := tt.response.Met(day)
			assert.Equal(t, tt.met, met)
			assert.Equal(t, tt.known, known)
		})
	}
}
