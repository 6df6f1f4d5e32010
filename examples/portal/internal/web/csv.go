package web

import (
	"encoding/csv"
	"io"
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// coverageColumns are the columns around those of the contact's fields.
var coverageColumns = func() []string {
	columns := []string{"Company", "Tenant ID", "Partner type", "Contact required", "Status"}
	for _, def := range fieldsIn(partner.SectionSecurityContact) {
		columns = append(columns, def.Label)
		if def.Field == partner.FieldSecurityContactPhone {
			columns = append(columns, "Extension")
		}
	}
	return append(columns, "Verification", "Confirmed on", "Findings", "What to fix")
}()

// cutShort is the last line of a report that could not be read to its end. A
// whole report has none like it.
var cutShort = []string{"THIS REPORT IS NOT COMPLETE: it broke off here. Download it again."}

// maxDownloads is how many reports are read at a time.
const maxDownloads = 2

// coverageCSV streams the report as the page filters it. Every cell is inert in
// a spreadsheet. A phone number in E.164 is so as it stands, and is imported as
// it is.
func (w *Web) coverageCSV(rw http.ResponseWriter, r *http.Request) error {
	select {
	case w.downloads <- struct{}{}:
		defer func() { <-w.downloads }()
	default:
		rw.Header().Set("Retry-After", "60")
		return &pageError{
			status: http.StatusServiceUnavailable, title: "Too many reports are being downloaded",
			detail: "Others are reading this report now. Try again in a minute.",
		}
	}
	q := coverageQueryOf(r)
	h := rw.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8; header=present")
	h.Set("Content-Disposition",
		`attachment; filename="security-contact-coverage-`+w.opts.Now().UTC().Format("2006-01-02")+`.csv"`)
	h.Set("Cache-Control", "no-store")
	if _, err := io.WriteString(rw, "\uFEFF"); err != nil { // without it Excel reads the names in a code page of its own
		return nil
	}
	out := csv.NewWriter(rw)
	out.UseCRLF = true // RFC 4180
	if err := out.Write(coverageColumns); err != nil {
		return nil // whoever asked has left
	}
	out.Flush()
	_ = http.NewResponseController(rw).Flush() // the first partner that fits may be far
	all := w.opts.Store.Coverage(r.Context(), store.CoverageList{
		Search: q.search, Classes: coverageFilters[q.filter].classes,
		Fits: func(c host.Coverage) bool { return w.fits(q, c) },
	})
	for c, err := range all {
		if err != nil {
			if r.Context().Err() == nil { // otherwise whoever asked has left
				w.opts.Log.LogAttrs(r.Context(), slog.LevelError, "coverage not read to its end", slog.Any("error", err))
			}
			_ = out.Write(cutShort)
			out.Flush()
			_ = http.NewResponseController(rw).Flush() // before the connection breaks
			panic(http.ErrAbortHandler)                // a file that was cut short must not look whole
		}
		c, verified := w.verified(c)
		if err := out.Write(coverageRecord(c, c.Class(), verified)); err != nil {
			return nil
		}
	}
	out.Flush()
	return nil
}

func coverageRecord(c host.Coverage, class host.CoverageClass, verified verificationView) []string {
	var codes, messages []string
	for _, f := range c.Findings {
		codes = append(codes, string(f.Code))
		messages = append(messages, f.Message)
	}
	required := "no"
	if c.Required {
		required = "yes"
	}
	record := inertCells(c.CompanyName, c.TenantID, partnerTypes[c.PartnerType], required, coverageWords[class].Word)
	profile := partner.LegalProfile{SecurityContact: c.Contact}
	for _, def := range fieldsIn(partner.SectionSecurityContact) {
		if def.Field == partner.FieldSecurityContactPhone {
			record = append(record, phoneCells(profile.Value(def.Field))...)
			continue
		}
		record = append(record, inertCell(profile.Value(def.Field)))
	}
	record = append(record, verificationCells(c, verified)...)
	return append(record, inertCells(strings.Join(codes, " "), strings.Join(messages, " "))...)
}

// storedPhone is a phone number as the library writes it: E.164, and perhaps an
// extension.
var storedPhone = regexp.MustCompile(`^(\+[1-9][0-9]{1,14})(?:;ext=([0-9]{1,7}))?$`)

// phoneCells are the number and the extension. A plus and digits calculate
// nothing. Whatever else stands there is made inert.
func phoneCells(phone string) []string {
	if m := storedPhone.FindStringSubmatch(phone); m != nil {
		return m[1:]
	}
	return []string{inertCell(phone), ""}
}

func inertCells(cells ...string) []string {
	for i, cell := range cells {
		cells[i] = inertCell(cell)
	}
	return cells
}

// inertCell puts an apostrophe where a spreadsheet would begin a formula: at
// the start of a cell, and after every character at which a program that is set
// to another separator would begin one. Blanks before it do not count, nor does
// the width of the character.
func inertCell(s string) string {
	var b strings.Builder
	start := true
	for i, r := range s {
		if start && strings.ContainsRune("=+-@\t\r\n＝＋－＠", r) {
			b.WriteByte('\'')
			start = false
		}
		switch {
		case strings.ContainsRune(";\t\r\n|", r):
			start = true
		case start && (unicode.IsSpace(r) || r == '"' || r == '\uFEFF'):
		default:
			start = false
		}
		if r == utf8.RuneError {
			b.WriteRune(r)
			continue
		}
		b.WriteString(s[i : i+utf8.RuneLen(r)])
	}
	return b.String()
}
