// Package hidden prints a value that holds personal data without that data.
package hidden

import (
	"fmt"
	"io"
	"log/slog"
	"strings"
)

// Format prints v, the log value of what fmt was given, whatever the verb and
// the flags: "partner.Actor[tenantId=… channel=portal]". A type whose Format
// method calls it shows the same to fmt as to log/slog. The name is that of a
// type of package partner, or has its package before it: "alert.Alert".
func Format(s fmt.State, name string, v slog.LogValuer) {
	if !strings.Contains(name, ".") {
		name = "partner." + name
	}
	_, _ = io.WriteString(s, name+v.LogValue().Resolve().String()) // fmt.State never fails
}
