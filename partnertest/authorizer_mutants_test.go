package partnertest_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/partnertest"
)

type authorize = func(ctx context.Context, r partner.Request) error

// deny is a refusal by an Authorizer of a host's own.
func deny(r partner.Request, reason partner.Reason) error {
	r.Actor.Roles = slices.Clone(r.Actor.Roles)
	return &partner.DeniedError{Request: r, Reason: reason}
}

func TestAuthorizerMutants(t *testing.T) {
	t.Parallel()
	policy := partner.DefaultPolicy()
	breaking := &partnertest.AuthorizerOptions{Break: func(a partner.Authorizer, err error) { a.(*remote).err = err }}
	// broken is the policy with something before it.
	broken := func(rule, name string, newAuthorize func() authorize) mutant {
		return mutant{rule, name, func() map[string]error {
			return partnertest.AuthorizerVerdicts(func() partner.Authorizer {
				return partner.AuthorizerFunc(newAuthorize())
			}, nil)
		}}
	}
	stateless := func(rule, name string, f authorize) mutant {
		return broken(rule, name, func() authorize { return f })
	}
	down := func(name string, f func(r partner.Request) error) mutant {
		return mutant{"failure-is-undecided", name, func() map[string]error {
			return partnertest.AuthorizerVerdicts(func() partner.Authorizer { return &remote{onFailure: f} }, breaking)
		}}
	}
	denied := func(ctx context.Context, r partner.Request) *partner.DeniedError {
		err, _ := errors.AsType[*partner.DeniedError](policy.Authorize(ctx, r))
		return err
	}

	testMutants(t, "Authorizer", []mutant{
		stateless("allows-what-the-policy-allows", "a role is forgotten", func(ctx context.Context, r partner.Request) error {
			if policy.Decide(r).Allowed && slices.Contains(r.Actor.Roles, partner.CoSellSolutionAdmin) {
				return deny(r, partner.ReasonRole)
			}
			return policy.Authorize(ctx, r)
		}),
		stateless("allows-what-the-policy-allows", "one role that may not is enough", func(ctx context.Context,
			r partner.Request) error {
			if policy.Decide(r).Allowed && slices.Contains(r.Actor.Roles, partner.GuestUser) {
				return deny(r, partner.ReasonRole)
			}
			return policy.Authorize(ctx, r)
		}),
		stateless("allows-what-the-policy-allows", "the API cannot be used at all", func(ctx context.Context,
			r partner.Request) error {
			if policy.Decide(r).Allowed && r.Actor.Channel == partner.API {
				return deny(r, partner.ReasonChannel)
			}
			return policy.Authorize(ctx, r)
		}),
		stateless("allows-what-the-policy-allows", "nil is not nil", func(ctx context.Context, r partner.Request) error {
			if r.Action == partner.UpdateLegalBusiness && policy.Decide(r).Allowed {
				return denied(ctx, r) // a nil pointer
			}
			return policy.Authorize(ctx, r)
		}),

		stateless("tenant-in-any-case", "tenants are compared as texts", func(ctx context.Context, r partner.Request) error {
			if policy.Decide(r).Allowed && r.TenantID != r.Actor.TenantID {
				return deny(r, partner.ReasonOtherTenant)
			}
			return policy.Authorize(ctx, r)
		}),

		stateless("refuses-what-the-policy-refuses", "a role may too much", func(ctx context.Context,
			r partner.Request) error {
			if slices.Equal(r.Actor.Roles, []partner.Role{partner.BillingAdmin}) {
				r.Actor.Roles = []partner.Role{partner.BillingAdmin, partner.GlobalAdmin}
				if policy.Decide(r).Allowed {
					return nil
				}
				r.Actor.Roles = r.Actor.Roles[:1]
			}
			return policy.Authorize(ctx, r)
		}),
		stateless("refuses-what-the-policy-refuses", "the API may update the contact", func(ctx context.Context,
			r partner.Request) error {
			if r.Action == partner.UpdateSecurityContact && policy.Decide(r).Reason == partner.ReasonChannel &&
				r.Actor.Channel == partner.API {
				return nil
			}
			return policy.Authorize(ctx, r)
		}),
		stateless("refuses-what-the-policy-refuses", "many roles are as good as one", func(ctx context.Context,
			r partner.Request) error {
			if len(r.Actor.Roles) > 10 {
				return nil
			}
			return policy.Authorize(ctx, r)
		}),

		lookAlike("roles in any case", func(r *partner.Request) {
			each(r, func(s string) string {
				if strings.EqualFold(s, string(partner.GlobalAdmin)) {
					return string(partner.GlobalAdmin)
				}
				return s
			})
		}),
		lookAlike("roles are trimmed, to view", func(r *partner.Request) {
			if r.Action == partner.ViewLegalProfile {
				each(r, strings.TrimSpace)
			}
		}),
		lookAlike("roles are trimmed, to update", func(r *partner.Request) {
			if r.Action == partner.UpdateSecurityContact {
				each(r, strings.TrimSpace)
			}
		}),
		lookAlike("roles in any width", func(r *partner.Request) {
			each(r, func(s string) string {
				return strings.Map(func(c rune) rune {
					if '\uff01' <= c && c <= '\uff5e' {
						return c - '\uff01' + '!'
					}
					return c
				}, s)
			})
		}),
		lookAlike("roles by their beginning", func(r *partner.Request) {
			each(r, func(s string) string {
				if strings.HasPrefix(s, "global_admin") {
					return "global_admin"
				}
				return s
			})
		}),
		lookAlike("actions are trimmed", func(r *partner.Request) {
			r.Action = partner.Action(strings.TrimSpace(string(r.Action)))
		}),
		lookAlike("actions in any case", func(r *partner.Request) {
			r.Action = partner.Action(strings.ToLower(string(r.Action)))
		}),
		lookAlike("channels in any case, to view", func(r *partner.Request) {
			if r.Action == partner.ViewLegalProfile {
				r.Actor.Channel = partner.Channel(strings.ToLower(string(r.Actor.Channel)))
			}
		}),
		lookAlike("channels in any case, to update", func(r *partner.Request) {
			if r.Action == partner.UpdateSecurityContact {
				r.Actor.Channel = partner.Channel(strings.ToLower(string(r.Actor.Channel)))
			}
		}),
		lookAlike("no channel is the portal", func(r *partner.Request) {
			if r.Actor.Channel == "" {
				r.Actor.Channel = partner.Portal
			}
		}),

		stateless("refuses-other-tenants", "tenants are trimmed", trimTenants(strings.TrimSpace)),
		stateless("refuses-other-tenants", "tenants by their digits",
			trimTenants(func(s string) string { return strings.ReplaceAll(s, "-", "") })),
		stateless("refuses-other-tenants", "tenants by their beginning",
			trimTenants(func(s string) string { return s[:min(len(s), 35)] })),
		stateless("refuses-other-tenants", "nowhere is everywhere", func(ctx context.Context, r partner.Request) error {
			if r.Actor.ID != "" && r.TenantID == "" {
				return nil
			}
			return policy.Authorize(ctx, r)
		}),

		stateless("refuses-nobody", "everybody may look", func(ctx context.Context, r partner.Request) error {
			if r.Actor.ID == "" && r.Action == partner.ViewLegalProfile {
				return nil
			}
			return policy.Authorize(ctx, r)
		}),

		stateless("refusal-is-a-denied-error", "an error of its own", func(ctx context.Context, r partner.Request) error {
			if policy.Decide(r).Reason == partner.ReasonRole {
				return errors.New("no")
			}
			return policy.Authorize(ctx, r)
		}),
		stateless("refusal-is-a-denied-error", "a nil pointer", func(ctx context.Context, r partner.Request) error {
			if r.Action == "" || r.Action == "delete_legal_profile" {
				return (*partner.DeniedError)(nil)
			}
			return policy.Authorize(ctx, r)
		}),
		stateless("refusal-is-a-denied-error", "the sentinel alone", func(ctx context.Context, r partner.Request) error {
			if policy.Authorize(ctx, r) != nil {
				return partner.ErrDenied
			}
			return nil
		}),

		stateless("reason-is-the-policys", "the channel is looked at first", func(ctx context.Context,
			r partner.Request) error {
			if policy.Decide(r).Reason == partner.ReasonRole && r.Action == partner.UpdateSecurityContact &&
				r.Actor.Channel != partner.Portal {
				return deny(r, partner.ReasonChannel)
			}
			return policy.Authorize(ctx, r)
		}),
		stateless("reason-is-the-policys", "there is none", func(ctx context.Context, r partner.Request) error {
			if policy.Decide(r).Allowed {
				return nil
			}
			return deny(r, "")
		}),

		stateless("refusal-holds-the-request", "it is left out", func(ctx context.Context, r partner.Request) error {
			if d := policy.Decide(r); !d.Allowed {
				return &partner.DeniedError{Reason: d.Reason}
			}
			return nil
		}),
		stateless("refusal-holds-the-request", "without the roles", func(ctx context.Context, r partner.Request) error {
			reason := policy.Decide(r).Reason
			if r.Actor.Roles = nil; reason != partner.ReasonAllowed {
				return deny(r, reason)
			}
			return nil
		}),

		stateless("error-names-nobody", "who was refused", func(ctx context.Context, r partner.Request) error {
			if err := policy.Authorize(ctx, r); err != nil {
				return fmt.Errorf("%s: %w", r.Actor.ID, err)
			}
			return nil
		}),

		stateless("roles-unchanged", "they are sorted", func(ctx context.Context, r partner.Request) error {
			err := policy.Authorize(ctx, r)
			slices.Sort(r.Actor.Roles)
			return err
		}),
		stateless("roles-unchanged", "one is appended", func(ctx context.Context, r partner.Request) error {
			_ = append(r.Actor.Roles, "everybody")
			return policy.Authorize(ctx, r)
		}),

		stateless("roles-not-kept", "they are not cloned", func(_ context.Context, r partner.Request) error {
			if d := policy.Decide(r); !d.Allowed {
				return &partner.DeniedError{Request: r, Reason: d.Reason}
			}
			return nil
		}),

		broken("pure", "a request is answered twice and no more", func() authorize {
			var mu sync.Mutex
			count := make(map[string]int)
			return func(ctx context.Context, r partner.Request) error {
				mu.Lock()
				defer mu.Unlock()
				key := requestKey(r)
				if count[key]++; count[key] > 2 {
					return errors.New("too often")
				}
				return policy.Authorize(ctx, r)
			}
		}),

		stateless("done-context-allows-nothing-more", "it fails open", func(ctx context.Context, r partner.Request) error {
			if ctx.Err() != nil {
				return nil
			}
			return policy.Authorize(ctx, r)
		}),
		stateless("done-context-allows-nothing-more", "it calls that a refusal", func(ctx context.Context,
			r partner.Request) error {
			if ctx.Err() != nil {
				return deny(r, partner.ReasonRole)
			}
			return policy.Authorize(ctx, r)
		}),

		down("it fails open", func(partner.Request) error { return nil }),
		down("it calls that a refusal", func(r partner.Request) error { return deny(r, partner.ReasonRole) }),

		broken("answers-at-once", "answers get mixed up", func() authorize {
			var mu sync.Mutex
			var shared partner.Request
			return func(ctx context.Context, r partner.Request) error {
				mu.Lock()
				shared = r
				mu.Unlock()
				time.Sleep(time.Millisecond)
				mu.Lock()
				defer mu.Unlock()
				return policy.Authorize(ctx, shared)
			}
		}),
	})
}

