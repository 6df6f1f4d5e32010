package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// mailsPage is how many mails stand on one page.
const mailsPage = 50

type mailboxView struct {
	Mails []mailRow
	All   bool // the operator sees what all companies got
	Pages pages
}

type mailRow struct {
	host.Mail
	Href string
}

func mailPath(id string) string { return "/mailbox/" + url.PathEscape(id) }

// seesMail reports whether somebody may read a mail: the operator may read all,
// others those that were sent to their own company, if they may see its legal
// profile. A mail that no delivery is known of is the operator's only.
func (w *Web) seesMail(ctx context.Context, p host.Person, mayView bool, id string) (bool, error) {
	if p.Operator {
		return true, nil
	}
	if !mayView {
		return false, nil
	}
	delivery, err := w.opts.Store.Delivery(ctx, id)
	if errors.Is(err, host.ErrNotFound) {
		return false, nil
	}
	return err == nil && partner.SameTenant(delivery.PartnerTenantID, p.Actor.TenantID), err
}

func (w *Web) mailbox(rw http.ResponseWriter, r *http.Request) error {
	p, _ := host.PersonFrom(r.Context())
	mayView, reason, err := w.may(r.Context(), p, partner.ViewLegalProfile)
	if err != nil {
		return err
	}
	if !mayView && !p.Operator {
		return refused(partner.ViewLegalProfile, reason, p)
	}
	view, list := mailboxView{All: p.Operator}, pager{asked: pageOf(r), size: mailsPage}
	for _, mail := range w.opts.Mailbox.Mails() {
		sees, err := w.seesMail(r.Context(), p, mayView, mail.ID)
		if err != nil {
			return err
		}
		if !sees {
			continue
		}
		shown, first := list.next()
		if !shown {
			break
		}
		if first {
			view.Mails = view.Mails[:0]
		}
		view.Mails = append(view.Mails, mailRow{mail, mailPath(mail.ID)})
	}
	list.link(&view.Pages, func(n int) string { return "/mailbox?page=" + strconv.Itoa(n) }, "Newer mail", "Older mail")
	return w.render(rw, r, http.StatusOK, "mailbox", page{Title: "Mailbox", Data: view})
}

// readMail returns the mail that the URL names to whoever may read it. To
// others it does not exist.
func (w *Web) readMail(r *http.Request) (host.Mail, error) {
	p, _ := host.PersonFrom(r.Context())
	mayView, _, err := w.may(r.Context(), p, partner.ViewLegalProfile)
	if err != nil {
		return host.Mail{}, err
	}
	sees, err := w.seesMail(r.Context(), p, mayView, r.PathValue("id"))
	if err != nil {
		return host.Mail{}, err
	}
	if !sees {
		return host.Mail{}, host.ErrNotFound
	}
	return w.opts.Mailbox.Mail(r.PathValue("id"))
}

func (w *Web) mail(rw http.ResponseWriter, r *http.Request) error {
	mail, err := w.readMail(r)
	if err != nil {
		return err
	}
	return w.render(rw, r, http.StatusOK, "mail", page{
		Title: mail.Subject, Crumbs: crumbsMailbox, Data: mailRow{mail, mailPath(mail.ID)},
	})
}

func (w *Web) mailHTML(rw http.ResponseWriter, r *http.Request) error {
	mail, err := w.readMail(r)
	if err != nil {
		return err
	}
	return writeMail(rw, mail.HTML)
}
