// Package instant reckons with times that a stored value can hold: those of the
// years 1 to 9999, in UTC, without a reading of the monotonic clock.
package instant

import "time"

// Last is the last of these times. The first is the zero time.
var Last = time.Date(9999, time.December, 31, 23, 59, 59, 999_999_999, time.UTC)

// Of returns t in UTC, or the nearest time in the years 1 to 9999.
func Of(t time.Time) time.Time {
	t = t.Round(0).UTC()
	switch {
	case t.Before(time.Time{}):
		return time.Time{}
	case t.After(Last):
		return Last
	}
	return t
}

// Add returns t+d, or the nearest time in the years 1 to 9999. T is one of
// these.
func Add(t time.Time, d time.Duration) time.Time { return Of(t.Add(d)) }

// Sub returns t-d, or the nearest time in the years 1 to 9999. T is one of
// these.
func Sub(t time.Time, d time.Duration) time.Time {
	return Of(t.Add(-(d / 2)).Add(-(d - d/2))) // in halves, for the least duration has no opposite
}
