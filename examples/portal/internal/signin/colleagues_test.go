package signin_test

import (
	"net/http"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestColleaguesBehindOneAddress: an office has one address. Everybody in it
// signs in on the morning of an incident, and some of them twice.
func TestColleaguesBehindOneAddress(t *testing.T) {
	t.Parallel()
	x := newTenant(t, contoso)
	_, n := newOpenID(t, x.issuer, x)
	var office sync.WaitGroup
	for range 15 {
		b := newBrowser(t, n)
		office.Go(func() {
			for range 2 {
				a := b.get(t, portalURL+"/sign-in/oidc?next=/who")
				assert.Equal(t, http.StatusOK, a.status, a.text)
				assert.Equal(t, portalURL+"/who", a.url)
			}
		})
	}
	office.Wait()
}
