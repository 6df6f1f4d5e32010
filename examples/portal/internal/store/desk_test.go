package store_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/alert"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

func TestListIncidents(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		ctx := t.Context()
		const other = "c0570000-0000-4000-8000-0000000000ff"
		for n, i := range []struct {
			severity partner.IncidentSeverity
			kind     partner.IncidentKind
			title    string
			tenant   string
			drill    bool
		}{
			{partner.IncidentHigh, partner.AzureFraud + ".crypto_mining", "Miners at 100%", "", false},
			{partner.IncidentLow, partner.Spam, "ÜBERALL spam", other, false},
			{partner.IncidentHigh, partner.AzureFraud, "A drill", "", true},
			{partner.IncidentMedium, "azure_fraudulent", "Looks alike", "", false},
		} {
			one := incident(fmt.Sprint("INC-", n))
			one.Severity, one.Kind, one.Title, one.Drill = i.severity, i.kind, i.title, i.drill
			if i.tenant != "" {
				one.TenantID, one.TenantName = i.tenant, "Alpine Ski House"
			}
			require.NoError(t, db.CreateIncident(ctx, one, operator()))
		}
		over := incident("INC-1")
		over.Version = 1
		over.TenantID, over.TenantName, over.Severity, over.Title = other, "Alpine Ski House", partner.IncidentLow,
			"ÜBERALL spam"
		require.NoError(t, db.AddVersion(ctx, over, host.VersionAllClear, operator()))
		mine := store.OwnerOf(operator())
		require.NoError(t, db.SetOwner(ctx, "INC-0", "", mine, operator()))

		for _, tt := range []struct {
			name, why string
			q         store.IncidentList
			want      string
		}{
			{"all", "the newest first", store.IncidentList{}, "3 2 1 0"},
			{"oldest first", "", store.IncidentList{Order: store.OldestFirst}, "0 1 2 3"},
			{"by severity", "the newest of each first, and drills last", store.IncidentList{Order: store.WorstFirst},
				"0 3 1 2"},
			{"a page by severity", "it goes on by key",
				store.IncidentList{Order: store.WorstFirst, After: "INC-3", Limit: 2}, "1 2"},
			{"a page of the oldest", "it goes on by key", store.IncidentList{Order: store.OldestFirst, After: "INC-1"}, "2 3"},
			{"after one that is not known", "there is no such place", store.IncidentList{After: "no such"}, ""},
			{"a severity", "", store.IncidentList{Severity: partner.IncidentHigh}, "2 0"},
			{"open", "", store.IncidentList{Stands: host.StandsOpen}, "3 2 0"},
			{"resolved", "", store.IncidentList{Stands: host.StandsResolved}, "1"},
			{"drills", "", store.IncidentList{Drills: host.DrillsOnly}, "2"},
			{"no drills", "", store.IncidentList{Drills: host.RealOnly}, "3 1 0"},
			{"a kind", "with those below it, and no other that begins with it", store.IncidentList{Kind: partner.AzureFraud},
				"2 0"},
			{"the ID", "case does not matter", store.IncidentList{Search: "inc-2"}, "2"},
			{"the title", "case does not matter in any script", store.IncidentList{Search: "überall"}, "1"},
			{"the tenant's name", "", store.IncidentList{Search: "ski h"}, "1"},
			{"the tenant's ID", "", store.IncidentList{Search: "0000000000FF"}, "1"},
			{"a sign of patterns", "it means itself", store.IncidentList{Search: "100%"}, "0"},
			{"any sign of patterns", "it means itself", store.IncidentList{Search: "_rill"}, ""},
			{"mine", "", store.IncidentList{Owner: mine.ID}, "0"},
			{"nobody's", "", store.IncidentList{Owner: store.Unowned}, "3 2 1"},
			{"all at once", "", store.IncidentList{
				Search: "miners", Severity: partner.IncidentHigh, Stands: host.StandsOpen, Kind: partner.AzureFraud,
				Drills: host.RealOnly, Owner: mine.ID, Order: store.WorstFirst,
			}, "0"},
		} {
			found, err := db.ListIncidents(ctx, tt.q)
			require.NoError(t, err, tt.name)
			var ids []string
			for _, i := range found {
				ids = append(ids, strings.TrimPrefix(i.Incident.ID, "INC-"))
			}
			assert.Equal(t, tt.want, strings.Join(ids, " "), "%s: %s", tt.name, tt.why)
		}
		open, unowned, err := db.CountOpenIncidents(ctx)
		require.NoError(t, err)
		assert.Equal(t, []int{2, 1}, []int{open, unowned}, "drills are not counted")

		again := incident("INC-9")
		again.Kind = partner.AzureFraud
		similar, err := db.SimilarIncidents(ctx, again, db.clock.Now().Add(-time.Hour))
		require.NoError(t, err)
		require.Len(t, similar, 1, "of the same tenant, a kind of which one is the other's, no drill, that goes on")
		assert.Equal(t, "INC-0", similar[0].Incident.ID)
		similar, err = db.SimilarIncidents(ctx, again, db.clock.Now())
		require.NoError(t, err)
		assert.Empty(t, similar, "none of them is that new")
	})
}

