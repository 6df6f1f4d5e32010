package web

import (
	"maps"
	"net/http"
	"net/url"
	"strconv"
)

// pages are the links below a list to its other pages. The zero value is none.
type pages struct {
	Of    string // what is listed, where the list is only a part of what is shown: "deliveries"
	Links []pageLink
}

type pageLink struct {
	Rel        string // "prev", "next", or "" to the first page from any other
	Href, Text string
}

func (p *pages) add(rel, href, text string) { p.Links = append(p.Links, pageLink{rel, href, text}) }

// filtered is what a list is asked for, by name. What is "" is not asked for.
func filtered(values map[string]string) url.Values {
	v := url.Values{}
	for name, value := range values {
		if value != "" {
			v.Set(name, value)
		}
	}
	return v
}

// listURL is the address of the list at path that is asked for v, with another
// value for name. A "" takes it away.
func listURL(path string, v url.Values, name, value string) string {
	v = maps.Clone(v)
	if v.Del(name); value != "" {
		v.Set(name, value)
	}
	if len(v) == 0 {
		return path
	}
	return path + "?" + v.Encode()
}

// maxPage is more than any list has, and its rows can be counted.
const maxPage = 1_000_000

// pageOf is the number of the page of a list that the URL asks for, from 1.
func pageOf(r *http.Request) int {
	n, _ := strconv.Atoi(r.URL.Query().Get("page")) // the largest int where it is larger, 0 where it is no number
	return min(max(n, 1), maxPage)
}

// pager tells which rows of a list stand on the page that was asked for, while
// the list is read to its end. A page past the end is the last one, so the rows
// of each page before it are kept until the next one begins.
type pager struct {
	asked, size int
	n           int // rows so far
}

// next counts one row. It reports whether the row is shown, and whether it is
// the first of its page: the rows before it are then forgotten.
func (p *pager) next() (shown, first bool) {
	p.n++
	return p.n <= p.asked*p.size, p.n%p.size == 1
}

// page is the number of the page that is shown, from 1.
func (p *pager) page() int { return max(1, min(p.asked, (p.n+p.size-1)/p.size)) }

// link adds the links to the pages before and after.
func (p *pager) link(to *pages, href func(page int) string, before, after string) {
	at := p.page()
	if at > 1 {
		to.add("prev", href(at-1), before)
	}
	if at*p.size < p.n {
		to.add("next", href(at+1), after)
	}
}
