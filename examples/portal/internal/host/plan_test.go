package host_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/partnertest"
)

const first = `{"tell": ["routed"], "wait": "1h"}`

func TestParsePlanRefuses(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, why, file, says string }{
		{"no JSON", "the place is told", `steps: 1`, "not such a file"},
		{"a word that is misspelt", "it would be ignored", `{"steps":[` + first + `],"repeats":1}`, "repeats"},
		{"two policies", "which one counts", `{"steps":[` + first + `]}{}`, "follows"},
		{"no steps", "nobody would be told", `{}`, "/steps: "},
		{"no time", "it would not wait", `{"steps":[{"tell":["routed"]}]}`, "/steps/0/wait"},
		{"a time of none", "Check says so", `{"steps":[{"tell":["routed"],"wait":"0s"}]}`, "/steps/0/timeout"},
		{"too many rounds", "Check says so", `{"steps":[` + first + `],"repeat":100}`, "/repeat"},
		{"another first step", "an incident is told to whom routing tells",
			`{"steps":[{"tell":["global_admin"],"wait":"1h"}]}`, "/steps/0: "},
		{"the first step by phone", "routing says how",
			`{"steps":[{"tell":["routed"],"by":"phone","wait":"1h"}]}`, "/steps/0: "},
		{"nobody", "a step without anybody takes no time", `{"steps":[` + first + `,{"wait":"1h"}]}`, "/steps/1/tell"},
		{"an audience that is none", "", `{"steps":[` + first + `,{"tell":["boss"],"wait":"1h"}]}`, "/steps/1/tell"},
		{"a medium that is none", "",
			`{"steps":[` + first + `,{"tell":["global_admin"],"by":"fax","wait":"1h"}]}`, "/steps/1/by"},
		{"an answer that ran out before", "", `{"steps":[` + first + `],"answerHolds":"-1h"}`, "/answerHolds"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := host.ParsePlan([]byte(tt.file))
			require.ErrorContains(t, err, tt.says, tt.why)
		})
	}
}

func TestPlan(t *testing.T) {
	t.Parallel()
	plan, err := host.ParsePlan([]byte(`{"steps": [` + first + `,
		{"tell": ["security_contact"], "by": "phone", "wait": "30m"},
		{"tell": ["admin_agent", "global_admin"], "by": "mail", "wait": "2h"},
		{"tell": ["subscriber"], "by": "phone", "wait": "1m"}
	], "repeat": 2, "answerHolds": "3h"}`))
	require.NoError(t, err)
	i, impact := partnertest.Incident(partner.CredentialCompromise), partnertest.Impact(0)
	impact.AdminAgents = []partner.Recipient{{Email: "agents@contoso.com", Phone: "+14255550142"}}
	impact.GlobalAdmins = []partner.Recipient{{Email: "admin@contoso.com"}}
	hook := partner.Recipient{Medium: partner.MediumWebhook, URL: "https://hooks.contoso.com/tickets"}
	impact.Subscribers = []partner.Recipient{hook}
	route := partner.Routing{}.Route(i, impact)
	contact := impact.SecurityContact
	hook.Audience = partner.ToSubscriber
	policy := plan.For(partner.Routing{}, i, impact)
	assert.Empty(t, policy.Check())
	assert.Equal(t, escalation.Policy{Repeat: 2, AckTimeout: 3 * time.Hour, Steps: []escalation.Step{
		{Recipients: route.Recipients, Timeout: time.Hour},
		{Timeout: 30 * time.Minute, Recipients: []partner.Recipient{{
			Audience: partner.ToSecurityContact, Medium: partner.MediumPhone,
			Name: contact.DisplayName(), Email: contact.Email, Phone: contact.Phone,
		}}},
		{Timeout: 2 * time.Hour, Recipients: []partner.Recipient{
			{Audience: partner.ToAdminAgent, Email: "agents@contoso.com", Phone: "+14255550142"},
			{Audience: partner.ToGlobalAdmin, Email: "admin@contoso.com"},
		}},
		{Timeout: time.Minute, Recipients: []partner.Recipient{hook}}, // by what it registered
	}}, policy)

	i.Kind = partner.AzureFraud
	policy = plan.For(partner.Routing{}, i, impact)
	assert.Empty(t, policy.Steps[1].Recipients, "the contact is not called for Azure fraud")
	assert.Equal(t, partner.ToAdminAgent, policy.Steps[0].Recipients[0].Audience, "routing says who is told first")
	impact.Rights = 0
	assert.Empty(t, plan.For(partner.Routing{}, i, impact).Steps, "a partner without rights is not told")
	var none *host.Plan
	assert.Equal(t, escalation.DefaultPolicy(partner.Routing{}, i, partnertest.Impact(0)),
		none.For(partner.Routing{}, i, partnertest.Impact(0)))
}

// Every step speaks the partner's language, and to whom has one of their own
// that one.
func TestPlanKeepsLanguages(t *testing.T) {
	t.Parallel()
	plan, err := host.ParsePlan([]byte(`{"steps": [` + first + `,
		{"tell": ["security_contact"], "by": "phone", "wait": "30m"},
		{"tell": ["admin_agent", "global_admin"], "by": "mail", "wait": "2h"},
		{"tell": ["subscriber"], "by": "phone", "wait": "1m"}]}`))
	require.NoError(t, err)
	i, impact := partnertest.Incident(partner.CredentialCompromise), partnertest.Impact(0)
	impact.Language = "pl"
	impact.AdminAgents = []partner.Recipient{{Email: "agents@contoso.com", Language: "nl"}}
	impact.GlobalAdmins = []partner.Recipient{{Email: "admin@contoso.com"}}
	impact.Subscribers = []partner.Recipient{{Medium: partner.MediumWebhook, URL: "https://hooks.contoso.com/tickets"}}
	for _, step := range plan.For(partner.Routing{}, i, impact).Steps {
		for _, r := range step.Recipients {
			want := "pl"
			if r.Audience == partner.ToAdminAgent {
				want = "nl"
			}
			assert.Equal(t, want, r.Language, r.Audience)
		}
	}
}
