package signin

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/entra"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// APIScope is the scope that an access token must hold in scp for the API to
// take it.
const APIScope = "LegalProfile.ReadWrite"

// AnyTenant stands for the tenant in an issuer to which people of many tenants
// sign in.
const AnyTenant = "{tenantid}"

// OpenID names the provider and the portal's registration there.
type OpenID struct {
	// Issuer is an issuer of Entra ID.
	// "https://login.microsoftonline.com/<tenant>/v2.0" lets the people of one
	// tenant in. With "{tenantid}" in place of the tenant, it lets in those of
	// every tenant that the portal serves. Each token is then verified with the
	// description and the keys of its own tenant's issuer, never with another's.
	Issuer       string
	ClientID     string
	ClientSecret string
	APIAudience  string       // aud of access tokens for the API; default: ClientID
	Operators    []Operator   // who works for the provider
	Client       *http.Client // default: one that gives up after ten seconds
}

// Operator is one account that may raise incidents.
type Operator struct {
	TenantID string // tid
	ObjectID string // oid
}

// ParseOperator reads "tid/oid", two UUIDs.
func ParseOperator(text string) (Operator, error) {
	tid, oid, _ := strings.Cut(text, "/")
	// Who has signed in is decided by package entra, so whatever it takes as an
	// account's IDs is one.
	actor, err := entra.Claims{
		TenantID: tid, ObjectID: oid, Subject: "operator", Issuer: "https://login.microsoftonline.com/" + tid + "/v2.0",
	}.Actor(partner.Portal, nil)
	if err != nil {
		return Operator{}, fmt.Errorf("signin: an operator is <tenant ID>/<object ID>, two UUIDs: %w", err)
	}
	return Operator{actor.TenantID, actor.ID}, nil
}

// Provider is an OpenID provider that has described itself. Make one with
// [Discover].
type Provider struct {
	OpenID
	described *oidc.Provider
}

// provider is an OpenID provider as the portal uses it.
type provider struct {
	OpenID
	store  Store
	now    func() time.Time
	config oauth2.Config
	// endSession is where the provider signs people out, or "".
	endSession string

	mu    sync.Mutex
	rings map[string]*keyring // by issuer
}

// errToken is matched by what is wrong with a token, in contrast to what is
// wrong on the way to the provider.
var errToken = fmt.Errorf("signin: token refused: %w", host.ErrNotFound)

// errNoRoles says that the registration has tokens leave the roles out. With
// them left out, a Global admin would look like a user without any.
var errNoRoles = fmt.Errorf("%w: it has no wids: set groupMembershipClaims to DirectoryRole in the manifest of the "+
	"registration", errToken)

// errNotServed says that the company of whoever signs in is no partner here.
var errNotServed = fmt.Errorf("%w: the tenant is not served", errToken)

// Discover asks the OpenID provider for its description. The error of one that
// gives none, or another's, is one line.
func Discover(ctx context.Context, o OpenID) (*Provider, error) {
	if o.ClientID == "" {
		return nil, errors.New("signin: the client ID of the portal at the OpenID provider is required")
	}
	if o.APIAudience == "" {
		o.APIAudience = o.ClientID
	}
	if o.Client == nil {
		o.Client = &http.Client{Timeout: 10 * time.Second}
	}
	described, err := describe(ctx, o)
	if err != nil {
		return nil, err
	}
	return &Provider{o, described}, nil
}

func newProvider(p *Provider, opts Options) *provider {
	first := &keyring{issuer: p.Issuer, client: p.Client, now: opts.Now, described: p.described}
	return &provider{
		OpenID: p.OpenID, store: opts.Store, now: opts.Now, rings: map[string]*keyring{p.Issuer: first},
		endSession: endSessionURL(p.described, p.ClientID, opts.PublicURL),
		config: oauth2.Config{
			ClientID: p.ClientID, ClientSecret: p.ClientSecret, Endpoint: p.described.Endpoint(),
			RedirectURL: opts.PublicURL.JoinPath("/sign-in/callback").String(),
			Scopes:      []string{oidc.ScopeOpenID, "profile", oidc.ScopeOfflineAccess},
		},
	}
}

// keysOf returns the keys that a token must be signed with, and whether its
// tenant is served. The token's tid is not to be trusted yet: it only chooses
// among the tenants that are served, and the token must then be that tenant's.
// What is of no tenant that is served is looked at with the first keys, so that
// it takes as long as any other.
func (p *provider) keysOf(ctx context.Context, raw string) (keys *keyring, served bool, err error) {
	issuer := p.Issuer
	if strings.Contains(issuer, AnyTenant) {
		claims, err := unverified(raw)
		if err != nil {
			return nil, false, err
		}
		actor, err := claims.Actor("", nil) // for what it checks
		if err != nil {
			return nil, false, fmt.Errorf("%w: %w", errToken, err)
		}
		err = p.served(ctx, actor.TenantID)
		switch {
		case errors.Is(err, errNotServed):
			return p.ring(issuer), false, nil
		case err != nil:
			return nil, false, err
		}
		issuer = strings.Replace(issuer, AnyTenant, actor.TenantID, 1)
	}
	return p.ring(issuer), true, nil
}

// unverified are the claims in a token that anybody may have written.
func unverified(raw string) (c entra.Claims, err error) {
	parts := strings.Split(raw, ".")
	if len(parts) != 3 {
		return c, fmt.Errorf("%w: it is no signed token", errToken)
	}
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		return c, fmt.Errorf("%w: it is no signed token", errToken)
	}
	err = json.Unmarshal(payload, &c)
	c.Groups = nil // see person
	if claim, ok := errors.AsType[*entra.ClaimError](err); ok {
		return c, fmt.Errorf("%w: %w", errToken, claim)
	}
	if err != nil { // its text quotes the token
		return c, fmt.Errorf("%w: its claims are no JSON", errToken)
	}
	return c, nil
}

