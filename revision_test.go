package partner_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
)

const (
	revisionTenant = "6f1d2c3b-4a59-4e68-8f70-1b2c3d4e5f60"
	strangerTenant = "0b9c8d7e-6f50-4a41-9b32-c3d4e5f60718"
)

// storedProfile is good in every section.
func storedProfile() partner.LegalProfile {
	return partner.LegalProfile{
		TenantID:    revisionTenant,
		PartnerType: partner.IndirectReseller,
		LegalBusiness: partner.LegalBusiness{
			CompanyName: "Contoso",
			Address: partner.Address{
				Country: "US", City: "Redmond", State: "WA", AddressLine1: "1 Main Street", PostalCode: "98052",
			},
			VettingStatus:    "authorized",
			VettingSubStatus: "none",
		},
		PrimaryContact: partner.PrimaryContact{
			FirstName: "Robin", LastName: "Vale", Email: "robin.vale@contoso.com", Phone: "4255550101",
		},
		SecurityContact: partner.NewGroupContact("Contoso SOC", "soc@contoso.com", "+14255550100"),
	}
}

// withField returns p with the text of one field replaced. It does so in the
// JSON of p, at the pointer of the field.
func withField(t *testing.T, p partner.LegalProfile, f partner.Field, text string) partner.LegalProfile {
	t.Helper()
	data, err := json.Marshal(p)
	require.NoError(t, err)
	var tree map[string]any
	require.NoError(t, json.Unmarshal(data, &tree))
	object, keys := tree, strings.Split(f.String()[1:], "/")
	for _, key := range keys[:len(keys)-1] {
		if object[key] == nil {
			object[key] = map[string]any{}
		}
		object = object[key].(map[string]any)
	}
	object[keys[len(keys)-1]] = text
	data, err = json.Marshal(tree)
	require.NoError(t, err)
	var changed partner.LegalProfile
	require.NoError(t, json.Unmarshal(data, &changed))
	return changed
}

func revisingAdmin() partner.Actor {
	return partner.Actor{
		ID: "object-id-1", TenantID: revisionTenant, Roles: []partner.Role{partner.GlobalAdmin}, Channel: partner.Portal,
	}
}

// authRecorder is an Authorizer that writes down what it is asked. It gives the
// answers that it holds, and allows everything else.
type authRecorder struct {
	answers map[partner.Action]error
	asked   []partner.Request
}

func (r *authRecorder) Authorize(_ context.Context, request partner.Request) error {
	r.asked = append(r.asked, request)
	return r.answers[request.Action]
}

func (r *authRecorder) actions() []partner.Action {
	var actions []partner.Action
	for _, request := range r.asked {
		actions = append(actions, request.Action)
	}
	return actions
}

// refusing are the answers of a host that refuses the actions.
func refusing(actions ...partner.Action) map[partner.Action]error {
	answers := map[partner.Action]error{}
	for _, action := range actions {
		answers[action] = &partner.DeniedError{Request: partner.Request{Action: action}, Reason: partner.ReasonRole}
	}
	return answers
}

var (
	errUndecided = errors.New("the policy server is down")
	errElsewhere = errors.New("the policy server is asleep")
)

// findingPlace is where a finding stands and what it says to programs.
type findingPlace struct {
	path string
	code partner.Code
}

func placesOf(fs partner.Findings) []findingPlace {
	var list []findingPlace
	for _, f := range fs {
		list = append(list, findingPlace{f.Path, f.Code})
	}
	return list
}

// faultsOf returns the places of the findings in err, which must be an
// InvalidError.
func faultsOf(t *testing.T, err error) []findingPlace {
	t.Helper()
	require.ErrorIs(t, err, partner.ErrInvalid)
	invalid, ok := errors.AsType[*partner.InvalidError](err)
	require.True(t, ok)
	return placesOf(invalid.Findings)
}

