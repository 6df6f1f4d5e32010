package partner_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
)

// told returns what the recipients of an impact are told.
func told(incident partner.Incident, impact partner.Impact) []partner.Notification {
	return partner.Routing{}.Route(incident, impact).Notifications(incident)
}

// crowded is a partner whose contact and subscribers are reached by every
// medium.
func crowded() partner.Impact {
	impact := dispatchPartner(0)
	impact.Subscribers = []partner.Recipient{
		{Name: "Tickets", Email: "tickets@contoso.com"},
		{Name: "Pager", Phone: "+14255550199", Medium: partner.MediumPhone},
		{Name: "Chat", URL: "https://hooks.contoso.com/1", Medium: partner.MediumWebhook},
		{Name: "Wall", URL: "https://hooks.contoso.com/1", Medium: "wall"},
	}
	return impact
}

// Notifications is the step between a route and its deliveries. It returns all
// of them, in order, as Dispatch hands them to the Notifier.
func TestNotifications(t *testing.T) {
	t.Parallel()
	incident, impact := dispatchIncident(), crowded()
	incident.Version = 2
	route := partner.Routing{}.Route(incident, impact)
	notifications := route.Notifications(incident)
	require.Len(t, notifications, 5)
	for i, n := range notifications {
		assert.Equal(t, partner.Notification{
			ID: n.ID, Thread: n.Thread, Topic: partner.TopicIncident, PartnerTenantID: impact.PartnerTenantID,
			CompanyName: "Partner 0",
			Rights:      partner.Reseller, Recipient: route.Recipients[i], Incident: incident,
		}, n)
	}

	var given []partner.Notification
	notifier := partner.NotifierFunc(func(_ context.Context, n partner.Notification) error {
		given = append(given, n)
		return nil
	})
	dispatcher := partner.NewDispatcher(&scriptedDirectory{impacts: []partner.Impact{impact}}, notifier,
		&partner.DispatcherOptions{Concurrency: 1})
	all, err := deliveries(t, dispatcher.Dispatch(t.Context(), incident))
	require.NoError(t, err)
	assert.Equal(t, notifications, given)
	for i, delivery := range all {
		assert.Equal(t, partner.Delivery{Route: route, Notification: notifications[i]}, delivery)
	}
}

// A Route may be made by hand or decoded. Its recipients are cleaned, too.
func TestNotificationsOfAnyRoute(t *testing.T) {
	t.Parallel()
	assert.Empty(t, partner.Route{}.Notifications(dispatchIncident()), "nobody is told of a gap")
	route := partner.Route{
		PartnerTenantID: "c", CompanyName: "Contoso", OwnTenant: true, Gap: partner.GapNoRights,
		Recipients: []partner.Recipient{
			{Audience: "duty", Name: "Robin\nVale", Email: " soc@CONTOSO.com"},
			{Audience: partner.ToGlobalAdmin, Email: "SOC@contoso.com"},
			{Audience: partner.ToGlobalAdmin, Email: "soc@contoso"},
			{Audience: partner.ToSubscriber, Medium: partner.MediumWebhook, Email: "soc@contoso.com"},
			{Audience: partner.ToSubscriber, Medium: partner.MediumPhone, Phone: "+1 425 555 0100", Email: "nobody"},
		},
	}
	var recipients []partner.Recipient
	for _, n := range route.Notifications(dispatchIncident()) {
		assert.Equal(t, "Contoso", n.CompanyName)
		assert.True(t, n.OwnTenant)
		recipients = append(recipients, n.Recipient)
	}
	assert.Equal(t, []partner.Recipient{
		{Audience: "duty", Name: "Robin Vale", Email: "soc@contoso.com"},
		{Audience: partner.ToSubscriber, Medium: partner.MediumPhone, Phone: "+14255550100"},
	}, recipients, "who has no usable address is left out, and each address comes once, as whom it came first")
}

// The caller may change its incident afterwards. What one reader appends to the
// actions does not reach another.
func TestNotificationsKeepTheirOwnCopy(t *testing.T) {
	t.Parallel()
	incident := dispatchIncident()
	incident.Actions = append(make([]string, 0, 10), incident.Actions...)
	want := slices.Clone(incident.Actions)
	notifications := told(incident, crowded())
	clear(incident.Actions)
	for _, n := range notifications {
		assert.Equal(t, want, n.Incident.Actions)
		_ = append(n.Incident.Actions, "Beyond the end.")
	}
	for _, n := range notifications {
		assert.Equal(t, len(want), cap(n.Incident.Actions), "there is no room behind the last")
	}
	assert.Same(t, &notifications[0].Incident.Actions[0], &notifications[1].Incident.Actions[0], "one copy for all")
}

