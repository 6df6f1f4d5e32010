package web

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/alert"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

const rulesPath = alertsPath + "/rules"

// rulePath is below a word of its own, so that no ID of an alert is in its way.
func rulePath(id string) string { return rulesPath + "/one/" + id }

var crumbsRules = append(crumbsAlerts[:1:1], link{rulesPath, "Rules"})

// ruleActions says what each action does. Its order is that of the form.
var ruleActions = [...]struct {
	Action host.AlertAction
	Word   wording
	Label  string
}{
	{host.ActDraft, wording{"Make a draft", "somebody looks at it before anybody is told", "warn"},
		"Make a draft: somebody looks at it first"},
	{host.ActRaise, wording{"Raise at once", "whom it concerns is told without a person", "good"},
		"Raise an incident at once: whom it concerns is told"},
	{host.ActIgnore, wording{"Ignore", "nobody is told", "calm"}, "Ignore: nobody is told"},
}

func ruleAction(a host.AlertAction) wording {
	for _, row := range ruleActions {
		if row.Action == a {
			return row.Word
		}
	}
	return ruleActions[0].Word
}

// ruleTests says of which alerts a rule is.
var ruleTests = [...]struct {
	Test host.AlertTest
	Text string
}{{host.TestAny, "Real ones and tests"}, {host.TestReal, "Real ones only"}, {host.TestOnly, "Tests only"}}

// documentedTypes are those that Microsoft documents and that the library
// knows, to pick from.
var documentedTypes = []string{
	"networkConnectionsToCryptoMiningPools", "cryptoMining", "usageAnomalyDetection", "virtualMachineDeploymentAnomaly",
	"vmAnomalousDeployment", "multiRegionVirtualMachineScaleSetDeploymentAnomaly",
	"multiRegionMachineLearningUsageAnomaly",
	"azureMachineLearningAnomalousDeployment", "azureBatchAnomalousDeployment",
	"azureContainerInstancesAnomalousDeployment",
	"armAnomalousResourceConsumption", "armSuspiciousOperations", "serviceHealthSecurityAdvisory",
}

type ruleView struct {
	host.AlertRule
	Href        string
	When        string // in words
	Does        wording
	First, Last bool
	Never       []link // the rules above it that take all of its alerts: it can never fire
}

func newRuleView(r host.AlertRule) ruleView {
	kind := "Any type"
	if r.Type != "" {
		kind = alertKind(alert.Alert{Type: r.Type})
	}
	when := []string{kind}
	if r.Severity != "" {
		when = append(when, severityName(r.Severity)+" severity or more")
	}
	if r.Test != host.TestAny {
		when = append(when, map[host.AlertTest]string{host.TestReal: "real ones only", host.TestOnly: "tests only"}[r.Test])
	}
	return ruleView{AlertRule: r, Href: rulePath(r.ID), When: strings.Join(when, " · "), Does: ruleAction(r.Action)}
}

// rulesView is the list.
type rulesView struct {
	Rules []ruleView
	Never int // how many of them can never fire
}

func (w *Web) alertRules(rw http.ResponseWriter, r *http.Request) error {
	rules, err := w.opts.Store.AlertRules(r.Context())
	if err != nil {
		return err
	}
	never := host.NeverFires(rules)
	view := rulesView{Rules: make([]ruleView, len(rules)), Never: len(never)}
	for i, rule := range rules {
		one := newRuleView(rule)
		one.First, one.Last = i == 0, i == len(rules)-1
		for _, by := range never[rule.ID] {
			one.Never = append(one.Never, link{rulePath(by.ID), by.Name})
		}
		view.Rules[i] = one
	}
	return w.render(rw, r, http.StatusOK, "alert-rules", page{
		Title: "Rules for alerts", Crumbs: crumbsAlerts, Notice: noticeOf(r), Data: view,
		Actions: []doing{{Href: rulesPath + "/new", Text: "Add a rule"}},
	})
}

// ruleFormView is the form of one rule.
type ruleFormView struct {
	Action   string
	ID       string
	Inputs   []inputView
	AllClear bool
	Delete   string // "": it is new
	Errors   []foundView
}

func (w *Web) newRule(rw http.ResponseWriter, r *http.Request) error {
	return w.showRule(rw, r, http.StatusOK, host.AlertRule{ID: rand.Text(), Action: host.ActDraft}, true, nil)
}

