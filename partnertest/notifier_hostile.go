package partnertest

import (
	"fmt"
	"net/mail"
	"net/textproto"
	"slices"
	"strings"

	"github.com/cspkit/partner"
)

func nobodyButTheRecipient(r *notifierRun) error {
	var fs faults
	r.eachHostile(&fs, func(field hostileField, plain, hostile partner.Notification) {
		right := []string{r.address(plain), r.address(hostile)}
		delivered, _ := r.send(hostile) // to refuse it is as good
		for _, got := range delivered {
			if !slices.Contains(right, got.To) {
				fs.addf("a value in %s was delivered to %q", field.name, got.To)
			}
		}
	})
	return fs.err()
}

func noForeignHeader(r *notifierRun) error {
	plain := r.later()
	own, err := r.send(plain)
	if err != nil {
		return fmt.Errorf(unexpected, err)
	}
	if len(own) == 0 || own[0].Header == nil {
		return &skipError{reason: "the harness's Delivered shows no Header"}
	}
	var fs faults
	r.eachHostile(&fs, func(field hostileField, plain, hostile partner.Notification) {
		delivered, _ := r.send(hostile)
		for _, got := range delivered {
			for name := range got.Header {
				if len(values(got.Header, name)) > len(values(own[0].Header, name)) {
					fs.addf("a value in %s made a header %q that other messages do not have", field.name, name)
				}
			}
			if reader := foreignReader(got.Header, r.address(plain), r.address(hostile)); reader != "" {
				fs.addf("a value in %s made %s", field.name, reader)
			}
		}
	})
	return fs.err()
}

// values returns the values of a header, however its name is written.
func values(h textproto.MIMEHeader, name string) []string {
	var all []string
	for key, values := range h {
		if strings.EqualFold(key, name) {
			all = append(all, values...)
		}
	}
	return all
}

// foreignReader returns what names somebody else than the recipient in the
// headers that name readers, or "".
func foreignReader(h textproto.MIMEHeader, recipients ...string) string {
	for _, name := range []string{"To", "Cc", "Bcc"} {
		for _, value := range values(h, name) {
			readers, err := mail.ParseAddressList(value)
			if err != nil {
				return "a " + name + " that is no list of addresses"
			}
			for _, reader := range readers {
				if !slices.Contains(recipients, reader.Address) {
					return name + " name somebody else"
				}
			}
		}
	}
	return ""
}

func noPanic(r *notifierRun) error {
	unaddressed := r.incident()
	*place(&unaddressed.Recipient) = ""
	bare := r.next("unknown")
	bare.Recipient = partner.Recipient{Medium: r.medium}
	*place(&bare.Recipient) = "no-address"
	resolved := r.later()
	resolved.Incident = partner.Incident{Status: partner.IncidentResolved}
	var fs faults
	for _, c := range []struct {
		name string
		n    partner.Notification
	}{
		{"the zero notification", partner.Notification{}},
		{"an incident for an empty address", unaddressed},
		{"an unknown topic for what is no address", bare},
		{"an all-clear with nothing in it", resolved},
	} {
		panicked := protect(func() error {
			_ = r.notify(c.n) // to refuse it is as good
			return nil
		})
		if panicked != nil {
			fs.addf("%s: %v", c.name, panicked)
		}
	}
	return fs.err()
}
