package alert_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/alert"
	"github.com/cspkit/partner/internal/race"
)

const (
	partnerTenant  = "3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10"
	customerTenant = "9a8b7c6d-5e4f-4032-8110-2f3e4d5c6b7a"
)

type decoder struct {
	name   string
	decode func([]byte) (alert.Page, error)
	id     string // the name of the ID
}

var decoders = []decoder{
	{"graph", alert.DecodeGraph, "id"},
	{"fraudEvents", alert.DecodeFraudEvents, "eventId"},
}

func file(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	require.NoError(t, err)
	return data
}

// at reads a time in UTC.
func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		panic(err)
	}
	return t.UTC()
}

// indexes returns the places of the elements that could not be read.
func indexes(err error) []int {
	list := []int{}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, err := range joined.Unwrap() {
			if e, ok := errors.AsType[*alert.ElementError](err); ok {
				list = append(list, e.Index)
			}
		}
	}
	return list
}

func TestDecodeGraphPage(t *testing.T) {
	t.Parallel()
	page, err := alert.DecodeGraph(file(t, "graph-page.json"))
	assert.Equal(t, []int{2}, indexes(err), "what is no object hides no other")
	assert.Equal(t, "https://graph.microsoft.com/beta/security/partner/securityAlerts?$skiptoken=2", page.Next)
	require.Len(t, page.Alerts, 3)

	assert.Equal(t, alert.Alert{
		ID:               "d8b202fc-a216-3404-69ef-bdffa445eff6",
		CustomerTenantID: customerTenant,
		SubscriptionID:   "5f6e6521-6e5f-4b0b-80aa-bd44fad7a398",
		ResellerTenantID: "c296b2ce-8cd1-4346-9e82-d8eccca70d65",
		Type:             "networkConnectionsToCryptoMiningPools",
		Title:            "Action Required: Virtual machine connecting to crypto currency mining pool Detected",
		Description: "Analysis of Azure resource network activity detected the resource was connecting to a crypto " +
			"currency " +
			"mining pool.",
		Severity: partner.IncidentHigh, Confidence: "medium", Status: alert.StatusActive, Reason: alert.ReasonFraud,
		DetectedAt: at("2026-11-23T16:03:33.05Z"), FirstObservedAt: at("2026-11-23T15:59:03.05Z"),
		LastObservedAt: at("2026-11-23T16:03:33.05Z"), ResolvedAt: at("2026-11-24T16:03:33.05Z"),
		Resources: []alert.Resource{{
			ID: "/subscriptions/5f6e6521-6e5f-4b0b-80aa-bd44fad7a398/resourceGroups/rg-1/providers/Microsoft.Compute" +
				"/virtualMachines/vm-1",
			Type: "AzureResource",
		}},
		Log: []alert.Transition{
			{From: "active", To: "investigating", At: at("2026-11-23T18:47:10.8454142Z")},
			{From: "investigating", To: "resolved", At: at("2026-11-23T18:47:25.2089246Z")},
			{From: "resolved", To: "active", At: at("2026-11-24T08:00:00Z")},
		},
	}, page.Alerts[0], "the log is sorted, \"false\" is false, and an open alert keeps its reason")

	second := page.Alerts[1]
	assert.Equal(t, "5f6e6521-6e5f-4b0b-80aa-bd44fad7a398_758e2259-f00b-4dec-8087-0950afe6d6a4", second.ID)
	assert.Equal(t, "usageAnomalyDetection", second.Type)
	assert.Equal(t, partner.IncidentMedium, second.Severity)
	assert.Equal(t, "unknownFutureValue", second.Confidence, "an unknown word stays")
	assert.Zero(t, second.FirstObservedAt, "null is unset")
	assert.False(t, second.Open())

	third := page.Alerts[2]
	assert.Equal(t, "0b1c2d3e-4f50-4617-8293-a4b5c6d7e8f9", third.ID, "names count in any case")
	assert.Equal(t, alert.Status("dismissed"), third.Status, "an unknown word stays")
	assert.True(t, third.Open(), "and counts as open")
	assert.Equal(t, partner.IncidentHigh, third.Severity, "an unknown severity is high")
	assert.Equal(t, at("2026-11-22T09:00:00Z"), third.DetectedAt, "no zone is UTC")
	assert.Empty(t, third.Reason, "\"None\" is unset")
	assert.Zero(t, third.ResolvedAt, "9999-12-31 is unset")
	assert.True(t, third.Test)
}

