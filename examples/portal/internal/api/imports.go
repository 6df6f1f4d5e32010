package api

import (
	"errors"
	"mime"
	"net/http"
	"strconv"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/internal/columns"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/intake"
)

// importJSON is an import.
type importJSON struct {
	ID      string            `json:"id"`
	State   host.ImportState  `json:"state"`
	Problem string            `json:"problem,omitempty"`
	BegunAt time.Time         `json:"begunAt"`
	SavedAt time.Time         `json:"savedAt,omitzero"`
	Rows    int               `json:"rows"`
	Wrong   int               `json:"wrong"`  // rows that cannot be saved
	Advice  int               `json:"advice"` // rows of which something is to be said
	Kept    int               `json:"kept"`   // security contacts that differ and stay as they are
	Counts  []importCountJSON `json:"counts"`
}

// importCountJSON is how many of one kind are new, changed or the same.
type importCountJSON struct {
	Kind    host.ImportKind `json:"kind"`
	New     int             `json:"new"`
	Changed int             `json:"changed"`
	Same    int             `json:"same"`
}

func newImportJSON(i host.Import) importJSON {
	c := i.Counts
	v := importJSON{ID: i.ID, State: i.State, Problem: i.Problem, BegunAt: i.Begun, SavedAt: i.Saved, Rows: c.Rows,
		Wrong: c.Wrong, Advice: c.Advice, Kept: c.Kept}
	for _, k := range host.ImportKinds() {
		v.Counts = append(v.Counts, importCountJSON{k, c.Count(k, host.ImportNew), c.Count(k, host.ImportChanged),
			c.Count(k, host.ImportSame)})
	}
	return v
}

var (
	errImportType = newProblem(http.StatusUnsupportedMediaType,
		"Send the file as text/csv or application/json, without a Content-Encoding.")
	errImportWrong = newProblem(http.StatusUnprocessableEntity,
		"Rows of the file are wrong, so nothing is saved. Read the problems, correct the rows, and send the file again; "+
			"or save with wrong=leave, which leaves them out.")
	errImportOver = newProblem(http.StatusConflict,
		"This import was saved already, or cannot be saved any more. Its state says which.")
	errImportStale = newProblem(http.StatusConflict,
		"Somebody changed what this import changes after the file was read. Nothing is saved. Send the file again.")
	errImportCountry = newProblem(http.StatusBadRequest,
		"country is no country. Send its code of two letters, such as DE.")
	errImportCustomer = newProblem(http.StatusUnprocessableEntity, "customersOf is the tenant ID of no partner here.")
	errImportLeave    = newProblem(http.StatusBadRequest, "wrong may be leave, which leaves wrong rows out.")
)

// importFile reads a file and says what saving it would change. It saves
// nothing.
func (a *API) importFile(w http.ResponseWriter, r *http.Request) error {
	q, _, err := query(r, "customersOf", "country")
	if err != nil {
		return err
	}
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "text/csv" && kind != "application/json" || r.Header.Get("Content-Encoding") != "" {
		return errImportType
	}
	by, _ := host.PersonFrom(r.Context())
	i := host.Import{
		By:      host.Person{Name: by.Name, Actor: partner.Actor{ID: by.Actor.ID, TenantID: by.Actor.TenantID}},
		Channel: partner.API, Options: host.ImportOptions{CustomersOf: q.Get("customersOf")},
	}
	if text := q.Get("country"); text != "" {
		if i.Options.Country = columns.Region(text); i.Options.Country == "" {
			return errImportCountry
		}
	}
	if i.Options.CustomersOf != "" {
		if _, err := a.Desk.Profile(r.Context(), i.Options.CustomersOf); errors.Is(err, host.ErrNotFound) {
			return errImportCustomer
		} else if err != nil {
			return err
		}
	}
	i, err = a.Imports.Read(r.Context(), r.Body, i)
	trail := host.TrailFrom(r.Context())
	trail.Subject = i.ID
	var tooLarge *http.MaxBytesError
	wrong, isFile := errors.AsType[*intake.FileError](err)
	switch {
	case errors.As(err, &tooLarge):
		return newProblem(http.StatusRequestEntityTooLarge, "The file is larger than 64 MiB. Send it in parts.")
	case isFile:
		return newProblem(http.StatusUnprocessableEntity, wrong.Text)
	case err != nil:
		return err
	}
	if i, err = a.Desk.Import(r.Context(), i.ID); err != nil {
		return err
	}
	trail.Result = i.Counts.Result("import-read")
	w.Header().Set("Location", importsPath+"/"+i.ID)
	a.answer(w, r, newImportJSON(i))
	return nil
}

func (a *API) importOf(w http.ResponseWriter, r *http.Request) error {
	i, err := a.Desk.Import(r.Context(), r.PathValue("id"))
	if err == nil {
		a.answer(w, r, newImportJSON(i))
	}
	return err
}

// saveImport saves all of an import, or nothing.
func (a *API) saveImport(w http.ResponseWriter, r *http.Request) error {
	q, _, err := query(r, "wrong")
	if err != nil {
		return err
	}
	leave := q.Get("wrong")
	if leave != "" && leave != "leave" {
		return errImportLeave
	}
	id, trail := r.PathValue("id"), host.TrailFrom(r.Context())
	by, _ := host.PersonFrom(r.Context())
	i, err := a.Desk.Import(r.Context(), id)
	if err != nil {
		return err
	}
	if i.Options.ReplaceContacts { // read by page: it is saved there, after a fresh sign-in
		return errImportOver
	}
	err = a.Imports.Save(r.Context(), id, leave == "leave", host.AuditEntry{
		TenantID: by.Actor.TenantID, Channel: string(partner.API), PersonID: by.Actor.ID, Name: by.Name,
		Address: trail.Address,
	})
	stale, getErr := a.Desk.Import(r.Context(), id)
	switch {
	case errors.Is(err, intake.ErrWrongRows):
		trail.Refuse("import-wrong")
		return errImportWrong
	case errors.Is(err, intake.ErrNotReady):
		trail.Refuse("import-not-ready")
		return errImportOver
	case err != nil && getErr == nil && stale.State == host.ImportStale:
		trail.Refuse("import-stale")
		return errImportStale
	case err != nil:
		return err
	case getErr != nil:
		return getErr
	}
	a.answer(w, r, newImportJSON(stale))
	return nil
}

// importProblems lists rows of which something is to be said, the wrong ones or
// those with advice.
func (a *API) importProblems(w http.ResponseWriter, r *http.Request) error {
	q, limit, err := query(r, "after", "severity")
	if err != nil {
		return err
	}
	after := 0
	if text := q.Get("after"); text != "" {
		if after, err = strconv.Atoi(text); err != nil || after < 0 {
			return newProblem(http.StatusBadRequest, "after is the number of a row.")
		}
	}
	severity := q.Get("severity")
	if severity != "" && severity != "error" && severity != "advice" {
		return newProblem(http.StatusBadRequest, "severity is error or advice.")
	}
	if _, err := a.Desk.Import(r.Context(), r.PathValue("id")); err != nil {
		return err
	}
	all, err := a.Desk.ImportProblems(r.Context(), r.PathValue("id"), severity != "advice", after, limit+1)
	if err != nil {
		return err
	}
	all, next := cut(all, limit, func(p host.ImportProblem) string { return strconv.Itoa(p.Row) })
	a.answer(w, r, struct {
		Problems []host.ImportProblem `json:"problems"`
		Next     string               `json:"next,omitempty"`
	}{all, next})
	return nil
}
