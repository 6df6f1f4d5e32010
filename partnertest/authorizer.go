package partnertest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/cspkit/partner"
)

// AuthorizerOptions are the options of [TestAuthorizer] and [RunAuthorizer].
type AuthorizerOptions struct {
	// Policy is what the Authorizer must agree with. It is asked about the cases of
	// PolicyCases, and about every combination of the words in the Policy. Default:
	// partner.DefaultPolicy().
	Policy partner.Policy

	// ReasonsDiffer accepts any reason in a refusal that is not empty and not
	// "allowed". It is for an Authorizer that cannot know which of its rules was
	// the one that lacked. The host must then see to it itself that its users are
	// told the right thing.
	ReasonsDiffer bool

	// Break makes what a asks for its decisions fail with err from now on, such as
	// a database or a policy server. A nil err ends that. Default: nil, which says
	// that a asks nobody and cannot fail.
	Break func(a partner.Authorizer, err error)
}

// TestAuthorizer checks every rule on a. It returns nil if all hold, otherwise
// [RuleErrors] with those that are broken. A nil opts means the defaults. It
// panics if a is nil; a nil [partner.AuthorizerFunc] refuses everything, and is
// tested like any other.
func TestAuthorizer(a partner.Authorizer, opts *AuthorizerOptions) error {
	return testAll(authorizerInterface, authorizerRules, newAuthorizerRun(context.Background(), a, opts))
}

// RunAuthorizer checks each rule in a subtest, on an Authorizer that
// newAuthorizer makes for it. A nil opts means the defaults. It panics if
// newAuthorizer returns nil.
func RunAuthorizer(t *testing.T, newAuthorizer func(t *testing.T) partner.Authorizer, opts *AuthorizerOptions) {
	t.Helper()
	runAll(t, authorizerInterface, authorizerRules, func(t *testing.T) *authorizerRun {
		return newAuthorizerRun(t.Context(), newAuthorizer(t), opts)
	})
}

const authorizerInterface = "Authorizer"

// authorizerRules are in the order in which they are checked.
var authorizerRules = []rule[*authorizerRun]{
	{
		name:  "allows-what-the-policy-allows",
		why:   "who may not do what is theirs to do finds another way",
		check: allowsWhatThePolicyAllows,
	},
	{
		name:  "tenant-in-any-case",
		why:   "sign-in and database may write the same UUID in different cases of letters",
		check: tenantInAnyCase,
	},
	{
		name:  "refuses-what-the-policy-refuses",
		why:   "whoever may change the security contact decides who hears of an incident",
		check: refuses(caseOwn),
	},
	{
		name:  "refuses-look-alikes",
		why:   "a word that nobody defined grants nothing, however much it looks like one that does",
		check: refuses(caseUnknown),
	},
	{
		name:  "refuses-other-tenants",
		why:   "a Global admin of one partner is nobody at another",
		check: refuses(caseTenant),
	},
	{
		name:  "refuses-nobody",
		why:   "what nobody answers for must not be done",
		check: refuses(caseNobody),
	},
	{
		name:  "refusal-is-a-denied-error",
		why:   "hosts tell a refusal, which is final, from an Authorizer that could not decide by *partner.DeniedError",
		check: refusalIsADeniedError,
	},
	{
		name:  "reason-is-the-policys",
		why:   "users are told by the reason what they would need: another role, another channel, another sign-in",
		check: reasonIsThePolicys,
	},
	{
		name:  "refusal-holds-the-request",
		why:   "the audit trail records what was refused from the error",
		check: refusalHoldsTheRequest,
	},
	{
		name:  "error-names-nobody",
		why:   "hosts log errors, and the ID of an actor may be a person's",
		check: authorizerErrorNamesNobody,
	},
	{
		name:  "roles-unchanged",
		why:   "the roles belong to the caller, who asks again with them",
		check: rolesUnchanged,
	},
	{
		name:  "roles-not-kept",
		why:   "the caller may reuse its slice: what the error tells would change with it",
		check: rolesNotKept,
	},
	{
		name:  "pure",
		why:   "the same request must get the same answer each time: Revise asks several times for one change",
		check: pure,
	},
	{
		name:  "done-context-allows-nothing-more",
		why:   "an Authorizer that cannot ask any more must not fail open, nor call it a refusal",
		check: doneContextAllowsNothingMore,
	},
	{
		name:  "failure-is-undecided",
		why:   "if its database is down, it must neither allow nor refuse: hosts try again what is undecided",
		check: failureIsUndecided,
	},
	{
		name:  "answers-at-once",
		why:   "requests come from several goroutines; run this with the race detector",
		check: answersAtOnce,
	},
}

