package partner_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
)

func TestPermanent(t *testing.T) {
	t.Parallel()
	unknown := &fs.PathError{Op: "rcpt", Path: "mailbox", Err: io.ErrUnexpectedEOF}
	tests := []struct {
		name, why string
		err       error
		want      bool
	}{
		{"nil", "no error", nil, false},
		{"not marked", "a broken connection may be back tomorrow", unknown, false},
		{"marked", "the address does not exist", partner.Permanent(unknown), true},
		{"marked twice", "no harm", partner.Permanent(partner.Permanent(unknown)), true},
		{"wrapped", "a Notifier adds the ID", fmt.Errorf("3f0c: %w", partner.Permanent(unknown)), true},
		{"a marked wrapper", "the whole is marked", partner.Permanent(fmt.Errorf("3f0c: %w", unknown)), true},
		{"joined with one that is not", "the other channel may work", errors.Join(io.EOF, partner.Permanent(unknown)), false},
		{"joined before one that is not", "the order does not matter", errors.Join(partner.Permanent(unknown), io.EOF), false},
		{"joined marks", "no channel is left", errors.Join(partner.Permanent(unknown), partner.Permanent(io.EOF)), true},
		{"joined alone", "one of one", errors.Join(nil, partner.Permanent(unknown)), true},
		{"several wrapped", "the same as joined", fmt.Errorf("%w, %w", partner.Permanent(unknown), io.EOF), false},
		{"several marks wrapped", "the same as joined", fmt.Errorf("%w, %w", partner.Permanent(unknown), partner.Permanent(io.EOF)), true},
		{"a join in a join", "each branch of each", errors.Join(
			partner.Permanent(io.EOF), fmt.Errorf("3f0c: %w", errors.Join(partner.Permanent(unknown), io.EOF)),
		), false},
		{"a marked join in a join", "the mark is for all below it", errors.Join(
			partner.Permanent(io.EOF), partner.Permanent(errors.Join(unknown, io.EOF)),
		), true},
		{"a branch that is nil", "it is no error", branches{nil, partner.Permanent(unknown)}, true},
		{"branches that are nil", "nothing is marked", branches{nil, nil}, false},
		{"a wrapper of nothing", "nothing is marked", wrapper{}, false},
		{"a marked join", "all of them", partner.Permanent(errors.Join(io.EOF, unknown)), true},
		{"text alone", "the text of a marked error marks nothing", errors.New(partner.Permanent(unknown).Error()), false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, partner.IsPermanent(tt.err), tt.why)
			if tt.err == nil {
				assert.NoError(t, partner.Permanent(nil), "nothing failed")
				return
			}
			marked := partner.Permanent(tt.err)
			assert.True(t, partner.IsPermanent(marked))
			assert.Equal(t, tt.err.Error(), marked.Error(), "the mark does not show in the text")
			require.ErrorIs(t, marked, tt.err)
			if errors.Is(tt.err, io.ErrUnexpectedEOF) {
				detail, ok := errors.AsType[*fs.PathError](marked)
				assert.True(t, ok, "the mark hides nothing")
				assert.Same(t, unknown, detail)
			}
		})
	}
}

// branches is an error that wraps several, and does not leave out those that are
// nil as errors.Join does.
type branches [2]error

func (branches) Error() string     { return "branches" }
func (b branches) Unwrap() []error { return b[:] }

// wrapper is an error that could wrap one, and has none.
type wrapper struct{}

func (wrapper) Error() string { return "wrapper" }
func (wrapper) Unwrap() error { return nil }

func TestFuncAdapters(t *testing.T) {
	t.Parallel()
	type key struct{}
	ctx := context.WithValue(t.Context(), key{}, "trace")

	notifier := partner.Notifier(partner.NotifierFunc(func(ctx context.Context, n partner.Notification) error {
		assert.Equal(t, "trace", ctx.Value(key{}))
		return errors.New(n.ID)
	}))
	require.EqualError(t, notifier.Notify(ctx, partner.Notification{ID: "3f0c"}), "3f0c")

	directory := partner.Directory(partner.DirectoryFunc(func(ctx context.Context, id string) iter.Seq2[partner.Impact, error] {
		return func(yield func(partner.Impact, error) bool) {
			assert.Equal(t, "trace", ctx.Value(key{}))
			yield(partner.Impact{PartnerTenantID: id}, io.EOF)
		}
	}))
	calls := 0
	for impact, err := range directory.Impacted(ctx, dispatchTenant) {
		calls++
		assert.Equal(t, dispatchTenant, impact.PartnerTenantID)
		assert.Equal(t, io.EOF, err)
	}
	assert.Equal(t, 1, calls)
}

