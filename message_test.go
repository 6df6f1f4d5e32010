package partner_test

import (
	"bytes"
	"context"
	"flag"
	htmltemplate "html/template"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	texttemplate "text/template"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/cspkit/partner"
)

// update rewrites the golden files: make golden.
var update = flag.Bool("update", false, "rewrite the golden files in testdata")

// assertGolden compares got with the file of that name in testdata, byte for
// byte.
func assertGolden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", filepath.FromSlash(name))
	if *update {
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err, "make golden writes it")
	assert.Equal(t, string(want), got)
}

// mailed returns a notification of the topic in which every text is set: an
// incident on a customer's tenant.
func mailed(topic partner.Topic) partner.Notification {
	n := partner.Notification{
		ID:              "5f0c1d2e3b4a59687786a5b4c3d2e1f00f1e2d3c",
		Topic:           topic,
		PartnerTenantID: "3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10",
		CompanyName:     "Contoso Cloud Services",
		Recipient: partner.Recipient{
			Audience: partner.ToSecurityContact, Name: "Contoso Night Watch", Email: "soc@contoso.com",
			Phone: "+14255550100",
		},
	}
	if strings.HasPrefix(string(topic), "contact_") {
		return n
	}
	n.Rights = partner.Reseller | partner.GranularAdmin
	n.Incident = partner.Incident{
		ID:       "INC-2026-0042",
		TenantID: "a7d2e9c4-60f1-4b83-9e5d-12c34f5a6b78",
		Kind:     partner.CredentialCompromise,
		Severity: partner.IncidentHigh,
		Title:    "Sign-ins with a stolen password",
		Summary:  "Two administrators signed in through an anonymous proxy.\nMultifactor authentication was not asked for.",
		Actions: []string{
			"Block sign-in for the accounts that the reference names.",
			"Revoke their sessions and reset their passwords.",
			"Look for mailbox rules and app consents made since the detection.",
		},
		DetectedAt: time.Date(2026, 11, 23, 8, 5, 0, 0, time.UTC),
		RespondBy:  time.Date(2026, 11, 23, 14, 5, 0, 0, time.UTC),
		Reference:  "https://partner.contoso.com/incidents/INC-2026-0042",
		Drill:      topic == partner.TopicDrill,
	}
	return n
}

// mailedOn is mailed with a change.
func mailedOn(topic partner.Topic, change func(*partner.Notification)) partner.Notification {
	n := mailed(topic)
	change(&n)
	return n
}

// mailedTopics are all topics, one that is not known, and none.
var mailedTopics = append(partner.Topics(), "weather", "")

// withAnswer asks for an answer.
func withAnswer(n *partner.Notification) {
	n.Answer = partner.Answer{URL: "https://partner.contoso.com/answer/eyJzIjoiNWYwYzFkMmUi?from=mail&to=you",
		Code: "7KQ4-M2XD"}
}

func ownTenant(n *partner.Notification) {
	n.OwnTenant, n.Rights, n.Incident.TenantID = true, 0, n.PartnerTenantID
}

