package signin_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/zitadel/oidc/v3/example/server/storage"
	"github.com/zitadel/oidc/v3/pkg/crypto"
	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"

	"github.com/cspkit/partner/examples/portal/internal/signin"
)

const (
	entraHost    = "login.microsoftonline.com"
	clientID     = "5c4b3a29-1807-4f6e-9d5c-4b3a29180706"
	clientSecret = "a secret & its +/= signs"

	globalAdministrator  = "62e90394-69f5-4237-9190-012177145e10"
	billingAdministrator = "b0f54661-2d74-4c50-afa3-1ec803f12efe"

	adaOID = "b7e0a1c4-53d2-4f68-8a9b-c6d5e4f3a2b1"
	adaSub = "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE"
)

// tenant is the OpenID provider of one Entra tenant: zitadel's, with the claims
// that Entra ID adds.
type tenant struct {
	id, issuer string
	storage    *entraStorage
	http.Handler

	mu       sync.Mutex
	requests int
	tamper   func(map[string]any)                 // changes the claims of the ID token, which is then signed again
	replace  func(t *tenant, token string) string // or all of it
}

// entraStorage adds claims to those of the example's storage.
type entraStorage struct {
	*storage.Storage
	claims map[string]any
}

func (s *entraStorage) SetUserinfoFromScopes(_ context.Context, info *oidc.UserInfo, _, _ string, _ []string) error {
	return s.fill(info)
}

func (s *entraStorage) SetUserinfoFromRequest(
	_ context.Context, info *oidc.UserInfo, _ op.IDTokenRequest, _ []string,
) error {
	return s.fill(info)
}

func (s *entraStorage) fill(info *oidc.UserInfo) error {
	info.Subject, info.Name = adaSub, "Ada Marker King"
	for name, value := range s.claims {
		info.AppendClaims(name, value)
	}
	return nil
}

// users has one, whom everybody is.
type users struct{}

func (users) GetUserByID(string) *storage.User {
	return &storage.User{ID: adaSub, Username: "ada", Password: "ada"}
}
func (users) GetUserByUsername(string) *storage.User { return users{}.GetUserByID("") }
func (users) ExampleClientID() string                { return "unused" }

func newTenant(t testing.TB, id string) *tenant {
	t.Helper()
	x := &tenant{id: id, issuer: "https://" + entraHost + "/" + id + "/v2.0"}
	x.storage = &entraStorage{
		Storage: storage.NewStorageWithClients(users{}, map[string]*storage.Client{
			clientID: storage.WebClient(clientID, clientSecret, portalURL+"/sign-in/callback"),
		}),
		claims: map[string]any{"tid": id, "oid": adaOID, "wids": []string{globalAdministrator}},
	}
	config := &op.Config{CodeMethodS256: true, GrantTypeRefreshToken: true, CryptoKey: [32]byte{1}}
	provider, err := op.NewProvider(config, x.storage, op.StaticIssuer(x.issuer),
		op.WithLogger(slog.New(slog.DiscardHandler)))
	require.NoError(t, err)
	prefix := "/" + id + "/v2.0"
	mux := http.NewServeMux()
	mux.Handle(prefix+"/", http.StripPrefix(prefix, provider))
	// Whoever comes to the page of the provider is Ada.
	interceptor := op.NewIssuerInterceptor(provider.IssuerFromRequest)
	mux.Handle("/login/username", interceptor.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		attempt := r.URL.Query().Get("authRequestID")
		if err := x.storage.CheckUsernamePassword("ada", "ada", attempt); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		http.Redirect(w, r, op.AuthCallbackURL(provider)(r.Context(), attempt), http.StatusFound)
	}))
	x.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		x.mu.Lock()
		x.requests++
		x.mu.Unlock()
		if !strings.HasSuffix(r.URL.Path, "/oauth/token") {
			mux.ServeHTTP(w, r)
			return
		}
		rec := httptest.NewRecorder()
		mux.ServeHTTP(rec, r)
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(rec.Code)
		_, _ = w.Write(x.changed(t, rec.Body.Bytes()))
	})
	return x
}

