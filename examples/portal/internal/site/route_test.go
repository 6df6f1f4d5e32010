package site_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/site"
)

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	ok := site.Route{Method: "GET", Path: "/a/{id}", Access: site.Public, Handler: says("")}
	without := func(change func(*site.Route)) []site.Route {
		r := ok
		change(&r)
		return []site.Route{r}
	}
	for _, tt := range []struct {
		name   string
		routes []site.Route
		why    string
	}{
		{"access", without(func(r *site.Route) { r.Access = 0 }), "the zero value refuses"},
		{"unknown access", without(func(r *site.Route) { r.Access = 99 }), ""},
		{"handler", without(func(r *site.Route) { r.Handler = nil }), ""},
		{"method", without(func(r *site.Route) { r.Method = "" }), "every method is too many"},
		{"path", without(func(r *site.Route) { r.Path = "a" }), ""},
		{"host in the path", without(func(r *site.Route) { r.Path = "example.com/" }), ""},
		{"twice", []site.Route{ok, ok}, "the second would shadow the first, or be shadowed"},
		{"as good as twice", []site.Route{ok, {Method: "GET", Path: "/a/{other}", Access: site.Operator, Handler: says("")}},
			""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := site.New(site.Options{PublicURL: parse(t, here), SignIn: crowd}, tt.routes)
			require.Error(t, err, tt.why)
		})
	}
	_, err := site.New(site.Options{PublicURL: parse(t, here), SignIn: crowd}, []site.Route{ok})
	require.NoError(t, err)
	_, err = site.New(site.Options{SignIn: crowd}, []site.Route{ok})
	require.Error(t, err)
	_, err = site.New(site.Options{PublicURL: parse(t, here)}, []site.Route{ok})
	require.Error(t, err)
}
