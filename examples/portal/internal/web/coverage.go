package web

import (
	"net/http"
	"slices"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// coveragePage is how many partners stand on one page.
const coveragePage = 50

// The filters, in their order. The first is the one that an unknown word gets.
// That of one class has the word of the class.
var coverageFilters = []struct {
	value, label string
	classes      []host.CoverageClass // none: any
}{
	{"attention", "Need attention", []host.CoverageClass{host.CoverageMissing, host.CoverageErrors, host.CoverageAdvice}},
	{"missing", coverageWords[host.CoverageMissing].Word, []host.CoverageClass{host.CoverageMissing}},
	{"errors", coverageWords[host.CoverageErrors].Word, []host.CoverageClass{host.CoverageErrors}},
	{"advice", coverageWords[host.CoverageAdvice].Word, []host.CoverageClass{host.CoverageAdvice}},
	{"good", coverageWords[host.CoverageGood].Word, []host.CoverageClass{host.CoverageGood}},
	{"all", "All", nil},
}

type coverageView struct {
	Search    string
	Show      string
	Filters   []filterView
	Rows      []coverageRow
	Total     int       // all partners
	Covered   int       // whose contact can be told
	CountedAt time.Time // of these and of the filters; zero: nobody has counted yet
	First     bool
	Pages     pages
	CSV       string
}

type coverageRow struct {
	host.Coverage
	Status   wording
	Verified verificationView
	Details  []string // of the contact, beside its name and number
	Phone    string
	Findings []foundView
}

// coverageQuery is the filter of the page and of its CSV.
type coverageQuery struct {
	filter int // in coverageFilters
	search string
	after  string // where the page before ended
}

func coverageQueryOf(r *http.Request) coverageQuery {
	v := r.URL.Query()
	q := coverageQuery{search: partner.NormalizeName(cleanText(v.Get("search"))), after: cleanText(v.Get("after"))}
	for i, f := range coverageFilters {
		if f.value == v.Get("show") {
			q.filter = i
		}
	}
	return q
}

func (q coverageQuery) url(path string, filter int, after string) string {
	return listURL(path, filtered(map[string]string{
		"show": coverageFilters[filter].value, "search": q.search,
	}), "after", after)
}

// fits reports whether a partner is in the filter, with what is known now of
// whether somebody reads its contact's address.
func (w *Web) fits(q coverageQuery, c host.Coverage) bool {
	classes := coverageFilters[q.filter].classes
	c, _ = w.verified(c)
	return len(classes) == 0 || slices.Contains(classes, c.Class())
}

func (w *Web) coverage(rw http.ResponseWriter, r *http.Request) error {
	q := coverageQueryOf(r)
	kept, err := w.opts.Store.Numbers(r.Context())
	if err != nil {
		return err
	}
	found, err := w.opts.Store.ListCoverage(r.Context(), store.CoverageList{
		Search: q.search, Classes: coverageFilters[q.filter].classes, After: q.after, Limit: coveragePage,
		Fits: func(c host.Coverage) bool { return w.fits(q, c) },
	})
	if err != nil {
		return err
	}
	view := coverageView{
		Search: q.search, Show: coverageFilters[q.filter].value, CSV: q.url("/coverage.csv", q.filter, ""),
		Total: kept.Partners, Covered: kept.Covered, CountedAt: kept.At, First: q.after == "",
	}
	for i, f := range coverageFilters {
		n := kept.Partners
		if f.classes != nil {
			n = 0
		}
		for _, class := range f.classes {
			n += kept.Coverage[class]
		}
		if kept.At.IsZero() {
			n = notCounted
		}
		view.Filters = append(view.Filters, filterView{q.url("/coverage", i, ""), f.label, n, i == q.filter})
	}
	for _, c := range found.Partners {
		c, verified := w.verified(c)
		view.Rows = append(view.Rows,
			coverageRow{c, coverageWords[c.Class()], verified, contactDetails(c), c.Contact.Phone, contactFindings(c)})
	}
	if !view.First {
		view.Pages.add("", q.url("/coverage", q.filter, ""), "First page")
	}
	if found.Next != "" {
		view.Pages.add("next", q.url("/coverage", q.filter, found.Next), "Next page")
	}
	return w.render(rw, r, http.StatusOK, "coverage", page{Title: "Coverage", Data: view})
}

// contactDetails are the values of a contact's fields but its names and number.
func contactDetails(c host.Coverage) []string {
	profile := partner.LegalProfile{SecurityContact: c.Contact}
	var details []string
	for _, def := range fieldsIn(partner.SectionSecurityContact) {
		if !isSecurityName(def.Field) && def.Field != partner.FieldSecurityContactPhone {
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