// authorizerRun is an Authorizer under test.
type authorizerRun struct {
	AuthorizerOptions
	authorizer partner.Authorizer
	ctx        context.Context
	cases      []PolicyCase
}

func newAuthorizerRun(ctx context.Context, a partner.Authorizer, opts *AuthorizerOptions) *authorizerRun {
	if a == nil {
		panic("partnertest: an Authorizer is needed")
	}
	r := &authorizerRun{authorizer: a, ctx: ctx, cases: PolicyCases()}
	if opts != nil {
		r.AuthorizerOptions = *opts
	}
	if r.Policy != nil {
		r.cases = casesOf(r.Policy)
	}
	return r
}

func (r *authorizerRun) has(string) bool { return false } // no rule needs an optional part

// ask asks for c with roles of its own.
func (r *authorizerRun) ask(ctx context.Context, c PolicyCase) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	c.Request.Actor.Roles = slices.Clone(c.Request.Actor.Roles)
	return r.authorizer.Authorize(ctx, c.Request)
}

// each collects what f says of the answers to the cases that are wanted.
func (r *authorizerRun) each(wanted func(PolicyCase) bool, f func(c PolicyCase, err error) (fault string)) error {
	var fs faults
	for _, c := range r.cases {
		if !wanted(c) {
			continue
		}
		if fault := f(c, r.ask(r.ctx, c)); fault != "" {
			fs.addf("%s: %s (%s)", c.Name, fault, c.Why)
		}
	}
	return fs.err()
}

// eachDenied collects what f says of the *DeniedError of every case that the
// policy refuses.
func (r *authorizerRun) eachDenied(f func(c PolicyCase, denied *partner.DeniedError) (fault string)) error {
	return r.each(isRefused, func(c PolicyCase, err error) string {
		if denied, ok := errors.AsType[*partner.DeniedError](err); ok && denied != nil {
			return f(c, denied)
		}
		return "" // another rule tells of that
	})
}

func isRefused(c PolicyCase) bool { return !c.Decision.Allowed }

func allowed(_ PolicyCase, err error) string {
	if err == nil {
		return ""
	}
	if denied, ok := errors.AsType[*partner.DeniedError](err); ok && denied == nil {
		return "the error is a nil *partner.DeniedError, which is not a nil error, want nil"
	}
	return fmt.Sprintf("the error is %q, want nil", err)
}

func allowsWhatThePolicyAllows(r *authorizerRun) error {
	return r.each(func(c PolicyCase) bool { return c.Decision.Allowed && c.kind != caseCase }, allowed)
}

func tenantInAnyCase(r *authorizerRun) error {
	return r.each(func(c PolicyCase) bool { return c.Decision.Allowed && c.kind == caseCase }, allowed)
}

func refuses(kind caseKind) func(*authorizerRun) error {
	return func(r *authorizerRun) error {
		wanted := func(c PolicyCase) bool { return isRefused(c) && c.kind == kind }
		return r.each(wanted, func(c PolicyCase, err error) string {
			if err == nil {
				return fmt.Sprintf("allowed, want it refused for %q", c.Decision.Reason)
			}
			return ""
		})
	}
}

func refusalIsADeniedError(r *authorizerRun) error {
	return r.each(isRefused, func(_ PolicyCase, err error) string {
		denied, ok := errors.AsType[*partner.DeniedError](err)
		if err == nil || ok && denied != nil {
			return ""
		}
		return fmt.Sprintf("refused with a %T, want a *partner.DeniedError", err)
	})
}

func reasonIsThePolicys(r *authorizerRun) error {
	return r.eachDenied(func(c PolicyCase, denied *partner.DeniedError) string {
		switch {
		case r.ReasonsDiffer && denied.Reason != "" && denied.Reason != partner.ReasonAllowed:
			return ""
		case denied.Reason != c.Decision.Reason:
			return fmt.Sprintf("the reason is %q, want %q", denied.Reason, c.Decision.Reason)
		}
		return ""
	})
}

func refusalHoldsTheRequest(r *authorizerRun) error {
	return r.eachDenied(func(c PolicyCase, denied *partner.DeniedError) string {
		got, want := denied.Request, c.Request
		sameRoles := slices.Equal(got.Actor.Roles, want.Actor.Roles)
		got.Actor.Roles, want.Actor.Roles = nil, nil
		if !sameRoles || !reflect.DeepEqual(got, want) {
			return "the Request of the error is not the one that was asked"
		}
		return ""
	})
}

