package main

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/cli"
)

// Whatever can be read is measured, and nothing else is in the table.
func TestEveryRouteThatReadsIsMeasured(t *testing.T) {
	t.Parallel()
	patterns, err := cli.Patterns(t.Context())
	require.NoError(t, err)
	reads := map[string]bool{}
	for _, pattern := range patterns {
		if strings.HasPrefix(pattern, "GET ") {
			reads[pattern] = true
			assert.NotEmpty(t, readings[pattern], "%s is not measured: add an address to readings", pattern)
		}
	}
	for pattern, addresses := range readings {
		assert.True(t, reads[pattern], "%s is in readings, and is no route", pattern)
		for _, address := range addresses {
			as, path, ok := strings.Cut(address, " ")
			assert.True(t, ok, address)
			assert.Contains(t, []string{"nobody", "desk", "admin", "program", "company"}, as, address)
			assert.NotEmpty(t, path)
		}
	}
}

func TestInputsOfAForm(t *testing.T) {
	t.Parallel()
	const page = `<form action="/other"><input name="other"></form>
		<form method="post" action="/send"><input type="hidden" name="id" value="1"><input type="checkbox" name="no">
		<input type="radio" name="kind" value="a"><input type="radio" name="kind" value="b" checked>
		<select name="severity"><option value="low"><option value="high" selected></select>
		<textarea name="text">one</textarea><button type="submit" formaction="/elsewhere">Other</button></form>`
	for _, to := range []string{"/send", "/elsewhere"} {
		got, err := inputsOf(page, to)
		require.NoError(t, err)
		assert.Equal(t, url.Values{"id": {"1"}, "kind": {"b"}, "severity": {"high"}, "text": {"one"}}, got)
	}
	_, err := inputsOf(page, "/nowhere")
	require.Error(t, err)
}