// If two steps of Revise have something to say, the earlier one says it. Each
// row names two steps. It would fail if they traded places.
func TestReviseTakesItsStepsInOrder(t *testing.T) {
	t.Parallel()
	view, legal, contact := partner.ViewLegalProfile, partner.UpdateLegalBusiness, partner.UpdateSecurityContact
	tests := []struct {
		name, why string
		answers   map[partner.Action]error
		edit      func(stored, proposed *partner.LegalProfile)
		want      error
		asked     []partner.Action
	}{
		{
			name: "view before unchanged", why: "ErrUnchanged would tell a stranger what is stored",
			answers: refusing(view), edit: func(_, _ *partner.LegalProfile) {},
			want: partner.ErrDenied, asked: []partner.Action{view},
		},
		{
			name: "view before update", why: "which updates are asked for tells which fields differ",
			answers: refusing(view), edit: func(_, p *partner.LegalProfile) { p.CompanyName = "Contoso Ltd" },
			want: partner.ErrDenied, asked: []partner.Action{view},
		},
		{
			name: "view before faults", why: "the faults of a moved profile tell the tenant's type",
			answers: refusing(view), edit: func(_, p *partner.LegalProfile) { p.PartnerType = partner.IndirectProvider },
			want: partner.ErrDenied, asked: []partner.Action{view},
		},
		{
			name: "view undecided before everything", why: "who may perhaps see it learns nothing else either",
			answers: map[partner.Action]error{view: errUndecided}, edit: func(_, p *partner.LegalProfile) { p.CompanyName = "" },
			want: errUndecided, asked: []partner.Action{view},
		},
		{
			name: "normalise before unchanged", why: "formatting alone is no change",
			edit: func(_, p *partner.LegalProfile) { p.SecurityContact.Phone = "+1 (425) 555-0100" },
			want: partner.ErrUnchanged, asked: []partner.Action{view},
		},
		{
			name: "normalise before faults", why: "formatting alone is no fault",
			edit: func(_, p *partner.LegalProfile) {
				p.Address.City = "Seattle"
				p.Address.Country = " us "
				p.CompanyApproverEmail = " approver@CONTOSO.com "
			},
			asked: []partner.Action{view, legal},
		},
		{
			name: "vetting status before unchanged", why: "who proposes another vetting status proposes nothing",
			edit: func(_, p *partner.LegalProfile) { p.VettingStatus, p.VettingSubStatus = "rejected", "manualReview" },
			want: partner.ErrUnchanged, asked: []partner.Action{view},
		},
		{
			name: "unchanged before update", why: "sending the same form again is no attempt to change it",
			answers: refusing(legal, partner.UpdatePrimaryContact, contact), edit: func(_, _ *partner.LegalProfile) {},
			want: partner.ErrUnchanged, asked: []partner.Action{view},
		},
		{
			name: "unchanged before faults", why: "what was stored with a fault and stays is not this request's to mend",
			edit: func(stored, p *partner.LegalProfile) {
				stored.SecurityContact, p.SecurityContact = partner.SecurityContact{}, partner.SecurityContact{}
			},
			want: partner.ErrUnchanged, asked: []partner.Action{view},
		},
		{
			name: "update before faults", why: "who may not write gets no help in writing it well",
			answers: refusing(legal), edit: func(_, p *partner.LegalProfile) { p.CompanyName = "" },
			want: partner.ErrDenied, asked: []partner.Action{view, legal},
		},
		{
			name: "update before a moved tenant", why: "likewise where the profile is another's",
			answers: refusing(contact),
			edit: func(_, p *partner.LegalProfile) {
				p.TenantID = strangerTenant
				p.SecurityContact.Email = "csirt@contoso.com"
			},
			want: partner.ErrDenied, asked: []partner.Action{view, contact},
		},
		{
			name: "faults before the revision", why: "what is wrong is never stored",
			edit: func(_, p *partner.LegalProfile) { p.CompanyName = "" },
			want: partner.ErrInvalid, asked: []partner.Action{view, legal},
		},
		{
			name: "a moved tenant is no section", why: "nothing is updated, so no update is asked for, and nobody may move it",
			answers: refusing(legal, partner.UpdatePrimaryContact, contact),
			edit:    func(_, p *partner.LegalProfile) { p.TenantID = strangerTenant },
			want:    partner.ErrInvalid, asked: []partner.Action{view},
		},
	}
	sentinels := []error{partner.ErrDenied, partner.ErrUnchanged, partner.ErrInvalid, partner.ErrNoRecipient, errUndecided}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			stored, proposed := storedProfile(), storedProfile()
			tt.edit(&stored, &proposed)
			auth := &authRecorder{answers: tt.answers}

			revision, err := partner.Revise(t.Context(), auth, revisingAdmin(), stored, proposed)
			for _, sentinel := range sentinels {
				assert.Equal(t, errors.Is(tt.want, sentinel), errors.Is(err, sentinel), "%v: %s", sentinel, tt.why)
			}
			if tt.want != nil {
				assert.Equal(t, partner.Revision{}, revision, "an error comes with the zero Revision")
			} else {
				require.NoError(t, err, tt.why)
			}
			assert.Equal(t, tt.asked, auth.actions(), tt.why)
		})
	}
}

// Every request names the actor and the tenant of the stored profile. The
// tenant in the proposal does not count.
func TestReviseAsksForEverySectionThatItTouches(t *testing.T) {
	t.Parallel()
	sections := []struct {
		action partner.Action
		edit   func(p *partner.LegalProfile)
	}{
		{
			partner.UpdateLegalBusiness,
			func(p *partner.LegalProfile) { p.CompanyName, p.Address.City = "Contoso Ltd", "Seattle" },
		},
		{partner.UpdatePrimaryContact, func(p *partner.LegalProfile) { p.PrimaryContact.LastName = "Hill" }},
		{partner.UpdateSecurityContact, func(p *partner.LegalProfile) { p.SecurityContact.Email = "csirt@contoso.com" }},
	}
	for subset := range 1 << len(sections) {
		stored, proposed := storedProfile(), storedProfile()
		proposed.TenantID = strangerTenant
		by := revisingAdmin()
		want := []partner.Request{{Actor: by, Action: partner.ViewLegalProfile, TenantID: revisionTenant}}
		for i, section := range sections {
			if subset&(1<<i) != 0 {
				section.edit(&proposed)
				want = append(want, partner.Request{Actor: by, Action: section.action, TenantID: revisionTenant})
			}
		}
		auth := &authRecorder{}
		_, err := partner.Revise(t.Context(), auth, by, stored, proposed)
		assert.Equal(t, []findingPlace{{"/tenantId", partner.CodeTenantImmutable}}, faultsOf(t, err))
		assert.Equal(t, want, auth.asked, "each touched section once, in the order of the page")
	}
}

func TestReviseHandsTheContextOn(t *testing.T) {
	t.Parallel()
	type key struct{}
	ctx := context.WithValue(t.Context(), key{}, "trace-1")
	proposed := storedProfile()
	proposed.SecurityContact.Email = "csirt@contoso.com"
	calls := 0
	auth := partner.AuthorizerFunc(func(ctx context.Context, _ partner.Request) error {
		calls++
		assert.Equal(t, "trace-1", ctx.Value(key{}))
		return nil
	})
	_, err := partner.Revise(ctx, auth, revisingAdmin(), storedProfile(), proposed)
	require.NoError(t, err)
	assert.Equal(t, 2, calls)
}

