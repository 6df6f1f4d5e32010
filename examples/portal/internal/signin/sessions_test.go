package signin_test

import (
	"encoding/json"
	"net/url"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

func TestSessionsAreListedAndEnded(t *testing.T) {
	t.Parallel()
	p := newPortal(t, portalURL, nil)
	n := network{"portal.example": p}
	enter := func(persona string) *browser {
		b := newBrowser(t, n)
		b.post(t, portalURL+"/sign-in/demo", url.Values{"persona": {persona}})
		require.NotZero(t, b.who(t))
		return b
	}
	list := func(b *browser) (all []host.Session) {
		require.NoError(t, json.Unmarshal([]byte(b.get(t, portalURL+"/sessions").text), &all))
		return all
	}
	end := func(b *browser, form url.Values) { b.post(t, portalURL+"/sessions/end", form) }
	one, two, three := enter("contoso-global-admin"), enter("contoso-global-admin"), enter("contoso-global-admin")
	other := enter("contoso-billing-admin")

	all := list(one)
	require.Len(t, all, 3, "one's own")
	require.Len(t, list(other), 1, "and nobody else's")
	current := slices.IndexFunc(all, func(s host.Session) bool { return s.Current })
	require.GreaterOrEqual(t, current, 0)
	assert.Equal(t, "192.0.2.1", all[current].Address)
	assert.False(t, all[current].Began.IsZero())

	end(other, url.Values{"key": {all[current].Key}})
	assert.NotZero(t, one.who(t), "whoever knows the key of another's session cannot end it")
	end(one, url.Values{})
	assert.Len(t, list(one), 3, "nothing was asked for")
	var next string
	for _, s := range list(two) {
		if !s.Current && s.Key != all[current].Key {
			next = s.Key
		}
	}
	end(one, url.Values{"key": {next}})
	assert.Zero(t, three.who(t))
	assert.NotZero(t, two.who(t))
	end(two, url.Values{"all": {"yes"}})
	for _, b := range []*browser{one, two, three} {
		assert.Zero(t, b.who(t), "everywhere")
	}
	assert.NotZero(t, other.who(t))
}
