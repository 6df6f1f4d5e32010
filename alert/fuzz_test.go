package alert_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/alert"
)

// The laws of both decoders, for any data:
//
//   - Nothing panics, and the same data gives the same page and error.
//   - Every element is an alert or an ElementError.
//   - What encoding/json takes for an object or an array is a document, and
//     nothing else is, but for nesting that it refuses.
//   - An alert has an ID and a severity, and an incident of it is valid once
//     the tenant is one and the detection has a time.
func decodes(t *testing.T, d decoder, data []byte) {
	page, err := d.decode(data)
	again, errAgain := d.decode(data)
	require.Equal(t, page, again)
	if err != nil {
		require.EqualError(t, errAgain, err.Error())
	}

	document, _ := bytes.CutPrefix(data, []byte("\uFEFF"))
	broken, isBroken := errors.AsType[*alert.DocumentError](err)
	if isBroken {
		require.LessOrEqual(t, broken.Offset, len(data))
	}
	trimmed := bytes.TrimLeft(document, " \t\r\n")
	isDocument := json.Valid(document) && (bytes.HasPrefix(trimmed, []byte("{")) || bytes.HasPrefix(trimmed, []byte("[")))
	if deep := bytes.Count(document, []byte("[")) + bytes.Count(document, []byte("{")); deep < 10_000 {
		require.Equal(t, isDocument, !isBroken)
	}
	if n, ok := elements(document); ok && isDocument {
		require.Equal(t, n, len(page.Alerts)+len(indexes(err)))
	}

	for _, a := range page.Alerts {
		require.NotEmpty(t, a.ID)
		require.Contains(t, partner.IncidentSeverities(), a.Severity)
		require.True(t, utf8.ValidString(a.ID+a.Title+a.Description+a.Type+string(a.Status)))
		for i, t1 := range a.Log {
			require.False(t, i > 0 && t1.At.Before(a.Log[i-1].At), "oldest first")
		}
		i := a.Incident(nil)
		i.TenantID = customerTenant
		if i.DetectedAt.IsZero() {
			i.DetectedAt, i.RespondBy = now, now
		}
		require.NoError(t, i.Validate())
	}
}

// elements counts the elements of a list, and reports whether the document is
// one.
func elements(document []byte) (int, bool) {
	var list []json.RawMessage
	err := json.Unmarshal(document, &list)
	return len(list), err == nil
}

func FuzzDecodeGraph(f *testing.F)       { fuzz(f, decoders[0]) }
func FuzzDecodeFraudEvents(f *testing.F) { fuzz(f, decoders[1]) }

func fuzz(f *testing.F, d decoder) {
	for _, name := range []string{"graph-page.json", "graph-alert.json", "fraud-events-new.json",
		"fraud-events-old.json"} {
		data := file(f, name)
		f.Add(data)
		f.Add(data[:len(data)/2])
		f.Add([]byte("\uFEFF" + string(data)))
	}
	for _, text := range []string{"", "null", `"x"`, "[]", "{}", `[{"id":"a","eventid":"a","activitylogs":"[{}"}]`,
		`[1,{"ID":2}]`, `{"value":null}`} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) { decodes(t, d, data) })
}

// Cut anywhere, a document still gives what stands whole before.
func TestDecodeCutAnywhere(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"graph-page.json", "fraud-events-new.json"} {
		data := file(t, name)
		whole := strings.TrimSpace(string(data))
		for _, d := range decoders {
			all, _ := d.decode(data)
			before := 0
			for i := range whole {
				page, err := d.decode([]byte(whole[:i]))
				broken, ok := errors.AsType[*alert.DocumentError](err)
				require.True(t, ok)
				require.LessOrEqual(t, broken.Offset, i)
				require.GreaterOrEqual(t, broken.Offset, i-len("fals"), "the start of a word that is none")
				require.GreaterOrEqual(t, len(page.Alerts), before, "more of a document never gives less")
				before = len(page.Alerts)
				for j, a := range page.Alerts {
					require.Equal(t, all.Alerts[j], a)
				}
			}
			assert.Len(t, all.Alerts, before)
		}
	}
}
