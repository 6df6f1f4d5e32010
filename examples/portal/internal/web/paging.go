package web

import (
	"net/http"
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

// maxPage is more than any list has, and its rows can be counted.
const maxPage = 1_000_000

// pageOf is the number of the page of a list that the URL asks for, from 1.
func pageOf(r *http.Request) int {
	n, _ := strconv.Atoi(r.URL.Query().Get("page")) // the largest int where it is larger, 0 where it is no number
	return min(max(n, 1), maxPage)
}
