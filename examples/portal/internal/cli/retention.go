package cli

import (
	"errors"
	"time"

	"github.com/cspkit/partner/examples/portal/internal/policyfile"
)

// retentionFlags say how long is kept what nothing else needs.
type retentionFlags struct {
	KeepAddresses kept `placeholder:"TIME" default:"400d" help:"${keep_addresses}"`
	KeepNotices   kept `placeholder:"TIME" default:"400d" help:"${keep_notices}"`
}

// kept is a time such as 400d, or 0 for ever.
type kept time.Duration

// shortest is the shortest time that something is kept: an audit that ends
// before anybody looks is none.
const shortest = 24 * time.Hour

// UnmarshalText reads "forever", or a time of at least a day.
func (k *kept) UnmarshalText(text []byte) error {
	if string(text) == "forever" {
		*k = 0
		return nil
	}
	d, err := policyfile.Duration(string(text))
	if err == nil && d < shortest {
		err = errors.New("must be a day or more, such as 400d, or forever")
	}
	*k = kept(d)
	return err
}