// onlyNotification returns the only notification that an incident makes at one partner.
func onlyNotification(t *testing.T, incident partner.Incident, impact partner.Impact) partner.Notification {
	t.Helper()
	dispatcher := partner.NewDispatcher(&scriptedDirectory{impacts: []partner.Impact{impact}}, &scriptedNotifier{}, nil)
	all, err := deliveries(t, dispatcher.Dispatch(t.Context(), incident))
	require.NoError(t, err)
	require.Len(t, all, 1)
	require.NoError(t, all[0].Err)
	return all[0].Notification
}

// The ID names the telling of one thing to one recipient at one partner: nothing else is in it, and each of these is.
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
		{"another partner", "one address may serve two partners", setPartner("11d1f0b4-3a52-4a5f-9d27-00000000000b"), false},
		{"case of the partner's tenant", "a UUID in any case", setPartner("11D1F0B4-3A52-4A5F-9D27-00000000000A"), true},
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

// The parts of an ID do not run into each other: a host's key may end as a tenant begins.
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

// IDs that hosts have stored must stay what they are: another one would tell everybody again. These were taken from sha256sum.
func TestNotificationIDIsStable(t *testing.T) {
	t.Parallel()
	incident, impact := dispatchIncident(), dispatchPartner(0)
	assert.Equal(t, "a399e84deb7f28403c0a7c3cbbc575ed264fc96f", onlyNotification(t, incident, impact).ID)
	incident.Drill = true
	assert.Equal(t, "82a45e976f0f09b0c023ae96394214d7c4272ee2", onlyNotification(t, incident, impact).ID)
}

// The key of a revision takes the place of the incident's ID: each recipient of each revision of each partner is told, and once.
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
		ID: base[0].ID, Topic: partner.TopicContactUpdated, PartnerTenantID: one.PartnerTenantID, CompanyName: "Contoso",
		Recipient: partner.Recipient{
			Audience: partner.ToSecurityContact, Name: "SOC", Email: dispatchAddress(1), Phone: "+14255550101",
		},
	}}, base)
	assert.Regexp(t, `^[!-~]{1,64}$`, base[0].ID)
	assert.Equal(t, base, notices(one.PartnerTenantID, one.SecurityContact, called(one.SecurityContact), "rev-1"), "told again")

	ids := map[string]bool{base[0].ID: true}
	others := [][]partner.Notification{
		notices(one.PartnerTenantID, one.SecurityContact, called(one.SecurityContact), "rev-2"), // another revision
		notices(two.PartnerTenantID, one.SecurityContact, called(one.SecurityContact), "rev-1"), // another partner
		notices(one.PartnerTenantID, two.SecurityContact, called(two.SecurityContact), "rev-1"), // another address
		notices(one.PartnerTenantID, one.SecurityContact, two.SecurityContact, "rev-1"),         // two other topics, one old address
	}
	for _, ns := range others {
		for _, n := range ns {
			assert.False(t, ids[n.ID], "%s to %s of %s", n.Topic, n.Recipient.Email, n.PartnerTenantID)
			ids[n.ID] = true
		}
	}
	assert.Len(t, ids, 6)
}

// A host may store the incident before it dispatches, or each notification before it mails: nothing changes by that.
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
		Incident: partner.Incident{Title: "Secret title", Summary: "Secret summary", Actions: []string{"Secret action"}},
	}
	var b strings.Builder
	slog.New(slog.NewTextHandler(&b, nil)).Info("told", "n", n)
	assert.Contains(t, b.String(),
		"n.id=3f0c n.topic=incident n.partnerTenantId=11d1f0b4-3a52-4a5f-9d27-000000000000 n.audience=admin_agent")
	assert.NotContains(t, strings.ToLower(b.String()), "secret")
	assert.NotContains(t, b.String(), "5550100")
}
