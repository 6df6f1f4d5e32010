package host

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/policyfile"
)

// Plan is an operator's own policy, of which one for each partner is made. A
// nil Plan is escalation.DefaultPolicy.
type Plan struct {
	steps  []planStep
	repeat int
	holds  time.Duration
}

type planStep struct {
	tell []partner.Audience // "" is whom routing tells
	by   partner.Medium
	wait time.Duration
}

// routed stands in a plan for whom routing tells.
const routed = "routed"

// planAudiences are the words of a plan for who is told.
var planAudiences = map[string]partner.Audience{
	routed:             "",
	"security_contact": partner.ToSecurityContact,
	"admin_agent":      partner.ToAdminAgent,
	"global_admin":     partner.ToGlobalAdmin,
	"subscriber":       partner.ToSubscriber,
}

// planMedia are the words of a plan for how somebody is told.
var planMedia = map[string]partner.Medium{
	"": partner.MediumMail, "mail": partner.MediumMail, "phone": partner.MediumPhone,
}

// ParsePlan reads a plan:
//
//	{
//	  "steps": [
//	    {"tell": ["routed"], "wait": "1h"},
//	    {"tell": ["security_contact"], "by": "phone", "wait": "1h"},
//	    {"tell": ["admin_agent", "global_admin"], "wait": "22h"}
//	  ],
//	  "repeat": 0,
//	  "answerHolds": "4h"
//	}
//
// The first step tells whom routing tells, and nobody else. The error names the
// place, as escalation.Policy.Check does.
func ParsePlan(data []byte) (*Plan, error) {
	var file struct {
		Steps []struct {
			Tell []string `json:"tell"`
			By   string   `json:"by"`
			Wait string   `json:"wait"`
		} `json:"steps"`
		Repeat      int    `json:"repeat"`
		AnswerHolds string `json:"answerHolds"`
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&file); err != nil {
		return nil, fmt.Errorf("it is not such a file: %w", err)
	}
	if err := decoder.Decode(new(any)); !errors.Is(err, io.EOF) {
		return nil, errors.New("something follows the policy")
	}
	p := &Plan{repeat: file.Repeat}
	var err error
	for i, s := range file.Steps {
		at := fmt.Sprintf("/steps/%d", i)
		step := planStep{}
		var known bool
		if step.by, known = planMedia[s.By]; !known {
			return nil, fmt.Errorf(`%s/by: it is "mail" or "phone"`, at)
		}
		if step.wait, err = policyfile.Duration(s.Wait); err != nil {
			return nil, fmt.Errorf(`%s/wait: it is a time such as "1h" or "90m"`, at)
		}
		for _, word := range s.Tell {
			audience, known := planAudiences[word]
			if !known {
				return nil, fmt.Errorf("%s/tell: it has routed, security_contact, admin_agent, global_admin and subscriber", at)
			}
			step.tell = append(step.tell, audience)
		}
		if only := len(s.Tell) == 1 && s.Tell[0] == routed && s.By == ""; i == 0 && !only {
			return nil, errors.New(`/steps/0: the first step tells ["routed"], and has no "by"`)
		}
		if len(s.Tell) == 0 {
			return nil, fmt.Errorf("%s/tell: it names nobody", at)
		}
		p.steps = append(p.steps, step)
	}
	if file.AnswerHolds != "" {
		if p.holds, err = policyfile.Duration(file.AnswerHolds); err != nil {
			return nil, errors.New(`/answerHolds: it is a time such as "4h"; without it an answer holds until the case ends`)
		}
	}
	if findings := p.policy(partner.Route{}, partner.Incident{}, partner.Impact{}).Check(); len(findings) > 0 {
		return nil, fmt.Errorf("%s: %s", findings[0].Path, findings[0].Message)
	}
	return p, nil
}

// For returns the policy for one partner of an incident. There are no steps if
// the partner lacks rights. The security contact is not told of Azure fraud,
// unless routing tells it.
func (p *Plan) For(routing partner.Routing, i partner.Incident, impact partner.Impact) escalation.Policy {
	if p == nil {
		return escalation.DefaultPolicy(routing, i, impact)
	}
	route := routing.Route(i, impact)
	if route.Gap == partner.GapNoRights {
		return escalation.Policy{AckTimeout: p.holds}
	}
	return p.policy(route, i, impact)
}

func (p *Plan) policy(route partner.Route, i partner.Incident, impact partner.Impact) escalation.Policy {
	policy := escalation.Policy{Repeat: p.repeat, AckTimeout: p.holds}
	for _, s := range p.steps {
		step := escalation.Step{Timeout: s.wait}
		for _, audience := range s.tell {
			step.Recipients = append(step.Recipients, whoIs(audience, s.by, route, i, impact)...)
		}
		policy.Steps = append(policy.Steps, step)
	}
	return policy
}

// whoIs returns the people of an audience, by a medium. Routed and subscribers
// have media of their own.
func whoIs(
	audience partner.Audience, by partner.Medium, route partner.Route, i partner.Incident, impact partner.Impact,
) []partner.Recipient {
	var from []partner.Recipient
	switch audience {
	case "":
		return route.Recipients
	case partner.ToSubscriber:
		from = impact.Subscribers
	case partner.ToSecurityContact:
		if c := impact.SecurityContact; !i.Kind.Is(partner.AzureFraud) {
			from = []partner.Recipient{{Name: c.DisplayName(), Email: c.Email, Phone: c.Phone}}
		}
	case partner.ToAdminAgent:
		from = impact.AdminAgents
	case partner.ToGlobalAdmin:
		from = impact.GlobalAdmins
	}
	list := make([]partner.Recipient, len(from))
	for n, r := range from {
		r.Audience = audience
		if audience != partner.ToSubscriber {
			r.Medium = by
		}
		r.Language = cmp.Or(r.Language, impact.Language)
		list[n] = r
	}
	return list
}
