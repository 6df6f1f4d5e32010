package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// securityTxtLasts is how long what security.txt says may be relied on. It is
// written anew for whoever asks, so it never runs out.
const securityTxtLasts = 90 * 24 * time.Hour

// IsReportTo reports whether a URI may be Options.ReportTo, which is the
// Contact of a security.txt: one line, and reached without being overheard (RFC
// 9116 section 2.5.3).
func IsReportTo(uri string) bool {
	u, err := url.Parse(uri)
	if err != nil || strings.ContainsFunc(uri, func(r rune) bool { return r <= ' ' || r >= 0x7f }) {
		return false
	}
	switch u.Scheme {
	case "https":
		return u.Host != ""
	case "mailto", "tel":
		return u.Opaque != ""
	default:
		return false
	}
}

// securityTxt says where a fault of the portal itself is reported. Security
// contacts of partners have nothing to do with it.
func (w *Web) securityTxt(rw http.ResponseWriter, _ *http.Request) error {
	rw.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = fmt.Fprintf(rw, "Contact: %s\nExpires: %s\nPreferred-Languages: en\n",
		w.opts.ReportTo, w.opts.Now().Add(securityTxtLasts).UTC().Format(time.RFC3339)) // whoever asked has left
	return nil
}
