package entra

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/internal/tenant"
)

// Options are what a host knows of the tenant that is signed in to. Nil and the
// zero value grant nothing to groups.
type Options struct {
	// GroupRoles says which role the members of a group hold, by the object ID of
	// the group. Partner Center keeps its agents in security groups: Admin agents,
	// Helpdesk agents, Sales agents. Their IDs are different in each tenant.
	//
	// Each of partner.Roles can be granted but partner.GlobalAdmin, for the owner
	// of a group could then appoint one. Default: none. It is only read, so many
	// goroutines may share one map.
	GroupRoles map[string]partner.Role
}

// templateRoles says what a directory role is worth here, by its template ID in
// lower case. A role that is not listed is worth nothing.
var templateRoles = map[string]partner.Role{
	"62e90394-69f5-4237-9190-012177145e10": partner.GlobalAdmin,           // Global Administrator
	"fe930be7-5e62-47db-91af-98c3a49a38b1": partner.UserManagementAdmin,   // User Administrator
	"b0f54661-2d74-4c50-afa3-1ec803f12efe": partner.BillingAdmin,          // Billing Administrator
	"194ae4cb-b126-40b2-bd5b-6091b380977d": partner.SecurityAdministrator, // Security Administrator
	"5d6b6bb7-de71-4623-b4af-96380a352509": partner.SecurityReader,        // Security Reader
	"f2ef992c-3afb-46b9-b7cf-a126ee74c451": partner.GlobalReader,          // Global Reader

	// These take all other roles away. Microsoft's list lacks the last three, but
	// tokens hold them.
	"10dae51f-b6af-4016-8d66-8c2a99b929b3": partner.GuestUser, // Guest User
	"2af84b1e-32c8-42b7-82bc-daa82404023b": partner.GuestUser, // Restricted Guest User
	"13bd1c72-6f4a-4dcf-985f-18d3b80f208a": partner.GuestUser, // B2B collaboration
	"134c601c-7c57-419c-8477-b940a74c85ff": partner.GuestUser, // B2B direct connect
	"08372b87-7d02-482a-9e02-fb03ea5fe193": partner.GuestUser, // delegated administration by a CSP partner
}

// issuers are those of Entra ID and its national clouds. The tenant ID stands
// between the two parts.
var issuers = [...]struct{ before, after string }{
	{"https://login.microsoftonline.com/", "/v2.0"},
	{"https://login.microsoftonline.us/", "/v2.0"},
	{"https://login.partner.microsoftonline.cn/", "/v2.0"},
	{"https://sts.windows.net/", "/"}, // version 1.0, also of the cloud for the US government
	{"https://sts.chinacloudapi.cn/", "/"},
}

// Actor returns who has signed in, by a token that the host has validated. The
// package documentation says what to validate. Channel is the way by which the
// request came in: no claim tells it.
//
// The ID of the Actor is oid, and the TenantID is tid, both in lower case.
// Unlike a name, a UPN or an e-mail address, oid stays the same for as long as
// the account is in the tenant, and is never given to another.
//
// With an error, the Actor is zero: nobody has signed in. The error is a
// [*ClaimError] if a claim stands in the way. If opts are wrong, the error does
// not match [ErrClaim]: fix the options.
//
// After a [ProblemOverage], a host that can ask Microsoft Graph calls again on
// [Claims.WithGroups]. One that cannot calls again without options: the user
// then goes without what groups grant. If the tokens of an app name groups by
// anything but object IDs, clear Groups first.
func (c Claims) Actor(channel partner.Channel, opts *Options) (partner.Actor, error) {
	groupRoles, err := opts.groupRoles()
	if err != nil {
		return partner.Actor{}, err
	}
	if problem := c.check(); problem != nil {
		return partner.Actor{}, problem
	}
	roles := grant([]partner.Role{partner.DefaultUser}, templateRoles, c.RoleTemplates)
	switch {
	case c.fromElsewhere() || slices.Contains(roles, partner.GuestUser):
		roles = []partner.Role{partner.GuestUser}
	case len(groupRoles) > 0 && c.groupsElsewhere():
		return partner.Actor{}, &ClaimError{"/groups", ProblemOverage}
	default:
		roles = grant(roles, groupRoles, c.Groups)
	}
	return partner.Actor{ID: tenant.Key(c.ObjectID), TenantID: tenant.Key(c.TenantID), Roles: roles, Channel: channel}, nil
}

