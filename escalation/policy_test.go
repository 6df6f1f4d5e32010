package escalation_test

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
)

const (
	contoso  = "3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10"
	customer = "9a8b7c6d-5e4f-4032-8110-2f3e4d5c6b7a"
)

func incident() partner.Incident {
	detected := time.Date(2026, time.November, 23, 14, 5, 0, 0, time.UTC)
	return partner.Incident{
		ID: "INC-2026-0042", TenantID: customer, Kind: partner.CredentialCompromise, Severity: partner.IncidentHigh,
		Title: "Sign-ins with a stolen password", Actions: []string{"Revoke the sessions."},
		DetectedAt: detected, RespondBy: detected.Add(24 * time.Hour),
	}
}

func impact() partner.Impact {
	return partner.Impact{
		PartnerTenantID: contoso, CompanyName: "Contoso", Rights: partner.GranularAdmin,
		SecurityContact: partner.NewGroupContact("Contoso SOC", "soc@contoso.com", "+14255550100"),
		AdminAgents:     []partner.Recipient{{Name: "Agent", Email: "agent@contoso.com"}},
		GlobalAdmins:    []partner.Recipient{{Name: "Admin", Email: "admin@contoso.com"}},
	}
}

// brief writes a policy as one line for each step:
// "1h0m0s: security_contact soc@contoso.com".
func brief(p escalation.Policy) []string {
	lines := []string{}
	for _, step := range p.Steps {
		var who []string
		for _, r := range step.Recipients {
			who = append(who, strings.TrimSuffix(fmt.Sprintf("%s %s %s", r.Audience, r.Address(), r.Medium), " "))
		}
		lines = append(lines, step.Timeout.String()+": "+strings.Join(who, ", "))
	}
	return lines
}

func TestDefaultPolicy(t *testing.T) {
	t.Parallel()
	const (
		soc   = "1h0m0s: security_contact soc@contoso.com"
		call  = "1h0m0s: security_contact +14255550100 phone"
		agent = "4h0m0s: admin_agent agent@contoso.com"
		admin = "18h0m0s: global_admin admin@contoso.com"
	)
	for _, c := range []struct {
		name   string
		why    string
		change func(r *partner.Routing, i *partner.Incident, m *partner.Impact)
		want   []string
	}{
		{"all four", "24 h in all", func(*partner.Routing, *partner.Incident, *partner.Impact) {},
			[]string{soc, call, agent, admin}},
		{"no rights", "a route with GapNoRights has no steps",
			func(_ *partner.Routing, _ *partner.Incident, m *partner.Impact) {
				m.Rights = 0
			}, []string{}},
		{"the partner's own tenant", "no rights are needed there",
			func(_ *partner.Routing, i *partner.Incident, m *partner.Impact) {
				m.Rights, i.TenantID = 0, strings.ToUpper(contoso)
			}, []string{soc, call, agent, admin}},
		{"not enough rights", "the routing's options count",
			func(r *partner.Routing, _ *partner.Incident, _ *partner.Impact) {
				r.RequireResellerAndAdmin = true
			}, []string{}},
		{"fraud", "admin agents are told first, and nobody is called",
			func(_ *partner.Routing, i *partner.Incident, _ *partner.Impact) {
				i.Kind = partner.AzureFraud
			}, []string{"1h0m0s: admin_agent agent@contoso.com", admin}},
		{"a kind of fraud, to the contact as well", "nobody is called whatever the options",
			func(r *partner.Routing, i *partner.Incident, _ *partner.Impact) {
				i.Kind, r.FraudToSecurityContact = "azure_fraud.crypto_mining", true
			}, []string{"1h0m0s: admin_agent agent@contoso.com, security_contact soc@contoso.com", admin}},
		{"no phone", "a step without anybody is left out",
			func(_ *partner.Routing, _ *partner.Incident, m *partner.Impact) {
				m.SecurityContact.Phone = "911"
			}, []string{soc, agent, admin}},
		{"no address", "the phone alone is something",
			func(_ *partner.Routing, _ *partner.Incident, m *partner.Impact) {
				m.SecurityContact.Email = ""
			}, []string{call, agent, admin}},
		{"no contact", "the others are told sooner", func(_ *partner.Routing, _ *partner.Incident, m *partner.Impact) {
			m.SecurityContact = partner.SecurityContact{}
		}, []string{agent, admin}},
		{"no contact, with the fallback", "who was told first is not told again",
			func(r *partner.Routing, _ *partner.Incident, m *partner.Impact) {
				m.SecurityContact, r.FallBackToGlobalAdmins = partner.SecurityContact{}, true
			}, []string{"1h0m0s: global_admin admin@contoso.com", agent}},
		{"nobody at all", "there is nothing to take time",
			func(_ *partner.Routing, _ *partner.Incident, m *partner.Impact) {
				*m = partner.Impact{PartnerTenantID: contoso, Rights: partner.Reseller}
			}, []string{}},
		{"one mailbox for all", "nobody is told twice by the same medium, however it is spelled",
			func(_ *partner.Routing, _ *partner.Incident, m *partner.Impact) {
				m.AdminAgents[0].Email, m.GlobalAdmins[0].Email = "SOC@contoso.com", " soc@CONTOSO.com"
			}, []string{soc, call}},
		{"some of a step told before", "the rest is told",
			func(_ *partner.Routing, _ *partner.Incident, m *partner.Impact) {
				m.GlobalAdmins = append(m.GlobalAdmins, m.AdminAgents[0], partner.Recipient{Email: "x@localhost"},
					partner.Recipient{Email: "second@contoso.com"})
			}, []string{soc, call, agent, admin + ", global_admin second@contoso.com"}},
		{"subscribers", "they are told by their own media, and the contact's number once",
			func(_ *partner.Routing, _ *partner.Incident, m *partner.Impact) {
				m.Subscribers = []partner.Recipient{
					{URL: "https://tickets.contoso.com/in", Medium: partner.MediumWebhook},
					{Phone: "+1 425 555 0100", Medium: partner.MediumPhone},
				}
			}, []string{soc + ", subscriber https://tickets.contoso.com/in webhook, subscriber +14255550100 phone", agent,
				admin}},
		{"agents with a medium", "they are told by mail",
			func(_ *partner.Routing, _ *partner.Incident, m *partner.Impact) {
				m.AdminAgents = []partner.Recipient{
					{Email: "agent@contoso.com", Phone: "+14255550142", Medium: partner.MediumPhone},
					{Phone: "+14255550143", Medium: partner.MediumPhone},
				}
			}, []string{soc, call, agent, admin}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r, i, m := partner.Routing{}, incident(), impact()
			c.change(&r, &i, &m)
			p := escalation.DefaultPolicy(r, i, m)
			assert.Equal(t, c.want, brief(p), c.why)
			assert.Zero(t, p.Repeat)
			assert.Equal(t, 4*time.Hour, p.AckTimeout, "one click does not silence all")
			if len(p.Steps) > 0 {
				assert.Empty(t, p.Check())
			}
		})
	}
}

