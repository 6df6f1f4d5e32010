package partnertest

import (
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// ErrSkipped is matched by the error of a rule that was not checked because the
// harness lacks what the rule needs.
var ErrSkipped = errors.New("partnertest: not checked")

// Rule is one promise of an interface. The zero value is no rule.
type Rule struct {
	Interface string   // "Notifier", "Authorizer", "Directory", "AnswerPage" or "Loop"
	Name      string   // stable, and the name of the subtest: "deadline-is-kept"
	Why       string   // one sentence: what it is good for
	Needs     []string // the optional fields of the harness without which it is not checked: "Delivered"
}

// Rules returns every rule, in the order in which they are checked.
func Rules() []Rule {
	return slices.Concat(
		describe(notifierInterface, notifierRules),
		describe(authorizerInterface, authorizerRules),
		describe(directoryInterface, directoryRules),
		describe(answerPageInterface, answerPageRules),
		describe(loopInterface, loopRules),
	)
}

// RuleError says that a rule is broken, or that it was not checked.
type RuleError struct {
	Rule Rule
	Err  error // what was seen; matches ErrSkipped where the rule was not checked
}

// Error names the interface and the rule. It says what was seen, and why it
// matters.
func (e *RuleError) Error() string {
	verb := "breaks"
	if isSkip(e.Err) {
		verb = "skips"
	}
	return fmt.Sprintf("%s %s %s: %v [why: %s]", e.Rule.Interface, verb, e.Rule.Name, e.Err, e.Rule.Why)
}

// Unwrap returns what was seen.
func (e *RuleError) Unwrap() error { return e.Err }

// RuleErrors is what TestNotifier, TestAuthorizer, TestDirectory,
// TestAnswerPage and TestLoop return. It has one error for each rule that is
// broken or was not checked, in the order of [Rules]. Callers reach them with
// errors.AsType[partnertest.RuleErrors](err).
type RuleErrors []*RuleError

// Error returns the texts of all, each on lines of its own.
func (es RuleErrors) Error() string {
	texts := make([]string, len(es))
	for i, e := range es {
		texts[i] = e.Error()
	}
	return strings.Join(texts, "\n")
}

// Unwrap returns the errors one by one, for errors.Is and errors.As.
func (es RuleErrors) Unwrap() []error {
	errs := make([]error, len(es))
	for i, e := range es {
		errs[i] = e
	}
	return errs
}

// IgnoreSkipped takes the rules that were not checked out of what TestNotifier,
// TestDirectory or TestLoop returned. It returns nil if nothing else is left.
// Whoever calls it answers for these rules. Any other error comes back as it
// is.
func IgnoreSkipped(err error) error {
	all, ok := errors.AsType[RuleErrors](err)
	if !ok {
		return err
	}
	broken := slices.DeleteFunc(slices.Clone(all), func(e *RuleError) bool { return isSkip(e.Err) })
	if len(broken) == 0 {
		return nil
	}
	return broken
}

// skipError is the outcome of a rule that was not checked. A moot rule is about
// a claim that the implementation does not make: nothing is left to check.
type skipError struct {
	reason string
	moot   bool
}

func (e *skipError) Error() string        { return "not checked: " + e.reason }
func (e *skipError) Is(target error) bool { return target == ErrSkipped }

func isSkip(err error) bool { return errors.Is(err, ErrSkipped) }

// A harness is what rules are checked on.
type harness interface {
	has(part string) bool // reports whether an optional part that a rule may need is there
}

// rule is a row of the tables. Check returns nil, what is broken, or a
// skipError.
type rule[H harness] struct {
	name  string
	why   string
	needs []string
	check func(H) error
}

func (r rule[H]) describe(of string) Rule {
	return Rule{Interface: of, Name: r.name, Why: r.why, Needs: slices.Clone(r.needs)}
}

func describe[H harness](of string, rules []rule[H]) []Rule {
	described := make([]Rule, len(rules))
	for i, r := range rules {
		described[i] = r.describe(of)
	}
	return described
}

// verdict returns nil if the rule holds.
func (r rule[H]) verdict(of string, h H) *RuleError {
	for _, part := range r.needs {
		if !h.has(part) {
			return &RuleError{r.describe(of), &skipError{reason: "the harness has no " + part}}
		}
	}
	if err := protect(func() error { return r.check(h) }); err != nil {
		return &RuleError{r.describe(of), err}
	}
	return nil
}

// testAll is the door that returns an error.
func testAll[H harness](of string, rules []rule[H], h H) error {
	var errs RuleErrors
	for _, r := range rules {
		err := r.verdict(of, h)
		if err == nil {
			continue
		}
		if skip, ok := errors.AsType[*skipError](err); ok && skip.moot {
			continue
		}
		errs = append(errs, err)
	}
	if errs == nil {
		return nil
	}
	return errs
}

// runAll is the door that runs subtests.
func runAll[H harness](t *testing.T, of string, rules []rule[H], newHarness func(*testing.T) H) {
	t.Helper()
	for _, r := range rules {
		t.Run(r.name, func(t *testing.T) {
			err := r.verdict(of, newHarness(t))
			switch {
			case err == nil:
			case isSkip(err):
				t.Skip(err)
			default:
				t.Error(err)
			}
		})
	}
}

const (
	// pause is how long an implementation may begin its work before its context is
	// done.
	pause = 50 * time.Millisecond
	// patience is how long it may take to return after that. It is what "promptly"
	// means, with room for a busy machine.
	patience = 10 * time.Second
	// atOnce is how many goroutines call it at a time, as many as Dispatch has by
	// default.
	atOnce = 8
)

// panicError is a panic of the implementation.
type panicError struct{ text string }

func (e *panicError) Error() string { return e.text }

// protect returns the error of f, or one that tells of its panic.
func protect(f func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &panicError{fmt.Sprintf("panicked: %v\n%s", v, debug.Stack())}
		}
	}()
	return f()
}

// together calls f with 0 to n-1, atOnce at a time, and returns the errors in
// that order. All goroutines start together.
func together(n int, f func(i int) error) []error {
	errs := make([]error, n)
	start := make(chan struct{})
	var wg sync.WaitGroup
	for worker := range atOnce {
		wg.Go(func() {
			<-start
			for i := worker; i < n; i += atOnce {
				errs[i] = protect(func() error { return f(i) })
			}
		})
	}
	close(start)
	wg.Wait()
	return errs
}

// faults collects what is wrong in one rule.
type faults []string

// shownFaults is how many of them are worth reading; the rest is counted.
const shownFaults = 5

func (f *faults) addf(format string, args ...any) { *f = append(*f, fmt.Sprintf(format, args...)) }

func (f faults) err() error {
	if len(f) == 0 {
		return nil
	}
	text := strings.Join(f[:min(len(f), shownFaults)], "; ")
	if more := len(f) - shownFaults; more > 0 {
		text += fmt.Sprintf("; and %d more", more)
	}
	return errors.New(text)
}
