package host

import "log/slog"

// Mailed is a notification whose mail may come back.
type Mailed struct {
	NotificationID string
	Addresses      []string // to which its last try may have gone, as in an envelope
}

// LogValue tells the ID.
func (m Mailed) LogValue() slog.Value { return slog.GroupValue(slog.String("id", m.NotificationID)) }

// Bounce is mail that came back.
type Bounce struct {
	NotificationID string
	Address        string // to which it went, as in an envelope
	Problem        string // without personal data: "the mailbox is full (5.2.2)"
}

// LogValue tells the ID and the problem.
func (b Bounce) LogValue() slog.Value {
	return slog.GroupValue(slog.String("id", b.NotificationID), slog.String("problem", b.Problem))
}
