package partner

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"

	"github.com/cspkit/partner/internal/hidden"
	"github.com/cspkit/partner/internal/tenant"
)

// ErrDenied is matched by every [*DeniedError].
var ErrDenied = errors.New("partner: denied")

// Role is what Partner Center and Entra call a role. The zero value is no role.
type Role string

// The roles of Partner Center, as its permissions overview lists them, and the
// Entra roles of its security requirements dashboard.
const (
	GlobalAdmin           Role = "global_admin"
	AccountAdmin          Role = "account_admin"
	UserManagementAdmin   Role = "user_management_admin"
	BillingAdmin          Role = "billing_admin"
	AdminAgent            Role = "admin_agent"
	SalesAgent            Role = "sales_agent"
	HelpdeskAgent         Role = "helpdesk_agent"
	MPNPartnerAdmin       Role = "mpn_partner_admin"
	BusinessProfileAdmin  Role = "business_profile_admin"
	ReferralsAdmin        Role = "referrals_admin"
	CoSellSolutionAdmin   Role = "co_sell_solution_admin"
	IncentivesAdmin       Role = "incentives_admin"
	ComplianceAdmin       Role = "compliance_admin"
	SecurityAdministrator Role = "security_administrator"

	SecurityReader        Role = "security_reader"
	GlobalReader          Role = "global_reader"
	ReferralsUser         Role = "referrals_user"
	IncentivesUser        Role = "incentives_user"
	ExecutiveReportViewer Role = "executive_report_viewer"
	ReportViewer          Role = "report_viewer"
	DefaultUser           Role = "default_user"
	GuestUser             Role = "guest_user"
)

var (
	// administrators are the administrators and agents: those who may see the
	// legal profile.
	administrators = [...]Role{
		GlobalAdmin, AccountAdmin, UserManagementAdmin, BillingAdmin, AdminAgent, SalesAgent, HelpdeskAgent,
		MPNPartnerAdmin, BusinessProfileAdmin, ReferralsAdmin, CoSellSolutionAdmin, IncentivesAdmin, ComplianceAdmin,
		SecurityAdministrator,
	}
	// others are the roles that are known and neither administrator nor agent.
	others = [...]Role{
		SecurityReader, GlobalReader, ReferralsUser, IncentivesUser, ExecutiveReportViewer, ReportViewer, DefaultUser,
		GuestUser,
	}
)

// Roles returns all known roles, administrators and agents first. The slice is
// the caller's.
func Roles() []Role { return slices.Concat(administrators[:], others[:]) }

// ParseRole returns the known role with exactly the text s. Case and spaces
// count: a word that merely looks like a role is none.
func ParseRole(s string) (Role, error) {
	if r := Role(s); r.IsAdministrator() || slices.Contains(others[:], r) {
		return r, nil
	}
	return "", errors.New("partner: unknown role")
}

// IsAdministrator reports whether the role is one of the administrators and
// agents, who may view the legal profile: every constant from [GlobalAdmin] to
// [SecurityAdministrator].
func (r Role) IsAdministrator() bool { return slices.Contains(administrators[:], r) }

// copyRoles returns a copy of the roles, and nil of nil.
func copyRoles(roles []Role) []Role {
	if roles == nil {
		return nil
	}
	all := make([]Role, len(roles))
	copy(all, roles)
	return all
}

// Channel is the way by which a request came in. [DefaultPolicy] refuses every
// other channel than these two.
type Channel string

// The channels.
const (
	Portal Channel = "portal" // a person in front of a page
	API    Channel = "api"    // a program; the security contact cannot be updated through it
)

// Action is what an actor asks to do with a legal profile.
type Action string

// The actions. There is one to update each [Section].
const (
	ViewLegalProfile      Action = "view_legal_profile"
	UpdateLegalBusiness   Action = "update_legal_business"
	UpdatePrimaryContact  Action = "update_primary_contact"
	UpdateSecurityContact Action = "update_security_contact"
)

// Actor is a person, or a program, that has signed in. The host fills it in
// from what it has verified. Package entra does so from the claims of an Entra
// ID token. The zero Actor is nobody.
type Actor struct {
	ID       string  `json:"id"`       // stable, for the audit trail: the object ID in Entra; "" is nobody
	TenantID string  `json:"tenantId"` // the tenant that the actor signed in to, a UUID
	Roles    []Role  `json:"roles"`    // all that the actor holds there, in any order
	Channel  Channel `json:"channel"`  // how this request came in
}

// LogValue leaves out the ID, which may be a person's.
func (a Actor) LogValue() slog.Value {
	return slog.GroupValue(
		slog.String("tenantId", a.TenantID), slog.Any("roles", a.Roles), slog.String("channel", string(a.Channel)),
	)
}

// Format prints what LogValue tells, for every verb of package fmt.
func (a Actor) Format(s fmt.State, _ rune) { hidden.Format(s, "Actor", a) }

