package store_test

import (
	"errors"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// who is to be erased, and every text by which she could be found.
const (
	herEmail = "wilhelmina.murray+cert@contoso.com"
	herID    = "c0150500-0000-4000-8000-00000000beef"
	herPhone = "+14255550187"
)

var hers = []string{"wilhelmina", "murray", herID, herPhone, "192.0.2.77"}

// tables are those of PostgreSQL.
func (db *testDB) tables(t *testing.T) []string {
	t.Helper()
	_, pool := db.Pools()
	rs, err := pool.Query(t.Context(), `SELECT table_name FROM information_schema.tables
		WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'`)
	require.NoError(t, err)
	tables, err := pgx.CollectRows(rs, pgx.RowTo[string])
	require.NoError(t, err)
	return tables
}

// everything is all that the database holds, in small letters.
func (db *testDB) everything(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	_, pool := db.Pools()
	if pool == nil {
		for _, end := range []string{"", "-wal"} {
			data, err := os.ReadFile(db.url + end)
			if !errors.Is(err, os.ErrNotExist) {
				require.NoError(t, err)
			}
			all.Write(data)
		}
		return strings.ToLower(all.String())
	}
	for _, table := range db.tables(t) {
		rs, err := pool.Query(t.Context(), `SELECT r::text FROM `+table+` AS r`)
		require.NoError(t, err)
		rows, err := pgx.CollectRows(rs, pgx.RowTo[string])
		require.NoError(t, err)
		all.WriteString(strings.Join(rows, "\n"))
	}
	return strings.ToLower(all.String())
}

// TestErase looks for a person in the whole database, before and after.
func TestErase(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		require.NoError(t, db.Seed(t.Context()))
		she := gita()
		she.Name, she.Actor.ID = "Wilhelmina Murray", herID
		current, err := db.Profile(t.Context(), host.ContosoTenantID)
		require.NoError(t, err)
		proposed := current
		proposed.SecurityContact = partner.SecurityContact{
			FirstName: "Wilhelmina", LastName: "Murray", Email: herEmail, Phone: herPhone,
		}
		rev, err := partner.Revise(t.Context(), partner.DefaultPolicy(), she.Actor, current, proposed)
		require.NoError(t, err)
		_, err = db.SaveRevision(t.Context(), rev, she)
		require.NoError(t, err)
		require.NoError(t, db.Audit(t.Context(), host.AuditEntry{Action: "POST /x", Outcome: host.AuditDone,
			PersonID: herID, Name: "Wilhelmina Murray", Address: "192.0.2.77"}))
		require.NoError(t, db.Audit(t.Context(), host.AuditEntry{Action: "POST /answer", Outcome: host.AuditDone,
			Name: "Wilhelmina", PersonID: herEmail, Address: "192.0.2.77"}))
		require.NoError(t, db.SaveSession(t.Context(), "key", she, db.Now().Add(time.Hour)))
		require.NoError(t, db.SaveDraft(t.Context(), store.Draft{ID: "d", Owner: herID, Path: "/x",
			Form: url.Values{"email": {herEmail}}}, time.Hour))

		// An incident tells her, by mail and by phone. She answers.
		id := db.ofContoso(t, partner.CredentialCompromise)
		told := db.due(t, id)[0]
		q := store.Question{Subject: told, Purpose: "acknowledge", Expires: db.Now().Add(time.Hour)}
		_, err = db.Answered(t.Context(), q, host.CaseEvent{Source: "form", Said: "I am on it", ByName: "Wilhelmina",
			Address: "192.0.2.77", Event: escalation.Event{Kind: escalation.EventAcknowledged, NotificationID: told}})
		require.NoError(t, err)
		var ask partner.Notification
		for _, n := range db.queue.sent {
			if n.Topic == partner.TopicContactAppointed {
				ask = n
			}
		}
		_, _, err = db.ContactAnswered(t.Context(), nil, host.ContactAnswer{Source: "form", NotificationID: ask.ID,
			Said: host.ContactWrong, ByName: "Mina Wilhelmina Murray", FromAddress: "192.0.2.77", At: db.Now()})
		require.NoError(t, err)
		db.run(t, db.job(`{"id": "x", "recipient": {"email": "`+herEmail+`", "name": "Wilhelmina Murray"}}`))

		who := store.Erasure{PersonID: strings.ToUpper(herID), Email: strings.ToUpper(herEmail)}
		before := db.everything(t)
		for _, text := range hers {
			require.Contains(t, before, text, "or the test proves nothing")
		}
		_, err = db.Erase(t.Context(), who)
		needed, ok := errors.AsType[*store.StillNeededError](err)
		require.True(t, ok, "%v", err)
		assert.Equal(t, 1, needed.Partners)
		assert.Positive(t, needed.Deliveries)
		assert.Equal(t, 1, needed.Cases)
		assert.NotContains(t, strings.ToLower(err.Error()), "murray", "no personal data")

		_, err = db.SaveRevision(t.Context(), db.reviseContact(t, current.SecurityContact), gita())
		require.NoError(t, err)
		db.happens(t, id, escalation.EventResolved)
		db.run(t, `UPDATE deliveries SET state = 'sent' WHERE state IN ('waiting', 'call')`)
		known, problems := verify(t, db.DB, store.AuditHead{})
		require.Empty(t, problems)
		erased, err := db.Erase(t.Context(), who)
		require.NoError(t, err)
		assert.EqualValues(t, 2, erased.Entries)
		assert.Positive(t, erased.Rows)

		after := db.everything(t)
		for _, text := range hers {
			assert.NotContains(t, after, text)
		}
		_, problems = verify(t, db.DB, known)
		assert.Empty(t, problems, "the chain is whole")
		for _, other := range []string{"gita global", "robin", "soc@contoso.com", "azure-agents@contoso.com"} {
			assert.Contains(t, after, other, "others stay")
		}
		revisions, err := db.Revisions(t.Context(), host.ContosoTenantID, "", 10)
		require.NoError(t, err, "what is left can be read")
		assert.Len(t, revisions, 2)
		all, err := db.Deliveries(t.Context(), store.DeliveryQuery{IncidentID: "INC-1"})
		require.NoError(t, err)
		assert.NotEmpty(t, all)
		assert.Len(t, db.find(t, id).Events, 2)

		again, err := db.Erase(t.Context(), who)
		require.NoError(t, err)
		assert.Zero(t, again, "nothing is left")
		_, err = db.Erase(t.Context(), store.Erasure{})
		require.Error(t, err)
	})
}

// reviseContact returns a revision with another contact.
func (db *testDB) reviseContact(t *testing.T, c partner.SecurityContact) partner.Revision {
	t.Helper()
	current, err := db.Profile(t.Context(), host.ContosoTenantID)
	require.NoError(t, err)
	proposed := current
	proposed.SecurityContact = c
	rev, err := partner.Revise(t.Context(), partner.DefaultPolicy(), gita().Actor, current, proposed)
	require.NoError(t, err)
	return rev
}

// job is a statement that adds a job of River that is done.
func (db *testDB) job(args string) string {
	if _, pool := db.Pools(); pool != nil {
		return `INSERT INTO river_job (args, kind, max_attempts, state, finalized_at)
			VALUES ('` + args + `', 'deliver_notification', 1, 'completed', now())`
	}
	return `INSERT INTO river_job (args, kind, max_attempts, state, finalized_at)
		VALUES (jsonb('` + args + `'), 'deliver_notification', 1, 'completed', datetime('now'))`
}
