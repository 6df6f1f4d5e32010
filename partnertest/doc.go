// Package partnertest is the kit with which hosts show that what they implement keeps the promises of package partner: their
// [partner.Notifier], [partner.Authorizer] and [partner.Directory]. It is to these what testing/fstest is to a file system.
//
// There is one table of rules for each interface, and two doors to it. RunNotifier, RunAuthorizer and RunDirectory make a fresh
// harness for each rule and check it in a subtest of its name:
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
// TestNotifier, TestAuthorizer and TestDirectory check all rules on one harness and return what is broken, for programs that
// test in another way. [Rules] lists what is checked and why.
//
// # Harnesses
//
// A harness holds the implementation and what the kit cannot do by itself: see what a transport has taken, make a server refuse
// an address, fill a database. Some of its fields are optional. A rule that needs one which is not set is not checked, and says
// so: the subtest is skipped with the reason, and TestNotifier and TestDirectory return an error that matches [ErrSkipped].
// A nil error so means that every rule was checked and holds; [IgnoreSkipped] is for those who know what they leave out.
//
// A rule on what an implementation need not do has nothing to check where it does not claim to do it, see [Deduplicator] and
// [AuthorizerOptions]: its subtest is skipped, and the other door is silent.
//
// The kit calls the functions of a harness from one goroutine at a time, and subtests run one after the other.
//
// # Values
//
// All values are made up. The addresses end in ".example" (RFC 2606), so that
// nothing that is sent can ever arrive at anybody. A check therefore advises
// [partner.CodeEmailReservedDomain] on each of them, which is no error. The
// phone numbers are among those reserved for fiction.
//
// That holds for the rules as well as for the fixtures, which hosts may use in
// tests of their own: [Person], [Group], [Profile], [Incident], [Impact] and
// [Notification]. Fixtures never change. The rules use new IDs, tenants and
// addresses in each run, so that a database that outlives the test does no harm.
package partnertest