func TestDecodeFraudEvents(t *testing.T) {
	t.Parallel()
	page, err := alert.DecodeFraudEvents(file(t, "fraud-events-new.json"))
	assert.Equal(t, []int{2}, indexes(err), "\"None\" is no ID")
	require.Len(t, page.Alerts, 2)
	assert.Empty(t, page.Next)
	assert.Equal(t, alert.Alert{
		ID:              "2a7064fb-1e33-4007-974e-352cb3f2c805_2edeb5b1-766f-4209-9271-3ddf27755afa",
		PartnerTenantID: partnerTenant, CustomerTenantID: "a248da34-6840-4c67-82d7-7f55ccd50d03",
		SubscriptionID: "2a7064fb-1e33-4007-974e-352cb3f2c805", ResellerTenantID: "897e68c5-fdf8-430e-bb54-3b386e0906b0",
		Type: "networkConnectionsToCryptoMiningPools", Title: "sample display name", Description: "sample description.",
		Severity: partner.IncidentMedium, Confidence: "high", Status: alert.StatusResolved, Reason: alert.ReasonFraud,
		DetectedAt: at("2026-11-08T00:25:45.69Z"), FirstObservedAt: at("2026-11-08T00:25:45.69Z"),
		LastObservedAt: at("2026-11-08T02:00:00Z"), ResolvedAt: at("2026-11-08T07:08:26.693182Z"),
		Resources: []alert.Resource{{ID: `\sample\resource\url`, Type: "sample resource type"}},
		Log: []alert.Transition{
			{From: "active", To: "investigating", At: at("2026-11-08T07:04:27.8016635Z")},
			{From: "investigating", To: "resolved", At: at("2026-11-08T07:08:26.693182Z")},
		},
	}, page.Alerts[0], "the log is a string of JSON, and what was not observed is taken from the occurrences")
	assert.Equal(t, alert.Alert{
		ID: "1234567", CustomerTenantID: "a248da34-6840-4c67-82d7-7f55ccd50d03", Type: "serviceHealthSecurityAdvisory",
		Severity: partner.IncidentHigh, Status: alert.StatusResolved, DetectedAt: at("2026-11-09T08:00:00Z"), Test: true,
	}, page.Alerts[1], "what cannot be read is unset, a number is a string, and \"Resolve\" is resolved")

	old, err := alert.DecodeFraudEvents(file(t, "fraud-events-old.json"))
	require.NoError(t, err)
	assert.Equal(t, []alert.Alert{{
		ID:              "2a7064fb-1e33-4007-974e-352cb3f2c805_2edeb5b1-766f-4209-9271-3ddf27755afa",
		PartnerTenantID: partnerTenant, CustomerTenantID: "a248da34-6840-4c67-82d7-7f55ccd50d03",
		SubscriptionID: "2a7064fb-1e33-4007-974e-352cb3f2c805", Type: "networkConnectionsToCryptoMiningPools",
		Severity: partner.IncidentHigh, Status: alert.StatusActive, DetectedAt: at("2026-11-08T00:25:45.69Z"),
		FirstObservedAt: at("2026-11-08T00:20:00Z"), LastObservedAt: at("2026-11-08T00:25:45.69Z"),
	}}, old.Alerts, "the old model has no type, no severity and no observation")

	single, err := alert.DecodeGraph(file(t, "graph-alert.json"))
	require.NoError(t, err)
	require.Len(t, single.Alerts, 1)
	assert.Equal(t, old.Alerts[0].ID, single.Alerts[0].ID, "both APIs spell the ID of one alert alike")
}