// changed is a token response after tamper and replace.
func (x *tenant) changed(t testing.TB, body []byte) []byte {
	var response map[string]any
	if err := json.Unmarshal(body, &response); err != nil || response["id_token"] == nil {
		return body
	}
	raw, _ := response["id_token"].(string)
	if x.tamper != nil {
		claims := payload(t, raw)
		x.tamper(claims)
		raw = x.sign(t, claims)
	}
	if x.replace != nil {
		raw = x.replace(x, raw)
	}
	response["id_token"] = raw
	changed, err := json.Marshal(response)
	if err != nil {
		return body
	}
	return changed
}

// sign makes a token of the provider's, with any claims.
func (x *tenant) sign(t testing.TB, claims map[string]any) string {
	t.Helper()
	key, err := x.storage.SigningKey(t.Context())
	require.NoError(t, err)
	signer, err := op.SignerFromKey(key)
	require.NoError(t, err)
	raw, err := crypto.Sign(claims, signer)
	require.NoError(t, err)
	return raw
}

func payload(t testing.TB, raw string) map[string]any {
	t.Helper()
	var claims map[string]any
	parts := strings.Split(raw, ".")
	require.Len(t, parts, 3)
	require.NoError(t, json.NewDecoder(base64Reader(parts[1])).Decode(&claims))
	return claims
}

// accessToken is an access token for the API, with changes. A nil value leaves
// the claim out.
func (x *tenant) accessToken(t testing.TB, changes map[string]any) string {
	t.Helper()
	claims := map[string]any{
		"iss": x.issuer, "aud": clientID, "sub": adaSub, "tid": x.id, "oid": adaOID, "wids": []string{globalAdministrator},
		"ver": "2.0",
		"iat": time.Now().Unix(), "nbf": time.Now().Unix(), "exp": time.Now().Add(time.Hour).Unix(),
		"scp": "openid " + signin.APIScope,
	}
	for name, value := range changes {
		claims[name] = value
		if value == nil {
			delete(claims, name)
		}
	}
	return x.sign(t, claims)
}

// entra answers at Entra's host for several tenants. Sign-in to any tenant goes
// to the first.
type entra []*tenant

func (e entra) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/organizations/v2.0/.well-known/openid-configuration" {
		rec := httptest.NewRecorder()
		first := e[0]
		first.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, first.issuer+"/.well-known/openid-configuration", nil))
		// As Entra's: everything is the tenant's but the issuer.
		_, _ = w.Write(bytes.Replace(rec.Body.Bytes(), []byte(`"issuer":"`+first.issuer),
			[]byte(`"issuer":"https://`+entraHost+`/{tenantid}/v2.0`), 1))
		return
	}
	for _, x := range e {
		if strings.HasPrefix(r.URL.Path, "/"+x.id+"/") || r.URL.Path == "/login/username" {
			x.ServeHTTP(w, r)
			return
		}
	}
	http.NotFound(w, r)
}

// newOpenID makes a portal whose people sign in with the tenants' providers.
func newOpenID(t testing.TB, issuer string, tenants ...*tenant) (*portal, network) {
	t.Helper()
	n := network{entraHost: entra(tenants)}
	p := newPortal(t, portalURL, &signin.OpenID{
		Issuer: issuer, ClientID: clientID, ClientSecret: clientSecret, Client: &http.Client{Transport: n},
		Operators: []signin.Operator{{TenantID: stranger, ObjectID: adaOID}},
	})
	n["portal.example"] = p
	return p, n
}

// callback goes to the provider and stops on the way back: with the code in the
// URL, and not yet used.
func callback(t testing.TB, b *browser) string {
	t.Helper()
	b.stop = func(u *url.URL) bool { return u.Path == "/sign-in/callback" }
	a := b.get(t, portalURL+"/sign-in/oidc?next=/who")
	b.stop = func(*url.URL) bool { return false }
	back := a.header.Get("Location")
	require.True(t, strings.HasPrefix(back, portalURL+"/sign-in/callback?"), "%d %s", a.status, back)
	return back
}

func base64Reader(text string) io.Reader {
	return base64.NewDecoder(base64.RawURLEncoding, strings.NewReader(text))
}
