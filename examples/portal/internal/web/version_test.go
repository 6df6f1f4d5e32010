package web_test

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/web"
)

const desk = "INC-20261123-ABCDEFGHIJ"

// toldOf stores an incident of which two contacts were told.
func (p *portal) toldOf() {
	p.t.Helper()
	for _, d := range p.raised(incident(desk)) {
		if d.State == host.DeliveryWaiting {
			p.outcome(host.DeliverySent, "", d.ID)
		}
	}
}

// kind is of the newest version of the incident.
func (p *portal) kind() (host.VersionKind, partner.Incident) {
	p.t.Helper()
	stored, err := p.db.Incident(p.t.Context(), desk)
	require.NoError(p.t, err)
	return stored.Kind, stored.Incident
}

func TestSendAnUpdate(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.toldOf()
	at := "/incidents/" + desk
	page := p.get(operator, at)
	for _, want := range []string{"Send an update", "Send the all-clear", "Cancel it"} {
		assert.Contains(t, page.words(), want)
	}
	assert.NotContains(t, page.words(), "Reopen it")
	assert.NotContains(t, page.words(), "What was done", "it was told once")

	form := p.get(operator, at+"/update").form(at + "/update/preview")
	assert.Equal(t, incident(desk).Title, form.Get("title"), "it begins with what was told")
	assert.Equal(t, strings.Join(incident(desk).Actions, "\n"), strings.TrimSpace(form.Get("actions")))
	same := p.post(operator, at+"/update/preview", form)
	require.Equal(t, http.StatusUnprocessableEntity, same.StatusCode)
	assert.Contains(t, text(same.byID("summary-error")), "Nothing is new.")

	form = with(form, "severity", "medium", "summary", "The account is blocked.", "actions", "Reset the passwords.")
	preview := p.post(operator, at+"/update/preview", form)
	require.Equal(t, http.StatusOK, preview.StatusCode, preview.words())
	for _, want := range []string{
		"if you send the update of Credentials", "2 told", "This is an update", "The account is blocked.",
		"1. Reset the passwords.", "Send it to 2 recipients",
	} {
		assert.Contains(t, preview.words(), want)
	}
	send := preview.form(at + "/update/send")
	back := p.post(operator, at+"/update", send)
	assert.Equal(t, "The account is blocked.", strings.TrimSpace(back.form(at+"/update/preview").Get("summary")))
	frame := p.post(operator, at+"/update/preview/message", send)
	require.Equal(t, http.StatusOK, frame.StatusCode)
	assert.Contains(t, frame.Body, "This is an update")
	kind, _ := p.kind()
	assert.Equal(t, host.VersionRaised, kind, "a preview stores nothing")

	sent := p.post(operator, at+"/update/send", send)
	require.Equal(t, http.StatusSeeOther, sent.StatusCode, sent.words())
	kind, i := p.kind()
	assert.Equal(t, host.VersionUpdate, kind)
	assert.Equal(t, 1, i.Version)
	assert.Equal(t, partner.IncidentMedium, i.Severity)
	assert.Equal(t, []string{desk, desk}, p.queue.routings)
	page = p.get(operator, sent.Header.Get("Location"))
	for _, want := range []string{
		"The update is saved.", "Timeline", "Olu Operator sent an update",
		"New in it: severity, summary and list of what to do.", "Olu Operator raised it",
	} {
		assert.Contains(t, page.words(), want)
	}
	again := p.post(operator, at+"/update/send", send)
	require.Equal(t, http.StatusSeeOther, again.StatusCode, "a double click")
	assert.Contains(t, p.get(operator, again.Header.Get("Location")).words(), "nothing was sent twice")
	assert.Len(t, p.queue.routings, 2)
}

func TestAllClearCancelReopen(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.toldOf()
	at := "/incidents/" + desk
	send := func(kind string, pairs ...string) answer {
		form := p.get(operator, at+"/"+kind).form(at + "/" + kind + "/preview")
		preview := p.post(operator, at+"/"+kind+"/preview", with(form, pairs...))
		require.Equal(t, http.StatusOK, preview.StatusCode, preview.words())
		sent := p.post(operator, at+"/"+kind+"/send", preview.form(at+"/"+kind+"/send"))
		require.Equal(t, http.StatusSeeOther, sent.StatusCode, sent.words())
		return p.get(operator, sent.Header.Get("Location"))
	}
	allClear := p.get(operator, at+"/all-clear").form(at + "/all-clear/preview")
	assert.Empty(t, allClear.Get("summary"), "what was known is no news")
	assert.False(t, allClear.Has("actions"), "there is nothing more to do")
	page := send("all-clear", "summary", "It was a test account.")
	kind, i := p.kind()
	assert.Equal(t, host.VersionAllClear, kind)
	assert.Equal(t, partner.IncidentResolved, i.Status)
	assert.Empty(t, i.Actions)
	assert.Contains(t, page.words(), "Resolved Reopen it High severity")
	assert.NotContains(t, page.words(), "Send an update")
	assert.Contains(t, p.get(operator, "/incidents").words(), "Resolved")

	for _, kind := range []string{"update", "cancel", "all-clear"} {
		a := p.get(operator, at+"/"+kind)
		assert.Equal(t, http.StatusConflict, a.StatusCode, kind)
		assert.Contains(t, a.words(), "This cannot be done now The all-clear was sent: the incident is over.")
	}

	reopen := p.get(operator, at+"/reopen").form(at + "/reopen/preview")
	assert.Contains(t, reopen.Get("actions"), incident(desk).Actions[0], "as it was when it last went on")
	send("reopen")
	kind, i = p.kind()
	assert.Equal(t, host.VersionReopen, kind)
	assert.Equal(t, 2, i.Version)
	assert.Empty(t, i.Status)
	assert.Equal(t, incident(desk).Actions, i.Actions)

	routings := len(p.queue.routings)
	form := p.get(operator, at+"/cancel")
	assert.Contains(t, form.words(), "Nothing further is sent")
	sent := p.post(operator, at+"/cancel/send", form.form(at+"/cancel/send"))
	require.Equal(t, http.StatusSeeOther, sent.StatusCode, sent.words())
	page = p.get(operator, sent.Header.Get("Location"))
	assert.Contains(t, page.words(), "The incident is cancelled")
	assert.Contains(t, page.words(), "Send the all-clear")
	assert.Contains(t, page.words(), "Reopen it")
	assert.Len(t, p.queue.routings, routings, "nobody is told")
}

