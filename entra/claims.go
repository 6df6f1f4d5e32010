package entra

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"

	"github.com/cspkit/partner/internal/hidden"
	"github.com/cspkit/partner/internal/tenant"
)

// Claims are the claims of a token that say who has signed in. A host decodes
// them from the payload of a token that it has validated: see the package
// documentation. The zero Claims are nobody's, and [Claims.Actor] refuses them.
type Claims struct {
	TenantID string `json:"tid"` // the tenant signed in to, a UUID
	ObjectID string `json:"oid"` // the user in that tenant, a UUID
	Subject  string `json:"sub"` // the user as the application knows it
	Issuer   string `json:"iss"` // the tenant's: "https://login.microsoftonline.com/<tid>/v2.0"

	IdentityProvider string   `json:"idp,omitempty"`    // the issuer at the user's home; "": the same as Issuer
	TokenType        string   `json:"idtyp,omitempty"`  // "" or "user" for a person; "app" and all others are not
	AccountStatus    int      `json:"acct,omitempty"`   // 1 for a guest; 0 for a member, or where the token does not tell
	RoleTemplates    []string `json:"wids,omitempty"`   // directory roles, by their template IDs, UUIDs
	Groups           []string `json:"groups,omitempty"` // groups, by their object IDs, UUIDs

	// One of these tells that the groups are too many for the token: HasGroups in
	// the implicit flow, otherwise a member "groups" of ClaimNames.
	HasGroups  bool              `json:"hasgroups,omitempty"`
	ClaimNames map[string]string `json:"_claim_names,omitempty"`
}

// UnmarshalJSON reads the claims above and ignores all others. Names are
// case-sensitive and must be unique, as RFC 7519 section 4 asks: "WIDS" is
// another claim. Package encoding/json alone does not see to that. Null is as
// good as missing. The error is a [*ClaimError], and leaves c as it was.
func (c *Claims) UnmarshalJSON(payload []byte) error {
	var next Claims
	targets := map[string]any{
		"tid": &next.TenantID, "oid": &next.ObjectID, "sub": &next.Subject, "iss": &next.Issuer,
		"idp": &next.IdentityProvider, "idtyp": &next.TokenType, "acct": &next.AccountStatus,
		"wids": &next.RoleTemplates, "groups": &next.Groups, "hasgroups": &next.HasGroups, "_claim_names": &next.ClaimNames,
	}
	if !json.Valid(payload) {
		return &ClaimError{"", ProblemMalformed}
	}
	members := json.NewDecoder(bytes.NewReader(payload)) // its Token does not fail: the payload is valid JSON
	if start, _ := members.Token(); start != json.Delim('{') {
		return &ClaimError{"", ProblemMalformed}
	}
	for members.More() {
		token, _ := members.Token()
		name, _ := token.(string)
		target, wanted := targets[name]
		switch {
		case !wanted:
			target = new(json.RawMessage)
		case target == nil:
			return &ClaimError{"/" + name, ProblemDuplicate}
		default:
			targets[name] = nil
		}
		if members.Decode(target) != nil { // an error that can hold the value
			return &ClaimError{"/" + name, ProblemMalformed}
		}
	}
	*c = next
	return nil
}

// WithGroups returns the claims with ids as all the groups of the user. It is
// for a host that has asked Microsoft Graph for them (getMemberObjects) after a
// [ProblemOverage].
func (c Claims) WithGroups(ids []string) Claims {
	c.Groups, c.HasGroups, c.ClaimNames = slices.Clone(ids), false, nil
	return c
}

// groupsElsewhere reports whether the groups of the user were too many for the
// token.
func (c Claims) groupsElsewhere() bool {
	_, elsewhere := c.ClaimNames["groups"]
	return elsewhere || c.HasGroups
}

// LogValue tells the tenant, and how many roles and groups there are. It does
// not tell who has signed in.
func (c Claims) LogValue() slog.Value {
	tid := c.TenantID
	if !tenant.Valid(tid) {
		tid = "" // it could be anything
	}
	return slog.GroupValue(
		slog.String("tid", tid), slog.Int("wids", len(c.RoleTemplates)), slog.Int("groups", len(c.Groups)),
	)
}

// Format prints what LogValue tells, for every verb of package fmt.
func (c Claims) Format(s fmt.State, _ rune) { hidden.Format(s, "entra.Claims", c) }

// ErrClaim is matched by every [*ClaimError]. No error of package partner
// matches it, and no ClaimError matches one of theirs.
var ErrClaim = errors.New("entra: claim refused")

// Problem says what is wrong with a claim. It is stable and meant for programs.
type Problem string

// The problems.
const (
	ProblemMissing   Problem = "missing"   // it is not in the token, null, or empty
	ProblemMalformed Problem = "malformed" // another type, no UUID, no issuer of Entra ID, or an unknown value
	ProblemDuplicate Problem = "duplicate" // it is in the token twice
	ProblemMismatch  Problem = "mismatch"  // iss is the issuer of another tenant than tid
	ProblemNoUser    Problem = "no_user"   // the token stands for an application or a device
	ProblemOverage   Problem = "overage"   // the groups, for which the host has roles, are too many for the token
)

// ClaimError says which claim stands in the way of an Actor, and why. It tells
// the first one. It matches [ErrClaim], and callers reach the claim with
// errors.AsType[*entra.ClaimError](err). It never holds a value.
type ClaimError struct {
	Path    string // JSON Pointer into the payload: "/oid", "/wids/3"; "" for a payload that is no JSON object
	Problem Problem
}

// Error names the claim and the problem.
func (e *ClaimError) Error() string {
	path := e.Path
	if path == "" {
		path = "payload"
	}
	return fmt.Sprintf("%v: %s (%s)", ErrClaim, path, e.Problem)
}

// Is reports whether target is [ErrClaim].
func (e *ClaimError) Is(target error) bool { return target == ErrClaim }
