package web

import (
	"bytes"
	"cmp"
	"fmt"
	"log/slog"
	"net/http"
	"time"
)

const (
	// many is from how many partners on a page begins, however quick the count is.
	many = 500
	// progressEvery is how often a page that has begun says how far its count is.
	progressEvery = time.Second
)

// counting is a page that counts partners before it can say anything. Of few it
// is a page like every other. Of very many it begins, says how far the count
// is, and goes on when that is done. A browser shows each piece as it comes,
// without a script, and hides what was said of the count by app.css.
type counting struct {
	w       *Web
	rw      http.ResponseWriter
	status  int
	name    string
	page    page
	started time.Time
	said    time.Time // zero: the page has not begun
	n       int
	err     error // of a template
}

// renderCounted answers with a page whose data count returns. It calls next for
// each partner.
func (w *Web) renderCounted(
	rw http.ResponseWriter, r *http.Request, status int, name string, p page, count func(next func()) (any, error),
) error {
	w.dress(r, &p)
	c := &counting{w: w, rw: rw, status: status, name: name, page: p, started: time.Now()}
	data, err := count(c.next)
	c.page.Data = data
	if c.said.IsZero() {
		if err != nil {
			return err
		}
		return w.write(rw, status, name, "layout", c.page)
	}
	if err = cmp.Or(c.err, err); err == nil {
		err = c.say("main", c.page)
	}
	if err != nil { // the page has begun, so it cannot become an error page
		if r.Context().Err() == nil { // otherwise whoever asked has left
			w.opts.Log.LogAttrs(r.Context(), slog.LevelError, "not counted to the end", slog.Any("error", err))
		}
		_ = c.say("notcounted", c.page)
	}
	_ = c.say("end", c.page)
	return nil
}

// next is called for each partner.
func (c *counting) next() {
	c.n++
	now := time.Now()
	switch {
	case c.said.IsZero() && c.n < many && now.Sub(c.started) < c.w.patience,
		!c.said.IsZero() && now.Sub(c.said) < progressEvery:
		return
	case c.said.IsZero():
		h := c.rw.Header()
		h.Set("Content-Type", "text/html; charset=utf-8")
		if h.Get("Cache-Control") == "" {
			h.Set("Cache-Control", "no-store")
		}
		c.rw.WriteHeader(c.status)
		c.err = cmp.Or(c.err, c.say("begin", c.page))
	}
	c.said = now
	c.err = cmp.Or(c.err, c.say("counting", c.n))
	_ = http.NewResponseController(c.rw).Flush() // whoever asked has left
}

// say writes one template of the page's file.
func (c *counting) say(block string, data any) error {
	var piece bytes.Buffer
	if err := c.w.templates[c.name].ExecuteTemplate(&piece, block, data); err != nil {
		return fmt.Errorf("web: page %s: %w", c.name, err)
	}
	_, _ = piece.WriteTo(c.rw) // whoever asked has left
	return nil
}