func TestReviseSaysWhoRefused(t *testing.T) {
	t.Parallel()
	legal, primary, contact := partner.UpdateLegalBusiness, partner.UpdatePrimaryContact, partner.UpdateSecurityContact
	everything := []partner.Action{partner.ViewLegalProfile, legal, primary, contact}
	tests := []struct {
		name, why string
		answers   map[partner.Action]error
		denied    []partner.Action // in this order
		causes    []error
		asked     []partner.Action
	}{
		{
			name: "one section refused", why: "the others are asked for all the same, so that everything is reported at once",
			answers: refusing(legal), denied: []partner.Action{legal}, asked: everything,
		},
		{
			name: "the last section refused", why: "what the first ones were granted does not count",
			answers: refusing(contact), denied: []partner.Action{contact}, asked: everything,
		},
		{
			name: "several refused", why: "each refusal can be reached, in the order of the page",
			answers: refusing(contact, legal), denied: []partner.Action{legal, contact}, asked: everything,
		},
		{
			name: "all refused", why: "likewise",
			answers: refusing(contact, primary, legal), denied: []partner.Action{legal, primary, contact}, asked: everything,
		},
		{
			name: "view undecided", why: "no decision is no permission, and no refusal either",
			answers: map[partner.Action]error{partner.ViewLegalProfile: errUndecided},
			causes:  []error{errUndecided}, asked: everything[:1],
		},
		{
			name: "an update undecided", why: "likewise: nothing is done before somebody mends it",
			answers: map[partner.Action]error{primary: errUndecided}, causes: []error{errUndecided}, asked: everything[:3],
		},
		{
			name: "the last update undecided", why: "what the first ones were granted does not count",
			answers: map[partner.Action]error{contact: errUndecided}, causes: []error{errUndecided}, asked: everything,
		},
		{
			name: "two undecided", why: "whoever is down is not asked again",
			answers: map[partner.Action]error{primary: errUndecided, contact: errElsewhere},
			causes:  []error{errUndecided}, asked: everything[:3],
		},
		{
			name: "undecided before a refusal", why: "an outage is no refusal",
			answers: map[partner.Action]error{legal: errUndecided, contact: refusing(contact)[contact]},
			causes:  []error{errUndecided}, asked: everything[:2],
		},
		{
			name: "undecided after a refusal", why: "a host that answers 403 for an outage sends people away who may come back",
			answers: map[partner.Action]error{
				legal: refusing(legal)[legal], primary: refusing(primary)[primary], contact: errUndecided,
			},
			causes: []error{errUndecided}, asked: everything,
		},
		{
			name: "a wrapped refusal", why: "a host may add its own words to a DeniedError",
			answers: map[partner.Action]error{legal: errors.Join(errElsewhere, refusing(legal)[legal])},
			denied:  []partner.Action{legal}, causes: []error{errElsewhere}, asked: everything,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			proposed := storedProfile()
			proposed.CompanyName = "Contoso Ltd"
			proposed.PrimaryContact.LastName = "Hill"
			proposed.SecurityContact.Email = "csirt@contoso.com"
			auth := &authRecorder{answers: tt.answers}
			revision, err := partner.Revise(t.Context(), auth, revisingAdmin(), storedProfile(), proposed)
			require.Error(t, err)
			assert.Equal(t, partner.Revision{}, revision)
			assert.Equal(t, tt.asked, auth.actions(), tt.why)
			assert.Equal(t, tt.denied, deniedActions(err), tt.why)
			assert.Equal(t, len(tt.denied) > 0, errors.Is(err, partner.ErrDenied), tt.why)
			for _, cause := range []error{errUndecided, errElsewhere} {
				assert.Equal(t, slices.Contains(tt.causes, cause), errors.Is(err, cause), "%v: %s", cause, tt.why)
			}
			if tt.denied == nil {
				assert.NotContains(t, err.Error(), "\n", "one answer is one line of a log")
			}
			require.NotErrorIs(t, err, partner.ErrUnchanged)
			assert.NotErrorIs(t, err, partner.ErrInvalid)
		})
	}
}

// deniedActions are the actions of every DeniedError in the tree of err.
func deniedActions(err error) []partner.Action {
	if denied, ok := err.(*partner.DeniedError); ok { //nolint:errorlint // the tree is walked by hand, to see each of them
		return []partner.Action{denied.Request.Action}
	}
	var actions []partner.Action
	switch e := err.(type) { //nolint:errorlint // likewise
	case interface{ Unwrap() []error }:
		for _, err := range e.Unwrap() {
			actions = append(actions, deniedActions(err)...)
		}
	case interface{ Unwrap() error }:
		actions = deniedActions(e.Unwrap())
	}
	return actions
}

// An undecided error says which question had no answer.
func TestReviseNamesTheUndecidedAction(t *testing.T) {
	t.Parallel()
	for _, action := range []partner.Action{partner.ViewLegalProfile, partner.UpdateSecurityContact} {
		proposed := storedProfile()
		proposed.SecurityContact.Email = "csirt@contoso.com"
		auth := &authRecorder{answers: map[partner.Action]error{action: errUndecided}}
		_, err := partner.Revise(t.Context(), auth, revisingAdmin(), storedProfile(), proposed)
		assert.ErrorContains(t, err, string(action))
	}
}

// A single refusal comes back as the Authorizer gave it, not wrapped.
func TestReviseReturnsARefusalAsItIs(t *testing.T) {
	t.Parallel()
	for _, action := range []partner.Action{partner.ViewLegalProfile, partner.UpdateSecurityContact} {
		proposed := storedProfile()
		proposed.SecurityContact.Email = "csirt@contoso.com"
		auth := &authRecorder{answers: refusing(action)}
		_, err := partner.Revise(t.Context(), auth, revisingAdmin(), storedProfile(), proposed)
		assert.Same(t, auth.answers[action], err)
	}
}

