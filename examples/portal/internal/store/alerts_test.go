package store_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/alert"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

const subscription = "5b5c0000-0000-4000-8000-000000000001"

// detected is when the first of the alerts was.
var detected = time.Date(2026, time.May, 4, 9, 0, 0, 0, time.UTC)

// anAlert is an open one about the customer, later than detected.
func anAlert(id string, later time.Duration, change ...func(*alert.Alert)) alert.Alert {
	a := alert.Alert{
		ID: id, CustomerTenantID: customerID, SubscriptionID: subscription, Type: "usageAnomalyDetection",
		Title: "Usage anomaly", Severity: partner.IncidentMedium, Status: alert.StatusActive, DetectedAt: detected.Add(later),
	}
	for _, f := range change {
		f(&a)
	}
	return a
}

// take hands alerts in, and returns their states.
func (db *testDB) take(t testing.TB, alerts ...alert.Alert) []host.Alert {
	t.Helper()
	taken, err := db.TakeAlerts(t.Context(), alerts, store.Taking{})
	require.NoError(t, err)
	require.Len(t, taken, len(alerts))
	for i, a := range taken {
		stored, err := db.Alert(t.Context(), a.ID)
		require.NoError(t, err)
		assert.Equal(t, a.State, stored.State)
		assert.Equal(t, a.IncidentID, stored.IncidentID)
		taken[i] = stored
	}
	return taken
}

// rule saves one that fits every alert.
func (db *testDB) rule(t testing.TB, action host.AlertAction, change ...func(*host.AlertRule)) {
	t.Helper()
	r := host.AlertRule{ID: "R-" + string(action), Name: "The " + string(action) + " rule", Action: action}
	for _, f := range change {
		f(&r)
	}
	require.NoError(t, db.SaveAlertRule(t.Context(), r, operator()))
}

// served lets a partner look after the customer.
func (db *testDB) served(t testing.TB) {
	t.Helper()
	require.NoError(t, db.SeedPartners(t.Context(), customerID, 2))
}

func resolved(a *alert.Alert) { a.Status, a.Reason = alert.StatusResolved, alert.ReasonFraud }

func TestWhatBecomesOfAnAlert(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		db.served(t)
		ignore := func(r *host.AlertRule) { r.ID, r.Type = "R-1", "usage_Anomaly_Detection" }
		db.rule(t, host.ActIgnore, ignore)
		db.rule(t, host.ActRaise, func(r *host.AlertRule) { r.Severity, r.Test = partner.IncidentHigh, host.TestReal })
		typed := func(name string) func(*alert.Alert) { return func(a *alert.Alert) { a.Type = name } }
		high := func(a *alert.Alert) { a.Severity = partner.IncidentHigh }
		for _, tt := range []struct {
			name, why string
			alert     alert.Alert
			state     host.AlertState
		}{
			{"the first rule", "the type is written in another way", anAlert("1", 0, high), host.AlertIgnored},
			{"the second rule", "", anAlert("2", 0, typed("cryptoMining"), high), host.AlertRaised},
			{"no rule", "nothing is silent", anAlert("3", 0, typed("armSuspiciousOperations")), host.AlertDraft},
			{"a test", "the rule is for real ones",
				anAlert("4", 0, typed("vmAnomalousDeployment"), high, func(a *alert.Alert) { a.Test = true }), host.AlertDraft},
			{"resolved before", "do not tell of it", anAlert("5", 0, typed("cryptoMining"), high, resolved), host.AlertIgnored},
			{"nobody's", "it cannot be told to anybody",
				anAlert("6", 0, typed("x"), func(a *alert.Alert) { a.CustomerTenantID = "" }), host.AlertNew},
			{"at no time", "", anAlert("7", 0, typed("x"), func(a *alert.Alert) { a.DetectedAt = time.Time{} }), host.AlertNew},
			{"a customer of nobody", "raised, it would tell nobody", anAlert("8", 0, typed("cryptoMining"), high,
				func(a *alert.Alert) { a.CustomerTenantID = "99999999-0000-4000-8000-000000000000" }), host.AlertDraft},
		} {
			got := db.take(t, tt.alert)[0]
			assert.Equal(t, tt.state, got.State, "%s: %s", tt.name, tt.why)
			assert.NotEmpty(t, got.Why, tt.name)
			i, err := db.Incident(t.Context(), got.IncidentID)
			if tt.state != host.AlertRaised {
				require.ErrorIs(t, err, host.ErrNotFound, tt.name)
				continue
			}
			require.NoError(t, err)
			assert.Equal(t, "Rule: The raise rule", i.RaisedBy)
			assert.Equal(t, partner.IncidentKind("azure_fraud.crypto_mining"), i.Incident.Kind)
			assert.Equal(t, "Relecloud", i.Incident.TenantName)
		}
		assert.Len(t, db.queue.routings, 1, "one incident is told")
		drafts, err := db.SavedForms(t.Context(), false)
		require.NoError(t, err)
		assert.Len(t, drafts, 3)
		entries, err := db.AuditEntries(t.Context(), 0, 0)
		require.NoError(t, err)
		var actions []string
		for _, e := range entries {
			actions = append(actions, e.Action)
			assert.Equal(t, host.ChannelRule, e.Channel)
			assert.Empty(t, e.PersonID)
		}
		assert.Equal(t, []string{store.AuditRuleRaise, store.AuditRuleDraft, store.AuditRuleDraft, store.AuditRuleDraft},
			actions)
	})
}

