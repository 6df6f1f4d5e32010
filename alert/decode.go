package alert

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/internal/hidden"
	"github.com/cspkit/partner/internal/tenant"
)

// Page is what one answer of an API holds. The zero value is an empty page, and
// the last.
type Page struct {
	Alerts []Alert // in the order of the document
	Next   string  // the URL of the next page, as the API gives it; "" on the last
}

// LogValue tells how many alerts there are. It leaves out the URL, for what
// leads to the next page is the business of the API alone.
func (p Page) LogValue() slog.Value {
	return slog.GroupValue(slog.Int("alerts", len(p.Alerts)), slog.Bool("last", p.Next == ""))
}

// Format prints what LogValue tells, whatever the verb.
func (p Page) Format(s fmt.State, _ rune) { hidden.Format(s, "alert.Page", p) }

// ElementError tells of an element that is no alert: it is no object, or has no
// ID.
type ElementError struct {
	Index int // its place in the document, from 0
}

// Error names the element by its place.
func (e *ElementError) Error() string {
	return "alert: element " + strconv.Itoa(e.Index) + " is no object or has no ID"
}

// DocumentError tells of a document that breaks off: it is no JSON object or
// array, or it begins as one, and a syntax error stands in it or behind it. The
// alert in which it breaks and those after it are lost.
type DocumentError struct {
	// Offset is the place of the first octet that does not fit, or of the word
	// that is none, from 0. It is the length where the document ends too early.
	Offset int
}

// Error names the place, and nothing that stands there.
func (e *DocumentError) Error() string {
	return "alert: not valid JSON from offset " + strconv.Itoa(e.Offset) + "; alerts after it are lost"
}

// DecodeGraph reads what Microsoft Graph answers to
// GET /security/partner/securityAlerts, or one alert of it.
//
// Documents are not always what they should be, and an alert that is lost helps
// nobody. So this is read as if it were right:
//
//   - "false" for false;
//   - "None" and null for what is unset, and times on 9999-12-31;
//   - a time without a zone, which is UTC;
//   - a log that is a string of JSON;
//   - a name in any case, of which the last counts if there are several;
//   - a number where a string should be, and the reverse;
//   - "Resolve" for resolved;
//   - a byte order mark at the start.
//
// A field that cannot be read is unset; a severity that is absent or unknown is
// high. An element that is no object, or has no ID, is no alert. It hides no
// other: the page holds the rest, and the error joins one [*ElementError] for
// each.
//
// All this is about valid JSON. Where the JSON itself breaks, the error holds a
// [*DocumentError]. The page has the alerts that stand whole before it. The
// alert that breaks and all after it are lost, for nobody can tell any more
// what stands in a string and what does not. Some samples on Microsoft's pages
// break so: a line break or a quotation mark stands in a string as it is, or
// braces are missing.
//
// Neither error holds anything of the document.
func DecodeGraph(data []byte) (Page, error) { return graph.decode(data).result() }

// DecodeFraudEvents reads what the Partner Center API answers to
// GET /v1/fraudEvents, in its old model and in the new one (with the header
// X-NewEventsModel), or one event of it. It forgives what [DecodeGraph] does,
// and has the same errors.
//
// An event without a type is one of the old model, which is about connections
// to mining pools alone. Where nothing was observed, firstOccurrence and
// lastOccurrence stand in.
func DecodeFraudEvents(data []byte) (Page, error) { return fraudEvents.decode(data).result() }

// field is one value of an alert, a resource or a transition.
type field uint8

const (
	fieldID field = iota
	fieldPartner
	fieldCustomer
	fieldSubscription
	fieldReseller
	fieldType
	fieldTitle
	fieldDescription
	fieldSeverity
	fieldConfidence
	fieldStatus
	fieldReason
	fieldDetected
	fieldFirst
	fieldLast
	fieldFirstInstead
	fieldLastInstead
	fieldResolved
	fieldTest
	fieldResources
	fieldLog

	fieldFrom
	fieldTo
	fieldAt

	fields // how many there are
)