func TestReviseWithoutAuthorizerRefuses(t *testing.T) {
	t.Parallel()
	proposed := storedProfile()
	proposed.SecurityContact.Email = "csirt@contoso.com"
	for _, proposal := range []partner.LegalProfile{proposed, storedProfile()} {
		revision, err := partner.Revise(t.Context(), nil, revisingAdmin(), storedProfile(), proposal)
		require.ErrorIs(t, err, partner.ErrDenied, "a gate's zero value refuses, even where nothing is changed")
		assert.Equal(t, []partner.Action{partner.ViewLegalProfile}, deniedActions(err))
		assert.Equal(t, partner.Revision{}, revision)
	}
}

// The table of Microsoft's page, by way of Revise.
func TestReviseUnderTheDefaultPolicy(t *testing.T) {
	t.Parallel()
	editPrimary := func(p *partner.LegalProfile) { p.PrimaryContact.LastName = "Hill" }
	editContact := func(p *partner.LegalProfile) { p.SecurityContact.Email = "csirt@contoso.com" }
	editBoth := func(p *partner.LegalProfile) { editPrimary(p); editContact(p) }
	tests := []struct {
		name, why string
		by        func(a *partner.Actor)
		edit      func(p *partner.LegalProfile)
		reason    partner.Reason // "" where it is allowed
	}{
		{"Global admin, portal", "the page: the Global admin updates the security contact", nil, editContact, ""},
		{
			"Global admin, API, primary contact", "Partner Center has an API for it", throughChannel(partner.API), editPrimary,
			"",
		},
		{
			"Global admin, API, security contact", "cannot be done through the Partner Center APIs",
			throughChannel(partner.API), editContact, partner.ReasonChannel,
		},
		{
			"Global admin, API, both", "half of a change is not what was asked for",
			throughChannel(partner.API), editBoth, partner.ReasonChannel,
		},
		{"Global admin, portal, both", "nothing stands against it", nil, editBoth, ""},
		{
			"channel unknown", "what is unknown at a gate is refused", throughChannel("fax"), editPrimary, partner.ReasonChannel,
		},
		{"billing admin", "may view and not edit", withRoles(partner.BillingAdmin), editContact, partner.ReasonRole},
		{"guest", "may not even view", withRoles(partner.GuestUser), editContact, partner.ReasonRole},
		{"no role", "likewise", withRoles(), editContact, partner.ReasonRole},
		{"nobody", "nobody is signed in", func(a *partner.Actor) { a.ID = "" }, editContact, partner.ReasonNotSignedIn},
		{
			"Global admin of another partner", "the profile is not theirs",
			func(a *partner.Actor) { a.TenantID = strangerTenant }, editContact, partner.ReasonOtherTenant,
		},
		{
			"tenant in upper case", "UUIDs are compared ignoring ASCII case",
			func(a *partner.Actor) { a.TenantID = strings.ToUpper(a.TenantID) }, editContact, "",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			by, proposed := revisingAdmin(), storedProfile()
			if tt.by != nil {
				tt.by(&by)
			}
			tt.edit(&proposed)
			revision, err := partner.Revise(t.Context(), partner.DefaultPolicy(), by, storedProfile(), proposed)
			if tt.reason == "" {
				require.NoError(t, err, tt.why)
				assert.Equal(t, proposed, revision.After)
				return
			}
			denied, ok := errors.AsType[*partner.DeniedError](err)
			require.True(t, ok, tt.why)
			assert.Equal(t, tt.reason, denied.Reason, tt.why)
			assert.Equal(t, partner.Revision{}, revision)
		})
	}
}

func throughChannel(c partner.Channel) func(*partner.Actor) {
	return func(a *partner.Actor) { a.Channel = c }
}
func withRoles(r ...partner.Role) func(*partner.Actor) { return func(a *partner.Actor) { a.Roles = r } }

// approvedProfile also has an approver, so that any of the approver's fields
// can be edited alone.
func approvedProfile() partner.LegalProfile {
	p := storedProfile()
	p.CompanyApproverAddress = partner.Address{
		Country: "US", City: "Bellevue", State: "WA", AddressLine1: "3 Main Street", FirstName: "Alex", LastName: "Elm",
	}
	p.CompanyApproverEmail = "alex@contoso.com"
	return p
}

// Each field is changed by itself. Then it is the only change, is stored
// normalised, and asks for its own section and verdict.
func TestReviseChangesEachField(t *testing.T) {
	t.Parallel()
	updates := map[partner.Section]partner.Action{
		partner.SectionLegalBusiness:   partner.UpdateLegalBusiness,
		partner.SectionPrimaryContact:  partner.UpdatePrimaryContact,
		partner.SectionSecurityContact: partner.UpdateSecurityContact,
	}
	for f, edit := range fieldCases {
		t.Run(strings.ReplaceAll(f.String()[1:], "/", "."), func(t *testing.T) {
			t.Parallel()
			stored := approvedProfile()
			auth := &authRecorder{}
			by := revisingAdmin()
			revision, err := partner.Revise(t.Context(), auth, by, stored, withField(t, stored, f, edit.typed))
			require.NoError(t, err)

			after := withField(t, stored, f, edit.stored)
			verdict := partner.VerificationMayBeRequired
			if f.Section() == partner.SectionSecurityContact {
				verdict = partner.VerificationNotRequired
			}
			assert.Equal(t, partner.Revision{
				TenantID: revisionTenant, By: by, Before: stored, After: after,
				Changed: partner.NewFieldSet(f), Verification: verdict, Advice: revision.Advice,
			}, revision)
			assert.Equal(t, []partner.Change{{Field: f, Before: stored.Value(f), After: edit.stored}}, revision.Changes())
			assert.Equal(t, []partner.Action{partner.ViewLegalProfile, updates[f.Section()]}, auth.actions())

			_, err = partner.Revise(t.Context(), auth, by, revision.After, revision.After)
			assert.ErrorIs(t, err, partner.ErrUnchanged, "what was stored is what is stored")
		})
	}
}

