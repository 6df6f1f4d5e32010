package web

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/internal/columns"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/intake"
)

// An import goes by these pages. Each works without the script:
//
//	the form → POST the file → what it would change → POST save → how far it is,
//	and what was done
const importsPath = "/imports"

var (
	crumbsPartners = []link{{partnersPath, "Partners"}}
	crumbsImport   = append(crumbsPartners[:1:1], link{importsPath, "Import"})
)

// importRows is how many rows stand on one page of what an import would do.
const importRows = 50

// importFormView is the form, and what was imported before.
type importFormView struct {
	Problem   string // why the file before could not be read
	Customers string // the partner whose customers the file lists
	Country   []choice
	Replace   bool // security contacts may be replaced
	Recent    []importView
}

// importView is an import in a list.
type importView struct {
	host.Import
	Is   wording
	Says string
}

var importStates = map[host.ImportState]wording{
	host.ImportReading: {"Broken off", "the file was not read to its end; nothing is saved", "warn"},
	host.ImportReady:   {"Not saved", "it was read, and nothing is saved", "busy"},
	host.ImportSaving:  {"Being saved", "all of it is saved, or nothing", "busy"},
	host.ImportSaved:   {"Saved", "all of it is saved", "good"},
	host.ImportStale:   {"Out of date", "somebody changed the same meanwhile; nothing is saved", "warn"},
	host.ImportFailed:  {"Cannot be read", "nothing is saved", "bad"},
}

func newImportView(i host.Import) importView {
	v := importView{Import: i, Is: importStates[i.State]}
	c := i.Counts
	parts := []string{count(c.Rows, "row", "rows")}
	for _, of := range []struct {
		n    int
		text string
	}{
		{c.Of(host.ImportNew), " new"}, {c.Of(host.ImportChanged), " changed"}, {c.Wrong, " wrong"},
	} {
		if of.n > 0 {
			parts = append(parts, number(of.n)+of.text)
		}
	}
	v.Says = strings.Join(parts, ", ")
	return v
}

func (w *Web) importForm(rw http.ResponseWriter, r *http.Request) error {
	return w.showImportForm(rw, r, http.StatusOK, importFormView{})
}

func (w *Web) showImportForm(rw http.ResponseWriter, r *http.Request, status int, view importFormView) error {
	recent, err := w.opts.Store.Imports(r.Context(), 10)
	if err != nil {
		return err
	}
	for _, i := range recent {
		view.Recent = append(view.Recent, newImportView(i))
	}
	view.Replace = w.opts.Imports.MayReplaceContacts()
	view.Country = countryChoices("")
	view.Country[0].Label = "The partner’s own, or none"
	return w.render(rw, r, status, "import-form", page{
		Title: "Import", Crumbs: crumbsPartners, Problem: view.Problem != "", Data: view,
	})
}

// errNoFile says that nobody chose a file.
var errNoFile = &pageError{status: http.StatusBadRequest, title: "There is no file",
	detail: "Choose a file first, and send it again.", back: link{importsPath, "Back to the import"}}

// upload reads a file as it comes. The inputs of the form stand before it.
func (w *Web) upload(rw http.ResponseWriter, r *http.Request) error {
	p, _ := host.PersonFrom(r.Context())
	parts, err := r.MultipartReader()
	if err != nil {
		return errNoFile
	}
	i := host.Import{By: operatorOf(p), Channel: partner.Portal}
	file, err := nextFile(parts, &i)
	if err != nil {
		return err
	}
	if i.Options.CustomersOf != "" {
		if _, err := w.opts.Store.Profile(r.Context(), i.Options.CustomersOf); errors.Is(err, host.ErrNotFound) {
			return w.showImportForm(rw, r, http.StatusUnprocessableEntity, importFormView{
				Problem:   "The partner whose customers these are is not known. Give its tenant ID.",
				Customers: i.Options.CustomersOf,
			})
		} else if err != nil {
			return err
		}
	}
	i, err = w.opts.Imports.Read(r.Context(), file, i)
	host.TrailFrom(r.Context()).Subject = i.ID
	var tooLarge *http.MaxBytesError
	unreadable, isFile := errors.AsType[*intake.FileError](err)
	switch {
	case errors.As(err, &tooLarge):
		return tooLarge
	case isFile:
		return w.showImportForm(rw, r, http.StatusUnprocessableEntity,
			importFormView{Problem: unreadable.Text, Customers: i.Options.CustomersOf})
	case err != nil:
		return err
	}
	host.TrailFrom(r.Context()).Result = i.Counts.Result("import-read")
	http.Redirect(rw, r, importPath(i.ID), http.StatusSeeOther)
	return nil
}

