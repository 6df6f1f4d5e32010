package store_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/attest"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// What is older goes. What is newer stays, and so does all that an incident
// has to show.
func TestForget(t *testing.T) {
	const days = 24 * time.Hour
	onEach(t, func(t *testing.T, db *testDB) {
		require.NoError(t, db.Seed(t.Context()))
		year := func(form string) {
			db.appoint(t, form+"@contoso.com")
			db.run(t, `UPDATE deliveries SET state = 'sent'`)
			require.NoError(t, db.Audit(t.Context(), host.AuditEntry{Action: "POST /x", Outcome: host.AuditDone,
				PersonID: "p", Name: "Ada King", Address: "192.0.2.1"}))
			ask := db.asks(t, attest.Policy{})
			require.NotEmpty(t, ask)
			db.said(t, ask[len(ask)-1], host.ContactRight, form)
		}
		year("one")
		id := db.ofContoso(t, partner.CredentialCompromise)
		db.happens(t, id, escalation.EventResolved)
		db.run(t, `UPDATE case_events SET address = '192.0.2.1'`)
		db.run(t, `UPDATE deliveries SET state = 'sent'`)
		db.clock.add(400 * days)
		year("two")
		asked := count(t, db, `deliveries WHERE topic = 'contact_confirm'`)
		notices := count(t, db, `deliveries WHERE topic <> 'contact_confirm' AND incident_id IS NULL`)
		told := count(t, db, `deliveries WHERE incident_id IS NOT NULL`)

		n, err := db.Forget(t.Context(), store.Keep{}, 1000)
		require.NoError(t, err)
		assert.Zero(t, n, "nothing is said")
		keep := store.Keep{Addresses: 300 * days, Notices: 300 * days}
		n, err = db.Forget(t.Context(), keep, 1)
		require.NoError(t, err)
		assert.EqualValues(t, 4, n, "one of each kind at a time")
		for n > 0 {
			n, err = db.Forget(t.Context(), keep, 1)
			require.NoError(t, err)
		}
		assert.EqualValues(t, 1, count(t, db, `audit_personal WHERE name = 'address'`))
		assert.EqualValues(t, 2, count(t, db, `audit_personal WHERE name = 'name'`), "who it was stays")
		assert.Zero(t, count(t, db, `case_events WHERE address <> ''`))
		assert.EqualValues(t, 1, count(t, db, `contact_answers WHERE from_address <> ''`))
		assert.EqualValues(t, 2, count(t, db, `contact_answers WHERE by_name <> ''`), "what they said stays")
		assert.Equal(t, notices/2, count(t, db, `deliveries WHERE topic <> 'contact_confirm' AND incident_id IS NULL`))
		assert.Equal(t, asked, count(t, db, `deliveries WHERE topic = 'contact_confirm'`), "nobody is asked again")
		assert.Equal(t, told, count(t, db, `deliveries WHERE incident_id IS NOT NULL`))
		_, problems := verify(t, db.DB, store.AuditHead{})
		assert.Empty(t, problems)
	})
}
