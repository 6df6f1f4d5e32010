package webhook

import (
	"math"
	"slices"
	"sort"
	"time"
	"unicode/utf8"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/internal/line"
)

// fit returns what write makes of n, within limit.
//
//  1. n as it is, if that fits.
//  2. Otherwise with as much of the summary as fits.
//  3. If it does not fit without the summary, all other texts are cut to one
//     length, the greatest with which they fit.
//
// Write returns the body and its size, in the unit of limit. A text counts at
// least its code points, so that nothing much longer than limit is ever
// written.
func fit(n partner.Notification, limit int, write func(partner.Notification) (body []byte, size int)) []byte {
	summary := n.Incident.Summary
	withSummary := func(length int) partner.Notification {
		n := n
		n.Incident.Summary = shortened(summary, length)
		return n
	}
	fits := func(summary, texts int) bool {
		if summary+lengthOf(withSummary(0), texts, limit) > limit {
			return false
		}
		_, size := write(cut(withSummary(summary), texts))
		return size <= limit
	}

	whole := utf8.RuneCountInString(summary)
	texts := math.MaxInt
	switch {
	case fits(whole, texts):
	case fits(0, texts):
		whole = greatest(min(whole, limit), func(length int) bool { return fits(length, texts) })
	default:
		whole, texts = 0, greatest(limit, func(length int) bool { return fits(0, length) })
	}
	body, _ := write(cut(withSummary(whole), texts))
	return body
}

// greatest returns the greatest number up to most of which ok holds, if ok
// holds of all below it. It returns 0 if ok holds of none.
func greatest(most int, ok func(int) bool) int {
	return sort.Search(most, func(i int) bool { return !ok(i + 1) })
}

// textsOf returns every text of n but its ID, the summary, the actions and the
// addresses of web pages.
func textsOf(n *partner.Notification) []*string {
	i := &n.Incident
	return []*string{
		(*string)(&n.Topic), &n.PartnerTenantID, &n.CompanyName, &n.Thread, &n.Answer.Code,
		(*string)(&n.Recipient.Audience), (*string)(&n.Recipient.Medium),
		&i.ID, &i.TenantID, &i.TenantName, &i.Title, (*string)(&i.Kind), (*string)(&i.Severity), (*string)(&i.Status),
	}
}

// pagesOf returns the addresses of web pages.
func pagesOf(n *partner.Notification) []*string {
	return []*string{&n.Incident.Reference, &n.Answer.URL}
}

// cut returns n with every text but the summary cut to length code points, and
// with as many actions at most. An address of a page that is longer is left
// out, for a part of it is another page.
func cut(n partner.Notification, length int) partner.Notification {
	for _, text := range textsOf(&n) {
		*text = shortened(*text, length)
	}
	for _, page := range pagesOf(&n) {
		if utf8.RuneCountInString(*page) > length {
			*page = ""
		}
	}
	all := n.Incident.Actions
	n.Incident.Actions = slices.Clone(all[:min(len(all), length)])
	for at, action := range n.Incident.Actions {
		n.Incident.Actions[at] = shortened(action, length)
	}
	if length > 0 && len(all) > length {
		n.Incident.Actions[length-1] = "…"
	}
	return n
}

// lengthOf returns how many code points the texts of cut(n, length) have, but
// for the summary. It stops counting at more than limit.
func lengthOf(n partner.Notification, length, limit int) int {
	sum := 0
	for _, text := range slices.Concat(textsOf(&n), pagesOf(&n)) {
		sum += min(utf8.RuneCountInString(*text), length)
	}
	for _, action := range n.Incident.Actions[:min(len(n.Incident.Actions), length)] {
		if sum > limit {
			break
		}
		sum += 1 + min(utf8.RuneCountInString(action), length)
	}
	return sum
}

// shortened is line.Cut for a length that may be 0.
func shortened(s string, length int) string {
	if length == 0 {
		return ""
	}
	return line.Cut(s, length)
}

// written returns t as it comes out of JSON, or the zero time if RFC 3339 has
// no form for it.
func written(t time.Time) time.Time {
	text, err := t.MarshalText()
	if err != nil {
		return time.Time{}
	}
	_ = t.UnmarshalText(text) // it has just been written
	return t
}
