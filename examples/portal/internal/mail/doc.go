// Package mail sends notifications by SMTP, and takes them in for the
// demonstration's mailbox. Sender is a [partner.Notifier] on a few connections
// that are kept open; Inbox is a mail server within the process that keeps the
// newest messages in memory.
package mail
