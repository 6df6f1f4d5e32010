package web

import (
	"net/http"
	"strconv"
	"strings"
)

const (
	inputTyped = "typed" // where the number of recipients is typed
	inputShown = "shown" // the number that the page asked for
)

// typing asks whoever sends to many for their number, which shows that they
// mean it. The zero typing asks for nothing.
type typing struct {
	Number  string // to type
	Does    string // what the button does to so many: "tells"
	Told    string // what becomes of them: "told"
	Counted string // what they are: "recipients"
	Error   string
	Shown   int // the number, as inputShown has it
}

// What is done to many.
var (
	typingTells = typing{Does: "tells", Told: "told", Counted: "recipients"}
	typingMails = typing{Does: "mails", Told: "mailed", Counted: "people"}
)

// meant reports whether a sending to n was meant. To send to no more than
// TypeAbove, nothing need be typed. With more, the number must be typed:
//
//	that of now
//	that of the page, if fewer are meant by now: some have answered
func (w *Web) meant(r *http.Request, n int) bool {
	typed, err := strconv.Atoi(onlyDigits(r.PostForm.Get(inputTyped)))
	shown := strconv.Itoa(typed) == r.PostForm.Get(inputShown)
	return n <= w.opts.TypeAbove || err == nil && (typed == n || typed > n && shown)
}

// asks is t for a sending to n. Refused: the page answers what was typed.
func (w *Web) asks(r *http.Request, t typing, n int, refused bool) typing {
	if n <= w.opts.TypeAbove {
		return typing{}
	}
	t.Number, t.Shown = number(n), n
	if refused {
		t.Error = "Type the number of " + t.Counted + ": " + t.Number + "."
		if r.PostForm.Get(inputTyped) != "" && !w.meant(r, n) {
			t.Error = "This is another number. " + t.Error
		}
	}
	return t
}

// onlyDigits is a number without what people write between its digits.
func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" ,.'\u00a0\u202f", r) {
			return -1
		}
		return r
	}, s)
}