// mailedCases are the goldens.
var mailedCases = map[string]partner.Notification{
	"incident-customer": mailed(partner.TopicIncident),
	"incident-own-at-once": mailedOn(partner.TopicIncident, func(n *partner.Notification) {
		ownTenant(n)
		n.Incident.RespondBy = time.Time{}
	}),
	"incident-all-rights": mailedOn(partner.TopicIncident, func(n *partner.Notification) {
		n.Rights |= partner.DelegatedAdmin
		n.Incident.Kind = partner.Spam
		n.Incident.Severity = partner.IncidentLow
	}),
	"incident-to-global-admin": mailedOn(partner.TopicIncident, func(n *partner.Notification) {
		n.Rights = partner.DelegatedAdmin
		n.Recipient.Audience = partner.ToGlobalAdmin
	}),
	"fraud-to-admin-agent": mailedOn(partner.TopicIncident, func(n *partner.Notification) {
		n.Rights = partner.Reseller
		n.Recipient.Audience = partner.ToAdminAgent
		n.Incident.Kind = partner.AzureFraud
		n.Incident.Title = "Virtual machines that mine cryptocurrency"
		n.Incident.Summary, n.Incident.Reference = "", ""
		n.Incident.Actions = []string{"Cancel the subscriptions that the customer does not know.",
			"Report back to the fraud team."}
	}),
	"drill": mailedOn(partner.TopicDrill, ownTenant),
	"long-texts": mailedOn(partner.TopicIncident, func(n *partner.Notification) {
		n.CompanyName = strings.Repeat("Contoso Verwaltungsgesellschaft ", 6)
		n.Incident.Title = strings.Repeat("A title that says too much. ", 8)
		n.Incident.Summary = strings.Repeat("A summary of many sentences without an end of a line. ", 20)
		n.Incident.Reference = "https://partner.contoso.com/" + strings.Repeat("0123456789abcdef", 20)
		n.Incident.Actions = nil
		for i := range 12 {
			n.Incident.Actions = append(n.Incident.Actions, strings.Repeat("Do what is to be done. ", i+1))
		}
	}),
	"right-to-left": mailedOn(partner.TopicIncident, func(n *partner.Notification) {
		n.CompanyName = `קונטוסו שירותי ענן בע"מ`
		n.Incident.Title = "כניסות עם סיסמה גנובה (3)"
		n.Incident.Summary = "שני מנהלים נכנסו.\nNo MFA."
		n.Incident.Actions[0] = "חסמו את החשבונות (3) בדף ההפניה."
	}),
	"hostile": mailedOn(partner.TopicIncident, func(n *partner.Notification) {
		n.CompanyName = "[DRILL] Contoso\r\nBcc: all@contoso.com"
		n.Incident.Title = "=?utf-8?B?SGVsbG8=?= </title><script>alert(1)</script>"
		n.Incident.Summary = "1. Call +1 425 555 0199\nFrom the attacker\n.\nRespond by: never\x00\xff"
		n.Incident.Actions = []string{"\u202Emoc.osotnoc", " ", "Nothing\u2028Severity: low",
			`<img src="x" onerror='y'>&lt;`}
	}),
	"tenant-name": mailedOn(partner.TopicIncident,
		func(n *partner.Notification) { n.Incident.TenantName = "Adventure Works" }),
	"answer": mailedOn(partner.TopicIncident, withAnswer),
	"answer-without-code": mailedOn(partner.TopicIncident, func(n *partner.Notification) {
		withAnswer(n)
		n.Answer.Code = ""
	}),
	"resolved": mailedOn(partner.TopicIncident, func(n *partner.Notification) {
		n.Incident.TenantName, n.Incident.Status, n.Incident.Version = "Adventure Works", partner.IncidentResolved, 1
		n.Incident.Actions = nil
		n.Incident.Summary = "Both accounts are blocked, and their sessions are closed."
	}),
	"update": mailedOn(partner.TopicIncident, func(n *partner.Notification) {
		n.Incident.Version = 2
	}),
	"unanswered": mailedOn(partner.TopicIncident, func(n *partner.Notification) {
		n.UnansweredSince = time.Date(2026, 11, 23, 8, 10, 0, 0, time.UTC)
		withAnswer(n)
	}),
	"unanswered-to-global-admin": mailedOn(partner.TopicIncident, func(n *partner.Notification) {
		n.Recipient.Audience = partner.ToGlobalAdmin
		n.UnansweredSince = time.Date(2026, 11, 23, 8, 10, 0, 0, time.UTC)
		withAnswer(n)
	}),
	"drill-answer": mailedOn(partner.TopicDrill, func(n *partner.Notification) {
		ownTenant(n)
		withAnswer(n)
	}),
	"drill-resolved": mailedOn(partner.TopicDrill, func(n *partner.Notification) {
		ownTenant(n)
		n.Incident.Status, n.Incident.Version = partner.IncidentResolved, 1
	}),
	"subscriber": mailedOn(partner.TopicIncident, func(n *partner.Notification) {
		n.Recipient = partner.Recipient{Audience: partner.ToSubscriber, Medium: partner.MediumWebhook,
			URL: "https://hooks.contoso.com/1"}
		n.Incident.Kind = "azure_fraud.crypto_mining"
	}),
	"contact-confirm": mailedOn(partner.TopicContactConfirm, withAnswer),
	"contact-lapsed": mailedOn(partner.TopicContactLapsed, func(n *partner.Notification) {
		n.Recipient.Audience = partner.ToGlobalAdmin
	}),
	"contact-appointed": mailed(partner.TopicContactAppointed),
	"contact-replaced":  mailed(partner.TopicContactReplaced),
	"contact-updated":   mailed(partner.TopicContactUpdated),
	"topic-unknown":     mailedOn("weather", func(n *partner.Notification) { n.Recipient.Audience = "everybody" }),
	"zero":              {},
}

func TestMessageGoldens(t *testing.T) {
	t.Parallel()
	for name, n := range mailedCases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := n.Message()
			assertGolden(t, "messages/"+name+".txt", m.Subject+"\n\n"+m.Text)
			assertGolden(t, "messages/"+name+".html", m.HTML)
		})
	}

	t.Run("each topic has one", func(t *testing.T) {
		t.Parallel()
		compared := map[partner.Topic]bool{}
		for _, n := range mailedCases {
			compared[n.Topic] = true
		}
		for _, topic := range partner.Topics() {
			assert.True(t, compared[topic], topic)
		}
	})

	t.Run("no golden is left over", func(t *testing.T) {
		t.Parallel()
		files, err := os.ReadDir(filepath.Join("testdata", "messages"))
		require.NoError(t, err)
		for _, file := range files {
			name := strings.TrimSuffix(strings.TrimSuffix(file.Name(), ".txt"), ".html")
			assert.Contains(t, mailedCases, name, "%s is compared with nothing", file.Name())
		}
	})
}

