package partnertest_test

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/partnertest"
)

// Rules are read by people who broke one. Each has a name of its own, a reason,
// and says what it needs.
func TestRulesAreDescribed(t *testing.T) {
	t.Parallel()
	names := make(map[string]bool)
	for _, rule := range partnertest.Rules() {
		name := rule.Interface + " " + rule.Name
		assert.False(t, names[name], "two rules are called %s", name)
		names[name] = true
		assert.Regexp(t, "^[a-z]+(-[a-z]+)*$", rule.Name, "a name that a subtest keeps as it is")
		assert.Greater(t, len(rule.Why), 30, name)
		for _, part := range rule.Needs {
			assert.Contains(t, []string{"Delivered", "Refuse", "Fail", "Stall", "Break", "Replace", "Restart"}, part, name)
		}
	}
	assert.Len(t, names, 23+16+21+13+12)
}

func TestRulesBelongToTheCaller(t *testing.T) {
	t.Parallel()
	rules := partnertest.Rules()
	i := slices.IndexFunc(rules, func(r partnertest.Rule) bool { return len(r.Needs) > 0 })
	rules[i].Needs[0] = "changed"
	assert.NotEqual(t, rules, partnertest.Rules())
}

// If a rule cannot be checked, the error names the part that is missing. It is
// nil only if the host says that it knows.
func TestWhatIsNotCheckedIsSaid(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		part string
		of   string
		test func() error
	}{
		{"Delivered", "Notifier", testNotifierWithout(func(h *partnertest.NotifierHarness) { h.Delivered = nil })},
		{"Refuse", "Notifier", testNotifierWithout(func(h *partnertest.NotifierHarness) { h.Refuse = nil })},
		{"Fail", "Notifier", testNotifierWithout(func(h *partnertest.NotifierHarness) { h.Fail = nil })},
		{"Stall", "Notifier", testNotifierWithout(func(h *partnertest.NotifierHarness) { h.Stall = nil })},
		{"Break", "Directory", func() error {
			st := newStore()
			h := st.harness(st)
			h.Break = nil
			return partnertest.TestDirectory(h)
		}},
	} {
		t.Run(c.part, func(t *testing.T) {
			t.Parallel()
			var err error
			synctest.Test(t, func(*testing.T) { err = c.test() })
			require.ErrorIs(t, err, partnertest.ErrSkipped)
			require.NoError(t, partnertest.IgnoreSkipped(err))
			skipped, ok := errors.AsType[partnertest.RuleErrors](err)
			require.True(t, ok)

			var want, got []string
			for _, rule := range partnertest.Rules() {
				if rule.Interface == c.of && slices.Contains(rule.Needs, c.part) {
					want = append(want, rule.Name)
				}
			}
			for _, e := range skipped {
				got = append(got, e.Rule.Name)
				require.ErrorIs(t, e, partnertest.ErrSkipped)
				assert.Contains(t, e.Error(), c.of+" skips "+e.Rule.Name+": not checked: the harness has no "+c.part)
			}
			assert.Equal(t, want, got, "in the order of Rules")
		})
	}
}

func testNotifierWithout(leaveOut func(h *partnertest.NotifierHarness)) func() error {
	return func() error {
		s := newSender()
		h := s.harness(s)
		leaveOut(&h)
		return partnertest.TestNotifier(h)
	}
}