// check returns the first claim that cannot be trusted, or nil.
func (c Claims) check() *ClaimError {
	issuer := issuerTenant(c.Issuer)
	switch {
	case c.TenantID == "":
		return &ClaimError{"/tid", ProblemMissing}
	case !isObject(c.TenantID):
		return &ClaimError{"/tid", ProblemMalformed}
	case c.ObjectID == "":
		return &ClaimError{"/oid", ProblemMissing}
	case !isObject(c.ObjectID):
		return &ClaimError{"/oid", ProblemMalformed}
	case c.Issuer == "":
		return &ClaimError{"/iss", ProblemMissing}
	case issuer == "":
		return &ClaimError{"/iss", ProblemMalformed}
	case !tenant.Same(issuer, c.TenantID):
		return &ClaimError{"/iss", ProblemMismatch}
	case c.Subject == "":
		return &ClaimError{"/sub", ProblemMissing}
	case tenant.Same(c.Subject, c.ObjectID): // so it is for an application, also where its token lacks idtyp
		return &ClaimError{"/sub", ProblemNoUser}
	case c.TokenType != "" && c.TokenType != "user":
		return &ClaimError{"/idtyp", ProblemNoUser}
	case c.AccountStatus != 0 && c.AccountStatus != 1:
		return &ClaimError{"/acct", ProblemMalformed}
	}
	if i := slices.IndexFunc(c.RoleTemplates, malformed); i >= 0 {
		return &ClaimError{"/wids/" + strconv.Itoa(i), ProblemMalformed}
	}
	if i := slices.IndexFunc(c.Groups, malformed); i >= 0 {
		return &ClaimError{"/groups/" + strconv.Itoa(i), ProblemMalformed}
	}
	return nil
}

func malformed(id string) bool { return !tenant.Valid(id) }

// isObject reports whether id names something. Programs of .NET write the zero
// UUID for nothing.
func isObject(id string) bool {
	return tenant.Valid(id) && id != "00000000-0000-0000-0000-000000000000"
}

// fromElsewhere reports whether the user's home is, or may be, another tenant
// than the one signed in to.
func (c Claims) fromElsewhere() bool {
	return c.AccountStatus == 1 ||
		c.IdentityProvider != "" && !tenant.Same(issuerTenant(c.IdentityProvider), c.TenantID)
}

// issuerTenant returns the tenant ID in an issuer of Entra ID, and "" for all
// others. Who runs an identity provider chooses what its URI holds.
func issuerTenant(uri string) string {
	for _, issuer := range issuers {
		rest, known := strings.CutPrefix(uri, issuer.before)
		if id, exact := strings.CutSuffix(rest, issuer.after); known && exact && tenant.Valid(id) {
			return id
		}
	}
	return ""
}

// grant appends what the table has for ids, each role once.
func grant(roles []partner.Role, table map[string]partner.Role, ids []string) []partner.Role {
	for _, id := range ids {
		if role, found := table[tenant.Key(id)]; found && !slices.Contains(roles, role) {
			roles = append(roles, role)
		}
	}
	return roles
}

// groupRoles returns the table of the options as [grant] reads it.
func (o *Options) groupRoles() (map[string]partner.Role, error) {
	if o == nil {
		return nil, nil
	}
	table := make(map[string]partner.Role, len(o.GroupRoles))
	for id, role := range o.GroupRoles {
		if _, err := partner.ParseRole(string(role)); err != nil {
			return nil, errors.New("entra: Options.GroupRoles grants a role that is not known")
		}
		if role == partner.GlobalAdmin {
			return nil, errors.New("entra: Options.GroupRoles must not grant " + string(partner.GlobalAdmin))
		}
		if !isObject(id) {
			return nil, errors.New("entra: Options.GroupRoles has a group whose object ID is no UUID")
		}
		if _, twice := table[tenant.Key(id)]; twice {
			return nil, errors.New("entra: Options.GroupRoles has a group twice, in upper and lower case")
		}
		table[tenant.Key(id)] = role
	}
	return table, nil
}
