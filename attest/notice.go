package attest

import (
	"strconv"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/internal/digest"
	"github.com/cspkit/partner/internal/instant"
)

// Notices returns the asks that are out at now, as [Policy.At] says, one for
// each recipient: a [partner.TopicContactConfirm] to the security contact of
// the profile, and a [partner.TopicContactLapsed] to each of the admins. These
// are the Global admins of the company, with any Audience. It tells nobody
// itself.
//
// Notices stay out until the record changes. Hand each ID on once: it stays the
// same as long as these do:
//
//   - the tenant of the profile, in any case of letters,
//   - the address of the contact, and that of the recipient and its medium,
//     however they are spelled,
//   - EnteredAt and VerifiedAt of the record,
//   - the ask; that of a bounce is always the same, so that a second bounce is
//     no second notice.
//
// Recipients are cleaned as [partner.Route]'s are. Who has no usable address is
// left out, and each address of a medium is told once. A Global admin with the
// contact's address gets only the contact's question while that one is out. A
// profile names no language: the host sets that of the contact's Recipient, or
// it is written to in English.
func (p Policy) Notices(
	profile partner.LegalProfile, admins []partner.Recipient, r Record, now time.Time,
) []partner.Notification {
	standing, byBounce := p.at(r, instant.Of(now))
	c := profile.SecurityContact
	contact := partner.Recipient{
		Audience: partner.ToSecurityContact, Name: c.DisplayName(), Email: c.Email, Phone: c.Phone,
	}
	route := partner.Route{PartnerTenantID: profile.TenantID, CompanyName: profile.CompanyName}

	about := "" // an ID that follows the tenant and the address of the contact
	route.Recipients = []partner.Recipient{contact}
	for _, n := range route.Notifications(partner.Incident{}) {
		about = n.ID
	}
	route.Recipients = nil
	kinds := map[partner.Audience]kind{} // what each audience is told
	for _, ask := range standing.Asks {
		word := strconv.FormatInt(int64(ask.Before), 10)
		if ask.To == partner.ToSecurityContact {
			route.Recipients = append(route.Recipients, contact)
			kinds[ask.To] = kind{partner.TopicContactConfirm, word}
			continue
		}
		for _, admin := range admins {
			admin.Audience = ask.To
			route.Recipients = append(route.Recipients, admin)
		}
		if byBounce {
			word = "bounce"
		}
		kinds[ask.To] = kind{partner.TopicContactLapsed, word}
	}

	var notices []partner.Notification
	for _, n := range route.Notifications(partner.Incident{}) {
		told := kinds[n.Recipient.Audience]
		// The ID that n has follows the tenant, the medium and the address.
		parts := []string{"attest", string(told.topic), about, n.ID, text(r.EnteredAt), text(r.VerifiedAt), told.word}
		notices = append(notices, partner.Notification{
			ID:              digest.ID(parts...),
			Topic:           told.topic,
			PartnerTenantID: n.PartnerTenantID,
			CompanyName:     n.CompanyName,
			Recipient:       n.Recipient,
		})
	}
	return notices
}

// kind is what an audience is told: the topic, and a word that is one for each
// ask.
type kind struct {
	topic partner.Topic
	word  string
}

func text(t time.Time) string { return instant.Of(t).Format(time.RFC3339Nano) }
