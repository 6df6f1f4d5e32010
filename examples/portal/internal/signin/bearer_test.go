package signin_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/signin"
)

func TestBearer(t *testing.T) {
	t.Parallel()
	x, other := newTenant(t, contoso), newTenant(t, contoso)
	_, n := newOpenID(t, x.issuer, x)
	client := &http.Client{Transport: n}
	ask := func(t *testing.T, token string) answer {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, portalURL+"/api/v1/who", nil)
		require.NoError(t, err)
		r.Header.Set("Authorization", "Bearer "+token)
		return (&browser{Client: client}).do(t, r)
	}
	a := ask(t, x.accessToken(t, nil))
	require.Equal(t, http.StatusOK, a.status, a.text)
	assert.Contains(t, a.text, `"channel":"api"`)
	assert.Contains(t, a.text, contoso)

	for name, token := range map[string]string{
		"ID token":          x.accessToken(t, map[string]any{"scp": nil}),
		"other scope":       x.accessToken(t, map[string]any{"scp": "User.Read " + signin.APIScope + ".All"}),
		"other audience":    x.accessToken(t, map[string]any{"aud": "00000003-0000-0000-c000-000000000000"}),
		"expired":           x.accessToken(t, map[string]any{"exp": time.Now().Add(-time.Minute).Unix()}),
		"other issuer":      x.accessToken(t, map[string]any{"iss": "https://" + entraHost + "/" + fabrikam + "/v2.0"}),
		"other tenant":      x.accessToken(t, map[string]any{"tid": fabrikam}),
		"application":       x.accessToken(t, map[string]any{"idtyp": "app"}),
		"another key":       other.accessToken(t, nil),
		"a part to play":    "contoso-global-admin",
		"rubbish":           "a.b.c",
		"empty":             "",
		"two tokens in one": x.accessToken(t, nil) + " " + x.accessToken(t, nil),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := ask(t, token)
			assert.Equal(t, http.StatusUnauthorized, a.status)
			assert.Contains(t, a.header.Get("WWW-Authenticate"), `error="invalid_token"`)
			assert.Contains(t, a.header.Get("Content-Type"), "application/problem+json")
		})
	}
}
