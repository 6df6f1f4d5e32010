// Package alert works with Microsoft's security alerts for partners: it decodes
// them, makes incidents of them, resolves them, and measures how fast they are
// answered.
//
//	client := alert.NewClient(httpClient, nil) // its transport adds the token
//	for a, err := range client.Alerts(ctx, time.Now().AddDate(0, 0, -60)) {
//		if err != nil {
//			report(err) // some alerts could not be read, or no more come
//			continue
//		}
//		if a.Open() || wasTold(a.ID) {
//			enqueue(a.Incident(nil)) // the Dispatcher tells the right people
//		}
//		seen = append(seen, a)
//	}
//	met, known := alert.Strictest(seen, time.Now()).Met(24 * time.Hour)
//
// # What to call
//
//	job                                   answer
//	Read the answer of Microsoft Graph    DecodeGraph
//	Read that of the Partner Center API   DecodeFraudEvents
//	Fetch the alerts, and resolve one     Client
//	Tell people of an alert               Alert.Incident, DefaultActions
//	Is somebody still to act?             Alert.Open
//	Are alerts answered in time?          Strictest, ResponseRule, Response
//
// A host asks again and again, for alerts change. Each telling of an incident
// has a version, so that only news is told: see [Alert.Incident]. Do not tell
// of an alert that was already resolved when you first saw it.
//
// # Fraud and everything else
//
// The documented types are about misuse of Azure, but for the advisory of
// Service Health. So their kinds lie below [partner.AzureFraud], and they go to
// the admin agents who enrolled. The advisory, and every type that this package
// does not know, go to the security contact. New types come with little notice:
// a host that knows one sets the Kind of the incident.
//
// # Where the rules come from
//
//   - Microsoft Graph beta, "partnerSecurityAlert" and the pages of its
//     methods: the fields, the words and the faults of the samples. Those in
//     valid JSON are forgiven: see [DecodeGraph].
//   - Partner Center API, "Get fraud events" and "Update fraud event status".
//   - Partner Center, "Reference guide for security alerts": the types.
//   - Partner Center, "Detect and respond to security alerts", "Respond to
//     security events with the Security Alerts dashboard" and "Essential steps
//     to confirm, contain, and secure a compromise": the steps, and the average
//     over 30 days.
//   - Partner Center, "Security requirements": 24 hours, a condition of CSP
//     authorization since October 2025. Indirect resellers are exempt.
//
// # Times
//
// Every time is in UTC, and a zero [time.Time] is unset. Durations count hours,
// not days of a calendar.
//
// # Errors
//
// [ElementError] and [DocumentError] tell what could not be read; beside them
// comes everything that could. After a DocumentError that is only what stands
// before it. [StatusError] is an answer of the API that is no success. Other
// errors of a [Client] say what went wrong, and errors.Is and errors.As see the
// cause. None holds anything of a document, a URL or a token.
//
// # Personal data
//
// Who changed an alert is left out. Titles, descriptions and resources may
// still name people: an [Alert] prints and logs without them. Package log/slog
// does not look into slices: log alerts one by one.
//
// # Concurrency
//
// Values may be shared between goroutines as long as nobody changes them, and a
// Client may be used by several. Nothing starts a goroutine, and only the
// Client does I/O.
package alert