func TestDecodeForms(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, document string
		ids            []string
		unreadable     []int
		why            string
	}{
		{"a list", `[{"ID":"a"},{"ID":"b"}]`, []string{"a", "b"}, nil, ""},
		{"an empty list", ` [ ] `, nil, nil, ""},
		{"a page", `{"value":[{"ID":"a"}]}`, []string{"a"}, nil, ""},
		{"a page without alerts", `{"value":null}`, nil, nil, "null is unset"},
		{"one alert", `{"ID":"a"}`, []string{"a"}, nil, ""},
		{"one alert as a value", `{"VALUE":{"ID":"a"}}`, []string{"a"}, nil, "as OData writes one"},
		{"a value that is no list", `{"ID":"a","value":7}`, nil, []int{0}, ""},
		{"the last list counts", `{"value":[{"ID":"a"}],"Value":[{"ID":"b"}]}`, []string{"b"}, nil, ""},
		{"no ID", `{}`, nil, []int{0}, ""},
		{"an answer of another kind", `{"error":{"code":"x"}}`, nil, []int{0}, ""},
		{"elements of every kind", `[1,"x",null,true,[],{},{"ID":null},{"ID":""},{"ID":" "},{"ID":{}},{"ID":[1]},{"ID":"z"}]`,
			[]string{"z"}, []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, "each is told, and none hides the last"},
		{"a byte order mark", "\uFEFF[{\"ID\":\"a\"}]", []string{"a"}, nil, ""},
		{"an escaped name", `[{"\u0049d":"a"}]`, nil, nil, ""},
		{"names in any case", `[{"id":"a","iD":"b"}]`, []string{"b"}, nil, "the last of duplicates counts"},
		{"the last counts, even unset", `[{"id":"a","ID":null}]`, nil, []int{0}, ""},
		{"a number", `[{"ID":12e3}]`, []string{"12e3"}, nil, ""},
		{"a boolean", `[{"ID":true}]`, []string{"true"}, nil, ""},
		{"a name that merely folds", "[{\"\u0130d\":\"a\"}]", nil, []int{0}, "only ASCII letters fold"},
		{"escapes", `[{"ID":"\u0061\ud83d\ude00\n"}]`, []string{"a😀"}, nil, ""},
		{"half a surrogate", `[{"ID":"\ud83d"}]`, []string{"\uFFFD"}, nil, "as encoding/json reads it"},
		{"no UTF-8", "[{\"ID\":\"a\xff\"}]", []string{"a\uFFFD"}, nil, "as encoding/json reads it"},
		{"deep", `[{"ID":"a","more":` + strings.Repeat(`[`, 100_000) + strings.Repeat(`]`, 100_000) + `}]`,
			[]string{"a"}, nil, "a field that nobody reads hides no alert, however deep"},
		{"a long name", `[{"` + strings.Repeat("n", 100) + `":1,"ID":"a"}]`, []string{"a"}, nil, ""},
	}
	for _, d := range decoders {
		for _, tt := range tests {
			t.Run(d.name+"/"+tt.name, func(t *testing.T) {
				t.Parallel()
				document := tt.document
				if tt.name == "an escaped name" {
					document, tt.ids = `[{"\u0069`+"d"+`":"a","event\u0049d":"a"}]`, []string{"a"}
				} else {
					document = replaceID(document, d.id)
				}
				page, err := d.decode([]byte(document))
				var ids []string
				for _, a := range page.Alerts {
					ids = append(ids, a.ID)
				}
				assert.Equal(t, tt.ids, ids, tt.why)
				assert.ElementsMatch(t, tt.unreadable, indexes(err), tt.why)
				if tt.unreadable == nil {
					require.NoError(t, err)
				}
			})
		}
	}
}

// replaceID gives the IDs of a document the name that they have in an API, with
// the case of the letters.
func replaceID(document, name string) string {
	if name == "id" {
		return document
	}
	return strings.NewReplacer(`"ID"`, `"EVENTID"`, `"id"`, `"eventid"`, `"iD"`, `"eventiD"`, "\u0130d",
		"event\u0130d").Replace(document)
}

