package site

import (
	"context"
	"net/http"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// Audit appends to the audit log. *store.DB has one.
type Audit func(ctx context.Context, e host.AuditEntry) error

// trail begins what the audit log is to know of a request.
func (s *site) trail(r *http.Request, id string) *trail {
	t := &trail{site: s, entry: host.AuditEntry{
		Channel: string(partner.Portal), Request: id, Address: clientAddress(r, s.TrustedProxies).String(),
	}}
	if isAPI(r) {
		t.entry.Channel = string(partner.API)
	}
	t.Address = t.entry.Address
	t.Begin = t.begin
	return t
}

// trail is that of one request.
type trail struct {
	host.Trail
	site  *site
	entry host.AuditEntry
	route func() string // the pattern of the route, once that is known
	begun bool
}

// fill takes over what became known.
func (t *trail) fill() host.AuditEntry {
	e := t.entry
	e.Action = t.route()
	e.Subject, e.TenantID = t.Subject, t.Person.Actor.TenantID
	e.PersonID, e.Name = t.Person.Actor.ID, t.Person.Name
	if t.Person.Token != "" {
		e.Channel = host.TokenChannel(t.Person.Token)
	}
	return e
}

func (t *trail) begin(ctx context.Context) error {
	if t.begun || t.site.Audit == nil {
		return nil
	}
	e := t.fill()
	e.Outcome = host.AuditBegun
	if err := t.site.Audit(ctx, e); err != nil {
		return err
	}
	t.begun = true
	return nil
}

// end records what became of a request.
//
//	it was begun                                     always
//	somebody may not do it: 403, or a hidden 404     always
//	a sign-in, or a token, that was refused          while they are few
//	anything else                                    never
func (t *trail) end(ctx context.Context, r *http.Request, route Route, status int) {
	if t.site.Audit == nil {
		return
	}
	known := t.Person.Actor.ID != ""
	denied := known && (status == http.StatusForbidden || status == http.StatusNotFound && route.Access == Operator &&
		!t.Person.Operator)
	refused := !known && status >= 400 && status < 500 && status != http.StatusTooManyRequests &&
		(route.SignIn || route.API && r.Header.Get("Authorization") != "")
	recorded := t.begun || denied || refused && t.site.refusals.AllowN(t.site.Now(), 1)
	if !recorded {
		return
	}
	e := t.fill()
	e.Status, e.Result = status, t.Result
	switch {
	case status >= 500 || status == 499:
		e.Outcome = host.AuditFailed
	case status >= 400 || t.Refused:
		e.Outcome = host.AuditRefused
	default:
		e.Outcome = host.AuditDone
	}
	// Whoever left is recorded too.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), checkTime)
	defer cancel()
	if err := t.site.Audit(ctx, e); err != nil {
		t.site.Log.ErrorContext(ctx, "the audit log takes nothing", "request", e.Request, "error", err)
	}
}
