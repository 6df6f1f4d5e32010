package partner_test

import (
	"net/mail"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
)

// A host cleans what came back from a queue as Route cleaned it before.
func TestCleanRecipient(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, why string
		r, want   partner.Recipient
	}{
		{"clean", "it is the same",
			partner.Recipient{Audience: partner.ToGlobalAdmin, Name: "Contoso SOC", Email: "soc@contoso.com"},
			partner.Recipient{Audience: partner.ToGlobalAdmin, Name: "Contoso SOC", Email: "soc@contoso.com"}},
		{"hostile", "no text ends a header, and no address that fails its rule stays",
			partner.Recipient{Name: "SOC\r\nBcc: eve@fabrikam.com =?x", Email: " soc@CONTOSO.com", URL: "http://contoso.com"},
			partner.Recipient{Name: "SOC Bcc: eve@fabrikam.com = ?x", Email: "soc@contoso.com"}},
		{"nobody's", "nothing can be sent to it", partner.Recipient{Name: "Contoso SOC", Email: "soc"}, partner.Recipient{}},
		{"another medium", "an address of mail does not stand in for it",
			partner.Recipient{Medium: partner.MediumPhone, Email: "soc@contoso.com"}, partner.Recipient{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, tt.r.Clean(), tt.why)
			assert.Equal(t, tt.r.Clean(), tt.r.Clean().Clean(), "cleaning twice is cleaning once")
		})
	}
}

// Where a recipient is reached depends on its medium, and only on that.
func TestRecipientAddress(t *testing.T) {
	t.Parallel()
	full := partner.Recipient{
		Name: "Contoso SOC", Email: " soc@CONTOSO.com", Phone: "+1 (425) 555-0100 ext. 7",
		URL: "https://hooks.contoso.com/1?key=secret",
	}
	tests := []struct {
		name, why string
		medium    partner.Medium
		change    func(*partner.Recipient)
		want      string
	}{
		{"mail", "the domain is normalised", partner.MediumMail, nil, "soc@contoso.com"},
		{"mail, fails the rule", "nobody's, though there is a phone", partner.MediumMail,
			func(r *partner.Recipient) { r.Email = "soc@contoso" }, ""},
		{"mail, empty", "nobody's", partner.MediumMail, func(r *partner.Recipient) { r.Email = "" }, ""},
		{"phone", "E.164 with its extension", partner.MediumPhone, nil, "+14255550100;ext=7"},
		{"phone, national", "nobody knows of which country", partner.MediumPhone,
			func(r *partner.Recipient) { r.Phone = "425 555 0100" }, ""},
		{"phone, advice", "a premium rate can be called", partner.MediumPhone,
			func(r *partner.Recipient) { r.Phone = "+1 900 234 5678" }, "+19002345678"},
		{"phone, emergency", "not a number that can be called from abroad", partner.MediumPhone,
			func(r *partner.Recipient) { r.Phone = "112" }, ""},
		{"phone, empty", "nobody's, though there is an e-mail address", partner.MediumPhone,
			func(r *partner.Recipient) { r.Phone = "" }, ""},
		{"webhook", "as it is", partner.MediumWebhook, nil, "https://hooks.contoso.com/1?key=secret"},
		{"webhook, http", "others could read it on its way", partner.MediumWebhook,
			func(r *partner.Recipient) { r.URL = "http://hooks.contoso.com/1" }, ""},
		{"webhook, empty", "nobody's", partner.MediumWebhook, func(r *partner.Recipient) { r.URL = "" }, ""},
		{"a host's own", "the URL comes first", "teams", nil, "https://hooks.contoso.com/1?key=secret"},
		{"a host's own, no URL", "then e-mail", "teams", func(r *partner.Recipient) { r.URL = "" }, "soc@contoso.com"},
		{"a host's own, bad URL", "what fails its rule does not count", "teams",
			func(r *partner.Recipient) { r.URL = "hooks.contoso.com" }, "soc@contoso.com"},
		{"a host's own, a phone alone", "then phone", "satellite",
			func(r *partner.Recipient) { r.URL, r.Email = "", "soc" }, "+14255550100;ext=7"},
		{"a host's own, nothing", "nobody's", "satellite",
			func(r *partner.Recipient) { *r = partner.Recipient{Medium: r.Medium, Name: r.Name} }, ""},
		{"a medium in other case", "media match exactly: it is a host's own", "Phone", nil,
			"https://hooks.contoso.com/1?key=secret"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := full
			r.Medium = tt.medium
			if tt.change != nil {
				tt.change(&r)
			}
			assert.Equal(t, tt.want, r.Address(), tt.why)

			route := partner.Routing{}.Route(partner.Incident{TenantID: revisionTenant, Kind: partner.AzureFraud},
				partner.Impact{PartnerTenantID: revisionTenant, AdminAgents: []partner.Recipient{r}})
			if tt.want == "" {
				assert.Empty(t, route.Recipients, "nobody's")
				return
			}
			require.Len(t, route.Recipients, 1)
			clean := route.Recipients[0]
			assert.Equal(t, tt.want, clean.Address(), "cleaning does not change where it is reached")
			assert.Equal(t, tt.medium, clean.Medium)
			if clean.Email != "" {
				assert.NotEmpty(t, clean.EnvelopeAddress(), "an e-mail address that is handed on passes its rule")
			}
			again := partner.Route{Recipients: route.Recipients}.Notifications(partner.Incident{})
			require.Len(t, again, 1)
			assert.Equal(t, clean, again[0].Recipient, "cleaning twice is cleaning once")
		})
	}
}

