package web_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Whatever is away while a form is sent, what was typed is on the page that
// says so, and can be sent again from there.
func TestNothingTypedIsLostWhileTheDatabaseIsAway(t *testing.T) {
	t.Parallel()
	gone := func(p *portal) { require.NoError(p.t, p.db.Close()) }
	noSessions := func(p *portal) { p.away = errors.New("the database is away") }
	goesMeanwhile := func(p *portal) {
		p.queue.err, p.queue.then = errors.New("the database is away"), func() { gone(p) }
	}
	for _, tc := range []struct {
		name, as, path string
		away           func(p *portal)
		status         int
	}{
		{"who has signed in is not known", globalAdmin, legal + "/security-contact/save", noSessions,
			http.StatusServiceUnavailable},
		{"review", globalAdmin, legal + "/security-contact/review", gone, http.StatusInternalServerError},
		{"save", globalAdmin, legal + "/security-contact/save", gone, http.StatusInternalServerError},
		{"the way back", globalAdmin, legal + "/security-contact/edit", gone, http.StatusInternalServerError},
		{"preview", operator, "/incidents/preview", gone, http.StatusInternalServerError},
		{"raise", operator, "/incidents", gone, http.StatusInternalServerError},
		{"raise, and no preview either", operator, "/incidents", goesMeanwhile, http.StatusInternalServerError},
		{"change of an incident", operator, "/incidents/new", noSessions, http.StatusServiceUnavailable},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			p := newPortal(t)
			form := filled(p.get(operator, "/incidents/new").form("/incidents/preview"), "summary", hostile,
				"actions", "Block the account.\nRevoke its sessions.")
			if tc.as == globalAdmin {
				at := legal + "/security-contact"
				form = with(p.get(globalAdmin, at+"/edit").form(at+"/review"), "group", hostile)
			}
			tc.away(p)
			a := p.post(tc.as, tc.path, form)
			require.Equal(t, tc.status, a.StatusCode, a.words())
			assert.Equal(t, form, a.form(tc.path))
			assert.Contains(t, a.words(), "What you typed is kept on this page: send it again.")
			assert.NotContains(t, a.words(), "Sign in")
			assert.LessOrEqual(t, strings.Count(strings.ToLower(a.words()), "try again"), 1, a.words())
			wellFormed(t, tc.name, a)
		})
	}
}

// An error page gives one piece of advice, and offers nothing to send again
// where nothing was typed.
func TestErrorPageOfTheServerSaysOnceWhatToDo(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.away = errors.New("the database is away")
	for name, a := range map[string]answer{
		"page": p.get(globalAdmin, legal), "form without inputs": p.post(operator, "/incidents/INC-1/retry", nil),
	} {
		require.Equal(t, http.StatusServiceUnavailable, a.StatusCode, name)
		assert.Equal(t, 1, strings.Count(strings.ToLower(a.words()), "try again"), a.words())
		assert.NotContains(t, a.words(), "What you typed", name)
	}
}
