package main

import (
	"context"
	"fmt"
	"sync"

	"github.com/cedar-policy/cedar-go"

	"github.com/cspkit/partner"
)

// revision is a change that somebody asks for: a profile as it is stored, and
// as it came from a form. Two fields of the security contact differ, and every
// other number is written with spaces.
type revision struct {
	by                partner.Actor
	current, proposed *partner.LegalProfile

	view, update cedarQuestion // what Cedar is asked, ready made
}

// revisions are the shared work: one for each of profiles.
var revisions = sync.OnceValue(func() []*revision {
	pairs := [...][2]partner.Field{
		{partner.FieldSecurityContactFirstName, partner.FieldSecurityContactPhone},
		{partner.FieldSecurityContactLastName, partner.FieldSecurityContactEmail},
		{partner.FieldSecurityContactEmail, partner.FieldSecurityContactPhone},
	}
	all := make([]*revision, len(profiles()))
	for i, current := range profiles() {
		proposed, n := *current, dialledNumbers()[contactsMade-1-i]
		for _, f := range pairs[i%len(pairs)] {
			switch f {
			case partner.FieldSecurityContactEmail:
				proposed.SetValue(f, fmt.Sprintf("soc-%d@%s", i, domains[(i+1)%len(domains)]))
			case partner.FieldSecurityContactPhone:
				proposed.SetValue(f, n.e164)
				if i%2 == 0 {
					proposed.SetValue(f, n.spaced)
				}
			default:
				proposed.SetValue(f, "Chris")
			}
		}
		r := &revision{
			by: partner.Actor{
				ID: fmt.Sprint("user-", i), TenantID: current.TenantID, Channel: partner.Portal,
				Roles: []partner.Role{partner.AdminAgent, partner.GlobalAdmin},
			},
			current: current, proposed: &proposed,
		}
		request := partner.Request{Actor: r.by, Action: partner.ViewLegalProfile, TenantID: current.TenantID}
		r.view = newCedarQuestion(request)
		request.Action = partner.UpdateSecurityContact
		r.update = newCedarQuestion(request)
		all[i] = r
	}
	return all
})

// revised is what a host wants to know of a revision: the number that is
// stored, which fields changed, and the verdict.
type revised struct {
	phone        string
	changed      partner.FieldSet
	verification partner.Verification
	err          error
}

func (r revised) String() string { return fmt.Sprint(r.err, " ", r.phone, r.changed, r.verification) }

func openRevise() (func(*revision) revised, error) {
	var policy partner.Authorizer = partner.DefaultPolicy()
	return func(r *revision) revised {
		done, err := partner.Revise(context.Background(), policy, r.by, *r.current, *r.proposed)
		return revised{done.After.SecurityContact.Phone, done.Changed, done.Verification, err}
	}, nil
}

// openReviseByHand takes the same steps with what a host would pick: Cedar for
// the two decisions, phonenumbers for the number, go-cmp for the difference and
// validator for the section that changed.
func openReviseByHand() (func(*revision) revised, error) {
	policies, err := cedar.NewPolicySetFromBytes("policy.cedar", cedarPolicy)
	if err != nil {
		return nil, err
	}
	v, err := newPhoneValidator()
	return func(r *revision) revised {
		if d := r.view.ask(policies); !d.Allowed {
			return revised{err: fmt.Errorf("refused: %s", d.Reason)}
		}
		after := *r.proposed
		if after.SecurityContact.Phone != r.current.SecurityContact.Phone {
			after.SecurityContact.Phone = normalizeWithPhonenumbers(after.SecurityContact.Phone, "")
		}
		change := diffWithCmp(pair{r.current, &after})
		if d := r.update.ask(policies); !d.Allowed {
			return revised{err: fmt.Errorf("refused: %s", d.Reason)}
		}
		if err := v.Struct((*taggedPhone)(&after.SecurityContact)); err != nil {
			return revised{err: err}
		}
		out := revised{phone: after.SecurityContact.Phone, verification: change.verification}
		for _, path := range change.fields {
			out.changed |= partner.NewFieldSet(fieldsByPath[path])
		}
		return out
	}, err
}

// fieldsByPath are the fields by the paths of go-cmp.
var fieldsByPath = map[string]partner.Field{
	"SecurityContact.FirstName": partner.FieldSecurityContactFirstName,
	"SecurityContact.LastName":  partner.FieldSecurityContactLastName,
	"SecurityContact.Email":     partner.FieldSecurityContactEmail,
	"SecurityContact.Phone":     partner.FieldSecurityContactPhone,
}
