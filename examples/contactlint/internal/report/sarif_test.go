package report_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"

	"github.com/cspkit/partner/examples/contactlint/internal/report"
	"github.com/cspkit/partner/examples/contactlint/internal/row"
)

// SARIF 2.1.0 asks for these: section 3.13 version, 3.14 tool, 3.19 name, 3.20
// executionSuccessful, 3.27 message, 3.49 id. Those who show results ask for a
// location with a line, and for a description of every rule.
func TestSARIF(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	r := report.New(&b, report.SARIF, 6, "v1")
	res := row.Result{Rows: 2, Errors: 1, Advised: 1}
	for i, f := range (partner.SecurityContact{
		FirstName: "Ada", LastName: "Adler", Email: "ada@gmail.com", Phone: "12",
	}).Check() {
		res.Findings = append(res.Findings, row.Finding{Finding: f, Line: 2 + i, Row: 1 + i, Column: 5 + i})
	}
	require.NoError(t, r.Add("a b\x1b:c.csv", &res))
	require.NoError(t, r.Add("/x/y.csv", &res))
	require.NoError(t, r.Add("more.csv", &res))
	r.Summary.Unread = append(r.Summary.Unread, report.Unread{File: "gone.csv", Error: "cannot open"})
	r.Summary.Interrupted = true
	require.NoError(t, r.Close())

	type text struct{ Text string }
	type at struct {
		PhysicalLocation struct {
			ArtifactLocation struct{ URI string }
			Region           struct{ StartLine int }
		}
		LogicalLocations []struct{ Name, FullyQualifiedName string }
	}
	var log struct {
		Version string
		Runs    []struct {
			Tool struct {
				Driver struct {
					Name, Version string
					Rules         []struct {
						ID                   string
						ShortDescription     text
						DefaultConfiguration struct{ Level string }
					}
				}
			}
			Results []struct {
				RuleID, Level string
				Message       text
				Locations     []at
				Properties    struct{ Row, Column int }
			}
			Invocations []struct {
				ExecutionSuccessful        *bool
				ToolExecutionNotifications []struct{ Message text }
			}
			Properties struct{ FindingsNotShown *int }
		}
	}
	require.NoError(t, json.Unmarshal(b.Bytes(), &log))
	assert.Equal(t, "2.1.0", log.Version)
	require.Len(t, log.Runs, 1)
	run := log.Runs[0]
	assert.Equal(t, "contactlint", run.Tool.Driver.Name)
	require.Len(t, run.Results, 2*len(res.Findings))

	described := map[string]string{}
	for _, rule := range run.Tool.Driver.Rules {
		assert.NotEmpty(t, rule.ShortDescription.Text)
		described[rule.ID] = rule.DefaultConfiguration.Level
	}
	for i, result := range run.Results {
		f := res.Findings[i%len(res.Findings)]
		level := map[partner.Severity]string{partner.SeverityError: "error", partner.SeverityAdvice: "note"}[f.Severity]
		assert.Equal(t, string(f.Code), result.RuleID)
		assert.Equal(t, level, result.Level)
		assert.Equal(t, level, described[result.RuleID], "each rule is described once, with its level")
		assert.Equal(t, f.Message, result.Message.Text)
		require.Len(t, result.Locations, 1)
		assert.Equal(t, f.Line, result.Locations[0].PhysicalLocation.Region.StartLine)
		assert.Equal(t, f.Path[1:], result.Locations[0].LogicalLocations[0].Name)
		assert.Equal(t, f.Row, result.Properties.Row)
		assert.Equal(t, f.Column, result.Properties.Column)
	}
	assert.Equal(t, "./a%20b%1B:c.csv", run.Results[0].Locations[0].PhysicalLocation.ArtifactLocation.URI,
		"a URI reference")
	assert.Equal(t, "file:///x/y.csv", run.Results[len(res.Findings)].Locations[0].PhysicalLocation.ArtifactLocation.URI)

	require.Len(t, run.Invocations, 1)
	require.NotNil(t, run.Invocations[0].ExecutionSuccessful)
	assert.False(t, *run.Invocations[0].ExecutionSuccessful)
	assert.Len(t, run.Invocations[0].ToolExecutionNotifications, 2)
	require.NotNil(t, run.Properties.FindingsNotShown)
	assert.Equal(t, len(res.Findings), *run.Properties.FindingsNotShown)
}

// With no findings at all, every output is complete.
func TestNothingFound(t *testing.T) {
	t.Parallel()
	for _, output := range []report.Output{report.JSON, report.SARIF} {
		var b bytes.Buffer
		require.NoError(t, report.New(&b, output, 0, "").Close())
		assert.True(t, json.Valid(b.Bytes()), "%s", output)
	}
}

// What is wrong in JSON stands at a pointer, also where it is the whole row.
func TestSARIFPointers(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	r := report.New(&b, report.SARIF, 0, "")
	res := row.Result{Rows: 2, Errors: 2, Findings: []row.Finding{
		{
			Finding: partner.Finding{Path: "/email", Code: partner.CodeEmailSyntax, Severity: partner.SeverityError}, Line: 1,
			Row: 1, Pointer: "/0/email",
		},
		{Finding: partner.Finding{Code: row.CodeType, Severity: partner.SeverityError}, Line: 1, Row: 2, Pointer: "/1"},
	}}
	require.NoError(t, r.Add("a.json", &res))
	require.NoError(t, r.Close())
	assert.Contains(t, b.String(),
		`"logicalLocations":[{"name":"email","fullyQualifiedName":"/0/email"}]}],"properties":{"row":1}}`)
	assert.Contains(t, b.String(), `"logicalLocations":[{"fullyQualifiedName":"/1"}]}],"properties":{"row":2}}`)
}