// Each telling to each recipient has an ID of its own, and belongs to the
// thread that the first one began.
func TestNotificationThreads(t *testing.T) {
	t.Parallel()
	incident, impact := dispatchIncident(), crowded()
	first := told(incident, impact)
	ids := map[string]bool{}
	for _, n := range first {
		assert.Empty(t, n.Thread, "it begins the thread")
	}
	for _, version := range []int{0, 1, 2, 10, 11, -1} {
		incident.Version = version
		for i, n := range told(incident, impact) {
			assert.Regexp(t, `^[!-~]{1,64}$`, n.ID)
			assert.False(t, ids[n.ID], "version %d to %s by %q", version, n.Recipient.Audience, n.Recipient.Medium)
			ids[n.ID] = true
			if version != 0 {
				assert.Equal(t, first[i].ID, n.Thread, "version %d", version)
			}
		}
	}
	assert.Len(t, ids, 6*5)

	incident.Version, incident.Drill = 0, true
	for _, n := range told(incident, impact) {
		assert.False(t, ids[n.ID], "a drill is a thread of its own")
		assert.Empty(t, n.Thread)
	}
}

// Hosts have stored these IDs, so they must stay what they are. The expected
// ones were made with sha256sum.
func TestNotificationIDsOfMediaAreStable(t *testing.T) {
	t.Parallel()
	incident, impact := dispatchIncident(), crowded()
	id := func(n int) string { return told(incident, impact)[n].ID }
	assert.Equal(t, "a399e84deb7f28403c0a7c3cbbc575ed264fc96f", id(0), "mail")
	assert.Equal(t, "b144ba44efcf22d7305cd1c86eb87892ffdf389f", id(2), "phone")
	incident.Version = 1
	assert.Equal(t, "96e174263871f8ad2150c626ea21feaf3b98f1d3", id(0), "mail, version 1")
	assert.Equal(t, "180a11a4a419dbeaa543e421fdcc70e8e6444e67", id(2), "phone, version 1")
}

// An Answer is a secret between the host and one reader.
func TestAnswer(t *testing.T) {
	t.Parallel()
	n := partner.Notification{ID: "3f0c", Topic: partner.TopicContactConfirm}
	data, err := json.Marshal(n)
	require.NoError(t, err)
	assert.NotContains(t, string(data), "answer", "none is left out")

	n.Answer = partner.Answer{URL: "https://contoso.com/answer/secret-1", Code: "secret-2"}
	n.Thread, n.UnansweredSince = "2e9b", time.Date(2026, 11, 23, 14, 5, 0, 0, time.UTC)
	data, err = json.Marshal(n)
	require.NoError(t, err)
	assert.JSONEq(t, `{"id": "3f0c", "topic": "contact_confirm", "partnerTenantId": "", "companyName": "", "ownTenant": false,
		"rights": [], "recipient": {"audience": "", "email": ""}, "unansweredSince": "2026-11-23T14:05:00Z", "thread": "2e9b",
		"answer": {"url": "https://contoso.com/answer/secret-1", "code": "secret-2"}}`, string(data))
	var back partner.Notification
	require.NoError(t, json.Unmarshal(data, &back))
	assert.Equal(t, n, back)

	for value, want := range map[any]string{
		n.Answer:         "partner.Answer[set=true]",
		partner.Answer{}: "partner.Answer[set=false]",
	} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
			assert.Equal(t, want, fmt.Sprintf(verb, value))
		}
	}
	assert.Equal(t,
		"partner.Notification[id=3f0c topic=contact_confirm partnerTenantId= audience= medium= answer=[set=true]]",
		fmt.Sprintf("%+v", n))
}

func TestTopics(t *testing.T) {
	t.Parallel()
	assert.Equal(t, []partner.Topic{
		"incident", "drill", "contact_appointed", "contact_replaced", "contact_updated", "contact_confirm",
		"contact_lapsed",
	}, partner.Topics(), "hosts store the words")
	partner.Topics()[0] = "changed"
	assert.Equal(t, partner.TopicIncident, partner.Topics()[0], "the list is the caller's")
}