// lookAlike is the policy for requests whose words are made nicer.
func lookAlike(name string, nicer func(r *partner.Request)) mutant {
	policy := partner.DefaultPolicy()
	return mutant{"refuses-look-alikes", name, func() map[string]error {
		return partnertest.AuthorizerVerdicts(func() partner.Authorizer {
			return partner.AuthorizerFunc(func(ctx context.Context, r partner.Request) error {
				nice := r
				nice.Actor.Roles = slices.Clone(r.Actor.Roles)
				if nicer(&nice); policy.Decide(nice).Allowed {
					return nil
				}
				return policy.Authorize(ctx, r)
			})
		}, nil)
	}}
}

// each changes every role of r.
func each(r *partner.Request, change func(string) string) {
	for i, role := range r.Actor.Roles {
		r.Actor.Roles[i] = partner.Role(change(string(role)))
	}
}

// trimTenants is the policy for tenants that are compared after a change.
func trimTenants(change func(string) string) authorize {
	policy := partner.DefaultPolicy()
	return func(ctx context.Context, r partner.Request) error {
		same := r
		same.TenantID, same.Actor.TenantID = change(r.TenantID), change(r.Actor.TenantID)
		if policy.Decide(same).Allowed {
			return nil
		}
		return policy.Authorize(ctx, r)
	}
}