// What an incident's message must hold, in both forms, and in which order: what
// to do comes before what is known.
func TestIncidentMessageHolds(t *testing.T) {
	t.Parallel()
	want := []string{
		"as the security contact of the company",
		"the tenant of a customer, over which the company holds the reseller relationship and granular delegated admin " +
			"privileges",
		"Contoso Cloud Services", "Sign-ins with a stolen password", "high", "Monday 23 November 2026, 14:05 UTC",
		"Block sign-in for the accounts that the reference names.", "Revoke their sessions and reset their passwords.",
		"Look for mailbox rules and app consents made since the detection.",
		"Two administrators signed in through an anonymous proxy.", "Multifactor authentication was not asked for.",
		"https://partner.contoso.com/incidents/INC-2026-0042", "credential compromise",
		"Monday 23 November 2026, 08:05 UTC",
		"a7d2e9c4-60f1-4b83-9e5d-12c34f5a6b78", "3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10",
		"INC-2026-0042", "5f0c1d2e3b4a59687786a5b4c3d2e1f00f1e2d3c",
	}
	for _, topic := range []partner.Topic{partner.TopicIncident, partner.TopicDrill, "weather"} {
		m := mailed(topic).Message()
		for form, text := range map[string]string{"text": m.Text, "HTML": parsePage(t, m.HTML).bodyText()} {
			t.Run(string(topic)+" "+form, func(t *testing.T) {
				t.Parallel()
				text := strings.Join(strings.Fields(text), " ")
				for _, s := range want {
					before, after, found := strings.Cut(text, s)
					require.True(t, found, "%q is missing, or not after what should be read before it, in\n%s", s, text)
					_, text = before, after
				}
			})
		}
		assert.Contains(t, m.Text, "\n1. Block sign-in for the accounts that the reference names.\n2. Revoke",
			"a numbered list")
		assert.Equal(t, mailed(topic).Incident.Actions, parsePage(t, m.HTML).texts("li"),
			"a list, which numbers itself")
		assert.Contains(t, m.Subject,
			"Security incident (high) for Contoso Cloud Services: Sign-ins with a stolen password")
	}
}

// For every audience and every set of rights, a message says whom it addresses
// and why.
func TestMessageSaysWhy(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, want, why string
		change          func(*partner.Notification)
	}{
		{"security contact", "as the security contact of", "the role that the page defines",
			func(n *partner.Notification) { n.Recipient.Audience = partner.ToSecurityContact }},
		{"admin agent", "as an admin agent of the company below who enrolled in Azure fraud notifications",
			"it enrolled",
			func(n *partner.Notification) { n.Recipient.Audience = partner.ToAdminAgent }},
		{"Global admin", "as a Global admin of the company below, because nobody else there could be told",
			"it stands in for others",
			func(n *partner.Notification) { n.Recipient.Audience = partner.ToGlobalAdmin }},
		{"unknown audience", "on behalf of the company below", "no role is claimed that is not known",
			func(n *partner.Notification) { n.Recipient.Audience = "everybody" }},
		{"own tenant", "impacts the company's own tenant.", "own tenant",
			func(n *partner.Notification) { n.OwnTenant = true; n.Rights = 0 }},
		{"own tenant, and rights", "impacts the company's own tenant.", "rights do not matter there",
			func(n *partner.Notification) { n.OwnTenant = true }},
		{"reseller", "of a customer, over which the company holds the reseller relationship.", "the one right",
			func(n *partner.Notification) { n.Rights = partner.Reseller }},
		{"DAP", "holds delegated administration privileges.", "the one right",
			func(n *partner.Notification) { n.Rights = partner.DelegatedAdmin }},
		{"GDAP", "holds granular delegated admin privileges.", "the one right",
			func(n *partner.Notification) { n.Rights = partner.GranularAdmin }},
		{"no rights", "impacts a tenant that is not the company's own.", "nothing is claimed that is not known",
			func(n *partner.Notification) { n.Rights = 0 }},
		{"unknown rights", "impacts a tenant that is not the company's own.", "a bit that is no right has no words",
			func(n *partner.Notification) { n.Rights = 0x80 }},
		{"at once", "Respond: at once", "no time to respond by means at once",
			func(n *partner.Notification) { n.Incident.RespondBy = time.Time{} }},
		{"subscriber", "this address is registered for security incidents of the company below", "it is no person",
			func(n *partner.Notification) { n.Recipient.Audience = partner.ToSubscriber }},
		{"Global admin, unanswered", "as a Global admin of the company below, because nobody has answered.",
			"others were told",
			func(n *partner.Notification) {
				n.Recipient.Audience, n.UnansweredSince = partner.ToGlobalAdmin, n.Incident.DetectedAt
			}},
		{"contact, unanswered", "as the security contact of the company below.", "its role stays what it was",
			func(n *partner.Notification) { n.UnansweredSince = n.Incident.DetectedAt }},
		{"own tenant, resolved", "The incident impacted the company's own tenant.", "it is over",
			func(n *partner.Notification) { n.OwnTenant, n.Incident.Status = true, partner.IncidentResolved }},
		{"kind below another", "Kind: identity: password spray", "from the general to the particular",
			func(n *partner.Notification) { n.Incident.Kind = "identity.password_spray" }},
		{"kind of Azure fraud", "Kind: Azure fraud: crypto mining", "Azure is a name",
			func(n *partner.Notification) { n.Incident.Kind = "azure_fraud.crypto_mining" }},
		{"kind alike", "Kind: azure fraud 2", "a host's own",
			func(n *partner.Notification) { n.Incident.Kind = "azure_fraud_2" }},
		{"kind of two words", "Kind: mass mail sent", "a kind is read as words",
			func(n *partner.Notification) { n.Incident.Kind = "mass_mail_sent" }},
		{"Azure fraud", "Kind: Azure fraud", "Azure is a name",
			func(n *partner.Notification) { n.Incident.Kind = partner.AzureFraud }},
		{"no kind", "Kind: _Mass_Mail_", "what is no kind is no business of ours",
			func(n *partner.Notification) { n.Incident.Kind = "_Mass_Mail_" }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m := mailedOn(partner.TopicIncident, tt.change).Message()
			assert.Contains(t, oneLine(m.Text), tt.want, tt.why)
			body := oneLine(parsePage(t, m.HTML).bodyText())
			if label, value, ok := strings.Cut(tt.want, ": "); ok && strings.HasPrefix(label, "Respond") {
				tt.want = label + value // in the HTML a cell ends the label
			}
			assert.Contains(t, body, tt.want, tt.why)
		})
	}
}

