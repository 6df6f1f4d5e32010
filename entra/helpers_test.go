package entra_test

import (
	"encoding/json"
	"maps"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/entra"
)

const (
	tid      = "3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10" // the partner's tenant
	otherTID = "8c0d5e11-2a4b-4d6f-9e33-71f2a9c0b6d4" // another tenant
	oid      = "b7e0a1c4-53d2-4f68-8a9b-c6d5e4f3a2b1"
	sub      = "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE"
	issuer   = "https://login.microsoftonline.com/" + tid + "/v2.0"

	globalAdministrator  = "62e90394-69f5-4237-9190-012177145e10"
	billingAdministrator = "b0f54661-2d74-4c50-afa3-1ec803f12efe"

	agentGroup    = "d41a6b0c-7e52-4c19-9f80-3b2a1c0d9e8f"
	helpdeskGroup = "0f9e8d7c-6b5a-4c3d-8e1f-a0b1c2d3e4f5"
)

// object is a JSON object under construction. A member that is absent is not in
// it. One that is nil is null.
type object map[string]any

type absent struct{}

// signIn is the payload of a validated token, with changes. Its user is a
// Global Administrator and a member of the tenant.
func signIn(changes object) object {
	o := object{
		"aud": "5c4b3a29-1807-4f6e-9d5c-4b3a29180706", "ver": "2.0", "name": "Member of Contoso", "upn": "member@contoso.com",
		"tid": tid, "oid": oid, "sub": sub, "iss": issuer, "wids": []string{globalAdministrator},
	}
	maps.Copy(o, changes)
	maps.DeleteFunc(o, func(_ string, v any) bool { return v == absent{} })
	return o
}

func encode(t testing.TB, v any) []byte {
	t.Helper()
	payload, err := json.Marshal(v)
	require.NoError(t, err)
	return payload
}

// actor decodes the payload and asks for the Actor, as a host does.
func actor(payload []byte, opts *entra.Options) (partner.Actor, error) {
	var claims entra.Claims
	if err := json.Unmarshal(payload, &claims); err != nil {
		return partner.Actor{}, err
	}
	return claims.Actor(partner.Portal, opts)
}

// mayUpdate reports whether by may update any part of the profile of its own
// tenant, through any channel.
func mayUpdate(by partner.Actor) bool {
	for _, by.Channel = range []partner.Channel{partner.Portal, partner.API} {
		for _, action := range []partner.Action{
			partner.UpdateLegalBusiness, partner.UpdatePrimaryContact, partner.UpdateSecurityContact,
		} {
			if partner.DefaultPolicy().Decide(partner.Request{Actor: by, Action: action, TenantID: by.TenantID}).Allowed {
				return true
			}
		}
	}
	return false
}

// mayView reports whether by may view the profile of its own tenant.
func mayView(by partner.Actor) bool {
	return partner.DefaultPolicy().Decide(partner.Request{
		Actor: by, Action: partner.ViewLegalProfile, TenantID: by.TenantID,
	}).Allowed
}

// requireRefused says that err is a ClaimError for path and problem, and that
// nobody has signed in.
func requireRefused(t *testing.T, by partner.Actor, err error, path string, problem entra.Problem) {
	t.Helper()
	require.ErrorIs(t, err, entra.ErrClaim)
	var refused *entra.ClaimError
	require.ErrorAs(t, err, &refused)
	require.Equal(t, entra.ClaimError{Path: path, Problem: problem}, *refused)
	require.Zero(t, by, "an error comes with nobody")
}