// names says under which names an API has the fields. They are in lower case,
// for names count in any case.
type names map[string]field

var (
	resourceNames = names{
		"resourceid": fieldID, "azureresourceid": fieldID, "resourcetype": fieldType, "type": fieldType,
	}
	transitionNames = names{
		"statusfrom": fieldFrom, "statusto": fieldTo, "updateddatetime": fieldAt, "datetime": fieldAt,
	}
)

// api is what the two APIs do not have in common.
type api struct {
	names    names
	elements []string // the member of an object that holds a list, in lower case
	untyped  string   // the type of an alert that has none
}

var graph = api{
	names: names{
		"id":                         fieldID,
		"partnertenantid":            fieldPartner, // not documented
		"customertenantid":           fieldCustomer,
		"subscriptionid":             fieldSubscription,
		"valueaddedresellertenantid": fieldReseller,
		"alerttype":                  fieldType,
		"displayname":                fieldTitle,
		"description":                fieldDescription,
		"severity":                   fieldSeverity,
		"confidencelevel":            fieldConfidence,
		"status":                     fieldStatus,
		"resolvedreason":             fieldReason,
		"detecteddatetime":           fieldDetected,
		"firstobserveddatetime":      fieldFirst,
		"lastobserveddatetime":       fieldLast,
		"resolvedondatetime":         fieldResolved,
		"istest":                     fieldTest,
		"affectedresources":          fieldResources,
		"activitylogs":               fieldLog,
	},
	elements: []string{"value"},
}

var fraudEvents = api{
	names: names{
		"eventid":                    fieldID,
		"partnertenantid":            fieldPartner,
		"customertenantid":           fieldCustomer,
		"subscriptionid":             fieldSubscription,
		"valueaddedresellertenantid": fieldReseller,
		"eventtype":                  fieldType,
		"displayname":                fieldTitle,
		"description":                fieldDescription,
		"severity":                   fieldSeverity,
		"confidencelevel":            fieldConfidence,
		"eventstatus":                fieldStatus,
		"resolvedreason":             fieldReason,
		"eventtime":                  fieldDetected,
		"firstobserved":              fieldFirst,
		"lastobserved":               fieldLast,
		"firstoccurrence":            fieldFirstInstead,
		"lastoccurrence":             fieldLastInstead,
		"resolvedon":                 fieldResolved,
		"istest":                     fieldTest,
		"affectedresources":          fieldResources,
		"activitylogs":               fieldLog,
	},
	elements: []string{"items", "value"}, // as other lists of Partner Center have them
	untyped:  cryptoMiningPools,
}

// decoded is a page with what could not be read of it.
type decoded struct {
	page       Page
	unreadable []error        // of *ElementError
	spare      []ElementError // for the next of them: a document may have millions
	document   error          // of *DocumentError
}

func (d decoded) result() (Page, error) {
	if d.document == nil {
		return d.page, errors.Join(d.unreadable...)
	}
	return d.page, errors.Join(append(d.unreadable, d.document)...)
}

// byteOrderMark is that of UTF-8.
var byteOrderMark = []byte("\uFEFF")

func (a *api) decode(data []byte) decoded {
	var d decoded
	document := bytes.TrimPrefix(data, byteOrderMark)
	skipped := len(data) - len(document)
	s := scanner{data: document}
	s.space()
	start := s.at
	if start == len(document) || document[start] != '{' && document[start] != '[' {
		d.document = &DocumentError{Offset: skipped + start}
		return d
	}
	_, whole := s.value()
	if whole {
		s.space()
	}
	if s.at < len(document) || !whole {
		d.document = &DocumentError{Offset: skipped + s.at}
	}

	list := document[start:s.at]
	if !whole {
		list = document[start:]
	}
	if list[0] == '{' {
		list, whole = a.list(&d.page, list, whole)
	}
	index := 0
	switch {
	case bytes.HasPrefix(list, []byte("[")):
		each(list, func(_, element []byte, _ bool) {
			a.element(&d, index, element)
			index++
		})
	case whole && string(list) != "null": // one alert without a list around it
		a.element(&d, 0, list)
	}
	return d
}

