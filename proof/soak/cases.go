package main

import (
	ordered "container/heap"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/proof/model"
)

// A virtual month, in minutes, in which the cases are opened.
const month = 30 * 24 * 60

var began = time.Date(2026, time.November, 1, 0, 0, 0, 0, time.UTC)

// away is a time in which the host is down, in minutes of the month.
type away struct{ from, until int }

// outages are the same for all cases: an hour, a day and a moment.
var outages = []away{{9_000, 9_060}, {20_000, 21_440}, {30_000, 30_001}}

func isUp(minute int) bool {
	return !slices.ContainsFunc(outages, func(a away) bool { return a.from <= minute && minute < a.until })
}

// answer is what somebody does with a case, in minutes since it was opened.
type answer struct {
	minute int
	kind   escalation.EventKind
}

// script is one case, and all that befalls it.
type script struct {
	openedAt int // in minutes of the month
	policy   escalation.Policy
	model    model.Policy
	answers  []answer
	bounces  map[string]int // addresses that fail, and how many minutes after they were told
}

// heard is somebody told, as the host saw it or as the model says.
type heard struct {
	minute int // since the case was opened
	told   model.Told
}

// newScript makes up case i.
func newScript(i int) script {
	r := rand.New(rand.NewPCG(uint64(i), 13))
	s := script{openedAt: r.IntN(month), bounces: map[string]int{}}
	impact := partner.Impact{Rights: partner.Reseller,
		SecurityContact: partner.NewGroupContact("Contoso SOC", "soc@contoso.com", "+14255550100")}
	for n := range r.IntN(3) {
		impact.AdminAgents = append(impact.AdminAgents,
			partner.Recipient{Email: "agent" + strconv.Itoa(n) + "@contoso.com"})
	}
	for n := range r.IntN(4) {
		impact.GlobalAdmins = append(impact.GlobalAdmins,
			partner.Recipient{Email: "admin" + strconv.Itoa(n) + "@contoso.com"})
	}
	if r.IntN(10) == 0 {
		impact.SecurityContact = partner.SecurityContact{}
	}
	s.policy = escalation.DefaultPolicy(partner.Routing{}, incident, impact)
	s.policy.Repeat = []int{0, 0, 0, 1, 3}[r.IntN(5)]
	if r.IntN(5) == 0 { // a policy of the host's own
		s.policy.AckTimeout = time.Duration(r.IntN(300)) * time.Minute
		for n := range s.policy.Steps {
			s.policy.Steps[n].Timeout = time.Duration(r.IntN(120)) * time.Minute
		}
		s.policy.Steps = append(s.policy.Steps, escalation.Step{Timeout: time.Hour}) // of nobody
	}
	s.model = model.Policy{Repeat: s.policy.Repeat, Hold: int(s.policy.AckTimeout / time.Minute)}
	for _, step := range s.policy.Steps {
		m := model.Step{Wait: max(int(step.Timeout/time.Minute), 1)}
		for _, recipient := range step.Recipients {
			address := recipient.Address()
			m.Who = append(m.Who, address)
			if r.IntN(8) == 0 {
				s.bounces[address] = r.IntN(90)
			}
		}
		s.model.Steps = append(s.model.Steps, m)
	}
	for range r.IntN(5) {
		kinds := []escalation.EventKind{
			escalation.EventAcknowledged, escalation.EventAcknowledged, escalation.EventAcknowledged,
			escalation.EventReleased, escalation.EventReleased, escalation.EventResolved, escalation.EventCancelled,
		}
		s.answers = append(s.answers, answer{r.IntN(30 * 60), kinds[r.IntN(len(kinds))]})
	}
	return s
}

// expect walks the model through the case, minute by minute, and says who hears
// what and when. It looks at each minute, and wakes at none.
func (s *script) expect() []heard {
	var told []heard
	events := map[int][]model.Event{}
	last := 0
	add := func(minute int, e model.Event) { events[minute], last = append(events[minute], e), max(last, minute) }
	for _, a := range s.answers {
		add(a.minute, model.Event{Kind: string(a.kind)})
	}
	done := 0
	walk := model.New(s.model)
	for walk.Minute < last || !walk.Still() || walk.State == "exhausted" && done < len(walk.Due) {
		walk.Tick(events[walk.Minute+1]...)
		if !isUp(s.openedAt+walk.Minute) || walk.State != "waiting" && walk.State != "exhausted" {
			continue
		}
		for ; done < len(walk.Due); done++ {
			due := walk.Due[done].Told
			told = append(told, heard{walk.Minute, due})
			if after, bad := s.bounces[due.Who]; bad {
				add(walk.Minute+1+after, model.Event{Kind: "failed", Told: due})
			}
		}
	}
	return told
}