// Formatting is no change, in either direction. Somebody may type a stored text
// in another way. Or the stored text may be older than the library, and the
// proposal is its normalised form. The stored text stays.
func TestReviseKeepsTextThatDiffersInFormattingOnly(t *testing.T) {
	t.Parallel()
	clean, rough := approvedProfile(), approvedProfile()
	for f, edit := range fieldCases {
		clean, rough = withField(t, clean, f, edit.stored), withField(t, rough, f, edit.typed)
	}
	require.NotEqual(t, clean, rough)
	for _, stored := range []partner.LegalProfile{clean, rough} {
		for _, proposed := range []partner.LegalProfile{clean, rough} {
			_, err := partner.Revise(t.Context(), &authRecorder{}, revisingAdmin(), stored, proposed)
			require.ErrorIs(t, err, partner.ErrUnchanged)

			want := stored
			want.CompanyName = "Fabrikam"
			proposed.CompanyName = "Fabrikam"
			revision, err := partner.Revise(t.Context(), &authRecorder{}, revisingAdmin(), stored, proposed)
			require.NoError(t, err)
			assert.Equal(t, want, revision.After, "only the changed field is rewritten")
			assert.Equal(t, stored, revision.Before)
		}
	}
}

// Partner Center keeps these phone numbers as they are typed. So another
// spelling is a change.
func TestReviseNeverRewritesOtherPhoneNumbers(t *testing.T) {
	t.Parallel()
	fields := partner.NewFieldSet(partner.FieldAddressPhone, partner.FieldApproverAddressPhone,
		partner.FieldPrimaryContactPhone)
	for f := range fields.All() {
		stored := withField(t, approvedProfile(), f, "4255550106")
		proposed := withField(t, stored, f, "425-555-0106")
		revision, err := partner.Revise(t.Context(), &authRecorder{}, revisingAdmin(), stored, proposed)
		require.NoError(t, err)
		assert.Equal(t, []partner.Change{{Field: f, Before: "4255550106", After: "425-555-0106"}}, revision.Changes())
	}
}

func TestReviseKeepsTheVettingStatus(t *testing.T) {
	t.Parallel()
	proposed := storedProfile()
	proposed.VettingStatus, proposed.VettingSubStatus = "", "domain"
	proposed.CompanyName = "Contoso Ltd"
	revision, err := partner.Revise(t.Context(), &authRecorder{}, revisingAdmin(), storedProfile(), proposed)
	require.NoError(t, err)
	assert.Equal(t, "authorized", revision.After.VettingStatus, "it is Microsoft's to set")
	assert.Equal(t, "none", revision.After.VettingSubStatus)
	assert.Equal(t, partner.NewFieldSet(partner.FieldCompanyName), revision.Changed)
}

// A tenant is the same in any case of letters, and keeps the spelling that is
// stored.
func TestReviseComparesTenantsIgnoringCase(t *testing.T) {
	t.Parallel()
	proposed := storedProfile()
	proposed.TenantID = strings.ToUpper(proposed.TenantID)
	_, err := partner.Revise(t.Context(), &authRecorder{}, revisingAdmin(), storedProfile(), proposed)
	require.ErrorIs(t, err, partner.ErrUnchanged)

	proposed.CompanyName = "Contoso Ltd"
	revision, err := partner.Revise(t.Context(), &authRecorder{}, revisingAdmin(), storedProfile(), proposed)
	require.NoError(t, err)
	assert.Equal(t, revisionTenant, revision.After.TenantID)
	assert.Equal(t, revisionTenant, revision.TenantID)
}

