package web

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"iter"
	"log/slog"
	"net/http"
)

// format is what a list is exported as.
type format string

const (
	asCSV  format = "csv"
	asJSON format = "json"
)

// export streams a list as a file. Rows are what a CSV has in its lines, as
// they are: each cell is made inert here. Objects are what JSON has. A list
// that cannot be read to its end breaks the connection, for a file that was cut
// short must not look whole.
type export[T any] struct {
	name    string // of the file, without its day and its end
	columns []string
	row     func(T) []string
	object  func(T) any
}

func (e export[T]) write(w *Web, rw http.ResponseWriter, r *http.Request, f format, list iter.Seq2[T, error]) error {
	select {
	case w.downloads <- struct{}{}:
		defer func() { <-w.downloads }()
	default:
		rw.Header().Set("Retry-After", "60")
		return &pageError{
			status: http.StatusServiceUnavailable, title: "Too many reports are being downloaded",
			detail: "Others are reading reports now. Try again in a minute.",
		}
	}
	h := rw.Header()
	h.Set("Content-Disposition",
		`attachment; filename="`+e.name+"-"+w.opts.Store.Now().UTC().Format("2006-01-02")+"."+string(f)+`"`)
	h.Set("Cache-Control", "no-store")
	if f == asJSON {
		h.Set("Content-Type", "application/json; charset=utf-8")
		return e.json(w, rw, r, list)
	}
	h.Set("Content-Type", "text/csv; charset=utf-8; header=present")
	return e.csv(w, rw, r, list)
}

func (e export[T]) csv(w *Web, rw http.ResponseWriter, r *http.Request, list iter.Seq2[T, error]) error {
	if _, err := io.WriteString(rw, "\uFEFF"); err != nil { // without it Excel reads the names in a code page of its own
		return nil
	}
	out := csv.NewWriter(rw)
	out.UseCRLF = true // RFC 4180
	if err := out.Write(e.columns); err != nil {
		return nil // whoever asked has left
	}
	out.Flush()
	_ = http.NewResponseController(rw).Flush() // what fits may be far
	for item, err := range list {
		if err != nil {
			_ = out.Write(cutShort)
			out.Flush()
			w.broken(rw, r, e.name, err)
		}
		if err := out.Write(inertCells(e.row(item)...)); err != nil {
			return nil
		}
	}
	out.Flush()
	return nil
}

func (e export[T]) json(w *Web, rw http.ResponseWriter, r *http.Request, list iter.Seq2[T, error]) error {
	if _, err := io.WriteString(rw, "["); err != nil {
		return nil
	}
	_ = http.NewResponseController(rw).Flush() // what fits may be far
	before := ""
	for item, err := range list {
		if err != nil {
			w.broken(rw, r, e.name, err)
		}
		line, err := json.Marshal(e.object(item))
		if err != nil {
			w.broken(rw, r, e.name, err)
		}
		if _, err := io.WriteString(rw, before+"\n"+string(line)); err != nil {
			return nil
		}
		before = ","
	}
	_, _ = io.WriteString(rw, "\n]\n")
	return nil
}

// broken ends a file that cannot be read to its end.
func (w *Web) broken(rw http.ResponseWriter, r *http.Request, name string, err error) {
	w.opts.Log.LogAttrs(r.Context(), slog.LevelError, "a report was not read to its end",
		slog.String("report", name), slog.Any("error", err))
	_ = http.NewResponseController(rw).Flush() // before the connection breaks
	panic(http.ErrAbortHandler)
}