func TestTopicAboutContact(t *testing.T) {
	t.Parallel()
	tests := []struct {
		topic partner.Topic
		want  bool
	}{
		{partner.TopicIncident, false},
		{partner.TopicDrill, false},
		{partner.TopicContactAppointed, true},
		{partner.TopicContactReplaced, true},
		{partner.TopicContactUpdated, true},
		{partner.TopicContactConfirm, true},
		{partner.TopicContactLapsed, true},
		{"", false},
		{"contact_other", false},
	}
	for _, tt := range tests {
		assert.Equal(t, tt.want, tt.topic.AboutContact(), "%q", tt.topic)
		n := partner.Notification{Topic: tt.topic, Incident: partner.Incident{Title: "Stolen password"}}
		assert.NotEqual(t, tt.want, strings.Contains(n.Message().Text, "Stolen password"), "%q: so in the message",
			tt.topic)
	}
	assert.Len(t, tests, len(partner.Topics())+2, "every topic has its turn")
}

func TestAnswerShown(t *testing.T) {
	t.Parallel()
	const page = "https://contoso.com/answer"
	tests := []struct {
		name, why    string
		answer, want partner.Answer
	}{
		{"page and code", "as it is", partner.Answer{URL: page, Code: "7KQ4-M2XD"},
			partner.Answer{URL: page, Code: "7KQ4-M2XD"}},
		{"page alone", "it asks for no code", partner.Answer{URL: page}, partner.Answer{URL: page}},
		{"code of two lines", "one line", partner.Answer{URL: page, Code: " 7KQ4\n-M2XD"},
			partner.Answer{URL: page, Code: "7KQ4 -M2XD"}},
		{"code alone", "there is nowhere to type it", partner.Answer{Code: "7KQ4-M2XD"}, partner.Answer{}},
		{"http", "anybody on the way reads it", partner.Answer{URL: "http://contoso.com/"}, partner.Answer{}},
		{"was no UTF-8", "it leads elsewhere now", partner.Answer{URL: page + "\uFFFD"}, partner.Answer{}},
		{"none", "none", partner.Answer{}, partner.Answer{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want.URL, tt.answer.Shown().URL, tt.why)
			assert.Equal(t, tt.want.Code, tt.answer.Shown().Code, tt.why)
		})
	}
}

// onlyNotification returns the only notification that an incident makes at one
// partner.
func onlyNotification(t *testing.T, incident partner.Incident, impact partner.Impact) partner.Notification {
	t.Helper()
	dispatcher := partner.NewDispatcher(&scriptedDirectory{impacts: []partner.Impact{impact}}, &scriptedNotifier{}, nil)
	all, err := deliveries(t, dispatcher.Dispatch(t.Context(), incident))
	require.NoError(t, err)
	require.Len(t, all, 1)
	require.NoError(t, all[0].Err)
	return all[0].Notification
}

