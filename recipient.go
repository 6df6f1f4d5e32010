package partner

import (
	"cmp"
	"fmt"
	"log/slog"

	"github.com/cspkit/partner/internal/email"
	"github.com/cspkit/partner/internal/hidden"
	"github.com/cspkit/partner/internal/line"
	"github.com/cspkit/partner/internal/link"
	"github.com/cspkit/partner/internal/phone"
	"github.com/cspkit/partner/internal/words"
)

// Audience says as what a recipient is told. Route sets it.
type Audience string

// The audiences.
const (
	ToSecurityContact Audience = "security_contact" // the partner's security contact
	ToAdminAgent      Audience = "admin_agent"      // an admin agent who enrolled in Azure fraud notifications
	ToGlobalAdmin     Audience = "global_admin"     // a Global admin of the partner, in place of the others
	ToSubscriber      Audience = "subscriber"       // registered beside the contact: a ticket system, a chat, a pager
)

// audiences is the table of the words for people, in the order in which Why
// counts them: the word for one, and the word for many. An audience that is not
// known has the words of otherAudience.
var audiences = [...]audienceWords{
	{ToAdminAgent, "enrolled admin agent", "enrolled admin agents"},
	{ToSecurityContact, "security contact", "security contacts"},
	{ToGlobalAdmin, "Global admin in place of the intended contact", "Global admins in place of the intended contact"},
	{ToSubscriber, "subscriber", "subscribers"},
}

var otherAudience = audienceWords{"", "other recipient", "other recipients"}

type audienceWords struct {
	audience  Audience
	one, many string
}

// Medium says how a recipient is reached. The zero value is mail.
//
// A host may have media of its own. The address of such a recipient is the
// first of URL, e-mail and phone that passes its rule: write what is neither,
// such as the name of a channel, as a URL of the host's.
type Medium string

// The media, each with the field of a [Recipient] that holds its address.
const (
	MediumMail    Medium = ""        // Email
	MediumPhone   Medium = "phone"   // Phone: a call or a text message
	MediumWebhook Medium = "webhook" // URL: a program
)

// address is where a recipient is reached. The zero value is nowhere.
type address struct {
	text string // as it is sent to
	key  string // what all spellings of the address share
}

func mailAddress(r *Recipient) address {
	normal, key := email.Mailbox(r.Email)
	return address{normal, key}
}

func phoneAddress(r *Recipient) address {
	number := phone.Normalize(r.Phone, "")
	if phone.Check(number)&phone.Errors != 0 {
		return address{}
	}
	return address{number, number}
}

func webhookAddress(r *Recipient) address {
	if !link.Valid(r.URL) {
		return address{}
	}
	return address{r.URL, r.URL}
}

// address returns where r is reached by its medium.
func (r *Recipient) address() address {
	switch r.Medium {
	case MediumMail:
		return mailAddress(r)
	case MediumPhone:
		return phoneAddress(r)
	case MediumWebhook:
		return webhookAddress(r)
	default:
		return cmp.Or(webhookAddress(r), mailAddress(r), phoneAddress(r))
	}
}

// key returns the key of the address of r, which is clean: see as.
func (r *Recipient) key() string {
	if r.Medium == MediumMail {
		return email.Key(r.Email)
	}
	return r.address().key
}

// Recipient is one address to which a notification goes. In an [Impact] the
// texts are the host's own, of any form.
//
// Route, [Route.Notifications] and [Revision.Notices] clean them. Then
//
//   - the field of the medium holds an address that passes its rule, as
//     [Recipient.Address] returns it,
//   - Name and Phone are each "" or one line of at most 128 code points,
//     without "=?", so that neither ends a header,
//   - Email and URL are each "" or pass their rule,
//   - Language is "" or a tag of BCP 47.
//
// A notification that was decoded from elsewhere may hold anything in them.
//
// Write a To header with net/mail's Address.String, of Name and
// EnvelopeAddress: a name may hold commas, quotation marks and letters outside
// ASCII. If EnvelopeAddress is "", no mail can be sent.
type Recipient struct {
	Audience Audience `json:"audience"`              // as what it is told; Route sets it
	Name     string   `json:"name,omitempty"`        // for the To header: "Contoso SOC"
	Email    string   `json:"email"`                 // "soc@contoso.com"; for the envelope see EnvelopeAddress
	Phone    string   `json:"phoneNumber,omitempty"` // for a call; of MediumPhone E.164: "+14255550100"
	Medium   Medium   `json:"medium,omitempty"`      // how it is reached: "" is mail
	URL      string   `json:"url,omitempty"`         // of a webhook: https; often a secret: see package webhook
	// Language is that of the message: a tag of BCP 47, such as "pt-BR". In an
	// Impact, "" takes that of the Impact. Elsewhere it is English. See
	// [Languages].
	Language string `json:"language,omitempty"`
}

