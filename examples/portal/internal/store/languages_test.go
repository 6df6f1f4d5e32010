package store_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
	"github.com/cspkit/partner/partnertest"
)

func TestSetLanguage(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		require.NoError(t, db.Seed(t.Context()))
		for _, tt := range []struct {
			name, why, tag string
			want           error
		}{
			{"a tag", "", "pt-BR", nil},
			{"one that the portal does not speak", "it may learn it", "gsw-CH", nil},
			{"none", "nobody says", "", nil},
			{"a word", "it is no tag", "German", host.ErrLanguage},
			{"markup", "it is no tag", `de"><b>`, host.ErrLanguage},
		} {
			err := db.SetLanguage(t.Context(), host.ContosoTenantID, tt.tag)
			require.ErrorIs(t, err, tt.want, "%s: %s", tt.name, tt.why)
			if tt.want == nil {
				tag, err := db.Language(t.Context(), host.ContosoTenantID)
				require.NoError(t, err)
				assert.Equal(t, tt.tag, tag, tt.name)
			}
		}
		require.ErrorIs(t, db.SetLanguage(t.Context(), partnertest.Impact(99).PartnerTenantID, "de"), host.ErrNotFound)
		_, err := db.Language(t.Context(), partnertest.Impact(99).PartnerTenantID)
		require.ErrorIs(t, err, host.ErrNotFound)
	})
}

// Whom routing tells reads the partner's language, and so do the steps of its
// case. Somebody with a language of their own keeps it.
func TestDirectoryKnowsTheLanguage(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		impact := partnertest.Impact(1)
		impact.AdminAgents = []partner.Recipient{{Name: "Kim Specimen", Email: "kim@contoso.com", Language: "nl"}}
		impact.GlobalAdmins = []partner.Recipient{{Name: "Ada Specimen", Email: "ada@contoso.com"}}
		db.add(t, customerID, []partner.Impact{impact})
		require.NoError(t, db.SetLanguage(t.Context(), impact.PartnerTenantID, "ja"))
		found, err := db.ConcernedPartner(t.Context(), customerID, impact.PartnerTenantID)
		require.NoError(t, err)
		assert.Equal(t, "ja", found.Language)
		told := map[string]string{}
		for _, step := range escalation.DefaultPolicy(partner.Routing{}, incident("INC-1"), found.Impact).Steps {
			for _, r := range step.Recipients {
				told[r.Email] = r.Language
			}
		}
		assert.Equal(t, map[string]string{
			impact.SecurityContact.Email: "ja", "kim@contoso.com": "nl", "ada@contoso.com": "ja",
		}, told)
	})
}

// What a reader chooses is theirs: nobody else at the partner, and nobody who
// reads the same address for another partner, is written to in it.
func TestChooseLanguage(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		impacts := db.desk(t)
		db.told(t, 0)
		require.NoError(t, db.SetLanguage(t.Context(), impacts[0].PartnerTenantID, "fr"))
		of := func(impact partner.Impact) host.Delivery {
			for _, d := range db.of(t, 0) {
				if d.PartnerTenantID == impact.PartnerTenantID {
					return d
				}
			}
			require.Fail(t, "the partner was told")
			return host.Delivery{}
		}
		one, two := of(impacts[0]), of(impacts[1])
		tongue := func(d host.Delivery) host.Tongue {
			known, err := db.Tongue(t.Context(), d)
			require.NoError(t, err)
			all, err := db.Standings(t.Context(), []string{d.ID})
			require.NoError(t, err)
			s := all[d.ID]
			told := host.Tongue{Chosen: s.Chosen, Recipient: d.Recipient.Language, Partner: s.Language}
			assert.Equal(t, told, known, "a worker and a page know the same")
			return known
		}
		assert.Equal(t, host.Tongue{Partner: "fr"}, tongue(one))
		to := one.Recipient
		require.NoError(t, db.ChooseLanguage(t.Context(), one.PartnerTenantID, to, "pl"))
		to.Email = "SOC" + to.Email[len("soc"):]
		assert.Equal(t, host.Tongue{Chosen: "pl", Partner: "fr"}, tongue(one))
		assert.Equal(t, "pl", tongue(one).Tag())
		assert.Equal(t, host.Tongue{}, tongue(two))
		require.NoError(t, db.ChooseLanguage(t.Context(), one.PartnerTenantID, to, "ja"))
		assert.Equal(t, "ja", tongue(one).Chosen, "the address is the same in capitals, and the last choice counts")

		for _, tag := range []string{"", "Polish", "pl_PL"} {
			require.ErrorIs(t, db.ChooseLanguage(t.Context(), one.PartnerTenantID, to, tag), host.ErrLanguage)
		}
		assert.Equal(t, "ja", tongue(one).Chosen)

		// The contact of today is somebody else, who has chosen something else.
		const email = "cert@contoso.com"
		db.replace(t, one.PartnerTenantID, email)
		require.NoError(t, db.ChooseLanguage(t.Context(), one.PartnerTenantID, partner.Recipient{Email: email}, "es"))
		all, err := db.Standings(t.Context(), []string{one.ID})
		require.NoError(t, err)
		assert.Equal(t, "ja", all[one.ID].Chosen)
		assert.Equal(t, "es", all[one.ID].ContactChose)
		sent := one.Recipient
		sent.Email = email
		require.NoError(t,
			db.SaveOutcomes(t.Context(), []store.Outcome{{ID: one.ID, State: host.DeliverySent, SentTo: sent}}))
		assert.Equal(t, "es", func() string {
			known, err := db.Tongue(t.Context(), of(impacts[0]))
			require.NoError(t, err)
			return known.Tag()
		}(), "the page asks whom the mail went to")
	})
}