func TestContactMessages(t *testing.T) {
	t.Parallel()
	expected := "you are expected to act at once"
	tests := []struct {
		topic         partner.Topic
		subject, text string
		duties        bool
		why           string
	}{
		{partner.TopicContactAppointed, "You are now the security contact of Contoso Cloud Services",
			"Tell a Global admin of the company",
			true, "a new contact learns what the role is"},
		{partner.TopicContactReplaced, "You are no longer the security contact of Contoso Cloud Services",
			"Call a Global admin of the company at once",
			false, "an old one has no duty any more, but may be the only one to notice an attack"},
		{partner.TopicContactConfirm, "Please confirm the security contact of Contoso Cloud Services",
			"Does somebody read this address?",
			true, "who reads it learns what that means"},
		{partner.TopicContactLapsed, "Please check the security contact of Contoso Cloud Services",
			"did not confirm that somebody reads its address, or mail to that address came back", false,
			"a Global admin can mend it"},
		{partner.TopicContactUpdated, "New details for the security contact of Contoso Cloud Services",
			"Call a Global admin of the company at once",
			false, "the contact knows its role, and may be the only one to notice an attack"},
	}
	for _, tt := range tests {
		t.Run(string(tt.topic), func(t *testing.T) {
			t.Parallel()
			m := mailed(tt.topic).Message()
			assert.Equal(t, tt.subject, m.Subject, tt.why)
			for _, text := range []string{oneLine(m.Text), oneLine(parsePage(t, m.HTML).bodyText())} {
				assert.Contains(t, text, tt.text, tt.why)
				assert.Contains(t, text, "Contoso Cloud Services")
				assert.Contains(t, text, "3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10",
					"a group of companies has several tenants")
				assert.Contains(t, text, "5f0c1d2e3b4a59687786a5b4c3d2e1f00f1e2d3c")
				assert.Equal(t, tt.duties, strings.Contains(strings.ToLower(text), expected), tt.why)
				assert.NotContains(t, text, "Respond", "there is no incident")
			}

			with := mailedOn(tt.topic,
				func(n *partner.Notification) { n.Incident = mailed(partner.TopicDrill).Incident; n.OwnTenant = true })
			assert.Equal(t, m, with.Message(),
				"an incident has no place in it, and a drill of one does not make it a drill")
		})
	}
}

// A drill says so first, in the subject and in both bodies. Nothing else says
// so, whatever its texts are.
func TestDrillSaysSoFirst(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		topic partner.Topic
		drill bool
		want  bool
		why   string
	}{
		{"topic and incident", partner.TopicDrill, true, true, "as Dispatch makes it"},
		{"topic alone", partner.TopicDrill, false, true, "a stranger's JSON: one word of a drill is enough"},
		{"incident alone", partner.TopicIncident, true, true, "likewise"},
		{"unknown topic", "weather", true, true, "likewise"},
		{"neither", partner.TopicIncident, false, false, "it is real"},
		{"neither, unknown topic", "weather", false, false, "it may be real"},
		{"look-alike topic", "Drill", false, false, "topics match exactly"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			n := mailed(tt.topic)
			n.Incident.Drill = tt.drill
			n.Incident.Title, n.CompanyName, n.Incident.Severity = "[DRILL] x", "[DRILL] x", "[DRILL] x"
			m := n.Message()
			assert.Equal(t, tt.want, strings.HasPrefix(m.Subject, "[DRILL] "), tt.why)
			for _, text := range []string{m.Text, parsePage(t, m.HTML).bodyText()} {
				assert.Equal(t, tt.want, strings.HasPrefix(strings.TrimSpace(text),
					"This is a drill: nothing has happened."), tt.why)
				assert.Equal(t, tt.want, strings.Contains(text, "Drill of a security incident"),
					"the heading says it again")
			}
		})
	}
}