// An ID depends on one incident or revision, one partner and one recipient. It
// depends on all three, and on nothing else.
func TestNotificationID(t *testing.T) {
	t.Parallel()
	setEmail := func(address string) func(*partner.Incident, *partner.Impact) {
		return func(_ *partner.Incident, i *partner.Impact) { i.SecurityContact.Email = address }
	}
	setPartner := func(id string) func(*partner.Incident, *partner.Impact) {
		return func(_ *partner.Incident, i *partner.Impact) { i.PartnerTenantID = id }
	}
	tests := []struct {
		name, why string
		change    func(*partner.Incident, *partner.Impact)
		same      bool
	}{
		{"nothing", "dispatched again", func(*partner.Incident, *partner.Impact) {}, true},
		{"another incident", "news", func(i *partner.Incident, _ *partner.Impact) { i.ID = "INC-2026-0043" }, false},
		{
			"case of the incident's ID", "a host's keys are compared exactly",
			func(i *partner.Incident, _ *partner.Impact) { i.ID = strings.ToLower(i.ID) }, false,
		},
		{
			"a drill", "a drill must not stand in the way of the incident that it rehearsed",
			func(i *partner.Incident, _ *partner.Impact) { i.Drill = true }, false,
		},
		{"another partner", "one address may serve two partners", setPartner("11d1f0b4-3a52-4a5f-9d27-00000000000b"),
			false},
		{"case of the partner's tenant", "a UUID in any case", setPartner("11D1F0B4-3A52-4A5F-9D27-00000000000A"),
			true},
		{"another address", "each recipient is told", setEmail("cert@bücher.example"), false},
		{"another domain", "each recipient is told", setEmail("soc@buecher.example"), false},
		{"case of the address", "one mailbox", setEmail("SOC@BÜCHER.Example"), true},
		{"spaces around the address", "formatting", setEmail(" soc@bücher.example "), true},
		{"the domain in A-labels", "one mailbox", setEmail("soc@xn--bcher-kva.example"), true},
		{
			"name and phone of the recipient", "corrected between two runs",
			func(_ *partner.Incident, i *partner.Impact) {
				i.SecurityContact.LastName, i.SecurityContact.Phone = "Duty", "+14255550101"
			}, true,
		},
		{
			"name and rights of the partner", "corrected between two runs",
			func(_ *partner.Incident, i *partner.Impact) {
				i.CompanyName, i.Rights = "Fabrikam", partner.GranularAdmin
			}, true,
		},
		{
			"the text of the incident", "a run that crashed is repeated with a better summary",
			func(i *partner.Incident, _ *partner.Impact) {
				i.Title, i.Summary, i.Actions, i.Severity = "Title", "Summary", []string{"Act."}, partner.IncidentLow
				i.DetectedAt = i.DetectedAt.Add(time.Hour)
			}, true,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			incident, impact := dispatchIncident(), dispatchPartner(0)
			impact.PartnerTenantID = "11d1f0b4-3a52-4a5f-9d27-00000000000a"
			impact.SecurityContact.Email = "soc@bücher.example"
			base := onlyNotification(t, incident, impact)
			tt.change(&incident, &impact)
			changed := onlyNotification(t, incident, impact)
			assert.Equal(t, tt.same, base.ID == changed.ID, tt.why)
			for _, n := range []partner.Notification{base, changed} {
				assert.Regexp(t, `^[!-~]{1,64}$`, n.ID, "fit for a Message-ID and a key of a table")
				assert.NotContains(t, n.ID, "soc", "no personal data")
			}
			assert.Equal(t, incident.Drill, changed.Topic == partner.TopicDrill)
			assert.Equal(t, !incident.Drill, changed.Topic == partner.TopicIncident)
		})
	}
}

// The parts of an ID do not run into each other, even if a host's key ends as a
// tenant ID begins.
func TestNotificationIDKeepsItsPartsApart(t *testing.T) {
	t.Parallel()
	id := func(incidentID, partnerTenantID string) string {
		incident, impact := dispatchIncident(), dispatchPartner(0)
		incident.ID, impact.PartnerTenantID = incidentID, partnerTenantID
		return onlyNotification(t, incident, impact).ID
	}
	assert.NotEqual(t, id("INC-1", "12"), id("INC-11", "2"))
	assert.NotEqual(t, id("INC-1", "1:2"), id("INC-11:", "2"))
	assert.NotEqual(t, id("INC", ":3:abc"), id("INC:3", ":abc"))
}

// Hosts have stored IDs. If one changed, everybody would be told again. The
// expected ones were made with sha256sum.
func TestNotificationIDIsStable(t *testing.T) {
	t.Parallel()
	incident, impact := dispatchIncident(), dispatchPartner(0)
	assert.Equal(t, "a399e84deb7f28403c0a7c3cbbc575ed264fc96f", onlyNotification(t, incident, impact).ID)
	incident.Drill = true
	assert.Equal(t, "82a45e976f0f09b0c023ae96394214d7c4272ee2", onlyNotification(t, incident, impact).ID)
}

