// Package mail sends notifications by SMTP and receives them for the
// demonstration's mailbox. Sender is a [partner.Notifier]. It keeps a few
// connections open. Inbox is a mail server inside the process. It keeps the
// newest messages in memory.
package mail