// The words before "Security incident" in a subject agree with the body.
func TestMessageStages(t *testing.T) {
	t.Parallel()
	since := mailed(partner.TopicIncident).Incident.DetectedAt
	tests := []struct {
		name, want, why  string
		drill            bool
		status           partner.IncidentStatus
		since            time.Time
		over, unanswered bool
	}{
		{"first", "Security incident", "it has just happened", false, "", time.Time{}, false, false},
		{"drill", "[DRILL] Security incident", "nothing has", true, "", time.Time{}, false, false},
		{"unanswered", "Unanswered: Security incident", "nobody has answered", false, "", since, false, true},
		{"unanswered drill", "[DRILL] Unanswered: Security incident", "the drill comes first", true, "", since, false,
			true},
		{"resolved", "Resolved: Security incident", "the all-clear", false, partner.IncidentResolved, time.Time{},
			true, false},
		{"resolved, unanswered", "Resolved: Security incident", "nobody waits for an answer any more", false,
			partner.IncidentResolved, since, true, false},
		{"resolved drill", "[DRILL] Resolved: Security incident", "the drill comes first", true,
			partner.IncidentResolved, time.Time{}, true, false},
		{"another status", "Security incident", "what is not known goes on", false, "closed", time.Time{}, false,
			false},
		{"unanswered since the zero time of another zone", "Security incident", "not set", false, "",
			time.Time{}.In(time.FixedZone("", 3600)), false, false},
		{"unanswered since what JSON takes for zero", "Security incident", "the same after a round trip", false, "",
			time.Time{}.Add(-59 * time.Second).In(time.FixedZone("", 59)), false, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			n := mailed(partner.TopicIncident)
			n.Incident.Drill, n.Incident.Status, n.UnansweredSince = tt.drill, tt.status, tt.since
			m := n.Message()
			assert.Equal(t, tt.want+" (high) for Contoso Cloud Services: Sign-ins with a stolen password", m.Subject,
				tt.why)
			for _, text := range []string{oneLine(m.Text), oneLine(parsePage(t, m.HTML).bodyText())} {
				assert.Equal(t, tt.over, strings.Contains(text, "is over, and there is nothing more to do."), tt.why)
				assert.Equal(t, tt.over, strings.Contains(text, "security incident is over"),
					"the heading says it, too")
				assert.Equal(t, tt.over, !strings.Contains(text, "Revoke their sessions"),
					"an all-clear has no actions")
				assert.Equal(t, tt.over, !strings.Contains(text, "Respond by"), "nor a time to respond by")
				assert.Equal(t, tt.unanswered, strings.Contains(text, "nobody has answered."), tt.why)
				assert.Equal(t, tt.unanswered, strings.Contains(text, "Waiting since"), tt.why)
				assert.Contains(t, text, "Multifactor authentication was not asked for.",
					"what is known is always told")
			}
		})
	}
}

func TestMessageOfAnUpdate(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, why string
		version   int
		status    partner.IncidentStatus
		want      bool
	}{
		{"first", "nothing was told before", 0, "", false},
		{"second", "the reader looks for what changed", 1, "", true},
		{"no version", "it is invalid, and still told", -1, "", false},
		{"all-clear", "it says already what is new", 2, partner.IncidentResolved, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			n := mailed(partner.TopicIncident)
			n.Incident.Version, n.Incident.Status = tt.version, tt.status
			m := n.Message()
			for _, text := range []string{oneLine(m.Text), oneLine(parsePage(t, m.HTML).bodyText())} {
				assert.Equal(t, tt.want, strings.Contains(text, "This is an update"), tt.why)
			}
			n.Incident.Version, n.Incident.Status = 0, ""
			assert.Equal(t, tt.status == "", n.Message().Subject == m.Subject, "the subject stays, so that a thread stays one")
		})
	}
}

// A partner with many customers sees by the tenant's name which one it is. If
// the name is not known, the message leaves it out.
func TestMessageNamesTheTenant(t *testing.T) {
	t.Parallel()
	n := mailedOn(partner.TopicIncident, func(n *partner.Notification) { n.Incident.TenantName = " Adventure\tWorks" })
	m := n.Message()
	assert.Equal(t,
		"Security incident (high) for Contoso Cloud Services, tenant Adventure Works: "+
			"Sign-ins with a stolen password", m.Subject)
	assert.Contains(t, m.Text, "Company: Contoso Cloud Services\nTenant: Adventure Works\nIncident: Sign-ins")
	n.Incident.TenantName = strings.Repeat("\u00e9", 41)
	m = n.Message()
	assert.Contains(t, m.Subject, ", tenant "+strings.Repeat("\u00e9", 39)+"\u2026: Sign-ins",
		"the title stays in sight")
	assert.Contains(t, m.Text, "Tenant: "+n.Incident.TenantName+"\n", "the fact is whole")
	n.Incident.TenantName = "\u200b"
	assert.Equal(t, mailed(partner.TopicIncident).Message(), n.Message())
}

// The company's own tenant mostly has the company's name, and a subject says it
// once. A Renderer keeps such companies apart from others.
func TestSubjectNamesTheCompanyOnce(t *testing.T) {
	t.Parallel()
	const once = "Security incident (high) for Contoso Cloud Services: Sign-ins with a stolen password"
	const other = "Security incident (high) for Contoso Cloud Services, tenant Contoso: Sign-ins with a stolen password"
	var r partner.Renderer
	for _, tt := range []struct {
		name, tenant, want string
		own                bool
	}{
		{"its own, by its name", "Contoso Cloud Services", once, true},
		{"in other letters", "contoso cloud services", once, true},
		{"by another name", "Contoso", other, true},
		{"a customer of the same name", "Contoso Cloud Services",
			strings.Replace(other, "tenant Contoso", "tenant Contoso Cloud Services", 1), false},
		{"without a name", "", once, true},
	} {
		n := mailedOn(partner.TopicIncident, func(n *partner.Notification) {
			n.OwnTenant, n.Incident.TenantName = tt.own, tt.tenant
		})
		assert.Equal(t, tt.want, n.Message().Subject, tt.name)
		assert.Equal(t, n.Message(), r.Message(n), tt.name)
		n.CompanyName = "Contoso"
		assert.Equal(t, n.Message(), r.Message(n), tt.name)
	}
}

