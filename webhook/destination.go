package webhook

import (
	"errors"
	"log/slog"
	"strings"

	"github.com/cspkit/partner/internal/link"
)

// Destination is where a notification is posted, and how. The zero value is
// none. It prints and logs its format alone, with %v, %+v, %#v, %s and %q; its
// URL is a secret in most formats.
type Destination struct {
	URL    string // absolute https, as an incident's reference; of PagerDuty: "https://events.pagerduty.com/v2/enqueue"
	Format Format // what the service at URL takes
	Secret []byte // of CloudEvents: 24 to 64 octets, shared with the receiver; others do not use it
	Key    string // of PagerDuty: the routing key, 1 to 128 characters of printable ASCII; others do not use it
}

// String tells only the format.
func (d Destination) String() string { return "webhook.Destination(" + shownFormat(d.Format) + ")" }

// GoString tells only the format.
func (d Destination) GoString() string { return d.String() }

// LogValue tells only the format.
func (d Destination) LogValue() slog.Value {
	return slog.GroupValue(slog.String("format", shownFormat(d.Format)))
}

// shownFormat returns f, or "unknown" for what may be anything.
func shownFormat(f Format) string {
	if contentType(f) == "" {
		return "unknown"
	}
	return string(f)
}

var (
	errURL    = errors.New("the destination has no usable URL")
	errSecret = errors.New("the destination has no secret of 24 to 64 octets")
	errKey    = errors.New("the destination has no routing key of 1 to 128 characters of printable ASCII")
)

// The limits of a routing key, which has 32 characters today.
const keyLimit = 128

// check says why nothing can be posted to d. OverHTTP is set if http will do.
func (d Destination) check(overHTTP bool) error {
	switch {
	case !usable(d.URL, overHTTP):
		return errURL
	case contentType(d.Format) == "":
		return errFormat
	case d.Format == CloudEvents && !validSecret(d.Secret):
		return errSecret
	case d.Format == PagerDuty && !isWord(d.Key, keyLimit):
		return errKey
	}
	return nil
}

// usable reports whether something can be posted to the URL.
func usable(url string, overHTTP bool) bool {
	if rest, found := strings.CutPrefix(url, "http://"); found && overHTTP {
		url = "https://" + rest
	}
	return link.Valid(url)
}

// isWord reports whether s has 1 to limit characters, and all are printable
// ASCII but the space.
func isWord(s string, limit int) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] > '~' {
			return false
		}
	}
	return 0 < len(s) && len(s) <= limit
}