func TestDecodeDocumentError(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, document string
		offset         int
		ids            int
		why            string
	}{
		{"nothing", "", 0, 0, ""},
		{"white space", " \n\t\r", 4, 0, ""},
		{"a byte order mark alone", "\uFEFF", 3, 0, "the offset is that of the data"},
		{"a mark and a list cut off", "\uFEFF[1", 5, 0, "the offset is that of the data"},
		{"a string", `"x"`, 0, 0, ""},
		{"a number after a mark", "\uFEFF 7", 4, 0, ""},
		{"null", "null", 0, 0, ""},
		{"HTML", "<html>", 0, 0, ""},
		{"more than one document", `[] []`, 3, 0, ""},
		{"an alert and rubbish", `[{"ID":"a"}] x`, 13, 1, "what stands whole before counts"},
		{"cut off between", `[{"ID":"a"},`, 12, 1, ""},
		{"cut off within", `[{"ID":"a"},{"ID":"b`, 20, 1, "half an alert is none"},
		{"cut off in a page", `{"@odata.nextLink":"u","value":[{"ID":"a"},{"ID":"b"`, 52, 1, ""},
		{"cut off in the list's name", `{"value`, 7, 0, ""},
		{"cut off after a list", `{"value":[{"ID":"a"}]`, 21, 1, ""},
		{"cut off in one alert", `{"ID":"a"`, 9, 0, ""},
		{"cut off in the next link", `{"value":[{"ID":"a"}],"@odata.nextLink":"ht`, 43, 1, ""},
		{"no comma", `[{"ID":"a"} {"ID":"b"}]`, 12, 1, ""},
		{"no colon", `{"ID" "a"}`, 6, 0, ""},
		{"a comma too many", `[{"ID":"a"},]`, 12, 1, ""},
		{"a bracket that does not fit", `[{"ID":"a"]`, 10, 0, ""},
		{"no name", `{7:1}`, 1, 0, ""},
		{"a control character in a string", "[\"\n\"]", 2, 0, ""},
		{"an unknown escape", `["\x"]`, 3, 0, ""},
		{"half an escape", `["\u00"]`, 6, 0, ""},
		{"an escape cut off", `["\`, 3, 0, ""},
		{"an escape cut off later", `["\u0`, 5, 0, ""},
		{"an unknown word", `[nul]`, 1, 0, ""},
		{"no digit", `[-]`, 2, 0, ""},
		{"no fraction", `[1.]`, 3, 0, ""},
		{"no exponent", `[1e+]`, 4, 0, ""},
		{"a leading zero", `[01]`, 2, 0, ""},
		{"a list cut off in a value", `{"value":{"ID":"a"`, 18, 0, ""},
		{"a brace too many", `[{"ID":"a"},{"ID":"b","activityLogs":[{{}}]},{"ID":"c"}]`, 39, 1, "b and c are lost"},
		{"a line break in a string", "[{\"ID\":\"a\"},{\"ID\":\"b\",\"x\":\"\n\"},{\"ID\":\"c\"}]", 27, 1, "two are lost"},
		{"a quotation mark in a string", `[{"ID":"a"},{"ID":"b","x":"1" 2"},{"ID":"c"}]`, 30, 1, "b and c are lost"},
		{"an alert that may stand in a string", `[{"ID":"a"},{"x":"said "no},{\"ID\":\"b\"}"}]`, 24, 1, "none is made up"},
	}
	for _, d := range decoders {
		for _, tt := range tests {
			t.Run(d.name+"/"+tt.name, func(t *testing.T) {
				t.Parallel()
				document := replaceID(tt.document, d.id)
				page, err := d.decode([]byte(document))
				document, _ = strings.CutPrefix(document, "\uFEFF")
				assert.False(t, json.Valid([]byte(document)) && strings.ContainsAny(document, "[{"), "encoding/json agrees")
				offset := tt.offset + strings.Count(tt.document[:tt.offset], `"ID"`)*(len(d.id)-len("id"))
				broken, ok := errors.AsType[*alert.DocumentError](err)
				require.True(t, ok, "%v", err)
				assert.Equal(t, offset, broken.Offset, tt.why)
				text := fmt.Sprintf("alert: not valid JSON from offset %d; alerts after it are lost", offset)
				require.EqualError(t, broken, text)
				assert.Len(t, page.Alerts, tt.ids, tt.why)
			})
		}
	}

	page, err := alert.DecodeGraph([]byte(`[{"id":"a"},7,{"id":"b"},`))
	assert.Len(t, page.Alerts, 2)
	assert.Equal(t, []int{1}, indexes(err), "both kinds of errors come at once")
	_, ok := errors.AsType[*alert.DocumentError](err)
	assert.True(t, ok)
}

func TestDecodeFields(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, members string
		want          alert.Alert
	}{
		{"a pair with _", `"id":"2A7064FB-1e33-4007-974e-352cb3f2c805_2EDEB5B1-766f-4209-9271-3ddf27755afa"`,
			alert.Alert{ID: "2a7064fb-1e33-4007-974e-352cb3f2c805_2edeb5b1-766f-4209-9271-3ddf27755afa"}},
		{"a pair with another sign", `"id":"2A7064FB-1e33-4007-974e-352cb3f2c805+2EDEB5B1-766f-4209-9271-3ddf27755afa"`,
			alert.Alert{ID: "2A7064FB-1e33-4007-974e-352cb3f2c805+2EDEB5B1-766f-4209-9271-3ddf27755afa"}},
		{"one UUID", `"id":"D8B202FC-a216-3404-69ef-bdffa445eff6"`, alert.Alert{ID: "d8b202fc-a216-3404-69ef-bdffa445eff6"}},
		{"another ID", `"id":" Contoso-7 "`, alert.Alert{ID: "Contoso-7"}},

		{"a type in any case", `"alertType":"NETWORKCONNECTIONSTOCRYPTOMININGPOOLS"`,
			alert.Alert{Type: "networkConnectionsToCryptoMiningPools"}},
		{"a type of the reference guide", `"alertType":"VM_AnomalousDeployment"`, alert.Alert{Type: "vmAnomalousDeployment"}},
		{"an unknown type", `"alertType":"Something_New"`, alert.Alert{Type: "Something_New"}},

		{"severity in capitals", `"severity":"INFORMATIONAL"`, alert.Alert{Severity: partner.IncidentInformational}},
		{"unknown severity", `"severity":"unknownFutureValue"`, alert.Alert{}},
		{"severity null", `"severity":null`, alert.Alert{}},

		{"status", `"status":"In progress"`, alert.Alert{Status: "In progress"}},
		{"status resolve", `"status":"RESOLVE"`, alert.Alert{Status: alert.StatusResolved}},
		{"reason", `"resolvedReason":"Legitimate"`, alert.Alert{Reason: alert.ReasonLegitimate}},
		{"unknown reason", `"resolvedReason":"mistake"`, alert.Alert{Reason: "mistake"}},
		{"confidence", `"confidenceLevel":"Low"`, alert.Alert{Confidence: "low"}},
		{"confidence none", `"confidenceLevel":"none"`, alert.Alert{}},

		{"test true", `"isTest":true`, alert.Alert{Test: true}},
		{"test \"True\"", `"isTest":"True"`, alert.Alert{Test: true}},
		{"test 1", `"isTest":1`, alert.Alert{Test: true}},
		{"test \"1\"", `"isTest":"1"`, alert.Alert{Test: true}},
		{"test 0", `"isTest":0`, alert.Alert{}},
		{"test unreadable", `"isTest":"NaN"`, alert.Alert{}},
		{"test null", `"isTest":null`, alert.Alert{}},

		{"resources as a string", `"affectedResources":"[{\"resourceId\":\"/a\"}]"`,
			alert.Alert{Resources: []alert.Resource{{ID: "/a"}}}},
		{"one resource", `"affectedResources":{"type":"t"}`, alert.Alert{Resources: []alert.Resource{{Type: "t"}}}},
		{"unreadable resources", `"affectedResources":[7,{},null,{"resourceId":"/b"}]`,
			alert.Alert{Resources: []alert.Resource{{ID: "/b"}}}},

		{"one entry of the log", `"activityLogs":{"statusTo":"Resolve"}`,
			alert.Alert{Log: []alert.Transition{{To: "resolved"}}}},
		{"a log with unreadable entries", `"activityLogs":[{},1,{"statusFrom":"None","statusTo":"x","dateTime":"y"}]`,
			alert.Alert{Log: []alert.Transition{{To: "x"}}}},
		{"a log with rubbish after it", `"activityLogs":"[{\"statusTo\":\"x\"}] x"`, alert.Alert{}},
		{"a log that is cut off", `"activityLogs":"[{\"statusTo\":\"x\"}"`, alert.Alert{}},
		{"a log that is empty", `"activityLogs":""`, alert.Alert{}},
		{"a log that is a number", `"activityLogs":7`, alert.Alert{}},
		{"a log in a string in a string", `"activityLogs":"\"[]\""`, alert.Alert{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			want, members := tt.want, tt.members
			if want.ID == "" {
				want.ID, members = "a", `"id":"a",`+members
			}
			if want.Severity == "" {
				want.Severity = partner.IncidentHigh
			}
			page, err := alert.DecodeGraph([]byte("{" + members + "}"))
			require.NoError(t, err)
			assert.Equal(t, []alert.Alert{want}, page.Alerts)
		})
	}
}

