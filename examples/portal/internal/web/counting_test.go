package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
)

// A page that counts very many partners begins at once and says how far it is.
// What it comes to is the page that others get.
func TestPagesThatCountBeginBeforeTheyHaveCounted(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	i := incident("INC-20261123-ABCDEFGHIJ")
	i.TenantID = "0c570000-0000-4000-8000-000000000001"
	require.NoError(t, p.db.SeedPartners(t.Context(), i.TenantID, 3))
	for _, d := range p.raisedAsCases(i) {
		p.outcome("sent", "", d.ID)
	}
	p.later.Store(int64(20 * time.Minute))
	update := "/incidents/" + i.ID + "/update"
	form := with(p.get(operator, update).form(update+"/preview"), "summary", "The account is blocked.")
	for _, tc := range []struct {
		name, method, path, heading, send string
	}{
		{"a preview", http.MethodPost, update + "/preview", "Preview: who would be told", update + "/send"},
		{"a reminder", http.MethodGet, "/incidents/" + i.ID + "/remind", "Remind those who have not answered",
			"/incidents/" + i.ID + "/remind"},
	} {
		ask := func() answer {
			if tc.method == http.MethodPost {
				return p.post(operator, tc.path, form)
			}
			return p.get(operator, tc.path)
		}
		p.pages.SetPatience(time.Hour)
		whole := ask()
		p.pages.SetPatience(0)
		counted := ask()
		require.Equal(t, http.StatusOK, counted.StatusCode, tc.name)
		assert.NotContains(t, whole.Body, `class="counting"`, tc.name)
		assert.Contains(t, counted.Body, "Finding out whom this concerns: 1 partner so far.", tc.name)
		assert.Equal(t, tc.heading, text(counted.nodes(func(n *html.Node) bool { return n.Data == "h1" })[0]), tc.name)
		assert.Equal(t, whole.form(tc.send), counted.form(tc.send), tc.name)
		assert.Contains(t, counted.Body, "</html>", tc.name)
	}
}

// leaves is who reads the beginning of a page, and then the database is away.
type leaves struct {
	*httptest.ResponseRecorder
	begun func()
}

func (l *leaves) Flush() {
	l.ResponseRecorder.Flush()
	l.begun()
}

// A count that fails after the page has begun says so on the page.
func TestPagesSayThatTheyCouldNotCount(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	i := incident("INC-20261123-ABCDEFGHIJ")
	i.TenantID = "0c570000-0000-4000-8000-000000000001"
	require.NoError(t, p.db.SeedPartners(t.Context(), i.TenantID, 500)) // as many as are read at once
	update := "/incidents/" + i.ID + "/update"
	p.raised(i)
	form := with(p.get(operator, update).form(update+"/preview"), "summary", "The account is blocked.")
	p.pages.SetPatience(time.Hour) // it begins for being so many
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	w := &leaves{ResponseRecorder: httptest.NewRecorder(), begun: cancel}
	at := p.send(operator, update+"/preview", form).Header.Get("Location")
	r := httptest.NewRequestWithContext(ctx, http.MethodGet, at, nil)
	r.Host = "portal.example"
	r.Header.Set("X-Person", operator)
	p.handler.ServeHTTP(w, r)
	page := p.read(w.ResponseRecorder)
	assert.Contains(t, page.words(), "Not counted to the end.")
	assert.NotContains(t, page.Body, `id="send"`)
	assert.Contains(t, page.Body, "</html>")
}
