package web

import (
	"strconv"
	"time"
)

// What pages are made of. Each type has one template of its name, in
// templates/components.html, and its classes in app.css:
//
//	heading   a page's title with its badges and what can be done there
//	filterBar search, selects and sorting of a list: a GET form
//	columns   the head of a table, whose columns may sort it
//	tile      a number that leads to what it counts
//	segments  one bar of several parts, each a link
//	timeline  what happened, the newest first
//	blank     what stands where a list has no rows
//	factlist  names and values
//
// A table is a <table class="stack" role="table"> in a .card: where there is
// too little room, each row becomes a card of its own, and data-label names
// its values.

// doing is a link to something that can be done with a page.
type doing struct {
	Href, Text string
	Shape      string // "": the first choice, "secondary", "quiet"
	Download   bool
}

// filterBar is the form above a list. It sends GET to the list's own address.
type filterBar struct {
	Action  string
	Label   string // what the search looks at: "Title, tenant or ID"
	Search  string // what was searched for
	NoFind  bool   // the list cannot be searched
	Selects []filterSelect
	Hidden  []rowView // what else the address holds
	Clear   string    // the list without any of it; "": nothing is set
}

// filterSelect is one choice of the bar. An empty value stands for all.
type filterSelect struct {
	Name, Label string
	Options     []choice
}

// choosing is the select with the value chosen.
func choosing(name, label, value string, options ...choice) filterSelect {
	for i := range options {
		options[i].Selected = options[i].Value == value
	}
	return filterSelect{name, label, options}
}

// column is one column of a table.
type column struct {
	Label string
	Class string // "num"
	Href  string // sorts by it; "": it does not sort
	Sort  string // how it sorts now: "ascending", "descending", "": it does not
}

// tile is a number that leads to what it counts.
type tile struct {
	Label string // "Open cases"
	Value string // "12", "98.2%"
	Text  string // a line below: "+0.4 since last week"
	Href  string
	Tone  string
}

// segments are the parts of one whole.
type segments struct {
	Label string // of the bar, for those who do not see it
	Parts []segment
}

// segment is a part, with the link to what it counts.
type segment struct {
	Key     string // what the script knows it by
	Label   string
	Meaning string // one line; may be ""
	N       int
	Tone    string
	Href    string
	Current bool
}

// barWidth is the width of a bar in the units of its drawing.
const barWidth = 1000

// barPart is where a part lies in the bar.
type barPart struct {
	Tone string
	X, W string
}

// Bar lays the parts side by side. A part that has any is seen.
func (s segments) Bar() []barPart {
	const least = 6
	total, shown := 0, 0
	for _, p := range s.Parts {
		if p.N > 0 {
			total, shown = total+p.N, shown+1
		}
	}
	var parts []barPart
	x, room := 0.0, float64(barWidth-least*shown)
	for _, p := range s.Parts {
		if p.N < 1 {
			continue
		}
		w := least + room*float64(p.N)/float64(total)
		parts = append(parts, barPart{p.Tone, decimal(x), decimal(w)})
		x += w
	}
	return parts
}

func decimal(f float64) string { return strconv.FormatFloat(f, 'f', 2, 64) }

// moment is one line of a timeline.
type moment struct {
	At    time.Time
	Tone  string
	Title string // "Ada King: I am on it"
	Text  string
	By    string
	// ByHref is the page of By; "": there is none.
	ByHref string
	Badge  wording
	Link   link
}

// blank stands where a list has no rows.
type blank struct {
	Title, Text string
	Do          doing
}

// fact is one name with its value.
type fact struct {
	Label string
	Value string
	Sub   string
	Href  string
	At    time.Time // in place of Value
}

// share writes a part of a whole in per cent: "98.2%". It never says 100% of
// what is not whole.
func share(part, whole int) string {
	switch {
	case whole <= 0:
		return "–"
	case part >= whole:
		return "100%"
	case part <= 0:
		return "0%"
	}
	tenths := min(max(1, (part*1000+whole/2)/whole), 999)
	return strconv.Itoa(tenths/10) + "." + strconv.Itoa(tenths%10) + "%"
}

// span writes a time that is left or has passed, in its two largest units:
// "3 h 20 min", "2 d 4 h".
func span(d time.Duration) string {
	if d < 0 {
		d = -d
	}
	d = d.Truncate(time.Minute)
	days, hours, minutes := int(d.Hours())/24, int(d.Hours())%24, int(d.Minutes())%60
	switch {
	case days > 0 && hours > 0:
		return number(days) + " d " + strconv.Itoa(hours) + " h"
	case days > 0:
		return number(days) + " d"
	case hours > 0 && minutes > 0:
		return strconv.Itoa(hours) + " h " + strconv.Itoa(minutes) + " min"
	case hours > 0:
		return strconv.Itoa(hours) + " h"
	default:
		return strconv.Itoa(minutes) + " min"
	}
}
