package host

import (
	"log/slog"
	"time"
)

// Session is one sign-in that has not ended.
type Session struct {
	Key     string // in the store; nobody can sign in with it
	Began   time.Time
	Expires time.Time // unless it is used before
	Address string    // of the client that signed in
	Current bool      // it is that of the request
}

// LogValue tells when it began.
func (s Session) LogValue() slog.Value { return slog.GroupValue(slog.Time("began", s.Began)) }
