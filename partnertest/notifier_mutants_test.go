package partnertest_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/partnertest"
)

func TestNotifierMutants(t *testing.T) {
	t.Parallel()
	// broken is a good sender with one step exchanged.
	broken := func(rule, name string, change func(s *sender)) mutant {
		return mutant{rule, name, func() map[string]error {
			return partnertest.NotifierVerdicts(func() partnertest.NotifierHarness {
				s := newSender()
				change(s)
				return s.harness(s)
			})
		}}
	}
	// wrapped is a good sender with something around it.
	wrapped := func(rule, name string, wrap func(s *sender) partner.Notifier) mutant {
		return mutant{rule, name, func() map[string]error {
			return partnertest.NotifierVerdicts(func() partnertest.NotifierHarness {
				s := newSender()
				return s.harness(wrap(s))
			})
		}}
	}
	onlyContacts := func(n partner.Notification) bool { return n.Incident.ID == "" && n.Topic != partner.TopicIncident }
	changeText := func(change func(string) string) func(s *sender) {
		return func(s *sender) {
			s.parts = func(n partner.Notification) partner.Message {
				m := n.Message()
				return partner.Message{Subject: change(m.Subject), Text: change(m.Text), HTML: change(m.HTML)}
			}
		}
	}
	// folded is a transport that folds what is too long for a line of a mail, and
	// unfolds it on arrival.
	folded := func(carry func(line string) string) func(s *sender) {
		return changeText(func(text string) string {
			var arrived strings.Builder
			for line := range strings.Lines(text) {
				for len(line) > 998 {
					arrived.WriteString(carry(line[:998]))
					line = line[998:]
				}
				arrived.WriteString(carry(line))
			}
			return arrived.String()
		})
	}
	says := func(what func(n partner.Notification) string) func(s *sender) {
		return func(s *sender) {
			s.explain = func(n partner.Notification, err error) error {
				return fmt.Errorf("%s: %w", what(n), explain(n, err))
			}
		}
	}

	// saysIf tells the address where a refusal is of one kind.
	saysIf := func(is func(err error) bool) func(s *sender) {
		return func(s *sender) {
			s.explain = func(n partner.Notification, err error) error {
				_, refused := errors.AsType[*refusal](err)
				if err = explain(n, err); refused && is(err) {
					return fmt.Errorf("%s: %w", n.Recipient.Email, err)
				}
				return err
			}
		}
	}

	testMutants(t, "Notifier", []mutant{
		broken("nil-means-one-delivery", "contact notices are dropped", func(s *sender) {
			s.hand = func(ctx context.Context, n partner.Notification, l letter) error {
				if onlyContacts(n) {
					return nil
				}
				return s.take(ctx, l)
			}
		}),
		broken("nil-means-one-delivery", "contact notices go out twice", func(s *sender) {
			s.hand = func(ctx context.Context, n partner.Notification, l letter) error {
				if onlyContacts(n) {
					l.to = append(l.to, l.to...)
				}
				return s.take(ctx, l)
			}
		}),
		broken("nil-means-one-delivery", "drills go to the one who holds them", func(s *sender) {
			s.hand = func(ctx context.Context, n partner.Notification, l letter) error {
				if n.Topic == partner.TopicDrill {
					l.to = []string{"drills@contoso.example"}
				}
				return s.take(ctx, l)
			}
		}),
		wrapped("nil-means-one-delivery", "what is no address is dropped", func(s *sender) partner.Notifier {
			return partner.NotifierFunc(func(ctx context.Context, n partner.Notification) error {
				if ctx.Err() == nil && checkAddress(n.Recipient.Email) != nil {
					return nil
				}
				return s.Notify(ctx, n)
			})
		}),
		wrapped("nil-means-one-delivery", "each address is told once in its life", func(s *sender) partner.Notifier {
			var told sync.Map
			return partner.NotifierFunc(func(ctx context.Context, n partner.Notification) error {
				if _, ok := told.Load(n.Recipient.Email); ok {
					return ctx.Err()
				}
				err := s.Notify(ctx, n)
				if err == nil {
					told.Store(n.Recipient.Email, true)
				}
				return err
			})
		}),

		broken("text-arrives", "folded lines lose their leading dot", folded(func(line string) string {
			return strings.TrimPrefix(line, ".")
		})),
		broken("text-arrives", "lines are cut at 998 octets", changeText(func(text string) string {
			var cut []string
			for line := range strings.SplitSeq(text, "\n") {
				cut = append(cut, line[:min(len(line), 998)])
			}
			return strings.Join(cut, "\n")
		})),
		broken("text-arrives", "folded lines that start with From are escaped", folded(func(line string) string {
			if strings.HasPrefix(line, "From ") {
				return ">" + line
			}
			return line
		})),
		broken("text-arrives", "what is not ASCII is lost", changeText(func(text string) string {
			return strings.Map(func(r rune) rune { return min(r, '\x7f') }, text)
		})),
		broken("text-arrives", "quoted-printable is decoded once too often", changeText(func(text string) string {
			return strings.ReplaceAll(text, "=3D", "=")
		})),
		broken("text-arrives", "texts are formats", changeText(func(text string) string {
			return strings.ReplaceAll(text, "%%", "%")
		})),
		broken("text-arrives", "the subject is that of an incident always", func(s *sender) {
			s.parts = func(n partner.Notification) partner.Message {
				m := n.Message()
				if onlyContacts(n) {
					m.Subject = "Security incident"
				}
				return m
			}
		}),
		broken("text-arrives", "the HTML of notices is missing", func(s *sender) {
			s.parts = func(n partner.Notification) partner.Message {
				m := n.Message()
				if onlyContacts(n) {
					m.HTML = ""
				}
				return m
			}
		}),

		broken("id-arrives", "the ID of the message is a new one", func(s *sender) {
			s.header = func(n partner.Notification, to string) string {
				n.ID = "new-" + n.ID
				return newSender().header(n, to)
			}
		}),

		broken("nobody-but-the-recipient", "the address is taken for a list", func(s *sender) {
			s.to = func(n partner.Notification) ([]string, error) {
				if n.Recipient.Medium != partner.MediumMail {
					return nil, errNoMail
				}
				var to []string
				for address := range strings.SplitSeq(n.Recipient.Email, ",") {
					address = strings.TrimSpace(address)
					if err := checkAddress(address); err != nil {
						return nil, err
					}
					to = append(to, address)
				}
				return to, nil
			}
		}),

		broken("no-foreign-header", "the name is written as it is", func(s *sender) {
			s.header = func(n partner.Notification, to string) string {
				return "To: " + n.Recipient.Name + " <" + to + ">\r\n" + commonHeader(n)
			}
		}),
		broken("no-foreign-header", "what names a reader is filtered out", func(s *sender) {
			filter := strings.NewReplacer("Bcc:", "", "Cc:", "")
			s.header = func(n partner.Notification, to string) string {
				return "To: <" + to + ">\r\n" + commonHeader(n) + "X-Tenant: " + filter.Replace(n.PartnerTenantID) + "\r\n"
			}
		}),
		broken("no-foreign-header", "the name is one line but not quoted", func(s *sender) {
			s.header = func(n partner.Notification, to string) string {
				name := strings.Map(func(r rune) rune { return max(r, ' ') }, n.Recipient.Name)
				return "To: " + name + " <" + to + ">\r\n" + commonHeader(n)
			}
		}),
		broken("no-foreign-header", "the name is quoted but not escaped", func(s *sender) {
			s.header = func(n partner.Notification, to string) string {
				name := strings.Map(func(r rune) rune { return max(r, ' ') }, n.Recipient.Name)
				return `To: "` + name + `" <` + to + ">\r\n" + commonHeader(n)
			}
		}),
		broken("no-foreign-header", "the severity has a header", func(s *sender) {
			s.header = func(n partner.Notification, to string) string {
				header := newSender().header(n, to)
				if n.Incident.ID != "" {
					header += "X-Severity: " + string(n.Incident.Severity) + "\r\n"
				}
				return header
			}
		}),

		wrapped("no-panic", "the domain is taken from the address without looking", func(s *sender) partner.Notifier {
			return partner.NotifierFunc(func(ctx context.Context, n partner.Notification) error {
				_ = strings.Split(n.Recipient.Email, "@")[1]
				return s.Notify(ctx, n)
			})
		}),

		broken("argument-unchanged", "the actions are sorted", func(s *sender) {
			s.after = func(n partner.Notification) {
				slices.Sort(n.Incident.Actions)
				slices.Reverse(n.Incident.Actions)
			}
		}),
		broken("argument-unchanged", "an action is appended", func(s *sender) {
			s.after = func(n partner.Notification) { _ = append(n.Incident.Actions, "Reply to this message") }
		}),

		broken("done-context-error", "the error is the Notifier's own", func(s *sender) {
			s.wait = func(ctx context.Context) error {
				if ctx.Err() != nil {
					return errors.New("stopped")
				}
				return nil
			}
		}),
		broken("done-context-error", "a cancellation is called a deadline", func(s *sender) {
			s.wait = func(ctx context.Context) error {
				if ctx.Err() != nil {
					return context.DeadlineExceeded
				}
				return nil
			}
		}),
		broken("done-context-error", "a deadline is called a cancellation", func(s *sender) {
			s.wait = func(ctx context.Context) error {
				if ctx.Err() != nil {
					return context.Canceled
				}
				return nil
			}
		}),

		wrapped("done-context-delivers-nothing", "the context is looked at afterwards", func(s *sender) partner.Notifier {
			return partner.NotifierFunc(func(ctx context.Context, n partner.Notification) error {
				if ctx.Err() != nil {
					_ = s.Notify(context.WithoutCancel(ctx), n)
					return ctx.Err()
				}
				return s.Notify(ctx, n)
			})
		}),

		broken("refusal-is-reported", "an address that does not exist is nobody's trouble", func(s *sender) {
			s.explain = func(n partner.Notification, err error) error {
				if err = explain(n, err); partner.IsPermanent(err) {
					return nil
				}
				return err
			}
		}),
		broken("refusal-is-reported", "a refusal for now is left to the server", func(s *sender) {
			s.explain = func(n partner.Notification, err error) error {
				if answer, ok := errors.AsType[*refusal](err); ok && answer.code < 500 {
					return nil
				}
				return explain(n, err)
			}
		}),

		broken("refusal-for-good-is-permanent", "no refusal is marked", func(s *sender) {
			s.explain = func(n partner.Notification, err error) error {
				if err = explain(n, err); partner.IsPermanent(err) {
					return errors.Unwrap(err)
				}
				return err
			}
		}),

		broken("refusal-for-now-is-not-permanent", "every refusal is marked", func(s *sender) {
			s.explain = func(n partner.Notification, err error) error {
				if _, ok := errors.AsType[*refusal](err); ok {
					return partner.Permanent(explain(n, err))
				}
				return explain(n, err)
			}
		}),

		broken("nil-means-one-delivery", "the subscribers are dropped", func(s *sender) {
			s.hand = func(ctx context.Context, n partner.Notification, l letter) error {
				if n.Recipient.Audience == partner.ToSubscriber {
					return nil
				}
				return s.take(ctx, l)
			}
		}),
		broken("text-arrives", "all-clears look like the first telling", func(s *sender) {
			s.parts = func(n partner.Notification) partner.Message {
				n.Incident.Status = ""
				return n.Message()
			}
		}),
		broken("text-arrives", "there is no way to answer", func(s *sender) {
			s.parts = func(n partner.Notification) partner.Message {
				n.Answer = partner.Answer{}
				return n.Message()
			}
		}),
		broken("no-foreign-header", "the thread is written as it is", func(s *sender) {
			s.header = func(n partner.Notification, to string) string {
				return "To: <" + to + ">\r\n" + commonHeader(n) + "X-Thread: " + n.Thread + "\r\n"
			}
		}),
		broken("no-foreign-header", "the code is written as it is", func(s *sender) {
			s.header = func(n partner.Notification, to string) string {
				return "To: <" + to + ">\r\n" + commonHeader(n) + "X-Code: " + n.Answer.Code + "\r\n"
			}
		}),
		broken("other-media-are-refused-for-good", "everybody is mailed", func(s *sender) {
			s.to = func(n partner.Notification) ([]string, error) {
				return []string{n.Recipient.Email}, checkAddress(n.Recipient.Email)
			}
		}),
		broken("other-media-are-refused-for-good", "what is not known is mailed", func(s *sender) {
			to := s.to
			s.to = func(n partner.Notification) ([]string, error) {
				if m := n.Recipient.Medium; m != partner.MediumPhone && m != partner.MediumWebhook {
					n.Recipient.Medium = partner.MediumMail
				}
				return to(n)
			}
		}),
		broken("other-media-are-refused-for-good", "it may work another day", func(s *sender) {
			to := s.to
			s.to = func(n partner.Notification) ([]string, error) {
				if n.Recipient.Medium != partner.MediumMail {
					return nil, errors.New("no mail")
				}
				return to(n)
			}
		}),
		broken("error-names-nobody", "the server's answer is passed on", func(s *sender) {
			s.explain = func(n partner.Notification, err error) error {
				return fmt.Errorf("%w: %s", explain(n, err), err.Error())
			}
		}),
		broken("error-names-nobody", "the address that was refused for good", saysIf(partner.IsPermanent)),
		broken("error-names-nobody", "the address that was refused for now", saysIf(func(err error) bool {
			return !partner.IsPermanent(err)
		})),
		wrapped("error-names-nobody", "the address that was not written to", func(s *sender) partner.Notifier {
			return partner.NotifierFunc(func(ctx context.Context, n partner.Notification) error {
				if ctx.Err() != nil {
					return fmt.Errorf("%s: %w", n.Recipient.Email, ctx.Err())
				}
				return s.Notify(ctx, n)
			})
		}),
		broken("error-names-nobody", "the first name", says(func(n partner.Notification) string {
			return strings.Fields(n.Recipient.Name)[0]
		})),
		broken("error-names-nobody", "the last name", says(func(n partner.Notification) string {
			return strings.Fields(n.Recipient.Name)[1]
		})),
		broken("error-names-nobody", "the phone number", says(func(n partner.Notification) string {
			return "(" + n.Recipient.Phone[2:5] + ") " + n.Recipient.Phone[5:8] + "-" + n.Recipient.Phone[8:]
		})),
		broken("error-names-nobody", "the URL", says(func(n partner.Notification) string { return n.Recipient.URL })),
		broken("error-names-nobody", "the tenant's name",
			says(func(n partner.Notification) string { return n.Incident.TenantName })),
		broken("error-names-nobody", "the page on which to answer",
			says(func(n partner.Notification) string { return n.Answer.URL })),
		broken("error-names-nobody", "the code of the answer",
			says(func(n partner.Notification) string { return n.Answer.Code })),
		broken("error-names-nobody", "where a medium is not served", func(s *sender) {
			to := s.to
			s.to = func(n partner.Notification) ([]string, error) {
				list, err := to(n)
				if errors.Is(err, errNoMail) {
					err = fmt.Errorf("%s: %w", n.Recipient.URL, err)
				}
				return list, err
			}
		}),
		broken("error-names-nobody", "the title", says(func(n partner.Notification) string { return n.Incident.Title })),
		broken("error-names-nobody", "the summary", says(func(n partner.Notification) string { return n.Incident.Summary })),
		broken("error-names-nobody", "the actions", says(func(n partner.Notification) string {
			return strings.Join(n.Incident.Actions, ", ")
		})),
		broken("error-names-nobody", "the subject, of a transport that fails", func(s *sender) {
			s.explain = func(n partner.Notification, err error) error {
				if _, ok := errors.AsType[*refusal](err); ok {
					return explain(n, err)
				}
				return fmt.Errorf("%s: %w", n.Message().Subject, explain(n, err))
			}
		}),
		broken("error-names-nobody", "what is no address", func(s *sender) {
			to := s.to
			s.to = func(n partner.Notification) ([]string, error) {
				list, err := to(n)
				if err != nil {
					err = fmt.Errorf("%q: %w", n.Recipient.Email, err)
				}
				return list, err
			}
		}),
		broken("error-names-nobody", "the address, in the log only", func(s *sender) {
			s.explain = func(n partner.Notification, err error) error {
				return &talkative{explain(n, err), n.Recipient.Email}
			}
		}),

		broken("failure-is-reachable", "the error is printed instead of wrapped", func(s *sender) {
			s.explain = func(n partner.Notification, err error) error {
				if _, ok := errors.AsType[*refusal](err); ok {
					return explain(n, err)
				}
				return fmt.Errorf("notification %q: %v", n.ID, err) //nolint:errorlint // this is what is wrong with it
			}
		}),
		broken("failure-is-reachable", "a failure is left to the server", func(s *sender) {
			s.explain = func(n partner.Notification, err error) error {
				if _, ok := errors.AsType[*refusal](err); ok || errors.Is(err, context.Canceled) || errors.Is(err,
					context.DeadlineExceeded) {
					return explain(n, err)
				}
				return nil
			}
		}),
		broken("failure-is-not-permanent", "every failure is marked", func(s *sender) {
			s.explain = func(n partner.Notification, err error) error {
				if _, ok := errors.AsType[*refusal](err); ok {
					return explain(n, err)
				}
				return partner.Permanent(explain(n, err))
			}
		}),
		wrapped("failure-leaves-another-try", "the ID counts from the first try on", func(s *sender) partner.Notifier {
			var tried sync.Map
			return partner.NotifierFunc(func(ctx context.Context, n partner.Notification) error {
				if _, again := tried.LoadOrStore(n.ID, true); again {
					return nil
				}
				return s.Notify(ctx, n)
			})
		}),
		wrapped("failure-leaves-another-try", "the ID is refused from the second try on", func(s *sender) partner.Notifier {
			var tried sync.Map
			return partner.NotifierFunc(func(ctx context.Context, n partner.Notification) error {
				if _, again := tried.LoadOrStore(n.ID, true); again {
					return errors.New("known already")
				}
				return s.Notify(ctx, n)
			})
		}),

		wrapped("same-id-once-if-claimed", "it is only claimed", func(s *sender) partner.Notifier { return claim{s} }),
		wrapped("same-id-once-if-claimed", "only calls under way are known", func(s *sender) partner.Notifier {
			var mu sync.Mutex
			underWay := make(map[string]bool)
			return claim{partner.NotifierFunc(func(ctx context.Context, n partner.Notification) error {
				mu.Lock()
				known := underWay[n.ID]
				underWay[n.ID] = true
				mu.Unlock()
				if known {
					return ctx.Err()
				}
				time.Sleep(time.Millisecond)
				defer func() {
					mu.Lock()
					defer mu.Unlock()
					delete(underWay, n.ID)
				}()
				return s.Notify(ctx, n)
			})}
		}),
		wrapped("same-id-once-if-claimed", "two at once slip through", func(s *sender) partner.Notifier {
			o := newOnceEach(s)
			return claim{partner.NotifierFunc(func(ctx context.Context, n partner.Notification) error {
				if o.isDone(n.ID) {
					return ctx.Err()
				}
				time.Sleep(time.Millisecond)
				err := s.Notify(ctx, n)
				if err == nil {
					o.mu.Lock()
					o.done[n.ID] = true
					o.mu.Unlock()
				}
				return err
			})}
		}),
		wrapped("same-id-once-if-claimed", "a repeat is an error", func(s *sender) partner.Notifier {
			o := newOnceEach(s)
			return claim{partner.NotifierFunc(func(ctx context.Context, n partner.Notification) error {
				if o.isDone(n.ID) {
					return errors.New("known already")
				}
				return o.Notify(ctx, n)
			})}
		}),

		wrapped("calls-at-once", "a second call is sent away", func(s *sender) partner.Notifier {
			return overlapping(s, func(context.Context, partner.Notification) error { return errors.New("busy") })
		}),
		wrapped("deliveries-at-once", "a second call is forgotten", func(s *sender) partner.Notifier {
			return overlapping(s, func(context.Context, partner.Notification) error { return nil })
		}),
		wrapped("deliveries-at-once", "calls share their incident", func(s *sender) partner.Notifier {
			var mu sync.Mutex
			var shared partner.Incident
			return partner.NotifierFunc(func(ctx context.Context, n partner.Notification) error {
				mu.Lock()
				shared = n.Incident
				mu.Unlock()
				time.Sleep(time.Millisecond)
				mu.Lock()
				n.Incident = shared
				mu.Unlock()
				return s.Notify(ctx, n)
			})
		}),

		broken("deadline-is-kept", "only a cancellation is noticed", func(s *sender) {
			s.hand = func(ctx context.Context, _ partner.Notification, l letter) error {
				own, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Hour)
				defer cancel()
				defer context.AfterFunc(ctx, func() {
					if errors.Is(ctx.Err(), context.Canceled) {
						cancel()
					}
				})()
				return s.take(own, l)
			}
		}),
		wrapped("deadline-is-kept", "time that runs out counts as told", func(s *sender) partner.Notifier {
			return partner.NotifierFunc(func(ctx context.Context, n partner.Notification) error {
				if ctx.Err() != nil {
					return ctx.Err()
				}
				if err := s.Notify(ctx, n); !errors.Is(err, context.DeadlineExceeded) {
					return err
				}
				return nil
			})
		}),
		broken("cancel-is-kept", "only a deadline is noticed", func(s *sender) {
			s.hand = func(ctx context.Context, _ partner.Notification, l letter) error {
				deadline, ok := ctx.Deadline()
				if !ok {
					deadline = time.Now().Add(time.Hour)
				}
				own, cancel := context.WithDeadline(context.WithoutCancel(ctx), deadline)
				defer cancel()
				return s.take(own, l)
			}
		}),
		wrapped("deadline-is-kept-behind-another", "one connection for all calls", func(s *sender) partner.Notifier {
			connection := make(chan struct{}, 1)
			return partner.NotifierFunc(func(ctx context.Context, n partner.Notification) error {
				connection <- struct{}{}
				defer func() { <-connection }()
				return s.Notify(ctx, n)
			})
		}),
	})
}