func TestAlertsJoin(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		db.served(t)
		db.rule(t, host.ActRaise)
		first := db.take(t, anAlert("1", 0))[0]
		require.Equal(t, host.AlertRaised, first.State)
		for _, tt := range []struct {
			name  string
			alert alert.Alert
			joins bool
		}{
			{"within an hour", anAlert("2", time.Hour), true},
			{"before", anAlert("3", -time.Hour), true},
			{"written in another way", anAlert("4", 0, func(a *alert.Alert) {
				a.Type, a.SubscriptionID = "Usage_Anomaly_Detection", strings.ToUpper(a.SubscriptionID)
			}), true},
			{"another type", anAlert("5", 0, func(a *alert.Alert) { a.Type = "cryptoMining" }), false},
			{"another subscription", anAlert("6", 0, func(a *alert.Alert) { a.SubscriptionID = "" }), false},
			{"a test", anAlert("7", 0, func(a *alert.Alert) { a.Test = true }), false},
			{"later than an hour after the last", anAlert("8", 2*time.Hour+time.Second), false},
		} {
			got := db.take(t, tt.alert)[0]
			assert.Equal(t, tt.joins, got.State == host.AlertJoined, tt.name)
			assert.Equal(t, tt.joins, got.IncidentID == first.IncidentID, tt.name)
		}
		i, err := db.Incident(t.Context(), first.IncidentID)
		require.NoError(t, err)
		assert.Zero(t, i.Incident.Version, "a note is no second alarm")
		log, err := db.IncidentLog(t.Context(), first.IncidentID, "", 10)
		require.NoError(t, err)
		notes := 0
		for _, e := range log {
			if e.Kind == host.LogNote {
				notes++
			}
		}
		assert.Equal(t, 3, notes)
		worse := db.take(t, anAlert("9", time.Minute, func(a *alert.Alert) { a.Severity = partner.IncidentHigh }))[0]
		assert.Equal(t, host.AlertJoined, worse.State)
		i, err = db.Incident(t.Context(), first.IncidentID)
		require.NoError(t, err)
		assert.Equal(t, 1, i.Incident.Version)
		assert.Equal(t, host.VersionUpdate, i.Kind, "what is worse is told")
		assert.Equal(t, partner.IncidentHigh, i.Incident.Severity)

		db.version(t, first.IncidentID, host.VersionAllClear)
		again := db.take(t, anAlert("10", time.Minute))[0]
		assert.Equal(t, host.AlertRaised, again.State, "what is over is joined by nothing")
		behind, err := db.AlertsOf(t.Context(), first.IncidentID)
		require.NoError(t, err)
		assert.Len(t, behind, 5)
	})
}

func TestTheSameAlertTwice(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		db.served(t)
		db.rule(t, host.ActRaise)
		a := anAlert("1", 0)
		both := db.take(t, a, a)
		assert.Equal(t, both[0].IncidentID, both[1].IncidentID, "twice in one page")
		seen := both[0].SeenAt
		db.clock.add(24 * time.Hour)
		later := db.take(t, a)[0]
		assert.Equal(t, seen, later.SeenAt)
		assert.Equal(t, seen, later.ChangedAt, "nothing new was said")
		a.Title = "Usage anomaly, larger"
		assert.Equal(t, a.Title, db.take(t, a)[0].Title, "what Microsoft says now")
		assert.Len(t, db.queue.routings, 1)
	})
}

