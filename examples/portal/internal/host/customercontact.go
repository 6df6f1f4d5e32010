package host

import (
	"log/slog"
	"time"

	"github.com/cspkit/partner"
)

// CustomerContact is a mailbox that a partner lets be told of incidents on the
// tenant of one customer. It is told beside the security contact, and never in
// its place.
type CustomerContact struct {
	TenantID     string // the partner's
	CustomerID   string // the tenant of the customer
	CustomerName string // "" if nobody knows it
	Name         string // "Contoso desk for Adventure Works"
	Email        string

	CreatedAt time.Time
	CreatedBy string // a name, as it was then
}

// LogValue tells the tenants.
func (c CustomerContact) LogValue() slog.Value {
	return slog.GroupValue(slog.String("partner", c.TenantID), slog.String("customer", c.CustomerID))
}

// Recipient is how an incident is addressed to the mailbox.
func (c CustomerContact) Recipient() partner.Recipient {
	return partner.Recipient{Name: c.Name, Email: c.Email}
}