// claim says that IDs are told once, whatever Notify does.
type claim struct{ partner.Notifier }

func (claim) DeduplicatesByID() bool { return true }

// talkative is an error that tells more to a log than to its reader.
type talkative struct {
	error
	address string
}

func (e *talkative) Unwrap() error        { return e.error }
func (e *talkative) LogValue() slog.Value { return slog.StringValue(e.address) }

// overlapping calls instead where another call is under way.
func overlapping(n partner.Notifier, instead func(context.Context, partner.Notification) error) partner.Notifier {
	alone := make(chan struct{}, 1)
	return partner.NotifierFunc(func(ctx context.Context, m partner.Notification) error {
		select {
		case alone <- struct{}{}:
			defer func() { <-alone }()
		default:
			return instead(ctx, m)
		}
		time.Sleep(time.Millisecond)
		return n.Notify(ctx, m)
	})
}

func TestGoodNotifiers(t *testing.T) {
	t.Parallel()
	for name, newHarness := range map[string]func() partnertest.NotifierHarness{
		"sender": func() partnertest.NotifierHarness {
			s := newSender()
			return s.harness(s)
		},
		"sender that tells an ID once": func() partnertest.NotifierHarness {
			s := newSender()
			return s.harness(newOnceEach(s))
		},
		"sender of webhooks": func() partnertest.NotifierHarness {
			s := newSender()
			s.to = func(n partner.Notification) ([]string, error) {
				if r := n.Recipient; r.Medium != partner.MediumWebhook || r.Address() == "" {
					return nil, partner.Permanent(errors.New("no webhook"))
				}
				return []string{n.Recipient.URL}, nil
			}
			s.header = func(n partner.Notification, _ string) string { return commonHeader(n) }
			h := s.harness(s)
			h.Serves = func(m partner.Medium) bool { return m == partner.MediumWebhook }
			return h
		},
		"sender of text messages": func() partnertest.NotifierHarness {
			s := newSender()
			s.to = func(n partner.Notification) ([]string, error) {
				if r := n.Recipient; r.Medium != partner.MediumPhone || r.Address() == "" {
					return nil, partner.Permanent(errors.New("no phone"))
				}
				return []string{n.Recipient.Phone}, nil
			}
			s.header = func(n partner.Notification, _ string) string { return commonHeader(n) }
			h := s.harness(s)
			h.Serves = func(m partner.Medium) bool { return m == partner.MediumPhone }
			return h
		},
		"Recorder": func() partnertest.NotifierHarness { return new(partnertest.Recorder).Harness(nil) },
		"transport with line ends of its own": func() partnertest.NotifierHarness {
			s := newSender()
			s.parts = func(n partner.Notification) partner.Message {
				m := n.Message()
				m.Text, m.HTML = strings.ReplaceAll(m.Text, "\n", "\r\n"), strings.ReplaceAll(m.HTML, "\n", "\r\n")
				return m
			}
			return s.harness(s)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) { testGood(t, partnertest.NotifierVerdicts(newHarness)) })
		})
	}
}
