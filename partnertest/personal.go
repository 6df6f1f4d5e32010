package partnertest

import (
	"bytes"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"unicode"

	"github.com/cspkit/partner"
)

// The marks are words by which a text is known again: no error holds one by chance.
const (
	markEmail     = "marmalade"
	markFirstName = "Quilliam"
	markLastName  = "Brandywether"
	markPhone     = "4255550142"
	markTitle     = "Wobblestone"
	markSummary   = "Frumpletonic"
	markAction    = "grindelwort"
	markURL       = "thimblerigger"
	markPage      = "Snollygoster"
	markCode      = "QUXF-ZZYX"
)

// personalTexts are those that no error may hold, in the order in which they are reported.
var personalTexts = []struct {
	what  string
	marks []string
}{
	{"e-mail address", []string{markEmail}},
	{"name", []string{markFirstName, markLastName}},
	{"phone number", []string{markPhone}},
	{"title", []string{markTitle}},
	{"summary", []string{markSummary}},
	{"actions", []string{markAction}},
	{"URL", []string{markURL}},
	{"answer", []string{markPage, markCode}},
}

// private returns a notification with a mark in each of its texts.
func (r *notifierRun) private() partner.Notification {
	n := r.incident()
	n.Recipient.Email = markEmail + "-" + n.Recipient.Email
	n.Recipient.Name = markFirstName + " " + markLastName
	n.Recipient.Phone = "+1" + markPhone
	n.Incident.Title = markTitle + " outage"
	n.Incident.Summary = "The " + markSummary + " engine stopped."
	n.Incident.Actions = []string{"Turn the " + markAction}
	n.Recipient.URL += "/" + markURL
	n.Answer = partner.Answer{URL: "https://contoso.example/" + markPage, Code: markCode}
	return n
}

// privateContact returns a security contact with a mark in each of its texts.
func privateContact() partner.SecurityContact {
	return partner.SecurityContact{
		FirstName: markFirstName, LastName: markLastName, Email: markEmail + "@contoso.example", Phone: "+1" + markPhone,
	}
}

// personal says which marked texts err holds: in any case of letters, and a phone number however its digits are grouped.
func personal(err error) []string {
	text := strings.ToLower(logged(err))
	digits := strings.Map(func(c rune) rune {
		if unicode.IsDigit(c) {
			return c
		}
		return -1
	}, text)
	var found []string
	for _, p := range personalTexts {
		if slices.ContainsFunc(p.marks, func(mark string) bool {
			return strings.Contains(text, strings.ToLower(mark)) || strings.Contains(digits, mark)
		}) {
			found = append(found, p.what)
		}
	}
	return found
}

// logged returns err as it is printed, and as log/slog writes it.
func logged(err error) string {
	var b bytes.Buffer
	slog.New(slog.NewTextHandler(&b, nil)).Info("", "err", err)
	return fmt.Sprint(err) + "\n" + b.String()
}
