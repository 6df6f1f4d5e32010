package queue_test

import (
	"context"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/queue"
)

// A reader who has chosen a language gets the mail in it, with what the host
// says in it: the incident was routed in another.
func TestAMailInTheLanguageThatItsReaderChose(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, database string) {
		db := open(t, database)
		require.NoError(t, db.SeedPartners(t.Context(), customerTenant, 2))
		i := incident("INC-tongue")
		i.Translations = map[string]partner.IncidentText{
			"de": {Title: "Ausfall", Actions: []string{"Drehen"}}, "pl": {Title: "Awaria", Actions: []string{"Zakręcić"}},
		}
		var first string
		for impact, err := range db.Impacted(t.Context(), customerTenant) {
			require.NoError(t, err)
			require.NoError(t, db.SetLanguage(t.Context(), impact.PartnerTenantID, "de"))
			if first == "" {
				first = impact.PartnerTenantID
				contact := partner.Recipient{Email: impact.SecurityContact.Email}
				require.NoError(t, db.ChooseLanguage(t.Context(), first, contact, "pl"))
			}
		}
		var mu sync.Mutex
		subjects := map[bool]string{}
		start(t, db, partner.NotifierFunc(func(_ context.Context, n partner.Notification) error {
			mu.Lock()
			defer mu.Unlock()
			subjects[n.PartnerTenantID == first] = n.Recipient.Language + ": " + n.Message().Subject
			return nil
		}), queue.Options{})
		require.NoError(t, db.CreateIncident(t.Context(), i, operator))
		await(t, "both are told", func() bool { return counts(t, db, i.ID)[host.DeliverySent] == 2 })
		mu.Lock()
		defer mu.Unlock()
		assert.Regexp(t, `^pl: .*Awaria$`, subjects[true])
		assert.Regexp(t, `^de: .*Ausfall$`, subjects[false])
	})
}
