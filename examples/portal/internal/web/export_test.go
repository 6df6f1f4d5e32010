package web

import (
	"time"

	"github.com/cspkit/partner/examples/portal/internal/words"
)

// Pretend has every page speak as change makes the language.
func (w *Web) Pretend(change func(words.Language) words.Language) {
	w.speak = func(l *words.Language) *words.Language {
		other := change(*l)
		return &other
	}
}

// SetPatience sets how long a page waits for a count before it begins.
func (w *Web) SetPatience(d time.Duration) { w.patience = d }