func (w *Web) editRule(rw http.ResponseWriter, r *http.Request) error {
	rule, err := w.ruleOf(r)
	if err != nil {
		return err
	}
	return w.showRule(rw, r, http.StatusOK, rule, false, nil)
}

func (w *Web) ruleOf(r *http.Request) (host.AlertRule, error) {
	rules, err := w.opts.Store.AlertRules(r.Context())
	if err != nil {
		return host.AlertRule{}, err
	}
	i := slices.IndexFunc(rules, func(rule host.AlertRule) bool { return rule.ID == r.PathValue("id") })
	if i < 0 {
		return host.AlertRule{}, host.ErrNotFound
	}
	return rules[i], nil
}

// The longest name of a rule, and type of alerts, in characters.
const (
	maxRuleName = 80
	maxRuleType = 200
)

// inputOwnType is a type that the list does not have.
const inputOwnType = "own-type"

// ruleFormOf reads the form, and finds what is wrong with it.
func ruleFormOf(r *http.Request) (rule host.AlertRule, faults []remark, err error) {
	if err := parseForm(r); err != nil {
		return rule, nil, err
	}
	get := func(name string) string { return partner.NormalizeName(cleanText(r.PostForm.Get(name))) }
	rule = host.AlertRule{
		ID: r.PostForm.Get("id"), Name: get("name"), Type: cmp.Or(get(inputOwnType), get("type")),
		Severity: partner.IncidentSeverity(get("severity")), Test: host.AlertTest(get("test")),
		Action: host.AlertAction(get("does")), AllClear: r.PostForm.Get("all-clear") != "",
	}
	known := slices.ContainsFunc(ruleActions[:], func(row struct {
		Action host.AlertAction
		Word   wording
		Label  string
	}) bool {
		return row.Action == rule.Action
	})
	switch {
	case !host.IsWebhookID(rule.ID), rule.Severity != "" && severityTones[rule.Severity] == "",
		rule.Test != host.TestAny && rule.Test != host.TestReal && rule.Test != host.TestOnly, !known:
		return rule, nil, &pageError{status: http.StatusBadRequest}
	case rule.Name == "":
		faults = append(faults, remark{"name", "Give the rule a name: it stands beside what the rule does."})
	case utf8.RuneCountInString(rule.Name) > maxRuleName || len(partner.CheckName(rule.Name).Errors()) > 0:
		faults = append(faults, remark{"name", "Use at most 80 ordinary characters."})
	}
	if utf8.RuneCountInString(rule.Type) > maxRuleType {
		faults = append(faults, remark{inputOwnType, "No alert has such a long type."})
	}
	return rule, faults, nil
}

func (w *Web) showRule(
	rw http.ResponseWriter, r *http.Request, status int, rule host.AlertRule, fresh bool, faults []remark,
) error {
	seen, err := w.opts.Store.AlertTypes(r.Context())
	if err != nil {
		return err
	}
	view := ruleFormView{Action: rulesPath, ID: rule.ID, AllClear: rule.AllClear}
	types, own := typeChoices(seen, rule.Type)
	input := func(v inputView) {
		v.ID, v.Autocomplete = v.Name, "off"
		for _, fault := range faults {
			if fault.name == v.Name {
				v.Errors = append(v.Errors, fault.message)
				view.Errors = append(view.Errors, foundView{v.Label, fault.message, "#" + v.ID})
			}
		}
		view.Inputs = append(view.Inputs, v)
	}
	input(inputView{Name: "name", Label: "Name", Type: "text", Value: rule.Name, Required: true,
		Hint: "Such as “Crypto mining at once”. It stands as the author of what the rule does."})
	input(inputView{Name: "type", Label: "Type of alert", Type: "select", Required: true, Options: types})
	input(inputView{Name: inputOwnType, Label: "Another type", Type: "text", Value: own,
		Hint: "Only for one that the list does not have, as Microsoft writes it. It counts in place of the list."})
	input(inputView{Name: "severity", Label: "Severity", Type: "select", Required: true,
		Options: append([]choice{{"", "Any", rule.Severity == ""}}, orMore(severityChoices(string(rule.Severity)))...)})
	var tests, actions []choice
	for _, row := range ruleTests {
		tests = append(tests, choice{string(row.Test), row.Text, row.Test == rule.Test})
	}
	for _, row := range ruleActions {
		actions = append(actions, choice{string(row.Action), row.Label, row.Action == rule.Action})
	}
	input(inputView{Name: "test", Label: "Of these", Type: "select", Required: true, Options: tests,
		Hint: "Microsoft can send test alerts, to try whether they arrive."})
	input(inputView{Name: "does", Label: "What to do", Type: "select", Required: true, Options: actions})
	title := "Change a rule"
	if fresh {
		title = "Add a rule"
	} else {
		view.Delete = rulePath(rule.ID) + "/delete"
	}
	return w.render(rw, r, status, "alert-rule",
		page{Title: title, Crumbs: crumbsRules, Problem: len(faults) > 0, Data: view})
}