// Request asks whether Actor may do Action to the legal profile of TenantID.
type Request struct {
	Actor    Actor  `json:"actor"`
	Action   Action `json:"action"`
	TenantID string `json:"tenantId"` // whose profile, a UUID
}

// LogValue leaves out who asks.
func (r Request) LogValue() slog.Value {
	return slog.GroupValue(
		slog.Attr{Key: "actor", Value: r.Actor.LogValue()},
		slog.String("action", string(r.Action)), slog.String("tenantId", r.TenantID),
	)
}

// Format prints what LogValue tells, for every verb of package fmt.
func (r Request) Format(s fmt.State, _ rune) { hidden.Format(s, "Request", r) }

// Decision is the answer to a [Request]. The zero Decision refuses.
type Decision struct {
	Allowed bool   `json:"allowed"`
	Reason  Reason `json:"reason"`
}

// Reason says why a [Decision] is as it is.
type Reason string

// The reasons. A refusal has the first one in this order that is true.
const (
	ReasonAllowed       Reason = "allowed"
	ReasonNotSignedIn   Reason = "not_signed_in"  // the actor has no ID
	ReasonOtherTenant   Reason = "other_tenant"   // the actor's tenant is not the profile's, or either is empty
	ReasonUnknownAction Reason = "unknown_action" // no rule of the policy names the action
	ReasonRole          Reason = "role"           // no rule for the action has one of the actor's roles
	ReasonChannel       Reason = "channel"        // no rule for the action and one of these roles has the channel
)

// Rule grants Action to whoever holds any of Roles and comes through any of
// Channels. Everything is compared exactly.
type Rule struct {
	Action   Action    `json:"action"`
	Roles    []Role    `json:"roles"`
	Channels []Channel `json:"channels"`
}

// hasAny reports whether the rule grants to one of roles.
func (r *Rule) hasAny(roles []Role) bool {
	for _, role := range roles {
		if slices.Contains(r.Roles, role) {
			return true
		}
	}
	return false
}

// Policy is a list of grants. What no rule grants is refused, so a nil Policy
// refuses everything. The order of the rules does not matter. A Policy may be
// used by several goroutines as long as nobody changes it.
type Policy []Rule

// DefaultPolicy returns the rules of Microsoft's security contact page:
//   - every administrator and agent may view the legal profile;
//   - only a Global admin may update it;
//   - the security contact is updated in the portal only: that "cannot be done
//     through the Partner Center APIs", so API is refused.
//
// The result is the caller's: append a [Rule] to grant more.
func DefaultPolicy() Policy {
	both := []Channel{Portal, API}
	return Policy{
		{Action: ViewLegalProfile, Roles: slices.Clone(administrators[:]), Channels: both},
		{Action: UpdateLegalBusiness, Roles: []Role{GlobalAdmin}, Channels: slices.Clone(both)},
		{Action: UpdatePrimaryContact, Roles: []Role{GlobalAdmin}, Channels: slices.Clone(both)},
		{Action: UpdateSecurityContact, Roles: []Role{GlobalAdmin}, Channels: []Channel{Portal}},
	}
}

// Decide answers r. It is pure and cheap: use it to show or hide a button, and
// Authorize to guard what the button does. Tenants are compared ignoring ASCII
// case.
func (p Policy) Decide(r Request) Decision { return p.decide(&r) }

func (p Policy) decide(r *Request) Decision {
	if r.Actor.ID == "" {
		return Decision{Reason: ReasonNotSignedIn}
	}
	if !tenant.Same(r.Actor.TenantID, r.TenantID) {
		return Decision{Reason: ReasonOtherTenant}
	}
	// The reason is the step that the most fitting rule reached: action, then
	// role, then channel.
	reason := ReasonUnknownAction
	for i := range p {
		rule := &p[i]
		if rule.Action != r.Action {
			continue
		}
		if !rule.hasAny(r.Actor.Roles) {
			if reason == ReasonUnknownAction {
				reason = ReasonRole
			}
			continue
		}
		if slices.Contains(rule.Channels, r.Actor.Channel) {
			return Decision{Allowed: true, Reason: ReasonAllowed}
		}
		reason = ReasonChannel
	}
	return Decision{Reason: reason}
}

// Authorize returns nil if Decide allows r, otherwise a [*DeniedError]. It does
// not look at ctx.
func (p Policy) Authorize(_ context.Context, r Request) error {
	d := p.decide(&r)
	if d.Allowed {
		return nil
	}
	return newDeniedError(&r, d.Reason)
}