// Every message with a page for answers says how to answer, in the same words,
// before it says what to do.
func TestMessageAnswer(t *testing.T) {
	t.Parallel()
	const acts = "Your answer says that you are on it, and that somebody reads this address."
	const reads = "Your answer says that somebody reads this address."
	for _, topic := range mailedTopics {
		t.Run(string(topic), func(t *testing.T) {
			t.Parallel()
			says := acts
			if strings.HasPrefix(string(topic), "contact_") {
				says = reads
			}
			n := mailedOn(topic, withAnswer)
			m := n.Message()
			page := parsePage(t, m.HTML)
			assert.Contains(t, m.Text, "\nPage: "+n.Answer.URL+"\nCode: 7KQ4-M2XD\n")
			assert.Equal(t, []string{n.Answer.URL}, page.texts("a"), "a link, and where it leads")
			assert.Contains(t, m.HTML,
				`<a href="https://partner.contoso.com/answer/eyJzIjoiNWYwYzFkMmUi?from=mail&amp;to=you"><span`)
			for _, text := range []string{oneLine(m.Text), oneLine(page.bodyText())} {
				assert.Contains(t, text, "Open this page and enter the code there. "+says)
				how, todo := strings.Index(text, "How to answer"), strings.Index(text, "What to do, in this order")
				assert.True(t, todo < 0 || how < todo, "before the actions")
			}
			n.Answer.Code = " "
			text := oneLine(n.Message().Text)
			assert.Contains(t, text, "Open this page and answer there. "+says)
			assert.NotContains(t, text, "Code:")

			n.Incident.Status = partner.IncidentResolved
			assert.Contains(t, oneLine(n.Message().Text), "Open this page and answer there. "+reads,
				"of what is over nobody need be on it")
		})
	}
	confirm := oneLine(mailedOn(partner.TopicContactConfirm, withAnswer).Message().Text)
	assert.Contains(t, confirm, "The page shows the details that are entered for the contact.")
}

// An Answer whose page is no usable address is left out as a whole. A reader
// could do nothing with the code alone.
func TestMessageAnswerIsUsableOrLeftOut(t *testing.T) {
	t.Parallel()
	for _, page := range []string{
		"", " ", "http://contoso.com/a", "javascript:alert(1)", "contoso.com/a", "//contoso.com/a", "https:///a",
		"https://u:p@contoso.com/", "https://contoso.com/a b", "https://contoso.com/\"", "https://contoso.com/\xff",
		"https://contoso.com/\ufffd", "https://a..b/", " https://contoso.com/a", "https://contoso.com/\u202e",
		"https://contoso.com:0/",
	} {
		for _, topic := range []partner.Topic{partner.TopicIncident, partner.TopicContactConfirm} {
			n := mailed(topic)
			n.Answer = partner.Answer{URL: page, Code: "7KQ4-M2XD"}
			assert.Equal(t, mailed(topic).Message(), n.Message(), "%q", page)
		}
	}
	n := mailed(partner.TopicIncident)
	n.Answer.URL = "HTTPS://contoso.com/a?b='c'&d=`e`"
	assert.Contains(t, n.Message().HTML,
		`<a href="HTTPS://contoso.com/a?b=&#39;c&#39;&amp;d=`+"`e`"+`"><span dir="auto">`)
}

func TestMessageTimes(t *testing.T) {
	t.Parallel()
	zone := func(seconds int) *time.Location { return time.FixedZone("here", seconds) }
	at := time.Date(2026, 11, 23, 14, 5, 10, 0, time.UTC)
	tests := []struct {
		name            string
		respond, detect time.Time
		want, detected  string
		why             string
	}{
		{"UTC", at, at, "Respond by: Monday 23 November 2026, 14:05 UTC",
			"Detected: Monday 23 November 2026, 14:05 UTC", "as it is"},
		{"east", at.In(zone(5*3600 + 45*60)), at.In(zone(14 * 3600)), "Respond by: Monday 23 November 2026, 14:05 UTC",
			"Detected: Monday 23 November 2026, 14:05 UTC", "whatever the host's zone"},
		{"west", at.In(zone(-12 * 3600)), at.In(zone(-3600)), "Respond by: Monday 23 November 2026, 14:05 UTC",
			"Detected: Monday 23 November 2026, 14:05 UTC", "likewise"},
		{"another day", time.Date(2027, 1, 1, 0, 30, 0, 0, zone(3600)), at,
			"Respond by: Thursday 31 December 2026, 23:30 UTC",
			"Detected: Monday 23 November 2026, 14:05 UTC", "the day is that of UTC as well"},
		{"seconds of an offset", at.In(zone(3600 - 15)), at.In(zone(50)),
			"Respond by: Monday 23 November 2026, 14:05 UTC",
			"Detected: Monday 23 November 2026, 14:06 UTC", "JSON has whole minutes only, and both must say the same"},
		{"seconds of an offset, west", at.In(zone(-3600 - 15)), at.In(zone(-50)),
			"Respond by: Monday 23 November 2026, 14:04 UTC",
			"Detected: Monday 23 November 2026, 14:04 UTC", "likewise"},
		{"zero", time.Time{}, time.Time{}, "Respond: at once", "",
			"at once; and a time that is not known is not shown"},
		{"zero elsewhere", time.Time{}.In(zone(3600)), time.Time{}.In(zone(-3600)), "Respond: at once", "",
			"zero in any zone"},
		{"zero in a zone of seconds", time.Time{}.In(zone(30)), at, "Respond: at once",
			"Detected: Monday 23 November 2026, 14:05 UTC",
			"JSON leaves out what is zero before it rounds"},
		{"detected at zero in a zone of seconds", at, time.Time{}.In(zone(30)),
			"Respond by: Monday 23 November 2026, 14:05 UTC",
			"Detected: Monday 1 January 0001, 00:00 UTC", "but it never leaves this one out"},
		{"zero after JSON", time.Time{}.Add(-30 * time.Second).In(zone(30)),
			time.Time{}.Add(30 * time.Second).In(zone(-30)),
			"Respond: at once", "", "and this one is zero only when it comes back"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			n := mailed(partner.TopicIncident)
			n.Incident.RespondBy, n.Incident.DetectedAt = tt.respond, tt.detect
			text := n.Message().Text
			assert.Contains(t, text, "\n"+tt.want+"\n", tt.why)
			if tt.detected == "" {
				assert.NotContains(t, text, "Detected", tt.why)
			} else {
				assert.Contains(t, text, "\n"+tt.detected+"\n", tt.why)
			}
		})
	}
}

