package api

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/alert"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/site"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// raising is the body with which an incident is raised. What the portal decides
// is not in it: the ID, the version, the status.
type raising struct {
	TenantID     string                          `json:"tenantId"`
	TenantName   string                          `json:"tenantName"`
	Kind         partner.IncidentKind            `json:"kind"`
	Severity     partner.IncidentSeverity        `json:"severity"`
	Title        string                          `json:"title"`
	Summary      string                          `json:"summary"`
	Actions      []string                        `json:"actions"`
	DetectedAt   time.Time                       `json:"detectedAt"`
	RespondBy    time.Time                       `json:"respondBy"`
	Reference    string                          `json:"reference"`
	Drill        bool                            `json:"drill"`
	Translations map[string]partner.IncidentText `json:"translations"`
}

var errKey = newProblem(http.StatusBadRequest, "Idempotency-Key is one header with 1 to 200 visible ASCII characters.")

// onceOf reads the key that a program chose for its request.
func onceOf(r *http.Request, body any) (store.Once, error) {
	keys := r.Header.Values("Idempotency-Key")
	if len(keys) == 0 {
		return store.Once{}, nil
	}
	key := keys[0]
	bad := len(keys) > 1 || key == "" || len(key) > 200
	for _, c := range []byte(key) {
		bad = bad || c <= ' ' || c > '~'
	}
	if bad {
		return store.Once{}, errKey
	}
	text, err := json.Marshal(body)
	if err != nil {
		return store.Once{}, err
	}
	sum := sha256.Sum256(text)
	return store.Once{Key: key, Fingerprint: hex.EncodeToString(sum[:])}, nil
}

func (a *API) raise(w http.ResponseWriter, r *http.Request) error {
	body, err := readAs[raising](r)
	if err != nil {
		return err
	}
	once, err := onceOf(r, body)
	if err != nil {
		return err
	}
	now := a.Desk.Now()
	i := partner.Incident{
		ID: host.NewIncidentID(now), TenantID: strings.ToLower(body.TenantID), TenantName: body.TenantName, Kind: body.Kind,
		Severity: body.Severity, Title: body.Title, Summary: body.Summary, Actions: body.Actions,
		DetectedAt: body.DetectedAt.UTC(), RespondBy: body.RespondBy.UTC(), Reference: body.Reference, Drill: body.Drill,
		Translations: body.Translations,
	}
	if err := invalidIncident(i, now); err != nil {
		return err
	}
	if i.TenantName == "" {
		if i.TenantName, err = a.Desk.TenantName(r.Context(), i.TenantID); err != nil {
			return err
		}
		if i.Check().Has(partner.CodeIncidentTenantName) { // as it was imported: the program cannot mend it
			i.TenantName = ""
		}
	}
	if err := a.many(r, i.TenantID); err != nil {
		return err
	}
	p, _ := host.PersonFrom(r.Context())
	host.TrailFrom(r.Context()).Subject = i.ID
	id, again, err := a.Desk.RaiseOnce(r.Context(), once, i, p)
	if errors.Is(err, store.ErrOtherRequest) {
		return newProblem(http.StatusUnprocessableEntity,
			"This Idempotency-Key was used for another request. Nothing was raised: choose a new key for each incident.")
	}
	if err != nil {
		return err
	}
	host.TrailFrom(r.Context()).Subject = id
	stored, err := a.Desk.Incident(r.Context(), id)
	if err != nil {
		return err
	}
	status := http.StatusCreated
	if again {
		host.TrailFrom(r.Context()).Refuse("already")
		status = http.StatusOK
		w.Header().Set("Idempotent-Replayed", "true")
	}
	return a.showIncident(w, r, stored, status)
}

// many refuses to tell so many partners that a person must have signed in just
// before, unless the token was made for that.
func (a *API) many(r *http.Request, tenantID string) error {
	n, err := a.Desk.CountConcerned(r.Context(), tenantID)
	p, _ := host.PersonFrom(r.Context())
	if err != nil || n <= a.FreshAbove || p.May(host.ScopeIncidentsMany) {
		return err
	}
	return newProblem(http.StatusForbidden, fmt.Sprintf("This may tell %d partners, and the token is for %d at most. "+
		"It takes one with the scope %s, or a person in the portal. Nobody was told.", n, a.FreshAbove,
		host.ScopeIncidentsMany))
}

// invalidIncident tells all that is wrong with an incident, as the page does.
func invalidIncident(i partner.Incident, now time.Time) error {
	p := newProblem(http.StatusUnprocessableEntity, "The incident cannot be told like this. Nobody was told.")
	for _, f := range i.Check().Errors() {
		if f.Code == partner.CodeIncidentID || f.Code == partner.CodeIncidentVersion {
			continue // ours
		}
		p.Errors = append(p.Errors, site.ProblemError{Pointer: f.Path, Code: string(f.Code), Detail: f.Message})
	}
	for _, text := range []struct {
		pointer, value string
		most           int
	}{
		{"/title", i.Title, host.LongestTitle}, {"/summary", i.Summary, host.LongestSummary},
		{"/actions", strings.Join(i.Actions, "\n"), host.LongestActions}, {"/reference", i.Reference, host.LongestReference},
	} {
		if n := utf8.RuneCountInString(text.value); n > text.most {
			p.Errors = append(p.Errors, site.ProblemError{Pointer: text.pointer, Code: "incident.too_long",
				Detail: "This has " + strconv.Itoa(n) + " characters, and may have " + strconv.Itoa(text.most) + "."})
		}
	}
	if i.DetectedAt.After(now.Add(host.ClocksDiffer)) {
		p.Errors = append(p.Errors, site.ProblemError{Pointer: "/detectedAt", Code: "incident.in_future",
			Detail: "This is in the future. Send when it was detected."})
	}
	if len(p.Errors) == 0 {
		return nil
	}
	return p
}

