package partnertest

// notifierRules are in the order in which they are checked. Those that may
// leave a call behind come last.
var notifierRules = []rule[*notifierRun]{
	{
		name:  "nil-means-one-delivery",
		why:   "Dispatch reports a partner as told when Notify returns nil, and nobody looks again",
		needs: []string{"Delivered"}, check: nilMeansOneDelivery,
	},
	{
		name:  "text-arrives",
		why:   "the recipient acts on what is written there: a lost line or a broken letter is a lost instruction",
		needs: []string{"Delivered"}, check: textArrives,
	},
	{
		name:  "id-arrives",
		why:   "what takes the message over, a mail server or a queue, knows a repeated one only by its ID",
		needs: []string{"Delivered"}, check: idArrives,
	},
	{
		name:  "nobody-but-the-recipient",
		why:   "values come from strangers, and none of them may send a partner's incident to somebody else",
		needs: []string{"Delivered"}, check: nobodyButTheRecipient,
	},
	{
		name:  "no-foreign-header",
		why:   "a value that becomes a header of its own can forge the sender, add readers or replace the text",
		needs: []string{"Delivered"}, check: noForeignHeader,
	},
	{
		name:  "no-panic",
		why:   "a notification may come out of a queue that somebody else filled",
		check: noPanic,
	},
	{
		name:  "argument-unchanged",
		why:   "the caller may keep the notification, for another try or for its records",
		check: argumentUnchanged,
	},
	{
		name:  "done-context-error",
		why:   "a host tells what was cut short from what was refused by the error of the context",
		check: doneContextError,
	},
	{
		name:  "done-context-delivers-nothing",
		why:   "who has cancelled a dispatch must be able to rely on it that nobody else is told",
		needs: []string{"Delivered"}, check: doneContextDeliversNothing,
	},
	{
		name:  "refusal-is-reported",
		why:   "an address that was refused must not pass for a partner that was told",
		needs: []string{"Refuse"}, check: refusalIsReported,
	},
	{
		name:  "refusal-for-good-is-permanent",
		why:   "only what is marked with partner.Permanent is taken out of the queue and shown to somebody who can mend it",
		needs: []string{"Refuse"}, check: refusalForGoodIsPermanent,
	},
	{
		name:  "refusal-for-now-is-not-permanent",
		why:   "a mailbox that is full or greylisted today takes the message on another try, which Permanent would prevent",
		needs: []string{"Refuse"}, check: refusalForNowIsNotPermanent,
	},
	{
		name:  "other-media-are-refused-for-good",
		why:   "a webhook that is mailed to, or tried again for ever, is a partner that nobody told",
		check: otherMediaAreRefusedForGood,
	},
	{
		name:  "error-names-nobody",
		why:   "hosts log errors: no address, name, text, page or code belongs into them, whatever a server echoes",
		needs: []string{"Refuse"}, check: errorNamesNobody,
	},
	{
		name:  "failure-is-reachable",
		why:   "a host decides by errors.Is what to do about its transport",
		needs: []string{"Fail"}, check: failureIsReachable,
	},
	{
		name:  "failure-is-not-permanent",
		why:   "a broken connection, TLS or sign-in says nothing about the address, and another try may help",
		needs: []string{"Fail"}, check: failureIsNotPermanent,
	},
	{
		name:  "failure-leaves-another-try",
		why:   "a notification that failed must not count as delivered when it comes again with its ID",
		needs: []string{"Delivered", "Fail"}, check: failureLeavesAnotherTry,
	},
	{
		name:  "same-id-once-if-claimed",
		why:   "a host that relies on the claim runs an incident again after a crash, and would tell everybody twice",
		needs: []string{"Delivered"}, check: sameIDOnceIfClaimed,
	},
	{
		name:  "calls-at-once",
		why:   "Dispatch calls Notify from several goroutines; run this with the race detector",
		check: callsAtOnce,
	},
	{
		name:  "deliveries-at-once",
		why:   "what one call holds must not end up in the message of another",
		needs: []string{"Delivered"}, check: deliveriesAtOnce,
	},
	{
		name:  "deadline-is-kept",
		why:   "one server that does not answer must not hold a dispatch for ever",
		needs: []string{"Stall"}, check: deadlineIsKept,
	},
	{
		name:  "cancel-is-kept",
		why:   "who breaks out of a Dispatch waits for the calls under way; a deadline on the connection does not notice",
		needs: []string{"Stall"}, check: cancelIsKept,
	},
	{
		name:  "deadline-is-kept-behind-another",
		why:   "a call that waits for its turn, at a lock or for a connection, must not wait longer than its own context",
		needs: []string{"Stall"}, check: deadlineIsKeptBehindAnother,
	},
}

// unexpected is what a rule says of an error where there should be none.
const unexpected = "a valid notification failed: %v"
