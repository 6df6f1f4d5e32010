package partner_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
)

// Each leaf of a profile is changed by itself, so a new leaf cannot be
// forgotten.
func TestChangeOfOneLeaf(t *testing.T) {
	t.Parallel()
	field := partner.Field(0)
	for _, l := range allLeaves(t) {
		before, after := fabrikam(), fabrikam()
		l.of(&after).SetString(l.of(&before).String() + " ")
		changed := partner.Diff(&before, &after)

		want, verdict := partner.FieldSet(0), partner.VerificationNotRequired
		switch l.pointer {
		case "/tenantId", "/partnerType", "/vettingStatus", "/vettingSubStatus":
			// no fields: they are not the user's to change, and Revise looks after them
		default:
			field++
			want = partner.NewFieldSet(field)
			if !strings.HasPrefix(l.pointer, "/securityContact/") {
				verdict = partner.VerificationMayBeRequired
			}
		}
		assert.Equal(t, want, changed, "%s: a space more is another text", l.pointer)
		assert.Equal(t, verdict, changed.Verification(), l.pointer)
		assert.Equal(t, changed, partner.Diff(&after, &before), "%s: the direction does not matter", l.pointer)
		assert.Equal(t, l.of(&before).String()+" ", l.of(&after).String(), "%s: Diff changes nothing", l.pointer)
	}
	assert.Equal(t, firstFree-1, field, "every field had its turn")
}

func TestDiff(t *testing.T) {
	t.Parallel()
	p, zero := fabrikam(), partner.LegalProfile{}
	formatted := p
	formatted.SecurityContact.Phone = "+1 509 555 0100"
	var set partner.FieldSet
	for f := range partner.AllFields().All() {
		if p.Value(f) != "" {
			set |= partner.NewFieldSet(f)
		}
	}
	require.NotZero(t, set)
	require.NotEqual(t, partner.AllFields(), set, "some fields of the sample are empty")
	tests := []struct {
		name          string
		before, after *partner.LegalProfile
		want          partner.FieldSet
		why           string
	}{
		{"same", &p, &p, 0, "nothing changed"},
		{"nil", nil, nil, 0, "nothing changed"},
		{"nil and zero", nil, &zero, 0, "nil is the zero profile"},
		{"first profile", nil, &p, set, "what is set is new"},
		{"last profile", &p, nil, set, "what was set is gone"},
		{
			"formatting", &p, &formatted, partner.NewFieldSet(partner.FieldSecurityContactPhone),
			"byte for byte: Revise normalises first",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, partner.Diff(tt.before, tt.after), tt.why)
		})
	}
}

func TestVerification(t *testing.T) {
	t.Parallel()
	contact := partner.AllFields().In(partner.SectionSecurityContact)
	tests := []struct {
		name    string
		changed partner.FieldSet
		want    partner.Verification
		why     string
	}{
		{"nothing", 0, partner.VerificationNotRequired, "no update, no verification"},
		{
			"security contact", contact, partner.VerificationNotRequired,
			`"only in the Security contact, account verification is not required"`,
		},
		{
			"primary contact", partner.AllFields().In(partner.SectionPrimaryContact), partner.VerificationMayBeRequired,
			`"may be required"`,
		},
		{
			"legal business", partner.AllFields().In(partner.SectionLegalBusiness), partner.VerificationMayBeRequired,
			`"may be required"`,
		},
		{
			"security contact and one more", contact | partner.NewFieldSet(partner.FieldPrimaryContactPhone),
			partner.VerificationMayBeRequired, `not "only in the Security contact"`,
		},
		{"lowest foreign bit", 1, partner.VerificationMayBeRequired, "nobody knows what it stands for"},
		{
			"next foreign bit", 1 << firstFree, partner.VerificationMayBeRequired,
			"a field of a later version may be of any section",
		},
		{"highest foreign bit", contact | 1<<63, partner.VerificationMayBeRequired, "nor beside the contact's"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, tt.changed.Verification(), tt.why)
		})
	}
}

func TestDiffDoesNotAllocate(t *testing.T) {
	before, after := fabrikam(), fabrikam()
	after.SecurityContact.Phone = "+15095550199"
	var verdict partner.Verification
	allocations := testing.AllocsPerRun(100, func() {
		verdict = (partner.Diff(&before, &after) | partner.Diff(nil, &after)).Verification()
	})
	assert.Zero(t, allocations, "hosts compare on every key that is pressed")
	assert.Equal(t, partner.VerificationMayBeRequired, verdict)
}

func BenchmarkDiff(b *testing.B) {
	before, after := fabrikam(), fabrikam()
	b.Run("equal", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			partner.Diff(&before, &after).Verification()
		}
	})
	after.SecurityContact.Email = "soc@contoso.com"
	b.Run("one change", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			partner.Diff(&before, &after).Verification()
		}
	})
}
