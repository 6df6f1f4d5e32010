package partner

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"

	"github.com/cspkit/partner/internal/email"
	"github.com/cspkit/partner/internal/tenant"
)

// ErrUnchanged is returned by [Revise] if the proposal equals what is stored. A host may treat it as success.
var ErrUnchanged = errors.New("partner: unchanged")

// Change is one field of a revision, before and after.
type Change struct {
	Field  Field  `json:"field"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// LogValue tells the field, not its text.
func (c Change) LogValue() slog.Value { return slog.GroupValue(slog.String("field", c.Field.String())) }

// Revision is a change of a legal profile that was allowed, checked and judged by [Revise]. The host stores After, with By for
// its audit trail, and sends the Notices. The zero value is never returned with a nil error.
type Revision struct {
	TenantID     string       `json:"tenantId"` // whose profile, as in Before
	By           Actor        `json:"by"`
	Before       LegalProfile `json:"before"`
	After        LegalProfile `json:"after"` // the changed fields are normalised, the others keep their text
	Changed      FieldSet     `json:"changed"`
	Verification Verification `json:"verification"`
	Advice       Findings     `json:"advice"` // on the sections that were changed, and what the change brings to the others
}

// LogValue tells the tenant, what [Actor.LogValue] tells of By, which fields changed and the verdict; no text of a field.
func (r Revision) LogValue() slog.Value {
	changed := make([]string, 0, r.Changed.Len())
	for f := range r.Changed.All() {
		changed = append(changed, f.String())
	}
	return slog.GroupValue(
		slog.String("tenantId", r.TenantID), slog.Attr{Key: "by", Value: r.By.LogValue()}, slog.Any("changed", changed),
		slog.String("verification", r.Verification.String()),
	)
}

// Changes returns the changed fields with their text before and after, in field order.
func (r Revision) Changes() []Change {
	changes := make([]Change, 0, r.Changed.Len())
	for f := range r.Changed.All() {
		changes = append(changes, Change{Field: f, Before: r.Before.Value(f), After: r.After.Value(f)})
	}
	return changes
}

// Notices returns what the security contacts are to be told of the revision. A new e-mail address is told that it was appointed and
// the old one, where there was one, that it was replaced; where other fields of the contact changed, the address is told that, for a
// hijacked phone line is the same attack. An address that fails the e-mail rule is told nothing, and neither is shown to the other.
//
// RevisionID is the host's own key of the stored revision: not empty, which is not checked, and another for each, for the same key gives
// the same notification IDs. A transport that drops what it has taken already would drop the warning of a change that undoes another
// and is then made again: the address that is replaced a second time must hear of it a second time.
func (r Revision) Notices(revisionID string) []Notification {
	before, after := r.Before.SecurityContact, r.After.SecurityContact
	var notices []Notification
	tell := func(topic Topic, c SecurityContact) {
		if email.Valid(c.Email) {
			notices = append(notices, newContactNotification(topic, revisionID, r.After, c))
		}
	}
	switch {
	case r.Changed.In(SectionSecurityContact) == 0:
	case email.Key(before.Email) != email.Key(after.Email):
		tell(TopicContactReplaced, before)
		tell(TopicContactAppointed, after)
	default:
		tell(TopicContactUpdated, after)
	}
	return notices
}

// updates is the table of the action that each section asks for.
var updates = [...]Action{
	SectionLegalBusiness:   UpdateLegalBusiness,
	SectionPrimaryContact:  UpdatePrimaryContact,
	SectionSecurityContact: UpdateSecurityContact,
}

// Revise decides a change of a legal profile from current, as it is stored, to proposed, as somebody wrote it. It changes nothing
// itself. In this order:
//
//  1. It asks auth whether by may view the profile of current.TenantID; who may not learns nothing else.
//  2. It normalises the proposal, phone numbers without a region: a host with a country to offer normalises the contact first. A
//     field whose normalised text equals that of current is not changed, and keeps the text of current.
//  3. The vetting status stays as in current.
//  4. Where nothing is changed, and tenant and partner type are the same, it returns [ErrUnchanged].
//  5. It asks auth for the update of every section that the change touches.
//  6. It finds all faults at once: a different tenant or partner type, the errors in the touched sections, a missing security
//     contact always, and in the other sections what the check of current does not find there, as when the company's country moves
//     away from the primary contact's phone number. An old fault in a section that is not touched does not stand in the way.
//  7. It returns the Revision, with the verdict on account verification and the advice.
//
// The errors are [*DeniedError] from steps 1 and 5, joined in section order where several sections are refused, of which errors.AsType
// finds the first; ErrUnchanged; and [*InvalidError], which has no advice: a form that shows it as well asks Check. An error of auth
// that is no DeniedError refuses as well, and no more is asked: it is returned alone, wrapped, whatever was refused before it, so that
// an outage never looks like a refusal. A nil auth refuses everything.
func Revise(ctx context.Context, auth Authorizer, by Actor, current, proposed LegalProfile) (Revision, error) {
	by.Roles = slices.Clone(by.Roles)
	if auth == nil {
		auth = Policy(nil)
	}
	ask := func(action Action) error {
		err := auth.Authorize(ctx, Request{Actor: by, Action: action, TenantID: current.TenantID})
		if err != nil && !errors.Is(err, ErrDenied) {
			return fmt.Errorf("partner: undecided: %s: %w", action, err)
		}
		return err
	}
	if err := ask(ViewLegalProfile); err != nil {
		return Revision{}, err
	}

	after := merge(current, proposed)
	changed := Diff(&current, &after)
	faults := moved(current, proposed)
	if changed == 0 && len(faults) == 0 {
		return Revision{}, ErrUnchanged
	}

	var refusals []error
	for _, section := range changed.Sections() {
		err := ask(updates[section])
		if err != nil && !errors.Is(err, ErrDenied) {
			return Revision{}, err
		}
		if err != nil {
			refusals = append(refusals, err)
		}
	}
	if len(refusals) == 1 {
		return Revision{}, refusals[0]
	}
	if err := errors.Join(refusals...); err != nil {
		return Revision{}, err
	}

	findings := slices.Concat(faults, after.checkChanged(changed, current))
	if err := findings.Err(); err != nil {
		return Revision{}, err
	}
	return Revision{
		TenantID:     current.TenantID,
		By:           by,
		Before:       current,
		After:        after,
		Changed:      changed,
		Verification: changed.Verification(),
		Advice:       findings.Advice(),
	}, nil
}

// merge returns current with the fields of proposed that differ after normalising, normalised.
func merge(current, proposed LegalProfile) LegalProfile {
	after := current
	for f := range allFields.All() {
		if text := normalizeText(f, proposed.Value(f)); text != normalizeText(f, current.Value(f)) {
			*after.leaf(f) = text
		}
	}
	return after
}

// moved finds that proposed is another partner's profile, or one of another type of partner.
func moved(current, proposed LegalProfile) Findings {
	var fs Findings
	if current.TenantID != proposed.TenantID && !tenant.Same(current.TenantID, proposed.TenantID) {
		fs = append(fs, newFinding("/tenantId", CodeTenantImmutable))
	}
	if current.PartnerType != proposed.PartnerType {
		fs = append(fs, newFinding("/partnerType", CodePartnerTypeImmutable))
	}
	return fs
}

// checkChanged returns the findings on the sections that the changed fields touch, those on the others that current does not have,
// and a missing security contact always.
func (p LegalProfile) checkChanged(changed FieldSet, current LegalProfile) Findings {
	p = p.normalize()
	var fs Findings
	for section := SectionLegalBusiness; section <= SectionSecurityContact; section++ {
		found := p.checkSection(section)
		if changed.In(section) == 0 && len(found) > 0 {
			old := current.normalize().checkSection(section)
			found = found.filter(func(f Finding) bool { return f.Code == CodeContactMissing || !slices.Contains(old, f) })
		}
		fs = append(fs, found...)
	}
	return fs
}