func TestResolvedByMicrosoft(t *testing.T) {
	for _, allClear := range []bool{false, true} {
		t.Run(map[bool]string{true: "all-clear", false: "suggestion"}[allClear], func(t *testing.T) {
			onEach(t, func(t *testing.T, db *testDB) {
				db.served(t)
				db.rule(t, host.ActRaise, func(r *host.AlertRule) { r.AllClear = allClear })
				id := db.take(t, anAlert("1", 0), anAlert("2", time.Minute))[0].IncidentID
				db.take(t, anAlert("1", 0, resolved))
				i, err := db.Incident(t.Context(), id)
				require.NoError(t, err)
				assert.Equal(t, host.VersionRaised, i.Kind, "another alert of it is open")
				db.take(t, anAlert("2", time.Minute, resolved))
				i, err = db.Incident(t.Context(), id)
				require.NoError(t, err)
				if !allClear {
					assert.Equal(t, host.VersionRaised, i.Kind, "a person decides")
					return
				}
				assert.Equal(t, host.VersionAllClear, i.Kind)
				assert.Equal(t, partner.IncidentResolved, i.Incident.Status)
				assert.Contains(t, i.Incident.Summary, "fraud")
				_, err = db.NextReply(t.Context(), time.Minute)
				require.ErrorIs(t, err, host.ErrNotFound, "Microsoft knows")

				reopened := db.take(t, anAlert("1", 0))[0]
				assert.Equal(t, host.AlertNew, reopened.State, "a person must look")
				assert.Equal(t, id, reopened.IncidentID)
			})
		})
	}
}

func TestADraftIsSent(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		db.served(t)
		a := db.take(t, anAlert("1", 0))[0]
		require.Equal(t, host.AlertDraft, a.State)
		joined := db.take(t, anAlert("2", time.Minute))[0]
		assert.Equal(t, host.AlertJoined, joined.State)
		assert.Equal(t, a.IncidentID, joined.IncidentID, "one draft")
		draft, err := db.SavedForm(t.Context(), host.DraftID(a.IncidentID))
		require.NoError(t, err)
		assert.Equal(t, a.IncidentID, draft.Form.Get("id"))
		assert.Equal(t, "Relecloud ("+customerID+")", draft.Form.Get("tenant"))
		assert.Equal(t, "2026-05-04T09:00", draft.Form.Get("detected"))

		require.NoError(t, db.DiscardForm(t.Context(), draft.ID))
		again, err := db.RedraftAlert(t.Context(), "1", operator())
		require.NoError(t, err)
		assert.Equal(t, draft.ID, again, "a draft that is gone is made anew")
		i := incident(a.IncidentID)
		require.NoError(t, db.CreateIncident(t.Context(), i, operator()))
		stored, err := db.Alert(t.Context(), "1")
		require.NoError(t, err)
		assert.Equal(t, host.AlertRaised, stored.State)
		_, err = db.SavedForm(t.Context(), draft.ID)
		require.ErrorIs(t, err, host.ErrNotFound)
		require.ErrorIs(t, db.IgnoreAlert(t.Context(), "1", operator()), host.ErrConflict)

		ignored := db.take(t, anAlert("3", 30*24*time.Hour))[0]
		require.NoError(t, db.IgnoreAlert(t.Context(), "3", operator()))
		_, err = db.SavedForm(t.Context(), host.DraftID(ignored.IncidentID))
		require.ErrorIs(t, err, host.ErrNotFound)
		counts, err := db.CountAlerts(t.Context())
		require.NoError(t, err)
		assert.Zero(t, counts[host.AlertDraft])
		assert.Equal(t, host.AlertIgnored,
			db.take(t, anAlert("3", 30*24*time.Hour, func(a *alert.Alert) { a.Title = "More" }))[0].State,
			"who has looked at it is not asked again")
	})
}

