package mail

import (
	"context"
	"crypto/tls"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

// protection says how a connection is encrypted.
type protection uint8

const (
	tlsFromStart protection = iota + 1 // before the first word
	tlsRequired                        // by STARTTLS, or nothing is sent
	tlsIfOffered                       // by STARTTLS where the server has it; the certificate is not looked at
	// by STARTTLS where the server has it; the caller has said which certificates
	// are right
	tlsIfVerified
)

// server is where mail goes.
type server struct {
	host, address      string // name for the certificate; host:port to dial
	username, password string
	token              func(context.Context) (string, error) // nil: by password
	protection         protection
	tls                *tls.Config
}

// ports by the scheme of a URL. A bare host is as smtp.
var ports = map[string]string{"smtp": "587", "smtps": "465"}

// newServer reads the address and decides on the protection.
func newServer(opts *SenderOptions) (*server, error) {
	s, scheme, err := parseServer(opts.Server)
	if err != nil {
		return nil, err
	}
	if opts.Username != "" || opts.Password != "" {
		s.username, s.password = opts.Username, opts.Password
	}
	if strings.ContainsAny(s.username+s.password, "\x00\r\n") {
		return nil, &OptionError{"Server", "has a control character in the user name or the password"}
	}
	s.token = opts.Token
	if s.token != nil && (s.username == "" || s.password != "") {
		return nil, &OptionError{"Server", "needs a user name, and no password, where tokens are used"}
	}
	if s.token == nil && (s.username == "") != (s.password == "") {
		return nil, &OptionError{"Server", "needs a user name and a password, or neither"}
	}
	withCredentials := s.username != ""
	if withCredentials && opts.InsecureAllowPlaintext {
		return nil, &OptionError{"InsecureAllowPlaintext",
			"does not go with a password, which is never sent in plain text: leave one of them out"}
	}
	s.tls = &tls.Config{MinVersion: tls.VersionTLS12}
	if opts.TLSConfig != nil {
		s.tls = opts.TLSConfig.Clone()
	}
	if s.tls.ServerName == "" {
		s.tls.ServerName = s.host
	}
	switch {
	case scheme == "smtps":
		s.protection = tlsFromStart
	case withCredentials:
		s.protection = tlsRequired
	case !isLoopback(s.host) && !opts.InsecureAllowPlaintext:
		s.protection = tlsRequired
	case opts.TLSConfig != nil:
		s.protection = tlsIfVerified
	default:
		// If the server had no TLS, the mail would go in plain text. So it may also go
		// to a server whose certificate proves nothing, such as the one that Debian
		// makes for localhost. RFC 7435 calls this opportunistic security.
		s.protection = tlsIfOffered
		s.tls.InsecureSkipVerify = true
	}
	return s, nil
}

// parseServer reads "host", "host:port", "smtp://user:password@host:port" or
// "smtps://…". An error never repeats the text, which may hold a password.
func parseServer(text string) (s *server, scheme string, err error) {
	fault := func(what string) (*server, string, error) {
		return nil, "", &OptionError{"Server", what + ": write host:port, or smtp://user:password@host:port, or smtps://…"}
	}
	s, scheme = &server{}, "smtp"
	hostPort := text
	if before, _, ok := strings.Cut(text, "://"); ok {
		u, err := url.Parse(text)
		switch {
		case err != nil:
			return fault("is no URL")
		case ports[u.Scheme] == "":
			return fault("begins with " + strconv.Quote(before+"://"))
		case strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "":
			return fault("has something after the host")
		}
		scheme, hostPort = u.Scheme, u.Host
		if u.User != nil {
			s.username = u.User.Username()
			s.password, _ = u.User.Password()
		}
	}
	host, port := strings.Trim(hostPort, "[]"), ports[scheme]
	if h, p, err := net.SplitHostPort(hostPort); err == nil {
		host, port = h, p
	} else if strings.Contains(host, ":") && !isIP(host) {
		return fault("has no port after its colon")
	}
	if host == "" {
		return fault("has no host")
	}
	if strings.ContainsAny(host, " \t\r\n/@") {
		return fault("has a host that is none")
	}
	if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
		return fault("has a port that is no number from 1 to 65535")
	}
	s.host, s.address = host, net.JoinHostPort(host, port)
	return s, scheme, nil
}

func isIP(host string) bool {
	_, err := netip.ParseAddr(host)
	return err == nil
}

// isLoopback reports whether what is sent to host stays on this machine.
func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Unmap().IsLoopback()
}
