package partner

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"

	"github.com/cspkit/partner/internal/email"
	"github.com/cspkit/partner/internal/hidden"
	"github.com/cspkit/partner/internal/tenant"
)

// ErrUnchanged is returned by [Revise] if the proposal equals what is stored. A
// host may treat it as success.
var ErrUnchanged = errors.New("partner: unchanged")

// Change is one field of a revision, before and after.
type Change struct {
	Field  Field  `json:"field"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// LogValue tells the field, not its text.
func (c Change) LogValue() slog.Value { return slog.GroupValue(slog.String("field", c.Field.String())) }

// Format prints what LogValue tells, for every verb of package fmt.
func (c Change) Format(s fmt.State, _ rune) { hidden.Format(s, "Change", c) }

// Revision is a change of a legal profile that [Revise] found allowed and
// right. The host stores After, with By for its audit trail, and sends the
// Notices. The zero value is never returned with a nil error.
type Revision struct {
	TenantID     string       `json:"tenantId"` // whose profile, as in Before
	By           Actor        `json:"by"`
	Before       LegalProfile `json:"before"`
	After        LegalProfile `json:"after"` // the changed fields are normalised, the others keep their text
	Changed      FieldSet     `json:"changed"`
	Verification Verification `json:"verification"`
	Advice       Findings     `json:"advice"` // on the changed sections, and what is new on the others
}

// LogValue tells the tenant, what [Actor.LogValue] tells of By, which fields
// changed and the verdict. It tells no text of a field.
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

// Format prints what LogValue tells, for every verb of package fmt.
func (r Revision) Format(s fmt.State, _ rune) { hidden.Format(s, "Revision", r) }

// Changes returns the changed fields with their text before and after, in field
// order.
func (r Revision) Changes() []Change {
	changes := make([]Change, 0, r.Changed.Len())
	for f := range r.Changed.All() {
		changes = append(changes, Change{Field: f, Before: r.Before.Value(f), After: r.After.Value(f)})
	}
	return changes
}

// Notices returns what the security contacts are to be told of the revision:
//
//	what changed                  who is told
//	the address, ignoring case    the old one, that it was replaced, and
//	                              the new one, that it was appointed
//	another field of the contact  its address: a hijacked line is an attack too
//	nothing of the contact        nobody
//
// An address that fails the e-mail rule is told nothing. Neither address is
// shown to the other. A profile names no language: the host sets that of each
// Recipient, or it is written to in English.
//
// RevisionID is the host's own key of the stored revision. It must not be
// empty, and must be different for each revision, for the IDs of the notices
// follow from it. If two revisions had the same key, a transport would take the
// second warning for one that it has sent already.
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

// Revise decides a change of a legal profile from current, as it is stored, to
// proposed, as somebody wrote it. It stores nothing itself. In this order:
//
//  1. It asks auth whether by may view the profile of current.TenantID. Who may
//     not learns nothing else.
//  2. It normalises what differs, phone numbers without a region. A host that
//     knows a country normalises the contact with it first. A field whose
//     normalised text is the same is not changed, and keeps the text of
//     current.
//  3. The vetting status stays as in current.
//  4. If no field, tenant or partner type is changed, it returns
//     [ErrUnchanged].
//  5. It asks auth for the update of every section that the change touches.
//  6. It reports all faults at once: another tenant or partner type, every
//     fault in a touched section, and a missing security contact. In the other
//     sections it reports what this change made wrong: after a move to another
//     country, perhaps the primary contact's phone number. An old fault there
//     does not stand in the way.
//  7. It returns the Revision, with the verdict on account verification and the
//     advice.
//
// The errors are
//   - [*DeniedError] from steps 1 and 5, joined if several sections are
//     refused: see [Denials];
//   - ErrUnchanged;
//   - [*InvalidError], without advice: call Check to show advice as well;
//   - any other error of auth, wrapped. It comes alone, even if a section was
//     refused before it: an outage must not look like a refusal.
//
// A nil auth refuses everything.
func Revise(ctx context.Context, auth Authorizer, by Actor, current, proposed LegalProfile) (r Revision, err error) {
	by.Roles = copyRoles(by.Roles)
	if auth == nil {
		auth = Policy(nil)
	}
	request := Request{Actor: by, Action: ViewLegalProfile, TenantID: current.TenantID}
	if err := ask(ctx, auth, &request); err != nil {
		return Revision{}, err
	}

	// A Revision is large. It is written where it is returned, and cleared if
	// there is none.
	r.After = current
	r.Changed = change(&r.After, &proposed)
	faults := moved(&current, &proposed)
	if r.Changed == 0 && len(faults) == 0 {
		return Revision{}, ErrUnchanged
	}
	if err := askUpdates(ctx, auth, request, r.Changed); err != nil {
		return Revision{}, err
	}
	findings := r.After.leaves().checkChanged(r.Changed, current.leaves(), faults)
	if err := findings.Err(); err != nil {
		return Revision{}, err
	}
	r.TenantID = current.TenantID
	r.By = by
	r.Before = current
	r.Verification = r.Changed.Verification()
	r.Advice = findings.Advice()
	return r, nil
}

// ask returns what auth answers. It names the action of which auth could not
// decide.
func ask(ctx context.Context, auth Authorizer, request *Request) error {
	err := auth.Authorize(ctx, *request)
	if err != nil && !errors.Is(err, ErrDenied) {
		return fmt.Errorf("partner: undecided: %s: %w", request.Action, err)
	}
	return err
}

// askUpdates asks for the update of every section that the change touches. It
// joins the refusals if there are several.
func askUpdates(ctx context.Context, auth Authorizer, request Request, changed FieldSet) error {
	var refusals []error
	for section := SectionLegalBusiness; section < sectionEnd; section++ {
		if changed.In(section) == 0 {
			continue
		}
		request.Action = updates[section]
		err := ask(ctx, auth, &request)
		if err != nil && !errors.Is(err, ErrDenied) {
			return err
		}
		if err != nil {
			refusals = append(refusals, err)
		}
	}
	if len(refusals) == 1 {
		return refusals[0]
	}
	return errors.Join(refusals...)
}

// change puts into p, the current profile, each field of proposed that differs
// once it is normalised. It returns which these are. What is equal as it stands
// is not normalised.
func change(p, proposed *LegalProfile) (changed FieldSet) {
	for rest := Diff(p, proposed); rest != 0; rest &= rest - 1 {
		f := rest.first()
		_, _, text, by := p.leaves().row(f)
		_, _, wanted, _ := proposed.leaves().row(f)
		normalized := by.normalize(*wanted)
		if normalized != *text && normalized != by.normalize(*text) {
			*text = normalized
			changed |= 1 << f
		}
	}
	return changed
}

// moved finds that proposed is another partner's profile, or one of another
// type of partner.
func moved(current, proposed *LegalProfile) Findings {
	var fs Findings
	if current.TenantID != proposed.TenantID && !tenant.Same(current.TenantID, proposed.TenantID) {
		fs = append(fs, newFinding("/tenantId", CodeTenantImmutable))
	}
	if current.PartnerType != proposed.PartnerType {
		fs = append(fs, newFinding("/partnerType", CodePartnerTypeImmutable))
	}
	return fs
}

// elsewhere are the fields of other sections at which the checks of a section
// look as well.
var elsewhere = [...]FieldSet{
	SectionLegalBusiness:   0,
	SectionPrimaryContact:  NewFieldSet(FieldAddressCountry),      // where its phone number is dialled
	SectionSecurityContact: NewFieldSet(FieldPrimaryContactEmail), // which should be another's
}

// checkChanged appends the findings on p in the sections that the changed
// fields touch. On the others it appends those that stored does not have, and a
// missing security contact.
func (p leaves) checkChanged(changed FieldSet, stored leaves, fs Findings) Findings {
	for s := SectionLegalBusiness; s < sectionEnd; s++ {
		switch {
		case changed.In(s) != 0:
			fs = p.checkSection(s, fs)
		case changed&elsewhere[s] != 0:
			old := stored.checkSection(s, nil)
			fs = append(fs, p.checkSection(s, nil).filter(func(f Finding) bool {
				return f.Code == CodeContactMissing || !slices.Contains(old, f)
			})...)
		case s == SectionSecurityContact && p.isBlank(s.fields()):
			fs = p.checkSection(s, fs)
		}
	}
	return fs
}