// Who leaves out what cannot be checked still hears of what is broken.
func TestIgnoreSkippedKeepsWhatIsBroken(t *testing.T) {
	t.Parallel()
	deaf := partner.NotifierFunc(func(context.Context, partner.Notification) error { return nil })
	err := partnertest.TestNotifier(partnertest.NotifierHarness{Notifier: deaf, Serves: everyMedium})
	require.ErrorIs(t, err, partnertest.ErrSkipped)
	broken := partnertest.IgnoreSkipped(err)
	require.NotErrorIs(t, broken, partnertest.ErrSkipped)
	all, ok := errors.AsType[partnertest.RuleErrors](broken)
	require.True(t, ok)
	require.Len(t, all, 1)
	assert.Equal(t, "done-context-error", all[0].Rule.Name)
	assert.Contains(t, all[0].Error(), "Notifier breaks done-context-error: ")
	assert.Contains(t, all[0].Error(), "[why: "+all[0].Rule.Why+"]")
	assert.Equal(t, all[0].Error(), broken.Error())
	assert.Len(t, strings.Split(err.Error(), "\n"), len(partnertestNotifierRules())-4,
		"a line for each: three were checked and hold, and one has nothing to check")

	other := errors.New("another error")
	assert.Equal(t, other, partnertest.IgnoreSkipped(other), "what is not the kit's comes back as it is")
	require.NoError(t, partnertest.IgnoreSkipped(nil))
}

func partnertestNotifierRules() (rules []partnertest.Rule) {
	for _, rule := range partnertest.Rules() {
		if rule.Interface == "Notifier" {
			rules = append(rules, rule)
		}
	}
	return rules
}

// everyMedium is the Serves of a Notifier that takes everything.
func everyMedium(partner.Medium) bool { return true }

// A panic is a broken rule, and the error tells the place. The other rules are
// checked all the same.
func TestPanicsAreReported(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		err   func() error
		rules int
	}{
		{"Authorizer", func() error {
			return partnertest.TestAuthorizer(partner.AuthorizerFunc(func(context.Context, partner.Request) error {
				panic("out of order")
			}), nil)
		}, 15}, // all but the one on a claim
		{"Directory", func() error {
			st := newStore()
			return partnertest.TestDirectory(st.harness(partner.DirectoryFunc(
				func(context.Context, string) iter.Seq2[partner.Impact, error] { panic("out of order") },
			)))
		}, 21},
		{"Notifier", func() error {
			s := newSender()
			return partnertest.TestNotifier(s.harness(partner.NotifierFunc(
				func(context.Context, partner.Notification) error { panic("out of order") },
			)))
		}, 21}, // all but the one on a claim, and the one on messages: there are none
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				all, ok := errors.AsType[partnertest.RuleErrors](c.err())
				require.True(t, ok)
				assert.Len(t, all, c.rules)
				for _, e := range all {
					require.ErrorContains(t, e, "out of order", e.Rule.Name)
				}
				require.ErrorContains(t, all[0], "rule_test.go:", "the place")
			})
		})
	}
}

// A value that a Notifier panics on is told with its place, for the stack shows
// neither.
func TestPanicsTellTheHostileValue(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSender()
		err := partnertest.TestNotifier(s.harness(partner.NotifierFunc(
			func(ctx context.Context, n partner.Notification) error {
				if strings.Contains(n.Thread, "\r\nReply-To") {
					panic("out of order")
				}
				return s.Notify(ctx, n)
			},
		)))
		all, ok := errors.AsType[partnertest.RuleErrors](err)
		require.True(t, ok)
		var broken []string
		for _, e := range all {
			broken = append(broken, e.Rule.Name)
			require.ErrorContains(t, e, `the value "\r\nReply-To: eve@fabrikam.example" in Thread: panicked: out of order`)
			require.ErrorContains(t, e, "rule_test.go:", "the place in the host's code")
		}
		assert.Equal(t, []string{"nobody-but-the-recipient", "no-foreign-header"}, broken)
	})
}

