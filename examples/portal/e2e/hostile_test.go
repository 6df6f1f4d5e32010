//go:build !race

package e2e_test

import (
	"io"
	"mime"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// payloads are texts that break out of something, each of something else.
// Whatever runs sets window.pwned, which look finds.
var payloads = []string{
	`"><script>window.pwned=1;alert(1)</script>`,
	`'><img src=x onerror="window.pwned=1">`,
	`</textarea></title></style><svg onload=window.pwned=1>`,
	`javascript:window.pwned=1`,
	`" autofocus onfocus="window.pwned=1" x="`,
	"x\r\nBcc: victim@evil.example\r\n\r\nForged",
	`=HYPERLINK("https://evil.example/","x")`,
	"\t@SUM(1+1)*cmd|' /C calc'!A0",
	"\u202egnp.exe\u2066 \u200f",
	`{{.}} ${1} %s%n '; DROP TABLE partners; --`,
	"=?utf-8?B?WA==?=",
	strings.Repeat("W", 3000),
}

const hostilePartners = 4

// hostileDatabase is a file with companies whose every field is hostile,
// whatever the rules say of it: Contoso has a contact whose address is good,
// Fabrikam not even that. All hold rights over a hostile customer.
func hostileDatabase(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "portal.db")
	db, err := store.Open(t.Context(), file, nil)
	require.NoError(t, err)
	n := 0
	next := func() string {
		n++
		return payloads[n%len(payloads)]
	}
	for _, tc := range []struct{ id, email string }{
		{host.ContosoTenantID, "soc@contoso.com"}, {host.FabrikamTenantID, ""}, {rest, "soc@rest.example"},
	} {
		p := partner.LegalProfile{TenantID: tc.id, PartnerType: partner.DirectBillPartner}
		texts(reflect.ValueOf(&p).Elem(), func(text reflect.Value) {
			if text.String() == "" {
				text.SetString(next())
			}
		})
		if tc.email != "" {
			p.SecurityContact.Email = tc.email
		}
		staff := []host.Staff{{
			TenantID: tc.id, ID: tc.id + "/1", GlobalAdmin: true, Enrolled: true,
			Recipient: partner.Recipient{Name: next(), Email: "admin@rest.example"},
		}}
		require.NoError(t, db.AddPartner(t.Context(), p, staff))
	}
	quiet := partner.LegalProfile{TenantID: quietID, PartnerType: partner.IndirectReseller}
	quiet.CompanyName = "Quiet Partner"
	require.NoError(t, db.AddPartner(t.Context(), quiet, nil))
	var all []host.CustomerPartner
	for _, id := range []string{host.ContosoTenantID, host.FabrikamTenantID, rest} {
		all = append(all, host.CustomerPartner{PartnerTenantID: id, Rights: partner.Reseller})
	}
	require.NoError(t,
		db.AddCustomer(t.Context(), host.Customer{TenantID: customer, Name: payloads[0] + payloads[1], Partners: all}))
	require.NoError(t, db.Close())
	return file
}

const (
	rest     = "d0000000-0000-4000-8000-000000000001" // the payloads that Contoso and Fabrikam have no room for
	quietID  = "d0000000-0000-4000-8000-000000000002"
	customer = "d0000000-0000-4000-8000-000000000003"
)

// texts calls f for every text in v.
func texts(v reflect.Value, f func(reflect.Value)) {
	switch v.Kind() {
	case reflect.String:
		f(v)
	case reflect.Struct:
		for i := range v.NumField() {
			texts(v.Field(i), f)
		}
	}
}

func TestHostileText(t *testing.T) {
	need(t)
	p := startPortal(t, hostileDatabase(t))
	t.Run("stored and shown", func(t *testing.T) {
		begin(t)
		tb := p.open(t, withScript).signIn(gita)
		for _, slug := range []string{"business", "primary-contact", "security-contact"} {
			tb.visit(legal + "/" + slug + "/edit")
			tb.press("Review the change")
			tb.look("hostile "+slug+" sent as it was stored", portalPage)
		}
		tb.visit(legal + "/security-contact/edit") // everything else stays as hostile as it is, and the mail of it says so
		tb.choose("A group")
		tb.fill("group", `Contoso "SOC" {{.}}`, "securityContact-email", "csirt@contoso.com",
			"securityContact-phoneNumber", "+14255550177")
		tb.arrived(tb.press("Review the change"), 200, legal+"/security-contact/review")
		tb.look("hostile review", portalPage)
		tb.arrived(tb.press("Save the change"), 200, legal)
		tb.mail("You are now the security contact", "csirt@contoso.com") // and not the one that asks
		tb.letter("hostile notice", "You are now the security contact")
		tb.crawl(legal)
	})
	t.Run("typed", func(t *testing.T) {
		begin(t)
		tb := p.open(t, withoutScript).signIn(fay)
		for _, payload := range payloads {
			tb.visit(legal + "/security-contact/edit")
			tb.choose("One person")
			for _, name := range []string{"firstName", "middleName", "lastName", "email", "phoneNumber"} {
				tb.fill("securityContact-"+name, payload)
			}
			assert.Equal(t, 422, tb.press("Review the change"), "it is no address")
			tb.glance("hostile form", portalPage)
			want := strings.NewReplacer("\r\n", " ", "\n", " ").Replace(payload)
			assert.Equal(t, want, tb.value("securityContact-lastName"), "what was typed is kept")
		}
	})
	t.Run("in an incident", func(t *testing.T) {
		begin(t)
		tb := p.open(t, withScript).signIn(olu)
		for _, payload := range payloads {
			tb.raise(customer, payload, "summary", payload, "actions", payload, "reference", payload)
			tb.glance("hostile incident form", portalPage)
		}
		tb.look("hostile incident form", portalPage)
		tb.raise(customer, payloads[0]+payloads[10]+strings.Repeat("W", 100), "summary", strings.Join(payloads, "\n"),
			"actions", payloads[1]+"\n"+payloads[9], "reference", `https://status.example/?x='onclick=window.pwned=1`)
		tb.reads("Nobody is told yet", "recipients", payloads[0])
		tb.seesExample()
		tb.look("hostile preview", portalPage)
		tb.press("Send to")
		tb.waitFor("the incident is sent", finished)
		tb.crawl(tb.path())
	})
}