func TestDecodeTimes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text string
		want time.Time
	}{
		{"2026-11-23T16:03:33Z", at("2026-11-23T16:03:33Z")},
		{"2026-11-23T16:03:33.1234567Z", at("2026-11-23T16:03:33.1234567Z")},
		{"2026-11-23T16:03:33.123456789123Z", at("2026-11-23T16:03:33.123456789Z")},
		{"2026-11-23T16:03:33.69", at("2026-11-23T16:03:33.69Z")},
		{"2026-11-23T16:03:33+05:30", at("2026-11-23T10:33:33Z")},
		{"2026-11-23T16:03:33.5-0800", at("2026-11-24T00:03:33.5Z")},
		{"2026-11-23 16:03:33", at("2026-11-23T16:03:33Z")},
		{"2026-11-23 16:03:33+01:00", at("2026-11-23T15:03:33Z")},
		{"2026-11-23", at("2026-11-23T00:00:00Z")},
		{"9999-12-30T23:59:59Z", at("9999-12-30T23:59:59Z")},
		{"9999-12-31T00:00:00Z", time.Time{}},
		{"9999-12-31T23:59:59.9970000", time.Time{}},
		{"9999-12-31T23:59:59-08:00", time.Time{}},
		{"9999-12-31T00:30:00+01:00", time.Time{}},
		{"9999-12-30T23:30:00-01:00", time.Time{}},
		{"0001-01-01T00:00:00", time.Time{}},
		{"0001-01-01T00:00:00+01:00", time.Time{}},
		{"2026-02-30T00:00:00Z", time.Time{}},
		{"yesterday", time.Time{}},
		{"1763913813", time.Time{}},
		{"None", time.Time{}},
		{"", time.Time{}},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			t.Parallel()
			page, err := alert.DecodeGraph([]byte(`{"id":"a","detectedDateTime":"` + tt.text + `"}`))
			require.NoError(t, err)
			assert.Equal(t, tt.want, page.Alerts[0].DetectedAt)
		})
	}
}

