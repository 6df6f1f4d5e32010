package cli

import (
	"log/slog"
	"net"
	"os"
	"strings"
)

// tellManager tells systemd, or what speaks as it does, how far this process
// is: "READY=1" or "STOPPING=1". Where nobody listens it does nothing. A
// manager that does not take it is no reason to stop.
func tellManager(log *slog.Logger, state string) {
	name := os.Getenv("NOTIFY_SOCKET")
	if name == "" {
		return
	}
	if abstract, ok := strings.CutPrefix(name, "@"); ok {
		name = "\x00" + abstract
	}
	conn, err := net.DialUnix("unixgram", nil, &net.UnixAddr{Name: name, Net: "unixgram"})
	if err == nil {
		_, err = conn.Write([]byte(state))
		_ = conn.Close()
	}
	if err != nil {
		log.Warn("the service manager could not be told", "state", state, "error", err)
	}
}