// A subject is read on a phone and in lists. A long name must not push out what
// happened.
func TestSubjectKeepsTheTitle(t *testing.T) {
	t.Parallel()
	n := mailed(partner.TopicDrill)
	n.CompanyName = "  " + strings.Repeat("é", 61)
	assert.Equal(t, "[DRILL] Security incident (high) for "+strings.Repeat("é",
		59)+"…: Sign-ins with a stolen password", n.Message().Subject)
	n.CompanyName = strings.Repeat("é", 60)
	assert.Equal(t, "[DRILL] Security incident (high) for "+n.CompanyName+": Sign-ins with a stolen password",
		n.Message().Subject)

	n.CompanyName, n.Incident.Severity, n.Incident.Title = " ", "", "\t"
	assert.Equal(t, "[DRILL] Security incident", n.Message().Subject, "what is blank leaves no brackets behind")
	n.Topic = partner.TopicContactUpdated
	assert.Equal(t, "New details for the security contact", n.Message().Subject)
}

// The name and the address of the recipient are for the transport. They are not
// in the message, for people forward it.
func TestMessageDoesNotNameTheRecipient(t *testing.T) {
	t.Parallel()
	for _, topic := range mailedTopics {
		n := mailed(topic)
		m := n.Message()
		all := m.Subject + m.Text + m.HTML
		assert.NotContains(t, all, n.Recipient.Name)
		assert.NotContains(t, all, n.Recipient.Email)
		assert.NotContains(t, all, n.Recipient.Phone)
	}
}

func TestMessageLogValue(t *testing.T) {
	t.Parallel()
	m := partner.Message{Subject: "Contoso", Text: "soc@contoso.com", HTML: "<p>+14255550100</p>"}
	var out strings.Builder
	slog.New(slog.NewTextHandler(&out, nil)).LogAttrs(context.Background(), slog.LevelInfo, "", slog.Any("m", m))
	assert.Contains(t, out.String(), "m.subject=7 m.text=15 m.html=19", "sizes")
	for _, text := range []string{m.Subject, m.Text, m.HTML} {
		assert.NotContains(t, out.String(), text)
	}
}

// A Message shares nothing with the notification and changes nothing in it.
func TestMessageChangesNothing(t *testing.T) {
	t.Parallel()
	n := mailed(partner.TopicDrill)
	n.Incident.Actions = []string{" a\nb "}
	before := n.Message()
	assert.Equal(t, []string{" a\nb "}, n.Incident.Actions)
	assert.Equal(t, before, n.Message())
}

