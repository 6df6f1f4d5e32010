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

// The marks are words by which a text is known again. No error holds one by
// chance.
const (
	markEmail     = "marmalade"
	markFirstName = "Quilliam"
	markLastName  = "Brandywether"
	markPhone     = "4255550142"
	markTitle     = "Wobblestone"
	markSummary   = "Frumpletonic"
	markAction    = "grindelwort"
	markURL       = "snickerhook"
	markTenant    = "Quagmirella"
	markPage      = "flibberdoor"
	markCode      = "ZQ8WX"
)

// personalTexts are those that no error may hold, in the order in which they
// are reported.
var personalTexts = []struct {
	what  string
	marks []string
}{
	{"e-mail address", []string{markEmail}},
	{"name", []string{markFirstName, markLastName}},
	{"phone number", []string{markPhone}},
	{"URL", []string{markURL}},
	{"tenant's name", []string{markTenant}},
	{"title", []string{markTitle}},
	{"summary", []string{markSummary}},
	{"actions", []string{markAction}},
	{"page on which to answer", []string{markPage}},
	{"code of the answer", []string{markCode}},
}

// private returns a notification with a mark in each of its texts.
func (r *notifierRun) private() partner.Notification {
	n := r.incident()
	n.Recipient.Email = fmt.Sprintf("%s-%s-%d@contoso.example", markEmail, r.name, r.made)
	n.Recipient.Name = markFirstName + " " + markLastName
	n.Recipient.Phone = fmt.Sprintf("+1%s;ext=%d", markPhone, r.made)
	n.Recipient.URL = fmt.Sprintf("https://contoso.example/%s-%s-%d", markURL, r.name, r.made)
	n.Answer = partner.Answer{URL: "https://contoso.example/" + markPage, Code: markCode}
	n.Incident.TenantName = markTenant
	n.Incident.Title = markTitle + " outage"
	n.Incident.Summary = "The " + markSummary + " engine stopped."
	n.Incident.Actions = []string{"Turn the " + markAction}
	return n
}

// privateImpact marks the people of an impact.
func privateImpact(impact partner.Impact) partner.Impact {
	impact.SecurityContact = partner.SecurityContact{
		FirstName: markFirstName, LastName: markLastName, Email: markEmail + "@contoso.example", Phone: "+1" + markPhone,
	}
	impact.Subscribers = []partner.Recipient{{Medium: partner.MediumWebhook, URL: "https://contoso.example/" + markURL}}
	return impact
}

// personal says which marked texts err holds. The case of letters does not
// count, nor does how the digits of a phone number are grouped.
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

// logged returns err as it is printed with each verb that an error is printed
// with, and as log/slog writes it.
func logged(err error) string {
	var b bytes.Buffer
	slog.New(slog.NewTextHandler(&b, nil)).Info("", "err", err)
	return fmt.Sprintf("%v\n%+v\n%q\n", err, err, err) + b.String()
}
