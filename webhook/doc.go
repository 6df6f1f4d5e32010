// Package webhook tells programs: it is a [partner.Notifier] for the ticket
// systems, chats and pagers that partners register.
//
//	notifier := webhook.NewNotifier(func(
//		ctx context.Context, n partner.Notification,
//	) (webhook.Destination, error) {
//		secret, err := vault.Secret(ctx, n.Recipient.URL)
//		return webhook.Destination{
//			URL: n.Recipient.URL, Format: webhook.CloudEvents, Secret: secret,
//		}, err
//	}, nil)
//	err := notifier.Notify(ctx, n) // one request; nil: the service has taken it
//
// Keep Format and Secret in your table, by Recipient.URL: a Recipient has
// neither. Whoever receives a CloudEvent calls [Verify] first.
//
// # Formats
//
//	format       for                       size of a body      proves who sends
//	CloudEvents  programs of the partner   64 KiB              Destination.Secret
//	Teams        a Workflow                28 kB               its URL is secret
//	Slack        an incoming webhook       12,000 characters   its URL is secret
//	PagerDuty    the Events API, v2        512 kB              Destination.Key
//
// [Body] says what each holds. At any input a body is valid JSON within its
// service's limits. What is too long is cut at whole characters: the summary
// first, then the longest of the other texts. No markup in a value works, for
// every value stands where the service takes plain text. No body holds the
// recipient's name, addresses or URL.
//
// # Limits of the services
//
//   - CloudEvents: 64 KiB, which every intermediary must forward.
//   - Teams: 28 KB, taken as 28,000 octets.
//   - Slack: 50 blocks, 3,000 characters in a section, 150 in a header. Slack
//     documents no limit for all blocks together. It is near 13,200, so 12,000
//     are used.
//   - PagerDuty: 512,000 octets, 1,024 characters of summary, 255 of dedup_key.
//
// Characters of Slack are counted as UTF-16 does, which never counts too few.
// The limits stand on these pages:
//
//   - https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md#size-limits
//   - https://learn.microsoft.com/microsoftteams/limits-specifications-teams
//   - https://docs.slack.dev/reference/block-kit/blocks
//   - https://github.com/slackapi/bolt-js/issues/2509
//   - https://developer.pagerduty.com/docs/events-api-v2-overview
//
// # Addresses
//
// A partner chooses the URL, so it may lead into the host's own network. The
// default client refuses that. It looks at each address when it dials, so a
// name that resolves to another address later is no way around. It refuses
//
//   - private, shared, loopback, link-local, unspecified and multicast
//     addresses,
//   - those that are reserved, also for tests and documentation,
//   - those that translate to another: 64:ff9b::/96, 2002::/16, 2001::/32,
//   - whatever lies outside of 2000::/3, the public space of IPv6.
//
// It uses no proxy of the environment, keeps no connection open and gives up
// after 15 seconds. A client of the host's in [Options] replaces all that: then
// the host keeps its own network out of reach, say with a proxy for outbound
// requests. No client follows a redirect, and no call makes a second request.
//
// # Errors
//
//	result         when
//	nil            2xx
//	Permanent      3xx, and 4xx but for 408 and 429
//	Permanent      another medium, an unusable destination, a refused address
//	Permanent      a CloudEvent without a secret, or whose ID cannot be signed
//	not Permanent  408, 429, 5xx, any other status
//	not Permanent  a broken connection, DNS, TLS, a time-out, a done context
//	as it is       an error of find
//
// Errors of this package name the notification by its ID. They hold no URL, no
// secret, no key and nothing that a service said. errors.Is sees the cause,
// such as [syscall.ECONNREFUSED] or [context.DeadlineExceeded]. [RetryAfter]
// says when the service wants to be asked again, [Status] what it answered. One
// that answers 410 wants no more: switch its webhook off.
//
// # Secrets
//
// A secret is 24 to 64 random octets, as Standard Webhooks says. It is shared
// with one receiver. Its written form, "whsec_" and base64, is for people: the
// host decodes it and gives the octets.
//
// To rotate, a receiver calls [Verify] with each secret that it still takes,
// and the host changes the one that it signs with.
//
// https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
//
// # Concurrency
//
// Everything here is safe for concurrent use, and nothing is kept between
// calls.
package webhook
