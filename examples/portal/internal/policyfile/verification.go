package policyfile

import (
	"errors"
	"fmt"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/attest"
)

// verification is the file.
type verification struct {
	Every  *string            `json:"every"`
	Within *string            `json:"within"`
	Asks   *[]verificationAsk `json:"asks"`
}

type verificationAsk struct {
	Before *string `json:"before"`
	After  *string `json:"after"`
	To     string  `json:"to"`
}

// Verification reads when contacts are asked whether somebody reads their
// address:
//
//	{
//	  "every": "365d",
//	  "within": "15d",
//	  "asks": [
//	    {"before": "14d", "to": "security_contact"},
//	    {"before": "1d", "to": "security_contact"},
//	    {"after": "0d", "to": "global_admin"}
//	  ]
//	}
//
// What is left out is as in [attest.Policy]. An empty list asks nobody. The
// error joins one for each thing that is wrong.
func Verification(data []byte) (attest.Policy, error) {
	var file verification
	if err := decode(data, &file); err != nil {
		return attest.Policy{}, err
	}
	var errs []error
	duration := func(name string, text *string, least time.Duration) time.Duration {
		if text == nil {
			return 0
		}
		d, err := Duration(*text)
		if err == nil && d < least {
			err = fmt.Errorf("%q is too short: write %s or more", *text, least)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", name, err))
		}
		return d
	}
	p := attest.Policy{
		Every:  duration("every", file.Every, time.Hour),
		Within: duration("within", file.Within, time.Hour),
	}
	if file.Asks == nil {
		return p, errors.Join(errs...)
	}
	p.Asks = []attest.Ask{}
	seen := map[attest.Ask]bool{}
	for i, a := range *file.Asks {
		name := fmt.Sprintf("asks, number %d", i+1)
		ask := attest.Ask{To: partner.Audience(a.To)}
		switch {
		case (a.Before == nil) == (a.After == nil):
			errs = append(errs, fmt.Errorf(`%s: give "before" or "after" the deadline, and not both`, name))
		case a.After != nil:
			ask.Before = -duration(name+", after", a.After, 0)
		default:
			ask.Before = duration(name+", before", a.Before, 0)
		}
		if ask.To != partner.ToSecurityContact && ask.To != partner.ToGlobalAdmin {
			errs = append(errs, fmt.Errorf("%s, to: must be %q or %q", name, partner.ToSecurityContact, partner.ToGlobalAdmin))
		}
		if seen[ask] {
			errs = append(errs, fmt.Errorf("%s: is there twice", name))
		}
		seen[ask] = true
		p.Asks = append(p.Asks, ask)
	}
	if err := errors.Join(errs...); err != nil {
		return attest.Policy{}, err
	}
	return p, nil
}
