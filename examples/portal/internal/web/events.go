package web

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"time"
)

// heartbeat is how long a stream may be silent: proxies cut what looks dead.
const heartbeat = 15 * time.Second

// events streams the progress of an incident, as server-sent events, until
// everything is done or nobody listens. Each carries the whole progress, so
// that none is missed by whoever comes late or again.
func (w *Web) events(rw http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	if _, err := w.opts.Store.Incident(r.Context(), id); err != nil {
		return err
	}
	select {
	case w.streams <- struct{}{}:
		defer func() { <-w.streams }()
	default:
		rw.Header().Set("Retry-After", "30")
		return &pageError{
			status: http.StatusServiceUnavailable, title: "Too many pages are open",
			detail: "Reload the page of the incident to see how far it has come.",
		}
	}

	h := rw.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no") // asks a proxy to pass each event on at once
	out := http.NewResponseController(rw)
	send := func(format string, args ...any) bool {
		_, err := fmt.Fprintf(rw, format, args...)
		return err == nil && out.Flush() == nil
	}
	if !send("retry: 3000\n\n") {
		return nil
	}

	ticker := time.NewTicker(w.opts.StreamTick)
	defer ticker.Stop()
	last, silent := "", time.Duration(0)
	for {
		_, progress, err := w.progress(r.Context(), id)
		if err != nil {
			if r.Context().Err() == nil {
				w.opts.Log.LogAttrs(r.Context(), slog.LevelError, "progress not read", slog.String("incident", id),
					slog.Any("error", err))
			}
			return nil // the browser comes again
		}
		data, err := json.Marshal(progress)
		if err != nil {
			return nil // strings and numbers always have a JSON form
		}
		silent += w.opts.StreamTick
		switch {
		case string(data) != last:
			last, silent = string(data), 0
			if !send("event: progress\ndata: %s\n\n", data) {
				return nil
			}
		case silent >= heartbeat:
			silent = 0
			if !send(": still here\n\n") {
				return nil
			}
		}
		if progress.Done {
			send("event: done\ndata: {}\n\n")
			return nil
		}
		select {
		case <-r.Context().Done():
			return nil
		case <-ticker.C:
		}
	}
}