func TestReviseFindsAllFaultsAtOnce(t *testing.T) {
	t.Parallel()
	missing := findingPlace{"/securityContact", partner.CodeContactMissing}
	tests := []struct {
		name, why string
		stored    func(p *partner.LegalProfile) // what is stored differs from storedProfile
		proposed  func(p *partner.LegalProfile) // what is proposed differs from what is stored
		want      []findingPlace                // none: it is allowed
	}{
		{
			name: "everything wrong", why: "in field order, what cannot be changed first",
			proposed: func(p *partner.LegalProfile) {
				p.SecurityContact.Phone = "4255550100"
				p.SecurityContact.Email = "soc"
				p.PrimaryContact.LastName = ""
				p.CompanyApproverEmail = "approver"
				p.Address.City = ""
				p.CompanyName = "<Contoso>"
				p.PartnerType = partner.IndirectProvider
				p.TenantID = strangerTenant
			},
			want: []findingPlace{
				{"/tenantId", partner.CodeTenantImmutable},
				{"/partnerType", partner.CodePartnerTypeImmutable},
				{"/companyName", partner.CodeNameCharacter},
				{"/address/city", partner.CodeFieldMissing},
				{"/companyApproverEmail", partner.CodeEmailSyntax},
				{"/primaryContact/lastName", partner.CodeNameMissing},
				{"/securityContact/email", partner.CodeEmailSyntax},
				{"/securityContact/phoneNumber", partner.CodePhoneCountryCode},
			},
		},
		{
			name: "tenant", why: "a revision cannot move a profile",
			proposed: func(p *partner.LegalProfile) { p.TenantID = strangerTenant },
			want:     []findingPlace{{"/tenantId", partner.CodeTenantImmutable}},
		},
		{
			name: "tenant left out", why: "none is another one than the stored",
			proposed: func(p *partner.LegalProfile) { p.TenantID = "" },
			want:     []findingPlace{{"/tenantId", partner.CodeTenantImmutable}},
		},
		{
			name: "partner type", why: "it follows from a contract, not from a form",
			proposed: func(p *partner.LegalProfile) { p.PartnerType = partner.DirectBillPartner },
			want:     []findingPlace{{"/partnerType", partner.CodePartnerTypeImmutable}},
		},
		{
			name: "partner type in other case", why: "only tenants are compared ignoring case",
			proposed: func(p *partner.LegalProfile) { p.PartnerType = "Indirect_Reseller" },
			want:     []findingPlace{{"/partnerType", partner.CodePartnerTypeImmutable}},
		},
		{
			name: "tenant moved where the contact is missing", why: "a missing contact is always said",
			stored:   func(p *partner.LegalProfile) { p.SecurityContact = partner.SecurityContact{} },
			proposed: func(p *partner.LegalProfile) { p.TenantID = strangerTenant },
			want:     []findingPlace{{"/tenantId", partner.CodeTenantImmutable}, missing},
		},
		{
			name: "legal business edited where the contact is missing", why: "likewise",
			stored:   func(p *partner.LegalProfile) { p.SecurityContact = partner.SecurityContact{} },
			proposed: func(p *partner.LegalProfile) { p.Address.City = "Seattle" },
			want:     []findingPlace{missing},
		},
		{
			name: "primary contact edited where the contact is blank", why: "spaces are no contact",
			stored:   func(p *partner.LegalProfile) { p.SecurityContact = partner.SecurityContact{FirstName: " ", Email: " "} },
			proposed: func(p *partner.LegalProfile) { p.PrimaryContact.LastName = "Hill" },
			want:     []findingPlace{missing},
		},
		{
			name: "contact missing in an unknown type of partner", why: "an unknown type counts as one that requires it",
			stored: func(p *partner.LegalProfile) {
				p.PartnerType, p.SecurityContact = "reseller", partner.SecurityContact{}
			},
			proposed: func(p *partner.LegalProfile) { p.Address.City = "Seattle" },
			want:     []findingPlace{missing},
		},
		{
			name: "contact removed", why: "it is said once, and nothing else of the contact",
			proposed: func(p *partner.LegalProfile) { p.SecurityContact = partner.SecurityContact{} },
			want:     []findingPlace{missing},
		},
		{
			name: "contact set at last", why: "this is what mends it",
			stored: func(p *partner.LegalProfile) { p.SecurityContact = partner.SecurityContact{} },
			proposed: func(p *partner.LegalProfile) {
				p.SecurityContact = partner.NewGroupContact("Contoso SOC", "soc@contoso.com", "+14255550100")
			},
		},
		{
			name: "old fault in the same section", why: "what is edited is checked as a whole",
			stored:   func(p *partner.LegalProfile) { p.Address.PostalCode = strings.Repeat("9", 21) },
			proposed: func(p *partner.LegalProfile) { p.CompanyName = "Contoso Ltd" },
			want:     []findingPlace{{"/address/postalCode", partner.CodeFieldTooLong}},
		},
		{
			name: "old fault in the legal business", why: "another section does not wait for it",
			stored:   func(p *partner.LegalProfile) { p.Address.City = "" },
			proposed: func(p *partner.LegalProfile) { p.PrimaryContact.LastName = "Hill" },
		},
		{
			name: "old fault in the primary contact", why: "likewise",
			stored:   func(p *partner.LegalProfile) { p.PrimaryContact.Email = "" },
			proposed: func(p *partner.LegalProfile) { p.SecurityContact.Email = "csirt@contoso.com" },
		},
		{
			name: "old fault in the security contact", why: "likewise: it is there, so it is not missing",
			stored:   func(p *partner.LegalProfile) { p.SecurityContact.Phone = "" },
			proposed: func(p *partner.LegalProfile) { p.CompanyName = "Contoso Ltd" },
		},
		{
			name: "old fault in tenant and type", why: "they are nobody's section",
			stored:   func(p *partner.LegalProfile) { p.TenantID, p.PartnerType = "contoso", "reseller" },
			proposed: func(p *partner.LegalProfile) { p.CompanyName = "Contoso Ltd" },
		},
		{
			name: "country moved under a national number", why: "it was a number before: the change makes it none",
			proposed: func(p *partner.LegalProfile) { p.Address.Country = "IS" },
			want:     []findingPlace{{"/primaryContact/phoneNumber", partner.CodePhoneImpossible}},
		},
		{
			name: "country moved with its number", why: "this is how it is done",
			proposed: func(p *partner.LegalProfile) { p.Address.Country, p.PrimaryContact.Phone = "IS", "+14255550101" },
		},
		{
			name: "country moved under an old fault", why: "the number was none before either",
			stored:   func(p *partner.LegalProfile) { p.PrimaryContact.Phone = "555010" },
			proposed: func(p *partner.LegalProfile) { p.Address.Country = "IS" },
		},
		{
			name: "old fault in a profile that was never normalised", why: "formatting makes no fault a new one",
			stored:   func(p *partner.LegalProfile) { p.Address.Country, p.PrimaryContact.Phone = " us", "555010" },
			proposed: func(p *partner.LegalProfile) { p.CompanyName = "Contoso Ltd" },
		},
		{
			name: "country moved from one fault of a number to another", why: "that is a new fault",
			stored:   func(p *partner.LegalProfile) { p.Address.Country = "AQ" },
			proposed: func(p *partner.LegalProfile) { p.Address.Country = "IS" },
			want:     []findingPlace{{"/primaryContact/phoneNumber", partner.CodePhoneImpossible}},
		},
		{
			name: "country spoiled", why: "one fault, one finding",
			proposed: func(p *partner.LegalProfile) { p.Address.Country = "ZZ" },
			want:     []findingPlace{{"/address/country", partner.CodeCountryUnknown}},
		},
		{
			name: "new faults beside old ones", why: "in field order, and without the old ones of the other sections",
			stored: func(p *partner.LegalProfile) { p.PrimaryContact.LastName, p.SecurityContact.Phone = "", "" },
			proposed: func(p *partner.LegalProfile) {
				p.Address.Country = "IS"
				p.Address.City = "\n"
			},
			want: []findingPlace{
				{"/address/city", partner.CodeFieldCharacter}, {"/primaryContact/phoneNumber", partner.CodePhoneImpossible},
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			stored := storedProfile()
			if tt.stored != nil {
				tt.stored(&stored)
			}
			proposed := stored
			tt.proposed(&proposed)
			revision, err := partner.Revise(t.Context(), &authRecorder{}, revisingAdmin(), stored, proposed)
			if tt.want == nil {
				require.NoError(t, err, tt.why)
				assert.Equal(t, proposed, revision.After, tt.why)
				return
			}
			assert.Equal(t, tt.want, faultsOf(t, err), tt.why)
			assert.Equal(t, partner.Revision{}, revision)
		})
	}
}