// contactRecipient returns the security contact as a host has it.
func contactRecipient(c SecurityContact) Recipient {
	return Recipient{Name: c.DisplayName(), Email: c.Email, Phone: c.Phone}
}

// Address returns where r is reached by its medium: the normalised e-mail
// address, the phone number in E.164, or the URL. In a host's own medium it is
// the first of URL, e-mail and phone that passes its rule.
//
// It returns "" if that fails its rule. Then r is nobody's. Route then skips r
// silently: call Address when you register a recipient, and refuse "". To
// compare two of one medium, ignore case if they are e-mail addresses.
func (r Recipient) Address() string { return r.address().text }

// Clean returns r as Route hands it on: see [Recipient]. If r is nobody's, it
// returns the zero Recipient.
//
// A host calls it for a recipient that came back from a queue or a database,
// where somebody may have changed it.
func (r Recipient) Clean() Recipient {
	clean, _ := r.as(r.Audience)
	return clean
}

// as returns r as the library hands it on, and the key of its address. The key
// is "" if r is nobody's.
func (r Recipient) as(audience Audience) (clean Recipient, key string) {
	at := r.address()
	if at.text == "" {
		return Recipient{}, ""
	}
	clean = Recipient{
		Audience: audience,
		Name:     line.Header(line.Clean(r.Name), recipientTextLimit),
		Phone:    line.Header(line.Clean(r.Phone), recipientTextLimit),
		Medium:   r.Medium,
	}
	if r.Medium == MediumMail {
		clean.Email = at.text
	} else {
		clean.Email = mailAddress(&r).text
		if number := phoneAddress(&r).text; number != "" {
			clean.Phone = number
		}
	}
	if r.URL != "" {
		clean.URL = webhookAddress(&r).text
	}
	if r.Language != "" && words.IsTag(r.Language) {
		clean.Language = r.Language
	}
	return clean, at.key
}

// recipientTextLimit, in code points, is that of one name: a header needs no
// more to say who is meant.
const recipientTextLimit = nameLimit

// EnvelopeAddress returns Email for RCPT TO (RFC 5321), with its domain in
// A-labels: "soc@xn--bcher-kva.example". Servers without SMTPUTF8 (RFC 6531)
// take nothing else. It returns "" if Email fails the e-mail rule.
func (r Recipient) EnvelopeAddress() string { return email.Envelope(r.Email) }

// LogValue tells only the audience and the medium.
func (r Recipient) LogValue() slog.Value {
	return slog.GroupValue(slog.String("audience", string(r.Audience)), slog.String("medium", string(r.Medium)))
}

// Format prints what LogValue tells, whatever the verb.
func (r Recipient) Format(s fmt.State, _ rune) { hidden.Format(s, "Recipient", r) }

// roll lists recipients, each address of a medium once. The zero value is an
// empty list.
type roll struct {
	language string // of those who name none
	list     []Recipient
	first    place          // of the first
	seen     map[place]bool // of the others, once there are any: most partners have one
}

// place is an address with the medium that leads there.
type place struct {
	medium Medium
	key    string
}

// add appends r as one of the audience, unless it is nobody's or listed
// already.
func (l *roll) add(audience Audience, r Recipient) {
	if r.Language == "" {
		r.Language = l.language
	}
	clean, key := r.as(audience)
	at := place{r.Medium, key}
	switch {
	case key == "":
		return
	case len(l.list) == 0:
		l.first = at
	case at == l.first || l.seen[at]:
		return
	default:
		if l.seen == nil {
			l.seen = map[place]bool{}
		}
		l.seen[at] = true
	}
	l.list = append(l.list, clean)
}

// addAll adds candidates until stop reports true.
func (l *roll) addAll(audience Audience, candidates []Recipient, stop func() bool) {
	for i := range candidates {
		if stop() {
			return
		}
		l.add(audience, candidates[i])
	}
}