func TestVersionFindings(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.toldOf()
	at := "/incidents/" + desk
	form := p.get(operator, at+"/update").form(at + "/update/preview")
	for _, tc := range []struct{ name, input, value, want string }{
		{"no severity", "severity", "", "Choose how severe it is."},
		{"no title", "title", " ", partner.CodeIncidentTitle.Message()},
		{"a long title", "title", strings.Repeat("é", 201), "This is too long: 201 characters, and 200 at most."},
		{"no actions", "actions", "\r\n", partner.CodeIncidentActions.Message()},
		{"before it was detected", "respond", "2020-01-01T00:00", partner.CodeIncidentRespondBy.Message()},
		{"no end", "respond", "tomorrow", "Enter a date and a time"},
		{"another scheme", "reference", "http://security.example", partner.CodeIncidentReference.Message()},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			for _, path := range []string{at + "/update/preview", at + "/update/send"} {
				a := p.post(operator, path, with(form, tc.input, tc.value))
				require.Equal(t, http.StatusUnprocessableEntity, a.StatusCode)
				assert.Contains(t, text(a.byID(tc.input+"-error")), tc.want)
			}
		})
	}
	t.Run("no version", func(t *testing.T) {
		t.Parallel()
		assert.Equal(t, http.StatusBadRequest, p.post(operator, at+"/update/send", url.Values{}).StatusCode)
	})
}

// Two operators write at the same time: the second sees what the first has
// sent, and loses nothing.
func TestVersionConflict(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.toldOf()
	at := "/incidents/" + desk
	form := with(p.get(operator, at+"/update").form(at+"/update/preview"), "summary", "Mine.")
	other := p.people[operator]
	other.Name = "Otto Other"
	theirs := incident(desk)
	theirs.Version, theirs.Summary = 1, "Theirs."
	require.NoError(t, p.db.AddVersion(t.Context(), theirs, host.VersionUpdate, other))

	for _, path := range []string{at + "/update/preview", at + "/update/send"} {
		a := p.post(operator, path, form)
		require.Equal(t, http.StatusConflict, a.StatusCode)
		assert.Contains(t, a.words(), "Somebody else was faster.")
		assert.Contains(t, a.words(), "Otto Other sent an update")
		assert.Contains(t, a.words(), "Summary Mine. Theirs.")
		again := p.post(operator, at+"/update", a.form(at+"/update"))
		next := again.form(at + "/update/preview")
		assert.Equal(t, "1", next.Get("version"), "it goes on from theirs")
		assert.Equal(t, "Mine.", strings.TrimSpace(next.Get("summary")))
	}

	cancel := p.get(operator, at+"/cancel").form(at + "/cancel/send")
	allClear := theirs
	allClear.Version = 2
	require.NoError(t, p.db.AddVersion(t.Context(), allClear, host.VersionAllClear, other))
	a := p.post(operator, at+"/cancel/send", cancel)
	require.Equal(t, http.StatusConflict, a.StatusCode)
	assert.Contains(t, a.words(), "Otto Other sent the all-clear")
	assert.Contains(t, a.words(), "cannot be done any more")
	kind, _ := p.kind()
	assert.Equal(t, host.VersionAllClear, kind)
}

func TestVersionNeedsAFreshSignIn(t *testing.T) {
	t.Parallel()
	p := newPortal(t, func(o *web.Options) { o.FreshAbove = 1 })
	p.toldOf()
	person := p.people[operator]
	person.SignedInAt = noon.Add(-time.Hour)
	p.people[operator] = person
	at := "/incidents/" + desk
	for _, kind := range []string{"update", "cancel"} {
		form := url.Values{"version": {"0"}, "severity": {"low"}, "title": {"T"}, "actions": {"A"}}
		a := p.post(operator, at+"/"+kind+"/send", form)
		require.Equal(t, http.StatusUnauthorized, a.StatusCode, kind)
		assert.Contains(t, a.words(), "Nothing is done yet.")
	}
	kind, _ := p.kind()
	assert.Equal(t, host.VersionRaised, kind)
}

func TestVersionThatCannotBeSaved(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.toldOf()
	at := "/incidents/" + desk
	p.queue.err = errors.New("the queue is full")
	form := with(p.get(operator, at+"/update").form(at+"/update/preview"), "summary", "Mine.")
	a := p.post(operator, at+"/update/send", form)
	require.Equal(t, http.StatusInternalServerError, a.StatusCode)
	assert.Contains(t, a.words(), "It could not be saved, and nobody is told.")
	assert.Equal(t, "Mine.", a.form(at+"/update/send").Get("summary"))
}
