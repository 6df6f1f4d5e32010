// Package hidden prints a value that holds personal data without that data.
package hidden

import (
	"fmt"
	"io"
	"log/slog"
)

// Format prints v, the log value of what fmt was given, whatever the verb and
// the flags: "partner.Actor[tenantId=… channel=portal]". A type whose Format
// method calls it shows the same to fmt as to log/slog.
func Format(s fmt.State, name string, v slog.LogValuer) { FormatAs(s, "partner."+name, v) }

// FormatAs is Format for a type of another package, whose name comes first:
// "escalation.Case".
func FormatAs(s fmt.State, name string, v slog.LogValuer) {
	_, _ = io.WriteString(s, name+v.LogValue().Resolve().String()) // fmt.State never fails
}
