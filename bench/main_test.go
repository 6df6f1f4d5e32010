package main

import (
	"context"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRun(t *testing.T) {
	var stdout, stderr strings.Builder
	args := []string{"--rounds", "1", "--time", "1ms", "--job", "^(phone|email)$", "--markdown"}
	err := run(t.Context(), args, &stdout, &stderr)
	require.NoError(t, err)
	assert.Contains(t, stdout.String(), "\n| E.164 number | phonenumbers | ")
	assert.Contains(t, stdout.String(), "\n| e-mail address | net/mail ParseAddress | ")
	assert.NotContains(t, stdout.String(), "casbin EnforceEx", "only what was asked for")
	assert.Empty(t, stderr.String(), "no progress but on a terminal")
}

func TestRunRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, says string
		args       []string
		want       error
	}{
		{"an argument", "no arguments", []string{"decision"}, errUsage},
		{"no rounds", "-rounds", []string{"-rounds", "0"}, errUsage},
		{"no time", "-time", []string{"-time", "0s"}, errUsage},
		{"a broken expression", "missing closing )", []string{"-job", "("}, errUsage},
		{"a table with holes", "leave -job out", []string{"-job", "phone", "-readme", "none/README.md"}, errUsage},
		{"an unknown flag", "-peer", []string{"-peer"}, errUsage},
		{"help", "-rounds", []string{"-help"}, flag.ErrHelp},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var stdout, stderr strings.Builder
			require.ErrorIs(t, run(context.Background(), tt.args, &stdout, &stderr), tt.want)
			assert.Contains(t, stderr.String(), tt.says)
			assert.Empty(t, stdout.String())
		})
	}
	err := run(t.Context(), []string{"-job", "river"}, &strings.Builder{}, &strings.Builder{})
	require.ErrorContains(t, err, `"decision"`, "it says which there are")
}

// The page has a place for the table, of which every row is there.
func TestReadmeHasTheTable(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("README.md")
	require.NoError(t, err)
	_, rest, found := strings.Cut(string(page), tableBegins)
	require.True(t, found, "go run ./bench -readme bench/README.md needs it")
	table, _, found := strings.Cut(rest, tableEnds)
	require.True(t, found)
	var missing []string
	want := func(part string) {
		if !strings.Contains(table, part) {
			missing = append(missing, part)
		}
	}
	for _, j := range jobs {
		for _, e := range j.engines[1:] {
			want("| " + j.title + " | " + e.name + " | ")
		}
	}
	for _, module := range peers {
		want(module + " v")
	}
	assert.Empty(t, missing, "the table is not of these jobs: go run ./bench -readme bench/README.md")
}