// The key of a revision takes the place of the incident's ID. For each revision
// of each partner, every recipient is told once.
func TestNoticeID(t *testing.T) {
	t.Parallel()
	notices := func(tenantID string, before, after partner.SecurityContact, key string) []partner.Notification {
		from := partner.LegalProfile{TenantID: tenantID, SecurityContact: before}
		from.CompanyName = "Contoso"
		to := from
		to.SecurityContact = after
		return partner.Revision{Before: from, After: to, Changed: partner.Diff(&from, &to)}.Notices(key)
	}
	one, two := dispatchPartner(1), dispatchPartner(2)
	called := func(c partner.SecurityContact) partner.SecurityContact {
		c.Phone = "+14255550101"
		return c
	}
	base := notices(one.PartnerTenantID, one.SecurityContact, called(one.SecurityContact), "rev-1")
	require.Len(t, base, 1)
	assert.Equal(t, []partner.Notification{{
		ID: base[0].ID, Topic: partner.TopicContactUpdated, PartnerTenantID: one.PartnerTenantID,
		CompanyName: "Contoso",
		Recipient: partner.Recipient{
			Audience: partner.ToSecurityContact, Name: "SOC", Email: dispatchAddress(1), Phone: "+14255550101",
		},
	}}, base)
	assert.Regexp(t, `^[!-~]{1,64}$`, base[0].ID)
	assert.Equal(t, base, notices(one.PartnerTenantID, one.SecurityContact, called(one.SecurityContact), "rev-1"),
		"told again")

	ids := map[string]bool{base[0].ID: true}
	others := [][]partner.Notification{
		notices(one.PartnerTenantID, one.SecurityContact, called(one.SecurityContact), "rev-2"), // another revision
		notices(two.PartnerTenantID, one.SecurityContact, called(one.SecurityContact), "rev-1"), // another partner
		notices(one.PartnerTenantID, two.SecurityContact, called(two.SecurityContact), "rev-1"), // another address
		notices(one.PartnerTenantID, one.SecurityContact, two.SecurityContact, "rev-1"),
		// two other topics, one old address
	}
	for _, ns := range others {
		for _, n := range ns {
			assert.False(t, ids[n.ID], "%s to %s of %s", n.Topic, n.Recipient.Email, n.PartnerTenantID)
			ids[n.ID] = true
		}
	}
	assert.Len(t, ids, 6)
}

// A host may store the incident before it dispatches, or each notification
// before it mails. The message and the ID stay the same.
func TestNotificationJSON(t *testing.T) {
	t.Parallel()
	reborn := func(t *testing.T, from, to any) {
		t.Helper()
		data, err := json.Marshal(from)
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(data, to))
	}
	for _, drill := range []bool{false, true} {
		incident, impact := dispatchIncident(), dispatchPartner(0)
		incident.Drill = drill
		incident.DetectedAt = incident.DetectedAt.In(time.FixedZone("", -7*3600))
		impact.CompanyName = "Contoso <b>&\u2028\xff"
		want := onlyNotification(t, incident, impact)

		var stored partner.Incident
		reborn(t, incident, &stored)
		assert.Equal(t, want.ID, onlyNotification(t, stored, impact).ID)

		var got partner.Notification
		reborn(t, want, &got)
		assert.Equal(t, want.ID, got.ID)
		assert.Equal(t, want.Message(), got.Message())
		assert.Equal(t, want.Topic, got.Topic)
		assert.Equal(t, want.Recipient, got.Recipient)
		assert.Equal(t, want.Rights, got.Rights)
		assert.True(t, want.Incident.DetectedAt.Equal(got.Incident.DetectedAt))
	}

	data, err := json.Marshal(partner.Notification{ID: "3f0c", Topic: partner.TopicContactReplaced})
	require.NoError(t, err)
	assert.JSONEq(t, `{"id": "3f0c", "topic": "contact_replaced", "partnerTenantId": "", "companyName": "", "ownTenant": false,
		"rights": [], "recipient": {"audience": "", "email": ""}}`, string(data), "no incident where there is none")
}

func TestNotificationLogValue(t *testing.T) {
	t.Parallel()
	n := partner.Notification{
		ID: "3f0c", Topic: partner.TopicIncident, PartnerTenantID: "11d1f0b4-3a52-4a5f-9d27-000000000000",
		CompanyName: "Secret Company",
		Recipient: partner.Recipient{
			Audience: partner.ToAdminAgent, Name: "Secret Name", Email: "secret@contoso.com", Phone: "+14255550100",
		},
		Incident: partner.Incident{Title: "Secret title", Summary: "Secret summary",
			Actions: []string{"Secret action"}},
	}
	var b strings.Builder
	slog.New(slog.NewTextHandler(&b, noTime)).Info("told", "n", n)
	assert.Contains(t, b.String(),
		"n.id=3f0c n.topic=incident n.partnerTenantId=11d1f0b4-3a52-4a5f-9d27-000000000000 n.audience=admin_agent")
	assert.NotContains(t, strings.ToLower(b.String()), "secret")
	assert.NotContains(t, b.String(), "5550100")
}