// The message of an incident, written with the templates of the standard
// library. It must be the same as Message. The templates differ only in a value
// with surplus spaces, control characters or a "+".
const (
	subjectTemplate = `Security incident ({{.Incident.Severity}}) for {{.CompanyName}}: {{.Incident.Title}}`

	textTemplate = `Security incident

You receive this as the security contact of the company below. The
incident impacts the tenant of a customer, over which the company holds
the reseller relationship and granular delegated admin privileges.

Company: {{.CompanyName}}
Incident: {{.Incident.Title}}
Severity: {{.Incident.Severity}}
Respond{{if .Incident.RespondBy.IsZero}}: at once{{else}} by: {{utc .Incident.RespondBy}}{{end}}

What to do, in this order:
{{range $i, $action := .Incident.Actions}}{{number $i}}. {{$action}}
{{end}}
{{with .Incident.Summary}}What is known:
{{range lines .}}  {{.}}
{{end}}
{{end}}Details:
{{with .Incident.Reference}}Reference: {{.}}
{{end}}Kind: {{words .Incident.Kind}}
Detected: {{utc .Incident.DetectedAt}}
Impacted tenant: {{.Incident.TenantID}}
Company's tenant: {{.PartnerTenantID}}
Incident ID: {{.Incident.ID}}
Notification: {{.ID}}
`

	pageTemplate = `<!DOCTYPE html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>` + subjectTemplate + `</title>
</head>
<body style="margin:0;padding:24px 16px">
<div lang="en" dir="ltr" style="max-width:600px;margin:0 auto;font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5">
<h1 style="margin:0 0 12px;font-size:24px;line-height:1.25">Security incident</h1>
<p style="margin:0 0 16px">You receive this as the security contact of the company below. The incident impacts the tenant of a customer, over which the company holds the reseller relationship and granular delegated admin privileges.</p>
<table style="border-collapse:collapse;width:100%;margin:0 0 16px;border-top:1px solid #8a8a8a;border-bottom:1px solid #8a8a8a">
{{define "row"}}` + `<tr><th scope="row" style="text-align:left;vertical-align:top;font-weight:normal;padding:6px 16px 6px 0;white-space:nowrap">{{.Label}}</th>` +
		`<td style="text-align:left;vertical-align:top;font-weight:bold;padding:6px 0;width:100%;overflow-wrap:anywhere"><span dir="auto">{{.Value}}</span></td></tr>
{{end}}{{template "row" field "Company" .CompanyName}}{{template "row" field "Incident" .Incident.Title}}{{template "row" field "Severity" .Incident.Severity}}` +
		`{{if .Incident.RespondBy.IsZero}}{{template "row" field "Respond" "at once"}}{{else}}{{template "row" field "Respond by" (utc .Incident.RespondBy)}}{{end}}</table>
<h2 style="margin:28px 0 8px;font-size:18px;line-height:1.3">What to do, in this order</h2>
<ol style="margin:0 0 16px;padding:0 0 0 32px">
{{range .Incident.Actions}}<li style="margin:0 0 10px;overflow-wrap:anywhere"><span dir="auto">{{.}}</span></li>
{{end}}</ol>
{{with .Incident.Summary}}<h2 style="margin:28px 0 8px;font-size:18px;line-height:1.3">What is known</h2>
<div style="margin:0 0 16px;padding:0 0 0 16px;border-left:3px solid #8a8a8a;overflow-wrap:anywhere">
{{range lines .}}<span dir="auto">{{.}}</span><br>
{{end}}</div>
{{end}}<h2 style="margin:28px 0 8px;font-size:18px;line-height:1.3">Details</h2>
{{define "detail"}}<p style="margin:0 0 4px;font-size:14px;overflow-wrap:anywhere">{{.Label}}: <span dir="auto">{{.Value}}</span></p>
{{end}}{{with .Incident.Reference}}{{template "detail" field "Reference" .}}{{end}}{{template "detail" field "Kind" (words .Incident.Kind)}}` +
		`{{template "detail" field "Detected" (utc .Incident.DetectedAt)}}{{template "detail" field "Impacted tenant" ` +
		`.Incident.TenantID}}` +
		`{{template "detail" field "Company's tenant" .PartnerTenantID}}{{template "detail" field "Incident ID" .Incident.ID}}{{template "detail" field "Notification" .ID}}</div>
</body>
</html>
`
)

// templateHelpers are what the templates need beside the fields of a
// notification.
var templateHelpers = map[string]any{
	"utc":    func(t time.Time) string { return t.UTC().Format("Monday 2 January 2006, 15:04 UTC") },
	"number": func(i int) int { return i + 1 },
	"lines":  func(s string) []string { return strings.Split(s, "\n") },
	"words":  func(k partner.IncidentKind) string { return strings.ReplaceAll(string(k), "_", " ") },
	"field": func(label htmltemplate.HTML, value any) map[string]any {
		return map[string]any{"Label": label, "Value": value}
	},
}

func TestMessageIsWhatTemplatesWrite(t *testing.T) {
	t.Parallel()
	subject := texttemplate.Must(texttemplate.New("subject").Parse(subjectTemplate))
	text := texttemplate.Must(texttemplate.New("text").Funcs(templateHelpers).Parse(textTemplate))
	page := htmltemplate.Must(htmltemplate.New("page").Funcs(templateHelpers).Parse(pageTemplate))
	for _, tt := range []struct {
		name, why string
		change    func(*partner.Notification)
	}{
		{"as it is", "ordinary values", func(*partner.Notification) {}},
		{"at once", "no time to wait for", func(n *partner.Notification) { n.Incident.RespondBy = time.Time{} }},
		{"less known", "no summary and no reference", func(n *partner.Notification) {
			n.Incident.Summary,
				n.Incident.Reference = "", ""
		}},
		{"markup", "escaped in the same way", func(n *partner.Notification) {
			n.CompanyName, n.Incident.Title = `Contoso & Söhne "IT" <GmbH>`, `A title's <b>markup</b>`
			n.Incident.Actions[0] = "Call </li> & wait."
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			n := mailedOn(partner.TopicIncident, tt.change)
			var want [3]bytes.Buffer
			require.NoError(t, subject.Execute(&want[0], n))
			require.NoError(t, text.Execute(&want[1], n))
			require.NoError(t, page.Execute(&want[2], n))
			m := n.Message()
			assert.Equal(t, want[0].String(), m.Subject, tt.why)
			assert.Equal(t, want[1].String(), m.Text, tt.why)
			assert.Equal(t, want[2].String(), m.HTML, tt.why)
		})
	}
}

// parsedPage is the HTML of a message.
type parsedPage struct{ root *html.Node }

func parsePage(t *testing.T, text string) parsedPage {
	t.Helper()
	root, err := html.Parse(strings.NewReader(text))
	require.NoError(t, err)
	return parsedPage{root}
}

// texts are the texts inside each such element.
func (p parsedPage) texts(element string) []string {
	var found []string
	for n := range p.root.Descendants() {
		if n.Type == html.ElementNode && n.Data == element {
			found = append(found, nodeText(n))
		}
	}
	return found
}

// bodyText is what a reader of the page sees.
func (p parsedPage) bodyText() string { return strings.Join(p.texts("body"), "") }

func nodeText(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
