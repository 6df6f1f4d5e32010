package host_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/alert"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

func rule(name, kind string, severity partner.IncidentSeverity, test host.AlertTest) host.AlertRule {
	return host.AlertRule{ID: name, Name: name, Type: kind, Severity: severity, Test: test, Action: host.ActIgnore}
}

func TestNeverFires(t *testing.T) {
	t.Parallel()
	const low, high = partner.IncidentLow, partner.IncidentHigh
	for _, tt := range []struct {
		name, why string
		rules     []host.AlertRule
		want      string // "b by a"
	}{
		{"none", "", nil, "map[]"},
		{"below a catch-all", "it takes everything", []host.AlertRule{rule("a", "", "", ""), rule("b", "x", high, "")},
			"map[b:[a]]"},
		{"above a catch-all", "the first that fits decides", []host.AlertRule{rule("b", "x", "", ""), rule("a", "", "", "")},
			"map[]"},
		{"another type", "", []host.AlertRule{rule("a", "y", "", ""), rule("b", "x", "", "")}, "map[]"},
		{"the type in another spelling", "spellings are one type",
			[]host.AlertRule{rule("a", "crypto_mining", "", ""), rule("b", "cryptoMining", "", "")}, "map[b:[a]]"},
		{"less severe", "the lesser ones come through", []host.AlertRule{rule("a", "", high, ""), rule("b", "", low, "")},
			"map[]"},
		{"more severe", "", []host.AlertRule{rule("a", "", low, ""), rule("b", "", high, "")}, "map[b:[a]]"},
		{"the least severity is any", "",
			[]host.AlertRule{rule("a", "", partner.IncidentInformational, ""), rule("b", "", "", "")}, "map[b:[a]]"},
		{"two that take half each", "both are to blame",
			[]host.AlertRule{rule("a", "", "", host.TestReal), rule("c", "z", "", ""), rule("d", "", "", host.TestOnly),
				rule("b", "x", "", "")}, "map[b:[a d]]"},
		{"any type below one", "the others come through", []host.AlertRule{rule("a", "x", "", ""), rule("b", "", "", "")},
			"map[]"},
	} {
		got := map[string][]string{}
		for id, takers := range host.NeverFires(tt.rules) {
			for _, r := range takers {
				got[id] = append(got[id], r.Name)
			}
		}
		assert.Equal(t, tt.want, fmt.Sprint(got), "%s: %s", tt.name, tt.why)
	}
}

// Of all lists of three small rules, those fire that some alert reaches.
func TestNeverFiresIsTrue(t *testing.T) {
	t.Parallel()
	var all []host.AlertRule
	for _, kind := range []string{"", "x"} {
		for _, severity := range []partner.IncidentSeverity{"", partner.IncidentMedium} {
			for _, test := range []host.AlertTest{"", host.TestReal, host.TestOnly} {
				all = append(all, rule("", kind, severity, test))
			}
		}
	}
	var alerts []alert.Alert
	for _, kind := range []string{"x", "y"} {
		for _, severity := range partner.IncidentSeverities() {
			alerts = append(alerts, alert.Alert{Type: kind, Severity: severity},
				alert.Alert{Type: kind, Severity: severity, Test: true})
		}
	}
	for _, a := range all {
		for _, b := range all {
			for _, c := range all {
				a.ID, b.ID, c.ID = "a", "b", "c"
				rules, fires := []host.AlertRule{a, b, c}, map[string]bool{}
				for _, one := range alerts {
					fires[host.RuleFor(rules, one).ID] = true
				}
				never := host.NeverFires(rules)
				for _, r := range rules {
					if fires[r.ID] == (never[r.ID] != nil) {
						assert.Fail(t, "wrong", "%v of %v", r.ID, rules)
					}
				}
			}
		}
	}
}