// typeChoices are the types to choose from, by their names: those that
// Microsoft documents, and those that have come. A chosen one that is none of
// them is own.
func typeChoices(seen []string, chosen string) (list []choice, own string) {
	known := map[string]bool{}
	for _, t := range slices.Concat(documentedTypes, seen) {
		key := host.AlertType(t)
		if known[key] || key == "" {
			continue
		}
		known[key] = true
		list = append(list, choice{t, alertKind(alert.Alert{Type: t}) + " (" + t + ")", key == host.AlertType(chosen)})
	}
	sortBy(list, func(c choice) string { return strings.ToLower(c.Label) })
	if !known[host.AlertType(chosen)] {
		own = chosen
	}
	return append([]choice{{"", "Any type", chosen == own}}, list...), own
}

// orMore says of each severity that worse ones are meant too.
func orMore(list []choice) []choice {
	for i := range list {
		if i > 0 {
			list[i].Label += " or more"
		}
	}
	return list
}

// saveRule saves a new rule, or one that was there.
func (w *Web) saveRule(rw http.ResponseWriter, r *http.Request) error {
	rule, faults, err := ruleFormOf(r)
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		rules, err := w.opts.Store.AlertRules(r.Context())
		if err != nil {
			return err
		}
		fresh := !slices.ContainsFunc(rules, func(known host.AlertRule) bool { return known.ID == rule.ID })
		return w.showRule(rw, r, http.StatusUnprocessableEntity, rule, fresh, faults)
	}
	if err := w.needFresh(r, "A rule decides who is told without a person."); err != nil {
		return err
	}
	p, _ := host.PersonFrom(r.Context())
	host.TrailFrom(r.Context()).Subject = rule.ID
	err = w.opts.Store.SaveAlertRule(r.Context(), rule, p)
	if errors.Is(err, store.ErrTooMany) {
		return &pageError{status: http.StatusConflict, title: "There are too many rules",
			detail: "Delete those that fit no alert any more, and try again.", back: link{rulesPath, "See the rules"}}
	}
	if err != nil {
		return err
	}
	done, err := w.afterRules(r.Context(), "rule-saved", rule.ID)
	if err != nil {
		return err
	}
	return seeOther(rw, r, rulesPath, done)
}

// moveRule moves a rule up or down: the first that fits decides.
func (w *Web) moveRule(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(r); err != nil {
		return err
	}
	if err := w.needFresh(r, "A rule decides who is told without a person."); err != nil {
		return err
	}
	if err := w.opts.Store.MoveAlertRule(r.Context(), r.PathValue("id"), r.PostForm.Get("to") == "up"); err != nil {
		return err
	}
	done, err := w.afterRules(r.Context(), "rule-moved", r.PathValue("id"))
	if err != nil {
		return err
	}
	return seeOther(rw, r, rulesPath, done)
}

// afterRules is the code of the notice after a rule was saved or moved. It
// warns if that rule can never fire, or keeps another one from it.
//
//	the rule                             notice
//	can never fire                       done-never
//	stands above one that never can      done-above
//	is any other                         done
func (w *Web) afterRules(ctx context.Context, done, id string) (string, error) {
	rules, err := w.opts.Store.AlertRules(ctx)
	if err != nil {
		return "", err
	}
	never := host.NeverFires(rules)
	if never[id] != nil {
		return done + "-never", nil
	}
	for _, takers := range never {
		if slices.ContainsFunc(takers, func(r host.AlertRule) bool { return r.ID == id }) {
			return done + "-above", nil
		}
	}
	return done, nil
}

func (w *Web) deleteRule(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(r); err != nil {
		return err
	}
	if err := w.needFresh(r, "A rule decides who is told without a person."); err != nil {
		return err
	}
	if err := w.opts.Store.DeleteAlertRule(r.Context(), r.PathValue("id")); err != nil {
		return err
	}
	return seeOther(rw, r, rulesPath, "rule-deleted")
}
