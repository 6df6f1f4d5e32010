package store_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
	"github.com/cspkit/partner/partnertest"
)

// at is a delivery of a version of the incident.
type at struct {
	version int
	state   host.DeliveryState
	gap     partner.Gap
}

// deliver stores deliveries to a partner, as if they had been routed.
func (db *testDB) deliver(t *testing.T, incidentID, tenantID string, all ...at) {
	t.Helper()
	for n, d := range all {
		db.run(t, fmt.Sprintf(`INSERT INTO deliveries (id, incident_id, partner_tenant_id, company_name, topic, own_tenant, rights,
				recipient, gap, why, state, updated_at, version)
			VALUES ('%[2]s %[3]d', '%[1]s', '%[2]s', 'Company %[2]s', 'incident', FALSE, '0', '{}', '%[4]s', '', '%[5]s', 1, %[6]d)`,
			incidentID, tenantID, n, d.gap, d.state, d.version))
		db.run(t, fmt.Sprintf(`INSERT INTO delivery_count_changes (incident_id, state, n) VALUES ('%s', '%s', 1)`,
			incidentID, d.state))
	}
}

// Each partner stands in one part of an incident, whatever was sent to it. The
// number of a part is that of the partners in its list, and each delivery tells
// it.
func TestEachPartnerStandsInOnePart(t *testing.T) {
	const (
		waiting, retrying, call    = host.DeliveryWaiting, host.DeliveryRetrying, host.DeliveryCall
		sent, failed, bounced      = host.DeliverySent, host.DeliveryFailed, host.DeliveryBounced
		unknown, withdrawn, nobody = host.DeliveryUnknown, host.DeliveryWithdrawn, host.DeliveryNobody
		raised, reopened, allClear = 0, 3, 5 // the versions: an update, an all-clear, a reopening, an update, an all-clear
	)
	onEach(t, func(t *testing.T, db *testDB) {
		ctx := t.Context()
		impacts := partnertest.Impacts(40)
		require.NoError(t, db.CreateIncident(ctx, incident("INC-1"), operator()))
		for n, kind := range []host.VersionKind{host.VersionUpdate, host.VersionAllClear, host.VersionReopen,
			host.VersionUpdate, host.VersionAllClear} {
			next := incident("INC-1")
			next.Version = n + 1
			require.NoError(t, db.AddVersion(ctx, next, kind, operator()))
		}
		want := map[host.Part]int{}
		of := map[string]host.Part{}
		var partners []string
		for n, tt := range []struct {
			name, why string
			all       []at
			want      host.Part // "": it is not concerned
		}{
			{"sent", "somebody got it", []at{{reopened, sent, ""}}, host.PartReached},
			{"sent to two", "it is one partner", []at{{reopened, sent, ""}, {4, sent, ""}}, host.PartReached},
			{"sent and not delivered", "somebody got it", []at{{reopened, failed, ""}, {reopened, sent, ""}}, host.PartReached},
			{"sent, and told again", "the best counts", []at{{reopened, sent, ""}, {4, waiting, ""}}, host.PartReached},
			{"only the all-clear was sent", "it is not the incident", []at{{reopened, failed, ""}, {allClear, sent, ""}},
				host.PartFailed},
			{"sent before it was reopened", "that is over", []at{{raised, sent, ""}, {reopened, bounced, ""}}, host.PartFailed},
			{"on the way", "nobody has it yet", []at{{reopened, waiting, ""}, {reopened, bounced, ""}}, host.PartTrying},
			{"to be called", "somebody is to call", []at{{reopened, call, ""}, {reopened, failed, ""}}, host.PartTrying},
			{"tried again", "another try follows", []at{{4, retrying, ""}}, host.PartTrying},
			{"not known", "it may have come", []at{{4, unknown, ""}, {4, withdrawn, ""}}, host.PartTrying},
			{"came back", "nobody has it", []at{{4, bounced, ""}, {4, withdrawn, ""}}, host.PartFailed},
			{"not needed", "it was over", []at{{reopened, withdrawn, ""}}, host.PartSpared},
			{"nobody, then not needed", "there was somebody", []at{{raised, nobody, partner.GapNoSecurityContact},
				{4, withdrawn, ""}}, host.PartSpared},
			{"nobody", "its row is of the first version", []at{{raised, nobody, partner.GapNoSecurityContact}},
				host.PartNobody},
			{"no rights", "it need not be told", []at{{raised, nobody, partner.GapNoRights}}, host.PartNoRights},
			{"nobody, then somebody else", "an admin got it", []at{{reopened, nobody, partner.GapNoSecurityContact},
				{reopened, sent, ""}}, host.PartReached},
			{"only an all-clear", "it came after the incident", []at{{allClear, sent, ""}}, ""},
			{"answered", "somebody is on it", []at{{reopened, sent, ""}, {4, failed, ""}}, host.PartAnswered},
			{"answered by other ways", "that is an answer", []at{{reopened, failed, ""}}, host.PartAnswered},
			{"answered before it was reopened", "that is over", []at{{reopened, sent, ""}}, host.PartReached},
		} {
			id := impacts[n].PartnerTenantID
			db.deliver(t, "INC-1", id, tt.all...)
			begun := -1
			if tt.want == host.PartAnswered {
				begun = reopened
			} else if tt.name == "answered before it was reopened" {
				begun = raised
			}
			if begun >= 0 { // under another name, as it was called then
				db.run(t, fmt.Sprintf(`INSERT INTO cases (id, incident_id, version, partner_tenant_id, opened_at, state, look_at, opened,
					company_name, taken) VALUES ('case %[1]s', 'INC-1', %[2]d, '%[1]s', 1, 'resolved', 0, '{}', 'Before', 1)`, id, begun))
			}
			if tt.want != "" {
				want[tt.want]++
				of[id] = tt.want
			}
			partners = append(partners, id)
		}

		all, err := db.Progress(ctx, []string{"INC-1", "no such"})
		require.NoError(t, err)
		require.Len(t, all, 1)
		p := all["INC-1"]
		assert.Equal(t, want, p.Partners)
		assert.True(t, p.CountedAt.IsZero(), "it is counted now")
		messages, err := db.Counts(ctx, "INC-1")
		require.NoError(t, err)
		assert.Equal(t, messages, p.Messages)

		parts, err := db.PartsOf(ctx, "INC-1", partners)
		require.NoError(t, err)
		assert.Equal(t, of, parts)
		for _, part := range host.Parts() {
			found, err := db.Deliveries(ctx, store.DeliveryQuery{IncidentID: "INC-1", Part: part, Limit: 100})
			require.NoError(t, err)
			listed := map[string]bool{}
			for _, d := range found {
				assert.Equal(t, part, of[d.PartnerTenantID], d.ID)
				listed[d.PartnerTenantID] = true
			}
			assert.Len(t, listed, want[part], part)
		}
		answerings, err := db.Answerings(ctx, db.Now().Add(-time.Hour), db.Now().Add(time.Hour), 0)
		require.NoError(t, err)
		require.Len(t, answerings, 1)
		assert.Equal(t, want, answerings[0].Partners, "the review has the same numbers")
	})
}