func TestReviseAdvisesOnWhatTheChangeTouches(t *testing.T) {
	t.Parallel()
	stored := storedProfile()
	stored.SecurityContact.Email = "noreply@outlook.com"
	tests := []struct {
		name, why string
		edit      func(p *partner.LegalProfile)
		want      []findingPlace
	}{
		{"company", "nobody asked about the contact", func(p *partner.LegalProfile) { p.CompanyName = "Contoso Ltd" }, nil},
		{
			"security contact's phone", "the whole section is looked at",
			func(p *partner.LegalProfile) { p.SecurityContact.Phone = "+14255550102" },
			[]findingPlace{
				{"/securityContact/email", partner.CodeEmailUnattended},
				{"/securityContact/email", partner.CodeEmailConsumerProvider},
			},
		},
		{
			"same mailbox", "the other contact counts as it will be stored",
			func(p *partner.LegalProfile) {
				p.PrimaryContact.Email, p.SecurityContact.Email = "desk@contoso.com", "Desk@contoso.com"
			},
			[]findingPlace{{"/securityContact", partner.CodeContactSameAsPrimary}},
		},
		{
			"primary contact takes the mailbox", "the security contact is not touched, but this is new there",
			func(p *partner.LegalProfile) { p.PrimaryContact.Email = "Noreply@outlook.com" },
			[]findingPlace{
				{"/primaryContact/email", partner.CodeEmailUnattended},
				{"/primaryContact/email", partner.CodeEmailConsumerProvider},
				{"/securityContact", partner.CodeContactSameAsPrimary},
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			proposed := stored
			tt.edit(&proposed)
			revision, err := partner.Revise(t.Context(), &authRecorder{}, revisingAdmin(), stored, proposed)
			require.NoError(t, err)
			assert.Equal(t, tt.want, placesOf(revision.Advice), tt.why)

			again := revision.After
			again.CompanyName += " Ltd"
			revision, err = partner.Revise(t.Context(), &authRecorder{}, revisingAdmin(), revision.After, again)
			require.NoError(t, err)
			assert.Empty(t, revision.Advice, "what was said once is not said again at every change elsewhere")
		})
	}
}

// A host keeps the Revision. If the caller changes its slice of roles later,
// the Revision stays as it was.
func TestRevisionSharesNoRoles(t *testing.T) {
	t.Parallel()
	by, proposed := revisingAdmin(), storedProfile()
	proposed.CompanyName = "Contoso Ltd"
	revision, err := partner.Revise(t.Context(), partner.DefaultPolicy(), by, storedProfile(), proposed)
	require.NoError(t, err)
	by.Roles[0] = partner.GuestUser
	assert.Equal(t, []partner.Role{partner.GlobalAdmin}, revision.By.Roles)
	revision.By.Roles[0] = partner.BillingAdmin
	assert.Equal(t, []partner.Role{partner.GuestUser}, by.Roles)
}

func TestRevisionChangesAreInFieldOrder(t *testing.T) {
	t.Parallel()
	proposed := storedProfile()
	proposed.SecurityContact.Phone = "+1 425 555 0102"
	proposed.PrimaryContact.MiddleName = "Lou"
	proposed.CompanyName = "Contoso Ltd"
	revision, err := partner.Revise(t.Context(), &authRecorder{}, revisingAdmin(), storedProfile(), proposed)
	require.NoError(t, err)
	assert.Equal(t, []partner.Change{
		{Field: partner.FieldCompanyName, Before: "Contoso", After: "Contoso Ltd"},
		{Field: partner.FieldPrimaryContactMiddleName, Before: "", After: "Lou"},
		{Field: partner.FieldSecurityContactPhone, Before: "+14255550100", After: "+14255550102"},
	}, revision.Changes())
	assert.Empty(t, partner.Revision{}.Changes())
}

