package queue

import (
	"log/slog"
	"sync"
	"time"
)

// Many recipients got the same refusal if it is the last answer to at least
// manyAtLeast of the last window recipients, and to half of them or more. It is
// then taken for one of the sender, and not of theirs.
const (
	window      = 100
	manyAtLeast = 10
)

// hold stops all sending of this process while many recipients get the same
// refusal for good:
//
//	state    may send   what ends it
//	open     everybody  many get the same refusal: closed
//	closed   nobody     the pause is over: probing
//	probing  one        the same refusal: closed, for longer; else: open
//
// What was refused in that way is no failure for good.
type hold struct {
	now    func() time.Time
	pauses []time.Duration
	log    *slog.Logger

	mu      sync.Mutex
	last    []answer
	refusal string // that closed it; "": it is open
	closed  int    // times in a row
	until   time.Time
	probing bool // somebody sends
	said    map[string]time.Time
}

// sayAgain is how long nobody is told of the same refusal again.
const sayAgain = 15 * time.Minute

// news reports whether somebody is to be told of a refusal that is not the
// recipient's.
func (h *hold) news(refusal string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := h.now()
	if at, known := h.said[refusal]; known && now.Sub(at) < sayAgain {
		return false
	}
	if h.said == nil || len(h.said) > window { // a server that says something else each time
		h.said = map[string]time.Time{}
	}
	h.said[refusal] = now
	return true
}

// answer is the last one that a recipient got.
type answer struct {
	id      string // the notification's
	refusal string // "": none
	final   bool   // it was stored as a failure for good
}

// enter reports whether somebody may send, or how long to wait. Whoever may
// calls tried or leave afterwards.
func (h *hold) enter() (ok bool, wait time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case h.refusal == "":
		return true, 0
	case h.now().Before(h.until):
		return false, h.until.Sub(h.now())
	case h.probing:
		return false, time.Second
	default:
		h.probing = true
		return true, 0
	}
}

// leave is called by who could not try after all.
func (h *hold) leave() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.probing = false
}

// common reports whether it is known that many get this refusal.
func (h *hold) common(refusal string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return refusal != "" && refusal == h.refusal
}

// paused reports whether nobody may send now.
func (h *hold) paused() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.refusal != ""
}

// tried notes the answer that a recipient got. It returns the notifications
// that were stored as failed for good because of a refusal that turns out to be
// many recipients'.
func (h *hold) tried(a answer) (reopen []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.probing = false
	if h.refusal != "" {
		if a.refusal == h.refusal {
			h.close(a.refusal)
			if a.final {
				reopen = []string{a.id}
			}
			return reopen
		}
		if h.now().Before(h.until) { // it was under way when the others were refused
			return nil
		}
		h.log.Info("sending goes on", "refusal", h.refusal)
		h.refusal, h.closed, h.last = "", 0, nil
	}
	h.note(a)
	same := 0
	for _, other := range h.last {
		if other.refusal == a.refusal {
			same++
		}
	}
	if a.refusal == "" || same < manyAtLeast || 2*same < len(h.last) {
		return nil
	}
	for _, other := range h.last {
		if other.refusal == a.refusal && other.final {
			reopen = append(reopen, other.id)
		}
	}
	h.close(a.refusal)
	return reopen
}

// note keeps the last answer of each of the last recipients.
func (h *hold) note(a answer) {
	for i := range h.last {
		if h.last[i].id == a.id {
			h.last[i] = a
			return
		}
	}
	if len(h.last) == window {
		h.last = h.last[1:]
	}
	h.last = append(h.last, a)
}

// close begins a pause, unless one is under way.
func (h *hold) close(refusal string) {
	if h.refusal != "" && h.now().Before(h.until) {
		return
	}
	wait := h.pauses[min(h.closed, len(h.pauses)-1)]
	h.refusal, h.until, h.last = refusal, h.now().Add(wait), nil
	h.closed++
	h.log.Warn("many recipients got the same refusal: sending pauses, and nobody has failed for good because of it",
		"refusal", refusal, "pause", wait)
}
