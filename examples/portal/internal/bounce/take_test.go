package bounce_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/bounce"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// memory is a store that knows one notification, and counts once.
type memory struct {
	mu      sync.Mutex
	bounced []host.Bounce
	away    error
}

func (m *memory) Mailed(_ context.Context, begin string) (host.Mailed, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.away != nil {
		return host.Mailed{}, m.away
	}
	if begin != id[:len(begin)] {
		return host.Mailed{}, host.ErrNotFound
	}
	return host.Mailed{NotificationID: id, Addresses: []string{to}}, nil
}

func (m *memory) Bounced(_ context.Context, b host.Bounce) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.bounced) > 0 {
		return false, nil
	}
	m.bounced = append(m.bounced, b)
	return true, nil
}

func newTaker(t testing.TB, store bounce.Store, counted func(bounce.Kind)) *bounce.Taker {
	t.Helper()
	return &bounce.Taker{
		Addresses: newAddresses(t, first), Store: store, Log: slog.New(slog.DiscardHandler), Counted: counted,
	}
}

func TestTake(t *testing.T) {
	t.Parallel()
	a := newAddresses(t, first)
	failed := status("failed", "5.1.1", "smtp; 550 5.1.1 <soc@contoso.com>: unknown")
	for _, tt := range []struct {
		name, why, to, text string
		kind                bounce.Kind
		problem             string // "": nothing is stored
	}{
		{"it came back", "", a.For(id, to), failed, bounce.Failed, "there is no such mailbox (5.1.1)"},
		{"it came back, in upper case", "mail servers may change it", strings.ToUpper(a.For(id, to)), failed, bounce.Failed,
			"there is no such mailbox (5.1.1)"},
		{"and nobody says why", "", a.For(id, to), strings.ReplaceAll(failed, "5.1.1", ""), bounce.Failed,
			"the report gives no reason"},
		{"for a reason of its own", "the subject says enough", a.For(id, to), strings.ReplaceAll(failed, "5.1.1", "5.7.509"),
			bounce.Failed, "the recipient's mail server refuses mail from here (5.7.509)"},
		{"for no known reason", "", a.For(id, to), strings.ReplaceAll(failed, "5.1.1", "5.9.9"), bounce.Failed,
			"the report says 5.9.9"},
		{"it is still tried", "", a.For(id, to), status("delayed", "4.4.1", "x"), bounce.Delayed, ""},
		{"another contact", "the address was replaced meanwhile", a.For(id, "old@contoso.com"), failed, bounce.Replaced, ""},
		{"another notification", "it is erased", a.For("6"+id[1:], to), failed, bounce.Unknown, ""},
		{"a forged token", "its writer did not get the mail", newAddresses(t, second).For(id, to), failed, bounce.Forged, ""},
		{"no token", "", "bounces@portal.example", failed, bounce.Forged, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var m memory
			var counted []bounce.Kind
			taker := newTaker(t, &m, func(k bounce.Kind) { counted = append(counted, k) })
			kind, err := taker.Take(t.Context(), tt.to, strings.NewReader(tt.text))
			require.NoError(t, err)
			assert.Equal(t, tt.kind, kind, tt.why)
			assert.Equal(t, []bounce.Kind{tt.kind}, counted)
			assert.Contains(t, bounce.Kinds(), tt.kind)
			if tt.problem == "" {
				assert.Empty(t, m.bounced)
				return
			}
			assert.Equal(t, []host.Bounce{{NotificationID: id, Address: to, Problem: tt.problem}}, m.bounced)
			kind, err = taker.Take(t.Context(), tt.to, strings.NewReader(tt.text))
			require.NoError(t, err)
			assert.Equal(t, bounce.Again, kind, "it counts once")
		})
	}
}

// Whoever brings it comes again when the database is back.
func TestTakeWithoutADatabase(t *testing.T) {
	t.Parallel()
	m := memory{away: errors.New("away")}
	taker := newTaker(t, &m, func(bounce.Kind) { t.Error("nothing is taken") })
	text := status("failed", "5.1.1", "x")
	_, err := taker.Take(t.Context(), newAddresses(t, first).For(id, to), strings.NewReader(text))
	require.ErrorIs(t, err, m.away)
}

// No input makes it panic, and none changes anything without a token of ours.
// With one it changes something only if it is a failure.
func FuzzTake(f *testing.F) {
	a := newAddresses(f, first)
	genuine := a.For(id, to)
	for _, s := range shapes {
		f.Add(genuine, s.text)
	}
	f.Add(newAddresses(f, second).For(id, to), shapes[0].text)
	f.Add("bounces@portal.example", shapes[0].text)
	f.Fuzz(func(t *testing.T, address, text string) {
		var m memory
		kind, err := newTaker(t, &m, nil).Take(t.Context(), address, strings.NewReader(text))
		require.NoError(t, err)
		require.Equal(t, kind == bounce.Failed, len(m.bounced) == 1)
		if len(m.bounced) > 0 {
			require.True(t, strings.EqualFold(genuine, address))
			require.Equal(t, bounce.Failed, bounce.Read(strings.NewReader(text)).Kind)
			require.Regexp(t, `^[a-z' ]+(\(?[245]\.[0-9]{1,3}\.[0-9]{1,3}\)?)?$`, m.bounced[0].Problem)
		}
	})
}
