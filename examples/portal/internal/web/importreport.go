package web

import (
	"encoding/csv"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"strings"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// reportColumns are those of the report.
var reportColumns = []string{
	"Row", "Line", "What", "Result", "Name", "Tenant ID", "Partner tenant ID", "Column", "Code", "Details",
	"Before", "After",
}

// importReport streams what an import would do or did: what is wrong first.
// Every cell is inert in a spreadsheet.
func (w *Web) importReport(rw http.ResponseWriter, r *http.Request) error {
	i, err := w.opts.Store.Import(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	h := rw.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8; header=present")
	h.Set("Content-Disposition", `attachment; filename="import-report-`+i.Begun.UTC().Format("2006-01-02")+`.csv"`)
	h.Set("Cache-Control", "no-store")
	if _, err := io.WriteString(rw, "\uFEFF"); err != nil {
		return nil
	}
	out := csv.NewWriter(rw)
	out.UseCRLF = true
	if err := out.Write(reportColumns); err != nil {
		return nil // whoever asked has left
	}
	out.Flush()
	_ = http.NewResponseController(rw).Flush() // what is wrong may be far
	err = w.writeReport(r, i, func(cells ...string) error { return out.Write(inertCells(cells...)) })
	if err != nil {
		w.opts.Log.LogAttrs(r.Context(), slog.LevelError, "report not read to its end", slog.Any("error", err))
		_ = out.Write(cutShort)
		out.Flush()
		_ = http.NewResponseController(rw).Flush()
		panic(http.ErrAbortHandler) // a file that was cut short must not look whole
	}
	out.Flush()
	return nil
}

func (w *Web) writeReport(r *http.Request, i host.Import, write func(cells ...string) error) error {
	for _, wrong := range []bool{true, false} {
		result := map[bool]string{true: "Wrong", false: "Advice"}[wrong]
		for last := 0; ; {
			problems, err := w.opts.Store.ImportProblems(r.Context(), i.ID, wrong, last, 500)
			if err != nil {
				return err
			}
			for _, p := range problems {
				for _, f := range p.Findings {
					err := write(strconv.Itoa(p.Row), lineOf(p.Line), "Row", result, p.Name, "", "", f.Column, f.Code, f.Message,
						"", "")
					if err != nil {
						return nil // whoever asked has left
					}
				}
				last = p.Row
			}
			if len(problems) < 500 {
				break
			}
		}
	}
	saved := i.State == host.ImportSaved
	for _, v := range []struct {
		verdict     host.ImportVerdict
		would, done string
	}{
		{host.ImportNew, "New, not saved", "New"}, {host.ImportChanged, "Changed, not saved", "Changed"},
		{host.ImportSame, "Unchanged", "Unchanged"},
	} {
		result := v.would
		if saved {
			result = v.done
		}
		last := host.ImportItem{}
		for {
			items, err := w.opts.Store.ImportItems(r.Context(), i.ID, v.verdict, last, 500)
			if err != nil {
				return err
			}
			for _, item := range items {
				tenant, of := item.Key, ""
				if item.Kind == host.ImportRelationship {
					tenant, of, _ = strings.Cut(item.Key, " ")
				}
				changes := item.Changes
				if len(changes) == 0 {
					changes = []host.ImportChange{{}}
				}
				for _, c := range changes {
					err := write(strconv.Itoa(item.Row), lineOf(item.Line), importKinds[item.Kind], result, item.Name, tenant, of, "",
						item.Note, c.Label, c.Before, c.After)
					if err != nil {
						return nil
					}
				}
				last = item
			}
			if len(items) < 500 {
				break
			}
		}
	}
	return nil
}

func lineOf(line int) string {
	if line == 0 {
		return ""
	}
	return strconv.Itoa(line)
}
