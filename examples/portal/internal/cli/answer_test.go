package cli

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/answer"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
	"github.com/cspkit/partner/examples/portal/internal/storetest"
	"github.com/cspkit/partner/partnertest"
)

// desk is a portal with its queue and its mailbox, from which tests answer as
// people do: with what stands in the mail.
type desk struct {
	t       *testing.T
	backend *backend
	public  *url.URL
}

func newDesk(t *testing.T, database string) *desk {
	t.Helper()
	d := &desk{t: t, public: &url.URL{Scheme: "http", Host: "127.0.0.1:8080"}}
	c := &common{databaseFlags: databaseFlags{Database: database}}
	var err error
	d.backend, err = c.newBackend(slog.New(slog.DiscardHandler), d.public)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, d.backend.close(time.Minute)) })
	require.NoError(t, d.backend.open(t.Context(), c, true))
	require.NoError(t, d.backend.queue.Start(context.WithoutCancel(t.Context())))
	d.backend.started = true
	return d
}

// handler is the whole site, with its limits as after a start.
func (d *desk) handler(t *testing.T) http.Handler {
	t.Helper()
	h, _, err := newSite(parts{
		db: d.backend.db, links: d.backend.links, mailbox: d.backend.inbox, publicURL: d.public, private: true, port: "8080",
		closing: t.Context(), log: slog.New(slog.DiscardHandler),
	})
	require.NoError(t, err)
	return h
}

var (
	linkInMail = regexp.MustCompile(`(?m)^Page: (http://127\.0\.0\.1:8080(/answer/[A-Za-z0-9_-]+))$`)
	codeInMail = regexp.MustCompile(`(?m)^Code: ([0-9A-Z]{4}-[0-9A-Z]{4})$`)
	formOfPage = regexp.MustCompile(`name="form" value="([^"]+)"`)
)

// told raises an incident, and returns the mail that tells Contoso's security
// contact.
func (d *desk) told(t *testing.T, id string) host.Mail {
	t.Helper()
	require.NoError(t, d.backend.db.CreateIncident(t.Context(), partner.Incident{
		ID: id, TenantID: host.ContosoTenantID, Kind: partner.CredentialCompromise, Severity: partner.IncidentHigh,
		Title: "A password was stolen", Actions: []string{"Revoke the sessions"}, DetectedAt: time.Now(),
	}, host.Person{Name: "Olu Operator"}))
	return d.mail(t, id)
}

// mail waits for the newest mail about an incident.
func (d *desk) mail(t *testing.T, incidentID string) (found host.Mail) {
	t.Helper()
	require.Eventually(t, func() bool {
		mails := d.backend.inbox.Mails()
		i := slices.IndexFunc(mails,
			func(m host.Mail) bool { return strings.Contains(m.Text, "Incident ID: "+incidentID+"\n") })
		if i >= 0 {
			found = mails[i]
		}
		return i >= 0
	}, 5*time.Minute, 10*time.Millisecond)
	return found
}

// link and code stand in a mail.
func linkAndCode(t *testing.T, m host.Mail) (link, code string) {
	t.Helper()
	l, c := linkInMail.FindStringSubmatch(m.Text), codeInMail.FindStringSubmatch(m.Text)
	require.NotNil(t, l, m.Text)
	require.NotNil(t, c)
	return l[1], c[1]
}

// said are the words of the answers to the case of a mail.
func (d *desk) said(id string) string {
	c, err := d.backend.db.CaseOf(d.t.Context(), nil, id)
	require.NoError(d.t, err)
	var words []string
	for _, e := range c.Events {
		words = append(words, e.ByName+": "+e.Said)
	}
	return strings.Join(words, ", ")
}

// ended says that too many codes were wrong for a link.
func (d *desk) ended(link string) string {
	_, token, _ := strings.Cut(link, "/answer/")
	claim, err := d.backend.links.Verify(answer.Acknowledge, token, d.backend.db.Now())
	require.NoError(d.t, err)
	ended, err := d.backend.db.Ended(d.t.Context(), store.Question{
		Subject: claim.Subject, Purpose: claim.Purpose, Expires: claim.Expires,
	})
	require.NoError(d.t, err)
	if ended {
		return " (ended)"
	}
	return ""
}

// The portal's own handler keeps every rule of a page by which mail is
// answered, with links and codes as they come out at the far end.
func TestAnswerPage(t *testing.T) {
	t.Parallel()
	for _, database := range []struct {
		name string
		make func(t testing.TB) string
	}{
		{"SQLite", storetest.SQLite},
		{"PostgreSQL", storetest.PostgreSQL},
	} {
		t.Run(database.name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, database.make(t))
			questions := 0
			partnertest.RunAnswerPage(t, func(t *testing.T) partnertest.AnswerPageHarness {
				questions++
				m := d.told(t, fmt.Sprintf("INC-%d", questions))
				link, code := linkAndCode(t, m)
				return partnertest.AnswerPageHarness{
					Handler: d.handler(t), URL: link, Code: code,
					Form: func(page []byte, code, answer string) *http.Request {
						number := formOfPage.FindSubmatch(page)
						if number == nil {
							return nil
						}
						form := url.Values{"form": {string(number[1])}, "code": {code}, "answer": {answer}, "name": {"Ada"}}
						r := httptest.NewRequest(http.MethodPost, link, strings.NewReader(form.Encode()))
						r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
						return r
					},
					Answers: []string{"on-it", "still", "not-me", "resolved"},
					State:   func() string { return d.said(m.ID) + d.ended(link) },
				}
			})
		})
	}
}