// newDeniedError returns a refusal with roles of its own. The few that most
// have stand beside the error: one allocation for both.
func newDeniedError(r *Request, reason Reason) *DeniedError {
	var denied *DeniedError
	var roles []Role
	switch len(r.Actor.Roles) {
	case 1:
		e := new(struct {
			DeniedError
			room [1]Role
		})
		denied, roles = &e.DeniedError, e.room[:]
		roles[0] = r.Actor.Roles[0]
	case 2:
		e := new(struct {
			DeniedError
			room [2]Role
		})
		denied, roles = &e.DeniedError, e.room[:]
		roles[0], roles[1] = r.Actor.Roles[0], r.Actor.Roles[1]
	default:
		denied, roles = new(DeniedError), copyRoles(r.Actor.Roles)
	}
	denied.Request, denied.Reason = *r, reason
	denied.Request.Actor.Roles = roles
	return denied
}

// DeniedError says that a request was refused. It matches [ErrDenied]. Callers
// reach the reason with errors.AsType[*partner.DeniedError](err), and those of
// several refusals with [Denials].
//
// Neither its text, nor any verb of package fmt, nor its JSON tells who asked.
type DeniedError struct {
	Request Request
	Reason  Reason
}

// Denials returns all refusals that err holds, wrapped or joined, in order. It
// returns nil if there are none. [Revise] joins one for each section that may
// not be updated.
func Denials(err error) []*DeniedError {
	switch e := err.(type) { //nolint:errorlint // it walks the tree, to see each of them
	case nil:
		return nil
	case *DeniedError:
		return []*DeniedError{e}
	case interface{ Unwrap() []error }:
		var all []*DeniedError
		for _, branch := range e.Unwrap() {
			all = append(all, Denials(branch)...)
		}
		return all
	default:
		return Denials(errors.Unwrap(err))
	}
}

// Error names the action, if it is one of this package's, and the reason. It
// names no person and no tenant.
func (e *DeniedError) Error() string {
	text := ErrDenied.Error()
	switch e.Request.Action {
	case ViewLegalProfile, UpdateLegalBusiness, UpdatePrimaryContact, UpdateSecurityContact:
		text += ": " + string(e.Request.Action)
	}
	switch e.Reason {
	case ReasonNotSignedIn:
		return text + ": nobody is signed in"
	case ReasonOtherTenant:
		return text + ": the profile belongs to another tenant"
	case ReasonUnknownAction:
		return text + ": no rule grants this action"
	case ReasonRole:
		return text + ": none of the actor's roles may do this"
	case ReasonChannel:
		return text + ": not through this channel"
	default:
		return text
	}
}

// Is reports whether target is [ErrDenied].
func (e *DeniedError) Is(target error) bool { return target == ErrDenied }

// LogValue leaves out who asked.
func (e DeniedError) LogValue() slog.Value {
	return slog.GroupValue(
		slog.Attr{Key: "request", Value: e.Request.LogValue()}, slog.String("reason", string(e.Reason)),
	)
}

// Format prints the text of Error, for every verb of package fmt.
func (e DeniedError) Format(s fmt.State, _ rune) {
	_, _ = io.WriteString(s, e.Error()) // fmt.State never fails
}

// MarshalJSON returns the action, the tenant of the profile and the reason:
// {"action": "view_legal_profile", "tenantId": "…", "reason": "role"}.
func (e DeniedError) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Action   Action `json:"action"`
		TenantID string `json:"tenantId"`
		Reason   Reason `json:"reason"`
	}{e.Request.Action, e.Request.TenantID, e.Reason})
}

// Authorizer is what [Revise] asks. [Policy] is one. A host that decides with
// Cedar, OPA, OpenFGA or its own tables brings its own, and shows with package
// partnertest that it agrees.
type Authorizer interface {
	// Authorize returns
	//   - nil to allow r;
	//   - a [*DeniedError], by itself or wrapped, to refuse it;
	//   - any other error if no decision could be taken, which refuses as well.
	//
	// It may be called from several goroutines at once. It must not change or
	// keep r.Actor.Roles, and returns promptly once ctx is done.
	Authorize(ctx context.Context, r Request) error
}

// AuthorizerFunc is a function as an [Authorizer]. A nil one refuses
// everything, as a nil Policy does.
type AuthorizerFunc func(ctx context.Context, r Request) error

// Authorize calls f.
func (f AuthorizerFunc) Authorize(ctx context.Context, r Request) error {
	if f == nil {
		return Policy(nil).Authorize(ctx, r)
	}
	return f(ctx, r)
}

var (
	_ Authorizer = Policy(nil)
	_ Authorizer = AuthorizerFunc(nil)
)

// SameTenant reports whether a and b name one tenant, as this package compares
// tenant IDs everywhere:
//
//   - ASCII case does not matter.
//   - Nothing else is folded or trimmed: the Kelvin sign is not "k".
//   - An empty ID names no tenant, so two empty ones are not the same.
func SameTenant(a, b string) bool { return tenant.Same(a, b) }

// TenantKey returns the spelling that all IDs of one tenant share, for a key in
// a database or a map: lower case in ASCII. What is no tenant ID has a key too,
// and "" has "".
func TenantKey(id string) string { return tenant.Key(id) }
