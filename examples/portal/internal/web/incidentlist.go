package web

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// incidentsPage is how many incidents stand on one page.
const incidentsPage = 25

const incidentsPath = "/incidents"

type incidentsView struct {
	Bar       filterBar
	Columns   []column
	Incidents []incidentRow
	Filtered  bool
	First     bool // the page that the list begins with
	Pages     pages
	Drafts    int
}

type incidentRow struct {
	host.StoredIncident
	Href   string
	Status wording // of the telling
	Told   string  // how the partners stand: "2 answered, 1 not delivered"
	Stands wording
}

func newIncidentRow(i host.StoredIncident, of host.Progress) incidentRow {
	return incidentRow{
		StoredIncident: i, Href: incidentPath(i.Incident.ID), Status: statusOf(i.Status, of), Told: standingText(of),
		Stands: standsWords[i.Kind.Stands()],
	}
}

// The inputs of the list's filter, beside its search.
const (
	bySearch   = "search"
	bySeverity = "severity"
	byState    = "state"
	byKind     = "kind"
	byDrill    = "drill"
	byOwner    = "owner"
	bySort     = "sort"
	byAfter    = "after"
)

// incidentFilter is what the address of the list says. What it cannot mean is
// left out.
type incidentFilter struct {
	values url.Values
	list   store.IncidentList
}

func incidentFilterOf(v url.Values, me string) incidentFilter {
	f := incidentFilter{values: url.Values{}}
	keep := func(name, value string, known bool) bool {
		if known && value != "" {
			f.values.Set(name, value)
		}
		return known && value != ""
	}
	if search := partner.NormalizeName(cleanText(v.Get(bySearch))); keep(bySearch, search, true) {
		f.list.Search = search
	}
	severity := partner.IncidentSeverity(v.Get(bySeverity))
	if keep(bySeverity, string(severity), severityTones[severity] != "") {
		f.list.Severity = severity
	}
	stands := host.IncidentStands(v.Get(byState))
	if keep(byState, string(stands), standsWords[stands].Word != "") {
		f.list.Stands = stands
	}
	kind := partner.IncidentKind(v.Get(byKind))
	if keep(byKind, string(kind), isKind(kind)) {
		f.list.Kind = kind
	}
	f.list.Drills = drillsOf(v)
	keep(byDrill, string(f.list.Drills), true)
	if owner := v.Get(byOwner); keep(byOwner, owner, owner == "me" || owner == "none") {
		f.list.Owner = map[string]string{"me": me, "none": store.Unowned}[owner]
	}
	order := store.IncidentOrder(v.Get(bySort))
	if keep(bySort, string(order), order == store.OldestFirst || order == store.WorstFirst) {
		f.list.Order = order
	}
	f.list.After = v.Get(byAfter)
	return f
}

// drillsOf is what the address of a list says of drills. What it cannot mean is
// all.
func drillsOf(v url.Values) host.Drills {
	switch which := host.Drills(v.Get(byDrill)); which {
	case host.RealOnly, host.DrillsOnly:
		return which
	default:
		return host.RealFirst
	}
}

// choosingDrills is the select for that.
func choosingDrills(which host.Drills) filterSelect {
	return choosing(byDrill, "Real or drill", string(which), choice{Label: "All"},
		choice{Value: string(host.RealOnly), Label: "Real"}, choice{Value: string(host.DrillsOnly), Label: "Drills"})
}

// drillBar is the filter of a list that has no other.
func drillBar(path string, which host.Drills) filterBar {
	bar := filterBar{Action: path, NoFind: true, Selects: []filterSelect{choosingDrills(which)}}
	if which != host.RealFirst {
		bar.Clear = path
	}
	return bar
}

// drillURL is the address of such a list after one of its rows.
func drillURL(path string, which host.Drills, after string) string {
	return listURL(path, filtered(map[string]string{byDrill: string(which)}), byAfter, after)
}

// standsWith selects those that stand in a list with the incident.
func standsWith(i partner.Incident) host.Drills {
	if i.Drill {
		return host.DrillsOnly
	}
	return host.RealOnly
}

// isKind reports whether the library takes it as a kind of incidents.
func isKind(k partner.IncidentKind) bool {
	return !partner.Incident{Kind: k}.Check().Has(partner.CodeIncidentKind)
}