// wake is a time at which the host looks at a case, in minutes of the month.
type wake struct {
	minute, number int
}

// timers are those that are set, the next first.
type timers []wake

func (t timers) Len() int { return len(t) }
func (t timers) Less(i, j int) bool {
	return t[i].minute < t[j].minute || t[i].minute == t[j].minute && t[i].number < t[j].number
}
func (t timers) Swap(i, j int) { t[i], t[j] = t[j], t[i] }
func (t *timers) Push(x any)   { *t = append(*t, x.(wake)) }
func (t *timers) Pop() any {
	last := (*t)[len(*t)-1]
	*t = (*t)[:len(*t)-1]
	return last
}

// row is what the host has stored of a case.
type row struct {
	c      escalation.Case
	sent   map[string]bool
	timer  int // in minutes of the month; -1: none
	told   []heard
	future []escalation.Event // what has not happened yet
	script *script
}

// soakCases runs a host with so many cases through a month. It wakes only when
// something happens, at Next, and when it starts again.
func soakCases(count int) error {
	started := time.Now()
	rows := make([]row, count)
	var set timers
	for i := range rows {
		s := newScript(i)
		opened := began.Add(time.Duration(s.openedAt) * time.Minute)
		rows[i] = row{
			c: escalation.Case{
				Incident: incident, Policy: s.policy, OpenedAt: opened,
				Route: partner.Route{PartnerTenantID: fmt.Sprintf("00000000-0000-4000-8000-%012d", i),
					Rights: partner.Reseller},
			},
			sent: map[string]bool{}, timer: -1, script: &s,
		}
		set = append(set, wake{s.openedAt, i})
		for _, a := range s.answers {
			rows[i].future = append(rows[i].future, escalation.Event{Kind: a.kind,
				At: opened.Add(time.Duration(a.minute) * time.Minute)})
			set = append(set, wake{s.openedAt + a.minute, i})
		}
	}
	ordered.Init(&set)
	asked, told := 0, 0
	for set.Len() > 0 {
		at := ordered.Pop(&set).(wake)
		r := &rows[at.number]
		if !isUp(at.minute) { // events are stored by another program; the host looks when it is up again
			for _, a := range outages {
				if a.from <= at.minute && at.minute < a.until {
					ordered.Push(&set, wake{a.until, at.number})
				}
			}
			continue
		}
		asked++
		for _, minute := range r.look(at.minute) {
			ordered.Push(&set, wake{minute, at.number})
		}
	}
	states := map[escalation.State]int{}
	for i := range rows {
		r := &rows[i]
		want := r.script.expect()
		if !slices.Equal(want, r.told) {
			return fmt.Errorf("case %d: the model tells %v, and the host told %v", i, want, r.told)
		}
		told += len(want)
		states[r.c.At(began.AddDate(1, 0, 0)).State]++
	}
	fmt.Printf("%d cases in a month, in %s: asked %d times, told %d, all as the model says\n", count,
		time.Since(started).Round(time.Millisecond), asked, told)
	fmt.Printf("in the end %v\n", states)
	return nil
}

// look does what a host does when it wakes, and returns when to wake again.
func (r *row) look(minute int) (again []int) {
	now := began.Add(time.Duration(minute) * time.Minute)
	r.future = slices.DeleteFunc(r.future, func(e escalation.Event) bool {
		if e.At.After(now) {
			return false
		}
		r.c.Events = append(r.c.Events, e)
		return true
	})
	status := r.c.At(now)
	if status.State == escalation.StateWaiting || status.State == escalation.StateExhausted {
		for _, due := range status.Due {
			n := due.Notification
			if r.sent[n.ID] {
				continue
			}
			r.sent[n.ID] = true
			who := n.Recipient.Address()
			r.told = append(r.told, heard{minute - r.script.openedAt,
				model.Told{Step: due.Step, Round: due.Round, Who: who}})
			if after, bad := r.script.bounces[who]; bad {
				r.future = append(r.future, escalation.Event{Kind: escalation.EventFailed,
					At: now.Add(time.Duration(1+after) * time.Minute), NotificationID: n.ID})
				again = append(again, minute+1+after)
			}
		}
	}
	if !status.Next.IsZero() {
		if next := int(status.Next.Sub(began) / time.Minute); next != r.timer {
			r.timer = next
			again = append(again, next)
		}
	}
	return again
}
