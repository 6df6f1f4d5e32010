package web

import (
	"cmp"
	"encoding/csv"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// deliveriesPage is how many deliveries stand on one page.
const deliveriesPage = 50

// rowsView is the part of the page with the deliveries, which the script asks
// for again while they change.
type rowsView struct {
	ID       string
	Href     string // of the part itself, with its filter
	Bar      filterBar
	At       listAt
	Rows     []deliveryView
	Filtered bool
	Pages    pages
	Failed   int // of all, not only of those shown
	Unknown  int // of all
	Versions bool
	Exports  []doing
	None     blank  // what stands where there are none
	Remind   string // where the boxes beside the rows lead; "": there are none
}

// deliveryView is one delivery: who was told, when, by which step, and what
// they answered.
type deliveryView struct {
	host.Delivery
	At     time.Time // when it was sent, or failed
	Step   string    // "Step 2 of 4", "Step 1 of 4, reminder 2"
	Silent bool      // it was mailed, and nobody at the partner has answered
	Answer caseView  // of the partner; its zero value: it has no case
	Part   host.Part // how the partner stands
}

// listAt is a place in the list of an incident's deliveries: what it is
// filtered by, and the last delivery of the page before.
type listAt struct{ state, after, part, search string }

func listAtOf(v url.Values) listAt {
	at := listAt{v.Get("state"), v.Get("after"), v.Get("part"), partner.NormalizeName(cleanText(v.Get("search")))}
	if _, known := deliveryStates[host.DeliveryState(at.state)]; !known {
		at.state = ""
	}
	if _, known := partWords[host.Part(at.part)]; !known {
		at.part = ""
	}
	return at
}

func (at listAt) hidden() []rowView {
	return []rowView{{"part", at.part}, {"state", at.state}, {"search", at.search}, {"after", at.after}}
}

// Hidden is the place in a form, for the way back.
func (at listAt) Hidden() []rowView { return at.hidden() }

// href is the place's address in the list at path.
func (at listAt) href(path string) string {
	v := map[string]string{}
	for _, row := range at.hidden() {
		v[row.Label] = row.Value
	}
	return listURL(path, filtered(v), "", "")
}

func (at listAt) query(id string) store.DeliveryQuery {
	return store.DeliveryQuery{
		IncidentID: id, State: host.DeliveryState(at.state), Part: host.Part(at.part), Search: at.search, After: at.after,
	}
}

func (w *Web) rows(r *http.Request, stored host.StoredIncident, counts progressView) (rowsView, error) {
	id, open := stored.Incident.ID, stored.Kind.Open()
	at := listAtOf(r.URL.Query())
	read := func() ([]host.Delivery, error) {
		if part := host.Part(at.part); part != "" && counts.part(part) == 0 {
			return nil, nil // among very many, it would look at all of them
		}
		query := at.query(id)
		query.Limit = deliveriesPage + 1
		return w.opts.Store.Deliveries(r.Context(), query)
	}
	deliveries, err := read()
	if err == nil && len(deliveries) == 0 && at.after != "" { // what was here is in another state by now
		at.after = ""
		deliveries, err = read()
	}
	if err != nil {
		return rowsView{}, err
	}
	path := incidentPath(id)
	href := func(at listAt) string { return at.href(path) + "#deliveries" }
	whole := at
	whole.after = ""
	view := rowsView{
		ID: id, Href: at.href(path + "/rows"), At: at, Pages: pages{Of: "deliveries"}, Versions: counts.Version > 0,
		None:     noDeliveries(stored.Status),
		Filtered: whole != listAt{}, Bar: deliveryBar(path, at, counts),
	}
	if at.after != "" {
		view.Pages.add("", href(whole), "First page")
	}
	if len(deliveries) > deliveriesPage {
		deliveries = wholePartners(deliveries[:deliveriesPage], deliveries[deliveriesPage])
		next := whole
		next.after = deliveries[len(deliveries)-1].ID
		view.Pages.add("next", href(next), "Next page")
	}
	sortBySteps(deliveries)
	for _, s := range counts.States {
		switch s.State {
		case host.DeliveryFailed:
			view.Failed = s.N
		case host.DeliveryUnknown:
			view.Unknown = s.N
		default:
		}
	}
	if counts.Total > 0 {
		view.Exports = []doing{
			{Href: whole.href(path + "/deliveries.csv"), Text: "CSV", Shape: "quiet", Download: true},
			{Href: whole.href(path + "/deliveries.json"), Text: "JSON", Shape: "quiet", Download: true},
		}
	}
	view.Rows, err = w.deliveryRows(r, deliveries)
	if open && slices.ContainsFunc(view.Rows, func(d deliveryView) bool { return d.Silent }) {
		view.Remind = remindPath(id)
	}
	return view, err
}

// noDeliveries says why an incident has none.
func noDeliveries(status host.IncidentStatus) blank {
	switch {
	case !settled(status):
		return blank{Title: "Finding out whom to tell", Text: "Who is told stands here in a moment."}
	case status == host.IncidentCancelled:
		return blank{Title: "Nobody is told yet"}
	default:
		return blank{Title: "Nobody had to be told"}
	}
}

// wholePartners ends a page where a partner ends, if next goes on with the last
// one. A partner that has more than a page is cut.
func wholePartners(page []host.Delivery, next host.Delivery) []host.Delivery {
	cut := len(page)
	for cut > 0 && page[cut-1].CompanyName == next.CompanyName {
		cut--
	}
	if cut == 0 {
		return page
	}
	return page[:cut]
}

// sortBySteps sorts the deliveries of each partner as they were told: by
// version, then by step, and then by time. Those beside the steps stand with
// the first step.
func sortBySteps(page []host.Delivery) {
	slices.SortStableFunc(page, func(a, b host.Delivery) int {
		return cmp.Or(cmp.Compare(a.CompanyName, b.CompanyName), cmp.Compare(a.PartnerTenantID, b.PartnerTenantID),
			cmp.Compare(a.Version, b.Version), cmp.Compare(a.Round, b.Round), cmp.Compare(max(0, a.Step), max(0, b.Step)),
			a.QueuedAt.Compare(b.QueuedAt))
	})
}

// deliveryRows adds to each delivery what its partner answered.
func (w *Web) deliveryRows(r *http.Request, deliveries []host.Delivery) ([]deliveryView, error) {
	var ids []string
	for _, d := range deliveries {
		if d.CaseID != "" {
			ids = append(ids, d.CaseID)
		}
	}
	cases, err := w.opts.Store.CasesByID(r.Context(), ids)
	if err != nil {
		return nil, err
	}
	var partners []string
	for _, d := range deliveries {
		partners = append(partners, d.PartnerTenantID)
	}
	parts := map[string]host.Part{}
	if len(deliveries) > 0 {
		if parts, err = w.opts.Store.PartsOf(r.Context(), deliveries[0].IncidentID, partners); err != nil {
			return nil, err
		}
	}
	now := w.opts.Store.Now()
	rows := make([]deliveryView, len(deliveries))
	for n, d := range deliveries {
		rows[n] = deliveryView{Delivery: d, At: told(d), Part: parts[d.PartnerTenantID]}
		c, known := cases[d.CaseID]
		if !known {
			continue
		}
		rows[n].Answer = newCaseView(c, now)
		mailed := d.State == host.DeliverySent && d.Recipient.Medium == partner.MediumMail
		rows[n].Silent = mailed && host.Goes(c.At(now).State)
		if steps := len(c.Opened.Policy.Steps); d.Step >= 0 && steps > 0 {
			rows[n].Step = "Step " + strconv.Itoa(d.Step+1) + " of " + strconv.Itoa(steps)
			if d.Round > 0 {
				rows[n].Step += ", round " + strconv.Itoa(d.Round+1)
			}
		}
		if d.Reminder > 0 {
			rows[n].Step = strings.TrimPrefix(rows[n].Step+", reminder", ", ")
			if d.Reminder > 1 {
				rows[n].Step += " " + strconv.Itoa(d.Reminder)
			}
		}
	}
	return rows, nil
}

func deliveryBar(path string, at listAt, counts progressView) filterBar {
	states := []choice{{Label: "Any"}}
	for _, s := range counts.States {
		if s.State == host.DeliveryNobody && at.state == "" {
			continue // it is no message: its partners are among the others' parts
		}
		if s.N > 0 || string(s.State) == at.state {
			states = append(states, choice{Value: string(s.State), Label: deliveryStates[s.State].Word + " " + number(s.N)})
		}
	}
	parts := []choice{{Label: "All"}}
	for _, p := range counts.Parts {
		if p.N > 0 || string(p.Part) == at.part {
			parts = append(parts, choice{Value: string(p.Part), Label: partWords[p.Part].Word + " " + p.Text})
		}
	}
	bar := filterBar{
		Action: path + "#deliveries", Label: "Company, name, address or number", Search: at.search,
		Selects: []filterSelect{choosing("part", "Partners", at.part, parts...),
			choosing("state", "Messages", at.state, states...)},
	}
	if at.state != "" || at.part != "" || at.search != "" {
		bar.Clear = path + "#deliveries"
	}
	return bar
}

// incidentRows is the part with the deliveries alone.
func (w *Web) incidentRows(rw http.ResponseWriter, r *http.Request) error {
	stored, progress, err := w.progress(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	rows, err := w.rows(r, stored, progress)
	if err != nil {
		return err
	}
	return w.write(rw, http.StatusOK, "incident", "rows", rows)
}

// deliveryRecord is a delivery in an export. Its JSON has the names of the
// columns.
type deliveryRecord struct {
	ID       string    `json:"id"`
	Company  string    `json:"company"`
	TenantID string    `json:"partnerTenantId"`
	Progress host.Part `json:"progress"`
	Audience string    `json:"audience,omitempty"`
	Name     string    `json:"name,omitempty"`
	Email    string    `json:"email,omitempty"`
	Phone    string    `json:"phoneNumber,omitempty"`
	Medium   string    `json:"medium,omitempty"`
	State    string    `json:"state"`
	Problem  string    `json:"problem,omitempty"`
	Tries    int       `json:"tries"`
	At       time.Time `json:"at,omitzero"`
	Version  int       `json:"version"`
	Step     string    `json:"step,omitempty"`
	Case     string    `json:"case,omitempty"`
	Answer   string    `json:"answer,omitempty"`
	AnswerAt time.Time `json:"answeredAt,omitzero"`
	Why      string    `json:"why"`

	became wording
}

var deliveryColumns = []string{"Company", "Partner tenant ID", "Progress",
	"Audience", "Name", "E-mail", "Phone", "Extension",
	"Medium",
	"State", "Problem", "Tries", "At (UTC)", "Version", "Step", "Case", "Answer", "Answered at (UTC)", "Why",
	"Delivery ID"}

func newDeliveryRecord(d deliveryView) deliveryRecord {
	to := d.Recipient
	r := deliveryRecord{
		ID: d.ID, Company: d.CompanyName, TenantID: d.PartnerTenantID, Progress: d.Part,
		Audience: string(to.Audience), Name: to.Name,
		Email: to.Email, Phone: to.Phone, Medium: string(to.Medium), State: string(d.State), Problem: d.Problem,
		Tries: d.Attempts, At: d.At, Version: d.Version, Step: d.Step, Case: d.Answer.State.Word, Answer: d.Answer.By,
		AnswerAt: d.Answer.At, Why: d.Why, became: became(d.Delivery),
	}
	if to.Medium == partner.MediumMail && d.State != host.DeliveryNobody {
		r.Medium = "mail"
	}
	return r
}

func (r deliveryRecord) cells() []string {
	at := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return stamp(t)
	}
	state := r.became.Word // as the page says it; JSON has the code
	cells := inertCells(r.Company, r.TenantID, partWords[r.Progress].Word, r.Audience, r.Name, r.Email)
	cells = append(cells, phoneCells(r.Phone)...)
	return append(cells, inertCells(r.Medium, state, r.Problem, strconv.Itoa(r.Tries), at(r.At), strconv.Itoa(r.Version),
		r.Step, r.Case, r.Answer, at(r.AnswerAt), r.Why, r.ID)...)
}

// exportPage is how many deliveries an export reads at a time.
const exportPage = 1000

// exportDeliveries streams the deliveries as the page filters them. What could
// not be read to its end says so, and the connection breaks.
func (w *Web) exportDeliveries(rw http.ResponseWriter, r *http.Request, kind string, out exporter) error {
	stored, err := w.opts.Store.Incident(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	select {
	case w.downloads <- struct{}{}:
		defer func() { <-w.downloads }()
	default:
		rw.Header().Set("Retry-After", "60")
		return &pageError{
			status: http.StatusServiceUnavailable, title: "Too many reports are being downloaded",
			detail: "Others are reading a report now. Try again in a minute.",
		}
	}
	h := rw.Header()
	h.Set("Content-Type", out.contentType())
	h.Set("Content-Disposition", `attachment; filename="`+stored.Incident.ID+`-deliveries.`+kind+`"`)
	h.Set("Cache-Control", "no-store")
	at := listAtOf(r.URL.Query())
	at.after = ""
	if out.begin(rw) != nil {
		return nil // whoever asked has left
	}
	_ = http.NewResponseController(rw).Flush() // what fits may be far
	for {
		query := at.query(stored.Incident.ID)
		query.Limit = exportPage
		deliveries, err := w.opts.Store.Deliveries(r.Context(), query)
		var rows []deliveryView
		if err == nil {
			rows, err = w.deliveryRows(r, deliveries)
		}
		if err != nil {
			w.opts.Log.LogAttrs(r.Context(), slog.LevelError, "deliveries not read to their end",
				slog.String("incident", stored.Incident.ID), slog.Any("error", err))
			out.broke()
			_ = http.NewResponseController(rw).Flush() // before the connection breaks
			panic(http.ErrAbortHandler)                // a file that was cut short must not look whole
		}
		for _, row := range rows {
			if out.row(newDeliveryRecord(row)) != nil {
				return nil
			}
		}
		if len(deliveries) < exportPage {
			out.end()
			return nil
		}
		at.after = deliveries[exportPage-1].ID
	}
}

// exporter writes deliveries in one format.
type exporter interface {
	contentType() string
	begin(w io.Writer) error
	row(r deliveryRecord) error
	broke()
	end()
}

type csvExport struct{ out *csv.Writer }

func (*csvExport) contentType() string { return "text/csv; charset=utf-8; header=present" }
func (e *csvExport) begin(w io.Writer) error {
	if _, err := io.WriteString(w, "\uFEFF"); err != nil { // without it Excel reads the names in a code page of its own
		return err
	}
	e.out = csv.NewWriter(w)
	e.out.UseCRLF = true // RFC 4180
	if err := e.out.Write(deliveryColumns); err != nil {
		return err
	}
	e.out.Flush()
	return e.out.Error()
}
func (e *csvExport) row(r deliveryRecord) error { return e.out.Write(r.cells()) }
func (e *csvExport) broke()                     { _ = e.out.Write(cutShort); e.out.Flush() }
func (e *csvExport) end()                       { e.out.Flush() }

// jsonExport writes one array. One that was cut short has no end.
type jsonExport struct {
	w    io.Writer
	rows int
}

func (*jsonExport) contentType() string { return "application/json" }
func (e *jsonExport) begin(w io.Writer) error {
	e.w = w
	_, err := io.WriteString(w, "[")
	return err
}
func (e *jsonExport) row(r deliveryRecord) error {
	data, err := json.Marshal(r)
	if err != nil {
		return err
	}
	before := "\n"
	if e.rows > 0 {
		before = ",\n"
	}
	e.rows++
	_, err = e.w.Write(append([]byte(before), data...))
	return err
}
func (*jsonExport) broke() {}
func (e *jsonExport) end() { _, _ = io.WriteString(e.w, "\n]\n") }

func (w *Web) deliveriesCSV(rw http.ResponseWriter, r *http.Request) error {
	return w.exportDeliveries(rw, r, "csv", &csvExport{})
}

func (w *Web) deliveriesJSON(rw http.ResponseWriter, r *http.Request) error {
	return w.exportDeliveries(rw, r, "json", &jsonExport{})
}
