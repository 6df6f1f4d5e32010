//go:build !race

package e2e_test

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Crawling ends early, with a failure, rather than never.
const (
	mostPages = 120 // of one person
	mostAlike = 2   // that differ in an ID only
)

// opaque finds the parts of a path that name one thing of many.
var opaque = regexp.MustCompile(`^(INC-.*|[0-9A-Za-z-]*[0-9][0-9A-Za-z-]{11,})$`)

// filters finds what the pages of a list, and the forms of webhooks, are alike
// in.
var filters = regexp.MustCompile(`\b(format|part|sort|state|contact)=[a-z-]+`)

// shape is an address with its IDs left out.
func shape(link string) string {
	path, query, _ := strings.Cut(link, "?")
	parts := strings.Split(path, "/")
	for i, part := range parts {
		if opaque.MatchString(part) {
			parts[i] = "{id}"
		}
	}
	if query != "" {
		query = "?" + filters.ReplaceAllString(query, "$1={$1}")
	}
	return strings.Join(parts, "/") + query
}

// crawl follows every link from the start page on and looks at every page. It
// returns the shapes of what it found.
func (tb *tab) crawl(from ...string) []string {
	tb.Helper()
	queue, known, alike := from, map[string]bool{}, map[string]int{}
	for len(queue) > 0 {
		link := queue[0]
		queue = queue[1:]
		path, _, _ := strings.Cut(link, "#")
		if known[path] || alike[shape(path)] == mostAlike {
			continue
		}
		known[path] = true
		alike[shape(path)]++
		require.LessOrEqual(tb, len(known), mostPages, "are there links without an end? %v", alike)
		if file := strings.SplitN(path, "?", 2)[0]; strings.HasSuffix(file, ".csv") || strings.HasSuffix(file, ".json") {
			tb.visit("/")
			assert.Equal(tb, 200, get[int](tb, `fetch(`+quote(path)+`).then((answer) => answer.status)`), path)
			continue
		}
		status := tb.visit(path)
		assert.Less(tb, status, 500, path)
		if status >= 400 {
			assert.Contains(tb, []int{403, 404}, status, "%s: a link that leads to an error: %s", tb.who, path)
		}
		tb.look(shape(path), portalPage)
		queue = append(queue, tb.links()...)
		if get[bool](tb, `!!document.querySelector('main iframe[src]')`) {
			tb.letter(shape(path), "")
		}
	}
	return slices.Sorted(func(yield func(string) bool) {
		for s := range alike {
			if !yield(s) {
				return
			}
		}
	})
}

// links are those of the page that stay within the portal.
func (tb *tab) links() []string {
	tb.Helper()
	var own []string
	for _, link := range get[[]string](tb, `[...document.querySelectorAll('a[href]')].map((a) => a.href)`) {
		u, err := url.Parse(link)
		require.NoError(tb, err)
		if own2, found := strings.CutPrefix(link, tb.portal.URL); found {
			own = append(own, own2)
			continue
		}
		assert.Contains(tb, []string{"https", "tel"}, u.Scheme, "a link that leads elsewhere")
	}
	return own
}

// Every page that somebody can come to by links is what a page must be: see
// look. The portal has something of everything by then.
func TestEveryPage(t *testing.T) {
	need(t)
	p := startPortal(t, ":memory:")
	admin := p.open(t, withScript).signIn(gita)
	admin.visit(legal + "/security-contact/edit")
	admin.fill("securityContact-phoneNumber", "(425) 555-0177")
	admin.press("Review the change")
	admin.press("Save the change")
	admin.visit(legal + "/customers")
	admin.fill("customer", "Proseware")
	admin.fill("name", "Desk for Proseware")
	admin.fill("email", "desk@contoso.com")
	admin.press("Add the contact")
	operator := p.open(t, withScript).signIn(olu)
	operator.raise(adventure, "Spam is sent in your name", "kind", "spam",
		"summary", "It began\n\nat night.", "reference", "https://status.example/1")
	operator.press("Send to 2 recipients")
	operator.waitFor("the incident is sent", finished)

	profile := []string{"/", "/settings", "/settings/account", "/settings/account/profile", legal}
	seen := append(slices.Clone(profile), legal+"/history", legal+"/history/{id}", "/mailbox", "/mailbox/{id}")
	own := append(slices.Clone(profile), legal+"/history", legal+"/customers",
		legal+"/business/edit", legal+"/primary-contact/edit", legal+"/security-contact/edit",
		legal+"/webhooks", legal+"/webhooks/new?format={format}")
	for who, want := range map[string][]string{
		gita: append(slices.Clone(own), seen...),
		bo:   seen,
		uma:  profile[:4],
		fay:  own,
		tai:  append(slices.Clone(profile), legal+"/history", legal+"/security-contact/edit"),
		olu: {
			"/", "/incidents", "/incidents/new", "/incidents/{id}", "/incidents/{id}/update", "/incidents/{id}/all-clear",
			"/incidents/{id}/cancel", "/incidents/{id}/cases", "/incidents/{id}?part={part}", "/incidents/{id}/deliveries.csv",
			"/incidents/drafts", "/cases", "/undelivered", "/incidents?sort={sort}", "/calls", "/coverage",
			"/coverage.csv?show=missing",
			"/mailbox", "/mailbox/{id}",
		},
	} {
		t.Run(who, func(t *testing.T) {
			begin(t)
			found := p.open(t, withScript).signIn(who).crawl("/", "/there-is-no-such-page")
			assert.Subset(t, found, want, "the crawler has come around")
		})
	}
}