// remote is an Authorizer that asks somebody else, who may fail.
type remote struct {
	err       error
	onFailure func(r partner.Request) error
}

func (a *remote) Authorize(ctx context.Context, r partner.Request) error {
	if a.err == nil {
		return partner.DefaultPolicy().Authorize(ctx, r)
	}
	if a.onFailure != nil {
		return a.onFailure(r)
	}
	return fmt.Errorf("the policy server: %w", a.err)
}

// A function that was forgotten lets nobody in, and the kit says so.
func TestNilFunctionRefuses(t *testing.T) {
	t.Parallel()
	err := partnertest.TestAuthorizer(partner.AuthorizerFunc(nil), nil)
	broken, ok := errors.AsType[partnertest.RuleErrors](err)
	require.True(t, ok)
	var names []string
	for _, b := range broken {
		names = append(names, b.Rule.Name)
	}
	require.Contains(t, names, "allows-what-the-policy-allows")
	require.NotContains(t, names, "refusal-is-a-denied-error", "what it says is a refusal")
}

// A policy of the host's is asked for in its own words, too.
func TestWordsOfAPolicyAreAsked(t *testing.T) {
	t.Parallel()
	policy := append(partner.DefaultPolicy(), partner.Rule{
		Action: "export_legal_profile", Roles: []partner.Role{"auditor"}, Channels: []partner.Channel{"cli"},
	})
	err := partnertest.TestAuthorizer(partner.DefaultPolicy(), &partnertest.AuthorizerOptions{Policy: policy})
	require.ErrorContains(t, err, "allows-what-the-policy-allows: auditor export_legal_profile cli: ")
	// The reasons differ as well: nobody else may export, but not because the
	// action is unknown.
	require.ErrorContains(t, err, "reason-is-the-policys: global_admin export_legal_profile portal: ")
}