func TestIncidentLog(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		ctx := t.Context()
		ids := db.opened(t, 2)
		e := host.CaseEvent{Source: "form 1", ByName: "Ada King", Said: "I am on it"}
		e.Event.Kind = escalation.EventAcknowledged
		for range 2 { // the second says nothing new
			_, err := db.Happened(ctx, nil, ids[0], e)
			require.NoError(t, err)
			require.NoError(t, db.AddNote(ctx, "INC-1", "2", "Called the reseller.\nThey know.", operator()))
		}
		require.NoError(t, db.SetOwner(ctx, "INC-1", "", store.OwnerOf(operator()), operator()))
		require.ErrorIs(t, db.SetOwner(ctx, "INC-1", "somebody", host.Owner{ID: "x"}, operator()), host.ErrConflict)
		require.NoError(t, db.SetOwner(ctx, "INC-1", store.OwnerOf(operator()).ID, host.Owner{}, operator()))
		require.ErrorIs(t, db.AddNote(ctx, "no such", "3", "?", operator()), host.ErrNotFound)
		require.ErrorIs(t, db.SetOwner(ctx, "no such", "", host.Owner{}, operator()), host.ErrNotFound)

		read := func(before string, limit int) (kinds []string, last string) {
			log, err := db.IncidentLog(ctx, "INC-1", before, limit)
			require.NoError(t, err)
			for _, e := range log {
				kinds, last = append(kinds, e.Kind), e.ID
			}
			return kinds, last
		}
		kinds, _ := read("", 0)
		assert.Equal(t, []string{"owner", "owner", "note", "acknowledged", "raised"}, kinds, "each once, the newest first")
		kinds, last := read("", 2)
		assert.Equal(t, []string{"owner", "owner"}, kinds)
		kinds, _ = read(last, 2)
		assert.Equal(t, []string{"note", "acknowledged"}, kinds)
		colleagues, err := db.Colleagues(ctx)
		require.NoError(t, err)
		assert.Equal(t, []host.Owner{store.OwnerOf(operator())}, colleagues)
	})
}

func TestSavedForms(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		ctx := t.Context()
		form := url.Values{"title": {"O'Brien <x>\r\n"}}
		require.NoError(t, db.SaveForm(ctx, host.SavedForm{ID: "t", Template: true, Title: "T", Form: form}, operator()))
		for n := range 202 {
			f := host.SavedForm{ID: fmt.Sprintf("d%03d", n), Title: "D", Form: form}
			require.NoError(t, db.SaveForm(ctx, f, operator()))
		}
		drafts, err := db.SavedForms(ctx, false)
		require.NoError(t, err)
		require.Len(t, drafts, 200, "they fill no disk")
		assert.Equal(t, "d201", drafts[0].ID, "the newest first")
		require.NoError(t, db.SaveForm(ctx, host.SavedForm{ID: "d010", Title: "Anew", Form: form}, operator()))
		got, err := db.SavedForm(ctx, "d010")
		require.NoError(t, err)
		assert.Equal(t, []any{"Anew", form, operator().Name, false}, []any{got.Title, got.Form, got.ByName, got.Template})
		templates, err := db.SavedForms(ctx, true)
		require.NoError(t, err)
		assert.Len(t, templates, 1, "drafts take no template's place")
		require.NoError(t, db.DiscardForm(ctx, "t"))
		_, err = db.SavedForm(ctx, "t")
		require.ErrorIs(t, err, host.ErrNotFound)
	})
}