func importPath(id string) string { return importsPath + "/" + url.PathEscape(id) }

// operatorOf is who imports, as it is kept: without roles.
func operatorOf(p host.Person) host.Person {
	return host.Person{Name: p.Name, Actor: partner.Actor{ID: p.Actor.ID, TenantID: p.Actor.TenantID}}
}

// nextFile reads the inputs before the file, and returns the file.
func nextFile(parts *multipart.Reader, i *host.Import) (io.Reader, error) {
	for range 20 {
		part, err := parts.NextPart()
		if err != nil {
			return nil, errNoFile
		}
		if part.FormName() == "file" {
			i.FileName = cleanText(path.Base(strings.ReplaceAll(part.FileName(), `\`, "/")))
			if part.FileName() == "" {
				return nil, errNoFile
			}
			return part, nil
		}
		text, err := io.ReadAll(io.LimitReader(part, 1000))
		if err != nil {
			return nil, errNoFile
		}
		value := strings.TrimSpace(cleanText(string(text)))
		switch part.FormName() {
		case "customersOf":
			i.Options.CustomersOf = value
		case "numbers":
			i.Options.Country = columns.Region(value)
		case "replace":
			i.Options.ReplaceContacts = value == "yes"
		}
	}
	return nil, errNoFile
}

// previewImportView is what an import would do, does or did.
type previewImportView struct {
	importView
	Tiles       []tile
	Filters     []filterView
	Show        string
	Items       []importItemView
	Problems    []host.ImportProblem
	Pages       pages
	Columns     []importColumnView
	Ignored     int // columns that are not understood
	Done        int
	Total       int
	Busy        bool
	MaySave     bool
	NewPartners bool
	Nothing     bool // there is nothing to save
	ByLine      bool // rows are found by their lines, as in a CSV file
	Headline    string
}

type importItemView struct {
	host.ImportItem
	What  string
	Href  string
	Stays string // what becomes of the security contact, where it does not change
}

type importColumnView struct{ Header, Means string }

var importKinds = map[host.ImportKind]string{
	host.ImportPartner: "Partner", host.ImportCustomer: "Customer", host.ImportRelationship: "Rights",
}

// importShows are the lists of an import, in their order.
var importShows = []struct {
	name, label string
	n           func(c host.ImportCounts) int
}{
	{"wrong", "Wrong rows", func(c host.ImportCounts) int { return c.Wrong }},
	{"new", "New", func(c host.ImportCounts) int { return c.Of(host.ImportNew) }},
	{"changed", "Changed", func(c host.ImportCounts) int { return c.Of(host.ImportChanged) }},
	{"advice", "With advice", func(c host.ImportCounts) int { return c.Advice }},
	{"same", "Unchanged", func(c host.ImportCounts) int { return c.Of(host.ImportSame) }},
}

func (w *Web) importPage(rw http.ResponseWriter, r *http.Request) error {
	// Before the import is read: whoever ends in between is still at work for the
	// page, and the next look sees it saved.
	done, here := w.opts.Imports.Progress(r.PathValue("id"))
	i, err := w.opts.Store.Import(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	view := previewImportView{importView: newImportView(i), ByLine: i.Layout.Format == "CSV"}
	view.Show = r.URL.Query().Get("show")
	first := ""
	for _, s := range importShows {
		n := s.n(i.Counts)
		if n > 0 && (first == "" || s.name == view.Show) {
			first = s.name
		}
	}
	view.Show = first
	for _, s := range importShows {
		if n := s.n(i.Counts); n > 0 {
			view.Filters = append(view.Filters,
				filterView{importPath(i.ID) + "?show=" + s.name, s.label, n, s.name == view.Show})
		}
	}
	if err := w.importList(r, i, &view); err != nil {
		return err
	}
	view.tiles()
	for _, c := range i.Layout.Columns {
		means := importFields[c.Field]
		if c.Field == "" {
			view.Ignored++
		}
		view.Columns = append(view.Columns, importColumnView{c.Header, means})
	}
	changes := i.Counts.Of(host.ImportNew) + i.Counts.Of(host.ImportChanged)
	view.NewPartners = i.Counts.Count(host.ImportPartner, host.ImportNew) > 0
	view.Total, view.Nothing = changes, changes == 0
	view.Done = done
	view.Busy = i.State == host.ImportSaving && here
	view.MaySave = changes > 0 && (i.State == host.ImportReady || i.State == host.ImportSaving && !here)
	p := page{
		Title: "Import of " +
			nameOr(i.FileName, "a list"), Crumbs: crumbsImport, Badges: []wording{view.Is}, Notice: noticeOf(r),
		Data: view,
	}
	if i.Counts.Rows > 0 && i.State != host.ImportFailed {
		p.Actions = []doing{{Href: importPath(i.ID) + "/report.csv", Text: "Download the report", Shape: "secondary",
			Download: true}}
	}
	switch { // with and without the script
	case view.Busy:
		rw.Header().Set("Refresh", "1")
	case i.State == host.ImportSaving: // another process is at it, or has ended
		rw.Header().Set("Refresh", "5")
	}
	return w.render(rw, r, http.StatusOK, "import", p)
}

func nameOr(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// importFields are what people call the fields of a file.
var importFields = map[string]string{
	"": "Not understood; left out", "-": "Not kept here", "partnerTenantId": "Partner, tenant ID",
	"company":     "Partner, name",
	"partnerType": "Partner, type", "customerTenantId": "Customer, tenant ID", "customerName": "Customer, name",
	"rights": "Rights", "resellerRights": "Reseller rights", "adminRights": "Admin rights", "language": "Language",
	"country": "Country", "addressLine1": "Street", "city": "City", "state": "State", "postalCode": "Postal code",
	"firstName": "Security contact, first name", "middleName": "Security contact, middle name",
	"lastName": "Security contact, last name", "fullName": "Security contact, name", "email": "Security contact, e-mail",
	"phoneNumber": "Security contact, phone", "primaryContactFirstName": "Primary contact, first name",
	"primaryContactLastName": "Primary contact, last name", "primaryContactEmail": "Primary contact, e-mail",
	"primaryContactPhone": "Primary contact, phone", "adminName": "Global admin, name",
	"adminEmail": "Global admin, e-mail",
	"agentName":  "Admin agent, name", "agentEmail": "Admin agent, e-mail", "tenantId": "Not understood; left out",
}

// importList reads one page of the list that is shown.
func (w *Web) importList(r *http.Request, i host.Import, view *previewImportView) error {
	after := strings.SplitN(r.URL.Query().Get("after"), ".", 3)
	row, _ := strconv.Atoi(after[0])
	href := importPath(i.ID) + "?show=" + view.Show
	if row > 0 {
		view.Pages.add("", href, "First rows")
	}
	switch view.Show {
	case "wrong", "advice":
		problems, err := w.opts.Store.ImportProblems(r.Context(), i.ID, view.Show == "wrong", row, importRows+1)
		if err != nil {
			return err
		}
		if len(problems) > importRows {
			problems = problems[:importRows]
			view.Pages.add("next", href+"&after="+strconv.Itoa(problems[importRows-1].Row), "Next rows")
		}
		view.Problems = problems
	case "new", "changed", "same":
		last := host.ImportItem{Row: row}
		if len(after) == 3 {
			last.Kind, last.Key = host.ImportKind(after[1]), after[2]
		}
		items, err := w.opts.Store.ImportItems(r.Context(), i.ID, host.ImportVerdict(view.Show), last, importRows+1)
		if err != nil {
			return err
		}
		if len(items) > importRows {
			items = items[:importRows]
			at := items[importRows-1]
			key := strconv.Itoa(at.Row) + "." + string(at.Kind) + "." + at.Key
			view.Pages.add("next", href+"&after="+url.QueryEscape(key), "Next rows")
		}
		for _, item := range items {
			v := importItemView{ImportItem: item, What: importKinds[item.Kind]}
			v.Stays = contactStays(item)
			if item.Kind == host.ImportPartner && (item.Verdict != host.ImportNew || i.State == host.ImportSaved) {
				v.Href = partnerPath(item.Key)
			}
			view.Items = append(view.Items, v)
		}
	}
	return nil
}

// contactStays is what an import does not do to a security contact.
func contactStays(i host.ImportItem) string {
	switch {
	case i.Kind != host.ImportPartner:
		return ""
	case i.Note == "contact.kept":
		return "The file has another security contact. The one that is here stays."
	case i.Note == "contact.not_by_api":
		return "There is no security contact here, and the API adds none."
	case slices.ContainsFunc(i.Changes, func(c host.ImportChange) bool {
		return strings.HasPrefix(c.Label, "Security contact")
	}):
		return ""
	case i.Verdict == host.ImportNew:
		return "No security contact: nobody is told of an incident."
	default:
		return "The security contact stays as it is."
	}
}

// tiles are the numbers of an import, each with its list.
func (v *previewImportView) tiles() {
	c, href := v.Counts, importPath(v.ID)+"?show="
	kinds := func(verdict host.ImportVerdict) string {
		var parts []string
		for _, k := range []struct {
			kind       host.ImportKind
			one, other string
		}{
			{host.ImportPartner, "partner", "partners"}, {host.ImportCustomer, "customer", "customers"},
			{host.ImportRelationship, "relationship", "relationships"},
		} {
			if n := c.Count(k.kind, verdict); n > 0 {
				parts = append(parts, count(n, k.one, k.other))
			}
		}
		return strings.Join(parts, ", ")
	}
	add := func(label, show, text, tone string, n int) {
		if n == 0 {
			tone = ""
		}
		v.Tiles = append(v.Tiles, tile{Label: label, Value: number(n), Text: text, Href: href + show, Tone: tone})
	}
	add("New", "new", kinds(host.ImportNew), "good", c.Of(host.ImportNew))
	add("Changed", "changed", kinds(host.ImportChanged), "", c.Of(host.ImportChanged))
	add("Unchanged", "same", kinds(host.ImportSame), "", c.Of(host.ImportSame))
	add("Wrong", "wrong", map[bool]string{true: "rows that cannot be saved"}[c.Wrong > 0], "bad", c.Wrong)
}

func (w *Web) saveImport(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(r); err != nil {
		return err
	}
	id := r.PathValue("id")
	i, err := w.opts.Store.Import(r.Context(), id)
	if err != nil {
		return err
	}
	if i.Options.ReplaceContacts {
		if err := w.needFresh(r, "This may replace whom partners have as their security contact."); err != nil {
			return err
		}
	}
	p, _ := host.PersonFrom(r.Context())
	trail := host.TrailFrom(r.Context())
	trail.Subject = id
	err = w.opts.Imports.SaveBeside(r.Context(), id, r.PostForm.Get("leave") == "yes", host.AuditEntry{
		TenantID: p.Actor.TenantID, Channel: string(partner.Portal), PersonID: p.Actor.ID, Name: p.Name,
		Address: trail.Address,
	})
	switch {
	case errors.Is(err, intake.ErrWrongRows):
		return seeOther(rw, r, importPath(id), "import-wrong")
	case errors.Is(err, intake.ErrNotReady):
		return seeOther(rw, r, importPath(id), "import-not-ready")
	case err != nil:
		return err
	}
	trail.Result = "import-asked"
	http.Redirect(rw, r, importPath(id), http.StatusSeeOther)
	return nil
}

func leadsToImport(rw http.ResponseWriter, r *http.Request) error {
	http.Redirect(rw, r, importPath(r.PathValue("id")), http.StatusSeeOther)
	return nil
}