// list finds the list in an object, and the URL of the next page. An object
// without a list is itself what is asked for, one alert.
func (a *api) list(page *Page, object []byte, whole bool) (list []byte, listWhole bool) {
	list, listWhole = object, whole
	each(object, func(name, value []byte, whole bool) {
		switch key := foldName(name); {
		case slices.Contains(a.elements, key):
			list, listWhole = value, whole
		case key == "@odata.nextlink":
			page.Next = ""
			if whole {
				page.Next = text(value)
			}
		}
	})
	return list, listWhole
}

// element reads one element of the list.
func (a *api) element(d *decoded, index int, element []byte) {
	if element[0] == '{' {
		var v values
		a.names.read(element, &v)
		if id := alertID(text(v[fieldID])); id != "" {
			d.page.Alerts = append(d.page.Alerts, a.alert(id, &v))
			return
		}
	}
	if len(d.spare) == 0 {
		d.spare = make([]ElementError, 64)
	}
	d.spare[0].Index = index
	d.unreadable = append(d.unreadable, &d.spare[0])
	d.spare = d.spare[1:]
}

// values are the JSON texts of the fields. One that is absent is nil.
type values [fields][]byte

// read finds the fields in an object. Of several under one name the last
// counts.
func (n names) read(object []byte, v *values) {
	each(object, func(name, value []byte, _ bool) {
		if f, known := n[foldName(name)]; known {
			v[f] = value
		}
	})
}

// longestName is longer than any name that counts.
const longestName = 64

// foldName returns the name of a member in lower case.
func foldName(quoted []byte) string {
	if bytes.IndexByte(quoted, '\\') >= 0 {
		return lower(unquote(quoted))
	}
	if len(quoted) > longestName {
		return ""
	}
	return lower(string(quoted[1 : len(quoted)-1]))
}

func (a *api) alert(id string, v *values) Alert {
	return Alert{
		ID:               id,
		PartnerTenantID:  text(v[fieldPartner]),
		CustomerTenantID: text(v[fieldCustomer]),
		SubscriptionID:   text(v[fieldSubscription]),
		ResellerTenantID: text(v[fieldReseller]),
		Type:             a.typeOf(text(v[fieldType])),
		Title:            text(v[fieldTitle]),
		Description:      text(v[fieldDescription]),
		Severity:         severity(text(v[fieldSeverity])),
		Confidence:       word(text(v[fieldConfidence]), "low", "medium", "high"),
		Status:           status(text(v[fieldStatus])),
		Reason:           word(Reason(text(v[fieldReason])), ReasonLegitimate, ReasonIgnore, ReasonFraud),
		DetectedAt:       instant(v[fieldDetected]),
		FirstObservedAt:  firstOf(instant(v[fieldFirst]), instant(v[fieldFirstInstead])),
		LastObservedAt:   firstOf(instant(v[fieldLast]), instant(v[fieldLastInstead])),
		ResolvedAt:       instant(v[fieldResolved]),
		Test:             truth(v[fieldTest]),
		Resources:        resources(v[fieldResources]),
		Log:              transitions(v[fieldLog]),
	}
}

// alertID returns the one spelling that both APIs' IDs of an alert share. They
// differ in what stands between two UUIDs. An ID of another form stays.
func alertID(id string) string {
	switch {
	case tenant.Valid(id):
		return tenant.Key(id)
	case isPair(id):
		return tenant.Key(id[:uuidLength]) + "_" + tenant.Key(id[uuidLength+1:])
	}
	return id
}

const uuidLength = 36

func isPair(id string) bool {
	return len(id) == 2*uuidLength+1 && (id[uuidLength] == '-' || id[uuidLength] == '_') &&
		tenant.Valid(id[:uuidLength]) && tenant.Valid(id[uuidLength+1:])
}

func (a *api) typeOf(name string) string {
	if name == "" {
		return a.untyped
	}
	if i, known := place[typeKey(name)]; known {
		return documented[i].name
	}
	return name
}