func TestUnanswered(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		ctx := t.Context()
		ids := db.opened(t, 3)
		open, overdue, err := db.CountUnanswered(ctx)
		require.NoError(t, err)
		assert.Equal(t, []int{3, 3}, []int{open, overdue}, "the incident of the tests was to be answered long ago")
		first, err := db.Unanswered(ctx, host.RealFirst, "", 2)
		require.NoError(t, err)
		require.Len(t, first, 2)
		assert.Equal(t, "INC-1", first[0].IncidentID)
		assert.Equal(t, incident("INC-1").Title, first[0].IncidentTitle)
		assert.False(t, first[0].NextAt.IsZero())
		rest, err := db.Unanswered(ctx, host.RealFirst, first[1].ID, 2)
		require.NoError(t, err)
		require.Len(t, rest, 1, "it goes on by key")

		e := host.CaseEvent{Source: "form 1"}
		e.Event.Kind = escalation.EventAcknowledged
		_, err = db.Happened(ctx, nil, ids[0], e)
		require.NoError(t, err)
		open, _, err = db.CountUnanswered(ctx)
		require.NoError(t, err)
		assert.Equal(t, 2, open, "somebody is on it")
	})
}

func TestUndelivered(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		ctx := t.Context()
		ids := db.routed(t, "INC-1", 3)
		require.NoError(t, db.SaveOutcomes(ctx, []store.Outcome{
			{ID: ids[0], State: host.DeliveryFailed, Problem: "550"}, {ID: ids[1], State: host.DeliverySent},
			{ID: ids[2], State: host.DeliveryFailed, Problem: "550"},
		}))
		n, err := db.CountUndelivered(ctx)
		require.NoError(t, err)
		assert.Equal(t, 2, n)
		all, err := db.Undelivered(ctx, host.RealFirst, "", 1)
		require.NoError(t, err)
		require.Len(t, all, 1)
		assert.Equal(t, []string{"550", incident("INC-1").Title}, []string{all[0].Problem, all[0].IncidentTitle})
		rest, err := db.Undelivered(ctx, host.RealFirst, all[0].ID, 5)
		require.NoError(t, err)
		require.Len(t, rest, 1, "it goes on by key")

		over := incident("INC-1")
		over.Version = 1
		require.NoError(t, db.AddVersion(ctx, over, host.VersionCancel, operator()))
		n, err = db.CountUndelivered(ctx)
		require.NoError(t, err)
		assert.Zero(t, n, "the incident is over: nobody need do anything")
	})
}

