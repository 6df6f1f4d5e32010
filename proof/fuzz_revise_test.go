package proof

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
)

// FuzzRevise lays two fragments of JSON over a good profile. One is what is
// stored, and one is what is proposed.
func FuzzRevise(f *testing.F) {
	for _, fragments := range [][2]string{
		{`{}`, `{}`},
		{`{}`, `{"securityContact":{"email":"csirt@contoso.com","phoneNumber":"+1 425 555 0109"}}`},
		{`{"securityContact":null}`, `{"companyName":"Contoso Ltd"}`},
		{
			`{"securityContact":{"firstName":"","middleName":"","lastName":"","email":"","phoneNumber":""}}`,
			`{"companyName":"Fabrikam"}`,
		},
		{
			`{"companyName":" Contoso "}`,
			`{"companyName":"Contoso","vettingStatus":"rejected","primaryContact":{"lastName":"Hill"}}`,
		},
		{
			`{}`,
			`{"tenantId":"0B9C8D7E-6F50-4A41-9B32-C3D4E5F60718","partnerType":"x","address":{"country":"zz","city":""}}`,
		},
		{
			`{"address":{"city":""}}`,
			`{"companyApproverEmail":"kim@B\u00dcCHER.example","companyApproverAddress":{"country":"us"}}`,
		},
		{`{"Address":{"PhoneNumber":null}}`, `{"Address":{"PhoneNumber":"(425) 555-0101","State":"\u202eWA"}}`},
		{`{"address":{"country":"AQ"}}`, `{"address":{"country":"IS"},"primaryContact":{"email":"soc@contoso.com"}}`},
		{
			`{"primaryContact":{"phoneNumber":"555010"},"securityContact":{"email":"noreply@outlook.com"}}`,
			`{"address":{"country":"is"}}`,
		},
	} {
		f.Add(fragments[0], fragments[1], true)
		f.Add(fragments[0], fragments[1], false)
	}
	f.Fuzz(func(t *testing.T, storedJSON, proposedJSON string, portal bool) {
		stored, proposed := goodProfile(), goodProfile()
		if json.Unmarshal([]byte(storedJSON), &stored) != nil ||
			json.Unmarshal([]byte(proposedJSON), &proposed) != nil {
			return
		}
		by := partner.Actor{
			ID: "object-id-1", TenantID: stored.TenantID,
			Roles: []partner.Role{partner.GlobalAdmin}, Channel: partner.API,
		}
		if portal {
			by.Channel = partner.Portal
		}
		policy := partner.DefaultPolicy()
		revision, err := partner.Revise(t.Context(), policy, by, stored, proposed)
		if err != nil {
			assert.Equal(t, partner.Revision{}, revision)
			matched := 0
			for _, sentinel := range []error{partner.ErrDenied, partner.ErrUnchanged, partner.ErrInvalid} {
				if errors.Is(err, sentinel) {
					matched++
				}
			}
			assert.Equal(t, 1, matched, "%v", err)
			return
		}

		assert.Equal(t, stored, revision.Before)
		assert.Equal(t, revision.Changed, partner.Diff(&revision.Before, &revision.After))
		assert.NotZero(t, revision.Changed)
		assert.Equal(t, revision.Changed.Verification(), revision.Verification)
		actions := map[partner.Section]partner.Action{
			partner.SectionLegalBusiness:   partner.UpdateLegalBusiness,
			partner.SectionPrimaryContact:  partner.UpdatePrimaryContact,
			partner.SectionSecurityContact: partner.UpdateSecurityContact,
		}
		touched := map[partner.Section]bool{}
		for _, section := range revision.Changed.Sections() {
			touched[section] = true
			decision := policy.Decide(partner.Request{Actor: by, Action: actions[section], TenantID: stored.TenantID})
			assert.True(t, decision.Allowed, "%s was changed", section)
		}
		// What is stored afterwards is at fault only where it was before, in a
		// section that nobody touched.
		old := revision.Before.Check()
		var said partner.Findings
		for _, f := range revision.After.Check() {
			assert.NotEqual(t, partner.CodeContactMissing, f.Code)
			if touched[sectionAt(f.Path)] || !slices.Contains(old, f) {
				assert.Equal(t, partner.SeverityAdvice, f.Severity, "%s: %s", f.Path, f.Code)
				said = append(said, f)
			}
		}
		assert.Equal(t, said, revision.Advice)

		// All other fields are as they were.
		untouched := revision.Before
		for _, change := range revision.Changes() {
			assert.NotEqual(t, change.Before, change.After)
			assert.Equal(t, change.After, revision.After.Value(change.Field))
			untouched.SetValue(change.Field, change.After)
		}
		assert.Equal(t, untouched, revision.After)

		_, err = partner.Revise(t.Context(), policy, by, revision.After, revision.After)
		require.ErrorIs(t, err, partner.ErrUnchanged)
		_, err = partner.Revise(t.Context(), policy, by, revision.After, proposed)
		require.ErrorIs(t, err, partner.ErrUnchanged, "what was asked for is what was done")

		for _, notice := range revision.Notices("revision-1") {
			assert.Regexp(t, `^[!-~]{1,64}$`, notice.ID)
			assert.NoError(t, partner.SecurityContact{
				FirstName: "Contoso", LastName: "SOC", Email: notice.Recipient.Email, Phone: "+14255550100",
			}.Validate(), "mail is sent to good addresses only")
		}
	})
}

