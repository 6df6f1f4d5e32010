package report

import (
	"bufio"
	"net/url"
	"path"
	"path/filepath"
	"strings"

	"github.com/cspkit/partner"

	"github.com/cspkit/partner/examples/contactlint/internal/row"
)

// The parts of SARIF 2.1.0 (OASIS, 2020) that are written. The names are those
// of the standard.
type (
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID    partner.Code    `json:"ruleId"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations"`
		Place     sarifPlace      `json:"properties"`
	}
	// sarifPlace and sarifCount are property bags. A tool says there what the
	// standard has no word for. The names are those of the other outputs.
	sarifPlace struct {
		Row    int `json:"row"`
		Column int `json:"column,omitempty"` // CSV
	}
	sarifCount struct {
		NotShown int `json:"findingsNotShown"`
	}
	sarifLocation struct {
		Physical sarifPhysical  `json:"physicalLocation"`
		Logical  []sarifLogical `json:"logicalLocations,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine int `json:"startLine"`
	}
	sarifLogical struct {
		Name    string `json:"name,omitempty"`               // the field; not set for the whole row
		Pointer string `json:"fullyQualifiedName,omitempty"` // JSON and JSON Lines
	}
	sarifRule struct {
		ID            partner.Code `json:"id"`
		Description   sarifText    `json:"shortDescription"`
		Configuration sarifLevel   `json:"defaultConfiguration"`
	}
	sarifLevel struct {
		Level string `json:"level"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version,omitempty"`
		URI     string      `json:"informationUri"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifNotification struct {
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations,omitempty"`
	}
	sarifInvocation struct {
		Successful    bool                `json:"executionSuccessful"`
		Notifications []sarifNotification `json:"toolExecutionNotifications"`
	}
)

// sarifPrinter writes one run. The rules come after the results, for an object
// has no order. So nothing need be kept but which codes were found.
type sarifPrinter struct {
	version string
	comma   bool
	found   map[partner.Code]bool
}

func (*sarifPrinter) start(w *bufio.Writer) {
	_, _ = w.WriteString(`{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0",` +
		`"runs":[{"results":[`)
}

func (p *sarifPrinter) finding(w *bufio.Writer, file string, f *row.Finding) {
	p.found[f.Code] = true
	location := location(file, f.Line)
	if f.Path != "" || f.Pointer != "" {
		location.Logical = []sarifLogical{{strings.TrimPrefix(f.Path, "/"), f.Pointer}}
	}
	separate(w, &p.comma)
	write(w,
		sarifResult{f.Code, level(f.Severity), sarifText{f.Message}, []sarifLocation{location}, sarifPlace{f.Row, f.Column}})
}

func (p *sarifPrinter) end(w *bufio.Writer, s *Summary) {
	rules := []sarifRule{}
	for _, code := range row.Codes() {
		if p.found[code] {
			rules = append(rules, sarifRule{code, sarifText{row.Message(code)}, sarifLevel{level(row.Severity(code))}})
		}
	}
	notifications := []sarifNotification{}
	for _, u := range s.Unread {
		notifications = append(notifications,
			sarifNotification{"error", sarifText{u.Error}, []sarifLocation{location(u.File, 0)}})
	}
	if s.Interrupted {
		notifications = append(notifications,
			sarifNotification{Level: "error", Message: sarifText{"The run was interrupted."}})
	}
	_, _ = w.WriteString("\n],\n\"tool\":")
	write(w, sarifTool{sarifDriver{"contactlint", p.version, "https://github.com/cspkit/partner", rules}})
	_, _ = w.WriteString(",\n\"invocations\":")
	write(w, []sarifInvocation{{s.Complete(), notifications}})
	_, _ = w.WriteString(",\n\"properties\":")
	write(w, sarifCount{s.NotShown})
	_, _ = w.WriteString("}]}\n")
}

func location(file string, line int) sarifLocation {
	at := sarifLocation{Physical: sarifPhysical{Artifact: sarifArtifact{uri(file)}}}
	if line > 0 {
		at.Physical.Region = &sarifRegion{line}
	}
	return at
}

// uri is relative for a relative name. Those who show results in a repository
// want that.
func uri(file string) string {
	u := url.URL{Path: filepath.ToSlash(file)}
	if path.IsAbs(u.Path) {
		u.Scheme = "file"
	}
	return u.String()
}

func level(s partner.Severity) string {
	if s == partner.SeverityAdvice {
		return "note"
	}
	return "error"
}
