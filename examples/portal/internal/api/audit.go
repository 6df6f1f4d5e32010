package api

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// auditJSON is one entry of the audit log.
type auditJSON struct {
	Number   int64             `json:"number"`
	At       time.Time         `json:"at"`
	Action   string            `json:"action"`
	Outcome  host.AuditOutcome `json:"outcome"`
	Status   int               `json:"status,omitempty"`
	Result   string            `json:"result,omitempty"`
	Subject  string            `json:"subject,omitempty"`
	TenantID string            `json:"tenantId,omitempty"`
	Channel  string            `json:"channel,omitempty"`
	Request  string            `json:"request,omitempty"`
	PersonID string            `json:"personId,omitempty"` // these three may have been erased
	Name     string            `json:"name,omitempty"`
	Address  string            `json:"address,omitempty"`
}

const ndjson = "application/x-ndjson"

// audit answers with the entries after a number, the oldest first: as one
// object, or as one in each line for whoever asks for that.
func (a *API) audit(w http.ResponseWriter, r *http.Request) error {
	q, limit, err := query(r, "after")
	if err != nil {
		return err
	}
	var after int64
	if text := q.Get("after"); text != "" {
		if after, err = strconv.ParseInt(text, 10, 64); err != nil || after < 0 {
			return newProblem(http.StatusBadRequest, "after is the number of an entry.")
		}
	}
	all, err := a.Desk.AuditEntries(r.Context(), after, limit+1)
	if err != nil {
		return err
	}
	all, next := cut(all, limit, func(e host.AuditEntry) string { return strconv.FormatInt(e.Number, 10) })
	list := make([]auditJSON, len(all))
	for i, e := range all {
		list[i] = auditJSON{e.Number, e.At, e.Action, e.Outcome, e.Status, e.Result, e.Subject, e.TenantID, e.Channel,
			e.Request, e.PersonID, e.Name, e.Address}
	}
	if !strings.Contains(r.Header.Get("Accept"), ndjson) {
		a.answer(w, r, struct {
			Entries []auditJSON `json:"entries"`
			Next    string      `json:"next,omitempty"`
		}{list, next})
		return nil
	}
	w.Header().Set("Content-Type", ndjson)
	lines := json.NewEncoder(w)
	for _, e := range list {
		if err := lines.Encode(e); err != nil {
			return nil //nolint:nilerr // whoever asked has left
		}
	}
	return nil
}
