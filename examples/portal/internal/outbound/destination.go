package outbound

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/url"
	"strings"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/webhook"
)

// PagerDutyURL is where PagerDuty takes events, unless the account is in
// Europe.
const PagerDutyURL = "https://events.pagerduty.com/v2/enqueue"

// destination is what is sealed of a webhook.
type destination struct {
	URL    string `json:"url"`
	Key    string `json:"key,omitempty"`    // of PagerDuty: the routing key
	Secret []byte `json:"secret,omitempty"` // of CloudEvents: what signs
	Next   []byte `json:"next,omitempty"`   // what signs from the next switch on
}

// Input is what a person says of a webhook.
type Input struct {
	Name string
	URL  string // "" keeps the one there is; of PagerDuty, where there is none, it is [PagerDutyURL]
	Key  string // of PagerDuty: its integration key; "" keeps the one there is
}

// Fault is what is wrong with one field of an Input.
type Fault struct {
	Field   string // "name", "url" or "key"
	Message string // a sentence for whoever typed it
}

// Add returns a webhook that is not stored yet. The secret is not "" if the
// portal has made one: nobody can read it again.
func (h *Hooks) Add(w host.Webhook, in Input) (_ host.Webhook, secret string, faults []Fault, err error) {
	var d destination
	if w.Format == webhook.PagerDuty && in.URL == "" {
		in.URL = PagerDutyURL
	}
	if faults = h.take(&w, &d, in); len(faults) > 0 {
		return w, "", faults, nil
	}
	if w.Format == webhook.CloudEvents {
		d.Secret = newSecret()
		secret = written(d.Secret)
	}
	w.Version, w.State = 1, host.WebhookOn
	w.Sealed, err = h.seal(w, d)
	return w, secret, nil, err
}

// Change returns a webhook with another name, address or key.
func (h *Hooks) Change(w host.Webhook, in Input) (host.Webhook, []Fault, error) {
	d, err := h.open(w)
	if err != nil && (in.URL == "" || w.Format == webhook.PagerDuty && in.Key == "" || w.Format == webhook.CloudEvents) {
		return w, nil, err // without the key, what is kept would be lost
	}
	faults := h.take(&w, &d, in)
	if len(faults) > 0 {
		return w, faults, nil
	}
	w.Sealed, err = h.seal(w, d)
	return w, nil, err
}

// take checks an Input and puts it into the webhook.
func (h *Hooks) take(w *host.Webhook, d *destination, in Input) (faults []Fault) {
	w.Name = partner.NormalizeName(in.Name)
	if found := partner.CheckName(w.Name).Errors(); len(found) > 0 {
		faults = append(faults, Fault{"name", found[0].Message})
	}
	if in.URL != "" {
		d.URL = strings.TrimSpace(in.URL)
	}
	switch {
	case d.URL == "":
		faults = append(faults, Fault{"url", "Fill in the address that the service gave you."})
	case !h.usable(d.URL):
		faults = append(faults, Fault{"url", "This is no address for a webhook. It must begin with https:// and hold " +
			"no spaces and no user name."})
	case w.Format == webhook.PagerDuty && !strings.HasSuffix(d.URL, "/v2/enqueue"):
		faults = append(faults, Fault{"url", "PagerDuty takes events at " + PagerDutyURL + ", or in Europe at " +
			"https://events.eu.pagerduty.com/v2/enqueue."})
	default:
		w.Place = place(d.URL)
	}
	if w.Format == webhook.PagerDuty {
		if in.Key != "" {
			d.Key = strings.TrimSpace(in.Key)
		}
		if !isKey(d.Key) {
			faults = append(faults, Fault{"key", "Fill in the integration key of the service in PagerDuty: 32 letters and " +
				"digits."})
		}
	}
	return faults
}

// usable reports whether a webhook may have the address. Whether that is a
// public one is looked at when it is dialled, for a name may change where it
// leads.
func (h *Hooks) usable(address string) bool {
	if h.opts.InsecureAllowPrivate {
		address = "https://" + strings.TrimPrefix(strings.TrimPrefix(address, "http://"), "https://")
	}
	return partner.Recipient{Medium: partner.MediumWebhook, URL: address}.Address() != ""
}

// isKey reports whether PagerDuty may have made the key.
func isKey(s string) bool {
	return len(s) == 32 && strings.Trim(s, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// shown is how many characters at the end of a long address are shown, and long
// how long its path is then at least.
const shown, long = 4, 20

// place is what may be shown of an address: its host, and the end of a path
// that is long enough to keep its secret all the same.
func place(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	rest := u.RequestURI()
	if len(rest) < long {
		return u.Host
	}
	end := rest[len(rest)-shown:]
	for _, c := range end {
		if c <= ' ' || c > '~' {
			return u.Host
		}
	}
	return u.Host + "…" + end
}

// Rotate returns a webhook with a new secret, which is not used before
// [Hooks.UseNext]: whoever receives it must know it first. Only CloudEvents are
// signed: for all others the address or the key is the secret, see Change.
func (h *Hooks) Rotate(w host.Webhook) (_ host.Webhook, secret string, err error) {
	if w.Format != webhook.CloudEvents {
		return w, "", errors.New("outbound: this format is not signed")
	}
	d, err := h.open(w)
	if err != nil {
		return w, "", err
	}
	d.Next, w.Waiting = newSecret(), true
	w.Sealed, err = h.seal(w, d)
	return w, written(d.Next), err
}

// UseNext returns a webhook that is signed with its new secret from now on.
func (h *Hooks) UseNext(w host.Webhook) (host.Webhook, error) {
	d, err := h.open(w)
	if err != nil {
		return w, err
	}
	if len(d.Next) == 0 {
		return w, host.ErrConflict
	}
	d.Secret, d.Next, w.Waiting = d.Next, nil, false
	w.Sealed, err = h.seal(w, d)
	return w, err
}

// secretSize is within what Standard Webhooks allows, 24 to 64 octets.
const secretSize = 32

func newSecret() []byte {
	secret := make([]byte, secretSize)
	_, _ = rand.Read(secret) // it never fails
	return secret
}

// written is a secret as Standard Webhooks writes it for people.
func written(secret []byte) string { return "whsec_" + base64.StdEncoding.EncodeToString(secret) }

// purpose is what a destination is sealed for. So no row can stand in for
// another.
func purpose(w host.Webhook) []string {
	return []string{"webhook", partner.TenantKey(w.TenantID), w.ID, string(w.Format)}
}

func (h *Hooks) seal(w host.Webhook, d destination) (string, error) {
	data, err := json.Marshal(d)
	if err != nil {
		return "", errors.New("outbound: a destination has no JSON")
	}
	return h.opts.Ring.Seal(data, purpose(w)...)
}

func (h *Hooks) open(w host.Webhook) (d destination, err error) {
	data, err := h.opts.Ring.Open(w.Sealed, purpose(w)...)
	if err != nil {
		return d, err
	}
	if json.Unmarshal(data, &d) != nil {
		return destination{}, errors.New("outbound: what is sealed is no destination")
	}
	return d, nil
}

// Reseal returns what is sealed of a webhook under the newest key, or "" if it
// is already.
func (h *Hooks) Reseal(w host.Webhook) (string, error) {
	if h.opts.Ring.Newest(w.Sealed) {
		return "", nil
	}
	d, err := h.open(w)
	if err != nil {
		return "", err
	}
	return h.seal(w, d)
}