// What never works is noticed by every rule that relies on something to come
// out. The other rules must not be taken in by it either.
func TestWhatNeverWorks(t *testing.T) {
	t.Parallel()
	outOfOrder := errors.New("out of order")
	for _, c := range []struct {
		name   string
		err    func() error
		broken []string
	}{
		{
			name: "Notifier",
			err: func() error {
				s := newSender()
				return partnertest.TestNotifier(s.harness(claim{partner.NotifierFunc(
					func(context.Context, partner.Notification) error { return outOfOrder },
				)}))
			},
			broken: []string{
				"nil-means-one-delivery", "text-arrives", "id-arrives", "no-foreign-header", "argument-unchanged",
				"done-context-error", "refusal-for-good-is-permanent", "other-media-are-refused-for-good", "failure-is-reachable",
				"failure-leaves-another-try", "same-id-once-if-claimed", "calls-at-once",
			},
		},
		{
			name: "Directory",
			err: func() error {
				st := newStore()
				return partnertest.TestDirectory(st.harness(partner.DirectoryFunc(
					func(context.Context, string) iter.Seq2[partner.Impact, error] {
						return func(yield func(partner.Impact, error) bool) { yield(partner.Impact{}, outOfOrder) }
					},
				)))
			},
			broken: []string{
				"each-partner-once", "own-tenant", "all-fields", "contact-may-be-missing", "rights-apart-between-partners",
				"rights-apart-between-customers", "tenant-in-any-case", "unknown-tenant", "readings-at-once", "error-is-reachable",
			},
		},
		{
			name: "Authorizer",
			err: func() error {
				return partnertest.TestAuthorizer(partner.AuthorizerFunc(
					func(context.Context, partner.Request) error { return outOfOrder },
				), nil)
			},
			broken: []string{"allows-what-the-policy-allows", "tenant-in-any-case", "refusal-is-a-denied-error"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				all, ok := errors.AsType[partnertest.RuleErrors](c.err())
				require.True(t, ok)
				var broken []string
				for _, e := range all {
					broken = append(broken, e.Rule.Name)
				}
				assert.Equal(t, c.broken, broken)
			})
		})
	}
}

// A nil pointer in an error is an error. The fault says so, for whoever prints
// it sees nil.
func TestNilPointersAreExplained(t *testing.T) {
	t.Parallel()
	err := partnertest.TestAuthorizer(partner.AuthorizerFunc(func(_ context.Context, r partner.Request) error {
		denied, _ := errors.AsType[*partner.DeniedError](partner.DefaultPolicy().Authorize(t.Context(), r))
		return denied
	}), nil)
	all, ok := errors.AsType[partnertest.RuleErrors](err)
	require.True(t, ok)
	require.Len(t, all, 2)
	assert.Equal(t, "allows-what-the-policy-allows", all[0].Rule.Name)
	assert.Equal(t, "tenant-in-any-case", all[1].Rule.Name)
	require.ErrorContains(t, all[0], "a nil *partner.DeniedError, which is not a nil error")
}

// What is wrong many times is told a few times, and counted.
func TestManyFaultsAreCounted(t *testing.T) {
	t.Parallel()
	err := partnertest.TestAuthorizer(partner.Policy{}, nil)
	all, ok := errors.AsType[partnertest.RuleErrors](err)
	require.True(t, ok)
	assert.Equal(t, "allows-what-the-policy-allows", all[0].Rule.Name)
	assert.Equal(t, 4, strings.Count(all[0].Err.Error(), "; "+"global_admin"), "five cases, all of the first role")
	assert.Regexp(t, `; and [0-9]+ more \[why:`, all[0].Error(), "the rest is counted")
}

func TestHarnessesWithoutASubjectPanic(t *testing.T) {
	t.Parallel()
	st := newStore()
	assert.Panics(t, func() { _ = partnertest.TestNotifier(partnertest.NotifierHarness{}) })
	assert.Panics(t, func() { _ = partnertest.TestAuthorizer(nil, nil) })
	assert.Panics(t, func() { _ = partnertest.TestDirectory(partnertest.DirectoryHarness{Directory: st}) })
	assert.Panics(t, func() { _ = partnertest.TestDirectory(partnertest.DirectoryHarness{Store: st.harness(st).Store}) })
}

// If the harness does not see the ID or the header, these rules are not
// checked, whatever the Notifier does.
func TestWhatIsNotObservedIsSaid(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSender()
		h := s.harness(s)
		seen := h.Delivered
		h.Delivered = func() []partnertest.Delivered {
			all := seen()
			for i := range all {
				all[i].ID, all[i].Header = "", nil
			}
			return all
		}
		err := partnertest.TestNotifier(h)
		skipped, ok := errors.AsType[partnertest.RuleErrors](err)
		require.True(t, ok)
		require.Len(t, skipped, 2)
		require.NoError(t, partnertest.IgnoreSkipped(err))
		assert.Equal(t, "id-arrives", skipped[0].Rule.Name)
		require.ErrorContains(t, skipped[0], "shows no ID")
		assert.Equal(t, "no-foreign-header", skipped[1].Rule.Name)
		require.ErrorContains(t, skipped[1], "shows no Header")
	})
}