// The list of a part holds the deliveries by which its partners are in it.
func TestDeliveriesByPart(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		ctx := t.Context()
		cases := db.opened(t, 4)
		all, err := db.Deliveries(ctx, store.DeliveryQuery{IncidentID: "INC-1"})
		require.NoError(t, err)
		require.Len(t, all, 4)
		of := map[string]host.Delivery{}
		for _, d := range all {
			of[d.CaseID] = d
		}
		require.NoError(t, db.SaveOutcomes(ctx, []store.Outcome{
			{ID: of[cases[0]].ID, State: host.DeliverySent}, {ID: of[cases[1]].ID, State: host.DeliverySent},
			{ID: of[cases[2]].ID, State: host.DeliveryFailed, Problem: "550"},
		}))
		e := host.CaseEvent{Source: "form 1", ByName: "Ada King", Said: "I am on it"}
		e.Event.Kind = escalation.EventAcknowledged
		_, err = db.Happened(ctx, nil, cases[0], e)
		require.NoError(t, err)

		for n, gap := range []partner.Gap{partner.GapNoRights, partner.GapNoSecurityContact} {
			route := partner.Route{PartnerTenantID: fmt.Sprintf("c0570000-0000-4000-8000-00000000000%d", n), Gap: gap}
			require.NoError(t, db.AddRoute(ctx, "INC-1", route))
		}
		noBody, err := db.Deliveries(ctx, store.DeliveryQuery{IncidentID: "INC-1", State: host.DeliveryNobody})
		require.NoError(t, err)
		byGap := map[partner.Gap][]string{}
		for _, d := range noBody {
			byGap[d.Gap] = append(byGap[d.Gap], d.ID)
		}

		progress, err := db.Progress(ctx, []string{"INC-1"})
		require.NoError(t, err)
		assert.Equal(t, 6, progress["INC-1"].Messages.Total(), "each once")
		parts := progress["INC-1"].Partners
		want := map[host.Part][]string{
			host.PartAnswered: {of[cases[0]].ID}, host.PartReached: {of[cases[1]].ID}, host.PartFailed: {of[cases[2]].ID},
			host.PartTrying: {of[cases[3]].ID}, host.PartSpared: nil,
			host.PartNobody: byGap[partner.GapNoSecurityContact], host.PartNoRights: byGap[partner.GapNoRights],
		}
		for _, part := range host.Parts() {
			found, err := db.Deliveries(ctx, store.DeliveryQuery{IncidentID: "INC-1", Part: part})
			require.NoError(t, err)
			var ids []string
			for _, d := range found {
				ids = append(ids, d.ID)
			}
			assert.Equal(t, want[part], ids, part)
			assert.Equal(t, len(want[part]), parts[part], part)
		}
		to := of[cases[1]].Recipient
		for _, tt := range []struct {
			name, search string
			q            store.DeliveryQuery
			want         int
		}{
			{"the address, in capitals", strings.ToUpper(to.Email), store.DeliveryQuery{}, 1},
			{"a part that it is not in", to.Email, store.DeliveryQuery{Part: host.PartFailed}, 0},
			{"a state that is not of the part", "", store.DeliveryQuery{Part: host.PartFailed, State: host.DeliverySent}, 0},
			{"the number, as people write it", "+1 (425) 555-01", store.DeliveryQuery{}, 4},
			{"a sign of patterns", "%", store.DeliveryQuery{}, 0},
		} {
			tt.q.IncidentID, tt.q.Search = "INC-1", tt.search
			found, err := db.Deliveries(ctx, tt.q)
			require.NoError(t, err)
			assert.Len(t, found, tt.want, tt.name)
		}
		byID, err := db.CasesByID(ctx, cases[:2])
		require.NoError(t, err)
		assert.Len(t, byID, 2)
		assert.Len(t, byID[cases[0]].Events, 1)
	})
}

func TestNumbersAreKept(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		ctx := t.Context()
		none, err := db.Numbers(ctx)
		require.NoError(t, err)
		assert.True(t, none.At.IsZero(), "nobody has counted yet")
		require.NoError(t, db.Seed(ctx))
		want := host.Numbers{}
		for c, err := range db.Coverage(ctx, store.CoverageList{}) {
			require.NoError(t, err)
			want.Partners++
			if c.Told() {
				want.Covered++
			}
		}
		detected := db.clock.Now().Add(-10 * time.Hour)
		_, err = db.TakeAlerts(ctx, []alert.Alert{{
			ID: "a", Status: alert.StatusResolved, DetectedAt: detected, ResolvedAt: detected.Add(4 * time.Hour),
		}}, store.Taking{})
		require.NoError(t, err)
		require.NoError(t, db.KeepNumbers(ctx))
		got, err := db.Numbers(ctx)
		require.NoError(t, err)
		assert.Equal(t, []int{want.Partners, want.Covered}, []int{got.Partners, got.Covered})
		assert.Greater(t, want.Partners, want.Covered)
		assert.Equal(t, alert.Response{Mean: 4 * time.Hour, Longest: 4 * time.Hour, Counted: 1}, got.Response)
		want.Contacts, err = db.ContactCounts(ctx)
		require.NoError(t, err)
		assert.Equal(t, want.Contacts, got.Contacts)

		require.NoError(t, db.SeedPartners(ctx, customerID, 10))
		require.NoError(t, db.KeepNumbers(ctx))
		again, err := db.Numbers(ctx)
		require.NoError(t, err)
		assert.Equal(t, got, again, "they were counted a moment ago")
		db.clock.add(25 * time.Hour)
		require.NoError(t, db.KeepNumbers(ctx))
		days, err := db.CoverageDays(ctx, 30)
		require.NoError(t, err)
		require.Len(t, days, 2)
		assert.Equal(t, []int{want.Partners, want.Partners + 10}, []int{days[0].Partners, days[1].Partners},
			"the oldest first")
		assert.Equal(t, 24*time.Hour, days[1].Day.Sub(days[0].Day))
	})
}
