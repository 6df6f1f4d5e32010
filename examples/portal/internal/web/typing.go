package web

import (
	"net/http"
	"strconv"
	"strings"
)

// inputTyped is where the number of recipients is typed.
const inputTyped = "typed"

// typing asks whoever sends to many for their number, which shows that they
// mean it. The zero typing asks for nothing.
type typing struct {
	Number  string // to type
	Does    string // what the button does to so many: "tells"
	Told    string // what becomes of them: "told"
	Counted string // what they are: "recipients"
	Error   string
}

// What is done to many.
var (
	typingTells = typing{Does: "tells", Told: "told", Counted: "recipients"}
	typingMails = typing{Does: "mails", Told: "mailed", Counted: "people"}
)

// meant reports whether a sending to n was meant: the number was typed. To send
// to no more than TypeAbove, nothing need be typed.
func (w *Web) meant(r *http.Request, n int) bool {
	return n <= w.opts.TypeAbove || onlyDigits(r.PostForm.Get(inputTyped)) == strconv.Itoa(n)
}

// asks is t for a sending to n. Refused: the page answers what was typed.
func (w *Web) asks(r *http.Request, t typing, n int, refused bool) typing {
	if n <= w.opts.TypeAbove {
		return typing{}
	}
	t.Number = number(n)
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