// sectionAt is the section in which the path of a finding lies. It is 0 for the
// tenant and the partner type.
func sectionAt(path string) partner.Section {
	switch first, _, _ := strings.Cut(path[1:], "/"); first {
	case "tenantId", "partnerType":
		return 0
	case "primaryContact":
		return partner.SectionPrimaryContact
	case "securityContact":
		return partner.SectionSecurityContact
	default:
		return partner.SectionLegalBusiness
	}
}

// FuzzIncidentCheck lays a fragment of JSON over a good incident.
func FuzzIncidentCheck(f *testing.F) {
	for _, fragment := range []string{
		`{}`,
		`{"drill":true,"summary":"a\u0000\u2028b"}`,
		`{"kind":"azure_fraud","severity":"low","detectedAt":"0001-01-01T00:00:00.000000001Z","respondBy":null}`,
		`{"detectedAt":"9999-12-31T23:59:59-23:59","respondBy":"0001-01-01T00:00:00Z"}`,
		`{"id":"\ud800","title":"\ufffd","actions":["\u200f",""],"reference":"https://@/"}`,
		`{"actions":null,"reference":"HTTPS://contoso.com/\u00a0"}`,
		`{"tenantId":"9A8B7C6D-5E4F-4032-8110-2F3E4D5C6B7A","reference":"https://b\u00fccher.example/?a=<b>"}`,
	} {
		f.Add(fragment, "soc@contoso.com")
	}
	f.Fuzz(func(t *testing.T, fragment, address string) {
		incident := dispatchIncident()
		incident.RespondBy = incident.DetectedAt.Add(4 * time.Hour)
		incident.Reference = "https://contoso.com/incidents/42?view=full#actions"
		if json.Unmarshal([]byte(fragment), &incident) != nil {
			return
		}
		findings := incident.Check()
		assert.Equal(t, findings, findings.Errors())
		before, err := dispatchOne(incident, address)
		if len(findings) > 0 {
			require.ErrorIs(t, err, partner.ErrInvalid)
			assert.Equal(t, partner.Notification{}, before, "nobody is told of an invalid incident")
			return
		}
		if before.ID == "" {
			require.ErrorIs(t, err, partner.ErrNoRecipient)
		} else {
			require.NoError(t, err)
		}

		data, err := json.Marshal(incident)
		require.NoError(t, err, "a valid incident can wait in a queue")
		var back partner.Incident
		require.NoError(t, json.Unmarshal(data, &back))
		assert.Empty(t, back.Check())
		after, _ := dispatchOne(back, address)
		assert.Equal(t, before.ID, after.ID)
		assert.Equal(t, before.Message(), after.Message())
		if before.ID != "" && incident.Reference != "" {
			assert.Contains(t, before.Message().Text, ": "+incident.Reference+"\n", "the link is shown as it is")
		}
	})
}

// dispatchOne tells one partner with one security contact. It returns what the
// partner is told, and what came of it.
func dispatchOne(incident partner.Incident, address string) (partner.Notification, error) {
	directory := partner.DirectoryFunc(func(_ context.Context, tenantID string) iter.Seq2[partner.Impact, error] {
		return func(yield func(partner.Impact, error) bool) {
			yield(partner.Impact{
				PartnerTenantID: tenantID, CompanyName: "Contoso",
				SecurityContact: partner.NewGroupContact("Contoso SOC", address, "+14255550100"),
				AdminAgents:     []partner.Recipient{{Email: address}},
			}, nil)
		}
	})
	notifier := partner.NotifierFunc(func(context.Context, partner.Notification) error { return nil })
	for delivery, err := range partner.NewDispatcher(directory, notifier, nil).Dispatch(context.Background(), incident) {
		return delivery.Notification, errors.Join(err, delivery.Err)
	}
	return partner.Notification{}, nil
}