// href is the address of the list with another value. A "" takes it away.
func (f incidentFilter) href(name, value string) string {
	return listURL(incidentsPath, f.values, name, value)
}

// filtered reports whether anything is left out.
func (f incidentFilter) filtered() bool {
	return len(f.values) > 1 || len(f.values) == 1 && f.values.Get(bySort) == ""
}

func (f incidentFilter) bar() filterBar {
	stands := func(s host.IncidentStands) choice { return choice{Value: string(s), Label: standsWords[s].Word} }
	bar := filterBar{
		Action: incidentsPath, Label: "Title, ID or tenant", Search: f.list.Search,
		Hidden: []rowView{{bySort, f.values.Get(bySort)}},
		Selects: []filterSelect{
			choosing(byState, "State", f.values.Get(byState), choice{Label: "Any"},
				stands(host.StandsOpen), stands(host.StandsResolved), stands(host.StandsCancelled)),
			choosing(bySeverity, "Severity", f.values.Get(bySeverity),
				append([]choice{{Label: "Any"}}, severityChoices("")...)...),
			choosing(byKind, "Kind", f.values.Get(byKind),
				append([]choice{{Label: "Any"}}, kindChoices(f.values.Get(byKind))...)...),
			choosingDrills(f.list.Drills),
			choosing(byOwner, "Owner", f.values.Get(byOwner), choice{Label: "Anybody"},
				choice{Value: "me", Label: "Me"}, choice{Value: "none", Label: "Nobody"}),
		},
	}
	if f.filtered() {
		bar.Clear = incidentFilter{values: url.Values{bySort: f.values[bySort]}}.href(byAfter, "")
	}
	return bar
}

// columns are those of the list. Two of them sort it.
func (f incidentFilter) columns() []column {
	severity := column{Label: "Severity", Href: f.href(bySort, string(store.WorstFirst))}
	raised := column{Label: "Raised", Href: f.href(bySort, "")}
	switch f.list.Order {
	case store.WorstFirst:
		severity.Sort = "descending"
	case store.OldestFirst:
		raised.Sort = "ascending"
	default:
		raised.Sort, raised.Href = "descending", f.href(bySort, string(store.OldestFirst))
	}
	return []column{{Label: "Incident"}, severity, {Label: "State"}, {Label: "Told"}, raised}
}

func (w *Web) incidents(rw http.ResponseWriter, r *http.Request) error {
	p, _ := host.PersonFrom(r.Context())
	f := incidentFilterOf(r.URL.Query(), store.OwnerOf(p).ID)
	f.list.Limit = incidentsPage + 1
	incidents, err := w.opts.Store.ListIncidents(r.Context(), f.list)
	if err != nil {
		return err
	}
	view := incidentsView{
		Bar: f.bar(), Columns: f.columns(), First: f.list.After == "", Filtered: f.filtered(), Pages: pages{Of: "incidents"},
	}
	if !view.First {
		view.Pages.add("", f.href(byAfter, ""), "First page")
	}
	if len(incidents) > incidentsPage {
		incidents = incidents[:incidentsPage]
		view.Pages.add("next", f.href(byAfter, incidents[incidentsPage-1].Incident.ID), "Next page")
	}
	ids := make([]string, len(incidents))
	for n, i := range incidents {
		ids[n] = i.Incident.ID
	}
	progress, err := w.opts.Store.Progress(r.Context(), ids)
	if err != nil {
		return err
	}
	for _, i := range incidents {
		view.Incidents = append(view.Incidents, newIncidentRow(i, progress[i.Incident.ID]))
	}
	drafts, err := w.opts.Store.SavedForms(r.Context(), false)
	if err != nil {
		return err
	}
	view.Drafts = len(drafts)
	return w.render(rw, r, http.StatusOK, "incidents", page{
		Title: "Incidents", Notice: noticeOf(r), Data: view,
		Actions: []doing{{Href: draftsPath, Text: "Drafts and templates", Shape: "secondary"},
			{Href: incidentsPath + "/new", Text: "Raise an incident"}},
	})
}

// standingText is how an incident's partners stand, in a few words: "2
// answered, 1 not delivered".
func standingText(of host.Progress) string {
	var parts []string
	for _, part := range host.Parts() {
		if n := of.Partners[part]; n > 0 {
			parts = append(parts, number(n)+" "+strings.ToLower(partWords[part].Word))
		}
	}
	return strings.Join(parts, ", ")
}