// A document of 5 MB takes less than a second, whatever it is. The limit is
// that of a busy machine and the race detector: what grew with the square of
// the size would take hours.
func TestDecodeLargeDocuments(t *testing.T) {
	t.Parallel()
	const size = 5 << 20 / race.Every
	inner := bytes.TrimSpace(file(t, "fraud-events-new.json"))
	inner = inner[1 : len(inner)-1]
	documents := map[string]string{
		"events":     "[" + strings.Repeat(string(inner)+",", size/len(inner)) + string(inner) + "]",
		"numbers":    "[" + strings.Repeat("1,", size/2) + "1]",
		"objects":    "[" + strings.Repeat("{},", size/3) + "{}]",
		"deep":       strings.Repeat("[", size/2) + strings.Repeat("]", size/2),
		"unfinished": strings.Repeat(`{"value":`, size/9),
		"names":      "{" + strings.Repeat(`"id":"x",`, size/9) + `"eventId":"x"}`,
		"escapes":    `[{"id":"` + strings.Repeat(`\u0061`, size/6) + `"}]`,
		"log": `[{"id":"x","eventId":"x","activityLogs":"[` +
			strings.Repeat(`{\"statusTo\":\"resolved\",\"dateTime\":\"x\"},`, size/50) + `{}]"}]`,
		"spaces": "[" + strings.Repeat(" ", size) + "]",
		"quotes": strings.Repeat(`"`, size),
	}
	for _, d := range decoders {
		for name, document := range documents {
			start := time.Now()
			_, _ = d.decode([]byte(document))
			took := time.Since(start)
			t.Logf("%s, %s of %d octets: %v", d.name, name, len(document), took)
			assert.Less(t, took, 30*time.Second, name)
		}
	}
}

func TestErrorsHoldNothingOfTheDocument(t *testing.T) {
	t.Parallel()
	_, err := alert.DecodeGraph([]byte(`[{"displayName":"Robin Vale"},{"id":"a"},"Robin Vale" Robin`))
	require.Error(t, err)
	encoded, _ := json.Marshal(err)
	text := fmt.Sprintf("%v %+v %#v %s %q %s", err, err, err, err, err, encoded)
	assert.NotContains(t, text, "Robin")
	assert.Contains(t, err.Error(), "element 0")
	assert.Contains(t, err.Error(), "element 2")
}

func BenchmarkDecodeFraudEvents(b *testing.B) {
	inner := bytes.TrimSpace(file(b, "fraud-events-new.json"))
	inner = inner[1 : len(inner)-1]
	document := []byte("[" + strings.Repeat(string(inner)+",", 5<<20/len(inner)) + string(inner) + "]")
	b.SetBytes(int64(len(document)))
	b.ReportAllocs()
	for b.Loop() {
		_, _ = alert.DecodeFraudEvents(document)
	}
}
