//go:build !race

package e2e_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestSignIn(t *testing.T) {
	begin(t)
	p := startPortal(t, ":memory:")
	tb := p.open(t, withoutScript)
	for _, who := range everybody {
		tb.arrived(tb.visit("/settings/account/profile/legal/history?x=1"), 200, "/sign-in")
		tb.reads("This is a demonstration", who)
		if who == everybody[0] {
			tb.look("sign in", portalPage)
		}
		status := tb.press(who)
		tb.who = who
		assert.Equal(t, "/settings/account/profile/legal/history", tb.path(), "back to what was asked for")
		tb.reads(who)
		want := map[string]int{uma: 403, olu: 404}[who]
		if want == 0 {
			want = 200
		}
		assert.Equal(t, want, status, who)

		tb.visit("/")
		if who == olu {
			tb.reads("Today")
		} else {
			tb.reads("Welcome, " + who)
		}
		tb.signOut()
		tb.readsNot("Sign out")
		tb.arrived(tb.visit("/settings"), 200, "/sign-in")
	}
}