func authorizerErrorNamesNobody(r *authorizerRun) error {
	return r.each(isRefused, func(c PolicyCase, err error) string {
		if err != nil && c.Request.Actor.ID != "" && strings.Contains(logged(err), c.Request.Actor.ID) {
			return "the error holds the actor's ID"
		}
		return ""
	})
}

func rolesUnchanged(r *authorizerRun) error {
	var fs faults
	for _, action := range caseActions {
		array := []partner.Role{
			partner.SalesAgent, partner.BillingAdmin, partner.SalesAgent, partner.AdminAgent, "beyond the end",
		}
		before := slices.Clone(array)
		_ = r.authorizer.Authorize(r.ctx, ask(action, partner.Portal, array[:len(array)-1]...))
		if !slices.Equal(array, before) {
			fs.addf("%s: Authorize changed Actor.Roles", action)
		}
	}
	return fs.err()
}

func rolesNotKept(r *authorizerRun) error {
	roles := []partner.Role{partner.SalesAgent, partner.GuestUser}
	err := r.authorizer.Authorize(r.ctx, ask("delete_legal_profile", partner.Portal, roles...))
	denied, ok := errors.AsType[*partner.DeniedError](err)
	if !ok || denied == nil {
		return nil // another rule tells of that
	}
	before := slices.Clone(denied.Request.Actor.Roles)
	roles[0], roles[1] = partner.GlobalReader, partner.GlobalReader
	if !slices.Equal(denied.Request.Actor.Roles, before) {
		return errors.New("the Request of the error shares its Actor.Roles with the caller: clone them")
	}
	return nil
}

const (
	isAllowed    = "allowed"
	isRefusedFor = "refused for "
	isUndecided  = "undecided"
)

// answer is what an Authorizer said, in a form that can be compared.
func answer(err error) string {
	if err == nil {
		return isAllowed
	}
	if denied, ok := errors.AsType[*partner.DeniedError](err); ok && denied != nil {
		return isRefusedFor + string(denied.Reason)
	}
	return isUndecided
}

func pure(r *authorizerRun) error {
	first := r.answers()
	var fs faults
	again := func(when string, i int) {
		if got := answer(r.ask(r.ctx, r.cases[i])); got != first[i] {
			fs.addf("%s: %s at first, %s %s", r.cases[i].Name, first[i], got, when)
		}
	}
	for i := range slices.Backward(r.cases) {
		again("in the opposite order", i)
	}
	for i := range r.cases {
		again("the third time", i)
	}
	return fs.err()
}

func doneContextAllowsNothingMore(r *authorizerRun) error {
	ctx, cancel := context.WithCancel(r.ctx)
	cancel()
	return r.undecided(r.answers(), ctx, "a done context")
}

func failureIsUndecided(r *authorizerRun) error {
	if r.Break == nil {
		return &skipError{reason: "AuthorizerOptions.Break says that the Authorizer cannot fail", moot: true}
	}
	before := r.answers()
	r.Break(r.authorizer, errors.New("partnertest: the database is down"))
	defer r.Break(r.authorizer, nil)
	return r.undecided(before, r.ctx, "a failure")
}

// answers returns the answer to every case.
func (r *authorizerRun) answers() []string {
	all := make([]string, len(r.cases))
	for i, c := range r.cases {
		all[i] = answer(r.ask(r.ctx, c))
	}
	return all
}

// undecided checks an Authorizer that cannot ask. What it knows without asking
// it may answer. But
//   - it allows nothing that it did not allow before;
//   - it does not refuse what it allowed before: that is an error of another
//     kind.
func (r *authorizerRun) undecided(before []string, ctx context.Context, when string) error {
	var fs faults
	for i, c := range r.cases {
		switch got := answer(r.ask(ctx, c)); {
		case got == isAllowed && before[i] != isAllowed:
			fs.addf("%s: %s before, %s with %s", c.Name, before[i], got, when)
		case strings.HasPrefix(got, isRefusedFor) && before[i] == isAllowed:
			fs.addf("%s: %s before, %s with %s, want an error that is no *partner.DeniedError", c.Name, before[i], got, when)
		}
	}
	return fs.err()
}

func answersAtOnce(r *authorizerRun) error {
	before := r.answers()
	var fs faults
	for i, err := range together(len(r.cases), func(i int) error { return r.ask(r.ctx, r.cases[i]) }) {
		if got := answer(err); got != before[i] {
			fs.addf("%s: asked alone %s, while others ask %s", r.cases[i].Name, before[i], got)
		}
	}
	return fs.err()
}