// The two contacts share no word, so that what belongs to whom can be told
// apart in any text.
var (
	oldContact = partner.SecurityContact{FirstName: "Robin", LastName: "Vale", Email: "watch@fabrikam.com",
		Phone: "+14255550110"}
	newContact = partner.SecurityContact{FirstName: "Kim", LastName: "Oak", Email: "csirt@contoso.com",
		Phone: "+14255550120"}
)

// reviseContact is the revision from one security contact to another, as Revise
// makes it.
func reviseContact(t *testing.T, from, to partner.SecurityContact) partner.Revision {
	t.Helper()
	stored, proposed := storedProfile(), storedProfile()
	stored.SecurityContact, proposed.SecurityContact = from, to
	revision, err := partner.Revise(t.Context(), partner.DefaultPolicy(), revisingAdmin(), stored, proposed)
	require.NoError(t, err)
	return revision
}

// noticed is who is told what.
type noticed struct {
	topic partner.Topic
	email string
}

func TestNoticesTellTheContacts(t *testing.T) {
	t.Parallel()
	const appointed, replaced, updated = partner.TopicContactAppointed, partner.TopicContactReplaced,
		partner.TopicContactUpdated
	with := func(c partner.SecurityContact, edit func(c *partner.SecurityContact)) partner.SecurityContact {
		edit(&c)
		return c
	}
	address := func(email string) partner.SecurityContact {
		return with(oldContact, func(c *partner.SecurityContact) { c.Email = email })
	}
	tests := []struct {
		name, why string
		from, to  partner.SecurityContact
		want      []noticed
	}{
		{
			name: "another contact", why: "the old one is told first: it is the one who can raise an alarm",
			from: oldContact, to: newContact,
			want: []noticed{{replaced, "watch@fabrikam.com"}, {appointed, "csirt@contoso.com"}},
		},
		{
			name: "another address only", why: "whoever reads the old mailbox is replaced, whatever the name",
			from: oldContact, to: address("csirt@contoso.com"),
			want: []noticed{{replaced, "watch@fabrikam.com"}, {appointed, "csirt@contoso.com"}},
		},
		{
			name: "first contact", why: "there is no old address",
			from: partner.SecurityContact{}, to: newContact, want: []noticed{{appointed, "csirt@contoso.com"}},
		},
		{
			name: "address set at last", why: "likewise",
			from: address(""), to: oldContact, want: []noticed{{appointed, "watch@fabrikam.com"}},
		},
		{
			name: "old address unusable", why: "an address that fails the e-mail rule is told nothing",
			from: address("watch at fabrikam"), to: oldContact, want: []noticed{{appointed, "watch@fabrikam.com"}},
		},
		{
			name: "old address unusable and alike", why: "what mail cannot reach was never the contact's",
			from: address("watch@fabrikam_.com"), to: oldContact, want: []noticed{{appointed, "watch@fabrikam.com"}},
		},
		{
			name: "another phone", why: "a hijacked phone line is the same attack",
			from: oldContact, to: with(oldContact, func(c *partner.SecurityContact) { c.Phone = "+14255550120" }),
			want: []noticed{{updated, "watch@fabrikam.com"}},
		},
		{
			name: "another extension", why: "likewise",
			from: oldContact, to: with(oldContact, func(c *partner.SecurityContact) { c.Phone = "+14255550110;ext=7" }),
			want: []noticed{{updated, "watch@fabrikam.com"}},
		},
		{
			name: "another first name", why: "any field of the contact counts",
			from: oldContact, to: with(oldContact, func(c *partner.SecurityContact) { c.FirstName = "Sam" }),
			want: []noticed{{updated, "watch@fabrikam.com"}},
		},
		{
			name: "a middle name", why: "any field of the contact counts",
			from: oldContact, to: with(oldContact, func(c *partner.SecurityContact) { c.MiddleName = "Lou" }),
			want: []noticed{{updated, "watch@fabrikam.com"}},
		},
		{
			name: "another last name", why: "any field of the contact counts",
			from: oldContact, to: with(oldContact, func(c *partner.SecurityContact) { c.LastName = "Hill" }),
			want: []noticed{{updated, "watch@fabrikam.com"}},
		},
		{
			name: "address in other case", why: "the text of the field changed; the mailbox, ignoring case, did not",
			from: oldContact, to: address("Watch@fabrikam.com"),
			want: []noticed{{updated, "Watch@fabrikam.com"}},
		},
		{
			name: "address in lower case again", why: "likewise the other way round",
			from: address("WATCH@fabrikam.com"), to: oldContact,
			want: []noticed{{updated, "watch@fabrikam.com"}},
		},
		{
			name: "domain in the other of its two forms", why: "the same mailbox is neither replaced nor appointed",
			from: address("watch@xn--bcher-kva.example"), to: address("watch@b\u00fccher.example"),
			want: []noticed{{updated, "watch@b\u00fccher.example"}},
		},
		{
			name: "stored address not normalised", why: "mail is sent to the normalised one",
			from: address(" watch@FABRIKAM.com "), to: newContact,
			want: []noticed{{replaced, "watch@fabrikam.com"}, {appointed, "csirt@contoso.com"}},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			revision := reviseContact(t, tt.from, tt.to)
			var got []noticed
			for _, n := range revision.Notices("revision-1") {
				got = append(got, noticed{n.Topic, n.Recipient.Email})
			}
			assert.Equal(t, tt.want, got, tt.why)
		})
	}
}

