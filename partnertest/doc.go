// Package partnertest is a kit for hosts. It shows whether what they implement
// keeps the promises of package partner: their [partner.Notifier],
// [partner.Authorizer] and [partner.Directory]. It is to these what
// testing/fstest is to a file system.
//
// There is one table of rules for each interface. RunNotifier, RunAuthorizer
// and RunDirectory check each rule in a subtest of its name, on a fresh
// harness:
//
//	func TestMailer(t *testing.T) {
//		partnertest.RunNotifier(t, func(t *testing.T) partnertest.NotifierHarness {
//			server := newFakeServer(t)
//			return partnertest.NotifierHarness{
//				Notifier:  NewMailer(server.Addr()),
//				Delivered: server.Delivered,
//				Refuse:    server.Refuse,
//				Fail:      server.Fail,
//				Stall:     server.Stall,
//			}
//		})
//	}
//
// There are two more tables, for what waits for answers: RunAnswerPage for the
// page on which a mail is answered, and RunLoop for what queues and sends.
//
// So the Run functions work in subtests. The Test functions, such as
// TestNotifier, check all rules on one harness and return what is broken as one
// error. They are for programs that test in another way. [Rules] lists what is
// checked and why.
//
// # Harnesses
//
// A harness holds the implementation, and what the kit cannot do by itself: see
// what a transport has taken, make a server refuse an address, fill a database.
//
// Some fields of a harness are optional. A rule that needs a field which is not
// set is not checked, and says so:
//   - its subtest is skipped, with the reason;
//   - TestNotifier, TestDirectory and TestLoop return an error that matches
//     [ErrSkipped].
//
// So a nil error means that every rule was checked and holds. If you skip rules
// on purpose, call [IgnoreSkipped].
//
// Some rules are about claims that an implementation need not make: see
// [Deduplicator], NotifierHarness.Serves and [AuthorizerOptions]. Without the
// claim there is nothing to check. The subtest is skipped, and the Test
// function says nothing.
//
// The kit calls the functions of a harness from one goroutine at a time.
// Subtests run one after the other.
//
// # Values
//
// All values are made up, so that nothing that is sent can arrive at anybody.
// The names of hosts end in ".example" (RFC 2606). The phone numbers are
// reserved for fiction.
//
// The fixtures are for tests of the host's own: [Person], [Group], [Profile],
// [Incident], [Resolved], [Impact], [Subscribers], [Notification] and [Answer].
// For a loop that waits for answers there are [Alert], [ResolvedAlert],
// [GraphAlerts], [Case] and [Record]. They never change. The rules use new IDs,
// tenants and addresses in each run, so a database that outlives the test does
// no harm.
package partnertest