// A name becomes a part of a header, and a phone number a part of a line.
// Neither may leave it.
func TestRouteKeepsTextsOnTheirLine(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, why, text, want string }{
		{"good", "as it is", "Ren\u00e9e O'Brien, \"Contoso\" <SOC>", "Ren\u00e9e O'Brien, \"Contoso\" <SOC>"},
		{"header", "it would be another recipient", "Ada\r\nBcc: eve@fabrikam.example",
			"Ada Bcc: eve@fabrikam.example"},
		{"bare CR and LF", "likewise, to some", "Ada\rBcc: x\nCc: y", "Ada Bcc: x Cc: y"},
		{"other line ends", "likewise", "Ada\u2028\u2029\u0085\v\fVale", "Ada Vale"},
		{"encoded word", "a mail program would decode it", "=?utf-8?q?=0D=0ABcc:?=", "= ?utf-8?q?=0D=0ABcc:?="},
		{"encoded word apart", "cleaning makes no new one", "=\u202e?utf-8?q?x?=\u200f?", "= ?utf-8?q?x?= ?"},
		{"override", "it would turn the address around", "\u202eada", "ada"},
		{"controls", "a terminal would obey", "\x1b[2J\x00Ada", "[2J Ada"},
		{"not UTF-8", "as JSON writes it", "Ad\xff", "Ad\ufffd"},
		{"nothing to be seen", "no name at all", "\u200b\u2800", ""},
		{"long", "who is meant is said in less", strings.Repeat("\u65e5", 200), strings.Repeat("\u65e5", 127) +
			"\u2026"},
		{"long and not UTF-8", "cut after it is cleaned", strings.Repeat("\xff", 129), strings.Repeat("\ufffd", 127) +
			"\u2026"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			host := []partner.Recipient{{Name: tt.text, Email: "robin@contoso.com", Phone: tt.text}}
			impact := partner.Impact{
				PartnerTenantID: revisionTenant, AdminAgents: host, GlobalAdmins: host,
				SecurityContact: partner.SecurityContact{FirstName: tt.text, Email: "robin@contoso.com",
					Phone: tt.text},
			}
			for audience, kind := range map[partner.Audience]partner.IncidentKind{
				partner.ToSecurityContact: partner.Spam, partner.ToAdminAgent: partner.AzureFraud,
				partner.ToGlobalAdmin: partner.Spam,
			} {
				impact := impact
				if audience == partner.ToGlobalAdmin {
					impact.SecurityContact.Email = ""
				}
				route := partner.Routing{FallBackToGlobalAdmins: true}.Route(partner.Incident{TenantID: revisionTenant, Kind: kind},
					impact)
				want := partner.Recipient{Audience: audience, Name: tt.want, Email: "robin@contoso.com", Phone: tt.want}
				assert.Equal(t, []partner.Recipient{want}, route.Recipients, tt.why)

				address := mail.Address{Name: tt.want, Address: want.Email}
				m, err := mail.ReadMessage(strings.NewReader("To: " + address.String() + "\r\n\r\n"))
				require.NoError(t, err)
				to, err := m.Header.AddressList("To")
				require.NoError(t, err)
				assert.Equal(t, []*mail.Address{&address}, to, "a mail program reads the same name, and one address")
				assert.Len(t, m.Header, 1)
			}
			assert.Equal(t, tt.text, host[0].Name, "what the host holds stays as it is")
		})
	}
}

