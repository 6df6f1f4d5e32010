package signin_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/signin"
)

func TestSessionsAreOfOneRealm(t *testing.T) {
	t.Parallel()
	x := newTenant(t, contoso)
	n := network{entraHost: entra([]*tenant{x})}
	openID := signin.OpenID{Issuer: x.issuer, ClientID: clientID, ClientSecret: clientSecret,
		Client: &http.Client{Transport: n}}
	other := openID
	other.ClientID = "another-client"

	p := newPortal(t, portalURL, nil)
	n["portal.example"] = p
	b := newBrowser(t, n)
	b.post(t, portalURL+"/sign-in/demo", url.Values{"persona": {"operator"}})
	require.True(t, b.who(t).Operator)
	p.restart(t, portalURL, &openID)
	assert.Zero(t, b.who(t), "nobody has shown who he is: a part was played")

	a := b.get(t, portalURL+"/sign-in/oidc?next=/who")
	require.Equal(t, http.StatusOK, a.status, a.text)
	require.Equal(t, adaOID, b.who(t).Actor.ID)
	p.restart(t, portalURL, &other)
	assert.Zero(t, b.who(t), "another registration may admit other people")
	p.restart(t, portalURL, nil)
	assert.Zero(t, b.who(t), "nor the other way round")
	p.restart(t, portalURL, &openID)
	assert.Equal(t, adaOID, b.who(t).Actor.ID, "a mere restart ends no session")
}

func TestOperatorsAreThoseOfTheListNow(t *testing.T) {
	t.Parallel()
	x := newTenant(t, contoso)
	n := network{entraHost: entra([]*tenant{x})}
	openID := signin.OpenID{
		Issuer: x.issuer, ClientID: clientID, ClientSecret: clientSecret, Client: &http.Client{Transport: n},
		Operators: []signin.Operator{{TenantID: contoso, ObjectID: adaOID}},
	}
	p := newPortal(t, portalURL, &openID)
	n["portal.example"] = p
	b := newBrowser(t, n)
	b.get(t, portalURL+"/sign-in/oidc?next=/who")
	require.True(t, b.who(t).Operator)
	without := openID
	without.Operators = nil
	p.restart(t, portalURL, &without)
	who := b.who(t)
	assert.Equal(t, adaOID, who.Actor.ID, "still signed in")
	assert.False(t, who.Operator, "who was taken from the list is none from then on")
	p.restart(t, portalURL, &openID)
	assert.True(t, b.who(t).Operator)
}