// A host may keep a Revision as JSON, and send its notices another day.
func TestRevisionSurvivesJSON(t *testing.T) {
	t.Parallel()
	proposed := approvedProfile()
	proposed.SecurityContact.Email = "security@outlook.com"
	proposed.CompanyName = "Contoso Ltd"
	revision, err := partner.Revise(t.Context(), partner.DefaultPolicy(), revisingAdmin(), storedProfile(), proposed)
	require.NoError(t, err)
	data, err := json.Marshal(revision)
	require.NoError(t, err)
	var back partner.Revision
	require.NoError(t, json.Unmarshal(data, &back))
	assert.Equal(t, revision, back)
	assert.Equal(t, revision.Notices("revision-1"), back.Notices("revision-1"))

	var keys map[string]json.RawMessage
	require.NoError(t, json.Unmarshal(data, &keys))
	assert.Equal(t, []string{"advice", "after", "before", "by", "changed", "tenantId", "verification"},
		slices.Sorted(maps.Keys(keys)))
	data, err = json.Marshal(revision.Changes()[:1])
	require.NoError(t, err)
	assert.JSONEq(t, `[{"field":"/companyName","before":"Contoso","after":"Contoso Ltd"}]`, string(data))
}

// noTime is for handlers in tests that look for digits: those of a time could
// be those of a phone number.
var noTime = &slog.HandlerOptions{ReplaceAttr: func(groups []string, a slog.Attr) slog.Attr {
	if len(groups) == 0 && a.Key == slog.TimeKey {
		return slog.Attr{}
	}
	return a
}}

// A log tells what was changed and by which roles, and names nobody.
func TestRevisionLogsNoPersonalData(t *testing.T) {
	t.Parallel()
	proposed := storedProfile()
	proposed.SecurityContact.Email = "csirt@contoso.com"
	proposed.PrimaryContact.LastName = "Hill"
	revision, err := partner.Revise(t.Context(), &authRecorder{}, revisingAdmin(), storedProfile(), proposed)
	require.NoError(t, err)
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, noTime)).Info("revised", "revision", revision, "change", revision.Changes()[0])
	var line struct {
		Revision struct {
			TenantID     string
			By           struct{ Roles []partner.Role }
			Changed      partner.FieldSet
			Verification partner.Verification
		}
		Change struct{ Field partner.Field }
	}
	require.NoError(t, json.Unmarshal(log.Bytes(), &line))
	assert.Equal(t, revisionTenant, line.Revision.TenantID)
	assert.Equal(t, []partner.Role{partner.GlobalAdmin}, line.Revision.By.Roles)
	assert.Equal(t, revision.Changed, line.Revision.Changed)
	assert.Equal(t, partner.VerificationMayBeRequired, line.Revision.Verification)
	assert.Equal(t, partner.FieldPrimaryContactLastName, line.Change.Field)
	for _, secret := range []string{"object-id-1", "Vale", "Hill", "Robin", "SOC", "@", "555"} {
		assert.NotContains(t, log.String(), secret)
	}
}

// No refusal, undecided or not, repeats what was proposed or stored.
func TestReviseErrorsHoldNoPersonalData(t *testing.T) {
	t.Parallel()
	proposed := storedProfile()
	proposed.PrimaryContact = partner.PrimaryContact{
		FirstName: "<Sam>", LastName: "Hill", Email: "sam @contoso.com", Phone: "x",
	}
	proposed.SecurityContact.Phone = "+1425555"
	for _, auth := range []partner.Authorizer{
		nil, &authRecorder{}, &authRecorder{answers: refusing(partner.UpdatePrimaryContact, partner.UpdateSecurityContact)},
		&authRecorder{answers: map[partner.Action]error{partner.UpdatePrimaryContact: errUndecided}},
	} {
		_, err := partner.Revise(t.Context(), auth, revisingAdmin(), storedProfile(), proposed)
		require.Error(t, err)
		for _, secret := range []string{"object-id-1", "Sam", "Hill", "Robin", "Vale", "contoso", "1425555"} {
			assert.NotContains(t, err.Error(), secret)
		}
	}
}

// What is equal as it stands need not be normalised to be compared. What
// differs is normalised once in each profile.
func TestReviseNormalizesOnlyWhatDiffers(t *testing.T) {
	proposed := storedProfile()
	proposed.SecurityContact.Phone = "+14255550109"
	proposed.CompanyName = "Contoso Ltd"
	var err error
	n := partner.CountNormalized(func() {
		_, err = partner.Revise(t.Context(), partner.DefaultPolicy(), revisingAdmin(), storedProfile(), proposed)
	})
	require.NoError(t, err)
	assert.Equal(t, 2*2, n, "two fields of two profiles")
}

// What a check finds in a section follows from the section and from a few
// fields elsewhere. Revise looks at the section again only if one of them
// changed.
func TestReviseFindsWhatAChangeBreaksElsewhere(t *testing.T) {
	t.Parallel()
	texts := []string{"", "x", "DE", "US", "\x00", "soc@contoso.com", "030 901820", "+14255550100"}
	fields := partner.AllFields()
	for f := range fields.All() {
		for _, was := range texts {
			for _, is := range texts {
				stored, proposed := storedProfile(), storedProfile()
				stored.SetValue(f, was)
				proposed.SetValue(f, is)
				_, err := partner.Revise(t.Context(), partner.DefaultPolicy(), revisingAdmin(), stored, proposed)
				var want partner.Findings
				for _, section := range fields.Sections() {
					found := proposed.CheckSection(section).Errors()
					for _, finding := range found {
						if section == f.Section() || !slices.Contains(stored.CheckSection(section), finding) {
							want = append(want, finding)
						}
					}
				}
				if errors.Is(err, partner.ErrUnchanged) {
					continue
				}
				var got partner.Findings
				if invalid, ok := errors.AsType[*partner.InvalidError](err); ok {
					got = invalid.Findings
				}
				require.Equal(t, want, got, "%s from %q to %q", f, was, is)
			}
		}
	}
}