func TestReplies(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		db.served(t)
		db.rule(t, host.ActRaise)
		id := db.take(t, anAlert("1", 0), anAlert("2", time.Minute))[0].IncidentID
		_, err := db.NextReply(t.Context(), time.Minute)
		require.ErrorIs(t, err, host.ErrNotFound)
		require.NoError(t, db.SetReplyReason(t.Context(), id, alert.ReasonLegitimate))
		db.version(t, id, host.VersionAllClear)
		one, err := db.NextReply(t.Context(), time.Minute)
		require.NoError(t, err)
		assert.Equal(t, alert.ReasonLegitimate, one.ReplyReason)
		two, err := db.NextReply(t.Context(), time.Minute)
		require.NoError(t, err)
		assert.NotEqual(t, one.ID, two.ID, "each is one worker's")
		_, err = db.NextReply(t.Context(), time.Minute)
		require.ErrorIs(t, err, host.ErrNotFound)
		db.clock.add(2 * time.Minute)
		again, err := db.NextReply(t.Context(), time.Hour)
		require.NoError(t, err)
		assert.Equal(t, 2, again.ReplyTries, "the worker was killed")
		require.NoError(t, db.SaveReply(t.Context(), again.ID, host.ReplySent, 0, ""))
		last, err := db.NextReply(t.Context(), time.Hour)
		require.NoError(t, err)
		require.NoError(t, db.SaveReply(t.Context(), last.ID, host.ReplyWanted, time.Minute, "Microsoft answered 503"))
		_, err = db.NextReply(t.Context(), time.Minute)
		require.ErrorIs(t, err, host.ErrNotFound, "not before the pause is over")
		stored, err := db.Alert(t.Context(), last.ID)
		require.NoError(t, err)
		assert.Equal(t, "Microsoft answered 503", stored.ReplyProblem)
		require.NoError(t, db.AskReply(t.Context(), last.ID, alert.ReasonFraud))
		asked, err := db.NextReply(t.Context(), time.Minute)
		require.NoError(t, err)
		assert.Equal(t, alert.ReasonFraud, asked.ReplyReason)
	})
}

func TestPolling(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		held := func(worker string) bool {
			t.Helper()
			is, err := db.HoldPoll(t.Context(), worker, time.Minute)
			require.NoError(t, err)
			return is
		}
		assert.True(t, held("a"))
		assert.True(t, held("a"), "it prolongs its own")
		assert.False(t, held("b"))
		_, err := db.TakeAlerts(t.Context(), []alert.Alert{anAlert("1", 0)}, store.Taking{Holder: "b", ReadTo: detected})
		require.ErrorIs(t, err, host.ErrConflict)
		_, err = db.Alert(t.Context(), "1")
		require.ErrorIs(t, err, host.ErrNotFound, "nothing is stored")
		db.clock.add(2 * time.Minute)
		assert.True(t, held("b"), "the first one was killed")
		_, err = db.TakeAlerts(t.Context(), []alert.Alert{anAlert("1", 0)}, store.Taking{Holder: "b"})
		require.NoError(t, err)
		at, err := db.PollReading(t.Context())
		require.NoError(t, err)
		assert.True(t, at.ReadTo.IsZero(), "there are more pages")
		_, err = db.TakeAlerts(t.Context(), nil, store.Taking{Holder: "b", ReadTo: detected, Whole: true})
		require.NoError(t, err)
		_, err = db.TakeAlerts(t.Context(), nil, store.Taking{Holder: "b", ReadTo: detected.Add(-time.Hour)})
		require.NoError(t, err)
		at, err = db.PollReading(t.Context())
		require.NoError(t, err)
		assert.Equal(t, detected, at.ReadTo, "it never goes back")
		assert.False(t, at.WholeAt.IsZero())
		require.NoError(t, db.LeavePoll(t.Context(), "b"))
		assert.True(t, held("a"), "at once")

		require.NoError(t, db.SavePoll(t.Context(), false, "Microsoft answered 401"))
		require.NoError(t, db.SavePoll(t.Context(), false, "Microsoft answered 401"))
		state, err := db.PollState(t.Context())
		require.NoError(t, err)
		assert.Equal(t, 2, state.Failures)
		assert.Less(t, state.FailingSince, state.TriedAt.Add(time.Nanosecond))
		assert.True(t, state.OKAt.IsZero())
		require.NoError(t, db.SavePoll(t.Context(), true, ""))
		state, err = db.PollState(t.Context())
		require.NoError(t, err)
		assert.Zero(t, state.Failures)
		assert.True(t, state.FailingSince.IsZero())
		assert.False(t, state.OKAt.IsZero())
	})
}

