package cli

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"time"
)

// calm keeps a log readable while a database is away, and several parts say so
// each second. It writes a warning or an error that says the same once a
// minute, and then how many it left out.
//
//	the line                               is written
//	debug or info                          always
//	another message, or with other values  always
//	the same as one of the last minute     no, but counted
type calm struct {
	slog.Handler
	with  string // what the logger says in each line
	lines *saidLines
}

// calmFor is how long a line is not written again.
const calmFor = time.Minute

// mostLines are remembered. What is older than calmFor is forgotten then.
const mostLines = 1000

// saidLines are the lines of a while. Its methods may be called at once.
type saidLines struct {
	mu   sync.Mutex
	said map[string]saidLine
}

// saidLine is when a line was written, and how often it was left out since.
type saidLine struct {
	at   time.Time
	left int
}

func newCalm(next slog.Handler) slog.Handler {
	return calm{Handler: next, lines: &saidLines{said: map[string]saidLine{}}}
}

// Handle leaves the line out, or writes it.
func (c calm) Handle(ctx context.Context, r slog.Record) error {
	if r.Level < slog.LevelWarn {
		return c.Handler.Handle(ctx, r)
	}
	var key strings.Builder
	key.WriteString(r.Level.String() + c.with + r.Message)
	r.Attrs(func(a slog.Attr) bool {
		if !isNumberOfTries(a.Key) {
			key.WriteString("\x00" + a.String())
		}
		return true
	})
	left, write := c.lines.say(key.String(), r.Time)
	if !write {
		return nil
	}
	if left > 0 {
		r.AddAttrs(slog.Int("left_out", left))
	}
	return c.Handler.Handle(ctx, r)
}

// isNumberOfTries reports whether a value of River's is another in each line.
func isNumberOfTries(key string) bool { return key == "attempt" || key == "sleep_duration" }

// say reports whether a line is written, and how often it was left out before.
func (s *saidLines) say(key string, at time.Time) (left int, write bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	was, known := s.said[key]
	if known && at.Sub(was.at) < calmFor {
		was.left++
		s.said[key] = was
		return 0, false
	}
	if len(s.said) >= mostLines {
		for k, line := range s.said {
			if at.Sub(line.at) >= calmFor {
				delete(s.said, k)
			}
		}
	}
	if known || len(s.said) < mostLines { // otherwise too much happens at once to remember
		s.said[key] = saidLine{at: at}
	}
	return was.left, true
}

// WithAttrs is that of [slog.Handler].
func (c calm) WithAttrs(attrs []slog.Attr) slog.Handler {
	with := c.with
	for _, a := range attrs {
		with += "\x00" + a.String()
	}
	return calm{c.Handler.WithAttrs(attrs), with, c.lines}
}

// WithGroup is that of [slog.Handler].
func (c calm) WithGroup(name string) slog.Handler {
	return calm{c.Handler.WithGroup(name), c.with + "\x00" + name + ".", c.lines}
}
