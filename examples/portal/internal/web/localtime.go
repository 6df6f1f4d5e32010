package web

import (
	"slices"
	"time"
	_ "time/tzdata" // a machine may have no time zones of its own

	"github.com/nyaruka/phonenumbers"
)

// localView is what time it is where a number belongs. The zero value is
// unknown.
type localView struct {
	Text  string // "09:20", "between 07:20 and 10:20"
	Zone  string // "America/Los_Angeles"; "": there are several
	Night bool   // most people sleep, at one end at least
}

// The hours in which most people are awake.
const (
	wakes  = 7
	sleeps = 22
)

// localTime is the time at now where a number in E.164 belongs, as its first
// digits say. A mobile phone may be elsewhere.
func localTime(e164 string, now time.Time) localView {
	number, err := phonenumbers.Parse(e164, "")
	if err != nil {
		return localView{}
	}
	names, err := phonenumbers.GetTimezonesForNumber(number)
	if err != nil {
		return localView{}
	}
	var times []time.Time
	var known []string
	for _, name := range names {
		zone, err := time.LoadLocation(name)
		if err != nil || name == phonenumbers.UNKNOWN_TIMEZONE {
			continue
		}
		times, known = append(times, now.In(zone)), append(known, name)
	}
	if len(times) == 0 {
		return localView{}
	}
	offset := func(t time.Time) int { _, seconds := t.Zone(); return seconds }
	slices.SortFunc(times, func(a, b time.Time) int { return offset(a) - offset(b) })
	night := func(t time.Time) bool { return t.Hour() < wakes || t.Hour() >= sleeps }
	first, last := times[0], times[len(times)-1]
	v := localView{Text: first.Format("15:04"), Night: night(first) || night(last)}
	if offset(first) != offset(last) {
		v.Text = "between " + first.Format("15:04") + " and " + last.Format("15:04")
		return v
	}
	if len(known) == 1 {
		v.Zone = known[0]
	}
	return v
}