func TestNoticesAreWhole(t *testing.T) {
	t.Parallel()
	notices := reviseContact(t, oldContact, newContact).Notices("revision-1")
	require.Len(t, notices, 2)
	assert.Equal(t, []partner.Notification{
		{
			ID: notices[0].ID, Topic: partner.TopicContactReplaced, PartnerTenantID: revisionTenant,
			CompanyName: "Contoso",
			Recipient: partner.Recipient{
				Audience: partner.ToSecurityContact, Name: "Robin Vale", Email: "watch@fabrikam.com",
				Phone: "+14255550110",
			},
		},
		{
			ID: notices[1].ID, Topic: partner.TopicContactAppointed, PartnerTenantID: revisionTenant,
			CompanyName: "Contoso",
			Recipient: partner.Recipient{
				Audience: partner.ToSecurityContact, Name: "Kim Oak", Email: "csirt@contoso.com", Phone: "+14255550120",
			},
		},
	}, notices)
}

// A stored name that was never checked does not leave the header in which the
// old contact is told.
func TestNoticesKeepTextsOnTheirLine(t *testing.T) {
	t.Parallel()
	stored := oldContact
	stored.LastName, stored.Phone = "Vale\r\nBcc: eve@fabrikam.example", "+14255550110\n=?x?="
	for _, n := range reviseContact(t, stored, newContact).Notices("revision-1") {
		if n.Topic == partner.TopicContactReplaced {
			assert.Equal(t, "Robin Vale Bcc: eve@fabrikam.example", n.Recipient.Name)
			assert.Equal(t, "+14255550110 = ?x?=", n.Recipient.Phone)
			return
		}
	}
	assert.Fail(t, "nobody was told that he was replaced")
}

// The contacts hear of what concerns them, and of nothing else in the profile.
func TestNoticesOfOtherSectionsAreNone(t *testing.T) {
	t.Parallel()
	proposed := storedProfile()
	proposed.CompanyName, proposed.PrimaryContact.Email = "Contoso Ltd", "sam@contoso.com"
	revision, err := partner.Revise(t.Context(), partner.DefaultPolicy(), revisingAdmin(), storedProfile(), proposed)
	require.NoError(t, err)
	assert.Empty(t, revision.Notices("revision-1"))
	assert.Empty(t, partner.Revision{}.Notices("revision-1"))

	revision.After.SecurityContact = newContact
	assert.Empty(t, revision.Notices("revision-1"), "what counts is what the revision says is changed")
}

// A host may make or decode a Revision itself, with any addresses in it.
func TestNoticesNeverGoToABadAddress(t *testing.T) {
	t.Parallel()
	nowhere := oldContact
	nowhere.Email = "watch@fabrikam.com, csirt@contoso.com"
	revision := partner.Revision{Changed: partner.NewFieldSet(partner.FieldSecurityContactEmail)}
	revision.Before.SecurityContact, revision.After.SecurityContact = oldContact, nowhere
	notices := revision.Notices("revision-1")
	require.Len(t, notices, 1)
	assert.Equal(t, partner.TopicContactReplaced, notices[0].Topic)
	assert.Equal(t, "watch@fabrikam.com", notices[0].Recipient.Email)

	revision.Before.SecurityContact = nowhere
	assert.Empty(t, revision.Notices("revision-1"), "nor an update")
}