// ring returns the keys of an issuer.
func (p *provider) ring(issuer string) *keyring {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.rings[issuer] == nil {
		p.rings[issuer] = &keyring{issuer: issuer, client: p.Client, now: p.now}
	}
	return p.rings[issuer]
}

// served returns nil for the tenant of a partner with a profile, or of an
// operator.
func (p *provider) served(ctx context.Context, tenantID string) error {
	if slices.ContainsFunc(p.Operators, func(o Operator) bool { return o.TenantID == tenantID }) {
		return nil
	}
	_, err := p.store.Profile(ctx, tenantID)
	if errors.Is(err, host.ErrNotFound) {
		return errNotServed
	}
	return err
}

// claims are what the portal reads of a verified token.
type claims struct {
	entra.Claims
	Name  string
	Scope string // scp
	Nonce string
	// AuthTime is the second at which the person proved who it is, auth_time. 0 is
	// not known.
	AuthTime int64
}

// verify returns the claims of a token that its issuer has signed for audience,
// and that has not expired. What a token says stands in no error before it is
// verified.
func (p *provider) verify(ctx context.Context, raw, audience string) (claims, error) {
	keys, served, err := p.keysOf(ctx, raw)
	if err != nil {
		return claims{}, err
	}
	payload, err := keys.verify(ctx, raw)
	switch {
	case !served && !errors.Is(err, errAway):
		return claims{}, errNotServed
	case err != nil:
		return claims{}, err
	}
	config := &oidc.Config{ClientID: audience, Now: p.now}
	for _, algorithm := range algorithms {
		config.SupportedSigningAlgs = append(config.SupportedSigningAlgs, string(algorithm))
	}
	token, err := oidc.NewVerifier(keys.issuer, verified(payload), config).Verify(ctx, raw)
	if err != nil {
		return claims{}, fmt.Errorf("%w: %s", errToken, misfit(payload, keys.issuer, audience, err))
	}
	c := claims{Nonce: token.Nonce}
	rest := struct {
		Name  *string `json:"name"`
		Scope *string `json:"scp"`
		Time  *int64  `json:"auth_time"`
	}{&c.Name, &c.Scope, &c.AuthTime}
	if err := errors.Join(token.Claims(&c.Claims), token.Claims(&rest)); err != nil {
		return claims{}, fmt.Errorf("%w: %w", errToken, err)
	}
	return c, nil
}

// misfit says in our own words why a token with a good signature is not for us.
func misfit(payload []byte, issuer, audience string, err error) string {
	var c struct {
		Version  string `json:"ver"`
		Issuer   string `json:"iss"`
		Audience any    `json:"aud"`
	}
	_, expired := errors.AsType[*oidc.TokenExpiredError](err)
	switch unread := json.Unmarshal(payload, &c); {
	case unread != nil:
		return "its claims cannot be read"
	case expired:
		return "it has expired"
	case c.Version == "1.0":
		return "it is of version 1.0: set requestedAccessTokenVersion to 2 in the manifest of the registration"
	case c.Issuer != issuer:
		return "it is of another issuer"
	case c.Audience != audience:
		return "it is for another audience"
	default:
		return "it is not valid now"
	}
}

// isOperator reports whether a is one of the accounts that are listed. Guests
// are none.
func (p *provider) isOperator(a partner.Actor) bool {
	return slices.Contains(p.Operators, Operator{a.TenantID, a.ID}) && !slices.Contains(a.Roles, partner.GuestUser)
}

// person decides who somebody with these claims is. Groups are worth nothing
// here, so what they are called does not matter.
func (p *provider) person(ctx context.Context, c claims, channel partner.Channel) (host.Person, error) {
	c.Groups = nil
	actor, err := c.Actor(channel, nil)
	if err != nil {
		return host.Person{}, fmt.Errorf("%w: %w", errToken, err)
	}
	person := host.Person{
		Actor: actor, Name: displayName(c.Name),
		Operator: p.isOperator(actor),
	}
	if c.AuthTime > 0 {
		person.SignedInAt = time.Unix(c.AuthTime, 0).UTC()
	}
	if person.Operator { // who is on the list, whatever the roles
		return person, nil
	}
	if c.RoleTemplates == nil && !slices.Contains(actor.Roles, partner.GuestUser) { // of a guest no role counts
		return host.Person{}, errNoRoles
	}
	if _, err := p.store.Profile(ctx, actor.TenantID); errors.Is(err, host.ErrNotFound) {
		return host.Person{}, errNotServed
	} else if err != nil {
		return host.Person{}, err
	}
	return person, nil
}

// accessToken finds the person by an access token for the API.
func (p *provider) accessToken(ctx context.Context, raw string) (host.Person, error) {
	c, err := p.verify(ctx, raw, p.APIAudience)
	if err != nil {
		return host.Person{}, err
	}
	if !slices.Contains(strings.Fields(c.Scope), APIScope) { // an ID token, which has none, or a token for something else
		return host.Person{}, fmt.Errorf("%w: scp lacks the scope %s", errToken, APIScope)
	}
	return p.person(ctx, c, partner.API)
}

// displayName is a name from outside for the page's header and the history.
func displayName(name string) string {
	if name = oneLine(name, 100); name == "" {
		return "Someone without a name"
	}
	return name
}
