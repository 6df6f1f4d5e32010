package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// cameBack has mail come back that was sent.
func (p *portal) cameBack(id, address string) {
	p.t.Helper()
	p.outcome(host.DeliverySent, "", id)
	fresh, err := p.db.Bounced(p.t.Context(), host.Bounce{
		NotificationID: id, Address: address, Problem: "there is no such mailbox (5.1.1)",
	})
	require.NoError(p.t, err)
	require.True(p.t, fresh)
}

// What came back is seen, with the reason, and a person may send it again.
func TestMailThatCameBackIsSeen(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	i := incident("INC-20261123-ABCDEFGHIJ")
	for _, d := range p.raised(i) {
		if d.State == host.DeliveryWaiting {
			p.cameBack(d.ID, d.Recipient.Email)
		}
	}
	at := "/incidents/" + i.ID
	page := p.get(operator, at)
	assert.Contains(t, page.words(), "0 messages sent, 2 not delivered")
	assert.Contains(t, page.words(), "Came back there is no such mailbox (5.1.1)")
	again := func(n *html.Node) bool { return n.Data == "button" && attr(n, "name") == "delivery" }
	buttons := page.nodes(again)
	require.Len(t, buttons, 2)
	id := attr(buttons[0], "value")
	retried := p.post(operator, at+"/retry", url.Values{"delivery": {id}})
	assert.Equal(t, at+"?done=retried#deliveries", retried.Header.Get("Location"))
	assert.Equal(t, []string{id}, p.queue.retried)
	assert.Len(t, p.get(operator, at).nodes(again), 1)
}

// A contact whose mail came back cannot be told, wherever that is said.
func TestAContactThatBouncesIsNotCovered(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	for _, d := range p.raised(incident("INC-20261123-ABCDEFGHIJ")) {
		if d.PartnerTenantID == host.ContosoTenantID && d.State == host.DeliveryWaiting {
			p.cameBack(d.ID, d.Recipient.Email)
		}
	}
	require.NoError(t, p.db.KeepNumbers(t.Context()))
	for _, tt := range []struct{ path, want string }{
		{"/coverage", "4 of 6 partners can be told"},
		{"/coverage?show=errors", "Contoso Direct bill partner"},
		{"/coverage?show=errors", "Cannot be used 1"},
		{"/", "2 of 6 cannot be told"},
		{"/review", "4 partners"},
	} {
		assert.Contains(t, p.get(operator, tt.path).words(), tt.want, tt.path)
	}
	assert.Regexp(t, "Contoso,"+host.ContosoTenantID+",[^,]*,yes,Cannot be used,", p.get(operator, "/coverage.csv").Body)
	assert.NotContains(t, p.get(operator, "/coverage.csv?show=good").Body, "Contoso")
}

func TestANoticeThatCameBackIsSeen(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	require.Equal(t, http.StatusSeeOther,
		p.update(globalAdmin, "security-contact", "securityContact-email", "csirt@contoso.com").StatusCode)
	at, notices := p.newest()
	appointed := notices[partner.TopicContactAppointed]
	p.cameBack(appointed, "csirt@contoso.com")
	assert.Contains(t, p.get(globalAdmin, at).words(), "The new address Came back there is no such mailbox (5.1.1)")
	assert.Contains(t, p.get(globalAdmin, legal).words(), "Mail to this address came back")
	retried := p.post(globalAdmin, at+"/retry", url.Values{"notice": {appointed}})
	assert.Equal(t, at+"?done=notice-retried", retried.Header.Get("Location"))
	assert.Equal(t, []string{appointed}, p.queue.retried)
}
