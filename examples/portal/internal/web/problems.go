package web

import (
	"cmp"
	"context"
	"strings"

	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// problem is something that somebody here must look at.
type problem struct {
	Tone string
	Text string
	Link link
}

// namedPartners is how many partners a problem names. LookedAt is how many
// messages are read for that. Nameless is a partner without a name.
const (
	namedPartners = 3
	lookedAt      = 4 * namedPartners // messages, for a partner may have several
	nameless      = "A partner without a name"
)

// problems are those of an incident. They name partners until err is set.
type problems struct {
	w    *Web
	ctx  context.Context
	id   string
	path string
	all  []problem
	err  error
}

// problemsOf are what somebody must look at while the incident goes on, the
// worst first:
//
//	some partners have not answered, and nobody is left to tell   bad
//	some have not answered in time                                bad
//	nothing could be delivered to some                            bad
//	something could not be delivered where others are told        warn
//	people are to be called                                       warn
//	some partners have nobody to tell                             warn
func (w *Web) problemsOf(
	ctx context.Context, stored host.StoredIncident, p progressView, counts map[escalation.State]int,
) ([]problem, error) {
	if !stored.Kind.Open() {
		return nil, nil
	}
	v := &problems{w: w, ctx: ctx, id: stored.Incident.ID, path: incidentPath(stored.Incident.ID)}
	v.silent(escalation.StateExhausted, counts,
		"not answered, and nobody is left to tell there. Find another way to reach them.")
	if by := stored.Incident.RespondBy; !by.IsZero() && by.Before(w.opts.Store.Now()) {
		v.silent(escalation.StateWaiting, counts, "not answered in time.")
	}
	v.part(host.PartFailed, p, "bad", "was told nothing: no message could be delivered.",
		"were told nothing: no message could be delivered.")
	if p.part(host.PartFailed) == 0 {
		for _, state := range host.PartFailed.States() {
			v.messages(state, p, "One message", "messages",
				"could not be delivered. More was sent there, or is on its way.", "See why",
				listAt{state: string(state)}.href(v.path)+"#deliveries")
		}
	}
	v.messages(host.DeliveryCall, p, "One call", "calls", "must be made.", "See the calls",
		drillURL(callsPath, standsWith(stored.Incident), ""))
	v.part(host.PartNobody, p, "warn", "has nobody to tell.", "have nobody to tell.")
	return v.all, v.err
}

func (v *problems) add(tone, text, href, see string) {
	v.all = append(v.all, problem{tone, text, link{href, see}})
}

// silent is about the partners whose cases are in a state.
func (v *problems) silent(state escalation.State, counts map[escalation.State]int, have string) {
	n := counts[state]
	if n == 0 || v.err != nil {
		return
	}
	var cases []host.Case
	cases, v.err = v.w.opts.Store.ListCases(v.ctx, store.CaseList{IncidentID: v.id, State: state, Limit: namedPartners})
	var names []string
	for _, c := range cases {
		names = append(names, cmp.Or(c.Opened.Route.CompanyName, nameless))
	}
	verb := " have "
	if n == 1 {
		verb = " has "
	}
	v.add("bad", named(names, n)+verb+have, listAt{state: string(state)}.href(casesPath(v.id)), "See who")
}

// part is about the partners in a part.
func (v *problems) part(part host.Part, p progressView, tone, one, many string) {
	n := p.part(part)
	if n == 0 || v.err != nil {
		return
	}
	text := many
	if n == 1 {
		text = one
	}
	names := v.companies(store.DeliveryQuery{IncidentID: v.id, Part: part})
	v.add(tone, named(names, n)+" "+text, listAt{part: string(part)}.href(v.path)+"#deliveries", "See why")
}

// messages is about the messages, or the calls, in a state.
func (v *problems) messages(state host.DeliveryState, p progressView, one, many, what, see, href string) {
	n := 0
	for _, s := range p.States {
		if s.State == state {
			n = s.N
		}
	}
	if n == 0 || v.err != nil {
		return
	}
	text := one
	if n > 1 {
		text = number(n) + " " + many
	}
	names := v.companies(store.DeliveryQuery{IncidentID: v.id, State: state})
	whom := named(names, len(names))
	if n > lookedAt && len(names) > namedPartners { // nobody has counted the partners
		whom = strings.Join(names[:namedPartners], ", ") + " and others"
	}
	v.add("warn", text+" to "+whom+" "+what, href, see)
}

// companies are those of the first deliveries that are asked for, each once.
func (v *problems) companies(q store.DeliveryQuery) (names []string) {
	var found []host.Delivery
	q.Limit = lookedAt
	found, v.err = v.w.opts.Store.Deliveries(v.ctx, q)
	seen := map[string]bool{}
	for _, d := range found {
		if !seen[d.PartnerTenantID] {
			seen[d.PartnerTenantID], names = true, append(names, cmp.Or(d.CompanyName, nameless))
		}
	}
	return names
}

// named names the first of so many partners.
func named(names []string, all int) string {
	if len(names) == 0 {
		return count(all, "partner", "partners") // who it was is in another state by now
	}
	names = names[:min(len(names), namedPartners)]
	return host.Some(names, max(all, len(names)))
}