// Whatever a document holds, it stops no other alert.
func TestHostileAlerts(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		db.served(t)
		db.rule(t, host.ActRaise)
		long := strings.Repeat("ä\x00'\"<script>{{.}}", 100_000)
		hostile := anAlert("id\x00"+long, 0, func(a *alert.Alert) {
			a.Type, a.Title, a.Description = long, "a\nb\x00\u202e"+long, long
			a.Resources = []alert.Resource{{ID: long, Type: long}}
			for range 1000 {
				a.Resources = append(a.Resources, alert.Resource{ID: "/x"})
				a.Log = append(a.Log, alert.Transition{From: alert.Status(long[:200]), To: "active"})
			}
			a.DetectedAt = time.Date(9999, 12, 31, 23, 0, 0, 0, time.UTC)
		})
		old := anAlert("old", 0, func(a *alert.Alert) { a.DetectedAt = time.Date(1, 1, 1, 1, 0, 0, 0, time.UTC) })
		odd := anAlert("odd", 0, func(a *alert.Alert) { a.CustomerTenantID, a.SubscriptionID = long, long })
		taken, err := db.TakeAlerts(t.Context(), []alert.Alert{hostile, old, odd, anAlert("good", 0)}, store.Taking{})
		require.NoError(t, err)
		assert.Equal(t, host.AlertRaised, taken[0].State)
		assert.Equal(t, host.AlertNew, taken[2].State)
		assert.Equal(t, host.AlertRaised, taken[3].State)
		again, err := db.TakeAlerts(t.Context(), []alert.Alert{hostile}, store.Taking{})
		require.NoError(t, err)
		assert.Equal(t, taken[0].IncidentID, again[0].IncidentID, "it has one key")
		i, err := db.Incident(t.Context(), taken[0].IncidentID)
		require.NoError(t, err)
		require.NoError(t, i.Incident.Validate())
		all, err := db.Alerts(t.Context(), store.AlertList{Search: "%_\\'", Limit: 3})
		require.NoError(t, err)
		assert.Empty(t, all)
		first, err := db.Alerts(t.Context(), store.AlertList{Limit: 3})
		require.NoError(t, err)
		rest, err := db.Alerts(t.Context(), store.AlertList{Limit: 3, Before: first[2].ID})
		require.NoError(t, err)
		assert.Len(t, rest, 1)
		types, err := db.AlertTypes(t.Context())
		require.NoError(t, err)
		assert.Len(t, types, 2)
	})
}

func TestAlertRules(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		names := func() (all string) {
			rules, err := db.AlertRules(t.Context())
			require.NoError(t, err)
			for _, r := range rules {
				all += r.Name
			}
			return all
		}
		for _, name := range []string{"A", "B", "C"} {
			require.NoError(t,
				db.SaveAlertRule(t.Context(), host.AlertRule{ID: name, Name: name, Action: host.ActDraft}, operator()))
		}
		assert.Equal(t, "ABC", names())
		require.NoError(t, db.MoveAlertRule(t.Context(), "C", true))
		assert.Equal(t, "ACB", names())
		require.NoError(t, db.MoveAlertRule(t.Context(), "A", true), "the first stays")
		require.NoError(t, db.MoveAlertRule(t.Context(), "A", false))
		assert.Equal(t, "CAB", names())
		require.NoError(t,
			db.SaveAlertRule(t.Context(), host.AlertRule{ID: "A", Name: "X", Action: host.ActRaise}, operator()))
		assert.Equal(t, "CXB", names(), "its place stays")
		require.NoError(t, db.DeleteAlertRule(t.Context(), "C"))
		assert.Equal(t, "XB", names())
		require.ErrorIs(t, db.MoveAlertRule(t.Context(), "C", true), host.ErrNotFound)
	})
}

// What the library says of an alert in other languages is not said of what a
// person writes afterwards.
func TestAnAllClearOfAnAlertIsValid(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		db.served(t)
		db.rule(t, host.ActRaise)
		id := db.take(t, anAlert("1", 0))[0].IncidentID
		next := db.next(t, id)
		require.NotEmpty(t, next.Translations)
		next.Status, next.Actions, next.Summary = partner.IncidentResolved, nil, "It is gone."
		require.NoError(t, db.AddVersion(t.Context(), next, host.VersionAllClear, operator()))
		stored, err := db.Incident(t.Context(), id)
		require.NoError(t, err)
		assert.Empty(t, stored.Incident.Translations)
		require.NoError(t, stored.Incident.Validate())
	})
}