func severity(name string) partner.IncidentSeverity {
	for _, s := range partner.IncidentSeverities() {
		if strings.EqualFold(name, string(s)) {
			return s
		}
	}
	return partner.IncidentHigh
}

func status(name string) Status {
	if strings.EqualFold(name, "resolve") { // as one page of Microsoft's writes it
		return StatusResolved
	}
	return word(Status(name), StatusActive, StatusInvestigating, StatusResolved)
}

// resources reads a list of resources. Those of which nothing can be read are
// left out.
func resources(raw []byte) []Resource {
	var list []Resource
	listed(raw, func(object []byte) {
		var v values
		resourceNames.read(object, &v)
		if r := (Resource{ID: text(v[fieldID]), Type: text(v[fieldType])}); r != (Resource{}) {
			list = append(list, r)
		}
	})
	return list
}

// transitions reads a log, and sorts it. Entries of which nothing can be read
// are left out.
func transitions(raw []byte) []Transition {
	var log []Transition
	listed(raw, func(object []byte) {
		var v values
		transitionNames.read(object, &v)
		t := Transition{From: status(text(v[fieldFrom])), To: status(text(v[fieldTo])), At: instant(v[fieldAt])}
		if t != (Transition{}) {
			log = append(log, t)
		}
	})
	slices.SortStableFunc(log, func(a, b Transition) int { return a.At.Compare(b.At) })
	return log
}

// listed visits the objects of a list: an array, one object by itself, or a
// string that holds the JSON of either.
func listed(raw []byte, visit func(object []byte)) {
	if len(raw) > 0 && raw[0] == '"' {
		raw = []byte(unquote(raw))
		s := scanner{data: raw}
		inner, whole := s.value()
		if s.space(); !whole || s.at < len(raw) {
			return
		}
		raw = inner
	}
	switch {
	case len(raw) == 0:
	case raw[0] == '{':
		visit(raw)
	case raw[0] == '[':
		each(raw, func(_, element []byte, _ bool) {
			if element[0] == '{' {
				visit(element)
			}
		})
	}
}

// text returns a scalar as text, without white space at the ends. Null, "None",
// an array and an object are "".
func text(raw []byte) string {
	if len(raw) == 0 || raw[0] == '{' || raw[0] == '[' || raw[0] == 'n' {
		return ""
	}
	s := string(raw)
	if raw[0] == '"' {
		s = strings.TrimSpace(unquote(raw))
	}
	if strings.EqualFold(s, "none") {
		return ""
	}
	return s
}

// word returns the known word that name is in another case, or name.
func word[T ~string](name T, known ...T) T {
	for _, w := range known {
		if strings.EqualFold(string(name), string(w)) {
			return w
		}
	}
	return name
}

// truth reads true, "true" in any case, and a whole number other than 0.
func truth(raw []byte) bool {
	s := text(raw)
	n, err := strconv.Atoi(s)
	return err == nil && n != 0 || strings.EqualFold(s, "true")
}

// layouts are the forms of time that the APIs write, and their close relatives.
// Go reads any fraction of a second after each.
var layouts = [...]string{
	"2006-01-02T15:04:05Z07:00",
	"2006-01-02T15:04:05", // no zone: UTC
	"2006-01-02T15:04:05Z0700",
	"2006-01-02 15:04:05Z07:00",
	"2006-01-02 15:04:05",
	"2006-01-02",
}

// instant reads a time. It is zero for what is no time, for what lies outside
// of the years 1 to 9999, and for the last day of these, which means unset.
func instant(raw []byte) time.Time {
	s := text(raw)
	for _, layout := range layouts {
		t, err := time.Parse(layout, s)
		if err != nil {
			continue
		}
		if u := t.UTC(); !isLastDay(t) && !isLastDay(u) && 1 <= u.Year() && u.Year() <= 9999 {
			return u
		}
		break
	}
	return time.Time{}
}

func isLastDay(t time.Time) bool { return t.Year() == 9999 && t.YearDay() == 365 }

func firstOf(a, b time.Time) time.Time {
	if a.IsZero() {
		return b
	}
	return a
}