// A transport that shows something else than a mail says what. The kit checks
// that.
func TestWantSaysWhatIsDelivered(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		type text struct{ phone, text string }
		var sent []text
		notifier := partner.NotifierFunc(func(ctx context.Context, n partner.Notification) error {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			sent = append(sent, text{n.Recipient.Phone, n.Message().Subject})
			return nil
		})
		harness := func(want string) partnertest.NotifierHarness {
			return partnertest.NotifierHarness{
				Notifier: serialized(notifier),
				Serves:   everyMedium,
				Delivered: func() (all []partnertest.Delivered) {
					for _, s := range sent {
						all = append(all, partnertest.Delivered{To: s.phone, Text: s.text})
					}
					return all
				},
				Want: func(n partner.Notification) partnertest.Delivered {
					n.Incident.Actions = append(n.Incident.Actions[:0], "changed") // a copy
					return partnertest.Delivered{To: n.Recipient.Phone, Text: n.Message().Subject + want}
				},
			}
		}
		rules := func(err error) (names []string) {
			all, _ := errors.AsType[partnertest.RuleErrors](partnertest.IgnoreSkipped(err))
			for _, e := range all {
				names = append(names, e.Rule.Name)
			}
			return names
		}
		assert.Empty(t, rules(partnertest.TestNotifier(harness(""))))
		assert.Equal(t, []string{"text-arrives", "deliveries-at-once"}, rules(partnertest.TestNotifier(harness("!"))))
	})
}

// A difference is shown where it begins, with enough around it to find it in
// both texts.
func TestDifferencesAreShown(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, got, want, says string }{
		{
			name: "in the middle", got: strings.Repeat("a", 50) + "XYZ" + strings.Repeat("b", 50),
			want: strings.Repeat("a", 50) + "xyz" + strings.Repeat("b", 50),
			says: `the text differs at octet 50: got "aaaaaaaaaaaaaaaaaaaaXYZbbbbbbbbbbbbbbbbb", want ` +
				`"aaaaaaaaaaaaaaaaaaaaxyzbbbbbbbbbbbbbbbbb"`,
		},
		{name: "at the start", got: "b", want: "a", says: `the text differs at octet 0: got "b", want "a"`},
		{
			name: "cut short", got: "some", want: "some text", says: `the text differs at octet 4: got "some", want "some text"`,
		},
		{name: "too long", got: "some text", want: "some", says: `the text differs at octet 4: got "some text", want "some"`},
		{name: "empty", got: "", want: "some", says: `the text differs at octet 0: got "", want "some"`},
		{
			name: "line ends are all one", got: "a\r\nb\nd", want: "a\nb\r\nc",
			says: `the text differs at octet 4: got "a\nb\nd", want "a\nb\nc"`,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var count int
			err := partnertest.TestNotifier(partnertest.NotifierHarness{
				Notifier: serialized(partner.NotifierFunc(func(ctx context.Context, _ partner.Notification) error {
					count++
					return ctx.Err()
				})),
				Delivered: func() []partnertest.Delivered {
					return slices.Repeat([]partnertest.Delivered{{Text: c.got}}, count)
				},
				Want: func(partner.Notification) partnertest.Delivered { return partnertest.Delivered{Text: c.want} },
			})
			require.ErrorContains(t, err, "plain incident: "+c.says+";")
		})
	}
}

func serialized(n partner.Notifier) partner.Notifier {
	turn := make(chan struct{}, 1)
	return partner.NotifierFunc(func(ctx context.Context, m partner.Notification) error {
		turn <- struct{}{}
		defer func() { <-turn }()
		return n.Notify(ctx, m)
	})
}
