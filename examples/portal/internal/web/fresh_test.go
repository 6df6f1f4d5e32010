package web_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/cspkit/partner/examples/portal/internal/web"
)

// signedIn lets somebody have signed in so long ago.
func (p *portal) signedIn(name string, ago time.Duration) {
	person := p.people[name]
	person.SignedInAt = noon.Add(-ago)
	p.people[name] = person
}

func TestReplacingAContactAsksForAFreshSignIn(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, as, slug, field, value string
		ago                          time.Duration
		status                       int
		why                          string
	}{
		{"replaced", globalAdmin, "security-contact", "securityContact-email", "csirt@contoso.com", web.FreshFor, 303, ""},
		{"replaced, late", globalAdmin, "security-contact", "securityContact-email", "csirt@contoso.com",
			web.FreshFor + time.Second, 401, "an open browser that nobody watches"},
		{"phone, late", globalAdmin, "security-contact", "securityContact-phoneNumber", "+14255550177", time.Hour, 401,
			"a hijacked line is the same attack"},
		{"another section, late", globalAdmin, "business", "address-addressLine2", "Floor 2", time.Hour, 303, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := newPortal(t)
			at := legal + "/" + tt.slug
			form := p.get(tt.as, at+"/edit").form(at + "/review")
			review := p.post(tt.as, at+"/review", with(form, tt.field, tt.value))
			require.Equal(t, http.StatusOK, review.StatusCode)
			p.signedIn(tt.as, tt.ago)
			save := review.form(at + "/save")
			saved := p.post(tt.as, at+"/save", save)
			require.Equal(t, tt.status, saved.StatusCode, tt.why)
			if tt.status == http.StatusSeeOther {
				return
			}
			wellFormed(t, tt.name, saved)
			assert.Contains(t, saved.words(), "Sign in again")
			assert.NotContains(t, p.get(tt.as, legal).words(), tt.value, "nothing is done yet")
			assert.Len(t, saved.nodes(func(n *html.Node) bool { return attr(n, "href") == "/sign-in" }), 1)
			assert.Equal(t, save, saved.form(at+"/save"), "what was typed is kept")
			p.signedIn(tt.as, time.Minute)
			assert.Equal(t, http.StatusSeeOther, p.post(tt.as, at+"/save", saved.form(at+"/save")).StatusCode)
		})
	}
}

func TestTellingManyAsksForAFreshSignIn(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		above  int
		ago    time.Duration
		status int
	}{
		{"few", 100, time.Hour, 303}, {"many, fresh", 1, time.Minute, 303}, {"many, late", 1, time.Hour, 401},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := newPortal(t, func(o *web.Options) { o.FreshAbove = tt.above })
			form := filled(p.get(operator, "/incidents/new").form("/incidents/preview"),
				"detected", "2026-11-23T10:30", "respond", "2026-11-23T18:00")
			send := p.post(operator, "/incidents/preview", form).form("/incidents")
			p.signedIn(operator, tt.ago)
			sent := p.post(operator, "/incidents", send)
			require.Equal(t, tt.status, sent.StatusCode, sent.words())
			stored, err := p.db.Incidents(t.Context(), "", 10)
			require.NoError(t, err)
			assert.Equal(t, tt.status == 303, len(stored) == 1)
			if tt.status == 401 {
				assert.Contains(t, sent.words(), "This may tell")
				p.signedIn(operator, 0)
				assert.Equal(t, 303, p.post(operator, "/incidents", sent.form("/incidents")).StatusCode)
			}
		})
	}
}