// A recipient may have a URL or an e-mail address beside that of its medium. It
// is handed on only if it passes its rule.
func TestRouteLeavesOutWhatFailsItsRule(t *testing.T) {
	t.Parallel()
	agents := []partner.Recipient{
		{Email: "a@contoso.com", URL: "http://contoso.com/a", Phone: "ask for Robin"},
		{Medium: partner.MediumWebhook, URL: "https://contoso.com/b", Email: "b\r\nBcc: c@contoso.com", Phone: "555\n"},
		{Medium: partner.MediumPhone, Phone: "+1 425 555 0100", Email: "C@CONTOSO.com", URL: "javascript:alert(1)"},
	}
	route := partner.Routing{}.Route(partner.Incident{TenantID: revisionTenant, Kind: partner.AzureFraud},
		partner.Impact{PartnerTenantID: revisionTenant, AdminAgents: agents})
	assert.Equal(t, []partner.Recipient{
		{Audience: partner.ToAdminAgent, Email: "a@contoso.com", Phone: "ask for Robin"},
		{Audience: partner.ToAdminAgent, Medium: partner.MediumWebhook, URL: "https://contoso.com/b", Phone: "555"},
		{Audience: partner.ToAdminAgent, Medium: partner.MediumPhone, Phone: "+14255550100", Email: "C@contoso.com"},
	}, route.Recipients)
}

// One address by two media is two recipients: a phone may be called and texted.
func TestRouteTellsEachAddressOfAMediumOnce(t *testing.T) {
	t.Parallel()
	impact := partner.Impact{
		PartnerTenantID: revisionTenant, SecurityContact: partner.NewGroupContact("Contoso SOC", "soc@contoso.com",
			"+14255550100"),
		Subscribers: []partner.Recipient{
			{Email: "SOC@contoso.com"}, // the contact's
			{Email: "soc@contoso.com", Medium: "chat"},
			{Email: "Soc@Contoso.com", Medium: "chat"}, // an e-mail address ignores case in any medium
			{Phone: "+14255550100", Medium: partner.MediumPhone},
			{Phone: "+14255550100", Medium: "text"},
			{URL: "https://contoso.com/A", Medium: partner.MediumWebhook},
			{URL: "https://contoso.com/a", Medium: partner.MediumWebhook}, // paths have a case
			{URL: "https://contoso.com/a", Medium: partner.MediumWebhook},
		},
	}
	route := partner.Routing{}.Route(partner.Incident{TenantID: revisionTenant, Kind: partner.Spam}, impact)
	var told []string
	for _, r := range route.Recipients {
		told = append(told, string(r.Audience)+" "+string(r.Medium)+" "+r.Address())
	}
	assert.Equal(t, []string{
		"security_contact  soc@contoso.com", "subscriber chat soc@contoso.com", "subscriber phone +14255550100",
		"subscriber text +14255550100", "subscriber webhook https://contoso.com/A",
		"subscriber webhook https://contoso.com/a",
	}, told)
}