// The partners of an incident with very many messages are those that a worker
// has counted.
func TestPartnersOfLargeIncidentsAreKept(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		ctx := t.Context()
		const partners = 101
		cases := db.opened(t, partners)
		read := func() host.Progress {
			all, err := db.Progress(ctx, []string{"INC-1"})
			require.NoError(t, err)
			return all["INC-1"]
		}
		answer := func(n int) {
			e := host.CaseEvent{Source: "form", ByName: "Ada King"}
			e.Event.Kind = escalation.EventAcknowledged
			_, err := db.Happened(ctx, nil, cases[n], e)
			require.NoError(t, err)
		}
		answer(0)
		now := map[host.Part]int{host.PartAnswered: 1, host.PartTrying: partners - 1}
		assert.Equal(t, now, read().Partners, "few are counted when somebody looks")
		db.run(t, `INSERT INTO delivery_count_changes (incident_id, state, n) VALUES ('INC-1', 'sent', 1000)`)
		assert.Equal(t, map[host.Part]int{host.PartTrying: partners}, read().Partners, "nobody has counted yet")
		require.NoError(t, db.KeepIncidents(ctx))
		assert.Equal(t, now, read().Partners)
		assert.False(t, read().CountedAt.IsZero())
		answer(1)
		assert.Equal(t, now, read().Partners, "it is as of the last count")
		db.run(t, `UPDATE kept_incidents_counting SET next_at = 0`)
		require.NoError(t, db.KeepIncidents(ctx))
		assert.Equal(t, 2, read().Partners[host.PartAnswered])
	})
}

// Whom an incident has reached without an answer is found by the cases that
// nobody has answered, and by what was sent without a case, page by page.
func TestReachedAreListedWithAndWithoutCases(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		ctx := t.Context()
		require.NoError(t, db.CreateIncident(ctx, incident("INC-1"), operator()))
		impacts := partnertest.Impacts(6)
		want := map[string]bool{}
		for n, tt := range []struct {
			why     string
			cases   []int // whether somebody has answered, of each
			state   host.DeliveryState
			reached bool
		}{
			{"nobody has answered", []int{0}, host.DeliverySent, true},
			{"somebody has", []int{1}, host.DeliverySent, false},
			{"there is no case", nil, host.DeliverySent, true},
			{"nobody got it", []int{0}, host.DeliveryFailed, false},
			{"nobody got it, and there is no case", nil, host.DeliveryFailed, false},
			{"somebody has answered in another case", []int{0, 1}, host.DeliverySent, false},
		} {
			id := impacts[n].PartnerTenantID
			db.deliver(t, "INC-1", id, at{0, tt.state, ""})
			for k, taken := range tt.cases {
				db.run(t, fmt.Sprintf(`INSERT INTO cases (id, incident_id, version, partner_tenant_id, opened_at, state, look_at, opened,
					company_name, taken) VALUES ('case %[1]s %[2]d', 'INC-1', %[2]d, '%[1]s', 1, 'waiting', 0, '{}', 'Company %[1]s', %[3]d)`,
					id, k, taken))
				db.run(t, fmt.Sprintf(`UPDATE deliveries SET case_id = 'case %[1]s 0' WHERE partner_tenant_id = '%[1]s'`, id))
			}
			if tt.reached {
				want[id] = true
			}
		}
		got, after := map[string]bool{}, ""
		for range len(impacts) {
			page, err := db.Deliveries(ctx, store.DeliveryQuery{
				IncidentID: "INC-1", Part: host.PartReached, After: after, Limit: 1,
			})
			require.NoError(t, err)
			if len(page) == 0 {
				break
			}
			require.False(t, got[page[0].PartnerTenantID], "it stands twice")
			got[page[0].PartnerTenantID], after = true, page[0].ID
		}
		assert.Equal(t, want, got)
	})
}
