package signin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
)

func TestOpenID(t *testing.T) {
	t.Parallel()
	x := newTenant(t, contoso)
	p, n := newOpenID(t, x.issuer, x)
	b := newBrowser(t, n)
	a := b.get(t, portalURL+"/who")
	assert.Equal(t, portalURL+"/sign-in?next=%2Fwho", a.url)
	assert.Contains(t, a.text, "openid=true parts=0")

	var asked *url.URL
	b.stop = func(u *url.URL) bool {
		if strings.HasSuffix(u.Path, "/authorize") {
			asked = u
		}
		return false
	}
	a = b.get(t, portalURL+"/sign-in/oidc?next=/who%3Fa=b")
	assert.Equal(t, portalURL+"/who?a=b", a.url, a.text)
	who := b.who(t)
	assert.Equal(t, partner.Actor{
		ID: adaOID, TenantID: contoso, Roles: []partner.Role{partner.DefaultUser, partner.GlobalAdmin},
		Channel: partner.Portal,
	}, who.Actor)
	assert.Equal(t, "Ada Marker King", who.Name)
	assert.False(t, who.Operator)
	for _, secret := range []string{"Marker", adaOID, adaSub, clientSecret} {
		assert.NotContains(t, p.log.String(), secret)
	}

	require.NotNil(t, asked)
	q := asked.Query()
	assert.Equal(t, "S256", q.Get("code_challenge_method"))
	assert.Len(t, q.Get("code_challenge"), 43)
	assert.GreaterOrEqual(t, len(q.Get("state")), 26)
	assert.GreaterOrEqual(t, len(q.Get("nonce")), 26)
	assert.NotEqual(t, q.Get("state"), q.Get("nonce"))
	assert.Equal(t, "openid profile offline_access", q.Get("scope"))
	assert.Equal(t, "code", q.Get("response_type"))
	assert.Equal(t, http.StatusNotFound, b.post(t, portalURL+"/sign-in/demo", nil).status,
		"there is no demonstration beside it")
}

func TestOpenIDProviderDeclines(t *testing.T) {
	t.Parallel()
	x := newTenant(t, contoso)
	p, n := newOpenID(t, x.issuer, x)
	b := newBrowser(t, n)
	back, err := url.Parse(callback(t, b))
	require.NoError(t, err)
	state := back.Query().Get("state")
	a := b.get(t, portalURL+"/sign-in/callback?error=access_denied&error_description=marker%3Cscript%3E&state="+state)
	assert.Equal(t, http.StatusForbidden, a.status)
	assert.Contains(t, a.text, "You were not signed in")
	assert.NotContains(t, a.text+p.log.String(), "marker", "what a stranger can put into a link is not shown")
}

func TestOpenIDProviderIsDown(t *testing.T) {
	t.Parallel()
	x := newTenant(t, contoso)
	p, n := newOpenID(t, x.issuer, x)
	b := newBrowser(t, n)
	back := callback(t, b)
	delete(n, entraHost)
	a := b.get(t, back)
	assert.Equal(t, http.StatusBadGateway, a.status)
	assert.Contains(t, a.text, "Try again")
	assert.NotContains(t, p.log.String(), "code=")
}
