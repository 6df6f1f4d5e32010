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

// newest is the path of Contoso's newest revision, and the IDs of its notices
// by their topic.
func (p *portal) newest() (path string, notices map[partner.Topic]string) {
	p.t.Helper()
	revisions, err := p.db.Revisions(p.t.Context(), host.ContosoTenantID, "", 1)
	require.NoError(p.t, err)
	require.NotEmpty(p.t, revisions)
	notices = map[partner.Topic]string{}
	for _, n := range revisions[0].Revision.Notices(revisions[0].ID) {
		notices[n.Topic] = n.ID
	}
	return legal + "/history/" + revisions[0].ID, notices
}

// The warning that a contact was replaced is what tells of a takeover: that it
// did not arrive is seen, and it can be tried again.
func TestNoticesOfARevision(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	require.Equal(t, http.StatusSeeOther,
		p.update(globalAdmin, "security-contact", "securityContact-email", "csirt@contoso.com").StatusCode)
	at, notices := p.newest()
	require.Len(t, notices, 2)
	replaced, appointed := notices[partner.TopicContactReplaced], notices[partner.TopicContactAppointed]
	page := p.get(globalAdmin, at)
	assert.Contains(t, page.words(), "The address before To be sent")
	assert.Contains(t, page.words(), "The new address To be sent")
	assert.NotContains(t, page.words(), "was told")

	p.outcome(host.DeliveryFailed, "550", replaced)
	p.outcome(host.DeliveryRetrying, "the mail server is not reached", appointed)
	again := at + "/retry"
	form := func(n *html.Node) bool { return n.Data == "form" && attr(n, "action") == again }
	page = p.get(globalAdmin, at)
	assert.Contains(t, page.words(), "The address before Refused 550")
	assert.Contains(t, page.words(),
		"The new address Trying again the mail server is not reached 3 tries next try 23 Nov 2026, 12:01:00 UTC")
	assert.Len(t, page.nodes(form), 1, "for what has failed only")
	wellFormed(t, "revision with a notice that failed", page)
	viewer := p.get(billing, at)
	assert.Contains(t, viewer.words(), "The address before Refused")
	assert.Empty(t, viewer.nodes(form), "may look only")

	for _, tc := range []struct {
		as, why, notice string
		status          int
	}{
		{nobody, "has not signed in", replaced, http.StatusUnauthorized},
		{user, "may not view", replaced, http.StatusForbidden},
		{billing, "may not update the contact", replaced, http.StatusForbidden},
		{fabrikam, "another company's", replaced, http.StatusNotFound},
		{operator, "has no profile", replaced, http.StatusNotFound},
		{globalAdmin, "no notice", "made-up", http.StatusNotFound},
		{globalAdmin, "no notice at all", "", http.StatusNotFound},
	} {
		a := p.post(tc.as, again, url.Values{"notice": {tc.notice}})
		assert.Equal(t, tc.status, a.StatusCode, "%s: %s", tc.as, tc.why)
	}
	require.Equal(t, http.StatusSeeOther,
		p.update(globalAdmin, "security-contact", "securityContact-phoneNumber", "+14255550177").StatusCode)
	_, others := p.newest()
	updated := others[partner.TopicContactUpdated]
	require.NotEmpty(t, updated)
	p.outcome(host.DeliveryFailed, "550", updated)
	assert.Equal(t, http.StatusNotFound, p.post(globalAdmin, again, url.Values{"notice": {updated}}).StatusCode,
		"another revision's")
	assert.Empty(t, p.queue.retried)

	waiting := p.post(globalAdmin, again, url.Values{"notice": {appointed}})
	assert.Equal(t, at+"?done=notice-not-failed", waiting.Header.Get("Location"), "it is tried again anyway")
	assert.Empty(t, p.queue.retried)
	retried := p.post(globalAdmin, again, url.Values{"notice": {replaced}})
	require.Equal(t, http.StatusSeeOther, retried.StatusCode, retried.words())
	assert.Equal(t, at+"?done=notice-retried", retried.Header.Get("Location"))
	assert.Equal(t, []string{replaced}, p.queue.retried)
	page = p.get(globalAdmin, retried.Header.Get("Location"))
	assert.Contains(t, page.words(), "The address before To be sent")
	assert.Contains(t, page.words(), "The notice is sent again.")
	assert.Empty(t, page.nodes(form))
}

func TestNoticesOfOtherRevisions(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	require.Equal(t, http.StatusSeeOther,
		p.update(globalAdmin, "security-contact", "securityContact-phoneNumber", "+14255550177").StatusCode)
	at, notices := p.newest()
	p.outcome(host.DeliverySent, "", notices[partner.TopicContactUpdated])
	assert.Contains(t, p.get(globalAdmin, at).words(), "The security contact's address Sent")

	require.Equal(t, http.StatusSeeOther, p.update(globalAdmin, "business", "address-addressLine2", "Floor 2").StatusCode)
	at, notices = p.newest()
	assert.Empty(t, notices)
	assert.NotContains(t, p.get(globalAdmin, at).words(), "Who is told")
}
