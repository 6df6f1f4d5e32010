package partner_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
)

// The two contacts share no word, so that what belongs to whom can be told apart in any text.
var (
	oldContact = partner.SecurityContact{FirstName: "Robin", LastName: "Vale", Email: "watch@fabrikam.com", Phone: "+14255550110"}
	newContact = partner.SecurityContact{FirstName: "Kim", LastName: "Oak", Email: "csirt@contoso.com", Phone: "+14255550120"}
)

// reviseContact is the revision from one security contact to another, as Revise makes it.
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
	const appointed, replaced, updated = partner.TopicContactAppointed, partner.TopicContactReplaced, partner.TopicContactUpdated
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
			ID: notices[0].ID, Topic: partner.TopicContactReplaced, PartnerTenantID: revisionTenant, CompanyName: "Contoso",
			Recipient: partner.Recipient{
				Audience: partner.ToSecurityContact, Name: "Robin Vale", Email: "watch@fabrikam.com", Phone: "+14255550110",
			},
		},
		{
			ID: notices[1].ID, Topic: partner.TopicContactAppointed, PartnerTenantID: revisionTenant, CompanyName: "Contoso",
			Recipient: partner.Recipient{
				Audience: partner.ToSecurityContact, Name: "Kim Oak", Email: "csirt@contoso.com", Phone: "+14255550120",
			},
		},
	}, notices)
}

// A stored name that was never checked does not leave the header in which the old contact is told.
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

// A Revision that a host made or decoded itself is no better than its addresses.
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

// Whichever of the two is an attacker's, a notice must not help to find the other. What is shown is all that the notification
// holds and all that is rendered of it.
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

// No two tellings share an ID, or a queue would drop the second one.
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

// An ID goes into mail headers, file names and logs: it is short, plain and tells nothing.
func TestNoticeIDsArePlain(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"", "revision 1\r\n", "\xff", "r\u00e9vision", strings.Repeat("x", 1000), "watch@fabrikam.com"} {
		for _, id := range noticeIDs(reviseContact(t, oldContact, newContact), key) {
			assert.Regexp(t, `^[!-~]{1,64}$`, id)
			for _, secret := range []string{"watch", "fabrikam", "csirt", "contoso", "robin", "oak", "@"} {
				assert.NotContains(t, strings.ToLower(id), secret)
			}
		}
	}
}