// visitor is a program that does what no browser would.
type visitor struct {
	*testing.T
	portal *portal
	client http.Client
}

func (p *portal) visitor(t *testing.T, persona string) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	v := &visitor{t, p, http.Client{Jar: jar}}
	status, _ := v.post("/sign-in/demo", url.Values{"persona": {persona}})
	require.Equal(t, 200, status)
	return v
}

func (v *visitor) post(path string, form url.Values) (int, string) {
	v.Helper()
	request, err := http.NewRequestWithContext(v.Context(), http.MethodPost, v.portal.URL+path,
		strings.NewReader(form.Encode()))
	require.NoError(v, err)
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Origin", v.portal.URL)
	answer, err := v.client.Do(request)
	require.NoError(v, err)
	body, err := io.ReadAll(answer.Body)
	require.NoError(v, err)
	require.NoError(v, answer.Body.Close())
	return answer.StatusCode, string(body)
}

// Headers of mail are what they are, whatever the names of companies, people
// and incidents.
func TestNoHeaderIsForged(t *testing.T) {
	begin(t)
	server := newSMTPServer(t)
	p := startPortal(t, hostileDatabase(t), "--smtp="+server.address, "--smtp-from=security@portal.example")
	operator := p.visitor(t, "operator")
	incident := url.Values{
		"tenant": {customer}, "kind": {"spam"}, "severity": {"low"}, "actions": {"Read this"},
		"detected": {"2024-11-23T03:45"},
	}
	for _, payload := range payloads {
		for _, name := range []string{"title", "actions", "summary", "reference", "kind", "severity"} {
			form := url.Values{"title": {"Spam"}}
			for k, v := range incident {
				form[k] = v
			}
			form.Set(name, payload)
			status, body := operator.post("/incidents", form)
			assert.Contains(t, []int{200, 422}, status, "%s: %.40q", name, payload)
			assert.NotContains(t, body, payloads[0], "nothing is written as it came")
			if name == "title" && strings.Contains(payload, "\n") {
				assert.Equal(t, 422, status)
			}
		}
	}
	admin := p.visitor(t, "contoso-global-admin")
	_, form := admin.post(legal+"/security-contact/edit", nil)
	base := regexp.MustCompile(`W?/?&#34;[^&]+&#34;`).FindString(form)
	for _, name := range []string{"group", "securityContact-email", "securityContact-phoneNumber"} {
		change := url.Values{
			"base": {strings.ReplaceAll(base, "&#34;", `"`)}, "kind": {"group"}, "group": {"Contoso SOC"},
			"securityContact-email": {"csirt@contoso.com"}, "securityContact-phoneNumber": {"+14255550177"},
		}
		change.Set(name, change.Get(name)+"\r\nBcc: victim@evil.example")
		status, _ := admin.post(legal+"/security-contact/save", change)
		assert.Contains(t, []int{409, 422}, status, name)
	}

	watcher := p.open(t, withoutScript).signIn(olu)
	watcher.eventually("two mails of every incident", func() bool {
		incidents := 0
		for link := "/incidents"; link != ""; {
			watcher.visit(link)
			incidents += get[int](watcher, `document.querySelectorAll('main tbody tr').length`)
			link = get[string](watcher, `document.querySelector('a[rel=next]')?.getAttribute('href') ?? ''`)
		}
		return incidents > 10 && len(server.letters()) == 2*incidents
	})
	for _, l := range server.letters() {
		var names []string
		for name, values := range l.header {
			names = append(names, name)
			assert.Len(t, values, 1, name)
		}
		slices.Sort(names)
		assert.Equal(t, []string{
			"Auto-Submitted", "Content-Type", "Date", "From", "List-Id", "Message-Id", "Mime-Version", "Subject", "To",
			"X-Auto-Response-Suppress",
		}, names)
		subject, err := new(mime.WordDecoder).DecodeHeader(l.header.Get("Subject"))
		require.NoError(t, err)
		assert.NotContains(t, subject, "=?")
		assert.False(t, strings.ContainsFunc(subject, func(r rune) bool {
			return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
		}), "%q", subject)
		to, err := l.header.AddressList("To")
		require.NoError(t, err)
		require.Len(t, to, 1)
		assert.Equal(t, l.to, to[0].Address)
		from, err := l.header.AddressList("From")
		require.NoError(t, err)
		assert.Equal(t, "security@portal.example", from[0].Address)
	}
}