// updating is the body of an update. What is left out stays as it is.
type updating struct {
	Version   *int                      `json:"version"` // that was read
	Severity  *partner.IncidentSeverity `json:"severity"`
	Title     *string                   `json:"title"`
	Summary   *string                   `json:"summary"`
	Actions   []string                  `json:"actions"`
	RespondBy *time.Time                `json:"respondBy"`
	Reference *string                   `json:"reference"`
}

// clearing is the body of an all-clear.
type clearing struct {
	Version   *int    `json:"version"` // that was read
	Summary   string  `json:"summary"`
	Reference *string `json:"reference"`
	// AlertReason is what the alerts behind it turned out to be, as Microsoft is
	// told. "": see store.DB.AddVersion.
	AlertReason alert.Reason `json:"alertReason"`
}

var (
	errReason = newProblem(http.StatusBadRequest, "alertReason is fraud, legitimate or ignore.")

	errVersion = newProblem(http.StatusBadRequest,
		"Send the version of the incident that you have read, so that nobody else's update is overwritten.")
	errChanged = newProblem(http.StatusConflict,
		"The incident was changed since you read it, or this cannot be done now. Read it again. Nobody was told.")
)

func set[T any](field *T, value *T) {
	if value != nil {
		*field = *value
	}
}

func (a *API) update(w http.ResponseWriter, r *http.Request) error {
	body, err := readAs[updating](r)
	if err != nil {
		return err
	}
	return a.addVersion(w, r, host.VersionUpdate, body.Version, func(i *partner.Incident) {
		before := *i
		set(&i.Severity, body.Severity)
		set(&i.Title, body.Title)
		set(&i.Summary, body.Summary)
		set(&i.RespondBy, body.RespondBy)
		set(&i.Reference, body.Reference)
		i.RespondBy = i.RespondBy.UTC()
		if body.Actions != nil {
			i.Actions = body.Actions
		}
		if i.Title != before.Title || i.Summary != before.Summary || body.Actions != nil {
			i.Translations = nil // they say what was said before
		}
	})
}

func (a *API) allClear(w http.ResponseWriter, r *http.Request) error {
	body, err := readAs[clearing](r)
	if err != nil {
		return err
	}
	switch body.AlertReason {
	case "":
	case alert.ReasonFraud, alert.ReasonLegitimate, alert.ReasonIgnore:
		if err := a.Desk.SetReplyReason(r.Context(), r.PathValue("id"), body.AlertReason); err != nil {
			return err
		}
	default:
		return errReason
	}
	return a.addVersion(w, r, host.VersionAllClear, body.Version, func(i *partner.Incident) {
		i.Summary, i.Actions, i.RespondBy, i.Translations = body.Summary, nil, time.Time{}, nil
		i.Status = partner.IncidentResolved
		set(&i.Reference, body.Reference)
	})
}

func (a *API) addVersion(
	w http.ResponseWriter, r *http.Request, kind host.VersionKind, read *int, change func(*partner.Incident),
) error {
	stored, err := a.Desk.Incident(r.Context(), r.PathValue("id"))
	switch {
	case err != nil:
		return err
	case read == nil:
		return errVersion
	case *read != stored.Incident.Version || !stored.Kind.Leads(kind):
		return errChanged
	}
	next := stored.Incident
	next.Version, next.Status = next.Version+1, ""
	change(&next)
	if err := invalidIncident(next, a.Desk.Now()); err != nil {
		return err
	}
	if err := a.many(r, next.TenantID); err != nil {
		return err
	}
	p, _ := host.PersonFrom(r.Context())
	host.TrailFrom(r.Context()).Subject = next.ID
	if err := a.Desk.AddVersion(r.Context(), next, kind, p); err != nil {
		return err
	}
	if stored, err = a.Desk.Incident(r.Context(), next.ID); err != nil {
		return err
	}
	return a.showIncident(w, r, stored, http.StatusOK)
}

var errRemind = newProblem(http.StatusConflict,
	"The incident is over, or is still being sent. Nobody was mailed. In the latter case, try again in a moment.")

// remind mails those again who have not answered, as the page does. Whoever was
// mailed a short while ago is left out, so it can be sent twice.
func (a *API) remind(w http.ResponseWriter, r *http.Request) error {
	stored, err := a.Desk.Incident(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	if err := a.many(r, stored.Incident.TenantID); err != nil {
		return err
	}
	p, _ := host.PersonFrom(r.Context())
	host.TrailFrom(r.Context()).Subject = stored.Incident.ID
	done, err := a.Desk.Remind(r.Context(), stored.Incident.ID, nil, p)
	switch {
	case errors.Is(err, host.ErrConflict):
		return errRemind
	case err != nil:
		return err
	}
	trail := host.TrailFrom(r.Context())
	trail.Result = host.AuditResult("reminded", done.People)
	if done.People == 0 {
		trail.Refuse("reminded-nobody")
	}
	a.answer(w, r, struct {
		People   int `json:"people"`
		Partners int `json:"partners"`
	}{done.People, done.Partners})
	return nil
}
