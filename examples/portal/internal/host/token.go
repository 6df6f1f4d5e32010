package host

import (
	"log/slog"
	"slices"
	"time"
)

// Scope is one thing that a program may do with an operator's token.
type Scope string

// The scopes. The zero value is none, and lets nobody do anything.
const (
	ScopePartnersRead   Scope = "partners:read"
	ScopePartnersWrite  Scope = "partners:write"
	ScopeIncidentsRead  Scope = "incidents:read"
	ScopeIncidentsWrite Scope = "incidents:write"
	// ScopeIncidentsMany lets a program tell so many partners of an incident that a
	// person must have signed in just before. It comes beside ScopeIncidentsWrite.
	ScopeIncidentsMany Scope = "incidents:many"
	ScopeAlertsRead    Scope = "alerts:read"
	ScopeAlertsWrite   Scope = "alerts:write"
	ScopeAuditRead     Scope = "audit:read"
)

// Scopes are all scopes, in the order in which they are shown.
func Scopes() []Scope {
	return []Scope{
		ScopePartnersRead, ScopePartnersWrite, ScopeIncidentsRead, ScopeIncidentsWrite, ScopeIncidentsMany,
		ScopeAlertsRead, ScopeAlertsWrite, ScopeAuditRead,
	}
}

// Known reports whether s is one of [Scopes].
func (s Scope) Known() bool { return slices.Contains(Scopes(), s) }

// Token lets a program act as the operator who made it, within its scopes. The
// token itself is kept nowhere: the store has its hash.
type Token struct {
	ID        string // cannot be guessed, and is no secret
	Name      string // what the operator calls it: "Nightly import"
	Tail      string // the last four characters of the token
	Owner     Person // who made it, and as whom it acts
	Scopes    []Scope
	CreatedAt time.Time
	ExpiresAt time.Time
	UsedAt    time.Time // to the minute; zero: never
	RevokedAt time.Time // zero: it is not
	RevokedBy string    // a name, as it was then
}

// LogValue tells the ID and the scopes.
func (t Token) LogValue() slog.Value {
	return slog.GroupValue(slog.String("id", t.ID), slog.Any("scopes", t.Scopes))
}

// May reports whether p may do what takes the scope. Who acts without a token
// may do nothing that takes one.
func (p Person) May(s Scope) bool {
	return p.Token != "" && s.Known() && slices.Contains(p.Scopes, s)
}