// Either address may be an attacker's. A notice must not show the other one,
// neither in its fields nor in its message.
func TestNoticesShowNoOtherContact(t *testing.T) {
	t.Parallel()
	words := map[string][]string{
		oldContact.Email: {"watch", "fabrikam", "Robin", "Vale", "5550110"},
		newContact.Email: {"csirt", "contoso.com", "Kim", "Oak", "5550120"},
	}
	group := partner.NewGroupContact("Fabrikam Watch", oldContact.Email, oldContact.Phone)
	for _, revision := range []partner.Revision{
		reviseContact(t, oldContact, newContact), reviseContact(t, newContact, oldContact),
		reviseContact(t, group, newContact), reviseContact(t, newContact, group),
	} {
		for _, n := range revision.Notices("revision-1") {
			data, err := json.Marshal(n)
			require.NoError(t, err)
			message := n.Message()
			shown := strings.ToLower(string(data) + message.Subject + message.Text + message.HTML)
			assert.Contains(t, shown, n.Recipient.Email)
			assert.NotContains(t, shown, revisingAdmin().ID, "nor who did it")
			for address, list := range words {
				for _, word := range list {
					if address != n.Recipient.Email {
						assert.NotContains(t, shown, strings.ToLower(word), n.Topic)
					}
				}
			}
		}
	}
}

// noticeIDs are the IDs of the notices under a key, by topic.
func noticeIDs(r partner.Revision, revisionID string) map[partner.Topic]string {
	ids := map[partner.Topic]string{}
	for _, n := range r.Notices(revisionID) {
		ids[n.Topic] = n.ID
	}
	return ids
}

func TestNoticeIDsAreTheSameForTheSameKey(t *testing.T) {
	t.Parallel()
	revision := reviseContact(t, oldContact, newContact)
	want := noticeIDs(revision, "revision-1")
	require.Len(t, want, 2)
	assert.Equal(t, want, noticeIDs(reviseContact(t, oldContact, newContact), "revision-1"))

	revision.After.TenantID = strings.ToUpper(revision.After.TenantID)
	revision.Before.SecurityContact.Email = "Watch@Fabrikam.com"
	revision.After.SecurityContact.Email = "CSIRT@contoso.com"
	assert.Equal(t, want, noticeIDs(revision, "revision-1"), "the same tenant and the same mailboxes")

	revision.Before.SecurityContact.Phone = "+14255550199"
	revision.By.ID = "object-id-2"
	assert.Equal(t, want, noticeIDs(revision, "revision-1"), "the key, the partner and the recipient make the ID")
}

// No two notices share an ID, or a queue would drop the second one.
func TestNoticeIDsDiffer(t *testing.T) {
	t.Parallel()
	swap := reviseContact(t, oldContact, newContact)
	swapBack := reviseContact(t, newContact, oldContact)
	otherPartner := swap
	otherPartner.After.TenantID = strangerTenant
	renamed := newContact
	renamed.FirstName = "Sam"
	seen := map[string]string{}
	count := func(what string, r partner.Revision, revisionID string) {
		for topic, id := range noticeIDs(r, revisionID) {
			what := what + ", " + string(topic)
			assert.Emptyf(t, seen[id], "%s has the ID of the notice before", what)
			seen[id] = what
		}
	}
	for _, key := range []string{"revision-1", "revision-2", "revision-11", ""} {
		count("swap under "+key, swap, key)
		count("swap back under "+key, swapBack, key)
		count("another partner under "+key, otherPartner, key)
		count("update under "+key, reviseContact(t, newContact, renamed), key)
	}
	assert.Len(t, seen, 4*(2+2+2+1))
}

// An ID goes into mail headers, file names and logs: it is short, plain and
// tells nothing.
func TestNoticeIDsArePlain(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"", "revision 1\r\n", "\xff", "r\u00e9vision", strings.Repeat("x", 1000),
		"watch@fabrikam.com"} {
		for _, id := range noticeIDs(reviseContact(t, oldContact, newContact), key) {
			assert.Regexp(t, `^[!-~]{1,64}$`, id)
			for _, secret := range []string{"watch", "fabrikam", "csirt", "contoso", "robin", "oak", "@"} {
				assert.NotContains(t, strings.ToLower(id), secret)
			}
		}
	}
}
