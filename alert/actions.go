package alert

import (
	"strconv"
	"strings"

	"github.com/cspkit/partner/internal/line"
	"github.com/cspkit/partner/internal/words"
)

// DefaultActions returns what to do about an alert, in order. Each step is one
// line. It names the subscription, and the first of the resources that are
// written as Azure does.
//
// The steps are those of Microsoft's guidance in our own words: for each
// documented type of its own, and a general list for every other. The guidance
// is that of the Partner Center pages "Detect and respond to security alerts",
// "Respond to security events with the Security Alerts dashboard" and
// "Essential steps to confirm, contain, and secure a compromise".
func DefaultActions(a Alert) []string { return a.actions(words.English()) }

// DefaultActionsIn returns DefaultActions in the language that fits a tag of
// BCP 47 best, or in English: see [partner.Languages].
func DefaultActionsIn(a Alert, language string) []string { return a.actions(words.For(language)) }

func (a Alert) actions(l *words.Language) []string {
	w := &l.Actions
	fill := strings.NewReplacer("{subscription}", a.subscription(w), "{start}", a.start(w))
	i, known := place[typeKey(a.Type)]
	switch {
	case known && documented[i].fraud:
		return []string{
			fill.Replace(w.Open), w.Look[documented[i].name], w.Stop, w.Credentials, w.Recovery, w.Logs, w.Cancel, w.After,
			w.Report,
		}
	case known:
		return []string{w.AdvisoryRead, fill.Replace(w.AdvisoryDo), w.AdvisoryAlert, w.AdvisoryResolve}
	}
	return []string{fill.Replace(w.OtherOpen), w.OtherAsk, w.Stop, w.Credentials, w.Recovery, w.Logs, w.Report}
}

// subscription names the subscription for a sentence.
func (a Alert) subscription(w *words.Actions) string {
	if id := shown(a.SubscriptionID); id != "" {
		return strings.Replace(w.Subscription, "{id}", id, 1)
	}
	return w.Subscriptions
}

// shownResources is how many resources a step names.
const shownResources = 3

// start ends the first step: ", and start with A, B and 2 more". Only what is
// written as Azure does is shown: a mail program makes a link of much else.
func (a Alert) start(w *words.Actions) string {
	var names []string
	for _, r := range a.Resources {
		if id := shown(r.ID); strings.HasPrefix(lower(id), "/subscriptions/") && !strings.Contains(id, "//") {
			names = append(names, id)
		}
	}
	if len(names) == 0 {
		return ""
	}
	text := strings.Join(names[:min(len(names), shownResources)], ", ")
	if more := len(names) - shownResources; more > 0 {
		text = strings.NewReplacer("{resources}", text, "{count}", strconv.Itoa(more)).Replace(w.More)
	}
	return strings.Replace(w.StartWith, "{resources}", text, 1)
}

// shown is what a step shows of a value: one line of 300 code points.
func shown(s string) string { return line.Cut(line.Clean(s), 300) }
