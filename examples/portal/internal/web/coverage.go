package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// coveragePage is how many partners stand on one page.
const coveragePage = 50

// coverageClass is what a partner's contact amounts to.
type coverageClass string

const (
	coverageMissing coverageClass = "missing"
	coverageErrors  coverageClass = "errors"
	coverageAdvice  coverageClass = "advice"
	coverageGood    coverageClass = "good"
)

var coverageWords = map[coverageClass]wording{
	coverageMissing: {"Missing", "there is no contact, and nobody is told", "bad"},
	coverageErrors:  {"Cannot be used", "the contact has errors", "bad"},
	coverageAdvice:  {"Could be better", "the contact carries advice", "warn"},
	coverageGood:    {"In order", "nothing was found", "good"},
}

// The filters, in their order. The first is the one that an unknown word gets.
var coverageFilters = []struct {
	value, label string
	has          map[coverageClass]bool
}{
	{"attention", "Need attention",
		map[coverageClass]bool{coverageMissing: true, coverageErrors: true, coverageAdvice: true}},
	{"missing", "Missing", map[coverageClass]bool{coverageMissing: true}},
	{"errors", "Cannot be used", map[coverageClass]bool{coverageErrors: true}},
	{"advice", "Could be better", map[coverageClass]bool{coverageAdvice: true}},
	{"good", "In order", map[coverageClass]bool{coverageGood: true}},
	{"all", "All",
		map[coverageClass]bool{coverageMissing: true, coverageErrors: true, coverageAdvice: true, coverageGood: true}},
}

func classOf(c host.Coverage) coverageClass {
	switch {
	case c.Unreadable:
		return coverageErrors
	case c.Contact.IsZero(): // also where none is required: nobody is told
		return coverageMissing
	case len(c.Findings.Errors()) > 0:
		return coverageErrors
	case len(c.Findings.Advice()) > 0:
		return coverageAdvice
	default:
		return coverageGood
	}
}

type coverageView struct {
	Search   string
	Show     string
	Filters  []filterView
	Rows     []coverageRow
	Total    int // all partners
	Covered  int // whose contact can be told
	Matching int // after filter and search
	From, To int // of Matching, from 1
	Pages    pages
	CSV      string
}

type coverageRow struct {
	host.Coverage
	Status   wording
	Verified verificationView
	Details  []string // of the contact, beside its name
	Findings []foundView
}

// coverageQuery is the filter of the page and of its CSV.
type coverageQuery struct {
	filter int // in coverageFilters
	search string
}

func coverageQueryOf(r *http.Request) coverageQuery {
	q := coverageQuery{search: partner.NormalizeName(cleanText(r.URL.Query().Get("search")))}
	for i, f := range coverageFilters {
		if f.value == r.URL.Query().Get("show") {
			q.filter = i
		}
	}
	return q
}

func (q coverageQuery) url(path string, filter, page int) string {
	v := url.Values{"show": {coverageFilters[filter].value}}
	if q.search != "" {
		v.Set("search", q.search)
	}
	if page > 1 {
		v.Set("page", strconv.Itoa(page))
	}
	return path + "?" + v.Encode()
}

// finds reports whether a partner fits the search: a part of its name or of its
// contact's e-mail address, or the start of its tenant ID. Case does not
// matter.
func (q coverageQuery) finds(c host.Coverage) bool {
	search := strings.ToLower(q.search)
	return strings.Contains(strings.ToLower(c.CompanyName), search) ||
		strings.Contains(strings.ToLower(c.Contact.Email), search) ||
		strings.HasPrefix(partner.TenantKey(c.TenantID), search)
}

func (w *Web) coverage(rw http.ResponseWriter, r *http.Request) error {
	q := coverageQueryOf(r)
	list := pager{asked: pageOf(r), size: coveragePage}
	view := coverageView{Search: q.search, Show: coverageFilters[q.filter].value, CSV: q.url("/coverage.csv", q.filter, 1)}
	counts := make([]int, len(coverageFilters))
	for c, err := range w.opts.Store.Coverage(r.Context()) {
		if err != nil {
			return err
		}
		c, verified := w.verified(c)
		class := classOf(c)
		view.Total++
		if class == coverageAdvice || class == coverageGood {
			view.Covered++
		}
		if !q.finds(c) {
			continue
		}
		for i, f := range coverageFilters {
			if f.has[class] {
				counts[i]++
			}
		}
		if !coverageFilters[q.filter].has[class] {
			continue
		}
		shown, first := list.next()
		if shown && first {
			view.Rows = view.Rows[:0]
		}
		if shown {
			view.Rows = append(view.Rows, coverageRow{c, coverageWords[class], verified, contactDetails(c), contactFindings(c)})
		}
	}
	for i, f := range coverageFilters {
		view.Filters = append(view.Filters, filterView{q.url("/coverage", i, 1), f.label, counts[i], i == q.filter})
	}
	view.Matching = counts[q.filter]
	view.From, view.To = list.bounds()
	list.link(&view.Pages, func(n int) string { return q.url("/coverage", q.filter, n) }, "Previous page", "Next page")
	return w.render(rw, r, http.StatusOK, "coverage", page{Title: "Coverage", Data: view})
}

// contactDetails are the values of a contact's fields but its names.
func contactDetails(c host.Coverage) []string {
	profile := partner.LegalProfile{SecurityContact: c.Contact}
	var details []string
	for _, def := range fieldsIn(partner.SectionSecurityContact) {
		if !isSecurityName(def.Field) {
			details = append(details, profile.Value(def.Field))
		}
	}
	return details
}

// contactFindings are the findings for people, but that there is no contact:
// the status says so.
func contactFindings(c host.Coverage) []foundView {
	return found(slices.DeleteFunc(slices.Clone(c.Findings), isMissingContact))
}