func TestGoodAuthorizers(t *testing.T) {
	t.Parallel()
	policy := partner.DefaultPolicy()
	generous := append(partner.DefaultPolicy(), partner.Rule{
		Action: "export_legal_profile", Roles: []partner.Role{"auditor", partner.SalesAgent},
		Channels: []partner.Channel{"cli", partner.API},
	})
	for _, c := range []struct {
		name, why     string
		newAuthorizer func() partner.Authorizer
		opts          *partnertest.AuthorizerOptions
	}{
		{
			name: "the default policy", why: "it is what the kit describes",
			newAuthorizer: func() partner.Authorizer { return policy },
		},
		{
			name: "a policy of the host's", why: "its own words are asked for as well",
			newAuthorizer: func() partner.Authorizer { return generous },
			opts:          &partnertest.AuthorizerOptions{Policy: generous},
		},
		{
			name: "the empty policy", why: "it refuses everything, which is not the default",
			newAuthorizer: func() partner.Authorizer { return partner.Policy(nil) },
			opts:          &partnertest.AuthorizerOptions{Policy: partner.Policy{}},
		},
		{
			name: "a nil function", why: "it refuses everything, as the empty policy does",
			newAuthorizer: func() partner.Authorizer { return partner.AuthorizerFunc(nil) },
			opts:          &partnertest.AuthorizerOptions{Policy: partner.Policy{}},
		},
		{
			name: "reasons of its own", why: "an engine that only says yes or no",
			newAuthorizer: func() partner.Authorizer {
				return partner.AuthorizerFunc(func(_ context.Context, r partner.Request) error {
					if policy.Decide(r).Allowed {
						return nil
					}
					return deny(r, "the engine said no")
				})
			},
			opts: &partnertest.AuthorizerOptions{ReasonsDiffer: true},
		},
		{
			name: "a policy server", why: "it is undecided while the server is down",
			newAuthorizer: func() partner.Authorizer { return new(remote) },
			opts: &partnertest.AuthorizerOptions{
				Break: func(a partner.Authorizer, err error) { a.(*remote).err = err },
			},
		},
		{
			name: "a policy that looks at the context", why: "to give up is neither to allow nor to refuse",
			newAuthorizer: func() partner.Authorizer {
				return partner.AuthorizerFunc(func(ctx context.Context, r partner.Request) error {
					if ctx.Err() != nil {
						return ctx.Err()
					}
					return policy.Authorize(ctx, r)
				})
			},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) { testGood(t, partnertest.AuthorizerVerdicts(c.newAuthorizer, c.opts)) })
		})
	}
}
