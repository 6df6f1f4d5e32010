package alert

import (
	"iter"
	"math/bits"
	"slices"
	"time"
)

// window is how far back Microsoft looks.
const window = 30 * 24 * time.Hour

// ResponseRule is one reading of the duty to answer alerts within 24 hours on
// average. Microsoft says that it computes the average time of the last 30
// days. It does not say how, so each doubt is a field. The zero value counts
// resolved alerts alone; [Strictest] tries all readings.
//
//	alert        counts                     its response time ends
//	resolved     always                     when it was resolved
//	open         with CountOpen             now
//	taken up     with InvestigatingStops    when it was taken up first
//	a test       only with CountTests       as that of any other
//
// An alert that was taken up, and resolved or still open, is in two rows: the
// earlier end counts. The response time begins with the detection, and is never
// below zero.
type ResponseRule struct {
	Window             time.Duration // before now, by the detection; default, also for 0 or less: 30 days of 24 h
	CountOpen          bool          // an alert that is still open counts with its age so far
	CountTests         bool          // a test counts as any other alert
	InvestigatingStops bool          // taking an alert up ends its response time, not only resolving it
}

// Response is how long a partner took to answer. The zero value is that of no
// alerts, for which nothing can be said.
type Response struct {
	Mean    time.Duration // of those that count; parts of a nanosecond are dropped
	Longest time.Duration // of those that count
	Counted int           // how many count
	Open    int           // how many in the window are open, whether or not they count
}

// Met reports whether the mean is at most the limit: 24 hours, as CSP
// authorization asks, or the one hour that Microsoft recommends. Where nothing
// was counted it is not known, and not met.
func (r Response) Met(limit time.Duration) (met, known bool) {
	known = r.Counted > 0
	return known && r.Mean <= limit, known
}

// Measure returns the response of the alerts in the window. Both ends belong to
// it. An alert without a time of detection lies in none.
//
// What happened after now has not happened: an alert that was detected later is
// left out, and one that was resolved later is still open. A resolved alert
// without ResolvedAt was resolved when its log says so for the last time, or
// else now. One that is being investigated, and whose log does not say since
// when, was taken up now.
//
// A time longer than 292 years, the longest of a [time.Duration], counts as
// that.
func (r ResponseRule) Measure(alerts iter.Seq[Alert], now time.Time) Response {
	if alerts == nil {
		return Response{}
	}
	length := r.Window
	if length <= 0 {
		length = window
	}
	from := now.Add(-length)
	var result Response
	var high, low uint64 // the sum, for 64 bits may not do
	for a := range alerts {
		if a.DetectedAt.IsZero() || a.DetectedAt.Before(from) || a.DetectedAt.After(now) {
			continue
		}
		end, closed := a.resolvedBy(now)
		if !closed {
			result.Open++
			end, closed = now, r.CountOpen
		}
		if r.InvestigatingStops {
			if taken, ok := a.takenUpBy(now); ok {
				closed = true
				if taken.Before(end) {
					end = taken
				}
			}
		}
		if !closed || a.Test && !r.CountTests {
			continue
		}
		took := max(end.Sub(a.DetectedAt), 0)
		result.Counted++
		result.Longest = max(result.Longest, took)
		var carry uint64
		low, carry = bits.Add64(low, uint64(took), 0)
		high += carry
	}
	if result.Counted > 0 {
		mean, _ := bits.Div64(high, low, uint64(result.Counted)) // high is smaller: no term has more than 63 bits
		result.Mean = time.Duration(mean)
	}
	return result
}

// resolvedBy returns when the alert was resolved, as it was at now, and reports
// whether it was.
func (a Alert) resolvedBy(now time.Time) (time.Time, bool) {
	if a.Open() {
		return time.Time{}, false
	}
	if !a.ResolvedAt.IsZero() && !a.ResolvedAt.After(now) {
		return a.ResolvedAt, true
	}
	later := !a.ResolvedAt.IsZero()
	var resolved, reopened time.Time
	for _, t := range a.Log {
		switch {
		case t.At.IsZero():
		case t.At.After(now):
			later = later || t.To == StatusResolved
		case t.To == StatusResolved:
			resolved = latest(resolved, t.At)
		case t.reopens():
			reopened = latest(reopened, t.At)
		}
	}
	switch {
	case later && (resolved.IsZero() || reopened.After(resolved)):
		return time.Time{}, false
	case resolved.IsZero():
		return now, true
	}
	return resolved, true
}

// takenUpBy returns when somebody first took the alert up, as it was at now,
// and reports whether anybody did.
func (a Alert) takenUpBy(now time.Time) (time.Time, bool) {
	var taken time.Time
	later := false
	for _, t := range a.Log {
		switch {
		case t.To != StatusInvestigating, t.At.IsZero():
		case t.At.After(now):
			later = true
		case taken.IsZero() || t.At.Before(taken):
			taken = t.At
		}
	}
	switch {
	case !taken.IsZero():
		return taken, true
	case a.Status == StatusInvestigating && !later:
		return now, true
	}
	return time.Time{}, false
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// Strictest returns the response with the largest mean over all readings of
// [ResponseRule] with its default window. Where that meets a limit, every
// reading does. Readings that count no alert lose. On a tie the zero rule wins.
func Strictest(alerts []Alert, now time.Time) Response {
	var strictest Response
	for n := range 8 {
		rule := ResponseRule{CountOpen: n&1 != 0, CountTests: n&2 != 0, InvestigatingStops: n&4 != 0}
		r := rule.Measure(slices.Values(alerts), now)
		if n == 0 || r.Mean > strictest.Mean || strictest.Counted == 0 && r.Counted > 0 {
			strictest = r
		}
	}
	return strictest
}
