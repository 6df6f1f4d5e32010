package partnertest_test

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/partnertest"
)

// The doors that run subtests, on what is good: every rule is checked, and none
// is skipped.

func TestRunAuthorizer(t *testing.T) {
	t.Parallel()
	partnertest.RunAuthorizer(t,
		func(*testing.T) partner.Authorizer { return new(remote) },
		&partnertest.AuthorizerOptions{Break: func(a partner.Authorizer, err error) { a.(*remote).err = err }},
	)
}

func TestRunDirectory(t *testing.T) {
	t.Parallel()
	partnertest.RunDirectory(t, func(*testing.T) partnertest.DirectoryHarness {
		s := newStore()
		return s.harness(s)
	})
}

func TestRunNotifierOnARecorder(t *testing.T) {
	t.Parallel()
	partnertest.RunNotifier(t, func(*testing.T) partnertest.NotifierHarness {
		var r partnertest.Recorder
		return r.Harness(newOnceEach(&r))
	})
}

// What the kit broke it mends. An Authorizer that tests share works afterwards.
func TestBreakIsMended(t *testing.T) {
	t.Parallel()
	a := new(remote)
	opts := &partnertest.AuthorizerOptions{Break: func(_ partner.Authorizer, err error) { a.err = err }}
	require.NoError(t, partnertest.TestAuthorizer(a, opts))
	require.NoError(t, a.err)
}

// doors are tests that fail and skip. They run in a process of their own.
var doors = map[string]func(t *testing.T){
	"Notifier": func(t *testing.T) {
		partnertest.RunNotifier(t, func(*testing.T) partnertest.NotifierHarness {
			return partnertest.NotifierHarness{
				Notifier: partner.NotifierFunc(func(context.Context, partner.Notification) error { return nil }),
			}
		})
	},
	"Authorizer": func(t *testing.T) {
		partnertest.RunAuthorizer(t, func(*testing.T) partner.Authorizer { return partner.Policy{} }, nil)
	},
	"Directory": func(t *testing.T) {
		partnertest.RunDirectory(t, func(*testing.T) partnertest.DirectoryHarness {
			s := newStore()
			h := s.harness(s)
			h.Store, h.Break = func(string, []partner.Impact) {}, nil
			return h
		})
	},
}

// doorVariable names the door that the process is to run.
const doorVariable = "PARTNERTEST_DOOR"

// A rule that is broken fails the subtest of its name, and says why. A rule
// that cannot be checked skips it, and says what is missing.
func TestSubtestsFailAndSkip(t *testing.T) {
	if door := os.Getenv(doorVariable); door != "" {
		doors[door](t)
		return
	}
	t.Parallel()
	for _, c := range []struct{ door, fails, skips string }{
		{
			"Notifier",
			"Notifier breaks done-context-error: a context that is cancelled: the error is <nil>",
			"Notifier skips failure-is-reachable: not checked: the harness has no Fail",
		},
		{
			"Authorizer",
			"Authorizer breaks allows-what-the-policy-allows: global_admin view_legal_profile portal: the error is",
			"Authorizer skips failure-is-undecided: not checked: AuthorizerOptions.Break says that the Authorizer cannot fail",
		},
		{
			"Directory",
			"Directory breaks each-partner-once: partner 1 of 25 was yielded 0 times, want once",
			"Directory skips error-ends-it: not checked: the harness has no Break",
		},
	} {
		t.Run(c.door, func(t *testing.T) {
			t.Parallel()
			program, err := os.Executable()
			require.NoError(t, err)
			cmd := exec.CommandContext(t.Context(), program, "-test.v", "-test.run=^TestSubtestsFailAndSkip$")
			cmd.Env = append(os.Environ(), doorVariable+"="+c.door)
			output, err := cmd.CombinedOutput()
			require.Error(t, err, "the process fails with its test")

			outcome := make(map[string]string) // by subtest
			for line := range strings.Lines(string(output)) {
				if verdict, name, ok := strings.Cut(strings.TrimPrefix(strings.TrimSpace(line), "--- "),
					": TestSubtestsFailAndSkip/"); ok {
					name, _, _ = strings.Cut(name, " ")
					outcome[name] = verdict
				}
			}
			for said, want := range map[string]string{c.fails: "FAIL", c.skips: "SKIP"} {
				assert.Contains(t, string(output), said)
				name, _, _ := strings.Cut(strings.Fields(said)[2], ":")
				assert.Equal(t, want, outcome[name], name)
			}
			for _, rule := range partnertest.Rules() {
				if rule.Interface == c.door {
					assert.Contains(t, outcome, rule.Name, "a subtest for each rule")
				}
			}
		})
	}
}
