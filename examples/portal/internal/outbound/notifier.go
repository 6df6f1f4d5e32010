// Package outbound tells recipients by their medium: people by mail, and the
// programs that partners registered by webhook. It knows how the address and
// the secrets of a webhook are sealed, and nobody else opens them.
package outbound

import (
	"context"

	"github.com/cspkit/partner"
)

// Mail sends mail. Its NotifyHanded says when the mail server has the whole
// message, as package queue wants to know.
type Mail interface {
	partner.Notifier
	NotifyHanded(ctx context.Context, n partner.Notification, handed func()) error
}

// Notifier picks who tells a recipient:
//
//	medium         told by
//	mail           the mail server
//	webhook        Hooks
//	anything else  nobody: the error is partner.Permanent
type Notifier struct {
	Mail  Mail
	Hooks *Hooks
}

var _ Mail = Notifier{}

// Notify tells n's recipient.
func (s Notifier) Notify(ctx context.Context, n partner.Notification) error {
	return s.NotifyHanded(ctx, n, func() {})
}

// NotifyHanded tells n's recipient. A webhook never calls handed: what it was
// asked and has not answered is asked again.
func (s Notifier) NotifyHanded(ctx context.Context, n partner.Notification, handed func()) error {
	switch n.Recipient.Medium {
	case partner.MediumMail:
		return s.Mail.NotifyHanded(ctx, n, handed)
	case partner.MediumWebhook:
		return s.Hooks.Notify(ctx, n)
	default:
		return permanent(n.ID, "the portal tells nobody by this medium")
	}
}
