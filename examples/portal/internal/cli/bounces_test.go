//go:build !race

package cli_test

import (
	"bytes"
	"encoding/base64"
	"net/smtp"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/bounce"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/mail"
	"github.com/cspkit/partner/examples/portal/internal/queue"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

const report = `From: MAILER-DAEMON@mx.contoso.com
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.contoso.com

Final-Recipient: rfc822; soc@contoso.com
Action: failed
Status: 5.1.1
--b--
`

// told is a database in which Contoso's contact is told of an incident.
type told struct {
	db    *store.DB
	flags []string // of the database, the address and the key
	n     partner.Notification
	to    string // where its mail comes back to
}

func newTold(t *testing.T) *told {
	t.Helper()
	key, folder := bytes.Repeat([]byte{9}, 32), t.TempDir()
	keys, place := filepath.Join(folder, "keys"), filepath.Join(folder, "portal.db")
	require.NoError(t, os.WriteFile(keys, []byte(base64.StdEncoding.EncodeToString(key)), 0o600))
	w := &told{flags: []string{
		"--database=" + place, "--bounce-address=bounces@portal.example", "--answer-key-file=" + keys,
	}}
	addresses, err := bounce.NewAddresses("bounces@portal.example", key)
	require.NoError(t, err)
	w.db, err = store.Open(t.Context(), place, nil)
	require.NoError(t, err)
	t.Cleanup(func() { _ = w.db.Close() })
	_, err = queue.New(w.db, nil, &queue.Options{InsertOnly: true})
	require.NoError(t, err)
	require.NoError(t, w.db.Seed(t.Context()))
	i := partner.Incident{ID: "INC-1", TenantID: host.ContosoTenantID, Kind: partner.CredentialCompromise,
		Severity: partner.IncidentHigh, Title: "A title", Actions: []string{"An action"}, DetectedAt: time.Now()}
	require.NoError(t, w.db.CreateIncident(t.Context(), i, host.Person{Name: "Olu"}))
	profile, err := w.db.Profile(t.Context(), host.ContosoTenantID)
	require.NoError(t, err)
	impact := partner.Impact{PartnerTenantID: profile.TenantID, SecurityContact: profile.SecurityContact}
	policy := escalation.DefaultPolicy(partner.Routing{}, i, impact)
	route := partner.Routing{}.Route(i, impact)
	w.n = route.Notifications(i)[0]
	require.NoError(t, w.db.SaveRouted(t.Context(), i.ID, []store.Routed{{Route: route, Policy: &policy}}, "", true))
	w.to = addresses.For(w.n.ID, w.n.Recipient.Email)
	return w
}

func (w *told) state(t *testing.T) host.DeliveryState {
	t.Helper()
	d, err := w.db.Delivery(t.Context(), w.n.ID)
	require.NoError(t, err)
	return d.State
}

// A mail server goes by the exit status alone: 0 is done with, 75 is to be
// tried again.
func TestBounceCommand(t *testing.T) {
	t.Parallel()
	w := newTold(t)
	away := "--database=postgres://u:geheim@127.0.0.1:1/x"
	for _, tt := range []struct {
		name, why string
		env, args []string
		text      string
		status    int
		says      string
	}{
		{"a forged one", "it needs no database", nil,
			append(w.flags[1:], away, strings.Replace(w.to, "+", "+a", 1)[:40]+"@portal.example"), report, 0, ""},
		{"no failure", "it needs no database", nil, append(w.flags[1:], away, w.to),
			"Auto-Submitted: auto-replied\n\nAway.\n", 0, ""},
		{"the database is away", "", nil, append(w.flags[1:], away, w.to), report, 75, "no connection to 127.0.0.1"},
		{"no address", "", nil, append(w.flags[:1:1], w.flags[2]), report, 75, "--bounce-address: is missing"},
		{"no key", "", nil, append(w.flags[:2:2], w.to), report, 75, "--answer-key-file"},
		{"no recipient", "", nil, w.flags, report, 75, "the recipient: is missing"},
		{"a flag that is none", "its mail is not lost", nil, append(w.flags, "--bogus"), report, 75, "--bogus"},
		{"a failure, through an alias", "Postfix sets it", []string{"ORIGINAL_RECIPIENT=" + strings.ToUpper(w.to)}, w.flags,
			"From MAILER-DAEMON  Mon Nov 30 09:00:00 2026\n" + report + strings.Repeat("x\n", 1<<20), 0, ""},
		{"the same again", "", nil, append(w.flags, w.to), report, 0, ""},
	} {
		// One after the other: the last two change the database.
		p := command(t, tt.env, append([]string{"bounce"}, tt.args...)...)
		p.Stdin = strings.NewReader(tt.text)
		out, status := p.run(t)
		assert.Equal(t, tt.status, status, "%s: %s", tt.name, p.stderr.String())
		assert.Empty(t, out, "some mail servers take what is written for a failure")
		assert.Contains(t, p.stderr.String(), tt.says)
		assert.NotContains(t, p.stderr.String(), "geheim")
		if tt.status == 0 {
			assert.Empty(t, p.stderr.String())
		}
		want := host.DeliveryWaiting
		if strings.HasPrefix(tt.name, "a failure") || tt.name == "the same again" {
			want = host.DeliveryBounced
		}
		assert.Equal(t, want, w.state(t), "%s: %s", tt.name, tt.why)
	}
}

func TestBounceListen(t *testing.T) {
	t.Parallel()
	w := newTold(t)
	inbox, err := mail.ListenInbox(nil)
	require.NoError(t, err)
	t.Cleanup(func() { _ = inbox.Close() })
	p := start(t, nil, append(w.flags, "--addr=127.0.0.1:0", "--smtp="+inbox.Addr(),
		"--smtp-from=security@portal.example", "--bounce-listen=127.0.0.1:0")...)
	var address string
	for address == "" {
		line, err := p.out.ReadString('\n')
		require.NoError(t, err)
		_, address, _ = strings.Cut(strings.TrimSuffix(line, ".\n"), "comes back is taken at ")
	}
	require.Eventually(t, func() bool { return len(inbox.Mails()) == 1 }, time.Minute, 20*time.Millisecond)
	require.Equal(t, w.to, inbox.Mails()[0].From, "where it comes back to")
	require.Error(t, smtp.SendMail(address, nil, "a@contoso.com", []string{"soc@contoso.com"}, []byte(report)), "no relay")
	for range 2 {
		require.NoError(t, smtp.SendMail(address, nil, "", []string{w.to}, []byte(report)))
	}
	assert.Equal(t, host.DeliveryBounced, w.state(t))
	_, text := p.get(t, "/metrics")
	for _, line := range []string{`portal_bounces_total{kind="failed"} 1`, `portal_bounces_total{kind="again"} 1`,
		`portal_bounces_total{kind="forged"} 0`} {
		assert.Contains(t, text, line)
	}
	assert.Zero(t, p.stop(t, os.Interrupt))
	assert.NotContains(t, p.stderr.String(), "soc@contoso.com", "no log line holds an address")
	assert.NotContains(t, p.stderr.String(), "bounces+")
}

func TestBounceFlags(t *testing.T) {
	t.Parallel()
	w := newTold(t)
	sends := []string{"--addr=127.0.0.1:0", "--smtp=127.0.0.1:1", "--smtp-from=security@portal.example"}
	for _, tt := range []struct {
		name, says string
		args       []string
	}{
		{"nowhere to come back to", "--bounce-address: is missing", append(sends, w.flags[0], "--bounce-listen=127.0.0.1:0")},
		{"no key", "--answer-key-file: is missing", append(sends, w.flags[:2]...)},
		{"no mail", "--smtp: is missing, and --bounce-address is set", append([]string{"--addr=127.0.0.1:0"}, w.flags...)},
		{"no address", "--bounce-address: is no plain address", append(sends, w.flags[0], w.flags[2],
			"--bounce-address=bounces")},
		{"no port", "--bounce-listen 2525 cannot be used", append(append(sends, w.flags...), "--bounce-listen=2525")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := command(t, []string{"PORTAL_LOG_LEVEL=error"}, tt.args...)
			_, status := p.run(t)
			assert.Equal(t, 2, status)
			assert.Contains(t, p.stderr.String(), tt.says)
			assert.Equal(t, 1, strings.Count(p.stderr.String(), "\n"), "one line")
		})
	}
}