// What a caller appends to one step does not reach another, nor the impact.
func TestDefaultPolicySharesNothing(t *testing.T) {
	t.Parallel()
	m := impact()
	p := escalation.DefaultPolicy(partner.Routing{}, incident(), m)
	for i := range p.Steps {
		p.Steps[i].Recipients = append(p.Steps[i].Recipients, partner.Recipient{Email: "more@contoso.com"})
		p.Steps[i].Recipients[0] = partner.Recipient{}
	}
	for _, step := range p.Steps {
		assert.Equal(t, partner.Recipient{}, step.Recipients[0])
		assert.Equal(t, "more@contoso.com", step.Recipients[1].Email)
	}
	assert.Equal(t, impact(), m)
}

func TestPolicyCheck(t *testing.T) {
	t.Parallel()
	step := func(timeout time.Duration) escalation.Step { return escalation.Step{Timeout: timeout} }
	for _, c := range []struct {
		name string
		why  string
		give escalation.Policy
		want []string
	}{
		{"the zero value", "it has no steps", escalation.Policy{}, []string{"/steps escalation.steps"}},
		{"the least", "nobody needs to be in a step", escalation.Policy{Steps: []escalation.Step{step(1)}}, nil},
		{"no timeout", "it must be above 0", escalation.Policy{Steps: []escalation.Step{step(0)}},
			[]string{"/steps/0/timeout escalation.timeout"}},
		{"a negative timeout", "all are told, in order",
			escalation.Policy{Steps: []escalation.Step{step(1), step(-1), step(math.MinInt64)}, Repeat: 100},
			[]string{"/steps/1/timeout escalation.timeout", "/steps/2/timeout escalation.timeout",
				"/repeat escalation.repeat"}},
		{"repeats", "99 at most", escalation.Policy{Steps: []escalation.Step{step(1)}, Repeat: 99}, nil},
		{"one too many", "99 at most", escalation.Policy{Steps: []escalation.Step{step(1)}, Repeat: 100},
			[]string{"/repeat escalation.repeat"}},
		{"negative repeats", "0 at least", escalation.Policy{Repeat: -1},
			[]string{"/steps escalation.steps", "/repeat escalation.repeat"}},
		{"a negative hold", "it counts as none", escalation.Policy{Steps: []escalation.Step{step(1)}, AckTimeout: -1},
			nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			fs := c.give.Check()
			var got []string
			for _, f := range fs {
				got = append(got, f.Path+" "+string(f.Code))
				assert.Equal(t, partner.SeverityError, f.Severity)
				assert.Equal(t, f.Code.Message(), f.Message)
			}
			assert.Equal(t, c.want, got, c.why)
			if len(c.want) > 0 {
				assert.ErrorIs(t, fs.Err(), partner.ErrInvalid)
			}
		})
	}
}

// The form in which hosts store a policy.
func TestPolicyJSON(t *testing.T) {
	t.Parallel()
	p := escalation.Policy{
		Steps: []escalation.Step{{Recipients: []partner.Recipient{{Email: "soc@contoso.com"}}, Timeout: time.Hour},
			{Timeout: 1}}, Repeat: 2, AckTimeout: time.Minute,
	}
	data, err := json.Marshal(p)
	require.NoError(t, err)
	const form = `{"steps":[{"recipients":[{"audience":"","email":"soc@contoso.com"}],"timeout":3600000000000},` +
		`{"recipients":null,"timeout":1}],` +
		`"repeat":2,"ackTimeout":60000000000}`
	assert.JSONEq(t, form, string(data))
	var back escalation.Policy
	require.NoError(t, json.Unmarshal(data, &back))
	assert.Equal(t, p, back)
}

// Whoever is told later reads the same language as who was told first.
func TestDefaultPolicyKeepsTheLanguage(t *testing.T) {
	t.Parallel()
	policy := escalation.DefaultPolicy(partner.Routing{}, partner.Incident{TenantID: "t"}, partner.Impact{
		PartnerTenantID: "t", Language: "de",
		SecurityContact: partner.SecurityContact{FirstName: "SOC", Email: "soc@contoso.com", Phone: "+14255550100"},
		GlobalAdmins:    []partner.Recipient{{Email: "admin@contoso.com", Language: "fr"}},
	})
	var got []string
	for _, step := range policy.Steps {
		for _, r := range step.Recipients {
			got = append(got, r.Language)
		}
	}
	assert.Equal(t, []string{"de", "de", "fr"}, got)
}
