package store

import (
	"net/netip"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Unverified names the first server of a postgres:// URL that the portal would
// talk to without knowing that it is the one. That is every server but
//
//   - one on this machine, by a socket or on loopback
//   - one whose certificate is verified with its name: sslmode=verify-full
//
// It is "" where there is none. What the environment says of the connection
// counts, as it does when the database is opened. It connects to nothing.
func Unverified(database string) (server string, err error) {
	config, err := pgxpool.ParseConfig(database)
	if err != nil {
		return "", err // pgx leaves the password out
	}
	c := config.ConnConfig
	all := append([]*pgx.ConnConfig{}, c)
	for _, next := range c.Fallbacks { // other hosts, and the same one in plain text with sslmode=prefer
		other := c.Copy()
		other.Host, other.Port, other.TLSConfig = next.Host, next.Port, next.TLSConfig
		all = append(all, other)
	}
	for _, c := range all {
		verified := c.TLSConfig != nil && !c.TLSConfig.InsecureSkipVerify && c.TLSConfig.ServerName != ""
		if !verified && !onThisMachine(c.Host) {
			return c.Host, nil
		}
	}
	return "", nil
}

// onThisMachine reports whether what is sent to host stays here.
func onThisMachine(host string) bool {
	if host == "" || strings.HasPrefix(host, "/") || strings.HasPrefix(host, "@") || strings.EqualFold(host, "localhost") {
		return true
	}
	addr, err := netip.ParseAddr(host)
	if err != nil {
		return false
	}
	return addr.Unmap().IsLoopback()
}
